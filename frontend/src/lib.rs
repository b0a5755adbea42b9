//! The WebAssembly entry. One bundle, two ways in: a page that the server rendered is hydrated; the empty shell, which the service
//! worker serves without a network, is mounted into (DESIGN.md "one shell, three ways in").

use app::app::App;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by `boot.js` once the module is loaded.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    let body = document().body().expect("a document that runs scripts has a body");
    if body.has_attribute("data-rendered") && !is_translated(&body) {
        hydrate_body(App);
    } else {
        body.set_inner_html("");
        mount_to_body(App);
    }
}

/// Whether the browser has translated the page already: it puts `<font>`, which we never write, around every text. Such a page cannot be
/// hydrated; mounted anew it is translated again by the same browser.
fn is_translated(body: &web_sys::HtmlElement) -> bool {
    body.query_selector("font").ok().flatten().is_some()
}
