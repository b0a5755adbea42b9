//! The pieces of the search form: check boxes with counts, text fields with their hints and what is wrong with them.

use super::found::{Asked, Held};
use super::query::{BadCondition, BadReason, Param, SearchQuery, Shape};
use super::results::Facets;
use crate::places::City;
use crate::postings::facts::Flag;
use crate::postings::wording::{self, grouped};
use crate::text;
use crate::ui::IntoWhole;
use leptos::prelude::*;
use std::borrow::Cow;

/// What a form is drawn from, kept as long as it may have to be drawn again as it was.
pub(super) struct Basis {
    /// The search and what was not understood of it.
    pub asked: Asked,
    /// The answer, once there is one.
    pub found: Option<Held>,
    /// The groups that were opened since the page was loaded.
    pub opened: Vec<String>,
}

impl Basis {
    pub fn given(&self) -> Given<'_> {
        let found = self.found.as_ref().map(|found| &***found);
        let facets = found.and_then(|found| found.answer.as_ref().ok()).map(|results| &results.facets);
        Given { asked: &self.asked, facets, cities: found.map_or(&[], |found| &found.cities), opened: &self.opened }
    }
}

/// What the form is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    /// The search and what was not understood of it.
    pub asked: &'a Asked,
    /// The counts beside the choices, once there is an answer.
    pub facets: Option<&'a Facets>,
    /// The municipalities of the chosen prefectures.
    pub cities: &'a [City],
    /// The groups that were opened since the page was loaded.
    pub opened: &'a [String],
}

impl<'a> Given<'a> {
    pub fn query(&self) -> &'a SearchQuery {
        &self.asked.query
    }

    /// What was typed into a field and not understood.
    pub fn bad(&self, param: Param) -> impl Iterator<Item = &'a BadCondition> {
        self.asked.bad.iter().filter(move |bad| bad.name == param.name())
    }

    /// Whether a group of choices was asked to be open.
    pub fn is_open(&self, group: &str) -> bool {
        self.asked.open.iter().any(|open| open == group) || self.opened.iter().any(|open| open == group)
    }
}

/// The count that stands for `code`: 0 where the answer does not list it, nothing where there is no answer.
pub(super) fn count(facet: Option<&Vec<(String, u32)>>, code: &str) -> Option<u32> {
    facet.map(|counts| counts.iter().find(|(listed, _)| listed == code).map_or(0, |(_, count)| *count))
}

/// A check box of the form with the count of what it would give.
pub(super) fn tick(
    given: Given<'_>,
    param: Param,
    value: Cow<'static, str>,
    label: Cow<'static, str>,
    count: Option<u32>,
) -> impl IntoView + use<> {
    let checked = given.query().has(param, &value);
    let count = count.map(|count| view! { <span class="choice-count" translate="no">{text::search_count(grouped(count))}</span> });
    view! {
        <label class="choice"><input type="checkbox" name=param.name() value=value checked=checked/><span>{label}</span>{count}</label>
    }
}

/// Check boxes for flags; those that the answer counts carry their counts.
pub(super) fn flag_ticks(given: Given<'_>, param: Param, flags: &[Flag]) -> Vec<impl IntoView + use<>> {
    let is_counted =
        |flag: Flag| param == Param::Must && (matches!(flag, Flag::Reserved | Flag::SelfApplication) || Flag::BARRIER_FREE.contains(&flag));
    let counts = given.facets.map(|facets| &facets.must);
    flags
        .iter()
        .map(|flag| {
            let count = if is_counted(*flag) { count(counts, flag.code()) } else { None };
            tick(given, param, flag.code().into(), wording::flag(*flag).into(), count)
        })
        .collect()
}

/// How a field is typed into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// Words.
    Words,
    /// A whole number; full-width digits are as good.
    Whole,
    /// A time of day.
    Time,
    /// A day.
    Day,
}

/// A text field with label, hint and, if what was typed could not be read, what is wrong with it; what was typed stays in it.
pub(super) fn field(given: Given<'_>, param: Param, typed: Typed, label: &'static str, hint: Option<&'static str>) -> AnyView {
    let bad: Vec<&BadCondition> = given.bad(param).collect();
    let values = given.query().all(param).chain(bad.iter().filter(|bad| bad.reason != BadReason::TooLong).map(|bad| bad.value.as_str()));
    let value = values.collect::<Vec<_>>().join(" ");
    let error = bad.first().map(|bad| bad_in_words(param, bad.reason));
    input(field_id(param), param, typed, label.into(), hint, value, error)
}

/// As many fields as there are values, and one more to type into.
pub(super) fn fields(
    given: Given<'_>,
    param: Param,
    label: &'static str,
    nth_label: fn(usize) -> String,
    hint: &'static str,
) -> Vec<AnyView> {
    let values: Vec<String> = given.query().all(param).map(str::to_owned).collect();
    let one_more = (values.len() < param.condition().most).then(String::new);
    let error = given.bad(param).next().map(|bad| bad_in_words(param, bad.reason));
    let draw = |(at, value): (usize, String)| {
        let first = at == 0;
        let id = if first { field_id(param) } else { format!("{}-{at}", field_id(param)) };
        let label = if first { label.into() } else { nth_label(at + 1).into() };
        input(id, param, Typed::Words, label, first.then_some(hint), value, error.clone().filter(|_| first))
    };
    values.into_iter().chain(one_more).enumerate().map(draw).collect()
}

/// The `id` of a parameter's field.
pub(super) fn field_id(param: Param) -> String {
    format!("f-{}", param.name())
}

/// One type for all fields: in a tuple of a dozen each would be compiled anew, and phones would load it a dozen times.
fn input(
    id: String,
    param: Param,
    typed: Typed,
    label: Cow<'static, str>,
    hint: Option<&'static str>,
    value: String,
    error: Option<String>,
) -> AnyView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = match (&hint, &error) {
        (Some(_), Some(_)) => Some(format!("{error_id} {hint_id}")),
        (Some(_), None) => Some(hint_id.clone()),
        (None, Some(_)) => Some(error_id.clone()),
        (None, None) => None,
    };
    let invalid = error.is_some().then_some("true");
    // A browser's own field for times and days would throw away what it cannot read.
    let kind = match typed {
        Typed::Time if error.is_none() => "time",
        Typed::Day if error.is_none() => "date",
        _ => "text",
    };
    let mode = (typed == Typed::Whole).then_some("numeric");
    let longest = if let Shape::Text(most) = param.condition().shape { Some(most.to_string()) } else { None };
    let class = if typed == Typed::Words { "field" } else { "field field-short" };
    view! {
        <div class=class>
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! { <p class="field-error" id=error_id>{error}</p> })}
            <input id=id name=param.name() type=kind inputmode=mode maxlength=longest autocomplete="off" value=value
                aria-describedby=described aria-invalid=invalid/>
        </div>
    }
    .into_whole()
}

/// What is wrong with a value, and what would be right.
#[must_use]
pub(super) fn bad_in_words(param: Param, reason: BadReason) -> String {
    let condition = param.condition();
    match (reason, condition.shape) {
        (BadReason::TooLong, Shape::Text(most)) => text::search_bad_too_long(most),
        (BadReason::TooMany, _) => text::search_bad_too_many(condition.most),
        (_, Shape::Whole(least, most)) => text::search_bad_whole(grouped(least), grouped(most)),
        (_, Shape::Time) => text::search_bad_time().to_owned(),
        (_, Shape::Day) => text::search_bad_day().to_owned(),
        _ if param == Param::Number => text::search_bad_posting_number().to_owned(),
        _ if param == Param::Establishment => text::search_bad_establishment_number().to_owned(),
        _ => text::search_bad_choice().to_owned(),
    }
}

/// The name of a parameter's field or group of choices.
#[must_use]
pub(super) const fn label(param: Param) -> &'static str {
    match param {
        Param::Words => text::search_words(),
        Param::WordsIn => text::search_words_in(),
        Param::Exclude => text::search_exclude(),
        Param::Number => text::search_number(),
        Param::Establishment => text::search_establishment(),
        Param::Kind => text::search_kind(),
        Param::Time => text::search_time(),
        Param::Prefecture | Param::City => text::search_place(),
        Param::Occupation => text::search_occupation(),
        Param::Industry => text::search_industry(),
        Param::Form => text::search_form(),
        Param::WageMonth => text::search_wage_month(),
        Param::WageHour => text::search_wage_hour(),
        Param::WageFixed => text::search_wage_fixed(),
        Param::StartsFrom => text::search_starts_from(),
        Param::EndsBy => text::search_ends_by(),
        Param::Overtime => text::search_overtime(),
        Param::DaysOff => text::search_days_off(),
        Param::Age => text::search_age(),
        Param::Staff => text::search_staff(),
        Param::Line => text::search_line(),
        Param::Licence => text::search_licence(),
        Param::Name => text::search_name(),
        Param::NameNot => text::search_name_not(),
        Param::New => text::search_new(),
        Param::Since => text::search_since(),
        Param::Must => text::search_detail(),
        Param::Not => text::search_group_not(),
        Param::Sort => text::search_sort(),
        Param::Per => text::search_per(),
        Param::Page => text::search_pages(),
        Param::View => text::search_view(),
    }
}

/// The list of what could not be read, before the results.
pub(super) fn bad_list(bad: &[BadCondition]) -> impl IntoView + use<> {
    let items: Vec<_> = bad
        .iter()
        .filter_map(|bad| Some((Param::from_name(&bad.name)?, bad)))
        .map(|(param, bad)| view! { <li>{text::search_bad_item(label(param), &bad.value, bad_in_words(param, bad.reason))}</li> })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <div class="notice notice-warning" translate="no">
                <h2>{text::search_bad_heading()}</h2>
                <p>{text::search_bad_body()}</p>
                <ul>{items}</ul>
            </div>
        }
    })
}
