//! The only SQL about what seekers keep.

use super::{Entry, FAVORITE, MOST, Refusal, Sync, Synced, Thing, merge};
use crate::account::AccountId;
use crate::account::db::{Claim, claim};
use crate::database::{Database, decode};
use crate::date::Date;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// How many rows of what was taken out are remembered, for phones that have not heard of it. Older ones are forgotten; a phone that
/// comes later gets everything anew.
const TAKEN_OUT_KEPT: i64 = 500;

const COLUMNS: &str = "id, stamp, thing";

/// Takes a phone's changes in and gives what it does not know yet, in one transaction; `tag` is what the phone is told of whose it is.
///
/// # Errors
/// If the database fails or holds what cannot be read.
pub async fn sync(database: &Database, account: &AccountId, tag: &str, request: &Sync, now: i64) -> Result<Synced, sqlx::Error> {
    if request.changes.is_empty() {
        // Most often nothing is new: that costs no lock. One statement sees one state.
        let (latest, forgotten) = revisions(database, account).await?;
        if request.since == latest && request.since > 0 {
            return Ok(Synced { account: tag.to_owned(), revision: latest, ..Synced::default() });
        }
        let is_all = request.since == 0 || request.since < forgotten || request.since > latest;
        let entries = changed_since(database, account, if is_all { 0 } else { request.since }, is_all).await?;
        // What came in between is told now and again the next time.
        return Ok(Synced { account: tag.to_owned(), revision: latest, is_all, entries, ..Synced::default() });
    }
    let mut transaction = database.begin().await?;
    let mut answer = take(&mut transaction, account, &request.changes, now).await?;
    transaction.commit().await?;
    let (_, forgotten) = revisions(database, account).await?;
    answer.account = tag.to_owned();
    answer.is_all = request.since == 0 || request.since < forgotten || request.since > answer.revision;
    answer.entries = changed_since(database, account, if answer.is_all { 0 } else { request.since }, answer.is_all).await?;
    let missing: Vec<&str> = request.changes.iter().map(|change| change.id.as_str()).collect();
    for id in missing {
        if !answer.entries.iter().any(|entry| entry.id == id)
            && let Some(entry) = find(database, account, id).await?
        {
            answer.entries.push(entry);
        }
    }
    Ok(answer)
}

/// Takes changes in, one behind the other; locks the account's revisions until the commit.
///
/// # Errors
/// If the database fails or holds what cannot be read.
pub async fn take(transaction: &mut Transaction<'_, Any>, account: &AccountId, changes: &[Entry], now: i64) -> Result<Synced, sqlx::Error> {
    let mut revision = lock(transaction, account).await?;
    let before = revision;
    let mut answer = Synced::default();
    for change in changes {
        match take_one(transaction, account, change, revision + 1, now).await? {
            Ok(is_new) => {
                revision += i64::from(is_new);
                answer.done.push(change.stamp.clone());
            }
            Err(why) => answer.refused.push((change.stamp.clone(), why)),
        }
    }
    if revision > before {
        forget_old(transaction, account).await?;
        sqlx::query("UPDATE kept_revisions SET latest = $1 WHERE account_id = $2")
            .bind(revision)
            .bind(account.as_str())
            .execute(&mut **transaction)
            .await?;
    }
    answer.revision = revision;
    Ok(answer)
}

/// Whether the account has changed with this change.
async fn take_one(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    change: &Entry,
    revision: i64,
    now: i64,
) -> Result<Result<bool, Refusal>, sqlx::Error> {
    if change.id.len() > 100 || change.stamp.is_empty() || change.stamp.len() > 100 {
        return Ok(Err(Refusal::Unreadable));
    }
    let held = held(transaction, account, &change.id).await?;
    let entry = match merge(held.as_ref(), change) {
        Err(why) => return Ok(Err(why)),
        Ok(entry) => entry,
    };
    let is_more = held.is_none_or(|held| held.thing.is_none()) && entry.as_ref().is_some_and(|entry| entry.thing.is_some());
    if is_more && is_full(transaction, account, kind(&change.id)).await? {
        return Ok(Err(Refusal::TooMany));
    }
    if claim(transaction, &format!("kept {} {}", account.as_str(), change.stamp), now).await? != Claim::New {
        return Ok(Ok(false));
    }
    let Some(entry) = entry else { return Ok(Ok(false)) };
    write(transaction, account, &entry, revision).await?;
    Ok(Ok(true))
}

/// The account's latest revision; nobody else takes one until the transaction ends.
async fn lock(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<i64, sqlx::Error> {
    sqlx::query("INSERT INTO kept_revisions (account_id, latest, forgotten) VALUES ($1, 0, 0) ON CONFLICT (account_id) DO NOTHING")
        .bind(account.as_str())
        .execute(&mut **transaction)
        .await?;
    sqlx::query_scalar("UPDATE kept_revisions SET latest = latest WHERE account_id = $1 RETURNING latest")
        .bind(account.as_str())
        .fetch_one(&mut **transaction)
        .await
}

async fn held(transaction: &mut Transaction<'_, Any>, account: &AccountId, id: &str) -> Result<Option<Entry>, sqlx::Error> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM kept WHERE account_id = $1 AND id = $2")))
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(&mut **transaction)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

async fn is_full(transaction: &mut Transaction<'_, Any>, account: &AccountId, kind: &str) -> Result<bool, sqlx::Error> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM kept WHERE account_id = $1 AND kind = $2 AND thing IS NOT NULL")
        .bind(account.as_str())
        .bind(kind)
        .fetch_one(&mut **transaction)
        .await?;
    Ok(count >= MOST)
}

async fn write(transaction: &mut Transaction<'_, Any>, account: &AccountId, entry: &Entry, revision: i64) -> Result<(), sqlx::Error> {
    let thing = entry.thing.as_ref().map(serde_json::to_string).transpose().map_err(decode)?;
    sqlx::query(
        "INSERT INTO kept (account_id, id, kind, revision, stamp, thing) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (account_id, id) DO UPDATE SET revision = $4, stamp = $5, thing = $6",
    )
    .bind(account.as_str())
    .bind(&entry.id)
    .bind(kind(&entry.id))
    .bind(revision)
    .bind(&entry.stamp)
    .bind(thing)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn kind(id: &str) -> &'static str {
    if id.starts_with(FAVORITE) { "favorite" } else { "search" }
}

/// Forgets what was taken out longest ago.
async fn forget_old(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<(), sqlx::Error> {
    let last: Option<i64> =
        sqlx::query_scalar("SELECT revision FROM kept WHERE account_id = $1 AND thing IS NULL ORDER BY revision DESC LIMIT 1 OFFSET $2")
            .bind(account.as_str())
            .bind(TAKEN_OUT_KEPT)
            .fetch_optional(&mut **transaction)
            .await?;
    let Some(last) = last else { return Ok(()) };
    sqlx::query("DELETE FROM kept WHERE account_id = $1 AND thing IS NULL AND revision <= $2")
        .bind(account.as_str())
        .bind(last)
        .execute(&mut **transaction)
        .await?;
    sqlx::query("UPDATE kept_revisions SET forgotten = $1 WHERE account_id = $2")
        .bind(last)
        .bind(account.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The latest revision, and the one up to which is not known any more what was taken out.
async fn revisions(database: &Database, account: &AccountId) -> Result<(i64, i64), sqlx::Error> {
    let row = sqlx::query("SELECT latest, forgotten FROM kept_revisions WHERE account_id = $1")
        .bind(account.as_str())
        .fetch_optional(database.read())
        .await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.try_get(0)?, row.try_get(1)?)))
}

async fn changed_since(database: &Database, account: &AccountId, since: i64, only_live: bool) -> Result<Vec<Entry>, sqlx::Error> {
    let live = if only_live { "AND thing IS NOT NULL" } else { "" };
    let rows =
        sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM kept WHERE account_id = $1 AND revision > $2 {live} ORDER BY revision")))
            .bind(account.as_str())
            .bind(since)
            .fetch_all(database.read())
            .await?;
    rows.iter().map(read).collect()
}

/// What the account has under this id, taken out or not; `None` if it never had it or has forgotten it.
///
/// # Errors
/// If the database fails or holds what cannot be read.
pub async fn find(database: &Database, account: &AccountId, id: &str) -> Result<Option<Entry>, sqlx::Error> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM kept WHERE account_id = $1 AND id = $2")))
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(database.read())
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Everything that the account keeps now, in no particular order.
///
/// # Errors
/// If the database fails or holds what cannot be read.
pub async fn all(database: &Database, account: &AccountId) -> Result<Vec<Entry>, sqlx::Error> {
    changed_since(database, account, 0, true).await
}

/// A favorite, whose it is, and the deadline that its owner was told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedFavorite {
    /// Whose.
    pub account: AccountId,
    /// Its id.
    pub id: String,
    /// The favorite.
    pub thing: Thing,
    /// The deadline that a mail told of last.
    pub told: Option<Date>,
}

/// The favorites of all accounts behind this account and id, in their order, at most `limit`.
///
/// # Errors
/// If the database fails or holds what cannot be read.
pub async fn favorites_after(database: &Database, after: &(String, String), limit: i64) -> Result<Vec<OwnedFavorite>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT account_id, id, thing, reminded_of FROM kept WHERE (account_id > $1 OR (account_id = $1 AND id > $2)) \
         AND kind = 'favorite' AND thing IS NOT NULL ORDER BY account_id, id LIMIT $3",
    )
    .bind(&after.0)
    .bind(&after.1)
    .bind(limit)
    .fetch_all(database.read())
    .await?;
    rows.iter()
        .map(|row| {
            let told: Option<String> = row.try_get(3)?;
            Ok(OwnedFavorite {
                account: AccountId::new(row.try_get::<String, _>(0)?),
                id: row.try_get(1)?,
                thing: serde_json::from_str(&row.try_get::<String, _>(2)?).map_err(decode)?,
                told: told.and_then(|day| day.parse().ok()),
            })
        })
        .collect()
}

/// Writes down that the owner is told of a favorite's deadline; whether nobody has done so before.
///
/// # Errors
/// If the database fails.
pub async fn set_told(transaction: &mut Transaction<'_, Any>, account: &AccountId, id: &str, deadline: Date) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE kept SET reminded_of = $1 WHERE account_id = $2 AND id = $3 AND thing IS NOT NULL AND (reminded_of IS NULL OR reminded_of <> $1)",
    )
    .bind(deadline.to_string())
    .bind(account.as_str())
    .bind(id)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn read(row: &AnyRow) -> Result<Entry, sqlx::Error> {
    let thing: Option<String> = row.try_get(2)?;
    let thing: Option<Thing> = thing.map(|json| serde_json::from_str(&json)).transpose().map_err(decode)?;
    Ok(Entry { id: row.try_get(0)?, stamp: row.try_get(1)?, base: String::new(), thing })
}
