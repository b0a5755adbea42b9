//! Three people who apply, receive and refer, for tests of that; everything is invented.

use super::Site;
use super::browser::{Browser, Page};
use super::desks::{EMPLOYER, employer, link, staff};
use super::people::{EMAIL, new_account};
use super::registrant::register;

/// The form of a self-application for the first posting.
pub const APPLY: &str = "/postings/13010-1/apply";
/// What is written in it.
pub const WRITTEN: [(&str, &str); 3] = [("understood", "yes"), ("motivation", "家から近く、長く働けるからです。"), ("do", "preview")];
/// A document.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\ntrailer\n%%EOF\n";

/// What an employer types of a posting, and sends to staff.
pub const POSTING: [(&str, &str); 17] = [
    ("scope", "1"),
    ("self_application", "yes"),
    ("deadline", "2027-01-31"),
    ("title", "データ入力"),
    ("description", "書類を見て入力する仕事です。"),
    ("work_time", "1"),
    ("form", "1"),
    ("prefecture", "13"),
    ("city", "千代田区"),
    ("wage_form", "1"),
    ("wage_from", "200000"),
    ("from", "9:00"),
    ("to", "17:30"),
    ("openings", "2"),
    ("result", "書類到着後7日以内"),
    ("bf_elevator", "yes"),
    ("do", "submit"),
];

/// The three people: a registered seeker, an employer whose establishment has all postings, staff.
pub struct People<'s> {
    /// The seeker.
    pub seeker: Browser<'s>,
    /// The employer.
    pub employer: Browser<'s>,
    /// Staff.
    pub staff: Browser<'s>,
}

/// All three, with the postings linked.
pub async fn people(site: &Site) -> People<'_> {
    let mut staff = staff(site).await;
    let employer = employer(site, &mut staff, EMPLOYER).await;
    let linked = link(&mut staff, EMPLOYER, "13010-1\n13010-2、１３０１０－３ 13010-4").await;
    assert!(linked.location.is_some_and(|path| path.ends_with("?said=linked")));
    let mut seeker = new_account(site, EMAIL).await;
    register(&mut seeker).await;
    People { seeker, employer, staff }
}

/// Writes, looks, sends; gives the page of the application.
pub async fn apply(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.get(path).await;
    let sent = browser.submit(&page, path, fields).await;
    let preview = format!("{path}/preview");
    assert_eq!(sent.location.as_deref(), Some(preview.as_str()), "{}", sent.html);
    let page = browser.get(&preview).await;
    let sent = browser.submit(&page, &preview, &[]).await;
    assert!(sent.location.as_ref().is_some_and(|path| path.starts_with("/applications/")), "{}", sent.html);
    browser.follow(sent).await
}

/// The first path on a page that begins with this.
pub fn path_on(page: &Page, start: &str) -> String {
    let rest = page.html.split(&format!("=\"{start}")).nth(1).unwrap_or_else(|| panic!("no {start} in {}", page.html));
    format!("{start}{}", rest.split(['"', '?']).next().unwrap_or_default())
}

/// Opens the one application that waits; gives its path.
pub async fn open_the_one(employer: &mut Browser<'_>) -> String {
    let list = employer.get("/employer/applicants").await;
    let action = path_on(&list, "/employer/applicants/");
    let opened = employer.submit(&list, &action, &[]).await;
    opened.location.expect("it is opened")
}
