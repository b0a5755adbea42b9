//! The page frame and the routes. Every route renders whole (`SsrMode::Async`): what streams out of order needs a script to appear.

use crate::favorites::star::STARRED;
use crate::favorites::{Favorites, FavoritesPage, FavoritesStatus};
use crate::home_page::HomePage;
use crate::offline::Connectivity;
use crate::postings::search::SearchPage;
use crate::postings::sheet::SheetPage;
use crate::text;
use crate::ui::{ConnectionNotice, IntoWhole};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

/// The whole application: rendered by the server, hydrated, or mounted into the empty shell.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Connectivity::provide();
    Favorites::provide();
    view! {
        <Router>
            // Left to the browser, which moves the focus too: the router would only scroll.
            <a class="skip-link" href="#main" rel="external">
                {text::ui_skip_to_content()}
            </a>
            <Header/>
            <ConnectionNotice/>
            <FocusOnNavigation/>
            <main id="main" tabindex="-1">
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/postings") view=SearchPage ssr=SsrMode::Async/>
                    <Route path=path!("/postings/:number") view=SheetPage ssr=SsrMode::Async/>
                    <Route path=path!("/favorites") view=FavoritesPage ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
            <FavoritesStatus/>
            <Footer/>
            <form method="post" action="/account/favorites/add" id=STARRED></form>
        </Router>
    }
}

/// Moves the focus to the new page after a change of page without a reload, as a reload would: a screen reader starts to read there.
/// A change of the query alone is the page's own matter.
#[component]
fn FocusOnNavigation() -> impl IntoView {
    let pathname = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = pathname.get();
        if before.is_some_and(|before| before != now) {
            focus_main();
        }
        now
    });
}

fn focus_main() {
    use leptos::wasm_bindgen::JsCast;
    let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    // An element that cannot take the focus leaves it where it was.
    let _outcome = main.map(|main| main.focus());
}

#[component]
fn Header() -> impl IntoView {
    let pathname = use_location().pathname;
    let current = move |path: &'static str| move || pathname.with(|now| now == path).then_some("page");
    view! {
        <header class="site-header">
            <a href="/" class="site-header-name" aria-current=current("/")>{text::ui_service_name()}</a>
            <nav aria-label=text::ui_main_navigation()>
                <ul>
                    <li><a href="/postings" aria-current=current("/postings")>{text::ui_nav_postings()}</a></li>
                    <li><a href="/favorites" aria-current=current("/favorites")>{text::ui_nav_favorites()}</a></li>
                    <li><a href="/account" rel="external">{text::ui_nav_account()}</a></li>
                </ul>
            </nav>
        </header>
    }
}

#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>{text::ui_footer_about()}</p>
            <p>{text::ui_footer_privacy()}</p>
            <p>
                <a href="/account/terms" rel="external">{text::ui_footer_terms()}</a>
                " "
                <a href="/account/privacy" rel="external">{text::ui_footer_notice()}</a>
            </p>
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
        <p><a href="/postings" class="button">{text::ui_nav_postings()}</a></p>
        <p><a href="/">{text::ui_to_home()}</a></p>
    }
    .into_fixed()
}
