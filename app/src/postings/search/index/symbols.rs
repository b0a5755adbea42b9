//! The texts of a field as symbols, for building its lists: in two halves, so that two processors share the work.

use super::grams::{Texts, symbol};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// The symbols of all texts in a file that vanishes with the process: every pass reads them, so that only the first one reads characters.
pub struct Symbols {
    file: File,
    /// Where each text begins, in symbols, and behind the last one where the file ends.
    starts: Vec<u64>,
}

/// Some of the texts, one behind the other.
pub struct Half<'a> {
    all: &'a Symbols,
    texts: Range<usize>,
}

impl Symbols {
    /// Reads all texts; the file is made in `folder`.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn of(texts: &Texts, folder: &Path) -> io::Result<Self> {
        let mut writer = BufWriter::with_capacity(1 << 18, tempfile::tempfile_in(folder)?);
        let mut starts = vec![0];
        let mut bytes = Vec::new();
        let mut end = 0;
        texts.for_each(|text| {
            bytes.clear();
            bytes.extend(text.chars().flat_map(|c| symbol(c).to_le_bytes()));
            end += bytes.len() as u64 / 2;
            starts.push(end);
            writer.write_all(&bytes)
        })?;
        Ok(Self { file: writer.into_inner().map_err(io::IntoInnerError::into_error)?, starts })
    }

    /// How many texts there are.
    #[must_use]
    pub fn texts(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// Runs a pass over both halves side by side, which are about as long as each other; what it gives, first half first.
    ///
    /// # Errors
    /// Those of the passes.
    pub fn on_halves<T: Send>(&self, pass: impl Fn(usize, Half<'_>) -> io::Result<T> + Sync) -> io::Result<[T; 2]> {
        let all = self.starts.len() - 1;
        let middle = self.starts.partition_point(|start| *start < self.starts[all] / 2).min(all);
        let half = |texts| Half { all: self, texts };
        std::thread::scope(|scope| {
            let second = scope.spawn(|| pass(1, half(middle..all)));
            let first = pass(0, half(0..middle));
            let second = second.join().unwrap_or_else(|_| Err(io::Error::other("building the lists of a field broke off")));
            Ok([first?, second?])
        })
    }
}

impl Half<'_> {
    /// How many symbols there are.
    #[must_use]
    pub fn symbols(&self) -> usize {
        let starts = &self.all.starts;
        usize::try_from(starts[self.texts.end] - starts[self.texts.start]).unwrap_or_default()
    }

    /// Calls `each` with every text in turn: its number, the place of its first symbol in this half, and its symbols, to which `each` may add.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn for_each(&self, mut each: impl FnMut(u32, usize, &mut Vec<u16>)) -> io::Result<()> {
        let starts = &self.all.starts[self.texts.start..=self.texts.end];
        let from = starts[0];
        let mut reader = BufReader::with_capacity(1 << 18, At { file: &self.all.file, offset: from * 2 });
        let (mut bytes, mut symbols) = (Vec::new(), Vec::new());
        for (text, span) in self.texts.clone().zip(starts.windows(2)) {
            bytes.resize(usize::try_from(span[1] - span[0]).unwrap_or_default() * 2, 0);
            reader.read_exact(&mut bytes)?;
            symbols.clear();
            symbols.extend(bytes.chunks_exact(2).map(|symbol| u16::from_le_bytes([symbol[0], symbol[1]])));
            each(u32::try_from(text).unwrap_or(u32::MAX), usize::try_from(span[0] - from).unwrap_or_default(), &mut symbols);
        }
        Ok(())
    }
}

/// Reads a file from a place on, without moving where others read it.
struct At<'a> {
    file: &'a File,
    offset: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}
