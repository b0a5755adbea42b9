//! The history of changes.

use crate::account::{AccountId, Role};
use crate::database::{Database, decode};
use crate::registration::Section;
use crate::registration::changes::Change;
use sqlx::{Any, Row, Transaction};

/// A change as it stands in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub changed_at: i64,
    /// Who: the seeker or staff.
    pub by: Role,
    /// What.
    pub change: Change,
}

/// Adds changes to the history of an account.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    by: Role,
    changes: &[Change],
    now: i64,
) -> Result<(), sqlx::Error> {
    let (last,): (i64,) = sqlx::query_as("SELECT COALESCE(MAX(place), 0) FROM registration_changes WHERE account_id = $1")
        .bind(account.as_str())
        .fetch_one(&mut **transaction)
        .await?;
    for (place, change) in (last + 1..).zip(changes) {
        sqlx::query(
            "INSERT INTO registration_changes (account_id, place, changed_at, by_role, section, label, before_text, after_text) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(account.as_str())
        .bind(place)
        .bind(now)
        .bind(by.code())
        .bind(change.section.code())
        .bind(&change.label)
        .bind(&change.before)
        .bind(&change.after)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// The history of an account, newest first.
///
/// # Errors
/// If the database fails.
pub async fn of(database: &Database, account: &AccountId) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT changed_at, by_role, section, label, before_text, after_text FROM registration_changes WHERE account_id = $1 ORDER BY place DESC",
    )
    .bind(account.as_str())
    .fetch_all(database.read())
    .await?;
    let entry = |row: sqlx::any::AnyRow| {
        let (by, section): (String, String) = (row.try_get(1)?, row.try_get(2)?);
        Ok(Entry {
            changed_at: row.try_get(0)?,
            by: by.parse::<Role>().map_err(decode)?,
            change: Change {
                section: Section::from_code(&section).ok_or_else(|| decode(format!("no section is called {section}")))?,
                label: row.try_get(3)?,
                before: row.try_get(4)?,
                after: row.try_get(5)?,
            },
        })
    };
    rows.into_iter().map(entry).collect()
}
