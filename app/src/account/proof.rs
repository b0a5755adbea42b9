//! Somebody shows that they read a mailbox: a code is sent there and brought back to the browser in which it was asked for.

use super::AccountId;
use serde::{Deserialize, Serialize};

/// How long a code is right [own; issue 3: 15 minutes].
pub const CODE_VALID_MS: i64 = 15 * 60_000;
/// How long a procedure may take from its beginning [own].
pub const PROOF_VALID_MS: i64 = 60 * 60_000;
/// How long to wait before the code is sent again [own].
pub const RESEND_AFTER_MS: i64 = 60_000;
/// How often a code is sent in one procedure [own].
pub const MOST_SENDS: i64 = 5;
/// How many different wrong codes a code survives [own].
pub const MOST_TRIES: i64 = 5;

/// What the mailbox is proved for; a proof is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Signing up.
    SignUp,
    /// Signing in, after the right password.
    SignIn,
    /// Signing in, before the password: too many wrong ones came from somewhere.
    CodeFirst,
    /// A new password for a forgotten one.
    Reset,
    /// A new address for an account.
    NewAddress,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 5] = [Self::SignUp, Self::SignIn, Self::CodeFirst, Self::Reset, Self::NewAddress];

    /// The text form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::SignIn => "sign-in",
            Self::CodeFirst => "code-first",
            Self::Reset => "reset",
            Self::NewAddress => "new-address",
        }
    }

    /// The purpose with this text form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// What was said at the beginning of a procedure and counts at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Where to go on afterwards: a path of this site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next: String,
    /// Signing up: `no` or `excepted`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pupil: String,
    /// Signing up: when terms and privacy notice were agreed to.
    #[serde(default)]
    pub agreed_at: i64,
}

/// A procedure that proves a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The hash of its token.
    pub token_hash: String,
    /// What for.
    pub purpose: Purpose,
    /// Whose mailbox.
    pub email: String,
    /// Whose account, where there is one that the code can open.
    pub account: Option<AccountId>,
    /// The browser in which it was begun.
    pub browser_hash: String,
    /// The hash of the newest code; of no code, where none can be right.
    pub code_hash: String,
    /// What was said at the beginning.
    pub detail: Detail,
    /// The newest mail.
    pub mail_id: String,
    /// When it was begun.
    pub created_at: i64,
    /// When the newest code was sent.
    pub sent_at: i64,
    /// How many codes were sent.
    pub sends: i64,
    /// How many different wrong codes were tried on the newest.
    pub tries: i64,
    /// When the mailbox was proved.
    pub proved_at: Option<i64>,
    /// When the procedure was done.
    pub done_at: Option<i64>,
}

impl Proof {
    /// Whether its time is over.
    #[must_use]
    pub const fn is_over(&self, now: i64) -> bool {
        now - self.created_at >= PROOF_VALID_MS
    }

    /// Whether the mailbox is proved and the procedure goes on.
    #[must_use]
    pub const fn is_proved(&self) -> bool {
        self.proved_at.is_some()
    }

    /// Whether the newest code is too old.
    #[must_use]
    pub const fn is_code_expired(&self, now: i64) -> bool {
        now - self.sent_at >= CODE_VALID_MS
    }

    /// How long to wait before the code can be sent again, in milliseconds; 0 if now; `None` if it is sent no more.
    #[must_use]
    pub fn resend_wait(&self, now: i64) -> Option<i64> {
        (self.sends < MOST_SENDS).then(|| (self.sent_at + RESEND_AFTER_MS - now).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent_at(sent_at: i64, sends: i64) -> Proof {
        Proof {
            token_hash: String::new(),
            purpose: Purpose::SignUp,
            email: String::new(),
            account: None,
            browser_hash: String::new(),
            code_hash: String::new(),
            detail: Detail::default(),
            mail_id: String::new(),
            created_at: 0,
            sent_at,
            sends,
            tries: 0,
            proved_at: None,
            done_at: None,
        }
    }

    #[test]
    fn a_code_lasts_a_quarter_of_an_hour_and_the_procedure_an_hour() {
        assert!(!sent_at(0, 1).is_code_expired(15 * 60_000 - 1) && sent_at(0, 1).is_code_expired(15 * 60_000));
        assert!(!sent_at(0, 1).is_over(3_600_000 - 1) && sent_at(0, 1).is_over(3_600_000));
    }

    #[test]
    fn a_code_is_sent_again_after_a_minute_and_five_times_at_most() {
        assert_eq!(sent_at(1000, 1).resend_wait(1000), Some(60_000));
        assert_eq!(sent_at(1000, 1).resend_wait(60_999), Some(1));
        assert_eq!(sent_at(1000, 4).resend_wait(61_000), Some(0));
        assert_eq!(sent_at(1000, 5).resend_wait(61_000), None);
    }

    #[test]
    fn a_purpose_reads_back_from_its_text_form() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_code(purpose.code()), Some(purpose));
        }
        assert_eq!(Purpose::from_code("anything"), None);
    }
}
