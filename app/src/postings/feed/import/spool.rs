//! What was read of a source and waits for its end, in a temporary file that vanishes with the process.

use crate::date::Date;
use crate::postings::PublishingScope;
use crate::postings::db::Incoming;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

const BUFFER: usize = 1 << 20;

/// Being written.
pub(super) struct Spool {
    file: BufWriter<File>,
    postings: u64,
}

impl Spool {
    /// An empty spool in this folder.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(folder)?), postings: 0 })
    }

    /// Adds a posting at the end.
    pub(super) fn push(&mut self, incoming: &Incoming) -> io::Result<()> {
        self.text(incoming.number.as_str().as_bytes())?;
        self.file.write_all(&incoming.content_hash.to_le_bytes())?;
        self.text(incoming.scope.code().as_bytes())?;
        self.file.write_all(&incoming.received_on.epoch_days().to_le_bytes())?;
        self.file.write_all(&incoming.deadline.epoch_days().to_le_bytes())?;
        self.text(incoming.summary.as_bytes())?;
        self.text(&incoming.packed)?;
        self.postings += 1;
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(bytes)
    }

    /// Goes back to the beginning for reading.
    pub(super) fn rewind(self) -> io::Result<Spooled> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Spooled { file: BufReader::with_capacity(BUFFER, file), left: self.postings })
    }
}

/// Being read.
pub(super) struct Spooled {
    file: BufReader<File>,
    left: u64,
}

impl Spooled {
    /// How many postings are left.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// The next postings, at most `most` (at least one unless none is left).
    pub(super) fn next_chunk(&mut self, most: usize) -> io::Result<Vec<Incoming>> {
        let count = usize::try_from(self.left).unwrap_or(usize::MAX).min(most.max(1));
        let chunk = (0..count).map(|_| self.next_posting()).collect::<io::Result<Vec<_>>>()?;
        self.left -= count as u64;
        Ok(chunk)
    }

    fn next_posting(&mut self) -> io::Result<Incoming> {
        Ok(Incoming {
            number: self.text()?.parse().map_err(io::Error::other)?,
            content_hash: i64::from_le_bytes(self.bytes()?),
            scope: PublishingScope::from_code(&self.text()?).ok_or_else(|| io::Error::other("unknown publishing scope"))?,
            received_on: Date::from_epoch_days(i32::from_le_bytes(self.bytes()?)),
            deadline: Date::from_epoch_days(i32::from_le_bytes(self.bytes()?)),
            summary: self.text()?,
            packed: self.blob()?,
        })
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn blob(&mut self) -> io::Result<Vec<u8>> {
        let length = u32::from_le_bytes(self.bytes()?);
        let mut blob = vec![0; length as usize];
        self.file.read_exact(&mut blob)?;
        Ok(blob)
    }

    fn text(&mut self) -> io::Result<String> {
        String::from_utf8(self.blob()?).map_err(io::Error::other)
    }
}

impl std::fmt::Display for super::Rejection {
    /// Source, number, item and reason, tab-separated: a line of the list of rejections.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        let number = self.number.as_deref().unwrap_or("-");
        write!(f, "{}\t{}\t{}\t{}", plain(&self.source), plain(number), plain(&self.item), plain(&self.reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(serial: u32) -> Incoming {
        Incoming {
            number: format!("01010-{serial}").parse().expect("a number"),
            content_hash: -i64::from(serial),
            scope: PublishingScope::WithoutName,
            received_on: "2026-04-01".parse().expect("a day"),
            deadline: "2026-06-30".parse().expect("a day"),
            summary: "{\"title\":\"事務員\"}".repeat(serial as usize),
            packed: vec![7; serial as usize * 100],
        }
    }

    #[test]
    fn what_was_put_in_comes_out_in_order_and_in_chunks() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let mut spool = Spool::new(folder.path()).expect("a spool");
        let all: Vec<_> = (0..25).map(incoming).collect();
        for one in &all {
            spool.push(one).expect("it is written");
        }
        let mut spooled = spool.rewind().expect("it is read again");
        let mut back = Vec::new();
        while spooled.left() > 0 {
            back.extend(spooled.next_chunk(10).expect("a chunk"));
        }
        assert_eq!(back, all);
        assert!(spooled.next_chunk(10).expect("an empty chunk").is_empty());
        let left: Vec<_> = folder.path().read_dir().expect("a folder").collect();
        assert!(left.is_empty(), "the file has no name that could stay behind");
    }
}
