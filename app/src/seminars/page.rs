//! `/seminars`: what is coming; one seminar with its seats; the entry for a calendar.

use super::calendar::entry;
use super::{Seminar, db, when};
use crate::account::Accounts;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::kept::plain::owner;
use crate::registration::page as framed;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/seminars";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route(PAGE, get(show_all))
        .route("/seminars/{id}", get(show).post(submit))
        .route("/seminars/{id}/calendar.ics", get(calendar))
}

async fn show_all(visit: Visit) -> Answer {
    owner(&visit, PAGE)?;
    let all = db::coming(&visit.accounts.state.database, visit.now).await?;
    let none = all.is_empty().then(|| view! { <p>{text::seminars_none()}</p> });
    let items = all.iter().map(|seminar| {
        view! {
            <li>
                <h2><a href=format!("{PAGE}/{}", seminar.id)>{seminar.title.clone()}</a></h2>
                <p>{when(seminar.starts_at, seminar.ends_at)}" "{seminar.place.clone()}</p>
            </li>
        }
    });
    let content = view! {
        <h1>{text::seminars_title()}</h1>
        {none}
        <ul class="notice-list">{items.collect_view()}</ul>
        <ul class="account-links"><li><a href="/notices">{text::notices_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::seminars_title(), content))
}

async fn found(visit: &Visit, id: &str) -> Result<Seminar, Failure> {
    owner(visit, &format!("{PAGE}/{id}"))?;
    db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)
}

async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let seminar = found(&visit, &id).await?;
    let account = owner(&visit, PAGE)?;
    let has_seat = db::has_seat(&visit.accounts.state.database, &id, account).await?;
    let said = match asked.get("said") {
        "taken" => Some(("notice notice-success", text::seminars_said_taken())),
        "given-back" => Some(("notice notice-success", text::seminars_said_given_back())),
        "full" => Some(("notice notice-warning", text::seminars_said_full())),
        _ => None,
    };
    let left = seminar.capacity - seminar.taken;
    let button = match (has_seat, visit.now < seminar.starts_at) {
        (_, false) => view! { <p class="notice notice-info">{text::seminars_over()}</p> }.into_any(),
        (true, true) => post_form(
            &format!("{PAGE}/{id}"),
            view! {
                {hidden("do", "give-back")}
                <button type="submit" class="button button-secondary">{text::seminars_give_back()}</button>
            },
        ),
        (false, true) if left <= 0 => view! { <p class="notice notice-info">{text::seminars_full()}</p> }.into_any(),
        (false, true) => post_form(
            &format!("{PAGE}/{id}"),
            view! {
                {hidden("do", "take")}
                <button type="submit" class="button">{text::seminars_take()}</button>
            },
        ),
    };
    let content = view! {
        <h1>{seminar.title.clone()}</h1>
        {said.map(|(class, words)| view! { <p class=class role="status">{words}</p> })}
        {has_seat.then(|| view! { <p><strong>{text::seminars_has_seat()}</strong></p> })}
        <dl class="account-facts">
            <dt>{text::seminars_on()}</dt>
            <dd>{when(seminar.starts_at, seminar.ends_at)}</dd>
            <dt>{text::seminars_place()}</dt>
            <dd>{seminar.place.clone()}</dd>
            <dt>{text::seminars_capacity()}</dt>
            <dd>{text::seminars_left(seminar.capacity, left.max(0))}</dd>
        </dl>
        <p class="lines">{seminar.about.clone()}</p>
        {button}
        <p><a href=format!("{PAGE}/{id}/calendar.ics") download="seminar.ics">{text::seminars_calendar()}</a></p>
        <ul class="account-links"><li><a href=PAGE>{text::seminars_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, &seminar.title, content))
}

/// POST: takes a seat or gives it back. Saying it twice says it once.
async fn submit(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    found(&visit, &id).await?;
    let account = owner(&visit, PAGE)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    let said = match fields.get("do") {
        "take" if db::take_seat(&mut transaction, &id, account, visit.now).await? => "taken",
        "take" => "full",
        "give-back" => {
            db::give_back(&mut transaction, &id, account).await?;
            "given-back"
        }
        _ => return Err(Failure::BadForm),
    };
    transaction.commit().await?;
    Ok(redirect(&format!("{PAGE}/{id}?said={said}")))
}

/// GET `/seminars/{id}/calendar.ics`.
async fn calendar(visit: Visit, Path(id): Path<String>) -> Answer {
    let seminar = found(&visit, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"seminar.ics\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, entry(&seminar, &visit.accounts.settings.origin, visit.now)).into_response())
}
