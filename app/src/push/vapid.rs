//! Says to push services who we are (RFC 8292, "VAPID"): a token signed with our key, which browsers tie their subscriptions to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use std::fmt;
use std::str::FromStr;

/// How long a token is good for, in seconds; services take at most a day (RFC 8292 section 2).
const VALID_SECONDS: i64 = 12 * 3600;

/// Our key.
#[derive(Clone)]
pub struct VapidKey(SigningKey);

/// The text is no key of 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key of web push has 64 hexadecimal digits")]
pub struct NotAVapidKey;

impl VapidKey {
    /// What browsers subscribe with: the public key in base64url.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// The `Authorization` of a request to the service at `origin`, at `now` in milliseconds since 1970. `contact` is where its keepers find us.
    #[must_use]
    pub fn authorization(&self, origin: &str, contact: &str, now: i64) -> String {
        let head = BASE64.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = serde_json::json!({ "aud": origin, "exp": now / 1000 + VALID_SECONDS, "sub": contact });
        let signed = format!("{head}.{}", BASE64.encode(claims.to_string()));
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.to_bytes()), self.public())
    }
}

impl FromStr for VapidKey {
    type Err = NotAVapidKey;

    fn from_str(text: &str) -> Result<Self, NotAVapidKey> {
        let text = text.trim();
        if text.len() != 64 || !text.is_ascii() {
            return Err(NotAVapidKey);
        }
        let bytes: Result<Vec<u8>, _> = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16)).collect();
        let key = SigningKey::from_slice(&bytes.map_err(|_| NotAVapidKey)?).map_err(|_| NotAVapidKey)?;
        Ok(Self(key))
    }
}

impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VapidKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_token_is_made_out_to_one_service_for_half_a_day_and_signed_by_the_key_that_browsers_know() {
        let key: VapidKey = "0a".repeat(32).parse().expect("a key");
        let header = key.authorization("https://push.example", "https://mypage.example", 1_000_000);
        let (token, public) = header.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("both parts");
        assert_eq!(public, key.public());
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let bytes = |text: &str| BASE64.decode(text).expect("base64url");
        let verifier = VerifyingKey::from_sec1_bytes(&bytes(public)).expect("a point");
        let signature = Signature::from_slice(&bytes(signature)).expect("64 bytes");
        assert!(verifier.verify(signed.as_bytes(), &signature).is_ok());
        let claims: serde_json::Value = serde_json::from_slice(&bytes(signed.split('.').nth(1).expect("claims"))).expect("JSON");
        assert_eq!(claims, serde_json::json!({ "aud": "https://push.example", "exp": 1_000 + 43_200, "sub": "https://mypage.example" }));
    }

    #[test]
    fn what_is_no_key_is_refused_and_none_is_shown_to_a_log() {
        for text in ["", "0a", &"zz".repeat(32), &"00".repeat(32), &"ff".repeat(32), &"鍵".repeat(32)] {
            assert!(text.parse::<VapidKey>().is_err(), "{text}");
        }
        assert_eq!(format!("{:?}", "0a".repeat(32).parse::<VapidKey>().expect("a key")), "VapidKey(…)");
    }
}
