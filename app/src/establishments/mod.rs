//! 事業所: where applications go. Staff link one, with its postings, to accounts of its employer; without a member it has no page here.

pub mod db;
pub mod demo;
mod staff_page;

pub use staff_page::routes;

use crate::account::AccountId;

/// An establishment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Establishment {
    /// Names it.
    pub id: String,
    /// 事業所名.
    pub name: String,
    /// 所在地.
    pub address: String,
    /// The accounts that act for it.
    pub members: Vec<AccountId>,
}

impl Establishment {
    /// Whether somebody receives what is sent to it.
    #[must_use]
    pub const fn has_page(&self) -> bool {
        !self.members.is_empty()
    }
}
