//! What an employer says of their establishment to those who applied there: whom to ask, how to call, how to come.

use crate::form::{Code, FieldErrors};
use crate::registration::Phone;
use crate::registration::plain_text::{line, lines};

/// The longest name of a department or person, in characters [own].
pub const PERSON_MOST: usize = 40;
/// The longest text, in characters [own].
pub const ABOUT_MOST: usize = 600;

/// As typed, and as it is kept: each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Department or person.
    pub person: String,
    /// Telephone number, with hyphens.
    pub phone: String,
    /// How to come, what to bring, what is considered.
    pub about: String,
}

impl Contact {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.person.is_empty() && self.phone.is_empty() && self.about.is_empty()
    }
}

/// What was typed, tidied.
///
/// # Errors
/// What is wrong with the fields `person`, `phone` and `about`.
pub fn check(typed: &Contact) -> Result<Contact, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut taken = |field: &str, result: Result<String, Code>| result.map_err(|code| errors.add(field, code)).unwrap_or_default();
    let phone = |text: &str| if text.trim().is_empty() { Ok(String::new()) } else { text.parse().map(|phone: Phone| phone.grouped()) };
    let contact = Contact {
        person: taken("person", line(&typed.person, PERSON_MOST)),
        phone: taken("phone", phone(&typed.phone)),
        about: taken("about", lines(&typed.about, ABOUT_MOST)),
    };
    if errors.is_empty() { Ok(contact) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(person: &str, phone: &str, about: &str) -> Contact {
        Contact { person: person.into(), phone: phone.into(), about: about.into() }
    }

    #[test]
    fn everything_may_be_left_empty_and_is_tidied() {
        assert_eq!(check(&typed("", " ", "\n")), Ok(Contact::default()));
        let tidied = check(&typed("総務課　 見本 ", "０９０-１２３４-５６７８", "駅の東口から\r\n3分です。\n"));
        assert_eq!(tidied, Ok(typed("総務課　見本", "090-1234-5678", "駅の東口から\n3分です。")));
    }

    #[test]
    fn what_is_too_long_or_no_number_is_said_at_its_field() {
        let errors = check(&typed(&"総".repeat(PERSON_MOST + 1), "電話", &"あ".repeat(ABOUT_MOST + 1))).expect_err("three mistakes");
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["person", "phone", "about"]);
    }
}
