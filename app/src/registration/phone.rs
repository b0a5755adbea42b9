//! 電話番号.

use super::{plain_text, text_form::text_form};
use crate::form::Code;
use std::{fmt, str::FromStr};

/// A telephone number of Japan: 10 or 11 digits, the first a 0. Text form: the digits alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// The digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// As people write it: 090-1234-5678. Where the area code ends is not known here, so 10 digits stay together.
    #[must_use]
    pub fn grouped(&self) -> String {
        match (self.0.get(..3), self.0.get(3..7), self.0.get(7..11)) {
            (Some(first), Some(middle), Some(last)) => format!("{first}-{middle}-{last}"),
            _ => self.0.clone(),
        }
    }
}

impl FromStr for Phone {
    type Err = Code;

    /// Reads either width, with hyphens, spaces or brackets, and `+81` for the leading 0.
    fn from_str(text: &str) -> Result<Self, Code> {
        let text: String = plain_text::compact(text).chars().filter(|c| !matches!(c, '-' | '(' | ')' | '.')).collect();
        let digits = match text.strip_prefix("+81") {
            Some(rest) if rest.starts_with('0') => rest.to_owned(),
            Some(rest) => format!("0{rest}"),
            None => text,
        };
        let right = matches!(digits.len(), 10 | 11) && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
        if right { Ok(Self(digits)) } else { Err(Code::NotAPhone) }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Phone);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_read_in_every_way_people_write_it() {
        for text in
            ["09012345678", "090-1234-5678", "０９０ー１２３４ー５６７８", "(090)1234 5678", "+81 90-1234-5678", "+81(0)90 1234 5678"]
        {
            let phone = text.parse::<Phone>();
            assert_eq!(phone.as_ref().map(Phone::digits), Ok("09012345678"), "{text}");
            assert_eq!(phone.map(|p| p.grouped()), Ok("090-1234-5678".to_owned()));
        }
        assert_eq!("03-0000-0000".parse::<Phone>().map(|p| p.grouped()), Ok("0300000000".to_owned()));
    }

    #[test]
    fn a_number_of_another_length_or_without_leading_0_is_refused() {
        for text in ["", "090123456789", "090123456", "9012345678", "12345678901", "090-1234-567a", "090😀12345678", &"0".repeat(100_000)]
        {
            assert_eq!(text.parse::<Phone>(), Err(Code::NotAPhone), "{:.20}", text);
        }
    }
}
