//! Builds the lists of one field: first of all pairs of characters, then, as long as runs stay frequent, of runs one longer.

use super::bitmap::Bitmap;
use super::grams::{END, Entry, LONGEST, Run, Texts, is_dense, push_distance, run, symbol, threshold, write_row};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes the lists of `texts` into the file `lists`; gives the dictionary.
///
/// # Errors
/// If a file cannot be read or written.
pub fn build(texts: &Texts, lists: &Path) -> io::Result<Vec<u8>> {
    let mut writer = BufWriter::with_capacity(1 << 20, File::create(lists)?);
    let mut written = Written { writer: &mut writer, offset: 0, documents: texts.count(), rows: Vec::new() };
    let frequent = pairs(texts, &mut written)?;
    let mut hopeful = Hopeful::threes(texts, &frequent)?;
    drop(frequent);
    for length in 3..=LONGEST {
        let (lists, next) = hopeful.lists(texts, length)?;
        if lists.write(&mut written, threshold(texts.count()))?.is_empty() {
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
fn pairs(texts: &Texts, written: &mut Written<'_>) -> io::Result<Frequent> {
    let mut lists = Lists::default();
    let mut symbols = Vec::new();
    texts.for_each(|document, _, text| {
        read_symbols(text, &mut symbols);
        if !symbols.is_empty() {
            symbols.push(END);
        }
        for pair in symbols.windows(2) {
            lists.add(run(pair), document);
        }
    })?;
    lists.write(written, 0)
}

/// What may be frequent of the next length: runs whose both ends are, and that are counted often enough.
struct Hopeful {
    /// Where a run one shorter begins that may be frequent.
    shorter: Places,
    /// How often the runs occur whose both ends are among those.
    counts: Counts,
}

impl Hopeful {
    fn new(texts: &Texts) -> Self {
        Self { shorter: Places::nowhere(texts), counts: Counts::default() }
    }

    /// The runs of three, by the frequent pairs.
    fn threes(texts: &Texts, frequent: &Frequent) -> io::Result<Self> {
        let mut hopeful = Self::new(texts);
        let mut symbols = Vec::new();
        texts.for_each(|_, start, text| {
            read_symbols(text, &mut symbols);
            let mut before = None;
            for (at, pair) in runs(&symbols, 2) {
                before = frequent.contains(&pair).then(|| hopeful.add(start, at, pair, symbols[at + 1], 2, before));
            }
        })?;
        Ok(hopeful)
    }

    /// Notes that a run of `length` may be frequent which begins at a place and ends with the symbol `last`; `before` is the run that
    /// begins one character earlier, if it may be frequent too: together they are a run one longer. Gives `run` back.
    fn add(&mut self, start: u64, at: usize, run: Run, last: u16, length: usize, before: Option<Run>) -> Run {
        self.shorter.add(start, at);
        if let (Some(before), true) = (before, length < LONGEST) {
            self.counts.add(before | Run::from(last) << (112 - 16 * length));
        }
        run
    }

    /// The lists of the runs of `length` that may be frequent, and what may be of the next length.
    fn lists(&self, texts: &Texts, length: usize) -> io::Result<(Lists, Self)> {
        let least = threshold(texts.count());
        let mut lists = Lists::default();
        let mut next = Self::new(texts);
        let mut symbols = Vec::new();
        texts.for_each(|document, start, text| {
            read_symbols(text, &mut symbols);
            let mut before = None;
            for (at, run) in runs(&symbols, length) {
                let hopeful = self.shorter.has(start, at) && self.shorter.has(start, at + 1) && self.counts.get(run) > least;
                before = hopeful.then(|| {
                    lists.add(run, document);
                    next.add(start, at, run, symbols[at + length - 1], length, before)
                });
            }
        })?;
        Ok((lists, next))
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

fn read_symbols(text: &str, symbols: &mut Vec<u16>) {
    symbols.clear();
    symbols.extend(text.chars().map(symbol));
}

/// The places of the texts where a frequent run begins: a bit each, counted in characters from the text's first byte.
struct Places(Vec<u64>);

impl Places {
    fn nowhere(texts: &Texts) -> Self {
        Self(vec![0; usize::try_from(texts.bytes() / 64).unwrap_or_default() + 1])
    }

    fn bit(start: u64, at: usize) -> (usize, u32) {
        let place = usize::try_from(start).unwrap_or_default() + at;
        (place / 64, u32::try_from(place % 64).unwrap_or_default())
    }

    fn has(&self, start: u64, at: usize) -> bool {
        let (word, bit) = Self::bit(start, at);
        self.0[word] >> bit & 1 == 1
    }

    fn add(&mut self, start: u64, at: usize) {
        let (word, bit) = Self::bit(start, at);
        self.0[word] |= 1 << bit;
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

    fn get(&self, run: Run) -> u32 {
        self.0[Self::place(run)]
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

#[derive(Default)]
struct Lists {
    numbers: HashMap<Run, u32, BuildHasherDefault<RunHasher>>,
    lists: Vec<List>,
}

impl Lists {
    fn add(&mut self, run: Run, document: u32) {
        let fresh = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(run).or_insert(fresh);
        if number == fresh {
            self.lists.push(List::default());
        }
        let list = &mut self.lists[number as usize];
        let next = document + 1;
        if list.next != next {
            push_distance(next - list.next, &mut list.bytes);
            list.next = next;
            list.frequency += 1;
        }
    }

    /// Writes the lists of more than `least` documents; gives the runs that are frequent.
    fn write(self, written: &mut Written<'_>, least: u32) -> io::Result<Frequent> {
        let worth = threshold(written.documents);
        let mut frequent = Frequent::default();
        for (run, number) in &self.numbers {
            let list = &self.lists[*number as usize];
            if list.frequency <= least {
                continue;
            }
            if list.frequency > worth && *run & 0xffff << 96 != Run::from(END) << 96 {
                frequent.insert(*run);
            }
            written.list(*run, list)?;
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
            super::grams::distances(&list.bytes, |document| set.insert(document));
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

    fn write_u128(&mut self, run: u128) {
        self.0 = mix(run);
    }
}
