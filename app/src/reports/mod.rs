//! 申し出: what seekers report to staff – a posting that differs from reality, a message – and what staff answer.

pub mod db;
mod page;
mod staff_page;

pub(crate) use page::{may_report, take};

use crate::account::Accounts;
use crate::registration::choices;
use axum::Router;

choices! {
    /// What is reported.
    Kind {
        /// A posting that differs from reality; `about` is its number.
        Posting = "posting" reports_kind_posting,
        /// Messages; `about` is their application.
        Message = "message" reports_kind_message,
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Names it.
    pub id: String,
    /// What is reported.
    pub kind: Kind,
    /// Its name.
    pub about: String,
    /// What the seeker says.
    pub words: String,
    /// When, in milliseconds since 1970.
    pub reported_at: i64,
    /// Whether staff have dealt with it.
    pub is_done: bool,
    /// What staff answered.
    pub answer: String,
}

/// The longest report and answer, in characters [own].
pub const WORDS_MOST: usize = 2000;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    page::routes().merge(staff_page::routes())
}
