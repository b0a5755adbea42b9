//! Working off a queue that stands in the database: some at once, by the clock as it is each time – what is queued meanwhile has its turn – and what is on its
//! way is settled, also when the database fails.

use crate::clock::Clock;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Rings when something was queued, so that it leaves at once.
pub type Bell = Arc<Notify>;

/// How long to wait for the bell before looking by oneself: other processes queue, too.
const PAUSE: Duration = Duration::from_secs(2);
/// How long to wait after the database failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(15);

/// A queue. Instants are milliseconds since 1970.
pub trait Queue: Clone + Send + Sync + 'static {
    /// What stands in it.
    type Item: Send + Sync + 'static;
    /// What became of one.
    type Outcome: Send + 'static;
    /// What a round did.
    type Round: Default + Send;
    /// How many are on their way at once.
    const AT_ONCE: usize;

    /// Takes the next one that is due, so that nobody else takes it meanwhile.
    fn take(&self, now: i64) -> impl Future<Output = Result<Option<Self::Item>, sqlx::Error>> + Send;
    /// Does what is to be done with it.
    fn work(&self, item: &Self::Item, now: i64) -> impl Future<Output = Self::Outcome> + Send;
    /// Writes down what became of it.
    fn settle(
        &self,
        item: &Self::Item,
        outcome: Self::Outcome,
        now: i64,
        round: &mut Self::Round,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;
}

/// Works off everything that is due.
///
/// # Errors
/// If the database fails; what was on its way is settled before.
pub async fn work_off<Q: Queue>(queue: &Q, clock: &Clock) -> Result<Q::Round, sqlx::Error> {
    let (mut round, mut running, mut failure) = (Q::Round::default(), JoinSet::new(), None);
    loop {
        while failure.is_none() && running.len() < Q::AT_ONCE {
            match queue.take(clock.now()).await {
                Ok(Some(item)) => {
                    let (queue, now) = (queue.clone(), clock.now());
                    running.spawn(async move {
                        let outcome = queue.work(&item, now).await;
                        (item, outcome)
                    });
                }
                Ok(None) => break,
                Err(error) => failure = Some(error),
            }
        }
        match running.join_next().await {
            None => return failure.map_or(Ok(round), Err),
            Some(Ok((item, outcome))) => {
                if let Err(error) = queue.settle(&item, outcome, clock.now(), &mut round).await {
                    failure.get_or_insert(error);
                }
            }
            // It is tried again when its turn is over.
            Some(Err(error)) => tracing::error!(%error, "what was queued ended in a panic"),
        }
    }
}

/// Works off until the task is ended: at once when the bell rings.
pub async fn keep_working<Q: Queue>(queue: Q, clock: Clock, bell: Bell) {
    loop {
        let pause = match work_off(&queue, &clock).await {
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "a queue could not be worked off");
                PAUSE_AFTER_FAILURE
            }
        };
        // Either reason to go on is as good.
        let _either = tokio::time::timeout(pause, bell.notified()).await;
    }
}
