//! Recovery codes: made with the password, shown once, each good once in place of the code from the mailbox. A lost mailbox locks nobody out.

use super::answer::{Answer, Failure, redirect};
use super::code::{RECOVERY_CODES, grouped_recovery_code, recovery_code};
use super::db::{self, Claim};
use super::proof::{Proof, Purpose};
use super::visit::{Asked, Fields, Visit};
use super::{changing, forgotten, limits, read_recovery_code, sign_in, wording};
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

const PURPOSES: [Purpose; 2] = [Purpose::SignIn, Purpose::Reset];

/// GET `/account/recovery`: where a recovery code is entered.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let proof = visit.proof(asked.get("t"), &PURPOSES).await?;
    if proof.done_at.is_some() {
        return Err(Failure::Over);
    }
    Ok(page(&visit, asked.get("t"), StatusCode::OK, &FieldErrors::default()))
}

/// POST `/account/recovery`. It looks the same whether the address has an account or not.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let proof = visit.proof(&token, &PURPOSES).await?;
    let form = visit.form_hash(&fields)?;
    let mut errors = FieldErrors::default();
    if fields.get("recovery_code").trim().is_empty() {
        errors.add("recovery_code", Code::Required);
        return Ok(page(&visit, &token, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let counted = proof.account.as_ref().map_or(proof.email.as_str(), |account| account.as_str());
    if !visit.accounts.passes(&limits::recovery_of_account(visit.accounts.key(), counted)).await? {
        errors.add("recovery_code", Code::TooManyTries);
        return Ok(page(&visit, &token, StatusCode::TOO_MANY_REQUESTS, &errors));
    }
    if let (Some(code), Some(_)) = (read_recovery_code(fields.get("recovery_code")), &proof.account)
        && let Some(response) = spend(&visit, &proof, &form, &token, &code).await?
    {
        return Ok(response);
    }
    errors.add("recovery_code", Code::WrongCode);
    Ok(page(&visit, &token, StatusCode::UNPROCESSABLE_ENTITY, &errors))
}

/// Spends a code and goes on; `None` if it is none. A twin of the same form goes on without a second code.
async fn spend(visit: &Visit, proof: &Proof, form: &str, token: &str, code: &str) -> Result<Option<Response>, Failure> {
    let account = sign_in::account_of(visit, proof).await?;
    let database = &visit.accounts.state.database;
    let mut transaction = database.begin().await?;
    if db::claim(&mut transaction, form, visit.now).await? == Claim::New {
        let hash = visit.accounts.recovery_hash(&account.id, code);
        if !db::spend_recovery_code(&mut transaction, &account.id, &hash, visit.now).await? {
            return Ok(None);
        }
        db::answer(&mut transaction, form, "spent").await?;
        let left = db::recovery_codes_left(&mut *transaction, &account.id).await?;
        visit.accounts.write_mail(&mut transaction, &account.email, &Letter::RecoveryCodeUsed(left)).await?;
    }
    let response = if proof.purpose == Purpose::Reset {
        db::prove(&mut transaction, &proof.token_hash, visit.now).await?;
        transaction.commit().await?;
        redirect(&forgotten::password_path(token))
    } else {
        sign_in::finish_in(visit, transaction, proof, &account, false).await?
    };
    visit.accounts.ring();
    Ok(Some(response))
}

fn page(visit: &Visit, token: &str, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let field = TextField {
        name: "recovery_code",
        label: text::account_label_recovery_code(),
        hint: Some(text::account_recovery_hint()),
        autocomplete: "off",
        is_required: true,
        is_short: true,
        ..TextField::default()
    };
    let content = view! {
        <h1>{text::account_recovery_title()}</h1>
        {error_summary(said)}
        <p>{text::account_recovery_about()}</p>
        {post_form(
            "/account/recovery",
            view! {
                {hidden("t", token)}
                {hidden("key", &secret::random())}
                {text_field(field, said)}
                <button type="submit" class="button">{text::account_code_button()}</button>
            },
        )}
        <p>{text::account_recovery_none()}</p>
        <ul class="account-links">
            <li><a href=super::code_page::path(token)>{text::account_back_to_code()}</a></li>
        </ul>
    };
    visit.page(status, &said.title(text::account_recovery_title()), content)
}

/// GET `/account/recovery-codes`: how many there are, and a form that makes new ones.
pub async fn show_codes(visit: Visit) -> Answer {
    let left = left(&visit).await?;
    Ok(codes_page(&visit, left, StatusCode::OK, &FieldErrors::default()))
}

async fn left(visit: &Visit) -> Result<i64, Failure> {
    let account = visit.owner()?.account.clone();
    Ok(db::recovery_codes_left(visit.accounts.state.database.read(), &account).await?)
}

/// POST `/account/recovery-codes`: makes new ones and shows them. The same form sent again shows the same codes.
pub async fn make_codes(visit: Visit, fields: Fields) -> Answer {
    let account = visit.own_account().await?;
    let form = visit.form_hash(&fields)?;
    if let Err(code) = changing::confirm_password(&visit, &account, fields.get("current_password")).await? {
        let mut errors = FieldErrors::default();
        errors.add("current_password", code);
        let left = left(&visit).await?;
        return Ok(codes_page(&visit, left, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let codes: Vec<String> =
        (0..RECOVERY_CODES).map(|at| recovery_code(&visit.accounts.key().mac("recovery-code", &[&form, &at.to_string()]))).collect();
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::claim(&mut transaction, &form, visit.now).await? == Claim::New {
        let hashes: Vec<String> = codes.iter().map(|code| visit.accounts.recovery_hash(&account.id, code)).collect();
        db::replace_recovery_codes(&mut transaction, &account.id, &hashes).await?;
        visit.accounts.write_mail(&mut transaction, &account.email, &Letter::RecoveryCodesMade).await?;
        db::answer(&mut transaction, &form, "made").await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(made_page(&visit, &codes))
}

fn codes_page(visit: &Visit, left: i64, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let content = view! {
        <h1>{text::account_codes_title()}</h1>
        {error_summary(said)}
        <p>{text::account_codes_about()}</p>
        <p>{text::account_codes_left(left)}</p>
        <p>{text::account_codes_replaced()}</p>
        {post_form(
            "/account/recovery-codes",
            view! {
                {hidden("key", &secret::random())}
                {sign_in::current_password_field("current_password", said)}
                <button type="submit" class="button">{text::account_codes_button()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    visit.page(status, &said.title(text::account_codes_title()), content)
}

fn made_page(visit: &Visit, codes: &[String]) -> Response {
    let list: Vec<_> = codes.iter().map(|code| view! { <li><code>{grouped_recovery_code(code)}</code></li> }).collect();
    let content = view! {
        <h1>{text::account_codes_made_title()}</h1>
        <p class="notice notice-warning">{text::account_codes_made_about()}</p>
        <ul class="recovery-codes">{list}</ul>
        <p><a class="button" href="/account">{text::account_codes_kept()}</a></p>
    };
    visit.page(StatusCode::OK, text::account_codes_made_title(), content)
}
