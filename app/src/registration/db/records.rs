//! Registrations that were completed: kind, validity, what staff recorded.

use super::{SectionState, sections};
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::date::Date;
use crate::registration::confirmed::StaffConfirmed;
use crate::registration::disability::DisabilityItem;
use crate::registration::record::{Record, RegistrantKind};
use crate::registration::validity::Standing;
use crate::registration::{Registration, SeekerNumber};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

const FIND: &str = "SELECT kind, seeker_number, applied_on, valid_until, inactive_since, inactive_reason, confirmed, consulted_on \
    FROM registrations WHERE account_id = $1";

/// The registration of an account.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, account: &AccountId) -> Result<Option<Record>, sqlx::Error> {
    sqlx::query(FIND).bind(account.as_str()).fetch_optional(database.read()).await?.as_ref().map(read).transpose()
}

/// The registration of an account, which nobody else changes until `transaction` ends.
///
/// # Errors
/// If the database fails.
pub async fn find_locked(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<Option<Record>, sqlx::Error> {
    sqlx::query("UPDATE registrations SET kind = kind WHERE account_id = $1").bind(account.as_str()).execute(&mut **transaction).await?;
    sqlx::query(FIND).bind(account.as_str()).fetch_optional(&mut **transaction).await?.as_ref().map(read).transpose()
}

/// Begins a registration on the day of its completion: an `Online` registrant's, valid from `today`. One that is there stays as it is.
///
/// # Errors
/// If the database fails.
pub async fn begin(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    registration: &Registration,
    today: Date,
) -> Result<(), sqlx::Error> {
    let Standing::Active { until } = Standing::begun(today) else { return Ok(()) };
    sqlx::query(
        "INSERT INTO registrations (account_id, kind, applied_on, valid_until, looked_on, confirmed, kana, birth_date) \
         VALUES ($1, $2, $3, $4, $3, '', $5, $6) ON CONFLICT (account_id) DO NOTHING",
    )
    .bind(account.as_str())
    .bind(RegistrantKind::Online.code())
    .bind(today.to_string())
    .bind(until.to_string())
    .bind(kana(registration))
    .bind(registration.basic.birth_date.to_string())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Writes down the name and birth date under which staff find somebody.
///
/// # Errors
/// If the database fails.
pub async fn set_person(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    registration: &Registration,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE registrations SET kana = $2, birth_date = $3 WHERE account_id = $1")
        .bind(account.as_str())
        .bind(kana(registration))
        .bind(registration.basic.birth_date.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn kana(registration: &Registration) -> String {
    format!("{} {}", registration.basic.family_kana, registration.basic.given_kana)
}

/// Writes down until when a registration is valid, or since when it is not. Reminders begin anew after `today`.
///
/// # Errors
/// If the database fails.
pub async fn set_standing(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    standing: Standing,
    today: Date,
) -> Result<(), sqlx::Error> {
    let (until, since, reason) = match standing {
        Standing::Active { until } => (Some(until.to_string()), None, None),
        Standing::Inactive { since, reason } => (None, Some(since.to_string()), reason.map(|reason| reason.code())),
    };
    sqlx::query(
        "UPDATE registrations SET valid_until = $2, inactive_since = $3, inactive_reason = $4, looked_on = $5 WHERE account_id = $1",
    )
    .bind(account.as_str())
    .bind(until)
    .bind(since)
    .bind(reason)
    .bind(today.to_string())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What staff record when somebody becomes an `Office` registrant.
#[derive(Clone, Debug)]
pub struct Upgrade<'a> {
    /// 求職番号.
    pub number: &'a SeekerNumber,
    /// What was confirmed of a disability.
    pub confirmed: &'a StaffConfirmed,
    /// The day of the consultation.
    pub today: Date,
}

/// Makes somebody an `Office` registrant; `false` if the number is taken.
///
/// # Errors
/// If the database fails.
pub async fn upgrade(transaction: &mut Transaction<'_, Any>, account: &AccountId, upgrade: Upgrade<'_>) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE registrations SET kind = $2, seeker_number = $3, confirmed = $4, consulted_on = $5 WHERE account_id = $1 \
         AND NOT EXISTS (SELECT 1 FROM registrations other WHERE other.seeker_number = $3 AND other.account_id <> $1)",
    )
    .bind(account.as_str())
    .bind(RegistrantKind::Office.code())
    .bind(upgrade.number.to_string())
    .bind(items(upgrade.confirmed))
    .bind(upgrade.today.to_string())
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Somebody whom staff look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Whose registration it is.
    pub account: AccountId,
    /// Family and given name in katakana.
    pub kana: String,
    /// Birth date.
    pub birth_date: Date,
    /// What kind they are.
    pub kind: RegistrantKind,
    /// 求職番号.
    pub seeker_number: Option<String>,
}

/// The most people of a search.
const MOST_PEOPLE: i64 = 50;

/// Those whose name in katakana, birth date, e-mail address (as its key) or seeker number is this; empty texts do not count, all others must fit.
///
/// # Errors
/// If the database fails.
pub async fn find_people(
    database: &Database,
    kana: &str,
    birth_date: &str,
    email_key: &str,
    number: &str,
) -> Result<Vec<Person>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT r.account_id, r.kana, r.birth_date, r.kind, r.seeker_number FROM registrations r JOIN accounts a ON a.id = r.account_id \
         WHERE ($1 = '' OR r.kana = $1) AND ($2 = '' OR r.birth_date = $2) AND ($3 = '' OR a.email_key = $3) \
         AND ($4 = '' OR r.seeker_number = $4) ORDER BY r.kana, r.birth_date LIMIT $5",
    )
    .bind(kana)
    .bind(birth_date)
    .bind(email_key)
    .bind(number)
    .bind(MOST_PEOPLE)
    .fetch_all(database.read())
    .await?;
    let person = |row: AnyRow| {
        Ok(Person {
            account: AccountId::new(row.try_get::<String, _>(0)?),
            kana: row.try_get(1)?,
            birth_date: day(row.try_get(2)?)?,
            kind: code(&row.try_get::<String, _>(3)?)?,
            seeker_number: row.try_get(4)?,
        })
    };
    rows.into_iter().map(person).collect()
}

/// A registration that a job has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whose.
    pub account: AccountId,
    /// The last valid day, or the first inactive one.
    pub day: Date,
    /// Up to this day reminders are dealt with.
    pub looked: Date,
}

/// Registrations that end, or ended, on or before `last` and were not looked at on `today` yet, some at a time; once more after their last day.
///
/// # Errors
/// If the database fails.
pub async fn due_for_reminder(database: &Database, last: Date, today: Date, some: i64) -> Result<Vec<Due>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT account_id, valid_until, looked_on FROM registrations WHERE valid_until <= $1 AND looked_on < $2 AND looked_on <= valid_until ORDER BY valid_until LIMIT $3",
    )
    .bind(last.to_string())
    .bind(today.to_string())
    .bind(some)
    .fetch_all(database.read())
    .await?;
    rows.iter().map(due).collect()
}

/// Says that everything up to `today` was dealt with; `false` if another process said so.
///
/// # Errors
/// If the database fails.
pub async fn set_looked(transaction: &mut Transaction<'_, Any>, account: &AccountId, today: Date) -> Result<bool, sqlx::Error> {
    let set = sqlx::query("UPDATE registrations SET looked_on = $2 WHERE account_id = $1 AND looked_on < $2")
        .bind(account.as_str())
        .bind(today.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(set.rows_affected() == 1)
}

/// Registrations that were ended with this reason on or before a day.
///
/// # Errors
/// If the database fails.
pub async fn due_for_deletion(database: &Database, reason: &str, since: Date, some: i64) -> Result<Vec<Due>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT account_id, inactive_since, looked_on FROM registrations WHERE inactive_reason = $1 AND inactive_since <= $2 LIMIT $3",
    )
    .bind(reason)
    .bind(since.to_string())
    .bind(some)
    .fetch_all(database.read())
    .await?;
    rows.iter().map(due).collect()
}

/// Takes away everything of a registration, drafts, sealed fields, history and what is kept of postings (DOMAIN.md rule 5 [L]).
///
/// # Errors
/// If the database fails.
pub async fn erase(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<(), sqlx::Error> {
    for state in [SectionState::Draft, SectionState::Current] {
        sections::forget(transaction, account, state).await?;
    }
    crate::applications::db::anonymise(transaction, account).await?;
    for statement in [
        "DELETE FROM published_profiles WHERE account_id = $1",
        "DELETE FROM registrations WHERE account_id = $1",
        "DELETE FROM registration_changes WHERE account_id = $1",
        "DELETE FROM registration_reads WHERE account_id = $1",
        "DELETE FROM kept WHERE account_id = $1",
        // A phone that asks for what came later is told to take everything anew, which is nothing.
        "UPDATE kept_revisions SET latest = latest + 1, forgotten = latest + 1 WHERE account_id = $1",
    ] {
        sqlx::query(statement).bind(account.as_str()).execute(&mut **transaction).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<Record, sqlx::Error> {
    let (until, since, reason): (Option<String>, Option<String>, Option<String>) = (row.try_get(3)?, row.try_get(4)?, row.try_get(5)?);
    let standing = match (until, since) {
        (Some(until), None) => Standing::Active { until: day(until)? },
        (None, Some(since)) => Standing::Inactive { since: day(since)?, reason: reason.as_deref().map(code).transpose()? },
        _ => return Err(decode("a registration is neither active nor inactive")),
    };
    Ok(Record {
        kind: code(&row.try_get::<String, _>(0)?)?,
        seeker_number: row.try_get(1)?,
        applied_on: day(row.try_get(2)?)?,
        standing,
        confirmed: confirmed(&row.try_get::<String, _>(6)?)?,
        consulted_on: row.try_get::<Option<String>, _>(7)?.map(day).transpose()?,
    })
}

fn due(row: &AnyRow) -> Result<Due, sqlx::Error> {
    Ok(Due { account: AccountId::new(row.try_get::<String, _>(0)?), day: day(row.try_get(1)?)?, looked: day(row.try_get(2)?)? })
}

fn day(text: String) -> Result<Date, sqlx::Error> {
    text.parse().map_err(|_| decode(format!("no day: {text}")))
}

fn code<T: std::str::FromStr>(text: &str) -> Result<T, sqlx::Error> {
    text.parse().map_err(|_| decode(format!("no such code: {text}")))
}

fn items(confirmed: &StaffConfirmed) -> String {
    confirmed.items.iter().map(|item| item.code()).collect::<Vec<_>>().join(",")
}

fn confirmed(text: &str) -> Result<StaffConfirmed, sqlx::Error> {
    let items = text.split(',').filter(|item| !item.is_empty()).map(code::<DisabilityItem>);
    Ok(StaffConfirmed { items: items.collect::<Result<_, _>>()? })
}
