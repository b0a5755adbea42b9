//! 応募: a seeker's applications, by every route, and what becomes of them. Rules here and in `content` (what is written) and `ways` (what is open to
//! whom); pages of the seeker, and of the employer where the name says so (`applicants_page`).

pub mod content;

#[cfg(feature = "ssr")]
mod activity_page;
#[cfg(feature = "ssr")]
mod api;
#[cfg(feature = "ssr")]
mod applicants_page;
#[cfg(feature = "ssr")]
mod apply_page;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
mod history_page;
#[cfg(feature = "ssr")]
mod letter;
#[cfg(feature = "ssr")]
mod letter_page;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
mod outcome;
#[cfg(feature = "ssr")]
mod preview_page;
#[cfg(feature = "ssr")]
mod promise;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod seen;
#[cfg(feature = "ssr")]
mod sending;
#[cfg(feature = "ssr")]
mod target;
#[cfg(feature = "ssr")]
pub mod ways;
#[cfg(feature = "ssr")]
pub mod ways_view;
#[cfg(feature = "ssr")]
mod write_page;

#[cfg(feature = "ssr")]
pub(crate) use history_page::{as_of, kept};
#[cfg(feature = "ssr")]
pub use letter::LetterNumber;
#[cfg(feature = "ssr")]
pub use model::{Application, Event, EventKind, Route, State};
#[cfg(feature = "ssr")]
pub(crate) use reading::{of_establishment, own, read_by_party, write_down_read};
#[cfg(feature = "ssr")]
pub use routes::routes;
#[cfg(feature = "ssr")]
pub(crate) use seen::file;
#[cfg(feature = "ssr")]
pub(crate) use sending::{tell_employer, tell_seeker};
#[cfg(feature = "ssr")]
pub use write_page::kept_document;
