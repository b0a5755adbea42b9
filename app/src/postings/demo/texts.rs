//! How the feed writes: full-width digits, amounts, dates, and lines cut in the middle of words.

use crate::date::Date;

/// Adds a number in full-width digits.
pub(super) fn push_wide(out: &mut String, number: u32) {
    let mut digits = [0_u8; 10];
    for c in decimal(number, &mut digits) {
        out.push(wide_digit(*c));
    }
}

/// Adds an amount as the feed writes it: 「１８０，０００」.
pub(super) fn push_amount(out: &mut String, amount: u32) {
    let mut digits = [0_u8; 10];
    let digits = decimal(amount, &mut digits);
    for (at, c) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('，');
        }
        out.push(wide_digit(*c));
    }
}

/// 「１８０，０００円～２５０，０００円」, or one amount where both ends are equal.
pub(super) fn push_range(out: &mut String, from: u32, to: u32) {
    push_amount(out, from);
    out.push('円');
    if to > from {
        out.push('～');
        push_amount(out, to);
        out.push('円');
    }
}

/// Adds a time of day in minutes since midnight: 「８時３０分」.
pub(super) fn push_time(out: &mut String, minutes: u32) {
    push_wide(out, minutes / 60);
    out.push('時');
    push_wide(out, minutes % 60 / 10);
    push_wide(out, minutes % 10);
    out.push('分');
}

/// The number in full-width digits.
pub(super) fn wide(number: u32) -> String {
    let mut out = String::with_capacity(12);
    push_wide(&mut out, number);
    out
}

/// The text with its half-width digits in full width.
pub(super) fn widened(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { wide_digit(c as u8) } else { c }).collect()
}

/// `YYYY/MM/DD`.
pub(super) fn slashed(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("{year:04}/{month:02}/{day:02}")
}

fn wide_digit(digit: u8) -> char {
    char::from_u32('０' as u32 + u32::from(digit - b'0')).unwrap_or('０')
}

fn decimal(mut number: u32, buffer: &mut [u8; 10]) -> &[u8] {
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            return &buffer[at..];
        }
    }
}

/// The text cut into lines of `width` characters by `separator`, in the middle of words, as the feed does (FEED.md); a line break that
/// is in the text stays and begins a new line.
pub(super) fn wrap(text: &str, width: usize, separator: char) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 12);
    let mut column = 0;
    for c in text.chars() {
        if c == '\n' {
            column = 0;
        } else {
            if column == width {
                out.push(separator);
                column = 0;
            }
            column += 1;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_times_are_written_in_full_width() {
        let mut out = String::new();
        push_range(&mut out, 1200, 1360);
        assert_eq!(out, "１，２００円～１，３６０円");
        out.clear();
        push_range(&mut out, 180_000, 180_000);
        assert_eq!(out, "１８０，０００円");
        out.clear();
        push_time(&mut out, 8 * 60 + 5);
        assert_eq!(out, "８時０５分");
        assert_eq!(wide(0), "０");
    }

    #[test]
    fn lines_are_cut_at_their_width_and_breaks_begin_new_ones() {
        assert_eq!(wrap("小規模多機能型居宅介護", 5, '　'), "小規模多機　能型居宅介　護");
        assert_eq!(wrap("小規模\n多機能型居宅", 5, '\n'), "小規模\n多機能型居\n宅");
        assert_eq!(wrap("五文字です", 5, '　'), "五文字です");
    }
}
