//! `mypage import PATH…`

use super::importing::{ImportOptions, import_and_index};
use app::postings::feed::import::sources;
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
        import_and_index(&self.options, sources(&self.paths)?, self.complete).await
    }
}
