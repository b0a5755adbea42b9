//! Components that more than one page shows, under their design-system names.

mod built;
mod connection_notice;
mod text_area;
mod whole;

pub use built::{Built, IntoBuilt};
pub use connection_notice::ConnectionNotice;
pub use text_area::text_area;
pub use whole::IntoWhole;
