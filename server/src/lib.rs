//! The process: it puts things together and knows no rule.

#![recursion_limit = "256"]

pub mod bundle;
pub mod commands;
pub mod compression;
mod cross_site;
pub mod indexing;
pub mod keys;
pub mod reminding;
pub mod router;
pub mod sessions;
pub mod tidying;
