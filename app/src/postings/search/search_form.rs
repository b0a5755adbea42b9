//! The search form: the search box, a basic and a detailed panel. A plain GET form; all choices of the address stay chosen.

use super::chips::words_in;
use super::fields::{Given, Typed, count, field, fields, flag_ticks, label, tick};
use super::pickers::{choices_or_button, industry_picker, occupation_picker, place_picker};
use super::query::Param;
use crate::postings::facts::{EmploymentForm, Flag, Kind, WorkTime};
use crate::postings::wording;
use crate::ui::IntoWhole;
use crate::{industries, occupations, text};
use leptos::prelude::*;

/// The form's `id`.
pub(super) const FORM: &str = "search-form";

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

/// The fields that are in the basic panel alone.
const BASIC: &[Param] = &[
    Param::Prefecture,
    Param::City,
    Param::Occupation,
    Param::Kind,
    Param::Time,
    Param::Form,
    Param::WageMonth,
    Param::WageHour,
    Param::WageFixed,
];

/// A part of the form that is drawn when it is opened, as groups of choices are: closed, its hundred choices were a quarter of a page of
/// results (*measured*). What the address says of them is in hidden fields then.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Panel {
    Basic,
    Detail,
}

impl Panel {
    /// The name under which it is opened, as a group of choices.
    const fn group(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Detail => "detail",
        }
    }

    /// The panel with the choice for this condition; none for the search box, for how results are shown, and for codes that the tables do
    /// not know.
    fn of(param: Param, value: &str) -> Option<Self> {
        let lists = |flags: &[Flag]| flags.iter().any(|flag| flag.code() == value);
        let known = match param {
            Param::Must if lists(Flag::BARRIER_FREE) || lists(RESERVED_AND_SELF) => return Some(Self::Basic),
            Param::Not if lists(NOT_BASIC) => return Some(Self::Basic),
            Param::Must => GROUPS.iter().any(|(_, flags)| lists(flags)),
            Param::Not => lists(NOT_DETAIL),
            Param::Occupation => occupations::picker_name(value).is_some(),
            Param::Industry => industries::name(value).is_some(),
            Param::Words | Param::Sort | Param::Per | Param::Page | Param::View => false,
            _ => true,
        };
        known.then_some(if BASIC.contains(&param) { Self::Basic } else { Self::Detail })
    }

    /// Whether it was asked to be open, or has to be because of what is in it.
    fn is_open(self, given: Given<'_>) -> bool {
        let has = |name: &str| Param::from_name(name).is_some_and(|param| Self::of_field(param) == Some(self));
        let inner: &[&str] = if self == Self::Basic { &["occ-", "city", "region-"] } else { &["ind-"] };
        given.is_open(self.group())
            || given.asked.bad.iter().any(|bad| has(&bad.name))
            || given.asked.open.iter().any(|open| inner.iter().any(|inner| open.starts_with(inner)))
    }

    /// The panel with the fields of this parameter, whatever their values.
    fn of_field(param: Param) -> Option<Self> {
        match param {
            Param::Words => None,
            _ if BASIC.contains(&param) => Some(Self::Basic),
            _ => Some(Self::Detail),
        }
    }
}

/// The form. `basic_open` is whether the basic panel is open from the start.
pub(super) fn search_form(given: Given<'_>, basic_open: bool) -> AnyView {
    let basic_open = basic_open || Panel::Basic.is_open(given);
    let detail_open = Panel::Detail.is_open(given);
    let drawn: Vec<Panel> =
        [(Panel::Basic, basic_open), (Panel::Detail, detail_open)].into_iter().filter_map(|(panel, open)| open.then_some(panel)).collect();
    let hidden = hidden(given, &drawn);
    view! {
        <form id=FORM class="search-form" method="get" action="/postings" role="search" aria-label=text::search_form_label()>
            <div class="search-box">
                {field(given, Param::Words, Typed::Words, text::search_words(), Some(text::search_words_hint()))}
                <button class="button" type="submit">{text::search_submit()}</button>
            </div>
            {hidden}
            {panel(Panel::Basic, text::search_basic(), basic_open.then(|| basic(given)))}
            {panel(Panel::Detail, text::search_detail(), detail_open.then(|| detail(given)))}
        </form>
    }
    .into_whole()
}

/// A panel; one that is not drawn has a button that opens it without scripts.
fn panel(panel: Panel, summary: &'static str, drawn: Option<AnyView>) -> AnyView {
    let open = drawn.is_some();
    view! {
        <details class="search-panel" open=open data-group=panel.group()>
            <summary>{summary}</summary>
            <div class="search-panel-body">{choices_or_button(drawn, panel.group(), text::search_panel_show(summary))}</div>
        </details>
    }
    .into_whole()
}

/// What the address says and no field that is drawn does: how results are shown, codes that the tables do not know, closed panels.
fn hidden(given: Given<'_>, drawn: &[Panel]) -> Vec<impl IntoView + use<>> {
    let query = given.query();
    let display = [Param::Per, Param::View].into_iter().filter_map(|param| Some((param, query.first(param)?)));
    let has_no_field =
        |(param, value): &(Param, &str)| *param != Param::Words && !Panel::of(*param, value).is_some_and(|panel| drawn.contains(&panel));
    let conditions = query.conditions().filter(has_no_field);
    display.chain(conditions).map(|(param, value)| view! { <input type="hidden" name=param.name() value=value.to_owned()/> }).collect()
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
    use super::super::fields::Basis;
    use super::super::found::{Asked, Found, held};
    use super::super::query::SearchQuery;
    use super::super::results::{Facets, Results};
    use super::*;
    use crate::error::AppError;
    use crate::places::City;

    fn results(facets: &Facets) -> Results {
        let query = SearchQuery::from_url("").0;
        let today = "2026-11-24".parse().expect("a day");
        Results {
            query,
            total: 0,
            postings: Vec::new(),
            facets: facets.clone(),
            relaxations: Vec::new(),
            bad: Vec::new(),
            today,
            is_kept: false,
        }
    }

    fn html(search: &str, facets: Option<&Facets>, cities: &[City]) -> String {
        let owner = Owner::new();
        owner.with(|| {
            let answer = facets.map_or(Err(AppError::Unreachable), |facets| Ok(results(facets)));
            let found = Found { search: search.to_owned(), answer, cities: cities.to_vec() };
            let basis = Basis { asked: Asked::from_url(search), found: Some(held(found)), opened: Vec::new() };
            search_form(basis.given(), false).to_html()
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
        for open in ["", "&open=basic", "&open=detail", "&open=basic&open=detail"] {
            assert_eq!(submitted(&html(&format!("{search}{open}"), None, &tokyo)), expected, "{open}");
        }
    }

    #[test]
    fn every_condition_of_the_table_has_a_field() {
        let html = html("pref=13&city=13101&open=basic&open=detail", None, &[]);
        let missing: Vec<_> = super::super::query::CONDITIONS
            .iter()
            .filter(|condition| !condition.param.is_display() && !html.contains(&format!(" name=\"{}\"", condition.name)))
            .map(|condition| condition.name)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_flag_can_be_asked_for_or_left_out() {
        let html = html("open=basic&open=detail", None, &[]);
        let missing: Vec<_> = Flag::ALL.iter().filter(|flag| !html.contains(&format!("value=\"{}\"", flag.code()))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn counts_stand_beside_the_choices_and_are_left_alone_by_translators() {
        let facets = Facets { kind: vec![("1".to_owned(), 1234)], must: vec![("wheelchair".to_owned(), 56)], ..Facets::default() };
        let html = html("open=basic", Some(&facets), &[]);
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
        for panel in ["basic", "detail"] {
            assert!(html.contains(&format!("<details open data-group=\"{panel}\" class=\"search-panel\"")), "open with its fault: {html}");
        }
    }

    #[test]
    fn a_closed_group_has_a_button_instead_of_its_items_and_opens_when_asked_for() {
        let closed = html("open=basic", None, &[]);
        assert!(closed.contains("value=\"occ-05\"") && !closed.contains("施設介護員"));
        assert!(html("open=occ-05", None, &[]).contains("施設介護員"));
        assert!(html("open=basic&occ=05-02", None, &[]).contains("施設介護員"));
    }

    #[test]
    fn a_closed_panel_has_a_button_instead_of_its_fields_and_keeps_what_was_chosen_in_them() {
        let html = html("pref=13&must=remote&wage_month=200000", None, &[]);
        assert!(html.contains("value=\"basic\"") && html.contains("value=\"detail\"") && !html.contains("checkbox"), "{html}");
        assert_eq!(submitted(&html), ["must=remote", "pref=13", "wage_month=200000"]);
    }
}
