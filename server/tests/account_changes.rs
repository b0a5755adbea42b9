//! What one changes in an account, how one gets back in, and who may do what, over HTTP and without scripts.

mod site;

use axum::http::StatusCode;
use site::Site;
use site::browser::{Browser, Page, filled};
use site::people::{EMAIL, PASSWORD, at, new_account, sign_in};

const NEW_PASSWORD: &str = "夜は散歩をして早く寝ること";

async fn recovery_codes(browser: &mut Browser<'_>) -> Vec<String> {
    let page = browser.get("/account/recovery-codes").await;
    let page = browser.submit(&page, "/account/recovery-codes", &[("current_password", PASSWORD)]).await;
    shown_codes(&page)
}

fn shown_codes(page: &Page) -> Vec<String> {
    page.html.split("<code>").skip(1).map(|rest| rest.split("</code>").next().unwrap_or_default().to_owned()).collect()
}

/// The page for the code, after the forgotten password was told.
async fn forgot(browser: &mut Browser<'_>, email: &str) -> Page {
    let page = browser.get("/account/forgotten").await;
    let page = browser.submit(&page, "/account/forgotten", &[("email", email)]).await;
    browser.follow(page).await
}

async fn signs_in_with(site: &Site, password: &str) -> bool {
    let mut browser = Browser::of(site);
    let page = browser.get("/account/sign-in").await;
    browser.submit(&page, "/account/sign-in", &[("email", EMAIL), ("password", password)]).await.status == StatusCode::SEE_OTHER
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_with_a_code_and_everyone_else_is_signed_out() {
    let site = at("2026-11-26").await;
    let mut before = new_account(&site, EMAIL).await;
    let mut browser = Browser::of(&site);
    let page = forgot(&mut browser, EMAIL).await;
    let page = browser.submit(&page, "/account/code", &[("code", &site.code_for(EMAIL).await)]).await;
    let page = browser.follow(page).await;
    let fields = filled(&page, "/account/forgotten/password", &[("new_password", NEW_PASSWORD)]);
    let page = browser.post("/account/forgotten/password", &fields).await;
    let twice = browser.post("/account/forgotten/password", &fields).await;
    assert_eq!(page.location, twice.location);
    assert!(browser.follow(page).await.html.contains("パスワードを変えました"));
    assert_eq!(before.get("/account").await.status, StatusCode::SEE_OTHER);
    assert!(signs_in_with(&site, NEW_PASSWORD).await && !signs_in_with(&site, PASSWORD).await);
    let mails = site.mails_to(EMAIL).await;
    assert_eq!(mails.iter().filter(|mail| mail.contains("パスワードが変わりました")).count(), 1);
}

#[tokio::test]
async fn a_forgotten_password_tells_nobody_who_has_an_account() {
    let site = at("2026-11-26").await;
    let mut browser = Browser::of(&site);
    let page = forgot(&mut browser, "nobody@example.jp").await;
    assert!(page.html.contains("nobody@example.jp にメールを送りました"));
    assert!(site.mails_to("nobody@example.jp").await[0].contains("マイページはありません"));
    let token = filled(&page, "/account/code", &[]).remove(0).1;
    let page = browser.get(&format!("/account/recovery?t={token}")).await;
    let page = browser.submit(&page, "/account/recovery", &[("recovery_code", "ABCD-EFGH-JKMN")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("復旧コードが違います"));
}

#[tokio::test]
async fn with_a_lost_mailbox_a_recovery_code_signs_in_once() {
    let site = at("2026-11-26").await;
    let mut owner = new_account(&site, EMAIL).await;
    let codes = recovery_codes(&mut owner).await;
    assert_eq!(codes.len(), 10);
    assert!(owner.get("/account/recovery-codes").await.html.contains("10個"));
    for (status, says) in [(StatusCode::SEE_OTHER, ""), (StatusCode::UNPROCESSABLE_ENTITY, "違います")] {
        let mut browser = Browser::of(&site);
        let page = browser.get("/account/sign-in").await;
        let page = browser.submit(&page, "/account/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await;
        let page = browser.follow(page).await;
        let token = filled(&page, "/account/code", &[]).remove(0).1;
        let page = browser.get(&format!("/account/recovery?t={token}")).await;
        let fields = filled(&page, "/account/recovery", &[("recovery_code", &codes[0].to_lowercase())]);
        let page = browser.post("/account/recovery", &fields).await;
        assert!(page.status == status && page.html.contains(says), "{}", page.html);
        if status == StatusCode::SEE_OTHER {
            assert_eq!(browser.post("/account/recovery", &fields).await.location, page.location, "a double tap");
            assert_eq!(browser.get("/account").await.status, StatusCode::OK);
        }
    }
    assert!(owner.get("/account/recovery-codes").await.html.contains("9個"));
    assert_eq!(site.mails_to(EMAIL).await.iter().filter(|mail| mail.contains("残りは9個")).count(), 1);
}

#[tokio::test]
async fn with_a_lost_mailbox_and_a_forgotten_password_a_recovery_code_leads_to_a_new_one() {
    let site = at("2026-11-26").await;
    let mut owner = new_account(&site, EMAIL).await;
    let codes = recovery_codes(&mut owner).await;
    let mut browser = Browser::of(&site);
    let page = forgot(&mut browser, EMAIL).await;
    let token = filled(&page, "/account/code", &[]).remove(0).1;
    let page = browser.get(&format!("/account/recovery?t={token}")).await;
    let page = browser.submit(&page, "/account/recovery", &[("recovery_code", &codes[3])]).await;
    let page = browser.follow(page).await;
    let page = browser.submit(&page, "/account/forgotten/password", &[("new_password", NEW_PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(signs_in_with(&site, NEW_PASSWORD).await);
}

#[tokio::test]
async fn recovery_codes_are_shown_once_and_new_ones_replace_them() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    assert!(browser.get("/account").await.html.contains("復旧コードがありません"));
    let page = browser.get("/account/recovery-codes").await;
    let wrong = browser.submit(&page, "/account/recovery-codes", &[("current_password", "wrong but long enough")]).await;
    assert_eq!((wrong.status, shown_codes(&wrong).len()), (StatusCode::UNPROCESSABLE_ENTITY, 0));
    let fields = filled(&page, "/account/recovery-codes", &[("current_password", PASSWORD)]);
    let first = shown_codes(&browser.post("/account/recovery-codes", &fields).await);
    // The network died before they came: the same form shows them again.
    assert_eq!(shown_codes(&browser.post("/account/recovery-codes", &fields).await), first);
    assert!(first.iter().all(|code| !page.html.contains(code.as_str())));
    let second = recovery_codes(&mut browser).await;
    assert!(second.iter().all(|code| !first.contains(code)));
    assert!(!browser.get("/account").await.html.contains("復旧コードがありません"));
}

#[tokio::test]
async fn the_password_is_changed_with_the_old_one_and_other_browsers_are_signed_out() {
    let site = at("2026-11-26").await;
    let mut other = new_account(&site, EMAIL).await;
    let mut browser = sign_in(&site, EMAIL).await;
    let page = browser.get("/account/password").await;
    for (current, new, says) in [
        ("wrong but long enough", NEW_PASSWORD, "今のパスワードが違います"),
        (PASSWORD, "kurz", "12文字以上"),
        (PASSWORD, PASSWORD, "今のものと同じです"),
        ("", "", "入力してください"),
    ] {
        let page = browser.submit(&page, "/account/password", &[("current_password", current), ("new_password", new)]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.html.contains(says), "{says}: {}", page.html);
    }
    let fields = filled(&page, "/account/password", &[("current_password", PASSWORD), ("new_password", NEW_PASSWORD)]);
    let done = browser.post("/account/password", &fields).await;
    assert_eq!(done.location, browser.post("/account/password", &fields).await.location, "sent again");
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!(other.get("/account").await.status, StatusCode::SEE_OTHER);
    assert!(signs_in_with(&site, NEW_PASSWORD).await);
}

#[tokio::test]
async fn a_phone_left_on_a_table_is_not_enough_to_guess_the_password() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    let page = browser.get("/account/close").await;
    for _ in 0..10 {
        browser.submit(&page, "/account/close", &[("sure", "yes"), ("current_password", "wrong but long enough")]).await;
    }
    let page = browser.submit(&page, "/account/close", &[("sure", "yes"), ("current_password", PASSWORD)]).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.html.contains("時間をおいて"), "{}", page.html);
    site.wait(15 * 60_000);
    let page = browser.submit(&page, "/account/close", &[("sure", "yes"), ("current_password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_address_is_changed_with_a_code_from_the_new_mailbox_and_both_are_told() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    let page = browser.get("/account/email").await;
    let page = browser.submit(&page, "/account/email", &[("new_email", "new@example.jp"), ("current_password", PASSWORD)]).await;
    let page = browser.follow(page).await;
    let fields = filled(&page, "/account/code", &[("code", &site.code_for("new@example.jp").await)]);
    let done = browser.post("/account/code", &fields).await;
    assert_eq!(done.location, browser.post("/account/code", &fields).await.location, "sent again");
    assert!(browser.follow(done).await.html.contains("new@example.jp"));
    assert_eq!(site.mails_to(EMAIL).await.iter().filter(|mail| mail.contains("メールアドレスが変わりました")).count(), 1);
    assert_eq!(site.mails_to("new@example.jp").await.iter().filter(|mail| mail.contains("メールアドレスを変えました")).count(), 1);
    assert!(!signs_in_with(&site, PASSWORD).await, "the old address is nobody's");
}

#[tokio::test]
async fn an_address_that_another_account_has_cannot_be_taken_and_is_not_told() {
    let site = at("2026-11-26").await;
    new_account(&site, "taro@example.jp").await;
    let mut browser = new_account(&site, EMAIL).await;
    let page = browser.get("/account/email").await;
    let page = browser.submit(&page, "/account/email", &[("new_email", "taro@example.jp"), ("current_password", PASSWORD)]).await;
    let page = browser.follow(page).await;
    assert!(page.html.contains("taro@example.jp にメールを送りました"));
    assert!(site.mails_to("taro@example.jp").await.last().is_some_and(|mail| mail.contains("使われています")));
}

#[tokio::test]
async fn a_closed_account_is_gone_at_once_and_the_address_is_free() {
    let site = at("2026-11-26").await;
    let mut other = new_account(&site, EMAIL).await;
    let mut browser = sign_in(&site, EMAIL).await;
    let page = browser.get("/account/close").await;
    let unsure = browser.submit(&page, "/account/close", &[("current_password", PASSWORD)]).await;
    assert!(unsure.status == StatusCode::UNPROCESSABLE_ENTITY && unsure.html.contains("チェックを入れてください"));
    let fields = filled(&page, "/account/close", &[("sure", "yes"), ("current_password", PASSWORD)]);
    let lost = browser.twin().post("/account/close", &fields).await;
    let again = browser.post("/account/close", &fields).await;
    assert_eq!((lost.location.as_deref(), again.location.as_deref()), (Some("/account/closed"), Some("/account/closed")));
    assert!(browser.follow(again).await.html.contains("マイページを閉じました"));
    assert_eq!(other.get("/account").await.status, StatusCode::SEE_OTHER);
    assert!(!signs_in_with(&site, PASSWORD).await);
    assert_eq!(site.mails_to(EMAIL).await.iter().filter(|mail| mail.contains("マイページを閉じました")).count(), 1);
    new_account(&site, EMAIL).await;
}

#[tokio::test]
async fn the_operator_invites_staff_staff_invites_employers_and_nobody_else_invites_anyone() {
    let site = at("2026-11-26").await;
    let mut seeker = new_account(&site, EMAIL).await;
    assert_eq!(seeker.get("/staff/invitations").await.status, StatusCode::NOT_FOUND);

    let mut staff = invited(&site, &site.invite_staff("shokuin@example.jp").await).await;
    assert!(staff.get("/account").await.html.contains("ハローワーク職員"));
    let page = staff.get("/staff/invitations").await;
    let fields = filled(&page, "/staff/invitations", &[("email", "jinji@example.jp")]);
    for _ in 0..2 {
        assert_eq!(staff.post("/staff/invitations", &fields).await.status, StatusCode::SEE_OTHER);
    }
    let mails = site.mails_to("jinji@example.jp").await;
    assert_eq!(mails.len(), 1, "a double tap sends one");
    let link = mails[0].lines().find(|line| line.contains("/account/invitation")).expect("a link").to_owned();
    let mut employer = invited(&site, &link).await;
    assert!(employer.get("/account").await.html.contains("求人者"));

    for browser in [&mut seeker, &mut employer] {
        assert_eq!(browser.get("/staff/invitations").await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.post("/staff/invitations", &fields).await.status, StatusCode::NOT_FOUND);
    }
    // The link is used up.
    assert_eq!(Browser::of(&site).get(link.trim_start_matches("http://mypage.test")).await.status, StatusCode::GONE);
}

async fn invited<'s>(site: &'s Site, link: &str) -> Browser<'s> {
    let mut browser = Browser::of(site);
    let page = browser.get(link.trim_start_matches("http://mypage.test")).await;
    let wrong = browser.submit(&page, "/account/invitation", &[("new_password", "kurz")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.html.contains("#field-agree"));
    let fields = filled(&page, "/account/invitation", &[("new_password", PASSWORD), ("agree", "yes")]);
    let lost = browser.twin().post("/account/invitation", &fields).await;
    assert_eq!(lost.location, browser.post("/account/invitation", &fields).await.location);
    browser
}

#[tokio::test]
async fn an_invitation_is_good_for_a_week_and_never_changes_a_role() {
    let site = at("2026-11-26").await;
    new_account(&site, EMAIL).await;
    let link = site.invite_staff(EMAIL).await;
    let mut browser = Browser::of(&site);
    let page = browser.get(link.trim_start_matches("http://mypage.test")).await;
    let page = browser.submit(&page, "/account/invitation", &[("new_password", PASSWORD), ("agree", "yes")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    let late = site.invite_staff("late@example.jp").await;
    site.wait(7 * 24 * 3_600_000);
    assert_eq!(browser.get(late.trim_start_matches("http://mypage.test")).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn staff_is_asked_for_a_code_every_time() {
    let site = at("2026-11-26").await;
    let email = "shokuin@example.jp";
    let mut staff = invited(&site, &site.invite_staff(email).await).await;
    staff.post("/account/sign-out", &[]).await;
    for _ in 0..2 {
        let page = staff.get("/account/sign-in").await;
        let page = staff.submit(&page, "/account/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        let page = staff.follow(page).await;
        assert!(page.html.contains("確認コード"));
        staff.submit(&page, "/account/code", &[("code", &site.code_for(email).await), ("trust", "yes")]).await;
        staff.post("/account/sign-out", &[]).await;
    }
}

#[tokio::test]
async fn terms_and_privacy_notice_can_be_read_by_anyone_and_say_their_version() {
    let site = at("2026-11-26").await;
    let documents = [
        ("/account/terms", "利用規約", app::account::TERMS_VERSION),
        ("/account/privacy", "個人情報の取り扱い", app::account::PRIVACY_VERSION),
    ];
    for (path, heading, version) in documents {
        let (response, html) = site.get(path).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(html.contains(&format!("<h1>{heading}</h1>")) && html.contains(version), "{html}");
    }
}
