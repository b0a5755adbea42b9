//! Signing in and out, over HTTP and without scripts.

mod site;

use axum::http::StatusCode;
use site::Site;
use site::browser::{Browser, Page, filled};
use site::people::{EMAIL, PASSWORD, at, new_account, sign_in};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The answer to address and password.
async fn tried(browser: &mut Browser<'_>, email: &str, password: &str) -> Page {
    let page = browser.get("/account/sign-in").await;
    browser.submit(&page, "/account/sign-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn address_password_and_code_sign_in_and_lead_where_one_wanted_to_go() {
    let site = at("2026-11-26").await;
    new_account(&site, EMAIL).await;
    let mut browser = Browser::of(&site);
    let page = browser.get("/account/sign-in?next=/postings%3Fq%3D%25E7%259C%258B").await;
    let page = browser.submit(&page, "/account/sign-in", &[("email", "HANAKO@example.jp"), ("password", PASSWORD)]).await;
    let page = browser.follow(page).await;
    let page = browser.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await)]).await;
    assert_eq!(page.location.as_deref(), Some("/postings?q=%E7%9C%8B"));
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_asked_to_and_comes_back() {
    let site = at("2026-11-26").await;
    let mut browser = Browser::of(&site);
    for path in ["/account", "/account/password", "/account/email", "/account/recovery-codes", "/account/close", "/staff/invitations"] {
        let page = browser.get(path).await;
        assert_eq!(page.location.as_deref(), Some(format!("/account/sign-in?next={path}").as_str()));
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_told_alike() {
    let site = at("2026-11-26").await;
    new_account(&site, EMAIL).await;
    let mut browser = Browser::of(&site);
    let mut answers = Vec::new();
    for email in [EMAIL, "taro@example.jp"] {
        let page = tried(&mut browser, email, "wrong but long enough").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.html.contains(&format!("value=\"{email}\"")) && !page.html.contains("wrong but"));
        answers.push(page.html.matches("メールアドレスかパスワードが違います").count());
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0] > 0);
    assert_eq!(site.mails_to("taro@example.jp").await.len(), 0);
}

#[tokio::test]
async fn a_trusted_browser_skips_the_code_for_thirty_days() {
    let site = at("2026-11-26").await;
    new_account(&site, EMAIL).await;
    let mut browser = Browser::of(&site);
    let page = tried(&mut browser, EMAIL, PASSWORD).await;
    let page = browser.follow(page).await;
    browser.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await), ("trust", "yes")]).await;
    browser.post("/account/sign-out", &[]).await;
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);

    site.wait(30 * DAY - 1);
    let page = tried(&mut browser, EMAIL, PASSWORD).await;
    assert_eq!(page.location.as_deref(), Some("/account"), "no code");
    // Without the password the trust is worth nothing.
    browser.post("/account/sign-out", &[]).await;
    assert_eq!(tried(&mut browser, EMAIL, "wrong but long enough").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.wait(1);
    let page = tried(&mut browser, EMAIL, PASSWORD).await;
    assert!(page.location.is_some_and(|location| location.starts_with("/account/code?")));
}

#[tokio::test]
async fn whoever_guesses_passwords_does_not_lock_the_owner_out() {
    let site = at("2026-11-26").await;
    let mut trusted = new_account(&site, EMAIL).await;
    trusted.post("/account/sign-out", &[]).await;
    let page = tried(&mut trusted, EMAIL, PASSWORD).await;
    let page = trusted.follow(page).await;
    trusted.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await), ("trust", "yes")]).await;
    trusted.post("/account/sign-out", &[]).await;

    let mut guesser = Browser::of(&site);
    guesser.client = "203.0.113.9";
    for _ in 0..10 {
        assert_eq!(tried(&mut guesser, EMAIL, "wrong but long enough").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // From now on even the right password is not looked at before a code, for known and unknown addresses alike.
    let page = tried(&mut guesser, EMAIL, PASSWORD).await;
    assert!(page.location.as_ref().is_some_and(|location| location.starts_with("/account/code?")), "{page:?}");

    // The owner's trusted browser gets in as ever.
    assert_eq!(tried(&mut trusted, EMAIL, PASSWORD).await.location.as_deref(), Some("/account"));
    // And the owner at a new phone gets in with the code first.
    site.wait(1000);
    let mut owner = Browser::of(&site);
    let page = tried(&mut owner, EMAIL, PASSWORD).await;
    let page = owner.follow(page).await;
    assert!(page.html.contains("先にメールで確認します"), "{}", page.html);
    let page = owner.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await)]).await;
    let page = owner.follow(page).await;
    let wrong = owner.submit(&page, "/account/sign-in/password", &[("password", "wrong but long enough")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = owner.submit(&page, "/account/sign-in/password", &[("password", PASSWORD)]).await;
    assert_eq!(page.location.as_deref(), Some("/account"));
    assert_eq!(owner.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_address_is_throttled_like_a_known_one() {
    let site = at("2026-11-26").await;
    let mut guesser = Browser::of(&site);
    for _ in 0..10 {
        tried(&mut guesser, "nobody@example.jp", "wrong but long enough").await;
    }
    let page = tried(&mut guesser, "nobody@example.jp", "wrong but long enough").await;
    let page = guesser.follow(page).await;
    assert!(page.html.contains("先にメールで確認します"));
    assert!(site.mails_to("nobody@example.jp").await[0].contains("開設されていません"));
}

#[tokio::test]
async fn a_network_that_guesses_at_many_accounts_is_asked_for_codes_and_trusted_browsers_are_not() {
    let site = at("2026-11-26").await;
    let mut trusted = new_account(&site, EMAIL).await;
    trusted.post("/account/sign-out", &[]).await;
    let page = tried(&mut trusted, EMAIL, PASSWORD).await;
    let page = trusted.follow(page).await;
    trusted.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await), ("trust", "yes")]).await;
    trusted.post("/account/sign-out", &[]).await;

    let settings = site.settings();
    let limit = app::account::limits::passwords_of_network(&settings.key, "192.0.2.1");
    for _ in 0..limit.most {
        app::account::db::take(&site.database, &limit, site.clock.now()).await.expect("a count");
    }
    let mut other = Browser::of(&site);
    let page = tried(&mut other, EMAIL, PASSWORD).await;
    assert!(other.follow(page).await.html.contains("先にメールで確認します"));
    assert_eq!(tried(&mut trusted, EMAIL, PASSWORD).await.location.as_deref(), Some("/account"));
    // Another network, and this one a while later, are as ever.
    other.client = "198.51.100.7";
    let page = tried(&mut other, EMAIL, PASSWORD).await;
    assert!(!other.follow(page).await.html.contains("先にメールで確認します"));
    site.wait(limit.window_ms);
    other.client = "192.0.2.1";
    let page = tried(&mut other, EMAIL, PASSWORD).await;
    assert!(!other.follow(page).await.html.contains("先にメールで確認します"));
}

#[tokio::test]
async fn too_much_from_one_network_is_told_with_the_time_to_wait() {
    let site = at("2026-11-26").await;
    let limit = app::account::limits::procedures_of_network(&site.settings().key, "192.0.2.1");
    for _ in 0..limit.most {
        app::account::db::take(&site.database, &limit, site.clock.now()).await.expect("a count");
    }
    let mut browser = Browser::of(&site);
    let page = tried(&mut browser, EMAIL, PASSWORD).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.html.contains("10分ほど"), "{}", page.html);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_signs_in_once() {
    let site = at("2026-11-26").await;
    new_account(&site, EMAIL).await;
    let mut browser = Browser::of(&site);
    let page = browser.get("/account/sign-in").await;
    let fields = filled(&page, "/account/sign-in", &[("email", EMAIL), ("password", PASSWORD)]);
    let before = site.mails_to(EMAIL).await.len();
    let first = browser.post("/account/sign-in", &fields).await;
    assert_eq!(first.location, browser.post("/account/sign-in", &fields).await.location);
    assert_eq!(site.mails_to(EMAIL).await.len(), before + 1);
    let page = browser.follow(first).await;
    let fields = filled(&page, "/account/code", &[("code", &site.code_for(EMAIL).await), ("trust", "yes")]);
    let lost = browser.twin().post("/account/code", &fields).await;
    let again = browser.post("/account/code", &fields).await;
    assert_eq!((lost.status, &lost.location), (StatusCode::SEE_OTHER, &again.location));
    let page = browser.get("/account").await;
    assert_eq!(page.html.matches("サインイン：").count(), 2, "the one that opened the account, and this one");

    let page_out = browser.post("/account/sign-out", &[]).await;
    assert_eq!(page_out.status, StatusCode::SEE_OTHER);
    let page = browser.get("/account/sign-in").await;
    let fields = filled(&page, "/account/sign-in", &[("email", EMAIL), ("password", PASSWORD)]);
    let lost = browser.twin().post("/account/sign-in", &fields).await;
    let again = browser.post("/account/sign-in", &fields).await;
    assert_eq!((lost.location.as_deref(), again.location.as_deref()), (Some("/account"), Some("/account")));
    assert_eq!(browser.get("/account").await.html.matches("サインイン：").count(), 2);
}

#[tokio::test]
async fn the_secret_of_a_session_changes_at_every_signing_in_and_the_old_one_is_worth_nothing() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    let old = browser.twin();
    // Signing in again in the same browser, without signing out.
    let mut fresh = browser.twin();
    fresh.cookies.remove("mypage-session");
    let page = fresh.get("/account/sign-in").await;
    let fields = filled(&page, "/account/sign-in", &[("email", EMAIL), ("password", PASSWORD)]);
    let page = browser.post("/account/sign-in", &fields).await;
    let page = browser.follow(page).await;
    browser.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await)]).await;
    assert_ne!(browser.cookies["mypage-session"], old.cookies["mypage-session"]);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!(old.twin().get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    for _ in 0..5 {
        site.wait(13 * DAY);
        assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    }
    site.wait(14 * DAY);
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn one_can_sign_out_a_lost_phone_and_everywhere() {
    let site = at("2026-11-26").await;
    let mut lost = new_account(&site, EMAIL).await;
    let mut mine = sign_in(&site, EMAIL).await;
    let page = mine.get("/account").await;
    let page = mine.submit(&page, "/account/devices/sign-out", &[]).await;
    let page = mine.follow(page).await;
    assert!(page.html.contains("その端末をサインアウトしました"));
    assert_eq!(lost.get("/account").await.status, StatusCode::SEE_OTHER);

    let mut other = sign_in(&site, EMAIL).await;
    let page = mine.get("/account").await;
    let page = mine.submit(&page, "/account/devices/sign-out-everywhere", &[]).await;
    assert!(mine.follow(page).await.html.contains("サインアウトしました"));
    assert_eq!(other.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let site = at("2026-11-26").await;
    let mut hanako = new_account(&site, EMAIL).await;
    let mut taro = new_account(&site, "taro@example.jp").await;
    let other = sign_in(&site, EMAIL).await;
    let page = hanako.get("/account").await;
    let fields = filled(&page, "/account/devices/sign-out", &[]);
    assert_eq!(taro.post("/account/devices/sign-out", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(other.twin().get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_a_key_sign_in_is_closed_and_says_so() {
    let page = Site::without_key().await;
    for path in ["/account", "/account/sign-in", "/account/sign-up"] {
        let (response, html) = page.get(path).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(html.contains("今はサインインできません"));
    }
    assert_eq!(page.get("/postings").await.0.status(), StatusCode::OK);
}

#[tokio::test]
async fn mails_can_be_read_in_demo_mode_and_one_cannot_leave_the_folder() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    site.mails_to(EMAIL).await;
    let list = browser.get("/dev/mail").await;
    let link = list.html.split("href=\"/dev/mail/").nth(1).and_then(|rest| rest.split('"').next()).expect("a mail");
    assert!(browser.get(&format!("/dev/mail/{link}")).await.html.contains("確認コードです"));
    for path in ["/dev/mail/..%2F..%2Fdemo-keys", "/dev/mail/nothing", "/dev/mail/%00"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
