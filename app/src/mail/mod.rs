//! Mails: written into a queue in the transaction that they belong to, sent from there until they have arrived or are of no use any more.

pub mod db;
mod dev_page;
mod letter;
mod sending;

pub use crate::queue::Bell;
pub use dev_page::{list as dev_list, one as dev_one};
pub use letter::Letter;
pub use sending::{NotATransport, Sent, Transport, keep_sending, send_due};

/// How long a mail may be late by default: what it tells is still true then.
pub const USEFUL_MS: i64 = 24 * 3_600_000;
/// How long what is known of a sent mail stays (not its content).
pub const KEPT_MS: i64 = 7 * 24 * 3_600_000;

/// A mail in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Which.
    pub id: String,
    /// To whom.
    pub recipient: String,
    /// What the list of mails shows.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// When it was written, in milliseconds since 1970.
    pub created_at: i64,
    /// From when on it is of no use.
    pub expires_at: i64,
    /// How often it was tried.
    pub tries: i64,
}

/// What has become of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not tried yet, or being tried for the first time.
    Waiting,
    /// It left.
    Sent,
    /// It could not leave so far, and is tried again.
    Delayed,
    /// It was of no use any more before it could leave.
    GivenUp,
}

/// How long to wait after the try with this number (from 1), in milliseconds: soon at first, as a code is waited for; then ever longer.
#[must_use]
pub const fn pause_after(tries: i64) -> i64 {
    match tries {
        ..=1 => 5_000,
        2 => 15_000,
        3 => 60_000,
        4 => 5 * 60_000,
        5 => 15 * 60_000,
        _ => 3_600_000,
    }
}

#[cfg(test)]
mod tests;
