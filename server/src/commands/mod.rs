//! The commands of `mypage`, a file each.

pub mod demo;
pub mod serve;

use clap::Parser;
use std::error::Error;

/// 求職者マイページ: serves the site, loads the national posting feed, keeps both in order.
#[derive(Parser)]
#[command(name = "mypage", version)]
pub enum Command {
    /// Serve the site.
    Serve(serve::Serve),
    /// Load invented postings.
    Demo(demo::Demo),
}

impl Command {
    /// Runs the command to its end.
    ///
    /// # Errors
    /// A message for the operator, in one line.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        match self {
            Self::Serve(serve) => serve.run().await,
            Self::Demo(demo) => demo.run().await,
        }
    }
}
