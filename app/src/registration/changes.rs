//! What differs between what is registered and what was typed: the summary before it is saved, and the history.

use super::{Draft, Section, shown};
use crate::text;

/// A field that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its section.
    pub section: Section,
    /// What the screen calls it.
    pub label: String,
    /// What it said; empty if nothing.
    pub before: String,
    /// What it says; empty if nothing.
    pub after: String,
}

impl Change {
    /// The change without what it says, where that is special-care personal information: the history tells only that there was one.
    #[must_use]
    pub fn for_history(self) -> Self {
        let disability = text::registration_basic_disability();
        if self.section != Section::Disability && self.label != disability {
            return self;
        }
        let unsaid = |words: String| if words.is_empty() { words } else { text::registration_change_unsaid().to_owned() };
        Self { before: unsaid(self.before), after: unsaid(self.after), ..self }
    }
}

/// What changes from `old` to `new`, in the order of the screens. A section that is not asked for any more says nothing.
#[must_use]
pub fn changes(old: &Draft, new: &Draft) -> Vec<Change> {
    Section::ALL.into_iter().flat_map(|section| of_section(old, new, section)).collect()
}

fn of_section(old: &Draft, new: &Draft, section: Section) -> Vec<Change> {
    let rows = |draft: &Draft| if draft.asks(section) { shown::rows(draft, section) } else { Vec::new() };
    let (before, after) = (rows(old), rows(new));
    let words = |rows: &[shown::Row], name: &str| rows.iter().find(|row| row.name == name).map(|row| row.words.clone()).unwrap_or_default();
    let gone = before.iter().filter(|row| after.iter().all(|other| other.name != row.name));
    let all = after.iter().chain(gone);
    let changed =
        all.map(|row| Change { section, label: row.label.clone(), before: words(&before, &row.name), after: words(&after, &row.name) });
    changed.filter(|change| change.before != change.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_the_field_with_what_it_said_and_says() {
        let old = Draft::default();
        let mut new = Draft::default();
        new.basic.phone = "0900000000".to_owned();
        new.basic.birth_date = "S63.4.1".to_owned();
        let found = changes(&old, &new);
        let found: Vec<_> = found.iter().map(|change| (change.label.as_str(), change.before.as_str(), change.after.as_str())).collect();
        assert_eq!(found, [("生年月日", "", "1988年4月1日（昭和63年4月1日）"), ("電話番号", "", "0900000000")]);
        assert!(changes(&new, &new).is_empty());
    }

    #[test]
    fn an_entry_that_is_taken_out_is_a_change_of_each_of_its_fields() {
        let mut old = Draft::default();
        old.history.has_history = "yes".to_owned();
        old.history.jobs = vec![crate::registration::history::JobInput { company: "見本".to_owned(), ..Default::default() }];
        let found = changes(
            &old,
            &Draft { history: crate::registration::history::Input { has_history: "yes".to_owned(), jobs: vec![] }, ..old.clone() },
        );
        assert_eq!(found.iter().map(|change| change.label.as_str()).collect::<Vec<_>>(), ["職歴（1番目）の会社名"]);
    }

    #[test]
    fn the_history_does_not_say_what_somebody_wrote_of_a_disability() {
        let mut new = Draft::default();
        new.basic.disability = "yes".to_owned();
        new.disability.grade = "2級".to_owned();
        for change in changes(&Draft::default(), &new).into_iter().map(Change::for_history) {
            assert_eq!(change.after, text::registration_change_unsaid(), "{}", change.label);
        }
    }
}
