//! The only place that writes `<textarea>`.

use super::{Built, IntoBuilt};
use leptos::prelude::*;

/// A field of several lines, filled in the browser: `keep` gets the text with every letter, `left` is called when it was changed and
/// left. Its text is set as a property and never written into HTML: Leptos does not escape a `<textarea>`'s text on the server.
pub fn text_area(id: String, value: RwSignal<String>, most: usize, keep: impl Fn(String) + 'static, left: impl Fn() + 'static) -> Built {
    view! {
        <textarea
            id=id
            rows="2"
            maxlength=most.to_string()
            prop:value=move || value.get()
            on:input=move |event| keep(event_target_value(&event))
            on:change=move |_| left()
        ></textarea>
    }
    .into_built()
}

/// A field of several lines in a form of the server, tied to what describes it and marked if it is wrong. What is in it is escaped here: Leptos
/// does not. Browsers let nobody write more than `maxlength` characters, and cut off what is pasted: not for what must not get lost.
#[cfg(feature = "ssr")]
pub fn plain_text_area(
    id: &str,
    name: &str,
    value: &str,
    maxlength: Option<usize>,
    (described_by, invalid): (Option<String>, Option<&'static str>),
) -> AnyView {
    // A browser takes away the first line break.
    let inner = format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"));
    view! {
        <textarea
            id=id.to_owned()
            name=name.to_owned()
            rows="3"
            maxlength=maxlength.map(|most| most.to_string())
            aria-describedby=described_by
            aria-invalid=invalid
            inner_html=inner
        ></textarea>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_stays_text_in_a_form_of_the_server() {
        let html = plain_text_area("note", "note", "</textarea><script>alert(1)</script>&amp;", Some(9), (None, None)).to_html();
        assert!(html.contains("&lt;/textarea>&lt;script>alert(1)&lt;/script>&amp;amp;"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    }
}
