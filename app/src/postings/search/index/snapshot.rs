//! What the index holds at a moment, and how that is kept in its folder.

use super::bitmap::Bitmap;
use super::segment::{Segment, write_durably};
use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Changes when the files of the index do, or what texts and columns hold: an index of another form is begun anew.
const FORM: u32 = 3;

/// The segments in use and the database revision they have come to.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The database revision.
    pub revision: i64,
    /// The segments in use.
    pub parts: Vec<Part>,
}

/// A segment in use.
#[derive(Debug)]
pub struct Part {
    /// The name of its folder.
    pub name: String,
    /// The segment.
    pub segment: Arc<Segment>,
    /// Postings that are closed or stand in a later segment.
    pub deleted: Arc<Bitmap>,
    /// What was asked for last: the postings that are not deleted and whose deadline has not passed on a day.
    live: Mutex<Option<(Date, Arc<Bitmap>)>>,
}

/// The file that says which segments are in use. Deleted postings stand in a file of their own beside it.
#[derive(Serialize, Deserialize)]
struct Manifest {
    form: u32,
    revision: i64,
    parts: Vec<String>,
}

const MANIFEST: &str = "manifest.json";

impl Part {
    /// A segment of which `deleted` is not in use.
    #[must_use]
    pub fn new(name: String, segment: Arc<Segment>, deleted: Bitmap) -> Self {
        Self { name, segment, deleted: Arc::new(deleted), live: Mutex::new(None) }
    }

    /// The same with other deletions.
    #[must_use]
    pub fn with_deleted(&self, deleted: Bitmap) -> Self {
        Self::new(self.name.clone(), self.segment.clone(), deleted)
    }

    /// The postings that can be applied to on a day.
    #[must_use]
    pub fn live(&self, today: Date) -> Arc<Bitmap> {
        let mut kept = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, live)) = kept.as_ref().filter(|(day, _)| *day == today) {
            return live.clone();
        }
        let day = today.epoch_days();
        let mut live = Bitmap::of_column(&self.segment.columns.deadline, |deadline| deadline >= day);
        live.and_not(&self.deleted);
        let live = Arc::new(live);
        *kept = Some((today, live.clone()));
        live
    }

    /// How many postings are in use.
    #[must_use]
    pub fn used(&self) -> u32 {
        self.segment.count() - self.deleted.count()
    }
}

impl Snapshot {
    /// Reads what the folder keeps; nothing where there is nothing or something of another form.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let manifest = match fs::read(folder.join(MANIFEST)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            read => serde_json::from_slice::<Manifest>(&read?).ok().filter(|manifest| manifest.form == FORM),
        };
        let Some(manifest) = manifest else { return Ok(Self::default()) };
        let parts = manifest.parts.into_iter().map(|name| {
            let segment = Arc::new(Segment::open(&folder.join(&name))?);
            let deleted = Bitmap::from_bytes(&fs::read(deletions(folder, &name, manifest.revision))?, segment.count());
            Ok(Part::new(name, segment, deleted))
        });
        Ok(Self { revision: manifest.revision, parts: parts.collect::<io::Result<_>>()? })
    }

    /// Writes what is in use so that a crash at any moment leaves this or what was kept before, then removes what neither needs.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn keep(&self, folder: &Path) -> io::Result<()> {
        for part in &self.parts {
            write_durably(&deletions(folder, &part.name, self.revision), &part.deleted.bytes())?;
        }
        let parts = self.parts.iter().map(|part| part.name.clone()).collect();
        let manifest = serde_json::to_vec(&Manifest { form: FORM, revision: self.revision, parts })?;
        write_durably(&folder.join("manifest.new"), &manifest)?;
        fs::rename(folder.join("manifest.new"), folder.join(MANIFEST))?;
        fs::File::open(folder)?.sync_all()?;
        self.remove_unused(folder)
    }

    fn remove_unused(&self, folder: &Path) -> io::Result<()> {
        let used: BTreeSet<PathBuf> =
            self.parts.iter().flat_map(|part| [folder.join(&part.name), deletions(folder, &part.name, self.revision)]).collect();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_part = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("part-"));
            if is_part && !used.contains(&path) {
                if path.is_dir() { fs::remove_dir_all(&path)? } else { fs::remove_file(&path)? }
            }
        }
        Ok(())
    }
}

fn deletions(folder: &Path, part: &str, revision: i64) -> PathBuf {
    folder.join(format!("{part}.deleted-{revision}"))
}
