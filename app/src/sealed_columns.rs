//! Every column whose texts are sealed, and sealing them anew after a new key was put first (`mypage reseal`). A column that is added is added here.

use crate::database::{Database, decode};
use crate::sealing::FieldKeys;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// Rows that are sealed anew in one transaction.
const TOGETHER: i64 = 200;

/// A part of the place that a text is bound to.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// A word.
    Word(&'static str),
    /// The how manieth column of the key.
    Key(usize),
}

use Part::{Key, Word};

/// A column.
#[derive(Clone, Copy, Debug)]
struct Column {
    table: &'static str,
    name: &'static str,
    /// What names a row, each as text.
    key: &'static [&'static str],
    /// The place that its texts are bound to.
    place: &'static [Part],
}

const fn column(table: &'static str, name: &'static str, key: &'static [&'static str], place: &'static [Part]) -> Column {
    Column { table, name, key, place }
}

/// All of them. What waits for its owner for two days only (`registration_parked`) is not worth it.
const COLUMNS: &[Column] = &[
    column("registration_sealed", "sealed", &["account_id", "state", "section", "field"], &[Key(0), Key(1), Key(2), Key(3)]),
    column("application_texts", "sealed", &["application_id", "field"], &[Word("application"), Key(0), Key(1)]),
    column("application_events", "sealed_words", &["application_id", "CAST(place AS TEXT)"], &[Word("application-event"), Key(0)]),
    column(
        "application_drafts",
        "sealed_motivation",
        &["account_id", "posting_number"],
        &[Word("application-draft"), Key(0), Key(1), Word("motivation")],
    ),
    column(
        "application_drafts",
        "sealed_remarks",
        &["account_id", "posting_number"],
        &[Word("application-draft"), Key(0), Key(1), Word("remarks")],
    ),
    column(
        "application_drafts",
        "sealed_stated",
        &["account_id", "posting_number"],
        &[Word("application-draft"), Key(0), Key(1), Word("stated")],
    ),
    column("documents", "sealed_name", &["id"], &[Word("document"), Key(0)]),
    column("messages", "sealed_body", &["application_id", "id"], &[Word("message"), Key(0), Key(1)]),
    column("recommendations", "sealed_comment", &["id"], &[Word("recommendation"), Key(0), Word("comment")]),
    column("recommendations", "sealed_reason", &["id"], &[Word("recommendation"), Key(0), Word("reason")]),
    column("direct_requests", "sealed_words", &["id"], &[Word("request"), Key(0)]),
    column("reports", "sealed_words", &["id"], &[Word("report"), Key(0), Word("words")]),
    column("reports", "sealed_answer", &["id"], &[Word("report"), Key(0), Word("answer")]),
];

/// Seals everything with the first key that another one sealed; gives how many texts. Run again, it goes on.
///
/// # Errors
/// If the database fails, or a text does not open with any key: then nothing of its batch was changed.
pub async fn reseal(database: &Database, keys: &FieldKeys) -> Result<u64, sqlx::Error> {
    let mut done = 0;
    for column in COLUMNS {
        let mut after = vec![String::new(); column.key.len()];
        loop {
            let mut transaction = database.begin().await?;
            let rows = column.rows_after(&mut transaction, &after).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                after = (0..column.key.len()).map(|at| row.try_get(at)).collect::<Result<_, _>>()?;
                done += u64::from(column.reseal(&mut transaction, keys, &after, row.try_get(column.key.len())?).await?);
            }
            transaction.commit().await?;
        }
    }
    Ok(done)
}

impl Column {
    async fn rows_after(self, transaction: &mut Transaction<'_, Any>, after: &[String]) -> Result<Vec<AnyRow>, sqlx::Error> {
        let key = self.key.join(", ");
        let places: Vec<String> = (1..=self.key.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT {key}, {} FROM {} WHERE ({key}) > ({}) AND {} <> '' ORDER BY {key} LIMIT {TOGETHER}",
            self.name,
            self.table,
            places.join(", "),
            self.name
        );
        let mut query = sqlx::query::<Any>(AssertSqlSafe(sql));
        for part in after {
            query = query.bind(part.clone());
        }
        query.fetch_all(&mut **transaction).await
    }

    async fn reseal(
        self,
        transaction: &mut Transaction<'_, Any>,
        keys: &FieldKeys,
        row: &[String],
        sealed: String,
    ) -> Result<bool, sqlx::Error> {
        if keys.is_newest(&sealed) {
            return Ok(false);
        }
        let place: Vec<&str> = self
            .place
            .iter()
            .map(|part| match part {
                Word(word) => *word,
                Key(at) => row[*at].as_str(),
            })
            .collect();
        let again = keys.seal(&place, &keys.open(&place, &sealed).map_err(decode)?);
        let conditions: Vec<String> = self.key.iter().zip(3..).map(|(column, at)| format!("{column} = ${at}")).collect();
        // Not what was saved anew meanwhile.
        let sql = format!("UPDATE {} SET {} = $1 WHERE {} = $2 AND {}", self.table, self.name, self.name, conditions.join(" AND "));
        let mut query = sqlx::query::<Any>(AssertSqlSafe(sql)).bind(again).bind(sealed);
        for part in row {
            query = query.bind(part.clone());
        }
        query.execute(&mut **transaction).await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::db::testing::some_account;
    use crate::applications::content::Input;
    use crate::applications::db as applications;
    use crate::database::testing::on_each;
    use crate::reports;

    fn keys(bytes: &str) -> FieldKeys {
        let keys: Vec<String> = bytes.split(',').map(|byte| byte.repeat(32)).collect();
        keys.join(",").parse().expect("keys")
    }

    /// Columns of the schema whose name says that they are sealed.
    fn columns_of_the_schema() -> Vec<(String, String)> {
        // When it runs, not when it was compiled: another copy of the source may share what was built.
        let migrations = std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where it is") + "/migrations";
        let mut found = Vec::new();
        for entry in std::fs::read_dir(migrations).expect("migrations") {
            let text = std::fs::read_to_string(entry.expect("a file").path()).expect("a migration");
            let mut table = String::new();
            for line in text.lines().map(str::trim) {
                if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                    table = rest.split(' ').next().unwrap_or_default().to_owned();
                }
                let name = line.split(' ').next().unwrap_or_default();
                if name == "sealed" || name.starts_with("sealed_") {
                    found.push((table.clone(), name.to_owned()));
                }
                if let Some((altered, column)) = line.strip_prefix("ALTER TABLE ").and_then(|rest| rest.split_once(" ADD COLUMN sealed_")) {
                    found.push((altered.to_owned(), format!("sealed_{}", column.split(' ').next().unwrap_or_default())));
                }
            }
        }
        found
    }

    #[test]
    fn every_sealed_column_of_the_schema_is_known() {
        let known: Vec<(String, String)> = COLUMNS.iter().map(|column| (column.table.to_owned(), column.name.to_owned())).collect();
        let unknown: Vec<_> = columns_of_the_schema()
            .into_iter()
            .filter(|(table, _)| table != "registration_parked")
            .filter(|column| !known.contains(column))
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(known.len() > 10);
    }

    #[tokio::test]
    async fn what_an_old_key_sealed_opens_with_the_new_one_alone_afterwards() {
        on_each(async |database| {
            let seeker = some_account(&database, "a@example.jp").await;
            let number = "13010-1".parse().expect("a number");
            let input = Input { motivation: "近い".into(), ..Input::default() };
            let mut transaction = database.begin().await.expect("a transaction");
            applications::save_draft(&mut transaction, &keys("0a"), (&seeker, &number), (&input, None), 1).await.expect("saved");
            reports::db::add(&mut transaction, &keys("0a"), &seeker, (reports::Kind::Posting, "13010-1", "ちがう"), 1)
                .await
                .expect("added");
            transaction.commit().await.expect("a commit");
            assert_eq!(reseal(&database, &keys("0b,0a")).await.expect("all open"), 4, "three of the draft, one of the report");
            assert_eq!(reseal(&database, &keys("0b,0a")).await.expect("all open"), 0, "once");
            let draft = applications::draft(&database, &keys("0b"), &seeker, &number).await.expect("it opens").expect("there");
            assert_eq!(draft.input.motivation, "近い");
            assert_eq!(reports::db::all(&database, &keys("0b")).await.expect("it opens")[0].words, "ちがう");
            assert!(reseal(&database, &keys("0c")).await.is_err(), "nothing is lost with a wrong key");
        })
        .await;
    }
}
