//! Where a sheet comes from: the database on the server, `GET /api/postings/{number}` in the browser.

use super::Sheet;
use crate::error::AppError;
use serde::{Deserialize, Serialize};

/// A sheet, or why there is none, and the number in the address that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// What stands in the address; a posting number or any text.
    pub number: String,
    /// The sheet of that posting.
    pub answer: Result<Sheet, AppError>,
}

/// Asks the server for a sheet, in the browser.
///
/// # Errors
/// [`AppError::NotFound`] if there is none, it is not published, or the text is no posting number.
pub async fn fetch(number: &str) -> Result<Sheet, AppError> {
    // What is no number is not sent: it could be any path.
    let number: crate::postings::PostingNumber = number.parse().map_err(|_| AppError::NotFound)?;
    crate::offline::get_json(&format!("/api/postings/{number}")).await
}

#[cfg(feature = "ssr")]
pub use server::{load, preload, sheet_json};

#[cfg(feature = "ssr")]
mod server {
    use super::super::{build, job_ld};
    use super::{AppError, Loaded, Sheet};
    use crate::account::CurrentUser;
    use crate::applications::ways_view::ways;
    use crate::postings::db::Stored;
    use crate::postings::{PostingNumber, Viewer, db};
    use crate::state::AppState;
    use axum::Json;
    use axum::extract::{Extension, Path, State};
    use axum::http::StatusCode;
    use axum::response::{IntoResponse, Response};
    use leptos::prelude::*;
    use leptos_meta::Script;

    /// What the page at `path` needs, for its context: the sheet of `/postings/{number}`; nothing for another page. A page that waited
    /// for it while it is rendered would be built several times.
    pub async fn preload(state: &AppState, path: &str, viewer: Viewer, user: Option<&CurrentUser>) -> Option<Loaded> {
        let number = path.strip_prefix("/postings/").filter(|number| !number.is_empty() && !number.contains('/'))?;
        let number = leptos_router::location::Url::unescape(number);
        let answer = load_with_ways(state, &number, viewer, user).await;
        Some(Loaded { number, answer })
    }

    /// The sheet of the posting with this number as `viewer` may see it today.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none, it is not published, or the text is no posting number; [`AppError::Internal`] if the
    /// database fails.
    pub async fn load(state: &AppState, number: &str, viewer: Viewer) -> Result<Sheet, AppError> {
        let stored = find(state, number).await?;
        shown(&stored, viewer, state)
    }

    /// The same with the ways of applying that are open to `user`.
    async fn load_with_ways(state: &AppState, number: &str, viewer: Viewer, user: Option<&CurrentUser>) -> Result<Sheet, AppError> {
        let stored = find(state, number).await?;
        let mut sheet = shown(&stored, viewer, state)?;
        sheet.ways = ways(state, user, (&sheet, &stored.record, stored.listing.scope)).await.map_err(AppError::internal)?;
        Ok(sheet)
    }

    async fn find(state: &AppState, number: &str) -> Result<Stored, AppError> {
        let number: PostingNumber = number.parse().map_err(|_| AppError::NotFound)?;
        db::find(&state.database, &number).await.map_err(AppError::internal)?.ok_or(AppError::NotFound)
    }

    fn shown(stored: &Stored, viewer: Viewer, state: &AppState) -> Result<Sheet, AppError> {
        let closed = stored.closed_at.is_some();
        let sheet = build(stored.listing.clone(), &stored.record, closed, viewer, state.clock.today()).ok_or(AppError::NotFound)?;
        Ok(Sheet { changed_at: stored.changed_at, ..sheet })
    }

    /// `GET /api/postings/{number}`: the sheet as JSON; 404 with the error's name as JSON where there is none.
    pub async fn sheet_json(
        State(state): State<AppState>,
        viewer: Option<Extension<Viewer>>,
        user: Option<Extension<CurrentUser>>,
        Path(number): Path<String>,
    ) -> Response {
        let viewer = viewer.map(|Extension(viewer)| viewer).unwrap_or_default();
        let user = user.map(|Extension(user)| user);
        match load_with_ways(&state, &number, viewer, user.as_ref()).await {
            Ok(sheet) => Json(sheet).into_response(),
            Err(error) => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                (status, Json(error)).into_response()
            }
        }
    }

    /// Puts the sheet's structured data into the head of the page that is being rendered, with the page's nonce. It is no part of the
    /// component tree: a `<script>` in it breaks hydration in Safari, and the browser has no use for it.
    pub(in super::super) fn register_structured_data(sheet: &Sheet) {
        let Some(data) = job_ld::job_posting(sheet) else { return };
        let text = job_ld::script_text(&data);
        // Rendering is what registers an element of the head; in its own place it leaves nothing.
        view! { <Script type_="application/ld+json">{text}</Script> }.to_html();
    }
}

#[cfg(feature = "ssr")]
pub(super) use server::register_structured_data;
