//! Where a sheet comes from: the database on the server, `GET /api/postings/{number}` in the browser.

use super::Sheet;
use crate::error::AppError;

/// The sheet of the posting with this number, for a page.
///
/// On the server it is read from the database of the [`crate::state::AppState`] in the Leptos context, for the viewer in the context.
///
/// # Errors
/// [`AppError::NotFound`] if there is none, it is not published, or the text is no posting number.
#[cfg(not(feature = "ssr"))]
pub fn fetch(number: String) -> impl Future<Output = Result<Sheet, AppError>> + Send {
    use crate::postings::PostingNumber;
    let answer = async move {
        // What is no number is not sent: it could be any path.
        let number: PostingNumber = number.parse().map_err(|_| AppError::NotFound)?;
        crate::offline::get_json(&format!("/api/postings/{number}")).await
    };
    // A resource wants a future that can be sent to another thread; the browser has one.
    #[cfg(target_arch = "wasm32")]
    let answer = send_wrapper::SendWrapper::new(answer);
    answer
}

#[cfg(feature = "ssr")]
pub use server::{fetch, load, sheet_json};

#[cfg(feature = "ssr")]
mod server {
    use super::super::{build, job_ld};
    use super::{AppError, Sheet};
    use crate::postings::{PostingNumber, Viewer, db};
    use crate::state::AppState;
    use axum::Json;
    use axum::extract::{Extension, Path, State};
    use axum::http::StatusCode;
    use axum::response::{IntoResponse, Response};
    use leptos::prelude::*;
    use leptos_meta::Script;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// The sheet of the posting with this number, for a page: from the database and for the viewer in the Leptos context.
    ///
    /// # Errors
    /// As [`load`].
    pub fn fetch(number: String) -> impl Future<Output = Result<Sheet, AppError>> + Send {
        // The context belongs to the moment of the call, not to the future's later life.
        let state = use_context::<AppState>();
        let viewer = use_context::<Viewer>().unwrap_or_default();
        async move {
            let state = state.ok_or_else(|| AppError::internal("a page was rendered without the service's state"))?;
            load(&state, &number, viewer).await
        }
    }

    /// The sheet of the posting with this number as `viewer` may see it today.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none, it is not published, or the text is no posting number; [`AppError::Internal`] if the
    /// database fails.
    pub async fn load(state: &AppState, number: &str, viewer: Viewer) -> Result<Sheet, AppError> {
        let number: PostingNumber = number.parse().map_err(|_| AppError::NotFound)?;
        let found = db::find(&state.database, &number).await.map_err(AppError::internal)?;
        let stored = found.ok_or(AppError::NotFound)?;
        let closed = stored.closed_at.is_some();
        build(stored.listing, &stored.record, closed, viewer, state.clock.today()).ok_or(AppError::NotFound)
    }

    /// `GET /api/postings/{number}`: the sheet as JSON; 404 with the error's name as JSON where there is none.
    pub async fn sheet_json(State(state): State<AppState>, viewer: Option<Extension<Viewer>>, Path(number): Path<String>) -> Response {
        let viewer = viewer.map(|Extension(viewer)| viewer).unwrap_or_default();
        match load(&state, &number, viewer).await {
            Ok(sheet) => Json(sheet).into_response(),
            Err(error) => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                (status, Json(error)).into_response()
            }
        }
    }

    /// Whether a page's structured data is in its head.
    #[derive(Clone, Debug, Default)]
    pub(in super::super) struct HeadOnce(Arc<AtomicBool>);

    /// Puts the sheet's structured data into the head of the page that is being rendered, with the page's nonce. It is no part of the
    /// component tree: a `<script>` in it breaks hydration in Safari, and the browser has no use for it.
    ///
    /// A page that waits is built more than once before it is written; [`HeadOnce`] in its context lets the data in once.
    pub(in super::super) fn register_structured_data(sheet: &Sheet) {
        if use_context::<HeadOnce>().is_some_and(|once| once.0.swap(true, Ordering::SeqCst)) {
            return;
        }
        let Some(data) = job_ld::job_posting(sheet) else { return };
        let text = job_ld::script_text(&data);
        // Rendering is what registers an element of the head; in its own place it leaves nothing.
        view! { <Script type_="application/ld+json">{text}</Script> }.to_html();
    }
}

#[cfg(feature = "ssr")]
pub(super) use server::{HeadOnce, register_structured_data};
