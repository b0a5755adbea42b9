//! `/applications/write`: the form of a self-application as the service worker keeps it, for writing without a network. The phone fills it for the posting
//! of the address (`frontend/applications/waiting.js`); what is written waits there and is sent once.

use super::content::{MOTIVATION_MOST, REMARKS_MOST, word};
use crate::account::answer::Answer;
use crate::account::visit::{Asked, Visit};
use crate::form::FieldErrors;
use crate::postings::{Flag, wording};
use crate::text;
use crate::ui::PlainShell;
use crate::ui::form_fields::{Said, TextField, text_area_field, tick_box};
use leptos::prelude::*;

/// GET.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    Ok(visit.phone_page(&asked, text::applications_apply_title(), content()))
}

/// The page as the service worker keeps it.
#[must_use]
pub fn kept_document(shell: &PlainShell) -> String {
    shell.kept_document(text::applications_apply_title(), content())
}

fn content() -> AnyView {
    let errors = FieldErrors::default();
    let said = Said { errors: &errors, word };
    let motivation = TextField {
        name: "motivation",
        label: text::applications_motivation(),
        hint: Some(text::applications_motivation_hint()),
        is_required: true,
        ..TextField::default()
    };
    let remarks = TextField {
        name: "remarks",
        label: text::applications_remarks(),
        hint: Some(text::applications_remarks_hint()),
        ..TextField::default()
    };
    view! {
        <link rel="stylesheet" href="/registration.css"/>
        <h1>{text::applications_apply_title()}</h1>
        <p>{text::applications_write_about()}</p>
        <p><strong id="apply-title"></strong></p>
        <p role="status" id="kept-status"></p>
        <div
            id="apply-offline"
            data-self-tag=wording::flag(Flag::SelfApplication)
            data-reserved-tag=wording::flag(Flag::Reserved)
            data-no-account=text::applications_write_no_account()
            data-no-sheet=text::applications_write_no_sheet()
            data-not-accepted=text::ways_closed_not_accepted()
            data-reserved=text::applications_offline_cannot_wait()
            data-here=text::applications_script_here()
            data-lacking=text::applications_write_lacking()
            data-waits=text::applications_waits()
        >
            <form method="post" action="/applications/write" novalidate hidden="">
                {super::apply_page::cautions()}
                {tick_box("understood", text::applications_understood().into_any(), false, true, said)}
                {text_area_field(motivation, MOTIVATION_MOST, said)}
                {text_area_field(remarks, REMARKS_MOST, said)}
                <button type="submit" class="button">{text::applications_wait()}</button>
            </form>
        </div>
        <ul class="account-links">
            <li><a href="/favorites">{text::favorites_heading()}</a></li>
            <li><a href="/applications">{text::applications_title()}</a></li>
        </ul>
        <script type="module" src="/applications.js"></script>
    }
    .into_any()
}
