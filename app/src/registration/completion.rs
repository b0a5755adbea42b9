//! Whether a registration is complete, and what it lacks. The page, the form without JavaScript, the server and staff's desk all ask here.

use super::{Draft, Section, basic, disability, education, history, introduction, publication, wishes_place, wishes_work};
use crate::{
    date::Date,
    form::{Code, FieldErrors, Severity},
};
use serde::{Deserialize, Serialize};

/// A complete registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "a field for each section")]
pub struct Registration {
    pub basic: basic::Valid,
    pub publication: publication::Valid,
    pub wishes_work: wishes_work::Valid,
    pub wishes_place: wishes_place::Valid,
    pub education: education::Valid,
    pub history: history::Valid,
    /// Only with 「あり」.
    pub disability: Option<disability::Valid>,
    /// Only where the wishes are published.
    pub introduction: Option<introduction::Valid>,
}

/// How far a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not asked for.
    NotAsked,
    /// Nothing typed yet.
    Untouched,
    /// Something is missing, nothing is wrong.
    Incomplete,
    /// Something is wrong.
    Wrong,
    /// Nothing is red. Warnings were asked about when the section was sent and do not stand in the way.
    Complete,
}

/// What stands between a draft and a complete registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The section.
    pub section: Section,
    /// The field, as its error names it.
    pub field: String,
    /// What is the matter: [`Code::Required`] where it is missing.
    pub code: Code,
}

impl Lack {
    /// The address of the field on its section's page, which says there what is the matter.
    #[must_use]
    pub fn href(&self) -> String {
        format!("{}?check=1#field-{}", self.section.path(), self.field.replace('.', "-"))
    }
}

/// How far each section is, in the order of the screens.
#[must_use]
pub fn states(draft: &Draft, today: Date) -> [(Section, State); 8] {
    Section::ALL.map(|section| (section, state(draft, section, today)))
}

/// How far a section is.
#[must_use]
pub fn state(draft: &Draft, section: Section, today: Date) -> State {
    let errors = draft.check(section, today);
    match section {
        _ if !draft.asks(section) => State::NotAsked,
        _ if errors.has_wrong() => State::Wrong,
        _ if !errors.has_errors() => State::Complete,
        _ if draft.is_untouched(section) => State::Untouched,
        _ => State::Incomplete,
    }
}

/// Everything that is missing or wrong, in the order of the screens.
#[must_use]
pub fn lacks(draft: &Draft, today: Date) -> Vec<Lack> {
    Section::ALL.into_iter().flat_map(|section| lacks_of(section, &draft.check(section, today))).collect()
}

fn lacks_of(section: Section, errors: &FieldErrors) -> Vec<Lack> {
    let red = errors.iter().filter(|error| error.code.severity() == Severity::Error);
    red.map(|error| Lack { section, field: error.field.clone(), code: error.code }).collect()
}

/// The registration, if nothing is missing or wrong.
///
/// # Errors
/// What is missing or wrong.
pub fn complete(draft: &Draft, today: Date) -> Result<Registration, Vec<Lack>> {
    assemble(draft, today).ok_or_else(|| lacks(draft, today))
}

fn assemble(draft: &Draft, today: Date) -> Option<Registration> {
    let disability = draft.asks(Section::Disability).then(|| disability::validate(&draft.disability, today).valid);
    let introduction = draft.asks(Section::Introduction).then(|| introduction::validate(&draft.introduction, today).valid);
    Some(Registration {
        basic: basic::validate(&draft.basic, today).valid?,
        publication: publication::validate(&draft.publication, today).valid?,
        wishes_work: wishes_work::validate(&draft.wishes_work, today).valid?,
        wishes_place: wishes_place::validate(&draft.wishes_place, today).valid?,
        education: education::validate(&draft.education, today).valid?,
        history: history::validate(&draft.history, today).valid?,
        disability: required_if_asked(disability)?,
        introduction: required_if_asked(introduction)?,
    })
}

/// A section that is not asked for is fine without values; one that is asked for is not.
fn required_if_asked<T>(asked: Option<Option<T>>) -> Option<Option<T>> {
    match asked {
        None => Some(None),
        Some(valid) => valid.map(Some),
    }
}

/// What the server adds to a complete registration: municipalities that its table lacks.
#[cfg(feature = "ssr")]
#[must_use]
pub fn unknown_places(registration: &Registration) -> Vec<Lack> {
    let mut lacks = lacks_of(Section::Basic, &basic::unknown_municipality(&registration.basic));
    lacks.extend(lacks_of(Section::WishesPlace, &wishes_place::unknown_municipalities(&registration.wishes_place)));
    lacks
}
