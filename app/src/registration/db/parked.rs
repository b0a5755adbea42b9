//! Forms that were sent after the session had ended: sealed, until their owner signs in with the same browser.

use crate::database::{Database, decode};
use crate::registration::form_data::FormData;
use crate::sealing::FieldKeys;
use sqlx::{Any, Row, Transaction};

/// How long they wait.
const KEPT_MS: i64 = 24 * 3_600_000;

/// Whose browser, which account's form: as hash and tag.
pub type Owner<'a> = (&'a str, &'a str);

/// Parks a form in place of an earlier one; `place` is a section, or the page of another form.
///
/// # Errors
/// If the database fails.
pub async fn park(
    database: &Database,
    keys: &FieldKeys,
    owner: Owner<'_>,
    place: &str,
    form: &FormData,
    now: i64,
) -> Result<(), sqlx::Error> {
    let text = serde_json::to_string(&form.0).map_err(decode)?;
    let sealed = keys.seal(&["parked", owner.0, owner.1, place], &text);
    sqlx::query(
        "INSERT INTO registration_parked (browser_hash, account_tag, section, sealed, parked_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (browser_hash, account_tag, section) DO UPDATE SET sealed = excluded.sealed, parked_at = excluded.parked_at",
    )
    .bind(owner.0)
    .bind(owner.1)
    .bind(place)
    .bind(sealed)
    .bind(now)
    .execute(&mut *database.write().await?)
    .await?;
    Ok(())
}

/// What is parked for this browser and account.
///
/// # Errors
/// If the database fails.
pub async fn parked(
    database: &Database,
    keys: &FieldKeys,
    owner: Owner<'_>,
    place: &str,
    now: i64,
) -> Result<Option<FormData>, sqlx::Error> {
    let found = sqlx::query(
        "SELECT sealed FROM registration_parked WHERE browser_hash = $1 AND account_tag = $2 AND section = $3 AND parked_at > $4",
    )
    .bind(owner.0)
    .bind(owner.1)
    .bind(place)
    .bind(now - KEPT_MS)
    .fetch_optional(database.read())
    .await?;
    let Some(row) = found else { return Ok(None) };
    let sealed: String = row.try_get(0)?;
    let Ok(text) = keys.open(&["parked", owner.0, owner.1, place], &sealed) else {
        // Its key was taken out meanwhile. The page is of use without it, and it is gone within a day.
        tracing::warn!("a parked section cannot be opened with the keys at hand");
        return Ok(None);
    };
    Ok(Some(FormData(serde_json::from_str(&text).map_err(decode)?)))
}

/// Takes it away: it was saved.
///
/// # Errors
/// If the database fails.
pub async fn unpark(transaction: &mut Transaction<'_, Any>, owner: Owner<'_>, place: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM registration_parked WHERE browser_hash = $1 AND account_tag = $2 AND section = $3")
        .bind(owner.0)
        .bind(owner.1)
        .bind(place)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes away what nobody came back for.
///
/// # Errors
/// If the database fails.
pub async fn tidy(database: &Database, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM registration_parked WHERE parked_at <= $1").bind(now - KEPT_MS).execute(&mut *database.write().await?).await?;
    Ok(())
}
