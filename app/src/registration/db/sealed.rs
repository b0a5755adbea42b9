//! The fields that are encrypted: the section on disability, and the answer to 障害の有無 in the basic section.

use super::SectionState;
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::registration::Section;
use crate::sealing::FieldKeys;
use serde_json::{Map, Value};
use sqlx::{Any, Row, Transaction};

/// Whether a field is sealed.
fn is_secret(section: Section, field: &str) -> bool {
    section == Section::Disability || (section == Section::Basic && field == "disability")
}

/// The fields that stand in the section's row, and those that are sealed.
pub(super) fn split(section: Section, content: Map<String, Value>) -> (Map<String, Value>, Map<String, Value>) {
    content.into_iter().partition(|(field, _)| !is_secret(section, field))
}

/// Writes the sealed fields of a section in place of those that are there.
pub(super) async fn replace(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    account: &AccountId,
    state: SectionState,
    section: Section,
    fields: Map<String, Value>,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM registration_sealed WHERE account_id = $1 AND state = $2 AND section = $3")
        .bind(account.as_str())
        .bind(state.code())
        .bind(section.code())
        .execute(&mut **transaction)
        .await?;
    for (field, value) in fields {
        let sealed = keys.seal(&[account.as_str(), state.code(), section.code(), &field], &value.to_string());
        sqlx::query("INSERT INTO registration_sealed (account_id, state, section, field, sealed) VALUES ($1, $2, $3, $4, $5)")
            .bind(account.as_str())
            .bind(state.code())
            .bind(section.code())
            .bind(field)
            .bind(sealed)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Section, field and value of everything that is sealed of an account.
pub(super) async fn open_all(
    database: &Database,
    keys: &FieldKeys,
    account: &AccountId,
    state: SectionState,
) -> Result<Vec<(String, String, Value)>, sqlx::Error> {
    let rows = sqlx::query("SELECT section, field, sealed FROM registration_sealed WHERE account_id = $1 AND state = $2")
        .bind(account.as_str())
        .bind(state.code())
        .fetch_all(database.read())
        .await?;
    let open = |row: sqlx::any::AnyRow| {
        let (section, field, sealed): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let text = keys.open(&[account.as_str(), state.code(), &section, &field], &sealed).map_err(decode)?;
        Ok((section, field, serde_json::from_str(&text).map_err(decode)?))
    };
    rows.into_iter().map(open).collect()
}
