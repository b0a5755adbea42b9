//! 紹介状の番号: the office's five digits, the year, and a serial number within both.

use crate::date::Date;
use std::fmt;

/// The number of a letter of referral: `13010-2026-000001` [own].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterNumber(String);

impl LetterNumber {
    /// The series that numbers of an office are drawn from in a year.
    #[must_use]
    pub fn series(office: &str, today: Date) -> String {
        format!("{office}-{}", today.parts().0)
    }

    /// The number with this serial.
    #[must_use]
    pub fn new(series: &str, serial: i64) -> Self {
        Self(format!("{series}-{serial:06}"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LetterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_office_and_year_before_it() {
        let series = LetterNumber::series("13010", "2026-11-27".parse().expect("a day"));
        assert_eq!(LetterNumber::new(&series, 12).to_string(), "13010-2026-000012");
    }
}
