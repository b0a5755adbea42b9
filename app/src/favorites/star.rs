//! The star beside a posting's title.

use super::{Facts, Favorites};
use crate::postings::PostingNumber;
use crate::postings::sheet::Sheet;
use crate::text;
use crate::ui::IntoWhole;
use leptos::prelude::*;

/// The star of a posting: one tap puts it among the favorites, another takes it out. It keeps its place but is not seen before the
/// program runs, and so never without scripts.
///
/// Its name stays the same and "pressed" says the state, as a screen reader expects; the tooltip says what taps do.
/// Nothing reactive is made here: the star may outlive the view that it was made for (a list's cards are kept between answers).
#[must_use]
pub fn star(number: PostingNumber, saved: Facts, sheet: Option<Sheet>) -> AnyView {
    let Some(favorites) = use_context::<Favorites>() else { return ().into_any() };
    let is_in = {
        let number = number.clone();
        move || favorites.contain(&number)
    };
    let name = text::favorites_star(&saved.title);
    view! {
        <button
            type="button"
            class="star no-print"
            class:star-waiting=move || !favorites.are_known()
            aria-label=name
            aria-pressed=move || is_in().to_string()
            title=text::favorites_put_in_or_take_out()
            on:click=move |_| favorites.toggle(&number, &saved, sheet.as_ref())
        ></button>
    }
    .into_fixed()
}
