//! Up to four favorites side by side: a table whose rows and columns have headers, so that a screen reader can walk it.

use super::favorites_page::Page;
use super::{COMPARE_MOST, Favorite, Standing, hourly_pay};
use crate::date::Date;
use crate::postings::search::result_card::days_left;
use crate::postings::sheet::wage::{fixed_overtime, headline};
use crate::postings::wording::yen;
use crate::text;
use crate::ui::{Built, IntoBuilt};
use leptos::prelude::*;

/// A row: its header, and what it says of a favorite on a day; nothing where that is not stated.
type Row = (&'static str, fn(&Favorite, Date) -> Option<String>);

const ROWS: [Row; 10] = [
    (text::postings_wage(), |favorite, _| headline(&favorite.facts().wage)),
    (text::sheet_item_wage_base(), |favorite, _| favorite.facts().wage.base.map(yen)),
    (text::sheet_item_wage_fixed(), |favorite, _| favorite.facts().wage.fixed_allowances.map(yen)),
    (text::sheet_item_wage_overtime(), |favorite, _| fixed_overtime(&favorite.facts().wage)),
    (text::favorites_hourly(), |favorite, _| hourly_pay(&favorite.facts().wage).map(yen)),
    (text::sheet_item_days_off_year(), |favorite, _| stated(favorite, text::sheet_item_days_off_year())),
    (text::postings_days_off(), |favorite, _| stated(favorite, text::sheet_item_days_off())),
    (text::postings_place(), |favorite, _| favorite.facts().place),
    (text::favorites_deadline(), |favorite, today| Some(deadline(favorite, today))),
    (text::favorites_note(), |favorite, _| Some(favorite.note.clone()).filter(|note| !note.is_empty())),
];

/// What the kept sheet says under this label.
fn stated(favorite: &Favorite, label: &str) -> Option<String> {
    let sections = &favorite.copy.as_ref()?.sections;
    let item = sections.iter().flat_map(|section| &section.items).find(|item| item.label == label)?;
    Some(item.lines.join("、"))
}

fn deadline(favorite: &Favorite, today: Date) -> String {
    let deadline = favorite.facts().deadline;
    let more = match favorite.standing(today) {
        Standing::Open => days_left(deadline, today),
        Standing::Expired => Some(text::favorites_tag_expired().to_owned()),
        Standing::Closed => Some(text::favorites_tag_closed().to_owned()),
    };
    more.map_or_else(|| deadline.plain(), |more| text::sheet_with_note(deadline.plain(), more))
}

/// The table of what is chosen, from two on; with one, what to do next.
pub(super) fn compare(page: Page) -> Option<Built> {
    let chosen: Vec<_> = page
        .compared
        .with(|compared| compared.iter().filter_map(|number| page.with(number, |favorite, today| (favorite.clone(), today))).collect());
    match chosen.len() {
        0 => None,
        1 => Some(view! { <p role="status">{text::favorites_compare_more(COMPARE_MOST)}</p> }.into_built()),
        _ => Some(table(&chosen).into_built()),
    }
}

fn table(chosen: &[(Favorite, Date)]) -> impl IntoView + use<> {
    let heads = chosen.iter().map(|(favorite, _)| {
        view! { <th scope="col"><a href=format!("/postings/{}", favorite.number)>{favorite.facts().title}</a></th> }
    });
    let heads = heads.collect_view();
    let rows = ROWS.map(|(label, value)| {
        let cells = chosen.iter().map(|(favorite, today)| {
            view! { <td>{value(favorite, *today).unwrap_or_else(|| text::favorites_nothing().to_owned())}</td> }
        });
        view! { <tr><th scope="row">{label}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <section aria-labelledby="favorites-compare">
            <h2 id="favorites-compare">{text::favorites_compare_heading(chosen.len())}</h2>
            <div class="favorites-table" role="group" tabindex="0" aria-labelledby="favorites-compare">
                <table>
                    <thead><tr><th scope="col">{text::favorites_compare_item()}</th>{heads}</tr></thead>
                    <tbody>{rows.into_iter().collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, favorite};
    use super::*;
    use crate::postings::sheet::{Item, Section};

    #[test]
    fn the_table_has_a_header_for_every_row_and_column_and_says_where_nothing_is_stated() {
        let mut first = favorite("13010-1");
        let items = vec![Item { label: text::sheet_item_days_off_year().to_owned(), lines: vec!["120日".to_owned()] }];
        let section = Section { anchor: "hours".to_owned(), heading: text::sheet_section_hours().to_owned(), items };
        if let Some(copy) = &mut first.copy {
            copy.sections.push(section);
        }
        let today = day("2026-11-24");
        let html = table(&[(first, today), (favorite("13010-2"), today)]).to_html();
        assert_eq!(html.matches("scope=\"row\"").count(), ROWS.len());
        assert_eq!(html.matches("scope=\"col\"").count(), 3);
        for part in ["月給 200,000円～250,000円", "1,250円～1,560円", "<td>120日", "2026年11月30日（あと6日）", "東京都千代田区"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(html.matches("<tr>").count(), ROWS.len() + 1);
        assert!(html.contains(text::favorites_nothing()));
    }

    #[test]
    fn a_deadline_that_has_passed_says_so_in_the_table() {
        assert_eq!(deadline(&favorite("13010-1"), day("2026-12-01")), "2026年11月30日（期限切れ）");
    }
}
