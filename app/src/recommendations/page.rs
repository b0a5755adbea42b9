//! `/recommendations`: what staff recommend; one with its comment; declining it. Accepting it is applying (`applications/apply_page.rs`).

use super::{Recommendation, db};
use crate::account::Accounts;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::date::Date;
use crate::kept::plain::owner;
use crate::registration::plain_text::lines;
use crate::registration::{keys, page as framed};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, hidden, post_form, text_area_field};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use leptos::prelude::*;

const PAGE: &str = "/recommendations";
/// The longest reason, in characters [own]; more is cut off: nobody has to give one.
const REASON_MOST: usize = 500;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show_all)).route("/recommendations/{id}", get(show)).route("/recommendations/{id}/decline", post(decline))
}

async fn show_all(visit: Visit) -> Answer {
    let account = owner(&visit, PAGE)?;
    let all = db::of_account(&visit.accounts.state.database, keys(&visit)?, account).await?;
    let none = all.is_empty().then(|| view! { <p>{text::recommendations_none()}</p> });
    let items = all.iter().map(|recommendation| {
        view! {
            <li>
                <h2><a href=format!("{PAGE}/{}", recommendation.id)>{recommendation.title.clone()}</a></h2>
                <p>{standing(recommendation, visit.today())}</p>
            </li>
        }
    });
    let content = view! {
        <h1>{text::recommendations_title()}</h1>
        <p>{text::recommendations_about()}</p>
        {none}
        <ul class="notice-list">{items.collect_view()}</ul>
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::recommendations_title(), content))
}

fn standing(recommendation: &Recommendation, today: Date) -> String {
    match recommendation.answer.as_str() {
        "accepted" => text::recommendations_accepted().to_owned(),
        "declined" => text::recommendations_declined().to_owned(),
        _ if recommendation.is_open(today) => text::recommendations_answer_by(recommendation.reply_by.plain()),
        _ => text::recommendations_over().to_owned(),
    }
}

async fn own(visit: &Visit, id: &str) -> Result<Recommendation, Failure> {
    let account = owner(visit, &format!("{PAGE}/{id}"))?;
    let found = db::find(&visit.accounts.state.database, keys(visit)?, id).await?;
    found.filter(|found| found.account == *account).ok_or(Failure::NotFound)
}

async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let recommendation = own(&visit, &id).await?;
    let declined = (asked.get("said") == "declined").then(|| {
        view! { <p class="notice notice-success" role="status">{text::recommendations_said_declined()}</p> }
    });
    let errors = crate::form::FieldErrors::default();
    let said = Said { errors: &errors, word: |_| String::new() };
    let answers = recommendation.is_open(visit.today()).then(|| {
        let reason = TextField {
            name: "reason",
            label: text::recommendations_reason(),
            hint: Some(text::recommendations_reason_hint()),
            ..TextField::default()
        };
        view! {
            <p><a class="button" href=format!("{PAGE}/{id}/apply")>{text::recommendations_accept()}</a></p>
            <details>
                <summary>{text::recommendations_decline_heading()}</summary>
                {post_form(
                    &format!("{PAGE}/{id}/decline"),
                    view! {
                        {hidden("key", &secret::random())}
                        {text_area_field(reason, REASON_MOST, said)}
                        <button type="submit" class="button button-secondary">{text::recommendations_decline()}</button>
                    },
                )}
            </details>
        }
    });
    let content = view! {
        <h1>{recommendation.title.clone()}</h1>
        {declined}
        <p><strong>{standing(&recommendation, visit.today())}</strong></p>
        <p><a href=format!("/postings/{}", recommendation.posting)>{text::applications_to_sheet()}</a></p>
        <h2>{text::recommendations_from_staff()}</h2>
        <p>{recommendation.judgement.label()}</p>
        <p class="lines">{recommendation.comment.clone()}</p>
        {answers}
        <ul class="account-links"><li><a href=PAGE>{text::recommendations_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, &recommendation.title, content))
}

/// POST `/recommendations/{id}/decline`.
async fn decline(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let recommendation = own(&visit, &id).await?;
    let form = visit.form_hash(&fields)?;
    let typed: String = fields.get("reason").chars().take(REASON_MOST).collect();
    let reason = lines(&typed, REASON_MOST).unwrap_or(typed);
    let answer = format!("{PAGE}/{id}?said=declined");
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let sealed = db::sealed_reason(keys(&visit)?, &recommendation.id, &reason);
    // One that was answered already stays as it was answered; its page says so.
    db::answer(&mut transaction, &recommendation.id, ("declined", &sealed), visit.now).await?;
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}
