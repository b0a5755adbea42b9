//! The steps on the way of an application.

use crate::account::Role;
use crate::applications::{Event, EventKind};
use crate::database::{Database, decode};
use crate::form::Code;
use crate::sealing::FieldKeys;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// Writes down a step. The application's row is locked in this transaction, so that places follow each other.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    application: &str,
    event: (EventKind, Role, &str),
    now: i64,
) -> Result<(), sqlx::Error> {
    let (kind, by, words) = event;
    let sealed = if words.is_empty() { String::new() } else { keys.seal(&["application-event", application], words) };
    sqlx::query(
        "INSERT INTO application_events (application_id, place, at, kind, by_role, sealed_words) \
         SELECT $1, CAST(COUNT(*) AS BIGINT), $2, $3, $4, $5 FROM application_events WHERE application_id = $1",
    )
    .bind(application)
    .bind(now)
    .bind(kind.code())
    .bind(by.code())
    .bind(sealed)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The steps, in their order.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn of(database: &Database, keys: &FieldKeys, application: &str) -> Result<Vec<Event>, sqlx::Error> {
    let rows = sqlx::query("SELECT at, kind, by_role, sealed_words FROM application_events WHERE application_id = $1 ORDER BY place")
        .bind(application)
        .fetch_all(database.read())
        .await?;
    let event = |row: &AnyRow| {
        let sealed: String = row.try_get(3)?;
        let opened = if sealed.is_empty() { Ok(String::new()) } else { keys.open(&["application-event", application], &sealed) };
        Ok(Event {
            at: row.try_get(0)?,
            kind: row.try_get::<String, _>(1)?.parse().map_err(|code: Code| decode(code.code()))?,
            by: row.try_get::<String, _>(2)?.parse().map_err(decode)?,
            words: opened.map_err(decode)?,
        })
    };
    rows.iter().map(event).collect()
}
