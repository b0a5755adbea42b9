//! お知らせ: what a seeker is told on their own page, beside the mail.

pub mod db;
pub mod group;
mod page;
mod settings_page;
mod staff_page;
mod telling;

pub use page::routes;
pub use telling::tell;

use crate::account::AccountId;
use crate::registration::choices;
use crate::text;

/// The longest subject, in characters [own].
pub const SUBJECT_MOST: usize = 80;
/// The longest text, in characters [own].
pub const BODY_MOST: usize = 2000;

choices! {
    /// What a notice is.
    Kind {
        /// おすすめ求人.
        Recommended = "recommended" notices_kind_recommended,
        /// セミナー.
        Seminar = "seminar" notices_kind_seminar,
        /// Something has happened with an application, or an employer asks.
        Application = "application" notices_kind_application,
        /// Everything else.
        General = "general" notices_kind_general,
    }
}

impl Kind {
    /// All kinds, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Recommended, Self::Seminar, Self::Application, Self::General];

    /// What a locked screen shows of a notice of this kind: nothing of its content.
    #[must_use]
    pub const fn push_words(self) -> &'static str {
        match self {
            Self::Recommended => text::notices_push_recommended(),
            Self::Seminar => text::notices_push_seminar(),
            Self::Application => text::notices_push_application(),
            Self::General => text::notices_push_general(),
        }
    }
}

/// A notice to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// For whom.
    pub account: &'a AccountId,
    /// Of what kind.
    pub kind: Kind,
    /// What it is about.
    pub subject: &'a str,
    /// What it says.
    pub body: &'a str,
    /// The page of ours that it leads to.
    pub path: &'a str,
}

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Names it.
    pub id: String,
    /// Of what kind.
    pub kind: Kind,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// The page of ours that it leads to.
    pub path: String,
    /// When it was written, in milliseconds since 1970.
    pub written_at: i64,
    /// Whether it was read.
    pub is_read: bool,
}
