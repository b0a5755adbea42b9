//! A posting as the other engines are given it: the texts that everyone may search in one, the facts that the drawn queries ask for.

use app::postings::search::index::{Doc, counted_flags, group_bits_of};

/// Stands between two texts; no query holds it, so no phrase reaches from one text into another.
const BREAK: char = '\u{2}';

/// A posting's row. Rows stand newest first, so that an engine can sort by place.
pub struct Row<'a> {
    /// The posting as we index it.
    pub doc: &'a Doc,
    /// Its texts.
    pub texts: String,
    /// Its groups of the picker, a bit each.
    pub groups: u16,
    /// Its picker items, a bit each, in three words of [`ITEMS_A_WORD`].
    pub item_words: [u64; 3],
}

/// So many items have their bit in one word, which stays positive in engines without unsigned numbers.
pub const ITEMS_A_WORD: u8 = 60;

impl<'a> Row<'a> {
    /// Of a posting.
    pub fn of(doc: &'a Doc) -> Self {
        // The last text holds names that only registered seekers may search.
        let texts = doc.texts[..doc.texts.len() - 1].join(&BREAK.to_string());
        let mut item_words = [0; 3];
        for item in items(doc) {
            let (word, bit) = item_place(item);
            item_words[word] |= 1 << bit;
        }
        Self { doc, texts, groups: group_bits_of(doc.facts.items), item_words }
    }

    /// Its facts as numbers, in the order of [`COLUMNS`].
    pub fn numbers(&self) -> [i64; COLUMNS.len()] {
        let facts = &self.doc.facts;
        let signed = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
        [
            signed(facts.number),
            facts.kind.into(),
            facts.prefecture.into(),
            facts.municipality.into(),
            facts.form.into(),
            self.groups.into(),
            signed(self.item_words[0]),
            signed(self.item_words[1]),
            signed(self.item_words[2]),
            signed(facts.flags),
            facts.wage_month.into(),
            facts.wage_hour.into(),
            facts.days_off.into(),
        ]
    }
}

/// The columns of facts.
pub const COLUMNS: [&str; 13] = [
    "number",
    "kind",
    "prefecture",
    "municipality",
    "form",
    "groups",
    "items_0",
    "items_1",
    "items_2",
    "flags",
    "wage_month",
    "wage_hour",
    "days_off",
];

/// Keys of the posting's picker items.
pub fn items(doc: &Doc) -> impl Iterator<Item = u8> {
    doc.facts.items.to_le_bytes().into_iter().filter(|item| *item != 0)
}

/// Word and bit of an item.
pub const fn item_place(item: u8) -> (usize, u8) {
    (((item - 1) / ITEMS_A_WORD) as usize, (item - 1) % ITEMS_A_WORD)
}

/// The flags that facets count, as bits.
pub fn counted_bits() -> u64 {
    counted_flags().fold(0, |bits, flag| bits | 1 << flag as u8)
}
