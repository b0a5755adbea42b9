//! What is kept, whatever it is.

use super::{FAVORITE, Mark, SEARCH};
use crate::favorites::Favorite;
use crate::saved_searches::SavedSearch;
use serde::{Deserialize, Serialize};

/// Something that is kept: a record of the phone, and what an account has. Of a kind that a later version knows, it is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "nearly all are favorites, and no list of them is long")]
pub enum Thing {
    /// お気に入り求人.
    #[serde(rename = "favorite")]
    Favorite(Favorite),
    /// お気に入り条件.
    #[serde(rename = "search")]
    Search(SavedSearch),
}

impl Thing {
    /// What names it on the phone and in the account: `favorite:13010-1`.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Favorite(favorite) => favorite_id(favorite.number.as_str()),
            Self::Search(search) => search_id(&search.id),
        }
    }

    /// What a person would call it.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Favorite(favorite) => favorite.facts().title,
            Self::Search(search) => search.name.clone(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn mark(&self) -> &Mark {
        match self {
            Self::Favorite(favorite) => &favorite.mark,
            Self::Search(search) => &search.mark,
        }
    }

    /// The same standing there.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        match &mut self {
            Self::Favorite(favorite) => favorite.mark = mark,
            Self::Search(search) => search.mark = mark,
        }
        self
    }

    /// What of it is in the account: not what a phone keeps for itself.
    #[must_use]
    pub fn to_send(&self) -> Self {
        match self.clone().marked(Mark::default()) {
            Self::Favorite(favorite) => Self::Favorite(Favorite { copy: None, gone_on: None, ..favorite }),
            search @ Self::Search(_) => search,
        }
    }
}

/// The id of the favorite with this posting number.
#[must_use]
pub fn favorite_id(number: &str) -> String {
    format!("{FAVORITE}{number}")
}

/// The id of the saved search with this name of its own.
#[must_use]
pub fn search_id(id: &str) -> String {
    format!("{SEARCH}{id}")
}
