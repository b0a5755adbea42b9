//! 相談先: the nine kinds of support, the help desk by telephone and mail alike, and the offices by prefecture (DOMAIN.md rule 7 [L]).

use crate::account::Accounts;
use crate::account::answer::Answer;
use crate::account::answer::percent_encode;
use crate::account::visit::{Asked, Visit};
use crate::offices::Office;
use crate::places::{PREFECTURES, prefecture};
use crate::registration::page as framed;
use crate::text;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/support";
/// The help desk [L].
const TELEPHONE: &str = "0570-077450";
/// The same desk by mail [L].
const MAIL: &str = "helpdesk@hd.hellowork.mhlw.go.jp";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show))
}

/// The nine kinds [L].
const KINDS: [(&str, &str); 9] = [
    (text::support_kind_1(), text::support_kind_1_about()),
    (text::support_kind_2(), text::support_kind_2_about()),
    (text::support_kind_3(), text::support_kind_3_about()),
    (text::support_kind_4(), text::support_kind_4_about()),
    (text::support_kind_5(), text::support_kind_5_about()),
    (text::support_kind_6(), text::support_kind_6_about()),
    (text::support_kind_7(), text::support_kind_7_about()),
    (text::support_kind_8(), text::support_kind_8_about()),
    (text::support_kind_9(), text::support_kind_9_about()),
];

async fn show(visit: Visit, asked: Asked) -> Answer {
    let chosen: Option<u8> = asked.get("pref").parse().ok();
    let kinds = KINDS.map(|(name, about)| view! { <li><strong>{name}</strong><br/>{about}</li> }).into_iter().collect_view();
    let content = view! {
        <h1>{text::support_title()}</h1>
        <p>{text::support_about()}</p>
        <h2>{text::support_kinds_heading()}</h2>
        <ol class="support-kinds">{kinds}</ol>
        <h2 id="help-desk">{text::support_desk_heading()}</h2>
        <p>{text::support_desk_about()}</p>
        <ul class="account-links">
            <li><a href=format!("tel:{TELEPHONE}")>{text::support_telephone(TELEPHONE)}</a></li>
            <li><a href=format!("mailto:{MAIL}")>{text::support_mail(MAIL)}</a></li>
        </ul>
        <p>{text::support_hours()}</p>
        <p>{text::support_charges()}</p>
        <p>{text::support_equal()}</p>
        <h2 id="offices">{text::support_offices_heading()}</h2>
        {offices(&visit, chosen)}
    };
    Ok(framed(&visit, StatusCode::OK, text::support_title(), content))
}

fn offices(visit: &Visit, chosen: Option<u8>) -> AnyView {
    let options = PREFECTURES.iter().map(|prefecture| {
        view! { <option value=prefecture.code.to_string() selected=Some(prefecture.code) == chosen>{prefecture.name}</option> }
    });
    let found: Vec<&Office> = chosen.map(|code| visit.accounts.settings.offices.of_prefecture(code)).unwrap_or_default();
    let none = chosen.filter(|_| found.is_empty()).map(|code| {
        view! { <p role="status">{text::support_no_office(prefecture(code).map_or("", |prefecture| prefecture.name))}</p> }
    });
    let items = found.into_iter().map(|office| {
        let address = office.whole_address();
        let map = format!("https://www.openstreetmap.org/search?query={}", percent_encode(&address));
        view! {
            <li>
                <strong>{office.name.clone()}</strong>
                <br/>
                {address}
                <br/>
                <a href=map rel="external noopener noreferrer">{text::support_map(&office.name)}</a>
            </li>
        }
    });
    view! {
        <form method="get" action=format!("{PAGE}#offices")>
            <div class="field field-short">
                <label for="office-prefecture">{text::support_prefecture()}</label>
                <select id="office-prefecture" name="pref"><option value="">{text::ui_unselected()}</option>{options.collect_view()}</select>
            </div>
            <button type="submit" class="button button-secondary">{text::support_find()}</button>
        </form>
        {none}
        <ul class="support-offices">{items.collect_view()}</ul>
    }
    .into_any()
}
