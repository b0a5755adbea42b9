//! Who looked at what is sealed. Its owner can see it.

use crate::account::{AccountId, CurrentUser, Role};
use crate::database::{Database, decode};
use sqlx::{Any, Row, Transaction};

/// A look at somebody's sealed data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What the reader is.
    pub by: Role,
    /// What for: a word of `locales/`, by its code.
    pub purpose: String,
}

/// Writes down that somebody looks. To be committed before the data is shown.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    reader: &CurrentUser,
    purpose: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO registration_reads (account_id, read_at, reader_id, reader_role, purpose) VALUES ($1, $2, $3, $4, $5)")
        .bind(account.as_str())
        .bind(now)
        .bind(reader.account.as_str())
        .bind(reader.role.code())
        .bind(purpose)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Who looked at an account's data, the latest first.
///
/// # Errors
/// If the database fails.
pub async fn of(database: &Database, account: &AccountId) -> Result<Vec<Read>, sqlx::Error> {
    let rows = sqlx::query("SELECT read_at, reader_role, purpose FROM registration_reads WHERE account_id = $1 ORDER BY read_at DESC")
        .bind(account.as_str())
        .fetch_all(database.read())
        .await?;
    let read = |row: sqlx::any::AnyRow| {
        let by: String = row.try_get(1)?;
        let by = by.parse::<Role>().map_err(decode)?;
        Ok(Read { at: row.try_get(0)?, by, purpose: row.try_get(2)? })
    };
    rows.into_iter().map(read).collect()
}
