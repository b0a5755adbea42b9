//! Invitations.

use crate::account::{AccountId, Role};
use crate::database::{Database, decode};
use sqlx::{Any, Row, Transaction};

/// An invitation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited.
    pub email: String,
    /// To be what.
    pub role: Role,
    /// When, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was accepted.
    pub accepted_at: Option<i64>,
}

/// Writes down an invitation.
///
/// # Errors
/// If the database fails.
pub async fn invite(
    transaction: &mut Transaction<'_, Any>,
    token_hash: &str,
    (email, role): (&str, Role),
    by: Option<&AccountId>,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO invitations (token_hash, email, role, invited_by, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(token_hash)
        .bind(email)
        .bind(role.code())
        .bind(by.map(AccountId::as_str))
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The invitation with this token.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, token_hash: &str) -> Result<Option<Invitation>, sqlx::Error> {
    let row = sqlx::query("SELECT email, role, created_at, accepted_at FROM invitations WHERE token_hash = $1")
        .bind(token_hash)
        .fetch_optional(database.read())
        .await?;
    row.map(|row| {
        Ok(Invitation {
            email: row.try_get(0)?,
            role: row.try_get::<String, _>(1)?.parse().map_err(decode)?,
            created_at: row.try_get(2)?,
            accepted_at: row.try_get(3)?,
        })
    })
    .transpose()
}

/// Marks an invitation accepted; `false` if it was before.
///
/// # Errors
/// If the database fails.
pub async fn accept(transaction: &mut Transaction<'_, Any>, token_hash: &str, now: i64) -> Result<bool, sqlx::Error> {
    let accepted = sqlx::query("UPDATE invitations SET accepted_at = $1 WHERE token_hash = $2 AND accepted_at IS NULL")
        .bind(now)
        .bind(token_hash)
        .execute(&mut **transaction)
        .await?;
    Ok(accepted.rows_affected() == 1)
}
