//! Following the database: what changed after the index's revision goes into a new segment; small segments are merged.

use super::columns::number_key;
use super::doc::Doc;
use super::segment::{Segment, SegmentBuilder};
use super::snapshot::{Part, Snapshot};
use super::{IndexError, SearchIndex};
use crate::database::Database;
use crate::postings::PostingNumber;
use crate::postings::db::{self, Change};
use crate::postings::feed::{FeedSettings, derive};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Changes read from the database at a time.
const BATCH: u32 = 4000;
/// More segments than this are merged: each costs every search a little.
const PARTS: usize = 8;

/// Why the index could not follow; it stays where it was and can be told to follow again.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The database did not answer.
    #[error("the database cannot be read: {0}")]
    Database(#[from] sqlx::Error),
    /// The index could not be written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A worker thread broke off.
    #[error("indexing broke off: {0}")]
    Worker(#[from] tokio::task::JoinError),
}

impl From<io::Error> for FollowError {
    fn from(error: io::Error) -> Self {
        Self::Index(error.into())
    }
}

/// The new segment while it grows.
pub(super) struct Growing {
    name: String,
    builder: SegmentBuilder,
    /// Keys of all postings that changed, whether they are in the segment or gone.
    changed: HashSet<u64>,
    revision: i64,
    unreadable: u64,
}

impl SearchIndex {
    /// Brings the index to the database's present revision, telling `progress` how many changes were taken in so far.
    /// Searches go on meanwhile and see all of it at once at the end. Gives whether there was anything to do.
    ///
    /// # Errors
    /// If the database cannot be read or the index cannot be written; the index then stays as it was.
    pub async fn follow(&self, database: &Database, settings: &FeedSettings, mut progress: impl FnMut(u64)) -> Result<bool, FollowError> {
        let _writing = self.inner.writing.lock().await;
        let Some(folder) = self.inner.folder.clone() else {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "an index that is kept nowhere does not follow").into());
        };
        let snapshot = self.snapshot();
        let mut batch = db::changes_after(database, snapshot.revision, BATCH).await?;
        if batch.is_empty() {
            return Ok(false);
        }
        let mut growing = Growing::new(&folder, &snapshot)?;
        let mut taken = 0;
        while let Some(last) = batch.last() {
            let (next, count) = (last.revision, batch.len());
            let settings = settings.clone();
            let work = tokio::task::spawn_blocking(move || growing.take(batch, &settings));
            let (more, grown) = tokio::join!(db::changes_after(database, next, BATCH), work);
            (growing, batch) = (grown??, more?);
            taken += count as u64;
            progress(taken);
            // A posting that changed again meanwhile belongs into the segment after this one.
            if batch.iter().any(|change| growing.changed.contains(&number_key(&change.number))) {
                break;
            }
        }
        let index = self.clone();
        tokio::task::spawn_blocking(move || index.put_in(&folder, &snapshot, growing)).await??;
        Ok(true)
    }

    /// Finishes the new segment and puts it into use.
    pub(super) fn put_in(&self, folder: &Path, snapshot: &Snapshot, growing: Growing) -> Result<(), IndexError> {
        if growing.unreadable > 0 {
            tracing::warn!(postings = growing.unreadable, "postings whose records cannot be read are left out of the search");
        }
        let mut parts: Vec<Part> = snapshot.parts.iter().map(|part| without(part, &growing.changed)).collect();
        if growing.builder.count() == 0 {
            fs::remove_dir_all(folder.join(&growing.name))?;
        } else {
            growing.builder.finish()?;
            parts.push(opened(folder, growing.name)?);
        }
        parts.retain(|part| part.used() > 0);
        let merged = merge(folder, parts)?;
        let next = Snapshot { revision: growing.revision, parts: merged };
        next.keep(folder)?;
        *self.inner.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(next);
        Ok(())
    }
}

impl Growing {
    /// A segment that goes on from `snapshot`.
    pub(super) fn new(folder: &Path, snapshot: &Snapshot) -> io::Result<Self> {
        let name = next_name(&snapshot.parts);
        let builder = SegmentBuilder::new(&emptied(folder, &name)?)?;
        Ok(Self { name, builder, changed: HashSet::new(), revision: snapshot.revision, unreadable: 0 })
    }

    /// Takes a batch of changes in, deriving on two threads.
    fn take(mut self, changes: Vec<Change>, settings: &FeedSettings) -> io::Result<Self> {
        self.revision = changes.last().map_or(self.revision, |change| change.revision);
        let (first, second) = changes.split_at(changes.len() / 2);
        let read = |changes: &[Change]| changes.iter().map(|change| doc_of(change, settings)).collect::<Vec<_>>();
        let docs = std::thread::scope(|scope| {
            let other = scope.spawn(|| read(second));
            let mut docs = read(first);
            docs.extend(other.join().map_err(|_| io::Error::other("deriving broke off"))?);
            Ok::<_, io::Error>(docs)
        })?;
        for (change, doc) in changes.iter().zip(docs) {
            self.unreadable += u64::from(doc.is_err());
            self.add(&change.number, doc.ok().flatten().as_ref())?;
        }
        Ok(self)
    }

    /// Takes in a posting as it is now; `None` if it is gone.
    pub(super) fn add(&mut self, number: &PostingNumber, doc: Option<&Doc>) -> io::Result<()> {
        self.changed.insert(number_key(number));
        doc.map_or(Ok(()), |doc| self.builder.push(doc))
    }
}

/// The posting as the index takes it in; `None` if it is closed or not published, `Err` if its record cannot be read.
fn doc_of(change: &Change, settings: &FeedSettings) -> Result<Option<Doc>, ()> {
    if change.closed {
        return Ok(None);
    }
    let derived = derive(&change.record, settings).map_err(|_faults| ())?;
    Ok(Doc::of(&derived.posting, &derived.listing))
}

fn without(part: &Part, changed: &HashSet<u64>) -> Part {
    let mut deleted = (*part.deleted).clone();
    changed.iter().filter_map(|number| part.segment.find(*number)).for_each(|at| deleted.insert(at));
    part.with_deleted(deleted)
}

fn opened(folder: &Path, name: String) -> io::Result<Part> {
    let segment = Segment::open(&folder.join(&name))?;
    let deleted = super::bitmap::Bitmap::none(segment.count());
    Ok(Part::new(name, Arc::new(segment), deleted))
}

/// Merges the small segments when there are too many, or all when the largest is no longer most of it.
fn merge(folder: &Path, mut parts: Vec<Part>) -> io::Result<Vec<Part>> {
    let total: u32 = parts.iter().map(Part::used).sum();
    let mostly_deleted = parts.iter().any(|part| part.used() < part.segment.count() / 2);
    if parts.len() <= PARTS && !mostly_deleted {
        return Ok(parts);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.used()));
    let stays = parts.first().is_some_and(|largest| largest.used() > total / 4 * 3 && largest.used() >= largest.segment.count() / 2);
    let small = parts.split_off(usize::from(stays));
    let name = next_name(parts.iter().chain(&small));
    let mut builder = SegmentBuilder::new(&emptied(folder, &name)?)?;
    for part in &small {
        for at in (0..part.segment.count()).filter(|at| !part.deleted.has(*at)) {
            builder.push(&part.segment.doc(at)?)?;
        }
    }
    builder.finish()?;
    parts.push(opened(folder, name)?);
    Ok(parts)
}

fn next_name<'a>(parts: impl IntoIterator<Item = &'a Part>) -> String {
    let used = parts.into_iter().filter_map(|part| part.name.strip_prefix("part-")?.parse::<u64>().ok()).max();
    format!("part-{}", used.unwrap_or_default() + 1)
}

/// The path of a folder that a crash may have left something in.
fn emptied(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let path = folder.join(name);
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(path),
    }
}
