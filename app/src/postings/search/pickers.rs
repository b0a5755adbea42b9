//! The choices that come in groups: prefectures with their municipalities, occupations, industries. A closed group of many choices draws
//! them only when it is opened: by script at once, without scripts through its button, which submits the form as it stands.

use super::fields::{Given, count, tick};
use super::found::prefectures_with_cities;
use super::query::Param;
use crate::industries::{MAJORS, Major};
use crate::occupations::{Group, PICKER};
use crate::places::{City, Region, prefecture};
use crate::text;
use crate::ui::IntoWhole;
use leptos::prelude::*;
use std::borrow::Cow;

/// The most chosen prefectures whose municipalities are offered [own]; the official form takes three prefectures.
const MOST_PREFECTURES_WITH_CITIES: usize = 5;

/// The attribute that names a group of choices.
pub(super) const GROUP: &str = "data-group";

/// A group: closed until something in it is chosen or it is opened.
fn group(summary: Cow<'static, str>, chosen: usize, open: bool, code: String, body: AnyView) -> AnyView {
    let chosen = (chosen > 0).then(|| view! { <span class="chosen" translate="no">{text::search_chosen_count(chosen)}</span> });
    view! {
        <details class="picker" open=open data-group=code>
            <summary>{summary}{chosen}</summary>
            {body}
        </details>
    }
    .into_whole()
}

/// The choices of a group.
fn choices(drawn: Option<AnyView>, code: &str, name: &str) -> AnyView {
    choices_or_button(drawn.map(|choices| view! { <div class="choices">{choices}</div> }.into_whole()), code, text::search_items_show(name))
}

/// What is in a group, or the button that shows it.
pub(super) fn choices_or_button(drawn: Option<AnyView>, code: &str, show: String) -> AnyView {
    drawn.unwrap_or_else(|| {
        view! { <button class="button button-text" type="submit" name="open" value=code.to_owned()>{show}</button> }.into_whole()
    })
}

/// Prefectures by region, then the municipalities of those chosen.
pub(super) fn place_picker(given: Given<'_>) -> impl IntoView + use<> {
    let counts = given.facets.map(|facets| &facets.pref);
    let regions: Vec<_> = Region::ALL
        .into_iter()
        .map(|region| {
            let codes: Vec<(String, &'static str)> = region.prefectures().map(|p| (format!("{:02}", p.code), p.name)).collect();
            let chosen = codes.iter().filter(|(code, _)| given.query().has(Param::Prefecture, code)).count();
            let ticks: Vec<_> = codes
                .into_iter()
                .map(|(code, name)| {
                    let count = count(counts, &code);
                    tick(given, Param::Prefecture, code.into(), name.into(), count)
                })
                .collect();
            let code = format!("region-{}", region as u8);
            let open = chosen > 0 || given.is_open(&code);
            group(region.name().into(), chosen, open, code, view! { <div class="choices">{ticks}</div> }.into_whole())
        })
        .collect();
    view! {
        <fieldset>
            <legend>{text::search_place()}</legend>
            {regions}
            {city_pickers(given)}
        </fieldset>
    }
}

fn city_pickers(given: Given<'_>) -> impl IntoView + use<> {
    let prefectures = prefectures_with_cities(given.query());
    let offered = prefectures.len() <= MOST_PREFECTURES_WITH_CITIES;
    let too_many = (!offered).then(|| view! { <p class="hint">{text::search_cities_too_many(MOST_PREFECTURES_WITH_CITIES)}</p> });
    let show = prefectures.is_empty().then(|| {
        view! {
            <p class="hint">{text::search_cities_hint()}</p>
            <button class="button button-text" type="submit" name="open" value="city">{text::search_cities_show()}</button>
        }
    });
    let pickers: Vec<_> = prefectures.iter().map(|code| city_picker(given, code, offered)).collect();
    view! { {pickers}{show}{too_many} }
}

/// The municipalities of one prefecture; only the chosen ones where others are not `offered`.
fn city_picker(given: Given<'_>, prefecture_code: &str, offered: bool) -> impl IntoView + use<> {
    let query = given.query();
    let prefecture = prefecture_code.parse().ok().and_then(prefecture).map_or("", |prefecture| prefecture.name);
    let name = text::search_cities(prefecture);
    let chosen: Vec<&str> = query.all(Param::City).filter(|code| code.starts_with(prefecture_code)).collect();
    let code = format!("city-{prefecture_code}");
    let open = !chosen.is_empty() || given.is_open(&code) || given.is_open("city");
    let draw = || {
        let known: Vec<&City> = given.cities.iter().filter(|city| offered && city.code.starts_with(prefecture_code)).collect();
        let missing =
            chosen.iter().filter(|code| !known.iter().any(|city| city.code == **code)).map(|code| ((*code).to_owned(), (*code).to_owned()));
        let named = known.iter().map(|city| (city.code.clone(), city.name.clone()));
        named.chain(missing).map(|(code, name)| tick(given, Param::City, code.into(), name.into(), None)).collect::<Vec<_>>().into_whole()
    };
    let body = choices(open.then(draw), &code, &name);
    (offered || !chosen.is_empty()).then(|| group(name.into(), chosen.len(), open, code, body))
}

/// The occupation picker of the official form: groups with counts, in each its items.
pub(super) fn occupation_picker(given: Given<'_>) -> impl IntoView + use<> {
    let counts = given.facets.map(|facets| &facets.occ);
    let draw = |group: &'static Group| {
        let code = format!("{:02}", group.code);
        let chosen = given.query().all(Param::Occupation).filter(|chosen| chosen.starts_with(&code)).count();
        let items = || (1..).zip(group.items).map(|(item, name)| (format!("{:02}-{item:02}", group.code), *name)).collect();
        whole_or_items(given, Param::Occupation, format!("occ-{code}"), (code.clone(), group.name, count(counts, &code)), chosen, items)
    };
    let groups: Vec<_> = PICKER.iter().map(draw).collect();
    view! {
        <fieldset>
            <legend>{text::search_occupation()}</legend>
            {groups}
        </fieldset>
    }
}

/// Industries: major classes, in each its middle classes.
pub(super) fn industry_picker(given: Given<'_>) -> impl IntoView + use<> {
    let draw = |major: &'static Major| {
        let code = major.code.to_string();
        let belongs = |chosen: &&str| *chosen == code || major.middles().any(|middle| chosen.parse() == Ok(middle.code));
        let chosen = given.query().all(Param::Industry).filter(belongs).count();
        let items = || major.middles().map(|middle| (format!("{:02}", middle.code), middle.name)).collect();
        whole_or_items(given, Param::Industry, format!("ind-{code}"), (code.clone(), major.name, None), chosen, items)
    };
    let groups: Vec<_> = MAJORS.iter().map(draw).collect();
    view! {
        <fieldset>
            <legend>{text::search_industry()}</legend>
            {groups}
        </fieldset>
    }
}

/// A group that can be chosen whole (code, name, count), with its items.
fn whole_or_items(
    given: Given<'_>,
    param: Param,
    group_code: String,
    (code, name, count): (String, &'static str, Option<u32>),
    chosen: usize,
    items: impl FnOnce() -> Vec<(String, &'static str)>,
) -> AnyView {
    let open = chosen > 0 || given.is_open(&group_code);
    let whole = tick(given, param, code.into(), text::search_group_all(name).into(), count);
    let draw =
        || items().into_iter().map(|(code, name)| tick(given, param, code.into(), name.into(), None)).collect::<Vec<_>>().into_whole();
    let items = choices(open.then(draw), &group_code, name);
    group(name.into(), chosen, open, group_code, view! { {whole}{items} }.into_whole())
}
