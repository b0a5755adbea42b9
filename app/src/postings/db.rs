//! The only SQL about postings.
