//! 年月: a month of a year, as school and work histories are told.

use super::{day, plain_text, text_form::text_form};
use crate::{date::Date, form::Code};
use std::{fmt, str::FromStr};

/// A month of a year. Text form `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: i16,
    month: u8,
}

impl YearMonth {
    /// The month, or `None` for a month that is none or a year outside 1000–9999.
    #[must_use]
    pub fn new(year: i32, month: u8) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// The month that a day lies in; `None` before the year 1000.
    #[must_use]
    pub fn of(day: Date) -> Option<Self> {
        let (year, month, _) = day.parts();
        Self::new(year, month)
    }

    /// Year and month (1–12).
    #[must_use]
    pub fn parts(self) -> (i32, u8) {
        (i32::from(self.year), self.month)
    }

    /// Months since the year 0, to reckon with.
    #[must_use]
    pub fn index(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// 「1988年4月」.
    #[must_use]
    pub fn plain(self) -> String {
        format!("{}年{}月", self.year, self.month)
    }

    /// 「昭和63年4月」, by the era of the month's first day; the plain month before the eras.
    #[must_use]
    pub fn era(self) -> String {
        let (year, month) = self.parts();
        let first = Date::new(year, month, 1).map(Date::era);
        first.and_then(|day| day.strip_suffix("1日").map(str::to_owned)).unwrap_or_else(|| self.plain())
    }
}

impl FromStr for YearMonth {
    type Err = Code;

    /// Reads `1988-04`, `1988/4`, `1988年4月`, `昭和63年4月`, `S63.4`, in either width. A month in which the era changed belongs to both.
    fn from_str(text: &str) -> Result<Self, Code> {
        let text = plain_text::compact(text);
        let (era, rest) = day::split_era(&text);
        let (year, month) = two_numbers(rest).ok_or(Code::NotAMonth)?;
        match era {
            Some(era) => month_of_era(era, year, month),
            None => Self::new(i32::from(year), month).filter(|_| rest.starts_with(|c: char| c.is_ascii_digit())),
        }
        .ok_or(Code::NotAMonth)
    }
}

fn two_numbers(text: &str) -> Option<(u16, u8)> {
    let text = text.strip_suffix('月').unwrap_or(text);
    let (year, month) = text.split_once(['-', '/', '.', '年'])?;
    Some((day::number(year)?, u8::try_from(day::number(month)?).ok()?))
}

/// The first or the last day of the month lies in the era: eras change within a month.
fn month_of_era(era: &str, year: u16, month: u8) -> Option<YearMonth> {
    let day = |day| Date::from_era(&format!("{era}{year}年{month}月{day}日"));
    [1, 31, 30, 28].into_iter().find_map(day).and_then(YearMonth::of)
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

text_form!(YearMonth);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, Code> {
        text.parse::<YearMonth>().map(|month| month.to_string())
    }

    #[test]
    fn a_month_is_read_in_every_way_people_write_it() {
        for text in ["1988-04", "1988/4", "１９８８年４月", "昭和63年4月", "S63.4"] {
            assert_eq!(read(text), Ok("1988-04".to_owned()), "{text}");
        }
        for text in ["", "1988", "1988-13", "1988-00", "88-4", "1988-4-1", "4月", "元年4月", "99999-01"] {
            assert_eq!(read(text), Err(Code::NotAMonth), "{text}");
        }
    }

    #[test]
    fn the_month_in_which_an_era_changed_belongs_to_both() {
        assert_eq!(read("昭和64年1月"), Ok("1989-01".to_owned()));
        assert_eq!(read("平成元年1月"), Ok("1989-01".to_owned()));
        assert_eq!(read("平成31年4月"), Ok("2019-04".to_owned()));
        assert_eq!(read("令和元年5月"), Ok("2019-05".to_owned()));
        assert_eq!(read("令和元年4月"), Err(Code::NotAMonth));
        assert_eq!(read("平成31年5月"), Err(Code::NotAMonth));
        assert_eq!(read("大正元年7月"), Ok("1912-07".to_owned()));
    }

    proptest! {
        #[test]
        fn every_month_reads_back_from_its_text(year in 1000i32..=9999, month in 1u8..=12) {
            let value = YearMonth::new(year, month).ok_or(TestCaseError::fail("a month of the calendar"))?;
            prop_assert_eq!(value.to_string().parse::<YearMonth>(), Ok(value));
            prop_assert_eq!(value.plain().parse::<YearMonth>(), Ok(value));
        }
    }
}
