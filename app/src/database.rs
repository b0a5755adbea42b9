//! The one way to the database: SQLite or PostgreSQL behind one SQL text (DESIGN.md "Data").

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, Transaction};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(test)]
pub mod testing;

/// Where the data lives unless told otherwise.
pub const DEFAULT_URL: &str = "sqlite://data/mypage.db";

/// Readers of one process beside its writer.
const SQLITE_READERS: u32 = 8;
/// Connections of one process to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;
/// KiB of pages that a reader keeps.
const READER_CACHE: u32 = 32 << 10;
/// KiB of pages that the writer keeps: the index by number of a million postings, which every new posting changes somewhere.
const WRITER_CACHE: u32 = 96 << 10;
/// The same while it imports: then every page of that index stays (measured: 225 s instead of 240 to 249 for the national delivery).
const BULK_CACHE: u32 = 320 << 10;
/// How long a statement waits for another process's writer before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// What every connection to SQLite sets: readers never wait for the writer (WAL), and a commit that was reported is on
/// the disk (`synchronous=FULL`).
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
    PRAGMA temp_store = MEMORY;";

/// The pages of SQLite's write-ahead log after which a commit folds it into the file: 16 MiB.
const CHECKPOINT_PAGES: u32 = 4_000;

/// Which database answers; SQL is the same for both except where a claim or a lock needs its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// One file, one writer, many readers.
    Sqlite,
    /// A server, the way out of one machine.
    Postgres,
}

/// An open database, migrated to this program's schema. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    backend: Backend,
    read: AnyPool,
    write: AnyPool,
}

/// Why the database could not be opened. Texts are for the operator's terminal, never for a client.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names neither SQLite nor PostgreSQL.
    #[error("{0:?} is not a database URL: it begins with sqlite: or postgres:")]
    Scheme(String),
    /// The folder of the SQLite file cannot be made.
    #[error("cannot create the folder {0}: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
    /// The database refused.
    #[error("cannot open the database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("cannot migrate the database: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl Database {
    /// Opens `sqlite://path` (made if missing, with its folder) or `postgres://…` and migrates it.
    ///
    /// # Errors
    /// [`OpenError`], saying what the operator can do something about.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let database = match backend(url)? {
            Backend::Sqlite => Self::open_sqlite(url).await?,
            Backend::Postgres => Self::open_postgres(url).await?,
        };
        sqlx::migrate!().run(&database.write).await?;
        Ok(database)
    }

    async fn open_sqlite(url: &str) -> Result<Self, OpenError> {
        if let Some(folder) = sqlite_file(url).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| OpenError::Folder(folder.to_owned(), error))?;
        }
        let url = format!("{url}{}mode=rwc", if url.contains('?') { '&' } else { '?' });
        let write = sqlite_pool(1, WRITER_CACHE).connect_with(options(&url)?).await?;
        let read = sqlite_pool(SQLITE_READERS, READER_CACHE).connect_with(options(&url)?).await?;
        Ok(Self { backend: Backend::Sqlite, read, write })
    }

    async fn open_postgres(url: &str) -> Result<Self, OpenError> {
        // Two pools: who holds a transaction reads beside it, and would wait for the others who do the same.
        let pool = || AnyPoolOptions::new().max_connections(POSTGRES_CONNECTIONS);
        let (read, write) = (pool().connect_with(options(url)?).await?, pool().connect_with(options(url)?).await?);
        Ok(Self { backend: Backend::Postgres, read, write })
    }

    /// Which database answers.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        self.backend
    }

    /// Connections for statements that only read and may run beside a writer.
    #[must_use]
    pub const fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a transaction
    /// that read first and then wanted to write would be refused without waiting.
    ///
    /// # Errors
    /// If no connection is to be had, or another process held the lock for too long.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.backend {
            Backend::Sqlite => self.write.begin_with("BEGIN IMMEDIATE").await,
            Backend::Postgres => self.write.begin().await,
        }
    }

    /// A connection to the primary for statements that stand alone.
    ///
    /// # Errors
    /// If no connection is to be had.
    pub async fn write(&self) -> Result<PoolConnection<Any>, sqlx::Error> {
        self.write.acquire().await
    }

    /// For long work in many transactions that is begun again if it is interrupted: until [`Database::end_bulk`], SQLite's commits wait
    /// for no disk and fold no log into the file; [`Database::checkpoint`] between them does both. Others wait for a commit, but not for a
    /// checkpoint. A crash of the process loses nothing; with the power goes what was committed since the last checkpoint.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_bulk(&self) -> Result<(), sqlx::Error> {
        self.pragma(&format!("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF; PRAGMA cache_size = -{BULK_CACHE}")).await
    }

    /// Ends what [`Database::begin_bulk`] began: everything is on the disk then, and commits wait for it again.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_bulk(&self) -> Result<(), sqlx::Error> {
        self.checkpoint().await?;
        let usual =
            format!("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA cache_size = -{WRITER_CACHE}");
        self.pragma(&usual).await
    }

    /// In the midst of long work, folds as much of SQLite's write-ahead log into the file as no reader needs any more, and waits for the disk: the log
    /// first, the file then. Commits between checkpoints do not, not even the one that begins the log anew: waiting for its first page, it held the
    /// writer for up to 285 ms (*measured*). PostgreSQL does all that by itself.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn checkpoint(&self) -> Result<(), sqlx::Error> {
        self.pragma("PRAGMA synchronous = NORMAL; PRAGMA wal_checkpoint(PASSIVE); PRAGMA synchronous = OFF").await
    }

    async fn pragma(&self, pragma: &str) -> Result<(), sqlx::Error> {
        if self.backend == Backend::Sqlite {
            self.write.acquire().await?.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(pragma.to_owned()))).await?;
        }
        Ok(())
    }

    /// Closes every connection; SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// The error of a row that holds what this program cannot have written.
pub fn decode(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(cause.into())
}

fn backend(url: &str) -> Result<Backend, OpenError> {
    match url.split(':').next() {
        Some("sqlite") => Ok(Backend::Sqlite),
        Some("postgres" | "postgresql") => Ok(Backend::Postgres),
        _ => Err(OpenError::Scheme(url.to_owned())),
    }
}

fn sqlite_file(url: &str) -> &Path {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    Path::new(path.split('?').next().unwrap_or(path))
}

fn options(url: &str) -> Result<AnyConnectOptions, sqlx::Error> {
    use sqlx::ConnectOptions as _;
    Ok(url.parse::<AnyConnectOptions>()?.disable_statement_logging())
}

/// A pool of connections that each keep `cache` KiB of pages.
fn sqlite_pool(connections: u32, cache: u32) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).after_connect(move |connection: &mut AnyConnection, _| {
        Box::pin(async move {
            let busy = format!(
                "PRAGMA busy_timeout = {}; PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA cache_size = -{cache};",
                BUSY_TIMEOUT.as_millis()
            );
            connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(busy))).await?;
            connection.execute(sqlx::raw_sql(PRAGMAS)).await?;
            connection.ping().await
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fresh_database_is_made_with_its_folder_and_opened_again_as_it_is() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let url = format!("sqlite://{}/new/folder/mypage.db", folder.path().display());
        for _ in 0..2 {
            let database = Database::open(&url).await.expect("the database opens");
            let mode: (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(database.read()).await.expect("a mode");
            assert_eq!(mode.0, "wal");
            let durable: (i64,) = sqlx::query_as("PRAGMA synchronous").fetch_one(database.read()).await.expect("a level");
            assert_eq!(durable.0, 2, "FULL");
            database.close().await;
        }
        assert!(folder.path().join("new/folder/mypage.db").exists());
    }

    #[tokio::test]
    async fn another_kind_of_database_is_refused_by_name() {
        for url in ["mysql://host/db", "data/mypage.db", ""] {
            assert!(matches!(Database::open(url).await, Err(OpenError::Scheme(_))), "{url}");
        }
    }

    #[tokio::test]
    async fn what_is_committed_is_seen_by_readers_and_what_is_rolled_back_is_not() {
        testing::on_each(async |database| {
            let mut begun = database.begin().await.expect("a transaction");
            sqlx::query("UPDATE revisions SET latest = $1").bind(5_i64).execute(&mut *begun).await.expect("an update");
            begun.rollback().await.expect("a rollback");
            let mut begun = database.begin().await.expect("a transaction");
            sqlx::query("UPDATE revisions SET latest = latest + $1").bind(7_i64).execute(&mut *begun).await.expect("an update");
            begun.commit().await.expect("a commit");
            let (latest,): (i64,) = sqlx::query_as("SELECT latest FROM revisions").fetch_one(database.read()).await.expect("a row");
            assert_eq!(latest, 7);
        })
        .await;
    }
}
