//! What employers search of those who publish their wishes: written with the registration, in words, so that a search reads no registration. Nothing of it is
//! about a disability.

use crate::account::AccountId;
use crate::database::Database;
use crate::date::Date;
use crate::registration::profile::profile;
use crate::registration::{Draft, Section, db as registrations};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// The profiles of a page.
pub const MOST: i64 = 50;

/// What the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Whose; means nothing to an employer.
    pub account: AccountId,
    /// One line about themselves.
    pub headline: String,
    /// Wished occupations.
    pub occupations: String,
    /// Wished places.
    pub places: String,
    /// When it was saved, in milliseconds since 1970.
    pub saved_at: i64,
}

/// What an employer looks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Code of a picker's item among the wished occupations; empty for any.
    pub occupation: &'a str,
    /// JIS code of a prefecture among the wished places, two digits; empty for any.
    pub prefecture: &'a str,
    /// Those that were saved before this instant; none for the newest.
    pub before: Option<i64>,
}

/// Writes what is found of somebody, in the transaction that changes what is registered; nothing where it is not published.
///
/// # Errors
/// If the database fails.
pub async fn write(transaction: &mut Transaction<'_, Any>, account: &AccountId, draft: &Draft, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM published_profiles WHERE account_id = $1").bind(account.as_str()).execute(&mut **transaction).await?;
    // The introduction is asked for where the wishes are published.
    if !draft.asks(Section::Introduction) {
        return Ok(());
    }
    let seen = profile(draft);
    let words = |section: Section, name: &str| {
        let rows = seen.always.iter().filter(|(own, _)| *own == section).flat_map(|(_, rows)| rows);
        rows.filter(|row| row.name.split('.').next() == Some(name)).map(|row| row.words.clone()).collect::<Vec<_>>().join("、")
    };
    sqlx::query("INSERT INTO published_profiles (account_id, headline, occupations, places, saved_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(account.as_str())
        .bind(words(Section::Introduction, "headline"))
        .bind(words(Section::WishesWork, "occupations"))
        .bind(words(Section::WishesPlace, "places"))
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    let occupations = draft.wishes_work.occupations.iter().map(|code| ("occupation", code.trim()));
    // A municipality lies in the prefecture that its code begins with.
    let prefectures = draft.wishes_place.places.iter().filter_map(|code| code.trim().get(..2)).map(|code| ("prefecture", code));
    for (kind, code) in occupations.chain(prefectures).filter(|(_, code)| !code.is_empty()) {
        sqlx::query("INSERT INTO published_wishes (account_id, kind, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(account.as_str())
            .bind(kind)
            .bind(code)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Those whose registration is valid on `today` and who wish for that; who saved last comes first.
///
/// # Errors
/// If the database fails.
pub async fn search(database: &Database, wanted: Wanted<'_>, today: Date) -> Result<Vec<Card>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT p.account_id, p.headline, p.occupations, p.places, p.saved_at FROM published_profiles p \
         JOIN registrations r ON r.account_id = p.account_id WHERE r.valid_until >= $1 AND p.saved_at < $2 \
         AND ($3 = '' OR EXISTS (SELECT 1 FROM published_wishes w WHERE w.kind = 'occupation' AND w.code = $3 AND w.account_id = p.account_id)) \
         AND ($4 = '' OR EXISTS (SELECT 1 FROM published_wishes w WHERE w.kind = 'prefecture' AND w.code = $4 AND w.account_id = p.account_id)) \
         ORDER BY p.saved_at DESC, p.account_id LIMIT $5",
    )
    .bind(today.to_string())
    .bind(wanted.before.unwrap_or(i64::MAX))
    .bind(wanted.occupation)
    .bind(wanted.prefecture)
    .bind(MOST)
    .fetch_all(database.read())
    .await?;
    let card = |row: &AnyRow| {
        Ok(Card {
            account: AccountId::new(row.try_get::<String, _>(0)?),
            headline: row.try_get(1)?,
            occupations: row.try_get(2)?,
            places: row.try_get(3)?,
            saved_at: row.try_get(4)?,
        })
    };
    rows.iter().map(card).collect()
}

/// Writes what is missing: registrations from before there was such a table. Run again, it does nothing; gives how many. One that cannot be read is logged and
/// skipped.
///
/// # Errors
/// If the database fails.
pub async fn fill(database: &Database) -> Result<u64, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT s.account_id FROM registration_sections s LEFT JOIN published_profiles p ON p.account_id = s.account_id \
         WHERE s.state = 'current' AND s.section = 'publication' AND p.account_id IS NULL AND s.content LIKE '%\"publish_to_employers\":\"yes\"%'",
    )
    .fetch_all(database.read())
    .await?;
    let mut filled = 0;
    for row in rows {
        let account = AccountId::new(row.try_get::<String, _>(0)?);
        match fill_one(database, &account).await {
            Ok(()) => filled += 1,
            Err(error) => tracing::error!(%error, "a published profile could not be read"),
        }
    }
    Ok(filled)
}

/// As it is in the transaction: it may have been withdrawn meanwhile.
async fn fill_one(database: &Database, account: &AccountId) -> Result<(), sqlx::Error> {
    let mut transaction = database.begin().await?;
    if registrations::find_locked(&mut transaction, account).await?.is_some() {
        let (draft, saved_at) = registrations::current_without_sealed(&mut transaction, account).await?;
        write(&mut transaction, account, &draft, saved_at).await?;
    }
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account;
    use crate::database::testing::on_each;

    async fn publish(database: &Database, account: &AccountId, occupation: &str, place: &str, at: i64) {
        let mut draft = Draft::default();
        draft.publication.publish_to_employers = "yes".to_owned();
        draft.wishes_work.occupations = vec![occupation.to_owned()];
        draft.wishes_place.places = vec![place.to_owned()];
        draft.wishes_place.commute_minutes = "30".to_owned();
        draft.introduction.headline = format!("{place}で働きたいです");
        let mut transaction = database.begin().await.expect("a transaction");
        write(&mut transaction, account, &draft, at).await.expect("written");
        sqlx::query(
            "INSERT INTO registrations (account_id, kind, applied_on, valid_until, looked_on, confirmed, kana, birth_date) \
             VALUES ($1, 'online', '2026-11-01', '2027-01-31', '2026-11-01', '', '', '1988-04-01') ON CONFLICT DO NOTHING",
        )
        .bind(account.as_str())
        .execute(&mut *transaction)
        .await
        .expect("a registration");
        transaction.commit().await.expect("a commit");
    }

    #[tokio::test]
    async fn who_publishes_is_found_by_what_they_wish_for_and_by_nothing_else() {
        on_each(async |database| {
            let (first, second) = (some_account(&database, "a@example.jp").await, some_account(&database, "b@example.jp").await);
            publish(&database, &first, "01-01", "13101", 1).await;
            publish(&database, &second, "02-01", "27", 2).await;
            let found = async |occupation: &str, prefecture: &str, before: Option<i64>, today: &str| {
                let today: Date = today.parse().expect("a day");
                let cards = search(&database, Wanted { occupation, prefecture, before }, today).await.expect("an answer");
                cards.into_iter().map(|card| card.saved_at).collect::<Vec<_>>()
            };
            let today = "2026-11-27";
            assert_eq!(found("", "", None, today).await, [2, 1]);
            assert_eq!(found("", "", Some(2), today).await, [1], "the next page");
            assert_eq!(found("", "13", None, today).await, [1], "a municipality lies in its prefecture");
            assert_eq!(found("", "30", None, today).await, [0; 0], "thirty minutes are no prefecture");
            assert_eq!(found("02-01", "27", None, today).await, [2]);
            assert_eq!(found("02-01", "13", None, today).await, [0; 0]);
            assert_eq!(found("", "", None, "2027-02-01").await, [0; 0], "they are not valid any more");
            // A table that was emptied is filled from what is registered; who has nothing registered is not in it.
            sqlx::query("DELETE FROM published_profiles").execute(&mut *database.write().await.expect("a writer")).await.expect("emptied");
            sqlx::query(
                "INSERT INTO registration_sections (account_id, state, section, content, revision, saved_at) \
                 VALUES ($1, 'current', 'publication', '{\"publish_to_employers\":\"yes\"}', 1, 7)",
            )
            .bind(second.as_str())
            .execute(&mut *database.write().await.expect("a writer"))
            .await
            .expect("a section");
            assert_eq!(fill(&database).await.expect("filled"), 1);
            assert_eq!(fill(&database).await.expect("filled"), 0, "once");
            assert_eq!(found("", "", None, today).await, [7]);
            publish(&database, &first, "01-01", "13101", 1).await;
            publish(&database, &second, "02-01", "27", 2).await;
            let mut transaction = database.begin().await.expect("a transaction");
            write(&mut transaction, &first, &Draft::default(), 3).await.expect("written");
            transaction.commit().await.expect("a commit");
            assert_eq!(found("", "", None, today).await, [2], "it was withdrawn");
        })
        .await;
    }
}
