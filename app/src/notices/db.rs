//! The only SQL about notices.

use super::{NewNotice, Notice};
use crate::account::AccountId;
use crate::database::Database;
use crate::secret;
use sqlx::{Any, Row, Transaction};

/// The most notices of a page.
const MOST: i64 = 200;

/// Writes a notice.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, new: NewNotice<'_>, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO notices (id, account_id, subject, body, path, written_at, is_read) VALUES ($1, $2, $3, $4, $5, $6, 0)")
        .bind(secret::random_id())
        .bind(new.account.as_str())
        .bind(new.subject)
        .bind(new.body)
        .bind(new.path)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The notices of an account: unread ones first, newest first.
///
/// # Errors
/// If the database fails.
pub async fn of(database: &Database, account: &AccountId) -> Result<Vec<Notice>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT id, subject, body, path, written_at, is_read FROM notices WHERE account_id = $1 ORDER BY is_read, written_at DESC LIMIT $2",
    )
    .bind(account.as_str())
    .bind(MOST)
    .fetch_all(database.read())
    .await?;
    let notice = |row: sqlx::any::AnyRow| {
        Ok(Notice {
            id: row.try_get(0)?,
            subject: row.try_get(1)?,
            body: row.try_get(2)?,
            path: row.try_get(3)?,
            written_at: row.try_get(4)?,
            is_read: row.try_get::<i64, _>(5)? != 0,
        })
    };
    rows.into_iter().map(notice).collect()
}

/// How many an account has not read.
///
/// # Errors
/// If the database fails.
pub async fn unread(database: &Database, account: &AccountId) -> Result<i64, sqlx::Error> {
    let (count,): (i64,) = sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM notices WHERE account_id = $1 AND is_read = 0")
        .bind(account.as_str())
        .fetch_one(database.read())
        .await?;
    Ok(count)
}

/// Says that an account has read one of its notices.
///
/// # Errors
/// If the database fails.
pub async fn set_read(database: &Database, account: &AccountId, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE notices SET is_read = 1 WHERE account_id = $1 AND id = $2")
        .bind(account.as_str())
        .bind(id)
        .execute(&mut *database.write().await?)
        .await?;
    Ok(())
}
