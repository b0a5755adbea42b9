//! `/`: signed out, the search box first.

use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::{A, Form};

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Title text=text::ui_service_name()/>
        <h1>{text::home_heading()}</h1>
        <Form method="GET" action="/postings" attr:role="search" attr:class="home-search">
            <label for="home-q">{text::home_search_label()}</label>
            <input id="home-q" name="q" type="search" enterkeyhint="search" autocomplete="off" maxlength="200"/>
            <p class="hint">{text::home_search_hint()}</p>
            <button type="submit">{text::home_search_button()}</button>
        </Form>
        <ul class="home-ways">
            <li><A href="/postings?must=reserved">{text::home_way_reserved()}</A></li>
            <li><A href="/postings?must=wheelchair">{text::home_way_barrier_free()}</A></li>
            <li><A href="/postings?must=remote">{text::home_way_remote()}</A></li>
            <li><A href="/postings?must=self">{text::home_way_self_application()}</A></li>
        </ul>
    }
}
