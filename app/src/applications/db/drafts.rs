//! What is being written for a posting, on the server; sealed field by field.

use crate::account::AccountId;
use crate::applications::content::Input;
use crate::database::{Database, decode};
use crate::postings::PostingNumber;
use crate::sealing::FieldKeys;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// A draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// What was typed.
    pub input: Input,
    /// Grows with every change; 0 where nothing is there.
    pub revision: i64,
}

/// Saves what was typed on the revision `base` – 0: nothing was there; none: whatever was there – and gives its own. `None` if another device has saved
/// something else meanwhile.
///
/// # Errors
/// If the database fails.
pub async fn save_draft(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    (account, number): (&AccountId, &PostingNumber),
    (input, base): (&Input, Option<i64>),
    now: i64,
) -> Result<Option<i64>, sqlx::Error> {
    // Of what was discarded or sent meanwhile a stale page makes nothing new.
    let statement = match base {
        Some(1..) => {
            "UPDATE application_drafts SET sealed_motivation = $3, sealed_remarks = $4, sealed_stated = $5, understood = $6, saved_at = $7, \
             revision = revision + 1 WHERE account_id = $1 AND posting_number = $2 AND revision = CAST($8 AS BIGINT) RETURNING revision"
        }
        _ => {
            "INSERT INTO application_drafts (account_id, posting_number, sealed_motivation, sealed_remarks, sealed_stated, understood, saved_at, revision) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (account_id, posting_number) DO UPDATE SET \
             sealed_motivation = excluded.sealed_motivation, sealed_remarks = excluded.sealed_remarks, sealed_stated = excluded.sealed_stated, \
             understood = excluded.understood, saved_at = excluded.saved_at, revision = application_drafts.revision + 1 \
             WHERE CAST($8 AS BIGINT) < 0 RETURNING revision"
        }
    };
    let seal = |field: &str, text: &str| keys.seal(&["application-draft", account.as_str(), number.as_str(), field], text);
    sqlx::query_scalar(statement)
        .bind(account.as_str())
        .bind(number.as_str())
        .bind(seal("motivation", &input.motivation))
        .bind(seal("remarks", &input.remarks))
        .bind(seal("stated", if input.stated { "yes" } else { "" }))
        .bind(i64::from(input.understood))
        .bind(now)
        .bind(base.unwrap_or(-1))
        .fetch_optional(&mut **transaction)
        .await
}

/// What was typed for a posting.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn draft(
    database: &Database,
    keys: &FieldKeys,
    account: &AccountId,
    number: &PostingNumber,
) -> Result<Option<Stored>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT sealed_motivation, sealed_remarks, sealed_stated, understood, revision FROM application_drafts \
         WHERE account_id = $1 AND posting_number = $2",
    )
    .bind(account.as_str())
    .bind(number.as_str())
    .fetch_optional(database.read())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let open = |column: usize, field: &str| {
        let sealed: String = row.try_get(column)?;
        if sealed.is_empty() {
            return Ok(String::new());
        }
        keys.open(&["application-draft", account.as_str(), number.as_str(), field], &sealed).map_err(decode)
    };
    let input = Input {
        motivation: open(0, "motivation")?,
        remarks: open(1, "remarks")?,
        stated: open(2, "stated")? == "yes",
        understood: row.try_get::<i64, _>(3)? != 0,
    };
    Ok(Some(Stored { input, revision: row.try_get(4)? }))
}

/// The postings for which something is being written, the latest first.
///
/// # Errors
/// If the database fails.
pub async fn drafts(database: &Database, account: &AccountId) -> Result<Vec<(PostingNumber, i64)>, sqlx::Error> {
    let rows = sqlx::query("SELECT posting_number, saved_at FROM application_drafts WHERE account_id = $1 ORDER BY saved_at DESC")
        .bind(account.as_str())
        .fetch_all(database.read())
        .await?;
    let draft = |row: &AnyRow| {
        let number = row.try_get::<String, _>(0)?.parse().map_err(|_| decode("not a posting number"))?;
        Ok((number, row.try_get(1)?))
    };
    rows.iter().map(draft).collect()
}

/// Takes a draft away.
///
/// # Errors
/// If the database fails.
pub async fn discard_draft(transaction: &mut Transaction<'_, Any>, account: &AccountId, number: &PostingNumber) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM application_drafts WHERE account_id = $1 AND posting_number = $2")
        .bind(account.as_str())
        .bind(number.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
