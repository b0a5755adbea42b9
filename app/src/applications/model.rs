//! What an application is.

use crate::account::{AccountId, Role};
use crate::date::Date;
use crate::postings::PostingNumber;
use crate::registration::choices;

choices! {
    /// How somebody applied.
    Route {
        /// オンライン自主応募: no referral.
        SelfApplication = "self" applications_route_self,
        /// オンラインハローワーク紹介.
        Referral = "referral" applications_route_referral,
        /// 窓口での紹介, entered by staff.
        Counter = "counter" applications_route_counter,
        /// An answer to a direct request; a self-application.
        Request = "request" applications_route_request,
    }
}

choices! {
    /// What has become of it.
    State {
        /// In selection.
        Sent = "sent" applications_state_sent,
        /// Taken back by the seeker.
        Withdrawn = "withdrawn" applications_state_withdrawn,
        /// 採用.
        Hired = "hired" applications_state_hired,
        /// 不採用.
        NotHired = "not-hired" applications_state_not_hired,
    }
}

choices! {
    /// A step on its way.
    EventKind {
        /// It was sent.
        Sent = "sent" applications_event_sent,
        /// The employer opened it.
        Opened = "opened" applications_event_opened,
        /// The employer asks for an interview.
        Interview = "interview" applications_event_interview,
        /// A message.
        Message = "message" applications_event_message,
        /// 採用.
        Hired = "hired" applications_event_hired,
        /// 不採用.
        NotHired = "not-hired" applications_event_not_hired,
        /// Taken back.
        Withdrawn = "withdrawn" applications_event_withdrawn,
    }
}

/// An application, without what was written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Names it.
    pub id: String,
    /// How.
    pub route: Route,
    /// Whose; nobody's once its seeker is gone.
    pub account: Option<AccountId>,
    /// For which posting.
    pub posting: PostingNumber,
    /// Who receives it; none where the employer has no page.
    pub establishment: Option<String>,
    /// 職種, as it was.
    pub title: String,
    /// 事業所名, as the seeker saw it; may be empty.
    pub company: String,
    /// Whether the posting is reserved for people with disabilities.
    pub is_reserved: bool,
    /// When the sheet promises an answer, in its words; may be empty.
    pub promise: String,
    /// The day that follows from the promise.
    pub reply_by: Option<Date>,
    /// 紹介状の番号.
    pub letter_number: Option<String>,
    /// When it was sent, in milliseconds since 1970.
    pub sent_at: i64,
    /// When the employer opened it.
    pub opened_at: Option<i64>,
    /// What has become of it.
    pub state: State,
}

impl Application {
    /// Whether it is in selection.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == State::Sent
    }

    /// Whether the promised answer is overdue on `today`.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.reply_by.is_some_and(|day| day < today)
    }

    /// Where it stands, in a word.
    #[must_use]
    pub fn standing(&self) -> &'static str {
        match (self.state, self.opened_at) {
            // Nobody opens what goes by letter.
            (State::Sent, _) if self.establishment.is_none() => crate::text::applications_state_referred(),
            (State::Sent, Some(_)) => crate::text::applications_state_opened(),
            (state, _) => state.label(),
        }
    }
}

/// A step on the way of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What.
    pub kind: EventKind,
    /// By whom.
    pub by: Role,
    /// What was said with it; may be empty.
    pub words: String,
}
