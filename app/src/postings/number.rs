//! 求人番号 and 事業所番号: one `parse` that form, URL, feed and SQL all use.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// 求人番号: five digits of the receiving office, a hyphen, one to eight digits: `13010-12345678`.
/// Kept in its canonical form: half-width, the second part without leading zeros removed or added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostingNumber(String);

/// 事業所番号: four digits, a hyphen, one to six digits, a hyphen, one digit: `1301-123456-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EstablishmentNumber(String);

/// The text is not a number of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

/// The first five digits of postings written at this service's own desks; no Hello Work office has them [own].
pub const DESK_OFFICE: &str = "99999";

impl PostingNumber {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the number belongs to this service's own desks rather than to the feed.
    #[must_use]
    pub fn is_desk(&self) -> bool {
        self.0.starts_with(DESK_OFFICE)
    }
}

impl EstablishmentNumber {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PostingNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text = half_width(text);
        let mut parts = text.split('-');
        let (Some(office), Some(serial), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NotANumber);
        };
        (digits(office, 5..=5) && digits(serial, 1..=8)).then_some(()).ok_or(NotANumber)?;
        Ok(Self(text))
    }
}

impl FromStr for EstablishmentNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text = half_width(text);
        let mut parts = text.split('-');
        let (Some(office), Some(serial), Some(check), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotANumber);
        };
        (digits(office, 4..=4) && digits(serial, 1..=6) && digits(check, 1..=1)).then_some(()).ok_or(NotANumber)?;
        Ok(Self(text))
    }
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits and hyphens as people type them (full width, every dash a phone keyboard offers) in half width, spaces at the ends gone.
fn half_width(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '－' | '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' => '-',
            _ => c,
        })
        .collect()
}

macro_rules! text_form {
    ($name:ty) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

text_form!(PostingNumber);
text_form!(EstablishmentNumber);

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number of this kind")
    }
}

impl std::error::Error for NotANumber {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_number_is_five_digits_a_hyphen_and_up_to_eight() {
        for good in ["13010-12345678", "13010-1", "01010-00000001"] {
            assert_eq!(good.parse::<PostingNumber>().map(|n| n.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "13010", "1301-12345678", "13010-", "13010-123456789", "13010-12a", "13010-12-3", "130101-2"] {
            assert_eq!(bad.parse::<PostingNumber>(), Err(NotANumber), "{bad}");
        }
    }

    #[test]
    fn full_width_digits_and_any_dash_mean_the_same_number() {
        let number: Result<PostingNumber, _> = "13010-12345678".parse();
        assert_eq!("　１３０１０－１２３４５６７８ ".parse(), number);
        assert_eq!("13010ー12345678".parse(), number);
    }

    #[test]
    fn an_establishment_number_has_three_parts() {
        assert!("1301-123456-1".parse::<EstablishmentNumber>().is_ok());
        assert!("1301-1-1".parse::<EstablishmentNumber>().is_ok());
        for bad in ["1301-123456", "1301-1234567-1", "13011-123456-1", "1301-123456-12"] {
            assert!(bad.parse::<EstablishmentNumber>().is_err(), "{bad}");
        }
    }
}
