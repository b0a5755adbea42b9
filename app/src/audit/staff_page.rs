//! `/staff/audit`: what was done at the desks, the newest first.

use super::db;
use crate::account::Accounts;
use crate::account::access::Action;
use crate::account::answer::Answer;
use crate::account::visit::{Asked, Visit};
use crate::date::date_and_time;
use crate::registration::page as framed;
use crate::text;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route("/staff/audit", get(show))
}

async fn show(visit: Visit, asked: Asked) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let entries = db::latest(&visit.accounts.state.database, asked.get("before").parse().unwrap_or(i64::MAX)).await?;
    let older = entries.last().map(|last| {
        let path = format!("/staff/audit?before={}", last.at);
        view! { <p><a href=path>{text::audit_older()}</a></p> }
    });
    let rows = entries.iter().map(|entry| {
        let actor = entry.actor.clone().unwrap_or_else(|| text::audit_gone().to_owned());
        let object = match entry.what.page_of(&entry.object) {
            Some(path) => view! { <a href=path>{entry.object.clone()}</a> }.into_any(),
            None => entry.object.clone().into_any(),
        };
        view! {
            <tr>
                <td>{date_and_time(entry.at)}</td>
                <td>{entry.role.label()} " " {actor}</td>
                <td>{entry.what.label()}</td>
                <td>{object}</td>
            </tr>
        }
    });
    let content = view! {
        <h1>{text::audit_title()}</h1>
        <p>{text::audit_about()}</p>
        {entries.is_empty().then(|| view! { <p>{text::audit_none()}</p> })}
        <table class="changes plain">
            <thead>
                <tr>
                    <th scope="col">{text::audit_when()}</th>
                    <th scope="col">{text::audit_who()}</th>
                    <th scope="col">{text::audit_what()}</th>
                    <th scope="col">{text::audit_object()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {older}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::audit_title(), content))
}
