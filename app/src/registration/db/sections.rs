//! Sections as typed: `draft` until it is confirmed, `current` afterwards.

use super::sealed;
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::registration::{Draft, Section};
use crate::requests::published;
use crate::sealing::FieldKeys;
use serde_json::{Map, Value};
use sqlx::{Any, Row, Transaction};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionState {
    /// Typed, not confirmed yet.
    Draft,
    /// What is registered.
    Current,
}

impl SectionState {
    /// As the column has it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Current => "current",
        }
    }
}

/// What is stored of one state: the sections that are there, each with its revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The sections; those that are not there are empty.
    pub draft: Draft,
    /// The revisions of those that are there.
    pub revisions: Vec<(Section, i64)>,
}

impl Stored {
    /// The revision of a section; 0 if it is not there.
    #[must_use]
    pub fn revision(&self, section: Section) -> i64 {
        self.revisions.iter().find(|(own, _)| *own == section).map_or(0, |(_, revision)| *revision)
    }

    /// Whether a section is there.
    #[must_use]
    pub fn has(&self, section: Section) -> bool {
        self.revision(section) > 0
    }
}

/// What became of a section that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It stands, with this revision.
    Done(i64),
    /// Another device has saved it meanwhile.
    Conflict,
}

/// What is stored of an account in one state.
///
/// # Errors
/// If the database fails, or a sealed field does not open.
pub async fn load(database: &Database, keys: &FieldKeys, account: &AccountId, state: SectionState) -> Result<Stored, sqlx::Error> {
    let rows = sqlx::query("SELECT section, content, revision FROM registration_sections WHERE account_id = $1 AND state = $2")
        .bind(account.as_str())
        .bind(state.code())
        .fetch_all(database.read())
        .await?;
    let mut contents = Map::new();
    let mut stored = Stored::default();
    for row in rows {
        let (section, content): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let known = Section::from_code(&section).ok_or_else(|| decode(format!("no section is called {section}")))?;
        stored.revisions.push((known, row.try_get(2)?));
        contents.insert(section, serde_json::from_str(&content).map_err(decode)?);
    }
    for (section, field, value) in sealed::open_all(database, keys, account, state).await? {
        if let Some(Value::Object(content)) = contents.get_mut(&section) {
            content.insert(field, value);
        }
    }
    stored.draft = serde_json::from_value(Value::Object(contents)).map_err(decode)?;
    Ok(stored)
}

/// What is registered as this transaction sees it, without what is sealed, and when it was saved last, in milliseconds since 1970.
///
/// # Errors
/// If the database fails.
pub async fn current_without_sealed(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<(Draft, i64), sqlx::Error> {
    let rows = sqlx::query("SELECT section, content, saved_at FROM registration_sections WHERE account_id = $1 AND state = $2")
        .bind(account.as_str())
        .bind(SectionState::Current.code())
        .fetch_all(&mut **transaction)
        .await?;
    let (mut contents, mut saved_at) = (Map::new(), 0);
    for row in rows {
        contents.insert(row.try_get(0)?, serde_json::from_str(&row.try_get::<String, _>(1)?).map_err(decode)?);
        saved_at = saved_at.max(row.try_get::<i64, _>(2)?);
    }
    Ok((serde_json::from_value(Value::Object(contents)).map_err(decode)?, saved_at))
}

/// Saves a section of `draft` if it still has the revision `base` (0: it is not there).
///
/// # Errors
/// If the database fails.
pub async fn save(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    (account, state): (&AccountId, SectionState),
    (draft, section): (&Draft, Section),
    base: i64,
    now: i64,
) -> Result<Saved, sqlx::Error> {
    let (open, secret) = sealed::split(section, content(draft, section)?);
    let open = Value::Object(open).to_string();
    let statement = if base == 0 {
        "INSERT INTO registration_sections (account_id, state, section, content, saved_at, revision) VALUES ($1, $2, $3, $4, $5, $6 + 1) \
         ON CONFLICT (account_id, state, section) DO NOTHING"
    } else {
        "UPDATE registration_sections SET content = $4, saved_at = $5, revision = revision + 1 \
         WHERE account_id = $1 AND state = $2 AND section = $3 AND revision = $6"
    };
    let saved = sqlx::query(statement)
        .bind(account.as_str())
        .bind(state.code())
        .bind(section.code())
        .bind(open)
        .bind(now)
        .bind(base)
        .execute(&mut **transaction)
        .await?;
    if saved.rows_affected() == 0 {
        return Ok(Saved::Conflict);
    }
    sealed::replace(transaction, keys, account, state, section, secret).await?;
    Ok(Saved::Done(base + 1))
}

/// Makes `draft` what is registered, all sections of it, and takes the drafts away.
///
/// # Errors
/// If the database fails.
pub async fn promote(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    account: &AccountId,
    draft: &Draft,
    now: i64,
) -> Result<(), sqlx::Error> {
    for state in [SectionState::Current, SectionState::Draft] {
        forget(transaction, account, state).await?;
    }
    for section in Section::ALL.into_iter().filter(|section| draft.asks(*section)) {
        save(transaction, keys, (account, SectionState::Current), (draft, section), 0, now).await?;
    }
    published::write(transaction, account, draft, now).await
}

/// Takes away what was typed and not confirmed.
///
/// # Errors
/// If the database fails.
pub async fn discard_draft(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<(), sqlx::Error> {
    forget(transaction, account, SectionState::Draft).await
}

/// Takes away all sections of a state.
pub(super) async fn forget(transaction: &mut Transaction<'_, Any>, account: &AccountId, state: SectionState) -> Result<(), sqlx::Error> {
    for statement in [
        "DELETE FROM registration_sections WHERE account_id = $1 AND state = $2",
        "DELETE FROM registration_sealed WHERE account_id = $1 AND state = $2",
    ] {
        sqlx::query(statement).bind(account.as_str()).bind(state.code()).execute(&mut **transaction).await?;
    }
    Ok(())
}

fn content(draft: &Draft, section: Section) -> Result<Map<String, Value>, sqlx::Error> {
    let Value::Object(mut whole) = serde_json::to_value(draft).map_err(decode)? else { return Ok(Map::new()) };
    match whole.remove(section.code()) {
        Some(Value::Object(content)) => Ok(content),
        _ => Err(decode(format!("a draft has no section {}", section.code()))),
    }
}

/// Withdraws the publication of what is registered, of what was typed too: `draft` is what is registered without it.
///
/// # Errors
/// If the database fails.
pub async fn withdraw_publication(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    draft: &Draft,
    now: i64,
) -> Result<(), sqlx::Error> {
    let content = Value::Object(content(draft, Section::Publication)?).to_string();
    sqlx::query(
        "UPDATE registration_sections SET content = $2, saved_at = $3, revision = revision + 1 WHERE account_id = $1 AND section = $4",
    )
    .bind(account.as_str())
    .bind(content)
    .bind(now)
    .bind(Section::Publication.code())
    .execute(&mut **transaction)
    .await?;
    published::write(transaction, account, draft, now).await
}

/// Whether something was typed that is not confirmed.
///
/// # Errors
/// If the database fails.
pub async fn has_draft(database: &Database, account: &AccountId) -> Result<bool, sqlx::Error> {
    let found = sqlx::query("SELECT section FROM registration_sections WHERE account_id = $1 AND state = $2 LIMIT 1")
        .bind(account.as_str())
        .bind(SectionState::Draft.code())
        .fetch_optional(database.read())
        .await?;
    Ok(found.is_some())
}
