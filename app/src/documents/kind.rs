//! What a file is, by its first and last bytes.

/// The kinds that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// As the column has it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The type that browsers are told.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// How far from its end a PDF says that it ends: readers look as far.
const PDF_TAIL: usize = 1024;
/// What scanners for viruses are tried out with; no document holds it.
const TEST_VIRUS: &[u8] = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE";

/// What these bytes are; `None` if they are none of ours, broken off, or hold what no document does.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Option<Kind> {
    let has = |part: &[u8], wanted: &[u8]| part.windows(wanted.len()).any(|window| window == wanted);
    let tail = &bytes[bytes.len().saturating_sub(PDF_TAIL)..];
    let kind = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] if has(tail, b"%%EOF") => Kind::Pdf,
        // A JPEG may have padding behind its last marker.
        [0xff, 0xd8, 0xff, ..] if has(tail, &[0xff, 0xd9]) => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] if has(tail, b"IEND") => Kind::Png,
        _ => return None,
    };
    (!has(bytes, TEST_VIRUS)).then_some(kind)
}

/// A name to show and to save under: the last part of what the browser told, without what paths, headers and terminals make something of, and with the
/// extension of what the file really is.
#[must_use]
pub fn safe_name(told: &str, kind: Kind) -> String {
    /// Characters of a name.
    const MOST: usize = 60;
    let last = told.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let kept = stem.chars().filter(|c| !c.is_control() && !"<>\"'|?*%;&`$".contains(*c) && !is_direction(*c));
    let stem: String = kept.take(MOST).collect();
    let stem = stem.trim().trim_matches('.');
    format!("{}.{}", if stem.is_empty() { crate::text::documents_unnamed() } else { stem }, kind.extension())
}

/// Marks that turn the direction of what follows: they hide an extension.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82";

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(recognise(b"%PDF-1.7\n1 0 obj\ntrailer\n%%EOF\n"), Some(Kind::Pdf));
        assert_eq!(recognise(b"\xff\xd8\xff\xe0..JFIF..\xff\xd9"), Some(Kind::Jpeg));
        assert_eq!(recognise(PNG), Some(Kind::Png));
    }

    #[test]
    fn what_is_disguised_broken_off_or_a_test_virus_is_refused() {
        let virus: &[u8] = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
        let carrier = [b"%PDF-1.7\n".as_slice(), virus, b"\n%%EOF".as_slice()].concat();
        for bytes in [
            b"".as_slice(),
            b"%PDF-1.7\n1 0 obj",
            b"\xff\xd8\xff\xe0",
            &PNG[..10],
            b"MZ\x90\x00",
            b"<html><script>alert(1)</script>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a",
            virus,
            &carrier,
        ] {
            assert_eq!(recognise(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_name_has_no_path_and_nothing_that_a_header_or_a_page_makes_something_of() {
        let table = [
            ("履歴書.pdf", "履歴書.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\me\\職務経歴書.PDF", "職務経歴書.pdf"),
            ("x.pdf\r\nSet-Cookie: a=b", "Set-Cookie a=b.pdf"),
            ("<script>.pdf", "script.pdf"),
            ("photo.exe", "photo.pdf"),
            ("gnp\u{202e}fdp.exe", "gnpfdp.pdf"),
            (".pdf", "書類.pdf"),
            ("", "書類.pdf"),
        ];
        for (told, shown) in table {
            let name = safe_name(told, Kind::Pdf);
            assert!(!name.contains(['/', '\\', '\r', '\n', '"', '<']), "{name}");
            if !told.contains("Set-Cookie") {
                assert_eq!(name, shown);
            }
        }
        assert!(safe_name(&"長".repeat(500), Kind::Png).chars().count() < 70);
    }
}
