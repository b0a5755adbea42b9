//! メールアドレス: what one signs in with (DOMAIN.md "Sign-in" [O]: half-width, up to 100 characters).

use super::{plain_text, text_form::text_form, width};
use crate::form::Code;
use std::{fmt, str::FromStr};

/// The most characters of an address [O].
pub const MOST_CHARACTERS: usize = 100;

/// An address of electronic mail in half width, its domain in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = Code;

    /// Full-width input is converted. Dots may stand anywhere before the `@`, as in old addresses of mobile carriers.
    fn from_str(text: &str) -> Result<Self, Code> {
        let text: String = plain_text::line(text, usize::MAX)?.chars().map(width::half_width).collect();
        if text.chars().count() > MOST_CHARACTERS {
            return Err(Code::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(Code::NotAnEmail)?;
        if !is_local(local) || !is_domain(domain) {
            return Err(Code::NotAnEmail);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.len()) && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Email);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_half_width_with_its_domain_in_lower_case() {
        for (text, email) in [
            ("hanako@example.jp", "hanako@example.jp"),
            ("Ｈａｎａｋｏ＠ＥＸＡＭＰＬＥ．ｊｐ", "Hanako@example.jp"),
            (" a.b..c.@mobile.example.ne.jp\u{200b}", "a.b..c.@mobile.example.ne.jp"),
            ("hanako+shigoto@example.com", "hanako+shigoto@example.com"),
        ] {
            assert_eq!(text.parse::<Email>().map(|e| e.to_string()), Ok(email.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "hanako",
            "@example.jp",
            "hanako@",
            "hanako@example",
            "a@b@example.jp",
            "花子@example.jp",
            "a b@example.jp",
            "a@-x.jp",
            "a@x..jp",
            "a@例え.jp",
            "a\"@example.jp",
        ] {
            assert_eq!(text.parse::<Email>(), Err(Code::NotAnEmail), "{text}");
        }
    }

    #[test]
    fn an_address_has_up_to_100_characters() {
        let longest = format!("{}@{}.jp", "a".repeat(60), "b".repeat(36));
        assert_eq!(longest.len(), 100);
        assert!(longest.parse::<Email>().is_ok());
        assert_eq!(format!("a{longest}").parse::<Email>(), Err(Code::TooLong));
        assert_eq!("a".repeat(100_000).parse::<Email>(), Err(Code::TooLong));
    }
}
