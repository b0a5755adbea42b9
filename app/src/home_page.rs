//! `/`: signed out, the search box first, then ways in for those who would rather not type.

use crate::favorites::next_thing::next_thing;
use crate::occupations::PICKER;
use crate::places::PREFECTURES;
use crate::postings::search::submit_search;
use crate::text;
use crate::ui::{IntoWhole, Served, served};
use leptos::prelude::*;
use leptos_meta::Title;

/// What people come for most often [own]: the search of a link, and its text.
const WISHES: [(&str, &str); 8] = [
    ("new=7", text::home_way_new()),
    ("time=part", text::home_way_part()),
    ("must=no-experience", text::home_way_no_experience()),
    ("must=off-sat&must=off-sun", text::home_way_weekend()),
    ("must=near-station", text::home_way_near_station()),
    ("must=remote", text::home_way_remote()),
    ("must=self", text::home_way_self_application()),
    ("not=dispatch", text::home_way_no_dispatch()),
];

/// What the official search has no condition for, and reserved postings.
const BARRIER_FREE: [(&str, &str); 6] = [
    ("must=reserved", text::home_way_reserved()),
    ("must=wheelchair", text::home_way_wheelchair()),
    ("must=elevator", text::home_way_elevator()),
    ("must=toilet", text::home_way_toilet()),
    ("must=rest-room", text::home_way_rest_room()),
    ("must=job-coach", text::home_way_job_coach()),
];

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    let occupations = PICKER.iter().map(|group| (format!("occ={:02}", group.code), group.name));
    view! {
        <Title text=text::ui_service_name()/>
        <h1>{text::home_heading()}</h1>
        {served(next_thing)}
        <SearchBox/>
        <h2>{text::home_ways_heading()}</h2>
        {ways(WISHES.map(|(query, name)| (query.to_owned(), name)))}
        <h2>{text::home_barrier_free_heading()}</h2>
        {ways(BARRIER_FREE.map(|(query, name)| (query.to_owned(), name)))}
        <h2>{text::home_occupations_heading()}</h2>
        {ways(occupations)}
        <h2>{text::home_about_heading()}</h2>
        <p>{text::home_about_postings()}</p>
        <p>{text::home_about_facts()}</p>
    }
    .into_fixed()
}

#[component]
fn SearchBox() -> impl IntoView {
    let prefectures = PREFECTURES.iter().map(|prefecture| {
        view! { <option value=format!("{:02}", prefecture.code)>{prefecture.name}</option> }
    });
    view! {
        <form method="get" action="/postings" role="search" class="home-search" on:submit=submit_search(true)>
            <div class="field">
                <label for="home-q">{text::home_search_label()}</label>
                <input
                    id="home-q"
                    name="q"
                    type="search"
                    enterkeyhint="search"
                    autocomplete="off"
                    maxlength="200"
                    aria-describedby="home-q-hint"
                />
            </div>
            <p class="hint" id="home-q-hint">{text::home_search_hint()}</p>
            <div class="field">
                <label for="home-pref">{text::home_search_place()}</label>
                <select id="home-pref" name="pref">
                    <option value="">{text::home_search_anywhere()}</option>
                    {prefectures.collect_view()}
                </select>
            </div>
            <button type="submit" class="button">{text::home_search_button()}</button>
            <p class="home-search-more">
                <a href="/postings">{text::home_search_more()}</a>
            </p>
        </form>
    }
}

/// Links to searches.
fn ways(ways: impl IntoIterator<Item = (String, &'static str)> + Send + 'static) -> Served {
    served(|| {
        let ways = ways.into_iter().map(|(query, name)| view! { <li><a href=format!("/postings?{query}")>{name}</a></li> });
        view! { <ul class="home-ways">{ways.collect_view()}</ul> }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::search::SearchQuery;

    #[test]
    fn every_way_in_is_a_search_that_is_understood() {
        for (query, name) in WISHES.into_iter().chain(BARRIER_FREE) {
            let (search, bad) = SearchQuery::from_url(query);
            assert!(bad.is_empty(), "{name}: {bad:?}");
            assert_eq!(search.conditions().count(), query.split('&').count(), "{name}");
        }
    }
}
