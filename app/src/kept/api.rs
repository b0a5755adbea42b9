//! `POST /api/kept/sync`: a phone's changes to its account, and the account's to the phone.

use super::{SENT_TOGETHER, Sync, db};
use crate::account::access::{Action, allow};
use crate::account::{Accounts, CurrentUser};
use crate::error::AppError;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;

/// The most bytes of a request: [`SENT_TOGETHER`] changes, each with the longest texts that are taken.
const MOST_BYTES: usize = 2 << 20;

/// The interface.
pub fn routes(accounts: Accounts) -> axum::Router {
    axum::Router::new().route("/api/kept/sync", post(sync)).layer(DefaultBodyLimit::max(MOST_BYTES)).with_state(accounts)
}

/// Of a request: [`tag`] of the seeker who is signed in.
#[derive(Clone, Debug)]
pub struct OwnTag(pub String);

/// What the phone is told of whose account it is: enough to know another one.
#[must_use]
pub fn tag(accounts: &Accounts, user: &CurrentUser) -> String {
    accounts.key().mac("kept-account", &[user.account.as_str()])[..16].to_owned()
}

async fn sync(
    State(accounts): State<Accounts>,
    user: Option<Extension<CurrentUser>>,
    request: Result<Json<Sync>, JsonRejection>,
) -> Response {
    let user = user.map(|Extension(user)| user);
    let owner = user.as_ref().map(|user| user.account.clone());
    let Some(owner) = owner else { return refuse(AppError::SignedOut) };
    // Employers and staff keep nothing.
    let Ok(user) = allow(user.as_ref(), Action::OwnSeekerPages(&owner)) else { return refuse(AppError::NotFound) };
    let Ok(Json(request)) = request else { return StatusCode::BAD_REQUEST.into_response() };
    if request.changes.len() > SENT_TOGETHER {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let tag = tag(&accounts, user);
    if request.account != tag {
        return refuse(AppError::SignedOut);
    }
    match db::sync(&accounts.state.database, &user.account, &tag, &request, accounts.state.clock.now()).await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => refuse(AppError::internal(error)),
    }
}

fn refuse(error: AppError) -> Response {
    (StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), Json(error)).into_response()
}
