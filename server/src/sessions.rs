//! Recognises who is signed in, before any handler.

use app::account::{Accounts, CurrentUser, Role, access, failed};
use app::error::AppError;
use app::kept::api::{OwnTag, tag};
use app::registration::db::find;
use app::registration::record::Record;
use app::sessions::cookies::Cookie;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

/// Puts [`access::CurrentUser`] and how they look at postings into the request. Without the cookie the database is not asked.
pub async fn recognise(State(accounts): State<Accounts>, mut request: Request, next: Next) -> Response {
    let headers = request.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let Some(token) = accounts.settings.cookies().read(headers, Cookie::Session) else { return next.run(request).await };
    match known(&accounts, &token).await {
        Ok((user, registration)) => {
            request.extensions_mut().insert(access::viewer(user.as_ref(), registration.as_ref(), accounts.state.clock.today()));
            if let Some(user) = user {
                if user.role == Role::Seeker {
                    request.extensions_mut().insert(OwnTag(tag(&accounts, &user)));
                }
                request.extensions_mut().insert(user);
            }
            next.run(request).await
        }
        // Somebody who is signed in must not be shown the page of somebody who is not.
        Err(error) => {
            AppError::internal(error);
            failed(accounts).await
        }
    }
}

/// Who has this session, and a seeker's registration.
async fn known(accounts: &Accounts, token: &str) -> Result<(Option<CurrentUser>, Option<Record>), sqlx::Error> {
    let user = accounts.user(token).await?;
    let Some(seeker) = user.as_ref().filter(|user| user.role == Role::Seeker) else { return Ok((user, None)) };
    let registration = find(&accounts.state.database, &seeker.account).await?;
    Ok((user, registration))
}
