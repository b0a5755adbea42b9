//! Changing the password and the address, while signed in and with the password.

use super::answer::{Answer, Failure, redirect};
use super::db::{self, Account, Claim};
use super::new_password::new_password_field;
use super::proof::{Detail, Proof, Purpose};
use super::service::Ask;
use super::sign_in::current_password_field;
use super::sign_up::read_email;
use super::visit::{Fields, Visit};
use super::{check_password, code_page, email_key, limits, wording};
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::secret;
use crate::sessions;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// Whether whoever is signed in knows the password: a phone left on a table is not enough for what cannot be undone.
///
/// # Errors
/// If the database or hashing fails. The inner error is what to say of the field.
pub async fn confirm_password(visit: &Visit, account: &Account, password: &str) -> Result<Result<(), Code>, Failure> {
    if password.is_empty() {
        return Ok(Err(Code::Required));
    }
    let limit = limits::passwords_of_session(visit.accounts.key(), &visit.owner()?.session);
    if !visit.accounts.passes(&limit).await? {
        return Ok(Err(Code::TooManyTries));
    }
    if !visit.accounts.hasher.is_right(password, Some(account.password_hash.clone())).await? {
        return Ok(Err(Code::WrongPassword));
    }
    db::forget(&visit.accounts.state.database, &limit).await?;
    Ok(Ok(()))
}

/// GET `/account/password`.
pub async fn show_password(visit: Visit) -> Answer {
    visit.owner()?;
    Ok(password_page(&visit, StatusCode::OK, &FieldErrors::default()))
}

/// POST `/account/password`: changes it and signs out everywhere else.
pub async fn submit_password(visit: Visit, fields: Fields) -> Answer {
    let account = visit.own_account().await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let (current, new) = (fields.get("current_password"), fields.get("new_password"));
    let mut errors = FieldErrors::default();
    if let Err(code) = check_password(new, &account.email) {
        errors.add("new_password", code);
    } else if new == current {
        errors.add("new_password", Code::Unchanged);
    }
    if let Err(code) = confirm_password(&visit, &account, current).await? {
        errors.add("current_password", code);
    }
    if !errors.is_empty() {
        return Ok(password_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let password_hash = visit.accounts.hasher.hash(new).await?;
    let answer = "/account?said=password-changed";
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::claim(&mut transaction, &form, visit.now).await? == Claim::New {
        db::change_password(&mut transaction, &account.id, &password_hash).await?;
        sessions::db::end_all(&mut transaction, &account.id, Some(&visit.owner()?.session)).await?;
        visit.accounts.write_mail(&mut transaction, &account.email, &Letter::PasswordChanged).await?;
        db::answer(&mut transaction, &form, answer).await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(redirect(answer))
}

fn password_page(visit: &Visit, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let content = view! {
        <h1>{text::account_password_title()}</h1>
        {error_summary(said)}
        <p>{text::account_password_about()}</p>
        {post_form(
            "/account/password",
            view! {
                {hidden("key", &secret::random())}
                {current_password_field("current_password", said)}
                {new_password_field(said)}
                <button type="submit" class="button">{text::account_change_button()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    visit.page(status, &said.title(text::account_password_title()), content)
}

/// GET `/account/email`.
pub async fn show_address(visit: Visit) -> Answer {
    let account = visit.own_account().await?;
    Ok(address_page(&visit, &account, "", StatusCode::OK, &FieldErrors::default()))
}

/// POST `/account/email`: sends a code to the new address. One that another account has gets a mail that says so, and the page looks the same.
pub async fn submit_address(visit: Visit, fields: Fields) -> Answer {
    let account = visit.own_account().await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let typed = fields.get("new_email");
    let mut errors = FieldErrors::default();
    let new = read_email("new_email", typed, &mut errors);
    if new.as_ref().is_some_and(|new| new.as_str() == account.email) {
        errors.add("new_email", Code::Unchanged);
    }
    if let Err(code) = confirm_password(&visit, &account, fields.get("current_password")).await? {
        errors.add("current_password", code);
    }
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        return Ok(address_page(&visit, &account, typed, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    };
    if !visit.accounts.may_mail(new.as_str(), &visit.network).await? {
        errors.add("new_email", Code::TooManyTries);
        return Ok(address_page(&visit, &account, typed, StatusCode::TOO_MANY_REQUESTS, &errors));
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let Claim::Answered(answer) = db::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let ask = Ask {
        purpose: Purpose::NewAddress,
        email: new.as_str(),
        account: Some(&account.id),
        is_real: !db::email_is_taken(&mut transaction, &account.id, new.as_str()).await?,
        detail: Detail::default(),
        browser_hash: &visit.browser_hash(),
        device: &visit.device,
        form: &form,
    };
    code_page::begin(&visit, transaction, ask).await
}

/// The new mailbox is proved: changes the address and tells both.
pub async fn finish_address(visit: &Visit, proof: &Proof) -> Answer {
    let account = visit.own_account().await?;
    if proof.account.as_ref() != Some(&account.id) {
        return Err(Failure::NotFound);
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::proof_done(&mut transaction, &proof.token_hash, visit.now).await? {
        if !db::change_email(&mut transaction, &account.id, &proof.email).await? {
            // Another account has got the address meanwhile.
            return Err(Failure::Over);
        }
        if email_key(&account.email) != email_key(&proof.email) {
            visit.accounts.write_mail(&mut transaction, &account.email, &Letter::AddressChanged).await?;
        }
        visit.accounts.write_mail(&mut transaction, &proof.email, &Letter::AddressIsNew).await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(redirect("/account?said=address-changed"))
}

fn address_page(visit: &Visit, account: &Account, typed: &str, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let new = TextField {
        name: "new_email",
        label: text::account_label_new_email(),
        hint: Some(text::account_email_hint()),
        kind: Some("email"),
        value: typed,
        autocomplete: "email",
        is_required: true,
        ..TextField::default()
    };
    let content = view! {
        <h1>{text::account_email_title()}</h1>
        {error_summary(said)}
        <p>{text::account_email_now(&account.email)}</p>
        <p>{text::account_email_about()}</p>
        {post_form(
            "/account/email",
            view! {
                {hidden("key", &secret::random())}
                {text_field(new, said)}
                {current_password_field("current_password", said)}
                <button type="submit" class="button">{text::account_send_code_button()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    visit.page(status, &said.title(text::account_email_title()), content)
}
