//! Where a phrase stands: for one field, the documents of every two characters in a row, and of longer runs where those are frequent.
//!
//! A phrase is either itself a run with a list (its documents are the answer), or some run in it stands in few documents, whose texts
//! are then read. So no phrase, however common, costs more than reading [`threshold`] texts. The lists stay in files; the operating
//! system keeps what is used in memory.

use super::bitmap::Bitmap;
use memchr::memmem;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Characters of the longest run that has a list of its own.
pub const LONGEST: usize = 8;

/// Stands after the last character of a text in the runs of two, so that a single character is found there too.
pub const END: u16 = 1;

/// A run of at most [`LONGEST`] characters: its symbols from the left, zeros behind. Runs sort as texts do.
pub type Run = u128;

/// A character in two bytes: itself, or for the few beyond the basic plane a stand-in of the private area, see [`is_exact`].
#[must_use]
pub fn symbol(c: char) -> u16 {
    u16::try_from(c as u32).unwrap_or(0xe000 + u16::try_from(c as u32 & 0x0fff).unwrap_or_default())
}

/// Whether the symbol stands for one character only.
#[must_use]
pub const fn is_exact(symbol: u16) -> bool {
    !matches!(symbol, 0xe000..=0xf8ff)
}

/// The run of these symbols, at most [`LONGEST`] of them.
#[must_use]
pub fn run(symbols: &[u16]) -> Run {
    symbols.iter().enumerate().fold(0, |run, (at, symbol)| run | Run::from(*symbol) << (112 - 16 * at))
}

/// Of so many documents, a run that stands in more than this many is worth longer runs, and a text is read for at most this many.
#[must_use]
pub const fn threshold(documents: u32) -> u32 {
    if documents / 256 > 64 { documents / 256 } else { 64 }
}

/// Whether a list of `frequency` documents is written as a bitmap rather than as distances.
#[must_use]
pub const fn is_dense(frequency: u32, documents: u32) -> bool {
    frequency > documents / 16
}

/// Where a run's list is.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Byte offset in the file of lists.
    pub offset: u64,
    /// How many documents it has.
    pub frequency: u32,
    /// Its length in bytes.
    pub length: u32,
}

/// The runs of one field of a segment, and its texts.
#[derive(Debug)]
pub struct Grams {
    documents: u32,
    runs: Vec<Run>,
    entries: Vec<Entry>,
    lists: File,
    texts: Texts,
}

/// The folded texts of one field, one behind the other in a file.
#[derive(Debug)]
pub struct Texts {
    file: File,
    /// Where each text begins, and behind the last one where the file ends.
    starts: Vec<u64>,
}

impl Texts {
    /// Opens a file of texts that begin at `starts`.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub fn open(path: &Path, starts: Vec<u64>) -> io::Result<Self> {
        Ok(Self { file: File::open(path)?, starts })
    }

    /// Where the texts begin, as `open` takes it, little-endian.
    #[must_use]
    pub fn starts_bytes(&self) -> Vec<u8> {
        self.starts.iter().flat_map(|start| start.to_le_bytes()).collect()
    }

    /// How many texts there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// Reads one text into `buffer`, replacing what is in it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(&self, document: u32, buffer: &mut Vec<u8>) -> io::Result<()> {
        let (from, to) = (self.starts[document as usize], self.starts[document as usize + 1]);
        buffer.resize(usize::try_from(to - from).unwrap_or_default(), 0);
        self.file.read_exact_at(buffer, from)
    }

    /// Calls `each` with every text in turn, until one fails.
    ///
    /// # Errors
    /// If the file cannot be read or is no UTF-8, and those of `each`.
    pub fn for_each(&self, mut each: impl FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        use io::{BufRead as _, Read as _};
        let mut reader = io::BufReader::with_capacity(1 << 18, self.file.try_clone()?);
        io::Seek::rewind(&mut reader)?;
        let mut buffer = Vec::new();
        for span in self.starts.windows(2) {
            let length = usize::try_from(span[1] - span[0]).unwrap_or_default();
            if reader.buffer().len() >= length {
                each(text(&reader.buffer()[..length])?)?;
                reader.consume(length);
            } else {
                buffer.resize(length, 0);
                reader.read_exact(&mut buffer)?;
                each(text(&buffer)?)?;
            }
        }
        Ok(())
    }
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

impl Grams {
    /// The field whose lists and texts were written by `build`.
    ///
    /// # Errors
    /// If a file is missing, cut off, or not of the form that was written.
    pub fn open(lists: &Path, dictionary: &[u8], texts: Texts) -> io::Result<Self> {
        let rows = dictionary.chunks_exact(ROW);
        if !rows.remainder().is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a dictionary of the index is cut off"));
        }
        let (runs, entries) = rows.map(read_row).unzip();
        Ok(Self { documents: texts.count(), runs, entries, lists: File::open(lists)?, texts })
    }

    /// The texts of the field.
    #[must_use]
    pub const fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Adds to `found` the documents whose text contains `phrase` (folded, not empty). Of documents outside `within` it may add
    /// any or none: the caller is not interested in them.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn find(&self, phrase: &str, within: &Bitmap, found: &mut Bitmap) -> io::Result<()> {
        let symbols: Vec<u16> = phrase.chars().map(symbol).collect();
        let exact = symbols.iter().all(|symbol| is_exact(*symbol));
        if let [one] = symbols[..] {
            return if exact { self.find_one(one, found) } else { self.find_unsure(&[one, END], phrase, within, found) };
        }
        if exact && symbols.len() <= LONGEST {
            match self.entry(run(&symbols)) {
                Some(entry) => return self.add(entry, found),
                None if symbols.len() == 2 => return Ok(()),
                None => {}
            }
        }
        self.find_unsure(&symbols, phrase, within, found)
    }

    /// One character: it begins a run of two wherever it stands.
    fn find_one(&self, symbol: u16, found: &mut Bitmap) -> io::Result<()> {
        let first = run(&[symbol]);
        let from = self.runs.partition_point(|run| *run < first);
        let pairs =
            (from..self.runs.len()).take_while(|at| self.runs[*at] >> 112 == Run::from(symbol)).filter(|at| self.runs[*at] << 32 == 0);
        for at in pairs {
            self.add(at, found)?;
        }
        Ok(())
    }

    /// A phrase without a list of its own: the documents of all runs in it are candidates, whose texts are read.
    fn find_unsure(&self, symbols: &[u16], phrase: &str, within: &Bitmap, found: &mut Bitmap) -> io::Result<()> {
        let candidates = if symbols.len() == 2 && symbols[1] == END {
            let mut all = Bitmap::none(self.documents);
            self.find_one(symbols[0], &mut all)?;
            all.and(within);
            all.iter().collect()
        } else {
            self.candidates(symbols, within)?
        };
        let finder = memmem::Finder::new(phrase);
        let mut text = Vec::new();
        for document in candidates {
            if !found.has(document) {
                self.texts.read(document, &mut text)?;
                if finder.find(&text).is_some() {
                    found.insert(document);
                }
            }
        }
        Ok(())
    }

    fn candidates(&self, symbols: &[u16], within: &Bitmap) -> io::Result<Vec<u32>> {
        let Some(mut entries) = self.cover(symbols) else { return Ok(Vec::new()) };
        entries.sort_by_key(|at| self.entries[*at].frequency);
        let Some((rarest, others)) = entries.split_first() else { return Ok(Vec::new()) };
        let mut candidates = Vec::new();
        self.for_each(*rarest, |document| {
            if within.has(document) {
                candidates.push(document);
            }
        })?;
        for at in others {
            // Reading a text costs as much as some hundred entries of a list.
            if self.entries[*at].frequency as usize / 256 < candidates.len() {
                self.retain(*at, &mut candidates)?;
            }
        }
        Ok(candidates)
    }

    /// The longest run with a list at each place, without those inside another; `None` if a pair stands nowhere.
    fn cover(&self, symbols: &[u16]) -> Option<Vec<usize>> {
        let mut cover = Vec::new();
        let mut covered = 0;
        for start in 0..symbols.len() - 1 {
            let longest = LONGEST.min(symbols.len() - start);
            let (length, at) = (2..=longest).rev().find_map(|n| Some((n, self.entry(run(&symbols[start..start + n]))?)))?;
            if start + length > covered {
                covered = start + length;
                cover.push(at);
            }
        }
        Some(cover)
    }

    fn entry(&self, run: Run) -> Option<usize> {
        self.runs.binary_search(&run).ok()
    }

    fn list(&self, at: usize) -> io::Result<Vec<u8>> {
        let entry = self.entries[at];
        let mut bytes = vec![0; entry.length as usize];
        self.lists.read_exact_at(&mut bytes, entry.offset)?;
        Ok(bytes)
    }

    fn is_dense(&self, at: usize) -> bool {
        is_dense(self.entries[at].frequency, self.documents)
    }

    fn add(&self, at: usize, found: &mut Bitmap) -> io::Result<()> {
        let bytes = self.list(at)?;
        if self.is_dense(at) {
            found.or_bytes(&bytes);
        } else {
            distances(&bytes, |document| found.insert(document));
        }
        Ok(())
    }

    fn for_each(&self, at: usize, mut each: impl FnMut(u32)) -> io::Result<()> {
        let bytes = self.list(at)?;
        if self.is_dense(at) {
            Bitmap::from_bytes(&bytes, self.documents).iter().for_each(each);
        } else {
            distances(&bytes, &mut each);
        }
        Ok(())
    }

    fn retain(&self, at: usize, candidates: &mut Vec<u32>) -> io::Result<()> {
        let mut set = Bitmap::none(self.documents);
        self.add(at, &mut set)?;
        candidates.retain(|document| set.has(*document));
        Ok(())
    }
}

/// Reads a list of distances: 7 bits a byte, the lowest first, the top bit says that more follow.
pub fn distances(bytes: &[u8], mut each: impl FnMut(u32)) {
    let mut document = 0u32;
    let mut distance = 0u32;
    let mut shift = 0;
    for byte in bytes {
        distance |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            document += distance;
            each(document - 1);
            (distance, shift) = (0, 0);
        } else {
            shift += 7;
        }
    }
}

/// Writes a distance as [`distances`] reads it; the first one counts from one before document 0.
pub fn push_distance(mut distance: u32, bytes: &mut Vec<u8>) {
    while distance > 0x7f {
        bytes.push(u8::try_from(distance & 0x7f).unwrap_or_default() | 0x80);
        distance >>= 7;
    }
    bytes.push(u8::try_from(distance).unwrap_or_default());
}

/// Bytes of a row of the dictionary: run, offset, frequency, length.
const ROW: usize = 32;

/// Writes a row of the dictionary.
pub fn write_row(run: Run, entry: Entry, dictionary: &mut Vec<u8>) {
    dictionary.extend(run.to_le_bytes());
    dictionary.extend(entry.offset.to_le_bytes());
    dictionary.extend(entry.frequency.to_le_bytes());
    dictionary.extend(entry.length.to_le_bytes());
}

fn read_row(row: &[u8]) -> (Run, Entry) {
    let run = Run::from_le_bytes(row[..16].try_into().unwrap_or_default());
    let offset = u64::from_le_bytes(row[16..24].try_into().unwrap_or_default());
    let frequency = u32::from_le_bytes(row[24..28].try_into().unwrap_or_default());
    (run, Entry { offset, frequency, length: u32::from_le_bytes(row[28..].try_into().unwrap_or_default()) })
}
