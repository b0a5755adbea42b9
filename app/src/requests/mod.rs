//! 直接リクエスト: employers search the profiles that seekers publish, and ask somebody to apply (DOMAIN.md "Employer side" [O]): at most ten seekers for a
//! posting, each once. Answering one is a self-application.

pub mod db;
mod page;
mod profiles_page;
pub mod published;

use crate::account::{AccountId, Accounts};
use crate::postings::PostingNumber;
use axum::Router;

/// The most seekers that a posting may ask [O].
pub const MOST_OF_POSTING: i64 = 10;
/// The longest text of a request, in characters [own].
pub const WORDS_MOST: usize = 1000;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Names it.
    pub id: String,
    /// To whom.
    pub account: AccountId,
    /// By whom.
    pub establishment: String,
    /// For which posting.
    pub posting: PostingNumber,
    /// 職種, as it was.
    pub title: String,
    /// 事業所名.
    pub company: String,
    /// What the employer says.
    pub words: String,
    /// When, in milliseconds since 1970.
    pub sent_at: i64,
    /// `applied`, `declined`, or nothing yet.
    pub answer: String,
}

impl Request {
    /// Whether it waits for an answer.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.answer.is_empty()
    }
}

/// The addresses.
pub fn routes() -> Router<Accounts> {
    page::routes().merge(profiles_page::routes())
}
