//! Sends what is queued.

use super::db;
use super::post::{Outcome, Post};
use super::{Bell, Message};
use crate::clock::Clock;
use crate::database::Database;
use std::time::Duration;
use tokio::task::JoinSet;

/// How many are on their way at once [own]: a notice to a prefecture goes to thousands.
const AT_ONCE: usize = 8;
/// How long to wait for the bell before looking by oneself: other processes queue, too.
const PAUSE: Duration = Duration::from_secs(2);
/// How long to wait after the database failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(15);

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

/// Sends everything that is due. The clock is asked each time: what is queued meanwhile has its turn.
///
/// # Errors
/// If the database fails; what was on its way is settled before.
pub async fn send_due(database: &Database, post: &Post, clock: &Clock) -> Result<Sent, sqlx::Error> {
    let (mut round, mut running, mut failure) = (Sent::default(), JoinSet::new(), None);
    loop {
        while failure.is_none() && running.len() < AT_ONCE {
            match db::take_due(database, clock.now()).await {
                Ok(Some(message)) => {
                    let (post, now) = (post.clone(), clock.now());
                    running.spawn_blocking(move || {
                        let outcome = post.send(&message, now);
                        (message, outcome)
                    });
                }
                Ok(None) => break,
                Err(error) => failure = Some(error),
            }
        }
        match running.join_next().await {
            None => return failure.map_or(Ok(round), Err),
            Some(Ok((message, outcome))) => {
                if let Err(error) = settle(database, &message, outcome, clock.now(), &mut round).await {
                    failure.get_or_insert(error);
                }
            }
            // It is tried again when its turn is over.
            Some(Err(error)) => tracing::error!(%error, "a push ended in a panic"),
        }
    }
}

async fn settle(database: &Database, message: &Message, outcome: Outcome, now: i64, round: &mut Sent) -> Result<(), sqlx::Error> {
    match outcome {
        Outcome::Taken => {
            round.taken += 1;
            db::done(database, message).await
        }
        Outcome::Gone => {
            round.dropped += 1;
            db::gone(database, message).await
        }
        Outcome::Refused(status) => {
            tracing::error!(message = message.id, %status, "a push service refused a push");
            round.dropped += 1;
            db::done(database, message).await
        }
        Outcome::Later(pause) => {
            let is_kept = db::later(database, message, pause, now).await?;
            *(if is_kept { &mut round.later } else { &mut round.dropped }) += 1;
            Ok(())
        }
    }
}

/// Sends until the task is ended: at once when the bell rings.
pub async fn keep_sending(database: Database, post: Post, clock: Clock, bell: Bell) {
    loop {
        let pause = match send_due(&database, &post, &clock).await {
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "pushes could not be taken from the queue");
                PAUSE_AFTER_FAILURE
            }
        };
        // Either reason to go on is as good.
        let _either = tokio::time::timeout(pause, bell.notified()).await;
    }
}
