//! The shell around every page: what the real router answers.

mod site;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use site::{get, send};

#[tokio::test]
async fn a_page_is_rendered_into_the_shell_and_says_so() {
    let (response, html) = get("/").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(html.contains("<body data-rendered=\"\">"), "{html}");
    assert!(html.contains("<title>求職者マイページ</title>"));
    assert!(html.contains("data-app=\"/frontend-0123.js\" data-wasm=\"/frontend-0123_bg.wasm\" data-phone=\"/phone.js?v="));
    assert!(!html.contains("data-trunk"));
}

#[tokio::test]
async fn the_shell_for_offline_use_has_the_same_head_and_an_empty_body() {
    let (response, html) = get("/shell").await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache");
    assert!(html.contains("data-app=\"/frontend-0123.js\""));
    assert!(html.ends_with("<body></body></html>"));
}

#[tokio::test]
async fn every_script_in_a_page_is_a_file_or_carries_the_nonce_of_its_answer() {
    let (response, html) = get("/").await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy is text");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("the policy names a nonce");
    for script in html.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap_or_default();
        assert!(tag.contains("data-app") || tag.contains("application/json") || tag.contains(nonce), "{tag}");
    }
    assert!(!policy.contains("unsafe-inline"));
    let (again, _) = get("/").await;
    assert_ne!(again.headers()[header::CONTENT_SECURITY_POLICY], policy, "a nonce is used once");
}

#[tokio::test]
async fn styles_and_loader_stand_in_every_page_and_the_policy_knows_them_by_their_hash() {
    for path in ["/", "/shell", "/nowhere", "/account/sign-in"] {
        let (response, html) = get(path).await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy is text");
        assert_eq!(html.matches("<style>body{}</style>").count(), 1, "{path}: {html}");
        assert!(!html.contains("main-4567.css"), "{path}: {html}");
        // openssl dgst -sha256 -binary | base64
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-RQm+sKtAHXH6SlzZSlXJp08TMyd2rkAZxb/EwgBRV/8='"),
            "{path}: {policy}"
        );
        assert!(policy.contains("style-src 'self' 'sha256-fJgEClQWV1hGkK4qHMO0KotTsVnMYMXTq7/suurGyUo='"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_errors_too() {
    for path in ["/", "/nowhere", "/shell", "/sw.js", "/main-4567.css", "/api/nothing"] {
        let (response, _) = get(path).await;
        let headers = response.headers();
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(headers[header::REFERRER_POLICY], "same-origin", "{path}");
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().is_ok_and(|policy| policy.starts_with("default-src 'none'")), "{path}");
    }
}

#[tokio::test]
async fn an_unknown_address_answers_404_with_a_way_on() {
    let (response, html) = get("/nowhere").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(html.contains("ページが見つかりません") && html.contains("href=\"/postings\""));
}

#[tokio::test]
async fn hashed_files_are_kept_for_good_and_everything_else_is_asked_for_again() {
    for (path, value) in [("/main-4567.css", "public, max-age=31536000, immutable"), ("/", "no-cache"), ("/main-0.css", "no-cache")] {
        assert_eq!(get(path).await.0.headers()[header::CACHE_CONTROL], value, "{path}");
    }
}

#[tokio::test]
async fn the_service_worker_names_the_files_of_this_bundle() {
    let (_, script) = get("/sw.js").await;
    assert!(script.contains("\"/frontend-0123_bg.wasm\"") && !script.contains("__"), "{script}");
}

#[tokio::test]
async fn a_change_from_another_site_is_refused_before_routing() {
    let request = Request::post("/nowhere").header("sec-fetch-site", "cross-site").body(Body::empty()).expect("a request");
    assert_eq!(send(request).await.0.status(), StatusCode::FORBIDDEN);
}
