//! Random secrets, and the keyed hashes that are kept of them. Nothing that lets anyone in stands in the database as it is.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::Arc;

/// Bytes of a key and of a secret.
const BYTES: usize = 32;

/// A new secret of 256 random bits in lower-case hexadecimal: 64 characters.
#[must_use]
pub fn random() -> String {
    hexadecimal(&random_bytes::<BYTES>())
}

/// A new name of 96 random bits, for what must only be unlike all others.
#[must_use]
pub fn random_id() -> String {
    hexadecimal(&random_bytes::<12>())
}

/// Random digits, each of the ten equally likely.
#[must_use]
pub fn random_digits(how_many: usize) -> String {
    let mut digits = String::with_capacity(how_many);
    while digits.len() < how_many {
        // Above 250 the low digits would be likelier.
        digits.extend(random_bytes::<16>().iter().filter(|byte| **byte < 250).map(|byte| char::from(b'0' + byte % 10)));
    }
    digits.truncate(how_many);
    digits
}

/// Whether a text has the form of [`random`]: what a cookie or a form brings back.
#[must_use]
pub fn is_secret(text: &str) -> bool {
    text.len() == BYTES * 2 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a system that serves has random bytes");
    bytes
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes every write");
        text
    })
}

/// The service's key. Whoever has only the database cannot check guesses against the hashes in it, not even of short codes.
#[derive(Clone)]
pub struct Key(Arc<[u8; BYTES]>);

/// The text is no key of 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAKey;

impl Key {
    /// The keyed hash of `parts` for one purpose, in lower-case hexadecimal. Hashes for different purposes never meet.
    #[must_use]
    pub fn mac(&self, purpose: &str, parts: &[&str]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.0).expect("HMAC takes keys of every length");
        for part in std::iter::once(&purpose).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        hexadecimal(&mac.finalize().into_bytes())
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        if text.len() != BYTES * 2 || !text.is_ascii() {
            return Err(NotAKey);
        }
        let mut bytes = [0; BYTES];
        for (byte, at) in bytes.iter_mut().zip((0..text.len()).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NotAKey)?;
        }
        Ok(Self(Arc::new(bytes)))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a key of 64 hexadecimal digits")
    }
}

impl std::error::Error for NotAKey {}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: char) -> Key {
        digit.to_string().repeat(64).parse().expect("64 digits are a key")
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits_and_shows_itself_to_no_log() {
        for text in ["", "ab", &"g".repeat(64), &"a".repeat(63), &"a".repeat(65), &"あ".repeat(64)] {
            assert_eq!(text.parse::<Key>().err(), Some(NotAKey), "{text}");
        }
        assert_eq!(format!("{:?}", key('a')), "Key(…)");
    }

    #[test]
    fn a_hash_depends_on_the_key_the_purpose_and_where_the_parts_end() {
        let hash = key('a').mac("session", &["ab", "c"]);
        assert_eq!(hash, key('a').mac("session", &["ab", "c"]));
        for other in [key('b').mac("session", &["ab", "c"]), key('a').mac("code", &["ab", "c"]), key('a').mac("session", &["a", "bc"])] {
            assert_ne!(hash, other);
        }
    }

    #[test]
    fn secrets_are_unlike_each_other_and_recognised() {
        assert_ne!(random(), random());
        assert!(is_secret(&random()));
        for text in ["", "abc", &random().to_uppercase(), &random_id()] {
            assert!(!is_secret(text), "{text}");
        }
    }

    #[test]
    fn a_code_has_the_asked_for_number_of_digits() {
        for _ in 0..100 {
            let code = random_digits(8);
            assert!(code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        }
    }
}
