//! Signing in with a passkey: no address, no password, no code.

use super::db::{self, Ceremony, Kept};
use super::page::ceremony_form;
use super::{ceremony, has_name, public_key, user_handle, webauthn};
use crate::account::Settings;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db::{Account, Claim, answer, claim, find};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{safe_next, wording};
use crate::form::{Code, FieldErrors};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, error_summary, hidden, post_form};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

/// What the page for signing in offers beside the password, where the browser can.
pub fn offer(settings: &Settings, next: &str) -> Option<AnyView> {
    has_name(settings).then(|| offered(next))
}

fn offered(next: &str) -> AnyView {
    view! {
        <div data-needs-passkeys="" hidden>
            {post_form(
                "/account/sign-in/passkey",
                view! {
                    {hidden("key", &secret::random())}
                    {hidden("next", next)}
                    <button type="submit" class="button button-secondary">{text::passkeys_sign_in()}</button>
                },
            )}
        </div>
        <script src="/account/passkey.js" defer></script>
    }
    .into_any()
}

/// POST `/account/sign-in/passkey`: begins the ceremony.
pub async fn ask_to_sign_in(visit: Visit, fields: Fields) -> Answer {
    visit.require_cookies()?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    visit.count_procedure().await?;
    let (challenge, state) = webauthn(&visit.accounts.settings)?.start_discoverable_authentication()?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let Claim::Answered(answer) = claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let token = visit.derived("passkey-token", &form);
    let begun = Ceremony {
        token_hash: visit.accounts.token_hash(&token),
        account: None,
        browser_hash: visit.browser_hash(),
        options: public_key(&challenge)?.to_string(),
        state: serde_json::to_string(&state)?,
        next: safe_next(fields.get("next")).to_owned(),
        created_at: visit.now,
        done_at: None,
    };
    db::begin(&mut transaction, &begun).await?;
    let path = format!("/account/sign-in/passkey?t={token}");
    answer(&mut transaction, &form, &path).await?;
    transaction.commit().await?;
    Ok(redirect(&path))
}

/// GET `/account/sign-in/passkey`.
pub async fn show_sign_in(visit: Visit, asked: Asked) -> Answer {
    let begun = open(&visit, asked.get("t")).await?;
    if begun.done_at.is_some() {
        return if visit.user.is_some() { Ok(redirect(safe_next(&begun.next))) } else { Err(Failure::Over) };
    }
    Ok(page(&visit, asked.get("t"), &begun, StatusCode::OK, &FieldErrors::default()))
}

async fn open(visit: &Visit, token: &str) -> Result<Ceremony, Failure> {
    let begun = ceremony(visit, token).await?;
    if begun.account.is_none() { Ok(begun) } else { Err(Failure::Over) }
}

fn page(visit: &Visit, token: &str, begun: &Ceremony, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let content = view! {
        <h1>{text::passkeys_sign_in()}</h1>
        {error_summary(said)}
        <p>{text::passkeys_sign_in_about()}</p>
        <p data-without-passkeys="">{text::passkeys_need_script()}</p>
        {ceremony_form("/account/sign-in/passkey/finish", "get", token, &begun.options, text::passkeys_sign_in_button())}
        <ul class="account-links"><li><a href="/account/sign-in">{text::passkeys_other_way()}</a></li></ul>
        <script src="/account/passkey.js" defer></script>
    };
    visit.page(status, &said.title(text::passkeys_sign_in()), content)
}

/// POST `/account/sign-in/passkey/finish`. Sent again, it signs in to the same session.
pub async fn finish_sign_in(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let begun = open(&visit, &token).await?;
    let Some((account, kept)) = recognised(&visit, &begun, fields.get("credential")).await? else {
        let mut errors = FieldErrors::default();
        errors.add("credential", Code::PasskeyRefused);
        return Ok(page(&visit, &token, &begun, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    };
    let next = safe_next(&begun.next);
    let mut transaction = visit.accounts.state.database.begin().await?;
    if !db::done(&mut transaction, &begun.token_hash, visit.now).await? {
        return visit.signed_in_before(transaction, &begun.token_hash, account.role, next).await;
    }
    db::used(&mut transaction, &kept, visit.now).await?;
    let session = visit.begin_session(&mut transaction, &begun.token_hash, (&account.id, account.role)).await?;
    transaction.commit().await?;
    let mut response = redirect(next);
    visit.sign_in(&mut response, &session, account.role);
    Ok(response)
}

/// Whose passkey answered, if it is one of ours and answered this ceremony.
async fn recognised(visit: &Visit, begun: &Ceremony, credential: &str) -> Result<Option<(Account, Kept)>, Failure> {
    let database = &visit.accounts.state.database;
    let Ok(credential) = serde_json::from_str::<PublicKeyCredential>(credential) else { return Ok(None) };
    let Some(mut kept) = db::find(database.read(), &credential.id).await? else { return Ok(None) };
    let webauthn = webauthn(&visit.accounts.settings)?;
    let handle = user_handle(visit.accounts.key(), &kept.account);
    if !webauthn.identify_discoverable_authentication(&credential).is_ok_and(|(told, _)| told == handle) {
        return Ok(None);
    }
    let state: DiscoverableAuthentication = serde_json::from_str(&begun.state)?;
    match webauthn.finish_discoverable_authentication_v2(&credential, state, &kept.passkey) {
        Ok(result) => {
            kept.passkey.update_credential(&result);
            Ok(find(database, &kept.account).await?.map(|account| (account, kept)))
        }
        Err(error) => {
            tracing::info!(%error, "a passkey was refused");
            Ok(None)
        }
    }
}
