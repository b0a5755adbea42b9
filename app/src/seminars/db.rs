//! The only SQL about seminars.

use super::{NewSeminar, Seminar};
use crate::account::AccountId;
use crate::database::Database;
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

const SELECT: &str = "SELECT id, title, about, place, starts_at, ends_at, capacity, taken FROM seminars WHERE";
/// The most seminars of a list.
const MOST: i64 = 100;

/// Writes down a seminar; gives its name.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, new: NewSeminar<'_>, now: i64) -> Result<String, sqlx::Error> {
    let id = secret::random_id();
    sqlx::query(
        "INSERT INTO seminars (id, title, about, place, starts_at, ends_at, capacity, taken, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
    )
    .bind(&id)
    .bind(new.title)
    .bind(new.about)
    .bind(new.place)
    .bind(new.starts_at)
    .bind(new.ends_at)
    .bind(new.capacity)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(id)
}

/// A seminar.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, id: &str) -> Result<Option<Seminar>, sqlx::Error> {
    let row = sqlx::query(AssertSqlSafe(format!("{SELECT} id = $1"))).bind(id).fetch_optional(database.read()).await?;
    row.as_ref().map(read).transpose()
}

/// Those that have not begun, the next first.
///
/// # Errors
/// If the database fails.
pub async fn coming(database: &Database, now: i64) -> Result<Vec<Seminar>, sqlx::Error> {
    let sql = format!("{SELECT} starts_at > $1 ORDER BY starts_at, id LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(now).fetch_all(database.read()).await?;
    rows.iter().map(read).collect()
}

/// Whether somebody has a seat.
///
/// # Errors
/// If the database fails.
pub async fn has_seat(database: &Database, id: &str, account: &AccountId) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT 1 FROM seminar_seats WHERE seminar_id = $1 AND account_id = $2")
        .bind(id)
        .bind(account.as_str())
        .fetch_optional(database.read())
        .await?;
    Ok(row.is_some())
}

/// Takes a seat, if one is left and it has not begun; `false` if not. Who has one keeps it.
///
/// # Errors
/// If the database fails.
pub async fn take_seat(transaction: &mut Transaction<'_, Any>, id: &str, account: &AccountId, now: i64) -> Result<bool, sqlx::Error> {
    // The row of the seminar is locked until the end: those who come at the same time wait for it.
    let counted = sqlx::query("UPDATE seminars SET taken = taken + 1 WHERE id = $1 AND taken < capacity AND starts_at > $2")
        .bind(id)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    let seat = sqlx::query("INSERT INTO seminar_seats (seminar_id, account_id, taken_at) SELECT $1, $2, CAST($3 AS BIGINT) WHERE $4 = 1 ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(account.as_str())
        .bind(now)
        .bind(i64::try_from(counted.rows_affected()).unwrap_or_default())
        .execute(&mut **transaction)
        .await?;
    if counted.rows_affected() == 1 && seat.rows_affected() == 0 {
        // They had one.
        sqlx::query("UPDATE seminars SET taken = taken - 1 WHERE id = $1").bind(id).execute(&mut **transaction).await?;
        return Ok(true);
    }
    if seat.rows_affected() == 1 {
        return Ok(true);
    }
    let has = sqlx::query("SELECT 1 FROM seminar_seats WHERE seminar_id = $1 AND account_id = $2")
        .bind(id)
        .bind(account.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(has.is_some())
}

/// Gives a seat back.
///
/// # Errors
/// If the database fails.
pub async fn give_back(transaction: &mut Transaction<'_, Any>, id: &str, account: &AccountId) -> Result<(), sqlx::Error> {
    let given = sqlx::query("DELETE FROM seminar_seats WHERE seminar_id = $1 AND account_id = $2")
        .bind(id)
        .bind(account.as_str())
        .execute(&mut **transaction)
        .await?;
    if given.rows_affected() == 1 {
        sqlx::query("UPDATE seminars SET taken = taken - 1 WHERE id = $1").bind(id).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Gives back every seat of an account that is about to be closed.
///
/// # Errors
/// If the database fails.
pub async fn give_all_back(transaction: &mut Transaction<'_, Any>, account: &AccountId) -> Result<(), sqlx::Error> {
    for statement in [
        "UPDATE seminars SET taken = taken - 1 WHERE id IN (SELECT seminar_id FROM seminar_seats WHERE account_id = $1)",
        "DELETE FROM seminar_seats WHERE account_id = $1",
    ] {
        sqlx::query(statement).bind(account.as_str()).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Name in katakana and seeker number of those who have a seat – who has not registered, the mailbox – in the order in which they took it.
///
/// # Errors
/// If the database fails.
pub async fn seated(database: &Database, id: &str) -> Result<Vec<(String, Option<String>)>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT COALESCE(NULLIF(r.kana, ''), a.email), r.seeker_number FROM seminar_seats s JOIN accounts a ON a.id = s.account_id \
         LEFT JOIN registrations r ON r.account_id = s.account_id WHERE s.seminar_id = $1 ORDER BY s.taken_at, a.id",
    )
    .bind(id)
    .fetch_all(database.read())
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn read(row: &AnyRow) -> Result<Seminar, sqlx::Error> {
    Ok(Seminar {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        about: row.try_get(2)?,
        place: row.try_get(3)?,
        starts_at: row.try_get(4)?,
        ends_at: row.try_get(5)?,
        capacity: row.try_get(6)?,
        taken: row.try_get(7)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account;
    use crate::database::testing::on_each;

    #[tokio::test]
    async fn of_sixteen_at_once_as_many_get_a_seat_as_there_are_and_one_given_back_is_free_again() {
        on_each(async |database| {
            let new = NewSeminar { title: "面接", about: "練習", place: "飯田橋", starts_at: 100, ends_at: 200, capacity: 5 };
            let mut transaction = database.begin().await.expect("a transaction");
            let id = add(&mut transaction, new, 0).await.expect("added");
            transaction.commit().await.expect("a commit");
            let take = async |database: Database, id: String, account: AccountId, now: i64| {
                let mut transaction = database.begin().await.expect("a transaction");
                let has = take_seat(&mut transaction, &id, &account, now).await.expect("an answer");
                transaction.commit().await.expect("a commit");
                has
            };
            let mut accounts = Vec::new();
            for at in 0..16 {
                accounts.push(some_account(&database, &format!("a{at}@example.jp")).await);
            }
            let tasks: Vec<_> =
                accounts.iter().map(|account| tokio::spawn(take(database.clone(), id.clone(), account.clone(), 1))).collect();
            let mut seated = Vec::new();
            for (task, account) in tasks.into_iter().zip(&accounts) {
                if task.await.expect("a caller ends") {
                    seated.push(account.clone());
                }
            }
            assert_eq!(seated.len(), 5);
            assert!(take(database.clone(), id.clone(), seated[0].clone(), 1).await, "who has one keeps it, full or not");
            let free = accounts.iter().find(|account| !seated.contains(account)).expect("somebody without");
            assert!(!take(database.clone(), id.clone(), free.clone(), 1).await);
            let mut transaction = database.begin().await.expect("a transaction");
            give_back(&mut transaction, &id, &seated[0]).await.expect("given back");
            give_back(&mut transaction, &id, &seated[0]).await.expect("again is the same");
            crate::account::db::close(&mut transaction, &seated[1]).await.expect("closed");
            transaction.commit().await.expect("a commit");
            assert_eq!(find(&database, &id).await.expect("an answer").expect("there").taken, 3);
            assert!(take(database.clone(), id.clone(), free.clone(), 1).await);
            assert!(take(database.clone(), id.clone(), free.clone(), 1).await);
            assert_eq!(find(&database, &id).await.expect("an answer").expect("there").taken, 4);
            assert!(!take(database.clone(), id.clone(), seated[0].clone(), 100).await, "it has begun");
        })
        .await;
    }
}
