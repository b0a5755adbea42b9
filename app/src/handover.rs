//! What the server loaded for a page before it rendered it. The page hands it over to the browser, which hydrates from the same.
//!
//! It stands in the page as a block of JSON that no browser runs. Leptos' own way of handing values over writes them as a script, which
//! took a third of the time that a page of results costs (*measured*).

use crate::postings::search::Found;
use crate::postings::search::found::Held;
use crate::postings::sheet::api::Loaded;
use serde::{Deserialize, Serialize};

/// The `id` of the element that holds it.
pub const ELEMENT: &str = "handover";

/// What a page was rendered from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Handover {
    /// Of `/postings`.
    Search(Found),
    /// Of `/postings/{number}`.
    Sheet(Loaded),
}

/// The search that this page was loaded with, on the server and for the first page in the browser; later pages find nothing and ask for
/// themselves.
#[must_use]
pub fn search() -> Option<Held> {
    #[cfg(feature = "ssr")]
    return match leptos::prelude::use_context::<Handover>()? {
        Handover::Search(found) => Some(crate::postings::search::found::held(found)),
        Handover::Sheet(_) => None,
    };
    #[cfg(not(feature = "ssr"))]
    return browser::search();
}

/// The sheet that this page was loaded with; see [`search`].
#[must_use]
pub fn sheet() -> Option<Loaded> {
    #[cfg(feature = "ssr")]
    let handed_over = leptos::prelude::use_context::<Handover>()?;
    #[cfg(not(feature = "ssr"))]
    let handed_over = browser::read(&browser::taken()?)?;
    if let Handover::Sheet(loaded) = handed_over { Some(loaded) } else { None }
}

#[cfg(not(feature = "ssr"))]
mod browser {
    use super::{ELEMENT, Found, Handover, Held};
    use crate::error::AppError;
    use std::sync::{Arc, LazyLock};

    /// Takes the text out of the page.
    pub fn taken() -> Option<String> {
        let element = leptos::prelude::document().get_element_by_id(ELEMENT)?;
        element.remove();
        element.text_content()
    }

    #[cfg(target_arch = "wasm32")]
    pub fn read(text: &str) -> Option<Handover> {
        serde_json::from_str(text).ok()
    }

    /// Only a browser has a page to read from.
    #[cfg(not(target_arch = "wasm32"))]
    pub const fn read(_text: &str) -> Option<Handover> {
        None
    }

    /// Only looked at; read when somebody asks for it.
    pub fn search() -> Option<Held> {
        let text = taken().filter(|text| text.starts_with("{\"Search\":"))?;
        Some(Arc::new(LazyLock::new(Box::new(move || match read(&text) {
            Some(Handover::Search(found)) => found,
            _ => Found { search: String::new(), answer: Err(AppError::Internal), cities: Vec::new() },
        }))))
    }
}

#[cfg(feature = "ssr")]
impl Handover {
    /// Loads what the page at this address needs; nothing for a page that needs nothing. A page that waited for it while it is rendered
    /// would be built several times.
    pub async fn load(
        state: &crate::state::AppState,
        uri: &axum::http::Uri,
        viewer: crate::postings::Viewer,
        user: Option<&crate::account::CurrentUser>,
    ) -> Option<Self> {
        if uri.path().trim_end_matches('/') == "/postings" {
            return Some(Self::Search(crate::postings::search::api::find(state, uri.query().unwrap_or_default(), viewer).await));
        }
        crate::postings::sheet::api::preload(state, uri.path(), viewer, user).await.map(Self::Sheet)
    }

    /// The JSON for the page: no `<`, so that nothing in it ends the element.
    #[must_use]
    pub fn json(&self) -> String {
        match serde_json::to_string(self) {
            Ok(json) => json.replace('<', "\\u003c"),
            Err(error) => {
                tracing::error!(%error, "a page goes out without its data; the browser asks for it again");
                String::new()
            }
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::error::AppError;

    #[test]
    fn nothing_in_the_data_ends_the_element_it_stands_in_and_it_reads_back_as_it_was() {
        let number = "</script><script>alert(1)</script><!--".to_owned();
        let json = Handover::Sheet(Loaded { number: number.clone(), answer: Err(AppError::NotFound) }).json();
        assert!(!json.contains('<'), "{json}");
        let Ok(Handover::Sheet(read)) = serde_json::from_str(&json) else { panic!("{json} does not read back") };
        assert_eq!(read.number, number);
    }
}
