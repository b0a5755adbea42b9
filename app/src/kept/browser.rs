//! What the program has to do with what is kept: its pages change records, and the loader's part (`frontend/kept/`) brings the changes to the
//! account and the account's to the phone.

use super::{FAVORITE, Mark};
use crate::favorites::Favorite;
use crate::favorites::store as favorites;
use crate::favorites::store::{Kept as Outcome, NotKept};
use leptos::ev;
use leptos::prelude::*;

/// A change that the account does not have yet, for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// What it is about.
    pub title: String,
    /// The account's `Refusal`, by its name.
    pub refused: Option<String>,
}

/// A context of the whole application.
#[derive(Clone, Copy)]
pub struct Kept {
    /// Counts what came from the account or was put right.
    changes: RwSignal<u32>,
    /// Whether something came that the phone has no room for.
    is_full: RwSignal<bool>,
}

impl Kept {
    /// Makes the context and, in the browser, hears when something came.
    pub fn provide() -> Self {
        let kept = Self { changes: RwSignal::new(0), is_full: RwSignal::new(false) };
        provide_context(kept);
        Effect::new(move || {
            let came = window_event_listener(ev::Custom::new("kept"), move |_: web_sys::Event| kept.tell_changed());
            let full = window_event_listener(ev::Custom::new("kept-full"), move |_: web_sys::Event| kept.is_full.set(true));
            on_cleanup(move || {
                came.remove();
                full.remove();
            });
        });
        kept
    }

    /// Runs the reader's effect again whenever something came from the account or was sent.
    pub fn track(self) {
        self.changes.track();
    }

    /// Lets pages read again what the phone has.
    pub fn tell_changed(self) {
        let _gone = self.changes.try_update(|changes| *changes += 1);
    }

    /// Whether something came that the phone has no room for; reactive.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.is_full.get()
    }

    /// Whether somebody is signed in; reactive.
    #[must_use]
    pub fn is_signed_in(self) -> bool {
        self.track();
        phone::signed_in()
    }

    /// Whether the phone's things are somebody's who has an account.
    #[must_use]
    pub fn has_account(self) -> bool {
        phone::has_account()
    }

    /// What the account does not have yet; reactive.
    #[must_use]
    pub fn unsent(self) -> Vec<Unsent> {
        self.track();
        phone::unsent()
    }

    /// Keeps a favorite, `base` being the stamp of what the seeker saw of it; it is sent as soon as possible.
    ///
    /// # Errors
    /// If the phone has no room for it.
    pub(crate) fn put(self, favorite: &Favorite, base: &str) -> Result<Outcome, NotKept> {
        let stamp = phone::stamp();
        let favorite = Favorite { mark: Mark { stamp: stamp.clone(), unsent: true }, ..favorite.clone() };
        let outcome = favorites::put(&favorite);
        if outcome.is_ok() {
            phone::push(&id(&favorite), base, &stamp, favorites::text(&favorite.number), &favorite.facts().title);
        }
        outcome
    }

    /// Takes a favorite out.
    pub(crate) fn take_out(self, favorite: &Favorite) {
        favorites::delete(&favorite.number);
        phone::push(&id(favorite), &favorite.mark.stamp, &phone::stamp(), None, &favorite.facts().title);
    }

    /// Takes everything off this phone, sent or not.
    pub async fn clear(self) {
        phone::clear().await;
    }
}

/// Remembers on this phone that a posting's sheet was opened.
pub fn looked_at(number: &str, title: &str) {
    phone::looked_at(number, title);
}

/// A damaged record was discarded: the account has it.
pub fn refetch() {
    phone::refetch();
}

/// The favorites are shown: a good moment to offer the home screen.
pub fn shown() {
    phone::shown();
}

fn id(favorite: &Favorite) -> String {
    format!("{FAVORITE}{}", favorite.number)
}

/// `frontend/kept/phone.js`.
#[cfg(target_arch = "wasm32")]
mod phone {
    use super::Unsent;
    use js_sys::{Array, Promise};
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen_futures::{JsFuture, spawn_local};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = mypage)]
        pub fn stamp() -> String;
        #[wasm_bindgen(js_namespace = mypage, js_name = lookedAt)]
        pub fn looked_at(number: &str, title: &str);
        #[wasm_bindgen(js_namespace = mypage, js_name = offerInstallation)]
        pub fn shown();
        #[wasm_bindgen(js_namespace = mypage)]
        pub fn refetch();
        #[wasm_bindgen(js_namespace = mypage, js_name = signedIn)]
        pub fn signed_in() -> bool;
        #[wasm_bindgen(js_namespace = mypage, js_name = hasAccount)]
        pub fn has_account() -> bool;
        #[wasm_bindgen(js_namespace = mypage, js_name = unsent)]
        fn unsent_titles() -> Array;
        #[wasm_bindgen(js_namespace = mypage, js_name = push)]
        fn push_change(id: &str, base: &str, stamp: &str, thing: Option<String>, title: &str) -> Promise;
        #[wasm_bindgen(js_namespace = mypage, js_name = clear)]
        fn clear_phone(ends_session: bool) -> Promise;
    }

    pub fn unsent() -> Vec<Unsent> {
        let titles = unsent_titles().into_iter().filter_map(|title| title.as_string());
        titles
            .map(|title| match title.split_once('\n') {
                Some((title, why)) => Unsent { title: title.to_owned(), refused: Some(why.to_owned()) },
                None => Unsent { title, refused: None },
            })
            .collect()
    }

    pub fn push(id: &str, base: &str, stamp: &str, thing: Option<String>, title: &str) {
        let promise = push_change(id, base, stamp, thing, title);
        spawn_local(async move {
            // What could not be written down stands on the phone as unsent: the next start finds it.
            drop(JsFuture::from(promise).await);
        });
    }

    pub async fn clear() {
        // Without a database nothing is in it.
        drop(JsFuture::from(clear_phone(false)).await);
    }
}

/// Outside of a browser nothing is kept.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "as in a browser")]
mod phone {
    use super::Unsent;

    pub const fn stamp() -> String {
        String::new()
    }

    pub const fn looked_at(_number: &str, _title: &str) {}

    pub const fn shown() {}

    pub const fn refetch() {}

    pub const fn signed_in() -> bool {
        false
    }

    pub const fn has_account() -> bool {
        false
    }

    pub const fn unsent() -> Vec<Unsent> {
        Vec::new()
    }

    pub fn push(_id: &str, _base: &str, _stamp: &str, _thing: Option<String>, _title: &str) {}

    pub async fn clear() {}
}
