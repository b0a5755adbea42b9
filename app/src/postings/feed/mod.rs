//! The national posting feed: reading its XML, deriving typed facts, applying a delivery, speaking its protocol (FEED.md).

pub mod client;
pub mod derive;
pub mod faults;
pub mod import;
pub mod reader;
pub mod settings;
pub mod sync;
pub mod wraps;

mod answers;
mod conditions;
mod dates;
mod items;
mod numbers;
mod pay;
mod places;
mod source;
mod texts;

pub use derive::{DERIVATION, Derived, derive};
pub use faults::{Fault, FaultReason};
pub use import::reading;
pub use reader::{ReadError, ReadErrorKind, ReadTotals, read_records};
pub use settings::{BarrierFreeTags, FeedSettings};
pub use wraps::join_wraps;
