//! 郵便番号.

use super::{plain_text, text_form::text_form};
use crate::form::Code;
use std::{fmt, str::FromStr};

/// A postal code: seven digits. Text form with the hyphen: `100-0001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode(u32);

impl PostalCode {
    /// The seven digits as a number, 0–9,999,999.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl FromStr for PostalCode {
    type Err = Code;

    /// Reads either width, with or without 〒, the hyphen after the third digit or none.
    fn from_str(text: &str) -> Result<Self, Code> {
        let text = plain_text::compact(text);
        let text = text.strip_prefix('〒').unwrap_or(&text);
        let digits = match text.split_once('-') {
            Some((area, rest)) if area.len() == 3 => format!("{area}{rest}"),
            Some(_) => return Err(Code::NotAPostalCode),
            None => text.to_owned(),
        };
        if digits.len() != 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Code::NotAPostalCode);
        }
        digits.parse().map(Self).map_err(|_| Code::NotAPostalCode)
    }
}

impl fmt::Display for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

text_form!(PostalCode);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seven_digits_with_or_without_hyphen_are_a_postal_code() {
        for text in ["1000001", "100-0001", "１００－０００１", "〒100ー0001", " 100 0001 "] {
            assert_eq!(text.parse::<PostalCode>().map(|code| code.to_string()), Ok("100-0001".to_owned()), "{text}");
        }
        for text in ["", "100-001", "10-00001", "100-00011", "100-0001-", "abc-defg", "１００−０００😀"] {
            assert_eq!(text.parse::<PostalCode>(), Err(Code::NotAPostalCode), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back_from_its_text(number in 0u32..10_000_000) {
            let code = PostalCode(number);
            prop_assert_eq!(code.to_string().parse::<PostalCode>(), Ok(code));
        }
    }
}
