//! Who read an application to a reserved posting. Its seeker can see it.

use crate::account::{CurrentUser, Role};
use crate::database::{Database, decode};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// Writes down that somebody reads. To be committed before anything is shown.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, application: &str, reader: &CurrentUser, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO application_reads (application_id, read_at, reader_id, reader_role) VALUES ($1, $2, $3, $4)")
        .bind(application)
        .bind(now)
        .bind(reader.account.as_str())
        .bind(reader.role.code())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// When it was read and by what kind of person, the latest first.
///
/// # Errors
/// If the database fails.
pub async fn of(database: &Database, application: &str) -> Result<Vec<(i64, Role)>, sqlx::Error> {
    let rows = sqlx::query("SELECT read_at, reader_role FROM application_reads WHERE application_id = $1 ORDER BY read_at DESC")
        .bind(application)
        .fetch_all(database.read())
        .await?;
    let read = |row: &AnyRow| Ok((row.try_get(0)?, row.try_get::<String, _>(1)?.parse().map_err(decode)?));
    rows.iter().map(read).collect()
}
