//! A posting's record: every item as the feed or a desk gave it, unknown ones too (FEED.md "Items").

use serde::{Deserialize, Serialize};

/// The items of one posting in the order they came: tag name and text, the text exactly as read. An item that came twice stands twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record {
    items: Vec<(String, String)>,
}

impl Record {
    /// Adds an item at the end.
    pub fn push(&mut self, tag: impl Into<String>, text: impl Into<String>) {
        self.items.push((tag.into(), text.into()));
    }

    /// The text of the first item with this tag; `None` where it is absent or holds nothing but spaces.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.items.iter().find(|(name, _)| name == tag).map(|(_, text)| text.as_str()).filter(|text| !text.trim().is_empty())
    }

    /// All items, in their order.
    pub fn items(&self) -> impl Iterator<Item = (&str, &str)> {
        self.items.iter().map(|(tag, text)| (tag.as_str(), text.as_str()))
    }
}

impl<T: Into<String>, U: Into<String>> FromIterator<(T, U)> for Record {
    fn from_iter<I: IntoIterator<Item = (T, U)>>(items: I) -> Self {
        Self { items: items.into_iter().map(|(tag, text)| (tag.into(), text.into())).collect() }
    }
}
