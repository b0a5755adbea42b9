//! What a section says, in words: for the review, one's own page, the preview, the summary of changes, staff and the export.

use super::checked_form::meaning;
use super::disability::Impairment;
use super::fields::{self, Field, Format};
use super::form_data::FormData;
use super::{Draft, Section, history, plain_text, wording};
use crate::occupations::picker_name;
use crate::places;
use crate::text;

/// A field with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As the form names it.
    pub name: String,
    /// What the screen calls it; entries with their place.
    pub label: String,
    /// What it says; empty if nothing.
    pub words: String,
}

/// The rows of a section: every field that is asked for, groups entry by entry, in the order of the screen.
#[must_use]
pub fn rows(draft: &Draft, section: Section) -> Vec<Row> {
    let form = draft.written(section);
    let mut rows = Vec::new();
    for field in fields::fields(section).filter(|field| fields::is_asked(field, &form)) {
        match field.format {
            _ if field.name.contains('.') => {}
            Format::Entries(..) => entries(&mut rows, field, &form),
            Format::Occupations(..) => occupations(&mut rows, field, &form),
            // Stands beside each occupation.
            Format::Number(..) if field.name == "occupation_experience" => {}
            _ if field.name == "handbook" => handbook(&mut rows, &form),
            _ => rows.push(Row {
                name: field.name.to_owned(),
                label: (field.label)().to_owned(),
                words: words(field, &form.all(field.name)),
            }),
        }
    }
    rows
}

/// What the values of a field say.
fn words(field: &Field, values: &[String]) -> String {
    let words = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).map(|value| word(field, value));
    words.collect::<Vec<_>>().join(if matches!(field.format, Format::Lines) { "\n" } else { "、" })
}

fn word(field: &Field, value: &str) -> String {
    match field.format {
        Format::Choice | Format::Choices => {
            field.choices.iter().find(|choice| choice.code == value).map_or_else(|| value.to_owned(), |choice| (choice.label)().to_owned())
        }
        Format::Tick => text::registration_ticked().to_owned(),
        Format::Prefecture | Format::Municipality | Format::Places(..) => place(value),
        Format::Occupation | Format::Occupations(..) => picker_name(value).unwrap_or(value).to_owned(),
        Format::YearMonth if value == history::STILL_THERE => text::registration_still_there().to_owned(),
        Format::Date | Format::YearMonth if !meaning(value).is_empty() => meaning(value),
        Format::Yen => yen(value),
        _ => value.to_owned(),
    }
}

/// An amount with its thousands apart; what is no plain number as it was typed.
fn yen(value: &str) -> String {
    let digits = plain_text::compact(value).replace(',', "");
    let digits = digits.strip_suffix('円').unwrap_or(&digits);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return value.to_owned();
    }
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    text::registration_yen(groups.join(","))
}

/// The name of a prefecture, or of a municipality after its prefecture's.
fn place(code: &str) -> String {
    let number: u32 = code.parse().unwrap_or_default();
    let prefecture = |code: u32| u8::try_from(code).ok().and_then(places::prefecture).map(|prefecture| prefecture.name);
    match (code.len(), places::municipality(number)) {
        (2, _) => prefecture(number).unwrap_or(code).to_owned(),
        (_, Some(found)) => format!("{}{}", prefecture(number / 1000).unwrap_or_default(), found.name),
        _ => code.to_owned(),
    }
}

fn entries(rows: &mut Vec<Row>, group: &'static Field, form: &FormData) {
    for (place, entry) in form.entries(group.name).iter().enumerate() {
        for (inner, field) in of_group(group) {
            let name = format!("{}.{place}.{inner}", group.name);
            let words = words(field, &entry.all(inner));
            rows.push(Row { label: wording::label(group.section, &name), name, words });
        }
    }
}

/// The fields of an entry of a group, each with its name within it.
pub fn of_group(group: &'static Field) -> impl Iterator<Item = (&'static str, &'static Field)> {
    fields::fields(group.section).filter_map(move |field| Some((field.name.strip_prefix(group.name)?.strip_prefix('.')?, field)))
}

fn occupations(rows: &mut Vec<Row>, field: &Field, form: &FormData) {
    let years = form.list("occupation_experience");
    for (place, code) in form.list(field.name).iter().enumerate().filter(|(_, code)| !code.trim().is_empty()) {
        let name = format!("{}.{place}", field.name);
        let years = years.get(place).map_or("", |years| years.trim());
        let words = if years.is_empty() { word(field, code) } else { text::registration_occupation_years(word(field, code), years) };
        rows.push(Row { label: wording::label(field.section, &name), name, words });
    }
    if form.list(field.name).iter().all(|code| code.trim().is_empty()) {
        rows.push(Row { name: field.name.to_owned(), label: (field.label)().to_owned(), words: String::new() });
    }
}

fn handbook(rows: &mut Vec<Row>, form: &FormData) {
    let Some(field) = fields::find(Section::Disability, "handbook") else { return };
    for kind in form.all("kinds").iter().filter_map(|kind| kind.parse::<Impairment>().ok()) {
        let name = format!("handbook.{}", kind.code());
        rows.push(Row { label: wording::label(Section::Disability, &name), words: words(field, &form.all(&name)), name });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_with_their_thousands_apart() {
        for (typed, shown) in [("200000", "200,000円"), ("１，３００円", "1,300円"), ("20万", "20万"), ("", ""), ("999", "999円")]
        {
            assert_eq!(yen(typed), shown, "{typed}");
        }
    }

    #[test]
    fn a_place_is_named_with_its_prefecture_and_an_unknown_code_as_it_is() {
        assert_eq!(place("13"), "東京都");
        assert_eq!(place("13101"), "東京都千代田区");
        assert_eq!(place("13999"), "13999");
        assert_eq!(place("x"), "x");
    }
}
