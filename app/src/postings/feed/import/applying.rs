//! Applying what was read, in chunks that let go of the writer soon, and closing what a complete delivery lacks.

use super::reading::{Delivery, Read, ended};
use super::{Closing, Event, ImportError, ImportJob, LARGEST_CLOSING, Rejection, Source, Watch};
use crate::database::Database;
use crate::postings::db::{self, Applied, Incoming, Origin};
use crate::text;
use std::time::Duration;

/// How long a chunk is meant to hold the writer: well below the 50 ms that it may, because disks and processors have slow moments.
const INTENDED_HOLD: Duration = Duration::from_millis(10);
/// The first chunk, before anything is known of this disk.
const FIRST_CHUNK: usize = 32;
/// The largest chunk, which bounds the memory.
const LARGEST_CHUNK: usize = 2_048;
/// Numbers that are looked through or closed together.
const CLOSING_CHUNK: usize = 256;
/// Bytes of postings after which the database folds its log into its file: the pages of its indexes, which many postings share, are then
/// written once for all of them.
const CHECKPOINT_BYTES: usize = 24 << 20;
const LISTED_TOGETHER: u32 = 10_000;

/// How many postings the next chunk has, from how long the last ones held the writer.
struct ChunkSize(usize);

impl ChunkSize {
    /// Goes towards what would have taken [`INTENDED_HOLD`]: down at once, up at most to twice.
    fn learn(&mut self, postings: usize, held: Duration) {
        let fitting = postings as f64 * INTENDED_HOLD.as_secs_f64() / held.as_secs_f64().max(1e-6);
        self.0 = (fitting as usize).clamp(self.0 / 4, self.0 * 2).clamp(1, LARGEST_CHUNK);
    }
}

/// Applies what was read of a source.
pub(super) async fn apply(
    database: &Database,
    job: &ImportJob,
    source: &Source,
    read: &mut Read,
    watch: Watch<'_>,
) -> Result<(), ImportError> {
    let of = read.spooled.left();
    let mut size = ChunkSize(FIRST_CHUNK);
    let mut unfolded = 0;
    while read.spooled.left() > 0 {
        watch(Event::Applying { done: of - read.spooled.left(), of });
        let chunk = read.spooled.next_chunk(size.0)?;
        let (chunk, applied) = hold_writer(database.clone(), chunk, job.clock.now()).await;
        let applied = applied?;
        tracing::debug!(postings = chunk.len(), held_us = applied.held.as_micros() as u64, "applied a chunk");
        size.learn(chunk.len(), applied.held);
        unfolded += chunk.iter().map(|incoming| incoming.packed.len() + incoming.summary.len()).sum::<usize>();
        if unfolded > CHECKPOINT_BYTES || read.spooled.left() == 0 {
            database.checkpoint().await?;
            unfolded = 0;
        }
        read.totals.new += applied.new;
        read.totals.changed += applied.changed;
        read.totals.unchanged += applied.unchanged;
        read.totals.rejected += applied.clashes.len() as u64;
        for number in &applied.clashes {
            watch(Event::Rejected(&Rejection::of_number(&source.name(), number, text::import_clash())));
        }
    }
    Ok(())
}

/// Applies a chunk in a task of its own: whoever holds the writer must not wait while the task that reads works on what comes next.
async fn hold_writer(database: Database, chunk: Vec<Incoming>, now: i64) -> (Vec<Incoming>, Result<Applied, sqlx::Error>) {
    let applying = tokio::spawn(async move {
        let applied = db::apply(&database, &chunk, Origin::Feed, now).await;
        (chunk, applied)
    });
    ended(applying.await)
}

/// Closes the open postings of the feed that the delivery lacks, except those that changed after revision `began_at`.
pub(super) async fn close_missing(
    database: &Database,
    job: &ImportJob,
    delivery: &Delivery,
    began_at: i64,
    watch: Watch<'_>,
) -> Result<Closing, ImportError> {
    let (mut open, mut missing, mut after) = (0, Vec::new(), None);
    loop {
        let some = db::open_of_feed(database, after.as_ref(), LISTED_TOGETHER).await?;
        let Some(last) = some.last() else { break };
        after = Some(last.clone());
        open += some.len() as u64;
        missing.extend(some.into_iter().filter(|number| !delivery.holds(number)));
    }
    let of = missing.len() as u64;
    if of * LARGEST_CLOSING.1 > open * LARGEST_CLOSING.0 && !job.force_close {
        return Ok(Closing::TooMany { missing: of, open });
    }
    let mut closed = 0;
    for some in missing.chunks(CLOSING_CHUNK) {
        watch(Event::Closing { done: closed, of });
        closed += db::close(database, some, began_at, job.clock.now()).await?;
    }
    Ok(Closing::Closed(closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_shrink_when_they_hold_the_writer_too_long_and_grow_when_they_do_not() {
        let mut size = ChunkSize(100);
        size.learn(100, INTENDED_HOLD * 2);
        assert_eq!(size.0, 50);
        size.learn(50, Duration::from_millis(1));
        assert_eq!(size.0, 100, "at most twice");
        size.learn(100, Duration::from_secs(60));
        assert_eq!(size.0, 25, "at least a quarter");
        for _ in 0..20 {
            size.learn(size.0, Duration::ZERO);
        }
        assert_eq!(size.0, LARGEST_CHUNK);
        for _ in 0..20 {
            size.learn(size.0, Duration::from_secs(60));
        }
        assert_eq!(size.0, 1);
    }
}
