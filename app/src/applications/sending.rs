//! The one way to send an application: by the form, from the outbox, and for a forged request the same.

use super::EventKind;
use super::content::{self, CAUTION_VERSION, Input};
use super::db::{self, NewApplication, Texts};
use super::history_page::PAGE;
use super::promise::promised;
use super::seen;
use super::target::{Target, Via};
use super::ways::Closed;
use crate::account::Role;
use crate::account::answer::Failure;
use crate::account::db as forms;
use crate::account::visit::Visit;
use crate::date::Date;
use crate::documents;
use crate::establishments;
use crate::form::{Confirmed, FieldErrors};
use crate::mail::Letter;
use crate::notices::{self, NewNotice};
use crate::postings::Flag;
use crate::postings::db as postings;
use crate::recommendations;
use crate::registration::{Own, db as registrations, keys, parking};
use crate::requests;
use sqlx::{Any, Transaction};

/// What became of an application that was to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is there: the path of its page.
    Done(String),
    /// The way is closed, now.
    Closed(Vec<Closed>),
    /// The posting was changed since it was looked at.
    Changed,
    /// What was written cannot be sent.
    Wrong(FieldErrors),
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct ToSend<'a> {
    /// The hash of the form's key: the same again gives the same answer.
    pub form: &'a str,
    /// What was written.
    pub input: &'a Input,
    /// The warnings that were accepted.
    pub confirmed: &'a Confirmed,
    /// What was looked at.
    pub seen: Seen,
}

/// Which state of the posting was looked at before sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The one of this change, in milliseconds since 1970.
    Change(i64),
    /// The one of this day: a sheet that was kept on the phone before it knew of its change.
    On(Date),
}

impl Seen {
    fn is_still(self, changed_at: i64) -> bool {
        match self {
            Self::Change(at) => at == changed_at,
            Self::On(day) => Date::in_japan(changed_at) <= day,
        }
    }
}

/// Sends an application.
///
/// # Errors
/// [`Failure`].
pub async fn send(visit: &Visit, own: &Own, target: &Target, to_send: ToSend<'_>) -> Result<Sent, Failure> {
    if let Some(answer) = visit.answered_before(to_send.form).await? {
        return Ok(Sent::Done(answer));
    }
    // What waited on a phone for longer than answers are kept has this name still.
    let id = named(visit, to_send.form);
    if db::find(&visit.accounts.state.database, &id).await?.is_some_and(|sent| sent.account.as_ref() == Some(&own.account)) {
        return Ok(Sent::Done(format!("{PAGE}/{id}?said=sent")));
    }
    let closed = target.against(own.record.as_ref(), visit);
    if !closed.is_empty() {
        return Ok(Sent::Closed(closed));
    }
    let content = match content::validate(to_send.input, target.asked()).accept(to_send.confirmed) {
        Ok(content) => content,
        Err(errors) => return Ok(Sent::Wrong(errors)),
    };
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, to_send.form, visit.now).await? {
        return Ok(Sent::Done(answer));
    }
    // What was true a moment ago may have ended: the transaction decides.
    let Some(record) = registrations::find_locked(&mut transaction, &own.account).await? else {
        return Ok(Sent::Closed(vec![Closed::NotRegistered]));
    };
    if !record.is_active(visit.today()) {
        return Ok(Sent::Closed(vec![Closed::Inactive]));
    }
    match postings::last_change(&mut transaction, target.number()).await? {
        Some((changed_at, false)) if to_send.seen.is_still(changed_at) => {}
        Some((_, true)) | None => return Ok(Sent::Closed(vec![Closed::PostingClosed])),
        Some(_) => return Ok(Sent::Changed),
    }
    let person = seen::written(&seen::person(&own.current, &visit.own_account().await?.email, visit.today()));
    if !write(visit, &mut transaction, own, target, (&id, &Texts::of(content, person))).await? {
        return Ok(Sent::Closed(vec![Closed::Applied]));
    }
    // A self-application or a referral in the final month extends the validity [O].
    registrations::set_standing(&mut transaction, &own.account, record.standing.used(visit.today()), visit.today()).await?;
    let answer = format!("{PAGE}/{id}?said=sent");
    forms::answer(&mut transaction, to_send.form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(Sent::Done(answer))
}

/// The name of the application that a form becomes: it says nothing of the form.
fn named(visit: &Visit, form: &str) -> String {
    visit.accounts.key().mac("application", &[form])[..24].to_owned()
}

/// Writes everything that a new application is; `false` where an open one is there, or the recommendation is answered.
async fn write(
    visit: &Visit,
    transaction: &mut Transaction<'_, Any>,
    own: &Own,
    target: &Target,
    (id, texts): (&str, &Texts),
) -> Result<bool, Failure> {
    let (promise, reply_by) = promised(&target.stored.record, visit.today());
    let letter_number = match &target.via {
        Via::SelfApplication => None,
        Via::Request(request) => {
            if !requests::db::answer(transaction, &request.id, "applied", visit.now).await? {
                return Ok(false);
            }
            None
        }
        Via::Referral(recommendation) => {
            if !recommendations::db::answer(transaction, &recommendation.id, ("accepted", ""), visit.now).await? {
                return Ok(false);
            }
            Some(db::draw_letter_number(transaction, &recommendation.office, visit.today()).await?)
        }
    };
    let receiver = target.establishment.as_ref().filter(|establishment| establishment.has_page());
    let new = NewApplication {
        id,
        route: target.route(),
        account: &own.account,
        posting: target.number(),
        establishment: receiver.map(|establishment| establishment.id.as_str()),
        title: &target.sheet.title,
        company: target.sheet.name.as_deref().unwrap_or_default(),
        is_reserved: target.sheet.flags.has(Flag::Reserved),
        promise: &promise,
        reply_by,
        letter_number: letter_number.as_ref(),
        caution_version: if target.asked().is_self { CAUTION_VERSION } else { "" },
    };
    if !db::add(transaction, new, visit.now).await? {
        return Ok(false);
    }
    db::add_texts(transaction, keys(visit)?, id, texts).await?;
    db::add_event(transaction, keys(visit)?, id, (EventKind::Sent, Role::Seeker, ""), visit.now).await?;
    documents::db::hand_over(transaction, &own.account, target.number(), id).await?;
    db::discard_draft(transaction, &own.account, target.number()).await?;
    parking::unpark(visit, transaction, &target.path()).await?;
    if let Some(receiver) = receiver {
        tell_employer(visit, transaction, &receiver.id, &Letter::ApplicationCame).await?;
    }
    Ok(true)
}

/// Writes a mail to those who act for an establishment.
///
/// # Errors
/// [`Failure`].
pub async fn tell_employer(
    visit: &Visit,
    transaction: &mut Transaction<'_, Any>,
    establishment: &str,
    letter: &Letter,
) -> Result<(), Failure> {
    for (_, email) in establishments::db::addresses(&visit.accounts.state.database, establishment).await? {
        visit.accounts.write_mail(transaction, &email, letter).await?;
    }
    Ok(())
}

/// Tells a seeker, by notice and mail, that something has happened with an application; nobody where they are gone.
///
/// # Errors
/// [`Failure`].
pub async fn tell_seeker(
    visit: &Visit,
    transaction: &mut Transaction<'_, Any>,
    application: &super::Application,
    (subject, body): (&str, &str),
    letter: &Letter,
) -> Result<(), Failure> {
    let Some(account) = &application.account else { return Ok(()) };
    let path = format!("/applications/{}", application.id);
    let notice = NewNotice { account, kind: notices::Kind::Application, subject, body, path: &path };
    Ok(notices::tell(&visit.accounts, transaction, notice, letter, visit.now).await?)
}
