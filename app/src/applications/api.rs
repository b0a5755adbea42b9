//! What scripts ask for: `POST /api/applications/draft` saves what is being written with the revision `base` that it was typed on (`{"base"}`, its own; 409 with what is saved, and its
//! revision, if another device has saved something else), `POST /api/applications/send` sends what waited in a phone's
//! outbox: `{"path"}` of its page, or 409 and 422 with `{"why": [sentences]}`. Both take the fields of the form, `number` and `account`.

use super::apply_page::{Applying, confirmed, self_application, typed};
use super::content;
use super::sending::{Seen, Sent, ToSend};
use super::ways::Closed;
use super::ways_view::{Words, office};
use crate::account::answer::Failure;
use crate::account::visit::{Fields, Visit};
use crate::text;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Saves what is being written.
pub async fn save(visit: Visit, fields: Fields) -> Response {
    let saved = async {
        let applying = applying(&visit, &fields).await?;
        Ok(match applying.save(&visit, &typed(&fields), fields.get("base").parse().ok()).await? {
            Some(revision) => Json(json!({ "base": revision })).into_response(),
            None => {
                let theirs = applying.draft(&visit).await?;
                let told = json!({ "base": theirs.revision, "motivation": theirs.input.motivation, "remarks": theirs.input.remarks });
                (StatusCode::CONFLICT, Json(told)).into_response()
            }
        })
    };
    answer(saved.await)
}

/// Sends what waited.
pub async fn send(visit: Visit, fields: Fields) -> Response {
    answer(sent(&visit, &fields).await)
}

async fn applying(visit: &Visit, fields: &Fields) -> Result<Applying, Failure> {
    // A page that somebody else left open in this browser, or what waits for another account.
    if visit.account_tag() != fields.get("account") || visit.user.is_none() {
        return Err(Failure::SignInFirst(String::new()));
    }
    self_application(visit, fields.get("number")).await
}

async fn sent(visit: &Visit, fields: &Fields) -> Result<Response, Failure> {
    let applying = applying(visit, fields).await?;
    let (form, input, target) = (visit.waiting_hash(fields)?, typed(fields), applying.target());
    if target.asked().is_reserved {
        // Special-care personal information never waits on a phone (DESIGN.md): nothing of ours sends this.
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, vec![text::applications_not_from_outbox().to_owned()]));
    }
    let seen = match fields.get("seen_at").parse() {
        Ok(at) if at > 0 => Seen::Change(at),
        _ => Seen::On(fields.get("seen_on").parse().map_err(|_| Failure::BadForm)?),
    };
    let to_send = ToSend { form: &form, input: &input, confirmed: &confirmed(fields), seen };
    let sent = applying.send(visit, to_send).await?;
    let is_over = matches!(&sent, Sent::Closed(closed) if closed.contains(&Closed::Applied));
    if !matches!(sent, Sent::Done(_)) && !is_over {
        // What cannot be sent as it is stays as a draft on the server, unless one is there.
        applying.save(visit, &input, Some(0)).await?;
    }
    Ok(match sent {
        Sent::Done(path) => Json(json!({ "path": path })).into_response(),
        Sent::Closed(closed) => {
            let words = Words { sheet: &target.sheet, office: office(&target.stored.record), applied: target.applied.as_deref() };
            refused(StatusCode::CONFLICT, closed.into_iter().map(|reason| words.why(reason)).collect())
        }
        Sent::Changed => refused(StatusCode::CONFLICT, vec![text::applications_posting_changed().to_owned()]),
        Sent::Wrong(errors) => refused(StatusCode::UNPROCESSABLE_ENTITY, errors.iter().map(content::word).collect()),
    })
}

fn refused(status: StatusCode, why: Vec<String>) -> Response {
    (status, Json(json!({ "why": why }))).into_response()
}

fn answer(result: Result<Response, Failure>) -> Response {
    match result {
        Ok(response) => response,
        Err(Failure::SignInFirst(_)) => StatusCode::UNAUTHORIZED.into_response(),
        Err(failure) => failure.status().into_response(),
    }
}
