//! How often something may be tried. Nobody can lock an owner out: what counts against an account is passed by a trusted browser, whose
//! tries are counted apart, and by a right code from the mailbox, which can be asked for before the password ("code first").
//!
//! What whoever wants to annoy can still do: use up the mails to an address from five networks of their own. A trusted browser and a
//! recovery code do not need mails.

use super::AccountId;
use crate::secret::Key;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// What is counted, of whom, and how much of it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The row of the counter: a keyed hash, so that neither addresses of people nor of machines stand in the table.
    pub bucket: String,
    /// So many within the window pass.
    pub most: i64,
    /// The window in milliseconds; it begins with the first try.
    pub window_ms: i64,
}

fn limit(key: &Key, what: &str, of: &[&str], most: i64, window_ms: i64) -> Limit {
    Limit { bucket: key.mac(&format!("limit:{what}"), of), most, window_ms }
}

/// Passwords for one account from browsers that are not trusted; also for addresses without an account, which must look the same.
#[must_use]
pub fn passwords_of_account(key: &Key, email_key: &str) -> Limit {
    limit(key, "password-account", &[email_key], 10, 15 * MINUTE)
}

/// Passwords from one trusted browser.
#[must_use]
pub fn passwords_of_device(key: &Key, device_hash: &str) -> Limit {
    limit(key, "password-device", &[device_hash], 10, 15 * MINUTE)
}

/// Passwords typed by somebody who is signed in, to confirm a change.
#[must_use]
pub fn passwords_of_session(key: &Key, session: &str) -> Limit {
    limit(key, "password-session", &[session], 10, 15 * MINUTE)
}

/// Passwords after a right code from the mailbox: counted for this procedure alone.
#[must_use]
pub fn passwords_of_proof(key: &Key, proof_hash: &str) -> Limit {
    limit(key, "password-proof", &[proof_hash], 5, 2 * HOUR)
}

/// Passwords from one network, from browsers that are not trusted; above, the code comes first. Thousands of phones of a mobile carrier share one address [own].
#[must_use]
pub fn passwords_of_network(key: &Key, network: &str) -> Limit {
    limit(key, "password-network", &[network], 500, 15 * MINUTE)
}

/// Mails with codes to one address, asked for from one network.
#[must_use]
pub fn mails_from_network(key: &Key, email_key: &str, network: &str) -> Limit {
    limit(key, "mail-network", &[email_key, network], 10, HOUR)
}

/// Mails with codes to one address: nobody's mailbox is flooded.
#[must_use]
pub fn mails_to_address(key: &Key, email_key: &str) -> Limit {
    limit(key, "mail-address", &[email_key], 40, HOUR)
}

/// Procedures begun from one network, by browsers that are not trusted: whole mobile carriers in mind [own].
#[must_use]
pub fn procedures_of_network(key: &Key, network: &str) -> Limit {
    limit(key, "procedure-network", &[network], 3000, HOUR)
}

/// Recovery codes for one account. Sixty bits are not guessed; this only spares the machine. The mailbox is the other way in.
#[must_use]
pub fn recovery_of_account(key: &Key, account: &str) -> Limit {
    limit(key, "recovery-account", &[account], 20, HOUR)
}

/// Messages of one account: a conversation, not a flood [own].
#[must_use]
pub fn messages_of_account(key: &Key, account: &AccountId) -> Limit {
    limit(key, "messages", &[account.as_str()], 60, HOUR)
}

/// Files that one account adds to applications and messages [own].
#[must_use]
pub fn files_of_account(key: &Key, account: &AccountId) -> Limit {
    limit(key, "files", &[account.as_str()], 60, HOUR)
}

/// Reports of one account to staff [own]; the telephone of the help desk has no limit.
#[must_use]
pub fn reports_of_account(key: &Key, account: &AccountId) -> Limit {
    limit(key, "reports", &[account.as_str()], 20, 24 * HOUR)
}

/// The network of a machine's address: all of an IPv4 address, the first half of an IPv6 address, which is what one subscriber has.
#[must_use]
pub fn network(address: std::net::IpAddr) -> String {
    match address.to_canonical() {
        std::net::IpAddr::V4(address) => address.to_string(),
        std::net::IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The counter after one more try at `now`: the window goes on, or a new one begins.
#[must_use]
pub const fn counted(counter: Option<(i64, i64)>, window_ms: i64, now: i64) -> (i64, i64) {
    match counter {
        // A clock that was set back begins a new window too.
        Some((since, count)) if now >= since && now - since < window_ms => (since, count + 1),
        _ => (now, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_with_the_first_try_and_ends_after_its_time() {
        assert_eq!(counted(None, 100, 1000), (1000, 1));
        assert_eq!(counted(Some((1000, 1)), 100, 1099), (1000, 2));
        assert_eq!(counted(Some((1000, 9)), 100, 1100), (1100, 1));
        assert_eq!(counted(Some((1000, 9)), 100, 900), (900, 1), "a clock set back locks nobody out");
    }

    #[test]
    fn an_ipv6_subscriber_is_one_network_and_a_mapped_address_is_the_ipv4_one() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn a_counter_does_not_show_whom_it_counts() {
        let key: Key = "a".repeat(64).parse().expect("a key");
        let limit = passwords_of_account(&key, "hanako@example.jp");
        assert!(!limit.bucket.contains("hanako"));
        assert_ne!(limit.bucket, mails_to_address(&key, "hanako@example.jp").bucket);
    }
}
