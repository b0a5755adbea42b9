//! `/staff/seminars/{id}`: who has a seat.

use super::{db, when};
use crate::account::Accounts;
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure};
use crate::account::visit::Visit;
use crate::registration::page as framed;
use crate::text;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route("/staff/seminars/{id}", get(show))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let database = &visit.accounts.state.database;
    let seminar = db::find(database, &id).await?.ok_or(Failure::NotFound)?;
    let seated = db::seated(database, &id).await?;
    let items = seated.into_iter().map(|(kana, number)| view! { <li>{kana}" "{number}</li> });
    let content = view! {
        <h1>{seminar.title.clone()}</h1>
        <p>{when(seminar.starts_at, seminar.ends_at)}" "{seminar.place.clone()}</p>
        <p>{text::seminars_seats(seminar.taken, seminar.capacity)}</p>
        <ol>{items.collect_view()}</ol>
        <ul class="account-links"><li><a href="/staff/notices">{text::notices_staff_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, &seminar.title, content))
}
