//! The only SQL about sessions and trusted browsers. Tokens come in as hashes.

use super::{Session, TRUST_MS, lifetime};
use crate::account::{AccountId, CurrentUser, Role};
use crate::database::{Database, decode};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

const COLUMNS: &str = "s.id, s.account_id, s.device, s.created_at, s.seen_at, s.expires_at, a.role";

/// Begins a session; one with the same token goes on as it is (the same form sent again).
///
/// # Errors
/// If the database fails.
pub async fn begin(
    transaction: &mut Transaction<'_, Any>,
    token_hash: &str,
    user: (&AccountId, Role),
    device: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, id, account_id, device, created_at, seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $5, $6) ON CONFLICT (token_hash) DO NOTHING",
    )
    .bind(token_hash)
    .bind(crate::secret::random_id())
    .bind(user.0.as_str())
    .bind(device)
    .bind(now)
    .bind(now + lifetime(user.1).longest_ms)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Who is signed in with this token, and in which session; `None` if nobody is any more.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, token_hash: &str, now: i64) -> Result<Option<(CurrentUser, Session)>, sqlx::Error> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = $1"
    )))
    .bind(token_hash)
    .fetch_optional(database.read())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (session, role) = read(&row)?;
    let user = CurrentUser { account: session.account.clone(), role, session: session.id.clone() };
    Ok(session.is_alive(role, now).then_some((user, session)))
}

/// Writes down that a session was used.
///
/// # Errors
/// If the database fails.
pub async fn touch(database: &Database, id: &str, now: i64) -> Result<(), sqlx::Error> {
    let mut connection = database.write().await?;
    sqlx::query("UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1").bind(now).bind(id).execute(&mut *connection).await?;
    Ok(())
}

/// Where somebody is signed in, last used first.
///
/// # Errors
/// If the database fails.
pub async fn of_account(database: &Database, account: &AccountId, now: i64) -> Result<Vec<Session>, sqlx::Error> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.account_id = $1 ORDER BY s.seen_at DESC, s.id"
    )))
    .bind(account.as_str())
    .fetch_all(database.read())
    .await?;
    let all: Result<Vec<_>, _> = rows.iter().map(read).collect();
    Ok(all?.into_iter().filter(|(session, role)| session.is_alive(*role, now)).map(|(session, _)| session).collect())
}

/// Ends one session of an account; another account's stays.
///
/// # Errors
/// If the database fails.
pub async fn end(transaction: &mut Transaction<'_, Any>, account: &AccountId, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND id = $2")
        .bind(account.as_str())
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Ends the session with this token.
///
/// # Errors
/// If the database fails.
pub async fn end_token(transaction: &mut Transaction<'_, Any>, token_hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(&mut **transaction).await?;
    Ok(())
}

/// Ends every session of an account but one, and trusts none of its browsers any more.
///
/// # Errors
/// If the database fails.
pub async fn end_all(transaction: &mut Transaction<'_, Any>, account: &AccountId, but: Option<&str>) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND id <> $2")
        .bind(account.as_str())
        .bind(but.unwrap_or_default())
        .execute(&mut **transaction)
        .await?;
    sqlx::query("DELETE FROM trusted_devices WHERE account_id = $1").bind(account.as_str()).execute(&mut **transaction).await?;
    Ok(())
}

/// Whether a session with this token is there.
///
/// # Errors
/// If the database fails.
pub async fn exists(transaction: &mut Transaction<'_, Any>, token_hash: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT id FROM sessions WHERE token_hash = $1").bind(token_hash).fetch_optional(&mut **transaction).await?;
    Ok(row.is_some())
}

/// Trusts a browser for [`TRUST_MS`].
///
/// # Errors
/// If the database fails.
pub async fn trust(transaction: &mut Transaction<'_, Any>, token_hash: &str, account: &AccountId, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO trusted_devices (token_hash, account_id, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (token_hash, account_id) DO UPDATE SET expires_at = $3",
    )
    .bind(token_hash)
    .bind(account.as_str())
    .bind(now + TRUST_MS)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Whether a browser is trusted with an account.
///
/// # Errors
/// If the database fails.
pub async fn is_trusted(database: &Database, token_hash: &str, account: &AccountId, now: i64) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT expires_at FROM trusted_devices WHERE token_hash = $1 AND account_id = $2")
        .bind(token_hash)
        .bind(account.as_str())
        .fetch_optional(database.read())
        .await?;
    row.map_or(Ok(false), |row| Ok(row.try_get::<i64, _>(0)? > now))
}

/// Takes away what has ended.
///
/// # Errors
/// If the database fails.
pub async fn tidy(database: &Database, now: i64) -> Result<(), sqlx::Error> {
    let mut connection = database.write().await?;
    for table in ["sessions", "trusted_devices"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE expires_at <= $1"))).bind(now).execute(&mut *connection).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<(Session, Role), sqlx::Error> {
    let role: Role = row.try_get::<String, _>(6)?.parse().map_err(decode)?;
    let session = Session {
        id: row.try_get(0)?,
        account: AccountId::new(row.try_get::<String, _>(1)?),
        device: row.try_get(2)?,
        created_at: row.try_get(3)?,
        seen_at: row.try_get(4)?,
        expires_at: row.try_get(5)?,
    };
    Ok((session, role))
}
