//! The WebAssembly entry. One bundle, two ways in: a page that the server rendered is hydrated; the empty shell, which the service
//! worker serves without a network, is mounted into (DESIGN.md "one shell, three ways in").

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use app::app::App;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Called by `boot.js` once the module is loaded.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    // Nobody can have set another one before.
    let _is_first = Executor::init_custom_executor(InTurns);
    let body = document().body().expect("a document that runs scripts has a body");
    if body.has_attribute("data-rendered") && !is_translated(&body) {
        hydrate_body(App);
    } else {
        body.set_inner_html("");
        mount_to_body(App);
    }
}

/// Begins everything that runs beside the page, effects above all, in a task of its own: on an old phone they would be one long task with the
/// start, in which no tap is answered.
struct InTurns;

impl CustomExecutor for InTurns {
    fn spawn(&self, future: PinnedFuture<()>) {
        self.spawn_local(future);
    }

    fn spawn_local(&self, future: PinnedLocalFuture<()>) {
        set_timeout(move || spawn_local(future), Duration::ZERO);
    }

    fn poll_local(&self) {}
}

/// Whether the browser has translated the page already: it puts `<font>`, which we never write, around every text. Such a page cannot be
/// hydrated; mounted anew it is translated again by the same browser.
fn is_translated(body: &web_sys::HtmlElement) -> bool {
    body.query_selector("font").ok().flatten().is_some()
}
