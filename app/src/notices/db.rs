//! The only SQL about notices.

use super::{Kind, NewNotice, Notice};
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::form::Code;
use crate::secret;
use sqlx::{Any, Row, Transaction};

/// The most notices of a page.
const MOST: i64 = 200;

/// Writes a notice.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, new: NewNotice<'_>, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO notices (id, account_id, subject, body, path, written_at, is_read, kind) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
    )
    .bind(secret::random_id())
    .bind(new.account.as_str())
    .bind(new.subject)
    .bind(new.body)
    .bind(new.path)
    .bind(now)
    .bind(new.kind.code())
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
        "SELECT id, subject, body, path, written_at, is_read, kind FROM notices WHERE account_id = $1 ORDER BY is_read, written_at DESC LIMIT $2",
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
            kind: kind(&row, 6)?,
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

fn kind(row: &sqlx::any::AnyRow, column: usize) -> Result<Kind, sqlx::Error> {
    row.try_get::<String, _>(column)?.parse().map_err(|code: Code| decode(code.code()))
}

/// The kinds of which somebody wants no mails.
///
/// # Errors
/// If the database fails.
pub async fn switched_off(database: &Database, account: &AccountId) -> Result<Vec<Kind>, sqlx::Error> {
    let rows = sqlx::query(SWITCHED_OFF).bind(account.as_str()).fetch_all(database.read()).await?;
    rows.iter().map(|row| kind(row, 0)).collect()
}

/// [`switched_off`] as a transaction sees it.
///
/// # Errors
/// If the database fails.
pub async fn switches_in(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<Vec<Kind>, sqlx::Error> {
    let rows = sqlx::query(SWITCHED_OFF).bind(account.as_str()).fetch_all(&mut **transaction).await?;
    rows.iter().map(|row| kind(row, 0)).collect()
}

const SWITCHED_OFF: &str = "SELECT kind FROM notice_switches WHERE account_id = $1 AND mail = 0";

/// Switches mails of a kind on or off.
///
/// # Errors
/// If the database fails.
pub async fn set_switch(transaction: &mut Transaction<'_, Any>, account: &AccountId, kind: Kind, mail: bool) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO notice_switches (account_id, kind, mail) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id, kind) DO UPDATE SET mail = excluded.mail",
    )
    .bind(account.as_str())
    .bind(kind.code())
    .bind(i64::from(mail))
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
