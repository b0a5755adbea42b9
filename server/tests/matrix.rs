//! Every role on every address of every object: who it is not for is refused, whatever they guess. The addresses are those of the program's source: one that
//! is added there without a line here fails the first test.

mod site;

use axum::http::StatusCode;
use site::browser::{Browser, Page};
use site::desks::{EMPLOYER, employer, link, site_with_postings, staff, upgrade};
use site::people::{EMAIL, new_account};
use site::registrant::register;
use std::path::Path;

/// Whom an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Any seeker.
    Seekers,
    /// The seeker whose object it is.
    Seeker,
    /// Any employer.
    Employers,
    /// The employer who received the object.
    Employer,
    /// The two parties of the object.
    Parties,
    /// Nobody yet: it was not opened.
    Nobody,
    /// Staff.
    Staff,
}

use For::{Employer, Employers, Nobody, Parties, Seeker, Seekers, Staff};

/// Address, whether it is read and written, and whom it is for.
const ADDRESSES: &[(&str, &str, For)] = &[
    ("/applications", "G", Seekers),
    ("/applications/activity", "G", Seekers),
    ("/applications/export", "G", Seekers),
    ("/applications/{application}", "G", Seeker),
    ("/applications/{application}/withdraw", "P", Seeker),
    ("/applications/{application}/letter", "G", Parties),
    ("/documents/{document}", "G", Parties),
    ("/employer", "G", Employers),
    ("/employer/applicants", "G", Employers),
    ("/employer/applicants/{application}", "G", Employer),
    ("/employer/applicants/{application}/open", "P", Employer),
    ("/employer/applicants/{application}/interview", "P", Employer),
    ("/employer/applicants/{application}/outcome", "P", Employer),
    ("/staff/recommend/{account}/outcome", "P", Staff),
    ("/employer/applicants/{unopened}", "G", Nobody),
    ("/employer/messages/{unopened}", "GP", Nobody),
    ("/employer/establishments/{establishment}", "GP", Employer),
    ("/employer/messages", "G", Employers),
    ("/employer/postings", "G", Employers),
    ("/employer/postings/{draft}", "GP", Employer),
    ("/employer/profiles", "G", Employers),
    ("/employer/profiles/{account}", "GP", Employers),
    ("/employer/messages/{application}", "GP", Employer),
    ("/messages", "G", Seekers),
    ("/messages/{application}", "GP", Seeker),
    ("/messages/{application}/block", "P", Seeker),
    ("/messages/{application}/report", "P", Seeker),
    ("/postings/{posting}/apply", "GP", Seekers),
    ("/postings/{posting}/apply/preview", "GP", Seekers),
    ("/postings/{posting}/report", "GP", Seekers),
    ("/recommendations", "G", Seekers),
    ("/recommendations/{recommendation}", "G", Seeker),
    ("/recommendations/{recommendation}/apply", "GP", Seeker),
    ("/recommendations/{recommendation}/apply/preview", "GP", Seeker),
    ("/recommendations/{recommendation}/decline", "P", Seeker),
    ("/reports", "G", Seekers),
    ("/requests", "GP", Seekers),
    ("/requests/{request}", "G", Seeker),
    ("/requests/{request}/apply", "GP", Seeker),
    ("/requests/{request}/apply/preview", "GP", Seeker),
    ("/requests/{request}/decline", "P", Seeker),
    ("/staff/audit", "G", Staff),
    ("/staff/establishments", "GP", Staff),
    ("/staff/establishments/{establishment}", "GP", Staff),
    ("/staff/invitations", "GP", Staff),
    ("/staff/notices", "GP", Staff),
    ("/staff/postings", "G", Staff),
    ("/staff/postings/{draft}", "GP", Staff),
    ("/staff/recommend/{account}", "GP", Staff),
    ("/staff/recommend/{account}/counter", "P", Staff),
    ("/staff/registrations", "GP", Staff),
    ("/staff/registrations/{account}", "GP", Staff),
    ("/staff/reports", "GP", Staff),
    ("/staff/seminars/{seminar}", "G", Staff),
    ("/notices/settings", "GP", Seekers),
    ("/seminars", "G", Seekers),
    ("/seminars/{seminar}", "GP", Seekers),
    ("/seminars/{seminar}/calendar.ics", "G", Seekers),
];

/// An address whose form names whose object is made: the last test sends it with somebody else's.
const MADE: [&str; 1] = ["/employer/postings"];

/// Addresses that are not for a role alone, or have tests of their own.
const OTHERS: [&str; 4] = ["/applications/write", "/registration/{section}", "/api/registration/{section}", "/postings/{number}"];

/// Addresses of the source with their methods, as the table has them: what stands in `.route("…", get(…).post(…))`.
fn addresses_of_the_source() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("the source is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                // Some name their page in a constant.
                let page = text.split("const PAGE: &str = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
                for rest in text.split(".route(").skip(1) {
                    let (address, rest) = match rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                        Some((address, rest)) => (address, rest),
                        None => (page, rest.trim_start_matches("PAGE")),
                    };
                    let handlers: String = rest.chars().take_while(|c| *c != '\n' && *c != ';').collect();
                    let methods =
                        [("get(", 'G'), ("post(", 'P')].into_iter().filter(|(name, _)| handlers.contains(name)).map(|(_, letter)| letter);
                    found.push((address.to_owned(), methods.collect()));
                }
            }
        }
    }
    let mut found = Vec::new();
    // When it runs, not when it was compiled: another copy of the source may share what was built.
    let source = std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where it is");
    collect(&Path::new(&source).join("../app/src"), &mut found);
    found
}

/// An address without the names of its parts.
fn shape(address: &str) -> String {
    address.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn every_address_of_a_desk_or_an_object_is_in_the_table_with_its_methods() {
    let is_ours = |address: &str| {
        let of_desk = ["/staff/", "/employer"].iter().any(|start| address.starts_with(start));
        (of_desk || address.contains('{'))
            && !address.starts_with("/account")
            && !address.starts_with("/dev")
            && !address.starts_with("/api/p")
    };
    let has = |address: &str, method: char| {
        let own = ADDRESSES.iter().find(|(known, ..)| shape(known) == shape(address));
        own.is_some_and(|(_, methods, _)| methods.contains(method)) || MADE.contains(&address)
    };
    let missing: Vec<String> = addresses_of_the_source()
        .into_iter()
        .filter(|(address, _)| is_ours(address) && !OTHERS.iter().any(|other| shape(other) == shape(address)))
        .flat_map(|(address, methods)| methods.chars().map(|method| (address.clone(), method)).collect::<Vec<_>>())
        .filter(|(address, method)| !has(address, *method))
        .map(|(address, method)| format!("{method} {address}"))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(addresses_of_the_source().len() > 100, "the source is read");
}

/// Everybody, and the objects that belong to the first seeker and the first employer.
struct World<'s> {
    people: Vec<(&'static str, Browser<'s>)>,
    objects: Vec<(&'static str, String)>,
}

fn path_on(page: &Page, start: &str) -> String {
    let rest = page.html.split(&format!("=\"{start}")).nth(1).unwrap_or_else(|| panic!("no {start} in {}", page.html));
    rest.split(['"', '?', '/']).next().unwrap_or_default().to_owned()
}

async fn world(site: &site::Site) -> World<'_> {
    let mut staff = staff(site).await;
    let mut first = employer(site, &mut staff, EMPLOYER).await;
    let second = employer(site, &mut staff, "other@example.jp").await;
    let linked = link(&mut staff, EMPLOYER, "13010-1 13010-2 13010-4").await;
    link(&mut staff, "other@example.jp", "13010-3").await;
    let mut seeker = new_account(site, EMAIL).await;
    register(&mut seeker).await;
    let stranger = new_account(site, "taro@example.jp").await;
    let person = upgrade(site).await;
    let account = person.rsplit('/').next().expect("an account").to_owned();
    let desk = format!("/staff/recommend/{account}");
    for posting in ["13010-1", "13010-2"] {
        let page = staff.get(&format!("{desk}?posting={posting}")).await;
        staff.submit(&page, &desk, &[("judgement", "fits"), ("comment", "どうぞ"), ("reply_by", "2026-12-04")]).await;
        site.wait(1);
    }
    let list = seeker.get("/recommendations").await;
    let accepted = path_on(&list, "/recommendations/");
    let apply = format!("/recommendations/{accepted}/apply");
    let page = seeker.get(&apply).await;
    let pdf: &[u8] = b"%PDF-1.7\ntrailer\n%%EOF\n";
    seeker.upload(&page, &apply, &[("motivation", "働きたいです"), ("do", "attach")], &[("a.pdf", pdf)]).await;
    let page = seeker.get(&apply).await;
    let document = path_on(&page, "/documents/");
    let preview = format!("{apply}/preview");
    let page = seeker.get(&preview).await;
    let sent = seeker.submit(&page, &preview, &[]).await.location.expect("it is sent");
    let application = sent.trim_start_matches("/applications/").split('?').next().expect("a name").to_owned();
    let came = first.get("/employer/applicants").await;
    first.submit(&came, &format!("/employer/applicants/{application}/open"), &[]).await;
    let page = seeker.get("/postings/13010-4/apply").await;
    seeker.submit(&page, "/postings/13010-4/apply", &[("understood", "yes"), ("motivation", "働きたいです"), ("do", "preview")]).await;
    let page = seeker.get("/postings/13010-4/apply/preview").await;
    let unopened = seeker.submit(&page, "/postings/13010-4/apply/preview", &[]).await.location.expect("it is sent");
    let unopened = unopened.trim_start_matches("/applications/").split('?').next().expect("a name").to_owned();
    let list = seeker.get("/recommendations").await;
    let waiting = list.html.split("href=\"/recommendations/").skip(1).filter_map(|rest| rest.split('"').next()).find(|id| *id != accepted);
    let profile = format!("/employer/profiles/{account}");
    let page = first.get(&profile).await;
    let asked = first.submit(&page, &profile, &[("posting", "13010-1"), ("words", "ぜひご応募ください")]).await;
    assert!(asked.location.is_some(), "{}", asked.html);
    let request = path_on(&seeker.get("/requests").await, "/requests/");
    let fields = [
        ("kind", "seminar"),
        ("subject", "面接の練習"),
        ("body", "練習します"),
        ("place", "飯田橋"),
        ("on", "2026-12-03"),
        ("from", "10:00"),
        ("to", "12:00"),
        ("capacity", "5"),
    ];
    let page = staff.get("/staff/notices").await;
    let looked = staff.submit(&page, "/staff/notices", &[fields.as_slice(), &[("do", "preview")]].concat()).await;
    staff.submit(&looked, "/staff/notices", &[("do", "send")]).await;
    let seminar = path_on(&seeker.get("/seminars").await, "/seminars/");
    let page = first.get("/employer/postings").await;
    let begun = first.submit(&page, "/employer/postings", &[]).await.location.expect("it is begun");
    let objects = vec![
        ("{draft}", begun.trim_start_matches("/employer/postings/").to_owned()),
        ("{seminar}", seminar),
        ("{request}", request),
        ("{application}", application),
        ("{document}", document),
        ("{unopened}", unopened),
        ("{recommendation}", waiting.expect("another").to_owned()),
        ("{account}", account),
        ("{posting}", "13010-1".to_owned()),
        (
            "{establishment}",
            linked.location.expect("linked").trim_start_matches("/staff/establishments/").split('?').next().expect("a name").to_owned(),
        ),
    ];
    let people = vec![
        ("nobody", Browser::of(site)),
        ("seeker", seeker),
        ("another seeker", stranger),
        ("employer", first),
        ("another employer", second),
        ("staff", staff),
    ];
    World { people, objects }
}

fn is_for(whom: For, who: &str) -> bool {
    match whom {
        Seekers => matches!(who, "seeker" | "another seeker"),
        Seeker => who == "seeker",
        Employers => matches!(who, "employer" | "another employer"),
        Employer => who == "employer",
        Parties => matches!(who, "seeker" | "employer"),
        Staff => who == "staff",
        Nobody => false,
    }
}

#[tokio::test]
async fn nobody_reads_or_changes_what_is_not_for_them() {
    let site = site_with_postings("2026-11-27").await;
    let World { mut people, objects } = world(&site).await;
    for (address, methods, whom) in ADDRESSES {
        let path = objects.iter().fold((*address).to_owned(), |path, (name, id)| path.replace(name, id));
        for method in methods.chars() {
            for (who, browser) in &mut people {
                // Without the key of a form nothing is changed, not even by whom it is for.
                let page = if method == 'G' { browser.get(&path).await } else { browser.post(&path, &[]).await };
                let leads_to_sign_in = page.location.as_ref().is_some_and(|location| location.starts_with("/account/sign-in"));
                let told = format!("{method} {path} by {who}: {}", page.status);
                match (*who, is_for(*whom, who)) {
                    (_, true) => assert!(page.status != StatusCode::NOT_FOUND && !leads_to_sign_in, "{told}"),
                    ("nobody", false) => assert!(leads_to_sign_in, "{told}"),
                    _ => {
                        assert_eq!(page.status, StatusCode::NOT_FOUND, "{told}");
                        assert!(!page.html.contains("春和") && !page.html.contains("働きたいです"), "{told}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn names_that_no_object_has_are_not_found_by_whom_the_address_is_for() {
    let site = site_with_postings("2026-11-27").await;
    let World { mut people, .. } = world(&site).await;
    for (address, methods, whom) in ADDRESSES.iter().filter(|(address, ..)| address.contains('{')) {
        let path = address.split('/').map(|part| if part.starts_with('{') { "none-such" } else { part }).collect::<Vec<_>>().join("/");
        for (who, browser) in people.iter_mut().filter(|(who, _)| is_for(*whom, who)) {
            let page = if methods.starts_with('G') { browser.get(&path).await } else { browser.post(&path, &[]).await };
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path} by {who}");
        }
    }
}

/// Who sends what to which address, and what it may be answered.
type Try<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [StatusCode]);

#[tokio::test]
async fn names_of_others_objects_in_hidden_fields_are_refused() {
    let site = site_with_postings("2026-11-27").await;
    let World { mut people, objects } = world(&site).await;
    let object = |name: &str| objects.iter().find(|(own, _)| *own == name).map(|(_, id)| id.clone()).expect("an object");
    let (establishment, draft, account, application, document) =
        (object("{establishment}"), object("{draft}"), object("{account}"), object("{application}"), object("{document}"));
    let profile = format!("/employer/profiles/{account}");
    let outcome = format!("/staff/recommend/{account}/outcome");
    let table: [Try<'_>; 9] = [
        ("another employer", "/employer/postings", &[("establishment", &establishment)], &[StatusCode::NOT_FOUND]),
        ("another employer", "/employer/postings", &[("establishment", &establishment), ("from", &draft)], &[StatusCode::NOT_FOUND]),
        ("another employer", &profile, &[("posting", "13010-1"), ("words", "ぜひ")], &[StatusCode::UNPROCESSABLE_ENTITY]),
        // What a page of the employer gets to see, staff do not end.
        ("staff", &outcome, &[("application", &application), ("outcome", "hired")], &[StatusCode::NOT_FOUND]),
        // One's own list leads back; nothing of the other's is gone.
        ("another seeker", "/applications/drafts/discard", &[("number", "13010-1")], &[StatusCode::SEE_OTHER]),
        ("another seeker", "/postings/13010-1/apply", &[("do", &format!("remove.{document}"))], &[StatusCode::SEE_OTHER, StatusCode::OK]),
        ("another seeker", "/api/messages/send", &[("thread", &application), ("body", "x")], &[StatusCode::UNAUTHORIZED]),
        ("another seeker", "/notices/settings/browsers/remove", &[("id", "x")], &[StatusCode::SEE_OTHER]),
        ("another seeker", "/notices/read", &[("id", "x")], &[StatusCode::SEE_OTHER]),
    ];
    for (who, path, fields, expected) in table {
        let browser = people.iter_mut().find(|(own, _)| *own == who).map(|(_, browser)| browser).expect("somebody");
        let mut all: Vec<(String, String)> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        all.push(("key".to_owned(), "ab".repeat(32)));
        let page = browser.post(path, &all).await;
        assert!(expected.contains(&page.status), "{path} by {who}: {} {}", page.status, page.html);
    }
    // The document is there still, and the employer who received it reads it.
    let employer = people.iter_mut().find(|(own, _)| *own == "employer").map(|(_, browser)| browser).expect("the employer");
    assert_eq!(employer.get(&format!("/documents/{document}")).await.status, StatusCode::OK);
}
