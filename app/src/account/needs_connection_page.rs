//! `/needs-connection`: what the service worker shows in place of pages of the server alone while there is no network.

use super::answer::Answer;
use super::visit::{Asked, Visit};
use crate::text;
use crate::ui::PlainShell;
use leptos::prelude::*;

/// GET `/needs-connection`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    Ok(visit.phone_page(&asked, text::ui_needs_connection_title(), content()))
}

/// The page as the service worker keeps it.
#[must_use]
pub fn kept_document(shell: &PlainShell) -> String {
    shell.kept_document(text::ui_needs_connection_title(), content())
}

fn content() -> AnyView {
    view! {
        <h1>{text::ui_needs_connection_title()}</h1>
        <p>{text::ui_needs_connection_body()}</p>
        <p><a href="" class="button">{text::ui_try_again()}</a></p>
    }
    .into_any()
}
