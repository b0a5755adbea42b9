//! The answers of the last searches, kept until the index or the day moves on: people turn pages back, and many look for the same.

use super::query::SearchQuery;
use super::results::Results;
use crate::date::Date;
use crate::postings::Viewer;
use crate::postings::search::index::{IndexError, SearchIndex};
use quick_cache::sync::Cache;
use std::fmt;
use std::sync::Arc;

/// How many answers are kept; one takes about 60 kB.
const KEPT: usize = 500;

/// Answers that were given lately. Cheap to clone.
#[derive(Clone)]
pub struct RecentAnswers(Arc<Cache<Key, Answer>>);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    query: String,
    viewer: Viewer,
}

#[derive(Clone)]
struct Answer {
    /// What the index had come to before it was asked.
    revision: i64,
    results: Arc<Results>,
}

impl Default for RecentAnswers {
    fn default() -> Self {
        Self(Arc::new(Cache::new(KEPT)))
    }
}

impl fmt::Debug for RecentAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecentAnswers({})", self.0.len())
    }
}

impl RecentAnswers {
    /// What [`SearchIndex::search`] would answer, if it was asked lately and nothing has changed since. Takes no time worth naming.
    #[must_use]
    pub fn known(&self, index: &SearchIndex, query: &SearchQuery, viewer: Viewer, today: Date) -> Option<Arc<Results>> {
        let key = Key { query: query.to_url(), viewer };
        let answer = self.0.get(&key).filter(|answer| answer.revision == index.revision() && answer.results.today == today)?;
        Some(answer.results)
    }

    /// What [`SearchIndex::search`] answers, remembered.
    ///
    /// # Errors
    /// If a file of the index cannot be read.
    pub fn search(&self, index: &SearchIndex, query: &SearchQuery, viewer: Viewer, today: Date) -> Result<Arc<Results>, IndexError> {
        let revision = index.revision();
        let results = Arc::new(index.search(query, viewer, today)?);
        self.0.insert(Key { query: query.to_url(), viewer }, Answer { revision, results: results.clone() });
        Ok(results)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_known_until_the_day_moves_on_and_only_to_those_who_may_see_it() {
        let (recent, index) = (RecentAnswers::default(), SearchIndex::empty());
        let query = SearchQuery::from_url("q=a").0;
        let [today, tomorrow] = ["2026-11-26", "2026-11-27"].map(|day| day.parse().expect("a day"));
        let known = |viewer, day| recent.known(&index, &query, viewer, day);
        assert_eq!(known(Viewer::Anyone, today), None);
        let answer = recent.search(&index, &query, Viewer::Anyone, today).expect("the index answers");
        assert_eq!(known(Viewer::Anyone, today), Some(answer));
        assert_eq!(known(Viewer::Anyone, tomorrow), None);
        assert_eq!(known(Viewer::RegisteredSeeker, today), None);
    }
}
