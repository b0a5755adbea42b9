//! The national posting feed: reading its XML, deriving typed facts, applying a delivery, speaking its protocol (FEED.md).

pub mod wraps;
