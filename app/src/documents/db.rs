//! The only SQL about documents.

use super::Kind;
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::postings::PostingNumber;
use crate::sealing::FieldKeys;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// A document that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Names it.
    pub id: String,
    /// Who added it; nobody once their account is gone.
    pub account: Option<AccountId>,
    /// The application that it belongs to; none while that is a draft.
    pub application: Option<String>,
    /// The message that it came with.
    pub message: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub size: i64,
    /// Where its bytes are.
    pub address: String,
}

/// A document to be kept; its bytes are on the disk.
#[derive(Clone, Copy, Debug)]
pub struct NewDocument<'a> {
    /// Names it.
    pub id: &'a str,
    /// Who adds it.
    pub account: &'a AccountId,
    /// What it is called.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub size: usize,
    /// Where its bytes are.
    pub address: &'a str,
}

/// What a new document belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Belongs<'a> {
    /// To the draft of an application for this posting.
    Draft(&'a PostingNumber),
    /// To a message of an application.
    Message {
        /// The application.
        application: &'a str,
        /// The message.
        message: &'a str,
    },
}

/// Writes down a document; the same name again changes nothing.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    new: NewDocument<'_>,
    belongs: Belongs<'_>,
    now: i64,
) -> Result<(), sqlx::Error> {
    let (posting, application, message) = match belongs {
        Belongs::Draft(number) => (Some(number.as_str()), None, None),
        Belongs::Message { application, message } => (None, Some(application), Some(message)),
    };
    sqlx::query(
        "INSERT INTO documents (id, account_id, posting_number, application_id, message_id, sealed_name, kind, size, address, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    )
    .bind(new.id)
    .bind(new.account.as_str())
    .bind(posting)
    .bind(application)
    .bind(message)
    .bind(keys.seal(&["document", new.id], new.name))
    .bind(new.kind.code())
    .bind(i64::try_from(new.size).map_err(decode)?)
    .bind(new.address)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

const SELECT: &str = "SELECT id, account_id, application_id, message_id, sealed_name, kind, size, address FROM documents WHERE";

/// A document.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, keys: &FieldKeys, id: &str) -> Result<Option<Document>, sqlx::Error> {
    let row = sqlx::query(AssertSqlSafe(format!("{SELECT} id = $1"))).bind(id).fetch_optional(database.read()).await?;
    row.as_ref().map(|row| read(row, keys)).transpose()
}

/// The documents of a draft, in the order in which they were added.
///
/// # Errors
/// If the database fails.
pub async fn of_draft(
    database: &Database,
    keys: &FieldKeys,
    account: &AccountId,
    number: &PostingNumber,
) -> Result<Vec<Document>, sqlx::Error> {
    let sql = format!("{SELECT} account_id = $1 AND posting_number = $2 AND application_id IS NULL ORDER BY added_at, id");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(account.as_str()).bind(number.as_str()).fetch_all(database.read()).await?;
    rows.iter().map(|row| read(row, keys)).collect()
}

/// The documents of an application and of its messages.
///
/// # Errors
/// If the database fails.
pub async fn of_application(database: &Database, keys: &FieldKeys, application: &str) -> Result<Vec<Document>, sqlx::Error> {
    let sql = format!("{SELECT} application_id = $1 ORDER BY added_at, id");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(application).fetch_all(database.read()).await?;
    rows.iter().map(|row| read(row, keys)).collect()
}

/// Hands the documents of a draft to the application that it became.
///
/// # Errors
/// If the database fails.
pub async fn hand_over(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    number: &PostingNumber,
    application: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE documents SET application_id = $3 WHERE account_id = $1 AND posting_number = $2 AND application_id IS NULL")
        .bind(account.as_str())
        .bind(number.as_str())
        .bind(application)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes a document out of a draft of its owner.
///
/// # Errors
/// If the database fails.
pub async fn remove(transaction: &mut Transaction<'_, Any>, account: &AccountId, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM documents WHERE id = $1 AND account_id = $2 AND application_id IS NULL")
        .bind(id)
        .bind(account.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes away the files of a draft.
///
/// # Errors
/// If the database fails.
pub async fn discard_draft(transaction: &mut Transaction<'_, Any>, account: &AccountId, number: &PostingNumber) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM documents WHERE account_id = $1 AND posting_number = $2 AND application_id IS NULL")
        .bind(account.as_str())
        .bind(number.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Whether a row names these bytes.
///
/// # Errors
/// If the database fails.
pub async fn is_named(database: &Database, address: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT 1 FROM documents WHERE address = $1 LIMIT 1").bind(address).fetch_optional(database.read()).await?;
    Ok(row.is_some())
}

fn read(row: &AnyRow, keys: &FieldKeys) -> Result<Document, sqlx::Error> {
    let id: String = row.try_get(0)?;
    let sealed: String = row.try_get(4)?;
    let kind: String = row.try_get(5)?;
    Ok(Document {
        name: keys.open(&["document", &id], &sealed).map_err(decode)?,
        account: row.try_get::<Option<String>, _>(1)?.map(AccountId::new),
        application: row.try_get(2)?,
        message: row.try_get(3)?,
        kind: Kind::from_code(&kind).ok_or_else(|| decode(format!("no kind of document is called {kind}")))?,
        size: row.try_get(6)?,
        address: row.try_get(7)?,
        id,
    })
}
