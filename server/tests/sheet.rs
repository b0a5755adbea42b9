//! The posting sheet as the real router answers: page, JSON interface, what is not there, and what nobody may see.

use app::clock::Clock;
use app::database::Database;
use app::date::Date;
use app::postings::db::{Incoming, Origin, Packer, apply, close, flatten};
use app::postings::feed::{FeedSettings, derive};
use app::postings::record::Record;
use app::postings::search::index::SearchIndex;
use app::postings::search::recent::RecentAnswers;
use app::state::AppState;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use server::bundle::Bundle;
use std::fs;
use tower::ServiceExt;

const NUMBER: &str = "13010-12345678";
const NAME: &str = "株式会社みかん山サンプル";

fn day(text: &str) -> Date {
    text.parse().expect("the test names a day of the calendar")
}

fn noon(day: Date) -> i64 {
    i64::from(day.epoch_days()) * 86_400_000 + 3 * 3_600_000
}

/// A posting as the feed brings it, of this publishing scope.
fn record(scope: &str) -> Record {
    Record::from_iter([
        ("kjno", NUMBER),
        ("uktkymd_seireki", "2026/11/01"),
        ("kjyukoymd", "2026/11/30"),
        ("kjkbn1_c", "1"),
        ("kjkbn1_n", "一般"),
        ("kokaikibo", scope),
        ("onlinejishuobo_uktkkahi_n", "可"),
        ("jgshno", "1301-123456-1"),
        ("jgshmei", NAME),
        ("jgshjusho_n", "東京都千代田区"),
        ("jgshszci", "東京都千代田区架空町１－２－３"),
        ("shgbsjusho1_n", "東京都千代田区"),
        ("shgbsjusho", "東京都千代田区架空町１－２－３"),
        ("sksu", "みかんの箱づめ"),
        ("shigoto_ny", "みかん山サンプルの倉庫で、みかんを箱につめる仕事です。"),
        ("chgnkeitai_n", "月給"),
        ("khky", "200,000円～250,000円"),
        ("ktizangydi", "なし"),
        ("snktts_tel", "03-0000-1234"),
    ])
}

/// A site that keeps one posting; the folder lives as long as the guard.
struct Site {
    router: axum::Router,
    database: Database,
    _folder: tempfile::TempDir,
}

impl Site {
    async fn with(record: &Record) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let database = Database::open(&format!("sqlite://{}/test.db", folder.path().display())).await.expect("an empty database");
        keep(&database, record).await;
        let state = AppState {
            clock: Clock::standing_at(noon(day("2026-11-24"))),
            database: database.clone(),
            index: SearchIndex::empty(),
            answers: RecentAnswers::default(),
        };
        let router = server::router::router(state, bundle(folder.path()), None);
        Self { router, database, _folder: folder }
    }

    async fn get(&self, path: &str) -> (Response<()>, String) {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let (parts, body) = self.router.clone().oneshot(request).await.expect("the router answers").into_parts();
        let bytes = to_bytes(body, 1 << 24).await.expect("the body can be read");
        (Response::from_parts(parts, ()), String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn bundle(folder: &std::path::Path) -> Bundle {
    let files = [
        ("index.html", "<html><head>\n<meta charset=\"utf-8\">\n</head><body></body></html>"),
        ("frontend-0123.js", "export default 1"),
        ("frontend-0123_bg.wasm", "wasm"),
        ("main-4567.css", "body{}"),
        ("boot.js", "boot"),
        ("pages.js", "pages"),
        ("phone.js", "phone"),
        ("offers.js", "offers"),
        ("applications.js", "applications"),
        ("registration.css", "p{}"),
        ("sw.js", "const VERSION = \"__VERSION__\"; const ASSETS = __ASSETS__;"),
        ("manifest.webmanifest", "{}"),
        ("icons/icon.svg", "<svg/>"),
    ];
    fs::create_dir(folder.join("icons")).expect("the folder takes folders");
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("the folder takes files");
    }
    Bundle::read(folder).expect("the bundle is whole")
}

async fn keep(database: &Database, record: &Record) {
    let derived = derive(record, &FeedSettings::default()).expect("the record is a posting");
    let flat = flatten(record);
    let incoming = Incoming {
        number: derived.posting.number.clone(),
        content_hash: Incoming::content_hash(&flat, 0),
        scope: derived.posting.scope,
        received_on: derived.posting.received_on,
        deadline: derived.posting.deadline,
        summary: serde_json::to_string(&derived.listing).expect("a listing is JSON"),
        packed: Packer::new().and_then(|mut packer| packer.pack(&flat)).expect("a record can be packed"),
    };
    let applied = apply(database, &[incoming], Origin::Feed, noon(day("2026-11-01"))).await.expect("the posting is kept");
    assert_eq!(applied.new, 1);
}

fn path() -> String {
    format!("/postings/{NUMBER}")
}

#[tokio::test]
async fn the_page_says_without_scripts_what_the_posting_is() {
    let site = Site::with(&record("1")).await;
    let (response, html) = site.get(&path()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(html.contains("<title>みかんの箱づめ｜株式会社みかん山サンプル｜求職者マイページ</title>"), "{html}");
    for text in ["<h1>みかんの箱づめ", "月給 200,000円～250,000円", "あと6日", "東京都千代田区架空町１－２－３", "03-0000-1234"]
    {
        assert!(html.contains(text), "{text}");
    }
}

#[tokio::test]
async fn the_structured_data_stands_once_in_the_head_with_the_nonce_of_the_answer() {
    let site = Site::with(&record("1")).await;
    let (response, html) = site.get(&path()).await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy is text");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("the policy names a nonce");
    let (head, body) = html.split_once("</head>").expect("a page has a head");
    assert_eq!((head.matches("application/ld+json").count(), body.matches("application/ld+json").count()), (1, 0));
    let script = head.split("<script").find(|script| script.contains("application/ld+json")).expect("the script");
    let (tag, rest) = script.split_once('>').expect("a whole tag");
    assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    let text = rest.split("</script>").next().unwrap_or_default();
    let data: serde_json::Value = serde_json::from_str(text).expect("structured data is JSON");
    assert_eq!((&data["@type"], &data["directApply"]), (&"JobPosting".into(), &true.into()));
    assert_eq!(data["hiringOrganization"]["name"], NAME);
}

#[tokio::test]
async fn the_json_interface_gives_the_same_sheet() {
    let site = Site::with(&record("1")).await;
    let (response, json) = site.get(&format!("/api/postings/{NUMBER}")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    let sheet: app::postings::sheet::Sheet = serde_json::from_str(&json).expect("a sheet");
    assert_eq!((sheet.number.as_str(), sheet.name.as_deref(), sheet.closed), (NUMBER, Some(NAME), false));
}

#[tokio::test]
async fn name_and_contact_of_a_posting_without_name_are_nowhere_in_any_answer() {
    for scope in ["2", "3"] {
        let site = Site::with(&record(scope)).await;
        for path in [path(), format!("/api/postings/{NUMBER}")] {
            let (response, body) = site.get(&path).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert!(body.contains("東京都千代田区") && body.contains("みかんを箱につめる"), "{path} shows the work");
            for secret in ["みかん山", "1301-123456-1", "架空町", "03-0000-1234"] {
                assert!(!body.contains(secret), "{secret} is in {path} at scope {scope}");
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_or_unpublished_number_answers_404_with_a_way_on() {
    let published = Site::with(&record("1")).await;
    let unpublished = Site::with(&record("4")).await;
    for (site, number) in [(&published, "13010-1"), (&unpublished, NUMBER)] {
        let (response, html) = site.get(&format!("/postings/{number}")).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{number}");
        assert!(html.contains("この求人は見つかりません") && html.contains("href=\"/postings\""), "{html}");
        assert!(!html.contains("みかん"), "nothing of the posting is told");
        let (response, json) = site.get(&format!("/api/postings/{number}")).await;
        assert_eq!((response.status(), json.as_str()), (StatusCode::NOT_FOUND, "\"NotFound\""));
    }
}

#[tokio::test]
async fn what_is_no_number_answers_404_and_says_what_a_number_looks_like() {
    let site = Site::with(&record("1")).await;
    for number in ["abc", "13010", "13010-123456789", "%3Cscript%3E"] {
        let (response, html) = site.get(&format!("/postings/{number}")).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{number}");
        assert!(html.contains("「13010-12345678」のように"), "{number}");
        assert_eq!(site.get(&format!("/api/postings/{number}")).await.0.status(), StatusCode::NOT_FOUND, "{number}");
    }
}

#[tokio::test]
async fn a_closed_posting_is_still_there_marked_and_without_structured_data() {
    let site = Site::with(&record("1")).await;
    let number = NUMBER.parse().expect("a posting number");
    let revision = app::postings::db::latest_revision(&site.database).await.expect("a revision");
    close(&site.database, &[number], revision, noon(day("2026-11-20"))).await.expect("the posting is closed");
    let (response, html) = site.get(&path()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(html.contains("この求人は募集を終了しました") && !html.contains("application/ld+json"));
}
