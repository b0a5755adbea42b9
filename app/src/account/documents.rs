//! What one agrees to: `/account/terms` and `/account/privacy`. A changed text gets a new version; which version somebody agreed to is kept.

use super::answer::Answer;
use super::visit::Visit;
use crate::text;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// The version of the terms, the day they hold from.
pub const TERMS_VERSION: &str = "2026-11-26";
/// The version of the privacy notice.
pub const PRIVACY_VERSION: &str = "2026-11-28";

/// GET `/account/terms`.
pub async fn terms(visit: Visit) -> Answer {
    Ok(page(&visit, text::ui_footer_terms(), TERMS_VERSION, text::terms_text()))
}

/// GET `/account/privacy`.
pub async fn privacy(visit: Visit) -> Answer {
    Ok(page(&visit, text::ui_footer_notice(), PRIVACY_VERSION, text::privacy_text()))
}

/// A text in which every line is a paragraph, or a heading if it begins with `# `.
fn page(visit: &Visit, title: &'static str, version: &'static str, document: &'static str) -> Response {
    let lines: Vec<_> = document
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(heading) => view! { <h2>{heading}</h2> }.into_any(),
            None => view! { <p>{line}</p> }.into_any(),
        })
        .collect();
    let content = view! {
        <h1>{title}</h1>
        <p>{text::terms_version(version)}</p>
        {lines}
    };
    visit.page(StatusCode::OK, title, content)
}
