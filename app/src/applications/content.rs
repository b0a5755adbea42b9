//! What a seeker writes when applying, and its rules: the same for the page, the outbox and a forged request (DOMAIN.md rule 3 [L]).

use crate::form::{Checked, Code, FieldError, FieldErrors};
use crate::registration::checked_form;
use crate::registration::plain_text::{is_blank, lines};
use crate::registration::width;
use crate::text;
use serde::{Deserialize, Serialize};

/// The longest motivation, in characters [own].
pub const MOTIVATION_MOST: usize = 2000;
/// The longest remarks, in characters [own].
pub const REMARKS_MOST: usize = 1000;
/// The version of the text that is read before a self-application; stored with it.
pub const CAUTION_VERSION: &str = "2026-11";

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Input {
    /// 志望動機.
    pub motivation: String,
    /// 備考.
    pub remarks: String,
    /// The tick "I have stated that I have a disability", of a reserved posting.
    pub stated: bool,
    /// The tick "I have read what a self-application is".
    pub understood: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The posting is reserved for people with disabilities: the remarks must say that one has a disability.
    pub is_reserved: bool,
    /// It is a self-application: what it is must have been read.
    pub is_self: bool,
}

/// What can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// 志望動機.
    pub motivation: String,
    /// 備考; may be empty unless the posting is reserved.
    pub remarks: String,
    /// Whether it was ticked that the remarks state a disability: of a reserved posting.
    pub is_stated: bool,
}

/// Checks what was written.
#[must_use]
pub fn validate(input: &Input, asked: Asked) -> Checked<Content> {
    let mut errors = FieldErrors::default();
    if asked.is_self && !input.understood {
        errors.add("understood", Code::Required);
    }
    let motivation = read("motivation", &input.motivation, MOTIVATION_MOST, true, &mut errors);
    let remarks = read("remarks", &input.remarks, REMARKS_MOST, asked.is_reserved, &mut errors);
    if asked.is_reserved {
        if remarks.as_ref().is_some_and(|remarks| !states_disability(remarks)) {
            errors.add("remarks", Code::DisabilityNotStated);
        }
        if !input.stated {
            errors.add("stated", Code::Required);
        }
    }
    let valid = motivation.zip(remarks).filter(|_| !errors.has_errors()).map(|(motivation, remarks)| Content {
        motivation,
        remarks,
        is_stated: asked.is_reserved,
    });
    Checked { valid, errors }
}

fn read(name: &str, typed: &str, most: usize, is_required: bool, errors: &mut FieldErrors) -> Option<String> {
    if is_blank(typed) {
        if is_required {
            errors.add(name, Code::Required);
            return None;
        }
        return Some(String::new());
    }
    lines(typed, most).map_err(|code| errors.add(name, code)).ok()
}

/// What is said of a form as the browser's script has it: names and values by turns in, a line each out ([`checked_form`]).
#[must_use]
pub fn check_form(form: &str, is_reserved: bool, is_self: bool) -> String {
    let form = checked_form::form_data(form);
    let input = Input {
        motivation: form.one("motivation").to_owned(),
        remarks: form.one("remarks").to_owned(),
        stated: form.one("stated") == "yes",
        understood: form.one("understood") == "yes",
    };
    checked_form::lines(&validate(&input, Asked { is_reserved, is_self }).errors, word)
}

/// Whether remarks state a disability, in a way that we can see [own]: a word for it, or for the handbook. The ready sentence has one.
#[must_use]
pub fn states_disability(remarks: &str) -> bool {
    let remarks = width::composed(remarks);
    ["障害", "障がい", "障碍", "手帳"].iter().any(|word| remarks.contains(word))
}

/// What is typed with the ready sentence behind it; as it is where it stands there already.
#[must_use]
pub fn with_ready_sentence(remarks: &str) -> String {
    let ready = text::applications_ready_sentence();
    match remarks.trim_end() {
        typed if typed.contains(ready) => typed.to_owned(),
        "" => ready.to_owned(),
        typed => format!("{typed}\n{ready}"),
    }
}

/// The sentence of what is said of a field.
#[must_use]
pub fn word(error: &FieldError) -> String {
    let label = match error.field.as_str() {
        "motivation" => text::applications_motivation(),
        "remarks" => text::applications_remarks(),
        "documents" => text::applications_documents(),
        other => other,
    };
    match (error.field.as_str(), error.code) {
        ("understood", _) => text::applications_error_understood().to_owned(),
        ("stated", _) => text::applications_error_stated().to_owned(),
        ("remarks", Code::Required) => text::applications_error_remarks_required().to_owned(),
        (_, Code::DisabilityNotStated) => text::applications_warning_not_stated().to_owned(),
        (_, Code::FileTooLarge) => text::documents_error_too_large(crate::documents::MOST_MEGABYTES),
        (_, Code::NotADocument) => text::documents_error_not_a_document().to_owned(),
        ("documents", Code::TooManyTries) => text::documents_error_too_often().to_owned(),
        ("documents", Code::TooMany) => text::documents_error_too_many(crate::documents::MOST),
        (_, Code::TooLong) => {
            text::applications_error_too_long(label, if error.field == "remarks" { REMARKS_MOST } else { MOTIVATION_MOST })
        }
        (_, Code::BrokenCharacter) => text::registration_error_broken_character(label),
        _ => text::applications_error_required(label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RESERVED: Asked = Asked { is_reserved: true, is_self: true };
    const OPEN: Asked = Asked { is_reserved: false, is_self: true };

    fn typed(motivation: &str, remarks: &str, stated: bool) -> Input {
        Input { motivation: motivation.into(), remarks: remarks.into(), stated, understood: true }
    }

    fn said(input: &Input, asked: Asked) -> Vec<String> {
        validate(input, asked).errors.iter().map(|error| error.key()).collect()
    }

    #[test]
    fn a_motivation_is_needed_and_remarks_only_for_a_reserved_posting() {
        assert!(said(&typed("近いので", "", false), OPEN).is_empty());
        assert_eq!(said(&typed(" \u{3000}\u{200b}", "", false), OPEN), ["motivation:required"]);
        assert_eq!(said(&typed("近いので", "", false), RESERVED), ["remarks:required", "stated:required"]);
    }

    #[test]
    fn what_a_self_application_is_must_have_been_read_a_referral_is_none() {
        let unread = Input { understood: false, ..typed("近いので", "", false) };
        assert_eq!(said(&unread, OPEN), ["understood:required"]);
        assert!(said(&unread, Asked { is_reserved: false, is_self: false }).is_empty());
    }

    #[test]
    fn remarks_that_do_not_say_it_ask_once_more_and_pass_on_the_second_press() {
        for remarks in ["身体障害者手帳2級", "障がいがあります", "障碍", "手帳を持っています", text::applications_ready_sentence()]
        {
            assert!(said(&typed("近いので", remarks, true), RESERVED).is_empty(), "{remarks}");
        }
        let unclear = validate(&typed("近いので", "車いすを使います", true), RESERVED);
        assert_eq!(unclear.errors.iter().map(FieldError::key).collect::<Vec<_>>(), ["remarks:disability-not-stated"]);
        let confirmed = unclear.errors.to_confirm();
        assert!(unclear.accept(&confirmed).is_ok());
    }

    #[test]
    fn ten_thousand_characters_of_every_script_are_too_many_and_the_limit_itself_is_not() {
        let scripts: String = "漢かカﾊAzяΩعहक👩‍🏭ไ".chars().cycle().take(10_000).collect();
        assert_eq!(said(&typed(&scripts, "", false), OPEN), ["motivation:too-long"]);
        assert!(said(&typed(&"志".repeat(MOTIVATION_MOST), "", false), OPEN).is_empty());
        assert_eq!(said(&typed(&"志".repeat(MOTIVATION_MOST + 1), "", false), OPEN), ["motivation:too-long"]);
        assert_eq!(said(&typed("x\u{fffd}", "", false), OPEN), ["motivation:broken-character"]);
    }

    #[test]
    fn the_browsers_form_is_judged_by_the_same_rules() {
        let said = check_form("understood\u{1e}yes\u{1e}motivation\u{1e}近い\u{1e}remarks\u{1e}車いす\u{1e}stated\u{1e}yes", true, true);
        assert!(said.starts_with("remarks\twarning\tdisability-not-stated\t") && said.lines().count() == 1, "{said}");
        assert!(check_form("motivation\u{1e}近い", false, false).is_empty());
    }

    #[test]
    fn the_ready_sentence_is_added_once_below_what_was_typed() {
        let ready = text::applications_ready_sentence();
        assert_eq!(with_ready_sentence(""), ready);
        assert_eq!(with_ready_sentence("よろしくお願いします。\n"), format!("よろしくお願いします。\n{ready}"));
        assert_eq!(with_ready_sentence(ready), ready);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_either_sent_or_told_what_is_wrong(motivation in "\\PC{0,2100}", remarks in "\\PC{0,40}", stated: bool, understood: bool, is_reserved: bool, is_self: bool) {
            let input = Input { motivation, remarks, stated, understood };
            let checked = validate(&input, Asked { is_reserved, is_self });
            prop_assert_eq!(checked.valid.is_some(), !checked.errors.has_errors());
            if let Some(content) = checked.valid {
                prop_assert!(!content.motivation.is_empty());
                prop_assert!(!is_reserved || !content.remarks.is_empty());
            }
            for error in checked.errors.iter() {
                prop_assert!(word(error).ends_with('。'));
            }
        }
    }
}
