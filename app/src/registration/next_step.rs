//! What the first page tells a seeker of their registration and notices, where nothing is more urgent.

use super::db;
use super::validity::{REMINDER_DAYS, Standing};
use crate::account::AccountId;
use crate::notices;
use crate::state::AppState;
use crate::text;
use leptos::prelude::*;

/// So many days before its end the registration is more urgent than everything else [own]: the second of its reminders.
const URGENT_DAYS: i32 = 7;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// The registration ends in so many days.
    Ends(i32),
    /// So many notices are not read.
    Unread(i64),
    /// The registration was begun and is not complete.
    Unfinished,
}

impl NextStep {
    /// Whether it comes before a favorite whose deadline is near.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::Ends(..=URGENT_DAYS))
    }

    /// The element that says it.
    #[must_use]
    pub fn view(self) -> AnyView {
        let (words, path, link) = match self {
            Self::Ends(0) => (text::notices_registration_ends_today().to_owned(), "/registration", text::registration_my_title()),
            Self::Ends(days) => (text::notices_registration_ends(days), "/registration", text::registration_my_title()),
            Self::Unread(count) => (text::home_next_unread(count), "/notices", text::notices_title()),
            Self::Unfinished => (text::home_next_unfinished().to_owned(), "/registration", text::registration_go_on()),
        };
        view! {
            <section class="notice notice-info" aria-labelledby="next">
                <h2 id="next">{text::home_next_heading()}</h2>
                <p>{words}</p>
                // A page of the server alone.
                <p><a href=path rel="external">{link}</a></p>
            </section>
        }
        .into_any()
    }
}

/// What an account's registration and notices say.
///
/// # Errors
/// If the database fails.
pub async fn next_step(state: &AppState, account: &AccountId) -> Result<Option<NextStep>, sqlx::Error> {
    let today = state.clock.today();
    let record = db::find(&state.database, account).await?;
    if let Some(Standing::Active { until }) = record.as_ref().map(|record| record.standing.on(today)) {
        let left = until.epoch_days() - today.epoch_days();
        if left <= i32::from(REMINDER_DAYS[0]) {
            return Ok(Some(NextStep::Ends(left)));
        }
    }
    let unread = notices::db::unread(&state.database, account).await?;
    if unread > 0 {
        return Ok(Some(NextStep::Unread(unread)));
    }
    let is_begun = record.is_none() && db::has_draft(&state.database, account).await?;
    Ok(is_begun.then_some(NextStep::Unfinished))
}
