//! The audit log: what staff and employers did, by ids alone. Nothing of what a seeker wrote stands in it.

mod db;
mod staff_page;

pub use db::{Entry, add, latest};
pub use staff_page::routes;
