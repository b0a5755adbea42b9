//! Establishments: linked, renamed and unlinked by staff, described by their employer, seen by those who applied; and the log of what was done.

mod site;

use axum::http::StatusCode;
use site::browser::{Browser, Page};
use site::desks::{EMPLOYER, STAFF, employer, link, site_with_postings, staff};
use site::people::{EMAIL, new_account};
use site::registrant::register;

const TODAY: &str = "2026-11-27";
const APPLY: &str = "/postings/13010-1/apply";

fn path_on(page: &Page, start: &str) -> String {
    let rest = page.html.split(&format!("=\"{start}")).nth(1).unwrap_or_else(|| panic!("no {start} in {}", page.html));
    format!("{start}{}", rest.split(['"', '?']).next().unwrap_or_default())
}

/// Links the first posting; gives the page of staff.
async fn linked(staff: &mut Browser<'_>) -> String {
    let linked = link(staff, EMPLOYER, "13010-1").await.location.expect("linked");
    linked.trim_end_matches("?said=linked").to_owned()
}

#[tokio::test]
async fn what_an_employer_says_of_an_establishment_is_seen_by_those_who_applied() {
    let site = site_with_postings(TODAY).await;
    let mut staff = staff(&site).await;
    let mut employer = employer(&site, &mut staff, EMPLOYER).await;
    linked(&mut staff).await;
    let mut seeker = new_account(&site, EMAIL).await;
    register(&mut seeker).await;
    let page = seeker.get(APPLY).await;
    seeker.submit(&page, APPLY, &[("understood", "yes"), ("motivation", "近いからです。"), ("do", "preview")]).await;
    let page = seeker.get(&format!("{APPLY}/preview")).await;
    let own = seeker.submit(&page, &format!("{APPLY}/preview"), &[]).await.location.expect("it is sent");
    assert!(!seeker.get(&own).await.html.contains("事業所の連絡先と案内"), "nothing is said yet");

    let path = path_on(&employer.get("/employer").await, "/employer/establishments/");
    let page = employer.get(&path).await;
    let wrong = employer.submit(&page, &path, &[("person", "総務課"), ("phone", "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("電話番号を10桁か11桁で") && wrong.html.contains("value=\"総務課\""), "{}", wrong.html);
    let fields = [("person", "総務課"), ("phone", "０３(1234)5678"), ("about", "<b>東口</b>から3分です。\nエレベーターがあります。")];
    let mut twin = employer.twin();
    let saved = employer.submit(&wrong, &path, &fields).await;
    assert_eq!(saved.location, Some(format!("{path}?said=changed")), "{}", saved.html);
    assert_eq!(employer.submit(&wrong, &path, &fields).await.location, saved.location, "twice is once");
    let seen = seeker.get(&own).await.html;
    for words in ["総務課", "href=\"tel:0312345678\"", "&lt;b&gt;東口", "エレベーターがあります。"] {
        assert!(seen.contains(words), "{words}: {seen}");
    }

    // Somebody else was faster: their words are shown, one's own stay, and the second time they count.
    let slow = twin.submit(&page, &path, &[("person", "人事課")]).await;
    assert_eq!(slow.status, StatusCode::CONFLICT);
    assert!(
        slow.html.contains("別の画面で先に変更されました") && slow.html.contains("value=\"人事課\"") && slow.html.contains("担当：総務課")
    );
    assert_eq!(twin.submit(&slow, &path, &[("person", "人事課")]).await.status, StatusCode::SEE_OTHER);
    assert!(seeker.get(&own).await.html.contains("人事課"));
}

#[tokio::test]
async fn staff_rename_and_unlink_and_the_log_says_who_did_it() {
    let site = site_with_postings(TODAY).await;
    let mut staff = staff(&site).await;
    let mut employer = employer(&site, &mut staff, EMPLOYER).await;
    let path = linked(&mut staff).await;
    let page = staff.get(&path).await;
    let lacking = staff.submit(&page, &path, &[("do", "rename"), ("new_name", " "), ("address", "東京都港区１")]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.html.contains("事業所名を120文字まで") && lacking.html.contains("value=\"東京都港区１\""), "{}", lacking.html);
    let renamed = staff.submit(&lacking, &path, &[("do", "rename"), ("new_name", "架空商会"), ("address", "東京都港区１")]).await;
    assert_eq!(renamed.location, Some(format!("{path}?said=changed")));
    let desk = employer.get("/employer").await.html;
    assert!(desk.contains("架空商会") && desk.contains("東京都港区１"), "{desk}");

    let page = staff.get(&path).await;
    let removed = staff.submit(&page, &path, &[("do", "remove-posting"), ("number", "13010-1")]).await;
    assert_eq!(removed.location, Some(format!("{path}?said=changed")));
    assert!(!staff.get(&path).await.html.contains("/postings/13010-1\""));
    let mut seeker = new_account(&site, EMAIL).await;
    register(&mut seeker).await;
    assert!(seeker.get("/postings/13010-1").await.html.contains("まだマイページを開設していません"));

    let log = staff.get("/staff/audit").await.html;
    for words in ["求人者を招待した", "事業所をつないだ", "事業所名・所在地を変えた", "事業所から求人を外した", STAFF, path.as_str()]
    {
        assert!(log.contains(words), "{words}: {log}");
    }
    assert_eq!(employer.get("/staff/audit").await.status, StatusCode::NOT_FOUND);
}
