//! How a delivery changes what is kept: a chunk a transaction, each change with a revision of its own.

use super::{Known, LONGEST_LIST, Origin, known_to};
use crate::database::Database;
use crate::date::Date;
use crate::postings::PublishingScope;
use crate::postings::number::PostingNumber;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};
use std::time::{Duration, Instant};

/// A posting ready to be kept: everything that needs thought was done before the writer's lock is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Which posting.
    pub number: PostingNumber,
    /// Equal for equal records that are read in the same way; see [`Incoming::content_hash`].
    pub content_hash: i64,
    /// 公開範囲.
    pub scope: PublishingScope,
    /// 受付年月日.
    pub received_on: Date,
    /// The last day on which one can apply.
    pub deadline: Date,
    /// The [`crate::postings::posting::Listing`] as JSON.
    pub summary: String,
    /// The record, packed.
    pub packed: Vec<u8>,
}

impl Incoming {
    /// The hash of a flat record ([`super::flatten`]) and of `reading`: whatever decides what is derived from it.
    #[must_use]
    pub fn content_hash(flat: &[u8], reading: u64) -> i64 {
        xxhash_rust::xxh3::xxh3_64_with_seed(flat, reading).cast_signed()
    }
}

/// What became of a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Postings that were not kept before.
    pub new: u64,
    /// Postings whose content changed, or that were closed and are open again.
    pub changed: u64,
    /// Postings that were already kept as they are.
    pub unchanged: u64,
    /// Numbers that belong to another origin; their postings were left alone.
    pub clashes: Vec<PostingNumber>,
    /// How long the writer's lock was held.
    pub held: Duration,
}

/// Applies one chunk in one transaction: all of it or nothing. A number must not stand twice in a chunk. `now` in milliseconds since 1970.
///
/// # Errors
/// If the database fails; then nothing of the chunk was applied.
pub async fn apply(database: &Database, chunk: &[Incoming], origin: Origin, now: i64) -> Result<Applied, sqlx::Error> {
    let mut begun = database.begin().await?;
    // Takes the lock that keeps revisions in order (on SQLite the transaction has it already): what is read below stays true until the commit.
    take_revisions(&mut begun, 0).await?;
    let since = Instant::now();
    let numbers: Vec<_> = chunk.iter().map(|incoming| incoming.number.clone()).collect();
    let known = known_to(&mut begun, &numbers).await?;
    let mut applied = Applied::default();
    let mut kept = Vec::with_capacity(chunk.len());
    let mut replaced = Vec::new();
    for incoming in chunk {
        match known.get(&incoming.number) {
            None => applied.new += 1,
            Some(known) if known.origin != origin => {
                applied.clashes.push(incoming.number.clone());
                continue;
            }
            Some(Known { content_hash, closed: false, .. }) if *content_hash == incoming.content_hash => {
                applied.unchanged += 1;
                continue;
            }
            Some(_) => {
                applied.changed += 1;
                replaced.push(incoming.number.clone());
            }
        }
        kept.push(incoming);
    }
    if kept.is_empty() {
        begun.rollback().await?;
    } else {
        forget_records(&mut begun, &replaced).await?;
        keep(&mut begun, &kept, origin, now).await?;
        begun.commit().await?;
    }
    applied.held = since.elapsed();
    Ok(applied)
}

/// Publishes a posting of a desk, new or changed, and opens it, in the transaction of what decides it.
///
/// # Errors
/// If the database fails.
pub async fn publish(transaction: &mut Transaction<'_, Any>, incoming: &Incoming, now: i64) -> Result<(), sqlx::Error> {
    if !incoming.number.is_desk() {
        return Err(super::decode("only numbers of the desk are published by it"));
    }
    // Takes the lock that keeps revisions in order.
    take_revisions(transaction, 0).await?;
    forget_records(transaction, std::slice::from_ref(&incoming.number)).await?;
    keep(transaction, &[incoming], Origin::Desk, now).await
}

/// Takes a posting of a desk off, in the transaction of what decides it.
///
/// # Errors
/// If the database fails.
pub async fn stop(transaction: &mut Transaction<'_, Any>, number: &PostingNumber, now: i64) -> Result<(), sqlx::Error> {
    let revision = take_revisions(transaction, 1).await?;
    sqlx::query(
        "UPDATE postings SET closed_at = $1, changed_at = $1, revision = $2 WHERE number = $3 AND origin = $4 AND closed_at IS NULL",
    )
    .bind(now)
    .bind(revision)
    .bind(number.as_str())
    .bind(Origin::Desk.code())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Takes the records of these postings away: what they say now comes as a new one.
async fn forget_records(connection: &mut AnyConnection, numbers: &[PostingNumber]) -> Result<(), sqlx::Error> {
    for some in blocks(numbers) {
        let sql = format!(
            "DELETE FROM records WHERE id IN (SELECT record_id FROM postings WHERE number IN (VALUES {}))",
            places(some.len(), 1, 1, "")
        );
        let mut query = sqlx::query::<Any>(AssertSqlSafe(sql));
        for number in some {
            query = query.bind(number.as_str().to_owned());
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes postings that are new or have changed, in their order, and opens them.
async fn keep(connection: &mut AnyConnection, postings: &[&Incoming], origin: Origin, now: i64) -> Result<(), sqlx::Error> {
    let mut revision = take_revisions(connection, postings.len()).await? - length(postings);
    for some in blocks(postings) {
        let first = revision + 1;
        let mut query = sqlx::query::<Any>(AssertSqlSafe(upsert_postings(some.len()))).bind(origin.code()).bind(now);
        for incoming in some {
            revision += 1;
            query = query
                .bind(incoming.number.as_str().to_owned())
                .bind(revision)
                .bind(incoming.content_hash)
                .bind(incoming.scope.code())
                .bind(incoming.received_on.to_string())
                .bind(incoming.deadline.to_string())
                .bind(incoming.summary.clone())
                .bind(revision);
        }
        query.execute(&mut *connection).await?;
        let mut query = sqlx::query::<Any>(AssertSqlSafe(insert_records(some.len())));
        for (id, incoming) in (first..).zip(some) {
            query = query.bind(id).bind(incoming.packed.clone());
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Closes these postings of the feed, unless one changed after revision `as_of` or is closed already, in one transaction. Gives how
/// many were closed.
///
/// # Errors
/// If the database fails; then nothing was closed.
pub async fn close(database: &Database, numbers: &[PostingNumber], as_of: i64, now: i64) -> Result<u64, sqlx::Error> {
    let mut begun = database.begin().await?;
    let mut revision = take_revisions(&mut begun, numbers.len()).await? - length(numbers);
    let mut closed = 0;
    for some in blocks(numbers) {
        let sql = format!(
            "UPDATE postings SET closed_at = $1, changed_at = $1, revision = gone.column2 FROM (VALUES {}) AS gone \
             WHERE postings.number = gone.column1 AND postings.origin = $2 AND postings.closed_at IS NULL AND postings.revision <= $3",
            places(some.len(), 2, 4, "")
        );
        let mut query = sqlx::query::<Any>(AssertSqlSafe(sql)).bind(now).bind(Origin::Feed.code()).bind(as_of);
        for number in some {
            revision += 1;
            query = query.bind(number.as_str().to_owned()).bind(revision);
        }
        closed += query.execute(&mut *begun).await?.rows_affected();
    }
    begun.commit().await?;
    Ok(closed)
}

/// Raises the counter of revisions and gives its new value; the numbers up to it are the caller's once it commits.
async fn take_revisions(connection: &mut AnyConnection, count: usize) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("UPDATE revisions SET latest = latest + $1 WHERE id = 1 RETURNING latest")
        .bind(i64::try_from(count).map_err(super::decode)?)
        .fetch_one(connection)
        .await
}

fn upsert_postings(rows: usize) -> String {
    format!(
        "INSERT INTO postings (origin, changed_at, number, revision, content_hash, scope, received_on, deadline, summary, record_id) VALUES {} \
         ON CONFLICT (number) DO UPDATE SET revision = excluded.revision, content_hash = excluded.content_hash, scope = excluded.scope, \
         received_on = excluded.received_on, deadline = excluded.deadline, changed_at = excluded.changed_at, closed_at = NULL, \
         summary = excluded.summary, record_id = excluded.record_id",
        places(rows, 8, 3, "$1,$2,")
    )
}

fn insert_records(rows: usize) -> String {
    format!("INSERT INTO records (id, record) VALUES {}", places(rows, 2, 1, ""))
}

/// `(…),(…)`: for each row what `shared` says and then `columns` placeholders, numbered from `first`.
fn places(rows: usize, columns: usize, first: usize, shared: &str) -> String {
    let row = |row: usize| {
        let places: Vec<_> = (0..columns).map(|column| format!("${}", first + row * columns + column)).collect();
        format!("({shared}{})", places.join(","))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(",")
}

/// The items in blocks whose lengths are powers of four, so that few statements need preparing: 64, 64, …, 16, …, 4, …, 1.
fn blocks<T>(mut items: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = [LONGEST_LIST / 4, 16, 4, 1].into_iter().find(|length| *length <= items.len())?;
        let (block, rest) = items.split_at(length);
        items = rest;
        Some(block)
    })
}

/// A length for adding to revisions; a chunk is far shorter than what does not fit.
fn length<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_everything_in_order_with_few_lengths() {
        let items: Vec<_> = (0..150).collect();
        let lengths: Vec<_> = blocks(&items).map(<[i32]>::len).collect();
        assert_eq!(lengths, [64, 64, 16, 4, 1, 1]);
        assert_eq!(blocks(&items).flatten().copied().collect::<Vec<_>>(), items);
        assert_eq!(blocks::<i32>(&[]).count(), 0);
    }

    #[test]
    fn placeholders_are_numbered_through() {
        assert_eq!(places(2, 2, 3, "$1,"), "($1,$3,$4),($1,$5,$6)");
    }
}
