//! Takes away, now and then, what is kept for a while only.

use app::database::Database;
use app::documents::Store;
use app::{account, clock::Clock, mail, sessions};
use std::time::{Duration, SystemTime};

const PAUSE: Duration = Duration::from_secs(3600);

/// Tidies every hour until the task is ended. A failure is logged: the next hour does it.
pub async fn keep_tidy(database: Database, documents: Store, clock: Clock) {
    loop {
        let named = |address: String| {
            let database = database.clone();
            async move { app::documents::db::is_named(&database, &address).await }
        };
        if let Err(error) = documents.tidy(SystemTime::now(), named).await {
            tracing::error!(%error, "documents that nobody has any more could not be taken away");
        }
        if let Err(error) = tidy(&database, clock.now()).await {
            tracing::error!(%error, "what is over could not be taken away");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn tidy(database: &Database, now: i64) -> Result<(), sqlx::Error> {
    account::db::tidy(database, now).await?;
    app::registration::db::tidy_parked(database, now).await?;
    sessions::db::tidy(database, now).await?;
    mail::db::tidy(database, now).await
}
