//! `mypage sync`

use super::importing::{ImportOptions, bring_up_to_date, outcome};
use app::postings::feed::client::{Account, Client, Pace};
use app::postings::feed::sync::{SyncJob, sync};
use clap::Args;
use std::error::Error;

/// The password comes from the environment only: flags can be seen by every user of the machine.
const PASSWORD: &str = "MYPAGE_FEED_PASSWORD";

/// Flags of `mypage sync`. The password is read from `MYPAGE_FEED_PASSWORD`.
#[derive(Args)]
pub struct SyncCommand {
    /// Address of the feed, up to what precedes `/auth/getToken`.
    #[arg(long, env = "MYPAGE_FEED_URL")]
    url: String,
    /// The identifier that the Ministry gave.
    #[arg(long, env = "MYPAGE_FEED_ID", hide_env_values = true)]
    id: String,
    /// Load only these data (M101,M200,…); nothing is closed then.
    #[arg(long, value_name = "DATA_ID", value_delimiter = ',')]
    only: Vec<String>,
    /// Wait while the feed is closed (0:00 to 6:00, and from 21:30 on the last day of a month) rather than end.
    #[arg(long)]
    wait: bool,
    #[command(flatten)]
    options: ImportOptions,
}

impl SyncCommand {
    /// Loads the feed, imports it and prints the counts.
    ///
    /// # Errors
    /// If the feed could not be loaded, or not everything could be done that was asked for.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let password = std::env::var(PASSWORD).map_err(|_| format!("{PASSWORD} is not set"))?;
        let database = self.options.open().await?;
        let mut teller = self.options.teller()?;
        let client = Client::new(Account { url: self.url, id: self.id, password }, Pace::default());
        let job = SyncJob {
            data_ids: self.only,
            folder: self.options.data.clone(),
            wait: self.wait,
            force_close: self.options.force_close,
            settings: self.options.settings(),
        };
        let report = sync(&database, client, &job, &mut |event| teller.tell(event)).await;
        let listed = teller.finish();
        let indexed = match &report {
            Ok(_) => bring_up_to_date(&self.options, &database).await,
            Err(_) => Ok(()),
        };
        database.close().await;
        let report = report?;
        println!("{}", report.import.summary());
        listed?;
        indexed?;
        Ok(outcome(&report.complaints())?)
    }
}
