//! Records as bytes: flat for hashing, compressed for keeping. Every item is kept exactly as it was read.

use crate::postings::record::Record;
use std::io;
use std::sync::OnceLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// The first byte of a packed record: how the rest is to be read. The dictionary belongs to it: another dictionary is another format.
const FORMAT: u8 = 1;
/// Format byte and length of the flat record before the compressed bytes.
const HEADER: usize = 5;
/// A small level: records are packed by the million and read one by one.
const LEVEL: i32 = 1;
/// The longest flat record that is unpacked; the reader of the feed lets none through that is nearly as long.
const LONGEST: usize = 64 << 20;

/// Tag names and usual texts, in the order of the feed: what every record would otherwise carry again. Must never change under format 1.
const DICTIONARY_1: &str = include_str!("dictionary_1.tsv");

/// The bytes are no record of a format that this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a packed record of a known format")]
pub struct NotARecord;

/// The record as plain bytes: tag and text of each item, each after its length. Equal bytes are equal records.
#[must_use]
pub fn flatten(record: &Record) -> Vec<u8> {
    let length: usize = record.items().map(|(tag, text)| tag.len() + text.len() + 4).sum();
    let mut flat = Vec::with_capacity(length);
    for (tag, text) in record.items() {
        push_text(&mut flat, tag);
        push_text(&mut flat, text);
    }
    flat
}

/// Appends a length in base 128, lowest digit first, and the text.
fn push_text(flat: &mut Vec<u8>, text: &str) {
    let mut rest = text.len();
    while rest >= 0x80 {
        flat.push(0x80 | (rest & 0x7f) as u8);
        rest >>= 7;
    }
    flat.push(rest as u8);
    flat.extend_from_slice(text.as_bytes());
}

/// The record that was flattened.
///
/// # Errors
/// If the bytes are no flat record.
pub fn unflatten(mut flat: &[u8]) -> Result<Record, NotARecord> {
    let mut record = Record::with_capacity(flat.len());
    while !flat.is_empty() {
        let tag = take_text(&mut flat)?;
        let text = take_text(&mut flat)?;
        record.push(tag, text);
    }
    Ok(record)
}

fn take_text<'a>(flat: &mut &'a [u8]) -> Result<&'a str, NotARecord> {
    let mut length = 0_usize;
    for shift in (0..35).step_by(7) {
        let (digit, rest) = flat.split_first().ok_or(NotARecord)?;
        *flat = rest;
        length |= usize::from(digit & 0x7f) << shift;
        if digit & 0x80 == 0 {
            let (text, rest) = flat.split_at_checked(length).ok_or(NotARecord)?;
            *flat = rest;
            return std::str::from_utf8(text).map_err(|_| NotARecord);
        }
    }
    Err(NotARecord)
}

/// Compresses flat records; keeps its working memory from one to the next.
pub struct Packer(Compressor<'static>);

impl Packer {
    /// A packer with the dictionary loaded.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn new() -> io::Result<Self> {
        static PREPARED: OnceLock<EncoderDictionary<'static>> = OnceLock::new();
        let prepared = PREPARED.get_or_init(|| EncoderDictionary::copy(dictionary(), LEVEL));
        let mut compressor = Compressor::with_prepared_dictionary(prepared)?;
        // The length stands in our own header, and the disk and the database check their own bytes.
        compressor.set_parameter(zstd::zstd_safe::CParameter::ContentSizeFlag(false))?;
        Ok(Self(compressor))
    }

    /// The packed bytes of a flat record.
    ///
    /// # Errors
    /// If the record is longer than can be unpacked again.
    pub fn pack(&mut self, flat: &[u8]) -> io::Result<Vec<u8>> {
        let length = u32::try_from(flat.len()).ok().filter(|_| flat.len() <= LONGEST).ok_or(io::ErrorKind::FileTooLarge)?;
        let mut packed = vec![0; HEADER + zstd::zstd_safe::compress_bound(flat.len())];
        packed[0] = FORMAT;
        packed[1..HEADER].copy_from_slice(&length.to_le_bytes());
        let used = self.0.compress_to_buffer(flat, &mut packed[HEADER..])?;
        packed.truncate(HEADER + used);
        packed.shrink_to_fit();
        Ok(packed)
    }
}

/// Reads packed records; keeps its working memory from one to the next.
pub struct Unpacker(Decompressor<'static>);

impl Unpacker {
    /// An unpacker with the dictionary loaded.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn new() -> io::Result<Self> {
        static PREPARED: OnceLock<DecoderDictionary<'static>> = OnceLock::new();
        let prepared = PREPARED.get_or_init(|| DecoderDictionary::copy(dictionary()));
        Decompressor::with_prepared_dictionary(prepared).map(Self)
    }

    /// The record that was packed.
    ///
    /// # Errors
    /// If the bytes are damaged or of another program's format.
    pub fn unpack(&mut self, packed: &[u8]) -> Result<Record, NotARecord> {
        let (header, compressed) = packed.split_at_checked(HEADER).ok_or(NotARecord)?;
        let [FORMAT, a, b, c, d] = *header else { return Err(NotARecord) };
        let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok().filter(|length| *length <= LONGEST).ok_or(NotARecord)?;
        let flat = self.0.decompress(compressed, length).map_err(|_| NotARecord)?;
        if flat.len() != length {
            return Err(NotARecord);
        }
        unflatten(&flat)
    }
}

/// The dictionary as the flat bytes of an imagined record, so that its parts look like those of real ones.
fn dictionary() -> &'static [u8] {
    static FLAT: OnceLock<Vec<u8>> = OnceLock::new();
    FLAT.get_or_init(|| {
        let lines = DICTIONARY_1.lines().filter(|line| !line.starts_with('#'));
        flatten(&lines.filter_map(|line| line.split_once('\t')).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack(record: &Record) -> Vec<u8> {
        Packer::new().expect("a packer").pack(&flatten(record)).expect("the record is not long")
    }

    #[test]
    fn a_damaged_or_foreign_record_is_refused() {
        let packed = pack(&[("kjno", "13010-12345678"), ("sksu", "事務員")].into_iter().collect());
        let mut unpacker = Unpacker::new().expect("an unpacker");
        assert!(unpacker.unpack(&packed).is_ok());
        for end in 0..packed.len() {
            assert_eq!(unpacker.unpack(&packed[..end]), Err(NotARecord), "cut at {end}");
        }
        let mut foreign = packed.clone();
        foreign[0] = FORMAT + 1;
        assert_eq!(unpacker.unpack(&foreign), Err(NotARecord));
        let mut longer = packed;
        longer[1..HEADER].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(unpacker.unpack(&longer), Err(NotARecord));
    }

    #[test]
    fn the_dictionary_of_format_1_has_not_changed() {
        assert_eq!(
            xxhash_rust::xxh3::xxh3_64(dictionary()),
            17_300_842_196_460_209_312,
            "records packed with the old one could not be read any more"
        );
    }

    proptest! {
        #[test]
        fn every_record_reads_back_as_it_was(items in prop::collection::vec(("[a-z_0-9]{0,20}", ".{0,300}"), 0..40)) {
            let record: Record = items.into_iter().collect();
            let packed = pack(&record);
            prop_assert_eq!(Unpacker::new().expect("an unpacker").unpack(&packed), Ok(record));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _: Result<Record, NotARecord> = unflatten(&bytes);
            let _: Result<Record, NotARecord> = Unpacker::new().expect("an unpacker").unpack(&bytes);
        }
    }
}
