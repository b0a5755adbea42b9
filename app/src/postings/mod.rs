//! 求人: what an employer offers. Numbers, facts, search, the sheet; on the server also the feed that brings them and the SQL that keeps them.

pub mod facts;
pub mod number;
#[cfg(feature = "ssr")]
pub mod recently_viewed_page;
pub mod search;
pub mod wage;
pub mod wording;

pub mod sheet;

#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod feed;
#[cfg(feature = "ssr")]
pub mod mask;
#[cfg(feature = "ssr")]
pub mod posting;
#[cfg(feature = "ssr")]
pub mod record;

pub use facts::{EmploymentForm, Flag, Flags, Kind, PublishingScope, WageForm, WorkTime};
pub use number::{EstablishmentNumber, PostingNumber};
pub use wage::{Wage, Yen};

use serde::{Deserialize, Serialize};

/// Who looks at postings: decides which names and contacts are shown and found (DOMAIN.md "Employer side" [O]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Viewer {
    /// Anyone.
    #[default]
    Anyone,
    /// A signed-in registered seeker.
    RegisteredSeeker,
}

impl Viewer {
    /// Whether this viewer may see name and contact of a posting with this scope.
    #[must_use]
    pub const fn sees_name(self, scope: PublishingScope) -> bool {
        match scope {
            PublishingScope::Everyone => true,
            PublishingScope::RegisteredSeekers => matches!(self, Self::RegisteredSeeker),
            PublishingScope::WithoutName | PublishingScope::Unpublished => false,
        }
    }
}
