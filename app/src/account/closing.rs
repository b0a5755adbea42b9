//! Closing the account. It is deleted at once, with sessions, trusted browsers, recovery codes and consents.

use super::answer::{Answer, clear_phone, redirect, set_cookie};
use super::changing::confirm_password;
use super::db::{self, Claim};
use super::sign_in::current_password_field;
use super::visit::{Fields, Visit};
use super::wording;
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::secret;
use crate::sessions::cookies::Cookie;
use crate::text;
use crate::ui::form_fields::{Said, error_summary, hidden, post_form, tick_box};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

const CLOSED: &str = "/account/closed";

/// GET `/account/close`.
pub async fn show(visit: Visit) -> Answer {
    visit.owner()?;
    Ok(page(&visit, StatusCode::OK, false, &FieldErrors::default()))
}

/// POST `/account/close`.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let form = visit.form_hash(&fields)?;
    if visit.answered_before(&form).await?.is_some() {
        return Ok(closed(&visit));
    }
    let account = visit.own_account().await?;
    let is_sure = fields.get("sure") == "yes";
    let mut errors = FieldErrors::default();
    if !is_sure {
        errors.add("sure", Code::Required);
    }
    if let Err(code) = confirm_password(&visit, &account, fields.get("current_password")).await? {
        errors.add("current_password", code);
    }
    if !errors.is_empty() {
        return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, is_sure, &errors));
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::claim(&mut transaction, &form, visit.now).await? == Claim::New {
        visit.accounts.write_mail(&mut transaction, &account.email, &Letter::Closed).await?;
        db::close(&mut transaction, &account.id).await?;
        db::answer(&mut transaction, &form, CLOSED).await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(closed(&visit))
}

fn closed(visit: &Visit) -> Response {
    let mut response = redirect(CLOSED);
    clear_phone(&mut response);
    for cookie in [Cookie::Session, Cookie::Device] {
        set_cookie(&mut response, &visit.accounts.settings.cookies().forget(cookie));
    }
    response
}

/// GET `/account/closed`.
pub async fn show_closed(visit: Visit) -> Answer {
    let content = view! {
        <h1>{text::account_closed_title()}</h1>
        <p>{text::account_closed_body()}</p>
        <p><a class="button" href="/postings">{text::ui_nav_postings()}</a></p>
    };
    Ok(visit.page(StatusCode::OK, text::account_closed_title(), content))
}

fn page(visit: &Visit, status: StatusCode, is_sure: bool, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let content = view! {
        <h1>{text::account_close_title()}</h1>
        {error_summary(said)}
        <p>{text::account_close_about()}</p>
        <p>{text::account_close_stays()}</p>
        {post_form(
            "/account/close",
            view! {
                {hidden("key", &secret::random())}
                {tick_box("sure", text::account_close_sure().into_any(), is_sure, true, said)}
                {current_password_field("current_password", said)}
                <button type="submit" class="button">{text::account_close_button()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    visit.page(status, &said.title(text::account_close_title()), content)
}
