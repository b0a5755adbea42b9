//! A group of seekers that a notice goes to. Nothing of a disability chooses it: that is sealed.

use super::{Kind, db};
use crate::account::Settings;
use crate::account::visit::Fields;
use crate::database::{Database, decode};
use crate::date::Date;
use crate::form::{Code, FieldErrors};
use crate::mail::{self, Letter};
use crate::occupations::picker_name;
use crate::places::prefecture;
use crate::push;
use crate::secret;
use sqlx::{Any, Row, Transaction};
use std::time::Duration;

/// Registrants whose registration is valid, of a kind, a prefecture, a wished occupation; what is empty does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// `online`, `office`, or empty.
    pub kind: String,
    /// JIS code of the home's prefecture, or empty.
    pub prefecture: String,
    /// Code of a picker's item among the wished occupations, or empty.
    pub occupation: String,
}

impl Group {
    /// Reads a group from the fields `group_kind`, `group_pref` and `group_occupation`; what only a forged form sends is told.
    pub fn read(fields: &Fields, errors: &mut FieldErrors) -> Self {
        let mut read = |name: &str, is_known: fn(&str) -> bool| {
            let value = fields.get(name);
            if !value.is_empty() && !is_known(value) {
                errors.add(name, Code::NotAChoice);
            }
            value.to_owned()
        };
        Self {
            kind: read("group_kind", |kind| matches!(kind, "online" | "office")),
            prefecture: read("group_pref", |code| code.parse().ok().and_then(prefecture).is_some()),
            occupation: read("group_occupation", |code| code.contains('-') && picker_name(code).is_some()),
        }
    }

    fn conditions(&self) -> [String; 3] {
        let holds = |name: &str, value: &str| if value.is_empty() { "%".to_owned() } else { format!("%{name}\"{value}\"%") };
        let kind = if self.kind.is_empty() { "%".to_owned() } else { self.kind.clone() };
        [kind, holds("\"prefecture\":", &self.prefecture), holds("", &self.occupation)]
    }
}

/// Who belongs to a group on `$1`: kind `$2`, home `$3`, wishes `$4`.
const MEMBERS: &str = "FROM registrations r \
     JOIN registration_sections b ON b.account_id = r.account_id AND b.state = 'current' AND b.section = 'basic' \
     JOIN registration_sections w ON w.account_id = r.account_id AND w.state = 'current' AND w.section = 'wishes_work' \
     JOIN accounts a ON a.id = r.account_id \
     WHERE r.valid_until >= $1 AND r.kind LIKE $2 AND b.content LIKE $3 AND w.content LIKE $4";

/// How many a group reaches.
///
/// # Errors
/// If the database fails.
pub async fn reaches(database: &Database, group: &Group, today: Date) -> Result<i64, sqlx::Error> {
    let [kind, home, wishes] = group.conditions();
    let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) {MEMBERS}");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(today.to_string()).bind(kind).bind(home).bind(wishes).fetch_one(database.read());
    row.await?.try_get(0)
}

/// A notice to a group.
#[derive(Clone, Copy, Debug)]
pub struct ToGroup<'a> {
    /// Whom it goes to.
    pub group: &'a Group,
    /// Of what kind.
    pub kind: Kind,
    /// What it is about.
    pub subject: &'a str,
    /// What it says.
    pub body: &'a str,
    /// The page of ours that it leads to.
    pub path: &'a str,
}

/// How many people a notice is delivered to in one transaction: others write between.
const AT_ONCE: i64 = 200;
/// How many transactions until senders of mails and pushes are told.
const ROUNDS: usize = 5;
/// How long to wait until the next look.
const PAUSE: Duration = Duration::from_secs(2);
/// How long to wait after the database failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(15);

/// Writes down a notice to a group; [`deliver`] brings it to those who belong to it on `today`.
///
/// # Errors
/// If the database fails.
pub async fn send(transaction: &mut Transaction<'_, Any>, notice: ToGroup<'_>, today: Date, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO group_notices (id, kind, subject, body, path, group_kind, group_pref, group_occupation, sent_on, sent_at, after_account, is_done) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0)",
    )
    .bind(secret::random_id())
    .bind(notice.kind.code())
    .bind(notice.subject)
    .bind(notice.body)
    .bind(notice.path)
    .bind(&notice.group.kind)
    .bind(&notice.group.prefecture)
    .bind(&notice.group.occupation)
    .bind(today.to_string())
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Delivers what waits, the oldest first, in `rounds` transactions at most; whether something is left. Each person gets a notice, and a mail and a push
/// where they want them, once, however often this is interrupted.
///
/// # Errors
/// If the database fails.
pub async fn deliver(database: &Database, origin: &str, rounds: usize) -> Result<bool, sqlx::Error> {
    for _ in 0..rounds {
        let waiting = sqlx::query("SELECT id FROM group_notices WHERE is_done = 0 ORDER BY sent_at, id LIMIT 1");
        let Some(row) = waiting.fetch_optional(database.read()).await? else { return Ok(false) };
        deliver_some(database, origin, row.try_get(0)?).await?;
    }
    Ok(true)
}

/// Brings a notice to the next people of its group.
async fn deliver_some(database: &Database, origin: &str, id: String) -> Result<(), sqlx::Error> {
    let mut transaction = database.begin().await?;
    // The update locks the row: of two processes one goes on where the other ended.
    let row = sqlx::query(
        "UPDATE group_notices SET is_done = is_done WHERE id = $1 AND is_done = 0 \
         RETURNING kind, subject, body, path, group_kind, group_pref, group_occupation, sent_on, sent_at, after_account",
    )
    .bind(&id)
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let text = |column: usize| row.try_get::<String, _>(column);
    let group = Group { kind: text(4)?, prefecture: text(5)?, occupation: text(6)? };
    let after = text(9)?;
    let part = Part { id: &id, on: &text(7)?, conditions: group.conditions(), after: &after };
    let (last, count) = part.last(&mut transaction).await?;
    if let Some(last) = &last {
        let (kind, at) = (text(0)?, row.try_get(8)?);
        part.notices(&mut transaction, last, [&kind, &text(1)?, &text(2)?, &text(3)?], at).await?;
        part.mails(&mut transaction, last, &kind, Letter::Noticed.written(origin), at).await?;
        let kind = kind.parse().map_err(|code: Code| decode(code.code()))?;
        push::db::queue_group(&mut transaction, &id, (&after, last), (kind, &text(3)?), at).await?;
    }
    sqlx::query("UPDATE group_notices SET after_account = $2, is_done = $3 WHERE id = $1")
        .bind(&id)
        .bind(last.unwrap_or(after))
        .bind(i64::from(count < AT_ONCE))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Delivers until the task is ended.
pub async fn keep_delivering(database: Database, settings: Settings) {
    loop {
        let pause = match deliver(&database, &settings.origin, ROUNDS).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "a notice to a group could not be delivered");
                PAUSE_AFTER_FAILURE
            }
        };
        settings.ring();
        tokio::time::sleep(pause).await;
    }
}

/// The next people of a group.
struct Part<'a> {
    id: &'a str,
    on: &'a str,
    conditions: [String; 3],
    after: &'a str,
}

impl Part<'_> {
    /// A statement about the members of the group after `$5`; with a last one, up to `$6`.
    fn query<'q>(&'q self, statement: String) -> sqlx::query::Query<'q, Any, sqlx::any::AnyArguments> {
        let [kind, home, wishes] = &self.conditions;
        sqlx::query(sqlx::AssertSqlSafe(statement)).bind(self.on).bind(kind).bind(home).bind(wishes).bind(self.after)
    }

    /// The last of them, and how many they are.
    async fn last(&self, transaction: &mut Transaction<'_, Any>) -> Result<(Option<String>, i64), sqlx::Error> {
        let statement = format!(
            "SELECT MAX(account_id), CAST(COUNT(*) AS BIGINT) FROM \
             (SELECT r.account_id {MEMBERS} AND r.account_id > $5 ORDER BY r.account_id LIMIT {AT_ONCE}) AS next"
        );
        let row = self.query(statement).fetch_one(&mut **transaction).await?;
        Ok((row.try_get(0)?, row.try_get(1)?))
    }

    async fn notices(
        &self,
        transaction: &mut Transaction<'_, Any>,
        last: &str,
        [kind, subject, body, path]: [&str; 4],
        at: i64,
    ) -> Result<(), sqlx::Error> {
        let statement = format!(
            "INSERT INTO notices (id, account_id, subject, body, path, written_at, is_read, kind) \
             SELECT $7 || '-' || r.account_id, r.account_id, $8, $9, $10, CAST($11 AS BIGINT), 0, $12 {MEMBERS} \
             AND r.account_id > $5 AND r.account_id <= $6"
        );
        let query = self.query(statement).bind(last).bind(self.id).bind(subject).bind(body).bind(path).bind(at).bind(kind);
        query.execute(&mut **transaction).await?;
        Ok(())
    }

    async fn mails(
        &self,
        transaction: &mut Transaction<'_, Any>,
        last: &str,
        kind: &str,
        (subject, body): (&str, String),
        at: i64,
    ) -> Result<(), sqlx::Error> {
        let statement = format!(
            "INSERT INTO mails (id, recipient, subject, body, created_at, expires_at, next_try_at, tries) \
             SELECT $7 || '-' || r.account_id, a.email, $8, $9, CAST($10 AS BIGINT), CAST($11 AS BIGINT), CAST($10 AS BIGINT), 0 {MEMBERS} \
             AND r.account_id > $5 AND r.account_id <= $6 \
             AND NOT EXISTS (SELECT 1 FROM notice_switches s WHERE s.account_id = r.account_id AND s.kind = $12 AND s.mail = 0)"
        );
        let query = self.query(statement).bind(last).bind(self.id).bind(subject).bind(body);
        query.bind(at).bind(at + mail::USEFUL_MS).bind(kind).execute(&mut **transaction).await?;
        Ok(())
    }
}

/// Whether a mail goes with a notice of this kind to somebody.
///
/// # Errors
/// If the database fails.
pub async fn wants_mail(
    transaction: &mut Transaction<'_, Any>,
    account: &crate::account::AccountId,
    kind: Kind,
) -> Result<bool, sqlx::Error> {
    let switches = db::switches_in(transaction, account).await?;
    Ok(!switches.no_mail.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountId;
    use crate::account::db::testing::some_account;
    use crate::database::testing::on_each;

    async fn registrant(database: &Database, email: &str, kind: &str, prefecture: &str, occupation: &str) -> AccountId {
        let account = some_account(database, email).await;
        let statement = "INSERT INTO registrations (account_id, kind, applied_on, valid_until, looked_on, confirmed, kana, birth_date) \
             VALUES ($1, $2, '2026-11-01', '2027-01-31', '2026-11-01', '', '', '1988-04-01')";
        let mut transaction = database.begin().await.expect("a transaction");
        sqlx::query(statement).bind(account.as_str()).bind(kind).execute(&mut *transaction).await.expect("a registration");
        let sections = [
            ("basic", format!("{{\"prefecture\":\"{prefecture}\",\"family_name\":\"春和\"}}")),
            ("wishes_work", format!("{{\"occupations\":[\"{occupation}\"]}}")),
        ];
        for (section, content) in sections {
            sqlx::query("INSERT INTO registration_sections (account_id, state, section, content, revision, saved_at) VALUES ($1, 'current', $2, $3, 1, 0)")
                .bind(account.as_str())
                .bind(section)
                .bind(content)
                .execute(&mut *transaction)
                .await
                .expect("a section");
        }
        transaction.commit().await.expect("a commit");
        account
    }

    #[tokio::test]
    async fn a_notice_reaches_those_of_its_group_and_mails_only_those_who_want_them() {
        on_each(async |database| {
            let today: Date = "2026-11-27".parse().expect("a day");
            let tokyo = registrant(&database, "a@example.jp", "office", "13", "01-01").await;
            let other = registrant(&database, "b@example.jp", "online", "13", "02-01").await;
            registrant(&database, "c@example.jp", "office", "27", "01-01").await;
            let mut transaction = database.begin().await.expect("a transaction");
            db::set_mail(&mut transaction, &other, Kind::Seminar, false).await.expect("switched");
            transaction.commit().await.expect("a commit");
            let group = |kind: &str, prefecture: &str, occupation: &str| Group {
                kind: kind.into(),
                prefecture: prefecture.into(),
                occupation: occupation.into(),
            };
            for (group, count) in [
                (group("", "", ""), 3),
                (group("", "13", ""), 2),
                (group("office", "13", ""), 1),
                (group("", "", "01-01"), 2),
                (group("online", "27", ""), 0),
            ] {
                assert_eq!(reaches(&database, &group, today).await.expect("an answer"), count, "{group:?}");
            }
            assert_eq!(reaches(&database, &group("", "", ""), today.plus_days(100)).await.expect("an answer"), 0, "they have ended");
            let to = group("", "13", "");
            let notice = ToGroup { group: &to, kind: Kind::Seminar, subject: "面接の練習", body: "どうぞ", path: "/seminars/x" };
            let mut transaction = database.begin().await.expect("a transaction");
            send(&mut transaction, notice, today, 5).await.expect("sent");
            transaction.commit().await.expect("a commit");
            assert!(!deliver(&database, "https://x.example", 9).await.expect("delivered"));
            assert!(!deliver(&database, "https://x.example", 9).await.expect("delivered"), "once");
            for account in [&tokyo, &other] {
                let own = db::of(&database, account).await.expect("notices");
                assert_eq!((own.len(), own[0].kind, own[0].subject.as_str(), own[0].is_read), (1, Kind::Seminar, "面接の練習", false));
            }
            let mails: Vec<(String, String)> =
                sqlx::query_as("SELECT recipient, body FROM mails").fetch_all(database.read()).await.expect("mails");
            assert_eq!(mails.len(), 1);
            assert!(mails[0].0 == "a@example.jp" && !mails[0].1.contains("面接"), "{mails:?}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_notice_to_more_than_fit_into_one_transaction_reaches_each_of_them_once() {
        on_each(async |database| {
            let today: Date = "2026-11-27".parse().expect("a day");
            let many = AT_ONCE + 3;
            for at in 0..many {
                registrant(&database, &format!("a{at}@example.jp"), "online", "13", "01-01").await;
            }
            let group = Group::default();
            let notice = ToGroup { group: &group, kind: Kind::General, subject: "年末", body: "休みます", path: "/notices" };
            let mut transaction = database.begin().await.expect("a transaction");
            send(&mut transaction, notice, today, 5).await.expect("sent");
            transaction.commit().await.expect("a commit");
            assert!(deliver(&database, "https://x.example", 1).await.expect("delivered"), "some are left");
            assert!(!deliver(&database, "https://x.example", 9).await.expect("delivered"));
            for table in ["notices", "mails"] {
                let statement = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}");
                let (count,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(statement)).fetch_one(database.read()).await.expect("a count");
                assert_eq!(count, many, "{table}");
            }
        })
        .await;
    }
}
