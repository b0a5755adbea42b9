//! The only SQL about postings: what is kept, how it is read, and (in `apply`) how a delivery changes it.

mod apply;
mod packing;

#[cfg(test)]
mod tests;

pub use apply::{Applied, Incoming, apply, close, publish, stop};
pub use packing::{NotARecord, Packer, Unpacker, flatten, unflatten};

use super::number::PostingNumber;
use super::posting::Listing;
use super::record::Record;
use crate::database::Database;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row};
use std::collections::HashMap;

/// Who brought a posting. Decides who may change it: an import touches only [`Origin::Feed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The national feed.
    Feed,
    /// A desk of this service; its number begins with [`super::number::DESK_OFFICE`].
    Desk,
}

impl Origin {
    /// The value of the column.
    const fn code(self) -> i64 {
        match self {
            Self::Feed => 0,
            Self::Desk => 1,
        }
    }

    fn from_code(code: i64) -> Result<Self, sqlx::Error> {
        match code {
            0 => Ok(Self::Feed),
            1 => Ok(Self::Desk),
            _ => Err(decode(format!("no origin has the code {code}"))),
        }
    }
}

/// A posting as a follower gets it: its latest state, in the order of the changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The number of the change; the next question is "after" it.
    pub revision: i64,
    /// Which posting.
    pub number: PostingNumber,
    /// Whether it is gone from the feed or stopped.
    pub closed: bool,
    /// Who brought it.
    pub origin: Origin,
    /// Equal for equal records that are read in the same way.
    pub content_hash: i64,
    /// Where its record is: [`records`].
    pub record_id: i64,
}

/// A posting as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Which posting.
    pub number: PostingNumber,
    /// Who brought it.
    pub origin: Origin,
    /// When it went from the feed or was stopped, in milliseconds since 1970; `None` while it is open.
    pub closed_at: Option<i64>,
    /// When its content last changed, in milliseconds since 1970.
    pub changed_at: i64,
    /// The list row, name included, and who may see it.
    pub listing: Listing,
    /// Every item as read.
    pub record: Record,
}

/// What an import must know of a posting that is already kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who brought it.
    pub origin: Origin,
    /// The hash of its content ([`Incoming::content_hash`]).
    pub content_hash: i64,
    /// Whether it is closed.
    pub closed: bool,
}

/// Postings with a revision above `after`, ascending, at most `limit`. Whoever takes revisions holds their counter's lock until the
/// commit, so they become visible in their order and a follower that goes on from the last one it got skips none.
///
/// # Errors
/// If the database fails or holds a record that cannot be read.
pub async fn changes_after(database: &Database, after: i64, limit: u32) -> Result<Vec<Change>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT revision, number, origin, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS closed, content_hash, record_id \
         FROM postings WHERE revision > $1 ORDER BY revision LIMIT $2",
    )
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(database.read())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Change {
                revision: row.try_get(0)?,
                number: number(row, 1)?,
                origin: Origin::from_code(row.try_get(2)?)?,
                closed: row.try_get::<i64, _>(3)? != 0,
                content_hash: row.try_get(4)?,
                record_id: row.try_get(5)?,
            })
        })
        .collect()
}

/// The records with these ids, packed: unpacking a million of them is work that followers share out. One that was replaced meanwhile is
/// not in the answer.
///
/// # Errors
/// If the database fails.
pub async fn records(database: &Database, ids: &[i64]) -> Result<HashMap<i64, Vec<u8>>, sqlx::Error> {
    let mut records = HashMap::with_capacity(ids.len());
    let mut connection = database.read().acquire().await?;
    for some in ids.chunks(LONGEST_LIST) {
        for row in select_in(&mut connection, "SELECT id, record FROM records WHERE id", some).await? {
            records.insert(row.try_get(0)?, row.try_get(1)?);
        }
    }
    Ok(records)
}

/// The highest revision that was ever given; 0 before the first. No posting is above it.
///
/// # Errors
/// If the database fails.
pub async fn latest_revision(database: &Database) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT latest FROM revisions WHERE id = 1").fetch_one(database.read()).await
}

/// The posting with this number, open or closed.
///
/// # Errors
/// If the database fails or holds a record or row that cannot be read.
pub async fn find(database: &Database, wanted: &PostingNumber) -> Result<Option<Stored>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT p.number, p.origin, p.closed_at, p.changed_at, p.summary, r.record \
         FROM postings p JOIN records r ON r.id = p.record_id WHERE p.number = $1",
    )
    .bind(wanted.as_str())
    .fetch_optional(database.read())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut unpacker = Unpacker::new().map_err(decode)?;
    Ok(Some(Stored {
        number: number(&row, 0)?,
        origin: Origin::from_code(row.try_get(1)?)?,
        closed_at: row.try_get(2)?,
        changed_at: row.try_get(3)?,
        listing: listing(&row, 4)?,
        record: record(&mut unpacker, &row, 5)?,
    }))
}

/// When a posting's content last changed, in milliseconds since 1970, and whether it is closed, as this transaction sees it.
///
/// # Errors
/// If the database fails.
pub async fn last_change(transaction: &mut sqlx::Transaction<'_, Any>, wanted: &PostingNumber) -> Result<Option<(i64, bool)>, sqlx::Error> {
    // An update that changes nothing: until the end of the transaction nobody else changes it.
    let row = sqlx::query(
        "UPDATE postings SET number = number WHERE number = $1 RETURNING changed_at, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS closed",
    )
        .bind(wanted.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get::<i64, _>(1)? != 0))).transpose()
}

/// The list rows of these postings and when each was closed, in the order asked for; unknown numbers are left out.
///
/// # Errors
/// If the database fails or holds a row that cannot be read.
pub async fn listings(database: &Database, numbers: &[PostingNumber]) -> Result<Vec<(PostingNumber, Listing, Option<i64>)>, sqlx::Error> {
    let mut found = HashMap::with_capacity(numbers.len());
    let mut connection = database.read().acquire().await?;
    for some in numbers.chunks(LONGEST_LIST) {
        for row in select_in(&mut connection, "SELECT number, summary, closed_at FROM postings WHERE number", &texts(some)).await? {
            found.insert(number(&row, 0)?, (listing(&row, 1)?, row.try_get::<Option<i64>, _>(2)?));
        }
    }
    Ok(numbers
        .iter()
        .filter_map(|number| found.remove_entry(number))
        .map(|(number, (listing, closed))| (number, listing, closed))
        .collect())
}

/// What is known of these postings; one that is not kept is not in the answer.
///
/// # Errors
/// If the database fails.
pub async fn known(database: &Database, numbers: &[PostingNumber]) -> Result<HashMap<PostingNumber, Known>, sqlx::Error> {
    let mut connection = database.read().acquire().await?;
    known_to(&mut connection, numbers).await
}

/// [`known`] on a connection, for instance inside a transaction.
async fn known_to(connection: &mut sqlx::AnyConnection, numbers: &[PostingNumber]) -> Result<HashMap<PostingNumber, Known>, sqlx::Error> {
    let select = "SELECT number, origin, content_hash, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS closed FROM postings WHERE number";
    let mut known = HashMap::with_capacity(numbers.len());
    for some in numbers.chunks(LONGEST_LIST) {
        for row in select_in(connection, select, &texts(some)).await? {
            let origin = Origin::from_code(row.try_get(1)?)?;
            let closed = row.try_get::<i64, _>(3)? != 0;
            known.insert(number(&row, 0)?, Known { origin, content_hash: row.try_get(2)?, closed });
        }
    }
    Ok(known)
}

/// Numbers of open postings of the feed above `after`, ascending, at most `limit`.
///
/// # Errors
/// If the database fails.
pub async fn open_of_feed(database: &Database, after: Option<&PostingNumber>, limit: u32) -> Result<Vec<PostingNumber>, sqlx::Error> {
    let rows = sqlx::query("SELECT number FROM postings WHERE number > $1 AND origin = $2 AND closed_at IS NULL ORDER BY number LIMIT $3")
        .bind(after.map_or("", PostingNumber::as_str).to_owned())
        .bind(Origin::Feed.code())
        .bind(i64::from(limit))
        .fetch_all(database.read())
        .await?;
    rows.iter().map(|row| number(row, 0)).collect()
}

/// The most values in one list; the lists' lengths are powers of four up to it, so that few statements need preparing.
const LONGEST_LIST: usize = 256;

/// Rows of `select`, which ends with the name of a column, where that is among `keys` (at most [`LONGEST_LIST`]). The list is filled up
/// with its last key.
async fn select_in<K>(connection: &mut sqlx::AnyConnection, select: &str, keys: &[K]) -> Result<Vec<AnyRow>, sqlx::Error>
where
    K: Clone + for<'q> sqlx::Encode<'q, Any> + sqlx::Type<Any> + Send + 'static,
{
    let Some(last) = keys.last() else { return Ok(Vec::new()) };
    let length = [1, 4, 16, 64].into_iter().find(|length| keys.len() <= *length).unwrap_or(LONGEST_LIST);
    let places: Vec<_> = (1..=length).map(|place| format!("${place}")).collect();
    let sql = format!("{select} IN ({})", places.join(","));
    let mut query = sqlx::query::<Any>(AssertSqlSafe(sql));
    for key in keys.iter().chain(std::iter::repeat(last)).take(length) {
        query = query.bind(key.clone());
    }
    query.fetch_all(connection).await
}

fn texts(numbers: &[PostingNumber]) -> Vec<String> {
    numbers.iter().map(|number| number.as_str().to_owned()).collect()
}

fn number(row: &AnyRow, column: usize) -> Result<PostingNumber, sqlx::Error> {
    row.try_get::<String, _>(column)?.parse().map_err(decode)
}

fn listing(row: &AnyRow, column: usize) -> Result<Listing, sqlx::Error> {
    serde_json::from_str(&row.try_get::<String, _>(column)?).map_err(decode)
}

fn record(unpacker: &mut Unpacker, row: &AnyRow, column: usize) -> Result<Record, sqlx::Error> {
    unpacker.unpack(&row.try_get::<Vec<u8>, _>(column)?).map_err(decode)
}

/// What is kept cannot be read back: as an error of the database.
fn decode(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(cause.into())
}
