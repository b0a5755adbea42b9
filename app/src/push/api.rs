//! What the script of `/notices/settings` and the phone ask for: `POST /api/push/subscription` tells this browser from now on, `POST
//! /api/push/subscription/end` no more (204 both). Fields: `account` (whose page it is), `endpoint`, `key`, `secret`, and
//! `again=yes` from a browser that says so by itself: 410 if its owner ended it from another one.

use super::{Subscription, db};
use crate::account::access::Action;
use crate::account::answer::Failure;
use crate::account::visit::{Fields, Visit};
use crate::account::{Accounts, CurrentUser};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route("/api/push/subscription", post(begin)).route("/api/push/subscription/end", post(end))
}

async fn begin(visit: Visit, fields: Fields) -> Response {
    answer(begun(&visit, &fields).await)
}

async fn end(visit: Visit, fields: Fields) -> Response {
    answer(ended(&visit, &fields).await)
}

async fn begun(visit: &Visit, fields: &Fields) -> Result<StatusCode, Failure> {
    let user = own(visit, fields)?;
    let push = visit.accounts.settings.push.as_ref().ok_or(Failure::NotFound)?;
    let read = Subscription::read(&push.services, fields.get("endpoint"), fields.get("key"), fields.get("secret"));
    let Ok(subscription) = read else { return Ok(StatusCode::UNPROCESSABLE_ENTITY) };
    let mut transaction = visit.accounts.state.database.begin().await?;
    if fields.get("again") == "yes" && db::was_ended(&mut transaction, &user.account, &subscription.endpoint).await? {
        db::unsubscribe(&mut transaction, &user.account, &subscription.endpoint).await?;
        transaction.commit().await?;
        return Ok(StatusCode::GONE);
    }
    db::subscribe(&mut transaction, user, &subscription, visit.now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn ended(visit: &Visit, fields: &Fields) -> Result<StatusCode, Failure> {
    let user = own(visit, fields)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    db::unsubscribe(&mut transaction, &user.account, fields.get("endpoint")).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The seeker who is signed in, if the page is theirs.
fn own<'v>(visit: &'v Visit, fields: &Fields) -> Result<&'v CurrentUser, Failure> {
    let user = visit.user.as_ref().filter(|_| visit.account_tag() == fields.get("account"));
    let user = user.ok_or(Failure::SignInFirst(String::new()))?;
    visit.allow(Action::OwnSeekerPages(&user.account))
}

fn answer(result: Result<StatusCode, Failure>) -> Response {
    match result {
        Ok(status) => status.into_response(),
        Err(Failure::SignInFirst(_)) => StatusCode::UNAUTHORIZED.into_response(),
        Err(failure) => failure.status().into_response(),
    }
}
