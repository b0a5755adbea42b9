//! What is applied for: the posting as its seeker sees it, who receives the application, and by which route.

use super::db;
use super::ways::{Closed, Facts};
use super::{Route, content::Asked};
use crate::account::AccountId;
use crate::account::answer::Failure;
use crate::account::visit::Visit;
use crate::establishments::{self, Establishment};
use crate::postings::db::{self as postings, Stored};
use crate::postings::sheet::{Sheet, build};
use crate::postings::{Flag, PostingNumber, PublishingScope};
use crate::recommendations::{self, Recommendation};
use crate::registration::record::Record;
use crate::requests::{self, Request};

/// By which route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// オンライン自主応募.
    SelfApplication,
    /// Staff recommended it.
    Referral(Box<Recommendation>),
    /// Its employer asked for it: a self-application (DOMAIN.md "Employer side" [O]).
    Request(Box<Request>),
}

/// What is applied for.
#[derive(Clone, Debug)]
pub struct Target {
    /// The posting as its seeker sees it today.
    pub sheet: Sheet,
    /// As it is kept.
    pub stored: Stored,
    /// Who receives it.
    pub establishment: Option<Establishment>,
    /// By which route.
    pub via: Via,
    /// The seeker's open application for it.
    pub applied: Option<String>,
}

impl Target {
    /// A posting that somebody wants to apply for by themselves.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where it is not published.
    pub async fn of_posting(visit: &Visit, number: &str, account: &AccountId) -> Result<Self, Failure> {
        let number = number.parse().map_err(|_| Failure::NotFound)?;
        Self::load(visit, &number, account, Via::SelfApplication).await
    }

    /// A posting that staff recommended to this seeker.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where there is no such recommendation of theirs.
    pub async fn of_recommendation(visit: &Visit, id: &str, account: &AccountId) -> Result<Self, Failure> {
        let keys = crate::registration::keys(visit)?;
        let found = recommendations::db::find(&visit.accounts.state.database, keys, id).await?;
        let recommendation = found.filter(|found| found.account == *account).ok_or(Failure::NotFound)?;
        let number = recommendation.posting.clone();
        Self::load(visit, &number, account, Via::Referral(Box::new(recommendation))).await
    }

    /// A posting whose employer asked this seeker to apply.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where there is no such request of theirs.
    pub async fn of_request(visit: &Visit, id: &str, account: &AccountId) -> Result<Self, Failure> {
        let keys = crate::registration::keys(visit)?;
        let found = requests::db::find(&visit.accounts.state.database, keys, id).await?;
        let request = found.filter(|found| found.account == *account).ok_or(Failure::NotFound)?;
        let number = request.posting.clone();
        Self::load(visit, &number, account, Via::Request(Box::new(request))).await
    }

    async fn load(visit: &Visit, number: &PostingNumber, account: &AccountId, via: Via) -> Result<Self, Failure> {
        let database = &visit.accounts.state.database;
        let stored = postings::find(database, number).await?.ok_or(Failure::NotFound)?;
        let sheet = build(stored.listing.clone(), &stored.record, stored.closed_at.is_some(), visit.viewer, visit.today());
        Ok(Self {
            sheet: sheet.ok_or(Failure::NotFound)?,
            establishment: establishments::db::of_posting(database, number).await?,
            applied: db::has_open(database, account, number).await?,
            stored,
            via,
        })
    }

    /// The posting's number.
    #[must_use]
    pub const fn number(&self) -> &PostingNumber {
        &self.sheet.number
    }

    /// Where its form is.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.via {
            Via::SelfApplication => format!("/postings/{}/apply", self.sheet.number),
            Via::Referral(recommendation) => format!("/recommendations/{}/apply", recommendation.id),
            Via::Request(request) => format!("/requests/{}/apply", request.id),
        }
    }

    /// By which route.
    #[must_use]
    pub const fn route(&self) -> Route {
        match self.via {
            Via::SelfApplication => Route::SelfApplication,
            Via::Referral(_) => Route::Referral,
            Via::Request(_) => Route::Request,
        }
    }

    /// What its form asks for.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked { is_reserved: self.sheet.flags.has(Flag::Reserved), is_self: !matches!(self.via, Via::Referral(_)) }
    }

    /// Why it cannot be applied for; open if nothing is in the way.
    #[must_use]
    pub fn against(&self, record: Option<&Record>, visit: &Visit) -> Vec<Closed> {
        if matches!(&self.via, Via::Request(request) if !request.is_open()) && self.applied.is_none() {
            return vec![Closed::Answered];
        }
        let facts = Facts {
            is_seeker: true,
            record,
            is_open: !self.sheet.closed,
            // Whoever asks takes the answer; one that was answered is over.
            accepts_self: match &self.via {
                Via::Request(request) => request.is_open(),
                _ => accepts_self(&self.sheet, self.stored.listing.scope),
            },
            has_page: self.establishment.as_ref().is_some_and(Establishment::has_page),
            has_applied: self.applied.is_some(),
            is_recommended: matches!(&self.via, Via::Referral(recommendation) if recommendation.is_open(visit.today())),
            today: visit.today(),
        };
        match self.via {
            Via::SelfApplication | Via::Request(_) => facts.against_self(),
            Via::Referral(_) => facts.against_referral(),
        }
    }
}

/// Whether a posting can be applied for without a referral: it says so, and its name is shown (DOMAIN.md "Employer side": scope 1 or 2).
#[must_use]
pub fn accepts_self(sheet: &Sheet, scope: PublishingScope) -> bool {
    sheet.flags.has(Flag::SelfApplication) && matches!(scope, PublishingScope::Everyone | PublishingScope::RegisteredSeekers)
}
