//! Counters of tries.

use crate::account::limits::Limit;
use crate::database::Database;
use sqlx::Row;

/// Counts one more try and says whether it passes. It is counted before what it is for, so that a crowd of callers at once gets no more
/// than the limit.
///
/// # Errors
/// If the database fails.
pub async fn take(database: &Database, limit: &Limit, now: i64) -> Result<bool, sqlx::Error> {
    let mut connection = database.write().await?;
    // The same arithmetic as `limits::counted`.
    let row = sqlx::query(
        "INSERT INTO attempts (bucket, since, count) VALUES ($1, $2, 1) ON CONFLICT (bucket) DO UPDATE SET \
         count = CASE WHEN $2 >= attempts.since AND $2 - attempts.since < $3 THEN attempts.count + 1 ELSE 1 END, \
         since = CASE WHEN $2 >= attempts.since AND $2 - attempts.since < $3 THEN attempts.since ELSE $2 END \
         RETURNING count",
    )
    .bind(limit.bucket.as_str())
    .bind(now)
    .bind(limit.window_ms)
    .fetch_one(&mut *connection)
    .await?;
    Ok(row.try_get::<i64, _>(0)? <= limit.most)
}

/// Forgets the tries: the owner was there.
///
/// # Errors
/// If the database fails.
pub async fn forget(database: &Database, limit: &Limit) -> Result<(), sqlx::Error> {
    let mut connection = database.write().await?;
    sqlx::query("DELETE FROM attempts WHERE bucket = $1").bind(limit.bucket.as_str()).execute(&mut *connection).await?;
    Ok(())
}
