//! The only SQL about web push.

use super::{MOST_BROWSERS, Message, Subscription, USEFUL_MS};
use crate::account::{AccountId, CurrentUser};
use crate::database::Database;
use crate::mail::pause_after;
use crate::notices::{Kind, NewNotice};
use crate::secret;
use sqlx::{Any, Row, Transaction};

/// How long one try may take: for so long no other process tries the same message.
const TRY_MS: i64 = 2 * 60_000;

/// A browser that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Names it.
    pub id: String,
    /// Its address at the push service.
    pub endpoint: String,
    /// What it calls itself, in plain words.
    pub device: String,
    /// Since when it is told, in milliseconds since 1970.
    pub since: i64,
}

/// Tells a browser from now on, as long as its session lasts. Saying it again changes nothing; whoever was told there before is not any more.
///
/// # Errors
/// If the database fails.
pub async fn subscribe(transaction: &mut Transaction<'_, Any>, user: &CurrentUser, to: &Subscription, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM push_subscriptions WHERE (endpoint = $1 OR session_id = $2) AND NOT (endpoint = $1 AND session_id = $2)")
        .bind(&to.endpoint)
        .bind(&user.session)
        .execute(&mut **transaction)
        .await?;
    sqlx::query(
        "INSERT INTO push_subscriptions (id, session_id, account_id, endpoint, browser_key, browser_secret, added_at, is_ended) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0) \
         ON CONFLICT (endpoint) DO UPDATE SET browser_key = excluded.browser_key, browser_secret = excluded.browser_secret, is_ended = 0",
    )
    .bind(secret::random_id())
    .bind(&user.session)
    .bind(user.account.as_str())
    .bind(&to.endpoint)
    .bind(&to.key)
    .bind(&to.secret)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM push_subscriptions WHERE account_id = $1 AND id NOT IN \
         (SELECT id FROM push_subscriptions WHERE account_id = $1 ORDER BY added_at DESC, id LIMIT $2)",
    )
    .bind(user.account.as_str())
    .bind(MOST_BROWSERS)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Tells the browser with this address no more, if it is this account's.
///
/// # Errors
/// If the database fails.
pub async fn unsubscribe(transaction: &mut Transaction<'_, Any>, account: &AccountId, endpoint: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM push_subscriptions WHERE account_id = $1 AND endpoint = $2")
        .bind(account.as_str())
        .bind(endpoint)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Tells the browser with this name no more, if it is this account's. It is remembered until the browser asks: it knows nothing of it.
///
/// # Errors
/// If the database fails.
pub async fn end(transaction: &mut Transaction<'_, Any>, account: &AccountId, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE push_subscriptions SET is_ended = 1 WHERE account_id = $1 AND id = $2")
        .bind(account.as_str())
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Whether a browser of an account is not told any more because its owner said so from another one.
///
/// # Errors
/// If the database fails.
pub async fn was_ended(transaction: &mut Transaction<'_, Any>, account: &AccountId, endpoint: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT id FROM push_subscriptions WHERE account_id = $1 AND endpoint = $2 AND is_ended = 1")
        .bind(account.as_str())
        .bind(endpoint)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(row.is_some())
}

/// The browsers of an account that are told, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn of(database: &Database, account: &AccountId) -> Result<Vec<Browser>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT p.id, p.endpoint, s.device, p.added_at FROM push_subscriptions p JOIN sessions s ON s.id = p.session_id \
         WHERE p.account_id = $1 AND p.is_ended = 0 ORDER BY p.added_at DESC, p.id",
    )
    .bind(account.as_str())
    .fetch_all(database.read())
    .await?;
    rows.iter()
        .map(|row| Ok(Browser { id: row.try_get(0)?, endpoint: row.try_get(1)?, device: row.try_get(2)?, since: row.try_get(3)? }))
        .collect()
}

/// Queues, in the transaction of a notice, that there is one: for every browser of its reader who did not switch that off for its kind.
///
/// # Errors
/// If the database fails.
pub async fn queue(transaction: &mut Transaction<'_, Any>, notice: NewNotice<'_>, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{QUEUE} WHERE p.account_id = $7 {WANTED}")))
        .bind(secret::random_id())
        .bind(notice.kind.push_words())
        .bind(notice.path)
        .bind(now)
        .bind(now + USEFUL_MS)
        .bind(notice.kind.code())
        .bind(notice.account.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// [`queue`] for those of a group after one account and up to another; their notices are named `{notices}-{account}`.
///
/// # Errors
/// If the database fails.
pub async fn queue_group(
    transaction: &mut Transaction<'_, Any>,
    notices: &str,
    (after, last): (&str, &str),
    (kind, path): (Kind, &str),
    now: i64,
) -> Result<(), sqlx::Error> {
    let statement = format!(
        "{QUEUE} JOIN notices n ON n.account_id = p.account_id AND n.id = $7 || '-' || p.account_id WHERE p.account_id > $8 AND p.account_id <= $9 {WANTED}"
    );
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(secret::random_id())
        .bind(kind.push_words())
        .bind(path)
        .bind(now)
        .bind(now + USEFUL_MS)
        .bind(kind.code())
        .bind(notices)
        .bind(after)
        .bind(last)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

const QUEUE: &str = "INSERT INTO push_messages (id, subscription_id, words, path, expires_at, next_try_at, tries) \
    SELECT $1 || '-' || p.id, p.id, $2, $3, CAST($5 AS BIGINT), CAST($4 AS BIGINT), 0 FROM push_subscriptions p";
const WANTED: &str =
    "AND p.is_ended = 0 AND NOT EXISTS (SELECT 1 FROM notice_switches w WHERE w.account_id = p.account_id AND w.kind = $6 AND w.push = 0)";

/// Takes the next message that is due, so that nobody else tries it meanwhile; `None` if none is. Should this process die before it reports back,
/// the message is due again soon.
///
/// # Errors
/// If the database fails.
pub async fn take_due(database: &Database, now: i64) -> Result<Option<Message>, sqlx::Error> {
    loop {
        let row = sqlx::query(
            "SELECT m.id, p.endpoint, p.browser_key, p.browser_secret, m.words, m.path, m.expires_at, m.tries \
             FROM push_messages m JOIN push_subscriptions p ON p.id = m.subscription_id WHERE m.next_try_at <= $1 ORDER BY m.next_try_at LIMIT 1",
        )
        .bind(now)
        .fetch_optional(database.read())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let message = Message {
            id: row.try_get(0)?,
            to: Subscription { endpoint: row.try_get(1)?, key: row.try_get(2)?, secret: row.try_get(3)? },
            words: row.try_get(4)?,
            path: row.try_get(5)?,
            expires_at: row.try_get(6)?,
            tries: row.try_get(7)?,
        };
        let mut connection = database.write().await?;
        let taken =
            sqlx::query("UPDATE push_messages SET tries = tries + 1, next_try_at = $1 WHERE id = $2 AND tries = $3 AND next_try_at <= $4")
                .bind(now + TRY_MS)
                .bind(&message.id)
                .bind(message.tries)
                .bind(now)
                .execute(&mut *connection)
                .await?;
        if taken.rows_affected() == 1 {
            return Ok(Some(Message { tries: message.tries + 1, ..message }));
        }
    }
}

/// A message came to its end.
///
/// # Errors
/// If the database fails.
pub async fn done(database: &Database, message: &Message) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM push_messages WHERE id = $1").bind(&message.id).execute(&mut *database.write().await?).await?;
    Ok(())
}

/// A browser is gone, and what was to be told to it.
///
/// # Errors
/// If the database fails.
pub async fn gone(database: &Database, message: &Message) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM push_subscriptions WHERE endpoint = $1")
        .bind(&message.to.endpoint)
        .execute(&mut *database.write().await?)
        .await?;
    Ok(())
}

/// Tries a message again after a while, not before `pause` milliseconds if that is said; whether it will still be of use then.
///
/// # Errors
/// If the database fails.
pub async fn later(database: &Database, message: &Message, pause: Option<i64>, now: i64) -> Result<bool, sqlx::Error> {
    let next = now + pause_after(message.tries).max(pause.unwrap_or(0));
    if next >= message.expires_at {
        done(database, message).await?;
        return Ok(false);
    }
    sqlx::query("UPDATE push_messages SET next_try_at = $1 WHERE id = $2")
        .bind(next)
        .bind(&message.id)
        .execute(&mut *database.write().await?)
        .await?;
    Ok(true)
}
