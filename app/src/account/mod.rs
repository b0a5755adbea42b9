//! マイページのアカウント: signing up, signing in, and what one does with one's account. Rules and types here; a folder or file per
//! procedure with its pages; all SQL in `db/`. Everything is a plain form: nothing of it is in the program that phones load.

pub mod access;
pub(crate) mod answer;
mod changing;
mod closing;
mod code;
mod code_page;
pub mod db;
pub mod demo;
mod devices;
mod documents;
mod forgotten;
mod hashing;
mod home_page;
mod invitation;
pub mod limits;
mod needs_connection_page;
mod new_password;
mod passkeys;
mod password;
mod password_words;
mod proof;
mod recovery;
mod routes;
mod service;
mod sign_in;
mod sign_out_page;
mod sign_up;
pub(crate) mod visit;
mod wording;

pub use access::{CurrentUser, Refused};
pub use answer::failed;
pub use code::{CODE_DIGITS, read_code, read_recovery_code};
pub use documents::{PRIVACY_VERSION, TERMS_VERSION};
pub use hashing::{HashError, Hasher};
pub use invitation::invite;
pub use password::check_password;
pub use proof::{MOST_TRIES, Proof};
pub use routes::{closed_routes, kept_documents, routes};
pub use service::{Accounts, Settings};

use std::fmt;
use std::str::FromStr;

/// Which account. Random, without meaning, never reused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(String);

impl AccountId {
    /// The account with this name.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 求職者.
    Seeker,
    /// 求人者.
    Employer,
    /// ハローワーク職員.
    Staff,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Seeker, Self::Employer, Self::Staff];

    /// The text form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Seeker => "seeker",
            Self::Employer => "employer",
            Self::Staff => "staff",
        }
    }

    /// What the screen calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Seeker => crate::text::account_role_seeker(),
            Self::Employer => crate::text::account_role_employer(),
            Self::Staff => crate::text::account_role_staff(),
        }
    }

    /// Whether a browser may be trusted to sign in without a code from the mailbox. Staff sees others' data, often on shared desks [own].
    #[must_use]
    pub const fn may_trust_devices(self) -> bool {
        !matches!(self, Self::Staff)
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARole;

impl FromStr for Role {
    type Err = NotARole;

    fn from_str(text: &str) -> Result<Self, NotARole> {
        Self::ALL.into_iter().find(|role| role.code() == text).ok_or(NotARole)
    }
}

impl fmt::Display for NotARole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a role: seeker, employer or staff")
    }
}

impl std::error::Error for NotARole {}

/// An address as accounts are found by it: one mailbox, one account, however it was written.
#[must_use]
pub fn email_key(email: &str) -> String {
    email.to_lowercase()
}

/// A path of this site from a form or an address: where to go on after signing in. Anything that could lead elsewhere leads to `/account`.
#[must_use]
pub fn safe_next(next: &str) -> &str {
    let is_own = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 2000
        && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && !next.starts_with("/account/sign");
    if is_own { next } else { "/account" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_reads_back_from_its_text_form() {
        for role in Role::ALL {
            assert_eq!(role.code().parse(), Ok(role));
        }
        assert_eq!("admin".parse::<Role>(), Err(NotARole));
    }

    #[test]
    fn after_signing_in_one_stays_on_this_site() {
        for next in ["/favorites", "/postings?q=%E7%9C%8B%E8%AD%B7&pref=13"] {
            assert_eq!(safe_next(next), next);
        }
        for next in [
            "",
            "favorites",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/account/sign-out",
            "/求人",
        ] {
            assert_eq!(safe_next(next), "/account", "{next:?}");
        }
    }
}
