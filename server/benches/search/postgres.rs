//! PostgreSQL with `pg_trgm`: a table with a GIN index of trigrams over the texts and B-trees over the facts, in a cluster of its own.
//! Words of two characters have no trigrams: it reads every text for them, which is its loss.

use super::Failure;
use super::answer::Answer;
use super::draw::Question;
use super::measure::{GIVES_UP, Peer};
use super::row::{COLUMNS, Row};
use super::sql::{Line, OfTexts, answer, quoted, statement};
use app::postings::search::index::{Doc, Phrase, Plan};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A cluster and a connection to it.
pub struct Postgres {
    connection: PgConnection,
    _cluster: Cluster,
}

/// Rows that are sent together while it is filled.
const SENT_TOGETHER: usize = 500;

impl Peer for Postgres {
    const NAME: &'static str = "PostgreSQL with pg_trgm";

    async fn fill(_folder: &Path, docs: &[&Doc]) -> Result<Self, Failure> {
        let cluster = Cluster::start()?;
        let mut connection =
            PgConnectOptions::new().host("127.0.0.1").port(cluster.port).username("postgres").database("postgres").connect().await?;
        connection.ping().await?;
        let columns: String = COLUMNS.iter().map(|column| format!(", {column} {} NOT NULL", kind(column))).collect();
        run(&mut connection, "CREATE EXTENSION pg_trgm").await?;
        run(&mut connection, &format!("CREATE TABLE postings (id INT NOT NULL, texts TEXT NOT NULL{columns})")).await?;
        let began = Instant::now();
        load(&mut connection, docs).await?;
        println!("  loaded in {:.0} s", began.elapsed().as_secs_f64());
        let began = Instant::now();
        run(&mut connection, "ALTER TABLE postings ADD PRIMARY KEY (id)").await?;
        for column in ["prefecture", "municipality", "form", "kind", "wage_month", "wage_hour", "days_off"] {
            run(&mut connection, &format!("CREATE INDEX ON postings ({column})")).await?;
        }
        run(&mut connection, "CREATE INDEX ON postings USING gin (texts gin_trgm_ops) WITH (fastupdate = off)").await?;
        println!("  indexed in {:.0} s", began.elapsed().as_secs_f64());
        run(&mut connection, "VACUUM (ANALYZE) postings").await?;
        run(&mut connection, &format!("SET statement_timeout = {}", GIVES_UP.as_millis())).await?;
        Ok(Self { connection, _cluster: cluster })
    }

    async fn answer(&mut self, question: &Question) -> Result<Option<(Answer, Duration)>, Failure> {
        let sql = statement(question, texts(&question.plan));
        let began = Instant::now();
        // One round trip, without a statement prepared before it.
        let rows = match self.connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(sql))).await {
            // 57014: cancelled, here because of the time limit.
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("57014") => return Ok(None),
            rows => rows?,
        };
        let time = began.elapsed();
        let lines =
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect::<Result<Vec<Line>, sqlx::Error>>()?;
        Ok(Some((answer(lines), time)))
    }
}

fn kind(column: &str) -> &'static str {
    match column {
        "kind" | "prefecture" | "form" | "days_off" => "SMALLINT",
        "municipality" | "groups" | "wage_month" | "wage_hour" => "INT",
        _ => "BIGINT",
    }
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.map(|_done| ())
}

async fn load(connection: &mut PgConnection, docs: &[&Doc]) -> Result<(), Failure> {
    let mut copy = connection.copy_in_raw("COPY postings FROM STDIN").await?;
    for (chunk, docs) in docs.chunks(SENT_TOGETHER).enumerate() {
        let mut lines = String::new();
        for (at, doc) in docs.iter().enumerate() {
            let row = Row::of(doc);
            // Writing into a String does not fail.
            let _infallible = write!(lines, "{}\t{}", chunk * SENT_TOGETHER + at, row.texts.replace('\\', "\\\\"));
            for number in row.numbers() {
                let _infallible = write!(lines, "\t{number}");
            }
            lines.push('\n');
        }
        copy.send(lines.into_bytes()).await?;
    }
    copy.finish().await?;
    Ok(())
}

fn texts(plan: &Plan) -> OfTexts {
    let like = |phrase: &Phrase| format!("texts LIKE {}", pattern(&phrase.text));
    let all = plan.all.iter().map(|either| format!("({})", either.iter().map(like).collect::<Vec<_>>().join(" OR ")));
    let none = plan.none.iter().map(|phrase| format!("texts NOT LIKE {}", pattern(&phrase.text)));
    OfTexts { from: "postings".to_owned(), conditions: all.chain(none).collect() }
}

fn pattern(text: &str) -> String {
    quoted(&format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
}

/// A cluster of its own. A shell keeps it: when its standard input ends, it stops the server and removes the folder.
struct Cluster {
    port: u16,
    keeper: Child,
}

/// One thread, nothing compiled while it runs, memory for everything; it may forget all if the machine stops. The character type must
/// know that kanji are letters: with `C` there are no trigrams of them.
const KEEPER: &str = r#"
set -e
folder=$(mktemp -d)
cd "$folder"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
trap '"$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C --lc-ctype=C.UTF-8 --no-sync >/dev/null
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $1
unix_socket_directories = '$folder'
jit = off
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
shared_buffers = 2GB
effective_cache_size = 8GB
work_mem = 1GB
maintenance_work_mem = 1GB
random_page_cost = 1.1
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 8GB
autovacuum = off
CONF
"$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" start >/dev/null 2>&1 || { cat "$folder/log" >&2; exit 1; }
echo ready
read -r _ || true
"#;

impl Cluster {
    fn start() -> Result<Self, Failure> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        // PostgreSQL refuses to run as root.
        let is_root = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self")?) == 0;
        let mut command = if is_root { Command::new("runuser") } else { Command::new("sh") };
        if is_root {
            command.args(["-u", "postgres", "--", "sh"]);
        }
        command.args(["-c", KEEPER, "keeper"]).arg(port.to_string()).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = command.spawn()?;
        let mut line = String::new();
        BufReader::new(keeper.stdout.take().ok_or("the cluster's keeper has no output")?).read_line(&mut line)?;
        if line == "ready\n" { Ok(Self { port, keeper }) } else { Err("PostgreSQL does not start (Debian package postgresql)".into()) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("the cluster's keeper did not end: {error}");
        }
    }
}
