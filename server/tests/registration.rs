//! The registration without any script: filled in, completed, changed, made inactive, deleted; and what nobody can do to it.

mod site;

use app::registration::reminder::{delete, remind};
use axum::http::StatusCode;
use site::Site;
use site::browser::Browser;
use site::desks::staff;
use site::people::{EMAIL, at, new_account, sign_in};
use site::registrant::{SECTIONS, register, send, send_from, typed};

const DAY: i64 = 86_400_000;

async fn seeker(site: &Site) -> Browser<'_> {
    new_account(site, EMAIL).await
}

#[tokio::test]
async fn the_sections_lead_one_to_the_next_and_to_a_registration_that_is_valid() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let mut expected = SECTIONS.iter().skip(1).map(|(path, _)| *path).chain(["/registration/review"]);
    for (path, fields) in SECTIONS {
        let sent = send(&mut browser, path, fields, "next").await;
        assert_eq!(sent.location.as_deref(), expected.next(), "{path}: {}", sent.html);
    }
    let done = register(&mut browser).await;
    assert!(done.html.contains("ハローワーク上野") && done.html.contains("東京都台東区"), "an office of the prefecture: {}", done.html);
    assert!(done.html.contains("2027年1月31日まで有効") && done.html.contains("ハローワークの窓口でできること"), "{}", done.html);
    let own = browser.get("/registration").await;
    assert!(own.html.contains("1988年4月1日（昭和63年4月1日）") && own.html.contains("座ってできる仕事がよい"), "{}", own.html);
}

#[tokio::test]
async fn a_section_may_be_left_incomplete_but_the_registration_is_not_completed_without_what_is_required() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let sent = send(&mut browser, "/registration/basic", &[("family_name", "春和")], "next").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.html.contains("名を入力してください。") && sent.html.contains("value=\"春和\""), "{}", sent.html);
    let sent = send(&mut browser, "/registration/basic", &[("family_name", "春和")], "skip").await;
    assert_eq!(sent.location.as_deref(), Some("/registration/publication"));
    let review = browser.get("/registration/review").await;
    assert!(review.html.contains("/registration/basic?check=1#field-given_name"), "{}", review.html);
    assert!(!review.html.contains("この内容で登録する"));
    let key = ("key".to_owned(), "ab".repeat(32));
    let forged = browser.post("/registration/review", &[key]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.get("/registration").await.html.contains("続きから入力する"));
}

#[tokio::test]
async fn what_is_wrong_comes_back_with_its_message_and_is_there_on_another_device() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let mut fields = typed("/registration/basic");
    fields.retain(|(name, _)| *name != "birth_date" && *name != "family_name");
    fields.extend([("birth_date", "2026-11-31"), ("family_name", "<script>alert(1)</script>")]);
    let sent = send(&mut browser, "/registration/basic", &fields, "next").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.html.contains("href=\"#field-birth_date\"") && sent.html.contains("暦にない日付"), "{}", sent.html);
    assert!(!sent.html.contains("<script>alert"), "{}", sent.html);
    let mut other = sign_in(&site, EMAIL).await;
    let page = other.get("/registration/basic").await;
    assert!(page.html.contains("value=\"2026-11-31\"") && page.html.contains("&lt;script&gt;"), "{}", page.html);
}

#[tokio::test]
async fn a_warning_passes_on_the_second_press() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let fields = [("places", "13"), ("wage_unit", "monthly"), ("wage_min", "1200")];
    let first = send(&mut browser, "/registration/wishes-place", &fields, "next").await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(first.html.contains("field-warning") && first.html.contains("warning-summary"), "{}", first.html);
    let second = send_from(&mut browser, &first, "/registration/wishes-place", &fields, "next").await;
    assert_eq!(second.location.as_deref(), Some("/registration/education"), "{}", second.html);
}

#[tokio::test]
async fn groups_grow_and_shrink_and_change_their_order_by_buttons() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let path = "/registration/history";
    let one = [("has_history", "yes"), ("jobs.0.company", "甲社")];
    let added = send(&mut browser, path, &one, "jobs.add").await;
    assert_eq!(added.location.as_deref(), Some("/registration/history#field-jobs-1-company"));
    let two = [("has_history", "yes"), ("jobs.0.company", "甲社"), ("jobs.1.company", "乙社")];
    send(&mut browser, path, &two, "jobs.up.1").await;
    let page = browser.get(path).await;
    let (first, second) = (page.html.find("乙社").expect("there"), page.html.find("甲社").expect("there"));
    assert!(first < second, "{}", page.html);
    send(&mut browser, path, &[("has_history", "yes"), ("jobs.0.company", "乙社"), ("jobs.1.company", "甲社")], "jobs.remove.0").await;
    let page = browser.get(path).await;
    assert!(!page.html.contains("乙社") && page.html.contains("甲社"), "{}", page.html);
}

#[tokio::test]
async fn the_address_follows_from_the_postal_code() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let sent = send(&mut browser, "/registration/basic", &[("postal_code", "1000001")], "address").await;
    assert_eq!(sent.location.as_deref(), Some("/registration/basic#field-address_line"), "{}", sent.html);
    let page = browser.get("/registration/basic").await;
    assert!(page.html.contains("value=\"千代田\"") && page.html.contains("<option value=\"13101\" selected"), "{}", page.html);
    let sent = send(&mut browser, "/registration/basic", &[("postal_code", "9999999")], "address").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.html.contains("当てはまる住所が見つかりません"), "{}", sent.html);
    let (answer, json) = site.get("/api/postal-codes/1000001").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(json.contains("千代田"), "{json}");
}

#[tokio::test]
async fn two_devices_do_not_overwrite_each_other_unasked() {
    let site = at("2026-11-25").await;
    let mut one = seeker(&site).await;
    let mut other = sign_in(&site, EMAIL).await;
    let path = "/registration/introduction";
    let (page, other_page) = (one.get(path).await, other.get(path).await);
    send_from(&mut one, &page, path, &[("headline", "一つめ")], "later").await;
    let told = send_from(&mut other, &other_page, path, &[("headline", "二つめ")], "later").await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.html.contains("value=\"二つめ\""), "what was typed stays: {}", told.html);
    assert!(one.get(path).await.html.contains("value=\"一つめ\""));
    let again = send_from(&mut other, &told, path, &[("headline", "二つめ")], "later").await;
    assert_eq!(again.location.as_deref(), Some("/registration?said=saved"));
    assert!(one.get(path).await.html.contains("value=\"二つめ\""));
}

#[tokio::test]
async fn what_is_sent_after_the_session_has_ended_waits_for_its_owner_and_for_nobody_else() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let path = "/registration/disability";
    let page = browser.get(path).await;
    browser.cookies.remove("mypage-session").expect("it was signed in");
    // A form that no page of ours has given this browser is not kept.
    let account = site::browser::filled(&page, path, &[]).into_iter().find(|(name, _)| name == "account").expect("a mark");
    let forged = [account, ("ticket".to_owned(), "1.2".to_owned()), ("details".to_owned(), "うその話".to_owned())];
    assert_eq!(browser.post(path, &forged).await.status, StatusCode::SEE_OTHER);
    let (kept,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM registration_parked").fetch_one(site.database.read()).await.expect("a number");
    assert_eq!(kept, 0);
    let sent = send_from(&mut browser, &page, path, &[("details", "内緒の話")], "next").await;
    assert_eq!(sent.location.as_deref(), Some("/account/sign-in?next=/registration/disability"), "{}", sent.html);
    let other = new_account(&site, "taro@example.jp").await;
    let mut same_phone = browser.twin();
    same_phone
        .cookies
        .extend(other.cookies.iter().filter(|(name, _)| name.contains("session")).map(|(name, value)| (name.clone(), value.clone())));
    assert!(!same_phone.get(path).await.html.contains("内緒の話"));
    let signed_in = sign_in(&site, EMAIL).await;
    browser
        .cookies
        .extend(signed_in.cookies.iter().filter(|(name, _)| name.contains("session")).map(|(name, value)| (name.clone(), value.clone())));
    let back = browser.get(path).await;
    assert!(back.html.contains("内緒の話") && back.html.contains("前に送れなかった内容"), "{}", back.html);
    send_from(&mut browser, &back, path, &[("details", "内緒の話")], "later").await;
    let saved = browser.get(path).await;
    assert!(saved.html.contains("内緒の話") && !saved.html.contains("前に送れなかった内容"), "{}", saved.html);
}

#[tokio::test]
async fn a_change_is_shown_before_it_is_saved_and_stands_in_the_history() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let mut fields = typed("/registration/basic");
    fields.retain(|(name, _)| *name != "phone");
    fields.push(("phone", "080-1111-1111"));
    let sent = send(&mut browser, "/registration/basic", &fields, "next").await;
    assert_eq!(sent.location.as_deref(), Some("/registration/changes"), "{}", sent.html);
    assert!(browser.get("/registration").await.html.contains("090-0000-0000"), "not yet");
    let page = browser.get("/registration/changes").await;
    assert!(page.html.contains("090-0000-0000") && page.html.contains("080-1111-1111"), "{}", page.html);
    let saved = browser.submit(&page, "/registration/changes", &[("do", "save")]).await;
    assert_eq!(saved.location.as_deref(), Some("/registration?said=changed"), "{}", saved.html);
    let again = browser.submit(&page, "/registration/changes", &[("do", "save")]).await;
    assert_eq!(again.location, saved.location, "a double press has one effect");
    assert!(browser.get("/registration").await.html.contains("080-1111-1111"));
    let history = browser.get("/registration/past-changes").await;
    assert_eq!(history.html.matches("080-1111-1111").count(), 1, "{}", history.html);
    let export = browser.get("/registration/export?as=json").await;
    let json: serde_json::Value = serde_json::from_str(&export.html).expect("JSON");
    assert_eq!(json["registered"]["basic"]["phone"], "080-1111-1111");
    assert_eq!(json["registered"]["disability"]["grade"], "2級", "it is theirs");
}

#[tokio::test]
async fn what_was_typed_can_be_given_up() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    send(&mut browser, "/registration/introduction", &[("headline", "別の一文"), ("appeal", "別の文")], "next").await;
    let page = browser.get("/registration/changes").await;
    let given_up = browser.submit(&page, "/registration/changes", &[("do", "discard")]).await;
    assert_eq!(given_up.location.as_deref(), Some("/registration?said=discarded"));
    let own = browser.get("/registration").await;
    assert!(own.html.contains("こつこつ続けます") && !own.html.contains("別の一文"), "{}", own.html);
}

#[tokio::test]
async fn what_staff_confirmed_can_be_changed_through_no_path() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    upgrade(&site).await;
    let own = browser.get("/registration").await;
    assert!(own.html.contains("ハローワーク利用登録者") && own.html.contains("13010-"), "{}", own.html);
    let page = browser.get("/registration/disability").await;
    assert!(page.html.contains("職員が確認した項目") && !page.html.contains("type=\"checkbox\" name=\"kinds\""), "{}", page.html);
    let mut fields = typed("/registration/disability");
    fields.retain(|(name, _)| *name != "grade");
    fields.push(("grade", "3級"));
    // A forged form without the fields that the page carries along.
    let hidden = site::browser::filled(&page, "/registration/disability", &[]);
    let kept: Vec<(String, String)> = hidden.into_iter().filter(|(name, _)| ["account", "base"].contains(&name.as_str())).collect();
    let forged: Vec<(String, String)> =
        kept.iter().cloned().chain(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))).collect();
    let refused = browser.post("/registration/disability", &forged).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("ハローワークの職員が確認した内容"), "{}", refused.html);
    // The interface of the script, and what was parked, take the same way.
    let refused = browser.post("/api/registration/disability", &forged).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.contains("confirmed-by-staff"), "{}", refused.html);
    let basic = browser.get("/registration/basic").await;
    let hidden = site::browser::filled(&basic, "/registration/basic", &[]);
    let mut untick: Vec<(String, String)> = hidden.into_iter().filter(|(name, _)| ["account", "base"].contains(&name.as_str())).collect();
    let typed_basic = typed("/registration/basic");
    untick.extend(typed_basic.iter().filter(|(name, _)| *name != "disability").map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    untick.push(("disability".to_owned(), "no".to_owned()));
    let refused = browser.post("/registration/basic", &untick).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut open = typed("/registration/disability");
    open.retain(|(name, _)| !["accommodations", "grade", "kinds", "handbook.physical"].contains(name));
    open.push(("accommodations", "月に一度休みたい"));
    let page = browser.get("/registration/disability").await;
    let sent = send_from(&mut browser, &page, "/registration/disability", &open, "next").await;
    assert_eq!(sent.location.as_deref(), Some("/registration/changes"), "what was not confirmed stays theirs: {}", sent.html);
    let reads = browser.get("/registration/reads").await;
    assert!(reads.html.contains("窓口での確認"), "{}", reads.html);
}

/// Staff make the one registrant an `Office` registrant, with the handbook confirmed.
async fn upgrade(site: &Site) -> String {
    let mut staff = staff(site).await;
    let page = staff.get("/staff/registrations").await;
    let found = staff.submit(&page, "/staff/registrations", &[("kana", "ハロワ ハナコ"), ("birth_date", "S63.4.1")]).await;
    let path = found.html.split("href=\"/staff/registrations/").nth(1).and_then(|rest| rest.split('"').next()).expect("somebody is found");
    let path = format!("/staff/registrations/{path}");
    let page = staff.get(&path).await;
    let nothing = staff.submit(&page, &path, &[("office", "1301"), ("do", "upgrade")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let all = [
        ("office", "13010"),
        ("identity", "yes"),
        ("checked", "yes"),
        ("consulted", "yes"),
        ("confirmed", "kinds"),
        ("confirmed", "handbook"),
        ("confirmed", "grade"),
        ("do", "upgrade"),
    ];
    let done = staff.submit(&page, &path, &all).await;
    assert_eq!(done.location.as_deref(), Some(format!("{path}?said=upgraded").as_str()), "{}", done.html);
    assert!(staff.follow(done).await.html.contains("求職番号は13010-"));
    path
}

#[tokio::test]
async fn staffs_pages_are_for_staff_alone_and_seekers_pages_for_their_owner() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let path = upgrade(&site).await;
    let mut stranger = new_account(&site, "taro@example.jp").await;
    let mut nobody = Browser::of(&site);
    let mut member = staff_again(&site).await;
    for browser in [&mut browser, &mut stranger] {
        for path in ["/staff/registrations", path.as_str()] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(browser.post(path, &[("kana".to_owned(), "ハロワ".to_owned())]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let own = [
        "",
        "/basic",
        "/disability",
        "/review",
        "/changes",
        "/standing",
        "/preview",
        "/summary",
        "/past-changes",
        "/reads",
        "/export",
        "/export?as=json",
    ];
    for page in own {
        let path = format!("/registration{page}");
        assert_eq!(nobody.get(&path).await.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!stranger.get(&path).await.html.contains("春和"), "{path}");
    }
}

async fn staff_again(site: &Site) -> Browser<'_> {
    sign_in(site, "staff@example.jp").await
}

#[tokio::test]
async fn a_pupil_is_refused_by_the_form_and_an_evening_course_is_not() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let pupil = [("last_school", "high"), ("school_state", "attending"), ("car_license", "no")];
    let sent = send(&mut browser, "/registration/education", &pupil, "skip").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.html.contains("在学中の方は、マイページを開設できません"), "{}", sent.html);
    let evening: Vec<_> = pupil.into_iter().chain([("evening_or_correspondence", "yes")]).collect();
    let sent = send(&mut browser, "/registration/education", &evening, "next").await;
    assert_eq!(sent.location.as_deref(), Some("/registration/history"), "{}", sent.html);
}

#[tokio::test]
async fn employers_see_no_name_and_of_a_disability_only_what_was_chosen_and_publishing_ends_at_once() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let preview = browser.get("/registration/preview").await;
    for hidden in ["春和", "ハロワ", "090-0000", "千代田1-2-3", "2級", EMAIL] {
        assert!(!preview.html.contains(hidden), "{hidden}");
    }
    for seen in ["座ってできる仕事がよい", "こつこつ続けます", "株式会社見本", "わかってしまうかもしれない"]
    {
        assert!(preview.html.contains(seen), "{seen}");
    }
    let withdrawn = browser.submit(&preview, "/registration/preview", &[]).await;
    assert_eq!(withdrawn.location.as_deref(), Some("/registration?said=withdrawn"), "{}", withdrawn.html);
    assert!(browser.get("/registration/preview").await.html.contains("いまは公開していません"));
    assert!(browser.get("/registration/past-changes").await.html.contains("公開しない"));
}

#[tokio::test]
async fn inactive_with_a_reason_and_back_within_a_year_to_the_day() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let page = browser.get("/registration/standing").await;
    assert!(page.html.contains("2027年2月23日に登録"), "the third reason names its day: {}", page.html);
    let nothing = browser.submit(&page, "/registration/standing", &[("do", "inactive")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ended = browser.submit(&page, "/registration/standing", &[("reason", "pause"), ("do", "inactive")]).await;
    assert_eq!(ended.location.as_deref(), Some("/registration?said=inactive"), "{}", ended.html);
    let own = browser.get("/registration").await;
    assert!(own.html.contains("無効（2026年11月25日から）") && own.html.contains("2027年11月25日まで、有効に戻せます"), "{}", own.html);
    let closed = send(&mut browser, "/registration/standing", &[], "x").await;
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = browser.get("/registration/basic").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.html.contains("登録が無効のあいだは"), "{}", refused.html);
    site.wait(365 * DAY);
    let mut browser = sign_in(&site, EMAIL).await;
    let page = browser.get("/registration/standing").await;
    let back = browser.submit(&page, "/registration/standing", &[("do", "active")]).await;
    assert_eq!(back.location.as_deref(), Some("/registration?said=active"), "{}", back.html);
    assert!(browser.get("/registration").await.html.contains("2028年1月31日まで有効"));
}

#[tokio::test]
async fn a_day_after_the_year_the_page_says_to_contact_the_office_and_a_forged_form_is_refused() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let page = browser.get("/registration/standing").await;
    browser.submit(&page, "/registration/standing", &[("reason", "found-work"), ("do", "inactive")]).await;
    site.wait(366 * DAY);
    let mut browser = sign_in(&site, EMAIL).await;
    let page = browser.get("/registration/standing").await;
    assert!(page.html.contains("ハローワークの窓口にご相談ください") && !page.html.contains("value=\"active\""), "{}", page.html);
    let key = ("key".to_owned(), "cd".repeat(32));
    let forged = browser.post("/registration/standing", &[key, ("do".to_owned(), "active".to_owned())]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn with_the_third_reason_everything_is_really_gone_on_its_day_and_not_before() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let page = browser.get("/registration/standing").await;
    browser.submit(&page, "/registration/standing", &[("reason", "no-more-use"), ("do", "inactive")]).await;
    assert!(browser.get("/registration").await.html.contains("2027年2月23日に、登録した内容を消します"));
    site.wait(89 * DAY);
    assert_eq!(delete(&site.database, &site.settings(), &site.clock).await.expect("an answer"), 0);
    site.wait(DAY);
    assert_eq!(delete(&site.database, &site.settings(), &site.clock).await.expect("an answer"), 1);
    assert_eq!(delete(&site.database, &site.settings(), &site.clock).await.expect("an answer"), 0);
    assert!(site.mails_to(EMAIL).await.iter().any(|mail| mail.contains("求職登録の内容を消しました")));
    let mut browser = sign_in(&site, EMAIL).await;
    let own = browser.get("/registration").await;
    assert!(own.html.contains("登録を始める"), "{}", own.html);
    assert!(!browser.get("/registration/basic").await.html.contains("春和"));
}

#[tokio::test]
async fn the_end_is_told_30_7_and_1_days_before_and_when_it_has_come_by_mail_and_notice() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let mut told = Vec::new();
    for day in 1..=75 {
        site.wait(DAY);
        if remind(&site.database, &site.settings(), &site.clock).await.expect("an answer") > 0 {
            told.push(day);
            site.mails_to(EMAIL).await;
        }
        assert_eq!(remind(&site.database, &site.settings(), &site.clock).await.expect("an answer"), 0, "once a day");
    }
    // The last valid day is 67 days later.
    assert_eq!(told, [37, 60, 66, 68]);
    let mails = site.mails_to(EMAIL).await;
    assert_eq!(mails.iter().filter(|mail| mail.contains("有効期限まで、あと")).count(), 3);
    let mut browser = sign_in(&site, EMAIL).await;
    let notices = browser.get("/notices").await;
    assert_eq!(notices.html.matches("未読").count(), 4, "{}", notices.html);
    let read = browser.submit(&notices, "/notices/read", &[]).await;
    assert_eq!(read.location.as_deref(), Some("/notices"));
    assert_eq!(browser.get("/notices").await.html.matches("未読").count(), 3);
    assert!(browser.get("/registration").await.html.contains("無効（2027年2月1日から）"));
}

#[tokio::test]
async fn a_summary_tells_of_accommodations_only_if_it_is_asked_to() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    let plain = browser.get("/registration/summary").await;
    assert!(plain.html.contains("一般事務") && !plain.html.contains("座ってできる仕事がよい"), "{}", plain.html);
    assert!(browser.get("/registration/summary?with=accommodations").await.html.contains("座ってできる仕事がよい"));
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    register(&mut browser).await;
    for path in [
        "/registration/basic",
        "/registration/review",
        "/registration/changes",
        "/registration/standing",
        "/registration/preview",
        "/notices/read",
    ] {
        let request =
            axum::http::Request::post(path).header("sec-fetch-site", "cross-site").body(axum::body::Body::empty()).expect("a request");
        assert_eq!(site.send(request).await.0.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_characters_come_back_with_a_message() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    let long = "長".repeat(100_000);
    send(&mut browser, "/registration/publication", &typed("/registration/publication"), "next").await;
    let sent = send(&mut browser, "/registration/introduction", &[("headline", "ひとこと"), ("appeal", &long)], "next").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.html.contains("自己ＰＲは1000文字までで入力してください。") && sent.html.contains(&long));
}

/// A site with a posting of each publishing scope.
async fn with_postings() -> Site {
    let posting = |scope: u8| {
        format!(
            "<data><kjno>13010-{scope}</kjno><uktkymd_seireki>2026/11/04</uktkymd_seireki><kjyukoymd>2027/12/31</kjyukoymd><kjkbn1_c>1</kjkbn1_c>\
             <kokaikibo>{scope}</kokaikibo><sksu>看護助手</sksu><jgshmei>株式会社　見本{scope}</jgshmei><shgbsjusho1_n>東京都新宿区</shgbsjusho1_n></data>"
        )
    };
    let xml = format!("<root><kyujin>{}</kyujin></root>", (1..=4).map(posting).collect::<String>());
    Site::with(&xml, "2026-11-25".parse().expect("a day")).await
}

#[tokio::test]
async fn names_for_registered_seekers_are_shown_while_the_registration_is_valid_and_others_never() {
    let site = with_postings().await;
    let mut browser = seeker(&site).await;
    let ways =
        ["/postings?q=%E7%9C%8B%E8%AD%B7", "/postings/13010-2", "/api/postings/13010-2", "/api/postings/search?q=%E7%9C%8B%E8%AD%B7"];
    for path in ways {
        assert!(!browser.get(path).await.html.contains("見本2"), "signed in without a registration: {path}");
    }
    register(&mut browser).await;
    for path in ways {
        let page = browser.get(path).await;
        assert!(page.html.contains("見本2"), "{path}: {}", page.html);
        assert!(!page.html.contains("見本3") && !page.html.contains("見本4"), "{path}");
        assert!(!site.get(path).await.1.contains("見本2"), "nobody who is not signed in: {path}");
    }
    let page = browser.get("/registration/standing").await;
    browser.submit(&page, "/registration/standing", &[("reason", "pause"), ("do", "inactive")]).await;
    for path in ways {
        assert!(!browser.get(path).await.html.contains("見本2"), "inactive: {path}");
    }
}

#[tokio::test]
async fn the_first_page_names_the_one_next_thing() {
    let site = at("2026-11-25").await;
    let mut browser = seeker(&site).await;
    assert!(!browser.get("/").await.html.contains("id=\"next\""));
    send(&mut browser, "/registration/basic", &[("family_name", "春和")], "later").await;
    assert!(browser.get("/").await.html.contains("求職登録が途中です"));
    register(&mut browser).await;
    assert!(!browser.get("/").await.html.contains("id=\"next\""));
    site.wait(62 * DAY);
    let mut browser = sign_in(&site, EMAIL).await;
    let page = browser.get("/").await;
    assert!(page.html.contains("求職登録の有効期限まで、あと5日です"), "{}", page.html);
    site.wait(30 * DAY);
    remind(&site.database, &site.settings(), &site.clock).await.expect("an answer");
    site.mails_to(EMAIL).await;
    let mut browser = sign_in(&site, EMAIL).await;
    assert!(browser.get("/").await.html.contains("読んでいないお知らせが1件"));
}
