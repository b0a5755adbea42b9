//! Components that more than one page shows, under their design-system names.

mod connection_notice;
#[cfg(feature = "ssr")]
pub mod form_fields;
#[cfg(feature = "ssr")]
mod plain;
mod whole;

pub use connection_notice::ConnectionNotice;
#[cfg(feature = "ssr")]
pub use plain::PlainShell;
pub use whole::IntoWhole;
