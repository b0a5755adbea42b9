//! The only SQL about establishments.

use super::Establishment;
use super::contact::Contact;
use crate::account::{AccountId, Role};
use crate::database::{Database, decode};
use crate::postings::PostingNumber;
use crate::secret;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// The most establishments of a list.
const MOST: i64 = 500;

/// Writes down a new establishment; gives its name.
///
/// # Errors
/// If the database fails.
pub async fn add(transaction: &mut Transaction<'_, Any>, name: &str, address: &str, now: i64) -> Result<String, sqlx::Error> {
    let id = secret::random_id();
    sqlx::query("INSERT INTO establishments (id, name, address, linked_at) VALUES ($1, $2, $3, $4)")
        .bind(&id)
        .bind(name)
        .bind(address)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(id)
}

/// Lets an account act for an establishment.
///
/// # Errors
/// If the database fails.
pub async fn add_member(transaction: &mut Transaction<'_, Any>, id: &str, account: &AccountId) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO establishment_members (establishment_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(account.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Takes an account out of an establishment.
///
/// # Errors
/// If the database fails.
pub async fn remove_member(transaction: &mut Transaction<'_, Any>, id: &str, account: &AccountId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM establishment_members WHERE establishment_id = $1 AND account_id = $2")
        .bind(id)
        .bind(account.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Gives an establishment another name and address.
///
/// # Errors
/// If the database fails.
pub async fn rename(transaction: &mut Transaction<'_, Any>, id: &str, name: &str, address: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE establishments SET name = $1, address = $2 WHERE id = $3")
        .bind(name)
        .bind(address)
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Keeps what an employer says of an establishment, if nobody changed it since `revision`.
///
/// # Errors
/// If the database fails.
pub async fn set_contact(transaction: &mut Transaction<'_, Any>, id: &str, contact: &Contact, revision: i64) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE establishments SET person = $1, phone = $2, about = $3, revision = revision + 1 WHERE id = $4 AND revision = $5",
    )
    .bind(&contact.person)
    .bind(&contact.phone)
    .bind(&contact.about)
    .bind(id)
    .bind(revision)
    .execute(&mut **transaction)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Says that a posting is not an establishment's any more. What was sent for it stays where it went.
///
/// # Errors
/// If the database fails.
pub async fn remove_posting(transaction: &mut Transaction<'_, Any>, id: &str, number: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM establishment_postings WHERE posting_number = $1 AND establishment_id = $2")
        .bind(number)
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Says that a posting is an establishment's; `false` if it is another's.
///
/// # Errors
/// If the database fails.
pub async fn add_posting(transaction: &mut Transaction<'_, Any>, id: &str, number: &PostingNumber) -> Result<bool, sqlx::Error> {
    sqlx::query("INSERT INTO establishment_postings (posting_number, establishment_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(number.as_str())
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    let (owner,): (String,) = sqlx::query_as("SELECT establishment_id FROM establishment_postings WHERE posting_number = $1")
        .bind(number.as_str())
        .fetch_one(&mut **transaction)
        .await?;
    Ok(owner == id)
}

/// Those of these postings that belong to an establishment.
///
/// # Errors
/// If the database fails.
pub async fn taken(database: &Database, numbers: &[PostingNumber]) -> Result<Vec<(PostingNumber, String)>, sqlx::Error> {
    let mut taken = Vec::new();
    for number in numbers {
        let row = sqlx::query("SELECT establishment_id FROM establishment_postings WHERE posting_number = $1")
            .bind(number.as_str())
            .fetch_optional(database.read())
            .await?;
        if let Some(row) = row {
            taken.push((number.clone(), row.try_get(0)?));
        }
    }
    Ok(taken)
}

/// Whether anything is linked.
///
/// # Errors
/// If the database fails.
pub async fn is_empty(database: &Database) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query("SELECT 1 FROM establishments LIMIT 1").fetch_optional(database.read()).await?.is_none())
}

/// An establishment.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, id: &str) -> Result<Option<Establishment>, sqlx::Error> {
    Ok(some(database, "id = $1", id).await?.pop())
}

/// The establishment that a posting belongs to.
///
/// # Errors
/// If the database fails.
pub async fn of_posting(database: &Database, number: &PostingNumber) -> Result<Option<Establishment>, sqlx::Error> {
    let wanted = "id = (SELECT establishment_id FROM establishment_postings WHERE posting_number = $1)";
    Ok(some(database, wanted, number.as_str()).await?.pop())
}

/// The establishments that an account acts for.
///
/// # Errors
/// If the database fails.
pub async fn of_account(database: &Database, account: &AccountId) -> Result<Vec<Establishment>, sqlx::Error> {
    some(database, "id IN (SELECT establishment_id FROM establishment_members WHERE account_id = $1)", account.as_str()).await
}

/// All establishments whose name holds `part`.
///
/// # Errors
/// If the database fails.
pub async fn named(database: &Database, part: &str) -> Result<Vec<Establishment>, sqlx::Error> {
    some(database, "name LIKE '%' || $1 || '%'", part).await
}

async fn some(database: &Database, condition: &str, value: &str) -> Result<Vec<Establishment>, sqlx::Error> {
    let sql = format!(
        "SELECT id, name, address, person, phone, about, revision FROM establishments WHERE {condition} ORDER BY name, id LIMIT {MOST}"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_all(database.read()).await?;
    let mut establishments = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    for establishment in &mut establishments {
        establishment.members = members(database, &establishment.id).await?;
    }
    Ok(establishments)
}

fn read(row: &AnyRow) -> Result<Establishment, sqlx::Error> {
    Ok(Establishment {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        address: row.try_get(2)?,
        contact: Contact { person: row.try_get(3)?, phone: row.try_get(4)?, about: row.try_get(5)? },
        revision: row.try_get(6)?,
        members: Vec::new(),
    })
}

async fn members(database: &Database, id: &str) -> Result<Vec<AccountId>, sqlx::Error> {
    let rows = sqlx::query("SELECT account_id FROM establishment_members WHERE establishment_id = $1 ORDER BY account_id")
        .bind(id)
        .fetch_all(database.read())
        .await?;
    rows.iter().map(|row| Ok(AccountId::new(row.try_get::<String, _>(0)?))).collect()
}

/// Account and address of those who act for an establishment.
///
/// # Errors
/// If the database fails.
pub async fn addresses(database: &Database, id: &str) -> Result<Vec<(AccountId, String)>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT a.id, a.email FROM establishment_members m JOIN accounts a ON a.id = m.account_id \
         WHERE m.establishment_id = $1 AND a.role = $2 ORDER BY a.email",
    )
    .bind(id)
    .bind(Role::Employer.code())
    .fetch_all(database.read())
    .await?;
    rows.iter().map(|row| Ok((AccountId::new(row.try_get::<String, _>(0)?), row.try_get(1)?))).collect()
}

/// The postings of an establishment.
///
/// # Errors
/// If the database fails.
pub async fn postings(database: &Database, id: &str) -> Result<Vec<PostingNumber>, sqlx::Error> {
    let rows = sqlx::query("SELECT posting_number FROM establishment_postings WHERE establishment_id = $1 ORDER BY posting_number")
        .bind(id)
        .fetch_all(database.read())
        .await?;
    let number = |row: &AnyRow| row.try_get::<String, _>(0)?.parse().map_err(|_| decode("not a posting number"));
    rows.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account_of;
    use crate::database::testing::on_each;

    fn number(text: &str) -> PostingNumber {
        text.parse().expect("a number")
    }

    #[tokio::test]
    async fn a_posting_belongs_to_one_establishment_and_leads_to_those_who_act_for_it() {
        on_each(async |database| {
            let employer = some_account_of(&database, "employer@example.jp", Role::Employer).await;
            let mut transaction = database.begin().await.expect("a transaction");
            let first = add(&mut transaction, "架空商店", "東京都千代田区１", 0).await.expect("added");
            let second = add(&mut transaction, "見本工業", "東京都港区２", 0).await.expect("added");
            add_member(&mut transaction, &first, &employer).await.expect("a member");
            assert!(add_posting(&mut transaction, &first, &number("13010-1")).await.expect("an answer"));
            assert!(add_posting(&mut transaction, &first, &number("13010-1")).await.expect("an answer"), "again is the same");
            assert!(!add_posting(&mut transaction, &second, &number("13010-1")).await.expect("an answer"));
            assert!(add_posting(&mut transaction, &second, &number("13010-2")).await.expect("an answer"));
            transaction.commit().await.expect("a commit");
            let found = of_posting(&database, &number("13010-1")).await.expect("an answer").expect("one");
            assert_eq!((found.name.as_str(), found.members.as_slice()), ("架空商店", &[employer.clone()][..]));
            let closed = of_posting(&database, &number("13010-2")).await.expect("an answer").expect("one");
            assert!(!closed.has_page());
            assert_eq!(of_posting(&database, &number("13010-3")).await.expect("an answer"), None);
            assert_eq!(of_account(&database, &employer).await.expect("an answer"), [found]);
            assert_eq!(named(&database, "商").await.expect("an answer").len(), 1);
            assert_eq!(postings(&database, &first).await.expect("an answer"), [number("13010-1")]);
            assert_eq!(addresses(&database, &first).await.expect("an answer"), [(employer, "employer@example.jp".to_owned())]);
            let mut transaction = database.begin().await.expect("a transaction");
            remove_posting(&mut transaction, &second, "13010-1").await.expect("nothing");
            remove_posting(&mut transaction, &second, "13010-2").await.expect("removed");
            rename(&mut transaction, &first, "架空商会", "東京都千代田区３").await.expect("renamed");
            let contact = Contact { person: "総務課".into(), ..Contact::default() };
            assert!(set_contact(&mut transaction, &first, &contact, 0).await.expect("an answer"));
            assert!(!set_contact(&mut transaction, &first, &Contact::default(), 0).await.expect("an answer"), "somebody was faster");
            transaction.commit().await.expect("a commit");
            let found = of_posting(&database, &number("13010-1")).await.expect("an answer").expect("one");
            assert_eq!((found.name.as_str(), found.contact, found.revision), ("架空商会", contact, 1));
            assert_eq!(of_posting(&database, &number("13010-2")).await.expect("an answer"), None);
        })
        .await;
    }

    #[tokio::test]
    async fn an_establishment_whose_employer_closed_the_account_has_no_page_any_more() {
        on_each(async |database| {
            let employer = some_account_of(&database, "employer@example.jp", Role::Employer).await;
            let mut transaction = database.begin().await.expect("a transaction");
            let id = add(&mut transaction, "架空商店", "東京都", 0).await.expect("added");
            add_member(&mut transaction, &id, &employer).await.expect("a member");
            crate::account::db::close(&mut transaction, &employer).await.expect("closed");
            transaction.commit().await.expect("a commit");
            assert!(!find(&database, &id).await.expect("an answer").expect("still there").has_page());
        })
        .await;
    }
}
