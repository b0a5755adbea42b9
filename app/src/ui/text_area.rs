//! The only place that writes `<textarea>`.

use super::{Built, IntoBuilt};
use leptos::prelude::*;

/// A field of several lines, filled in the browser: `keep` gets the text with every letter, `left` is called when it was changed and
/// left. Its text is set as a property and never written into HTML: Leptos does not escape a `<textarea>`'s text on the server.
pub fn text_area(id: String, value: String, most: usize, keep: impl Fn(String) + 'static, left: impl Fn() + 'static) -> Built {
    view! {
        <textarea
            id=id
            rows="2"
            maxlength=most.to_string()
            prop:value=value
            on:input=move |event| keep(event_target_value(&event))
            on:change=move |_| left()
        ></textarea>
    }
    .into_built()
}
