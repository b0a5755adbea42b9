//! `/staff/audit`: what was done at the desks, the newest first.

use super::db;
use crate::account::Accounts;
use crate::account::access::Action;
use crate::account::answer::Answer;
use crate::account::visit::{Asked, Visit};
use crate::date::Date;
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
        view! {
            <tr>
                <td>{Date::in_japan(entry.at).plain()}</td>
                <td>{entry.role.label()} " " {entry.actor.as_str().to_owned()}</td>
                <td>{entry.action.clone()}</td>
                <td>{entry.object.clone()}</td>
            </tr>
        }
    });
    let content = view! {
        <h1>{text::audit_title()}</h1>
        <p>{text::audit_about()}</p>
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
