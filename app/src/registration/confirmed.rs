//! What staff confirmed of a disability cannot be changed, nor 「障害の有無：あり」 unticked, through any path (DOMAIN.md rule 4 [L]).

use super::{
    basic::DisabilityAnswer,
    disability::{self, DisabilityItem},
    plain_text, width,
};
use crate::form::{Code, FieldErrors};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What staff confirmed, usually from the handbook. Nothing for an `Online` registrant: their own statement stays theirs to change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffConfirmed {
    /// The items. Any item confirms 「あり」 with it.
    pub items: BTreeSet<DisabilityItem>,
}

impl StaffConfirmed {
    /// What a handbook shows: kind, that there is one, its grade.
    #[must_use]
    pub fn from_handbook() -> Self {
        Self { items: [DisabilityItem::Kinds, DisabilityItem::Handbook, DisabilityItem::Grade].into() }
    }
}

/// What a person says of a disability: the answer in the basic section and the section of its own.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// `basic.disability`, as typed.
    pub answer: &'a str,
    /// The section as typed; `None` where there is none, or it is to be removed.
    pub section: Option<&'a disability::Input>,
}

/// Refuses every change of what was confirmed: [`Code::ConfirmedByStaff`] on the field `disability` of the basic section and on those of
/// the section on disability. Every path that writes either of them asks here first: form, forged request, import, API, restored draft. What is
/// not part of a change is passed as it is stored. Other width or spaces, or another order of choices, are no change.
#[must_use]
pub fn refuse_changes(confirmed: &StaffConfirmed, old: Statement<'_>, new: Statement<'_>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if confirmed.items.is_empty() {
        return errors;
    }
    if new.answer.trim() != DisabilityAnswer::Yes.code() {
        errors.add("disability", Code::ConfirmedByStaff);
    }
    let none = disability::Input::default();
    let (old, new) = (old.section.unwrap_or(&none), new.section.unwrap_or(&none));
    for item in &confirmed.items {
        if substance(*item, old) != substance(*item, new) {
            errors.add(item.code(), Code::ConfirmedByStaff);
        }
    }
    errors
}

/// What an item says, without what makes no difference.
fn substance(item: DisabilityItem, input: &disability::Input) -> Vec<String> {
    match item {
        DisabilityItem::Kinds => chosen(&input.kinds).into_iter().map(str::to_owned).collect(),
        DisabilityItem::Handbook => handbook(&chosen(&input.kinds), &input.handbook),
        DisabilityItem::Grade => vec![folded(&input.grade)],
        DisabilityItem::Details => vec![folded(&input.details)],
        DisabilityItem::Aids => vec![folded(&input.aids)],
        DisabilityItem::Accommodations => vec![folded(&input.accommodations)],
        DisabilityItem::Evaluation => vec![folded(&input.evaluation), folded(&input.evaluation_on)],
        DisabilityItem::Supporters => {
            let supporters = input.supporters.iter().map(|s| format!("{}\n{}", folded(&s.name), folded(&s.contact)));
            supporters.filter(|supporter| supporter != "\n").collect()
        }
    }
}

fn chosen(codes: &[String]) -> BTreeSet<&str> {
    codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()).collect()
}

/// The answers for the kinds that are chosen: only those are kept.
fn handbook(kinds: &BTreeSet<&str>, answers: &BTreeMap<String, String>) -> Vec<String> {
    let answered = answers.iter().filter(|(kind, answer)| kinds.contains(kind.as_str()) && !answer.trim().is_empty());
    answered.map(|(kind, answer)| format!("{kind}={}", answer.trim())).collect()
}

fn folded(text: &str) -> String {
    let text: String = text.chars().filter(|c| !plain_text::is_blank(c.encode_utf8(&mut [0; 4]))).collect();
    width::composed(&text).chars().map(width::full_width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn section() -> disability::Input {
        disability::Input {
            kinds: vec!["physical".to_owned(), "mental".to_owned()],
            handbook: [("physical".to_owned(), "yes".to_owned()), ("mental".to_owned(), "no".to_owned())].into(),
            grade: "2級".to_owned(),
            accommodations: "通院のための休み".to_owned(),
            ..disability::Input::default()
        }
    }

    fn refused(confirmed: &StaffConfirmed, answer: &str, new: Option<&disability::Input>) -> Vec<String> {
        let old = section();
        let errors = refuse_changes(confirmed, Statement { answer: "yes", section: Some(&old) }, Statement { answer, section: new });
        assert!(errors.iter().all(|error| error.code == Code::ConfirmedByStaff));
        errors.iter().map(|error| error.field.clone()).collect()
    }

    #[test]
    fn what_nobody_confirmed_stays_its_owners_to_change() {
        assert!(refused(&StaffConfirmed::default(), "no", None).is_empty());
    }

    #[test]
    fn a_confirmed_yes_cannot_be_unticked_by_any_other_answer() {
        let confirmed = StaffConfirmed::from_handbook();
        for answer in ["no", "unsaid", "", "YES", "forged", "\u{200b}"] {
            assert_eq!(refused(&confirmed, answer, Some(&section())), ["disability"], "{answer:?}");
        }
    }

    #[test]
    fn confirmed_items_can_be_neither_changed_nor_removed_nor_added_to() {
        let confirmed = StaffConfirmed::from_handbook();
        let more = disability::Input { kinds: ["physical", "mental", "other"].map(str::to_owned).to_vec(), ..section() };
        assert_eq!(refused(&confirmed, "yes", Some(&more)), ["kinds"]);
        let fewer = disability::Input { kinds: vec!["physical".to_owned()], ..section() };
        assert_eq!(refused(&confirmed, "yes", Some(&fewer)), ["kinds", "handbook"]);
        let grade = disability::Input { grade: "3級".to_owned(), ..section() };
        assert_eq!(refused(&confirmed, "yes", Some(&grade)), ["grade"]);
        let empty = disability::Input { grade: "\u{200b}".to_owned(), ..section() };
        assert_eq!(refused(&confirmed, "yes", Some(&empty)), ["grade"]);
        assert_eq!(refused(&confirmed, "yes", None), ["kinds", "handbook", "grade"]);
        assert_eq!(refused(&confirmed, "no", None), ["disability", "kinds", "handbook", "grade"]);
    }

    #[test]
    fn another_width_or_order_is_no_change_and_what_is_not_confirmed_may_change() {
        let new = disability::Input {
            kinds: ["mental", "", "physical", "mental"].map(str::to_owned).to_vec(),
            grade: " ２級 ".to_owned(),
            accommodations: "週に一度の通院".to_owned(),
            shown_to_employers: vec!["accommodations".to_owned()],
            ..section()
        };
        assert!(refused(&StaffConfirmed::from_handbook(), "yes", Some(&new)).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_either_says_the_same_or_is_refused(grade in any::<String>(), kinds in proptest::collection::vec(any::<String>(), 0..4)) {
            let new = disability::Input { grade, kinds, ..section() };
            let said = refused(&StaffConfirmed::from_handbook(), "yes", Some(&new));
            let same = chosen(&new.kinds) == BTreeSet::from(["physical", "mental"]);
            prop_assert_eq!(said.contains(&"kinds".to_owned()), !same);
        }
    }
}
