//! Who is signed in: a random token in a cookie, kept as a hash, for a while.

pub mod cookies;
pub mod db;
mod device;

pub use device::device_name;

use crate::account::{AccountId, Role};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How exactly the last use of a session is known: writing it down on every request would make every read a write.
pub const SEEN_EVERY_MS: i64 = 5 * 60_000;
/// How long a browser is trusted to sign in without a code from the mailbox (issue 3).
pub const TRUST_MS: i64 = 30 * DAY;

/// How long a session lasts [own]: a phone is one person's, a desk in an office is shared.
#[must_use]
pub const fn lifetime(role: Role) -> Lifetime {
    match role {
        Role::Seeker => Lifetime { idle_ms: 14 * DAY, longest_ms: 90 * DAY },
        Role::Employer => Lifetime { idle_ms: 12 * HOUR, longest_ms: 7 * DAY },
        Role::Staff => Lifetime { idle_ms: HOUR, longest_ms: 12 * HOUR },
    }
}

/// When a session ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Without any use, in milliseconds.
    pub idle_ms: i64,
    /// At the latest after signing in, in milliseconds.
    pub longest_ms: i64,
}

/// One browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// How the list of devices names it; lets nobody in.
    pub id: String,
    /// Whose it is.
    pub account: AccountId,
    /// What the browser calls itself, in plain words.
    pub device: String,
    /// When they signed in, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was last used, five minutes more or less.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
}

impl Session {
    /// Whether it still lets in.
    #[must_use]
    pub const fn is_alive(&self, role: Role, now: i64) -> bool {
        now < self.expires_at && now - self.seen_at < lifetime(role).idle_ms
    }

    /// Whether its last use is to be written down again.
    #[must_use]
    pub const fn is_to_be_touched(&self, now: i64) -> bool {
        now - self.seen_at >= SEEN_EVERY_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(seen_at: i64, expires_at: i64) -> Session {
        Session { id: "s".into(), account: AccountId::new("a"), device: "PC".into(), created_at: 0, seen_at, expires_at }
    }

    #[test]
    fn a_session_ends_when_it_is_not_used_and_at_the_latest_after_its_time() {
        let used = session(10 * DAY, 90 * DAY);
        assert!(used.is_alive(Role::Seeker, 24 * DAY - 1) && !used.is_alive(Role::Seeker, 24 * DAY));
        assert!(session(90 * DAY - 1, 90 * DAY).is_alive(Role::Seeker, 90 * DAY - 1));
        assert!(!session(90 * DAY - 1, 90 * DAY).is_alive(Role::Seeker, 90 * DAY));
    }

    #[test]
    fn staff_is_signed_out_sooner_than_a_seeker() {
        let used = session(0, 12 * HOUR);
        assert!(used.is_alive(Role::Staff, HOUR - 1) && !used.is_alive(Role::Staff, HOUR));
        assert!(used.is_alive(Role::Seeker, HOUR));
    }

    #[test]
    fn the_last_use_is_written_down_every_five_minutes() {
        assert!(!session(0, DAY).is_to_be_touched(SEEN_EVERY_MS - 1));
        assert!(session(0, DAY).is_to_be_touched(SEEN_EVERY_MS));
    }
}
