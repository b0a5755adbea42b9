//! A search's answer as the page holds it, and where the browser gets it from.

use super::query::{BadCondition, Param, SearchQuery, Sort};
use super::results::Results;
use crate::error::AppError;
use crate::places::City;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

/// Everything that the page shows about one search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The query string as it stood in the address.
    pub search: String,
    /// The answer, or why there is none.
    pub answer: Result<Results, AppError>,
    /// The municipalities of the chosen prefectures.
    pub cities: Vec<City>,
}

/// A search's answer that may be read only when somebody asks for it: on a first visit most never do.
pub type Held = Arc<LazyLock<Found, Box<dyn FnOnce() -> Found + Send>>>;

/// Holds what is read already.
#[must_use]
pub fn held(found: Found) -> Held {
    Arc::new(LazyLock::new(Box::new(move || found)))
}

/// What an address asks for.
pub struct Asked {
    /// The search.
    pub query: SearchQuery,
    /// What was not understood of it.
    pub bad: Vec<BadCondition>,
    /// The groups of choices that are to be shown open: parameter [`OPEN`].
    pub open: Vec<String>,
}

/// The parameter that says which groups of choices are to be open (`occ-05`, `ind-P`, `city`): without scripts a closed group has
/// a button with it. It is no condition.
pub const OPEN: &str = "open";

impl Asked {
    /// Reads a query string.
    #[must_use]
    pub fn from_url(search: &str) -> Self {
        let (query, bad) = SearchQuery::from_url(search);
        let pairs = search.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        let open = pairs.filter(|(name, _)| *name == OPEN).map(|(_, value)| super::query::percent_decode(value)).collect();
        Self { query, bad, open }
    }
}

/// The link for what a form was submitted with: the canonical query string, then what could not be read, so that the page can show it
/// and say what is wrong with it, then what is to be open.
#[must_use]
pub fn submitted_href(form: &str) -> String {
    let Asked { query, bad, open } = Asked::from_url(form);
    let defaults = [(Param::Sort, Sort::default().code()), (Param::Per, "30"), (Param::View, "full")];
    let query = defaults.into_iter().fold(query, |query, (param, value)| query.without(param, value));
    let mut href = query.href();
    let bad = bad.iter().map(|bad| (bad.name.as_str(), bad.value.as_str()));
    for (name, value) in bad.chain(open.iter().map(|group| (OPEN, group.as_str()))) {
        href.push(if href.contains('?') { '&' } else { '?' });
        href.push_str(name);
        href.push('=');
        super::query::percent_encode(value, &mut href);
    }
    href
}

/// The two-digit codes of the prefectures whose municipalities the page names: the chosen ones and those of the chosen municipalities.
#[must_use]
pub fn prefectures_with_cities(query: &SearchQuery) -> Vec<String> {
    let of_cities = query.all(Param::City).map(|code| &code[..2]);
    let mut codes: Vec<String> = query.all(Param::Prefecture).chain(of_cities).map(str::to_owned).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What the page showed last, if it is the same search.
#[must_use]
pub fn last(search: &str) -> Option<Held> {
    LAST.with_borrow(|last| last.clone().filter(|found| found.search == search))
}

thread_local! {
    static LAST: std::cell::RefCell<Option<Held>> = const { std::cell::RefCell::new(None) };
}

/// Keeps an answer for [`last`], in the memory of this page only.
pub fn keep(found: &Held) {
    if found.answer.is_ok() {
        LAST.set(Some(found.clone()));
    }
}

/// Asks the server, in the browser. Municipalities that are `known` are not asked for again; without them the page works, naming codes.
pub async fn load(search: String, known: Vec<City>) -> Found {
    let query = SearchQuery::from_url(&search).0;
    let answer = crate::offline::get_json(&format!("/api/postings/search?{search}")).await;
    let mut cities = Vec::new();
    for prefecture in prefectures_with_cities(&query) {
        let from = cities.len();
        cities.extend(known.iter().filter(|city| city.code.starts_with(&prefecture)).cloned());
        if cities.len() == from
            && answer.is_ok()
            && let Ok(more) = crate::offline::get_json::<Vec<City>>(&format!("/api/places/{prefecture}")).await
        {
            cities.extend(more);
        }
    }
    Found { search, answer, cities }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submitted_form_becomes_the_canonical_address() {
        assert_eq!(submitted_href("q=&pref=14&pref=13&wage_month=&sort=newest"), "/postings?pref=13&pref=14");
        assert_eq!(submitted_href("q=a&sort=deadline&per=30&view=full"), "/postings?q=a&sort=deadline");
        assert_eq!(submitted_href("q="), "/postings");
    }

    #[test]
    fn what_could_not_be_read_and_what_is_open_stay_in_the_address() {
        let href = submitted_href("wage_month=%E4%BA%8C%E5%8D%81%E4%B8%87&q=a&open=occ-05");
        assert_eq!(href, "/postings?q=a&wage_month=%E4%BA%8C%E5%8D%81%E4%B8%87&open=occ-05");
        let asked = Asked::from_url(href.split_once('?').map_or("", |(_, search)| search));
        assert_eq!(asked.bad.len(), 1);
        assert_eq!(asked.open, ["occ-05"]);
        assert_eq!(submitted_href("age=7"), "/postings?age=7");
    }

    #[test]
    fn municipalities_are_named_for_chosen_prefectures_and_for_those_of_chosen_municipalities() {
        let query = SearchQuery::from_url("pref=13&pref=01&city=13101&city=14101").0;
        assert_eq!(prefectures_with_cities(&query), ["01", "13", "14"]);
    }
}
