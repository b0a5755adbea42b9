//! The only SQL about messages.

use super::Message;
use crate::account::{AccountId, Role};
use crate::database::{Database, decode};
use crate::sealing::FieldKeys;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// The most messages of a thread that are shown, the newest.
const MOST: i64 = 500;
/// The most messages that a list of threads is made from, the newest.
const MOST_OF_LIST: i64 = 3000;

/// Writes down a message; `false` if one with this name is there already.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    application: &str,
    (id, by, body): (&str, Role, &str),
    now: i64,
) -> Result<bool, sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO messages (id, application_id, by_role, sealed_body, sent_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id)
    .bind(application)
    .bind(by.code())
    .bind(keys.seal(&["message", application, id], body))
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The messages of an application, the oldest first.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn of(database: &Database, keys: &FieldKeys, application: &str) -> Result<Vec<Message>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, by_role, sealed_body, sent_at, CASE WHEN read_at IS NULL THEN 0 ELSE 1 END AS is_read \
         FROM messages WHERE application_id = $1 ORDER BY sent_at DESC, id DESC LIMIT $2",
    )
    .bind(application)
    .bind(MOST)
    .fetch_all(database.read())
    .await?;
    let message = |row: &AnyRow| {
        let (id, sealed): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        Ok(Message {
            body: keys.open(&["message", application, &id], &sealed).map_err(decode)?,
            by: row.try_get::<String, _>(1)?.parse().map_err(decode)?,
            sent_at: row.try_get(3)?,
            is_read: row.try_get::<i64, _>(4)? != 0,
            id,
        })
    };
    rows.iter().rev().map(message).collect()
}

/// A message of a list, not opened yet.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Of which application.
    pub application: String,
    /// Names it.
    pub id: String,
    /// By whom.
    pub by: Role,
    /// When, in milliseconds since 1970.
    pub sent_at: i64,
    /// Whether the other side has read it.
    pub is_read: bool,
    body: String,
}

impl Sealed {
    /// What it says.
    ///
    /// # Errors
    /// If it does not open.
    pub fn open(&self, keys: &FieldKeys) -> Result<String, sqlx::Error> {
        keys.open(&["message", &self.application, &self.id], &self.body).map_err(decode)
    }
}

/// The latest messages of a seeker's threads, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn latest_of_account(database: &Database, account: &AccountId) -> Result<Vec<Sealed>, sqlx::Error> {
    latest(database, "a.account_id", account.as_str()).await
}

/// The latest messages of an establishment's threads that were opened, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn latest_of_establishment(database: &Database, id: &str) -> Result<Vec<Sealed>, sqlx::Error> {
    latest(database, "a.opened_at IS NOT NULL AND a.establishment_id", id).await
}

async fn latest(database: &Database, whose: &str, value: &str) -> Result<Vec<Sealed>, sqlx::Error> {
    let statement = format!(
        "SELECT m.application_id, m.id, m.by_role, m.sent_at, CASE WHEN m.read_at IS NULL THEN 0 ELSE 1 END AS is_read, m.sealed_body \
         FROM messages m JOIN applications a ON a.id = m.application_id WHERE {whose} = $1 ORDER BY m.sent_at DESC, m.id DESC LIMIT {MOST_OF_LIST}"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement)).bind(value).fetch_all(database.read()).await?;
    let message = |row: &AnyRow| {
        Ok(Sealed {
            application: row.try_get(0)?,
            id: row.try_get(1)?,
            by: row.try_get::<String, _>(2)?.parse().map_err(decode)?,
            sent_at: row.try_get(3)?,
            is_read: row.try_get::<i64, _>(4)? != 0,
            body: row.try_get(5)?,
        })
    };
    rows.iter().map(message).collect()
}

/// Says that a side has read what the other wrote.
///
/// # Errors
/// If the database fails.
pub async fn set_read(database: &Database, application: &str, reader: Role, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE messages SET read_at = $3 WHERE application_id = $1 AND by_role <> $2 AND read_at IS NULL")
        .bind(application)
        .bind(reader.code())
        .bind(now)
        .execute(&mut *database.write().await?)
        .await?;
    Ok(())
}

/// How many messages of an application a side has not read.
///
/// # Errors
/// If the database fails.
pub async fn unread(database: &Database, application: &str, reader: Role) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM messages WHERE application_id = $1 AND by_role <> $2 AND read_at IS NULL")
        .bind(application)
        .bind(reader.code())
        .fetch_one(database.read())
        .await
}

/// The applications of a seeker's messages that they have not read, one a message.
///
/// # Errors
/// If the database fails.
pub async fn unread_of_seeker(database: &Database, account: &AccountId) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT m.application_id FROM messages m JOIN applications a ON a.id = m.application_id \
         WHERE a.account_id = $1 AND m.by_role <> 'seeker' AND m.read_at IS NULL",
    )
    .bind(account.as_str())
    .fetch_all(database.read())
    .await
}

/// Whether the seeker takes no more messages.
///
/// # Errors
/// If the database fails.
pub async fn is_blocked(database: &Database, application: &str) -> Result<bool, sqlx::Error> {
    let row =
        sqlx::query("SELECT 1 FROM message_blocks WHERE application_id = $1").bind(application).fetch_optional(database.read()).await?;
    Ok(row.is_some())
}

/// Lets the seeker take no more messages, or take them again.
///
/// # Errors
/// If the database fails.
pub async fn set_blocked(transaction: &mut Transaction<'_, Any>, application: &str, is_blocked: bool, now: i64) -> Result<(), sqlx::Error> {
    let statement = if is_blocked {
        "INSERT INTO message_blocks (application_id, blocked_at) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM message_blocks WHERE application_id = $1 AND blocked_at <= $2"
    };
    sqlx::query(statement).bind(application).bind(now).execute(&mut **transaction).await?;
    Ok(())
}
