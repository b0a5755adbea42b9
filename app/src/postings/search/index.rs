//! Stands in until the index is there.

use super::query::SearchQuery;
use super::results::{Facets, Results};
use crate::date::Date;
use crate::postings::Viewer;

/// An index without postings.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex;

/// Never.
#[derive(Debug)]
pub enum IndexError {}

impl std::fmt::Display for IndexError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl SearchIndex {
    /// No postings.
    #[must_use]
    pub fn empty() -> Self {
        Self
    }

    /// Finds nothing.
    ///
    /// # Errors
    /// None.
    pub fn search(&self, query: &SearchQuery, _viewer: Viewer, today: Date) -> Result<Results, IndexError> {
        let facets = Facets::default();
        Ok(Results { query: query.clone(), total: 0, postings: Vec::new(), facets, relaxations: Vec::new(), bad: Vec::new(), today })
    }
}
