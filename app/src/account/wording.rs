//! The sentences of accounts: what is wrong with a field and how to put it right.

use super::password;
use crate::form::{Code, FieldError};
use crate::registration::MOST_EMAIL_CHARACTERS;
use crate::text;

/// What the screen calls a field.
#[must_use]
pub fn label(field: &str) -> &'static str {
    match field {
        "email" => text::account_label_email(),
        "new_email" => text::account_label_new_email(),
        "password" => text::account_label_password(),
        "current_password" => text::account_label_current_password(),
        "new_password" => text::account_label_new_password(),
        "code" => text::account_label_code(),
        "recovery_code" => text::account_label_recovery_code(),
        "pupil" => text::account_label_pupil(),
        "agree" => text::account_label_agree(),
        "sure" => text::account_label_sure(),
        _ => text::account_label_other(),
    }
}

/// What the screen says of a mistake.
#[must_use]
pub fn message(error: &FieldError) -> String {
    let label = label(&error.field);
    match (error.code, error.field.as_str()) {
        (Code::Required, "agree" | "sure") => text::account_error_tick(label),
        (Code::Required, "pupil") => text::account_error_choose(label),
        (Code::Required, _) => text::account_error_required(label),
        (Code::TooShort, _) => text::account_error_too_short(label, password::LEAST),
        (Code::TooLong, "email" | "new_email") => text::account_error_too_long(label, MOST_EMAIL_CHARACTERS),
        (Code::TooLong, _) => text::account_error_too_long(label, password::MOST),
        (Code::EasyToGuess, _) => text::account_error_easy_to_guess(label),
        (Code::WrongSignIn, _) => text::account_error_wrong_sign_in().to_owned(),
        (Code::WrongPassword, _) => text::account_error_wrong_password(label),
        (Code::WrongCode, _) => text::account_error_wrong_code(label),
        (Code::CodeExpired, _) => text::account_error_code_expired(label),
        (Code::TooManyTries, "code") => text::account_error_too_many_codes().to_owned(),
        (Code::TooManyTries, "email" | "new_email") => text::account_error_too_many_mails().to_owned(),
        (Code::TooManyTries, _) => text::account_error_too_many_tries(label),
        (Code::TooSoon, _) => text::account_error_too_soon(label),
        (Code::Unchanged, _) => text::account_error_unchanged(label),
        (Code::PasskeyRefused, _) => text::passkeys_refused().to_owned(),
        (Code::Pupil, _) => text::account_error_pupil().to_owned(),
        (Code::BrokenCharacter, _) => text::account_error_broken(label),
        _ => text::account_error_not_an_email(label),
    }
}
