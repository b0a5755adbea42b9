//! `/postings`: the search form and what it finds. The server renders the answer; in the browser a changed address asks the JSON interface.

use super::chips::chips;
use super::fields::{Basis, bad_list};
use super::found::{Asked, Found, Held, held, keep, last, load, submitted_href};
use super::pickers::GROUP;
use super::result_list::{announcement, answer, title};
use super::search_form::{FORM, search_form};
use crate::favorites::{Facts, star};
use crate::handover;
use crate::postings::PostingNumber;
use crate::postings::sheet::Sheet;
use crate::text;
use crate::ui::{Dormant, IntoWhole, dormant};
use leptos::ev::{Event, SubmitEvent};
use leptos::form::form_data_from_event;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What the page is made of while it lives.
#[derive(Clone, Copy)]
struct Page {
    /// What is shown; nothing before the first answer of a page that the browser made itself.
    found: RwSignal<Option<Held>>,
    /// Whether another answer is on its way; the old one stays until then.
    pending: RwSignal<bool>,
    /// What a screen reader was told last.
    announced: RwSignal<String>,
    /// Groups of choices that were opened.
    opened: RwSignal<Vec<String>>,
    /// Whether something was typed or ticked since the last search was begun: such input is not overwritten.
    edited: StoredValue<bool>,
    /// The query string that the server rendered, as long as its answer is shown: what it says of itself stands in the page.
    served: RwSignal<Option<Served>>,
}

/// What the server rendered the page from, and called it.
#[derive(Clone)]
struct Served {
    search: String,
    title: String,
}

/// The search page. Form and answer sleep as the server wrote them until another answer comes or a group of choices is opened; what happens
/// in the form is heard around it.
#[component]
pub fn SearchPage() -> impl IntoView {
    let search = use_location().search;
    let first = search.get_untracked();
    let handed_over = handover::search();
    let served = (cfg!(not(feature = "ssr")) && handed_over.is_some()).then(|| Served { search: first.clone(), title: document().title() });
    let page = Page {
        found: RwSignal::new(handed_over.or_else(|| last(&first))),
        pending: RwSignal::new(false),
        announced: RwSignal::new(String::new()),
        opened: RwSignal::new(Vec::new()),
        edited: StoredValue::new(false),
        served: RwSignal::new(served),
    };
    follow(page, search);
    star::follow(
        move || page.found.track(),
        Arc::new(move |number| page.found.try_with_untracked(|found| known(found.as_ref()?, number))?),
    );
    let is_loading = move || page.found.with(Option::is_none);
    view! {
        <Title text=move || page.heading()/>
        <h1>{text::search_heading()}</h1>
        <div class="search-page">
            <div on:submit=submit_search(false) on:input=move |_| page.edited.set_value(true) on:toggle:capture=move |event| page.toggled(&event)>
                {form(page, search, first)}
            </div>
            <section class="results" aria-labelledby="results-heading" aria-busy=move || page.pending.get().to_string()>
                {move || page.found.get().map(|found| dormant(move || results(&found)))}
                {move || is_loading().then(|| view! { <p class="loading">{text::search_loading()}</p> })}
            </section>
        </div>
        <p class="visually-hidden" role="status" translate="no">{move || page.announced.get()}</p>
    }
    .into_fixed()
}

/// What a tap on a star keeps: the row; the sheet comes later.
fn known(found: &Found, number: &PostingNumber) -> Option<(Facts, Option<Sheet>)> {
    let row = found.answer.as_ref().ok()?.postings.iter().find(|row| row.number == *number)?;
    Some((row.into(), None))
}

/// The form for the answer that is shown, or for the address as long as there is none. The basic panel is open if the page was opened
/// with no condition (`first`), and stays as the reader leaves it.
fn form(page: Page, search: Memo<String>, first: String) -> impl IntoView {
    move || -> Dormant {
        let (found, opened, first) = (page.found.get(), page.opened.get(), first.clone());
        let search = if found.is_none() { search.get() } else { String::new() };
        dormant(move || {
            let asked = Asked::from_url(found.as_ref().map_or(&search, |found| &found.search));
            let basic_open = Asked::from_url(&first).query.conditions().next().is_none();
            search_form(Basis { asked, found, opened }.given(), basic_open)
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
        <div>
            {bad_list(&asked.bad)}
            {chips(&asked.query, &found.cities)}
            {answer(found)}
        </div>
    }
    .into_whole()
}

/// Follows the address: asks for what it names unless that is shown already.
fn follow(page: Page, search: Memo<String>) {
    Effect::new(move |_| {
        let search = search.get();
        page.edited.set_value(false);
        if page.shows(&search) {
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
    /// The document's title. Reactive.
    fn heading(self) -> String {
        if let Some(served) = self.served.get() {
            return served.title;
        }
        self.found.with(|found| found.as_ref().map_or_else(|| text::search_heading().to_owned(), |found| title(found)))
    }

    /// Whether the answer to this query string is shown.
    fn shows(self, search: &str) -> bool {
        let found = || self.found.with_untracked(|found| found.as_ref().is_some_and(|found| found.search == search));
        self.served.with_untracked(|served| served.as_ref().map(|served| served.search == search)).unwrap_or_else(found)
    }

    /// Draws the choices of a group that was opened; closing tells too: a group that was opened once stays drawn.
    fn toggled(self, event: &Event) {
        let Some(group) = event_target::<web_sys::Element>(event).get_attribute(GROUP) else { return };
        if self.opened.with_untracked(|opened| !opened.contains(&group)) {
            self.opened.update(|opened| opened.push(group));
        }
    }

    /// Shows an answer, unless the page is gone or the address has changed again.
    fn arrived(self, found: Found) {
        let is_wanted = self.pending.try_get_untracked() == Some(true) && current_search().is_none_or(|search| search == found.search);
        if !is_wanted {
            return;
        }
        let words = announcement(&found);
        let found = held(found);
        keep(&found);
        self.served.set(None);
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
        if self.edited.try_get_value() == Some(false) {
            reset_form();
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

fn reset_form() {
    if let Some(form) = document().get_element_by_id(FORM).and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
        form.reset();
    }
}

fn focus(element: &web_sys::Element) {
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
