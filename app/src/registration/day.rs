//! Days and times as people type them into a field.

use super::{plain_text, text_form::text_form};
use crate::{date::Date, form::Code};
use std::{fmt, str::FromStr};

/// The eras by their letters, as identity papers abbreviate them.
const ERAS: [(char, &str); 5] = [('R', "令和"), ('H', "平成"), ('S', "昭和"), ('T', "大正"), ('M', "明治")];

/// Reads a day: `1988-04-01`, `1988/4/1`, `1988年4月1日`, `昭和63年4月1日`, `S63.4.1`, in either width.
///
/// # Errors
/// [`Code::NotADay`] for what the calendar lacks (31 November) and for days outside the era they name (平成元年1月7日).
pub fn parse_day(text: &str) -> Result<Date, Code> {
    let text = plain_text::compact(text);
    let (era, rest) = split_era(&text);
    let (year, month, day) = three_numbers(rest).ok_or(Code::NotADay)?;
    match era {
        Some(era) => Date::from_era(&format!("{era}{year}年{month}月{day}日")),
        None if rest.starts_with(|c: char| c.is_ascii_digit()) && year >= 1000 => Date::new(i32::from(year), month, day),
        None => None,
    }
    .ok_or(Code::NotADay)
}

/// The era that a text begins with, by name or letter, and the rest.
pub(super) fn split_era(text: &str) -> (Option<&'static str>, &str) {
    for (letter, name) in ERAS {
        if let Some(rest) = text.strip_prefix(name).or_else(|| text.strip_prefix([letter, letter.to_ascii_lowercase()])) {
            return (Some(name), rest);
        }
    }
    (None, text)
}

fn three_numbers(text: &str) -> Option<(u16, u8, u8)> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let year = number(parts.next()?)?;
    let (month, day) = (number(parts.next()?)?, number(parts.next()?)?);
    parts.next().is_none().then_some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

/// A number of up to four digits; 「元」 is 1.
pub(super) fn number(text: &str) -> Option<u16> {
    if text == "元" {
        return Some(1);
    }
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A time of the day, to the minute. Text form `09:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// Minutes since midnight, 0–1439.
    minutes: u16,
}

impl TimeOfDay {
    /// Minutes since midnight, 0–1439.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.minutes
    }
}

impl FromStr for TimeOfDay {
    type Err = Code;

    /// Reads `9:30`, `09:30`, `9時30分`, `9時`, in either width.
    fn from_str(text: &str) -> Result<Self, Code> {
        let text = plain_text::compact(text);
        let (hours, minutes) = text.split_once([':', '時']).ok_or(Code::NotATime)?;
        let minutes = minutes.strip_suffix('分').unwrap_or(minutes);
        let minutes = if minutes.is_empty() && text.ends_with('時') { "0" } else { minutes };
        match (two_digits(hours), two_digits(minutes)) {
            (Some(h @ 0..=23), Some(m @ 0..=59)) => Ok(Self { minutes: h * 60 + m }),
            _ => Err(Code::NotATime),
        }
    }
}

fn two_digits(text: &str) -> Option<u16> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

text_form!(TimeOfDay);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, Code> {
        parse_day(text).map(|day| day.to_string())
    }

    #[test]
    fn a_day_is_read_in_every_way_people_write_it() {
        for text in
            ["1988-04-01", "1988/4/1", "1988.4.1", "１９８８年４月１日", "昭和63年4月1日", "S63.4.1", "s63-4-1", " 昭和６３年 ４月 １日 "]
        {
            assert_eq!(read(text), Ok("1988-04-01".to_owned()), "{text}");
        }
    }

    #[test]
    fn an_era_begins_on_its_first_day_and_not_before() {
        assert_eq!(read("平成元年1月8日"), Ok("1989-01-08".to_owned()));
        assert_eq!(read("平成元年1月7日"), Err(Code::NotADay));
        assert_eq!(read("昭和64年1月7日"), Ok("1989-01-07".to_owned()));
        assert_eq!(read("昭和64年1月8日"), Err(Code::NotADay));
        assert_eq!(read("R1.5.1"), Ok("2019-05-01".to_owned()));
        assert_eq!(read("R1.4.30"), Err(Code::NotADay));
        assert_eq!(read("昭和元年12月25日"), Ok("1926-12-25".to_owned()));
    }

    #[test]
    fn a_day_that_the_calendar_lacks_is_refused() {
        for text in [
            "2026-11-31",
            "2026-02-29",
            "2026-13-01",
            "88-4-1",
            "",
            "明日",
            "2026-11",
            "2026-11-24-1",
            "元年1月1日",
            "令和-1年1月1日",
            "19880401",
        ] {
            assert_eq!(read(text), Err(Code::NotADay), "{text}");
        }
        assert_eq!(read("2028-02-29"), Ok("2028-02-29".to_owned()));
    }

    #[test]
    fn a_time_of_the_day_is_read_to_the_minute() {
        for (text, time) in [("9:30", "09:30"), ("０９：３０", "09:30"), ("9時", "09:00"), ("23時59分", "23:59"), ("0:00", "00:00")]
        {
            assert_eq!(text.parse::<TimeOfDay>().map(|t| t.to_string()), Ok(time.to_owned()), "{text}");
        }
        for text in ["", "24:00", "9:60", "9", "9:", "930", "-1:00", "9:3a"] {
            assert_eq!(text.parse::<TimeOfDay>(), Err(Code::NotATime), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back_from_its_text_and_its_era(days in -30_000i32..60_000) {
            let day = Date::from_epoch_days(days);
            prop_assert_eq!(parse_day(&day.to_string()), Ok(day));
            prop_assert_eq!(parse_day(&day.era()), Ok(day));
            prop_assert_eq!(parse_day(&day.plain()), Ok(day));
        }

        #[test]
        fn no_text_makes_the_reader_fail(text in any::<String>()) {
            let _ = parse_day(&text);
            let _ = text.parse::<TimeOfDay>();
        }
    }
}
