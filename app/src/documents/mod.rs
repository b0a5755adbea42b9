//! 書類: files that somebody adds to an application or a message. Checked by their content, never by their name; kept encrypted beside the database,
//! and handed out as downloads alone (DESIGN.md "Money, health and trust").

mod kind;

#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod upload;

pub use kind::{Kind, recognise, safe_name};
#[cfg(feature = "ssr")]
pub(crate) use page::may_add;
#[cfg(feature = "ssr")]
pub use page::routes;
#[cfg(feature = "ssr")]
pub use store::Store;
#[cfg(feature = "ssr")]
pub use upload::{File, Upload};

/// The most bytes of a file [own]: a scan of a certificate, a photo of a phone.
pub const MOST_BYTES: usize = 5 << 20;
/// The same in megabytes, for sentences.
pub const MOST_MEGABYTES: usize = MOST_BYTES >> 20;
/// The most files of an application, or of a message [own].
pub const MOST: usize = 3;
