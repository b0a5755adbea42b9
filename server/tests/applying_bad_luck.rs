//! What goes wrong when people apply: things twice and late, two devices, a session that ends, an employer who looks too early; and what is mended.

mod site;

use axum::http::StatusCode;
use site::applying::{APPLY, PDF, POSTING, People, WRITTEN, apply, open_the_one, path_on, people};
use site::browser::{Page, filled};
use site::desks::{site_with_postings, upgrade};
use site::people::{EMAIL, new_account, sign_in};

const TODAY: &str = "2026-11-27";
const DAY: i64 = 86_400_000;
const PREVIEW: &str = "/postings/13010-1/apply/preview";
const RESERVED: &str = "/postings/13010-3/apply";

fn mark(page: &Page) -> String {
    let rest = page.html.split("data-account=\"").nth(1).expect("whose page it is");
    rest.split('"').next().unwrap_or_default().to_owned()
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The recommendation of the second posting, accepted; gives the path of the application.
async fn accepted(site: &site::Site, people: &mut People<'_>) -> String {
    let desk = upgrade(site).await.replace("/staff/registrations/", "/staff/recommend/");
    let page = people.staff.get(&format!("{desk}?posting=13010-2")).await;
    let fields = [("judgement", "fits"), ("comment", "通いやすい場所です"), ("reply_by", "2026-12-04")];
    people.staff.submit(&page, &desk, &fields).await;
    let recommendation = path_on(&people.seeker.get("/recommendations").await, "/recommendations/");
    let own = apply(&mut people.seeker, &format!("{recommendation}/apply"), &[("motivation", "働きたいです"), ("do", "preview")]).await;
    path_on(&own, "/applications/").trim_end_matches("/letter").trim_end_matches("/withdraw").to_owned()
}

#[tokio::test]
async fn nothing_of_an_application_is_read_before_it_is_opened_and_one_that_was_taken_back_stays_unread() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = accepted(&site, &mut people).await;
    let letter = format!("{own}/letter");
    let early = people.employer.get(&letter).await;
    assert!(early.status == StatusCode::NOT_FOUND && !early.html.contains("春和"), "{}", early.html);
    open_the_one(&mut people.employer).await;
    assert!(people.employer.get(&letter).await.html.contains("春和"));

    let second = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let list = people.employer.get("/employer/applicants").await;
    let open = list.html.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|path| path.ends_with("/open"));
    let open = open.expect("one is not open").to_owned();
    let withdraw = path_on(&second, "/applications/");
    assert!(withdraw.ends_with("/withdraw"), "{withdraw}");
    people.seeker.submit(&second, &withdraw, &[]).await;
    assert_eq!(people.employer.submit(&list, &open, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(!people.employer.get("/employer/applicants").await.html.contains(&format!("\"{open}\"")), "no button is left");
}

#[tokio::test]
async fn what_a_phone_sends_again_after_a_week_is_still_one() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let account = mark(&people.seeker.get("/applications").await);
    let key = "ab".repeat(32);
    let common = [("account", account.as_str()), ("key", key.as_str())];
    let application = pairs(
        &[&common[..], &[("number", "13010-1"), ("seen_on", "2026-12-31"), ("understood", "yes"), ("motivation", "近いので")]].concat(),
    );
    let sent = people.seeker.post("/api/applications/send", &application).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.html);
    open_the_one(&mut people.employer).await;
    let id = sent.html.split("/applications/").nth(1).and_then(|rest| rest.split(['?', '"']).next()).expect("its name").to_owned();
    let message = pairs(&[&common[..], &[("thread", id.as_str()), ("body", "よろしくお願いします")]].concat());
    assert_eq!(people.seeker.post("/api/messages/send", &message).await.status, StatusCode::NO_CONTENT);
    let own = people.seeker.get(&format!("/applications/{id}")).await;
    people.seeker.submit(&own, &format!("/applications/{id}/withdraw"), &[]).await;

    // The answers of forms are forgotten by then.
    site.wait(7 * DAY);
    app::account::db::tidy(&site.database, site.clock.now()).await.expect("tidied");
    let again = people.seeker.post("/api/applications/send", &application).await;
    assert!(again.status == StatusCode::OK && again.html.contains(&id), "{}", again.html);
    assert_eq!(people.seeker.post("/api/messages/send", &message).await.status, StatusCode::NO_CONTENT);
    let thread = people.seeker.get(&format!("/messages/{id}")).await;
    assert_eq!(thread.html.matches("よろしくお願いします").count(), 1);
    assert_eq!(people.seeker.get("/applications").await.html.matches(&format!("href=\"/applications/{id}\"")).count(), 1);
    assert!(!people.employer.get("/employer/applicants").await.html.contains("開いて読む"), "it was not sent anew");
}

#[tokio::test]
async fn only_what_was_looked_at_is_sent() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let form = people.seeker.get(APPLY).await;
    people.seeker.submit(&form, APPLY, &WRITTEN).await;
    let preview = people.seeker.get(PREVIEW).await;
    // Another device writes meanwhile.
    let mut other = sign_in(&site, EMAIL).await;
    let page = other.get(APPLY).await;
    other.submit(&page, APPLY, &[("understood", "yes"), ("motivation", "書きかけの"), ("do", "save")]).await;
    let asked = people.seeker.submit(&preview, PREVIEW, &[]).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.html.contains("内容が変わりました") && asked.html.contains("書きかけの"), "{}", asked.html);
    // A file more is a change, too.
    let page = other.get(APPLY).await;
    let fields = [("understood", "yes"), ("motivation", "書きかけの"), ("do", "attach")];
    other.upload(&page, APPLY, &fields, &[("履歴書.pdf", PDF)]).await;
    let again = people.seeker.submit(&asked, PREVIEW, &[]).await;
    assert!(again.status == StatusCode::CONFLICT && again.html.contains("履歴書.pdf"), "{}", again.html);
    let sent = people.seeker.submit(&again, PREVIEW, &[]).await;
    assert!(sent.location.is_some_and(|path| path.starts_with("/applications/")));
}

#[tokio::test]
async fn of_two_devices_that_write_the_second_is_told_and_loses_nothing() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let stale = people.seeker.get(APPLY).await;
    let mut other = sign_in(&site, EMAIL).await;
    let page = other.get(APPLY).await;
    other.submit(&page, APPLY, &[("motivation", "パソコンで書きました"), ("do", "save")]).await;

    let told = people.seeker.submit(&stale, APPLY, &[("motivation", "電車で書きました"), ("do", "save")]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(
        ["先に書きかえられています", "パソコンで書きました", "電車で書きました"].iter().all(|part| told.html.contains(part)),
        "{}",
        told.html
    );
    // The script is told the same, and overwrites nothing.
    let account = mark(&stale);
    let save = |base: &str| pairs(&[("account", account.as_str()), ("number", "13010-1"), ("motivation", "電車で"), ("base", base)]);
    assert_eq!(people.seeker.post("/api/applications/draft", &save("0")).await.status, StatusCode::CONFLICT);
    assert!(other.get(APPLY).await.html.contains("パソコンで書きました"));
    let saved = people.seeker.post("/api/applications/draft", &save("1")).await;
    assert!(saved.status == StatusCode::OK && saved.html.contains("\"base\":2"), "{}", saved.html);

    let told = people.seeker.submit(&stale, APPLY, &[("motivation", "電車で書きました"), ("do", "save")]).await;
    let done = people.seeker.submit(&told, APPLY, &[("motivation", "電車で書きました"), ("do", "save")]).await;
    assert_eq!(done.location, Some(format!("{APPLY}?said=saved")));
    assert!(other.get(APPLY).await.html.contains("電車で書きました"));
}

#[tokio::test]
async fn what_is_sent_after_the_session_has_ended_waits_for_its_owner_alone() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let thread = path_on(&own, "/messages/");
    open_the_one(&mut people.employer).await;
    let (form, messages) = (people.seeker.get(RESERVED).await, people.seeker.get(&thread).await);
    people.seeker.cookies.remove("mypage-session");
    for (page, path, field, words) in
        [(&form, RESERVED, "remarks", "障害者手帳があります"), (&messages, thread.as_str(), "body", "明日うかがいます")]
    {
        let sent = people.seeker.upload(page, path, &[(field, words), ("do", "save")], &[]).await;
        let location = sent.location.expect("it leads to sign in");
        assert!(location.starts_with("/account/sign-in"), "{location}");
        let raw: Vec<(String,)> =
            sqlx::query_as("SELECT sealed FROM registration_parked").fetch_all(site.database.read()).await.expect("rows");
        assert!(!raw.is_empty() && raw.iter().all(|(sealed,)| !sealed.contains(words)), "{raw:?}");
    }
    // Somebody else in this browser sees nothing of it, and their draft is not it.
    let browser = people.seeker.twin();
    let mut stranger = new_account(&site, "taro@example.jp").await;
    stranger.cookies.extend(browser.cookies.clone().into_iter().filter(|(name, _)| name != "mypage-session"));
    let refused = stranger.upload(&form, RESERVED, &[("remarks", "障害者手帳があります"), ("do", "save")], &[]).await;
    assert!(refused.status.is_client_error() && refused.location.is_none(), "{}", refused.status);
    assert!(!stranger.get(RESERVED).await.html.contains("障害者手帳があります"));

    // A large file of nobody is not read; what was typed before it is.
    let big = vec![b'x'; 2 << 20];
    let cut = people.seeker.upload(&form, RESERVED, &[("remarks", "手帳の写しをつけます"), ("do", "attach")], &[("a.pdf", &big)]).await;
    assert!(
        cut.location.as_ref().is_some_and(|location| location.starts_with("/account/sign-in")),
        "{} {:?} {}",
        cut.status,
        cut.location,
        cut.html
    );

    let mut back = sign_in(&site, EMAIL).await;
    let session = back.cookies.remove("mypage-session").expect("a session");
    back.cookies.extend(browser.cookies);
    back.cookies.insert("mypage-session".to_owned(), session);
    let restored = back.get(RESERVED).await;
    assert!(
        restored.html.contains("手帳の写しをつけます") && restored.html.contains("サインインの前に書いていた内容"),
        "{}",
        restored.html
    );
    assert!(back.get(&thread).await.html.contains("明日うかがいます"));
    back.submit(&restored, RESERVED, &[("do", "save")]).await;
    assert!(!back.get(RESERVED).await.html.contains("サインインの前に"), "it is saved now");
}

#[tokio::test]
async fn a_draft_can_be_discarded_with_its_files() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let form = people.seeker.get(APPLY).await;
    people.seeker.upload(&form, APPLY, &[("motivation", "書きかけ"), ("do", "attach")], &[("a.pdf", PDF)]).await;
    let list = people.seeker.get("/applications").await;
    let discarded = people.seeker.submit(&list, "/applications/drafts/discard", &[]).await;
    assert_eq!(discarded.location.as_deref(), Some("/applications?said=discarded"));
    let form = people.seeker.get(APPLY).await;
    assert!(!form.html.contains("書きかけ") && !form.html.contains("a.pdf"), "{}", form.html);
}

#[tokio::test]
async fn an_employer_who_has_answered_is_not_asked_to_answer() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let path = open_the_one(&mut people.employer).await;
    let page = people.employer.get(&path).await;
    people.employer.submit(&page, &format!("{path}/interview"), &[("interview", "12月3日10時")]).await;
    site.wait(9 * DAY);
    let mut seeker = sign_in(&site, EMAIL).await;
    let list = seeker.get("/applications").await;
    assert!(!list.html.contains("約束の日を過ぎても"), "{}", list.html);
}

#[tokio::test]
async fn what_goes_by_letter_says_so_and_staff_record_its_end() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let desk = upgrade(&site).await.replace("/staff/registrations/", "/staff/recommend/");
    let person = people.staff.get(&desk.replace("/staff/recommend/", "/staff/registrations/")).await;
    assert!(person.html.contains(&format!("href=\"{desk}\"")), "the desk is reached from the person's page");
    let counter = format!("{desk}/counter");
    let entry = [("counter_posting", "13010-2"), ("on", "2026-11-20")];
    let page = people.staff.get(&desk).await;
    people.staff.submit(&page, &counter, &entry).await;
    let page = people.staff.get(&desk).await;
    let twice = people.staff.submit(&page, &counter, &entry).await;
    assert_eq!(twice.location, Some(format!("{desk}?said=already")));
    assert!(people.seeker.get("/applications").await.html.contains("選考中"));

    let page = people.staff.get(&format!("{desk}?said=already")).await;
    assert!(page.html.contains("もう記録されています") && page.html.contains("窓口での紹介"), "{}", page.html);
    let outcome = format!("{desk}/outcome");
    let recorded = people.staff.submit(&page, &outcome, &[("outcome", "hired")]).await;
    assert_eq!(recorded.location, Some(format!("{desk}?said=outcome")), "{}", recorded.html);
    assert_eq!(people.staff.submit(&page, &outcome, &[("outcome", "not-hired")]).await.location, recorded.location, "twice is once");
    assert!(people.seeker.get("/applications").await.html.contains("採用"));
    assert!(people.seeker.get("/notices").await.html.contains("選考の結果が届きました"));
    // What an employer with a page decides, staff do not.
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let id = path_on(&own, "/messages/").trim_start_matches("/messages/").to_owned();
    let mut forged = filled(&page, &outcome, &[("outcome", "hired")]);
    forged.iter_mut().filter(|(name, _)| name == "key").for_each(|(_, key)| *key = "cd".repeat(32));
    forged.iter_mut().filter(|(name, _)| name == "application").for_each(|(_, own)| own.clone_from(&id));
    assert_eq!(people.staff.post(&outcome, &forged).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_employers_list_shows_and_finds_nothing_of_reserved_threads() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let fields =
        [("understood", "yes"), ("motivation", "働きたいです"), ("remarks", "障害者手帳があります"), ("stated", "yes"), ("do", "preview")];
    let own = apply(&mut people.seeker, RESERVED, &fields).await;
    let thread = path_on(&own, "/messages/");
    open_the_one(&mut people.employer).await;
    let page = people.seeker.get(&thread).await;
    people.seeker.submit(&page, &thread, &[("body", "通院の日があります")]).await;
    let list = people.employer.get("/employer/messages").await;
    assert!(!list.html.contains("通院") && list.html.contains("未読"), "{}", list.html);
    let found = people.employer.get("/employer/messages?q=%E9%80%9A%E9%99%A2").await;
    assert!(!found.html.contains(&thread.replace("/messages/", "/employer/messages/")), "{}", found.html);
    assert!(people.seeker.get("/messages?q=%E9%80%9A%E9%99%A2").await.html.contains(&thread), "their own they find");
}

#[tokio::test]
async fn a_flood_of_messages_is_stopped_and_what_was_written_stays() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let thread = path_on(&own, "/messages/");
    open_the_one(&mut people.employer).await;
    let mut last = people.seeker.get(&thread).await;
    for n in 0..61 {
        let page = people.seeker.get(&thread).await;
        last = people.seeker.submit(&page, &thread, &[("body", &format!("{n}通目"))]).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.html.contains("短い間に送れる数を超えました") && last.html.contains("60通目"), "{}", last.html);
    let account = mark(&last);
    let waiting =
        pairs(&[("account", &account), ("key", &"ab".repeat(32)), ("thread", thread.trim_start_matches("/messages/")), ("body", "待つ")]);
    assert_eq!(people.seeker.post("/api/messages/send", &waiting).await.status, StatusCode::TOO_MANY_REQUESTS, "a phone tries again later");
    site.wait(3_600_000);
    assert_eq!(people.seeker.post("/api/messages/send", &waiting).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_report_about_messages_names_the_employer_and_the_oldest_waits_first() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let thread = path_on(&own, "/messages/");
    open_the_one(&mut people.employer).await;
    let page = people.seeker.get(&thread).await;
    let long = "長".repeat(2001);
    let refused = people.seeker.submit(&page, &format!("{thread}/report"), &[("words", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("2000文字まで") && refused.html.contains(&long), "nothing is cut");
    people.seeker.submit(&page, &format!("{thread}/report"), &[("words", "失礼なことばでした")]).await;
    site.wait(1);
    let page = people.seeker.get("/postings/13010-1/report").await;
    people.seeker.submit(&page, "/postings/13010-1/report", &[("words", "賃金がちがいます")]).await;
    let list = people.staff.get("/staff/reports").await.html;
    assert!(list.contains("株式会社見本 一般事務 13010-1"), "{list}");
    assert!(list.find("失礼なことばでした") < list.find("賃金がちがいます"), "{list}");
}

/// A posting of the desk, published; gives its page at the desk and its sheet.
async fn published(people: &mut People<'_>) -> (String, String) {
    let list = people.employer.get("/employer/postings").await;
    let path = people.employer.submit(&list, "/employer/postings", &[]).await.location.expect("it is begun");
    let page = people.employer.get(&path).await;
    let sent = people.employer.submit(&page, &path, &POSTING).await;
    assert_eq!(sent.location, Some(format!("{path}?said=submitted")), "{}", sent.html);
    let check = path_on(&people.staff.get("/staff/postings").await, "/staff/postings/");
    let page = people.staff.get(&check).await;
    people.staff.submit(&page, &check, &[("do", "publish")]).await;
    let sheet = path_on(&people.employer.get(&path).await, "/postings/");
    (path, sheet)
}

#[tokio::test]
async fn a_published_posting_can_be_stopped_while_a_change_of_it_waits() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let (path, sheet) = published(&mut people).await;
    assert!(!people.seeker.get(&sheet).await.html.contains("時間外労働なし"), "nobody said anything of overtime");
    let page = people.employer.get(&path).await;
    let changed = POSTING.map(|(name, value)| if name == "title" { (name, "データ入力と電話") } else { (name, value) });
    people.employer.submit(&page, &path, &changed).await;
    let check = path_on(&people.staff.get("/staff/postings").await, "/staff/postings/");
    let changed = people.staff.get(&check).await;
    assert!(changed.html.contains("変更前") && changed.html.contains("データ入力と電話"), "{}", changed.html);
    let list = people.employer.get("/employer/postings").await;
    assert!(list.html.contains("公開中") && list.html.contains("確認待ち"), "{}", list.html);
    let waiting = people.employer.get(&path).await;
    assert!(waiting.html.contains("いま公開中です"), "{}", waiting.html);
    let stopped = people.employer.submit(&waiting, &path, &[("do", "stop")]).await;
    assert_eq!(stopped.location, Some(format!("{path}?said=stopped")), "{}", stopped.html);
    assert!(people.seeker.get(&sheet).await.html.contains("sheet-closed"));
    let late = people.staff.submit(&changed, &check, &[("do", "publish")]).await;
    assert!(late.location.is_some_and(|location| location == check) && people.seeker.get(&sheet).await.html.contains("sheet-closed"));
}

#[tokio::test]
async fn of_two_screens_that_write_a_posting_the_second_is_told_what_differs() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let list = people.employer.get("/employer/postings").await;
    let path = people.employer.submit(&list, "/employer/postings", &[]).await.location.expect("it is begun");
    let (page, stale) = (people.employer.get(&path).await, people.employer.get(&path).await);
    people.employer.submit(&page, &path, &[("title", "ひとつめ"), ("do", "save")]).await;
    for pressed in ["save", "submit"] {
        let told = people.employer.submit(&stale, &path, &[("title", "ふたつめ"), ("do", pressed)]).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{pressed}: {}", told.html);
        assert!(told.html.contains("ひとつめ") && told.html.contains("value=\"ふたつめ\""), "{}", told.html);
        assert!(people.employer.get(&path).await.html.contains("value=\"ひとつめ\""), "nothing was overwritten");
    }
}

#[tokio::test]
async fn a_profile_that_is_shown_beside_a_mistake_is_looked_at_too() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let list = people.employer.get("/employer/profiles?pref=13").await;
    let profile = path_on(&list, "/employer/profiles/");
    assert!(!people.employer.get("/employer/profiles?pref=30").await.html.contains(&profile), "minutes are no prefecture");
    let page = people.employer.get(&profile).await;
    let wrong = people.employer.submit(&page, &profile, &[("words", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (looks,): (i64,) =
        sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM profile_views").fetch_one(site.database.read()).await.expect("a count");
    assert_eq!(looks, 2);
    assert!(people.seeker.get("/requests").await.html.contains("あなたの求職情報を見た企業"));
}
