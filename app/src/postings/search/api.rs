//! `GET /api/postings/search`: the JSON interface, and the answer that the page renders on the server.

use super::found::{Found, prefectures_with_cities};
use super::query::SearchQuery;
use super::results::Results;
use crate::error::AppError;
use crate::places::cities;
use crate::postings::Viewer;
use crate::state::AppState;
use axum::Json;
use axum::extract::{Extension, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Runs the search that a query string asks for, as `viewer` may see it. What is not understood of it is left out and listed in [`Results::bad`].
///
/// # Errors
/// [`AppError::Internal`] if the index cannot be read; the cause is in the log.
pub async fn answer(state: &AppState, search: &str, viewer: Viewer) -> Result<Results, AppError> {
    let (query, bad) = SearchQuery::from_url(search);
    let today = state.clock.today();
    let known = state.answers.known(&state.index, &query, viewer, today);
    let results = match known {
        Some(results) => results,
        None => {
            let (answers, index) = (state.answers.clone(), state.index.clone());
            // The index blocks for milliseconds: on a thread where other requests do not wait for it.
            let searched = tokio::task::spawn_blocking(move || answers.search(&index, &query, viewer, today));
            searched.await.map_err(AppError::internal)?.map_err(AppError::internal)?
        }
    };
    Ok(Results { bad, ..Arc::unwrap_or_clone(results) })
}

/// Everything that the page shows `viewer` for a query string.
pub async fn find(state: &AppState, search: &str, viewer: Viewer) -> Found {
    let query = SearchQuery::from_url(search).0;
    let prefectures = prefectures_with_cities(&query);
    let cities = prefectures.iter().filter_map(|code| code.parse().ok()).flat_map(cities).collect();
    Found { search: search.to_owned(), answer: answer(state, search, viewer).await, cities }
}

/// Answers with [`Results`] as JSON; 500 if the index cannot be read.
pub async fn search(State(state): State<AppState>, viewer: Option<Extension<Viewer>>, RawQuery(query): RawQuery) -> Response {
    let viewer = viewer.map(|Extension(viewer)| viewer).unwrap_or_default();
    match answer(&state, query.as_deref().unwrap_or_default(), viewer).await {
        Ok(results) => Json(results).into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
