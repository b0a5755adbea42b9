//! Keeps the search index at the database's revision.

use app::database::Database;
use app::postings::feed::FeedSettings;
use app::postings::search::index::SearchIndex;
use std::time::Duration;

/// How long after a change a posting is found at the latest, when nothing goes wrong.
const PAUSE: Duration = Duration::from_secs(1);
/// How long to wait after a failure.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(15);

/// Follows the database until the task is ended. A failure is logged and tried again: searches go on with what the index has.
pub async fn keep_following(index: SearchIndex, database: Database, settings: FeedSettings) {
    loop {
        let pause = match index.follow(&database, &settings, |_| {}).await {
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "the search index could not follow the database");
                PAUSE_AFTER_FAILURE
            }
        };
        tokio::time::sleep(pause).await;
    }
}
