//! A segment: an immutable part of the index, newest postings first, in a folder of its own.

use super::columns::{Columns, Facts};
use super::doc::{Doc, Field};
use super::grams::{Grams, Texts};
use super::sets::Sets;
use super::{grams_build, merge_order};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// An open segment.
#[derive(Debug)]
pub struct Segment {
    /// The facts of its postings.
    pub columns: Columns,
    /// The facts as sets.
    pub sets: Sets,
    /// The fields' texts and lists, in the order of [`Field::ALL`].
    pub fields: Vec<Grams>,
    rows: Texts,
    /// Its postings by number.
    by_number: Vec<u32>,
    count: u32,
}

impl Segment {
    /// Opens the segment in `folder`.
    ///
    /// # Errors
    /// If a file is missing or not as [`SegmentBuilder`] wrote it.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let rows = Texts::open(&folder.join("rows"), read_starts(&folder.join("rows-starts"))?)?;
        let count = rows.count();
        let columns = Columns::read(&fs::read(folder.join("columns"))?, count as usize)?;
        let fields = Field::ALL.map(|field| open_field(folder, field)).into_iter().collect::<io::Result<Vec<_>>>()?;
        let mut by_number: Vec<u32> = (0..count).collect();
        by_number.sort_unstable_by_key(|at| columns.number[*at as usize]);
        Ok(Self { sets: Sets::of(&columns), columns, fields, rows, by_number, count })
    }

    /// How many postings it has, deleted ones too.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Where the posting with this number key is.
    #[must_use]
    pub fn find(&self, number: u64) -> Option<u32> {
        let at = self.by_number.binary_search_by_key(&number, |at| self.columns.number[*at as usize]).ok()?;
        self.by_number.get(at).copied()
    }

    /// A posting's listing as JSON.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn row(&self, at: u32) -> io::Result<Vec<u8>> {
        let mut row = Vec::new();
        self.rows.read(at, &mut row)?;
        Ok(row)
    }

    /// A posting as it was put in.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn doc(&self, at: u32) -> io::Result<Doc> {
        let mut texts = <[String; Field::ALL.len()]>::default();
        for (text, field) in texts.iter_mut().zip(&self.fields) {
            let mut bytes = Vec::new();
            field.texts().read(at, &mut bytes)?;
            *text = String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        }
        Ok(Doc { facts: self.columns.get(at as usize), texts, row: self.row(at)? })
    }
}

fn open_field(folder: &Path, field: Field) -> io::Result<Grams> {
    let path = |what: &str| folder.join(format!("{}-{what}", field.name()));
    let texts = Texts::open(&path("texts"), read_starts(&path("starts"))?)?;
    Grams::open(&path("lists"), &fs::read(path("runs"))?, texts)
}

fn read_starts(path: &Path) -> io::Result<Vec<u64>> {
    let starts: Vec<u64> = fs::read(path)?.chunks_exact(8).map(|n| u64::from_le_bytes(n.try_into().unwrap_or_default())).collect();
    if starts.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(starts) }
}

/// Writes a segment: takes postings in any order, keeps only their facts in memory.
pub struct SegmentBuilder {
    folder: PathBuf,
    facts: Vec<Facts>,
    /// Whether each posting will be in the segment.
    wanted: Vec<bool>,
    spool: Parts,
}

impl SegmentBuilder {
    /// A segment in `folder`, which is made.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), facts: Vec::new(), wanted: Vec::new(), spool: Parts::create(folder.join("spool"))? })
    }

    /// How many postings it will have.
    #[must_use]
    pub fn count(&self) -> usize {
        self.wanted.iter().filter(|wanted| **wanted).count()
    }

    /// Adds a posting whose number it does not have yet.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn push(&mut self, doc: &Doc) -> io::Result<()> {
        let at = self.prepare(doc)?;
        self.want(at);
        Ok(())
    }

    /// Puts a posting aside that the segment may be told to [`Self::want`]; gives its place.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn prepare(&mut self, doc: &Doc) -> io::Result<usize> {
        self.facts.push(doc.facts);
        self.wanted.push(false);
        let parts = doc.texts.iter().map(String::as_bytes).chain([doc.row.as_slice()]);
        for part in parts.clone() {
            self.spool.write(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes())?;
        }
        for part in parts {
            self.spool.write(part)?;
        }
        self.spool.end();
        Ok(self.facts.len() - 1)
    }

    /// Takes in the posting at a place.
    pub fn want(&mut self, at: usize) {
        self.wanted[at] = true;
    }

    /// Sorts, writes the lists and everything else to the disk.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn finish(self) -> io::Result<()> {
        let mut order: Vec<u32> = (0..u32::try_from(self.facts.len()).unwrap_or(u32::MAX)).collect();
        order.retain(|at| self.wanted[*at as usize]);
        order.sort_unstable_by_key(|at| merge_order(&self.facts[*at as usize]));
        let mut columns = Columns::default();
        order.iter().for_each(|at| columns.push(&self.facts[*at as usize]));
        write_durably(&self.folder.join("columns"), &columns.bytes())?;
        drop((columns, self.facts));
        let spool = self.spool.path.clone();
        distribute(&self.folder, &self.spool.finish()?, &order)?;
        fs::remove_file(spool)?;
        build_lists(&self.folder)?;
        File::open(&self.folder)?.sync_all()
    }
}

/// Takes the spooled postings apart, in order: a file of texts for each field and one for the rows.
fn distribute(folder: &Path, spool: &Texts, order: &[u32]) -> io::Result<()> {
    const PARTS: usize = Field::ALL.len() + 1;
    let names = Field::ALL.map(|field| format!("{}-texts", field.name())).into_iter().chain(["rows".to_owned()]);
    let mut files = names.map(|name| Parts::create(folder.join(name))).collect::<io::Result<Vec<_>>>()?;
    let mut buffer = Vec::new();
    for at in order {
        spool.read(*at, &mut buffer)?;
        let (lengths, mut rest) = buffer.split_at(PARTS * 4);
        for (length, file) in lengths.chunks_exact(4).zip(&mut files) {
            let length = u32::from_le_bytes(length.try_into().unwrap_or_default());
            let (part, next) = rest.split_at(length as usize);
            file.write(part)?;
            file.end();
            rest = next;
        }
    }
    files.into_iter().try_for_each(|file| {
        let starts = PathBuf::from(file.path.to_string_lossy().replace("-texts", "") + "-starts");
        let texts = file.finish()?;
        write_durably(&starts, &texts.starts_bytes())
    })
}

/// The lists of all fields, one after the other: both halves of a field are worked on side by side.
fn build_lists(folder: &Path) -> io::Result<()> {
    Field::ALL.into_iter().try_for_each(|field| {
        let path = |what: &str| folder.join(format!("{}-{what}", field.name()));
        let texts = Texts::open(&path("texts"), read_starts(&path("starts"))?)?;
        write_durably(&path("runs"), &grams_build::build(&texts, &path("lists"))?)
    })
}

/// A file written part by part, with the place where each begins.
struct Parts {
    path: PathBuf,
    writer: BufWriter<File>,
    starts: Vec<u64>,
    length: u64,
}

impl Parts {
    fn create(path: PathBuf) -> io::Result<Self> {
        let file = File::options().create(true).truncate(true).read(true).write(true).open(&path)?;
        Ok(Self { path, writer: BufWriter::with_capacity(1 << 18, file), starts: vec![0], length: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.writer.write_all(bytes)
    }

    /// Ends a part.
    fn end(&mut self) {
        self.starts.push(self.length);
    }

    fn finish(self) -> io::Result<Texts> {
        let file = self.writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Texts::open(&self.path, self.starts)
    }
}

/// Writes a file so that it is on the disk when this returns.
pub fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = File::create(path)?;
    file.write_all_at(bytes, 0)?;
    file.sync_all()
}
