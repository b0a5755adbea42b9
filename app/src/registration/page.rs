//! The frame of pages about registrations: they bring styles of their own, which no other page loads.

use crate::account::visit::Visit;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// A page.
pub fn page(visit: &Visit, status: StatusCode, title: &str, content: impl IntoView + 'static) -> Response {
    let content = view! {
        <link rel="stylesheet" href="/registration.css"/>
        {content}
    };
    visit.page(status, title, content)
}
