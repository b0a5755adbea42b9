//! The feed's XML (FEED.md "Protocol"): a document holds a page of postings.

use super::dirt::comes_twice;
use super::posting;
use crate::date::Date;
use crate::postings::record::Record;
use std::io::{self, Write};
use std::ops::Range;

/// Postings in one file of a written delivery: some 60 MB, so that neither a reader nor a writer needs much memory for it. (The feed
/// itself gives pages of 1,000; a delivery of 1.1 million would be 1,100 files.)
pub const POSTINGS_A_FILE: u64 = 10_000;

/// The files of a delivery: which postings each of them holds.
pub fn files(count: u64) -> impl Iterator<Item = Range<u64>> {
    (0..count.div_ceil(POSTINGS_A_FILE)).map(move |file| file * POSTINGS_A_FILE..count.min((file + 1) * POSTINGS_A_FILE))
}

/// Writes a delivery of `count` postings as one document. Postings that come twice (see [`comes_twice`]) are written twice and
/// counted once.
///
/// # Errors
/// Those of `out`.
pub fn write_feed(count: u64, seed: u64, today: Date, out: &mut impl Write) -> io::Result<()> {
    write_page(0..count, (1, 1), seed, today, out, |_| {})
}

/// Writes the postings of a range as one document: page `page.0` of `page.1`. After every posting `done` is told its index.
///
/// # Errors
/// Those of `out`.
pub fn write_page(
    postings: Range<u64>,
    page: (u64, u64),
    seed: u64,
    today: Date,
    out: &mut impl Write,
    mut done: impl FnMut(u64),
) -> io::Result<()> {
    let (number, pages) = page;
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n<data_id>M100</data_id>\n<current_page>{number}</current_page>\n<page>{pages}</page>\n<kyujin>\n"
    )?;
    let mut buffer = String::with_capacity(16 * 1024);
    for index in postings {
        buffer.clear();
        let record = posting(index, seed, today);
        push_data(&record, &mut buffer);
        if comes_twice(index) {
            push_data(&record, &mut buffer);
        }
        out.write_all(buffer.as_bytes())?;
        done(index);
    }
    out.write_all(b"</kyujin>\n</root>\n")
}

/// Adds one `<data>` element.
fn push_data(record: &Record, out: &mut String) {
    out.push_str("<data>\n");
    for (tag, text) in record.items() {
        for part in ["<", tag, ">"] {
            out.push_str(part);
        }
        push_escaped(text, out);
        for part in ["</", tag, ">\n"] {
            out.push_str(part);
        }
    }
    out.push_str("</data>\n");
}

fn push_escaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_xml_is_escaped() {
        let mut out = String::new();
        push_data(&[("a", "１<２&３>０")].into_iter().collect(), &mut out);
        assert_eq!(out, "<data>\n<a>１&lt;２&amp;３&gt;０</a>\n</data>\n");
    }

    #[test]
    fn the_files_of_a_delivery_hold_every_posting_once() {
        assert_eq!(files(0).count(), 0);
        assert_eq!(files(25_000).collect::<Vec<_>>(), [0..10_000, 10_000..20_000, 20_000..25_000]);
    }
}
