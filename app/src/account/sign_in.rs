//! Signing in and out: address and password, then a code from the mailbox unless the browser is trusted. After too many wrong passwords from
//! somewhere the code is asked for first, so that the owner gets through whatever others try.

use super::answer::{Answer, Failure, redirect, set_cookie};
use super::db::{self, Account, Claim};
use super::proof::{Detail, Proof, Purpose};
use super::service::Ask;
use super::sign_up::read_email;
use super::visit::{Asked, Fields, Visit};
use super::{AccountId, code_page, email_key, limits, passkeys, safe_next, wording};
use crate::form::{Code, FieldErrors};
use crate::secret;
use crate::sessions::{self, TRUST_MS, cookies::Cookie};
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field, tick_box};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use sqlx::{Any, Transaction};

/// The page on which the password is asked for after the code.
#[must_use]
pub fn password_path(token: &str) -> String {
    format!("/account/sign-in/password?t={token}")
}

/// GET `/account/sign-in`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let next = safe_next(asked.get("next"));
    if visit.user.is_some() {
        return Ok(redirect(next));
    }
    let notice = (asked.get("said") == "signed-out").then(text::account_signed_out);
    Ok(page(&visit, StatusCode::OK, ("", next), &FieldErrors::default(), notice))
}

/// POST `/account/sign-in`.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    visit.require_cookies()?;
    let form = visit.form_hash(&fields)?;
    let next = safe_next(fields.get("next"));
    let mut errors = FieldErrors::default();
    let email = read_email("email", fields.get("email"), &mut errors);
    let password = fields.get("password");
    if password.is_empty() {
        errors.add("password", Code::Required);
    }
    let Some(email) = email.filter(|_| errors.is_empty()) else {
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (fields.get("email"), next), &errors, None));
    };
    let email = email.as_str();
    let account = db::find_by_email(&visit.accounts.state.database, email).await?;
    let trusted = trusted_device(&visit, account.as_ref()).await?;
    if trusted.is_none() {
        visit.count_procedure().await?;
    }
    if !password_may_be_tried(&visit, email, trusted.as_deref()).await? {
        return ask_code(&visit, &form, (email, next), account.as_ref(), Purpose::CodeFirst).await;
    }
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let (Some(account), true) = (account, visit.accounts.hasher.is_right(password, hash).await?) else {
        errors.add("password", Code::WrongSignIn);
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (fields.get("email"), next), &errors, None));
    };
    match trusted {
        Some(device) => {
            db::forget(&visit.accounts.state.database, &limits::passwords_of_device(visit.accounts.key(), &device)).await?;
            sign_in_trusted(&visit, &form, &account, next).await
        }
        None => {
            db::forget(&visit.accounts.state.database, &limits::passwords_of_account(visit.accounts.key(), &email_key(email))).await?;
            ask_code(&visit, &form, (email, next), Some(&account), Purpose::SignIn).await
        }
    }
}

/// The hash of the browser's cookie, if it is trusted with this account.
async fn trusted_device(visit: &Visit, account: Option<&Account>) -> Result<Option<String>, Failure> {
    let (Some(token), Some(account)) = (&visit.device_token, account) else { return Ok(None) };
    let hash = visit.accounts.device_hash(token);
    let is_trusted =
        account.role.may_trust_devices() && sessions::db::is_trusted(&visit.accounts.state.database, &hash, &account.id, visit.now).await?;
    Ok(is_trusted.then_some(hash))
}

/// Counts a password, for the trusted browser or for the account and its network.
async fn password_may_be_tried(visit: &Visit, email: &str, trusted: Option<&str>) -> Result<bool, Failure> {
    let (accounts, key) = (&visit.accounts, visit.accounts.key());
    if let Some(device) = trusted {
        return Ok(accounts.passes(&limits::passwords_of_device(key, device)).await?);
    }
    Ok(accounts.passes(&limits::passwords_of_account(key, &email_key(email))).await?
        && accounts.passes(&limits::passwords_of_network(key, &visit.network)).await?)
}

/// Sends a code. Where the address has no account the mail says so, and the page looks the same.
async fn ask_code(visit: &Visit, form: &str, (email, next): (&str, &str), account: Option<&Account>, purpose: Purpose) -> Answer {
    if let Some(answer) = visit.answered_before(form).await? {
        return Ok(redirect(&answer));
    }
    if !visit.accounts.may_mail(email, &visit.network).await? {
        let mut errors = FieldErrors::default();
        errors.add("email", Code::TooManyTries);
        return Ok(page(visit, StatusCode::TOO_MANY_REQUESTS, (email, next), &errors, None));
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let Claim::Answered(answer) = db::claim(&mut transaction, form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let ask = Ask {
        purpose,
        email: account.map_or(email, |account| &account.email),
        account: account.map(|account| &account.id),
        is_real: account.is_some(),
        detail: Detail { next: next.to_owned(), ..Detail::default() },
        browser_hash: &visit.browser_hash(),
        device: &visit.device,
        form,
    };
    code_page::begin(visit, transaction, ask).await
}

async fn sign_in_trusted(visit: &Visit, form: &str, account: &Account, next: &str) -> Answer {
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let Claim::Answered(answer) = db::claim(&mut transaction, form, visit.now).await? {
        return if answer.starts_with("/account/code") {
            Ok(redirect(&answer))
        } else {
            visit.signed_in_before(transaction, form, account.role, safe_next(&answer)).await
        };
    }
    let token = visit.begin_session(&mut transaction, form, (&account.id, account.role)).await?;
    db::answer(&mut transaction, form, next).await?;
    transaction.commit().await?;
    let mut response = redirect(next);
    visit.sign_in(&mut response, &token, account.role);
    Ok(response)
}

/// Ends signing in: the password was right and the mailbox is proved, in either order. Sent again, it signs in to the same session.
pub async fn finish(visit: &Visit, proof: &Proof, wants_trust: bool) -> Answer {
    let transaction = visit.accounts.state.database.begin().await?;
    let account = account_of(visit, proof).await?;
    finish_in(visit, transaction, proof, &account, wants_trust).await
}

/// The account that a proof opens.
pub async fn account_of(visit: &Visit, proof: &Proof) -> Result<Account, Failure> {
    let id: &AccountId = proof.account.as_ref().ok_or(Failure::Over)?;
    db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::Over)
}

/// [`finish`] within a transaction that has done something already.
pub async fn finish_in(
    visit: &Visit,
    mut transaction: Transaction<'static, Any>,
    proof: &Proof,
    account: &Account,
    wants_trust: bool,
) -> Answer {
    let next = safe_next(&proof.detail.next);
    let device = visit.derived("device-token", &proof.token_hash);
    let is_trusted = wants_trust && account.role.may_trust_devices();
    let mut response = if db::proof_done(&mut transaction, &proof.token_hash, visit.now).await? {
        let token = visit.begin_session(&mut transaction, &proof.token_hash, (&account.id, account.role)).await?;
        if is_trusted {
            sessions::db::trust(&mut transaction, &visit.accounts.device_hash(&device), &account.id, visit.now).await?;
        }
        transaction.commit().await?;
        let mut response = redirect(next);
        visit.sign_in(&mut response, &token, account.role);
        response
    } else {
        visit.signed_in_before(transaction, &proof.token_hash, account.role, next).await?
    };
    if is_trusted {
        set_cookie(&mut response, &visit.accounts.settings.cookies().keep(Cookie::Device, &device, TRUST_MS / 1000));
    }
    Ok(response)
}

fn page(visit: &Visit, status: StatusCode, (email, next): (&str, &str), errors: &FieldErrors, notice: Option<&'static str>) -> Response {
    let said = Said { errors, word: wording::message };
    let email = TextField {
        name: "email",
        label: text::account_label_email(),
        kind: Some("email"),
        value: email,
        autocomplete: "username",
        is_required: true,
        ..TextField::default()
    };
    let content = view! {
        <h1>{text::account_sign_in_title()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        {post_form(
            "/account/sign-in",
            view! {
                {hidden("key", &secret::random())}
                {hidden("next", next)}
                {text_field(email, said)}
                {current_password_field("password", said)}
                <button type="submit" class="button">{text::account_sign_in_button()}</button>
            },
        )}
        {passkeys::offer(&visit.accounts.settings, next)}
        <ul class="account-links">
            <li><a href="/account/forgotten">{text::account_to_forgotten()}</a></li>
            <li><a href=sign_up_path(next)>{text::account_to_sign_up()}</a></li>
        </ul>
    };
    visit.page(status, &said.title(text::account_sign_in_title()), content)
}

fn sign_up_path(next: &str) -> String {
    format!("/account/sign-up?next={}", super::answer::percent_encode(next))
}

/// The field for one's password.
pub fn current_password_field(name: &'static str, said: Said<'_>) -> AnyView {
    let field = TextField {
        name,
        label: wording::label(name),
        kind: Some("password"),
        autocomplete: "current-password",
        is_required: true,
        ..TextField::default()
    };
    text_field(field, said)
}

/// GET `/account/sign-in/password`: after the code.
pub async fn show_password(visit: Visit, asked: Asked) -> Answer {
    let proof = proved_first(&visit, asked.get("t")).await?;
    if proof.done_at.is_some() {
        return if visit.user.is_some() { Ok(redirect("/account")) } else { Err(Failure::Over) };
    }
    Ok(password_page(&visit, asked.get("t"), &proof.email, StatusCode::OK, &FieldErrors::default()))
}

async fn proved_first(visit: &Visit, token: &str) -> Result<Proof, Failure> {
    let proof = visit.proof(token, &[Purpose::CodeFirst]).await?;
    if proof.is_proved() { Ok(proof) } else { Err(Failure::Over) }
}

/// POST `/account/sign-in/password`.
pub async fn submit_password(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let proof = proved_first(&visit, &token).await?;
    let account = account_of(&visit, &proof).await?;
    let password = fields.get("password");
    let mut errors = FieldErrors::default();
    if password.is_empty() {
        errors.add("password", Code::Required);
    } else if !visit.accounts.passes(&limits::passwords_of_proof(visit.accounts.key(), &proof.token_hash)).await? {
        errors.add("password", Code::TooManyTries);
    } else if !visit.accounts.hasher.is_right(password, Some(account.password_hash.clone())).await? {
        errors.add("password", Code::WrongPassword);
    }
    if !errors.is_empty() {
        return Ok(password_page(&visit, &token, &proof.email, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    finish(&visit, &proof, fields.get("trust") == "yes").await
}

fn password_page(visit: &Visit, token: &str, email: &str, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let content = view! {
        <h1>{text::account_sign_in_title()}</h1>
        {error_summary(said)}
        {post_form(
            "/account/sign-in/password",
            view! {
                {hidden("t", token)}
                <input type="hidden" name="username" autocomplete="username" value=email.to_owned()/>
                <p>{text::account_for_address(email)}</p>
                {current_password_field("password", said)}
                {tick_box("trust", text::account_trust().into_any(), false, false, said)}
                <button type="submit" class="button">{text::account_sign_in_button()}</button>
            },
        )}
        <ul class="account-links">
            <li><a href="/account/forgotten">{text::account_to_forgotten()}</a></li>
        </ul>
    };
    visit.page(status, &said.title(text::account_sign_in_title()), content)
}

/// POST `/account/sign-out`: ends the session of this browser. Sent again, nothing more happens.
pub async fn sign_out(visit: Visit, _fields: Fields) -> Answer {
    if let Some(token) = &visit.session_token {
        let mut transaction = visit.accounts.state.database.begin().await?;
        sessions::db::end_token(&mut transaction, &visit.accounts.session_hash(token)).await?;
        transaction.commit().await?;
    }
    Ok(signed_out(&visit))
}

/// The answer to whoever has signed out.
pub fn signed_out(visit: &Visit) -> Response {
    let mut response = redirect("/account/sign-in?said=signed-out");
    set_cookie(&mut response, &visit.accounts.settings.cookies().forget(Cookie::Session));
    response
}
