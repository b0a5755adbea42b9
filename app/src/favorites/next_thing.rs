//! The one thing to do next, on the first page: the favorite whose deadline comes first, or what the server knows of the account beside it.

use super::Favorite;
#[cfg(not(feature = "ssr"))]
use super::{Standing, store};
use crate::date::Date;
use crate::postings::search::result_card::days_left;
#[cfg(feature = "ssr")]
use crate::registration::next_step::NextStep;
use crate::text;
use leptos::prelude::*;

/// How many days before a deadline it is the next thing to do [own]: a week, so that there is a weekend to write an application.
const DAYS: i32 = 7;

/// What is to be done next: the posting's number and title, and its deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextThing {
    /// 求人番号.
    pub number: String,
    /// 職種.
    pub title: String,
    /// The last day.
    pub deadline: Date,
}

/// The one whose deadline comes first of those that can still be applied for, within a week.
pub fn nearest(open: impl Iterator<Item = NextThing>, today: Date) -> Option<NextThing> {
    let left = |thing: &NextThing| thing.deadline.epoch_days() - today.epoch_days();
    open.filter(|thing| (0..=DAYS).contains(&left(thing))).min_by_key(left)
}

impl From<&Favorite> for NextThing {
    fn from(favorite: &Favorite) -> Self {
        let facts = favorite.facts();
        Self { number: favorite.number.to_string(), title: facts.title, deadline: facts.deadline }
    }
}

/// The element that says it; empty if there is nothing.
#[cfg(not(feature = "ssr"))]
pub fn next_thing() -> impl IntoView {
    let (found, today) = known();
    favorite_first(found, today)
}

/// The element that says it; empty if there is nothing.
#[cfg(feature = "ssr")]
pub fn next_thing() -> AnyView {
    let (found, today) = known();
    match use_context::<NextStep>().filter(|step| found.is_none() || step.is_urgent()) {
        Some(step) => view! { <div>{step.view()}</div> }.into_any(),
        None => favorite_first(found, today).into_any(),
    }
}

fn favorite_first(found: Option<NextThing>, today: Date) -> impl IntoView {
    let words = found.map(|next| {
        view! {
            <section class="notice notice-info" aria-labelledby="next">
                <h2 id="next">{text::home_next_heading()}</h2>
                <p>
                    <a href=format!("/postings/{}", next.number)>{text::home_next_deadline(&next.title)}</a>
                    " "
                    <strong>{days_left(next.deadline, today)}</strong>
                </p>
                <p><a href="/favorites">{text::home_next_link()}</a></p>
            </section>
        }
    });
    view! { <div>{words}</div> }
}

/// On the server: of who is signed in.
#[cfg(feature = "ssr")]
fn known() -> (Option<NextThing>, Date) {
    let today = use_context::<crate::state::AppState>().map_or_else(|| Date::in_japan(0), |state| state.clock.today());
    (use_context::<NextThing>(), today)
}

/// In the browser, where it makes the page itself: of this phone.
#[cfg(not(feature = "ssr"))]
fn known() -> (Option<NextThing>, Date) {
    let today = crate::clock::Clock::default().today();
    let favorites = store::all().unwrap_or_default().favorites;
    let open = favorites.iter().filter(|favorite| favorite.standing(today) == Standing::Open);
    (nearest(open.map(NextThing::from), today), today)
}

/// What an account's favorites say, with the deadlines that their postings have now.
///
/// # Errors
/// If the database fails.
#[cfg(feature = "ssr")]
pub async fn of_account(state: &crate::state::AppState, account: &crate::account::AccountId) -> Result<Option<NextThing>, sqlx::Error> {
    use crate::kept::Thing;
    let today = state.clock.today();
    let mut open = Vec::new();
    for entry in crate::kept::db::all(&state.database, account).await? {
        let Some(Thing::Favorite(favorite)) = entry.thing else { continue };
        // A deadline may be extended, hardly ever shortened: those of last month are not looked up.
        if (favorite.saved.deadline.epoch_days() - today.epoch_days()).abs() > 31 {
            continue;
        }
        let found = crate::postings::db::find(&state.database, &favorite.number).await?;
        let Some(stored) = found.filter(|stored| stored.closed_at.is_none()) else { continue };
        open.push(NextThing { deadline: stored.listing.row.deadline, ..NextThing::from(&favorite) });
    }
    Ok(nearest(open.into_iter(), today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_thing_is_the_deadline_that_comes_first_within_a_week() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let thing = |number: &str, deadline| NextThing { number: number.into(), title: String::new(), deadline: day(deadline) };
        let all =
            || vec![thing("late", "2026-12-10"), thing("second", "2026-11-30"), thing("first", "2026-11-28"), thing("over", "2026-11-26")];
        let next = |today| nearest(all().into_iter(), day(today)).map(|next| next.number);
        assert_eq!(next("2026-11-27").as_deref(), Some("first"));
        assert_eq!(next("2026-11-30").as_deref(), Some("second"));
        assert_eq!(next("2026-12-01"), None);
    }
}
