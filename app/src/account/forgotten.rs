//! A forgotten password: a code from the mailbox, or a recovery code, and a new password. Whoever was signed in anywhere no longer is.

use super::answer::{Answer, Failure, redirect};
use super::db::{self, Claim};
use super::new_password::{PasswordStep, new_password_page};
use super::proof::{Detail, Proof, Purpose};
use super::service::Ask;
use super::sign_in::account_of;
use super::sign_up::read_email;
use super::visit::{Asked, Fields, Visit};
use super::{check_password, code_page, wording};
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::secret;
use crate::sessions;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// The page on which the new password is chosen.
#[must_use]
pub fn password_path(token: &str) -> String {
    format!("/account/forgotten/password?t={token}")
}

/// GET `/account/forgotten`.
pub async fn show(visit: Visit) -> Answer {
    Ok(page(&visit, StatusCode::OK, "", &FieldErrors::default()))
}

/// POST `/account/forgotten`: sends a code; where the address has no account the mail says so, and the page looks the same.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    visit.require_cookies()?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let mut errors = FieldErrors::default();
    let Some(email) = read_email("email", fields.get("email"), &mut errors) else {
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, fields.get("email"), &errors));
    };
    visit.count_procedure().await?;
    if !visit.accounts.may_mail(email.as_str(), &visit.network).await? {
        errors.add("email", Code::TooManyTries);
        return Ok(page(&visit, StatusCode::TOO_MANY_REQUESTS, fields.get("email"), &errors));
    }
    let database = &visit.accounts.state.database;
    let account = db::find_by_email(database, email.as_str()).await?;
    let mut transaction = database.begin().await?;
    if let Claim::Answered(answer) = db::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let ask = Ask {
        purpose: Purpose::Reset,
        email: account.as_ref().map_or(email.as_str(), |account| &account.email),
        account: account.as_ref().map(|account| &account.id),
        is_real: account.is_some(),
        detail: Detail::default(),
        browser_hash: &visit.browser_hash(),
        device: &visit.device,
        form: &form,
    };
    code_page::begin(&visit, transaction, ask).await
}

fn page(visit: &Visit, status: StatusCode, email: &str, errors: &FieldErrors) -> Response {
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
        <h1>{text::account_forgotten_title()}</h1>
        {error_summary(said)}
        <p>{text::account_forgotten_about()}</p>
        {post_form(
            "/account/forgotten",
            view! {
                {hidden("key", &secret::random())}
                {text_field(email, said)}
                <button type="submit" class="button">{text::account_send_code_button()}</button>
            },
        )}
        <ul class="account-links">
            <li><a href="/account/sign-in">{text::account_to_sign_in()}</a></li>
        </ul>
    };
    visit.page(status, &said.title(text::account_forgotten_title()), content)
}

/// GET `/account/forgotten/password`.
pub async fn show_password(visit: Visit, asked: Asked) -> Answer {
    let token = asked.get("t");
    let proof = proved(&visit, token).await?;
    if proof.done_at.is_some() {
        return if visit.user.is_some() { Ok(redirect("/account")) } else { Err(Failure::Over) };
    }
    Ok(new_password_page(&visit, &PasswordStep::reset(token, &proof.email), StatusCode::OK, &FieldErrors::default()))
}

async fn proved(visit: &Visit, token: &str) -> Result<Proof, Failure> {
    let proof = visit.proof(token, &[Purpose::Reset]).await?;
    if proof.is_proved() { Ok(proof) } else { Err(Failure::Over) }
}

/// POST `/account/forgotten/password`: sets the password, signs out everywhere and in here.
pub async fn submit_password(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let proof = proved(&visit, &token).await?;
    let account = account_of(&visit, &proof).await?;
    let password = fields.get("new_password");
    if let Err(code) = check_password(password, &account.email) {
        let mut errors = FieldErrors::default();
        errors.add("new_password", code);
        return Ok(new_password_page(&visit, &PasswordStep::reset(&token, &proof.email), StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let password_hash = visit.accounts.hasher.hash(password).await?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    let next = "/account?said=password-changed";
    if !db::proof_done(&mut transaction, &proof.token_hash, visit.now).await? {
        return visit.signed_in_before(transaction, &proof.token_hash, account.role, next).await;
    }
    db::change_password(&mut transaction, &account.id, &password_hash).await?;
    sessions::db::end_all(&mut transaction, &account.id, None).await?;
    visit.accounts.write_mail(&mut transaction, &account.email, &Letter::PasswordChanged).await?;
    let session = visit.begin_session(&mut transaction, &proof.token_hash, (&account.id, account.role)).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    let mut response = redirect(next);
    visit.sign_in(&mut response, &session, account.role);
    Ok(response)
}
