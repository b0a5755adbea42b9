//! How each field helps to fill it in: a hint, what browsers fill in, which keyboard phones show.

use super::Section;
use crate::text;

/// The help of a field.
#[derive(Clone, Copy, Debug, Default)]
pub struct Help {
    /// A sentence above the field.
    pub hint: Option<&'static str>,
    /// The token of `autocomplete`.
    pub autocomplete: &'static str,
    /// The keyboard.
    pub inputmode: Option<&'static str>,
    /// Whether the field is short.
    pub is_short: bool,
}

const fn plain(hint: &'static str) -> Help {
    Help { hint: Some(hint), autocomplete: "off", inputmode: None, is_short: false }
}

const fn fills(hint: Option<&'static str>, autocomplete: &'static str) -> Help {
    Help { hint, autocomplete, inputmode: None, is_short: false }
}

const fn number(hint: &'static str) -> Help {
    Help { hint: Some(hint), autocomplete: "off", inputmode: Some("numeric"), is_short: true }
}

const fn short(hint: &'static str) -> Help {
    Help { hint: Some(hint), autocomplete: "off", inputmode: None, is_short: true }
}

/// The help of a field, named as the table names it.
#[must_use]
pub fn help(section: Section, name: &str) -> Help {
    match section {
        Section::Basic => basic(name),
        Section::Publication => publication(name),
        Section::WishesWork => wishes_work(name),
        Section::WishesPlace => wishes_place(name),
        Section::Education | Section::History => past(name),
        Section::Disability => disability(name),
        Section::Introduction => introduction(name),
    }
}

const NONE: Help = Help { hint: None, autocomplete: "off", inputmode: None, is_short: false };

fn basic(name: &str) -> Help {
    match name {
        "family_name" => fills(None, "family-name"),
        "given_name" => fills(None, "given-name"),
        "family_kana" | "given_kana" => plain(text::registration_hint_kana()),
        "birth_date" => fills(Some(text::registration_hint_birth_date()), "bday"),
        "gender" => plain(text::registration_hint_gender()),
        "postal_code" => {
            Help { inputmode: Some("numeric"), is_short: true, ..fills(Some(text::registration_hint_postal_code()), "postal-code") }
        }
        "prefecture" => fills(None, "address-level1"),
        "municipality" => fills(None, "address-level2"),
        "address_line" => fills(Some(text::registration_hint_address_line()), "address-line1"),
        "building" => fills(None, "address-line2"),
        "phone" => Help { inputmode: Some("tel"), ..fills(Some(text::registration_hint_phone()), "tel-national") },
        "phone_note" => plain(text::registration_hint_phone_note()),
        "contact_without_phone" => plain(text::registration_hint_contact_without_phone()),
        "nearest_station" => plain(text::registration_hint_nearest_station()),
        "residence_until" => plain(text::registration_hint_date()),
        "disability" => plain(text::registration_hint_disability()),
        _ => NONE,
    }
}

fn publication(name: &str) -> Help {
    match name {
        "publish_to_employers" => plain(text::registration_hint_publish()),
        "provide_to_agencies" => plain(text::registration_hint_provide()),
        _ => NONE,
    }
}

fn wishes_work(name: &str) -> Help {
    match name {
        "occupations" => plain(text::registration_hint_occupations()),
        "occupation_experience" => number(text::registration_hint_experience()),
        "hours_from" => short(text::registration_hint_time()),
        "hours_to" => short(text::registration_hint_hours_to()),
        "days_per_week" => number(text::registration_hint_days_per_week()),
        "hours_per_week" => number(text::registration_hint_hours_per_week()),
        "start_date" => plain(text::registration_hint_date()),
        _ => NONE,
    }
}

fn wishes_place(name: &str) -> Help {
    match name {
        "places" => plain(text::registration_hint_places()),
        "commute_minutes" => number(text::registration_hint_commute_minutes()),
        "wage_min" => number(text::registration_hint_wage_min()),
        _ => NONE,
    }
}

fn past(name: &str) -> Help {
    match name {
        "evening_or_correspondence" => plain(text::registration_hint_evening()),
        "school_name" => plain(text::registration_hint_school_name()),
        "graduated_on" | "licenses.acquired_on" | "jobs.from" => plain(text::registration_hint_year_month()),
        "licenses.name" => plain(text::registration_hint_license_name()),
        "pc_skills_note" => plain(text::registration_hint_pc_note()),
        "jobs.company" => plain(text::registration_hint_company()),
        "jobs.to" => plain(text::registration_hint_job_to()),
        "jobs.duties" => plain(text::registration_hint_duties()),
        "jobs.reason" => plain(text::registration_hint_reason()),
        _ => NONE,
    }
}

fn disability(name: &str) -> Help {
    match name {
        "kinds" => plain(text::registration_hint_kinds()),
        "grade" => plain(text::registration_hint_grade()),
        "details" => plain(text::registration_hint_details()),
        "aids" => plain(text::registration_hint_aids()),
        "accommodations" => plain(text::registration_hint_accommodations()),
        "evaluation" => plain(text::registration_hint_evaluation()),
        "evaluation_on" => plain(text::registration_hint_date()),
        "supporters" => plain(text::registration_hint_supporters()),
        "supporters.contact" => plain(text::registration_hint_supporter_contact()),
        "shown_to_employers" => plain(text::registration_hint_shown()),
        _ => NONE,
    }
}

fn introduction(name: &str) -> Help {
    match name {
        "headline" => plain(text::registration_hint_headline()),
        "appeal" => plain(text::registration_hint_appeal()),
        "skills" => plain(text::registration_hint_skills()),
        _ => NONE,
    }
}
