//! `mypage reseal`: after a new key was put first.

use crate::keys::{FIELD_KEY, field_keys};
use app::database::Database;
use app::documents::Store;
use app::sealed_columns::reseal;
use app::text;
use clap::Args;
use std::error::Error;
use std::path::PathBuf;

/// Flags of `mypage reseal`.
#[derive(Args)]
pub struct Reseal {
    /// The database: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "MYPAGE_DATABASE_URL", default_value = "sqlite://data/mypage.db")]
    database_url: String,
    /// Where documents are.
    #[arg(long, env = "MYPAGE_DATA", default_value = "data")]
    data: PathBuf,
    /// The keys, the new one first: `NEW,OLD`.
    #[arg(long, env = "MYPAGE_FIELD_KEY", hide_env_values = true)]
    field_key: Option<String>,
}

impl Reseal {
    /// Seals every field and document anew that an old key sealed.
    ///
    /// # Errors
    /// If there is no key, the database fails, or a field opens with none of the keys.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let keys = field_keys(self.field_key.as_deref(), false, &PathBuf::new())?.ok_or_else(|| format!("{FIELD_KEY} is missing"))?;
        let database = Database::open(&self.database_url).await?;
        let documents = Store::new(self.data.join("documents")).reseal(&keys)?;
        let done = reseal(&database, &keys).await? + documents;
        println!("{}", text::staff_resealed(done));
        database.close().await;
        Ok(())
    }
}
