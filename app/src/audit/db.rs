//! The only SQL of the audit log.

use crate::account::{AccountId, CurrentUser, Role};
use crate::database::{Database, decode};
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// The most entries of a page.
const MOST: i64 = 200;

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub actor: AccountId,
    /// What they are.
    pub role: Role,
    /// What was done: a word of the program.
    pub action: String,
    /// To what: the name of an object.
    pub object: String,
}

/// Writes down, in the transaction of what is done, that it is done.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    actor: &CurrentUser,
    action: &str,
    object: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO audit_log (at, id, actor_id, actor_role, action, object) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(now)
        .bind(secret::random_id())
        .bind(actor.account.as_str())
        .bind(actor.role.code())
        .bind(action)
        .bind(object)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The latest entries before an instant, the newest first.
///
/// # Errors
/// If the database fails.
pub async fn latest(database: &Database, before: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query("SELECT at, actor_id, actor_role, action, object FROM audit_log WHERE at < $1 ORDER BY at DESC, id LIMIT $2")
        .bind(before)
        .bind(MOST)
        .fetch_all(database.read())
        .await?;
    let entry = |row: &AnyRow| {
        Ok(Entry {
            at: row.try_get(0)?,
            actor: AccountId::new(row.try_get::<String, _>(1)?),
            role: row.try_get::<String, _>(2)?.parse().map_err(decode)?,
            action: row.try_get(3)?,
            object: row.try_get(4)?,
        })
    };
    rows.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::testing::on_each;

    #[tokio::test]
    async fn what_was_done_is_listed_newest_first() {
        on_each(async |database| {
            let staff = CurrentUser { account: AccountId::new("s"), role: Role::Staff, session: String::new() };
            let mut transaction = database.begin().await.expect("a transaction");
            add(&mut transaction, &staff, "first", "a", 1).await.expect("added");
            add(&mut transaction, &staff, "second", "b", 2).await.expect("added");
            transaction.commit().await.expect("a commit");
            let actions = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.action).collect::<Vec<_>>();
            assert_eq!(actions(latest(&database, i64::MAX).await.expect("an answer")), ["second", "first"]);
            assert_eq!(actions(latest(&database, 2).await.expect("an answer")), ["first"]);
        })
        .await;
    }
}
