//! What phones and account say to each other.

use super::{Refusal, Thing};
use serde::{Deserialize, Serialize};

/// How many favorites and saved searches an account keeps [own]: three phones full.
pub const MOST: i64 = 1_000;

/// How many changes are sent together.
pub const SENT_TOGETHER: usize = 50;

/// A change on its way to the account, or what the account has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Of what.
    pub id: String,
    /// The name of this change, or of the one that made it what it is.
    pub stamp: String,
    /// On what a change is based: the stamp that its phone had seen last; empty if none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// What it is now; nothing if it was taken out.
    #[serde(default)]
    pub thing: Option<Thing>,
}

/// What a phone sends: `POST /api/kept/sync`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sync {
    /// Whose account the phone means, as [`Synced::account`] says it: another is not given its changes.
    pub account: String,
    /// Up to which revision of the account it knows everything; 0 for nothing.
    pub since: i64,
    /// Its changes, in the order in which they were made; at most [`SENT_TOGETHER`].
    pub changes: Vec<Entry>,
}

/// What the account answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synced {
    /// Whose it is: the same text for the same account, telling nothing about it.
    pub account: String,
    /// Up to which revision the phone knows everything now.
    pub revision: i64,
    /// Whether `entries` is everything there is: what the phone has beside it and was sent is gone.
    pub is_all: bool,
    /// What has changed since, and what the changes were about, taken out or not.
    pub entries: Vec<Entry>,
    /// The stamps of the changes that were taken, now or before.
    pub done: Vec<String>,
    /// The stamps of those that were not, and why.
    pub refused: Vec<(String, Refusal)>,
}
