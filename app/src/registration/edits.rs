//! What the buttons within a section's form do with it: entries of groups, addresses from postal codes. Pure: draft in, draft out.

use super::{Draft, Section};
use crate::form::{Code, FieldErrors};
use crate::places::postal;

/// What a button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit<'a> {
    /// Another entry at the end of a group.
    Add(&'a str),
    /// An entry changes places with the one before it.
    Up(&'a str, usize),
    /// An entry changes places with the one behind it.
    Down(&'a str, usize),
    /// An entry is taken out.
    Remove(&'a str, usize),
    /// The address follows from the postal code.
    Address,
    /// The page is drawn again with what was chosen: the municipalities of a prefecture.
    Redraw,
}

impl<'a> Edit<'a> {
    /// What the value of a button asks for; `None` for what is no edit.
    #[must_use]
    pub fn from_button(value: &'a str) -> Option<Self> {
        let mut parts = value.split('.');
        let (first, verb, place) = (parts.next()?, parts.next(), parts.next());
        let place = || place.and_then(|place| place.parse().ok());
        match (first, verb) {
            ("address", None) => Some(Self::Address),
            ("cities" | "places", None) => Some(Self::Redraw),
            (group, Some("add")) => Some(Self::Add(group)),
            (group, Some("up")) => Some(Self::Up(group, place()?)),
            (group, Some("down")) => Some(Self::Down(group, place()?)),
            (group, Some("remove")) => Some(Self::Remove(group, place()?)),
            _ => None,
        }
    }

    /// The field that is looked at afterwards.
    #[must_use]
    pub fn target(self, draft: &Draft) -> String {
        let of = |group: &str, place: usize| match group {
            "jobs" => format!("jobs.{place}.company"),
            "licenses" | "supporters" => format!("{group}.{place}.name"),
            _ => format!("{group}.{place}"),
        };
        match self {
            Self::Add(group) => of(group, length(draft, group).saturating_sub(1)),
            Self::Up(group, place) => of(group, place.saturating_sub(1)),
            Self::Down(group, place) => of(group, place + 1),
            Self::Remove(group, _) => group.to_owned(),
            Self::Address => "address_line".to_owned(),
            Self::Redraw => String::new(),
        }
    }
}

fn length(draft: &Draft, group: &str) -> usize {
    match group {
        "jobs" => draft.history.jobs.len(),
        "licenses" => draft.education.licenses.len(),
        "supporters" => draft.disability.supporters.len(),
        _ => draft.wishes_work.occupations.len(),
    }
}

/// Does it. What cannot be done, because there is no such entry, changes nothing.
#[must_use]
pub fn edit(draft: &mut Draft, edit: Edit<'_>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    match edit {
        Edit::Address => fill_address(draft, &mut errors),
        Edit::Redraw => {}
        Edit::Add("jobs") => draft.history.jobs.push(Default::default()),
        Edit::Add("licenses") => draft.education.licenses.push(Default::default()),
        Edit::Add("supporters") => draft.disability.supporters.push(Default::default()),
        Edit::Up(group, place) => swap(draft, group, place.wrapping_sub(1), place),
        Edit::Down(group, place) => swap(draft, group, place, place + 1),
        Edit::Remove(group, place) => remove(draft, group, place),
        Edit::Add(_) => {
            let work = &mut draft.wishes_work;
            // An empty form shows one.
            if work.occupations.is_empty() {
                work.occupations.push(String::new());
            }
            work.occupations.push(String::new());
            work.occupation_experience.resize(work.occupations.len(), String::new());
        }
    }
    errors
}

fn swap(draft: &mut Draft, group: &str, one: usize, other: usize) {
    fn swap_in<T>(entries: &mut [T], one: usize, other: usize) {
        if one < entries.len() && other < entries.len() {
            entries.swap(one, other);
        }
    }
    match group {
        "jobs" => swap_in(&mut draft.history.jobs, one, other),
        "licenses" => swap_in(&mut draft.education.licenses, one, other),
        "supporters" => swap_in(&mut draft.disability.supporters, one, other),
        "occupations" => {
            swap_in(&mut draft.wishes_work.occupations, one, other);
            swap_in(&mut draft.wishes_work.occupation_experience, one, other);
        }
        _ => {}
    }
}

fn remove(draft: &mut Draft, group: &str, place: usize) {
    fn remove_in<T>(entries: &mut Vec<T>, place: usize) {
        if place < entries.len() {
            entries.remove(place);
        }
    }
    match group {
        "jobs" => remove_in(&mut draft.history.jobs, place),
        "licenses" => remove_in(&mut draft.education.licenses, place),
        "supporters" => remove_in(&mut draft.disability.supporters, place),
        "occupations" => {
            remove_in(&mut draft.wishes_work.occupations, place);
            remove_in(&mut draft.wishes_work.occupation_experience, place);
        }
        _ => {}
    }
}

/// Prefecture and municipality follow from the postal code, and the town, unless something else is written there.
fn fill_address(draft: &mut Draft, errors: &mut FieldErrors) {
    let basic = &mut draft.basic;
    let code = match basic.postal_code.parse() {
        Ok(code) => code,
        Err(code) => return errors.add("postal_code", code),
    };
    let towns: Vec<postal::Town> = postal::towns(code).collect();
    let Some(first) = towns.first() else { return errors.add("postal_code", Code::UnknownPostalCode) };
    // Some codes stand for several municipalities, even beyond a prefecture's border: what is not sure is left to choose.
    if towns.iter().all(|town| town.prefecture == first.prefecture) {
        basic.prefecture = format!("{:02}", first.prefecture);
    }
    if towns.iter().all(|town| town.municipality == first.municipality) {
        basic.municipality = format!("{:05}", first.municipality);
    }
    if basic.address_line.trim().is_empty() && towns.len() == 1 {
        first.town.clone_into(&mut basic.address_line);
    }
}

/// The section that a button's group is in.
#[must_use]
pub fn belongs(edit: Edit<'_>, section: Section) -> bool {
    let group = match edit {
        Edit::Add(group) | Edit::Up(group, _) | Edit::Down(group, _) | Edit::Remove(group, _) => group,
        Edit::Address => return section == Section::Basic,
        Edit::Redraw => return matches!(section, Section::Basic | Section::WishesPlace),
    };
    match group {
        "jobs" => section == Section::History,
        "licenses" => section == Section::Education,
        "supporters" => section == Section::Disability,
        "occupations" => section == Section::WishesWork,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(draft: &mut Draft, button: &str) -> FieldErrors {
        edit(draft, Edit::from_button(button).expect("the test names buttons"))
    }

    fn with_jobs(names: &[&str]) -> Draft {
        let mut draft = Draft::default();
        draft.history.jobs =
            names.iter().map(|name| super::super::history::JobInput { company: (*name).to_owned(), ..Default::default() }).collect();
        draft
    }

    fn jobs(draft: &Draft) -> Vec<&str> {
        draft.history.jobs.iter().map(|job| job.company.as_str()).collect()
    }

    #[test]
    fn entries_are_added_moved_and_taken_out_and_what_is_not_there_stays_so() {
        let mut draft = with_jobs(&["a", "b"]);
        let _ = done(&mut draft, "jobs.up.1");
        assert_eq!(jobs(&draft), ["b", "a"]);
        let _ = done(&mut draft, "jobs.down.0");
        assert_eq!(jobs(&draft), ["a", "b"]);
        for nothing in ["jobs.up.0", "jobs.down.1", "jobs.up.99", "jobs.remove.2"] {
            let _ = done(&mut draft, nothing);
            assert_eq!(jobs(&draft), ["a", "b"], "{nothing}");
        }
        let _ = done(&mut draft, "jobs.remove.0");
        let _ = done(&mut draft, "jobs.add");
        assert_eq!(jobs(&draft), ["b", ""]);
        assert_eq!(Edit::Add("jobs").target(&draft), "jobs.1.company");
    }

    #[test]
    fn an_occupation_moves_with_its_years() {
        let mut draft = Draft::default();
        let _ = done(&mut draft, "occupations.add");
        assert_eq!(draft.wishes_work.occupations.len(), 2);
        draft.wishes_work.occupations = vec!["01-01".to_owned(), "02-01".to_owned()];
        draft.wishes_work.occupation_experience = vec!["1".to_owned(), "2".to_owned()];
        let _ = done(&mut draft, "occupations.up.1");
        assert_eq!(draft.wishes_work.occupation_experience, ["2", "1"]);
        let _ = done(&mut draft, "occupations.remove.0");
        assert_eq!(
            (draft.wishes_work.occupations, draft.wishes_work.occupation_experience),
            (vec!["01-01".to_owned()], vec!["1".to_owned()])
        );
    }

    #[test]
    fn the_address_follows_from_the_postal_code_and_what_is_written_stays() {
        let mut draft = Draft::default();
        draft.basic.postal_code = "１００－０００１".to_owned();
        assert!(done(&mut draft, "address").is_empty());
        assert_eq!(
            (draft.basic.prefecture.as_str(), draft.basic.municipality.as_str(), draft.basic.address_line.as_str()),
            ("13", "13101", "千代田")
        );
        draft.basic.address_line = "千代田1-1".to_owned();
        assert!(done(&mut draft, "address").is_empty());
        assert_eq!(draft.basic.address_line, "千代田1-1");
        draft.basic = super::super::basic::Input { postal_code: "498-0000".to_owned(), ..Default::default() };
        assert!(done(&mut draft, "address").is_empty());
        assert_eq!(
            (draft.basic.prefecture.as_str(), draft.basic.municipality.as_str()),
            ("", ""),
            "it stands for places in two prefectures"
        );
        for (postal, code) in [("999-9999", Code::UnknownPostalCode), ("1", Code::NotAPostalCode)] {
            draft.basic.postal_code = postal.to_owned();
            assert_eq!(done(&mut draft, "address").of("postal_code").collect::<Vec<_>>(), [code]);
        }
    }

    #[test]
    fn a_forged_button_is_no_edit_or_belongs_to_no_section() {
        for value in ["", "next", "jobs", "jobs.up", "jobs.up.x", "address.1x"] {
            assert!(Edit::from_button(value).is_none(), "{value}");
        }
        assert!(!belongs(Edit::Add("x"), Section::History));
        assert!(belongs(Edit::Add("jobs"), Section::History) && !belongs(Edit::Add("jobs"), Section::Basic));
    }
}
