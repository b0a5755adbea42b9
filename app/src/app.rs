//! The page frame and the routes. Every route renders whole (`SsrMode::Async`): what streams out of order needs a script to appear.

use crate::home_page::HomePage;
use crate::postings::sheet::SheetPage;
use crate::text;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{A, Route, Router, Routes},
    path,
};

/// The whole application: rendered by the server, hydrated, or mounted into the empty shell.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <a class="skip-link" href="#main">{text::ui_skip_to_content()}</a>
            <Header/>
            <main id="main" tabindex="-1">
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/postings/:number") view=SheetPage ssr=SsrMode::Async/>
                </Routes>
            </main>
            <Footer/>
        </Router>
    }
}

#[component]
fn Header() -> impl IntoView {
    view! {
        <header class="site-header">
            <A href="/" attr:class="site-header-name">{text::ui_service_name()}</A>
            <nav aria-label=text::ui_main_navigation()>
                <A href="/postings">{text::ui_nav_postings()}</A>
            </nav>
        </header>
    }
}

#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>{text::ui_footer_about()}</p>
        </footer>
    }
}

/// An address that leads nowhere: says so and offers the ways on. Answers 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    crate::error::AppError::NotFound.answer();
    view! {
        <Title text=text::ui_not_found_title()/>
        <h1>{text::ui_not_found_title()}</h1>
        <p>{text::ui_not_found_body()}</p>
        <p><A href="/postings">{text::ui_nav_postings()}</A></p>
    }
}
