//! Databases for tests: every test of SQL runs on SQLite and on PostgreSQL.

use super::Database;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test on an empty SQLite database and on an empty PostgreSQL database.
pub async fn on_each(test: impl AsyncFn(Database)) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let sqlite = Database::open(&format!("sqlite://{}/test.db", folder.path().display())).await.expect("SQLite opens");
    test(sqlite).await;
    let postgres = Database::open(&empty_postgres().await).await.expect("PostgreSQL opens");
    test(postgres).await;
}

/// The URL of an empty database on this process's scratch cluster.
pub async fn empty_postgres() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let cluster = cluster();
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let mut admin = sqlx::AnyConnection::connect(&cluster.url("postgres")).await.expect("the scratch cluster answers");
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database of its own");
    cluster.url(&name)
}

/// A PostgreSQL cluster of this test process. A shell keeps it: it waits for its standard input to end, which happens when this
/// process ends in whatever way, then stops the server and removes its folder.
struct Cluster {
    port: u16,
    _keeper: Child,
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }
}

const KEEPER: &str = r#"
set -e
folder=$(mktemp -d)
cd "$folder"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
trap '"$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >/dev/null
"$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-p $1 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder \
    -c fsync=off -c max_connections=400 -c shared_buffers=32MB" start >/dev/null 2>&1 || { cat "$folder/log" >&2; exit 1; }
echo ready
read -r _ || true
"#;

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        start_cluster().or_else(start_cluster).expect("PostgreSQL starts (Debian package postgresql; `make test` installs it)")
    })
}

/// `None` if the server did not start, for instance because another program took the port meanwhile.
fn start_cluster() -> Option<Cluster> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|taken| taken.local_addr()).expect("a free port").port();
    // PostgreSQL refuses to run as root.
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut command = if is_root { Command::new("runuser") } else { Command::new("sh") };
    if is_root {
        command.args(["-u", "postgres", "--", "sh"]);
    }
    command.args(["-c", KEEPER, "keeper"]).arg(port.to_string());
    let mut keeper = command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut line = String::new();
    BufReader::new(keeper.stdout.take()?).read_line(&mut line).ok()?;
    (line == "ready\n").then_some(Cluster { port, _keeper: keeper })
}
