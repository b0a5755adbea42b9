//! The only SQL about direct requests and looks at profiles.

use super::{MOST_OF_POSTING, Request};
use crate::account::AccountId;
use crate::database::{Database, decode};
use crate::postings::PostingNumber;
use crate::sealing::FieldKeys;
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// The most of a list.
const MOST: i64 = 100;

/// A request to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewRequest<'a> {
    /// To whom.
    pub account: &'a AccountId,
    /// By whom.
    pub establishment: &'a str,
    /// For which posting.
    pub posting: &'a PostingNumber,
    /// 職種.
    pub title: &'a str,
    /// 事業所名.
    pub company: &'a str,
    /// What the employer says.
    pub words: &'a str,
}

/// What became of a request that was to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is there, with this name.
    Done(String),
    /// The posting has asked this seeker before.
    Before,
    /// The posting has asked as many as it may.
    TooMany,
    /// The seeker wants none.
    Stopped,
}

/// Sends a request, if nothing is in the way. After anything but `Done` the transaction is to be given up.
///
/// # Errors
/// If the database fails.
pub async fn send(transaction: &mut Transaction<'_, Any>, keys: &FieldKeys, new: NewRequest<'_>, now: i64) -> Result<Sent, sqlx::Error> {
    let stopped = sqlx::query("SELECT 1 FROM direct_request_stops WHERE account_id = $1")
        .bind(new.account.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    if stopped.is_some() {
        return Ok(Sent::Stopped);
    }
    // The row of the count is locked until the end: those who come at the same time wait for it.
    let (sent,): (i64,) = sqlx::query_as(
        "INSERT INTO direct_request_counts (posting_number, sent) VALUES ($1, 1) \
         ON CONFLICT (posting_number) DO UPDATE SET sent = direct_request_counts.sent + 1 RETURNING sent",
    )
    .bind(new.posting.as_str())
    .fetch_one(&mut **transaction)
    .await?;
    let id = secret::random_id();
    let added = sqlx::query(
        "INSERT INTO direct_requests (id, account_id, establishment_id, posting_number, title, company, sealed_words, sent_at, answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '') ON CONFLICT (posting_number, account_id) DO NOTHING",
    )
    .bind(&id)
    .bind(new.account.as_str())
    .bind(new.establishment)
    .bind(new.posting.as_str())
    .bind(new.title)
    .bind(new.company)
    .bind(keys.seal(&["request", &id], new.words))
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(match added.rows_affected() {
        0 => Sent::Before,
        _ if sent > MOST_OF_POSTING => Sent::TooMany,
        _ => Sent::Done(id),
    })
}

const SELECT: &str =
    "SELECT id, account_id, establishment_id, posting_number, title, company, sealed_words, sent_at, answer FROM direct_requests WHERE";

/// A request.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn find(database: &Database, keys: &FieldKeys, id: &str) -> Result<Option<Request>, sqlx::Error> {
    let row = sqlx::query(AssertSqlSafe(format!("{SELECT} id = $1"))).bind(id).fetch_optional(database.read()).await?;
    row.as_ref().map(|row| read(row, keys)).transpose()
}

/// A seeker's requests, the newest first.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn of_account(database: &Database, keys: &FieldKeys, account: &AccountId) -> Result<Vec<Request>, sqlx::Error> {
    let sql = format!("{SELECT} account_id = $1 ORDER BY sent_at DESC, id LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(account.as_str()).fetch_all(database.read()).await?;
    rows.iter().map(|row| read(row, keys)).collect()
}

/// Answers one that waits: `applied` or `declined`; `false` if it was answered.
///
/// # Errors
/// If the database fails.
pub async fn answer(transaction: &mut Transaction<'_, Any>, id: &str, answer: &str, now: i64) -> Result<bool, sqlx::Error> {
    let set = sqlx::query("UPDATE direct_requests SET answer = $2, answered_at = $3 WHERE id = $1 AND answer = ''")
        .bind(id)
        .bind(answer)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(set.rows_affected() == 1)
}

/// Lets no more requests come, or lets them come again. With it those that wait are declined.
///
/// # Errors
/// If the database fails.
pub async fn set_stopped(transaction: &mut Transaction<'_, Any>, account: &AccountId, stops: bool, now: i64) -> Result<(), sqlx::Error> {
    let statements: &[&'static str] = if stops {
        &[
            "INSERT INTO direct_request_stops (account_id, stopped_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            "UPDATE direct_requests SET answer = 'declined', answered_at = $2 WHERE account_id = $1 AND answer = ''",
        ]
    } else {
        &["DELETE FROM direct_request_stops WHERE account_id = $1 AND stopped_at <= $2"]
    };
    for statement in statements {
        sqlx::query(*statement).bind(account.as_str()).bind(now).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Whether somebody wants no requests.
///
/// # Errors
/// If the database fails.
pub async fn is_stopped(database: &Database, account: &AccountId) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT 1 FROM direct_request_stops WHERE account_id = $1")
        .bind(account.as_str())
        .fetch_optional(database.read())
        .await?;
    Ok(row.is_some())
}

/// Writes down that an employer looked at a profile. To be committed before it is shown.
///
/// # Errors
/// If the database fails.
pub async fn add_view(
    transaction: &mut Transaction<'_, Any>,
    account: &AccountId,
    establishment: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO profile_views (account_id, establishment_id, viewed_at) VALUES ($1, $2, $3)")
        .bind(account.as_str())
        .bind(establishment)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// When which establishment looked at somebody's profile, the latest first.
///
/// # Errors
/// If the database fails.
pub async fn views(database: &Database, account: &AccountId) -> Result<Vec<(i64, String)>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT v.viewed_at, e.name FROM profile_views v JOIN establishments e ON e.id = v.establishment_id \
         WHERE v.account_id = $1 ORDER BY v.viewed_at DESC LIMIT $2",
    )
    .bind(account.as_str())
    .bind(MOST)
    .fetch_all(database.read())
    .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn read(row: &AnyRow, keys: &FieldKeys) -> Result<Request, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let id = text(0)?;
    Ok(Request {
        account: AccountId::new(text(1)?),
        establishment: text(2)?,
        posting: text(3)?.parse().map_err(|_| decode("not a posting number"))?,
        title: text(4)?,
        company: text(5)?,
        words: keys.open(&["request", &id], &text(6)?).map_err(decode)?,
        sent_at: row.try_get(7)?,
        answer: text(8)?,
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account;
    use crate::database::testing::on_each;
    use crate::establishments;

    fn keys() -> FieldKeys {
        "1a".repeat(32).parse().expect("a key")
    }

    async fn establishment(database: &Database) -> String {
        let mut transaction = database.begin().await.expect("a transaction");
        let id = establishments::db::add(&mut transaction, "架空商店", "東京都", 0).await.expect("added");
        transaction.commit().await.expect("a commit");
        id
    }

    async fn ask(database: &Database, establishment: &str, account: &AccountId) -> Sent {
        let posting: PostingNumber = "13010-1".parse().expect("a number");
        let new = NewRequest { account, establishment, posting: &posting, title: "事務", company: "架空商店", words: "ぜひ" };
        let mut transaction = database.begin().await.expect("a transaction");
        let sent = send(&mut transaction, &keys(), new, 1).await.expect("an answer");
        if matches!(sent, Sent::Done(_)) {
            transaction.commit().await.expect("a commit");
        } else {
            transaction.rollback().await.expect("given up");
        }
        sent
    }

    #[tokio::test]
    async fn of_sixteen_at_once_a_posting_asks_ten_seekers_and_each_once() {
        on_each(async |database| {
            let establishment = establishment(&database).await;
            let mut tasks = Vec::new();
            for at in 0..16 {
                let account = some_account(&database, &format!("a{at}@example.jp")).await;
                let (database, establishment) = (database.clone(), establishment.clone());
                tasks.push(tokio::spawn(async move { ask(&database, &establishment, &account).await }));
            }
            let mut done = 0;
            for task in tasks {
                match task.await.expect("a caller ends") {
                    Sent::Done(_) => done += 1,
                    other => assert_eq!(other, Sent::TooMany),
                }
            }
            assert_eq!(done, MOST_OF_POSTING);
        })
        .await;
    }

    #[tokio::test]
    async fn a_seeker_is_asked_once_for_a_posting_and_not_at_all_who_wants_none() {
        on_each(async |database| {
            let establishment = establishment(&database).await;
            let seeker = some_account(&database, "a@example.jp").await;
            let Sent::Done(id) = ask(&database, &establishment, &seeker).await else { panic!("the first is sent") };
            assert_eq!(ask(&database, &establishment, &seeker).await, Sent::Before);
            let found = find(&database, &keys(), &id).await.expect("an answer").expect("there");
            assert!(found.words == "ぜひ" && found.is_open());
            let mut transaction = database.begin().await.expect("a transaction");
            set_stopped(&mut transaction, &seeker, true, 2).await.expect("stopped");
            assert!(!answer(&mut transaction, &id, "applied", 3).await.expect("an answer"), "what waited is declined");
            transaction.commit().await.expect("a commit");
            assert!(is_stopped(&database, &seeker).await.expect("an answer"));
            let other = some_account(&database, "b@example.jp").await;
            assert!(matches!(ask(&database, &establishment, &other).await, Sent::Done(_)));
            let mut transaction = database.begin().await.expect("a transaction");
            set_stopped(&mut transaction, &other, true, 4).await.expect("stopped");
            set_stopped(&mut transaction, &other, false, 5).await.expect("again");
            transaction.commit().await.expect("a commit");
            assert!(!is_stopped(&database, &other).await.expect("an answer"));
        })
        .await;
    }
}
