//! Tells people by mail and notice that their registration ends, 30, 7 and 1 days before, and that it has ended: never silent. And deletes what was
//! ended for good, on its day.

use super::db::{self, Due};
use super::validity::{DELETION_DAYS, InactiveReason, REMINDER_DAYS, reminder_due};
use crate::account::{Settings, db as accounts};
use crate::clock::Clock;
use crate::database::Database;
use crate::mail::{self, Letter};
use crate::notices::{self, NewNotice};
use crate::push;
use crate::text;

/// Registrations that are looked at together.
const TOGETHER: i64 = 200;

/// Writes what is due today; gives how many were told. Run again, nothing is written twice.
///
/// # Errors
/// If the database fails.
pub async fn remind(database: &Database, settings: &Settings, clock: &Clock) -> Result<u64, sqlx::Error> {
    let today = clock.today();
    let furthest = today.plus_days(i32::from(REMINDER_DAYS.into_iter().max().unwrap_or_default()));
    let mut told = 0;
    loop {
        let due = db::due_for_reminder(database, furthest, today, TOGETHER).await?;
        if due.is_empty() {
            return Ok(told);
        }
        for one in due {
            told += u64::from(tell(database, settings, clock, &one).await?);
        }
    }
}

/// What somebody is told of a registration whose last valid day is `due.day`.
fn letter(due: &Due, clock: &Clock) -> Option<Letter> {
    let today = clock.today();
    if today > due.day {
        return Some(Letter::RegistrationEnded);
    }
    reminder_due(due.day, due.looked, today).map(|_| Letter::RegistrationEnds(due.day.epoch_days() - today.epoch_days()))
}

/// The notice that goes with a mail.
fn notice_words(letter: &Letter) -> String {
    match letter {
        Letter::RegistrationEnds(0) => text::notices_registration_ends_today().to_owned(),
        Letter::RegistrationEnds(days) => text::notices_registration_ends(days),
        _ => text::notices_registration_ended().to_owned(),
    }
}

async fn tell(database: &Database, settings: &Settings, clock: &Clock, due: &Due) -> Result<bool, sqlx::Error> {
    let account = accounts::find(database, &due.account).await?;
    let letter = letter(due, clock);
    let mut transaction = database.begin().await?;
    if !db::set_looked(&mut transaction, &due.account, clock.today()).await? {
        return Ok(false);
    }
    if let Some((account, letter)) = account.as_ref().zip(letter.as_ref()) {
        let (subject, body) = letter.written(&settings.origin);
        mail::db::write(&mut transaction, &account.email, (subject, &body), clock.now(), None).await?;
        let words = notice_words(letter);
        let notice = NewNotice { account: &due.account, kind: notices::Kind::General, subject, body: &words, path: "/registration" };
        notices::db::add(&mut transaction, notice, clock.now()).await?;
        push::db::queue(&mut transaction, notice, clock.now()).await?;
    }
    transaction.commit().await?;
    settings.ring();
    Ok(letter.is_some())
}

/// Deletes the registrations whose day has come (DOMAIN.md rule 5 [L]); gives how many.
///
/// # Errors
/// If the database fails.
pub async fn delete(database: &Database, settings: &Settings, clock: &Clock) -> Result<u64, sqlx::Error> {
    let (reason, since) = (InactiveReason::NoMoreUse.code(), clock.today().plus_days(-DELETION_DAYS));
    let mut deleted = 0;
    loop {
        let due = db::due_for_deletion(database, reason, since, TOGETHER).await?;
        if due.is_empty() {
            return Ok(deleted);
        }
        for one in due {
            deleted += u64::from(delete_one(database, settings, clock, &one).await?);
        }
    }
}

async fn delete_one(database: &Database, settings: &Settings, clock: &Clock, due: &Due) -> Result<bool, sqlx::Error> {
    let account = accounts::find(database, &due.account).await?;
    let mut transaction = database.begin().await?;
    // Taken back in the last moment, it stays.
    let record = db::find_locked(&mut transaction, &due.account).await?;
    if !record.is_some_and(|record| record.standing.is_to_be_deleted(clock.today())) {
        return Ok(false);
    }
    db::erase(&mut transaction, &due.account).await?;
    if let Some(account) = account {
        let (subject, body) = Letter::RegistrationDeleted.written(&settings.origin);
        mail::db::write(&mut transaction, &account.email, (subject, &body), clock.now(), None).await?;
    }
    transaction.commit().await?;
    settings.ring();
    Ok(true)
}
