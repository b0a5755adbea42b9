//! The ways of applying, in words: on every sheet, and on the page of a way that is closed.

use super::db;
use super::target::accepts_self;
use super::ways::{Closed, Facts};
use crate::account::{CurrentUser, Role};
use crate::establishments::{self, Establishment};
use crate::postings::PublishingScope;
use crate::postings::record::Record as PostingRecord;
use crate::postings::sheet::{Sheet, Way};
use crate::recommendations;
use crate::registration::db as registrations;
use crate::state::AppState;
use crate::text;

/// What is open to somebody for a posting, and why not the rest.
///
/// # Errors
/// If the database fails.
pub async fn ways(
    state: &AppState,
    user: Option<&CurrentUser>,
    (sheet, record, scope): (&Sheet, &PostingRecord, PublishingScope),
) -> Result<Vec<Way>, sqlx::Error> {
    let database = &state.database;
    let seeker = user.filter(|user| user.role == Role::Seeker).map(|user| &user.account);
    let accepts_self = accepts_self(sheet, scope);
    let has_page =
        accepts_self && establishments::db::of_posting(database, &sheet.number).await?.as_ref().is_some_and(Establishment::has_page);
    let (mut registration, mut applied, mut recommended) = (None, None, None);
    if let Some(account) = seeker {
        registration = registrations::find(database, account).await?;
        applied = db::has_open(database, account, &sheet.number).await?;
        recommended = recommendations::db::open_for(database, account, &sheet.number, state.clock.today()).await?;
    }
    let facts = Facts {
        is_seeker: seeker.is_some(),
        record: registration.as_ref(),
        is_open: !sheet.closed,
        accepts_self,
        has_page,
        has_applied: applied.is_some(),
        is_recommended: recommended.is_some(),
        today: state.clock.today(),
    };
    let words = Words { sheet, office: office(record), applied: applied.as_deref() };
    let own = format!("/postings/{}/apply", sheet.number);
    let referral = recommended.map(|id| format!("/recommendations/{id}")).unwrap_or_default();
    let mut ways = vec![
        words.way(text::ways_self(), &facts.against_self(), (text::ways_self_open(), &own, text::ways_self_link())),
        words.way(text::ways_referral(), &facts.against_referral(), (text::ways_referral_open(), &referral, text::ways_referral_link())),
    ];
    if !sheet.closed {
        ways.push(words.at_the_office());
    }
    Ok(ways)
}

/// Which office received the posting.
#[must_use]
pub fn office(record: &PostingRecord) -> String {
    record.get("juriatsmei").map_or_else(|| text::ways_an_office().to_owned(), |name| name.trim().to_owned())
}

/// What words are made from.
pub struct Words<'a> {
    /// The posting.
    pub sheet: &'a Sheet,
    /// The office that received it.
    pub office: String,
    /// One's own open application for it.
    pub applied: Option<&'a str>,
}

impl Words<'_> {
    fn way(&self, title: &str, against: &[Closed], (open, path, label): (&str, &str, &str)) -> Way {
        if against.is_empty() {
            return Way {
                title: title.to_owned(),
                is_open: true,
                words: vec![open.to_owned()],
                links: vec![(path.to_owned(), label.to_owned())],
            };
        }
        let links = against.iter().filter_map(|reason| self.what_to_do(*reason)).collect();
        Way { title: title.to_owned(), is_open: false, words: against.iter().map(|reason| self.why(*reason)).collect(), links }
    }

    /// Why a way is closed, in a sentence.
    #[must_use]
    pub fn why(&self, reason: Closed) -> String {
        match reason {
            Closed::PostingClosed => text::ways_closed_posting().to_owned(),
            Closed::Applied => text::ways_closed_applied().to_owned(),
            Closed::NotAccepted => text::ways_closed_not_accepted().to_owned(),
            Closed::NoPage => text::ways_closed_no_page(&self.office),
            Closed::SignIn => text::ways_closed_sign_in().to_owned(),
            Closed::NotRegistered => text::ways_closed_not_registered().to_owned(),
            Closed::Inactive => text::ways_closed_inactive().to_owned(),
            Closed::OnlineOnly => text::ways_closed_online_only().to_owned(),
            Closed::NotConsulted => text::ways_closed_not_consulted().to_owned(),
            Closed::NotRecommended => text::ways_closed_not_recommended().to_owned(),
            Closed::Answered => text::ways_closed_answered().to_owned(),
        }
    }

    /// Where to do something about it: path and label.
    #[must_use]
    pub fn what_to_do(&self, reason: Closed) -> Option<(String, String)> {
        let link = |path: &str, label: &str| Some((path.to_owned(), label.to_owned()));
        match reason {
            Closed::PostingClosed => link("/postings", text::ui_nav_postings()),
            Closed::Applied => link(&format!("/applications/{}", self.applied?), text::ways_to_application()),
            Closed::SignIn => link(&format!("/account/sign-in?next=/postings/{}", self.sheet.number), text::account_to_sign_in()),
            Closed::NotRegistered => link("/registration", text::registration_title()),
            Closed::Inactive => link("/registration/standing", text::registration_standing_title()),
            Closed::Answered => None,
            Closed::NotAccepted | Closed::NoPage | Closed::OnlineOnly | Closed::NotConsulted | Closed::NotRecommended => {
                link("/support", text::ways_to_support())
            }
        }
    }

    fn at_the_office(&self) -> Way {
        Way {
            title: text::ways_counter().to_owned(),
            is_open: true,
            words: vec![text::ways_counter_open(self.sheet.number.to_string(), &self.office)],
            links: vec![("/support".to_owned(), text::ways_to_support().to_owned())],
        }
    }
}
