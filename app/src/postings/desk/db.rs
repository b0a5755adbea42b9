//! The only SQL about postings of desks. What is published is written by `postings/db`.

use super::{DeskPosting, Edit, State};
use crate::account::Role;
use crate::database::{Database, decode};
use crate::form::Code;
use crate::postings::PostingNumber;
use crate::postings::number::DESK_OFFICE;
use crate::registration::form_data::FormData;
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

const SELECT: &str = "SELECT id, establishment_id, number, state, form, revision FROM desk_postings WHERE";
/// The most of a list.
const MOST: i64 = 200;
/// How often a number is drawn until a free one is found.
const DRAWS: usize = 20;

/// Begins a posting; gives its name.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, establishment: &str, form: &FormData, now: i64) -> Result<String, sqlx::Error> {
    let id = secret::random_id();
    sqlx::query("INSERT INTO desk_postings (id, establishment_id, state, form, revision, saved_at) VALUES ($1, $2, 'draft', $3, 1, $4)")
        .bind(&id)
        .bind(establishment)
        .bind(written(form)?)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(id)
}

/// A posting of a desk.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, id: &str) -> Result<Option<DeskPosting>, sqlx::Error> {
    let row = sqlx::query(AssertSqlSafe(format!("{SELECT} id = $1"))).bind(id).fetch_optional(database.read()).await?;
    row.as_ref().map(read).transpose()
}

/// Those of an establishment, the latest first.
///
/// # Errors
/// If the database fails.
pub async fn of_establishment(database: &Database, id: &str) -> Result<Vec<DeskPosting>, sqlx::Error> {
    some(database, "establishment_id = $1 ORDER BY saved_at DESC", id).await
}

/// Those that wait for staff, the oldest first.
///
/// # Errors
/// If the database fails.
pub async fn submitted(database: &Database) -> Result<Vec<DeskPosting>, sqlx::Error> {
    some(database, "state = $1 ORDER BY saved_at", State::Submitted.code()).await
}

async fn some(database: &Database, condition: &str, value: &str) -> Result<Vec<DeskPosting>, sqlx::Error> {
    let sql = format!("{SELECT} {condition}, id LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_all(database.read()).await?;
    rows.iter().map(read).collect()
}

/// Changes a posting that still has the revision `base`; `false` if another has changed it.
///
/// # Errors
/// If the database fails.
pub async fn change(
    transaction: &mut Transaction<'_, Any>,
    (id, base): (&str, i64),
    (state, form): (State, &FormData),
    now: i64,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE desk_postings SET state = $3, form = $4, saved_at = $5, revision = revision + 1 WHERE id = $1 AND revision = $2",
    )
    .bind(id)
    .bind(base)
    .bind(state.code())
    .bind(written(form)?)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The number of a posting, drawn if it has none yet, and written down as its establishment's.
///
/// # Errors
/// If the database fails, or no number is free.
pub async fn number(transaction: &mut Transaction<'_, Any>, posting: &DeskPosting) -> Result<PostingNumber, sqlx::Error> {
    if let Some(number) = &posting.number {
        return Ok(number.clone());
    }
    for _ in 0..DRAWS {
        let number: PostingNumber =
            format!("{DESK_OFFICE}-{}", secret::random_digits(8)).parse().map_err(|_| decode("not a posting number"))?;
        let taken =
            sqlx::query("SELECT 1 FROM desk_postings WHERE number = $1").bind(number.as_str()).fetch_optional(&mut **transaction).await?;
        if taken.is_some() || !crate::establishments::db::add_posting(transaction, &posting.establishment, &number).await? {
            continue;
        }
        sqlx::query("UPDATE desk_postings SET number = $2 WHERE id = $1")
            .bind(&posting.id)
            .bind(number.as_str())
            .execute(&mut **transaction)
            .await?;
        return Ok(number);
    }
    Err(decode("no number of the desk is free"))
}

/// Writes down what was done with a posting whose row this transaction has changed.
///
/// # Errors
/// If the database fails.
pub async fn add_edit(
    transaction: &mut Transaction<'_, Any>,
    id: &str,
    (by, action, words): (Role, State, &str),
    form: &FormData,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO desk_posting_edits (posting_id, place, at, by_role, action, words, form) \
         SELECT $1, CAST(COUNT(*) AS BIGINT), $2, $3, $4, $5, $6 FROM desk_posting_edits WHERE posting_id = $1",
    )
    .bind(id)
    .bind(now)
    .bind(by.code())
    .bind(action.code())
    .bind(words)
    .bind(written(form)?)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What was done with a posting, the latest first.
///
/// # Errors
/// If the database fails.
pub async fn edits(database: &Database, id: &str) -> Result<Vec<Edit>, sqlx::Error> {
    let rows = sqlx::query("SELECT at, by_role, action, words, form FROM desk_posting_edits WHERE posting_id = $1 ORDER BY place DESC")
        .bind(id)
        .fetch_all(database.read())
        .await?;
    let edit = |row: &AnyRow| {
        Ok(Edit {
            at: row.try_get(0)?,
            by: row.try_get::<String, _>(1)?.parse().map_err(decode)?,
            action: state(row, 2)?,
            words: row.try_get(3)?,
            form: form(row, 4)?,
        })
    };
    rows.iter().map(edit).collect()
}

fn written(form: &FormData) -> Result<String, sqlx::Error> {
    serde_json::to_string(&form.0).map_err(decode)
}

fn form(row: &AnyRow, column: usize) -> Result<FormData, sqlx::Error> {
    serde_json::from_str(&row.try_get::<String, _>(column)?).map(FormData).map_err(decode)
}

fn state(row: &AnyRow, column: usize) -> Result<State, sqlx::Error> {
    row.try_get::<String, _>(column)?.parse().map_err(|code: Code| decode(code.code()))
}

fn read(row: &AnyRow) -> Result<DeskPosting, sqlx::Error> {
    let number: Option<String> = row.try_get(2)?;
    Ok(DeskPosting {
        id: row.try_get(0)?,
        establishment: row.try_get(1)?,
        number: number.map(|number| number.parse()).transpose().map_err(|_| decode("not a posting number"))?,
        state: state(row, 3)?,
        form: form(row, 4)?,
        revision: row.try_get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::testing::on_each;

    #[tokio::test]
    async fn a_posting_gets_its_number_once_and_of_two_changes_at_once_one_is_taken() {
        on_each(async |database| {
            let form = FormData(vec![("title".to_owned(), "事務".to_owned())]);
            let mut transaction = database.begin().await.expect("a transaction");
            let establishment = crate::establishments::db::add(&mut transaction, "見本", "東京都", 0).await.expect("added");
            let id = add(&mut transaction, &establishment, &form, 0).await.expect("added");
            transaction.commit().await.expect("a commit");
            let mut transaction = database.begin().await.expect("a transaction");
            assert!(change(&mut transaction, (&id, 1), (State::Submitted, &form), 1).await.expect("an answer"));
            assert!(!change(&mut transaction, (&id, 1), (State::Draft, &form), 1).await.expect("an answer"));
            add_edit(&mut transaction, &id, (Role::Employer, State::Submitted, ""), &form, 1).await.expect("added");
            transaction.commit().await.expect("a commit");
            let waiting = submitted(&database).await.expect("an answer").remove(0);
            let mut transaction = database.begin().await.expect("a transaction");
            let first = number(&mut transaction, &waiting).await.expect("a number");
            transaction.commit().await.expect("a commit");
            assert!(first.is_desk());
            let found = find(&database, &id).await.expect("an answer").expect("there");
            let mut transaction = database.begin().await.expect("a transaction");
            assert_eq!(number(&mut transaction, &found).await.expect("a number"), first);
            transaction.commit().await.expect("a commit");
            assert_eq!(edits(&database, &id).await.expect("an answer").len(), 1);
            assert_eq!(crate::establishments::db::postings(&database, &establishment).await.expect("an answer"), [first]);
        })
        .await;
    }
}
