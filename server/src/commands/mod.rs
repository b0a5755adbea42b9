//! The commands of `mypage`, a file each.

pub mod accounts;
pub mod demo;
pub mod import;
pub mod importing;
pub mod reseal;
pub mod serve;
pub mod staff;
pub mod sync;

use clap::Parser;
use std::error::Error;

/// 求職者マイページ: serves the site, loads the national posting feed, keeps both in order.
#[derive(Parser)]
#[command(name = "mypage", version)]
pub enum Command {
    /// Serve the site.
    Serve(serve::Serve),
    /// Load postings from feed XML.
    Import(import::Import),
    /// Load all postings from the national feed.
    Sync(sync::SyncCommand),
    /// Load invented postings.
    Demo(demo::Demo),
    /// Make staff.
    Staff(staff::Staff),
    /// Encrypt disability data anew, after the key was changed.
    Reseal(reseal::Reseal),
}

impl Command {
    /// Runs the command to its end.
    ///
    /// # Errors
    /// A message for the operator, in one line.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        match self {
            Self::Serve(serve) => serve.run().await,
            Self::Import(import) => import.run().await,
            Self::Sync(sync) => sync.run().await,
            Self::Demo(demo) => demo.run().await,
            Self::Staff(staff) => staff.run().await,
            Self::Reseal(reseal) => reseal.run().await,
        }
    }
}
