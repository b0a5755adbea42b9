//! The `mypage` binary: one process, a command each. It puts things together and knows no rule.

#![recursion_limit = "256"]

use clap::Parser;
use server::commands;
use std::process::ExitCode;

/// Imports and pages are made of many short-lived texts, which the system's own allocator is slow at. The C libraries use it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let command = commands::Command::parse();
    tracing_subscriber::fmt().with_env_filter(log_filter()).with_writer(std::io::stderr).init();
    match command.run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mypage: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `RUST_LOG` if set; otherwise what an operator wants to read.
fn log_filter() -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into())
}
