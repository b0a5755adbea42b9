//! Following the database: what changed after the index's revision goes into a new segment; small segments are merged.

use super::columns::number_key;
use super::doc::Doc;
use super::segment::{Segment, SegmentBuilder};
use super::snapshot::{Part, Snapshot};
use super::{IndexError, SearchIndex};
use crate::database::Database;
use crate::postings::PostingNumber;
use crate::postings::db::{self, Change, Unpacker};
use crate::postings::feed::{FeedSettings, derive};
use std::collections::{HashMap, HashSet};
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
pub struct Growing {
    name: String,
    builder: SegmentBuilder,
    /// Where postings are that an import has prepared, and the hash of what they say.
    prepared: Arc<HashMap<u64, (usize, i64)>>,
    /// Keys of all postings that changed, whether they are in the segment or gone.
    changed: HashSet<u64>,
    revision: i64,
    unreadable: u64,
}

/// Changes, and the records of those postings that are to be derived.
struct Batch {
    changes: Vec<Change>,
    records: HashMap<i64, Vec<u8>>,
}

impl SearchIndex {
    /// Begins the segment that [`Self::follow_with`] goes on with, so that an import can put into it what it derives anyway.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn begin(&self) -> io::Result<Growing> {
        Growing::new(self.kept_in()?, &self.snapshot())
    }

    /// Brings the index to the database's present revision, telling `progress` how many changes were taken in so far.
    /// Searches go on meanwhile and see all of it at once at the end. Gives whether there was anything to do.
    ///
    /// # Errors
    /// If the database cannot be read or the index cannot be written; the index then stays as it was.
    pub async fn follow(&self, database: &Database, settings: &FeedSettings, progress: impl FnMut(u64)) -> Result<bool, FollowError> {
        let _writing = self.inner.writing.lock().await;
        let mut snapshot = self.snapshot();
        let latest = db::latest_revision(database).await?;
        if latest < snapshot.revision {
            // The database is older than the index: restored, or an import lost its last chunks with the power.
            tracing::warn!(latest, indexed = snapshot.revision, "the index knows more than the database and is begun anew");
            snapshot = Arc::default();
        } else if db::changes_after(database, snapshot.revision, 1).await?.is_empty() {
            return Ok(false);
        }
        let growing = Growing::new(self.kept_in()?, &snapshot)?;
        self.grow(growing, &snapshot, database, settings, progress).await?;
        Ok(true)
    }

    /// As [`Self::follow`], with what an import has prepared; that the index was written meanwhile cannot be.
    ///
    /// # Errors
    /// As [`Self::follow`].
    pub async fn follow_with(
        &self,
        growing: Growing,
        database: &Database,
        settings: &FeedSettings,
        progress: impl FnMut(u64),
    ) -> Result<(), FollowError> {
        let _writing = self.inner.writing.lock().await;
        let snapshot = self.snapshot();
        if growing.revision != snapshot.revision {
            return Err(io::Error::other("the index was written between begin and follow_with").into());
        }
        self.grow(growing, &snapshot, database, settings, progress).await
    }

    fn kept_in(&self) -> io::Result<&Path> {
        let kept = self.inner.folder.as_deref();
        kept.ok_or_else(|| io::Error::new(io::ErrorKind::Unsupported, "an index that is kept nowhere does not follow"))
    }

    async fn grow(
        &self,
        mut growing: Growing,
        snapshot: &Arc<Snapshot>,
        database: &Database,
        settings: &FeedSettings,
        mut progress: impl FnMut(u64),
    ) -> Result<(), FollowError> {
        let prepared = growing.prepared.clone();
        let mut batch = fetch(database, snapshot.revision, &prepared).await?;
        let mut taken = 0;
        while let Some(last) = batch.changes.last() {
            let (next, count) = (last.revision, batch.changes.len());
            let settings = settings.clone();
            let work = tokio::task::spawn_blocking(move || growing.take(batch, &settings));
            let (more, grown) = tokio::join!(fetch(database, next, &prepared), work);
            (growing, batch) = (grown??, more?);
            taken += count as u64;
            progress(taken);
            // A posting that changed again meanwhile belongs into the segment after this one.
            if batch.changes.iter().any(|change| growing.changed.contains(&number_key(&change.number))) {
                break;
            }
        }
        let (index, snapshot) = (self.clone(), snapshot.clone());
        let put_in = move || index.kept_in().map_err(IndexError::from).and_then(|folder| index.put_in(folder, &snapshot, growing));
        Ok(tokio::task::spawn_blocking(put_in).await??)
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
        Ok(Self { name, builder, prepared: Arc::default(), changed: HashSet::new(), revision: snapshot.revision, unreadable: 0 })
    }

    /// Puts aside what an import has derived of a posting: it is taken in if it is what the database has at the end.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn prepare(&mut self, number: &PostingNumber, content_hash: i64, doc: &Doc) -> io::Result<()> {
        let at = self.builder.prepare(doc)?;
        Arc::make_mut(&mut self.prepared).insert(number_key(number), (at, content_hash));
        Ok(())
    }

    /// Takes a batch of changes in, deriving on two threads what no import has prepared.
    fn take(mut self, batch: Batch, settings: &FeedSettings) -> io::Result<Self> {
        let Batch { changes, records } = batch;
        self.revision = changes.last().map_or(self.revision, |change| change.revision);
        let (ready, changes): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| place(&self.prepared, change).is_some());
        for change in ready {
            self.changed.insert(number_key(&change.number));
            if let Some(at) = place(&self.prepared, &change) {
                self.builder.want(at);
            }
        }
        let (first, second) = changes.split_at(changes.len() / 2);
        let read = |changes: &[Change]| {
            let mut unpacker = Unpacker::new()?;
            Ok::<_, io::Error>(changes.iter().map(|change| doc_of(change, &records, &mut unpacker, settings)).collect::<Vec<_>>())
        };
        let docs = std::thread::scope(|scope| {
            let other = scope.spawn(|| read(second));
            let mut docs = read(first)?;
            docs.extend(other.join().map_err(|_| io::Error::other("deriving broke off"))??);
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

/// The next changes, with the records of the open postings that no import has prepared.
async fn fetch(database: &Database, after: i64, prepared: &HashMap<u64, (usize, i64)>) -> Result<Batch, sqlx::Error> {
    let changes = db::changes_after(database, after, BATCH).await?;
    let wanted = changes.iter().filter(|change| !change.closed && place(prepared, change).is_none());
    let records = db::records(database, &wanted.map(|change| change.record_id).collect::<Vec<_>>()).await?;
    Ok(Batch { changes, records })
}

/// Where a posting is that an import has prepared as it is now; nowhere if it is closed.
fn place(prepared: &HashMap<u64, (usize, i64)>, change: &Change) -> Option<usize> {
    let (at, hash) = prepared.get(&number_key(&change.number)).filter(|_| !change.closed)?;
    (*hash == change.content_hash).then_some(*at)
}

/// The posting as the index takes it in; `None` if it is closed or not published, or changed again, so that a later change brings it;
/// `Err` if its record cannot be read.
fn doc_of(change: &Change, records: &HashMap<i64, Vec<u8>>, unpacker: &mut Unpacker, settings: &FeedSettings) -> Result<Option<Doc>, ()> {
    let Some(packed) = records.get(&change.record_id).filter(|_| !change.closed) else { return Ok(None) };
    let record = unpacker.unpack(packed).map_err(|_damaged| ())?;
    let derived = derive(&record, settings).map_err(|_faults| ())?;
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
