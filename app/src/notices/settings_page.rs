//! `/notices/settings`: how notices come beside the page, where they always stand: by mail, and by web push to browsers that are told. Browsers begin with a
//! script (frontend/notices/push.js); the rest needs none.

use super::{Kind, db};
use crate::account::answer::{Answer, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::date::Date;
use crate::form::FieldErrors;
use crate::kept::plain::owner;
use crate::push::{self, Push};
use crate::registration::page as framed;
use crate::text;
use crate::ui::form_fields::{Choices, Said, check_boxes, hidden, post_form};
use axum::http::StatusCode;
use leptos::prelude::*;

const PAGE: &str = "/notices/settings";

/// GET.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, PAGE)?;
    let database = &visit.accounts.state.database;
    let off = db::switches(database, account).await?;
    let browsers = push::db::of(database, account).await?;
    let push = visit.accounts.settings.push.as_ref();
    let said = match asked.get("said") {
        "saved" => Some(text::notices_settings_saved()),
        "removed" => Some(text::notices_push_removed()),
        _ => None,
    };
    let said = said.map(|words| view! { <p class="notice notice-success" role="status">{words}</p> });
    let by_push = push.map(|_| kinds("push", (text::notices_push_legend(), text::notices_push_hint()), &off.no_push));
    let content = view! {
        <h1>{text::notices_settings_title()}</h1>
        {said}
        {post_form(
            PAGE,
            view! {
                {kinds("mail", (text::notices_settings_legend(), text::notices_settings_hint()), &off.no_mail)}
                {by_push}
                <button type="submit" class="button">{text::notices_settings_save()}</button>
            },
        )}
        {push.map(|push| this_browser(push, &browsers, &visit.account_tag()))}
        {(!browsers.is_empty()).then(|| told_browsers(&browsers))}
        <ul class="account-links"><li><a href="/notices">{text::notices_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::notices_settings_title(), content))
}

fn kinds(name: &str, (legend, hint): (&str, &str), off: &[Kind]) -> AnyView {
    let chosen: Vec<String> = Kind::ALL.into_iter().filter(|kind| !off.contains(kind)).map(|kind| kind.code().to_owned()).collect();
    let answers: Vec<(&str, &str)> = Kind::ALL.into_iter().map(|kind| (kind.code(), kind.label())).collect();
    let errors = FieldErrors::default();
    let choices = Choices { name, legend, hint: Some(hint), answers: &answers, chosen: &chosen, is_required: false };
    check_boxes(choices, Said { errors: &errors, word: |_| String::new() })
}

/// What the script works with; it shows one of the buttons, or says why there is none.
fn this_browser(push: &Push, told: &[push::db::Browser], account: &str) -> AnyView {
    let endpoints: Vec<&str> = told.iter().map(|browser| browser.endpoint.as_str()).collect();
    view! {
        <section
            id="push"
            aria-labelledby="push-title"
            data-key=push.key.public()
            data-account=account.to_owned()
            data-endpoints=endpoints.join(" ")
            data-on=text::notices_push_is_on()
            data-off=text::notices_push_is_off()
            data-began=text::notices_push_began()
            data-ended=text::notices_push_ended()
            data-blocked=text::notices_push_blocked()
            data-unsupported=text::notices_push_unsupported()
            data-ios=text::notices_push_ios()
            data-failed=text::notices_push_failed()
            data-not-ended=text::notices_push_not_ended()
            data-signed-out=text::notices_push_signed_out()
        >
            <h2 id="push-title">{text::notices_push_title()}</h2>
            <p>{text::notices_push_about()}</p>
            <p id="push-state" role="status">{text::notices_push_without_scripts()}</p>
            <button type="button" id="push-begin" class="button button-secondary" hidden="">{text::notices_push_begin()}</button>
            <button type="button" id="push-end" class="button button-secondary" hidden="">{text::notices_push_end()}</button>
            <script type="module" src="/push.js"></script>
        </section>
    }
    .into_any()
}

fn told_browsers(browsers: &[push::db::Browser]) -> AnyView {
    let one = |browser: &push::db::Browser| {
        let name = text::notices_push_since(&browser.device, Date::in_japan(browser.since).plain());
        let form = post_form(
            "/notices/settings/browsers/remove",
            view! {
                {hidden("id", &browser.id)}
                <button type="submit" class="button button-text">
                    {text::notices_push_remove()}
                    <span class="visually-hidden">{name.clone()}</span>
                </button>
            },
        );
        view! { <li>{name}" "{form}</li> }
    };
    view! {
        <section aria-labelledby="push-browsers">
            <h2 id="push-browsers">{text::notices_push_devices()}</h2>
            <ul>{browsers.iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// POST: saying it twice says it once.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let account = owner(&visit, PAGE)?;
    let wants = |way: &str, kind: Kind| fields.all().iter().any(|(name, value)| name == way && value == kind.code());
    let mut transaction = visit.accounts.state.database.begin().await?;
    for kind in Kind::ALL {
        db::set_mail(&mut transaction, account, kind, wants("mail", kind)).await?;
        if visit.accounts.settings.push.is_some() {
            db::set_push(&mut transaction, account, kind, wants("push", kind)).await?;
        }
    }
    transaction.commit().await?;
    Ok(redirect(&format!("{PAGE}?said=saved")))
}

/// POST `/notices/settings/browsers/remove`: tells one of one's browsers no more. Sent again, nothing more happens.
pub async fn remove_browser(visit: Visit, fields: Fields) -> Answer {
    let account = owner(&visit, PAGE)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    push::db::end(&mut transaction, account, fields.get("id")).await?;
    transaction.commit().await?;
    Ok(redirect(&format!("{PAGE}?said=removed")))
}
