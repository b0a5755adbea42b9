//! Components that more than one page shows, under their design-system names.

mod connection_notice;
mod whole;

pub use connection_notice::ConnectionNotice;
pub use whole::IntoWhole;
