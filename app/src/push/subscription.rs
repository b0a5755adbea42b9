//! How a browser wants to be reached (Push API, `PushSubscription`).

use super::service::Services;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use p256::PublicKey;

/// Bytes of the secret that a browser shares with us (RFC 8291 section 3.2).
const SECRET_BYTES: usize = 16;

/// Where to send to, and for whom to encrypt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The address at the push service.
    pub endpoint: String,
    /// `p256dh`: the browser's key, as it came (base64url).
    pub key: String,
    /// `auth`: the browser's secret, as it came (base64url).
    pub secret: String,
}

/// It names a push service that is not called, or its keys are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no subscription to a known push service")]
pub struct NotASubscription;

impl Subscription {
    /// Checks what a browser gave.
    ///
    /// # Errors
    /// [`NotASubscription`].
    pub fn read(services: &Services, endpoint: &str, key: &str, secret: &str) -> Result<Self, NotASubscription> {
        let read = Self { endpoint: endpoint.to_owned(), key: key.to_owned(), secret: secret.to_owned() };
        services.origin_of(endpoint).ok_or(NotASubscription)?;
        read.keys()?;
        Ok(read)
    }

    /// The browser's key and secret.
    ///
    /// # Errors
    /// [`NotASubscription`] if the key is no point of the curve, or the secret has another length.
    pub(super) fn keys(&self) -> Result<(PublicKey, [u8; SECRET_BYTES]), NotASubscription> {
        let key = BASE64.decode(&self.key).map_err(|_| NotASubscription)?;
        let key = PublicKey::from_sec1_bytes(&key).map_err(|_| NotASubscription)?;
        let secret = BASE64.decode(&self.secret).map_err(|_| NotASubscription)?;
        Ok((key, secret.try_into().map_err(|_| NotASubscription)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDPOINT: &str = "https://fcm.googleapis.com/fcm/send/abc";
    const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    #[test]
    fn what_a_browser_gives_is_checked_before_it_is_kept() {
        let services = Services::default();
        assert!(Subscription::read(&services, ENDPOINT, KEY, SECRET).is_ok());
        let off_the_curve = format!("{}A", &KEY[..KEY.len() - 1]);
        for (endpoint, key, secret) in [
            ("https://evil.example/", KEY, SECRET),
            (ENDPOINT, "", SECRET),
            (ENDPOINT, "BCVx", SECRET),
            (ENDPOINT, off_the_curve.as_str(), SECRET),
            (ENDPOINT, "鍵", SECRET),
            (ENDPOINT, KEY, ""),
            (ENDPOINT, KEY, "BTBZMqHH6r4Tts7J_aSI"),
        ] {
            assert_eq!(Subscription::read(&services, endpoint, key, secret), Err(NotASubscription), "{endpoint} {key} {secret}");
        }
    }
}
