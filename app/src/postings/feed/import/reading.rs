//! Reading one source to its end: one thread reads the XML, others derive and pack, and what is new or has changed goes to the spool.

use super::spool::{Spool, Spooled};
use super::{Event, FailedSource, ImportError, ImportJob, Rejection, Source, Totals, Watch};
use crate::database::Database;
use crate::postings::db::{self, Incoming, Packer, flatten};
use crate::postings::feed::derive::{DERIVATION, derive};
use crate::postings::feed::reader::{ReadError, read_records};
use crate::postings::feed::settings::FeedSettings;
use crate::postings::number::PostingNumber;
use crate::postings::record::Record;
use crate::postings::search::index::Doc;
use crate::text;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

/// The niceness of threads that read and derive.
#[cfg(target_os = "linux")]
const STEPPED_BACK: i32 = 10;

/// Records that go from one thread to the next together.
const BATCH: usize = 256;
/// Bytes of records after which a batch is full even with fewer of them.
const BATCH_BYTES: usize = 2 << 20;
/// Batches that wait between two threads; with the two above this bounds the memory.
const WAITING: usize = 4;
/// Batches that are derived and packed at once. Few, so that the thread that holds the writer gets its share of the processors.
const PREPARING: usize = 2;
/// The longest record that is taken, bytes of its flat form; the longest real ones have about 20 kB [own].
const LONGEST_RECORD: usize = 1 << 20;

/// The tag of a posting's number.
const NUMBER: &str = "kjno";

/// The postings of a delivery so far: packed number to content hash.
#[derive(Default)]
pub(super) struct Delivery(HashMap<u64, i64>);

impl Delivery {
    /// Whether a posting with this number stood in it.
    pub(super) fn holds(&self, number: &PostingNumber) -> bool {
        self.0.contains_key(&key(number))
    }

    /// Adds what a source held.
    pub(super) fn add(&mut self, other: Self) {
        if self.0.is_empty() {
            *self = other;
        } else {
            self.0.extend(other.0);
        }
    }
}

/// A number in eight bytes: office, serial, and how many digits the serial has (its leading zeros count).
fn key(number: &PostingNumber) -> u64 {
    let (office, serial) = number.as_str().split_once('-').unwrap_or_default();
    let value = |digits: &str| digits.bytes().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
    (value(office) * 100_000_000 + value(serial)) * 16 + serial.len() as u64
}

/// A source that was read to its end.
pub(super) struct Read {
    /// What is new or has changed.
    pub(super) spooled: Spooled,
    /// Counts so far; what is spooled is not in them but in `read`.
    pub(super) totals: Totals,
    /// The numbers that stood in the source.
    pub(super) numbers: Delivery,
}

/// A record on its way from the reading thread.
struct Flat {
    record: Record,
    flat: Vec<u8>,
    hash: i64,
}

/// Some records and how many bytes of the source had been taken by then.
struct Batch {
    records: Vec<Flat>,
    bytes: u64,
}

/// Reads a source to its end; the inner error says why that was not possible.
pub(super) async fn read(
    database: &Database,
    job: &ImportJob,
    source: &Source,
    before: &Delivery,
    watch: Watch<'_>,
) -> Result<Result<Read, FailedSource>, ImportError> {
    let name = source.name();
    watch(Event::Begun { source: &name, bytes: source.bytes() });
    let settings = Arc::new(job.settings.clone());
    let (batches, mut receive) = mpsc::channel(WAITING);
    let reader = spawn_blocking({
        let (source, reading) = (source.clone(), reading(&settings));
        move || {
            step_back();
            read_source(&source, reading, batches)
        }
    });
    let mut taking = Taking {
        before,
        numbers: Delivery::default(),
        totals: Totals::default(),
        spool: Spool::new(&job.spool_folder)?,
        preparing: VecDeque::new(),
        settings,
        prepares: job.prepares,
        source: &name,
    };
    while let Some(batch) = receive.recv().await {
        let bytes = batch.bytes;
        taking.take(database, batch, watch).await?;
        watch(Event::Read { bytes, postings: taking.totals.read });
    }
    taking.finish(watch).await?;
    match ended(reader.await) {
        Ok(()) => Ok(Ok(Read { spooled: taking.spool.rewind()?, totals: taking.totals, numbers: taking.numbers })),
        Err(reason) => Ok(Err(FailedSource { source: name, reason })),
    }
}

/// Lets the threads that hold the writer go first where processors are short: this one has work for minutes, others wait for them.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), STEPPED_BACK) {
        tracing::debug!(%error, "a reading thread keeps its priority");
    }
}

/// Whatever decides, beside the record itself, what is derived from it.
#[must_use]
pub fn reading(settings: &FeedSettings) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(format!("{settings:?}").as_bytes(), u64::from(DERIVATION))
}

/// What a thread or task gave; a panic goes on in this one.
pub(super) fn ended<T>(result: Result<T, JoinError>) -> T {
    result.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

/// The reading thread: records in batches until the end, the first error, or until nobody wants them any more.
fn read_source(source: &Source, reading: u64, batches: mpsc::Sender<Batch>) -> Result<(), String> {
    let count = Arc::new(AtomicU64::new(0));
    let opened = source.open(count.clone()).map_err(|error| error.to_string())?;
    let (mut records, mut bytes) = (Vec::with_capacity(BATCH), 0);
    let result = read_records(opened, |record| {
        let flat = flatten(&record);
        let hash = Incoming::content_hash(&flat, reading);
        bytes += flat.len();
        records.push(Flat { record, flat, hash });
        if records.len() < BATCH && bytes < BATCH_BYTES {
            return ControlFlow::Continue(());
        }
        bytes = 0;
        let batch = Batch { records: std::mem::replace(&mut records, Vec::with_capacity(BATCH)), bytes: count.load(Ordering::Relaxed) };
        if batches.blocking_send(batch).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    result.map_err(|error: ReadError| error.to_string())?;
    // Nobody listens any more only if the import itself has failed, which is told there.
    drop(batches.blocking_send(Batch { records, bytes: count.load(Ordering::Relaxed) }));
    Ok(())
}

/// A batch being derived and packed.
type Preparing = JoinHandle<io::Result<Prepared>>;

/// What can be kept, with what the search index takes in of it, and what cannot.
#[derive(Default)]
struct Prepared {
    postings: Vec<(Incoming, Option<Doc>)>,
    rejected: Vec<Vec<Rejection>>,
}

/// The taking side of [`read`].
struct Taking<'a> {
    before: &'a Delivery,
    numbers: Delivery,
    totals: Totals,
    spool: Spool,
    preparing: VecDeque<Preparing>,
    settings: Arc<FeedSettings>,
    prepares: bool,
    source: &'a str,
}

impl Taking<'_> {
    /// Sorts out what is repeated, foreign or unchanged and gives the rest to a thread that prepares it.
    async fn take(&mut self, database: &Database, batch: Batch, watch: Watch<'_>) -> Result<(), ImportError> {
        let mut wanted = Vec::with_capacity(batch.records.len());
        for flat in batch.records {
            self.totals.read += 1;
            match flat.record.get(NUMBER).map(str::parse::<PostingNumber>) {
                Some(Ok(number)) => {
                    if self.admits(&number, &flat, watch) {
                        wanted.push((Some(number), flat));
                    }
                }
                // Deriving says what is wrong with the number.
                _ => wanted.push((None, flat)),
            }
        }
        let numbers: Vec<_> = wanted.iter().filter_map(|(number, _)| number.clone()).collect();
        let known = db::known(database, &numbers).await?;
        let is_kept = |number: &PostingNumber, hash| known.get(number).is_some_and(|known| !known.closed && known.content_hash == hash);
        wanted.retain(|(number, flat)| !number.as_ref().is_some_and(|number| is_kept(number, flat.hash)));
        self.totals.unchanged += (numbers.len() - wanted.iter().filter(|(number, _)| number.is_some()).count()) as u64;
        if !wanted.is_empty() {
            let (settings, source, prepares) = (self.settings.clone(), self.source.to_owned(), self.prepares);
            let flats = wanted.into_iter().map(|(_, flat)| flat).collect();
            self.preparing.push_back(spawn_blocking(move || {
                step_back();
                prepare(flats, &settings, &source, prepares)
            }));
        }
        while self.preparing.len() > PREPARING {
            self.spool_oldest(watch).await?;
        }
        Ok(())
    }

    /// Whether a posting is the first with its number in the delivery and may belong to the feed; otherwise it is counted and told.
    /// The first one decides, even if it turns out faulty: which of two postings with one number is true cannot be told from here.
    fn admits(&mut self, number: &PostingNumber, flat: &Flat, watch: Watch<'_>) -> bool {
        if number.is_desk() {
            self.reject(&Rejection::of_number(self.source, number, text::import_clash()), watch);
            return false;
        }
        let key = key(number);
        match self.before.0.get(&key).or_else(|| self.numbers.0.get(&key)) {
            None => {
                self.numbers.0.insert(key, flat.hash);
                return true;
            }
            Some(hash) if *hash == flat.hash => self.totals.repeated += 1,
            Some(_) => self.reject(&Rejection::of_number(self.source, number, text::import_duplicate()), watch),
        }
        false
    }

    fn reject(&mut self, rejection: &Rejection, watch: Watch<'_>) {
        self.totals.rejected += 1;
        watch(Event::Rejected(rejection));
    }

    async fn spool_oldest(&mut self, watch: Watch<'_>) -> Result<(), ImportError> {
        let Some(oldest) = self.preparing.pop_front() else { return Ok(()) };
        let Prepared { postings, rejected } = ended(oldest.await)?;
        for (incoming, doc) in &postings {
            self.spool.push(incoming)?;
            if let Some(doc) = doc {
                watch(Event::Prepared { number: &incoming.number, content_hash: incoming.content_hash, doc });
            }
        }
        for faults in &rejected {
            self.totals.rejected += 1;
            faults.iter().for_each(|fault| watch(Event::Rejected(fault)));
        }
        Ok(())
    }

    async fn finish(&mut self, watch: Watch<'_>) -> Result<(), ImportError> {
        while !self.preparing.is_empty() {
            self.spool_oldest(watch).await?;
        }
        Ok(())
    }
}

impl Rejection {
    /// A posting whose number stands in the way.
    pub(super) fn of_number(source: &str, number: &PostingNumber, reason: &str) -> Self {
        Self { source: source.to_owned(), number: Some(number.to_string()), item: NUMBER.to_owned(), reason: reason.to_owned() }
    }
}

/// Derives and packs some records.
fn prepare(flats: Vec<Flat>, settings: &FeedSettings, source: &str, prepares: bool) -> io::Result<Prepared> {
    let mut packer = Packer::new()?;
    let mut prepared = Prepared::default();
    for Flat { record, flat, hash } in flats {
        if flat.len() > LONGEST_RECORD {
            prepared.rejected.push(vec![Rejection {
                source: source.to_owned(),
                number: record.get(NUMBER).map(str::to_owned),
                item: "data".to_owned(),
                reason: text::import_too_long(LONGEST_RECORD),
            }]);
            continue;
        }
        match derive(&record, settings) {
            Ok(derived) => {
                let doc = prepares.then(|| Doc::of(&derived.posting, &derived.listing)).flatten();
                let incoming = Incoming {
                    number: derived.posting.number,
                    content_hash: hash,
                    scope: derived.listing.scope,
                    received_on: derived.posting.received_on,
                    deadline: derived.posting.deadline,
                    summary: serde_json::to_string(&derived.listing).map_err(io::Error::other)?,
                    packed: packer.pack(&flat)?,
                };
                prepared.postings.push((incoming, doc));
            }
            Err(faults) => {
                let number = record.get(NUMBER).map(str::to_owned);
                let told = faults.into_iter().map(|fault| Rejection {
                    source: source.to_owned(),
                    number: number.clone(),
                    item: fault.item.to_string(),
                    reason: fault.reason.to_string(),
                });
                prepared.rejected.push(told.collect());
            }
        }
    }
    Ok(prepared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_numbers_have_different_keys() {
        let numbers = ["13010-1", "13010-01", "13010-10", "13010-12345678", "01301-1", "99999-99999999", "00000-0", "00000-00000000"];
        let keys: std::collections::HashSet<_> = numbers.iter().map(|text| key(&text.parse().expect("a number"))).collect();
        assert_eq!(keys.len(), numbers.len());
    }
}
