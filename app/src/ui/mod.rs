//! Components that more than one page shows, under their design-system names.

mod built;
mod connection_notice;
mod dormant;
#[cfg(feature = "ssr")]
pub mod form_fields;
#[cfg(feature = "ssr")]
mod plain;
mod served;
mod text_area;
mod whole;

pub use built::{Built, IntoBuilt};
pub use connection_notice::ConnectionNotice;
pub use dormant::{Dormant, dormant};
#[cfg(feature = "ssr")]
pub use plain::PlainShell;
pub use served::{Served, served};
#[cfg(feature = "ssr")]
pub use text_area::plain_text_area;
pub use text_area::text_area;
pub use whole::IntoWhole;
