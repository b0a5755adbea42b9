//! One's own registration, as every page of its owner works with it: what is registered, what was typed since, and the one way to save.

use super::confirmed::{Statement, refuse_changes};
use super::db::{self, Saved, SectionState, Stored};
use super::parking;
use super::record::Record;
use super::{Draft, Section};
use crate::account::AccountId;
use crate::account::answer::Failure;
use crate::account::visit::Visit;
use crate::date::Date;
use crate::form::FieldErrors;
use crate::kept::plain::owner;
use crate::sealing::FieldKeys;

/// A registration with its owner.
#[derive(Clone, Debug)]
pub struct Own {
    /// Whose.
    pub account: AccountId,
    /// What is known of it beside its sections, once it was completed.
    pub record: Option<Record>,
    /// What is registered; empty before the first completion.
    pub current: Draft,
    /// What was typed and not confirmed yet: the sections that differ.
    pub typed: Stored,
    /// Everything as it would be registered: what was typed in place of what is registered.
    pub draft: Draft,
}

/// The keys of sealed fields.
///
/// # Errors
/// [`Failure::RegistrationClosed`] where the service has none.
pub fn keys(visit: &Visit) -> Result<&FieldKeys, Failure> {
    visit.accounts.settings.field_keys.as_ref().ok_or(Failure::RegistrationClosed)
}

impl Own {
    /// The registration of who is signed in; they come back to `page` after signing in.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn of(visit: &Visit, page: &str) -> Result<Self, Failure> {
        let account = owner(visit, page)?;
        Self::load(visit, account).await
    }

    /// The registration of an account. Who may see it was decided before.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn load(visit: &Visit, account: &AccountId) -> Result<Self, Failure> {
        let (database, keys) = (&visit.accounts.state.database, keys(visit)?);
        let record = db::find(database, account).await?;
        let current = db::load(database, keys, account, SectionState::Current).await?.draft;
        let typed = db::load(database, keys, account, SectionState::Draft).await?;
        let mut draft = current.clone();
        for section in Section::ALL.into_iter().filter(|section| typed.has(*section)) {
            draft.read(section, &typed.draft.written(section));
        }
        Ok(Self { account: account.clone(), record, current, typed, draft })
    }

    /// Whether it was completed once.
    #[must_use]
    pub const fn is_registered(&self) -> bool {
        self.record.is_some()
    }

    /// Whether nothing may be changed now: it is inactive.
    #[must_use]
    pub fn is_closed(&self, today: Date) -> bool {
        self.record.as_ref().is_some_and(|record| !record.is_active(today))
    }

    /// Whether something was typed that is not confirmed.
    #[must_use]
    pub const fn has_typed(&self) -> bool {
        !self.typed.revisions.is_empty()
    }

    /// What staff confirmed and `draft` would change: nothing of it may be saved (DOMAIN.md rule 4 [L]).
    #[must_use]
    pub fn refused(&self, draft: &Draft) -> FieldErrors {
        let Some(record) = &self.record else { return FieldErrors::default() };
        refuse_changes(
            &record.confirmed,
            Statement { answer: &self.current.basic.disability, section: Some(&self.current.disability) },
            Statement { answer: &draft.basic.disability, section: Some(&draft.disability) },
        )
    }

    /// Saves a section of `draft` as typed, if it was written on what is stored (`base`). The same again is saved already.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn save(&self, visit: &Visit, draft: &Draft, section: Section, base: i64) -> Result<Saved, Failure> {
        let stored = self.typed.revision(section);
        let is_there = stored > 0 && self.typed.draft.written(section) == draft.written(section);
        let mut transaction = visit.accounts.state.database.begin().await?;
        let whose = (&self.account, SectionState::Draft);
        let saved = if is_there {
            Saved::Done(stored)
        } else {
            db::save(&mut transaction, keys(visit)?, whose, (draft, section), base, visit.now).await?
        };
        if matches!(saved, Saved::Done(_)) {
            parking::unpark(visit, &mut transaction, section.code()).await?;
            transaction.commit().await?;
        }
        Ok(saved)
    }
}
