//! Being told by web push: begun by a script, switched by kind, ended here, from another browser, and by signing out.

mod site;

use app::push::{Post, Sent, send_due};
use axum::http::StatusCode;
use site::Site;
use site::browser::{Browser, Page};
use site::desks::{EMPLOYER, employer, link, site_with_postings, staff};
use site::people::{EMAIL, new_account, sign_in};
use site::registrant::register;

const TODAY: &str = "2026-11-27";
/// The stand-in of the site's settings: nobody listens there, so what is sent is tried again later.
const ENDPOINT: &str = "http://127.0.0.1:9/push/1";
const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const SETTINGS: &str = "/notices/settings";
const REMOVE: &str = "/notices/settings/browsers/remove";

fn attribute(page: &Page, name: &str) -> String {
    let rest = page.html.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {}", page.html));
    rest.split('"').next().unwrap_or_default().to_owned()
}

fn fields(account: &str, endpoint: &str, key: &str, secret: &str, again: &str) -> Vec<(String, String)> {
    [("account", account), ("endpoint", endpoint), ("key", key), ("secret", secret), ("again", again)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// Says to the server what the script says; gives the status.
async fn tell(browser: &mut Browser<'_>, again: &str) -> StatusCode {
    let account = attribute(&browser.get(SETTINGS).await, "data-account");
    browser.post("/api/push/subscription", &fields(&account, ENDPOINT, KEY, SECRET, again)).await.status
}

/// How many pushes wait.
async fn waiting(site: &Site) -> i64 {
    let (count,) =
        sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM push_messages").fetch_one(site.database.read()).await.expect("a count");
    count
}

/// Staff send a notice to everybody.
async fn notice_to_all(staff: &mut Browser<'_>) {
    let page = staff.get("/staff/notices").await;
    let fields = [("kind", "general"), ("subject", "年末の窓口"), ("body", "12月29日から休みます。"), ("do", "preview")];
    let looked = staff.submit(&page, "/staff/notices", &fields).await;
    let sent = staff.submit(&looked, "/staff/notices", &[("do", "send")]).await;
    assert!(sent.location.is_some_and(|path| path.starts_with("/staff/notices?reached=")), "{}", sent.html);
}

#[tokio::test]
async fn a_notice_to_one_and_a_notice_to_a_group_reach_a_browser_that_is_told() {
    let site = site_with_postings(TODAY).await;
    let mut staff = staff(&site).await;
    let mut employer = employer(&site, &mut staff, EMPLOYER).await;
    link(&mut staff, EMPLOYER, "13010-1").await;
    let mut seeker = new_account(&site, EMAIL).await;
    register(&mut seeker).await;
    assert_eq!(tell(&mut seeker, "").await, StatusCode::NO_CONTENT);
    assert!(seeker.get(SETTINGS).await.html.contains(ENDPOINT));

    notice_to_all(&mut staff).await;
    assert_eq!(waiting(&site).await, 1);

    let path = "/postings/13010-1/apply";
    let page = seeker.get(path).await;
    seeker.submit(&page, path, &[("understood", "yes"), ("motivation", "近いからです。"), ("do", "preview")]).await;
    let page = seeker.get(&format!("{path}/preview")).await;
    seeker.submit(&page, &format!("{path}/preview"), &[]).await;
    let list = employer.get("/employer/applicants").await;
    let action = format!(
        "/employer/applicants/{}",
        list.html.split("\"/employer/applicants/").nth(1).and_then(|rest| rest.split('"').next()).expect("one")
    );
    let path = employer.submit(&list, &action, &[]).await.location.expect("it is opened");
    let page = employer.get(&path).await;
    employer.submit(&page, &format!("{path}/interview"), &[("interview", "12月3日10時")]).await;
    assert_eq!(waiting(&site).await, 2);

    // Words without content, in the queue as on the screen.
    let words: Vec<(String,)> = sqlx::query_as("SELECT words FROM push_messages").fetch_all(site.database.read()).await.expect("words");
    assert!(words.iter().all(|(words,)| !words.contains("年末") && !words.contains("見本")), "{words:?}");

    let post = Post::new(site.settings().push.expect("web push is set up"), "http://mypage.test");
    let sent = send_due(&site.database, &post, &site.clock).await.expect("an answer");
    assert_eq!(sent, Sent { later: 2, ..Sent::default() }, "nobody listens there");
}

#[tokio::test]
async fn kinds_are_switched_without_scripts() {
    let site = site_with_postings(TODAY).await;
    let mut staff = staff(&site).await;
    let mut seeker = new_account(&site, EMAIL).await;
    register(&mut seeker).await;
    tell(&mut seeker, "").await;
    let page = seeker.get(SETTINGS).await;
    let saved = seeker.submit(&page, SETTINGS, &[("mail", "general"), ("push", "seminar")]).await;
    assert_eq!(saved.location.as_deref(), Some("/notices/settings?said=saved"));
    notice_to_all(&mut staff).await;
    assert_eq!(waiting(&site).await, 0);
    let page = seeker.get(SETTINGS).await;
    seeker.submit(&page, SETTINGS, &[("push", "general")]).await;
    notice_to_all(&mut staff).await;
    assert_eq!(waiting(&site).await, 1);
}

#[tokio::test]
async fn a_browser_is_ended_here_from_another_one_and_by_signing_out() {
    let site = site_with_postings(TODAY).await;
    let mut seeker = new_account(&site, EMAIL).await;
    tell(&mut seeker, "").await;
    let mut other = sign_in(&site, EMAIL).await;
    let page = other.get(SETTINGS).await;
    assert!(page.html.contains("通知を受け取る端末"), "{}", page.html);
    let removed = other.submit(&page, REMOVE, &[]).await;
    assert_eq!(removed.location.as_deref(), Some("/notices/settings?said=removed"));
    assert!(!other.get(SETTINGS).await.html.contains("通知を受け取る端末"));
    // The browser says by itself that it wants to be told, and hears that it is over; its owner can begin again there.
    assert_eq!(tell(&mut seeker, "yes").await, StatusCode::GONE);
    assert_eq!(tell(&mut seeker, "").await, StatusCode::NO_CONTENT);
    assert_eq!(tell(&mut seeker, "yes").await, StatusCode::NO_CONTENT);

    let account = attribute(&seeker.get(SETTINGS).await, "data-account");
    let ended = seeker.post("/api/push/subscription/end", &fields(&account, ENDPOINT, "", "", "")).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert!(!seeker.get(SETTINGS).await.html.contains(ENDPOINT));

    tell(&mut seeker, "").await;
    let page = seeker.get("/sign-out").await;
    seeker.submit(&page, "/account/sign-out", &[]).await;
    assert!(!other.get(SETTINGS).await.html.contains(ENDPOINT), "who signs out is not told any more");
}

#[tokio::test]
async fn what_names_no_push_service_or_another_account_is_refused() {
    let site = site_with_postings(TODAY).await;
    let mut seeker = new_account(&site, EMAIL).await;
    let account = attribute(&seeker.get(SETTINGS).await, "data-account");
    for (endpoint, key) in [("http://127.0.0.1:3000/account/close", KEY), ("https://evil.example/", KEY), (ENDPOINT, "BCVx"), ("", "")] {
        let answer = seeker.post("/api/push/subscription", &fields(&account, endpoint, key, SECRET, "")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{endpoint}");
    }
    let foreign = fields("0123456789abcdef", ENDPOINT, KEY, SECRET, "");
    assert_eq!(seeker.post("/api/push/subscription", &foreign).await.status, StatusCode::UNAUTHORIZED);
    let mut nobody = Browser::of(&site);
    assert_eq!(nobody.post("/api/push/subscription", &fields("", ENDPOINT, KEY, SECRET, "")).await.status, StatusCode::UNAUTHORIZED);
    let mut staff = staff(&site).await;
    assert_eq!(staff.get(SETTINGS).await.status, StatusCode::NOT_FOUND);
    assert!(!seeker.get(SETTINGS).await.html.contains("通知を受け取る端末"));
}
