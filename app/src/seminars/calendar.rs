//! A seminar as an entry of a calendar (RFC 5545).

use super::Seminar;

/// The longest line, in bytes without its break (RFC 5545, 3.1).
const LINE: usize = 75;

/// The entry. `origin` is the address of the site, `now` the instant at which it is written, in milliseconds since 1970.
#[must_use]
pub fn entry(seminar: &Seminar, origin: &str, now: i64) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//mypage//seminars//JA".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@mypage", seminar.id),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(seminar.starts_at)),
        format!("DTEND:{}", utc(seminar.ends_at)),
        format!("SUMMARY:{}", escaped(&seminar.title)),
        format!("LOCATION:{}", escaped(&seminar.place)),
        format!("DESCRIPTION:{}", escaped(&seminar.about)),
        format!("URL:{origin}/seminars/{}", seminar.id),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// `20261203T010000Z`.
fn utc(instant: i64) -> String {
    let (days, seconds) = (instant.div_euclid(86_400_000), instant.rem_euclid(86_400_000) / 1000);
    let (year, month, day) = crate::date::Date::from_epoch_days(i32::try_from(days).unwrap_or(i32::MAX)).parts();
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\r', "").replace('\n', "\\n")
}

/// A line in pieces of at most [`LINE`] bytes, each further one behind a space; no character is cut.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_when_in_universal_time_and_breaks_long_lines_between_characters() {
        let seminar = Seminar {
            id: "s1".into(),
            title: "面接, 履歴書; 書き方".into(),
            about: "長い説明です。".repeat(20) + "\n二行目",
            place: "飯田橋".into(),
            // 10:00 to 12:00 in Japan on 3 December 2026.
            starts_at: 1_796_259_600_000,
            ends_at: 1_796_266_800_000,
            capacity: 10,
            taken: 0,
        };
        let entry = entry(&seminar, "https://mypage.example", 0);
        assert!(entry.contains("DTSTART:20261203T010000Z\r\n") && entry.contains("DTEND:20261203T030000Z\r\n"), "{entry}");
        assert!(entry.contains("SUMMARY:面接\\, 履歴書\\; 書き方\r\n"), "{entry}");
        assert!(entry.lines().all(|line| line.len() <= LINE), "{entry}");
        assert!(entry.replace("\r\n ", "").contains("\\n二行目\r\n"));
    }
}
