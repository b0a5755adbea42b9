//! The search form: the search box, a basic and a detailed panel. A plain GET form; all choices of the address stay chosen.

use super::chips::words_in;
use super::fields::{Given, Typed, count, field, fields, flag_ticks, label, tick};
use super::pickers::{industry_picker, occupation_picker, place_picker};
use super::query::Param;
use crate::postings::facts::{EmploymentForm, Flag, Kind, WorkTime};
use crate::postings::wording;
use crate::ui::IntoWhole;
use crate::{industries, occupations, text};
use leptos::html;
use leptos::prelude::*;

/// The groups of flags in the detailed panel.
const GROUPS: [(&str, &[Flag]); 7] = [
    (
        text::search_group_requirements(),
        &[
            Flag::NoEducation,
            Flag::NoExperience,
            Flag::NoLicence,
            Flag::AnyAge,
            Flag::DrivingLicence,
            Flag::NoDocumentScreening,
            Flag::UTurn,
        ],
    ),
    (
        text::search_group_workplace(),
        &[Flag::Remote, Flag::Car, Flag::NoTransfer, Flag::NearStation, Flag::NonSmoking, Flag::Housing, Flag::Childcare],
    ),
    (text::search_group_hours(), &[Flag::NoOvertime, Flag::Shift, Flag::FlexibleHours]),
    (
        text::search_group_days_off(),
        &[
            Flag::TwoDaysEveryWeek,
            Flag::OffMonday,
            Flag::OffTuesday,
            Flag::OffWednesday,
            Flag::OffThursday,
            Flag::OffFriday,
            Flag::OffSaturday,
            Flag::OffSunday,
            Flag::OffHolidays,
        ],
    ),
    (text::search_group_pay(), &[Flag::Bonus, Flag::Raise]),
    (
        text::search_group_employment(),
        &[Flag::Permanent, Flag::Renewal, Flag::NoRetirementAge, Flag::Reemployment, Flag::Promotion, Flag::Trial],
    ),
    (
        text::search_group_insurance(),
        &[
            Flag::EmploymentInsurance,
            Flag::AccidentInsurance,
            Flag::PublicAccident,
            Flag::HealthInsurance,
            Flag::PensionInsurance,
            Flag::PropertyFormation,
            Flag::RetirementMutualAid,
            Flag::RetirementPay,
        ],
    ),
];

/// What the basic panel offers to leave out, beside the employment forms: what floods the results of many searches.
const NOT_BASIC: &[Flag] = &[Flag::Dispatch, Flag::Contract];

/// What the detailed panel offers to leave out.
const NOT_DETAIL: &[Flag] = &[Flag::Shift, Flag::FlexibleHours, Flag::FixedOvertime, Flag::DrivingLicence, Flag::Trial];

/// The flags that the basic panel asks about beside the barrier-free facts.
const RESERVED_AND_SELF: &[Flag] = &[Flag::Reserved, Flag::SelfApplication];

/// The fields of the basic panel, whose faults open it.
const BASIC: &[Param] =
    &[Param::Prefecture, Param::City, Param::Occupation, Param::Kind, Param::Time, Param::Form, Param::WageMonth, Param::WageHour];

/// The form. `basic_open` is whether the basic panel is open from the start.
pub(super) fn search_form(
    given: Given<'_>,
    basic_open: bool,
    node: NodeRef<html::Form>,
    submit: impl Fn(leptos::ev::SubmitEvent) + 'static,
    edited: impl Fn() + 'static,
) -> AnyView {
    let is_basic = |name: &str| BASIC.iter().any(|param| param.name() == name);
    let is_boxed = |name: &str| name == Param::Words.name();
    let opens = |prefix: &[&str]| given.asked.open.iter().any(|open| prefix.iter().any(|prefix| open.starts_with(prefix)));
    let basic_open = basic_open || given.asked.bad.iter().any(|bad| is_basic(&bad.name)) || opens(&["occ-", "city", "region-"]);
    let detail_open = given.asked.bad.iter().any(|bad| !is_basic(&bad.name) && !is_boxed(&bad.name)) || opens(&["ind-"]);
    view! {
        <form id="search-form" class="search-form" method="get" action="/postings" role="search" aria-label=text::search_form_label()
            node_ref=node on:submit=submit on:input=move |_| edited()>
            <div class="search-box">
                {field(given, Param::Words, Typed::Words, text::search_words(), Some(text::search_words_hint()))}
                <button class="button" type="submit">{text::search_submit()}</button>
            </div>
            {hidden(given)}
            <details class="search-panel" open=basic_open>
                <summary>{text::search_basic()}</summary>
                {basic(given)}
            </details>
            <details class="search-panel" open=detail_open>
                <summary>{text::search_detail()}</summary>
                {detail(given)}
            </details>
        </form>
    }
    .into_whole()
}

/// What the address says and the form has no field for: how results are shown, and codes that the tables do not know.
fn hidden(given: Given<'_>) -> Vec<impl IntoView + use<>> {
    let query = given.query();
    let must = |code: &str| {
        let listed = GROUPS.iter().flat_map(|(_, flags)| *flags).chain(Flag::BARRIER_FREE).chain(RESERVED_AND_SELF);
        !listed.into_iter().any(|flag| flag.code() == code)
    };
    let not = |code: &str| !NOT_BASIC.iter().chain(NOT_DETAIL).any(|flag| flag.code() == code);
    let display = [Param::Per, Param::View].into_iter().filter_map(|param| Some((param, query.first(param)?)));
    let unlisted = query.conditions().filter(|(param, value)| match param {
        Param::Must => must(value),
        Param::Not => not(value),
        Param::Occupation => occupations::picker_name(value).is_none(),
        Param::Industry => industries::name(value).is_none(),
        _ => false,
    });
    display.chain(unlisted).map(|(param, value)| view! { <input type="hidden" name=param.name() value=value.to_owned()/> }).collect()
}

fn fieldset(legend: &'static str, hint: Option<&'static str>, choices: AnyView) -> AnyView {
    view! {
        <fieldset>
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div class="choices choices-wide">{choices}</div>
        </fieldset>
    }
    .into_whole()
}

fn basic(given: Given<'_>) -> AnyView {
    let facets = given.facets;
    let (kinds, forms) = (facets.map(|facets| &facets.kind), facets.map(|facets| &facets.form));
    let kind: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| tick(given, Param::Kind, kind.code().into(), wording::kind(*kind).into(), count(kinds, kind.code())))
        .collect();
    let time: Vec<_> =
        WorkTime::ALL.iter().map(|time| tick(given, Param::Time, time.code().into(), wording::work_time(*time).into(), None)).collect();
    let form: Vec<_> = EmploymentForm::ALL
        .iter()
        .map(|form| tick(given, Param::Form, form.code().into(), wording::form(*form).into(), count(forms, form.code())))
        .collect();
    let not = flag_ticks(given, Param::Not, NOT_BASIC);
    view! {
        {place_picker(given).into_whole()}
        {fieldset(text::search_barrier_free(), Some(text::search_barrier_free_hint()), flag_ticks(given, Param::Must, Flag::BARRIER_FREE).into_whole())}
        {fieldset(text::search_reserved_and_self(), None, flag_ticks(given, Param::Must, RESERVED_AND_SELF).into_whole())}
        {occupation_picker(given).into_whole()}
        {fieldset(text::search_kind(), None, kind.into_whole())}
        {fieldset(text::search_time(), None, time.into_whole())}
        {fieldset(text::search_form(), None, form.into_whole())}
        {fieldset(text::search_group_not(), None, not.into_whole())}
        {wage(given).into_whole()}
        <button class="button" type="submit">{text::search_submit()}</button>
    }
    .into_whole()
}

fn wage(given: Given<'_>) -> impl IntoView + use<> {
    view! {
        <fieldset>
            <legend>{text::search_wage()}</legend>
            <p class="hint">{text::search_wage_hint()}</p>
            {field(given, Param::WageMonth, Typed::Whole, text::search_wage_month(), None)}
            {field(given, Param::WageHour, Typed::Whole, text::search_wage_hour(), None)}
            {tick(given, Param::WageFixed, "1".into(), text::search_wage_fixed().into(), None)}
        </fieldset>
    }
}

fn detail(given: Given<'_>) -> AnyView {
    let places: Vec<_> = ["title", "work", "name"].map(|code| tick(given, Param::WordsIn, code.into(), words_in(code).into(), None)).into();
    let groups: Vec<_> =
        GROUPS.iter().map(|(legend, flags)| fieldset(legend, None, flag_ticks(given, Param::Must, flags).into_whole())).collect();
    let plain = |param, hint| field(given, param, Typed::Words, label(param), hint);
    let whole = |param, hint| field(given, param, Typed::Whole, label(param), hint);
    let timed = |param| field(given, param, Typed::Time, label(param), None);
    view! {
        {fieldset(text::search_words_in(), Some(text::search_words_in_hint()), places.into_whole())}
        {plain(Param::Exclude, Some(text::search_exclude_hint()))}
        {plain(Param::Number, Some(text::search_number_hint()))}
        {plain(Param::Establishment, Some(text::search_establishment_hint()))}
        {plain(Param::Name, None)}
        {fields(given, Param::NameNot, text::search_name_not(), text::search_name_not_nth, text::search_name_not_hint())}
        {fields(given, Param::Line, text::search_line(), text::search_line_nth, text::search_line_hint())}
        {fields(given, Param::Licence, text::search_licence(), text::search_licence_nth, text::search_licence_hint())}
        {whole(Param::Age, Some(text::search_age_hint()))}
        {timed(Param::StartsFrom)}
        {timed(Param::EndsBy)}
        {whole(Param::Overtime, Some(text::search_overtime_hint()))}
        {whole(Param::DaysOff, None)}
        {whole(Param::Staff, None)}
        {new(given)}
        {field(given, Param::Since, Typed::Day, text::search_since(), None)}
        {groups}
        {fieldset(text::search_group_not(), None, flag_ticks(given, Param::Not, NOT_DETAIL).into_whole())}
        {industry_picker(given).into_whole()}
        <button class="button" type="submit">{text::search_submit()}</button>
    }
    .into_whole()
}

/// How new: what the official form offers (two days, a week), and what the address says beside it.
fn new(given: Given<'_>) -> impl IntoView + use<> {
    let chosen = given.query().number(Param::New);
    let mut days = vec![2, 7];
    days.extend(chosen.filter(|chosen| !days.contains(chosen)));
    let options: Vec<_> = days
        .into_iter()
        .map(|n| view! { <option value=n.to_string() selected=chosen == Some(n)>{text::search_new_days(n)}</option> })
        .collect();
    view! {
        <div class="field field-short">
            <label for="f-new">{text::search_new()}</label>
            <select id="f-new" name="new">
                <option value="" selected=chosen.is_none()>{text::search_new_any()}</option>
                {options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::Asked;
    use super::super::results::Facets;
    use super::*;
    use crate::places::City;

    fn html(search: &str, facets: Option<&Facets>, cities: &[City]) -> String {
        let owner = Owner::new();
        owner.with(|| {
            let asked = Asked::from_url(search);
            let given = Given { asked: &asked, facets, cities, opened: RwSignal::new(Vec::new()) };
            search_form(given, false, NodeRef::new(), |_| (), || ()).to_html()
        })
    }

    /// The form's fields as a browser without scripts would submit them, sorted.
    fn submitted(html: &str) -> Vec<String> {
        let attribute = |tag: &str, name: &str| {
            let rest = tag.split_once(&format!(" {name}=\""))?.1;
            rest.split_once('"').map(|(value, _)| value.to_owned())
        };
        let inputs = html.split("<input").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
        let is_sent = |tag: &&str| !tag.contains("type=\"checkbox\"") || tag.contains(" checked");
        let pairs = inputs.filter(is_sent).filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())));
        let selects = html.split("<select").skip(1).filter_map(|select| {
            let chosen = select.split("<option").find(|option| option.split('>').next().is_some_and(|tag| tag.contains(" selected")))?;
            Some((attribute(select, "name")?, attribute(chosen, "value").unwrap_or_default()))
        });
        let mut sent: Vec<String> = pairs.chain(selects).filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={v}")).collect();
        sent.sort_unstable();
        sent
    }

    #[test]
    fn every_choice_of_the_address_stays_chosen_without_scripts() {
        let search = "q=a&in=title&exclude=b&number=13010-1&office=1301-1-1&kind=1&time=full&pref=13&pref=14&city=13101&city=27100&occ=05\
            &occ=06-01&occ=99&ind=P&ind=85&ind=00&form=regular&wage_month=200000&wage_hour=1200&wage_fixed=1&starts_from=09:00&ends_by=18:00\
            &overtime=0&days_off=120&age=35&staff=100&licence=c&licence=d&name=e&name_not=f&new=3&since=2026-11-01&must=self\
            &must=wheelchair&must=dispatch&must=two-days&not=dispatch&not=shift&not=remote&per=10&view=compact";
        let mut expected: Vec<&str> = search.split('&').collect();
        expected.sort_unstable();
        let tokyo = [City { code: "13101".to_owned(), name: "千代田区".to_owned() }];
        assert_eq!(submitted(&html(search, None, &tokyo)), expected);
    }

    #[test]
    fn every_condition_of_the_table_has_a_field() {
        let html = html("pref=13&city=13101", None, &[]);
        let missing: Vec<_> = super::super::query::CONDITIONS
            .iter()
            .filter(|condition| !condition.param.is_display() && !html.contains(&format!(" name=\"{}\"", condition.name)))
            .map(|condition| condition.name)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_flag_can_be_asked_for_or_left_out() {
        let html = html("", None, &[]);
        let missing: Vec<_> = Flag::ALL.iter().filter(|flag| !html.contains(&format!("value=\"{}\"", flag.code()))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn counts_stand_beside_the_choices_and_are_left_alone_by_translators() {
        let facets = Facets { kind: vec![("1".to_owned(), 1234)], must: vec![("wheelchair".to_owned(), 56)], ..Facets::default() };
        let html = html("", Some(&facets), &[]);
        assert!(html.contains("<span>一般</span><span translate=\"no\" class=\"choice-count\">1,234件</span>"), "{html}");
        assert!(html.contains("<span>建物内を車いすで移動できる</span><span translate=\"no\" class=\"choice-count\">56件</span>"));
        assert!(html.contains("<span>新卒・既卒</span><span translate=\"no\" class=\"choice-count\">0件</span>"));
    }

    #[test]
    fn what_could_not_be_read_is_told_at_its_field_and_stays_in_it() {
        let html = html("wage_month=%E4%BA%8C%E5%8D%81%E4%B8%87&since=2026-02-30", None, &[]);
        assert!(html.contains("0から9,999,999までの数字で入れてください。"));
        assert!(html.contains("value=\"二十万\"") && html.contains("aria-invalid=\"true\""), "{html}");
        assert!(html.contains("type=\"text\"") && html.contains("value=\"2026-02-30\""));
        assert_eq!(html.matches("class=\"search-panel\"").count(), 2);
        assert_eq!(html.matches("<details open class=\"search-panel\"").count(), 2, "both panels with a fault are open: {html}");
    }

    #[test]
    fn a_closed_group_has_a_button_instead_of_its_items_and_opens_when_asked_for() {
        let closed = html("", None, &[]);
        assert!(closed.contains("value=\"occ-05\"") && !closed.contains("施設介護員"));
        assert!(html("open=occ-05", None, &[]).contains("施設介護員"));
        assert!(html("occ=05-02", None, &[]).contains("施設介護員"));
    }
}
