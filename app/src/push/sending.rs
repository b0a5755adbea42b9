//! Sends what is queued.

use super::Message;
use super::db;
use super::post::{Outcome, Post};
use crate::clock::Clock;
use crate::database::Database;
use crate::queue::{Bell, Queue, keep_working, work_off};

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Taken by the service.
    pub taken: u32,
    /// Tried again later.
    pub later: u32,
    /// Not tried any more: the browser is gone, it was refused, or it is of no use any more.
    pub dropped: u32,
}

/// The pushes that wait, and who calls the services.
#[derive(Clone)]
struct Outgoing {
    database: Database,
    post: Post,
}

impl Queue for Outgoing {
    type Item = Message;
    type Outcome = Outcome;
    type Round = Sent;
    /// A notice to a prefecture goes to thousands [own].
    const AT_ONCE: usize = 8;

    async fn take(&self, now: i64) -> Result<Option<Message>, sqlx::Error> {
        db::take_due(&self.database, now).await
    }

    async fn work(&self, message: &Message, now: i64) -> Outcome {
        let (post, message) = (self.post.clone(), message.clone());
        tokio::task::spawn_blocking(move || post.send(&message, now)).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a push ended in a panic");
            Outcome::Later(None)
        })
    }

    async fn settle(&self, message: &Message, outcome: Outcome, now: i64, round: &mut Sent) -> Result<(), sqlx::Error> {
        match outcome {
            Outcome::Taken => {
                round.taken += 1;
                db::done(&self.database, message).await
            }
            Outcome::Gone => {
                round.dropped += 1;
                db::gone(&self.database, message).await
            }
            Outcome::Refused(status) => {
                tracing::error!(message = message.id, %status, "a push service refused a push");
                round.dropped += 1;
                db::done(&self.database, message).await
            }
            Outcome::Later(pause) => {
                let is_kept = db::later(&self.database, message, pause, now).await?;
                *(if is_kept { &mut round.later } else { &mut round.dropped }) += 1;
                Ok(())
            }
        }
    }
}

/// Sends everything that is due.
///
/// # Errors
/// If the database fails.
pub async fn send_due(database: &Database, post: &Post, clock: &Clock) -> Result<Sent, sqlx::Error> {
    work_off(&Outgoing { database: database.clone(), post: post.clone() }, clock).await
}

/// Sends until the task is ended: at once when the bell rings.
pub async fn keep_sending(database: Database, post: Post, clock: Clock, bell: Bell) {
    keep_working(Outgoing { database, post }, clock, bell).await;
}
