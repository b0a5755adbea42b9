//! `/notices`.

use super::{Notice, db};
use crate::account::Accounts;
use crate::account::answer::{Answer, redirect};
use crate::account::visit::{Fields, Visit};
use crate::date::Date;
use crate::kept::plain::owner;
use crate::registration::page as framed;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use leptos::prelude::*;

const PAGE: &str = "/notices";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route(PAGE, get(show))
        .route("/notices/read", post(read))
        .route("/notices/settings", get(super::settings_page::show).post(super::settings_page::submit))
        .route("/notices/settings/browsers/remove", post(super::settings_page::remove_browser))
        .route("/staff/notices", get(super::staff_page::show).post(super::staff_page::submit))
}

/// GET.
async fn show(visit: Visit) -> Answer {
    let account = owner(&visit, PAGE)?;
    let notices = db::of(&visit.accounts.state.database, account).await?;
    let empty = notices.is_empty().then(|| view! { <p>{text::notices_empty()}</p> });
    let content = view! {
        <h1>{text::notices_title()}</h1>
        {empty}
        <ul class="notice-list">{notices.iter().map(one).collect_view()}</ul>
        <ul class="account-links">
            <li><a href="/seminars">{text::seminars_title()}</a></li>
            <li><a href="/notices/settings">{text::notices_settings_title()}</a></li>
            <li><a href="/account">{text::account_back()}</a></li>
        </ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::notices_title(), content))
}

fn one(notice: &Notice) -> AnyView {
    let mark = (!notice.is_read).then(|| view! { <strong class="tag">{text::notices_unread()}</strong> });
    let form = (!notice.is_read).then(|| {
        let fields = view! {
            {hidden("id", &notice.id)}
            <button type="submit" class="button button-text">
                {text::notices_mark_read()}
                <span class="visually-hidden">{text::notices_of(&notice.subject)}</span>
            </button>
        };
        post_form("/notices/read", fields)
    });
    view! {
        <li>
            <h2>{notice.subject.clone()} " " {mark}</h2>
            <p class="hint"><span class="tag">{notice.kind.label()}</span>" "{Date::in_japan(notice.written_at).plain().to_string()}</p>
            <p class="lines">{notice.body.clone()}</p>
            <p><a href=notice.path.clone()>{text::notices_open()}</a></p>
            {form}
        </li>
    }
    .into_any()
}

/// POST `/notices/read`: saying it twice says it once.
async fn read(visit: Visit, fields: Fields) -> Answer {
    let account = owner(&visit, PAGE)?;
    db::set_read(&visit.accounts.state.database, account, fields.get("id")).await?;
    Ok(redirect(PAGE))
}
