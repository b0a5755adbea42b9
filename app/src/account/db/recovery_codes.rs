//! Recovery codes, as hashes.

use crate::account::AccountId;
use sqlx::{Any, Executor, Row, Transaction};

/// Puts new codes in place of all earlier ones.
///
/// # Errors
/// If the database fails.
pub async fn replace(transaction: &mut Transaction<'_, Any>, account: &AccountId, hashes: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1").bind(account.as_str()).execute(&mut **transaction).await?;
    for hash in hashes {
        sqlx::query("INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)")
            .bind(account.as_str())
            .bind(hash.as_str())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Spends a code; `false` if it is none of the account's or was spent before.
///
/// # Errors
/// If the database fails.
pub async fn spend(transaction: &mut Transaction<'_, Any>, account: &AccountId, hash: &str, now: i64) -> Result<bool, sqlx::Error> {
    let spent = sqlx::query("UPDATE recovery_codes SET used_at = $1 WHERE account_id = $2 AND code_hash = $3 AND used_at IS NULL")
        .bind(now)
        .bind(account.as_str())
        .bind(hash)
        .execute(&mut **transaction)
        .await?;
    Ok(spent.rows_affected() == 1)
}

/// How many codes an account has left.
///
/// # Errors
/// If the database fails.
pub async fn left<'e>(executor: impl Executor<'e, Database = Any>, account: &AccountId) -> Result<i64, sqlx::Error> {
    sqlx::query("SELECT COUNT(*) FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL")
        .bind(account.as_str())
        .fetch_one(executor)
        .await?
        .try_get(0)
}
