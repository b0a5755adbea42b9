//! The only SQL about passkeys.

use super::CEREMONY_MS;
use crate::account::AccountId;
use crate::database::{Database, decode};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};
use webauthn_rs::prelude::Passkey;

/// A passkey as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its name in the list of an account, and how browsers name it.
    pub credential_id: String,
    /// Whose it is.
    pub account: AccountId,
    /// Where it was made.
    pub device: String,
    /// The key.
    pub passkey: Passkey,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
}

/// A ceremony in which a passkey is made or used.
#[derive(Clone, Debug)]
pub struct Ceremony {
    /// The hash of its token.
    pub token_hash: String,
    /// Whose passkey is made; `None` where one is used.
    pub account: Option<AccountId>,
    /// The browser in which it takes place.
    pub browser_hash: String,
    /// What the browser is asked, as JSON.
    pub options: String,
    /// What must come back, as JSON.
    pub state: String,
    /// Where to go on.
    pub next: String,
    /// When it was begun.
    pub created_at: i64,
    /// When it was done.
    pub done_at: Option<i64>,
}

/// Writes down a ceremony.
///
/// # Errors
/// If the database fails.
pub async fn begin(transaction: &mut Transaction<'_, Any>, ceremony: &Ceremony) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM passkey_ceremonies WHERE created_at < $1")
        .bind(ceremony.created_at - 48 * CEREMONY_MS)
        .execute(&mut **transaction)
        .await?;
    sqlx::query(
        "INSERT INTO passkey_ceremonies (token_hash, account_id, browser_hash, options, state, next, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(ceremony.token_hash.as_str())
    .bind(ceremony.account.as_ref().map(AccountId::as_str))
    .bind(ceremony.browser_hash.as_str())
    .bind(ceremony.options.as_str())
    .bind(ceremony.state.as_str())
    .bind(ceremony.next.as_str())
    .bind(ceremony.created_at)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The ceremony with this token.
///
/// # Errors
/// If the database fails.
pub async fn find_ceremony(database: &Database, token_hash: &str) -> Result<Option<Ceremony>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT token_hash, account_id, browser_hash, options, state, next, created_at, done_at FROM passkey_ceremonies WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(database.read())
    .await?;
    row.map(|row| {
        Ok(Ceremony {
            token_hash: row.try_get(0)?,
            account: row.try_get::<Option<String>, _>(1)?.map(AccountId::new),
            browser_hash: row.try_get(2)?,
            options: row.try_get(3)?,
            state: row.try_get(4)?,
            next: row.try_get(5)?,
            created_at: row.try_get(6)?,
            done_at: row.try_get(7)?,
        })
    })
    .transpose()
}

/// Marks a ceremony done; `false` if it was before: what came back is good once.
///
/// # Errors
/// If the database fails.
pub async fn done(transaction: &mut Transaction<'_, Any>, token_hash: &str, now: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE passkey_ceremonies SET done_at = $1 WHERE token_hash = $2 AND done_at IS NULL")
        .bind(now)
        .bind(token_hash)
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps a new passkey; `false` if the credential is known already.
///
/// # Errors
/// If the database fails.
pub async fn keep(transaction: &mut Transaction<'_, Any>, kept: &Kept) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "INSERT INTO passkeys (credential_id, account_id, device, passkey, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (credential_id) DO NOTHING",
    )
    .bind(kept.credential_id.as_str())
    .bind(kept.account.as_str())
    .bind(kept.device.as_str())
    .bind(serde_json::to_string(&kept.passkey).map_err(decode)?)
    .bind(kept.created_at)
    .execute(&mut **transaction)
    .await?;
    Ok(made.rows_affected() == 1)
}

const COLUMNS: &str = "SELECT credential_id, account_id, device, passkey, created_at FROM passkeys WHERE";

/// The passkeys of an account, oldest first.
///
/// # Errors
/// If the database fails.
pub async fn of_account(database: &Database, account: &AccountId) -> Result<Vec<Kept>, sqlx::Error> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} account_id = $1 ORDER BY created_at, credential_id")))
        .bind(account.as_str())
        .fetch_all(database.read())
        .await?;
    rows.iter().map(read).collect()
}

/// The passkey that a browser names.
///
/// # Errors
/// If the database fails.
pub async fn find<'e>(executor: impl Executor<'e, Database = Any>, credential_id: &str) -> Result<Option<Kept>, sqlx::Error> {
    let row =
        sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} credential_id = $1"))).bind(credential_id).fetch_optional(executor).await?;
    row.as_ref().map(read).transpose()
}

/// Writes down that a passkey was used, with its counter.
///
/// # Errors
/// If the database fails.
pub async fn used(transaction: &mut Transaction<'_, Any>, kept: &Kept, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE passkeys SET passkey = $1, used_at = $2 WHERE credential_id = $3")
        .bind(serde_json::to_string(&kept.passkey).map_err(decode)?)
        .bind(now)
        .bind(kept.credential_id.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes a passkey away from its account; another account's stays. `false` if there was none.
///
/// # Errors
/// If the database fails.
pub async fn remove(transaction: &mut Transaction<'_, Any>, account: &AccountId, credential_id: &str) -> Result<bool, sqlx::Error> {
    let removed = sqlx::query("DELETE FROM passkeys WHERE account_id = $1 AND credential_id = $2")
        .bind(account.as_str())
        .bind(credential_id)
        .execute(&mut **transaction)
        .await?;
    Ok(removed.rows_affected() == 1)
}

fn read(row: &AnyRow) -> Result<Kept, sqlx::Error> {
    Ok(Kept {
        credential_id: row.try_get(0)?,
        account: AccountId::new(row.try_get::<String, _>(1)?),
        device: row.try_get(2)?,
        passkey: serde_json::from_str(&row.try_get::<String, _>(3)?).map_err(decode)?,
        created_at: row.try_get(4)?,
    })
}
