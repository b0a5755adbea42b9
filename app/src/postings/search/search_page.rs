//! `/postings`: the search form and what it finds. The server renders the answer; in the browser a changed address asks the JSON interface.

use super::chips::chips;
use super::fields::{Given, bad_list};
use super::found::{Asked, Found, keep, last, load, submitted_href};
use super::result_list::{announcement, answer, title};
use super::search_form::search_form;
use crate::handover::{Handover, handed_over};
use crate::text;
use crate::ui::IntoWhole;
use leptos::ev::SubmitEvent;
use leptos::form::form_data_from_event;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// What the page is made of while it lives.
#[derive(Clone, Copy)]
struct Page {
    /// What is shown; nothing before the first answer of a page that the browser made itself.
    found: RwSignal<Option<Found>>,
    /// Whether another answer is on its way; the old one stays until then.
    pending: RwSignal<bool>,
    /// What a screen reader was told last.
    announced: RwSignal<String>,
    /// Groups of choices that were opened.
    opened: RwSignal<Vec<String>>,
    /// Whether something was typed or ticked since the last search was begun: such input is not overwritten.
    edited: StoredValue<bool>,
    form: NodeRef<html::Form>,
}

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let search = use_location().search;
    let shown = search.with_untracked(|search| first(search));
    // The panel is open on the first visit, and stays as the reader leaves it.
    let basic_open = search.with_untracked(|search| Asked::from_url(search).query.conditions().next().is_none());
    let page = Page {
        found: RwSignal::new(shown),
        pending: RwSignal::new(false),
        announced: RwSignal::new(String::new()),
        opened: RwSignal::new(Vec::new()),
        edited: StoredValue::new(false),
        form: NodeRef::new(),
    };
    follow(page, search);
    let heading = move || page.found.with(|found| found.as_ref().map_or_else(|| text::search_heading().to_owned(), title));
    view! {
        <Title text=heading/>
        <h1>{text::search_heading()}</h1>
        <div class="search-page">
            {form(page, search, basic_open)}
            <section class="results" aria-labelledby="results-heading" aria-busy=move || page.pending.get().to_string()>
                {move || page.found.with(|found| found.as_ref().map(results))}
                {move || page.found.with(Option::is_none).then(|| view! { <p class="loading">{text::search_loading()}</p> })}
            </section>
        </div>
        <p class="visually-hidden" role="status" translate="no">{move || page.announced.get()}</p>
    }
    .into_fixed()
}

/// The answer for the first rendering: the one handed over, or on the way back from a posting what the page showed last.
fn first(search: &str) -> Option<Found> {
    match handed_over() {
        Some(Handover::Search(found)) => Some(found),
        _ => last(search),
    }
}

fn form(page: Page, search: Memo<String>, basic_open: bool) -> impl IntoView {
    let submit = submit_search(false);
    move || {
        let submit = submit.clone();
        page.found.with(|found| {
            let asked = match found {
                Some(found) => Asked::from_url(&found.search),
                None => search.with(|search| Asked::from_url(search)),
            };
            let facets = found.as_ref().and_then(|found| found.answer.as_ref().ok()).map(|results| &results.facets);
            let cities = found.as_ref().map_or(&[][..], |found| &found.cities);
            let given = Given { asked: &asked, facets, cities, opened: page.opened };
            search_form(given, basic_open, page.form, submit, move || page.edited.set_value(true))
        })
    }
}

/// What a search form does when it is submitted: goes to the canonical address without a reload, to the top of the page if told to
/// `scroll`. A form that cannot be read is left to the browser.
pub fn submit_search(scroll: bool) -> impl Fn(SubmitEvent) + Clone + 'static {
    let navigate = use_navigate();
    move |event| {
        let Some(form) = submitted(&event) else { return };
        event.prevent_default();
        navigate(&submitted_href(&form), NavigateOptions { scroll, ..NavigateOptions::default() });
    }
}

/// The form's fields as a query string.
fn submitted(event: &SubmitEvent) -> Option<String> {
    let data = form_data_from_event(event).ok()?;
    web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string().as_string()
}

fn results(found: &Found) -> AnyView {
    let asked = Asked::from_url(&found.search);
    view! {
        {bad_list(&asked.bad)}
        {chips(&asked.query, &found.cities)}
        {answer(found)}
    }
    .into_whole()
}

/// Follows the address: asks for what it names unless that is shown already.
fn follow(page: Page, search: Memo<String>) {
    Effect::new(move |_| {
        let search = search.get();
        page.edited.set_value(false);
        if page.found.with_untracked(|found| found.as_ref().is_some_and(|found| found.search == search)) {
            page.pending.set(false);
            return;
        }
        page.pending.set(true);
        let known = page.found.with_untracked(|found| found.as_ref().map(|found| found.cities.clone()).unwrap_or_default());
        spawn_local(async move {
            let found = load(search, known).await;
            page.arrived(found);
        });
    });
}

impl Page {
    /// Shows an answer, unless the page is gone or the address has changed again.
    fn arrived(self, found: Found) {
        let is_wanted = self.pending.try_get_untracked() == Some(true) && current_search().is_none_or(|search| search == found.search);
        if !is_wanted {
            return;
        }
        keep(&found);
        let words = announcement(&found);
        self.found.set(Some(found));
        self.pending.set(false);
        request_animation_frame(move || self.drawn(words));
    }

    /// After an answer was drawn: screen readers are told `words`; the form's fields show what the address says, unless they were
    /// edited meanwhile; the heading is in sight; focus is not lost with what it was on.
    fn drawn(self, words: String) {
        if self.announced.try_set(words).is_some() {
            // The page has gone meanwhile.
            return;
        }
        if self.edited.try_get_value() == Some(false)
            && let Some(form) = self.form.try_get_untracked().flatten()
        {
            form.reset();
        }
        let Some(heading) = document().get_element_by_id("results-heading") else { return };
        let top = heading.get_bounding_client_rect().top();
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
        if top < 0.0 || top > height {
            heading.scroll_into_view();
        }
        let focused = document().active_element();
        if focused.is_none_or(|focused| focused.tag_name() == "BODY") {
            focus(&heading);
        }
    }
}

fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>()
        && let Err(error) = element.focus()
    {
        leptos::logging::warn!("{error:?}");
    }
}

/// The query string in the browser's address bar.
fn current_search() -> Option<String> {
    window().location().search().ok().map(|search| search.trim_start_matches('?').to_owned())
}
