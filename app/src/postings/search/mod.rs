//! Searching postings: criteria and their URL on both sides; analysis and index on the server.

#[cfg(feature = "ssr")]
pub mod analysis;
#[cfg(feature = "ssr")]
pub mod index;
pub mod query;
pub mod results;

pub use query::{Param, SearchQuery, Sort};
pub use results::{Facets, ResultRow, Results};
