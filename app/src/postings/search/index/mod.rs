//! The search index: derived from the database, rebuilt from it at any time, following its revisions (DESIGN.md "Data").
//!
//! Segments are immutable; a posting that changes is marked deleted in its old segment and stands in a new one. One process writes
//! an index folder, which the lock in it says.

mod bitmap;
mod columns;
mod doc;
mod follow;
mod grams;
mod grams_build;
mod matching;
mod order;
mod plan;
mod scan;
mod segment;
mod sets;
mod snapshot;
mod symbols;
#[cfg(test)]
mod tests;

pub use columns::{Facts, number_key};
pub use doc::Doc;
pub use follow::{FollowError, Growing};
pub use matching::counted_flags;
pub use plan::{Phrase, Plan};
pub use scan::Scan;
pub use sets::group_bits_of;

use super::chips::droppable;
use super::query::SearchQuery;
use super::results::{Facets, Relaxation, ResultRow, Results};
use crate::date::Date;
use crate::occupations::PICKER;
use crate::postings::Viewer;
use crate::postings::facts::{EmploymentForm, Kind};
use crate::postings::posting::Listing;
use matching::{Counts, Matching};
use snapshot::{Part, Snapshot};
use std::cmp::Reverse;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

/// Results on one page have at most so many relaxations.
const RELAXATIONS: usize = 5;

/// Newest first, then by number: the order of a segment.
fn merge_order(facts: &Facts) -> (Reverse<i32>, u64) {
    (Reverse(facts.received), facts.number)
}

/// A handle to the index; cheap to clone.
#[derive(Clone, Debug)]
pub struct SearchIndex {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    current: RwLock<Arc<Snapshot>>,
    /// Where it is kept.
    folder: Option<PathBuf>,
    /// Held while it is written.
    writing: tokio::sync::Mutex<()>,
    /// Held open and locked as long as this process may write.
    _lock: Option<std::fs::File>,
}

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file of the index cannot be read.
    #[error("the search index cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A row of the index is not as this program writes it.
    #[error("the search index holds a row that this program does not understand: {0}")]
    Row(#[from] serde_json::Error),
    /// Another process writes this index.
    #[error("another process keeps the search index in {0}")]
    Locked(PathBuf),
}

impl SearchIndex {
    /// An index without postings that is kept nowhere.
    #[must_use]
    pub fn empty() -> Self {
        Self { inner: Arc::new(Inner::default()) }
    }

    /// Opens the index in `folder`, or begins one there if there is none or if another version of this program wrote it.
    ///
    /// # Errors
    /// If the folder cannot be written, or another process has it.
    pub fn open(folder: PathBuf) -> Result<Self, IndexError> {
        std::fs::create_dir_all(&folder)?;
        let lock = std::fs::File::create(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(IndexError::Locked(folder)),
            Err(std::fs::TryLockError::Error(error)) => return Err(error.into()),
        }
        let snapshot = Snapshot::open(&folder)?;
        Ok(Self {
            inner: Arc::new(Inner {
                current: RwLock::new(Arc::new(snapshot)),
                folder: Some(folder),
                writing: tokio::sync::Mutex::default(),
                _lock: Some(lock),
            }),
        })
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The revision of the database that the index has come to.
    #[must_use]
    pub fn revision(&self) -> i64 {
        self.snapshot().revision
    }

    /// How many postings the index has that are neither closed nor past their deadline.
    #[must_use]
    pub fn open_postings(&self, today: Date) -> u32 {
        self.snapshot().parts.iter().map(|part| part.live(today).count()).sum()
    }

    /// Runs a search: exact total, the page's rows, facet counts; with no result, what to drop. `bad` is left to the caller.
    /// What `viewer` may not see is neither shown nor found.
    ///
    /// # Errors
    /// If a file of the index cannot be read.
    pub fn search(&self, query: &SearchQuery, viewer: Viewer, today: Date) -> Result<Results, IndexError> {
        let snapshot = self.snapshot();
        let plan = Plan::of(query, viewer, today);
        let mut counts = Counts::default();
        let mut found = Vec::with_capacity(snapshot.parts.len());
        for part in &snapshot.parts {
            let matching = Matching::of(&part.segment, &plan, &part.live(today))?;
            let all = matching.all();
            counts.add(&matching.counts(&all));
            found.push(all);
        }
        let total = found.iter().map(bitmap::Bitmap::count).sum();
        let skip = (query.page() - 1).saturating_mul(query.per_page());
        let segments: Vec<_> = snapshot.parts.iter().map(|part| &*part.segment).collect();
        let places = order::page(&segments, &found, plan.sort, skip, query.per_page());
        let rows = places.into_iter().map(|(part, at)| row(&snapshot.parts[part], at, viewer, today)).collect::<Result<_, _>>()?;
        let relaxations = if total == 0 { relaxations(&snapshot, query, viewer, today)? } else { Vec::new() };
        Ok(Results {
            query: query.clone(),
            total,
            postings: rows,
            facets: facets(&counts),
            relaxations,
            bad: Vec::new(),
            today,
            is_kept: false,
        })
    }

    /// How many postings a search gives; what [`SearchIndex::search`] calls `total`.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    pub fn count(&self, query: &SearchQuery, viewer: Viewer, today: Date) -> Result<u32, IndexError> {
        Ok(count(&self.snapshot(), query, viewer, today)?)
    }
}

fn count(snapshot: &Snapshot, query: &SearchQuery, viewer: Viewer, today: Date) -> io::Result<u32> {
    let plan = Plan::of(query, viewer, today);
    let parts = snapshot.parts.iter().map(|part| Ok(Matching::of(&part.segment, &plan, &part.live(today))?.all().count()));
    parts.sum()
}

fn row(part: &Part, at: u32, viewer: Viewer, today: Date) -> Result<ResultRow, IndexError> {
    let listing: Listing = serde_json::from_slice(&part.segment.row(at)?)?;
    Ok(listing.shown_to(viewer, today))
}

/// The conditions whose removal gives results, the most helpful first.
fn relaxations(snapshot: &Snapshot, query: &SearchQuery, viewer: Viewer, today: Date) -> io::Result<Vec<Relaxation>> {
    let mut relaxations = Vec::new();
    for (param, value, instead) in droppable(query) {
        let total = count(snapshot, &instead, viewer, today)?;
        if total > 0 {
            relaxations.push(Relaxation { name: param.name().to_owned(), value, total, instead });
        }
    }
    relaxations.sort_by_key(|relaxation| Reverse(relaxation.total));
    relaxations.truncate(RELAXATIONS);
    Ok(relaxations)
}

fn facets(counts: &Counts) -> Facets {
    Facets {
        kind: named(&counts.kinds, Kind::ALL.iter().map(|kind| kind.code().to_owned())),
        pref: named(&counts.prefectures, (1..=47).map(|code| format!("{code:02}"))),
        occ: named(&counts.groups, PICKER.iter().map(|group| format!("{:02}", group.code))),
        form: named(&counts.forms, EmploymentForm::ALL.iter().map(|form| form.code().to_owned())),
        must: named(&counts.flags, counted_flags().map(|flag| flag.code().to_owned())),
    }
}

/// Codes with their counts, without those that have none.
fn named(counts: &[u32], codes: impl Iterator<Item = String>) -> Vec<(String, u32)> {
    codes.zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
}
