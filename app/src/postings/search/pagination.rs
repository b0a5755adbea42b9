//! Links to the pages of a result.

use super::query::{Param, SearchQuery};
use crate::postings::wording::grouped;
use crate::text;
use leptos::either::Either;
use leptos::prelude::*;

/// How many pages are named on each side of the current one [own].
const NEAR: usize = 2;

/// A place in the row of page links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page.
    Page(usize),
    /// Pages left out.
    Gap,
}

/// How many pages `total` results fill; at least one.
#[must_use]
pub fn pages(total: u32, per_page: usize) -> usize {
    usize::try_from(total).unwrap_or(usize::MAX).div_ceil(per_page.max(1)).max(1)
}

/// The places of the row: the first page, the near ones, the last one, and gaps where pages are left out. A single page is not left out.
#[must_use]
pub fn places(page: usize, pages: usize) -> Vec<Place> {
    let near = page.saturating_sub(NEAR).max(1)..=page.saturating_add(NEAR).min(pages);
    let mut row = Vec::with_capacity(2 * NEAR + 5);
    let mut last = 0;
    for next in std::iter::once(1).chain(near).chain(std::iter::once(pages)).filter(|next| *next <= pages) {
        match next.saturating_sub(last) {
            0 => continue,
            1 => {}
            2 => row.push(Place::Page(next - 1)),
            _ => row.push(Place::Gap),
        }
        row.push(Place::Page(next));
        last = next;
    }
    row
}

/// The link to a page of the search; the browser goes on at the heading of the results.
fn href(query: &SearchQuery, page: usize) -> String {
    let query = query.clone().without_all(Param::Page);
    let query = if page > 1 { query.with(Param::Page, &page.to_string()) } else { query };
    format!("{}#results-heading", query.href())
}

/// The row of links; nothing where there is one page only.
pub(super) fn pagination(query: &SearchQuery, total: u32) -> impl IntoView + use<> {
    let page = query.page();
    let pages = pages(total, query.per_page());
    let step = |page: usize, rel: &'static str, words: &'static str| {
        view! { <li><a class="page-link" rel=rel href=href(query, page)>{words}</a></li> }
    };
    (pages > 1 && page <= pages).then(|| {
        let row: Vec<_> = places(page, pages).into_iter().map(|place| page_link(query, page, place)).collect();
        view! {
            <nav class="pagination" aria-label=text::search_pages()>
                <ul>
                    {(page > 1).then(|| step(page - 1, "prev", text::search_page_previous()))}
                    {row}
                    {(page < pages).then(|| step(page + 1, "next", text::search_page_next()))}
                </ul>
            </nav>
        }
    })
}

fn page_link(query: &SearchQuery, current: usize, place: Place) -> impl IntoView + use<> {
    let page = match place {
        Place::Page(page) => page,
        Place::Gap => return Either::Left(view! { <li aria-hidden="true">"…"</li> }),
    };
    let number = grouped(u32::try_from(page).unwrap_or(u32::MAX));
    let label = text::search_page_nth(&number);
    let is_current = (page == current).then_some("page");
    Either::Right(view! {
        <li><a class="page-link" href=href(query, page) aria-label=label aria-current=is_current translate="no">{number}</a></li>
    })
}

/// Said where the address asks for a page past the last one.
pub(super) fn beyond_last_page(query: &SearchQuery, total: u32) -> impl IntoView + use<> {
    let pages = pages(total, query.per_page());
    view! {
        <p>{text::search_page_beyond()}</p>
        <p><a class="button button-secondary" href=href(query, pages)>{text::search_page_last(pages)}</a></p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(page: usize, pages: usize) -> String {
        let words = places(page, pages).into_iter().map(|place| match place {
            Place::Page(page) => page.to_string(),
            Place::Gap => "…".to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn near_pages_and_both_ends_are_named() {
        let table = [
            (1, 1, "1"),
            (1, 5, "1 2 3 4 5"),
            (1, 9, "1 2 3 … 9"),
            (5, 9, "1 2 3 4 5 6 7 8 9"),
            (6, 20, "1 … 4 5 6 7 8 … 20"),
            (20, 20, "1 … 18 19 20"),
        ];
        for (page, pages, expected) in table {
            assert_eq!(row(page, pages), expected, "page {page} of {pages}");
        }
    }

    #[test]
    fn a_last_page_need_not_be_full() {
        assert_eq!(pages(0, 30), 1);
        assert_eq!(pages(30, 30), 1);
        assert_eq!(pages(31, 30), 2);
        assert_eq!(pages(1_100_000, 10), 110_000);
    }

    #[test]
    fn the_first_page_has_no_page_in_its_address() {
        let query = SearchQuery::from_url("q=a&page=2").0;
        assert_eq!(href(&query, 1), "/postings?q=a#results-heading");
        assert_eq!(href(&query, 3), "/postings?q=a&page=3#results-heading");
        let html = pagination(&query, 90).into_view().to_html();
        assert!(html.contains("aria-current=\"page\"") && html.contains("aria-label=\"2ページ目\""), "{html}");
        assert!(html.contains("rel=\"prev\"") && html.contains("rel=\"next\""), "{html}");
    }
}
