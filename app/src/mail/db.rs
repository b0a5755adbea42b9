//! The only SQL about mails.

use super::{Fate, KEPT_MS, Mail, USEFUL_MS, pause_after};
use crate::database::Database;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// How long one try may take: for so long no other process tries the same mail.
const TRY_MS: i64 = 2 * 60_000;

/// Mails that leave first: somebody waits for the code in it.
const AWAITED: i64 = 0;
/// All others.
const OTHERS: i64 = 1;

/// Writes a mail into the queue, in the transaction of what it tells. Gives its name.
///
/// # Errors
/// If the database fails.
pub async fn write(
    transaction: &mut Transaction<'_, Any>,
    recipient: &str,
    (subject, body): (&str, &str),
    now: i64,
    useful_ms: Option<i64>,
) -> Result<String, sqlx::Error> {
    let id = crate::secret::random_id();
    sqlx::query(
        "INSERT INTO mails (id, recipient, subject, body, created_at, expires_at, next_try_at, tries, rank) \
         VALUES ($1, $2, $3, $4, $5, $6, $5, 0, $7)",
    )
    .bind(id.as_str())
    .bind(recipient)
    .bind(subject)
    .bind(body)
    .bind(now)
    .bind(now + useful_ms.unwrap_or(USEFUL_MS))
    .bind(if useful_ms.is_some() { AWAITED } else { OTHERS })
    .execute(&mut **transaction)
    .await?;
    Ok(id)
}

/// Takes the next mail that is due, one that somebody waits for before all others, so that nobody else tries it meanwhile; `None` if none is due. Should this process die before it
/// reports back, the mail is due again two minutes later: it may then arrive twice, but is never lost.
///
/// # Errors
/// If the database fails.
pub async fn take_due(database: &Database, now: i64) -> Result<Option<Mail>, sqlx::Error> {
    loop {
        let mut row = None;
        for rank in [AWAITED, OTHERS] {
            row = match row {
                None => first_due(database, rank, now).await?,
                found => found,
            };
        }
        let Some(row) = row else { return Ok(None) };
        let mail = read(&row)?;
        let mut connection = database.write().await?;
        let taken = sqlx::query("UPDATE mails SET tries = tries + 1, next_try_at = $1 WHERE id = $2 AND tries = $3 AND next_try_at <= $4")
            .bind(now + TRY_MS)
            .bind(mail.id.as_str())
            .bind(mail.tries)
            .bind(now)
            .execute(&mut *connection)
            .await?;
        if taken.rows_affected() == 1 {
            return Ok(Some(Mail { tries: mail.tries + 1, ..mail }));
        }
    }
}

async fn first_due(database: &Database, rank: i64, now: i64) -> Result<Option<AnyRow>, sqlx::Error> {
    sqlx::query(
        "SELECT id, recipient, subject, body, created_at, expires_at, tries FROM mails \
         WHERE rank = $2 AND next_try_at IS NOT NULL AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT 1",
    )
    .bind(now)
    .bind(rank)
    .fetch_optional(database.read())
    .await
}

/// Reports that a mail left; its content is forgotten.
///
/// # Errors
/// If the database fails.
pub async fn sent(database: &Database, id: &str, now: i64) -> Result<(), sqlx::Error> {
    let mut connection = database.write().await?;
    sqlx::query("UPDATE mails SET sent_at = $1, next_try_at = NULL, last_error = NULL, recipient = '', body = '' WHERE id = $2")
        .bind(now)
        .bind(id)
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// Reports that a try failed: the mail is tried again later, unless it is of no use any more.
///
/// # Errors
/// If the database fails.
pub async fn failed(database: &Database, mail: &Mail, cause: &str, now: i64) -> Result<(), sqlx::Error> {
    let next = Some(now + pause_after(mail.tries)).filter(|next| *next < mail.expires_at);
    let mut connection = database.write().await?;
    sqlx::query("UPDATE mails SET next_try_at = $1, last_error = $2 WHERE id = $3")
        .bind(next)
        .bind(cause)
        .bind(mail.id.as_str())
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// What has become of a mail. One that is not known any more left long ago.
///
/// # Errors
/// If the database fails.
pub async fn fate(database: &Database, id: &str) -> Result<Fate, sqlx::Error> {
    let row = sqlx::query(
        "SELECT CASE WHEN sent_at IS NULL THEN 0 ELSE 1 END, CASE WHEN next_try_at IS NULL THEN 0 ELSE 1 END, \
         CASE WHEN last_error IS NULL THEN 0 ELSE 1 END FROM mails WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(database.read())
    .await?;
    let Some(row) = row else { return Ok(Fate::Sent) };
    Ok(match (row.try_get::<i64, _>(0)?, row.try_get::<i64, _>(1)?, row.try_get::<i64, _>(2)?) {
        (1, _, _) => Fate::Sent,
        (_, 0, _) => Fate::GivenUp,
        (_, _, 0) => Fate::Waiting,
        _ => Fate::Delayed,
    })
}

/// Takes away what was sent or given up a while ago.
///
/// # Errors
/// If the database fails.
pub async fn tidy(database: &Database, now: i64) -> Result<(), sqlx::Error> {
    let mut connection = database.write().await?;
    sqlx::query("DELETE FROM mails WHERE next_try_at IS NULL AND created_at < $1").bind(now - KEPT_MS).execute(&mut *connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Mail, sqlx::Error> {
    Ok(Mail {
        id: row.try_get(0)?,
        recipient: row.try_get(1)?,
        subject: row.try_get(2)?,
        body: row.try_get(3)?,
        created_at: row.try_get(4)?,
        expires_at: row.try_get(5)?,
        tries: row.try_get(6)?,
    })
}
