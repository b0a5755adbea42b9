//! What a seeker keeps, over HTTP: the phone's interface, and the way without scripts.

mod site;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use site::Site;
use site::browser::Browser;
use site::people::{EMAIL, at, new_account};

/// What the interface answers to a browser that is signed in or not.
async fn sync(site: &Site, browser: Option<&Browser<'_>>, body: &Value) -> (StatusCode, Value) {
    let cookies: Vec<String> =
        browser.map(|browser| browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect()).unwrap_or_default();
    let request = Request::post("/api/kept/sync")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, cookies.join("; "))
        .body(Body::from(body.to_string()))
        .expect("a request");
    let (response, text) = site.send(request).await;
    (response.status(), serde_json::from_str(&text).unwrap_or_default())
}

/// What a page tells the program about whose phone it is.
async fn tag(browser: &mut Browser<'_>) -> String {
    let page = browser.get("/favorites").await;
    page.html.split("data-account=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

fn star(stamp: &str, note: &str) -> Value {
    let saved = json!({"title": "事務", "name": null, "place": null, "wage": {}, "deadline": "2026-12-31", "closed": false});
    json!({"id": "favorite:13010-1", "stamp": stamp, "thing": {"favorite": {
        "version": 1, "number": "13010-1", "added_at": 1, "note": note, "saved": saved}}})
}

#[tokio::test]
async fn a_phone_keeps_in_its_own_account_and_another_gets_it() {
    let site = at("2026-11-26").await;
    let mut first = new_account(&site, EMAIL).await;
    let account = tag(&mut first).await;
    assert_eq!(account.len(), 16);
    let request = json!({"account": account, "since": 0, "changes": [star("a", "駅から近い")]});
    let (status, answer) = sync(&site, Some(&first), &request).await;
    assert_eq!((status, &answer["done"]), (StatusCode::OK, &json!(["a"])), "{answer}");
    let second = site::people::sign_in(&site, EMAIL).await;
    let (_, answer) = sync(&site, Some(&second), &json!({"account": account, "since": 0, "changes": []})).await;
    assert_eq!(answer["entries"][0]["thing"]["favorite"]["note"], "駅から近い", "{answer}");
    let other = new_account(&site, "taro@example.jp").await;
    assert_eq!(sync(&site, Some(&other), &request).await.0, StatusCode::UNAUTHORIZED, "it means another account");
}

#[tokio::test]
async fn who_is_not_signed_in_or_sends_nonsense_is_refused_and_nothing_is_kept() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    let account = tag(&mut browser).await;
    let request = json!({"account": account, "since": 0, "changes": [star("a", "")]});
    assert_eq!(sync(&site, None, &request).await.0, StatusCode::UNAUTHORIZED);
    for bad in [
        json!({}),
        json!([]),
        json!({"account": account, "since": "x", "changes": []}),
        json!({"account": account, "since": 0, "changes": [{"id": 1}]}),
    ] {
        assert_eq!(sync(&site, Some(&browser), &bad).await.0, StatusCode::BAD_REQUEST, "{bad}");
    }
    let many: Vec<_> = (0..51).map(|n| star(&format!("s{n}"), "")).collect();
    assert_eq!(sync(&site, Some(&browser), &json!({"account": account, "since": 0, "changes": many})).await.0, StatusCode::BAD_REQUEST);
    let foreign =
        Request::post("/api/kept/sync").header("sec-fetch-site", "cross-site").body(Body::from(request.to_string())).expect("a request");
    assert_eq!(site.send(foreign).await.0.status(), StatusCode::FORBIDDEN);
    let (_, answer) = sync(&site, Some(&browser), &json!({"account": account, "since": 0, "changes": []})).await;
    assert_eq!(answer["entries"], json!([]));
}

#[tokio::test]
async fn pages_say_nothing_about_an_account_to_who_is_not_signed_in() {
    let site = at("2026-11-26").await;
    assert_eq!(tag(&mut Browser::of(&site)).await, "");
}

/// A site with one posting of which one can apply until this day.
async fn with_deadline(deadline: &str) -> Site {
    let xml = format!(
        "<root><kyujin><data><kjno>13010-1</kjno><uktkymd_seireki>2026/11/04</uktkymd_seireki><kjyukoymd>{deadline}</kjyukoymd>\
         <kjkbn1_c>1</kjkbn1_c><kokaikibo>1</kokaikibo><sksu>事務補助</sksu><jgshmei>見本商店</jgshmei>\
         <shgbsjusho1_n>東京都千代田区</shgbsjusho1_n></data></kyujin></root>"
    );
    Site::with(&xml, "2026-11-24".parse().expect("a day of the calendar")).await
}

/// Stars the posting without scripts.
async fn starred(site: &Site) -> Browser<'_> {
    let mut browser = new_account(site, EMAIL).await;
    let page = browser.post("/account/favorites/add", &[("number".to_owned(), "13010-1".to_owned())]).await;
    assert_eq!(page.location.as_deref(), Some("/postings"));
    browser
}

#[tokio::test]
async fn three_days_before_a_favorite_closes_one_mail_tells_it_and_names_nothing() {
    let site = with_deadline("2026/11/30").await;
    starred(&site).await;
    let remind =
        async || app::favorites::reminder::remind(&site.database, &site.settings(), &site.clock).await.expect("the database answers");
    site.wait(2 * 86_400_000);
    assert_eq!(remind().await, 0, "four days before");
    site.wait(86_400_000);
    assert_eq!([remind().await, remind().await], [1, 0], "once");
    let mails = site.mails_to(EMAIL).await;
    let mail = mails.last().expect("a mail");
    assert!(mail.contains("お気に入りのうち1件の期限") && mail.contains("http://mypage.test/favorites"), "{mail}");
    assert!(!mail.contains("事務補助") && !mail.contains("見本商店"), "{mail}");
}

#[tokio::test]
async fn the_first_page_tells_who_is_signed_in_the_deadline_that_comes_first() {
    let site = with_deadline("2026/11/30").await;
    let mut browser = starred(&site).await;
    let told = "お気に入りの「事務補助」の応募の期限が近づいています。";
    assert!(browser.get("/").await.html.contains(told));
    assert!(!Browser::of(&site).get("/").await.html.contains(told), "nobody else");
    let far = with_deadline("2027/01/31").await;
    assert!(!starred(&far).await.get("/").await.html.contains(told));
}

#[tokio::test]
async fn a_star_pressed_before_signing_in_is_set_only_with_the_signature_of_the_same_browser_and_for_an_hour() {
    let site = with_deadline("2026/11/30").await;
    let mut browser = new_account(&site, EMAIL).await;
    browser.post("/account/sign-out", &[]).await;
    let page = browser.post("/account/favorites/add", &[("number".to_owned(), "13010-1".to_owned())]).await;
    let next = page.location.expect("to signing in");
    let next =
        next.split_once("next=").expect("where to go on").1.replace("%3F", "?").replace("%3D", "=").replace("%26", "&").replace("%25", "%");
    assert!(browser.get(&next).await.location.is_some_and(|path| path.starts_with("/account/sign-in")), "not without an account");
    let mut browser = {
        let secret = browser.cookies.clone();
        let mut signed_in = site::people::sign_in(&site, EMAIL).await;
        assert_eq!(signed_in.get(&next).await.status, StatusCode::GONE, "pressed in another browser");
        signed_in.cookies.extend(secret.into_iter().filter(|(name, _)| name.contains("browser")));
        signed_in
    };
    assert_eq!(browser.get(&next.replace("13010-1", "13010-2")).await.status, StatusCode::GONE, "another posting");
    assert_eq!(browser.get(&next).await.location.as_deref(), Some("/postings"));
    assert!(browser.get("/account/favorites").await.html.contains("事務補助"));
    site.wait(3_600_001);
    assert_eq!(browser.get(&next).await.status, StatusCode::GONE, "too late");
}

#[tokio::test]
async fn of_a_saved_search_only_what_came_since_the_last_look_is_new() {
    let site = with_deadline("2027/01/31").await;
    let new = async |seen: &str| {
        let (response, text) = site.get(&format!("/api/saved-searches/new?seen={seen}&pref=13")).await;
        (response.status(), serde_json::from_str::<Value>(&text).unwrap_or_default()["count"].clone())
    };
    assert_eq!(new("2026-11-01").await, (StatusCode::OK, json!(1)));
    assert_eq!(new("2026-11-04").await, (StatusCode::OK, json!(1)), "of the day itself");
    assert_eq!(new("2026-11-05").await, (StatusCode::OK, json!(0)));
    assert_eq!(new("yesterday").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_the_service_worker_keeps_of_a_page_is_nobodys() {
    let site = at("2026-11-26").await;
    let mut browser = new_account(&site, EMAIL).await;
    for path in ["/saved-searches", "/sign-out", "/recently-viewed", "/needs-connection"] {
        assert!(browser.get(path).await.html.contains("data-account="), "{path}");
        let kept = browser.get(&format!("{path}?kept=1")).await.html;
        assert!(kept.starts_with("<title>") && kept.contains("data-kept") && !kept.contains("data-account"), "{kept}");
    }
}
