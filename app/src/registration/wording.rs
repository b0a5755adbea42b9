//! The sentences of the codes: what is wrong and how to put it right.

use super::{
    Section,
    disability::Impairment,
    fields::{self, Field, Format},
    validity::{InactiveReason, deletion_day},
};
use crate::{
    date::Date,
    form::{Code, FieldError},
    text,
};

/// What the screen calls the field of an error, entries with their place counted from 1: 「職歴（3番目）の会社名」.
#[must_use]
pub fn label(section: Section, name: &str) -> String {
    let own = fields::find(section, name).map_or(name, |field| (field.label)());
    let mut parts = name.split('.');
    let (group, place, inner) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let Some(place) = place else { return own.to_owned() };
    match (place.parse::<usize>(), inner) {
        (Ok(place), Some(_)) => {
            let group = fields::find(section, group).map_or(group, |field| (field.label)());
            text::registration_entry_label(group, place.saturating_add(1), own)
        }
        (Ok(place), None) => text::registration_place_label(own, place.saturating_add(1)),
        (Err(_), _) => text::registration_kind_label(own, place.parse::<Impairment>().map_or(place, |kind| kind.label())),
    }
}

/// What the screen says of an error or a warning.
#[must_use]
pub fn message(section: Section, error: &FieldError) -> String {
    let label = label(section, &error.field);
    let field = fields::find(section, &error.field);
    match error.code {
        Code::Required => required(label, field),
        Code::TooLong => match field.and_then(|field| field.max_chars) {
            Some(most) => text::registration_error_too_long(label, most),
            None => text::registration_error_too_long_plain(label),
        },
        Code::TooMany => match field.and_then(|field| field.format.range()) {
            Some((_, most)) => text::registration_error_too_many(label, most),
            None => text::registration_error_too_many_plain(label),
        },
        Code::OutOfRange => match field.and_then(|field| field.format.range()) {
            Some((least, most)) => text::registration_error_out_of_range(label, least, most),
            None => text::registration_error_out_of_range_plain(label),
        },
        code => of_code(code, label),
    }
}

fn required(label: String, field: Option<&Field>) -> String {
    match field.map(|field| field.format) {
        Some(Format::Entries(..)) => text::registration_error_required_entries(label),
        Some(format) if format.is_chosen() => text::registration_error_required_choice(label),
        _ => text::registration_error_required(label),
    }
}

/// The sentences that need no more than the field's label.
fn of_code(code: Code, label: String) -> String {
    match code {
        Code::Required => text::registration_error_required(label),
        Code::TooLong => text::registration_error_too_long_plain(label),
        Code::TooShort => text::account_error_too_short_plain(label),
        Code::EasyToGuess => text::account_error_easy_to_guess(label),
        Code::WrongSignIn => text::account_error_wrong_sign_in().to_owned(),
        Code::WrongPassword => text::account_error_wrong_password(label),
        Code::WrongCode => text::account_error_wrong_code(label),
        Code::CodeExpired => text::account_error_code_expired(label),
        Code::TooManyTries => text::account_error_too_many_tries(label),
        Code::TooSoon => text::account_error_too_soon(label),
        Code::PasskeyRefused => text::passkeys_refused().to_owned(),
        Code::Unchanged => text::account_error_unchanged(label),
        Code::TooMany => text::registration_error_too_many_plain(label),
        Code::Twice => text::registration_error_twice(label),
        Code::NotAChoice => text::registration_error_not_a_choice(label),
        Code::Contradiction => text::registration_error_contradiction(label),
        Code::BrokenCharacter => text::registration_error_broken_character(label),
        Code::NotAllowedHere => text::registration_error_not_allowed_here(label),
        Code::NotKana => text::registration_error_not_kana(label),
        Code::NotAPostalCode => text::registration_error_not_a_postal_code(label),
        Code::NotAPhone => text::registration_error_not_a_phone(label),
        Code::NotAnEmail => text::registration_error_not_an_email(label),
        Code::NotANumber => text::registration_error_not_a_number(label),
        Code::OutOfRange => text::registration_error_out_of_range_plain(label),
        Code::NotADay => text::registration_error_not_a_day(label),
        Code::NotAMonth => text::registration_error_not_a_month(label),
        Code::NotATime => text::registration_error_not_a_time(label),
        Code::InTheFuture => text::registration_error_in_the_future(label),
        Code::InThePast => text::registration_error_in_the_past(label),
        Code::Implausible => text::registration_error_implausible(label),
        Code::TooYoung => text::registration_error_too_young(label),
        Code::UnknownPrefecture => text::registration_error_unknown_prefecture(label),
        Code::UnknownPostalCode => text::registration_error_unknown_postal_code(label),
        Code::TooLate => text::registration_lifeline_too_late().to_owned(),
        Code::NotAnOffice => text::registration_error_not_an_office(label),
        Code::UnknownMunicipality => text::registration_error_unknown_municipality(label),
        Code::UnknownOccupation => text::registration_error_unknown_occupation(label),
        Code::Reversed => text::registration_error_reversed(label),
        Code::SameTime => text::registration_error_same_time(label),
        Code::MoreThanTheDays => text::registration_error_more_than_the_days(label),
        Code::Pupil => text::registration_error_pupil().to_owned(),
        Code::ConfirmedByStaff => text::registration_error_confirmed_by_staff(label),
        Code::FileTooLarge => text::documents_error_too_large(crate::documents::MOST_MEGABYTES),
        Code::NotADocument => text::documents_error_not_a_document().to_owned(),
        Code::DisabilityNotStated => text::applications_warning_not_stated().to_owned(),
        Code::UnusualAge => text::registration_warning_unusual_age(label),
        Code::EndsSoon => text::registration_warning_ends_soon(label),
        Code::Ended => text::registration_warning_ended(label),
        Code::EmploymentInsurance => text::registration_warning_employment_insurance().to_owned(),
        Code::NearlyFullTime => text::registration_warning_nearly_full_time().to_owned(),
        Code::BelowMinimumWage => text::registration_warning_below_minimum_wage(label),
        Code::WageUnit => text::registration_warning_wage_unit(label),
        Code::Overlap => text::registration_warning_overlap(label),
        Code::HoldsContact => text::registration_warning_holds_contact(label),
        Code::HoldsName => text::registration_warning_holds_name(label),
    }
}

/// What making a registration inactive with this reason on `today` means, said before it is chosen; ③ with the day of deletion [L].
#[must_use]
pub fn consequence(reason: InactiveReason, today: Date) -> String {
    match (reason, deletion_day(Some(reason), today)) {
        (InactiveReason::NoMoreUse, Some(day)) => text::registration_inactive_no_more_use(day.plain()),
        (InactiveReason::FoundWork, _) => text::registration_inactive_found_work().to_owned(),
        _ => text::registration_inactive_pause().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(section: Section, field: &str, code: Code) -> String {
        message(section, &FieldError { field: field.to_owned(), code })
    }

    #[test]
    fn every_code_has_a_sentence_of_its_own_that_tells_warnings_from_errors() {
        let mut sentences: Vec<String> = Code::ALL.iter().map(|code| said(Section::Basic, "phone", *code)).collect();
        for (code, sentence) in Code::ALL.iter().zip(&sentences) {
            assert!(sentence.ends_with('。') || sentence.contains("例："), "{sentence}");
            assert_eq!(sentence.contains("もう一度押すと"), code.severity() == crate::form::Severity::Warning, "{sentence}");
        }
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), Code::ALL.len());
    }

    #[test]
    fn an_entry_is_named_with_its_place_counted_from_one() {
        assert_eq!(said(Section::History, "jobs.2.company", Code::TooLong), "職歴（3番目）の会社名は60文字までで入力してください。");
        assert_eq!(
            said(Section::WishesWork, "occupation_experience.0", Code::OutOfRange),
            "経験年数（1番目）は0から60までの数字で入力してください。"
        );
        assert_eq!(said(Section::Disability, "handbook.physical", Code::Required), "手帳の有無（身体）を選んでください。");
    }

    #[test]
    fn what_is_missing_is_asked_for_in_the_way_it_is_given() {
        assert_eq!(said(Section::Basic, "family_name", Code::Required), "氏を入力してください。");
        assert_eq!(said(Section::Basic, "disability", Code::Required), "障害の有無を選んでください。");
        assert_eq!(said(Section::History, "jobs", Code::Required), "職歴を1つ以上入力してください。");
        assert_eq!(said(Section::WishesPlace, "places", Code::TooMany), "希望する勤務地は10個までです。");
    }

    #[test]
    fn the_third_reason_names_the_day_of_deletion_before_it_is_chosen() {
        let today = Date::new(2026, 11, 25).expect("a day of the calendar");
        assert!(consequence(InactiveReason::NoMoreUse, today).contains("2027年2月23日"));
        assert!(!consequence(InactiveReason::Pause, today).contains("消します"));
    }

    #[test]
    fn a_forged_field_name_is_shown_as_it_came() {
        assert_eq!(label(Section::Basic, "<b>.x"), "<b>.x（x）");
        assert_eq!(label(Section::History, "jobs.99999999999999999999.company"), "会社名（99999999999999999999）");
    }
}
