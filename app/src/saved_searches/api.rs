//! How many postings of a saved search are new: `GET /api/saved-searches/new`, the conditions and `seen` in its query.

use super::NewOnes;
use crate::date::Date;
use crate::error::AppError;
use crate::postings::Viewer;
use crate::postings::search::{Param, SearchQuery, api};
use crate::state::AppState;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Counts what fits a search and was received on the day of the last look or later, as anyone would find it: what is counted on one device must be
/// what is counted on another.
///
/// # Errors
/// [`AppError::Internal`] if the index cannot be read.
pub async fn new_ones(state: &AppState, query: &SearchQuery, seen_on: Date) -> Result<NewOnes, AppError> {
    let today = state.clock.today();
    let count = async |from: Date| {
        let from = query.received_from(today).map_or(from, |own| own.max(from));
        let narrowed = query.clone().without_all(Param::New).without_all(Param::Since).without_all(Param::Page);
        let narrowed = narrowed.with(Param::Since, &from.to_string());
        Ok(api::answer(state, &narrowed.to_url(), Viewer::Anyone).await?.total)
    };
    Ok(NewOnes { count: count(seen_on).await?, today, of_today: count(today).await? })
}

/// `GET /api/saved-searches/new?seen=2026-11-26&pref=13`: [`NewOnes`]; 400 without a day.
pub async fn new_ones_json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let seen = query.split('&').find_map(|pair| pair.strip_prefix("seen=")).and_then(|day| day.parse().ok());
    let Some(seen) = seen else { return StatusCode::BAD_REQUEST.into_response() };
    match new_ones(&state, &SearchQuery::from_url(&query).0, seen).await {
        Ok(new) => Json(new).into_response(),
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
