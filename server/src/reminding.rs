//! What is done once a day: reminders of favorites' deadlines and of the end of registrations, and the deletion of those that were ended for good.

use app::account::Settings;
use app::clock::Clock;
use app::database::Database;
use app::favorites::reminder::{is_daytime, remind};
use app::registration::reminder as registrations;
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(15 * 60);

/// Reminds until the task is ended. A failure is logged: the next try finds what is left.
pub async fn keep_reminding(database: Database, settings: Settings, clock: Clock) {
    let mut done = None;
    loop {
        let today = clock.today();
        if done != Some(today) && is_daytime(clock.now()) {
            match once(&database, &settings, &clock).await {
                Ok(()) => done = Some(today),
                Err(error) => tracing::error!(%error, "reminders could not be written"),
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn once(database: &Database, settings: &Settings, clock: &Clock) -> Result<(), sqlx::Error> {
    remind(database, settings, clock).await?;
    registrations::remind(database, settings, clock).await?;
    registrations::delete(database, settings, clock).await?;
    Ok(())
}
