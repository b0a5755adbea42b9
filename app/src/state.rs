//! What the server's pages and endpoints work with; provided to every rendered page as a Leptos context.

use crate::clock::Clock;
use crate::database::Database;
use crate::postings::search::index::SearchIndex;
use crate::postings::search::recent::RecentAnswers;

/// Handles to the running service; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// What time it is.
    pub clock: Clock,
    /// Finds postings.
    pub index: SearchIndex,
    /// What was searched for lately.
    pub answers: RecentAnswers,
    /// Where everything is kept.
    pub database: Database,
}
