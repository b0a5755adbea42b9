//! SQLite with FTS5's trigram tokenizer over the texts, and the facts in a table of their own with B-trees. Words of two characters
//! have no trigrams: it reads every text for them, which is its loss.

use super::Failure;
use super::answer::Answer;
use super::draw::Question;
use super::measure::{GIVES_UP, Peer};
use super::row::{COLUMNS, Row};
use super::sql::{Line, OfTexts, answer, quoted, statement};
use app::postings::search::index::{Doc, Phrase, Plan};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, QueryBuilder, Row as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// A database file and a connection to it.
pub struct Sqlite {
    connection: SqliteConnection,
}

/// Rows that are sent together while it is filled.
const SENT_TOGETHER: usize = 200;
/// Steps of its machine between two looks at the clock.
const STEPS: i32 = 10_000;

impl Peer for Sqlite {
    const NAME: &'static str = "SQLite FTS5 trigram";

    async fn fill(folder: &Path, docs: &[&Doc]) -> Result<Self, Failure> {
        let mut connection = SqliteConnectOptions::new().filename(folder.join("bench.db")).create_if_missing(true).connect().await?;
        let columns: String = COLUMNS.iter().map(|column| format!(", {column} INTEGER NOT NULL")).collect();
        run(
            &mut connection,
            &format!(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA mmap_size = 8000000000; \
                 PRAGMA temp_store = MEMORY; CREATE TABLE postings (id INTEGER PRIMARY KEY{columns}); \
                 CREATE TABLE texts (id INTEGER PRIMARY KEY, texts TEXT NOT NULL); \
                 CREATE VIRTUAL TABLE words USING fts5(texts, content = 'texts', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')"
            ),
        )
        .await?;
        let began = Instant::now();
        load(&mut connection, docs).await?;
        println!("  loaded in {:.0} s", began.elapsed().as_secs_f64());
        let began = Instant::now();
        for column in ["prefecture", "municipality", "form", "kind", "wage_month", "wage_hour", "days_off"] {
            run(&mut connection, &format!("CREATE INDEX postings_{column} ON postings ({column})")).await?;
        }
        run(&mut connection, "INSERT INTO words (words) VALUES ('rebuild'); INSERT INTO words (words) VALUES ('optimize'); ANALYZE")
            .await?;
        println!("  indexed in {:.0} s", began.elapsed().as_secs_f64());
        Ok(Self { connection })
    }

    async fn answer(&mut self, question: &Question) -> Result<Option<(Answer, Duration)>, Failure> {
        let sql = statement(question, texts(&question.plan));
        let began = Instant::now();
        self.connection.lock_handle().await?.set_progress_handler(STEPS, move || began.elapsed() < GIVES_UP);
        let rows = match self.connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await {
            // SQLITE_INTERRUPT, here because of the time limit.
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("9") => return Ok(None),
            rows => rows?,
        };
        let time = began.elapsed();
        let lines =
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect::<Result<Vec<Line>, sqlx::Error>>()?;
        Ok(Some((answer(lines), time)))
    }
}

async fn run(connection: &mut SqliteConnection, sql: &str) -> Result<(), sqlx::Error> {
    connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.map(|_done| ())
}

async fn load(connection: &mut SqliteConnection, docs: &[&Doc]) -> Result<(), Failure> {
    run(connection, "BEGIN").await?;
    for (chunk, docs) in docs.chunks(SENT_TOGETHER).enumerate() {
        let rows: Vec<(i64, Row<'_>)> = (i64::try_from(chunk * SENT_TOGETHER)?..).zip(docs.iter().map(|doc| Row::of(doc))).collect();
        let mut facts = QueryBuilder::new("INSERT INTO postings ");
        facts.push_values(&rows, |mut values, (id, row)| {
            values.push_bind(*id);
            row.numbers().into_iter().for_each(|number| {
                values.push_bind(number);
            });
        });
        facts.build().execute(&mut *connection).await?;
        let mut texts = QueryBuilder::new("INSERT INTO texts ");
        texts.push_values(&rows, |mut values, (id, row)| {
            values.push_bind(*id).push_bind(row.texts.as_str());
        });
        texts.build().execute(&mut *connection).await?;
    }
    run(connection, "COMMIT").await?;
    Ok(())
}

/// Whether the phrase has a trigram.
fn is_indexed(phrase: &Phrase) -> bool {
    phrase.text.chars().nth(2).is_some()
}

fn texts(plan: &Plan) -> OfTexts {
    let (indexed, read): (Vec<_>, Vec<_>) = plan.all.iter().partition(|either| either.iter().all(is_indexed));
    let (not_indexed, not_read): (Vec<&Phrase>, Vec<&Phrase>) = plan.none.iter().partition(|phrase| is_indexed(phrase));
    let mut conditions: Vec<String> = Vec::new();
    let mut from = "postings".to_owned();
    let none = if not_indexed.is_empty() { String::new() } else { any_of(not_indexed) };
    if !indexed.is_empty() {
        let all = indexed.into_iter().map(|either| any_of(either.iter())).collect::<Vec<_>>().join(" AND ");
        let expression = if none.is_empty() { all } else { format!("({all}) NOT {none}") };
        from = "words JOIN postings ON postings.id = words.rowid".to_owned();
        conditions.push(format!("words MATCH {}", quoted(&expression)));
    } else if !none.is_empty() {
        conditions.push(format!("postings.id NOT IN (SELECT rowid FROM words WHERE words MATCH {})", quoted(&none)));
    }
    let stands =
        |phrase: &Phrase| format!("instr((SELECT texts.texts FROM texts WHERE texts.id = postings.id), {}) > 0", quoted(&phrase.text));
    conditions.extend(read.into_iter().map(|either| format!("({})", either.iter().map(stands).collect::<Vec<_>>().join(" OR "))));
    conditions.extend(not_read.into_iter().map(|phrase| format!("NOT {}", stands(phrase))));
    OfTexts { from, conditions }
}

fn any_of<'a>(phrases: impl IntoIterator<Item = &'a Phrase>) -> String {
    let words: Vec<String> = phrases.into_iter().map(|phrase| format!("\"{}\"", phrase.text.replace('"', "\"\""))).collect();
    format!("({})", words.join(" OR "))
}
