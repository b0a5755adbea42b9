//! `/recently-viewed`: the sheets that were opened on this phone, filled in by `frontend/kept/pages.js`. Nothing of it leaves the phone.

use crate::account::answer::Answer;
use crate::account::visit::{Asked, Visit};
use crate::text;
use crate::ui::PlainShell;
use leptos::prelude::*;

/// GET `/recently-viewed`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    Ok(visit.phone_page(&asked, text::favorites_recent_heading(), content()))
}

/// The page as the service worker keeps it.
#[must_use]
pub fn kept_document(shell: &PlainShell) -> String {
    shell.kept_document(text::favorites_recent_heading(), content())
}

fn content() -> AnyView {
    view! {
        <h1>{text::favorites_recent_heading()}</h1>
        <p>{text::favorites_recent_about()}</p>
        <p role="status" id="kept-status"></p>
        <p data-without-scripts="">{text::favorites_recent_empty()}</p>
        <div
            id="recently-viewed"
            data-empty=text::favorites_recent_empty()
            data-cleared=text::favorites_recent_cleared()
            data-on=text::favorites_recent_on("{date}")
        ></div>
        <p><button type="button" class="button button-secondary" id="clear-viewed" hidden="">{text::favorites_recent_clear()}</button></p>
        <ul class="account-links">
            <li><a href="/postings">{text::ui_nav_postings()}</a></li>
            <li><a href="/favorites">{text::favorites_heading()}</a></li>
        </ul>
        <script type="module" src="/pages.js"></script>
    }
    .into_any()
}
