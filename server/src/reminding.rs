//! Writes reminders of favorites' deadlines, once a day.

use app::account::Settings;
use app::clock::Clock;
use app::database::Database;
use app::favorites::reminder::{is_daytime, remind};
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(15 * 60);

/// Reminds until the task is ended. A failure is logged: the next try finds what is left.
pub async fn keep_reminding(database: Database, settings: Settings, clock: Clock) {
    let mut done = None;
    loop {
        let today = clock.today();
        if done != Some(today) && is_daytime(clock.now()) {
            match remind(&database, &settings, &clock).await {
                Ok(_) => done = Some(today),
                Err(error) => tracing::error!(%error, "reminders could not be written"),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}
