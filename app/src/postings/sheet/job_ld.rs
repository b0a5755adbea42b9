//! `JobPosting` structured data (schema.org) for search engines, as Google's documentation asks for it:
//! <https://developers.google.com/search/docs/appearance/structured-data/job-posting>. It is made from the finished sheet, so that it
//! can say nothing that the sheet does not show.

use super::{Section, Sheet};
use crate::places::{find_municipality, find_prefecture};
use crate::postings::facts::{Flag, Kind, WageForm, WorkTime};
use crate::text;
use serde_json::{Map, Value, json};

/// The structured data of a sheet; `None` for a closed posting, whose data must not be there any more.
#[must_use]
pub fn job_posting(sheet: &Sheet) -> Option<Value> {
    if sheet.closed {
        return None;
    }
    let mut data = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            data.insert(name.to_owned(), value);
        }
    };
    put("@context", Some(json!("https://schema.org")));
    put("@type", Some(json!("JobPosting")));
    put("title", Some(json!(sheet.title)));
    put("description", Some(json!(description(sheet))));
    put("datePosted", Some(json!(sheet.received_on)));
    put("validThrough", Some(json!(format!("{}T23:59:59+09:00", sheet.deadline))));
    put("employmentType", employment_type(sheet));
    put("hiringOrganization", Some(organization(sheet)));
    put("identifier", Some(json!({ "@type": "PropertyValue", "name": text::sheet_item_number(), "value": sheet.number })));
    put("jobLocation", job_location(sheet));
    if is_fully_remote(sheet) {
        put("jobLocationType", Some(json!("TELECOMMUTE")));
        put("applicantLocationRequirements", Some(json!({ "@type": "Country", "name": "JP" })));
    }
    put("baseSalary", base_salary(sheet));
    put("educationRequirements", education(sheet));
    put("experienceRequirements", experience(sheet));
    put("directApply", Some(json!(sheet.flags.has(Flag::SelfApplication))));
    Some(Value::Object(data))
}

/// The structured data as the text of a `<script>`: no `<` in it can end the script.
#[must_use]
pub fn script_text(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

/// Sections that describe the job itself.
const DESCRIBING: &[&str] = &["work", "place", "conditions", "trial", "wage", "hours", "benefits", "remarks", "barrier-free"];

/// The job in simple HTML, as complete as the sheet.
fn description(sheet: &Sheet) -> String {
    let mut html = String::new();
    for section in sheet.sections.iter().filter(|section| DESCRIBING.contains(&section.anchor.as_str())) {
        html += &format!("<p>{}</p><ul>", escaped(&section.heading));
        for item in &section.items {
            let lines: Vec<_> = item.lines.iter().map(|line| escaped(line)).collect();
            html += &format!("<li>{}</li>", text::sheet_labelled(escaped(&item.label), lines.join("<br>")));
        }
        html += "</ul>";
    }
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// How long a day one works, and whether only for a time. A posting says at least one of them or nothing.
fn employment_type(sheet: &Sheet) -> Option<Value> {
    let time = sheet.work_time.map(|time| match time {
        WorkTime::Full => "FULL_TIME",
        WorkTime::Part => "PART_TIME",
    });
    let temporary = matches!(sheet.kind, Kind::Seasonal | Kind::Migrant).then_some("TEMPORARY");
    let types: Vec<_> = time.into_iter().chain(temporary).collect();
    match types.as_slice() {
        [] => None,
        [one] => Some(json!(one)),
        all => Some(json!(all)),
    }
}

/// The establishment, or `confidential`, the documentation's word for a name that is not told.
fn organization(sheet: &Sheet) -> Value {
    let Some(name) = &sheet.name else { return json!("confidential") };
    let mut organization = json!({ "@type": "Organization", "name": name });
    if let Some(homepage) = line(sheet, "employer", text::sheet_item_homepage()).filter(|address| is_web_address(address)) {
        organization["sameAs"] = json!(homepage);
    }
    organization
}

/// Whether a line can be followed as a link.
pub(super) fn is_web_address(line: &str) -> bool {
    line.starts_with("https://") || line.starts_with("http://")
}

fn job_location(sheet: &Sheet) -> Option<Value> {
    let whole = line(sheet, "place", text::sheet_item_place_address()).or(sheet.place.as_deref())?;
    let prefecture = find_prefecture(whole)?;
    let mut address = json!({ "@type": "PostalAddress", "addressCountry": "JP", "addressRegion": prefecture.name });
    if let Some(municipality) = find_municipality(whole) {
        address["addressLocality"] = json!(municipality.name);
        let street = whole.trim_start_matches(prefecture.name).trim_start_matches(municipality.name).trim();
        if !street.is_empty() {
            address["streetAddress"] = json!(street);
        }
    }
    if let Some(code) = line(sheet, "place", text::sheet_item_place_postal_code()) {
        address["postalCode"] = json!(code.trim_start_matches('〒'));
    }
    Some(json!({ "@type": "Place", "address": address }))
}

/// Whether one works at home all the time: the documentation forbids `TELECOMMUTE` for less, and most postings that allow
/// working at home mean some days. So the posting must say so in a word [own].
fn is_fully_remote(sheet: &Sheet) -> bool {
    let stated = line(sheet, "place", text::sheet_item_remote()).unwrap_or_default();
    sheet.flags.has(Flag::Remote) && ["完全", "フルリモート", "全日", "すべて在宅"].iter().any(|word| stated.contains(word))
}

/// Base pay (a), in yen per unit of its form.
fn base_salary(sheet: &Sheet) -> Option<Value> {
    let unit = match sheet.wage.form? {
        WageForm::Monthly => "MONTH",
        WageForm::Daily => "DAY",
        WageForm::Hourly => "HOUR",
        WageForm::Annual => "YEAR",
        WageForm::Other => return None,
    };
    let yen = sheet.wage.base.or(sheet.wage.total)?;
    let mut value = json!({ "@type": "QuantitativeValue", "unitText": unit });
    if yen.from == yen.to {
        value["value"] = json!(yen.from);
    } else {
        value["minValue"] = json!(yen.from);
        value["maxValue"] = json!(yen.to);
    }
    Some(json!({ "@type": "MonetaryAmount", "currency": "JPY", "value": value }))
}

/// The least education asked for, in the documentation's words; the lowest one where the posting names several.
fn education(sheet: &Sheet) -> Option<Value> {
    let stated = line(sheet, "conditions", text::sheet_item_education()).unwrap_or_default();
    if sheet.flags.has(Flag::NoEducation) || stated.contains(text::sheet_not_asked()) {
        return Some(json!("no requirements"));
    }
    let levels = [
        (&["高校", "高等学校"][..], "high school"),
        (&["専修", "専門学校"], "professional certificate"),
        (&["短大", "高専", "短期大学", "高等専門"], "associate degree"),
        (&["大学院"], "postgraduate degree"),
        (&["大学"], "bachelor degree"),
    ];
    let (_, level) = levels.iter().find(|(words, _)| words.iter().any(|word| stated.contains(word)))?;
    Some(json!({ "@type": "EducationalOccupationalCredential", "credentialCategory": level }))
}

/// Months of experience, where the posting says how long.
fn experience(sheet: &Sheet) -> Option<Value> {
    let stated = line(sheet, "conditions", text::sheet_item_experience()).unwrap_or_default();
    if sheet.flags.has(Flag::NoExperience) || stated.contains(text::sheet_not_asked()) {
        return Some(json!("no requirements"));
    }
    let months = months_of(stated)?;
    Some(json!({ "@type": "OccupationalExperienceRequirements", "monthsOfExperience": months }))
}

/// The first 「3年」 or 「6か月」 of a text, in months. Years of the calendar (「2020年」) are no length.
fn months_of(text: &str) -> Option<u32> {
    use unicode_normalization::UnicodeNormalization as _;
    let text: String = text.nfkc().collect();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let after = rest[start..].trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &rest[start..rest.len() - after.len()];
        let unit = if after.starts_with('年') {
            12
        } else if ["か月", "ヶ月", "ケ月", "カ月", "ヵ月", "箇月"].iter().any(|unit| after.starts_with(unit)) {
            1
        } else {
            0
        };
        match number.parse::<u32>() {
            Ok(count @ 1..=50) if unit > 0 => return Some(count * unit),
            _ => rest = after,
        }
    }
    None
}

/// The first line of an item.
fn line<'a>(sheet: &'a Sheet, anchor: &str, label: &str) -> Option<&'a str> {
    let section: &Section = sheet.sections.iter().find(|section| section.anchor == anchor)?;
    let item = section.items.iter().find(|item| item.label == label)?;
    item.lines.first().map(String::as_str)
}

#[cfg(test)]
#[path = "job_ld_tests.rs"]
mod tests;
