//! What a message may be.

use crate::form::{Code, FieldError, FieldErrors};
use crate::registration::plain_text::{is_blank, lines};
use crate::text;

/// The longest message, in characters [own].
pub const BODY_MOST: usize = 2000;

/// Reads what was typed. A message with a file needs no words.
///
/// # Errors
/// The code on `body`.
pub fn read(typed: &str, has_files: bool) -> Result<String, Code> {
    match is_blank(typed) {
        true if has_files => Ok(String::new()),
        true => Err(Code::Required),
        false => lines(typed, BODY_MOST),
    }
}

/// The sentence of what is said of a field.
#[must_use]
pub fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("documents", Code::FileTooLarge) => text::documents_error_too_large(crate::documents::MOST_MEGABYTES),
        ("documents", Code::TooManyTries) => text::documents_error_too_often().to_owned(),
        ("words", Code::TooManyTries) => text::reports_error_too_often().to_owned(),
        ("words", Code::TooLong) => text::applications_error_too_long(text::messages_report_words(), BODY_MOST),
        ("words", _) => text::registration_error_broken_character(text::messages_report_words()),
        (_, Code::TooManyTries) => text::messages_error_too_often().to_owned(),
        ("documents", Code::TooMany) => text::documents_error_too_many(crate::documents::MOST),
        ("documents", _) => text::documents_error_not_a_document().to_owned(),
        (_, Code::TooLong) => text::applications_error_too_long(text::messages_body(), BODY_MOST),
        (_, Code::BrokenCharacter) => text::registration_error_broken_character(text::messages_body()),
        _ => text::messages_error_empty().to_owned(),
    }
}

/// The errors of a body.
#[must_use]
pub fn errors(read: &Result<String, Code>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if let Err(code) = read {
        errors.add("body", *code);
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_words_or_a_file_and_is_not_endless() {
        assert_eq!(read("こんにちは\r\n", false).as_deref(), Ok("こんにちは"));
        assert_eq!(read(" \u{3000}", false), Err(Code::Required));
        assert_eq!(read("", true).as_deref(), Ok(""));
        assert_eq!(read(&"長".repeat(BODY_MOST + 1), false), Err(Code::TooLong));
    }
}
