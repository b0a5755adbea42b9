//! Encrypts special-care personal information field by field (DESIGN.md "Money, health and trust"): AES-256-GCM, a random nonce each, tied to
//! the place where it stands, so that a text moved to another row does not open.
//!
//! `MYPAGE_FIELD_KEY` holds one key, or several with commas between: the first seals, all open. So keys are changed: put the new one first,
//! run `mypage reseal`, take the old one out.

use aes_gcm::aead::{Aead, Nonce, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
/// Characters of a key's name, of its hash in hexadecimal.
const NAME_CHARACTERS: usize = 8;

/// The keys of sealed fields, the one that seals first.
#[derive(Clone)]
pub struct FieldKeys(Arc<Vec<Named>>);

struct Named {
    name: String,
    cipher: Aes256Gcm,
}

/// The text is no list of keys of 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key has 64 hexadecimal digits; several stand with commas between")]
pub struct NotKeys;

/// What was sealed cannot be opened: its key is not among ours, or it was changed or moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed field cannot be opened with the keys at hand")]
pub struct CannotOpen;

impl FieldKeys {
    /// Seals a text for this place; opens at the same place only.
    #[must_use]
    pub fn seal(&self, place: &[&str], text: &str) -> String {
        let key = self.0.first().expect("there is no list of keys without a key");
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("a system that serves has random bytes");
        let payload = Payload { msg: text.as_bytes(), aad: &bound_to(place) };
        let sealed = key.cipher.encrypt(&Nonce::<Aes256Gcm>::from(nonce), payload).expect("a text of a form is short enough to seal");
        format!("{}.{}", key.name, BASE64.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open(&self, place: &[&str], sealed: &str) -> Result<String, CannotOpen> {
        let (name, sealed) = sealed.split_once('.').ok_or(CannotOpen)?;
        let key = self.0.iter().find(|key| key.name == name).ok_or(CannotOpen)?;
        let bytes = BASE64.decode(sealed).map_err(|_| CannotOpen)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(CannotOpen)?;
        let payload = Payload { msg: sealed, aad: &bound_to(place) };
        let text = key.cipher.decrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload).map_err(|_| CannotOpen)?;
        String::from_utf8(text).map_err(|_| CannotOpen)
    }

    /// Seals bytes for this place: a file.
    #[must_use]
    pub fn seal_bytes(&self, place: &[&str], bytes: &[u8]) -> Vec<u8> {
        let key = self.0.first().expect("there is no list of keys without a key");
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("a system that serves has random bytes");
        let payload = Payload { msg: bytes, aad: &bound_to(place) };
        let sealed = key.cipher.encrypt(&Nonce::<Aes256Gcm>::from(nonce), payload).expect("a document is short enough to seal");
        [key.name.as_bytes(), b".", nonce.as_slice(), &sealed].concat()
    }

    /// Opens bytes that were sealed for this place.
    ///
    /// # Errors
    /// [`CannotOpen`].
    pub fn open_bytes(&self, place: &[&str], sealed: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (name, sealed) = sealed.split_at_checked(NAME_CHARACTERS + 1).ok_or(CannotOpen)?;
        let key = self.0.iter().find(|key| key.name.as_bytes() == &name[..NAME_CHARACTERS]).ok_or(CannotOpen)?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(CannotOpen)?;
        let payload = Payload { msg: sealed, aad: &bound_to(place) };
        key.cipher.decrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload).map_err(|_| CannotOpen)
    }

    /// Whether the key that seals now sealed these bytes.
    #[must_use]
    pub fn is_newest_of(&self, sealed: &[u8]) -> bool {
        self.0.first().is_some_and(|key| sealed.starts_with(key.name.as_bytes()))
    }

    /// Whether the key that seals now sealed it.
    #[must_use]
    pub fn is_newest(&self, sealed: &str) -> bool {
        let name = sealed.split('.').next();
        self.0.first().is_some_and(|key| Some(key.name.as_str()) == name)
    }
}

/// The parts with their lengths, so that no two places are bound to the same bytes.
fn bound_to(place: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in place {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

impl FromStr for FieldKeys {
    type Err = NotKeys;

    fn from_str(text: &str) -> Result<Self, NotKeys> {
        text.split(',').map(named).collect::<Result<Vec<_>, _>>().map(|keys| Self(Arc::new(keys)))
    }
}

fn named(text: &str) -> Result<Named, NotKeys> {
    let text = text.trim();
    if text.len() != KEY_BYTES * 2 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(NotKeys);
    }
    let mut bytes = [0; KEY_BYTES];
    for (byte, at) in bytes.iter_mut().zip((0..text.len()).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NotKeys)?;
    }
    let cipher = Aes256Gcm::new_from_slice(&bytes).map_err(|_| NotKeys)?;
    let mut name = format!("{:x}", u128::from_be_bytes(Sha256::digest(bytes)[..16].try_into().map_err(|_| NotKeys)?));
    name.truncate(NAME_CHARACTERS);
    Ok(Named { name, cipher })
}

impl fmt::Debug for FieldKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FieldKeys(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(text: &str) -> FieldKeys {
        text.parse().expect("the test writes keys")
    }

    fn one(byte: &str) -> String {
        byte.repeat(32)
    }

    #[test]
    fn a_sealed_text_opens_at_its_place_only() {
        let keys = keys(&one("0a"));
        let sealed = keys.seal(&["account", "draft", "grade"], "2級");
        assert!(!sealed.contains("2級"));
        assert_eq!(keys.open(&["account", "draft", "grade"], &sealed).as_deref(), Ok("2級"));
        for place in
            [["other", "draft", "grade"], ["account", "current", "grade"], ["account", "draft", "kinds"], ["accountdraft", "", "grade"]]
        {
            assert_eq!(keys.open(&place, &sealed), Err(CannotOpen), "{place:?}");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let keys = keys(&one("0a"));
        assert_ne!(keys.seal(&[], "x"), keys.seal(&[], "x"));
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens_until_it_is_taken_out() {
        let sealed = keys(&one("0a")).seal(&["x"], "杖");
        let both = keys(&format!("{}, {}", one("0b"), one("0a")));
        assert_eq!(both.open(&["x"], &sealed).as_deref(), Ok("杖"));
        assert!(!both.is_newest(&sealed));
        let again = both.seal(&["x"], "杖");
        assert!(both.is_newest(&again));
        assert_eq!(keys(&one("0b")).open(&["x"], &again).as_deref(), Ok("杖"));
        assert_eq!(keys(&one("0b")).open(&["x"], &sealed), Err(CannotOpen));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "0a", &one("zz"), &format!("{},", one("0a")), &format!("{}0", one("0a"))] {
            assert_eq!(text.parse::<FieldKeys>().map(|_| ()), Err(NotKeys), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_opens_and_whatever_is_not_does_not(text in any::<String>(), noise in any::<String>()) {
            let keys = keys(&one("0a"));
            prop_assert_eq!(keys.open(&["p"], &keys.seal(&["p"], &text)), Ok(text));
            prop_assert_eq!(keys.open(&["p"], &noise), Err(CannotOpen));
        }
    }
}
