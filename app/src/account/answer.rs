//! How requests about accounts are answered: pages that nobody keeps, 303 after a form, and a page for whatever went wrong.

use super::access::Refused;
use super::hashing::HashError;
use super::service::Accounts;
use crate::error::AppError;
use crate::text;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use std::fmt::Write as _;

/// Why a request has no answer of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server failed; it has written down why.
    Internal,
    /// There is no such thing, or it is not theirs.
    NotFound,
    /// They have to sign in and come back to this path.
    SignInFirst(String),
    /// The procedure is over, or was begun in another browser.
    Over,
    /// The browser keeps no cookies.
    NoCookies,
    /// The form cannot be read.
    BadForm,
    /// Too much from there; to be tried again later.
    TooMuch,
    /// The account keeps as much as it can.
    TooManyKept,
    /// The service has no key for what registrations hold.
    RegistrationClosed,
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        AppError::internal(error);
        Self::Internal
    }
}

impl From<HashError> for Failure {
    fn from(error: HashError) -> Self {
        AppError::internal(error);
        Self::Internal
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        AppError::internal(error);
        Self::Internal
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::SignInFirst => Self::SignInFirst("/account".to_owned()),
            Refused::NotTheirs => Self::NotFound,
        }
    }
}

impl Failure {
    /// The status of its answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst(_) => StatusCode::SEE_OTHER,
            Self::Over => StatusCode::GONE,
            Self::TooManyKept => StatusCode::CONFLICT,
            Self::RegistrationClosed => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoCookies | Self::BadForm => StatusCode::BAD_REQUEST,
            Self::TooMuch => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}

impl IntoResponse for Failure {
    /// The bare answer; [`dress`] gives it its page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What handlers give.
pub type Answer = Result<Response, Failure>;

/// Gives a [`Failure`] its page.
pub async fn dress(State(accounts): State<Accounts>, response: Response) -> Response {
    let Some(failure) = response.extensions().get::<Failure>().cloned() else { return response };
    let (title, body, link) = match &failure {
        Failure::SignInFirst(next) => {
            return redirect(&format!("/account/sign-in?next={}", percent_encode(next)));
        }
        Failure::Internal => (text::account_failed_title(), text::account_failed_body(), ("/account", text::ui_nav_account())),
        Failure::NotFound => (text::ui_not_found_title(), text::ui_not_found_body(), ("/", text::ui_to_home())),
        Failure::Over => (text::account_over_title(), text::account_over_body(), ("/account/sign-in", text::account_to_sign_in())),
        Failure::NoCookies => {
            (text::account_no_cookies_title(), text::account_no_cookies_body(), ("/account/sign-in", text::account_to_sign_in()))
        }
        Failure::BadForm => (text::account_bad_form_title(), text::account_bad_form_body(), ("/account", text::ui_nav_account())),
        Failure::TooManyKept => {
            (text::favorites_plain_full_title(), text::favorites_plain_full_body(), ("/account/favorites", text::ui_nav_favorites()))
        }
        Failure::RegistrationClosed => {
            (text::registration_closed_title(), text::registration_closed_body(), ("/postings", text::ui_nav_postings()))
        }
        Failure::TooMuch => {
            (text::account_too_much_title(), text::account_too_much_body(), ("/account/sign-in", text::account_to_sign_in()))
        }
    };
    let content = view! {
        <h1>{title}</h1>
        <p>{body}</p>
        <p><a class="button" href=link.0>{link.1}</a></p>
    };
    let mut page = html(failure.status(), accounts.shell.document(title, content.into_any()));
    if failure == Failure::TooMuch {
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("600"));
    }
    page
}

/// The page of a request whose session could not be looked up.
pub async fn failed(accounts: Accounts) -> Response {
    dress(State(accounts), Failure::Internal.into_response()).await
}

/// A document that nobody keeps: it shows what is one person's.
pub fn html(status: StatusCode, document: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, document).into_response()
}

/// 303: the form was taken, look there.
pub fn redirect(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(path) => (StatusCode::SEE_OTHER, [(header::LOCATION, path), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))])
            .into_response(),
        Err(_) => Failure::Internal.into_response(),
    }
}

/// Adds a `Set-Cookie`.
pub fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Tells the browser to forget everything that this phone keeps.
pub fn clear_phone(response: &mut Response) {
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
}

/// A path as a value in a query.
pub fn percent_encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes every write");
        }
        out
    })
}
