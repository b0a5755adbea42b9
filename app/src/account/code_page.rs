//! `/account/code`: the code from the mailbox, for every procedure that asks for one.

use super::answer::{Answer, Failure, redirect};
use super::db::{self, CodeTry};
use super::proof::{Proof, Purpose};
use super::service::Ask;
use super::visit::{Asked, Fields, Visit};
use super::{changing, db::Claim, forgotten, read_code, sign_in, sign_up, wording};
use crate::form::{Code, FieldErrors};
use crate::mail::{self, Fate};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field, tick_box};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use sqlx::{Any, Transaction};

/// The page of a proof.
#[must_use]
pub fn path(token: &str) -> String {
    format!("/account/code?t={token}")
}

/// Sends a code and answers the form with the page for it. Ends the transaction in which the form was claimed.
///
/// # Errors
/// If the database fails; then the form can be sent again.
pub async fn begin(visit: &Visit, mut transaction: Transaction<'_, Any>, ask: Ask<'_>) -> Answer {
    let form = ask.form;
    let begun = visit.accounts.begin_proof(&mut transaction, ask).await?;
    let answer = path(&begun.token);
    db::answer(&mut transaction, form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}

/// GET: where the code is entered.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let token = asked.get("t");
    let proof = visit.proof(token, &Purpose::ALL).await?;
    if proof.done_at.is_some() {
        return Err(Failure::Over);
    }
    page(&visit, &proof, token, StatusCode::OK, &FieldErrors::default(), false).await
}

/// POST: tries a code and goes on with what it is for.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let proof = visit.proof(&token, &Purpose::ALL).await?;
    let wants_trust = fields.get("trust") == "yes";
    let code = if proof.done_at.is_some() { Ok(()) } else { try_code(&visit, &proof, fields.get("code")).await? };
    if let Err(code) = code {
        let mut errors = FieldErrors::default();
        errors.add("code", code);
        return page(&visit, &proof, &token, StatusCode::UNPROCESSABLE_ENTITY, &errors, wants_trust).await;
    }
    match proof.purpose {
        Purpose::SignUp => Ok(redirect(&sign_up::password_path(&token))),
        Purpose::CodeFirst => Ok(redirect(&sign_in::password_path(&token))),
        Purpose::Reset => Ok(redirect(&forgotten::password_path(&token))),
        Purpose::SignIn => sign_in::finish(&visit, &proof, wants_trust).await,
        Purpose::NewAddress => changing::finish_address(&visit, &proof).await,
    }
}

async fn try_code(visit: &Visit, proof: &Proof, typed: &str) -> Result<Result<(), Code>, Failure> {
    if typed.trim().is_empty() {
        return Ok(Err(Code::Required));
    }
    let Some(code) = read_code(typed) else { return Ok(Err(Code::WrongCode)) };
    let hash = visit.accounts.code_hash(&proof.token_hash, &code);
    Ok(match db::try_code(&visit.accounts.state.database, &proof.token_hash, &hash, visit.now).await? {
        CodeTry::Right => Ok(()),
        CodeTry::Wrong => Err(Code::WrongCode),
        CodeTry::Over if proof.is_code_expired(visit.now) => Err(Code::CodeExpired),
        CodeTry::Over => Err(Code::TooManyTries),
    })
}

/// POST: sends a new code.
pub async fn resend(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let proof = visit.proof(&token, &Purpose::ALL).await?;
    let form = visit.form_hash(&fields)?;
    if visit.answered_before(&form).await?.is_some() {
        return Ok(redirect(&path(&token)));
    }
    let refused = match proof.resend_wait(visit.now) {
        None => Some((Code::TooManyTries, StatusCode::TOO_MANY_REQUESTS)),
        Some(1..) => Some((Code::TooSoon, StatusCode::UNPROCESSABLE_ENTITY)),
        _ if !visit.accounts.may_mail(&proof.email, &visit.network).await? => Some((Code::TooManyTries, StatusCode::TOO_MANY_REQUESTS)),
        _ => None,
    };
    if let Some((code, status)) = refused {
        let mut errors = FieldErrors::default();
        errors.add("resend", code);
        return page(&visit, &proof, &token, status, &errors, false).await;
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::claim(&mut transaction, &form, visit.now).await? == Claim::New
        && visit.accounts.resend(&mut transaction, &proof, &visit.device).await?
    {
        db::answer(&mut transaction, &form, "sent").await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(redirect(&path(&token)))
}

async fn page(visit: &Visit, proof: &Proof, token: &str, status: StatusCode, errors: &FieldErrors, wants_trust: bool) -> Answer {
    let fate = mail::db::fate(&visit.accounts.state.database, &proof.mail_id).await?;
    Ok(view(visit, proof, token, fate, status, errors, wants_trust))
}

fn view(visit: &Visit, proof: &Proof, token: &str, fate: Fate, status: StatusCode, errors: &FieldErrors, wants_trust: bool) -> Response {
    let said = Said { errors, word: wording::message };
    let title = title(proof.purpose);
    let code = TextField {
        name: "code",
        label: text::account_label_code(),
        hint: Some(text::account_code_hint()),
        autocomplete: "one-time-code",
        inputmode: Some("numeric"),
        is_required: true,
        is_short: true,
        ..TextField::default()
    };
    let trust = (proof.purpose == Purpose::SignIn).then(|| tick_box("trust", text::account_trust().into_any(), wants_trust, false, said));
    let first = (proof.purpose == Purpose::CodeFirst).then(|| view! { <p class="notice notice-info">{text::account_code_first()}</p> });
    let content = view! {
        <h1>{title}</h1>
        {error_summary(said)}
        {first}
        {fate_notice(fate)}
        <p>{text::account_code_sent(&proof.email)}</p>
        {post_form(
            "/account/code",
            view! {
                {hidden("t", token)}
                {text_field(code, said)}
                {trust}
                <button type="submit" class="button">{text::account_code_button()}</button>
            },
        )}
        <h2>{text::account_resend_heading()}</h2>
        <p>{text::account_resend_about()}</p>
        {resend_form(visit, proof, token)}
        {other_ways(proof.purpose, token)}
    };
    visit.page(status, &said.title(title), content)
}

const fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::SignUp => text::account_code_title_sign_up(),
        Purpose::SignIn | Purpose::CodeFirst => text::account_code_title_sign_in(),
        Purpose::Reset => text::account_code_title_reset(),
        Purpose::NewAddress => text::account_code_title_new_address(),
    }
}

/// A mail that does not leave is told: whoever waits for it should know that it is not their mailbox.
fn fate_notice(fate: Fate) -> Option<AnyView> {
    let message = match fate {
        Fate::Waiting | Fate::Sent => return None,
        Fate::Delayed => text::account_mail_delayed(),
        Fate::GivenUp => text::account_mail_given_up(),
    };
    Some(view! { <p class="notice notice-warning">{message}</p> }.into_any())
}

fn resend_form(visit: &Visit, proof: &Proof, token: &str) -> AnyView {
    let Some(wait) = proof.resend_wait(visit.now) else {
        return view! { <p>{text::account_resend_no_more()}</p> }.into_any();
    };
    let wait = (wait > 0).then(|| view! { <p id="field-resend" tabindex="-1">{text::account_resend_wait((wait + 999) / 1000)}</p> });
    view! {
        {wait}
        {post_form(
            "/account/code/resend",
            view! {
                {hidden("t", token)}
                {hidden("key", &secret::random())}
                <button type="submit" class="button button-secondary">{text::account_resend_button()}</button>
            },
        )}
    }
    .into_any()
}

fn other_ways(purpose: Purpose, token: &str) -> Option<AnyView> {
    let recovery = matches!(purpose, Purpose::SignIn | Purpose::Reset)
        .then(|| view! { <li><a href=format!("/account/recovery?t={token}")>{text::account_to_recovery()}</a></li> });
    let (again, label) = match purpose {
        Purpose::SignUp => ("/account/sign-up", text::account_code_again_address()),
        Purpose::SignIn | Purpose::CodeFirst => ("/account/sign-in", text::account_code_again()),
        Purpose::Reset => ("/account/forgotten", text::account_code_again_address()),
        Purpose::NewAddress => ("/account/email", text::account_code_again_address()),
    };
    Some(view! { <ul class="account-links">{recovery}<li><a href=again>{label}</a></li></ul> }.into_any())
}
