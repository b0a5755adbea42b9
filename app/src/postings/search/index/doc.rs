//! A posting as the index takes it in: facts, folded texts by field, and its list row.

use super::columns::Facts;
use crate::postings::PublishingScope;
use crate::postings::posting::{Listing, Posting};
use crate::postings::search::analysis::fold;

/// A field that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Field {
    /// 職種.
    Title,
    /// 仕事内容.
    Work,
    /// 最寄り駅, line and station.
    Station,
    /// Licences asked for.
    Licence,
    /// Everything else, without names and contacts.
    Other,
    /// 事業所名 and its kana, of postings that show them to everyone.
    Name,
    /// 事業所名 and its kana, of postings that show them to registered seekers only.
    NameToSeekers,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 7] = [Self::Title, Self::Work, Self::Station, Self::Licence, Self::Other, Self::Name, Self::NameToSeekers];

    /// The field's name in the index's files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Work => "work",
            Self::Station => "station",
            Self::Licence => "licence",
            Self::Other => "other",
            Self::Name => "name",
            Self::NameToSeekers => "name-to-seekers",
        }
    }
}

/// A posting to be indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// Its facts.
    pub facts: Facts,
    /// Its texts, folded, in the order of the fields.
    pub texts: [String; Field::ALL.len()],
    /// Its [`Listing`] as JSON.
    pub row: Vec<u8>,
}

impl Doc {
    /// The posting as the index takes it in; `None` for one that appears nowhere (scope 4).
    #[must_use]
    pub fn of(posting: &Posting, listing: &Listing) -> Option<Self> {
        let (name, to_seekers) = match posting.scope {
            PublishingScope::Everyone => (names(posting), String::new()),
            PublishingScope::RegisteredSeekers => (String::new(), names(posting)),
            PublishingScope::WithoutName => (String::new(), String::new()),
            PublishingScope::Unpublished => return None,
        };
        let texts = [
            fold(&posting.title),
            fold(&posting.description),
            fold(posting.station.as_deref().unwrap_or_default()),
            fold_lines(&posting.licences),
            fold_lines(&posting.other_texts),
            name,
            to_seekers,
        ];
        Some(Self { facts: Facts::of(posting), texts, row: serde_json::to_vec(listing).ok()? })
    }
}

/// Between two texts of a field, so that no phrase reaches from one into the other.
const BREAK: char = '\u{2}';

/// Each line of `licences` and `other_texts` is a text of its own; title and description are one text however many lines they have.
fn fold_lines(text: &str) -> String {
    text.lines().map(fold).filter(|line| !line.is_empty()).fold(String::new(), |mut all, line| {
        if !all.is_empty() {
            all.push(BREAK);
        }
        all.push_str(&line);
        all
    })
}

fn names(posting: &Posting) -> String {
    format!("{}{BREAK}{}", fold(&posting.name), fold(&posting.name_kana))
}
