//! `/postings/{number}/report`: a posting differs from reality; and one's own reports with what staff answered.

use super::{Kind, WORDS_MOST, db};
use crate::account::Accounts;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::limits;
use crate::account::visit::{Asked, Fields, Visit};
use crate::date::Date;
use crate::error::AppError;
use crate::form::{Code, FieldError, FieldErrors};
use crate::kept::plain::owner;
use crate::postings::sheet::Sheet;
use crate::postings::sheet::api::load;
use crate::registration::plain_text::{lines, required_lines};
use crate::registration::{keys, page as framed};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_area_field};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route("/postings/{number}/report", get(show).post(submit)).route("/reports", get(show_own))
}

async fn sheet(visit: &Visit, number: &str) -> Result<Sheet, Failure> {
    owner(visit, &format!("/postings/{number}/report"))?;
    load(&visit.accounts.state, number, visit.viewer).await.map_err(|error| match error {
        AppError::NotFound => Failure::NotFound,
        _ => Failure::Internal,
    })
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let sheet = sheet(&visit, &number).await?;
    Ok(page(&visit, &sheet, (StatusCode::OK, ""), &FieldErrors::default()))
}

/// The sentence of what is said of a report.
fn word(error: &FieldError) -> String {
    match error.code {
        Code::TooManyTries => text::reports_error_too_often().to_owned(),
        Code::TooLong => text::applications_error_too_long(text::reports_words(), WORDS_MOST),
        Code::BrokenCharacter => text::registration_error_broken_character(text::reports_words()),
        _ => text::reports_error_empty().to_owned(),
    }
}

fn page(visit: &Visit, sheet: &Sheet, (status, typed): (StatusCode, &str), errors: &FieldErrors) -> axum::response::Response {
    let said = Said { errors, word };
    let words = TextField {
        name: "words",
        label: text::reports_words(),
        hint: Some(text::reports_words_hint()),
        value: typed,
        is_required: true,
        ..TextField::default()
    };
    let path = format!("/postings/{}", sheet.number);
    let content = view! {
        <h1>{text::reports_title()}</h1>
        {error_summary(said)}
        <p><strong>{sheet.title.clone()}</strong>" "{sheet.number.to_string()}</p>
        <p>{text::reports_about()}</p>
        {post_form(
            &format!("{path}/report"),
            view! {
                {hidden("key", &secret::random())}
                {text_area_field(words, WORDS_MOST, said)}
                <button type="submit" class="button">{text::reports_send()}</button>
            },
        )}
        <ul class="account-links"><li><a href=path>{text::applications_to_sheet()}</a></li></ul>
    };
    framed(visit, status, &said.title(text::reports_title()), content)
}

async fn submit(visit: Visit, Path(number): Path<String>, fields: Fields) -> Answer {
    let sheet = sheet(&visit, &number).await?;
    let typed = fields.get("words");
    let refused = |status, code| {
        let mut errors = FieldErrors::default();
        errors.add("words", code);
        Ok(page(&visit, &sheet, (status, typed), &errors))
    };
    if let Err(code) = required_lines(typed, WORDS_MOST) {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, code);
    }
    if !may_report(&visit).await? {
        return refused(StatusCode::TOO_MANY_REQUESTS, Code::TooManyTries);
    }
    take(&visit, &fields, (Kind::Posting, sheet.number.as_str()), "/reports?said=sent").await
}

/// Whether this seeker may report something more. Counts.
///
/// # Errors
/// [`Failure`].
pub async fn may_report(visit: &Visit) -> Result<bool, Failure> {
    let account = owner(visit, "/reports")?;
    Ok(visit.accounts.passes(&limits::reports_of_account(visit.accounts.key(), account)).await?)
}

/// Takes a report once, cut to what it may be, and leads to `answer`.
///
/// # Errors
/// [`Failure`].
pub async fn take(visit: &Visit, fields: &Fields, (kind, about): (Kind, &str), answer: &str) -> Answer {
    let account = owner(visit, "/reports")?;
    let form = visit.form_hash(fields)?;
    let typed: String = fields.get("words").chars().take(WORDS_MOST).collect();
    // What cannot be tidied stays as it was typed: a report is never empty for a damaged character.
    let words = lines(&typed, WORDS_MOST).unwrap_or(typed);
    let mut transaction = visit.accounts.state.database.begin().await?;
    if forms::claim(&mut transaction, &form, visit.now).await? == forms::Claim::New {
        db::add(&mut transaction, keys(visit)?, account, (kind, about, &words), visit.now).await?;
        forms::answer(&mut transaction, &form, answer).await?;
        transaction.commit().await?;
    }
    Ok(redirect(answer))
}

async fn show_own(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, "/reports")?;
    let own = db::of_account(&visit.accounts.state.database, keys(&visit)?, account).await?;
    let said = (asked.get("said") == "sent").then(|| {
        view! { <p class="notice notice-success" role="status">{text::reports_said_sent()}</p> }
    });
    let none = own.is_empty().then(|| view! { <p>{text::reports_none()}</p> });
    let items = own.iter().map(|report| {
        let answer = report.is_done.then(|| view! { <p class="lines">{text::reports_answer(&report.answer)}</p> });
        view! {
            <li>
                <h2>{report.kind.label()}</h2>
                <p class="hint">{Date::in_japan(report.reported_at).plain()}</p>
                <p class="lines">{report.words.clone()}</p>
                {answer}
            </li>
        }
    });
    let content = view! {
        <h1>{text::reports_own_title()}</h1>
        {said}
        {none}
        <ul class="notice-list">{items.collect_view()}</ul>
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::reports_own_title(), content))
}
