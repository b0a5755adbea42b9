//! 採否結果: what an employer has to say at the end (DOMAIN.md "Employer side" [O]): `Hired` or `NotHired`, and any difference between the sheet and
//! the actual conditions. Both are mandatory.

use super::State;
use crate::form::{Checked, Code, FieldError, FieldErrors};
use crate::registration::plain_text::{is_blank, lines};
use crate::text;

/// The longest description of a difference, in characters [own].
pub const DIFFERENCE_MOST: usize = 1000;

/// What the form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// `hired` or `not-hired`.
    pub outcome: String,
    /// Whether the conditions differ from the sheet: `yes` or `no`.
    pub differs: String,
    /// How.
    pub difference: String,
}

/// An outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// [`State::Hired`] or [`State::NotHired`].
    pub state: State,
    /// How the conditions differ from the sheet; empty where they do not.
    pub difference: String,
}

/// Checks an outcome.
#[must_use]
pub fn validate(input: &Input) -> Checked<Outcome> {
    let mut errors = FieldErrors::default();
    let state = input.outcome.parse().ok().filter(|state| matches!(state, State::Hired | State::NotHired));
    if state.is_none() {
        errors.add("outcome", Code::Required);
    }
    let difference = match input.differs.as_str() {
        "no" => Some(String::new()),
        "yes" if is_blank(&input.difference) => {
            errors.add("difference", Code::Required);
            None
        }
        "yes" => lines(&input.difference, DIFFERENCE_MOST).map_err(|code| errors.add("difference", code)).ok(),
        _ => {
            errors.add("differs", Code::Required);
            None
        }
    };
    Checked { valid: state.zip(difference).map(|(state, difference)| Outcome { state, difference }), errors }
}

/// The sentence of what is said of a field.
#[must_use]
pub fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("outcome", _) => text::applicants_error_outcome().to_owned(),
        ("differs", _) => text::applicants_error_differs().to_owned(),
        ("difference", Code::Required) => text::applicants_error_difference().to_owned(),
        ("difference", Code::TooLong) => text::applications_error_too_long(text::applicants_difference(), DIFFERENCE_MOST),
        ("interview", Code::Required) => text::applicants_error_interview().to_owned(),
        ("interview", Code::TooLong) => text::applications_error_too_long(text::applicants_interview_words(), DIFFERENCE_MOST),
        _ => text::registration_error_broken_character(text::applicants_difference()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(outcome: &str, differs: &str, difference: &str) -> Vec<String> {
        let input = Input { outcome: outcome.into(), differs: differs.into(), difference: difference.into() };
        validate(&input).errors.iter().map(FieldError::key).collect()
    }

    #[test]
    fn the_outcome_and_whether_the_conditions_differ_are_mandatory() {
        assert!(said("hired", "no", "").is_empty());
        assert!(said("not-hired", "yes", "始業が30分早い").is_empty());
        assert_eq!(said("", "", ""), ["outcome:required", "differs:required"]);
        assert_eq!(said("hired", "yes", "　"), ["difference:required"]);
        assert_eq!(said("hired", "yes", &"長".repeat(1001)), ["difference:too-long"]);
    }

    #[test]
    fn an_employer_can_neither_withdraw_an_application_nor_send_it_back_to_selection() {
        for state in ["withdrawn", "sent", "x"] {
            assert_eq!(said(state, "no", ""), ["outcome:required"]);
        }
    }
}
