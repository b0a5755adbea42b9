//! Passing a posting on: the phone's own share sheet where there is one, the clipboard where there is not, and without JavaScript a
//! plain link. Nothing is shown before it works: the buttons come when the page runs.

use crate::text;
use leptos::prelude::*;

/// What the browser offers for passing a page on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Offers {
    runs: bool,
    share: bool,
    copy: bool,
}

/// The link to a posting, and buttons to share, copy and print it.
#[component]
pub fn Share(
    /// The path of the page: `/postings/13010-12345678`.
    path: String,
    /// What the share sheet says the page is.
    title: String,
) -> impl IntoView {
    let offers = RwSignal::new(Offers::default());
    let copied = RwSignal::new(false);
    Effect::new(move || offers.set(browser::offers()));
    let share = {
        let path = path.clone();
        move |_| browser::share(&title, &path)
    };
    let copy = {
        let path = path.clone();
        move |_| browser::copy(&path, move || copied.set(true))
    };
    view! {
        <div class="sheet-share no-print">
            <p><a href=path>{text::sheet_link()}</a></p>
            <div class="sheet-share-buttons" hidden=move || !offers.get().runs>
                <button type="button" class="button button-secondary" hidden=move || !offers.get().share on:click=share>
                    {text::sheet_share()}
                </button>
                <button type="button" class="button button-secondary" hidden=move || !offers.get().copy on:click=copy>
                    {text::sheet_copy()}
                </button>
                <button type="button" class="button button-secondary" on:click=move |_| browser::print()>
                    {text::sheet_print()}
                </button>
            </div>
            <p role="status" class="sheet-share-status">{move || if copied.get() { text::sheet_copied() } else { "" }}</p>
        </div>
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::Offers;
    use js_sys::{Function, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};

    /// What this browser can do with a page.
    pub(super) fn offers() -> Offers {
        Offers { runs: true, share: method(&navigator(), "share").is_some(), copy: method(&clipboard(), "writeText").is_some() }
    }

    /// Opens the share sheet. Closing it again without sharing is no error.
    pub(super) fn share(title: &str, path: &str) {
        let what = Object::new();
        let set = |name: &str, value: &str| Reflect::set(&what, &name.into(), &value.into()).unwrap_or_default();
        if set("title", title) && set("url", &absolute(path)) {
            call(&navigator(), "share", &what, || {});
        }
    }

    /// Writes the address to the clipboard, then calls `done`.
    pub(super) fn copy(path: &str, done: impl FnOnce() + 'static) {
        call(&clipboard(), "writeText", &JsValue::from(absolute(path)), done);
    }

    /// Opens the browser's print dialog.
    pub(super) fn print() {
        if let Some(window) = web_sys::window() {
            // Where printing is forbidden (some in-app browsers) there is nothing to tell.
            drop(window.print());
        }
    }

    fn absolute(path: &str) -> String {
        let origin = web_sys::window().and_then(|window| Reflect::get(&window, &"origin".into()).ok());
        format!("{}{path}", origin.and_then(|origin| origin.as_string()).unwrap_or_default())
    }

    fn navigator() -> JsValue {
        web_sys::window().map(|window| window.navigator().into()).unwrap_or_default()
    }

    fn clipboard() -> JsValue {
        Reflect::get(&navigator(), &"clipboard".into()).unwrap_or_default()
    }

    fn method(object: &JsValue, name: &str) -> Option<Function> {
        Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
    }

    /// Calls a method that answers with a promise; `done` is called if it is kept.
    fn call(object: &JsValue, name: &str, argument: &JsValue, done: impl FnOnce() + 'static) {
        let answer = method(object, name).and_then(|method| method.call1(object, argument).ok());
        let Some(promise) = answer.and_then(|answer| answer.dyn_into::<Promise>().ok()) else { return };
        spawn_local(async move {
            if JsFuture::from(promise).await.is_ok() {
                done();
            }
        });
    }
}

/// On the server nothing can be passed on.
#[cfg(not(target_arch = "wasm32"))]
mod browser {
    use super::Offers;

    pub(super) fn offers() -> Offers {
        Offers::default()
    }

    pub(super) fn share(_title: &str, _path: &str) {}

    pub(super) fn copy(_path: &str, _done: impl FnOnce() + 'static) {}

    pub(super) fn print() {}
}
