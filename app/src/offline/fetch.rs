//! Reading JSON from our own server, in the browser.

use super::Connectivity;
use crate::error::AppError;
use leptos::prelude::use_context;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Reads `path` of our own origin as JSON, and lets [`Connectivity`] know whether the server was in reach.
///
/// # Errors
/// What the status tells; [`AppError::Unreachable`] without a network; [`AppError::Internal`] if the answer is not what this
/// version of the page expects.
pub async fn get_json<T: DeserializeOwned>(path: &str) -> Result<T, AppError> {
    // Before the first wait: later there may be no owner to ask.
    let connectivity = use_context::<Connectivity>();
    let answer = read(path).await;
    if let Some(connectivity) = connectivity {
        connectivity.observe(!matches!(answer, Err(AppError::Unreachable)));
    }
    let text = answer?;
    serde_json::from_str(&text).map_err(|_| AppError::Internal)
}

async fn read(path: &str) -> Result<String, AppError> {
    let window = web_sys::window().ok_or(AppError::Internal)?;
    let unreachable = |_: JsValue| AppError::Unreachable;
    let response = JsFuture::from(window.fetch_with_str(path)).await.map_err(unreachable)?;
    let response: web_sys::Response = response.dyn_into().map_err(|_| AppError::Internal)?;
    if let Some(error) = AppError::from_status(response.status()) {
        return Err(error);
    }
    let text = JsFuture::from(response.text().map_err(unreachable)?).await.map_err(unreachable)?;
    text.as_string().ok_or(AppError::Internal)
}
