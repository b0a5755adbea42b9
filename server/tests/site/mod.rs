//! The real site over a bundle as Trunk lays it out, for tests over HTTP.
#![expect(dead_code, reason = "each test program uses its part")]

use app::account::Settings;
use app::clock::Clock;
use app::database::Database;
use app::date::Date;
use app::mail::Bell;
use app::postings::feed::FeedSettings;
use app::postings::feed::import::{ImportJob, import, sources};
use app::postings::search::index::SearchIndex;
use app::postings::search::recent::RecentAnswers;
use app::push::Push;
use app::state::AppState;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, Request, Response};
use server::bundle::Bundle;
use std::fs;
use std::path::{Path, PathBuf};
use tower::ServiceExt;

pub mod applying;
pub mod browser;
pub mod desks;
pub mod people;
pub mod registrant;

/// A site, and the folder that it lives in as long as this does.
pub struct Site {
    router: axum::Router,
    folder: tempfile::TempDir,
    /// What time it is there.
    pub clock: Clock,
    /// What it keeps.
    pub database: Database,
}

impl Site {
    /// A site without postings, at the beginning of 1970.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let database = open(folder.path()).await;
        let state = AppState { clock: Clock::standing_at(0), database, index: SearchIndex::empty(), answers: RecentAnswers::default() };
        Self::of(state, folder)
    }

    /// A site with the postings of a delivery, on a day.
    pub async fn with(xml: &str, today: Date) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let delivery = folder.path().join("delivery.xml");
        fs::write(&delivery, xml).expect("the folder takes files");
        let clock = Clock::standing_at(i64::from(today.epoch_days()) * 86_400_000);
        let database = open(folder.path()).await;
        let job = ImportJob {
            prepares: false,
            sources: sources(&[delivery]).expect("the delivery is there"),
            complete: false,
            force_close: false,
            settings: FeedSettings::default(),
            spool_folder: folder.path().to_owned(),
            clock: clock.clone(),
        };
        let report = import(&database, &job, &mut |_| ()).await.expect("the delivery is taken");
        assert!(report.complaints().is_empty(), "{:?}", report.complaints());
        let index = SearchIndex::open(folder.path().join("index")).expect("the folder takes an index");
        index.follow(&database, &FeedSettings::default(), |_| ()).await.expect("the index follows");
        Self::of(AppState { clock, database, index, answers: RecentAnswers::default() }, folder)
    }

    /// A site without postings, on a day.
    pub async fn on(today: Date) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let database = open(folder.path()).await;
        let clock = Clock::standing_at(i64::from(today.epoch_days()) * 86_400_000);
        Self::of(AppState { clock, database, index: SearchIndex::empty(), answers: RecentAnswers::default() }, folder)
    }

    /// A site that was not given a key.
    pub async fn without_key() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let database = open(folder.path()).await;
        let state = AppState { clock: Clock::standing_at(0), database, index: SearchIndex::empty(), answers: RecentAnswers::default() };
        Self::with_settings(state, folder, None)
    }

    /// How accounts are set up.
    pub fn settings(&self) -> Settings {
        settings(self.folder.path())
    }

    /// Invites staff as `mypage staff add` does; gives the link.
    pub async fn invite_staff(&self, email: &str) -> String {
        self.wait(1);
        let settings = settings(self.folder.path());
        let email = email.parse().expect("an address");
        let link = app::account::invite(&self.database, &settings.key, &settings.origin, &email, self.clock.now()).await;
        self.wait(1);
        link.expect("an invitation")
    }

    /// Lets time go by.
    pub fn wait(&self, milliseconds: i64) {
        self.clock.set(self.clock.now() + milliseconds);
    }

    /// Sends what waits in the queue and gives all mails to an address, oldest first.
    pub async fn mails_to(&self, address: &str) -> Vec<String> {
        // A moment later, so that the next mail is the newest.
        self.wait(1);
        let mails = self.folder.path().join("mail");
        let transport = app::mail::Transport::Folder(mails.clone());
        app::mail::send_due(&self.database, &transport, &self.clock).await.expect("the queue answers");
        let mut files: Vec<PathBuf> =
            fs::read_dir(mails).map(|files| files.flatten().map(|file| file.path()).collect()).unwrap_or_default();
        files.sort();
        let texts = files.into_iter().map(|file| fs::read_to_string(file).expect("a mail"));
        texts.filter(|text| text.lines().next() == Some(address)).collect()
    }

    /// The code in the newest mail to an address.
    pub async fn code_for(&self, address: &str) -> String {
        let mails = self.mails_to(address).await;
        let newest = mails.last().expect("a mail came");
        let is_code = |line: &&str| line.len() == 9 && line.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        newest.lines().find(is_code).unwrap_or_else(|| panic!("no code in {newest}")).to_owned()
    }

    fn of(state: AppState, folder: tempfile::TempDir) -> Self {
        let settings = settings(folder.path());
        Self::with_settings(state, folder, Some(settings))
    }

    fn with_settings(state: AppState, folder: tempfile::TempDir, settings: Option<Settings>) -> Self {
        let bundle = Bundle::read(&bundle(folder.path())).expect("the bundle is whole");
        let (clock, database) = (state.clock.clone(), state.database.clone());
        Self { router: server::router::router(state, bundle, settings), folder, clock, database }
    }

    /// What the site answers to a GET.
    pub async fn get(&self, path: &str) -> (Response<()>, String) {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// What the site answers to a request.
    pub async fn send(&self, request: Request<Body>) -> (Response<()>, String) {
        let (parts, body) = self.router.clone().oneshot(request).await.expect("the router answers").into_parts();
        let bytes = to_bytes(body, 1 << 24).await.expect("the body can be read");
        (Response::from_parts(parts, ()), String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Accounts as in demo mode; whose request it is says a header.
fn settings(folder: &Path) -> Settings {
    Settings {
        key: "0f".repeat(32).parse().expect("64 digits are a key"),
        field_keys: Some("1a".repeat(32).parse().expect("64 digits are a key")),
        documents: app::documents::Store::new(folder.join("documents")),
        offices: app::offices::Offices::demo(),
        origin: "http://mypage.test".to_owned(),
        is_demo: true,
        mail_folder: folder.join("mail"),
        client_address_header: Some(HeaderName::from_static("x-test-client")),
        bell: Bell::default(),
        push: Some(Push {
            key: "0c".repeat(32).parse().expect("a key"),
            services: "http://127.0.0.1:9".parse().expect("an origin"),
            bell: Bell::default(),
        }),
    }
}

async fn open(folder: &Path) -> Database {
    Database::open(&format!("sqlite://{}/test.db", folder.display())).await.expect("an empty database")
}

/// A bundle as Trunk lays it out.
fn bundle(folder: &Path) -> PathBuf {
    let dist = folder.join("dist");
    let files = [
        (
            "index.html",
            "<html><head>\n<meta charset=\"utf-8\">\n<link rel=\"stylesheet\" href=\"/main-4567.css\"/>\n<link data-trunk rel=\"rust\">\n</head><body></body></html>",
        ),
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
    fs::create_dir_all(dist.join("icons")).expect("the folder takes folders");
    for (name, text) in files {
        fs::write(dist.join(name), text).expect("the folder takes files");
    }
    dist
}

/// What a site without postings answers to a GET.
pub async fn get(path: &str) -> (Response<()>, String) {
    Site::empty().await.get(path).await
}

/// What a site without postings answers to a request.
pub async fn send(request: Request<Body>) -> (Response<()>, String) {
    Site::empty().await.send(request).await
}
