//! The stars beside postings' titles.

use super::{Facts, Favorites};
use crate::postings::PostingNumber;
use crate::postings::sheet::Sheet;
use crate::text;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::sync::Arc;
use web_sys::Element;

/// The attribute with the number of a star's posting.
const NUMBER: &str = "value";

/// What finds stars.
const STARS: &str = "button.star";

/// The form around nothing that stars belong to, once in every page.
pub const STARRED: &str = "starred";

/// The class of a star of which nothing is known yet.
const WAITING: &str = "star-waiting";

/// What is known of the postings that a page shows: their facts, and the sheet where it is at hand.
pub type Known = Arc<dyn Fn(&PostingNumber) -> Option<(Facts, Option<Sheet>)> + Send + Sync>;

/// The star of a posting: one tap puts it among the favorites, another takes it out. It keeps its place but is not seen before the
/// program runs. Without scripts it is seen, and sends the form [`STARRED`] to the account.
///
/// Its name stays the same and "pressed" says the state, as a screen reader expects; the tooltip says what taps do. It follows nothing
/// itself: a page has dozens, which [`follow`] looks after together.
#[must_use]
pub fn star(number: &PostingNumber, title: &str) -> impl IntoView + use<> {
    let (number, name) = (number.to_string(), text::favorites_star(title));
    view! {
        <button
            form=STARRED
            name="number"
            value=number
            class="star star-waiting no-print"
            aria-label=name
            aria-pressed="false"
        ></button>
    }
}

/// Looks after the stars of a page that reads a signal in `drawn` whenever it draws some. `known` is what a star that is tapped puts
/// among the favorites.
pub fn follow(drawn: impl Fn() + 'static, known: Known) {
    let Some(favorites) = use_context::<Favorites>() else { return };
    favorites.known.set_value(Some(known));
    Effect::new(move || {
        drawn();
        favorites.track_numbers();
        // After everything that follows the same signals has drawn, and before it is seen.
        request_animation_frame(move || paint(favorites));
    });
}

/// Shows on every star in the page whether its posting is a favorite.
fn paint(favorites: Favorites) {
    let Ok(stars) = document().query_selector_all(STARS) else { return };
    for star in (0..stars.length()).filter_map(|at| stars.get(at)?.dyn_into::<Element>().ok()) {
        let is_in = number_of(&star).map(|number| favorites.contain(&number));
        if let Some(Some(is_in)) = is_in {
            // No name is one that the browser refuses.
            let _outcome = star.set_attribute("aria-pressed", if is_in { "true" } else { "false" });
            let _outcome = star.set_attribute("title", text::favorites_put_in_or_take_out());
            let _outcome = star.class_list().remove_1(WAITING);
        }
    }
}

/// Takes the taps on all stars of all pages.
pub(super) fn listen(favorites: Favorites) -> WindowListenerHandle {
    window_event_listener(ev::click, move |event| {
        let tapped: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let star = tapped.and_then(|tapped| tapped.closest(STARS).ok().flatten());
        if let Some(number) = star.and_then(|star| number_of(&star)) {
            // It is no form here.
            event.prevent_default();
            favorites.tapped(&number);
        }
    })
}

fn number_of(star: &Element) -> Option<PostingNumber> {
    star.get_attribute(NUMBER)?.parse().ok()
}
