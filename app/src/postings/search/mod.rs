//! Searching postings: criteria and their URL on both sides; analysis and index on the server.

pub mod query;
pub mod results;

pub use query::{Param, SearchQuery, Sort};
pub use results::{Facets, ResultRow, Results};
