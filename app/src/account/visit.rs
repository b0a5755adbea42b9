//! One request to a page or form of accounts: who it is, from which browser, when; and how it is answered.

use super::access::{self, Action, CurrentUser, Refused};
use super::db;
use super::hashing::HashError;
use super::limits;
use super::proof::{Proof, Purpose};
use super::service::Accounts;
use super::{AccountId, Role};
use crate::error::AppError;
use crate::secret;
use crate::sessions::cookies::Cookie;
use crate::sessions::{self, device_name};
use crate::text;
use axum::Form;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use sqlx::{Any, Transaction};
use std::net::SocketAddr;

/// How long the cookie that names the browser lasts: longer than any procedure.
const BROWSER_SECONDS: i64 = 24 * 3600;

/// A request, read.
#[derive(Debug)]
pub struct Visit {
    /// Everything that accounts need.
    pub accounts: Accounts,
    /// Who is signed in.
    pub user: Option<CurrentUser>,
    /// The secret of the session's cookie.
    pub session_token: Option<String>,
    /// The secret of the trusted browser's cookie.
    pub device_token: Option<String>,
    /// What the browser is called.
    pub device: String,
    /// The network that it comes from; one for all where it is not known.
    pub network: String,
    /// When, in milliseconds since 1970.
    pub now: i64,
    /// The secret of this browser: brought along, or new with this answer.
    browser: String,
    is_new_browser: bool,
    /// Path and query.
    path: String,
}

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
    const fn status(&self) -> StatusCode {
        match self {
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst(_) => StatusCode::SEE_OTHER,
            Self::Over => StatusCode::GONE,
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

/// A path as a value in a query.
pub fn percent_encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes every write");
        }
        out
    })
}

impl Visit {
    /// A page.
    pub fn page(&self, status: StatusCode, title: &str, content: impl IntoView + 'static) -> Response {
        let mut response = html(status, self.accounts.shell.document(title, content.into_any()));
        if self.is_new_browser {
            set_cookie(&mut response, &self.accounts.settings.cookies().keep(Cookie::Browser, &self.browser, BROWSER_SECONDS));
        }
        response
    }

    /// The hash that this browser is known by.
    pub fn browser_hash(&self) -> String {
        self.accounts.key().mac("browser", &[&self.browser])
    }

    /// Refuses a form of a browser that keeps no cookies: it could neither sign in nor go on.
    ///
    /// # Errors
    /// [`Failure::NoCookies`].
    pub const fn require_cookies(&self) -> Result<(), Failure> {
        if self.is_new_browser { Err(Failure::NoCookies) } else { Ok(()) }
    }

    /// The hash of a form's key in this browser: what [`db::claim`] takes.
    ///
    /// # Errors
    /// [`Failure::BadForm`] if it has none.
    pub fn form_hash(&self, fields: &Fields) -> Result<String, Failure> {
        let key = fields.get("key");
        if secret::is_secret(key) { Ok(self.accounts.key().mac("form", &[key, &self.browser])) } else { Err(Failure::BadForm) }
    }

    /// What this form was answered, if it was sent before.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answered_before(&self, form_hash: &str) -> Result<Option<String>, Failure> {
        Ok(db::answered(&self.accounts.state.database, form_hash).await?)
    }

    /// Begins a session in `transaction`, in place of the one that this browser had: the secret in the cookie changes at every signing in.
    /// Gives the new secret, the same for the same form or proof.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_session(
        &self,
        transaction: &mut Transaction<'_, Any>,
        from: &str,
        user: (&AccountId, Role),
    ) -> Result<String, Failure> {
        let token = self.session_token_of(from);
        if let Some(old) = self.session_token.as_ref().filter(|old| **old != token) {
            sessions::db::end_token(transaction, &self.accounts.session_hash(old)).await?;
        }
        sessions::db::begin(transaction, &self.accounts.session_hash(&token), user, &self.device, self.now).await?;
        Ok(token)
    }

    /// The secret of the session that follows from a form or proof.
    pub fn session_token_of(&self, from: &str) -> String {
        self.derived("session-token", from)
    }

    /// Answers a form that was done before: with the same session, if it is still there.
    ///
    /// # Errors
    /// [`Failure::Over`] if it is not.
    pub async fn signed_in_before(&self, mut transaction: Transaction<'_, Any>, from: &str, role: Role, next: &str) -> Answer {
        let token = self.session_token_of(from);
        if !sessions::db::exists(&mut transaction, &self.accounts.session_hash(&token)).await? {
            return Err(Failure::Over);
        }
        let mut response = redirect(next);
        self.sign_in(&mut response, &token, role);
        Ok(response)
    }

    /// Who is signed in, if they may do this to their own account.
    ///
    /// # Errors
    /// [`Failure::SignInFirst`] with the way back.
    pub fn owner(&self) -> Result<&CurrentUser, Failure> {
        let Some(user) = &self.user else { return Err(Failure::SignInFirst(self.path.clone())) };
        Ok(access::allow(Some(user), Action::OwnAccount(&user.account))?)
    }

    /// The account of who is signed in.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn own_account(&self) -> Result<db::Account, Failure> {
        let user = self.owner()?;
        db::find(&self.accounts.state.database, &user.account).await?.ok_or(Failure::NotFound)
    }

    /// Who is signed in, if they may do this.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn allow(&self, action: Action<'_>) -> Result<&CurrentUser, Failure> {
        access::allow(self.user.as_ref(), action).map_err(|refused| match refused {
            Refused::SignInFirst => Failure::SignInFirst(self.path.clone()),
            Refused::NotTheirs => Failure::NotFound,
        })
    }

    /// The proof that a token names, begun in this browser for one of these purposes and not over.
    ///
    /// # Errors
    /// [`Failure::Over`].
    pub async fn proof(&self, token: &str, purposes: &[Purpose]) -> Result<Proof, Failure> {
        let found = db::find_proof(&self.accounts.state.database, &self.accounts.token_hash(token)).await?;
        let is_mine =
            |proof: &Proof| purposes.contains(&proof.purpose) && proof.browser_hash == self.browser_hash() && !proof.is_over(self.now);
        found.filter(is_mine).ok_or(Failure::Over)
    }

    /// Counts a procedure that is begun.
    ///
    /// # Errors
    /// [`Failure::TooMuch`].
    pub async fn count_procedure(&self) -> Result<(), Failure> {
        let passes = self.accounts.passes(&limits::procedures_of_network(self.accounts.key(), &self.network)).await?;
        if passes { Ok(()) } else { Err(Failure::TooMuch) }
    }

    /// A secret that follows from a form or a proof: sent again, it is the same.
    pub fn derived(&self, purpose: &str, from: &str) -> String {
        self.accounts.key().mac(purpose, &[from, &self.browser])
    }

    /// Adds the cookie of a session.
    pub fn sign_in(&self, response: &mut Response, token: &str, role: Role) {
        let seconds = sessions::lifetime(role).longest_ms / 1000;
        set_cookie(response, &self.accounts.settings.cookies().keep(Cookie::Session, token, seconds));
    }
}

impl FromRequestParts<Accounts> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, accounts: &Accounts) -> Result<Self, Failure> {
        let rules = accounts.settings.cookies();
        let cookie = |cookie| rules.read(parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()), cookie);
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let known = cookie(Cookie::Browser);
        Ok(Self {
            user: parts.extensions.get::<CurrentUser>().cloned(),
            session_token: cookie(Cookie::Session),
            device_token: cookie(Cookie::Device),
            device: device_name(user_agent),
            network: network(accounts, &parts.headers, parts.extensions.get::<ConnectInfo<SocketAddr>>()),
            now: accounts.state.clock.now(),
            is_new_browser: known.is_none(),
            browser: known.unwrap_or_else(secret::random),
            path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            accounts: accounts.clone(),
        })
    }
}

/// Where a request comes from: what the proxy in front tells, otherwise the machine at the other end.
fn network(accounts: &Accounts, headers: &HeaderMap, peer: Option<&ConnectInfo<SocketAddr>>) -> String {
    let told = accounts.settings.client_address_header.as_ref().and_then(|name| {
        let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse().ok()
    });
    told.or(peer.map(|peer| peer.0.ip())).map_or_else(|| "unknown".to_owned(), limits::network)
}

/// The fields of a form that was sent, in their order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field; empty if it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

impl FromRequest<Accounts> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &Accounts) -> Result<Self, Failure> {
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(_) => Err(Failure::BadForm),
        }
    }
}

/// The values in the query of an address.
#[derive(Clone, Debug, Default)]
pub struct Asked(pub Fields);

impl Asked {
    /// The first value with this name; empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name)
    }
}

impl FromRequestParts<Accounts> for Asked {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &Accounts) -> Result<Self, Failure> {
        match axum::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(fields)) => Ok(Self(Fields(fields))),
            Err(_) => Err(Failure::NotFound),
        }
    }
}
