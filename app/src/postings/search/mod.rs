//! Searching postings: criteria and their URL on both sides; the page; analysis and index on the server.

#[cfg(feature = "ssr")]
pub mod analysis;
#[cfg(feature = "ssr")]
pub mod api;
pub mod chips;
mod fields;
pub mod found;
#[cfg(feature = "ssr")]
pub mod index;
pub mod pagination;
mod pickers;
pub mod query;
#[cfg(feature = "ssr")]
pub mod recent;
pub mod result_card;
pub mod result_list;
pub mod results;
mod search_form;
pub mod search_page;

pub use found::Found;
pub use query::{Param, SearchQuery, Sort};
pub use results::{Facets, ResultRow, Results};
pub use search_page::{SearchPage, submit_search};
