//! What a form sends, name by name, and the sections as typed: one reading for the browser's check and for the server.
//!
//! A field of several choices is sent once for each. An entry of a repeating group is named by group, place and name (`jobs.2.company`), one
//! of a list by list and place (`occupations.0`), the answer for a kind by the kind (`handbook.physical`).

use super::{Draft, Section, basic, disability, education, history, introduction, publication, wishes_place, wishes_work};
use std::collections::BTreeMap;

/// The most entries of a group that are read: more than any group takes, so that too many are named as such.
const MOST_ENTRIES: usize = 40;

/// Names and values in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormData(pub Vec<(String, String)>);

impl FormData {
    /// The first value of a field that is not empty; empty if there is none. (A box that says what a text field would stands before it.)
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(own, value)| own == name && !value.is_empty()).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(own, _)| own == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether one of the values of a field is this.
    #[must_use]
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(own, other)| own == name && other == value)
    }

    /// Adds a value.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The entries of a group by their places; places that are left out are closed up.
    #[must_use]
    pub fn entries(&self, group: &str) -> Vec<Self> {
        let mut entries: BTreeMap<u32, Self> = BTreeMap::new();
        for (place, name, value) in self.within(group) {
            entries.entry(place).or_default().push(name, value);
        }
        entries.into_values().take(MOST_ENTRIES).collect()
    }

    /// The values of a list by their places.
    #[must_use]
    pub fn list(&self, list: &str) -> Vec<String> {
        self.entries(list).iter().map(|entry| entry.one("").to_owned()).collect()
    }

    /// The answers by what they are about.
    #[must_use]
    pub fn answers(&self, name: &str) -> BTreeMap<String, String> {
        let named = self.0.iter().filter_map(|(own, value)| Some((own.strip_prefix(name)?.strip_prefix('.')?.to_owned(), value.clone())));
        named.take(MOST_ENTRIES).collect()
    }

    fn within<'a>(&'a self, group: &'a str) -> impl Iterator<Item = (u32, &'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| {
            let rest = name.strip_prefix(group)?.strip_prefix('.')?;
            let (place, name) = rest.split_once('.').unwrap_or((rest, ""));
            Some((place.parse().ok()?, name, value.as_str()))
        })
    }
}

/// What can be read from a form and written into one.
pub trait InForm: Default {
    /// Reads it; what was not sent is empty.
    fn read(form: &FormData) -> Self;
    /// Writes it as a form would send it, each name after `prefix`.
    fn write(&self, prefix: &str, form: &mut FormData);
}

/// The names of a section or an entry, by how they are sent.
macro_rules! in_form {
    ($input:ty { one [$($one:ident)*] many [$($many:ident)*] lists [$($list:ident)*] groups [$($group:ident)*] answers [$($answers:ident)*] }) => {
        impl InForm for $input {
            fn read(form: &FormData) -> Self {
                Self {
                    $($one: form.one(stringify!($one)).to_owned(),)*
                    $($many: form.all(stringify!($many)),)*
                    $($list: form.list(stringify!($list)),)*
                    $($group: form.entries(stringify!($group)).iter().map(InForm::read).collect(),)*
                    $($answers: form.answers(stringify!($answers)),)*
                }
            }

            fn write(&self, prefix: &str, form: &mut FormData) {
                $(form.push(format!("{prefix}{}", stringify!($one)), self.$one.as_str());)*
                $(for value in &self.$many {
                    form.push(format!("{prefix}{}", stringify!($many)), value.as_str());
                })*
                $(for (place, value) in self.$list.iter().enumerate() {
                    form.push(format!("{prefix}{}.{place}", stringify!($list)), value.as_str());
                })*
                $(for (place, entry) in self.$group.iter().enumerate() {
                    entry.write(&format!("{prefix}{}.{place}.", stringify!($group)), form);
                })*
                $(for (about, answer) in &self.$answers {
                    form.push(format!("{prefix}{}.{about}", stringify!($answers)), answer.as_str());
                })*
            }
        }
    };
}

in_form!(basic::Input {
    one [family_name given_name family_kana given_kana birth_date gender postal_code prefecture municipality address_line building phone
        phone_kind phone_note contact_without_phone nearest_station nationality_kind residence_status residence_until work_permit_outside
        disability employment_status unemployment_insurance]
    many [] lists [] groups [] answers []
});
in_form!(publication::Input {
    one [publish_to_employers provide_to_agencies office_may_contact]
    many [contact_channels] lists [] groups [] answers []
});
in_form!(wishes_work::Input {
    one [hours_from hours_to days_per_week hours_per_week overtime shift_or_night start_possible start_date]
    many [work_time employment_forms days_off] lists [occupations occupation_experience] groups [] answers []
});
in_form!(wishes_place::Input {
    one [commute_minutes relocation transfer remote wage_unit wage_min housing childcare]
    many [places commute_means] lists [] groups [] answers []
});
in_form!(education::Input {
    one [last_school school_state evening_or_correspondence school_name graduated_on car_license pc_skills_note]
    many [pc_skills] lists [] groups [licenses] answers []
});
in_form!(education::LicenseInput { one [name acquired_on] many [] lists [] groups [] answers [] });
in_form!(history::Input { one [has_history] many [] lists [] groups [jobs] answers [] });
in_form!(history::JobInput { one [company from to form occupation duties reason] many [] lists [] groups [] answers [] });
in_form!(disability::Input {
    one [grade details aids accommodations evaluation evaluation_on]
    many [kinds shown_to_employers] lists [] groups [supporters] answers [handbook]
});
in_form!(disability::SupporterInput { one [name contact] many [] lists [] groups [] answers [] });
in_form!(introduction::Input { one [headline appeal skills] many [] lists [] groups [] answers [] });

impl Draft {
    /// Puts what a form sent in place of a section.
    pub fn read(&mut self, section: Section, form: &FormData) {
        match section {
            Section::Basic => self.basic = InForm::read(form),
            Section::Publication => self.publication = InForm::read(form),
            Section::WishesWork => self.wishes_work = InForm::read(form),
            Section::WishesPlace => self.wishes_place = InForm::read(form),
            Section::Education => self.education = InForm::read(form),
            Section::History => self.history = InForm::read(form),
            Section::Disability => self.disability = InForm::read(form),
            Section::Introduction => self.introduction = InForm::read(form),
        }
    }

    /// A section as its form would send it.
    #[must_use]
    pub fn written(&self, section: Section) -> FormData {
        let mut form = FormData::default();
        match section {
            Section::Basic => self.basic.write("", &mut form),
            Section::Publication => self.publication.write("", &mut form),
            Section::WishesWork => self.wishes_work.write("", &mut form),
            Section::WishesPlace => self.wishes_place.write("", &mut form),
            Section::Education => self.education.write("", &mut form),
            Section::History => self.history.write("", &mut form),
            Section::Disability => self.disability.write("", &mut form),
            Section::Introduction => self.introduction.write("", &mut form),
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> FormData {
        FormData(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn read(section: Section, fields: &[(&str, &str)]) -> Draft {
        let mut draft = Draft::default();
        draft.read(section, &form(fields));
        draft
    }

    #[test]
    fn entries_are_read_by_their_places_and_gaps_are_closed() {
        let draft =
            read(Section::History, &[("has_history", "yes"), ("jobs.7.company", "b"), ("jobs.2.company", "a"), ("jobs.2.from", "2020-04")]);
        let companies: Vec<&str> = draft.history.jobs.iter().map(|job| job.company.as_str()).collect();
        assert_eq!((companies, draft.history.jobs[0].from.as_str()), (vec!["a", "b"], "2020-04"));
    }

    #[test]
    fn lists_choices_and_answers_come_as_they_are_named() {
        let work =
            read(Section::WishesWork, &[("occupations.1", "b"), ("occupations.0", "a"), ("work_time", "full"), ("work_time", "part")])
                .wishes_work;
        assert_eq!((work.occupations, work.work_time), (vec!["a".to_owned(), "b".to_owned()], vec!["full".to_owned(), "part".to_owned()]));
        let disability = read(Section::Disability, &[("kinds", "physical"), ("handbook.physical", "yes")]).disability;
        assert_eq!(disability.handbook.get("physical").map(String::as_str), Some("yes"));
    }

    #[test]
    fn a_forged_form_makes_no_endless_group() {
        let many: Vec<(String, String)> = (0..10_000).map(|place| (format!("jobs.{place}.company"), "x".to_owned())).collect();
        let mut draft = Draft::default();
        draft.read(Section::History, &FormData(many));
        assert_eq!(draft.history.jobs.len(), MOST_ENTRIES);
        let draft =
            read(Section::History, &[("jobs.99999999999999999999.company", "x"), ("jobs.-1.company", "x"), ("jobs", "x"), ("jobs.", "x")]);
        assert!(draft.history.jobs.is_empty());
    }
}
