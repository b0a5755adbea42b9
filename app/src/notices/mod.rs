//! お知らせ: what a seeker is told on their own page, beside the mail.

pub mod db;
mod page;

pub use page::routes;

use crate::account::AccountId;

/// A notice to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// For whom.
    pub account: &'a AccountId,
    /// What it is about.
    pub subject: &'a str,
    /// What it says.
    pub body: &'a str,
    /// The page of ours that it leads to.
    pub path: &'a str,
}

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Names it.
    pub id: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// The page of ours that it leads to.
    pub path: String,
    /// When it was written, in milliseconds since 1970.
    pub written_at: i64,
    /// Whether it was read.
    pub is_read: bool,
}
