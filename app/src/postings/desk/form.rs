//! The form of a posting: its fields by the sections of the sheet, what is asked of each, and the record that it becomes. What the record means is judged by
//! the rules of the feed ([`derive`]).

use crate::date::Date;
use crate::establishments::Establishment;
use crate::form::{Checked, Code, FieldError, FieldErrors};
use crate::places::prefecture;
use crate::postings::feed::{Derived, FeedSettings, derive};
use crate::postings::record::Record;
use crate::postings::{Flag, PostingNumber};
use crate::registration::form_data::FormData;
use crate::registration::plain_text::{is_blank, line, lines};
use crate::registration::{TimeOfDay, parse_day};
use crate::text;

/// The days for which a posting is published at most [own]: the usual three months.
pub const LONGEST_DAYS: i32 = 92;

/// A text of the screen.
pub type Text = fn() -> &'static str;
/// The choices of a field: code, and text on the screen.
pub type Choices = &'static [(&'static str, Text)];
/// A section of the form: its heading and fields.
pub type Section = (Text, &'static [Field]);

/// The longest reason of staff, in characters [own].
pub const WORDS_MOST: usize = 1000;

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One line of so many characters.
    Line(usize),
    /// Several lines of so many characters.
    Lines(usize),
    /// One of these.
    Choice(Choices),
    /// A prefecture.
    Prefecture,
    /// A whole number up to this.
    Number(u32),
    /// A time of the day.
    Time,
    /// A day.
    Day,
    /// A box to tick.
    Tick,
}

/// A field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: Text,
    /// How it is written.
    pub format: Format,
    /// Whether it must be filled in.
    pub is_required: bool,
}

const fn field(name: &'static str, label: Text, format: Format, is_required: bool) -> Field {
    Field { name, label, format, is_required }
}

/// The sections, with their headings, in the order of the sheet.
pub const SECTIONS: &[Section] = &[
    (
        text::sheet_section_basic,
        &[
            field("scope", text::desk_scope, Format::Choice(SCOPES), true),
            field("self_application", text::sheet_item_self_application, Format::Tick, false),
            field("reserved", text::desk_reserved, Format::Tick, false),
            field("deadline", text::sheet_item_deadline, Format::Day, true),
        ],
    ),
    (
        text::sheet_section_work,
        &[
            field("title", text::sheet_item_title, Format::Line(40), true),
            field("description", text::sheet_item_description, Format::Lines(360), true),
            field("work_time", text::desk_work_time, Format::Choice(WORK_TIMES), true),
            field("form", text::sheet_item_form, Format::Choice(FORMS), true),
        ],
    ),
    (
        text::sheet_section_place,
        &[
            field("prefecture", text::desk_prefecture, Format::Prefecture, true),
            field("city", text::desk_city, Format::Line(40), true),
            field("address", text::desk_address, Format::Line(80), false),
            field("station", text::sheet_item_station, Format::Line(60), false),
        ],
    ),
    (
        text::sheet_section_wage,
        &[
            field("wage_form", text::sheet_item_wage_form, Format::Choice(WAGE_FORMS), true),
            field("wage_from", text::desk_wage_from, Format::Number(99_999_999), true),
            field("wage_to", text::desk_wage_to, Format::Number(99_999_999), false),
        ],
    ),
    (
        text::sheet_section_hours,
        &[
            field("from", text::desk_from, Format::Time, true),
            field("to", text::desk_to, Format::Time, true),
            field("overtime", text::desk_overtime, Format::Number(100), false),
            field("days_off", text::sheet_item_days_off, Format::Line(60), false),
            field("days_off_year", text::sheet_item_days_off_year, Format::Number(366), false),
        ],
    ),
    (
        text::sheet_section_selection,
        &[
            field("openings", text::sheet_item_openings, Format::Number(999), true),
            field("result", text::sheet_item_result_period, Format::Line(60), true),
            field("contact", text::sheet_item_contact, Format::Line(40), false),
            field("telephone", text::sheet_item_telephone, Format::Line(20), false),
        ],
    ),
    (text::sheet_section_remarks, &[field("remarks", text::sheet_item_remarks, Format::Lines(600), false)]),
    (
        text::sheet_section_barrier_free,
        &[
            field("bf_elevator", text::sheet_item_elevator, Format::Tick, false),
            field("bf_braille", text::sheet_item_braille, Format::Tick, false),
            field("bf_handrails", text::sheet_item_handrails, Format::Tick, false),
            field("bf_wheelchair", text::sheet_item_wheelchair, Format::Tick, false),
            field("bf_toilet", text::sheet_item_toilet, Format::Tick, false),
            field("bf_restroom", text::sheet_item_rest_room, Format::Tick, false),
            field("bf_jobcoach", text::sheet_item_job_coach, Format::Tick, false),
        ],
    ),
];

/// 公開範囲 [O], but for 4: what is not to be published is not sent to be published.
const SCOPES: Choices = &[("1", text::desk_scope_1), ("2", text::desk_scope_2), ("3", text::desk_scope_3)];
const WORK_TIMES: Choices = &[("1", text::facts_time_full), ("2", text::facts_time_part)];
const FORMS: Choices = &[("1", text::facts_form_regular), ("2", text::facts_form_other), ("3", text::facts_form_part)];
const WAGE_FORMS: Choices =
    &[("1", text::facts_wage_monthly), ("2", text::facts_wage_daily), ("3", text::facts_wage_hourly), ("4", text::facts_wage_annual)];

/// All fields.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    SECTIONS.iter().flat_map(|(_, fields)| *fields)
}

/// Checks what was typed: each field by its format, then the posting that it becomes by the rules of the feed. `number` is that of the posting, or any
/// where it has none yet.
#[must_use]
pub fn validate(form: &FormData, establishment: &Establishment, number: &PostingNumber, today: Date) -> Checked<(Record, Derived)> {
    let mut errors = FieldErrors::default();
    for field in fields() {
        if let Err(code) = check(field, form.one(field.name), today) {
            errors.add(field.name, code);
        }
    }
    // Self-application needs a name to apply to (DOMAIN.md "Employer side" [O]: scope 1 or 2).
    if form.one("self_application") == "yes" && !matches!(form.one("scope"), "1" | "2") {
        errors.add("self_application", Code::Contradiction);
    }
    let record = record(form, establishment, number, today);
    let derived = match derive(&record, &FeedSettings::default()) {
        Ok(derived) => Some(derived),
        Err(faults) => {
            for field in faults.iter().map(|fault| field_of(fault.item)) {
                // What is missing or unreadable was told already.
                if errors.of(field).next().is_none() {
                    errors.add(field, Code::OutOfRange);
                }
            }
            None
        }
    };
    let valid = derived.filter(|_| errors.is_empty()).map(|derived| (record, derived));
    Checked { valid, errors }
}

fn check(field: &Field, typed: &str, today: Date) -> Result<(), Code> {
    if is_blank(typed) {
        return if field.is_required { Err(Code::Required) } else { Ok(()) };
    }
    match field.format {
        Format::Line(most) => line(typed, most).map(drop),
        Format::Lines(most) => lines(typed, most).map(drop),
        Format::Choice(choices) => choices.iter().any(|(code, _)| *code == typed).then_some(()).ok_or(Code::NotAChoice),
        Format::Prefecture => typed.parse().ok().and_then(prefecture).map(drop).ok_or(Code::UnknownPrefecture),
        Format::Number(most) => number(typed).filter(|number| *number <= most).map(drop).ok_or(Code::NotANumber),
        Format::Time => typed.parse::<TimeOfDay>().map(drop),
        Format::Day => match parse_day(typed)? {
            day if day < today => Err(Code::InThePast),
            day if day > today.plus_days(LONGEST_DAYS) => Err(Code::Implausible),
            _ => Ok(()),
        },
        Format::Tick => (typed == "yes").then_some(()).ok_or(Code::NotAChoice),
    }
}

fn number(typed: &str) -> Option<u32> {
    let digits: String = typed.trim().chars().map(crate::registration::width::half_width).filter(|c| *c != ',').collect();
    digits.parse().ok()
}

/// The field that an item of the record came from.
fn field_of(item: &str) -> &'static str {
    match item {
        "sksu" => "title",
        "kjyukoymd" | "shokaikigenymd" | "uktkymd_seireki" => "deadline",
        "kokaikibo" => "scope",
        _ => "wage_from",
    }
}

/// The record: the feed's items. Everything is as typed; what is empty is left out.
fn record(form: &FormData, establishment: &Establishment, number: &PostingNumber, today: Date) -> Record {
    let word = |name: &str| -> String {
        let choices = fields().find(|field| field.name == name).map(|field| field.format);
        match choices {
            Some(Format::Choice(choices)) => {
                choices.iter().find(|(code, _)| *code == form.one(name)).map_or(String::new(), |(_, label)| label().to_owned())
            }
            _ => form.one(name).trim().to_owned(),
        }
    };
    let mut record = Record::default();
    let mut push = |tag: &str, text: String| {
        if !text.is_empty() {
            record.push(tag, text);
        }
    };
    push("kjno", number.to_string());
    push("uktkymd_seireki", slashed(today));
    push("kjyukoymd", parse_day(form.one("deadline")).map(slashed).unwrap_or_default());
    push("kjkbn1_c", "1".to_owned());
    push("kjkbn2_n", word("work_time"));
    push("kokaikibo", form.one("scope").to_owned());
    if form.one("reserved") == "yes" {
        push("sgsyakbn_c", "1".to_owned());
        push("sgsyakbn_n", crate::postings::wording::flag(Flag::Reserved).to_owned());
    }
    push("onlinejishuobo_uktkkahi_n", yes_no(form.one("self_application") == "yes", ["可", "不可"]));
    push("jgshmei", establishment.name.clone());
    push("jgshjusho_n", establishment.address.clone());
    push("sksu", word("title"));
    push("shigoto_ny", form.one("description").trim().to_owned());
    push("koyokeitai_n", word("form"));
    let place = form.one("prefecture").parse().ok().and_then(prefecture).map_or("", |prefecture| prefecture.name);
    let city = word("city");
    push("shgbsjusho1_n", format!("{place}{city}"));
    let address = word("address");
    push("shgbsjusho", if address.is_empty() { String::new() } else { format!("{place}{city}{address}") });
    push("shgbs_myre", word("station"));
    push("chgnkeitai_n", word("wage_form"));
    push("khky", wage(form));
    push("shgjn1_open_close", hours(form));
    // Nothing typed says nothing.
    push("jkgi_umu_n", number_of(form, "overtime").map(|hours| yes_no(hours > 0, ["あり", "なし"])).unwrap_or_default());
    push("jkgi_thkinjn_ji_n", number_of(form, "overtime").map(|hours| hours.to_string()).unwrap_or_default());
    push("kyjs", word("days_off"));
    push("nenkankjsu_n", number_of(form, "days_off_year").map(|days| days.to_string()).unwrap_or_default());
    push("saiyoninzu_n", number_of(form, "openings").map(|people| people.to_string()).unwrap_or_default());
    push("shoruiselectkekka", word("result"));
    push("ttstts", word("contact"));
    push("snktts_tel", word("telephone"));
    push("kjjknktkjk", form.one("remarks").trim().to_owned());
    for field in fields().filter(|field| field.name.starts_with("bf_") && form.one(field.name) == "yes") {
        push(field.name, yes_no(true, ["あり", "なし"]));
    }
    record
}

/// The words of the feed's items (FEED.md).
fn yes_no(holds: bool, words: [&str; 2]) -> String {
    words[usize::from(!holds)].to_owned()
}

fn number_of(form: &FormData, name: &str) -> Option<u32> {
    number(form.one(name))
}

fn wage(form: &FormData) -> String {
    match (number_of(form, "wage_from"), number_of(form, "wage_to")) {
        (Some(from), Some(to)) => text::desk_wage_range(from, to),
        (Some(from), None) => text::desk_wage(from),
        _ => String::new(),
    }
}

fn hours(form: &FormData) -> String {
    let time = |name: &str| form.one(name).parse::<TimeOfDay>().map(|time| (time.minutes() / 60, time.minutes() % 60));
    match (time("from"), time("to")) {
        (Ok(from), Ok(to)) => text::desk_hours(from.0, from.1, to.0, to.1),
        _ => String::new(),
    }
}

fn slashed(day: Date) -> String {
    day.to_string().replace('-', "/")
}

/// The sentence of what is said of a field.
#[must_use]
pub fn word(error: &FieldError) -> String {
    let field = fields().find(|field| field.name == error.field);
    let label = field.map_or("", |field| (field.label)());
    let most = match field.map(|field| field.format) {
        Some(Format::Line(most) | Format::Lines(most)) => most,
        _ => 0,
    };
    match (error.field.as_str(), error.code) {
        ("words", Code::TooLong) => text::applications_error_too_long(text::desk_words(), WORDS_MOST),
        ("words", Code::BrokenCharacter) => text::registration_error_broken_character(text::desk_words()),
        ("words", _) => text::desk_error_words().to_owned(),
        ("self_application", _) => text::desk_error_self().to_owned(),
        (_, Code::TooLong) => text::applications_error_too_long(label, most),
        (_, Code::InThePast) => text::desk_error_past().to_owned(),
        (_, Code::Implausible) => text::desk_error_far(LONGEST_DAYS),
        (_, Code::NotANumber) => text::desk_error_number(label),
        (_, Code::NotATime) => text::registration_error_not_a_time(label),
        (_, Code::NotADay) => text::registration_error_not_a_day(label),
        ("wage_from", Code::OutOfRange) => text::desk_error_wage().to_owned(),
        (_, Code::BrokenCharacter) => text::registration_error_broken_character(label),
        (_, Code::OutOfRange | Code::NotAChoice | Code::UnknownPrefecture) => text::registration_error_not_a_choice(label),
        _ => match field.map(|field| field.format) {
            Some(Format::Choice(_) | Format::Prefecture) => text::desk_error_choose(label),
            _ => text::applications_error_required(label),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::PublishingScope;

    fn establishment() -> Establishment {
        Establishment {
            id: "e".into(),
            name: "株式会社見本".into(),
            address: "東京都千代田区架空町1-2-3".into(),
            ..Establishment::default()
        }
    }

    const WHOLE: &[(&str, &str)] = &[
        ("scope", "1"),
        ("self_application", "yes"),
        ("reserved", "yes"),
        ("deadline", "2027-01-31"),
        ("title", "データ入力"),
        ("description", "書類を見て入力する仕事です。"),
        ("work_time", "1"),
        ("form", "1"),
        ("prefecture", "13"),
        ("city", "千代田区"),
        ("wage_form", "1"),
        ("wage_from", "２００，０００"),
        ("wage_to", "250000"),
        ("from", "9:00"),
        ("to", "17時30分"),
        ("openings", "2"),
        ("result", "書類到着後7日以内"),
        ("bf_elevator", "yes"),
    ];

    fn said(changes: &[(&str, &str)]) -> Vec<String> {
        let form = FormData(
            WHOLE
                .iter()
                .map(|(name, value)| {
                    let value = changes.iter().find(|(own, _)| own == name).map_or(value, |(_, value)| value);
                    ((*name).to_owned(), (*value).to_owned())
                })
                .collect(),
        );
        let checked = validate(&form, &establishment(), &"99999-1".parse().expect("a number"), "2026-11-27".parse().expect("a day"));
        checked.errors.iter().map(FieldError::key).collect()
    }

    #[test]
    fn a_whole_form_becomes_a_posting_by_the_rules_of_the_feed() {
        let form = FormData(WHOLE.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let checked = validate(&form, &establishment(), &"99999-1".parse().expect("a number"), "2026-11-27".parse().expect("a day"));
        assert!(checked.errors.is_empty(), "{:?}", checked.errors);
        let (_, derived) = checked.valid.expect("a posting");
        let posting = derived.posting;
        assert_eq!((posting.title.as_str(), posting.prefecture, posting.scope), ("データ入力", Some(13), PublishingScope::Everyone));
        assert_eq!(posting.municipality, Some(13101));
        assert_eq!(posting.wage.base.map(|wage| (wage.from, wage.to)), Some((200_000, 250_000)));
        assert_eq!(posting.hours, [(540, 1050)]);
        for flag in [Flag::Reserved, Flag::SelfApplication, Flag::Elevator] {
            assert!(posting.flags.has(flag), "{flag:?}");
        }
        assert!(!posting.flags.has(Flag::Braille), "what is not ticked is not stated");
    }

    #[test]
    fn what_is_missing_wrong_or_impossible_is_told_at_its_field() {
        assert_eq!(said(&[("title", " "), ("openings", "")]), ["title:required", "openings:required"]);
        assert_eq!(said(&[("deadline", "2026-11-26")]), ["deadline:in-the-past"]);
        assert_eq!(said(&[("deadline", "2027-06-01")]), ["deadline:implausible"]);
        assert_eq!(said(&[("wage_from", "二十万")]), ["wage_from:not-a-number"]);
        assert_eq!(said(&[("wage_to", "100000")]), ["wage_from:out-of-range"], "a range that is reversed is none");
        assert_eq!(said(&[("scope", "3")]), ["self_application:contradiction"]);
        assert_eq!(said(&[("description", &"長".repeat(361))]), ["description:too-long"]);
        assert_eq!(said(&[("from", "25:00")]), ["from:not-a-time"]);
    }
}
