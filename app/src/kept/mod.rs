//! What a seeker keeps, on the phone and in the account: favorites and saved searches. How changes come from several phones to one
//! account without losing any, and how the phones get what the others did.
//!
//! The rules of conflict [own]. The account's side is `merge.rs`, the phone's `frontend/kept/rules.js`; `kept-model.spec.js` holds both
//! against them.
//!
//! 1. The account has one order: that in which changes arrive. Clocks of phones decide nothing.
//! 2. Every change has a name of its own, its stamp, and says on what it is based: the stamp that the phone had seen last. What is
//!    based on the newest state replaces it.
//! 3. What was kept on two phones unknown to each other is joined: of two notes both stay, one below the other, unless one holds the
//!    other. What was there first says when it was kept and how it looked then.
//! 4. A removal counts only for what it knew: where another phone has written something since, it stays. What was written on a phone
//!    that did not know of a removal brings the thing back.
//! 5. A change that comes again has no second effect.

#[cfg(feature = "ssr")]
pub mod api;
mod browser;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(all(test, feature = "ssr"))]
mod db_tests;
#[cfg(feature = "ssr")]
pub mod merge;
#[cfg(feature = "ssr")]
pub mod plain;
#[cfg(feature = "ssr")]
mod sync;
#[cfg(feature = "ssr")]
mod thing;

pub use browser::{Kept, Unsent, looked_at, refetch, shown};
#[cfg(feature = "ssr")]
pub use merge::{Refusal, merge};
#[cfg(feature = "ssr")]
pub use sync::{Entry, MOST, SENT_TOGETHER, Sync, Synced};
#[cfg(feature = "ssr")]
pub use thing::{Thing, favorite_id, search_id};

use serde::{Deserialize, Serialize};

/// What ids of favorites begin with; the posting number follows.
pub const FAVORITE: &str = "favorite:";
/// What ids of saved searches begin with.
#[cfg(feature = "ssr")]
pub const SEARCH: &str = "search:";

/// Where a record of the phone stands between phone and account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The change that made it what it is; empty before the first.
    #[serde(default)]
    pub stamp: String,
    /// Whether that change was made here and the account has not said yet that it has it.
    #[serde(default)]
    pub unsent: bool,
}

impl Mark {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.stamp.is_empty() && !self.unsent
    }
}
