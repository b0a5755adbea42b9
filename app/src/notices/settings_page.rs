//! `/notices/settings`: which notices also come as a mail. The notice itself always stands on the page.

use super::{Kind, db};
use crate::account::answer::{Answer, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::form::FieldErrors;
use crate::kept::plain::owner;
use crate::registration::page as framed;
use crate::text;
use crate::ui::form_fields::{Choices, Said, check_boxes, post_form};
use axum::http::StatusCode;
use leptos::prelude::*;

const PAGE: &str = "/notices/settings";

/// GET.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, PAGE)?;
    let off = db::switched_off(&visit.accounts.state.database, account).await?;
    let chosen: Vec<String> = Kind::ALL.into_iter().filter(|kind| !off.contains(kind)).map(|kind| kind.code().to_owned()).collect();
    let answers: Vec<(&str, &str)> = Kind::ALL.into_iter().map(|kind| (kind.code(), kind.label())).collect();
    let errors = FieldErrors::default();
    let said = Said { errors: &errors, word: |_| String::new() };
    let kinds = Choices {
        name: "mail",
        legend: text::notices_settings_legend(),
        hint: Some(text::notices_settings_hint()),
        answers: &answers,
        chosen: &chosen,
        is_required: false,
    };
    let saved = (asked.get("said") == "saved").then(|| {
        view! { <p class="notice notice-success" role="status">{text::notices_settings_saved()}</p> }
    });
    let content = view! {
        <h1>{text::notices_settings_title()}</h1>
        {saved}
        {post_form(
            PAGE,
            view! {
                {check_boxes(kinds, said)}
                <button type="submit" class="button">{text::notices_settings_save()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/notices">{text::notices_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::notices_settings_title(), content))
}

/// POST: saying it twice says it once.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let account = owner(&visit, PAGE)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    for kind in Kind::ALL {
        let wants = fields.all().iter().any(|(name, value)| name == "mail" && value == kind.code());
        db::set_switch(&mut transaction, account, kind, wants).await?;
    }
    transaction.commit().await?;
    Ok(redirect(&format!("{PAGE}?said=saved")))
}
