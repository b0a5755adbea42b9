//! The table of fields of the online registration: what each is called, whether it is required, how it is written, how long it may be.
//! Every check, form and summary reads it. `app/data/registration_fields.tsv` says the same for people; a test compares them row by row.

use super::{Section, answers, basic, disability, education, form_data::FormData, history, publication, wishes_place, wishes_work};
use crate::text;
use std::fmt;

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its section.
    pub section: Section,
    /// Its name in the form, `group.name` within an entry of a repeating group.
    pub name: &'static str,
    /// What the screen calls it.
    pub label: fn() -> &'static str,
    /// Whether a registration is complete without it.
    pub required: Required,
    /// How it is written.
    pub format: Format,
    /// The most characters; `None` where the format limits it.
    pub max_chars: Option<usize>,
    /// What there is to choose from; empty for other formats.
    pub choices: &'static [Choice],
}

/// One of several to choose from.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// What the form sends.
    pub code: &'static str,
    /// What the screen says.
    pub label: fn() -> &'static str,
}

/// Whether a field has to be filled in. A condition that is not met means that the field is not asked for, and not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Yes,
    /// Never.
    No,
    /// Where this field is, or holds, one of these.
    If(&'static str, &'static [&'static str]),
    /// Where this field is asked for and is none of these.
    Unless(&'static str, &'static [&'static str]),
}

/// How a field is written. Ranges include their ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One line, converted to full width.
    FullWidth,
    /// [`super::Kana`].
    Katakana,
    /// A day.
    Date,
    /// One of the choices.
    Choice,
    /// Any of the choices.
    Choices,
    /// [`super::PostalCode`].
    PostalCode,
    /// JIS code of a prefecture, 01–47.
    Prefecture,
    /// JIS code of a municipality within the prefecture, five digits.
    Municipality,
    /// [`super::Phone`].
    Phone,
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A box to tick: `yes` or nothing.
    Tick,
    /// [`super::TimeOfDay`].
    Time,
    /// An amount of yen.
    Yen,
    /// [`super::YearMonth`].
    YearMonth,
    /// An item of the occupation picker.
    Occupation,
    /// So many items of the picker.
    Occupations(u16, u16),
    /// A whole number in this range.
    Number(u16, u16),
    /// A repeating group of so many entries.
    Entries(u16, u16),
    /// So many prefectures, each with any of its municipalities.
    Places(u16, u16),
}

impl Format {
    /// Whether one chooses rather than writes.
    #[must_use]
    pub const fn is_chosen(self) -> bool {
        matches!(
            self,
            Self::Choice
                | Self::Choices
                | Self::Prefecture
                | Self::Municipality
                | Self::Occupation
                | Self::Occupations(..)
                | Self::Places(..)
        )
    }

    /// The range of a number, or of how many there may be.
    #[must_use]
    pub const fn range(self) -> Option<(u16, u16)> {
        match self {
            Self::Occupations(least, most) | Self::Number(least, most) | Self::Entries(least, most) | Self::Places(least, most) => {
                Some((least, most))
            }
            _ => None,
        }
    }
}

const NONE: &[Choice] = &[];

const fn field(
    section: Section,
    name: &'static str,
    label: fn() -> &'static str,
    required: Required,
    format: Format,
    max_chars: usize,
    choices: &'static [Choice],
) -> Field {
    Field { section, name, label, required, format, max_chars: if max_chars == 0 { None } else { Some(max_chars) }, choices }
}

/// All fields in the order of the screens; 0 characters stand for no limit of their own.
pub static FIELDS: [Field; 85] = [
    field(Section::Basic, "family_name", text::registration_basic_family_name, Required::Yes, Format::FullWidth, 20, NONE),
    field(Section::Basic, "given_name", text::registration_basic_given_name, Required::Yes, Format::FullWidth, 20, NONE),
    field(Section::Basic, "family_kana", text::registration_basic_family_kana, Required::Yes, Format::Katakana, 30, NONE),
    field(Section::Basic, "given_kana", text::registration_basic_given_kana, Required::Yes, Format::Katakana, 30, NONE),
    field(Section::Basic, "birth_date", text::registration_basic_birth_date, Required::Yes, Format::Date, 0, NONE),
    field(Section::Basic, "gender", text::registration_basic_gender, Required::No, Format::Choice, 0, basic::Gender::CHOICES),
    field(Section::Basic, "postal_code", text::registration_basic_postal_code, Required::Yes, Format::PostalCode, 8, NONE),
    field(Section::Basic, "prefecture", text::registration_basic_prefecture, Required::Yes, Format::Prefecture, 0, NONE),
    field(Section::Basic, "municipality", text::registration_basic_municipality, Required::Yes, Format::Municipality, 0, NONE),
    field(Section::Basic, "address_line", text::registration_basic_address_line, Required::Yes, Format::FullWidth, 60, NONE),
    field(Section::Basic, "building", text::registration_basic_building, Required::No, Format::FullWidth, 40, NONE),
    field(Section::Basic, "phone", text::registration_basic_phone, Required::Yes, Format::Phone, 13, NONE),
    field(Section::Basic, "phone_kind", text::registration_basic_phone_kind, Required::Yes, Format::Choice, 0, basic::PhoneKind::CHOICES),
    field(Section::Basic, "phone_note", text::registration_basic_phone_note, Required::No, Format::Line, 100, NONE),
    field(Section::Basic, "contact_without_phone", text::registration_basic_contact_without_phone, Required::No, Format::Tick, 0, NONE),
    field(Section::Basic, "nearest_station", text::registration_basic_nearest_station, Required::No, Format::Line, 60, NONE),
    field(
        Section::Basic,
        "nationality_kind",
        text::registration_basic_nationality_kind,
        Required::Yes,
        Format::Choice,
        0,
        basic::Nationality::CHOICES,
    ),
    field(
        Section::Basic,
        "residence_status",
        text::registration_basic_residence_status,
        Required::If("nationality_kind", &["other"]),
        Format::Choice,
        0,
        basic::ResidenceStatus::CHOICES,
    ),
    field(
        Section::Basic,
        "residence_until",
        text::registration_basic_residence_until,
        Required::Unless("residence_status", &["permanent"]),
        Format::Date,
        0,
        NONE,
    ),
    field(
        Section::Basic,
        "work_permit_outside",
        text::registration_basic_work_permit_outside,
        Required::If("residence_status", &["student", "dependent"]),
        Format::Choice,
        0,
        answers::Has::CHOICES,
    ),
    field(
        Section::Basic,
        "disability",
        text::registration_basic_disability,
        Required::Yes,
        Format::Choice,
        0,
        basic::DisabilityAnswer::CHOICES,
    ),
    field(
        Section::Basic,
        "employment_status",
        text::registration_basic_employment_status,
        Required::Yes,
        Format::Choice,
        0,
        basic::EmploymentStatus::CHOICES,
    ),
    field(
        Section::Basic,
        "unemployment_insurance",
        text::registration_basic_unemployment_insurance,
        Required::If("employment_status", &["unemployed"]),
        Format::Choice,
        0,
        basic::InsuranceStep::CHOICES,
    ),
    field(
        Section::Publication,
        "publish_to_employers",
        text::registration_publication_publish_to_employers,
        Required::Yes,
        Format::Choice,
        0,
        publication::Publish::CHOICES,
    ),
    field(
        Section::Publication,
        "provide_to_agencies",
        text::registration_publication_provide_to_agencies,
        Required::Yes,
        Format::Choice,
        0,
        publication::Provide::CHOICES,
    ),
    field(
        Section::Publication,
        "office_may_contact",
        text::registration_publication_office_may_contact,
        Required::Yes,
        Format::Choice,
        0,
        answers::Wants::CHOICES,
    ),
    field(
        Section::Publication,
        "contact_channels",
        text::registration_publication_contact_channels,
        Required::If("office_may_contact", &["yes"]),
        Format::Choices,
        0,
        publication::ContactChannel::CHOICES,
    ),
    field(
        Section::WishesWork,
        "occupations",
        text::registration_wishes_work_occupations,
        Required::Yes,
        Format::Occupations(1, 5),
        0,
        NONE,
    ),
    field(
        Section::WishesWork,
        "occupation_experience",
        text::registration_wishes_work_occupation_experience,
        Required::Yes,
        Format::Number(0, 60),
        0,
        NONE,
    ),
    field(
        Section::WishesWork,
        "work_time",
        text::registration_wishes_work_work_time,
        Required::Yes,
        Format::Choices,
        0,
        wishes_work::WorkTimeWish::CHOICES,
    ),
    field(
        Section::WishesWork,
        "employment_forms",
        text::registration_wishes_work_employment_forms,
        Required::Yes,
        Format::Choices,
        0,
        wishes_work::EmploymentFormWish::CHOICES,
    ),
    field(Section::WishesWork, "hours_from", text::registration_wishes_work_hours_from, Required::No, Format::Time, 0, NONE),
    field(Section::WishesWork, "hours_to", text::registration_wishes_work_hours_to, Required::No, Format::Time, 0, NONE),
    field(
        Section::WishesWork,
        "days_per_week",
        text::registration_wishes_work_days_per_week,
        Required::If("work_time", &["part"]),
        Format::Number(1, 7),
        0,
        NONE,
    ),
    field(
        Section::WishesWork,
        "hours_per_week",
        text::registration_wishes_work_hours_per_week,
        Required::If("work_time", &["part"]),
        Format::Number(1, 60),
        0,
        NONE,
    ),
    field(
        Section::WishesWork,
        "overtime",
        text::registration_wishes_work_overtime,
        Required::No,
        Format::Choice,
        0,
        wishes_work::Overtime::CHOICES,
    ),
    field(
        Section::WishesWork,
        "days_off",
        text::registration_wishes_work_days_off,
        Required::No,
        Format::Choices,
        0,
        wishes_work::DayOff::CHOICES,
    ),
    field(
        Section::WishesWork,
        "shift_or_night",
        text::registration_wishes_work_shift_or_night,
        Required::No,
        Format::Choice,
        0,
        answers::Can::CHOICES,
    ),
    field(
        Section::WishesWork,
        "start_possible",
        text::registration_wishes_work_start_possible,
        Required::Yes,
        Format::Choice,
        0,
        wishes_work::Start::CHOICES,
    ),
    field(
        Section::WishesWork,
        "start_date",
        text::registration_wishes_work_start_date,
        Required::If("start_possible", &["date"]),
        Format::Date,
        0,
        NONE,
    ),
    field(Section::WishesPlace, "places", text::registration_wishes_place_places, Required::Yes, Format::Places(1, 10), 0, NONE),
    field(
        Section::WishesPlace,
        "commute_minutes",
        text::registration_wishes_place_commute_minutes,
        Required::No,
        Format::Number(10, 180),
        0,
        NONE,
    ),
    field(
        Section::WishesPlace,
        "commute_means",
        text::registration_wishes_place_commute_means,
        Required::No,
        Format::Choices,
        0,
        wishes_place::CommuteMeans::CHOICES,
    ),
    field(
        Section::WishesPlace,
        "relocation",
        text::registration_wishes_place_relocation,
        Required::No,
        Format::Choice,
        0,
        wishes_place::Relocation::CHOICES,
    ),
    field(
        Section::WishesPlace,
        "transfer",
        text::registration_wishes_place_transfer,
        Required::No,
        Format::Choice,
        0,
        answers::Can::CHOICES,
    ),
    field(
        Section::WishesPlace,
        "remote",
        text::registration_wishes_place_remote,
        Required::No,
        Format::Choice,
        0,
        wishes_place::Remote::CHOICES,
    ),
    field(
        Section::WishesPlace,
        "wage_unit",
        text::registration_wishes_place_wage_unit,
        Required::Yes,
        Format::Choice,
        0,
        wishes_place::WageUnit::CHOICES,
    ),
    field(Section::WishesPlace, "wage_min", text::registration_wishes_place_wage_min, Required::Yes, Format::Yen, 0, NONE),
    field(
        Section::WishesPlace,
        "housing",
        text::registration_wishes_place_housing,
        Required::No,
        Format::Choice,
        0,
        answers::Wants::CHOICES,
    ),
    field(
        Section::WishesPlace,
        "childcare",
        text::registration_wishes_place_childcare,
        Required::No,
        Format::Choice,
        0,
        answers::Wants::CHOICES,
    ),
    field(
        Section::Education,
        "last_school",
        text::registration_education_last_school,
        Required::Yes,
        Format::Choice,
        0,
        education::School::CHOICES,
    ),
    field(
        Section::Education,
        "school_state",
        text::registration_education_school_state,
        Required::Yes,
        Format::Choice,
        0,
        education::SchoolState::CHOICES,
    ),
    field(
        Section::Education,
        "evening_or_correspondence",
        text::registration_education_evening_or_correspondence,
        Required::No,
        Format::Tick,
        0,
        NONE,
    ),
    field(Section::Education, "school_name", text::registration_education_school_name, Required::No, Format::Line, 60, NONE),
    field(Section::Education, "graduated_on", text::registration_education_graduated_on, Required::No, Format::YearMonth, 0, NONE),
    field(
        Section::Education,
        "car_license",
        text::registration_education_car_license,
        Required::Yes,
        Format::Choice,
        0,
        education::CarLicense::CHOICES,
    ),
    field(Section::Education, "licenses", text::registration_education_licenses, Required::No, Format::Entries(0, 5), 0, NONE),
    field(Section::Education, "licenses.name", text::registration_education_licenses_name, Required::Yes, Format::Line, 40, NONE),
    field(
        Section::Education,
        "licenses.acquired_on",
        text::registration_education_licenses_acquired_on,
        Required::No,
        Format::YearMonth,
        0,
        NONE,
    ),
    field(
        Section::Education,
        "pc_skills",
        text::registration_education_pc_skills,
        Required::No,
        Format::Choices,
        0,
        education::PcSkill::CHOICES,
    ),
    field(Section::Education, "pc_skills_note", text::registration_education_pc_skills_note, Required::No, Format::Line, 200, NONE),
    field(Section::History, "has_history", text::registration_history_has_history, Required::Yes, Format::Choice, 0, answers::Has::CHOICES),
    field(
        Section::History,
        "jobs",
        text::registration_history_jobs,
        Required::If("has_history", &["yes"]),
        Format::Entries(1, 20),
        0,
        NONE,
    ),
    field(Section::History, "jobs.company", text::registration_history_jobs_company, Required::No, Format::Line, 60, NONE),
    field(Section::History, "jobs.from", text::registration_history_jobs_from, Required::Yes, Format::YearMonth, 0, NONE),
    field(Section::History, "jobs.to", text::registration_history_jobs_to, Required::No, Format::YearMonth, 0, NONE),
    field(Section::History, "jobs.form", text::registration_history_jobs_form, Required::Yes, Format::Choice, 0, history::JobForm::CHOICES),
    field(Section::History, "jobs.occupation", text::registration_history_jobs_occupation, Required::Yes, Format::Occupation, 0, NONE),
    field(Section::History, "jobs.duties", text::registration_history_jobs_duties, Required::Yes, Format::Lines, 600, NONE),
    field(
        Section::History,
        "jobs.reason",
        text::registration_history_jobs_reason,
        Required::No,
        Format::Choice,
        0,
        history::LeavingReason::CHOICES,
    ),
    field(
        Section::Disability,
        "kinds",
        text::registration_disability_kinds,
        Required::Yes,
        Format::Choices,
        0,
        disability::Impairment::CHOICES,
    ),
    field(
        Section::Disability,
        "handbook",
        text::registration_disability_handbook,
        Required::Yes,
        Format::Choice,
        0,
        disability::Handbook::CHOICES,
    ),
    field(Section::Disability, "grade", text::registration_disability_grade, Required::No, Format::Line, 20, NONE),
    field(Section::Disability, "details", text::registration_disability_details, Required::No, Format::Lines, 600, NONE),
    field(Section::Disability, "aids", text::registration_disability_aids, Required::No, Format::Line, 200, NONE),
    field(Section::Disability, "accommodations", text::registration_disability_accommodations, Required::Yes, Format::Lines, 1000, NONE),
    field(Section::Disability, "evaluation", text::registration_disability_evaluation, Required::No, Format::Line, 100, NONE),
    field(Section::Disability, "evaluation_on", text::registration_disability_evaluation_on, Required::No, Format::Date, 0, NONE),
    field(Section::Disability, "supporters", text::registration_disability_supporters, Required::No, Format::Entries(0, 5), 0, NONE),
    field(Section::Disability, "supporters.name", text::registration_disability_supporters_name, Required::Yes, Format::Line, 100, NONE),
    field(
        Section::Disability,
        "supporters.contact",
        text::registration_disability_supporters_contact,
        Required::No,
        Format::Line,
        100,
        NONE,
    ),
    field(
        Section::Disability,
        "shown_to_employers",
        text::registration_disability_shown_to_employers,
        Required::No,
        Format::Choices,
        0,
        disability::DisabilityItem::CHOICES,
    ),
    field(
        Section::Introduction,
        "headline",
        text::registration_introduction_headline,
        Required::If("publication.publish_to_employers", &["yes"]),
        Format::Line,
        60,
        NONE,
    ),
    field(
        Section::Introduction,
        "appeal",
        text::registration_introduction_appeal,
        Required::If("publication.publish_to_employers", &["yes"]),
        Format::Lines,
        1000,
        NONE,
    ),
    field(Section::Introduction, "skills", text::registration_introduction_skills, Required::No, Format::Lines, 600, NONE),
];

/// The fields of a section in the order of its screen.
pub fn fields(section: Section) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.section == section)
}

/// Whether a field is asked for, as far as its own section tells: what another section decides counts as met.
#[must_use]
pub fn is_asked(field: &Field, form: &FormData) -> bool {
    match field.required {
        Required::Yes | Required::No => true,
        Required::If(name, codes) => name.contains('.') || codes.iter().any(|code| form.holds(name, code)),
        Required::Unless(name, codes) => {
            let asked = find(field.section, name).is_none_or(|other| is_asked(other, form));
            asked && !form.one(name).is_empty() && !codes.contains(&form.one(name))
        }
    }
}

/// The field that an error names: places of entries do not count (`jobs.2.company` is `jobs.company`, `handbook.physical` is `handbook`).
#[must_use]
pub fn find(section: Section, name: &str) -> Option<&'static Field> {
    let exact = |name: &str| fields(section).find(|field| field.name == name);
    if let Some(found) = exact(name) {
        return Some(found);
    }
    let parts: Vec<&str> = name.split('.').filter(|part| !part.bytes().all(|b| b.is_ascii_digit())).collect();
    exact(&parts.join(".")).or_else(|| exact(parts.first()?))
}

impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No => f.write_str("no"),
            Self::If(field, codes) => write!(f, "if {field}={}", codes.join("|")),
            Self::Unless(field, codes) => write!(f, "if {field}!={}", codes.join("|")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const TABLE: &str = include_str!("../../data/registration_fields.tsv");

    /// The word of a format in the table for people.
    fn word(format: Format) -> String {
        let kebab = |name: &str| {
            let mut out = String::new();
            for c in name.chars() {
                if c.is_ascii_uppercase() && !out.is_empty() {
                    out.push('-');
                }
                out.push(c.to_ascii_lowercase());
            }
            out
        };
        let name = format!("{format:?}");
        let name = kebab(name.split('(').next().unwrap_or_default());
        format.range().map_or_else(|| name.clone(), |(least, most)| format!("{name} {least}-{most}"))
    }

    fn row(field: &Field) -> String {
        let choices: Vec<&str> = field.choices.iter().map(|choice| (choice.label)()).collect();
        let max = field.max_chars.map(|n| n.to_string()).unwrap_or_default();
        let (required, format) = (field.required.to_string(), word(field.format));
        [field.section.code(), field.name, (field.label)(), &required, &format, &max, &choices.join("|")].join("\t")
    }

    #[test]
    fn the_table_of_fields_is_the_one_in_the_data_row_by_row() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(rows.len(), FIELDS.len());
        for (field, expected) in FIELDS.iter().zip(rows) {
            assert_eq!(row(field), expected);
        }
    }

    #[test]
    fn a_name_stands_once_in_its_section() {
        let names: BTreeSet<_> = FIELDS.iter().map(|field| (field.section, field.name)).collect();
        assert_eq!(names.len(), FIELDS.len());
    }

    #[test]
    fn what_is_chosen_has_choices_and_their_codes_differ() {
        for field in &FIELDS {
            assert_eq!(matches!(field.format, Format::Choice | Format::Choices), !field.choices.is_empty(), "{}", field.name);
            let codes: BTreeSet<_> = field.choices.iter().map(|choice| choice.code).collect();
            assert_eq!(codes.len(), field.choices.len(), "{}", field.name);
        }
    }

    #[test]
    fn a_condition_names_a_field_before_it_and_codes_that_it_has() {
        for (place, field) in FIELDS.iter().enumerate() {
            let (Required::If(name, codes) | Required::Unless(name, codes)) = field.required else { continue };
            let named = |f: &&Field| f.name == name || format!("{}.{}", f.section.code(), f.name) == name;
            let condition = FIELDS[..place].iter().find(named);
            assert!(condition.is_some_and(|f| codes.iter().all(|code| f.choices.iter().any(|c| c.code == *code))), "{}", field.name);
        }
    }

    #[test]
    fn an_error_on_an_entry_finds_the_field_of_its_group() {
        let name = |section, name| find(section, name).map(|field| field.name);
        assert_eq!(name(Section::History, "jobs.2.company"), Some("jobs.company"));
        assert_eq!(name(Section::History, "jobs"), Some("jobs"));
        assert_eq!(name(Section::WishesWork, "occupation_experience.0"), Some("occupation_experience"));
        assert_eq!(name(Section::Disability, "handbook.physical"), Some("handbook"));
        assert_eq!(name(Section::Basic, "jobs"), None);
    }
}
