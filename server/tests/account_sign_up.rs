//! Opening a My Page, over HTTP and without scripts.

mod site;

use app::date::Date;
use axum::http::StatusCode;
use site::Site;
use site::browser::{Browser, Page, filled};

const EMAIL: &str = "hanako@example.jp";
const PASSWORD: &str = "朝は納豆と味噌汁にかぎる";
const MINUTE: i64 = 60_000;

async fn site() -> Site {
    Site::on(Date::new(2026, 11, 26).expect("a day of the calendar")).await
}

async fn asked(browser: &mut Browser<'_>, email: &str) -> Page {
    let page = browser.get("/account/sign-up").await;
    assert_eq!(page.status, StatusCode::OK);
    browser.submit(&page, "/account/sign-up", &[("email", email), ("pupil", "no"), ("agree", "yes")]).await
}

/// The page for the code.
async fn at_code(browser: &mut Browser<'_>, email: &str) -> Page {
    let page = asked(browser, email).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html);
    browser.follow(page).await
}

/// The page for the password.
async fn at_password(site: &Site, browser: &mut Browser<'_>, email: &str) -> Page {
    let page = at_code(browser, email).await;
    let code = site.code_for(email).await;
    let page = browser.submit(&page, "/account/code", &[("code", &code)]).await;
    browser.follow(page).await
}

async fn count(site: &Site, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
    sqlx::query_scalar(sql).fetch_one(site.database.read()).await.expect("a count")
}

#[tokio::test]
async fn with_a_code_from_the_mailbox_and_a_password_one_is_signed_in() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = at_code(&mut browser, EMAIL).await;
    assert!(page.html.contains("autocomplete=\"one-time-code\"") && page.html.contains(EMAIL));
    // Pasted in full width, with a space.
    let code: String = site
        .code_for(EMAIL)
        .await
        .chars()
        .map(|c| char::from_u32(c as u32 + 0xfee0).filter(|_| c.is_ascii_digit()).unwrap_or('　'))
        .collect();
    let page = browser.submit(&page, "/account/code", &[("code", &code)]).await;
    let page = browser.follow(page).await;
    let page = browser.submit(&page, "/account/sign-up/password", &[("new_password", PASSWORD)]).await;
    assert_eq!(page.location.as_deref(), Some("/account"));
    let page = browser.follow(page).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains(EMAIL) && page.html.contains("AndroidのChrome") && page.html.contains("この端末"), "{}", page.html);
    assert_eq!((count(&site, "accounts").await, count(&site, "consents").await), (1, 2));
    assert_eq!(site.mails_to(EMAIL).await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_said_on_the_page_with_what_was_written() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = browser.get("/account/sign-up").await;
    let page = browser.submit(&page, "/account/sign-up", &[("email", "hanako＠\"><b>"), ("pupil", "yes")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("<title>エラー：") && page.html.contains("autofocus"), "{}", page.html);
    for name in ["email", "pupil", "agree"] {
        assert!(page.html.contains(&format!("href=\"#field-{name}\"")), "{name}");
    }
    assert!(page.html.contains("定時制") && !page.html.contains("<b>"));
    assert!(page.html.contains("hanako＠"), "what was written stays");
    assert_eq!(count(&site, "mails").await, 0);
}

#[tokio::test]
async fn a_password_that_is_too_easy_is_refused_and_does_not_come_back() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = at_password(&site, &mut browser, EMAIL).await;
    for password in ["kurz", "password2026", "hanako123456"] {
        let page = browser.submit(&page, "/account/sign-up/password", &[("new_password", password)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(!page.html.contains(password), "{password}");
    }
    let page = browser.submit(&page, "/account/sign-up/password", &[("new_password", PASSWORD)]).await;
    assert_eq!(page.location.as_deref(), Some("/account"));
}

#[tokio::test]
async fn an_address_that_has_an_account_looks_like_any_other_and_its_owner_is_told_by_mail() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = at_password(&site, &mut browser, EMAIL).await;
    browser.submit(&page, "/account/sign-up/password", &[("new_password", PASSWORD)]).await;

    let mut other = Browser::of(&site);
    let known = at_code(&mut other, "Hanako@example.jp").await;
    let unknown = at_code(&mut other, "taro@example.jp").await;
    let plain = |page: &Page, email: &str| {
        let mut html = page.html.replace(email, "");
        for part in page.html.split("value=\"").skip(1) {
            html = html.replace(part.split('"').next().unwrap_or_default(), "");
        }
        html.split("/account/").map(|part| part.split('"').next_back().unwrap_or_default().to_owned()).collect::<String>()
    };
    assert_eq!(plain(&known, "Hanako@example.jp"), plain(&unknown, "taro@example.jp"));
    let told = site.mails_to("Hanako@example.jp").await;
    assert!(told[0].contains("もう開設されています"), "{told:?}");
    // No code is right there.
    let page = other.submit(&known, "/account/code", &[("code", "12345678")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn wrong_expired_and_used_codes_are_refused_and_the_page_says_what_to_do() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = at_code(&mut browser, EMAIL).await;
    for (typed, says) in [("", "入力してください"), ("1234", "違います"), ("00000000", "違います"), ("花子", "違います")]
    {
        let page = browser.submit(&page, "/account/code", &[("code", typed)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(page.html.contains(says) && (typed.is_empty() || !page.html.contains(&format!("value=\"{typed}\""))), "{typed}");
    }
    let code = site.code_for(EMAIL).await;
    site.wait(15 * MINUTE);
    let late = browser.submit(&page, "/account/code", &[("code", &code)]).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.html.contains("時間が切れました"), "{}", late.html);

    let page = browser.submit(&late, "/account/code/resend", &[]).await;
    let page = browser.follow(page).await;
    let newer = site.code_for(EMAIL).await;
    assert_eq!(browser.submit(&page, "/account/code", &[("code", &code)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the old one");
    let page = browser.submit(&page, "/account/code", &[("code", &newer)]).await;
    let page = browser.follow(page).await;
    browser.submit(&page, "/account/sign-up/password", &[("new_password", PASSWORD)]).await;
    // Another browser cannot go on with it, nor begin with the link.
    let link = page.html.split("name=\"t\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token");
    let stolen = Browser::of(&site).get(&format!("/account/sign-up/password?t={link}")).await;
    assert_eq!(stolen.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_code_that_is_guessed_at_dies_after_five_and_a_new_one_comes_after_a_visible_wait() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = at_code(&mut browser, EMAIL).await;
    for guess in 0..5 {
        browser.submit(&page, "/account/code", &[("code", &format!("9999999{guess}"))]).await;
    }
    let code = site.code_for(EMAIL).await;
    let dead = browser.submit(&page, "/account/code", &[("code", &code)]).await;
    assert!(dead.html.contains("このコードは使えなくなりました"), "{}", dead.html);
    assert!(dead.html.contains("あと60秒"), "{}", dead.html);
    let soon = browser.submit(&dead, "/account/code/resend", &[]).await;
    assert_eq!(soon.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.wait(MINUTE);
    let again = browser.submit(&dead, "/account/code/resend", &[]).await;
    let again = browser.follow(again).await;
    let code = site.code_for(EMAIL).await;
    assert_eq!(browser.submit(&again, "/account/code", &[("code", &code)]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_has_one_effect_and_the_same_answer_at_every_step() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = browser.get("/account/sign-up").await;
    let fields = filled(&page, "/account/sign-up", &[("email", EMAIL), ("pupil", "no"), ("agree", "yes")]);
    let first = browser.post("/account/sign-up", &fields).await;
    let second = browser.post("/account/sign-up", &fields).await;
    assert_eq!(first.location, second.location);
    assert_eq!(site.mails_to(EMAIL).await.len(), 1);

    let page = browser.follow(first).await;
    let fields = filled(&page, "/account/code", &[("code", &site.code_for(EMAIL).await)]);
    let first = browser.post("/account/code", &fields).await;
    assert_eq!(first.location, browser.post("/account/code", &fields).await.location);

    // The network died before the answer came: the browser never got its session, and sends the form again.
    let page = browser.follow(first).await;
    let fields = filled(&page, "/account/sign-up/password", &[("new_password", PASSWORD)]);
    let lost = browser.twin().post("/account/sign-up/password", &fields).await;
    let again = browser.post("/account/sign-up/password", &fields).await;
    assert_eq!(lost.location, again.location);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!((count(&site, "accounts").await, count(&site, "sessions").await), (1, 1));
    // After signing out, the old form brings nobody in.
    browser.post("/account/sign-out", &[]).await;
    assert_eq!(browser.post("/account/sign-up/password", &fields).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn two_tabs_with_the_same_address_make_one_account_and_the_slower_is_told() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let first = at_password(&site, &mut browser, EMAIL).await;
    let second = at_password(&site, &mut browser, EMAIL).await;
    browser.submit(&second, "/account/sign-up/password", &[("new_password", PASSWORD)]).await;
    let told = browser.submit(&first, "/account/sign-up/password", &[("new_password", "別の画面で決めたパスワードです")]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.html.contains("もう開設されています"));
    assert_eq!(count(&site, "accounts").await, 1);
}

#[tokio::test]
async fn two_tabs_with_different_addresses_do_not_disturb_each_other() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let first = at_code(&mut browser, EMAIL).await;
    let second = at_code(&mut browser, "taro@example.jp").await;
    for (page, email) in [(first, EMAIL), (second, "taro@example.jp")] {
        let code = site.code_for(email).await;
        let page = browser.submit(&page, "/account/code", &[("code", &code)]).await;
        let page = browser.follow(page).await;
        assert!(page.html.contains(email), "{}", page.html);
    }
}

#[tokio::test]
async fn a_browser_that_keeps_no_cookies_is_told_so() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = browser.get("/account/sign-up").await;
    browser.cookies.clear();
    let page = browser.submit(&page, "/account/sign-up", &[("email", EMAIL), ("pupil", "no"), ("agree", "yes")]).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.html.contains("Cookie"));
}

#[tokio::test]
async fn one_mailbox_is_not_flooded() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let mut answers = Vec::new();
    for _ in 0..12 {
        answers.push(asked(&mut browser, EMAIL).await.status.as_u16());
    }
    assert_eq!(answers, [vec![303; 10], vec![429; 2]].concat());
    assert_eq!(site.mails_to(EMAIL).await.len(), 10);
    // The owner, from another network, is not kept out.
    let mut owner = Browser::of(&site);
    owner.client = "198.51.100.7";
    assert_eq!(asked(&mut owner, EMAIL).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_mail_that_cannot_leave_is_told_on_the_page() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    let page = at_code(&mut browser, EMAIL).await;
    assert!(!page.html.contains("まだ送れていません"));
    let broken = app::mail::Transport::Folder("/dev/null/nothing".into());
    app::mail::send_due(&site.database, &broken, &site.clock).await.expect("the queue answers");
    let token = page.html.split("name=\"t\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
    let page = browser.get(&format!("/account/code?t={token}")).await;
    assert!(page.html.contains("まだ送れていません"), "{}", page.html);
    // It leaves later, and the code in it is right.
    site.wait(10_000);
    let code = site.code_for(EMAIL).await;
    assert_eq!(browser.submit(&page, "/account/code", &[("code", &code)]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn forms_that_no_page_of_ours_sends_are_refused() {
    let site = site().await;
    let mut browser = Browser::of(&site);
    browser.get("/account/sign-up").await;
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    // Without a key, with a key that is none, far too long.
    for fields in [vec![], vec![field("key", "abc")], vec![field("email", &"a".repeat(100_000))]] {
        assert_eq!(browser.post("/account/sign-up", &fields).await.status, StatusCode::BAD_REQUEST);
    }
    for token in ["", "abc", &"0".repeat(64)] {
        assert_eq!(browser.get(&format!("/account/code?t={token}")).await.status, StatusCode::GONE);
        assert_eq!(browser.post("/account/code", &[field("t", token), field("code", "12345678")]).await.status, StatusCode::GONE);
    }
    assert_eq!(browser.get("/account/nothing").await.status, StatusCode::NOT_FOUND);
}
