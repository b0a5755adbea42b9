//! Loads the whole feed over its protocol and imports it. Pages are kept on the disk as they come, so that a run that was stopped goes
//! on where it was, until the delivery is complete; then they go through the same import as files.

use super::client::{Client, ClientError, Moment, Offer, Page};
use super::import::{Closing, Event, ImportError, ImportJob, Report, Source, Watch, import};
use super::settings::FeedSettings;
use crate::database::Database;
use crate::date::Date;
use crate::text;
use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

/// What is every posting there is: the nation, those reserved for people with disabilities, those for graduates (FEED.md).
pub const EVERYTHING: [&str; 3] = ["M100", "M200", "M300"];

/// More pages than any delivery has: a service that never says 404 is stopped there [own].
const MOST_PAGES: u32 = 20_000;
/// Pages are kept about six times smaller.
const LEVEL: i32 = 3;

/// What to load and how.
#[derive(Clone, Debug)]
pub struct SyncJob {
    /// Which data; empty means [`EVERYTHING`], and only then postings that are gone are closed.
    pub data_ids: Vec<String>,
    /// An existing folder for the pages and what waits to be applied.
    pub folder: PathBuf,
    /// Whether to wait while the service is closed, rather than to end.
    pub wait: bool,
    /// Whether more than one in five of the open postings may be closed.
    pub force_close: bool,
    /// How records are read.
    pub settings: FeedSettings,
}

/// What a synchronisation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncReport {
    /// What the import did.
    pub import: Report,
    /// Data of which fewer postings came than the service had announced; nothing was closed then.
    pub short: Vec<Shortfall>,
}

impl SyncReport {
    /// What did not come out as asked, a line each.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let short = self.short.iter().map(|short| text::sync_short(&short.id, short.announced, short.came));
        short.chain(self.import.complaints()).collect()
    }
}

/// Fewer postings than announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// Of which data.
    pub id: String,
    /// How many the service announced.
    pub announced: u64,
    /// How many came.
    pub came: u64,
}

/// Why a synchronisation stopped. Pages that came are kept for the next run on the same day.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The service.
    #[error("{0}")]
    Client(#[from] ClientError),
    /// It does not offer this data.
    #[error("{}", text::sync_not_offered(.0))]
    NotOffered(String),
    /// It says 404 before the last page that it announced.
    #[error("{}", text::sync_page_missing(.id, .pages, .page))]
    PageMissing {
        /// Of which data.
        id: String,
        /// Which page.
        page: u32,
        /// How many there should be.
        pages: u32,
    },
    /// It goes on and on.
    #[error("{}", text::sync_endless(.0, MOST_PAGES))]
    Endless(String),
    /// Another synchronisation is running.
    #[error("{}", text::sync_running())]
    Running,
    /// Pages cannot be kept.
    #[error("cannot keep the pages of the feed: {0}")]
    Disk(#[from] io::Error),
    /// What came could not be imported.
    #[error("{0}")]
    Import(#[from] ImportError),
}

/// Loads and imports the feed.
///
/// # Errors
/// [`SyncError`].
pub async fn sync(database: &Database, mut client: Client, job: &SyncJob, watch: Watch<'_>) -> Result<SyncReport, SyncError> {
    let folder = job.folder.join("feed");
    std::fs::create_dir_all(&folder)?;
    let lock = lock(&folder)?;
    let clock = client.clock().clone();
    let (tell, mut told) = mpsc::unbounded_channel();
    let loading = spawn_blocking({
        let (job, folder) = (job.clone(), folder.clone());
        move || {
            let loaded = load(&mut client, &job, &folder, &tell);
            client.sign_out();
            loaded
        }
    });
    while let Some(progress) = told.recv().await {
        progress.tell(watch);
    }
    let loaded = loading.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
    let short = loaded.short();
    let import_job = ImportJob {
        prepares: false,
        sources: loaded.pages.iter().map(|page| Source::File(page.path.clone())).collect(),
        complete: job.data_ids.is_empty() && short.is_empty(),
        force_close: job.force_close,
        settings: job.settings.clone(),
        spool_folder: folder,
        clock,
    };
    let report = import(database, &import_job, watch).await?;
    forget(&loaded, &report)?;
    drop(lock);
    Ok(SyncReport { import: report, short })
}

/// Holds the folder for this process as long as the file lives.
fn lock(folder: &Path) -> Result<File, SyncError> {
    let file = File::create(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SyncError::Running),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Removes the pages once they are done with: all of them, or those that could not be read, so that the next run loads them again.
fn forget(loaded: &Loaded, report: &Report) -> io::Result<()> {
    if report.failed.is_empty() {
        // The next run today, told to close, need not load everything again.
        return if matches!(report.closing, Closing::TooMany { .. }) { Ok(()) } else { std::fs::remove_dir_all(&loaded.folder) };
    }
    let failed = |page: &&Kept| report.failed.iter().any(|failed| failed.source == page.path.display().to_string());
    loaded.pages.iter().filter(failed).try_for_each(|page| std::fs::remove_file(&page.path))
}

/// What the loading thread tells.
enum Progress {
    Page { id: String, page: u32, pages: Option<u32> },
    Waiting { until: i64 },
}

impl Progress {
    fn tell(self, watch: Watch<'_>) {
        match self {
            Self::Page { id, page, pages } => watch(Event::Loading { data: &id, page, pages }),
            Self::Waiting { until } => watch(Event::Waiting { until: &Moment(until).to_string() }),
        }
    }
}

type Tell = mpsc::UnboundedSender<Progress>;

/// A page on the disk. Its name says everything about it: `M100-00001-01080-1000.xml.zst` is page 1 of 1,080 with 1,000 postings.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    path: PathBuf,
    /// How many pages there are; 0 where that was not stated.
    pages: u32,
    postings: u64,
}

/// A delivery, all of it on the disk.
struct Loaded {
    folder: PathBuf,
    pages: Vec<Kept>,
    /// What was announced and what came.
    counts: Vec<(Offer, u64)>,
}

impl Loaded {
    fn short(&self) -> Vec<Shortfall> {
        let short = |(offer, came): &(Offer, u64)| {
            let announced = offer.count.filter(|announced| came < announced)?;
            Some(Shortfall { id: offer.id.clone(), announced, came: *came })
        };
        self.counts.iter().filter_map(short).collect()
    }
}

/// Loads everything that was asked for; begins anew if the day changes while it waits.
fn load(client: &mut Client, job: &SyncJob, folder: &Path, tell: &Tell) -> Result<Loaded, SyncError> {
    loop {
        match load_day(client, job, folder, tell) {
            Err(SyncError::Client(ClientError::Closed { opens_at })) if job.wait => {
                inform(tell, Progress::Waiting { until: opens_at });
                client.wait_until(opens_at);
            }
            result => return result,
        }
    }
}

/// Loads a delivery whose pages are all of one day: from one day to the next postings move between pages, and one that moved to a page
/// that was loaded the day before would seem to be gone.
fn load_day(client: &mut Client, job: &SyncJob, folder: &Path, tell: &Tell) -> Result<Loaded, SyncError> {
    let day = client.clock().today();
    let offers = wanted(client.offers()?, &job.data_ids)?;
    let folder = folder_of(folder, day)?;
    let mut kept = kept_pages(&folder)?;
    let mut loaded = Loaded { folder, pages: Vec::new(), counts: Vec::new() };
    for offer in offers {
        let pages = load_data(client, &offer, &loaded.folder, &mut kept, tell)?;
        loaded.counts.push((offer, pages.iter().map(|page| page.postings).sum()));
        loaded.pages.extend(pages);
    }
    Ok(loaded)
}

/// The offers that are to be loaded, in the order asked for. Of [`EVERYTHING`] only the nation must be there.
fn wanted(offers: Vec<Offer>, data_ids: &[String]) -> Result<Vec<Offer>, SyncError> {
    let find = |id: &str| offers.iter().find(|offer| offer.id == id).cloned();
    let Some(nation) = EVERYTHING.first().filter(|_| data_ids.is_empty()) else {
        return data_ids.iter().map(|id| find(id).ok_or_else(|| SyncError::NotOffered(id.clone()))).collect();
    };
    find(nation).ok_or_else(|| SyncError::NotOffered((*nation).to_owned()))?;
    Ok(EVERYTHING.into_iter().filter_map(find).collect())
}

/// The day's folder; those of other days are removed.
fn folder_of(folder: &Path, day: Date) -> io::Result<PathBuf> {
    let today = folder.join(day.to_string());
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() && path != today {
            std::fs::remove_dir_all(path)?;
        }
    }
    std::fs::create_dir_all(&today)?;
    Ok(today)
}

/// Loads the pages of one kind of data that are not kept yet.
fn load_data(
    client: &mut Client,
    offer: &Offer,
    folder: &Path,
    kept: &mut BTreeMap<(String, u32), Kept>,
    tell: &Tell,
) -> Result<Vec<Kept>, SyncError> {
    let id = &offer.id;
    let mut pages = offer.pages;
    let mut loaded = Vec::new();
    for page in 1..=MOST_PAGES {
        if pages.is_some_and(|pages| page > pages) {
            return Ok(loaded);
        }
        inform(tell, Progress::Page { id: id.clone(), page, pages });
        let one = match kept.remove(&(id.clone(), page)) {
            Some(one) => one,
            None => match (client.page(id, page)?, pages) {
                (Some(came), _) => keep(folder, id, page, &came)?,
                (None, Some(pages)) => return Err(SyncError::PageMissing { id: id.clone(), page, pages }),
                (None, None) => return Ok(loaded),
            },
        };
        // The latest word counts: the delivery may have grown since the list was made.
        pages = Some(one.pages).filter(|pages| *pages > 0).or(pages);
        loaded.push(one);
    }
    Err(SyncError::Endless(id.clone()))
}

/// Puts a page on the disk, under its name only once it is there.
fn keep(folder: &Path, id: &str, page: u32, came: &Page) -> io::Result<Kept> {
    let (pages, postings) = (came.pages.unwrap_or(0), came.postings);
    let path = folder.join(format!("{id}-{page:05}-{pages:05}-{postings}.xml.zst"));
    let part = path.with_extension("part");
    let mut file = File::create(&part)?;
    file.write_all(&zstd::encode_all(came.xml.as_slice(), LEVEL)?)?;
    file.sync_all()?;
    std::fs::rename(&part, &path)?;
    Ok(Kept { path, pages, postings })
}

/// The pages in a folder, by data and number.
fn kept_pages(folder: &Path) -> io::Result<BTreeMap<(String, u32), Kept>> {
    let mut kept = BTreeMap::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".xml.zst"));
        let mut parts = name.into_iter().flat_map(|name| name.split('-'));
        if let (Some(id), Some(Ok(page)), Some(Ok(pages)), Some(Ok(postings)), None) =
            (parts.next(), parts.next().map(str::parse), parts.next().map(str::parse), parts.next().map(str::parse), parts.next())
        {
            kept.insert((id.to_owned(), page), Kept { path: path.clone(), pages, postings });
        }
    }
    Ok(kept)
}

/// Tells the importing side; if it is gone, so is whoever wanted to know.
fn inform(tell: &Tell, progress: Progress) {
    drop(tell.send(progress));
}

#[cfg(test)]
#[path = "sync_tests.rs"]
mod tests;
