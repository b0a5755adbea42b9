//! `mypage import PATH…`

use super::importing::{ImportOptions, outcome};
use app::clock::Clock;
use app::postings::feed::import::{ImportJob, import, sources};
use clap::Args;
use std::error::Error;
use std::path::PathBuf;

/// Flags of `mypage import`.
#[derive(Args)]
pub struct Import {
    /// Feed XML: files, folders of .xml files, or - for the standard input. Together they are one delivery.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The delivery holds every posting there is: close those that it lacks.
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    options: ImportOptions,
}

impl Import {
    /// Imports the delivery and prints the counts.
    ///
    /// # Errors
    /// If a file could not be read or not everything could be done that was asked for; what could be done was done.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let database = self.options.open().await?;
        let mut teller = self.options.teller()?;
        let job = ImportJob {
            sources: sources(&self.paths)?,
            complete: self.complete,
            force_close: self.options.force_close,
            settings: self.options.settings(),
            spool_folder: self.options.data.clone(),
            clock: Clock::default(),
        };
        let report = import(&database, &job, &mut |event| teller.tell(event)).await;
        database.close().await;
        let listed = teller.finish();
        let report = report?;
        println!("{}", report.summary());
        listed?;
        Ok(outcome(&report.complaints())?)
    }
}
