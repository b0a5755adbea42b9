//! The answer below the form: how many, in which order, the postings, the pages; or what to do when there are none.

use super::chips::{condition_in_words, without_conditions};
use super::found::Found;
use super::pagination::{beyond_last_page, pages, pagination};
use super::query::{Param, SearchQuery, Sort};
use super::result_card::card;
use super::results::Results;
use crate::error::AppError;
use crate::places::City;
use crate::postings::wording::grouped;
use crate::text;
use crate::ui::IntoWhole;
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

/// What a screen reader is told when an answer has come.
#[must_use]
pub fn announcement(found: &Found) -> String {
    match &found.answer {
        Err(_) => text::search_announcement_failed().to_owned(),
        Ok(Results { total: 0, .. }) => text::search_announcement_none().to_owned(),
        Ok(results) => match pages(results.total, results.query.per_page()) {
            1 => text::search_announcement(grouped(results.total)),
            pages => text::search_announcement_page(grouped(results.total), pages, results.query.page()),
        },
    }
}

/// The page's title.
#[must_use]
pub fn title(found: &Found) -> String {
    match &found.answer {
        Ok(results) => text::search_title(grouped(results.total)),
        Err(_) => text::search_failed().to_owned(),
    }
}

/// The answer, whatever it is.
pub(super) fn answer(found: &Found) -> AnyView {
    match &found.answer {
        Err(error) => failed(*error, &found.search).into_fixed(),
        Ok(results) if results.total == 0 => none(results, &found.cities).into_fixed(),
        Ok(results) => some(results).into_whole(),
    }
}

fn some(results: &Results) -> impl IntoView + use<> {
    let query = &results.query;
    let compact = query.first(Param::View) == Some("compact");
    let today = results.today;
    let start = (query.page() - 1).saturating_mul(query.per_page()).saturating_add(1);
    let shown = results.postings.len();
    let range = (shown > 0).then(|| text::search_range(start, start + shown - 1));
    let beyond = (shown == 0).then(|| beyond_last_page(query, results.total));
    let rows = results.postings.clone();
    view! {
        <h2 id="results-heading" tabindex="-1"><span translate="no">{text::search_count(grouped(results.total))}</span>{text::search_total_after()}</h2>
        {toolbar(query).into_whole()}
        <p class="results-range hint" translate="no">{range}</p>
        {save_link(query)}
        {results.is_kept.then(|| view! { <p class="notice notice-warning">{text::search_kept(today.plain())}</p> })}
        {beyond}
        <ol class="posting-list">
            // Keyed, so that another posting gets another element: a translator's changes to a text would outlive a change in place.
            {keyed(rows, move |row| (row.number.clone(), compact), move |_, row| (|_| (), card(row, compact, today)))}
        </ol>
        {pagination(query, results.total)}
    }
}

/// Where the conditions can be saved; nothing without any.
fn save_link(query: &SearchQuery) -> impl IntoView + use<> {
    let has_conditions = query.conditions().next().is_some();
    let href = format!("/saved-searches?{}", query.clone().without_all(Param::Page).to_url());
    has_conditions.then(|| view! { <p class="results-save"><a href=href rel="external">{text::searches_save_heading()}</a></p> })
}

/// Order (part of the search form), results a page, full or compact.
fn toolbar(query: &SearchQuery) -> impl IntoView + use<> {
    let sort = query.sort();
    let orders: Vec<_> = Sort::ALL
        .into_iter()
        .map(|order| view! { <option value=order.code() selected=order == sort>{sort_in_words(order)}</option> })
        .collect();
    let per = query.per_page();
    let per: Vec<_> =
        [10, 30, 50].map(|n| (n.to_string(), text::search_per_choice(n), n == per)).map(|c| switch(query, Param::Per, c)).into();
    let compact = query.first(Param::View) == Some("compact");
    let views = [("full", text::search_view_full(), !compact), ("compact", text::search_view_compact(), compact)];
    let views: Vec<_> = views.map(|(code, words, on)| switch(query, Param::View, (code.to_owned(), words.to_owned(), on))).into();
    view! {
        <div class="results-toolbar">
            <div class="results-sort">
                <label for="f-sort">{text::search_sort()}</label>
                <select id="f-sort" name="sort" form="search-form">{orders}</select>
                <button class="button button-secondary" type="submit" form="search-form">{text::search_sort_submit()}</button>
            </div>
            <nav aria-label=text::search_per()><ul class="switch">{per}</ul></nav>
            <nav aria-label=text::search_view()><ul class="switch">{views}</ul></nav>
        </div>
    }
}

/// A link that shows the same search in another way; the one in use is marked.
fn switch(query: &SearchQuery, param: Param, (code, words, on): (String, String, bool)) -> impl IntoView + use<> {
    let href = query.clone().without_all(Param::Page).with(param, &code).href();
    view! { <li><a class="switch-link" data-noscroll href=href aria-current=on.then_some("true")>{words}</a></li> }
}

const fn sort_in_words(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => text::search_sort_newest(),
        Sort::Deadline => text::search_sort_deadline(),
        Sort::WageHigh => text::search_sort_wage_high(),
        Sort::WageLow => text::search_sort_wage_low(),
    }
}

/// No posting fits: says which condition to drop and how many postings that gives.
fn none(results: &Results, cities: &[City]) -> impl IntoView + use<> {
    let query = &results.query;
    let relaxations: Vec<(String, String)> = results
        .relaxations
        .iter()
        .filter_map(|relaxation| {
            let param = Param::from_name(&relaxation.name)?;
            let words = condition_in_words(param, &relaxation.value, cities);
            Some((relaxation.instead.href(), text::search_none_relax_link(words, grouped(relaxation.total))))
        })
        .collect();
    let advice = if relaxations.is_empty() { text::search_none_hopeless() } else { text::search_none_relax() };
    view! {
        <h2 id="results-heading" tabindex="-1">{text::search_none()}</h2>
        <p>{advice}</p>
        {(!relaxations.is_empty()).then(|| view! {
            <ul class="relaxations">
                {keyed(relaxations, Clone::clone, |_, (href, words)| (|_| (), view! { <li><a data-noscroll href=href>{words}</a></li> }))}
            </ul>
        })}
        <p><a class="button button-secondary" data-noscroll href=without_conditions(query).href()>{text::search_none_clear()}</a></p>
    }
}

/// The search could not be run. The link asks anew, without the program's help (`rel="external"`): it may be what is broken.
fn failed(error: AppError, search: &str) -> impl IntoView + use<> {
    error.answer();
    let why = match error {
        AppError::Unreachable => text::search_failed_unreachable(),
        _ => text::search_failed_internal(),
    };
    let href = format!("/postings?{search}");
    view! {
        <div class="notice notice-error">
            <h2 id="results-heading" tabindex="-1">{text::search_failed()}</h2>
            <p>{why}</p>
            <p><a class="button" rel="external" href=href>{text::search_failed_retry()}</a></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::super::result_card::tests::{day, row};
    use super::super::results::{Facets, Relaxation};
    use super::*;

    fn results(url: &str, total: u32) -> Results {
        let postings = if total == 0 { Vec::new() } else { vec![row()] };
        let query = SearchQuery::from_url(url).0;
        let today = day("2026-11-24");
        Results { query, total, postings, facets: Facets::default(), relaxations: Vec::new(), bad: Vec::new(), today, is_kept: false }
    }

    fn found(answer: Result<Results, AppError>) -> Found {
        Found { search: "q=a".to_owned(), answer, cities: Vec::new() }
    }

    #[test]
    fn the_count_is_announced_with_the_page_where_there_are_several() {
        let said = |answer| announcement(&found(answer));
        assert_eq!(said(Ok(results("q=a", 12))), "12件の求人が見つかりました。");
        assert_eq!(said(Ok(results("q=a&page=2", 1234))), "1,234件の求人が見つかりました。42ページのうち2ページ目です。");
        assert_eq!(said(Ok(results("q=a", 0))), "条件に合う求人はありませんでした。");
        assert_eq!(said(Err(AppError::Unreachable)), "検索できませんでした。");
    }

    #[test]
    fn results_say_how_many_and_which_are_shown() {
        let html = answer(&found(Ok(results("q=a&page=2&sort=deadline&view=compact", 1234)))).to_html();
        for part in [
            "<span translate=\"no\">1,234件</span>の求人",
            "31件目から31件目を表示",
            "<option value=\"deadline\" selected>",
            "aria-current=\"true\" class=\"switch-link\">コンパクト",
            "href=\"/postings?q=a&amp;sort=deadline&amp;per=50&amp;view=compact\" class=\"switch-link\">50件",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn zero_hits_say_which_condition_to_drop_and_how_many_that_gives() {
        let relaxation =
            Relaxation { name: "pref".to_owned(), value: "13".to_owned(), total: 1234, instead: SearchQuery::from_url("q=a").0 };
        let html = answer(&found(Ok(Results { relaxations: vec![relaxation], ..results("q=a&pref=13", 0) }))).to_html();
        assert!(html.contains("href=\"/postings?q=a\">東京都を外す（1,234件）"), "{html}");
        let hopeless = answer(&found(Ok(results("q=a&pref=13", 0)))).to_html();
        assert!(hopeless.contains("条件を1つ外すだけでは見つかりません"), "{hopeless}");
    }

    #[test]
    fn a_page_past_the_last_one_leads_back() {
        let beyond = Results { postings: Vec::new(), ..results("q=a&page=9", 31) };
        let html = answer(&found(Ok(beyond))).to_html();
        assert!(html.contains("href=\"/postings?q=a&amp;page=2#results-heading\""), "{html}");
    }

    #[test]
    fn a_search_that_could_not_be_run_offers_to_try_again() {
        let html = answer(&found(Err(AppError::Unreachable))).to_html();
        assert!(html.contains("rel=\"external\"") && html.contains("href=\"/postings?q=a\""), "{html}");
    }
}
