//! Staff and employers at their desks, and the postings that they work with. Everything is invented.

use super::Site;
use super::browser::{Browser, Page};
use super::people::{PASSWORD, sign_in};
use app::date::Date;

/// The address of the staff.
pub const STAFF: &str = "staff@example.jp";
/// The address of the employer.
pub const EMPLOYER: &str = "employer@example.jp";

/// A site with four postings on a day: an open one, one that takes no self-applications, a reserved one, and one whose deadline is the day itself.
pub async fn site_with_postings(today: &str) -> Site {
    let posting = |number: &str, title: &str, deadline: &str, more: &str| {
        format!(
            "<data><kjno>{number}</kjno><uktkymd_seireki>2026/11/04</uktkymd_seireki><kjyukoymd>{deadline}</kjyukoymd><kjkbn1_c>1</kjkbn1_c>\
             <kokaikibo>1</kokaikibo><sksu>{title}</sksu><jgshmei>株式会社見本</jgshmei><juriatsmei>飯田橋公共職業安定所</juriatsmei>\
             <shgbsjusho1_n>東京都千代田区</shgbsjusho1_n><koyokeitai_n>正社員</koyokeitai_n><kjkbn2_n>フルタイム</kjkbn2_n>\
             <shoruiselectkekka>書類到着後　７日以内</shoruiselectkekka>{more}</data>"
        )
    };
    let accepts = "<onlinejishuobo_uktkkahi_n>可</onlinejishuobo_uktkkahi_n>";
    let reserved = format!("{accepts}<sgsyakbn_c>1</sgsyakbn_c><sgsyakbn_n>障害者専用求人</sgsyakbn_n>");
    let postings = [
        posting("13010-1", "一般事務", "2027/01/31", accepts),
        posting("13010-2", "経理事務", "2027/01/31", ""),
        posting("13010-3", "データ入力", "2027/01/31", &reserved),
        posting("13010-4", "受付", &today.replace('-', "/"), accepts),
    ];
    Site::with(&format!("<root><kyujin>{}</kyujin></root>", postings.concat()), today.parse::<Date>().expect("a day")).await
}

/// Somebody of the staff, new.
pub async fn staff(site: &Site) -> Browser<'_> {
    let link = site.invite_staff(STAFF).await;
    accepted(site, link.strip_prefix("http://mypage.test").expect("a link to this site")).await
}

/// An employer, invited by staff.
pub async fn employer<'s>(site: &'s Site, staff: &mut Browser<'s>, email: &str) -> Browser<'s> {
    site.wait(1);
    let page = staff.get("/staff/invitations").await;
    staff.submit(&page, "/staff/invitations", &[("email", email)]).await;
    let mails = site.mails_to(email).await;
    let link = mails.last().and_then(|mail| mail.split("http://mypage.test").find(|part| part.starts_with("/account/invitation")));
    let path = link.and_then(|rest| rest.split_whitespace().next()).expect("a link in the mail").to_owned();
    accepted(site, &path).await
}

async fn accepted<'s>(site: &'s Site, path: &str) -> Browser<'s> {
    let mut browser = Browser::of(site);
    let page = browser.get(path).await;
    let page = browser.submit(&page, "/account/invitation", &[("new_password", PASSWORD), ("agree", "yes")]).await;
    assert_eq!(page.location.as_deref(), Some("/account"), "{}", page.html);
    browser
}

/// Links an establishment with these postings to an employer.
pub async fn link(staff: &mut Browser<'_>, email: &str, numbers: &str) -> Page {
    let page = staff.get("/staff/establishments").await;
    let fields = [("email", email), ("new_name", "株式会社見本"), ("address", "東京都千代田区架空町1-2-3"), ("numbers", numbers)];
    staff.submit(&page, "/staff/establishments", &fields).await
}

/// Staff make the registrant with this name an `Office` registrant whose wishes are consulted; gives the path of their page.
pub async fn upgrade(site: &Site) -> String {
    let mut staff = sign_in(site, STAFF).await;
    let page = staff.get("/staff/registrations").await;
    let found = staff.submit(&page, "/staff/registrations", &[("kana", "ハロワ ハナコ"), ("birth_date", "S63.4.1")]).await;
    let path = found.html.split("href=\"/staff/registrations/").nth(1).and_then(|rest| rest.split('"').next()).expect("somebody is found");
    let path = format!("/staff/registrations/{path}");
    let page = staff.get(&path).await;
    let all = [("office", "13010"), ("identity", "yes"), ("checked", "yes"), ("consulted", "yes"), ("do", "upgrade")];
    let done = staff.submit(&page, &path, &all).await;
    assert_eq!(done.location.as_deref(), Some(format!("{path}?said=upgraded").as_str()), "{}", done.html);
    path
}
