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

/// How somebody wants to be told of notices, beside the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    /// The kinds of which they want no mails.
    pub no_mail: Vec<Kind>,
    /// The kinds of which they want no pushes.
    pub no_push: Vec<Kind>,
}

/// What somebody switched off.
///
/// # Errors
/// If the database fails.
pub async fn switches(database: &Database, account: &AccountId) -> Result<Switches, sqlx::Error> {
    read_switches(&sqlx::query(SWITCHES).bind(account.as_str()).fetch_all(database.read()).await?)
}

/// [`switches`] as a transaction sees them.
///
/// # Errors
/// If the database fails.
pub async fn switches_in(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<Switches, sqlx::Error> {
    read_switches(&sqlx::query(SWITCHES).bind(account.as_str()).fetch_all(&mut **transaction).await?)
}

const SWITCHES: &str = "SELECT kind, mail, push FROM notice_switches WHERE account_id = $1";

fn read_switches(rows: &[sqlx::any::AnyRow]) -> Result<Switches, sqlx::Error> {
    let mut switches = Switches::default();
    for row in rows {
        let kind = kind(row, 0)?;
        if row.try_get::<i64, _>(1)? == 0 {
            switches.no_mail.push(kind);
        }
        if row.try_get::<i64, _>(2)? == 0 {
            switches.no_push.push(kind);
        }
    }
    Ok(switches)
}

/// Switches mails of a kind on or off.
///
/// # Errors
/// If the database fails.
pub async fn set_mail(transaction: &mut Transaction<'_, Any>, account: &AccountId, kind: Kind, on: bool) -> Result<(), sqlx::Error> {
    set(transaction, "mail", "INSERT INTO notice_switches (account_id, kind, mail) VALUES ($1, $2, $3)", (account, kind), on).await
}

/// Switches pushes of a kind on or off.
///
/// # Errors
/// If the database fails.
pub async fn set_push(transaction: &mut Transaction<'_, Any>, account: &AccountId, kind: Kind, on: bool) -> Result<(), sqlx::Error> {
    set(transaction, "push", "INSERT INTO notice_switches (account_id, kind, mail, push) VALUES ($1, $2, 1, $3)", (account, kind), on).await
}

async fn set(
    transaction: &mut Transaction<'_, Any>,
    way: &str,
    insert: &str,
    (account, kind): (&AccountId, Kind),
    on: bool,
) -> Result<(), sqlx::Error> {
    let statement = format!("{insert} ON CONFLICT (account_id, kind) DO UPDATE SET {way} = excluded.{way}");
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(account.as_str())
        .bind(kind.code())
        .bind(i64::from(on))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
