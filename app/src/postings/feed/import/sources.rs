//! Where feed XML comes from: files, folders of files, the standard input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much is read from a source at once.
const BUFFER: usize = 256 << 10;

/// One document of feed XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file; compressed with zstd if its name ends in `.zst`.
    File(PathBuf),
    /// What the process is given.
    StandardInput,
}

impl Source {
    /// Its name in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "-".to_owned(),
        }
    }

    /// Its length in bytes, where that can be known without reading it.
    #[must_use]
    pub fn bytes(&self) -> Option<u64> {
        match self {
            Self::File(path) => path.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()),
            Self::StandardInput => None,
        }
    }

    /// Opens it. `count` is raised by every byte that is taken from it, before decompression.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub(super) fn open(&self, count: Arc<AtomicU64>) -> io::Result<Box<dyn BufRead>> {
        let (plain, compressed): (Box<dyn Read>, bool) = match self {
            Self::File(path) => (Box::new(File::open(path)?), path.extension() == Some(OsStr::new("zst"))),
            Self::StandardInput => (Box::new(io::stdin()), false),
        };
        let counted = BufReader::with_capacity(BUFFER, Counted { source: plain, count });
        if compressed {
            return Ok(Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::with_buffer(counted)?)));
        }
        Ok(Box::new(counted))
    }
}

/// Counts the bytes that pass through it.
struct Counted {
    source: Box<dyn Read>,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The sources that paths name: `-` is the standard input, a folder stands for the `.xml` and `.xml.zst` files in it by name.
///
/// # Errors
/// If a path does not exist or a folder holds no such file; the message names it.
pub fn sources(paths: &[PathBuf]) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            sources.push(Source::StandardInput);
        } else if path.metadata().map_err(|error| named(path, &error))?.is_dir() {
            sources.extend(files_of(path)?.into_iter().map(Source::File));
        } else {
            sources.push(Source::File(path.clone()));
        }
    }
    Ok(sources)
}

fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(|error| named(folder, &error))? {
        let path = entry.map_err(|error| named(folder, &error))?.path();
        let name = path.to_string_lossy();
        if name.ends_with(".xml") || name.ends_with(".xml.zst") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{}: no .xml file in this folder", folder.display())));
    }
    files.sort();
    Ok(files)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_xml_files_in_order() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for name in ["b.xml", "a.xml.zst", "notes.txt", "c.XML.bak"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let paths = [folder.path().to_owned(), PathBuf::from("-"), folder.path().join("notes.txt")];
        let names: Vec<_> = sources(&paths).expect("they exist").iter().map(Source::name).collect();
        let at = |name: &str| folder.path().join(name).display().to_string();
        assert_eq!(names, [at("a.xml.zst"), at("b.xml"), "-".to_owned(), at("notes.txt")]);
    }

    #[test]
    fn a_path_that_is_missing_or_an_empty_folder_is_named() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for path in [folder.path().to_owned(), folder.path().join("missing.xml")] {
            let error = sources(std::slice::from_ref(&path)).expect_err("nothing to read");
            assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        }
    }
}
