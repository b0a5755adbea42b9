//! What forms were answered.

use crate::database::Database;
use sqlx::{Any, Row, Transaction};

/// What is known of a form that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It comes for the first time: do it, then write down the [`answer`] in the same transaction.
    New,
    /// It was done and answered so.
    Answered(String),
}

/// Claims a form for this transaction. A twin that comes at the same time waits until it ends.
///
/// # Errors
/// If the database fails.
pub async fn claim(transaction: &mut Transaction<'_, Any>, key_hash: &str, now: i64) -> Result<Claim, sqlx::Error> {
    let claimed =
        sqlx::query("INSERT INTO form_answers (key_hash, answer, answered_at) VALUES ($1, '', $2) ON CONFLICT (key_hash) DO NOTHING")
            .bind(key_hash)
            .bind(now)
            .execute(&mut **transaction)
            .await?;
    if claimed.rows_affected() == 1 {
        return Ok(Claim::New);
    }
    let row = sqlx::query("SELECT answer FROM form_answers WHERE key_hash = $1").bind(key_hash).fetch_one(&mut **transaction).await?;
    Ok(Claim::Answered(row.try_get(0)?))
}

/// Writes down the answer of a claimed form.
///
/// # Errors
/// If the database fails.
pub async fn answer(transaction: &mut Transaction<'_, Any>, key_hash: &str, answer: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE form_answers SET answer = $1 WHERE key_hash = $2").bind(answer).bind(key_hash).execute(&mut **transaction).await?;
    Ok(())
}

/// What a form was answered, if it was done.
///
/// # Errors
/// If the database fails.
pub async fn answered(database: &Database, key_hash: &str) -> Result<Option<String>, sqlx::Error> {
    let row = sqlx::query("SELECT answer FROM form_answers WHERE key_hash = $1").bind(key_hash).fetch_optional(database.read()).await?;
    row.map(|row| row.try_get(0)).transpose()
}
