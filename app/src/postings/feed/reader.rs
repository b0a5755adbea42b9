//! Streams the postings out of feed XML in bounded memory. What could harm is refused before it is read: document types and their
//! entities (XML bombs, external entities), endless items, deep nesting. An error says what it is and where.

use super::source::Source;
use crate::postings::record::Record;
use crate::text;
use quick_xml::events::{BytesRef, Event};
use quick_xml::{Error, Reader};
use std::io::BufRead;
use std::ops::ControlFlow;
use std::{fmt, io, mem};

/// Longest item, bytes of UTF-8; the longest real ones have about 3 kB [own].
pub const LONGEST_ITEM: usize = 64 * 1024;
/// Most items of a posting; the interface specification knows about 430 [own].
pub const MOST_ITEMS: usize = 2_000;
/// Deepest nesting of elements; the feed needs four levels [own].
pub const DEEPEST: usize = 16;

/// Most bytes of one piece of markup or text as it stands in the file, where a character may be written as a reference.
const LONGEST_PIECE: usize = LONGEST_ITEM + 4096;

/// What a document held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadTotals {
    /// Postings given to the caller.
    pub postings: u64,
    /// How many pages the delivery has (`<page>`), where the document says so.
    pub page: Option<u32>,
}

/// Why a document could not be read to its end, and where. Displays in Japanese for the operator.
#[derive(Debug)]
pub struct ReadError {
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// Where, in bytes from the beginning of the document.
    pub offset: u64,
    /// Where, as a line from 1.
    pub line: u64,
}

/// What is wrong with a document.
#[derive(Debug)]
pub enum ReadErrorKind {
    /// The bytes could not be had.
    Io(io::Error),
    /// Not UTF-8: the byte that cannot stand there.
    NotUtf8(u8),
    /// The document says that it is in another encoding, or begins like one.
    Encoding(String),
    /// The document ends too early: the elements that are open, outermost first.
    Truncated(String),
    /// Not well-formed, or text where only elements stand; the parser's words.
    Malformed(String),
    /// A document type declaration; the feed has none, and entities could be declared in it.
    Doctype,
    /// A reference to an entity that XML does not define itself.
    Entity(String),
    /// A reference to a character that does not exist, or the character NUL.
    Character,
    /// The outermost element is not `root`.
    NotAFeed(String),
    /// There is no element at all.
    Empty,
    /// The service answered with `<errorDetail>`: its text.
    Refused(String),
    /// An item (or a piece of markup) is longer than [`LONGEST_ITEM`].
    TooLong(String),
    /// A posting has more than [`MOST_ITEMS`] items.
    TooManyItems,
    /// Elements are nested deeper than [`DEEPEST`].
    TooDeep,
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => f.write_str(&text::feed_read_io(error)),
            Self::NotUtf8(byte) => f.write_str(&text::feed_read_not_utf8(format_args!("0x{byte:02X}"))),
            Self::Encoding(name) => f.write_str(&text::feed_read_encoding(name)),
            Self::Truncated(open) => f.write_str(&text::feed_read_truncated(open)),
            Self::Malformed(what) => f.write_str(&text::feed_read_malformed(what)),
            Self::Doctype => f.write_str(text::feed_read_doctype()),
            Self::Entity(name) => f.write_str(&text::feed_read_entity(name)),
            Self::Character => f.write_str(text::feed_read_character()),
            Self::NotAFeed(name) => f.write_str(&text::feed_read_not_a_feed(name)),
            Self::Empty => f.write_str(text::feed_read_empty()),
            Self::Refused(why) => f.write_str(&text::feed_read_refused(why)),
            Self::TooLong(item) => f.write_str(&text::feed_read_too_long(item, LONGEST_ITEM)),
            Self::TooManyItems => f.write_str(&text::feed_read_too_many_items(MOST_ITEMS)),
            Self::TooDeep => f.write_str(&text::feed_read_too_deep(DEEPEST)),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::feed_read_at(self.line, self.offset, &self.kind))
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ReadErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// Calls `each` for every `<data>` posting of a `<root>…<kyujin><data>…` document (or of a bare `<root><data>`), in order, until it
/// breaks off or the document ends. Items come with their text exactly as read, references resolved and control characters left
/// out; an element inside an item becomes an item of its own, `outer/inner`; attributes are not part of the feed.
///
/// # Errors
/// [`ReadError`]. Postings before the place of the error have been given to `each` by then: whoever applies them waits for the end.
pub fn read_records(source: impl BufRead, mut each: impl FnMut(Record) -> ControlFlow<()>) -> Result<ReadTotals, ReadError> {
    let mut source = Source::new(source);
    source.begin(LONGEST_PIECE);
    check_beginning(&mut source)?;
    let mut reader = Reader::from_reader(source);
    let mut walk = Walk::default();
    let mut piece = Vec::with_capacity(4096);
    loop {
        piece.clear();
        let source = reader.get_mut();
        source.begin(LONGEST_PIECE);
        let (offset, line) = (source.consumed, source.line);
        let step = match reader.read_event_into(&mut piece) {
            Ok(Event::Eof) if walk.is_over() => return Ok(walk.totals),
            Ok(Event::Eof) => Err(walk.ended_early()),
            Ok(event) => walk.step(event, &mut each),
            Err(error) => return Err(place(error, &piece, &mut reader, &walk, (offset, line))),
        };
        match step {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => return Ok(walk.totals),
            Err(kind) => return Err(ReadError { kind, offset, line }),
        }
    }
}

/// Refuses what begins like UTF-16 or UTF-32.
fn check_beginning(source: &mut Source<impl BufRead>) -> Result<(), ReadError> {
    let here = |kind| ReadError { kind, offset: 0, line: 1 };
    let beginning = source.fill_buf().map_err(|error| here(ReadErrorKind::Io(error)))?;
    match beginning {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, b'<', ..] | [b'<', 0, ..] | [0, 0, ..] => {
            Err(here(ReadErrorKind::Encoding("UTF-16".to_owned())))
        }
        _ => Ok(()),
    }
}

/// The parser's error with its place. `began` is where the piece began that broke.
fn place<R: BufRead>(error: Error, piece: &[u8], reader: &mut Reader<Source<R>>, walk: &Walk, began: (u64, u64)) -> ReadError {
    let source = reader.get_mut();
    let end = (source.consumed, source.line);
    let is_at_end = source.is_at_end();
    let (kind, (offset, line)) = match error {
        Error::Io(_) if source.exceeded => (ReadErrorKind::TooLong(walk.open_elements()), began),
        Error::Io(error) => (ReadErrorKind::Io(io::Error::new(error.kind(), error.to_string())), end),
        Error::Encoding(_) => {
            let valid = std::str::from_utf8(piece).err().map_or(0, |error| error.valid_up_to());
            let lines = memchr::memchr_iter(b'\n', &piece[..valid]).count() as u64;
            let at = (end.0 - piece.len() as u64 + valid as u64, began.1 + lines);
            match std::str::from_utf8(piece).map_err(|error| error.error_len()) {
                Err(None) if is_at_end => (walk.ended_early(), end),
                _ => (ReadErrorKind::NotUtf8(piece.get(valid).copied().unwrap_or_default()), at),
            }
        }
        Error::Syntax(_) if is_at_end => (walk.ended_early(), end),
        other => (ReadErrorKind::Malformed(other.to_string()), began),
    };
    ReadError { kind, offset, line }
}

/// Where in the document the walk is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    Root,
    List,
    Record {
        in_list: bool,
    },
    /// In an item, or in an element inside it.
    Item {
        in_list: bool,
    },
    /// In `<page>` or `<errorDetail>`, or in elements inside them.
    Note {
        is_error: bool,
        depth: usize,
    },
    /// In an element that says nothing about postings.
    Other {
        in_list: bool,
        depth: usize,
    },
    After,
}

/// The walk through a document: where it is, and the posting it is collecting.
#[derive(Debug, Default)]
struct Walk {
    place: Place,
    totals: ReadTotals,
    /// The items of the posting so far, the first `count`; those behind are of earlier postings, kept for their memory.
    items: Vec<(String, String)>,
    count: usize,
    /// Indexes of the items that are open, outermost first.
    open: Vec<usize>,
    /// The text of `<page>` or `<errorDetail>` so far.
    note: String,
}

type Step = Result<ControlFlow<()>, ReadErrorKind>;
const GO_ON: Step = Ok(ControlFlow::Continue(()));

impl Walk {
    fn is_over(&self) -> bool {
        self.place == Place::After
    }

    fn ended_early(&self) -> ReadErrorKind {
        if self.place == Place::Before { ReadErrorKind::Empty } else { ReadErrorKind::Truncated(self.open_elements()) }
    }

    fn step(&mut self, event: Event<'_>, each: &mut impl FnMut(Record) -> ControlFlow<()>) -> Step {
        match event {
            Event::Start(tag) => self.enter(tag.name().as_ref()).and(GO_ON),
            Event::End(_) => self.leave(each),
            Event::Empty(tag) => {
                self.enter(tag.name().as_ref())?;
                self.leave(each)
            }
            Event::Text(text) => self.text(&text.xml10_content()).and(GO_ON),
            Event::CData(text) => self.text(&text.xml10_content()).and(GO_ON),
            Event::GeneralRef(reference) => self.text(resolve(&reference)?.encode_utf8(&mut [0; 4])).and(GO_ON),
            Event::DocType(_) => Err(ReadErrorKind::Doctype),
            Event::Decl(declaration) => match declaration.encoding() {
                None => GO_ON,
                Some(Ok(name)) if ["utf-8", "utf8"].iter().any(|utf8| name.as_ref().eq_ignore_ascii_case(utf8)) => GO_ON,
                Some(Ok(name)) => Err(ReadErrorKind::Encoding(name.as_ref().to_owned())),
                Some(Err(error)) => Err(ReadErrorKind::Malformed(error.to_string())),
            },
            Event::Comment(_) | Event::PI(_) | Event::Eof => GO_ON,
        }
    }

    fn enter(&mut self, tag: &str) -> Result<(), ReadErrorKind> {
        self.place = match (self.place, tag) {
            (Place::Before, "root") => Place::Root,
            (Place::Before, _) => return Err(ReadErrorKind::NotAFeed(tag.to_owned())),
            (Place::Root, "kyujin") => Place::List,
            (Place::Root, "data") => Place::Record { in_list: false },
            (Place::Root, "page") => Place::Note { is_error: false, depth: 1 },
            (Place::Root, "errorDetail") => Place::Note { is_error: true, depth: 1 },
            (Place::Root, _) => Place::Other { in_list: false, depth: 1 },
            (Place::List, "data") => Place::Record { in_list: true },
            (Place::List, _) => Place::Other { in_list: true, depth: 1 },
            (Place::Record { in_list } | Place::Item { in_list }, _) => self.enter_item(tag, in_list)?,
            (Place::Note { is_error, depth }, _) if depth < DEEPEST => Place::Note { is_error, depth: depth + 1 },
            (Place::Other { in_list, depth }, _) if depth < DEEPEST => Place::Other { in_list, depth: depth + 1 },
            (Place::Note { .. } | Place::Other { .. }, _) => return Err(ReadErrorKind::TooDeep),
            (Place::After, _) => return Err(ReadErrorKind::Malformed(text::feed_read_second_root().to_owned())),
        };
        Ok(())
    }

    fn enter_item(&mut self, tag: &str, in_list: bool) -> Result<Place, ReadErrorKind> {
        if self.count == MOST_ITEMS {
            return Err(ReadErrorKind::TooManyItems);
        }
        if self.open.len() == DEEPEST - 3 {
            return Err(ReadErrorKind::TooDeep);
        }
        let (mut name, mut text) = self.items.get_mut(self.count).map(mem::take).unwrap_or_default();
        name.clear();
        text.clear();
        if let Some(outer) = self.open.last() {
            name.push_str(&self.items[*outer].0);
            name.push('/');
        }
        name.push_str(tag);
        self.open.push(self.count);
        self.put((name, text));
        Ok(Place::Item { in_list })
    }

    /// Puts an item behind those of the posting.
    fn put(&mut self, item: (String, String)) {
        match self.items.get_mut(self.count) {
            Some(place) => *place = item,
            None => self.items.push(item),
        }
        self.count += 1;
    }

    fn leave(&mut self, each: &mut impl FnMut(Record) -> ControlFlow<()>) -> Step {
        let outside = |in_list| if in_list { Place::List } else { Place::Root };
        self.place = match self.place {
            Place::Item { in_list } => {
                self.open.pop();
                if self.open.is_empty() { Place::Record { in_list } } else { Place::Item { in_list } }
            }
            Place::Record { in_list } => {
                self.place = outside(in_list);
                self.totals.postings += 1;
                let items = &self.items[..mem::take(&mut self.count)];
                let mut record = Record::with_capacity(items.iter().map(|(tag, text)| tag.len() + text.len()).sum());
                items.iter().for_each(|(tag, text)| record.push(tag, text));
                return Ok(each(record));
            }
            Place::Note { is_error, depth: 1 } => {
                self.end_of_note(is_error)?;
                Place::Root
            }
            Place::Note { is_error, depth } => Place::Note { is_error, depth: depth - 1 },
            Place::Other { in_list, depth: 1 } => outside(in_list),
            Place::Other { in_list, depth } => Place::Other { in_list, depth: depth - 1 },
            Place::List => Place::Root,
            // The parser has already refused an end without its beginning.
            Place::Root | Place::Before | Place::After => Place::After,
        };
        GO_ON
    }

    fn end_of_note(&mut self, is_error: bool) -> Result<(), ReadErrorKind> {
        let note = mem::take(&mut self.note);
        if is_error {
            return Err(ReadErrorKind::Refused(note.trim().to_owned()));
        }
        let pages = note.trim().parse().map_err(|_| ReadErrorKind::Malformed(format!("<page>{}</page>", note.trim())))?;
        self.totals.page = Some(pages);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadErrorKind> {
        let into = match (self.place, self.open.last()) {
            (Place::Item { .. }, Some(item)) => &mut self.items[*item].1,
            (Place::Note { .. }, _) => &mut self.note,
            (Place::Other { .. }, _) => return Ok(()),
            _ if text.trim().is_empty() => return Ok(()),
            _ => return Err(ReadErrorKind::Malformed(text::feed_read_stray_text().to_owned())),
        };
        push_clean(into, text)?;
        if into.len() > LONGEST_ITEM { Err(ReadErrorKind::TooLong(self.open_elements())) } else { Ok(()) }
    }

    /// The open elements, outermost first: `<root><kyujin><data><kjno>`.
    fn open_elements(&self) -> String {
        let list = |in_list| if in_list { "<root><kyujin>" } else { "<root>" };
        match self.place {
            Place::Before | Place::After => String::new(),
            Place::Root => list(false).to_owned(),
            Place::List => list(true).to_owned(),
            Place::Record { in_list } => format!("{}<data>", list(in_list)),
            Place::Item { in_list } => {
                let item = self.open.last().map_or("", |item| self.items[*item].0.as_str());
                format!("{}<data><{}>", list(in_list), item.replace('/', "><"))
            }
            Place::Note { is_error, .. } => format!("<root><{}>", if is_error { "errorDetail" } else { "page" }),
            Place::Other { in_list, .. } => format!("{}<…>", list(in_list)),
        }
    }
}

/// The character that a reference stands for.
fn resolve(reference: &BytesRef<'_>) -> Result<char, ReadErrorKind> {
    match reference.resolve_char_ref() {
        Ok(Some(char)) => Ok(char),
        Err(_) => Err(ReadErrorKind::Character),
        Ok(None) => match reference.as_ref() {
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "amp" => Ok('&'),
            "quot" => Ok('"'),
            "apos" => Ok('\''),
            name => Err(ReadErrorKind::Entity(name.chars().take(40).collect())),
        },
    }
}

/// Adds text without the control characters that old systems leave in it; none of them can be shown. NUL is a sign of bytes that
/// are no text at all.
fn push_clean(into: &mut String, text: &str) -> Result<(), ReadErrorKind> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    // C0 and DEL are single bytes, C1 begin with 0xC2: where neither stands, nothing is to be left out.
    if !text.bytes().any(|b| b == 0xC2 || b == 0x7F || (b < 0x20 && !matches!(b, b'\n' | b'\t' | b'\r'))) {
        into.push_str(text);
        return Ok(());
    }
    if text.contains('\0') {
        return Err(ReadErrorKind::Character);
    }
    into.extend(text.chars().filter(|c| !is_control(*c)));
    Ok(())
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
