//! Calendar days as the domain uses them: Japan Standard Time, ISO in data, Japanese era beside it on screen.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A calendar day in Japan. Text form and JSON form are `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

/// The text is not a day of the calendar in the form `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

/// The first day of each era that a living person can have met, latest first.
const ERAS: [(&str, i32, u8, u8); 5] =
    [("令和", 2019, 5, 1), ("平成", 1989, 1, 8), ("昭和", 1926, 12, 25), ("大正", 1912, 7, 30), ("明治", 1868, 1, 25)];

impl Date {
    /// The day, or `None` if the calendar has none such (31 November).
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// The day in Japan (UTC+9, no daylight saving) at an instant in milliseconds since 1970.
    #[must_use]
    pub fn in_japan(instant_ms: i64) -> Self {
        let days = (instant_ms + 9 * 3_600_000).div_euclid(86_400_000);
        Self::from_epoch_days(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn epoch_days(self) -> i32 {
        self.0.to_julian_day() - 2_440_588
    }

    /// The inverse of [`Date::epoch_days`]; what lies outside the years 1 to 9999 becomes the nearest of them.
    #[must_use]
    pub fn from_epoch_days(days: i32) -> Self {
        let julian = days.saturating_add(2_440_588);
        Self(time::Date::from_julian_day(julian).unwrap_or(if days < 0 { time::Date::MIN } else { time::Date::MAX }))
    }

    /// The day that lies `days` later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_epoch_days(self.epoch_days().saturating_add(days))
    }

    /// Year, month (1–12) and day of the month.
    #[must_use]
    pub fn parts(self) -> (i32, u8, u8) {
        let (year, month, day) = self.0.to_calendar_date();
        (year, u8::from(month), day)
    }

    /// 0 for Monday … 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_days_from_monday()
    }

    /// 「令和8年11月24日」; 「元年」 for an era's first year.
    #[must_use]
    pub fn era(self) -> String {
        let (year, month, day) = self.parts();
        for (name, y, m, d) in ERAS {
            if (year, month, day) >= (y, m, d) {
                let n = year - y + 1;
                let n = if n == 1 { "元".to_owned() } else { n.to_string() };
                return format!("{name}{n}年{month}月{day}日");
            }
        }
        self.plain()
    }

    /// 「2026年11月24日」.
    #[must_use]
    pub fn plain(self) -> String {
        let (year, month, day) = self.parts();
        format!("{year}年{month}月{day}日")
    }

    /// Reads an era date: 「令和8年11月24日」, 「令和元年5月1日」, 「R8.11.24」-like forms are not used by the feed. Digits may be
    /// full-width; spaces are ignored. `None` if it is no such date or lies outside its era.
    #[must_use]
    pub fn from_era(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width_digit).collect();
        let (start, rest) = ERAS.iter().enumerate().find_map(|(i, era)| Some((i, text.strip_prefix(era.0)?)))?;
        let (year, rest) = rest.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let day = rest.strip_suffix('日')?;
        let year: i32 = if year == "元" { 1 } else { year.parse().ok().filter(|y| *y >= 1)? };
        let (_, first_year, m, d) = ERAS[start];
        let date = Self::new(first_year + year - 1, month.parse().ok()?, day.parse().ok()?)?;
        let begins = Self::new(first_year, m, d)?;
        let ends_before = start.checked_sub(1).and_then(|next| Self::new(ERAS[next].1, ERAS[next].2, ERAS[next].3));
        (date >= begins && ends_before.is_none_or(|end| date < end)).then_some(date)
    }
}

/// The time in Japan at an instant in milliseconds since 1970: `9:05`.
#[must_use]
pub fn time_in_japan(instant_ms: i64) -> String {
    let minutes = (instant_ms + 9 * 3_600_000).rem_euclid(86_400_000) / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Day and time in Japan at an instant in milliseconds since 1970: 「2026年11月27日 9:05」.
#[must_use]
pub fn date_and_time(instant_ms: i64) -> String {
    format!("{} {}", Date::in_japan(instant_ms).plain(), time_in_japan(instant_ms))
}

/// ０–９ as 0–9, everything else as it is.
fn half_width_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + u8::try_from(c as u32 - '０' as u32).unwrap_or_default()),
        _ => c,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.split('-');
        let (Some(y), Some(m), Some(d), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotADate);
        };
        if (y.len(), m.len(), d.len()) != (4, 2, 2) || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(NotADate);
        }
        let read = |part: &str| part.parse::<u16>().map_err(|_| NotADate);
        let byte = |part: &str| part.parse::<u8>().map_err(|_| NotADate);
        Self::new(i32::from(read(y)?), byte(m)?, byte(d)?).ok_or(NotADate)
    }
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day of the calendar in the form YYYY-MM-DD")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().expect("the test names a day of the calendar")
    }

    #[test]
    fn a_day_the_calendar_lacks_is_refused() {
        for text in ["2026-11-31", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "", "2026-11-24-1", "+026-11-24"] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
        assert_eq!(date("2028-02-29").to_string(), "2028-02-29");
    }

    #[test]
    fn the_day_changes_at_midnight_in_japan() {
        let three_pm_utc = i64::from(date("2026-11-24").epoch_days()) * 86_400_000 + 15 * 3_600_000;
        assert_eq!(Date::in_japan(three_pm_utc - 1), date("2026-11-24"));
        assert_eq!(Date::in_japan(three_pm_utc), date("2026-11-25"));
    }

    #[test]
    fn an_era_begins_on_its_first_day_and_its_first_year_is_written_gannen() {
        assert_eq!(date("2019-05-01").era(), "令和元年5月1日");
        assert_eq!(date("2019-04-30").era(), "平成31年4月30日");
        assert_eq!(date("1989-01-07").era(), "昭和64年1月7日");
        assert_eq!(date("2026-11-24").era(), "令和8年11月24日");
    }

    #[test]
    fn an_era_date_of_the_feed_is_read_in_either_width() {
        assert_eq!(Date::from_era("令和８年１１月２４日"), Some(date("2026-11-24")));
        assert_eq!(Date::from_era("令和元年5月1日"), Some(date("2019-05-01")));
        assert_eq!(Date::from_era("令和元年4月30日"), None, "that day was still Heisei");
        assert_eq!(Date::from_era("平成31年5月1日"), None, "that day was already Reiwa");
        assert_eq!(Date::from_era("令和8年11月31日"), None);
        assert_eq!(Date::from_era("2026/11/24"), None);
    }

    proptest! {
        #[test]
        fn every_day_reads_back_from_its_text_its_era_and_its_number(days in -20_000i32..60_000) {
            let day = Date::from_epoch_days(days);
            prop_assert_eq!(day.to_string().parse::<Date>(), Ok(day));
            prop_assert_eq!(Date::from_era(&day.era()), Some(day));
            prop_assert_eq!(day.epoch_days(), days);
        }
    }
}
