//! What `mypage import` and `mypage sync` share: where things are, and telling the operator what happens.

use app::clock::Clock;
use app::database::{Database, OpenError};
use app::postings::PostingNumber;
use app::postings::feed::import::{Event, ImportJob, Rejection, Source, import};
use app::postings::feed::settings::{BarrierFreeTags, FeedSettings};
use app::postings::search::index::{Doc, Growing, IndexError, SearchIndex};
use app::text;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Flags of every command that brings postings.
#[derive(Args)]
pub struct ImportOptions {
    /// The database, `sqlite://…` or `postgres://…`.
    #[arg(long, env = "MYPAGE_DATABASE_URL", default_value = app::database::DEFAULT_URL, hide_env_values = true)]
    database_url: String,
    /// The folder of this service's files; what was read waits there until it can be applied.
    #[arg(long, env = "MYPAGE_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Which items of the feed state barrier-free facts: `elevator=TAG,braille=TAG,…`
    #[arg(long, env = "MYPAGE_FEED_BARRIER_FREE", default_value = "", hide_default_value = true)]
    barrier_free: BarrierFreeTags,
    /// Close postings that the delivery lacks even if they are more than one in five.
    #[arg(long)]
    pub force_close: bool,
    /// Write each rejected posting into this file too: source, number, item and reason, tab-separated.
    #[arg(long, value_name = "FILE")]
    rejections: Option<PathBuf>,
}

impl ImportOptions {
    /// Opens the database and makes the folder.
    ///
    /// # Errors
    /// If either is not to be had.
    pub async fn open(&self) -> Result<Database, OpenError> {
        std::fs::create_dir_all(&self.data).map_err(|error| OpenError::Folder(self.data.clone(), error))?;
        Database::open(&self.database_url).await
    }

    /// How the feed is read.
    #[must_use]
    pub fn settings(&self) -> FeedSettings {
        FeedSettings { barrier_free: self.barrier_free.clone() }
    }

    /// Who tells the operator.
    ///
    /// # Errors
    /// If the file for rejections cannot be made.
    pub fn teller(&self) -> io::Result<Teller> {
        let rejections = self.rejections.as_deref().map(|path| create(path).map(BufWriter::new)).transpose()?;
        Ok(Teller { bar: ProgressBar::new_spinner(), list: Ok(rejections) })
    }
}

fn create(path: &Path) -> io::Result<File> {
    File::create(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// Shows a progress bar where there is a terminal, and says what was not taken.
pub struct Teller {
    bar: ProgressBar,
    /// The list of rejections, or why it could not be written.
    list: io::Result<Option<BufWriter<File>>>,
}

impl Teller {
    /// Tells one event.
    pub fn tell(&mut self, event: Event<'_>) {
        match event {
            Event::Loading { data, page, pages } => {
                self.counted(pages.map(u64::from), u64::from(page), format!("{} {data}", text::sync_loading()));
            }
            Event::Waiting { until } => self.say(&text::sync_waiting(until)),
            Event::Begun { source, bytes } => {
                self.bar.set_style(style(if bytes.is_some() {
                    "{msg} {bar:30} {bytes}/{total_bytes} {eta}"
                } else {
                    "{spinner} {msg} {bytes}"
                }));
                self.bar.set_length(bytes.unwrap_or_default());
                self.bar.set_position(0);
                self.bar.set_message(format!("{} {source}", text::import_reading()));
                self.bar.enable_steady_tick(Duration::from_millis(200));
            }
            Event::Read { bytes, .. } => self.bar.set_position(bytes),
            Event::Applying { done, of } => self.counted(Some(of), done, text::import_applying().to_owned()),
            Event::Closing { done, of } => self.counted(Some(of), done, text::import_closing().to_owned()),
            Event::Prepared { .. } => {}
            Event::Rejected(rejection) => self.reject(rejection),
            Event::Failed(failed) => self.say(&format!("{}: {}: {}", text::import_failed(), failed.source, failed.reason)),
        }
    }

    fn counted(&self, of: Option<u64>, done: u64, message: String) {
        self.bar.set_style(style(if of.is_some() {
            "{msg} {bar:30} {human_pos}/{human_len} {eta}"
        } else {
            "{spinner} {msg} {human_pos}"
        }));
        self.bar.set_length(of.unwrap_or_default());
        self.bar.set_position(done);
        self.bar.set_message(message);
    }

    fn reject(&mut self, rejection: &Rejection) {
        self.say(&format!("{}: {rejection}", text::import_rejected()));
        if let Ok(Some(list)) = &mut self.list
            && let Err(error) = writeln!(list, "{rejection}")
        {
            self.list = Err(error);
        }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    /// Takes the bar away and finishes the list.
    ///
    /// # Errors
    /// If the list could not be written.
    pub fn finish(self) -> io::Result<()> {
        self.bar.finish_and_clear();
        self.list?.map_or(Ok(()), |mut list| list.flush())
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Imports a delivery, prints what was read and done, and brings the search index up to date.
///
/// # Errors
/// If not everything could be done that was asked for; what could be done was done.
pub async fn import_and_index(options: &ImportOptions, sources: Vec<Source>, complete: bool) -> Result<(), Box<dyn Error + Send + Sync>> {
    let database = options.open().await?;
    let mut teller = options.teller()?;
    let index = own_index(options)?;
    if let Some(index) = &index {
        // What was changed before belongs to no segment that this import prepares.
        while index.follow(&database, &options.settings(), |_| ()).await? {}
    }
    let mut growing = index.as_ref().map(SearchIndex::begin).transpose()?.map(Ok);
    let job = ImportJob {
        sources,
        complete,
        force_close: options.force_close,
        prepares: index.is_some(),
        settings: options.settings(),
        spool_folder: options.data.clone(),
        clock: Clock::default(),
    };
    let mut watch = |event: Event<'_>| match (&mut growing, event) {
        (Some(growing), Event::Prepared { number, content_hash, doc }) => prepare(growing, number, content_hash, doc),
        (_, event) => teller.tell(event),
    };
    let report = import(&database, &job, &mut watch).await;
    let listed = teller.finish();
    let indexed = match &report {
        Ok(_) => make_searchable(options, &database, index, growing).await,
        Err(_) => Ok(()),
    };
    database.close().await;
    let report = report?;
    println!("{}", report.summary());
    listed?;
    indexed?;
    Ok(outcome(&report.complaints())?)
}

/// The index, unless a running `serve` keeps it.
fn own_index(options: &ImportOptions) -> Result<Option<SearchIndex>, IndexError> {
    match SearchIndex::open(options.data.join("index")) {
        Err(IndexError::Locked(_)) => Ok(None),
        opened => opened.map(Some),
    }
}

/// Puts a posting aside for the index, unless that failed before.
fn prepare(growing: &mut io::Result<Growing>, number: &PostingNumber, content_hash: i64, doc: &Doc) {
    if let Ok(segment) = growing
        && let Err(error) = segment.prepare(number, content_hash, doc)
    {
        *growing = Err(error);
    }
}

/// Makes what was imported searchable. A running `serve` keeps the index itself and takes the changes in within seconds.
///
/// # Errors
/// If the index cannot be written.
pub async fn bring_up_to_date(options: &ImportOptions, database: &Database) -> Result<(), Box<dyn Error + Send + Sync>> {
    let index = own_index(options)?;
    make_searchable(options, database, index, None).await
}

async fn make_searchable(
    options: &ImportOptions,
    database: &Database,
    index: Option<SearchIndex>,
    growing: Option<io::Result<Growing>>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let Some(index) = index else {
        println!("{}", text::import_index_elsewhere());
        return Ok(());
    };
    let bar = ProgressBar::new_spinner();
    bar.set_style(style("{spinner} {msg} {human_pos}"));
    bar.set_message(text::import_indexing());
    bar.enable_steady_tick(Duration::from_millis(200));
    if let Some(growing) = growing {
        index.follow_with(growing?, database, &options.settings(), |taken| bar.set_position(taken)).await?;
    }
    while index.follow(database, &options.settings(), |taken| bar.set_position(taken)).await? {}
    bar.finish_and_clear();
    Ok(())
}

/// Success, or the complaints as the command's error.
///
/// # Errors
/// If there are complaints.
pub fn outcome(complaints: &[String]) -> Result<(), String> {
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}
