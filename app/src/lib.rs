//! What the browser and the server share: rules, types, pages, server functions, and (feature `ssr`) the SQL behind them.
//! A folder per noun; see ARCHITECTURE.md.

#[cfg(feature = "ssr")]
pub mod account;
pub mod app;
pub mod applications;
#[cfg(feature = "ssr")]
pub mod audit;
pub mod clock;
#[cfg(feature = "ssr")]
pub mod database;
pub mod date;
pub mod documents;
pub mod error;
#[cfg(feature = "ssr")]
pub mod establishments;
pub mod favorites;
pub mod form;
pub mod handover;
pub mod home_page;
#[cfg(feature = "ssr")]
mod http_client;
pub mod industries;
pub mod kept;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod notices;
pub mod occupations;
#[cfg(feature = "ssr")]
pub mod offices;
pub mod offline;
pub mod places;
pub mod postings;
#[cfg(feature = "ssr")]
pub mod push;
#[cfg(feature = "ssr")]
pub mod queue;
#[cfg(feature = "ssr")]
pub mod recommendations;
pub mod registration;
#[cfg(feature = "ssr")]
pub mod reports;
#[cfg(feature = "ssr")]
pub mod requests;
#[cfg(feature = "ssr")]
pub mod saved_searches;
#[cfg(feature = "ssr")]
pub mod sealed_columns;
#[cfg(feature = "ssr")]
pub mod sealing;
#[cfg(feature = "ssr")]
pub mod secret;
#[cfg(feature = "ssr")]
pub mod seminars;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod support;
pub mod ui;

/// Every text of the screens, a function each, generated from `locales/` by `build.rs`.
pub mod text {
    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}
