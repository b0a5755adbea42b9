//! `GET /api/places/{pref}`: the municipalities of a prefecture, which the browser's program does not carry itself.

use super::{City, cities};
use axum::Json;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How long a browser may keep the answer: a day; municipalities change a few times a year [own].
const KEPT: &str = "public, max-age=86400";

/// Answers with `[{"code": "13101", "name": "千代田区"}, …]`; 404 for what is no prefecture's code.
pub async fn of_prefecture(Path(code): Path<String>) -> Response {
    let cities: Vec<City> = code.parse().ok().filter(|_| code.len() == 2).map(cities).unwrap_or_default();
    if cities.is_empty() {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(header::CACHE_CONTROL, KEPT)], Json(cities)).into_response()
}
