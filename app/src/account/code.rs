//! Codes that people carry over: from the mailbox, or from the list they keep.

use crate::registration::plain_text::compact;

/// Digits of a code from the mailbox [own]: eight, as whoever guesses has to be kept off without locking the owner out (`limits.rs`).
pub const CODE_DIGITS: usize = 8;
/// Letters of a recovery code [own]: 60 bits, in three groups of four.
pub const RECOVERY_LETTERS: usize = 12;
/// How many recovery codes one gets [own].
pub const RECOVERY_CODES: usize = 10;

/// Letters of recovery codes: none is taken for another (no I, L, O, U).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The digits of a code as it was typed or pasted, in whatever width, with spaces, hyphens or what stood around it in the mail.
/// `None` if it is no code.
#[must_use]
pub fn read_code(text: &str) -> Option<String> {
    let code: String = compact(text).chars().filter(|c| *c != '-').collect();
    (code.len() == CODE_DIGITS && code.bytes().all(|b| b.is_ascii_digit())).then_some(code)
}

/// The letters of a recovery code; small ones, and I, L and O for the digits they look like, are understood.
#[must_use]
pub fn read_recovery_code(text: &str) -> Option<String> {
    let letter = |c: char| match c.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        c => c,
    };
    let code: String = compact(text).chars().filter(|c| *c != '-').map(letter).collect();
    (code.len() == RECOVERY_LETTERS && code.bytes().all(|b| LETTERS.contains(&b))).then_some(code)
}

/// A recovery code out of a keyed hash in hexadecimal: five bits a letter.
#[must_use]
pub fn recovery_code(hash: &str) -> String {
    // Two hexadecimal digits are eight bits, of which five count.
    let letter =
        |at: usize| hash.get(at * 2..at * 2 + 2).and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or_default() % 32;
    (0..RECOVERY_LETTERS).map(|at| char::from(LETTERS[letter(at)])).collect()
}

/// `ABCDEFGH1234` as `ABCD-EFGH-1234`.
#[must_use]
pub fn grouped_recovery_code(code: &str) -> String {
    code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_any_width_and_with_spaces() {
        for text in ["12345678", "1234 5678", "１２３４　５６７８", " 1234-5678\n", "1234\u{200b}5678", "１２３４ー５６７８"]
        {
            assert_eq!(read_code(text).as_deref(), Some("12345678"), "{text}");
        }
    }

    #[test]
    fn what_has_other_than_eight_digits_is_no_code() {
        for text in ["", "1234567", "123456789", "1234567a", "一二三四五六七八", "٤٤٤٤٤٤٤٤", &"1".repeat(100_000)] {
            assert_eq!(read_code(text), None, "{text}");
        }
    }

    #[test]
    fn a_recovery_code_forgives_what_looks_alike() {
        assert_eq!(read_recovery_code("abcd-efgh-jk1o").as_deref(), Some("ABCDEFGHJK10"));
        assert_eq!(read_recovery_code("ＡＢＣＤ ＥＦＧＨ ＪＫＬＯ").as_deref(), Some("ABCDEFGHJK10"));
        for text in ["", "ABCD-EFGH", "ABCD-EFGH-JKMU", "ABCD-EFGH-JKMNP", "あいうえおかきくけこさし"] {
            assert_eq!(read_recovery_code(text), None, "{text}");
        }
    }

    #[test]
    fn a_recovery_code_reads_back_from_how_it_is_shown() {
        let code = recovery_code(&crate::secret::random());
        assert_eq!(read_recovery_code(&grouped_recovery_code(&code)), Some(code));
    }
}
