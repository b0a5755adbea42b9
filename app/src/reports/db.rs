//! The only SQL about reports.

use super::{Kind, Report};
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::form::Code;
use crate::sealing::FieldKeys;
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// The most reports of a list.
const MOST: i64 = 200;

/// Writes down a report.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    account: &AccountId,
    (kind, about, words): (Kind, &str, &str),
    now: i64,
) -> Result<(), sqlx::Error> {
    let id = secret::random_id();
    sqlx::query(
        "INSERT INTO reports (id, account_id, kind, about, sealed_words, reported_at, sealed_answer) VALUES ($1, $2, $3, $4, $5, $6, '')",
    )
    .bind(&id)
    .bind(account.as_str())
    .bind(kind.code())
    .bind(about)
    .bind(keys.seal(&["report", &id, "words"], words))
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Writes down what staff answered; gives whose report it is, nothing if it was answered before.
///
/// # Errors
/// If the database fails.
pub async fn answer(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    id: &str,
    words: &str,
    now: i64,
) -> Result<Option<Option<AccountId>>, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE reports SET dealt_with_at = $2, sealed_answer = $3 WHERE id = $1 AND dealt_with_at IS NULL RETURNING account_id",
    )
    .bind(id)
    .bind(now)
    .bind(keys.seal(&["report", id, "answer"], words))
    .fetch_optional(&mut **transaction)
    .await?;
    row.map(|row| Ok(row.try_get::<Option<String>, _>(0)?.map(AccountId::new))).transpose()
}

const SELECT: &str = "SELECT id, kind, about, sealed_words, reported_at, CASE WHEN dealt_with_at IS NULL THEN 0 ELSE 1 END AS is_done, \
     sealed_answer FROM reports";

/// The reports: first those that wait, the oldest first, then the latest that were answered.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn all(database: &Database, keys: &FieldKeys) -> Result<Vec<Report>, sqlx::Error> {
    let mut all = Vec::new();
    for which in ["dealt_with_at IS NULL ORDER BY reported_at", "dealt_with_at IS NOT NULL ORDER BY dealt_with_at DESC"] {
        let sql = format!("{SELECT} WHERE {which}, id LIMIT {MOST}");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(database.read()).await?;
        all.extend(rows.iter().map(|row| read(row, keys)).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(all)
}

/// A seeker's reports, the newest first.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn of_account(database: &Database, keys: &FieldKeys, account: &AccountId) -> Result<Vec<Report>, sqlx::Error> {
    let sql = format!("{SELECT} WHERE account_id = $1 ORDER BY reported_at DESC LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(account.as_str()).fetch_all(database.read()).await?;
    rows.iter().map(|row| read(row, keys)).collect()
}

fn read(row: &AnyRow, keys: &FieldKeys) -> Result<Report, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let (id, sealed) = (text(0)?, text(6)?);
    let answer = if sealed.is_empty() { Ok(String::new()) } else { keys.open(&["report", &id, "answer"], &sealed) };
    Ok(Report {
        kind: text(1)?.parse().map_err(|code: Code| decode(code.code()))?,
        about: text(2)?,
        words: keys.open(&["report", &id, "words"], &text(3)?).map_err(decode)?,
        reported_at: row.try_get(4)?,
        is_done: row.try_get::<i64, _>(5)? != 0,
        answer: answer.map_err(decode)?,
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account;
    use crate::database::testing::on_each;

    #[tokio::test]
    async fn a_report_waits_until_it_is_answered_once() {
        on_each(async |database| {
            let keys: FieldKeys = "1a".repeat(32).parse().expect("a key");
            let seeker = some_account(&database, "a@example.jp").await;
            let mut transaction = database.begin().await.expect("a transaction");
            add(&mut transaction, &keys, &seeker, (Kind::Posting, "13010-1", "賃金が違う"), 1).await.expect("added");
            transaction.commit().await.expect("a commit");
            let report = all(&database, &keys).await.expect("an answer").remove(0);
            assert_eq!((report.about.as_str(), report.words.as_str(), report.is_done), ("13010-1", "賃金が違う", false));
            let mut transaction = database.begin().await.expect("a transaction");
            assert_eq!(
                answer(&mut transaction, &keys, &report.id, "確かめました", 2).await.expect("an answer"),
                Some(Some(seeker.clone()))
            );
            assert_eq!(answer(&mut transaction, &keys, &report.id, "もう一度", 3).await.expect("an answer"), None);
            transaction.commit().await.expect("a commit");
            let own = of_account(&database, &keys, &seeker).await.expect("an answer");
            assert_eq!((own[0].is_done, own[0].answer.as_str()), (true, "確かめました"));
        })
        .await;
    }
}
