//! オンラインハローワーク紹介: staff judge whether a posting fits what they consulted with a seeker, and recommend it; the seeker accepts, and a referral
//! exists, or declines (DOMAIN.md rule 2 [L]).

pub mod db;
pub mod fit;
mod page;
mod referrals;
mod staff_page;

use crate::account::AccountId;
use crate::date::Date;
use crate::postings::PostingNumber;
use crate::registration::choices;
use axum::Router;

choices! {
    /// What staff judge.
    Judgement {
        /// It fits.
        Fits = "fits" recommendations_judgement_fits,
        /// It fits in part; the comment says in what not.
        Partly = "fits-partly" recommendations_judgement_partly,
        /// To be talked about first.
        AskFirst = "ask-first" recommendations_judgement_ask_first,
    }
}

/// A posting that staff recommended to a seeker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// Names it.
    pub id: String,
    /// To whom.
    pub account: AccountId,
    /// Which posting.
    pub posting: PostingNumber,
    /// 職種, as it was.
    pub title: String,
    /// What staff judged.
    pub judgement: Judgement,
    /// What they say to the seeker.
    pub comment: String,
    /// The last day for an answer.
    pub reply_by: Date,
    /// The five digits of the office that letter numbers begin with.
    pub office: String,
    /// When, in milliseconds since 1970.
    pub recommended_at: i64,
    /// `accepted`, `declined`, or nothing yet.
    pub answer: String,
    /// Why it was declined; may be empty.
    pub reason: String,
}

impl Recommendation {
    /// Whether it waits for an answer on `today`.
    #[must_use]
    pub fn is_open(&self, today: Date) -> bool {
        self.answer.is_empty() && today <= self.reply_by
    }
}

/// The addresses.
pub fn routes() -> Router<crate::account::Accounts> {
    page::routes().merge(staff_page::routes())
}
