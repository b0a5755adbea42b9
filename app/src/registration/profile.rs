//! What employers see of somebody who publishes their wishes (DOMAIN.md "Publication"): never name, contact or address; wished work and place,
//! education, licences and history always; of a disability what was chosen, item by item.

use super::disability::DisabilityItem;
use super::shown::{Row, rows};
use super::{Draft, Section, wording};

/// Fields of education and history by which somebody may be recognised.
const TELLING: [&str; 2] = ["school_name", "company"];

/// A published profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What is always shown, by section.
    pub always: Vec<(Section, Vec<Row>)>,
    /// The items of a disability that are shown.
    pub disability: Vec<Row>,
    /// Those of `always` by which the person might be recognised.
    pub telling: Vec<Row>,
}

/// The sections that employers see, in their order. Of the rest nothing is theirs.
const SECTIONS: [Section; 5] = [Section::WishesWork, Section::WishesPlace, Section::Education, Section::History, Section::Introduction];

/// What employers see, if the wishes are published.
#[must_use]
pub fn profile(draft: &Draft) -> Profile {
    let filled =
        |section| rows(draft, section).into_iter().filter(|row| !row.words.is_empty()).filter(is_for_employers).collect::<Vec<_>>();
    let always: Vec<_> = SECTIONS.into_iter().map(|section| (section, filled(section))).filter(|(_, rows)| !rows.is_empty()).collect();
    let is_telling = |row: &&Row| TELLING.iter().any(|name| row.name == *name || row.name.ends_with(&format!(".{name}")));
    let telling = always.iter().flat_map(|(_, rows)| rows).filter(is_telling).cloned().collect();
    Profile { disability: shown_disability(draft), telling, always }
}

/// Why somebody left is theirs.
fn is_for_employers(row: &Row) -> bool {
    !row.name.ends_with(".reason")
}

fn shown_disability(draft: &Draft) -> Vec<Row> {
    if !draft.asks(Section::Disability) {
        return Vec::new();
    }
    let shown: Vec<DisabilityItem> = draft.disability.shown_to_employers.iter().filter_map(|code| code.trim().parse().ok()).collect();
    let is_shown = |row: &Row| {
        let item = row.name.split('.').next().unwrap_or_default();
        let item = if item == "evaluation_on" { "evaluation" } else { item };
        item.parse().is_ok_and(|item| shown.contains(&item))
    };
    let all = rows(draft, Section::Disability).into_iter().filter(|row| !row.words.is_empty() && is_shown(row));
    if shown.contains(&DisabilityItem::Kinds) { all.collect() } else { without_kinds(all) }
}

/// The rows of the handbook as one: theirs are named after the kind, which is not to be shown.
fn without_kinds(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let (handbooks, mut others): (Vec<Row>, Vec<Row>) = rows.partition(|row| row.name.starts_with("handbook."));
    let mut words: Vec<String> = handbooks.into_iter().map(|row| row.words).collect();
    words.sort_unstable();
    words.dedup();
    if !words.is_empty() {
        let label = wording::label(Section::Disability, "handbook");
        others.insert(0, Row { name: "handbook".to_owned(), label, words: words.join("、") });
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draft in which every text is a mark of its own.
    fn marked() -> Draft {
        let mut draft = Draft::default();
        for section in Section::ALL {
            let mut form = super::super::form_data::FormData::default();
            for field in super::super::fields::fields(section) {
                let value = field.choices.first().map_or_else(|| format!("mark-{}", field.name), |choice| choice.code.to_owned());
                let name = match field.name.split_once('.') {
                    Some((group, inner)) => format!("{group}.0.{inner}"),
                    None if field.name == "handbook" => "handbook.physical".to_owned(),
                    None if matches!(field.name, "occupations" | "occupation_experience") => format!("{}.0", field.name),
                    None => field.name.to_owned(),
                };
                form.push(name, value);
            }
            draft.read(section, &form);
        }
        draft
    }

    fn all_words(profile: &Profile) -> String {
        let rows = profile.always.iter().flat_map(|(_, rows)| rows).chain(&profile.disability);
        rows.map(|row| row.words.as_str()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn nothing_of_name_contact_or_address_is_ever_shown() {
        let words = all_words(&profile(&marked()));
        for field in super::super::fields::fields(Section::Basic).chain(super::super::fields::fields(Section::Publication)) {
            assert!(!words.contains(&format!("mark-{}", field.name)), "{}", field.name);
        }
        assert!(words.contains("mark-headline") && words.contains("mark-school_name"));
    }

    #[test]
    fn of_a_disability_nothing_is_shown_but_what_was_chosen() {
        let mut draft = marked();
        for (item, mark) in [("grade", "mark-grade"), ("details", "mark-details"), ("accommodations", "mark-accommodations")] {
            draft.disability.shown_to_employers = vec![item.to_owned()];
            assert_eq!(all_words(&profile(&draft)).matches("mark-").count(), {
                draft.disability.shown_to_employers.clear();
                all_words(&profile(&draft)).matches("mark-").count() + 1
            });
            draft.disability.shown_to_employers = vec![item.to_owned()];
            assert!(all_words(&profile(&draft)).contains(mark));
        }
        draft.basic.disability = "no".to_owned();
        assert!(profile(&draft).disability.is_empty());
    }

    #[test]
    fn a_handbook_that_is_shown_does_not_tell_the_kind_that_is_hidden() {
        let mut draft = marked();
        draft.disability.kinds = vec!["physical".to_owned(), "mental".to_owned()];
        draft.disability.handbook = [("physical", "yes"), ("mental", "yes")].map(|(kind, has)| (kind.to_owned(), has.to_owned())).into();
        draft.disability.shown_to_employers = vec!["handbook".to_owned()];
        let hidden = profile(&draft).disability;
        assert_eq!(hidden.len(), 1);
        for kind in ["身体", "精神", "知的", "発達"] {
            assert!(!hidden[0].label.contains(kind) && !hidden[0].words.contains(kind), "{hidden:?}");
        }
        draft.disability.shown_to_employers.push("kinds".to_owned());
        assert!(profile(&draft).disability.iter().any(|row| row.label.contains("身体")));
    }

    #[test]
    fn school_and_company_are_pointed_out() {
        let telling: Vec<String> = profile(&marked()).telling.into_iter().map(|row| row.name).collect();
        assert_eq!(telling, ["school_name", "jobs.0.company"]);
    }
}
