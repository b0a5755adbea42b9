//! Applying from both ends without any script: a self-application, an online referral, messages, outcomes; what is refused, and what happens twice.

mod site;

use axum::http::StatusCode;
use site::applying::{APPLY, PDF, POSTING, WRITTEN, apply, open_the_one, path_on, people};
use site::browser::{Browser, Page, filled};
use site::desks::{EMPLOYER, employer, site_with_postings, upgrade};
use site::people::{EMAIL, new_account, sign_in};

const TODAY: &str = "2026-11-27";
const DAY: i64 = 86_400_000;
const RESERVED: &str = "/postings/13010-3/apply";

#[tokio::test]
async fn every_sheet_says_what_is_open_to_whom_and_why_not_the_rest() {
    let site = site_with_postings(TODAY).await;
    let mut nobody = Browser::of(&site);
    let page = nobody.get("/postings/13010-1").await;
    assert!(
        page.html.contains("この事業所はまだマイページを開設していません") && page.html.contains("飯田橋公共職業安定所"),
        "{}",
        page.html
    );
    let mut people = people(&site).await;
    let page = nobody.get("/postings/13010-1").await;
    assert!(page.html.contains("サインインすると") && page.html.contains("next=/postings/13010-1"), "{}", page.html);
    assert!(nobody.get("/postings/13010-2").await.html.contains("自主応募を受け付けていません"));
    let mut begun = new_account(&site, "taro@example.jp").await;
    assert!(begun.get("/postings/13010-1").await.html.contains("求職登録がすむと"));
    let page = people.seeker.get("/postings/13010-1").await;
    assert!(page.html.contains(&format!("href=\"{APPLY}\"")) && page.html.contains("窓口で相談した方が使えます"), "{}", page.html);
    upgrade(&site).await;
    assert!(people.seeker.get("/postings/13010-2").await.html.contains("ハローワークがこの求人をすすめると"));
    site.wait(90 * DAY);
    let mut seeker = sign_in(&site, EMAIL).await;
    let page = seeker.get("/postings/13010-1").await;
    assert!(page.html.contains("この求人は締め切られました"), "{}", page.html);
}

#[tokio::test]
async fn a_self_application_goes_from_the_caution_to_the_outcome() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let form = people.seeker.get(APPLY).await;
    for caution in ["職業紹介ではありません", "再就職手当", "助成金は、企業にも", "企業とあなたの間で"] {
        assert!(form.html.contains(caution), "{caution}");
    }
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    assert!(
        own.html.contains("応募しました") && own.html.contains("企業はまだ開いていません") && own.html.contains("2026年12月4日まで"),
        "{}",
        own.html
    );
    assert!(site.mails_to(EMPLOYER).await.last().is_some_and(|mail| mail.contains("応募が届きました") && !mail.contains("近く")));
    let list = people.employer.get("/employer/applicants").await;
    assert!(!list.html.contains("春和") && !list.html.contains("家から近く"), "nothing is seen before it is opened");
    let path = open_the_one(&mut people.employer).await;
    let seen = people.employer.get(&path).await;
    for part in ["春和 花子", "家から近く", "38歳", "東京都千代田区", EMAIL] {
        assert!(seen.html.contains(part), "{part}: {}", seen.html);
    }
    for hidden in ["1988", "千代田1-2-3", "2級"] {
        assert!(!seen.html.contains(hidden), "{hidden}");
    }
    let id = path.trim_start_matches("/employer/applicants/").to_owned();
    let interview = format!("{path}/interview");
    let empty = people.employer.submit(&seen, &interview, &[("interview", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = people.employer.submit(&seen, &interview, &[("interview", "12月3日10時、本社1階")]).await;
    assert_eq!(done.location, Some(format!("{path}?said=interview")));
    let own = people.seeker.get(&format!("/applications/{id}")).await;
    assert!(own.html.contains("12月3日10時、本社1階") && own.html.contains("企業が開きました"), "{}", own.html);
    let outcome = format!("{path}/outcome");
    let lacking = people.employer.submit(&seen, &outcome, &[("outcome", "hired")]).await;
    assert!(lacking.status == StatusCode::UNPROCESSABLE_ENTITY && lacking.html.contains("条件との違いがあるかどうか"), "{}", lacking.html);
    let fields = [("outcome", "hired"), ("differs", "yes"), ("difference", "始業が30分早い")];
    let done = people.employer.submit(&seen, &outcome, &fields).await;
    assert_eq!(done.location, Some(format!("{path}?said=outcome")), "{}", done.html);
    assert!(people.employer.get(&path).await.html.contains("始業が30分早い"));
    let another = [("key", "ab".repeat(32).as_str()), ("outcome", "not-hired"), ("differs", "no")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let again = people.employer.post(&outcome, &another).await;
    assert_eq!(again.location, Some(path.clone()), "what has ended stays as it ended: {}", again.html);
    let own = people.seeker.get("/applications").await;
    assert!(own.html.contains("採用") && !own.html.contains("不採用"), "{}", own.html);
    assert!(people.seeker.get("/notices").await.html.contains("選考の結果が届きました"));
    let csv = people.seeker.get("/applications/export").await;
    assert!(
        csv.html.starts_with("\u{feff}\"応募した日\"") && csv.html.contains("\"2026-11-27\",\"オンライン自主応募\",\"13010-1\""),
        "{}",
        csv.html
    );
    assert!(people.seeker.get("/applications/activity").await.html.contains("一般事務"));
}

#[tokio::test]
async fn a_form_sent_twice_and_from_two_devices_is_one_application() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get(APPLY).await;
    people.seeker.submit(&page, APPLY, &WRITTEN).await;
    let preview = format!("{APPLY}/preview");
    let page = people.seeker.get(&preview).await;
    let mut other = sign_in(&site, EMAIL).await;
    let other_page = other.get(&preview).await;
    let mut twin = people.seeker.twin();
    let (first, second) = tokio::join!(people.seeker.submit(&page, &preview, &[]), twin.submit(&page, &preview, &[]));
    assert_eq!(first.location, second.location);
    let late = other.submit(&other_page, &preview, &[]).await;
    assert!(late.status == StatusCode::OK && late.html.contains("応募済みです"), "{}", late.html);
    assert_eq!(people.employer.get("/employer/applicants").await.html.matches("開いて読む").count(), 1);
}

#[tokio::test]
async fn a_reserved_posting_asks_for_the_remarks_and_keeps_what_is_said_between_the_two() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get(RESERVED).await;
    let lacking = people.seeker.submit(&page, RESERVED, &WRITTEN).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.html.contains("href=\"#field-remarks\"") && lacking.html.contains("href=\"#field-stated\""), "{}", lacking.html);
    assert!(lacking.html.contains("家から近く"), "what was typed stays");
    let ready = people.seeker.submit(&lacking, RESERVED, &[WRITTEN[0], WRITTEN[1], ("do", "ready")]).await;
    let page = people.seeker.follow(ready).await;
    assert!(page.html.contains("私には障害があります。"), "{}", page.html);
    let unclear: Vec<_> = WRITTEN.into_iter().chain([("remarks", "車いすを使います"), ("stated", "yes")]).collect();
    let asked = people.seeker.submit(&page, RESERVED, &unclear).await;
    assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.html.contains("warning-summary"), "{}", asked.html);
    let again = people.seeker.submit(&asked, RESERVED, &unclear).await;
    assert_eq!(again.location, Some(format!("{RESERVED}/preview")), "{}", again.html);
    let preview = people.seeker.get(&format!("{RESERVED}/preview")).await;
    assert!(preview.html.contains("車いすを使います"));
    let sent = people.seeker.submit(&preview, &format!("{RESERVED}/preview"), &[]).await;
    let own = people.seeker.follow(sent).await;
    let path = open_the_one(&mut people.employer).await;
    people.employer.get(&path).await;
    let id = path.trim_start_matches("/employer/applicants/");
    let own_again = people.seeker.get(&format!("/applications/{id}")).await;
    assert!(
        !own.html.contains("2026年11月27日 求人者（") && own_again.html.contains("2026年11月27日 求人者（"),
        "who read it: {}",
        own_again.html
    );
    let stored: Vec<(String,)> =
        sqlx::query_as("SELECT sealed FROM application_texts").fetch_all(site.database.read()).await.expect("rows");
    assert!(stored.iter().all(|(text,)| !text.contains("車いす")));
}

#[tokio::test]
async fn a_forged_request_gets_the_answer_of_the_form() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get(APPLY).await;
    let long = "長".repeat(10_000);
    let wrong = people.seeker.submit(&page, APPLY, &[("motivation", &long), ("do", "preview")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("志望動機は2000文字までです。") && wrong.html.contains("「読みました」にチェック"), "{}", wrong.html.len());
    assert!(wrong.html.contains(&long), "what was typed stays");
    // Past the form, straight to sending: the draft is what it is.
    let forged = [("key".to_owned(), "ab".repeat(32)), ("seen_at".to_owned(), "0".to_owned())];
    let sent = people.seeker.post(&format!("{APPLY}/preview"), &forged).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.html.contains("志望動機は2000文字までです。"));
    for path in ["/postings/13010-2/apply", "/postings/13010-2/apply/preview"] {
        let refused = people.seeker.post(path, &forged).await;
        assert!(refused.status == StatusCode::OK && refused.html.contains("受け付けていません"), "{path}: {}", refused.html);
    }
    let scripted: String = "<script>alert(1)</script></textarea>漢かカΩعहक👩‍🏭".into();
    let page = people.seeker.get(APPLY).await;
    let kept = people.seeker.submit(&page, APPLY, &[("motivation", &scripted), ("do", "save")]).await;
    let page = people.seeker.follow(kept).await;
    assert!(!page.html.contains("<script>alert") && page.html.contains("&lt;script>alert(1)&lt;/script>&lt;/textarea>"), "{}", page.html);
}

#[tokio::test]
async fn a_posting_that_changes_closes_or_ends_while_somebody_writes_is_told_and_asked_again() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get(APPLY).await;
    people.seeker.submit(&page, APPLY, &WRITTEN).await;
    let preview = format!("{APPLY}/preview");
    let page = people.seeker.get(&preview).await;
    let change =
        async |sql: &'static str| sqlx::query(sql).execute(&mut *site.database.write().await.expect("a writer")).await.expect("changed");
    change("UPDATE postings SET changed_at = changed_at + 1 WHERE number = '13010-1'").await;
    let asked = people.seeker.submit(&page, &preview, &[]).await;
    assert!(asked.status == StatusCode::CONFLICT && asked.html.contains("求人の内容が変わりました"), "{}", asked.html);
    change("UPDATE postings SET closed_at = 1 WHERE number = '13010-1'").await;
    let closed = people.seeker.submit(&asked, &preview, &[]).await;
    assert!(closed.html.contains("締め切られました"), "{}", closed.html);
    change("UPDATE postings SET closed_at = NULL WHERE number = '13010-1'").await;
    assert!(people.seeker.get(APPLY).await.html.contains("家から近く"), "the draft is still there");
    let last_day = "/postings/13010-4/apply";
    let page = people.seeker.get(last_day).await;
    site.wait(DAY);
    let late = people.seeker.submit(&page, last_day, &WRITTEN).await;
    assert!(late.html.contains("締め切られました"), "{}", late.html);
}

#[tokio::test]
async fn an_employer_who_goes_leaves_an_establishment_without_a_page() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get(APPLY).await;
    people.seeker.submit(&page, APPLY, &WRITTEN).await;
    let preview = format!("{APPLY}/preview");
    let page = people.seeker.get(&preview).await;
    let closing = people.employer.get("/account/close").await;
    let gone = people.employer.submit(&closing, "/account/close", &[("sure", "yes"), ("current_password", site::people::PASSWORD)]).await;
    assert_eq!(gone.location.as_deref(), Some("/account/closed"), "{}", gone.html);
    let late = people.seeker.submit(&page, &preview, &[]).await;
    assert!(late.html.contains("まだマイページを開設していません"), "{}", late.html);
}

#[tokio::test]
async fn documents_are_checked_by_content_kept_for_the_two_and_handed_out_as_downloads() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get(APPLY).await;
    let large = vec![b'x'; 50 << 20];
    let virus: &[u8] = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    let typed = [("motivation", "大事な文"), ("do", "attach")];
    for (name, bytes, says) in [
        ("large.pdf", large.as_slice(), "ファイルが大きすぎます"),
        ("resume.pdf", virus, "読めないファイルです"),
        ("photo.png", b"<html><script>alert(1)</script>".as_slice(), "読めないファイルです"),
    ] {
        let refused = people.seeker.upload(&page, APPLY, &typed, &[(name, bytes)]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.html.contains(says), "{name}: {}", refused.html);
        assert!(refused.html.contains("大事な文"), "what was typed beside it stays");
    }
    let added = people.seeker.upload(&page, APPLY, &typed, &[("../../etc/履歴書.exe", PDF)]).await;
    assert_eq!(added.location, Some(format!("{APPLY}?said=added#field-documents")), "{}", added.html);
    let again = people.seeker.upload(&page, APPLY, &typed, &[("../../etc/履歴書.exe", PDF)]).await;
    let page = people.seeker.follow(again).await;
    assert_eq!(page.html.matches("履歴書.pdfを取り除く").count(), 1, "the same form adds once: {}", page.html);
    let path = path_on(&page, "/documents/");
    assert_eq!(people.employer.get(&path).await.status, StatusCode::NOT_FOUND, "a draft is the seeker's alone");
    apply(&mut people.seeker, APPLY, &WRITTEN).await;
    assert_eq!(people.employer.get(&path).await.status, StatusCode::NOT_FOUND, "not before it is opened");
    open_the_one(&mut people.employer).await;
    for browser in [&mut people.seeker, &mut people.employer] {
        let file = browser.get(&path).await;
        assert!(file.status == StatusCode::OK && file.html.starts_with("%PDF"), "{}", file.html);
    }
    let mut stranger = new_account(&site, "taro@example.jp").await;
    let mut other = employer(&site, &mut people.staff, "other@example.jp").await;
    for browser in [&mut stranger, &mut other, &mut people.staff] {
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    let cookies = people.seeker.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let request = axum::http::Request::get(&path).header("cookie", cookies).body(axum::body::Body::empty()).expect("a request");
    let (response, _) = site.send(request).await;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert!(header("content-disposition").starts_with("attachment; filename*=UTF-8''%E5%B1%A5"), "{}", header("content-disposition"));
    assert_eq!(
        (header("content-security-policy").as_str(), header("x-content-type-options").as_str()),
        ("default-src 'none'; sandbox", "nosniff")
    );
}

#[tokio::test]
async fn an_online_referral_goes_from_the_checklist_to_the_letter() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let person = upgrade(&site).await;
    let desk = person.replace("/staff/registrations/", "/staff/recommend/");
    let page = people.staff.get(&format!("{desk}?posting=13010-2")).await;
    for part in ["希望条件と求人の比較", "合う", "東京都千代田区", "経理事務"] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    let lacking = people.staff.submit(&page, &desk, &[("reply_by", "2026-11-01")]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(["判断を選んで", "説明を書いて", "今日からあと"].into_iter().all(|part| lacking.html.contains(part)), "{}", lacking.html);
    let fields = [("judgement", "fits"), ("comment", "通いやすい場所です"), ("reply_by", "2026-12-04")];
    let done = people.staff.submit(&page, &desk, &fields).await;
    assert_eq!(done.location, Some(format!("{desk}?said=recommended")), "{}", done.html);
    let twice = people.staff.get(&format!("{desk}?posting=13010-2")).await;
    let twice = people.staff.submit(&twice, &desk, &fields).await;
    assert!(twice.html.contains("すでにすすめているか"), "{}", twice.html);
    let mail = site.mails_to(EMAIL).await.pop().expect("a mail");
    assert!(!mail.contains("経理") && mail.contains("/notices"), "{mail}");
    let notices = people.seeker.get("/notices").await;
    let recommendation = path_on(&notices, "/recommendations/");
    let own = people.seeker.get(&recommendation).await;
    assert!(own.html.contains("通いやすい場所です") && own.html.contains("2026年12月4日までに"), "{}", own.html);
    let path = format!("{recommendation}/apply");
    let form = people.seeker.get(&path).await;
    assert!(!form.html.contains("再就職手当"), "a referral is no self-application");
    let mine = apply(&mut people.seeker, &path, &[("motivation", "経理の経験を活かせます。"), ("do", "preview")]).await;
    assert!(mine.html.contains("オンラインハローワーク紹介"), "{}", mine.html);
    let letter = people.seeker.get(&path_on(&mine, "/applications/").replace("/withdraw", "").replace("/letter", "")).await;
    let letter = people.seeker.get(&path_on(&letter, "/applications/")).await;
    assert!(letter.html.contains("13010-2026-000001") && letter.html.contains("春和 花子"), "{}", letter.html);
    let answered = people.staff.get(&format!("{desk}?posting=13010-2")).await;
    assert!(answered.html.contains("応募しました") && answered.html.contains("この求人への紹介 1件"), "{}", answered.html);
    let export = people.seeker.get("/registration/export?as=json").await;
    assert!(export.html.contains("経理の経験を活かせます。") && export.html.contains("13010-2026-000001"), "{}", export.html);
}

#[tokio::test]
async fn a_recommendation_can_be_declined_and_is_over_after_its_day() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let desk = upgrade(&site).await.replace("/staff/registrations/", "/staff/recommend/");
    for posting in ["13010-1", "13010-2"] {
        let page = people.staff.get(&format!("{desk}?posting={posting}")).await;
        let fields = [("judgement", "ask-first"), ("comment", "相談しましょう"), ("reply_by", "2026-11-28")];
        people.staff.submit(&page, &desk, &fields).await;
        site.wait(1);
    }
    let list = people.seeker.get("/recommendations").await;
    let first = path_on(&list, "/recommendations/");
    let page = people.seeker.get(&first).await;
    let declined = people.seeker.submit(&page, &format!("{first}/decline"), &[("reason", "通えません")]).await;
    assert_eq!(declined.location, Some(format!("{first}?said=declined")));
    assert!(people.staff.get(&desk).await.html.contains("通えません"));
    let after = people.seeker.get(&format!("{first}/apply")).await;
    assert!(after.html.contains("ハローワークがこの求人をすすめると"), "{}", after.html);
    site.wait(2 * DAY);
    assert!(people.seeker.get("/recommendations").await.html.contains("返事の期限が過ぎました"));
}

#[tokio::test]
async fn an_online_registrant_and_one_whose_wishes_are_not_consulted_are_refused_by_the_server() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let account: (String,) = sqlx::query_as("SELECT account_id FROM registrations").fetch_one(site.database.read()).await.expect("one");
    let desk = format!("/staff/recommend/{}", account.0);
    let page = people.staff.get(&format!("{desk}?posting=13010-2")).await;
    assert!(page.html.contains("オンライン登録者には紹介できません") && !page.html.contains("name=\"judgement\""), "{}", page.html);
    let forged = |key: &str| {
        [("key", key.repeat(32).as_str()), ("posting", "13010-2"), ("judgement", "fits"), ("comment", "x"), ("reply_by", "2026-12-04")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    assert_eq!(people.staff.post(&desk, &forged("ab")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    upgrade(&site).await;
    let unconsulted = "UPDATE registrations SET consulted_on = NULL";
    sqlx::query(unconsulted).execute(&mut *site.database.write().await.expect("a writer")).await.expect("changed");
    assert_eq!(people.staff.post(&desk, &forged("cd")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(people.seeker.get("/recommendations").await.html.contains("すすめられた求人はありません"));
}

#[tokio::test]
async fn what_was_referred_at_the_counter_stands_in_the_history() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let desk = upgrade(&site).await.replace("/staff/registrations/", "/staff/recommend/");
    let page = people.staff.get(&desk).await;
    let counter = format!("{desk}/counter");
    let wrong = people.staff.submit(&page, &counter, &[("counter_posting", "13010-99"), ("on", "2026-12-01")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("この求人番号は見つかりません") && wrong.html.contains("今日までの日にしてください"), "{}", wrong.html);
    assert!(!wrong.html.contains("返事の期限は"), "each says its own: {}", wrong.html);
    let done = people.staff.submit(&page, &counter, &[("counter_posting", "13010-2"), ("on", "2026-11-20")]).await;
    assert_eq!(done.location, Some(format!("{desk}?said=entered")), "{}", done.html);
    let own = people.seeker.get("/applications").await;
    assert!(own.html.contains("窓口での紹介") && own.html.contains("2026年11月20日"), "{}", own.html);
}

#[tokio::test]
async fn messages_go_to_and_fro_are_counted_read_found_and_blocked() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let path = open_the_one(&mut people.employer).await;
    let id = path.trim_start_matches("/employer/applicants/").to_owned();
    let (theirs, mine) = (format!("/employer/messages/{id}"), format!("/messages/{id}"));
    let page = people.employer.get(&theirs).await;
    let sent = people.employer.upload(&page, &theirs, &[("body", "面接の日程を相談したいです")], &[("地図.pdf", PDF)]).await;
    assert_eq!(sent.location, Some(format!("{theirs}?said=sent")), "{}", sent.html);
    let again = people.employer.upload(&page, &theirs, &[("body", "面接の日程を相談したいです")], &[("地図.pdf", PDF)]).await;
    assert_eq!(again.location, sent.location);
    let mail = site.mails_to(EMAIL).await.pop().expect("a mail");
    assert!(mail.contains("メッセージが届きました") && !mail.contains("面接"), "{mail}");
    assert!(people.seeker.get("/applications").await.html.contains("未読のメッセージ 1件"));
    let list = people.seeker.get("/messages?q=%E6%97%A5%E7%A8%8B").await;
    assert!(list.html.contains("面接の日程"), "{}", list.html);
    assert!(people.seeker.get("/messages?q=%E5%9C%B0%E7%90%83").await.html.contains("見つかりませんでした"));
    let thread = people.seeker.get(&mine).await;
    assert_eq!(thread.html.matches("面接の日程を相談したいです").count(), 1, "a resend creates one: {}", thread.html);
    assert!(people.seeker.get(&path_on(&thread, "/documents/")).await.html.starts_with("%PDF"));
    assert!(!people.seeker.get("/applications").await.html.contains("未読のメッセージ"));
    assert!(people.employer.get(&theirs).await.html.contains("既読"));
    let empty = people.seeker.submit(&thread, &mine, &[("body", "　")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.html.contains("本文を入力してください"), "{}", empty.html);
    let blocked = people.seeker.submit(&thread, &format!("{mine}/block"), &[]).await;
    assert_eq!(blocked.location, Some(format!("{mine}?said=blocked")));
    let refused = people.employer.upload(&page, &theirs, &[("key", ""), ("body", "もう一通")], &[]).await;
    assert!(refused.status == StatusCode::BAD_REQUEST || refused.status == StatusCode::CONFLICT || refused.location.is_some());
    assert!(people.employer.get(&theirs).await.html.contains("今はメッセージを送れません"));
    let reported = people.seeker.submit(&thread, &format!("{mine}/report"), &[("words", "失礼なことを言われました")]).await;
    assert_eq!(reported.location, Some(format!("{mine}?said=reported")));
    assert!(people.staff.get("/staff/reports").await.html.contains("失礼なことを言われました"));
}

#[tokio::test]
async fn an_answer_that_is_overdue_is_asked_for_politely() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let message = path_on(&own, "/messages/");
    site.wait(8 * DAY);
    let list = people.seeker.get("/applications").await;
    assert!(list.html.contains("約束の日を過ぎても"), "{}", list.html);
    let page = people.seeker.get(&format!("{message}?ask=1")).await;
    assert!(page.html.contains("2026年11月27日に「一般事務」に応募した者です"), "{}", page.html);
}

#[tokio::test]
async fn an_application_can_be_withdrawn_once_and_another_sent() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let action = path_on(&own, "/applications/");
    site.wait(1);
    let withdrawn = people.seeker.submit(&own, &action, &[]).await;
    assert!(withdrawn.location.as_ref().is_some_and(|path| path.ends_with("?said=withdrawn")), "{}", withdrawn.html);
    assert!(people.seeker.get("/applications").await.html.contains("取り下げ"));
    assert!(site.mails_to(EMPLOYER).await.last().is_some_and(|mail| mail.contains("動きがありました")));
    apply(&mut people.seeker, APPLY, &WRITTEN).await;
}

#[tokio::test]
async fn a_posting_that_differs_from_reality_is_reported_and_answered() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let path = "/postings/13010-1/report";
    let page = people.seeker.get(path).await;
    assert_eq!(people.seeker.submit(&page, path, &[("words", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = people.seeker.submit(&page, path, &[("words", "賃金が求人票とちがいました")]).await;
    assert_eq!(sent.location.as_deref(), Some("/reports?said=sent"));
    let list = people.staff.get("/staff/reports").await;
    let (name, _) = filled(&list, "/staff/reports", &[])
        .into_iter()
        .find(|(name, _)| name == "id")
        .map(|(_, id)| (format!("answer-{id}"), ()))
        .expect("a report");
    assert_eq!(people.staff.submit(&list, "/staff/reports", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answered = people.staff.submit(&list, "/staff/reports", &[(&name, "事業所に確かめました")]).await;
    assert_eq!(answered.location.as_deref(), Some("/staff/reports?said=answered"), "{}", answered.html);
    assert!(people.seeker.get("/reports").await.html.contains("事業所に確かめました"));
    assert!(people.staff.get("/staff/audit").await.html.contains("申し出に答えた"));
}

#[tokio::test]
async fn the_support_page_names_the_nine_kinds_both_ways_to_the_desk_and_the_offices_of_a_prefecture() {
    let site = site_with_postings(TODAY).await;
    let page = Browser::of(&site).get("/support?pref=13").await;
    for part in [
        "tel:0570-077450",
        "mailto:helpdesk@hd.hellowork.mhlw.go.jp",
        "通話料がかかります",
        "ハローワーク新宿",
        "openstreetmap.org",
        "就職した後の支援",
    ] {
        assert!(page.html.contains(part), "{part}");
    }
    assert!(Browser::of(&site).get("/support?pref=31").await.html.contains("鳥取県のハローワークは、この一覧にはありません"));
}

#[tokio::test]
async fn an_employer_asks_somebody_who_publishes_and_the_answer_is_a_self_application() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let list = people.employer.get("/employer/profiles?occupation=01-01&pref=13").await;
    assert!(list.html.contains("こつこつ続けます"), "{}", list.html);
    assert!(!people.employer.get("/employer/profiles?pref=27").await.html.contains("こつこつ続けます"));
    let path = path_on(&list, "/employer/profiles/");
    let page = people.employer.get(&path).await;
    for hidden in ["春和", "ハロワ", "090-0000", "千代田1-2-3", "2級", EMAIL] {
        assert!(!page.html.contains(hidden), "{hidden}");
    }
    assert!(page.html.contains("座ってできる仕事がよい"), "what was chosen to be shown is: {}", page.html);
    assert!(people.seeker.get("/requests").await.html.contains("2026年11月27日 株式会社見本"), "the look is told");
    let lacking = people.employer.submit(&page, &path, &[("posting", "13010-99"), ("words", " ")]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("posting", "13010-2"), ("words", "経理の経験のある方をさがしています。")];
    let asked = people.employer.submit(&page, &path, &fields).await;
    assert_eq!(asked.location, Some(format!("{path}?said=asked")), "{}", asked.html);
    let page = people.employer.get(&path).await;
    let again = people.employer.submit(&page, &path, &fields).await;
    assert!(again.html.contains("この方にもう送っています"), "{}", again.html);
    let mail = site.mails_to(EMAIL).await.pop().expect("a mail");
    assert!(mail.contains("リクエストが届きました") && !mail.contains("経理"), "{mail}");
    let request = path_on(&people.seeker.get("/notices").await, "/requests/");
    assert!(people.seeker.get(&request).await.html.contains("経理の経験のある方"));
    let apply_path = format!("{request}/apply");
    let form = people.seeker.get(&apply_path).await;
    assert!(form.html.contains("職業紹介ではありません"), "answering is a self-application");
    let own = apply(&mut people.seeker, &apply_path, &WRITTEN).await;
    assert!(own.html.contains("直接リクエストへの応募"), "{}", own.html);
    assert!(people.seeker.get(&request).await.html.contains("応募しました"));
    open_the_one(&mut people.employer).await;
}

#[tokio::test]
async fn a_request_is_declined_without_a_reason_and_all_can_be_stopped() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let path = path_on(&people.employer.get("/employer/profiles").await, "/employer/profiles/");
    for posting in ["13010-1", "13010-2"] {
        let page = people.employer.get(&path).await;
        people.employer.submit(&page, &path, &[("posting", posting), ("words", "ぜひ")]).await;
        site.wait(1);
    }
    let list = people.seeker.get("/requests").await;
    let first = path_on(&list, "/requests/");
    let page = people.seeker.get(&first).await;
    let declined = people.seeker.submit(&page, &format!("{first}/decline"), &[]).await;
    assert_eq!(declined.location, Some(format!("{first}?said=declined")));
    let stopped = people.seeker.submit(&list, "/requests", &[]).await;
    assert_eq!(stopped.location.as_deref(), Some("/requests?said=stopped"));
    assert!(!people.seeker.get("/requests").await.html.contains("返事待ち</p>"));
    let page = people.employer.get(&path).await;
    let refused = people.employer.submit(&page, &path, &[("posting", "13010-3"), ("words", "ぜひ")]).await;
    assert!(refused.html.contains("リクエストを受け取っていません"), "{}", refused.html);
    let preview = people.seeker.get("/registration/preview").await;
    people.seeker.submit(&preview, "/registration/preview", &[]).await;
    assert_eq!(people.employer.get(&path).await.status, StatusCode::NOT_FOUND, "what is withdrawn is gone at once");
}

#[tokio::test]
async fn a_seminar_goes_to_a_group_after_a_look_at_its_size_and_its_seats_are_taken_and_given_back() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.staff.get("/staff/notices").await;
    let lacking = people.staff.submit(&page, "/staff/notices", &[("kind", "seminar"), ("on", "2026-11-01"), ("do", "preview")]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["件名を入力", "場所を入力", "時刻を「10:00」", "定員を1人から"] {
        assert!(lacking.html.contains(part), "{part}: {}", lacking.html);
    }
    let fields = [
        ("kind", "seminar"),
        ("subject", "面接の練習"),
        ("body", "いっしょに練習しましょう。"),
        ("place", "飯田橋"),
        ("on", "2026-12-03"),
        ("from", "10:00"),
        ("to", "12:00"),
        ("capacity", "1"),
        ("group_pref", "13"),
        ("do", "preview"),
    ];
    let looked = people.staff.submit(&page, "/staff/notices", &fields).await;
    assert!(looked.status == StatusCode::OK && looked.html.contains("1人に届きます"), "{}", looked.html);
    assert!(!people.seeker.get("/notices").await.html.contains("面接の練習"), "looking sends nothing");
    let sent = people.staff.submit(&looked, "/staff/notices", &[("do", "send")]).await;
    assert_eq!(sent.location.as_deref(), Some("/staff/notices?reached=1"), "{}", sent.html);
    let again = people.staff.submit(&looked, "/staff/notices", &[("do", "send")]).await;
    assert_eq!(again.location, sent.location);
    let notices = people.seeker.get("/notices").await;
    assert_eq!(notices.html.matches("いっしょに練習しましょう。").count(), 1, "{}", notices.html);
    let seminar = path_on(&notices, "/seminars/");
    let page = people.seeker.get(&seminar).await;
    assert!(page.html.contains("2026年12月3日 10:00～12:00") && page.html.contains("あと1人"), "{}", page.html);
    let mut other = new_account(&site, "taro@example.jp").await;
    let other_page = other.get(&seminar).await;
    let taken = people.seeker.submit(&page, &seminar, &[]).await;
    assert_eq!(taken.location, Some(format!("{seminar}?said=taken")));
    let full = other.submit(&other_page, &seminar, &[]).await;
    assert_eq!(full.location, Some(format!("{seminar}?said=full")));
    assert!(people.staff.get(&seminar.replace("/seminars/", "/staff/seminars/")).await.html.contains("ハロワ ハナコ"));
    let calendar = people.seeker.get(&format!("{seminar}/calendar.ics")).await;
    assert!(calendar.html.contains("DTSTART:20261203T010000Z"), "{}", calendar.html);
    let page = people.seeker.get(&seminar).await;
    let given = people.seeker.submit(&page, &seminar, &[]).await;
    assert_eq!(given.location, Some(format!("{seminar}?said=given-back")));
    assert_eq!(other.submit(&other_page, &seminar, &[]).await.location, Some(format!("{seminar}?said=taken")));
}

#[tokio::test]
async fn mails_of_a_kind_can_be_switched_off_and_the_notice_still_comes() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let page = people.seeker.get("/notices/settings").await;
    let saved = people.seeker.submit(&page, "/notices/settings", &[("mail", "recommended"), ("mail", "general")]).await;
    assert_eq!(saved.location.as_deref(), Some("/notices/settings?said=saved"));
    apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let before = site.mails_to(EMAIL).await.len();
    let path = open_the_one(&mut people.employer).await;
    let page = people.employer.get(&path).await;
    people.employer.submit(&page, &format!("{path}/interview"), &[("interview", "12月3日10時")]).await;
    assert_eq!(site.mails_to(EMAIL).await.len(), before);
    assert!(people.seeker.get("/notices").await.html.contains("面接の案内が届きました"));
}

#[tokio::test]
async fn a_posting_is_drafted_checked_by_staff_published_changed_stopped_and_reused() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let list = people.employer.get("/employer/postings").await;
    assert!(list.html.contains("変更は、受け付けたハローワークの職員に頼んでください") && list.html.contains("13010-1"), "{}", list.html);
    let begun = people.employer.submit(&list, "/employer/postings", &[]).await;
    let path = begun.location.expect("it is begun");
    let page = people.employer.get(&path).await;
    let lacking = people.employer.submit(&page, &path, &[("title", "データ入力"), ("do", "submit")]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.html.contains("仕事内容を入力してください") && lacking.html.contains("value=\"データ入力\""), "{}", lacking.html);
    let sent = people.employer.submit(&lacking, &path, &POSTING).await;
    assert_eq!(sent.location, Some(format!("{path}?said=submitted")), "{}", sent.html);
    let waiting = people.staff.get("/staff/postings").await;
    let check = path_on(&waiting, "/staff/postings/");
    let page = people.staff.get(&check).await;
    assert!(page.html.contains("書類を見て入力する仕事です。") && page.html.contains("エレベーター"), "{}", page.html);
    let silent = people.staff.submit(&page, &check, &[("do", "return")]).await;
    assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.html.contains("差し戻す理由を書いて"), "{}", silent.html);
    let long = "長".repeat(1001);
    let endless = people.staff.submit(&page, &check, &[("words", &long), ("do", "publish")]).await;
    assert!(endless.status == StatusCode::UNPROCESSABLE_ENTITY && endless.html.contains("1000文字まで"), "{}", endless.html);
    let back = people.staff.submit(&page, &check, &[("words", "時間外の有無を書いてください"), ("do", "return")]).await;
    assert_eq!(back.location.as_deref(), Some("/staff/postings?said=returned"));
    let page = people.employer.get(&path).await;
    assert!(page.html.contains("差し戻し") && page.html.contains("時間外の有無を書いてください"), "{}", page.html);
    people.employer.submit(&page, &path, &POSTING).await;
    let page = people.staff.get(&check).await;
    let published = people.staff.submit(&page, &check, &[("do", "publish")]).await;
    assert_eq!(published.location.as_deref(), Some("/staff/postings?said=published"), "{}", published.html);
    let page = people.employer.get(&path).await;
    let sheet = path_on(&page, "/postings/");
    assert!(sheet.starts_with("/postings/99999-"), "{sheet}");
    let seen = people.seeker.get(&sheet).await;
    assert!(seen.html.contains("データ入力") && seen.html.contains("自主応募をする"), "{}", seen.html);
    apply(&mut people.seeker, &format!("{sheet}/apply"), &WRITTEN).await;
    let changed = POSTING.map(|(name, value)| if name == "title" { (name, "データ入力（時短可）") } else { (name, value) });
    people.employer.submit(&page, &path, &changed).await;
    assert!(people.seeker.get(&sheet).await.html.contains("データ入力"), "what was published stays until the change is checked");
    let page = people.staff.get(&check).await;
    people.staff.submit(&page, &check, &[("do", "publish")]).await;
    assert!(people.seeker.get(&sheet).await.html.contains("時短可"));
    let page = people.employer.get(&path).await;
    let stopped = people.employer.submit(&page, &path, &[("do", "stop")]).await;
    assert_eq!(stopped.location, Some(format!("{path}?said=stopped")), "{}", stopped.html);
    assert!(people.seeker.get(&sheet).await.html.contains("sheet-closed"));
    let reuse = filled(&page, "/employer/postings", &[]);
    let copy = people.employer.post("/employer/postings", &reuse).await.location.expect("a copy");
    assert!(copy != path && people.employer.get(&copy).await.html.contains("データ入力（時短可）"));
    let mut other = employer(&site, &mut people.staff, "other@example.jp").await;
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
}

/// What a phone sends of what waited there.
fn waited(account: &str, key: &str, number: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = [("account", account), ("number", number), ("seen_on", TODAY), ("understood", "yes"), ("motivation", "電車で書きました。")];
    let fields = own.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    fields.chain([("key".to_owned(), key.repeat(32))]).collect()
}

/// The mark of the account that a page tells the phone.
fn mark(page: &Page) -> String {
    page.html.split("data-account=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mark").to_owned()
}

#[tokio::test]
async fn what_waited_on_a_phone_is_sent_once_from_whichever_cookie_it_comes() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let account = mark(&people.seeker.get("/applications").await);
    let fields = waited(&account, "ab", "13010-1", &[]);
    let mut twin = people.seeker.twin();
    let (first, second) = tokio::join!(people.seeker.post("/api/applications/send", &fields), twin.post("/api/applications/send", &fields));
    assert!(first.status == StatusCode::OK && first.html == second.html, "{} {}", first.html, second.html);
    // The cookie that names the browser has ended meanwhile: the answer is the same.
    let mut other = sign_in(&site, EMAIL).await;
    assert_eq!(other.post("/api/applications/send", &fields).await.html, first.html);
    assert_eq!(people.employer.get("/employer/applicants").await.html.matches("開いて読む").count(), 1);
    let again = people.seeker.post("/api/applications/send", &waited(&account, "cd", "13010-1", &[])).await;
    assert!(again.status == StatusCode::CONFLICT && again.html.contains("応募済みです"), "{}", again.html);
    let reserved =
        people.seeker.post("/api/applications/send", &waited(&account, "ef", "13010-3", &[("remarks", "手帳"), ("stated", "yes")])).await;
    assert_eq!(reserved.status, StatusCode::UNPROCESSABLE_ENTITY, "special-care personal information waits nowhere");
    let foreign = people.seeker.post("/api/applications/send", &waited("0123456789abcdef", "0a", "13010-4", &[])).await;
    assert_eq!(foreign.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_waited_while_the_posting_changed_comes_back_with_the_reason_and_stays_as_a_draft() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let account = mark(&people.seeker.get("/applications").await);
    site.wait(2 * DAY);
    let change = format!("UPDATE postings SET changed_at = {} WHERE number = '13010-1'", site.clock.now());
    sqlx::query(sqlx::AssertSqlSafe(change)).execute(&mut *site.database.write().await.expect("a writer")).await.expect("changed");
    let refused = people.seeker.post("/api/applications/send", &waited(&account, "ab", "13010-1", &[])).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.html.contains("求人の内容が変わりました"), "{}", refused.html);
    assert!(people.seeker.get(APPLY).await.html.contains("電車で書きました。"));
}

#[tokio::test]
async fn a_message_that_waited_is_one_and_a_blocked_one_comes_back() {
    let site = site_with_postings(TODAY).await;
    let mut people = people(&site).await;
    let own = apply(&mut people.seeker, APPLY, &WRITTEN).await;
    let thread = path_on(&own, "/messages/");
    let account = mark(&own);
    let id = thread.trim_start_matches("/messages/").to_owned();
    let message = |key: &str, body: &str| {
        [("account", account.as_str()), ("thread", &id), ("body", body), ("key", &key.repeat(32))]
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
    };
    for _ in 0..2 {
        let sent = people.seeker.post("/api/messages/send", &message("ab", "よろしくお願いします")).await;
        assert_eq!(sent.status, StatusCode::NO_CONTENT, "{}", sent.html);
    }
    let page = people.seeker.get(&thread).await;
    assert_eq!(page.html.matches("よろしくお願いします").count(), 1);
    assert_eq!(people.seeker.post("/api/messages/send", &message("cd", "　")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    people.seeker.submit(&page, &format!("{thread}/block"), &[]).await;
    let refused = people.seeker.post("/api/messages/send", &message("ef", "もう一通")).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.html.contains("今はメッセージを送れません"), "{}", refused.html);
}

#[tokio::test]
async fn a_self_application_in_the_final_month_extends_the_registration_by_a_month() {
    let site = site_with_postings(TODAY).await;
    people(&site).await;
    site.wait(50 * DAY);
    let mut seeker = sign_in(&site, EMAIL).await;
    assert!(seeker.get("/registration").await.html.contains("2027年1月31日まで有効"));
    apply(&mut seeker, APPLY, &WRITTEN).await;
    assert!(seeker.get("/registration").await.html.contains("2027年2月28日まで有効"));
}
