//! 事業所: where applications go. Staff link one, with its postings, to accounts of its employer; without a member it has no page here.

pub mod contact;
pub mod db;
pub mod demo;
mod employer_page;
mod staff_page;

pub use employer_page::seen;

use crate::account::{AccountId, Accounts};
use axum::Router;
use axum::routing::get;
use contact::Contact;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    staff_page::routes().route("/employer/establishments/{establishment}", get(employer_page::show).post(employer_page::submit))
}

/// An establishment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Establishment {
    /// Names it.
    pub id: String,
    /// 事業所名.
    pub name: String,
    /// 所在地.
    pub address: String,
    /// What its employer says to applicants.
    pub contact: Contact,
    /// How often that was changed.
    pub revision: i64,
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
