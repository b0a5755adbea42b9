//! The line at the foot of the screen that tells what happened to favorites and offers to undo it.

use super::store::NotKept;
use super::{Favorite, Favorites, MOST};
use crate::text;
use crate::ui::{Built, IntoBuilt};
use leptos::prelude::*;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// This one was taken out.
    Removed(Box<Favorite>),
    /// All were deleted.
    Cleared,
    /// Storage is full: some sheets cannot be read without a network.
    WithoutCopies,
    /// It could not be kept.
    NotKept(NotKept),
}

/// Where the focus goes when what had it is gone.
pub(super) const UNDO: &str = "favorites-undo";

/// Stands on every page; empty until something happened. A live region, so that it is announced.
#[component]
pub fn FavoritesStatus() -> impl IntoView {
    let favorites = use_context::<Favorites>();
    let message = move || favorites.and_then(|favorites| favorites.message.get().map(|message| bar(favorites, message)));
    view! { <div role="status" class="favorites-status">{message}</div> }
}

fn bar(favorites: Favorites, message: Message) -> Built {
    let words = match &message {
        Message::Removed(favorite) => text::favorites_removed(favorite.facts().title),
        Message::Cleared => text::favorites_cleared().to_owned(),
        Message::WithoutCopies => text::favorites_without_copies().to_owned(),
        Message::NotKept(NotKept::Unavailable) => text::favorites_unavailable().to_owned(),
        Message::NotKept(NotKept::TooMany) => text::favorites_too_many(MOST),
        Message::NotKept(NotKept::Full) => text::favorites_full().to_owned(),
    };
    let undo = match message {
        Message::Removed(favorite) => Some(view! {
            <button type="button" class="button" id=UNDO on:click=move |_| undo(favorites, &favorite)>{text::favorites_undo()}</button>
        }),
        _ => None,
    };
    view! {
        <div class="favorites-status-bar">
            <p>{words}</p>
            {undo}
            <button type="button" class="button button-secondary" on:click=move |_| favorites.message.set(None)>
                {text::favorites_close()}
            </button>
        </div>
    }
    .into_built()
}

/// Puts it back, and the focus on its star or card if the page shows it.
fn undo(favorites: Favorites, favorite: &Favorite) {
    favorites.add(favorite);
    let id = card_id(favorite);
    request_animation_frame(move || focus(&id));
}

/// The `id` of the title of a favorite's card.
pub(super) fn card_id(favorite: &Favorite) -> String {
    format!("favorite-{}", favorite.number)
}

/// Whether the element with this `id` has the focus.
pub(super) fn has_focus(id: &str) -> bool {
    document().active_element().is_some_and(|element| element.id() == id)
}

/// Moves the focus to the element with this `id`, if there is one; to the page's text otherwise.
pub(super) fn focus(id: &str) {
    use leptos::wasm_bindgen::JsCast;
    let found = document().get_element_by_id(id).or_else(|| document().get_element_by_id("main"));
    // An element that cannot take the focus leaves it where it was.
    let _outcome = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()).map(|element| element.focus());
}
