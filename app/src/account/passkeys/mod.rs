//! Passkeys: the phone's own lock instead of password and code. The browser's part needs a script (`passkey.js`, a file of its own, not
//! the program); without it, everything else of accounts works. Checked by the library `webauthn-rs`; user verification is required, so
//! that a passkey is two factors by itself.

mod db;
mod page;
mod sign_in;

#[cfg(test)]
mod tests;

pub use page::{add, ask_to_add, remove, show, show_add};
pub use sign_in::{ask_to_sign_in, finish_sign_in, offer, show_sign_in};

use super::AccountId;
use super::answer::Failure;
use super::service::Settings;
use super::visit::Visit;
use crate::error::AppError;
use crate::secret::Key;
use axum::http::header;
use axum::response::IntoResponse;
use db::Ceremony;
use serde_json::Value;
use webauthn_rs::prelude::{Url, Uuid, WebauthnError};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// How long a ceremony may take [own].
pub const CEREMONY_MS: i64 = 10 * 60_000;

impl From<WebauthnError> for Failure {
    fn from(error: WebauthnError) -> Self {
        AppError::internal(error);
        Self::Internal
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        AppError::internal(error);
        Self::Internal
    }
}

/// Whether the site can have passkeys: they belong to a name, not to an address of a machine.
pub fn has_name(settings: &Settings) -> bool {
    settings.origin.parse::<Url>().is_ok_and(|origin| origin.domain().is_some())
}

/// The library, for the site's own origin.
///
/// # Errors
/// [`Failure::NotFound`] if the site has no name.
fn webauthn(settings: &Settings) -> Result<Webauthn, Failure> {
    let origin: Url = settings.origin.parse().map_err(|_| Failure::NotFound)?;
    let name = origin.domain().ok_or(Failure::NotFound)?;
    // A service that only shows itself may stand on any port.
    Ok(WebauthnBuilder::new(name, &origin)?.rp_name(crate::text::ui_service_name()).allow_any_port(settings.is_demo).build()?)
}

/// How authenticators know an account: it tells nothing, and stays the same.
fn user_handle(key: &Key, account: &AccountId) -> Uuid {
    let hash = key.mac("passkey-user", &[account.as_str()]);
    Uuid::from_u128(u128::from_str_radix(&hash[..32], 16).unwrap_or_default())
}

/// A ceremony of this browser that is not over.
async fn ceremony(visit: &Visit, token: &str) -> Result<Ceremony, Failure> {
    let found = db::find_ceremony(&visit.accounts.state.database, &visit.accounts.token_hash(token)).await?;
    let is_mine = |ceremony: &Ceremony| ceremony.browser_hash == visit.browser_hash() && visit.now - ceremony.created_at < CEREMONY_MS;
    found.filter(is_mine).ok_or(Failure::Over)
}

/// The inside of `publicKey` of a question to the browser.
fn public_key(options: &impl serde::Serialize) -> Result<Value, Failure> {
    Ok(serde_json::to_value(options)?.get_mut("publicKey").map(Value::take).unwrap_or_default())
}

/// GET `/account/passkey.js`.
pub async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], include_str!("passkey.js"))
}
