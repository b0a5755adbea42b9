//! 求人 of this service's own desks: drafted by an employer in the sheet's sections, checked by staff before they are published, changed, stopped, reused. What
//! they say becomes a record with the feed's items, so that the same rules derive it and the same sheet shows it.

mod db;
mod differences;
mod employer_page;
mod form;
mod staff_page;

use crate::account::Accounts;
use crate::audit;
use crate::postings::PostingNumber;
use crate::registration::choices;
use crate::registration::form_data::FormData;
use axum::Router;

choices! {
    /// Where a posting of a desk stands.
    State {
        /// Being written, or changed.
        Draft = "draft" desk_state_draft,
        /// Waits for staff.
        Submitted = "submitted" desk_state_submitted,
        /// Staff sent it back.
        Returned = "returned" desk_state_returned,
        /// Published as it is.
        Published = "published" desk_state_published,
        /// Taken off.
        Stopped = "stopped" desk_state_stopped,
    }
}

impl State {
    /// What the audit log says when a posting comes to stand so.
    #[must_use]
    pub const fn audited(self) -> audit::What {
        match self {
            Self::Draft => audit::What::DraftPosting,
            Self::Submitted => audit::What::SubmitPosting,
            Self::Returned => audit::What::ReturnPosting,
            Self::Published => audit::What::PublishPosting,
            Self::Stopped => audit::What::StopPosting,
        }
    }
}

/// A posting of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPosting {
    /// Names it at the desk.
    pub id: String,
    /// Whose.
    pub establishment: String,
    /// 求人番号, once it was published.
    pub number: Option<PostingNumber>,
    /// Where it stands.
    pub state: State,
    /// What was typed.
    pub form: FormData,
    /// Changes with every change.
    pub revision: i64,
}

/// Something that was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub by: crate::account::Role,
    /// What.
    pub action: State,
    /// What staff said.
    pub words: String,
    /// What it said then.
    pub form: FormData,
}

/// The addresses.
pub fn routes() -> Router<Accounts> {
    employer_page::routes().merge(staff_page::routes())
}
