//! A posting's record: every item as the feed or a desk gave it, unknown ones too (FEED.md "Items").

use std::fmt;

/// The items of one posting in the order they came: tag name and text, the text exactly as read. An item that came twice stands twice.
///
/// Tags and texts stand one after the other in one piece of memory: a record has two hundred items, and an import reads a million records.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Record {
    letters: String,
    /// Where in `letters` each item's tag and its text end.
    ends: Vec<(usize, usize)>,
}

impl Record {
    /// An empty record with room for about this many bytes of tags and texts.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        /// A usual record has 200 items.
        const ITEMS: usize = 200;
        Self { letters: String::with_capacity(bytes), ends: Vec::with_capacity(ITEMS) }
    }

    /// Adds an item at the end.
    pub fn push(&mut self, tag: impl AsRef<str>, text: impl AsRef<str>) {
        self.letters.push_str(tag.as_ref());
        let tag_end = self.letters.len();
        self.letters.push_str(text.as_ref());
        self.ends.push((tag_end, self.letters.len()));
    }

    /// The text of the first item with this tag; `None` where it is absent or holds nothing but spaces.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.items().find(|(name, _)| *name == tag).map(|(_, text)| text).filter(|text| !text.trim().is_empty())
    }

    /// All items, in their order.
    pub fn items(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = 0;
        self.ends.iter().map(move |(tag_end, end)| {
            let item = (&self.letters[start..*tag_end], &self.letters[*tag_end..*end]);
            start = *end;
            item
        })
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.items()).finish()
    }
}

impl<T: AsRef<str>, U: AsRef<str>> FromIterator<(T, U)> for Record {
    fn from_iter<I: IntoIterator<Item = (T, U)>>(items: I) -> Self {
        let mut record = Self::default();
        items.into_iter().for_each(|(tag, text)| record.push(tag, text));
        record
    }
}
