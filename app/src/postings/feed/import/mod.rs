//! Importing a delivery: each source is read to its end, then applied in chunks; what a complete delivery lacks is closed.
//!
//! Running the same delivery again changes nothing, and running it again after a crash finishes it: whether a posting has changed is
//! decided by a hash of its content, not by remembering how far an import got.

mod applying;
mod reading;
mod sources;
mod spool;

#[cfg(test)]
mod tests;

pub use reading::reading;
pub use sources::{Source, sources};

use super::settings::FeedSettings;
use crate::clock::Clock;
use crate::database::Database;
use crate::postings::db;
use crate::postings::number::PostingNumber;
use crate::postings::search::index::Doc;
use crate::text;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The largest share of the open postings of the feed that a complete delivery may close without being told to [own]: one in five.
/// A delivery that lacks more is more likely cut short than true.
const LARGEST_CLOSING: (u64, u64) = (1, 5);

/// What to import and how.
#[derive(Clone, Debug)]
pub struct ImportJob {
    /// What to read, in this order; together one delivery.
    pub sources: Vec<Source>,
    /// Whether the delivery holds every posting there is, so that the others are to be closed.
    pub complete: bool,
    /// Whether it may close more than one in five of the open postings.
    pub force_close: bool,
    /// Whether postings are told as the search index takes them in ([`Event::Prepared`]).
    pub prepares: bool,
    /// How records are read.
    pub settings: FeedSettings,
    /// An existing folder for what is read and not yet applied; on the disk of the data, for it can grow to gigabytes.
    pub spool_folder: PathBuf,
    /// What time it is.
    pub clock: Clock,
}

/// What happens while importing, for a progress bar and the list of rejections.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// A page of the feed is being loaded.
    Loading {
        /// Of which data.
        data: &'a str,
        /// Which page, from 1.
        page: u32,
        /// How many there are, where known.
        pages: Option<u32>,
    },
    /// The feed is closed and is being waited for.
    Waiting {
        /// When it opens, as Japan's clocks show it.
        until: &'a str,
    },
    /// A source is being read.
    Begun {
        /// Its name.
        source: &'a str,
        /// Its length in bytes, where known.
        bytes: Option<u64>,
    },
    /// Some of the source has been read.
    Read {
        /// Bytes of the source so far.
        bytes: u64,
        /// Postings so far.
        postings: u64,
    },
    /// The source was read to its end and is being applied.
    Applying {
        /// Postings applied so far.
        done: u64,
        /// Postings of the source that are new or have changed.
        of: u64,
    },
    /// A posting was derived that is new or has changed; it is kept once its source was read to its end.
    Prepared {
        /// Its number.
        number: &'a PostingNumber,
        /// The hash of what it says.
        content_hash: i64,
        /// What the search index takes in.
        doc: &'a Doc,
    },
    /// A posting was not taken.
    Rejected(&'a Rejection),
    /// The source could not be read to its end; nothing of it was taken.
    Failed(&'a FailedSource),
    /// Postings that the delivery lacks are being closed.
    Closing {
        /// Closed so far.
        done: u64,
        /// To be closed.
        of: u64,
    },
}

/// Who is told of [`Event`]s.
pub type Watch<'a> = &'a mut (dyn FnMut(Event<'_>) + Send);

/// Why a posting was not taken. A posting with several faults is told once for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Where it stood.
    pub source: String,
    /// Its number as it was given, if it was given.
    pub number: Option<String>,
    /// The item at fault, by its tag.
    pub item: String,
    /// What is wrong with it, for the operator.
    pub reason: String,
}

/// A source that could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedSource {
    /// Its name.
    pub source: String,
    /// Where and why it broke.
    pub reason: String,
}

/// Counts of postings; `read` is the sum of the others. Sources that failed are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Postings in the sources.
    pub read: u64,
    /// Not kept before.
    pub new: u64,
    /// Kept with other content, or closed before.
    pub changed: u64,
    /// Kept as they are.
    pub unchanged: u64,
    /// Not taken: faulty, or another posting with their number came first.
    pub rejected: u64,
    /// Came again in the same delivery exactly as before.
    pub repeated: u64,
}

impl Totals {
    fn add(&mut self, other: Self) {
        self.read += other.read;
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
        self.repeated += other.repeated;
    }
}

/// What became of the postings that a delivery lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The delivery does not say that it is complete.
    NotAsked,
    /// A source failed: what is missing may stand there.
    SourceFailed,
    /// So many were closed.
    Closed(u64),
    /// More than one in five would have been closed: none was.
    TooMany {
        /// How many the delivery lacks.
        missing: u64,
        /// Of how many that are open.
        open: u64,
    },
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Counts over all sources that were read to their end.
    pub totals: Totals,
    /// The others.
    pub failed: Vec<FailedSource>,
    /// What became of the postings that the delivery lacks.
    pub closing: Closing,
}

impl Report {
    /// The counts in one line, for the operator.
    #[must_use]
    pub fn summary(&self) -> String {
        let Totals { read, new, changed, unchanged, rejected, repeated } = self.totals;
        let mut line = text::import_totals(read, new, changed, unchanged, rejected);
        if repeated > 0 {
            line.push_str(&text::import_repeated(repeated));
        }
        if let Closing::Closed(closed) = self.closing {
            line.push_str(&text::import_closed(closed));
        }
        line
    }

    /// What did not come out as asked, a line each; empty if everything did.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        if !self.failed.is_empty() {
            complaints.push(text::import_sources_failed(self.failed.len()));
        }
        match self.closing {
            Closing::SourceFailed => complaints.push(text::import_not_closed_failed().to_owned()),
            Closing::TooMany { missing, open } => complaints.push(text::import_not_closed_many(open, missing)),
            Closing::NotAsked | Closing::Closed(_) => {}
        }
        complaints
    }
}

/// Why an import stopped. What had been applied stays; the next run of the same delivery does the rest.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// What was read could not be put aside until the end of its source.
    #[error("cannot keep what was read until it can be applied: {0}")]
    Spool(#[from] io::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

/// Tells the one who watches, for parts of an import that run side by side.
fn teller<'a>(told: &'a Mutex<Watch<'_>>) -> impl FnMut(Event<'_>) + Send + 'a {
    |event| told.lock().unwrap_or_else(PoisonError::into_inner)(event)
}

/// Imports a delivery. Sources that fail change nothing and are listed in the report; the later ones are still imported.
///
/// # Errors
/// If the database or the spool fails.
pub async fn import(database: &Database, job: &ImportJob, watch: Watch<'_>) -> Result<Report, ImportError> {
    database.begin_bulk().await?;
    let report = import_sources(database, job, watch).await;
    database.end_bulk().await?;
    report
}

async fn import_sources(database: &Database, job: &ImportJob, watch: Watch<'_>) -> Result<Report, ImportError> {
    let began_at = db::latest_revision(database).await?;
    let mut delivery = reading::Delivery::default();
    let mut report = Report { totals: Totals::default(), failed: Vec::new(), closing: Closing::NotAsked };
    let told = Mutex::new(watch);
    // While a source is applied, the next one is read: the one waits for the disk, the other for processors.
    let mut to_apply = None;
    for source in job.sources.iter().map(Some).chain([None]) {
        let reading = async {
            let Some(source) = source else { return Ok(None) };
            let read = reading::read(database, job, source, &delivery, &mut teller(&told)).await?;
            Ok::<_, ImportError>(Some((source, read)))
        };
        let applying = async {
            let Some((source, mut read)) = to_apply.take() else { return Ok(Totals::default()) };
            applying::apply(database, job, source, &mut read, &mut teller(&told)).await?;
            Ok(read.totals)
        };
        let (read, applied) = tokio::try_join!(reading, applying)?;
        report.totals.add(applied);
        match read {
            Some((source, Ok(mut read))) => {
                delivery.add(std::mem::take(&mut read.numbers));
                to_apply = Some((source, read));
            }
            Some((_, Err(failed))) => {
                teller(&told)(Event::Failed(&failed));
                report.failed.push(failed);
            }
            None => {}
        }
    }
    if job.complete {
        let may_close = report.failed.is_empty();
        report.closing = if may_close {
            applying::close_missing(database, job, &delivery, began_at, &mut teller(&told)).await?
        } else {
            Closing::SourceFailed
        };
    }
    Ok(report)
}
