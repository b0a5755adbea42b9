//! A group of seekers that a notice goes to. Nothing of a disability chooses it: that is sealed.

use super::{Kind, db};
use crate::account::visit::Fields;
use crate::database::Database;
use crate::date::Date;
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::occupations::picker_name;
use crate::places::prefecture;
use crate::push;
use crate::secret;
use sqlx::{Any, Row, Transaction};

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

/// Sends a notice to everybody of a group, with a mail and a push where they want them; gives how many it reached. Three statements, however many they are.
///
/// # Errors
/// If the database fails.
pub async fn send(
    transaction: &mut Transaction<'_, Any>,
    notice: ToGroup<'_>,
    origin: &str,
    today: Date,
    now: i64,
) -> Result<u64, sqlx::Error> {
    let ([kind, home, wishes], name) = (notice.group.conditions(), secret::random_id());
    let notices = format!(
        "INSERT INTO notices (id, account_id, subject, body, path, written_at, is_read, kind) \
         SELECT $5 || '-' || r.account_id, r.account_id, $6, $7, $8, CAST($9 AS BIGINT), 0, $10 {MEMBERS}"
    );
    let reached = sqlx::query(sqlx::AssertSqlSafe(notices))
        .bind(today.to_string())
        .bind(&kind)
        .bind(&home)
        .bind(&wishes)
        .bind(&name)
        .bind(notice.subject)
        .bind(notice.body)
        .bind(notice.path)
        .bind(now)
        .bind(notice.kind.code())
        .execute(&mut **transaction)
        .await?;
    let (subject, body) = Letter::Noticed.written(origin);
    let mails = format!(
        "INSERT INTO mails (id, recipient, subject, body, created_at, expires_at, next_try_at, tries) \
         SELECT $5 || '-' || r.account_id, a.email, $6, $7, CAST($8 AS BIGINT), CAST($8 AS BIGINT) + CAST($9 AS BIGINT), CAST($8 AS BIGINT), 0 {MEMBERS} \
         AND NOT EXISTS (SELECT 1 FROM notice_switches s WHERE s.account_id = r.account_id AND s.kind = $10 AND s.mail = 0)"
    );
    sqlx::query(sqlx::AssertSqlSafe(mails))
        .bind(today.to_string())
        .bind(&kind)
        .bind(&home)
        .bind(&wishes)
        .bind(&name)
        .bind(subject)
        .bind(body)
        .bind(now)
        .bind(crate::mail::USEFUL_MS)
        .bind(notice.kind.code())
        .execute(&mut **transaction)
        .await?;
    push::db::queue_group(transaction, &name, (notice.kind, notice.path), now).await?;
    Ok(reached.rows_affected())
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
            assert_eq!(send(&mut transaction, notice, "https://x.example", today, 5).await.expect("sent"), 2);
            transaction.commit().await.expect("a commit");
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
}
