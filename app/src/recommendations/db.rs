//! The only SQL about recommendations.

use super::{Judgement, Recommendation};
use crate::account::{AccountId, CurrentUser};
use crate::database::{Database, decode};
use crate::date::Date;
use crate::form::Code;
use crate::postings::PostingNumber;
use crate::sealing::FieldKeys;
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// The most recommendations of a list.
const MOST: i64 = 200;

/// A recommendation to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewRecommendation<'a> {
    /// To whom.
    pub account: &'a AccountId,
    /// Which posting.
    pub posting: &'a PostingNumber,
    /// 職種.
    pub title: &'a str,
    /// What staff judge.
    pub judgement: Judgement,
    /// What they say to the seeker.
    pub comment: &'a str,
    /// The last day for an answer.
    pub reply_by: Date,
    /// The five digits of the office.
    pub office: &'a str,
    /// By whom.
    pub by: &'a CurrentUser,
}

/// Writes down a recommendation; gives its name.
///
/// # Errors
/// If the database fails.
pub async fn add(
    transaction: &mut Transaction<'_, Any>,
    keys: &FieldKeys,
    new: NewRecommendation<'_>,
    now: i64,
) -> Result<String, sqlx::Error> {
    let id = secret::random_id();
    sqlx::query(
        "INSERT INTO recommendations (id, account_id, posting_number, title, judgement, sealed_comment, reply_by, office, recommended_by, \
         recommended_at, answer, sealed_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '')",
    )
    .bind(&id)
    .bind(new.account.as_str())
    .bind(new.posting.as_str())
    .bind(new.title)
    .bind(new.judgement.code())
    .bind(keys.seal(&["recommendation", &id, "comment"], new.comment))
    .bind(new.reply_by.to_string())
    .bind(new.office)
    .bind(new.by.account.as_str())
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(id)
}

/// Answers one that has no answer: `accepted` or `declined`, and the sealed reason; `false` if it has one.
///
/// # Errors
/// If the database fails.
pub async fn answer(
    transaction: &mut Transaction<'_, Any>,
    id: &str,
    (answer, sealed_reason): (&str, &str),
    now: i64,
) -> Result<bool, sqlx::Error> {
    let set = sqlx::query("UPDATE recommendations SET answer = $2, sealed_reason = $3, answered_at = $4 WHERE id = $1 AND answer = ''")
        .bind(id)
        .bind(answer)
        .bind(sealed_reason)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(set.rows_affected() == 1)
}

const SELECT: &str = "SELECT id, account_id, posting_number, title, judgement, sealed_comment, reply_by, office, recommended_at, answer, \
     sealed_reason FROM recommendations WHERE";

/// A recommendation.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn find(database: &Database, keys: &FieldKeys, id: &str) -> Result<Option<Recommendation>, sqlx::Error> {
    let row = sqlx::query(AssertSqlSafe(format!("{SELECT} id = $1"))).bind(id).fetch_optional(database.read()).await?;
    row.as_ref().map(|row| read(row, keys)).transpose()
}

/// What was recommended to a seeker, the newest first.
///
/// # Errors
/// If the database fails or a text does not open.
pub async fn of_account(database: &Database, keys: &FieldKeys, account: &AccountId) -> Result<Vec<Recommendation>, sqlx::Error> {
    let sql = format!("{SELECT} account_id = $1 ORDER BY recommended_at DESC, id LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(account.as_str()).fetch_all(database.read()).await?;
    rows.iter().map(|row| read(row, keys)).collect()
}

/// The recommendation of a posting to a seeker that waits for an answer on `today`.
///
/// # Errors
/// If the database fails.
pub async fn open_for(
    database: &Database,
    account: &AccountId,
    posting: &PostingNumber,
    today: Date,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT id FROM recommendations WHERE account_id = $1 AND posting_number = $2 AND answer = '' AND reply_by >= $3 \
         ORDER BY recommended_at DESC LIMIT 1",
    )
    .bind(account.as_str())
    .bind(posting.as_str())
    .bind(today.to_string())
    .fetch_optional(database.read())
    .await
}

/// Seals the reason of an answer.
#[must_use]
pub fn sealed_reason(keys: &FieldKeys, id: &str, reason: &str) -> String {
    if reason.is_empty() { String::new() } else { keys.seal(&["recommendation", id, "reason"], reason) }
}

fn read(row: &AnyRow, keys: &FieldKeys) -> Result<Recommendation, sqlx::Error> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let id = text(0)?;
    let sealed = text(10)?;
    let reason = if sealed.is_empty() { Ok(String::new()) } else { keys.open(&["recommendation", &id, "reason"], &sealed) };
    Ok(Recommendation {
        account: AccountId::new(text(1)?),
        posting: text(2)?.parse().map_err(|_| decode("not a posting number"))?,
        title: text(3)?,
        judgement: text(4)?.parse().map_err(|code: Code| decode(code.code()))?,
        comment: keys.open(&["recommendation", &id, "comment"], &text(5)?).map_err(decode)?,
        reply_by: text(6)?.parse().map_err(|_| decode("not a day"))?,
        office: text(7)?,
        recommended_at: row.try_get(8)?,
        answer: text(9)?,
        reason: reason.map_err(decode)?,
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Role;
    use crate::account::db::testing::some_account;
    use crate::database::testing::on_each;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[tokio::test]
    async fn a_recommendation_waits_until_its_day_and_is_answered_once() {
        on_each(async |database| {
            let keys: FieldKeys = "1a".repeat(32).parse().expect("a key");
            let seeker = some_account(&database, "a@example.jp").await;
            let staff = CurrentUser { account: AccountId::new("s"), role: Role::Staff, session: String::new() };
            let number: PostingNumber = "13010-1".parse().expect("a number");
            let new = NewRecommendation {
                account: &seeker,
                posting: &number,
                title: "事務",
                judgement: Judgement::Partly,
                comment: "通勤が長めです",
                reply_by: day("2026-12-04"),
                office: "13010",
                by: &staff,
            };
            let mut transaction = database.begin().await.expect("a transaction");
            let id = add(&mut transaction, &keys, new, 5).await.expect("added");
            transaction.commit().await.expect("a commit");
            let open = async |today: &str| open_for(&database, &seeker, &number, day(today)).await.expect("an answer");
            assert_eq!(open("2026-12-04").await.as_deref(), Some(id.as_str()));
            assert_eq!(open("2026-12-05").await, None);
            let found = find(&database, &keys, &id).await.expect("an answer").expect("there");
            assert_eq!((found.comment.as_str(), found.judgement), ("通勤が長めです", Judgement::Partly));
            assert!(found.is_open(day("2026-12-04")) && !found.is_open(day("2026-12-05")));
            let mut transaction = database.begin().await.expect("a transaction");
            let reason = sealed_reason(&keys, &id, "遠い");
            assert!(answer(&mut transaction, &id, ("declined", &reason), 6).await.expect("an answer"));
            assert!(!answer(&mut transaction, &id, ("accepted", ""), 7).await.expect("an answer"));
            transaction.commit().await.expect("a commit");
            let all = of_account(&database, &keys, &seeker).await.expect("an answer");
            assert_eq!((all[0].answer.as_str(), all[0].reason.as_str()), ("declined", "遠い"));
            assert_eq!(open("2026-12-04").await, None);
        })
        .await;
    }
}
