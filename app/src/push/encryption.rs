//! Encrypts for one browser (RFC 8291: message encryption for web push, over RFC 8188: `aes128gcm`).

use super::subscription::{NotASubscription, Subscription};
use aes_gcm::aead::{Aead, Nonce};
use aes_gcm::{Aes128Gcm, KeyInit};
use hkdf::Hkdf;
use p256::elliptic_curve::Generate;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

const SALT_BYTES: usize = 16;
/// A push is one record; every service takes one of this size (RFC 8030 section 7.2).
const RECORD_SIZE: u32 = 4096;
/// Texts are filled up to a multiple of this, so that their length does not tell what they are.
const FILLED_TO: usize = 256;
/// Behind the text of the last record (RFC 8188 section 2).
const END: u8 = 2;

/// The body of a push: header, and the text as this browser alone can read it.
///
/// # Errors
/// [`NotASubscription`] if its keys are none.
pub fn encrypt(text: &str, to: &Subscription) -> Result<Vec<u8>, NotASubscription> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).expect("a system that serves has random bytes");
    encrypt_with(&filled(text.as_bytes()), to, &SecretKey::generate(), salt)
}

fn filled(text: &[u8]) -> Vec<u8> {
    let mut record = [text, &[END]].concat();
    record.resize(record.len().next_multiple_of(FILLED_TO), 0);
    record
}

/// `record` has its end mark already.
fn encrypt_with(record: &[u8], to: &Subscription, own: &SecretKey, salt: [u8; SALT_BYTES]) -> Result<Vec<u8>, NotASubscription> {
    let (theirs, secret) = to.keys()?;
    let (theirs_bytes, own_bytes) = (uncompressed(&theirs), uncompressed(&own.public_key()));
    let shared = own.diffie_hellman(&theirs);
    let info = [b"WebPush: info\0".as_slice(), &theirs_bytes, &own_bytes].concat();
    let key_material: [u8; 32] = expand(&shared.extract::<Sha256>(Some(&secret)), &info);
    let derived = Hkdf::<Sha256>::new(Some(&salt), &key_material);
    let key: [u8; 16] = expand(&derived, b"Content-Encoding: aes128gcm\0");
    let nonce: [u8; 12] = expand(&derived, b"Content-Encoding: nonce\0");
    let cipher = Aes128Gcm::new(&key.into());
    let sealed = cipher.encrypt(&Nonce::<Aes128Gcm>::from(nonce), record).expect("a push is short enough to seal");
    let length = u8::try_from(own_bytes.len()).expect("a point has 65 bytes");
    Ok([salt.as_slice(), &RECORD_SIZE.to_be_bytes(), &[length], &own_bytes, &sealed].concat())
}

fn uncompressed(key: &PublicKey) -> Vec<u8> {
    key.to_sec1_point(false).as_bytes().to_vec()
}

fn expand<const N: usize>(from: &Hkdf<Sha256>, info: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    from.expand(info, &mut bytes).expect("a key is shorter than HKDF can give");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

    #[test]
    fn the_example_of_rfc_8291_comes_out_byte_for_byte() {
        let to = Subscription {
            endpoint: String::new(),
            key: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".to_owned(),
            secret: "BTBZMqHH6r4Tts7J_aSIgg".to_owned(),
        };
        let bytes = |text: &str| BASE64.decode(text).expect("base64url");
        let own = SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).expect("a key");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let record = [b"When I grow up, I want to be a watermelon".as_slice(), &[END]].concat();
        let body = encrypt_with(&record, &to, &own, salt).expect("the keys are keys");
        assert_eq!(
            BASE64.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn texts_of_different_lengths_look_alike() {
        assert_eq!(filled("短い".as_bytes()).len(), filled("もう少し長いお知らせ".as_bytes()).len());
        assert_eq!(filled(&[b'a'; 300]).len(), 512);
    }
}
