//! `/account/passkeys`: the list, a new one, taking one away.

use super::db::{self, Ceremony, Kept};
use super::{ceremony, public_key, user_handle, webauthn};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::changing::confirm_password;
use crate::account::db::{Claim, answer, claim};
use crate::account::home_page::said_notice;
use crate::account::sign_in::current_password_field;
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::wording;
use crate::date::Date;
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, error_summary, hidden, post_form};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde_json::{Value, json};
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

/// GET `/account/passkeys`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let notice = said_notice(&asked);
    page(&visit, StatusCode::OK, &FieldErrors::default(), notice).await
}

async fn page(visit: &Visit, status: StatusCode, errors: &FieldErrors, notice: Option<AnyView>) -> Answer {
    let account = visit.owner()?.account.clone();
    let kept = db::of_account(&visit.accounts.state.database, &account).await?;
    let said = Said { errors, word: wording::message };
    let list: Vec<_> = kept.iter().map(one).collect();
    let none = kept.is_empty().then(|| view! { <p>{text::passkeys_none()}</p> });
    let content = view! {
        <h1>{text::passkeys_title()}</h1>
        {notice}
        {error_summary(said)}
        <p>{text::passkeys_about()}</p>
        {none}
        <ul class="device-list">{list}</ul>
        <p data-without-passkeys="">{text::passkeys_need_script()}</p>
        <div data-needs-passkeys="" hidden>
            <h2>{text::passkeys_new_title()}</h2>
            {post_form(
                "/account/passkeys",
                view! {
                    {hidden("key", &secret::random())}
                    {current_password_field("current_password", said)}
                    <button type="submit" class="button">{text::passkeys_go_on()}</button>
                },
            )}
        </div>
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
        <script src="/account/passkey.js" defer></script>
    };
    Ok(visit.page(status, &said.title(text::passkeys_title()), content))
}

fn one(kept: &Kept) -> AnyView {
    let name = kept.device.clone();
    let button = text::passkeys_remove(&kept.device);
    view! {
        <li>
            <h2>{name}</h2>
            <p>{text::passkeys_made_on(Date::in_japan(kept.created_at).plain())}</p>
            {post_form(
                "/account/passkeys/remove",
                view! {
                    {hidden("id", &kept.credential_id)}
                    <button type="submit" class="button button-text">{button}</button>
                },
            )}
        </li>
    }
    .into_any()
}

/// POST `/account/passkeys`: the password was asked for; begins the ceremony.
pub async fn ask_to_add(visit: Visit, fields: Fields) -> Answer {
    let account = visit.own_account().await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    if let Err(code) = confirm_password(&visit, &account, fields.get("current_password")).await? {
        let mut errors = FieldErrors::default();
        errors.add("current_password", code);
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &errors, None).await;
    }
    let known = db::of_account(&visit.accounts.state.database, &account.id).await?;
    let exclude = known.iter().map(|kept| kept.passkey.cred_id().clone()).collect();
    let handle = user_handle(visit.accounts.key(), &account.id);
    let (challenge, state) =
        webauthn(&visit.accounts.settings)?.start_passkey_registration(handle, &account.email, &account.email, Some(exclude))?;
    let mut options = public_key(&challenge)?;
    // So that signing in needs no address: the device finds the passkey by itself.
    if let Some(selection) = options.get_mut("authenticatorSelection").and_then(Value::as_object_mut) {
        selection.insert("residentKey".to_owned(), json!("required"));
        selection.insert("requireResidentKey".to_owned(), json!(true));
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let Claim::Answered(answer) = claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let token = visit.derived("passkey-token", &form);
    let begun = Ceremony {
        token_hash: visit.accounts.token_hash(&token),
        account: Some(account.id),
        browser_hash: visit.browser_hash(),
        options: options.to_string(),
        state: serde_json::to_string(&state)?,
        next: String::new(),
        created_at: visit.now,
        done_at: None,
    };
    db::begin(&mut transaction, &begun).await?;
    let path = format!("/account/passkeys/new?t={token}");
    answer(&mut transaction, &form, &path).await?;
    transaction.commit().await?;
    Ok(redirect(&path))
}

/// GET `/account/passkeys/new`.
pub async fn show_add(visit: Visit, asked: Asked) -> Answer {
    let begun = own_ceremony(&visit, asked.get("t")).await?;
    Ok(add_page(&visit, asked.get("t"), &begun, StatusCode::OK, &FieldErrors::default()))
}

async fn own_ceremony(visit: &Visit, token: &str) -> Result<Ceremony, Failure> {
    let user = visit.owner()?;
    let begun = ceremony(visit, token).await?;
    if begun.account.as_ref() == Some(&user.account) { Ok(begun) } else { Err(Failure::Over) }
}

fn add_page(visit: &Visit, token: &str, begun: &Ceremony, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let content = view! {
        <h1>{text::passkeys_new_title()}</h1>
        {error_summary(said)}
        <p>{text::passkeys_new_about()}</p>
        <p data-without-passkeys="">{text::passkeys_need_script()}</p>
        {ceremony_form("/account/passkeys/new", "create", token, &begun.options, text::passkeys_new_button())}
        <ul class="account-links"><li><a href="/account/passkeys">{text::passkeys_back()}</a></li></ul>
        <script src="/account/passkey.js" defer></script>
    };
    visit.page(status, &said.title(text::passkeys_new_title()), content)
}

/// A form whose field the script fills in with the browser's answer.
pub fn ceremony_form(action: &'static str, kind: &'static str, token: &str, options: &str, button: &'static str) -> AnyView {
    view! {
        <form
            method="post"
            action=action
            data-passkey=kind
            data-options=options.to_owned()
            data-failed=text::passkeys_failed()
            data-needs-passkeys=""
            hidden
        >
            {hidden("t", token)}
            {hidden("credential", "")}
            <p class="field-error" role="alert" id="field-credential" tabindex="-1"></p>
            <button type="submit" class="button">{button}</button>
        </form>
    }
    .into_any()
}

/// POST `/account/passkeys/new`: keeps what the browser made.
pub async fn add(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let account = visit.own_account().await?;
    let begun = own_ceremony(&visit, &token).await?;
    let done = "/account/passkeys?said=passkey-made";
    if begun.done_at.is_some() {
        return Ok(redirect(done));
    }
    let state: PasskeyRegistration = serde_json::from_str(&begun.state)?;
    let credential = serde_json::from_str::<RegisterPublicKeyCredential>(fields.get("credential")).ok();
    let passkey = credential.as_ref().and_then(|credential| {
        let made = webauthn(&visit.accounts.settings).ok()?.finish_passkey_registration(credential, &state);
        made.map_err(|error| tracing::info!(%error, "a passkey was not taken")).ok()
    });
    let (Some(credential), Some(passkey)) = (credential, passkey) else { return Ok(refused(&visit, &token, &begun)) };
    let kept =
        Kept { credential_id: credential.id, account: account.id.clone(), device: visit.device.clone(), passkey, created_at: visit.now };
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::done(&mut transaction, &begun.token_hash, visit.now).await? {
        if !db::keep(&mut transaction, &kept).await? {
            return Ok(refused(&visit, &token, &begun));
        }
        visit.accounts.write_mail(&mut transaction, &account.email, &Letter::PasskeyMade).await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(redirect(done))
}

fn refused(visit: &Visit, token: &str, begun: &Ceremony) -> Response {
    let mut errors = FieldErrors::default();
    errors.add("credential", Code::PasskeyRefused);
    add_page(visit, token, begun, StatusCode::UNPROCESSABLE_ENTITY, &errors)
}

/// POST `/account/passkeys/remove`: takes one away. Sent again, nothing more happens.
pub async fn remove(visit: Visit, fields: Fields) -> Answer {
    let account = visit.own_account().await?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::remove(&mut transaction, &account.id, fields.get("id")).await? {
        visit.accounts.write_mail(&mut transaction, &account.email, &Letter::PasskeyRemoved).await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(redirect("/account/passkeys?said=passkey-removed"))
}
