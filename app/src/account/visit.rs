//! One request to a page or form of accounts: who it is, from which browser, when.

use super::access::{self, Action, CurrentUser, Refused};
use super::answer::{Answer, Failure, html, redirect, set_cookie};
use super::db;
use super::limits;
use super::proof::{Proof, Purpose};
use super::service::Accounts;
use super::{AccountId, Role};
use crate::date::Date;
use crate::kept;
use crate::postings::Viewer;
use crate::secret;
use crate::sessions::cookies::Cookie;
use crate::sessions::{self, device_name};
use axum::Form;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use leptos::prelude::*;
use sqlx::{Any, Transaction};
use std::net::SocketAddr;

/// How long the cookie that names the browser lasts after the last page: longer than any procedure.
const BROWSER_SECONDS: i64 = 24 * 3600;

/// A request, read.
#[derive(Debug)]
pub struct Visit {
    /// Everything that accounts need.
    pub accounts: Accounts,
    /// Who is signed in.
    pub user: Option<CurrentUser>,
    /// How they look at postings.
    pub viewer: Viewer,
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

impl Visit {
    /// A page.
    pub fn page(&self, status: StatusCode, title: &str, content: impl IntoView + 'static) -> Response {
        let document = match &self.user {
            Some(user) if user.role == Role::Seeker => {
                self.accounts.shell.document_for(title, content.into_any(), &kept::api::tag(&self.accounts, user))
            }
            _ => self.accounts.shell.document(title, content.into_any()),
        };
        let mut response = html(status, document);
        // Also where it was there: it must not end in the middle of a procedure.
        self.keep_browser(&mut response);
        response
    }

    /// A page that the phone fills. Asked for with `kept=1`, as the service worker keeps it: nobody's, asked for again with every version.
    pub fn phone_page(&self, asked: &Asked, title: &str, content: AnyView) -> Response {
        if asked.get("kept").is_empty() {
            return self.page(StatusCode::OK, title, content);
        }
        let mut response = html(StatusCode::OK, self.accounts.shell.kept_document(title, content));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// Lets the browser keep its secret.
    pub fn keep_browser(&self, response: &mut Response) {
        set_cookie(response, &self.accounts.settings.cookies().keep(Cookie::Browser, &self.browser, BROWSER_SECONDS));
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

    /// What day it is in Japan.
    pub fn today(&self) -> Date {
        Date::in_japan(self.now)
    }

    /// The mark of the account that is signed in, as a phone knows it; empty if nobody is.
    pub fn account_tag(&self) -> String {
        self.user.as_ref().map(|user| kept::api::tag(&self.accounts, user)).unwrap_or_default()
    }

    /// The hash of a form's key in this browser: what [`db::claim`] takes.
    ///
    /// # Errors
    /// [`Failure::BadForm`] if it has none.
    pub fn form_hash(&self, fields: &Fields) -> Result<String, Failure> {
        let key = fields.get("key");
        if secret::is_secret(key) { Ok(self.accounts.key().mac("form", &[key, &self.browser])) } else { Err(Failure::BadForm) }
    }

    /// The hash of the key of what waited on a phone: the same for its account, whichever browser it comes from, after however long.
    ///
    /// # Errors
    /// [`Failure::BadForm`] if it has none, or nobody is signed in.
    pub fn waiting_hash(&self, fields: &Fields) -> Result<String, Failure> {
        let key = fields.get("key");
        let account = self.user.as_ref().filter(|_| secret::is_secret(key)).ok_or(Failure::BadForm)?.account.as_str();
        Ok(self.accounts.key().mac("waiting", &[key, account]))
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
            viewer: parts.extensions.get::<Viewer>().copied().unwrap_or_default(),
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
    /// These fields.
    #[must_use]
    pub const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first value of a field; empty if it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All fields.
    #[must_use]
    pub fn all(&self) -> &[(String, String)] {
        &self.0
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
