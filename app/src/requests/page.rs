//! `/requests`: what employers ask of a seeker who publishes their wishes; one request; declining; stopping all. Accepting is applying
//! (`applications/apply_page.rs`).

use super::{Request, db};
use crate::account::Accounts;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::date::Date;
use crate::kept::plain::owner;
use crate::registration::{keys, page as framed};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use leptos::prelude::*;

const PAGE: &str = "/requests";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show_all).post(stop)).route("/requests/{id}", get(show)).route("/requests/{id}/decline", post(decline))
}

async fn show_all(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, PAGE)?;
    let database = &visit.accounts.state.database;
    let all = db::of_account(database, keys(&visit)?, account).await?;
    let is_stopped = db::is_stopped(database, account).await?;
    let views = db::views(database, account).await?;
    let said = match asked.get("said") {
        "stopped" => Some(text::requests_said_stopped()),
        "resumed" => Some(text::requests_said_resumed()),
        _ => None,
    };
    let none = all.is_empty().then(|| view! { <p>{text::requests_none()}</p> });
    let items = all.iter().map(|request| {
        view! {
            <li>
                <h2><a href=format!("{PAGE}/{}", request.id)>{request.title.clone()}</a></h2>
                <p>{request.company.clone()}" "<span class="hint">{Date::in_japan(request.sent_at).plain()}</span></p>
                <p>{standing(request)}</p>
            </li>
        }
    });
    let has_no_views = views.is_empty();
    let views = views.into_iter().map(|(at, name)| view! { <li>{text::requests_view(Date::in_japan(at).plain(), name)}</li> });
    let (to, button) = if is_stopped { ("no", text::requests_resume()) } else { ("yes", text::requests_stop()) };
    let content = view! {
        <h1>{text::requests_title()}</h1>
        {said.map(|said| view! { <p class="notice notice-success" role="status">{said}</p> })}
        <p>{text::requests_about()}</p>
        {is_stopped.then(|| view! { <p class="notice notice-info">{text::requests_stopped()}</p> })}
        {none}
        <ul class="notice-list">{items.collect_view()}</ul>
        {post_form(
            PAGE,
            view! {
                {hidden("stops", to)}
                <button type="submit" class="button button-secondary">{button}</button>
            },
        )}
        <h2>{text::requests_views_heading()}</h2>
        {has_no_views.then(|| view! { <p>{text::requests_no_views()}</p> })}
        <ul>{views.collect_view()}</ul>
        <ul class="account-links">
            <li><a href="/registration/preview">{text::registration_preview_title()}</a></li>
            <li><a href="/account">{text::account_back()}</a></li>
        </ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::requests_title(), content))
}

fn standing(request: &Request) -> &'static str {
    match request.answer.as_str() {
        "applied" => text::recommendations_accepted(),
        "declined" => text::recommendations_declined(),
        _ => text::requests_waits(),
    }
}

async fn own(visit: &Visit, id: &str) -> Result<Request, Failure> {
    let account = owner(visit, &format!("{PAGE}/{id}"))?;
    let found = db::find(&visit.accounts.state.database, keys(visit)?, id).await?;
    found.filter(|found| found.account == *account).ok_or(Failure::NotFound)
}

async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let request = own(&visit, &id).await?;
    let said = (asked.get("said") == "declined").then(|| {
        view! { <p class="notice notice-success" role="status">{text::requests_said_declined()}</p> }
    });
    let answers = request.is_open().then(|| {
        view! {
            <p><a class="button" href=format!("{PAGE}/{id}/apply")>{text::requests_apply()}</a></p>
            {post_form(
                &format!("{PAGE}/{id}/decline"),
                view! {
                    {hidden("key", &secret::random())}
                    <button type="submit" class="button button-secondary">{text::recommendations_decline()}</button>
                },
            )}
            <p class="hint">{text::requests_decline_about()}</p>
        }
    });
    let content = view! {
        <h1>{request.title.clone()}</h1>
        {said}
        <p>{request.company.clone()}" "<strong>{standing(&request)}</strong></p>
        <p class="lines">{request.words.clone()}</p>
        <p><a href=format!("/postings/{}", request.posting)>{text::applications_to_sheet()}</a></p>
        {answers}
        <ul class="account-links"><li><a href=PAGE>{text::requests_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, &request.title, content))
}

/// POST `/requests/{id}/decline`: without a reason.
async fn decline(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let request = own(&visit, &id).await?;
    let form = visit.form_hash(&fields)?;
    let answer = format!("{PAGE}/{id}?said=declined");
    let mut transaction = visit.accounts.state.database.begin().await?;
    if forms::claim(&mut transaction, &form, visit.now).await? == forms::Claim::New {
        // One that was answered already stays as it was answered; its page says so.
        db::answer(&mut transaction, &request.id, "declined", visit.now).await?;
        forms::answer(&mut transaction, &form, &answer).await?;
        transaction.commit().await?;
    }
    Ok(redirect(&answer))
}

/// POST `/requests`: no more of them, or again. Saying it twice says it once.
async fn stop(visit: Visit, fields: Fields) -> Answer {
    let account = owner(&visit, PAGE)?;
    let stops = fields.get("stops") == "yes";
    let mut transaction = visit.accounts.state.database.begin().await?;
    db::set_stopped(&mut transaction, account, stops, visit.now).await?;
    transaction.commit().await?;
    Ok(redirect(&format!("{PAGE}?said={}", if stops { "stopped" } else { "resumed" })))
}
