//! Applications themselves.

use crate::account::AccountId;
use crate::applications::{Application, LetterNumber, Route, State};
use crate::database::{Database, decode};
use crate::date::Date;
use crate::form::Code;
use crate::postings::PostingNumber;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// The most applications of a list, the newest.
const MOST: i64 = 500;
const COLUMNS: &str = "id, route, account_id, posting_number, establishment_id, title, company, is_reserved, promise, reply_by, \
     letter_number, sent_at, opened_at, state";

/// An application to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewApplication<'a> {
    /// Names it: the same for the same form, so that however late it comes again, it is one.
    pub id: &'a str,
    /// How.
    pub route: Route,
    /// Whose.
    pub account: &'a AccountId,
    /// For which posting.
    pub posting: &'a PostingNumber,
    /// Who receives it.
    pub establishment: Option<&'a str>,
    /// 職種.
    pub title: &'a str,
    /// 事業所名, as the seeker sees it.
    pub company: &'a str,
    /// Whether the posting is reserved for people with disabilities.
    pub is_reserved: bool,
    /// When the sheet promises an answer, in its words.
    pub promise: &'a str,
    /// The day that follows from it.
    pub reply_by: Option<Date>,
    /// 紹介状の番号.
    pub letter_number: Option<&'a LetterNumber>,
    /// The version of the text that was read before it.
    pub caution_version: &'a str,
}

/// Writes down an application; `false` where its seeker has an open one for the posting, or one with this name.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, new: NewApplication<'_>, now: i64) -> Result<bool, sqlx::Error> {
    let added = sqlx::query(
        "INSERT INTO applications (id, route, account_id, posting_number, establishment_id, title, company, is_reserved, promise, reply_by, \
         letter_number, caution_version, sent_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'sent') \
         ON CONFLICT DO NOTHING",
    )
    .bind(new.id)
    .bind(new.route.code())
    .bind(new.account.as_str())
    .bind(new.posting.as_str())
    .bind(new.establishment)
    .bind(new.title)
    .bind(new.company)
    .bind(i64::from(new.is_reserved))
    .bind(new.promise)
    .bind(new.reply_by.map(|day| day.to_string()))
    .bind(new.letter_number.map(|number| number.as_str().to_owned()))
    .bind(new.caution_version)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Draws the next number of a series.
///
/// # Errors
/// If the database fails.
pub async fn draw_letter_number(transaction: &mut Transaction<'_, Any>, office: &str, today: Date) -> Result<LetterNumber, sqlx::Error> {
    let series = LetterNumber::series(office, today);
    let (serial,): (i64,) = sqlx::query_as(
        "INSERT INTO letter_numbers (series, latest) VALUES ($1, 1) \
         ON CONFLICT (series) DO UPDATE SET latest = letter_numbers.latest + 1 RETURNING latest",
    )
    .bind(&series)
    .fetch_one(&mut **transaction)
    .await?;
    Ok(LetterNumber::new(&series, serial))
}

/// An application.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, id: &str) -> Result<Option<Application>, sqlx::Error> {
    let row = sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM applications WHERE id = $1")))
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    row.as_ref().map(read).transpose()
}

/// An application as it is in this transaction, which others wait for.
///
/// # Errors
/// If the database fails.
pub async fn find_locked(transaction: &mut Transaction<'_, Any>, id: &str) -> Result<Option<Application>, sqlx::Error> {
    // An update takes the lock of the row on either database.
    let row = sqlx::query(AssertSqlSafe(format!("UPDATE applications SET id = id WHERE id = $1 RETURNING {COLUMNS}")))
        .bind(id)
        .fetch_optional(&mut **transaction)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The open application of a seeker for a posting.
///
/// # Errors
/// If the database fails.
pub async fn has_open(database: &Database, account: &AccountId, posting: &PostingNumber) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT id FROM applications WHERE account_id = $1 AND posting_number = $2 AND state = 'sent'")
        .bind(account.as_str())
        .bind(posting.as_str())
        .fetch_optional(database.read())
        .await
}

/// A seeker's applications, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn of_account(database: &Database, account: &AccountId) -> Result<Vec<Application>, sqlx::Error> {
    some(database, "account_id = $1", account.as_str()).await
}

/// What came to an establishment: first what is in selection, then what has ended, the newest first; of either no more than 500.
///
/// # Errors
/// If the database fails.
pub async fn of_establishment(database: &Database, id: &str) -> Result<Vec<Application>, sqlx::Error> {
    let mut all = some(database, "state = 'sent' AND establishment_id = $1", id).await?;
    all.extend(some(database, "state <> 'sent' AND establishment_id = $1", id).await?);
    Ok(all)
}

async fn some(database: &Database, condition: &str, value: &str) -> Result<Vec<Application>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM applications WHERE {condition} ORDER BY sent_at DESC, id LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_all(database.read()).await?;
    rows.iter().map(read).collect()
}

/// How many were referred for a posting.
///
/// # Errors
/// If the database fails.
pub async fn referrals_of(database: &Database, posting: &PostingNumber) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM applications WHERE posting_number = $1 AND route IN ('referral', 'counter')")
        .bind(posting.as_str())
        .fetch_one(database.read())
        .await
}

/// Says that the employer opened it; `false` if it was open already, or taken back.
///
/// # Errors
/// If the database fails.
pub async fn set_opened(transaction: &mut Transaction<'_, Any>, id: &str, now: i64) -> Result<bool, sqlx::Error> {
    let set = sqlx::query("UPDATE applications SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL AND state = 'sent'")
        .bind(id)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(set.rows_affected() == 1)
}

/// The employer has answered: the promised day is over.
///
/// # Errors
/// If the database fails.
pub async fn set_answered(transaction: &mut Transaction<'_, Any>, id: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE applications SET reply_by = NULL WHERE id = $1").bind(id).execute(&mut **transaction).await?;
    Ok(())
}

/// What became of an end that was to be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It stands.
    Done,
    /// It had ended before.
    Before,
}

/// Ends an application that is in selection.
///
/// # Errors
/// If the database fails.
pub async fn set_ended(transaction: &mut Transaction<'_, Any>, id: &str, state: State, now: i64) -> Result<Ended, sqlx::Error> {
    let set = sqlx::query("UPDATE applications SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'sent'")
        .bind(id)
        .bind(state.code())
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(if set.rows_affected() == 1 { Ended::Done } else { Ended::Before })
}

/// Makes a seeker's applications nobody's: the employers keep what they received (DOMAIN.md rule 5 [own]). Their drafts go.
///
/// # Errors
/// If the database fails.
pub async fn anonymise(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<(), sqlx::Error> {
    for statement in [
        "UPDATE applications SET account_id = NULL WHERE account_id = $1",
        "UPDATE documents SET account_id = NULL WHERE account_id = $1 AND application_id IS NOT NULL",
        "DELETE FROM direct_requests WHERE account_id = $1",
        "DELETE FROM documents WHERE account_id = $1 AND application_id IS NULL",
        "DELETE FROM application_drafts WHERE account_id = $1",
        "DELETE FROM recommendations WHERE account_id = $1",
    ] {
        sqlx::query(statement).bind(account.as_str()).execute(&mut **transaction).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<Application, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let code = |code: Code| decode(code.code());
    Ok(Application {
        id: text(0)?,
        route: text(1)?.parse().map_err(code)?,
        account: row.try_get::<Option<String>, _>(2)?.map(AccountId::new),
        posting: text(3)?.parse().map_err(|_| decode("not a posting number"))?,
        establishment: row.try_get(4)?,
        title: text(5)?,
        company: text(6)?,
        is_reserved: row.try_get::<i64, _>(7)? != 0,
        promise: text(8)?,
        reply_by: row.try_get::<Option<String>, _>(9)?.map(|day| day.parse()).transpose().map_err(|_| decode("not a day"))?,
        letter_number: row.try_get(10)?,
        sent_at: row.try_get(11)?,
        opened_at: row.try_get(12)?,
        state: text(13)?.parse().map_err(code)?,
    })
}
