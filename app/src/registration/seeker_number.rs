//! 求職番号.

use super::plain_text;
use crate::form::Code;
use std::{fmt, str::FromStr};

/// A seeker number: the office's five digits, a hyphen, up to eight digits (DOMAIN.md "Words").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeekerNumber {
    office: String,
    number: u32,
}

impl SeekerNumber {
    /// The number of an office's registrant.
    ///
    /// # Errors
    /// [`Code::NotAnOffice`] if the office has not five digits.
    pub fn new(office: &str, number: u32) -> Result<Self, Code> {
        let office = plain_text::compact(office);
        let is_office = office.len() == 5 && office.bytes().all(|b| b.is_ascii_digit());
        if is_office && (1..100_000_000).contains(&number) { Ok(Self { office, number }) } else { Err(Code::NotAnOffice) }
    }
}

impl FromStr for SeekerNumber {
    type Err = Code;

    fn from_str(text: &str) -> Result<Self, Code> {
        let text = plain_text::compact(text);
        let (office, number) = text.split_once('-').ok_or(Code::NotAnOffice)?;
        let digits = (1..=8).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        Self::new(office, if digits { number.parse().unwrap_or_default() } else { 0 })
    }
}

impl fmt::Display for SeekerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.office, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_and_up_to_eight_digits_are_a_seeker_number() {
        for (text, number) in [("13010-12345678", "13010-12345678"), ("１３０１０－１", "13010-1"), ("13010-00000007", "13010-7")] {
            assert_eq!(text.parse::<SeekerNumber>().map(|number| number.to_string()), Ok(number.to_owned()), "{text}");
        }
        for text in ["", "13010", "1301-1", "13010-", "13010-0", "13010-123456789", "13010-x", "x3010-1", "13010-1-1"] {
            assert_eq!(text.parse::<SeekerNumber>(), Err(Code::NotAnOffice), "{text}");
        }
    }
}
