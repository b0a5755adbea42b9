//! `mypage staff add`: makes staff, by invitation.

use super::accounts::AccountOptions;
use app::clock::Clock;
use app::database::Database;
use app::registration::Email;
use app::text;
use clap::{Args, Subcommand};
use std::error::Error;
use std::path::PathBuf;

/// Flags of `mypage staff`.
#[derive(Args)]
pub struct Staff {
    #[command(subcommand)]
    command: StaffCommand,
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Invite somebody to be staff: prints a link, good once and for a week, which also leaves by mail.
    Add(Add),
}

/// Flags of `mypage staff add`.
#[derive(Args)]
struct Add {
    /// Their mail address.
    #[arg(value_name = "EMAIL", value_parser = |text: &str| text.parse::<Email>().map_err(|_| text::staff_not_an_email()))]
    email: Email,
    /// The database: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "MYPAGE_DATABASE_URL", default_value = app::database::DEFAULT_URL, hide_env_values = true)]
    database_url: String,
    /// Where this service's files live.
    #[arg(long, env = "MYPAGE_DATA", default_value = "data")]
    data: PathBuf,
    #[command(flatten)]
    accounts: AccountOptions,
}

impl Staff {
    /// Does what was asked for.
    ///
    /// # Errors
    /// If there is no key or the database is not to be had.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let StaffCommand::Add(add) = self.command;
        let settings = add.accounts.settings(&add.data)?.ok_or(text::staff_no_key())?;
        let database = Database::open(&add.database_url).await?;
        let invited = app::account::invite(&database, &settings.key, &settings.origin, &add.email, Clock::default().now()).await;
        database.close().await;
        println!("{}", text::staff_invited(&add.email));
        println!("{}", invited?);
        Ok(())
    }
}
