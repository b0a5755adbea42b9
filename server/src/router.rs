//! All addresses of the site and what stands before them: security headers, caching, compression.

use crate::bundle::Bundle;
use app::account::{Accounts, CurrentUser, Hasher, Role, Settings, closed_routes, kept_documents, routes};
use app::app::App;
use app::favorites::next_thing::{NextThing, of_account};
use app::handover::{self, Handover};
use app::kept::api::OwnTag;
use app::postings::Viewer;
use app::postings::sheet::api::sheet_json;
use app::registration::next_step::{NextStep, next_step};
use app::state::AppState;
use app::ui::PlainShell;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::prelude::*;
use leptos_axum::{ResponseOptions, generate_route_list};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::services::ServeDir;
use tower_http::trace::TraceLayer;

/// The site. Without settings of accounts nobody can sign in.
pub fn router(state: AppState, bundle: Bundle, accounts: Option<Settings>) -> Router {
    let bundle = Arc::new(bundle);
    let shell = PlainShell::new(&bundle.head);
    let service_worker = bundle.service_worker(&kept_documents(&shell));
    let accounts = accounts.map(|settings| Accounts {
        state: state.clone(),
        settings: Arc::new(settings),
        shell: shell.clone(),
        hasher: Hasher::default(),
    });
    let policy = content_security_policy(&bundle, None);
    let files = ServeDir::new(&bundle.folder).append_index_html_on_directories(false).precompressed_br();
    let mut api = api(state.clone());
    if let Some(accounts) = &accounts {
        api = api.merge(app::kept::api::routes(accounts.clone()));
    }
    let page = pages(state, bundle.clone());
    let mut site = api.merge(accounts.clone().map_or_else(|| closed_routes(shell), routes));
    for route in generate_route_list(App) {
        // axum and the page routes write parameters alike: `/postings/{number}`.
        site = site.route(route.path(), get(page.clone()));
    }
    let site = site
        .route(
            "/shell",
            get({
                let bundle = bundle.clone();
                move || async move { uncached("text/html; charset=utf-8", bundle.shell()) }
            }),
        )
        .route("/sw.js", get(move || async move { uncached("text/javascript; charset=utf-8", service_worker.clone()) }))
        .fallback_service(files.fallback(axum::routing::any(page)));
    let site = match accounts {
        Some(accounts) => site.layer(from_fn_with_state(accounts, crate::sessions::recognise)),
        None => site,
    };
    site.layer(from_fn(crate::compression::as_brotli))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(crate::cross_site::guard))
        .layer(from_fn_with_state(policy, security_headers))
        .layer(from_fn(cache_headers))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            // The route only: a query string says what someone is looking for.
            tracing::info_span!("request", method = %request.method())
        }))
}

/// The JSON interfaces.
fn api(state: AppState) -> Router {
    Router::new()
        .route("/api/postings/search", get(app::postings::search::api::search))
        .route("/api/postings/{number}", get(sheet_json))
        .route("/api/saved-searches/new", get(app::saved_searches::api::new_ones_json))
        .route("/api/places/{pref}", get(app::places::api::of_prefecture))
        .with_state(state)
        .merge(app::places::postal::routes())
}

/// Renders the page that an address names into the shell, after loading what the page needs.
fn pages(
    state: AppState,
    bundle: Arc<Bundle>,
) -> impl Fn(Request<Body>) -> std::pin::Pin<Box<dyn Future<Output = Response<Body>> + Send>> + Clone + Send + Sync + 'static {
    move |request| {
        let (state, bundle) = (state.clone(), bundle.clone());
        Box::pin(async move {
            let viewer = request.extensions().get::<Viewer>().copied().unwrap_or_default();
            let account = request.extensions().get::<OwnTag>().map(|tag| tag.0.clone());
            let user = request.extensions().get::<CurrentUser>().cloned();
            let loaded = Handover::load(&state, request.uri(), viewer, user.as_ref()).await;
            let json = loaded.as_ref().map(Handover::json);
            let user = user.filter(|_| request.uri().path() == "/");
            let next = next_thing(&state, user).await;
            let policed = bundle.clone();
            let context = move || page_context(&state, &policed, viewer, loaded.as_ref(), next.clone());
            leptos_axum::render_app_async_with_context(context, move || shell(&bundle, json.clone(), account.clone()))(request).await
        })
    }
}

/// What the first page tells a seeker who is signed in.
async fn next_thing(state: &AppState, user: Option<CurrentUser>) -> (Option<NextThing>, Option<NextStep>) {
    let Some(user) = user.filter(|user| user.role == Role::Seeker) else { return (None, None) };
    match tokio::try_join!(of_account(state, &user.account), next_step(state, &user.account)) {
        Ok(next) => next,
        Err(error) => {
            // The page is of use without it.
            tracing::error!(%error, "the next thing could not be looked up");
            (None, None)
        }
    }
}

/// What pages find in their context, and the policy for this answer.
fn page_context(state: &AppState, bundle: &Bundle, viewer: Viewer, loaded: Option<&Handover>, next: (Option<NextThing>, Option<NextStep>)) {
    provide_context(state.clone());
    if let Some(thing) = next.0 {
        provide_context(thing);
    }
    if let Some(step) = next.1 {
        provide_context(step);
    }
    provide_context(viewer);
    if let Some(loaded) = loaded {
        provide_context(loaded.clone());
    }
    if let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>()) {
        options.insert_header(header::CONTENT_SECURITY_POLICY, content_security_policy(bundle, Some(&nonce)));
    }
}

/// The page in the shell, which says whose phone it is now, and after it what it was rendered from. The JSON is no script that runs, so it needs no nonce.
fn shell(bundle: &Bundle, json: Option<String>, account: Option<String>) -> impl IntoView + use<> {
    let head = format!("{}<!--HEAD-->", bundle.head);
    view! {
        <!DOCTYPE html>
        <html lang="ja">
            <head inner_html=head></head>
            <body data-rendered="" data-account=account>
                <App/>
                {json.map(|json| view! { <script type="application/json" id=handover::ELEMENT inner_html=json></script> })}
            </body>
        </html>
    }
}

/// What a page may load and run: its own files, styles and loader in its head, and scripts that carry this answer's nonce.
fn content_security_policy(bundle: &Bundle, nonce: Option<&str>) -> HeaderValue {
    let Bundle { style_source: style, loader_source: loader, .. } = bundle;
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {loader}{nonce}; style-src 'self' {style}; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// A generated file that is asked for again each time.
fn uncached(content_type: &'static str, body: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-cache")], body)
}

/// Headers that every answer carries.
async fn security_headers(State(policy): State<HeaderValue>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    set_if_absent(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // `no-referrer` would send `Origin: null` with form posts and break the cross-site guard (DESIGN.md).
    set_if_absent(headers, header::REFERRER_POLICY, "same-origin");
    set_if_absent(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set_if_absent(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set_if_absent(headers, HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()");
    response
}

fn set_if_absent(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

/// Files whose name carries their hash never change; everything else is asked for again.
async fn cache_headers(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let hashed = ["/frontend-", "/main-"].iter().any(|start| uri.path().starts_with(start));
    let mut response = next.run(request).await;
    let value = if hashed && response.status().is_success() { "public, max-age=31536000, immutable" } else { "no-cache" };
    set_if_absent(response.headers_mut(), header::CACHE_CONTROL, value);
    response
}
