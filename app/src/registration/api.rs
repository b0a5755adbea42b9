//! `POST /api/registration/{section}`: saves a section as it is being typed. The form's own fields; answers `{"revision": 3}`, 409 where another
//! device has saved meanwhile or the registration is inactive, 422 with the codes where staff confirmed what it would change.

use super::Section;
use super::db::Saved;
use super::form_data::FormData;
use super::own::Own;
use crate::account::answer::Failure;
use crate::account::visit::{Fields, Visit};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Saves what was typed.
pub async fn save(visit: Visit, Path(section): Path<String>, fields: Fields) -> Response {
    match saved(&visit, &section, &fields).await {
        Ok(response) => response,
        Err(Failure::SignInFirst(_)) => StatusCode::UNAUTHORIZED.into_response(),
        Err(failure) => failure.status().into_response(),
    }
}

async fn saved(visit: &Visit, section: &str, fields: &Fields) -> Result<Response, Failure> {
    let section = Section::from_code(section).ok_or(Failure::NotFound)?;
    let own = Own::of(visit, section.path()).await?;
    // A page that somebody else left open in this browser.
    if fields.get("account") != visit.account_tag() {
        return Ok(StatusCode::UNAUTHORIZED.into_response());
    }
    if own.is_closed(visit.today()) {
        return Ok(StatusCode::CONFLICT.into_response());
    }
    let mut draft = own.draft.clone();
    draft.read(section, &FormData(fields.all().to_vec()));
    draft.canonicalise(section);
    let refused = own.refused(&draft);
    if !refused.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(refused)).into_response());
    }
    Ok(match own.save(visit, &draft, section, fields.get("base").parse().unwrap_or_default()).await? {
        Saved::Done(revision) => Json(json!({ "revision": revision })).into_response(),
        Saved::Conflict => StatusCode::CONFLICT.into_response(),
    })
}
