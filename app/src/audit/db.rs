//! The only SQL of the audit log.

use super::What;
use crate::account::{CurrentUser, Role};
use crate::database::{Database, decode};
use crate::form::Code;
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
    /// By whom: the address of their account; none if it is closed.
    pub actor: Option<String>,
    /// What they are.
    pub role: Role,
    /// What was done.
    pub what: What,
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
    what: What,
    object: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO audit_log (at, id, actor_id, actor_role, action, object) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(now)
        .bind(secret::random_id())
        .bind(actor.account.as_str())
        .bind(actor.role.code())
        .bind(what.code())
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
    let rows = sqlx::query(
        "SELECT l.at, a.email, l.actor_role, l.action, l.object FROM audit_log l LEFT JOIN accounts a ON a.id = l.actor_id \
         WHERE l.at < $1 ORDER BY l.at DESC, l.id LIMIT $2",
    )
    .bind(before)
    .bind(MOST)
    .fetch_all(database.read())
    .await?;
    let entry = |row: &AnyRow| {
        Ok(Entry {
            at: row.try_get(0)?,
            actor: row.try_get(1)?,
            role: row.try_get::<String, _>(2)?.parse().map_err(decode)?,
            what: row.try_get::<String, _>(3)?.parse().map_err(|code: Code| decode(code.code()))?,
            object: row.try_get(4)?,
        })
    };
    rows.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account_of;
    use crate::account::{self, AccountId};
    use crate::database::testing::on_each;

    #[tokio::test]
    async fn what_was_done_is_listed_newest_first_also_of_whom_is_gone() {
        on_each(async |database| {
            let account = some_account_of(&database, "staff@example.jp", Role::Staff).await;
            let staff = CurrentUser { account: account.clone(), role: Role::Staff, session: String::new() };
            let gone = CurrentUser { account: AccountId::new("gone"), ..staff.clone() };
            let mut transaction = database.begin().await.expect("a transaction");
            add(&mut transaction, &gone, What::Recommend, "a", 1).await.expect("added");
            add(&mut transaction, &staff, What::Upgrade, "b", 2).await.expect("added");
            transaction.commit().await.expect("a commit");
            let listed = async |before| {
                let entries = latest(&database, before).await.expect("an answer");
                entries.into_iter().map(|entry| (entry.what, entry.actor)).collect::<Vec<_>>()
            };
            assert_eq!(listed(i64::MAX).await, [(What::Upgrade, Some("staff@example.jp".to_owned())), (What::Recommend, None)]);
            assert_eq!(listed(2).await, [(What::Recommend, None)]);
            let mut transaction = database.begin().await.expect("a transaction");
            account::db::close(&mut transaction, &account).await.expect("closed");
            transaction.commit().await.expect("a commit");
            assert_eq!(listed(i64::MAX).await.len(), 2, "the log outlives the account");
        })
        .await;
    }
}
