//! What a form says back: codes on the names of its fields, the same from the browser's check and from the server's.
//!
//! A field of a repeating group is named by group, place from 0, and name: `jobs.2.company`. Codes become sentences in the noun's
//! `wording.rs`. As JSON the errors are a list in the order of the screen: `[{"field":"jobs.2.company","code":"too-long"}]`.

use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// How much a code weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Orange: accepted when the form is sent a second time.
    Warning,
    /// Red: must be put right.
    Error,
}

/// The codes: member, text form, severity.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $severity:ident),+ $(,)?) => {
        /// What is wrong with a field, or questionable about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $code)] $variant),+ }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text form, as in JSON and in `confirmed`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The code with this text form.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// Whether it blocks or only asks.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// Nothing is written or chosen where something has to be. The only code of what is missing: all others are of what is wrong.
    Required = "required" Error,
    /// Fewer characters than the field needs.
    TooShort = "too-short" Error,
    /// A password that is guessed first.
    EasyToGuess = "easy-to-guess" Error,
    /// Address and password do not belong together; which of them is wrong is not told.
    WrongSignIn = "wrong-sign-in" Error,
    /// Not one's password.
    WrongPassword = "wrong-password" Error,
    /// Not the code that was sent, or none of those that were made.
    WrongCode = "wrong-code" Error,
    /// The code is too old.
    CodeExpired = "code-expired" Error,
    /// Tried too often: wait, or take another way.
    TooManyTries = "too-many-tries" Error,
    /// What was asked for cannot be done again so soon.
    TooSoon = "too-soon" Error,
    /// A passkey that could not be checked, or is none of ours.
    PasskeyRefused = "passkey-refused" Error,
    /// It is what it was before.
    Unchanged = "unchanged" Error,
    /// More characters than the field takes.
    TooLong = "too-long" Error,
    /// More entries than the group takes.
    TooMany = "too-many" Error,
    /// The same entry stands twice.
    Twice = "twice" Error,
    /// Not one of the choices: only a forged or outdated form sends it.
    NotAChoice = "not-a-choice" Error,
    /// Choices that exclude each other.
    Contradiction = "contradiction" Error,
    /// A character that was damaged on its way or that only one machine can show (U+FFFD, private use).
    BrokenCharacter = "broken-character" Error,
    /// A sign that names and addresses cannot hold: emoji, combining marks that belong to no letter, symbols.
    NotAllowedHere = "not-allowed-here" Error,
    /// Not kana alone.
    NotKana = "not-kana" Error,
    /// Not a postal code of 7 digits.
    NotAPostalCode = "not-a-postal-code" Error,
    /// Not a telephone number of 10 or 11 digits with a leading 0.
    NotAPhone = "not-a-phone" Error,
    /// Not an address of electronic mail.
    NotAnEmail = "not-an-email" Error,
    /// Not a number.
    NotANumber = "not-a-number" Error,
    /// A number below or above what the field takes.
    OutOfRange = "out-of-range" Error,
    /// Not a day that the calendar (or the era) has.
    NotADay = "not-a-day" Error,
    /// Not a month of a year.
    NotAMonth = "not-a-month" Error,
    /// Not a time of the day.
    NotATime = "not-a-time" Error,
    /// A day or month that has not come yet.
    InTheFuture = "in-the-future" Error,
    /// A day that is over where a coming one is asked for.
    InThePast = "in-the-past" Error,
    /// So long ago or so far off that it must be a slip.
    Implausible = "implausible" Error,
    /// Younger than 15.
    TooYoung = "too-young" Error,
    /// No prefecture has the code.
    UnknownPrefecture = "unknown-prefecture" Error,
    /// No place has the postal code.
    UnknownPostalCode = "unknown-postal-code" Error,
    /// The time for it is over.
    TooLate = "too-late" Error,
    /// Not the number of an office, or of one's registration there.
    NotAnOffice = "not-an-office" Error,
    /// The prefecture has no such municipality (or no longer).
    UnknownMunicipality = "unknown-municipality" Error,
    /// The picker has no such occupation.
    UnknownOccupation = "unknown-occupation" Error,
    /// The end lies before the beginning.
    Reversed = "reversed" Error,
    /// Beginning and end are the same time.
    SameTime = "same-time" Error,
    /// More hours than the days have.
    MoreThanTheDays = "more-than-the-days" Error,
    /// Pupils of junior and senior high schools may not open a page; evening and correspondence courses excepted.
    Pupil = "pupil" Error,
    /// A file that is longer than files may be.
    FileTooLarge = "file-too-large" Error,
    /// A file that is, by its content, none that is taken.
    NotADocument = "not-a-document" Error,
    /// Staff confirmed it: only the office can change it.
    ConfirmedByStaff = "confirmed-by-staff" Error,

    /// Remarks for a posting reserved for people with disabilities that do not say, as far as we can see, that one has a disability.
    DisabilityNotStated = "disability-not-stated" Warning,
    /// An unusual age.
    UnusualAge = "unusual-age" Warning,
    /// The period of stay ends within 90 days.
    EndsSoon = "ends-soon" Warning,
    /// The period of stay is over.
    Ended = "ended" Warning,
    /// From 20 hours a week on employment insurance applies.
    EmploymentInsurance = "employment-insurance" Warning,
    /// From 30 hours a week on it is nearly full time.
    NearlyFullTime = "nearly-full-time" Warning,
    /// Below the minimum wage.
    BelowMinimumWage = "below-minimum-wage" Warning,
    /// An amount that suits another unit.
    WageUnit = "wage-unit" Warning,
    /// Two jobs at the same time.
    Overlap = "overlap" Warning,
    /// A telephone number or mail address in a text that employers read.
    HoldsContact = "holds-contact" Warning,
    /// The person's own name in a text that employers read.
    HoldsName = "holds-name" Warning,
}

/// One code on one field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldError {
    /// The name of the field, as the form sends it.
    pub field: String,
    /// What is wrong.
    pub code: Code,
}

impl FieldError {
    /// The text form that stands in `confirmed`: `wage_min:wage-unit`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}:{}", self.field, self.code.code())
    }
}

/// All that a check says about a form, in the order of the screen; the same thing is said once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Says `code` of `field`.
    pub fn add(&mut self, field: impl Into<String>, code: Code) {
        let error = FieldError { field: field.into(), code };
        if !self.0.contains(&error) {
            self.0.push(error);
        }
    }

    /// Adds what another check says of the same form.
    pub fn merge(&mut self, other: Self) {
        for error in other.0 {
            self.add(error.field, error.code);
        }
    }

    /// Adds what was said of the entry at `place` (from 0) of a repeating group: `company` becomes `jobs.2.company`.
    pub fn merge_entry(&mut self, group: &str, place: impl Display, other: Self) {
        for error in other.0 {
            self.add(format!("{group}.{place}.{}", error.field), error.code);
        }
    }

    /// Everything, in the order of the screen.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// The codes on a field.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = Code> + 'a {
        self.0.iter().filter(move |error| error.field == field).map(|error| error.code)
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something is red, be it missing or wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|error| error.code.severity() == Severity::Error)
    }

    /// Whether something that is written is wrong. What is only missing may be saved and filled in later.
    #[must_use]
    pub fn has_wrong(&self) -> bool {
        self.wrong().next().is_some()
    }

    /// What is missing.
    pub fn missing(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter().filter(|error| error.code == Code::Required)
    }

    /// What is red and not just missing.
    pub fn wrong(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter().filter(|error| error.code != Code::Required && error.code.severity() == Severity::Error)
    }

    /// What is orange.
    pub fn warnings(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter().filter(|error| error.code.severity() == Severity::Warning)
    }

    /// Without the warnings that the person has seen and accepted. Errors always stay.
    #[must_use]
    pub fn after(mut self, confirmed: &Confirmed) -> Self {
        self.0.retain(|error| error.code.severity() == Severity::Error || !confirmed.covers(error));
        self
    }

    /// Without what is said with this code.
    #[must_use]
    pub fn without(mut self, code: Code) -> Self {
        self.0.retain(|error| error.code != code);
        self
    }

    /// The warnings that the form carries along, so that sending it again accepts them and none else.
    #[must_use]
    pub fn to_confirm(&self) -> Confirmed {
        Confirmed(self.warnings().map(FieldError::key).collect())
    }
}

/// The warnings that were shown when the form was sent last, as the form's hidden field carries them: `wage_min:wage-unit`.
/// A warning that comes up only now is not among them and asks for its own second press.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confirmed(Vec<String>);

impl Confirmed {
    /// The confirmations that a form sent, each as [`FieldError::key`] gives it. What names nothing confirms nothing.
    #[must_use]
    pub fn new(keys: Vec<String>) -> Self {
        Self(keys)
    }

    /// Whether this was shown and accepted.
    #[must_use]
    pub fn covers(&self, error: &FieldError) -> bool {
        let key = error.key();
        self.0.contains(&key)
    }

    /// The keys, one a hidden field.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// What a check of a form gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<T> {
    /// The values, where nothing is red.
    pub valid: Option<T>,
    /// What is missing, wrong or questionable.
    pub errors: FieldErrors,
}

impl<T> Checked<T> {
    /// The values, where nothing is red and every warning has been accepted.
    ///
    /// # Errors
    /// What stands in the way, accepted warnings left out.
    pub fn accept(self, confirmed: &Confirmed) -> Result<T, FieldErrors> {
        let left = self.errors.after(confirmed);
        match self.valid {
            Some(valid) if left.is_empty() => Ok(valid),
            _ => Err(left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(said: &[(&str, Code)]) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (field, code) in said {
            errors.add(*field, *code);
        }
        errors
    }

    #[test]
    fn every_code_reads_back_from_its_text_form() {
        for code in Code::ALL {
            assert_eq!(Code::from_code(code.code()), Some(*code));
        }
        assert_eq!(Code::from_code("nothing"), None);
    }

    #[test]
    fn an_entry_of_a_repeating_group_is_named_by_group_place_and_name() {
        let mut all = errors(&[("has_history", Code::Required)]);
        all.merge_entry("jobs", 2, errors(&[("company", Code::TooLong)]));
        let names: Vec<&str> = all.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(names, ["has_history", "jobs.2.company"]);
    }

    #[test]
    fn the_same_thing_is_said_once() {
        let mut all = errors(&[("phone", Code::Required)]);
        all.merge(errors(&[("phone", Code::Required), ("phone", Code::TooLong)]));
        assert_eq!(all.of("phone").collect::<Vec<_>>(), [Code::Required, Code::TooLong]);
    }

    #[test]
    fn what_is_missing_is_not_wrong_but_blocks() {
        let missing = errors(&[("phone", Code::Required)]);
        assert!(missing.has_errors() && !missing.has_wrong());
        assert!(errors(&[("phone", Code::NotAPhone)]).has_wrong());
        let warned = errors(&[("birth_date", Code::UnusualAge)]);
        assert!(!warned.has_errors() && !warned.is_empty());
    }

    #[test]
    fn a_warning_passes_on_the_second_press_and_an_error_never_does() {
        let said = errors(&[("birth_date", Code::UnusualAge), ("phone", Code::NotAPhone)]);
        let first = Checked { valid: Some(1), errors: errors(&[("birth_date", Code::UnusualAge)]) };
        assert_eq!(first.clone().accept(&Confirmed::default()), Err(first.errors.clone()));
        assert_eq!(first.clone().accept(&first.errors.to_confirm()), Ok(1));
        let forged = Confirmed::new(vec!["phone:not-a-phone".to_owned(), "birth_date:unusual-age".to_owned()]);
        assert_eq!(said.after(&forged), errors(&[("phone", Code::NotAPhone)]));
    }

    #[test]
    fn a_warning_that_comes_up_later_asks_for_its_own_second_press() {
        let seen = errors(&[("wage_min", Code::WageUnit)]).to_confirm();
        let now = errors(&[("wage_min", Code::WageUnit), ("wage_min", Code::BelowMinimumWage)]);
        assert_eq!(now.after(&seen), errors(&[("wage_min", Code::BelowMinimumWage)]));
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn as_json_the_errors_are_a_list_in_the_order_of_the_screen() {
        let said = errors(&[("jobs.2.company", Code::TooLong), ("jobs.2.from", Code::Required)]);
        let json = r#"[{"field":"jobs.2.company","code":"too-long"},{"field":"jobs.2.from","code":"required"}]"#;
        assert_eq!(serde_json::to_string(&said).ok().as_deref(), Some(json));
        assert_eq!(serde_json::from_str::<FieldErrors>(json).ok(), Some(said));
    }
}
