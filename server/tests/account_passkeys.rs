//! Passkeys over HTTP: what is refused. That they work is shown in a browser with an authenticator.

mod site;

use axum::http::StatusCode;
use site::browser::{Browser, Page, filled};
use site::people::{EMAIL, PASSWORD, at, new_account};

async fn asked_to_sign_in(browser: &mut Browser<'_>) -> Page {
    let page = browser.get("/account/sign-in").await;
    let page = browser.submit(&page, "/account/sign-in/passkey", &[]).await;
    browser.follow(page).await
}

/// Something that has the form of an answer, from no authenticator.
const FORGED: &str = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","extensions":{},"response":{"authenticatorData":"AAAA","clientDataJSON":"e30","signature":"AAAA","userHandle":"AAAAAAAAAAAAAAAAAAAAAA"}}"#;

#[tokio::test]
async fn what_is_no_answer_of_an_authenticator_signs_nobody_in() {
    let site = at("2026-11-26").await;
    let mut browser = Browser::of(&site);
    let page = asked_to_sign_in(&mut browser).await;
    assert!(page.html.contains("data-options=\"{&quot;") && page.html.contains("challenge"), "{}", page.html);
    for credential in ["", "{}", "null", FORGED, "花子"] {
        let mut fields = filled(&page, "/account/sign-in/passkey/finish", &[]);
        fields.retain(|(name, _)| name != "credential");
        fields.push(("credential".to_owned(), credential.to_owned()));
        let page = browser.post("/account/sign-in/passkey/finish", &fields).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.html.contains("このパスキーは使えません"), "{credential}");
    }
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_ceremony_belongs_to_one_browser_and_ends_after_ten_minutes() {
    let site = at("2026-11-26").await;
    let mut browser = Browser::of(&site);
    let page = asked_to_sign_in(&mut browser).await;
    let fields = filled(&page, "/account/sign-in/passkey/finish", &[]);
    let mut other = Browser::of(&site);
    other.get("/account/sign-in").await;
    assert_eq!(other.post("/account/sign-in/passkey/finish", &fields).await.status, StatusCode::GONE);
    site.wait(10 * 60_000);
    assert_eq!(browser.post("/account/sign-in/passkey/finish", &fields).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_passkey_is_made_with_the_password_and_for_oneself_alone() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    let page = browser.get("/account/passkeys").await;
    let wrong = browser.submit(&page, "/account/passkeys", &[("current_password", "wrong but long enough")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = filled(&page, "/account/passkeys", &[("current_password", PASSWORD)]);
    let first = browser.post("/account/passkeys", &fields).await;
    assert_eq!(first.location, browser.post("/account/passkeys", &fields).await.location, "sent again");
    let page = browser.follow(first).await;
    assert!(page.html.contains("residentKey&quot;:&quot;required"), "{}", page.html);
    let fields = filled(&page, "/account/passkeys/new", &[]);
    assert_eq!(browser.post("/account/passkeys/new", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut taro = new_account(&site, "taro@example.jp").await;
    assert_eq!(taro.post("/account/passkeys/new", &fields).await.status, StatusCode::GONE);
    assert_eq!(Browser::of(&site).get("/account/passkeys").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_one_persons_is_kept_by_no_cache() {
    let site = at("2026-11-26").await;
    for path in ["/account", "/account/sign-in", "/account/sign-up", "/account/code?t=0", "/dev/mail"] {
        let (response, _) = site.get(path).await;
        assert_eq!(response.headers()["cache-control"], "no-store", "{path}");
    }
}
