//! Builds the lists of one field: first of all pairs of characters, then, as long as runs stay frequent, of runs one longer.

use super::bitmap::Bitmap;
use super::grams::{END, Entry, LONGEST, Run, Texts, distances, is_dense, push_distance, run, threshold, write_row};
use super::symbols::{Half, Symbols};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes the lists of `texts` into the file `lists`; gives the dictionary.
///
/// # Errors
/// If a file cannot be read or written.
pub fn build(texts: &Texts, lists: &Path) -> io::Result<Vec<u8>> {
    let mut writer = BufWriter::with_capacity(1 << 20, File::create(lists)?);
    let mut written = Written { writer: &mut writer, offset: 0, documents: texts.count(), rows: Vec::new() };
    let symbols = Symbols::of(texts, lists.parent().unwrap_or(Path::new(".")))?;
    let frequent = pairs(&symbols, &mut written)?;
    let mut hopeful = Hopeful::threes(&symbols, &frequent)?;
    drop(frequent);
    for length in 3..=LONGEST {
        let (lists, next) = hopeful.lists(&symbols, length)?;
        if lists.write(&mut written, threshold(texts.count()), |run| run)?.is_empty() {
            break;
        }
        hopeful = next;
    }
    let dictionary = written.dictionary();
    writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(dictionary)
}

type Frequent = HashSet<Run, BuildHasherDefault<RunHasher>>;

/// The lists of all pairs; gives the frequent ones.
fn pairs(symbols: &Symbols, written: &mut Written<'_>) -> io::Result<Frequent> {
    let lists = symbols.on_halves(|_, half| {
        let mut lists = Lists::default();
        half.for_each(|document, _, symbols| {
            if !symbols.is_empty() {
                symbols.push(END);
            }
            for pair in symbols.windows(2) {
                lists.add(Pair::from(pair[0]) << 16 | Pair::from(pair[1]), document);
            }
        })?;
        Ok(lists)
    })?;
    Lists::joined(lists).write(written, 0, |pair| Run::from(pair) << 96)
}

/// Two symbols: as a key a quarter of a [`Run`], for the pass that adds most.
type Pair = u32;

/// What may be frequent of the next length: runs whose both ends are, and that are counted often enough.
struct Hopeful {
    /// Where a run one shorter begins that may be frequent, in each half of the texts.
    shorter: [Places; 2],
    /// How often the runs occur whose both ends are among those.
    counts: Counts,
}

impl Hopeful {
    fn of([first, second]: [Found; 2]) -> Self {
        Self { shorter: [first.places, second.places], counts: first.counts.plus(&second.counts) }
    }

    /// The runs of three, by the frequent pairs.
    fn threes(symbols: &Symbols, frequent: &Frequent) -> io::Result<Self> {
        let found = symbols.on_halves(|_, half| {
            let mut found = Found::new(&half);
            half.for_each(|_, start, symbols| {
                let mut before = None;
                for (at, pair) in runs(symbols, 2) {
                    before = frequent.contains(&pair).then(|| found.add(start + at, pair, symbols[at + 1], 2, before));
                }
            })?;
            Ok(found)
        })?;
        Ok(Self::of(found))
    }

    /// The lists of the runs of `length` that may be frequent, and what may be of the next length.
    fn lists(&self, symbols: &Symbols, length: usize) -> io::Result<(Lists<Run>, Self)> {
        let often = self.counts.above(threshold(symbols.texts()));
        let [first, second] = symbols.on_halves(|number, half| {
            let shorter = &self.shorter[number];
            let mut lists = Lists::default();
            let mut found = Found::new(&half);
            half.for_each(|document, start, symbols| {
                let mut before = None;
                for (at, run) in runs(symbols, length) {
                    let place = start + at;
                    let hopeful = shorter.has(place) && shorter.has(place + 1) && often.has(run);
                    before = hopeful.then(|| {
                        lists.add(run, document);
                        found.add(place, run, symbols[at + length - 1], length, before)
                    });
                }
            })?;
            Ok((lists, found))
        })?;
        Ok((Lists::joined([first.0, second.0]), Self::of([first.1, second.1])))
    }
}

/// What a pass over one half finds for the next length.
struct Found {
    places: Places,
    counts: Counts,
}

impl Found {
    fn new(half: &Half<'_>) -> Self {
        Self { places: Places::nowhere(half), counts: Counts::default() }
    }

    /// Notes that a run of `length` may be frequent which begins at a place and ends with the symbol `last`; `before` is the run that
    /// begins one character earlier, if it may be frequent too: together they are a run one longer. Gives `run` back.
    fn add(&mut self, place: usize, run: Run, last: u16, length: usize, before: Option<Run>) -> Run {
        self.places.add(place);
        if let (Some(before), true) = (before, length < LONGEST) {
            self.counts.add(before | Run::from(last) << (112 - 16 * length));
        }
        run
    }
}

/// The runs of `length` symbols with the places where they begin.
fn runs(symbols: &[u16], length: usize) -> impl Iterator<Item = (usize, Run)> {
    let (first, rest) = symbols.split_at(symbols.len().min(length - 1));
    let last = 128 - 16 * length;
    let mut current = run(first) >> 16;
    rest.iter().enumerate().map(move |(at, symbol)| {
        current = current << 16 | Run::from(*symbol) << last;
        (at, current)
    })
}

/// The places of a half where a frequent run begins: a bit for each symbol.
struct Places(Vec<u64>);

impl Places {
    fn nowhere(half: &Half<'_>) -> Self {
        // One more than there are symbols: what follows the last one is asked for.
        Self(vec![0; half.symbols() / 64 + 1])
    }

    fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }
}

/// How often runs occur, at least: runs that share a place are counted together, so that most rare ones need no list to be found rare.
struct Counts(Vec<u32>);

const COUNTS: usize = 1 << 22;

impl Default for Counts {
    fn default() -> Self {
        Self(vec![0; COUNTS])
    }
}

impl Counts {
    fn place(run: Run) -> usize {
        usize::try_from(mix(run) >> 40).unwrap_or_default() & (COUNTS - 1)
    }

    fn add(&mut self, run: Run) {
        let count = &mut self.0[Self::place(run)];
        *count = count.saturating_add(1);
    }

    fn plus(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a = a.saturating_add(*b));
        self
    }

    /// The places counted more than `least` times: a bit each, so that all of them fit into the processor's own memory.
    fn above(&self, least: u32) -> Often {
        let word = |counts: &[u32]| (0..).zip(counts).fold(0, |word, (bit, count)| word | u64::from(*count > least) << bit);
        Often(self.0.chunks(64).map(word).collect())
    }
}

/// Which runs may be frequent, by [`Counts`].
struct Often(Vec<u64>);

impl Often {
    fn has(&self, run: Run) -> bool {
        let place = Counts::place(run);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }
}

/// The list of a run while it grows.
#[derive(Default)]
struct List {
    /// One more than the last document, 0 before the first.
    next: u32,
    frequency: u32,
    bytes: Vec<u8>,
}

impl List {
    fn add(&mut self, document: u32) {
        let next = document + 1;
        if self.next != next {
            push_distance(next - self.next, &mut self.bytes);
            self.next = next;
            self.frequency += 1;
        }
    }

    /// Adds a list of later documents. Its first distance counts from before document 0.
    fn append(&mut self, later: &Self) {
        let Some(end) = later.bytes.iter().position(|byte| byte & 0x80 == 0) else { return };
        let (first, rest) = later.bytes.split_at(end + 1);
        distances(first, |document| push_distance(document + 1 - self.next, &mut self.bytes));
        self.bytes.extend_from_slice(rest);
        self.next = later.next;
        self.frequency += later.frequency;
    }
}

struct Lists<K> {
    numbers: HashMap<K, u32, BuildHasherDefault<RunHasher>>,
    lists: Vec<List>,
}

impl<K> Default for Lists<K> {
    fn default() -> Self {
        Self { numbers: HashMap::default(), lists: Vec::new() }
    }
}

impl<K: Copy + Eq + Hash> Lists<K> {
    fn add(&mut self, run: K, document: u32) {
        let fresh = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(run).or_insert(fresh);
        if number == fresh {
            self.lists.push(List::default());
        }
        self.lists[number as usize].add(document);
    }

    /// The lists of all texts, of those of both halves.
    fn joined([mut first, second]: [Self; 2]) -> Self {
        for (key, number) in second.numbers {
            let list = &second.lists[number as usize];
            let fresh = u32::try_from(first.lists.len()).unwrap_or(u32::MAX);
            let own = *first.numbers.entry(key).or_insert(fresh);
            if own == fresh {
                first.lists.push(List::default());
            }
            first.lists[own as usize].append(list);
        }
        first
    }

    /// Writes the lists of more than `least` documents; gives the runs that are frequent.
    fn write(self, written: &mut Written<'_>, least: u32, as_run: impl Fn(K) -> Run) -> io::Result<Frequent> {
        let worth = threshold(written.documents);
        let mut frequent = Frequent::default();
        for (key, number) in &self.numbers {
            let (run, list) = (as_run(*key), &self.lists[*number as usize]);
            if list.frequency <= least {
                continue;
            }
            if list.frequency > worth && run & 0xffff << 96 != Run::from(END) << 96 {
                frequent.insert(run);
            }
            written.list(run, list)?;
        }
        Ok(frequent)
    }
}

/// The file of lists while it grows.
struct Written<'a> {
    writer: &'a mut BufWriter<File>,
    offset: u64,
    documents: u32,
    rows: Vec<(Run, Entry)>,
}

impl Written<'_> {
    fn list(&mut self, run: Run, list: &List) -> io::Result<()> {
        let dense = is_dense(list.frequency, self.documents).then(|| {
            let mut set = Bitmap::none(self.documents);
            distances(&list.bytes, |document| set.insert(document));
            set.bytes()
        });
        let bytes = dense.as_deref().unwrap_or(&list.bytes);
        self.writer.write_all(bytes)?;
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.rows.push((run, Entry { offset: self.offset, frequency: list.frequency, length }));
        self.offset += u64::from(length);
        Ok(())
    }

    fn dictionary(mut self) -> Vec<u8> {
        self.rows.sort_unstable_by_key(|(run, _)| *run);
        let mut dictionary = Vec::new();
        for (run, entry) in self.rows {
            write_row(run, entry, &mut dictionary);
        }
        dictionary
    }
}

/// Spreads the bits of a run; runs are no secret, so a keyed hash would only cost time.
fn mix(run: Run) -> u64 {
    let (high, low) = (u64::try_from(run >> 64).unwrap_or_default(), u64::try_from(run & Run::from(u64::MAX)).unwrap_or_default());
    let mixed = (high ^ low.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// [`mix`] as the hasher of a map.
#[derive(Default)]
struct RunHasher(u64);

impl Hasher for RunHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(Run::from(self.0) << 64 | Run::from(*byte));
        }
    }

    fn write_u32(&mut self, pair: u32) {
        self.0 = mix(Run::from(pair) << 96);
    }

    fn write_u128(&mut self, run: u128) {
        self.0 = mix(run);
    }
}
