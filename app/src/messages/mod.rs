//! メッセージ: between a seeker and an employer that has a page here, one thread an application (DOMAIN.md "What the leaflet promises" [L]).

pub mod db;
mod page;
mod rule;

pub use page::routes;

use crate::account::Role;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Names it.
    pub id: String,
    /// By whom.
    pub by: Role,
    /// What it says.
    pub body: String,
    /// When, in milliseconds since 1970.
    pub sent_at: i64,
    /// Whether the other side has read it.
    pub is_read: bool,
}
