//! The client against a stand-in for the service on loopback, which also misbehaves.

use super::*;
use crate::clock::Clock;
use crate::postings::db;
use crate::postings::feed::client::{Account, Pace};
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

const HOUR: i64 = 3_600_000;
/// 24 November 2026, 10:00 in Japan.
const MORNING: i64 = 1_795_482_000_000;

/// What the stand-in answers.
enum Reply {
    Text(u16, String),
    /// Announces the whole text and hangs up after so many bytes.
    Cut(String, usize),
}

fn ok(text: impl Into<String>) -> Reply {
    Reply::Text(200, text.into())
}

/// A request as the stand-in saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Request {
    path: String,
    form: String,
    at: i64,
}

/// The service on a free port: every request goes to `answer` with its count (from 0) among those to the same path.
struct StandIn {
    url: String,
    seen: Arc<Mutex<Vec<Request>>>,
    clock: Clock,
    /// Milliseconds that the client has paused in all.
    paused: Arc<AtomicI64>,
}

impl StandIn {
    fn new(answer: impl Fn(&Request, usize) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}/api", listener.local_addr().expect("an address"));
        let (seen, clock) = (Arc::new(Mutex::new(Vec::new())), Clock::standing_at(MORNING));
        let (kept, time): (Arc<Mutex<Vec<Request>>>, Clock) = (Arc::clone(&seen), clock.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.expect("a connection"));
                let request = read_request(&mut stream, time.now());
                let count = {
                    let mut seen = kept.lock().expect("no test panics with it");
                    let count = seen.iter().filter(|earlier| earlier.path == request.path).count();
                    seen.push(request.clone());
                    count
                };
                send(stream.get_mut(), answer(&request, count));
            }
        });
        Self { url, seen, clock, paused: Arc::default() }
    }

    /// A client whose pauses only move the clock.
    fn client(&self) -> Client {
        let account = Account { url: self.url.clone(), id: "見本".to_owned(), password: "p&ss=word".to_owned() };
        let (clock, paused) = (self.clock.clone(), Arc::clone(&self.paused));
        let pause = move |time: Duration| {
            let time = i64::try_from(time.as_millis()).expect("a short pause");
            clock.set(clock.now() + time);
            paused.fetch_add(time, Ordering::SeqCst);
        };
        Client::new(account, Pace { clock: self.clock.clone(), pause: Box::new(pause) })
    }

    fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("no test panics with it").clone()
    }

    fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|request| request.path).collect()
    }
}

fn read_request(stream: &mut BufReader<TcpStream>, at: i64) -> Request {
    let mut line = String::new();
    stream.read_line(&mut line).expect("a request line");
    let path = line.split(' ').nth(1).expect("a path").to_owned();
    assert!(line.starts_with("POST "), "{line}");
    let mut length = 0;
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).expect("a header");
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        if header.trim().is_empty() {
            break;
        }
    }
    let mut form = vec![0; length];
    stream.read_exact(&mut form).expect("a body");
    Request { path: path.trim_start_matches("/api/").to_owned(), form: String::from_utf8(form).expect("a form"), at }
}

fn send(stream: &mut TcpStream, reply: Reply) {
    let (status, text, end) = match reply {
        Reply::Text(status, text) => (status, text, None),
        Reply::Cut(text, end) => (200, text, Some(end)),
    };
    let head = format!("HTTP/1.1 {status} x\r\ncontent-type: text/xml\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", text.len());
    let body = &text.as_bytes()[..end.unwrap_or(text.len())];
    // A client that hangs up early is its own test's business.
    drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
}

fn token(token: &str) -> Reply {
    ok(format!("<root><token>{token}</token></root>"))
}

fn list(entries: &[(&str, u64, u32)]) -> Reply {
    let entry = |(id, count, pages): &(&str, u64, u32)| {
        format!("<data><data_id>{id}</data_id><data_name>名</data_name><count>{count}</count><page>{pages}</page></data>")
    };
    ok(format!("<root><kyujin_list>{}</kyujin_list></root>", entries.iter().map(entry).collect::<String>()))
}

/// A page with postings of these serials.
fn page(serials: std::ops::Range<u32>, pages: u32) -> String {
    let posting = |serial| {
        format!(
            "<data><kjno>13010-{serial}</kjno><uktkymd_seireki>2026/11/01</uktkymd_seireki><kjyukoymd>2027/01/31</kjyukoymd>\
             <sksu>事務員</sksu></data>"
        )
    };
    format!("<root><page>{pages}</page><kyujin>{}</kyujin></root>", serials.map(posting).collect::<String>())
}

/// The service as it should be: the nation on two pages, one page of reserved postings that repeat some of them.
fn well_behaved(request: &Request, _count: usize) -> Reply {
    match request.path.as_str() {
        "auth/getToken" => token("T1"),
        "auth/delToken" => ok("<root/>"),
        "kyujin" => list(&[("M100", 5, 2), ("M101", 1, 1), ("M200", 1, 1)]),
        "kyujin/M100/1" => ok(page(0..3, 2)),
        "kyujin/M100/2" => ok(page(3..5, 2)),
        "kyujin/M200/1" => ok(page(4..5, 1)),
        _ => Reply::Text(404, String::new()),
    }
}

struct Bench {
    folder: TempDir,
    database: Database,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let database = Database::open(&format!("sqlite://{}/test.db", folder.path().display())).await.expect("SQLite opens");
        Self { folder, database }
    }

    fn job(&self) -> SyncJob {
        SyncJob {
            data_ids: Vec::new(),
            folder: self.folder.path().to_owned(),
            wait: false,
            force_close: false,
            settings: FeedSettings::default(),
        }
    }

    async fn sync(&self, stand_in: &StandIn) -> Result<SyncReport, SyncError> {
        self.sync_with(stand_in, &self.job()).await
    }

    async fn sync_with(&self, stand_in: &StandIn, job: &SyncJob) -> Result<SyncReport, SyncError> {
        sync(&self.database, stand_in.client(), job, &mut |_| {}).await
    }

    async fn open(&self) -> usize {
        db::open_of_feed(&self.database, None, 1_000).await.expect("numbers").len()
    }

    fn kept_pages(&self) -> usize {
        let days = self.folder.path().join("feed").read_dir().expect("the folder of the feed");
        let days = days.map(|day| day.expect("a day").path()).filter(|day| day.is_dir());
        days.map(|day| day.read_dir().expect("pages").count()).sum()
    }
}

#[tokio::test]
async fn the_nation_and_the_reserved_postings_are_loaded_once_a_second_and_imported() {
    let (bench, stand_in) = (Bench::new().await, StandIn::new(well_behaved));
    let report = bench.sync(&stand_in).await.expect("it runs");
    let totals = report.import.totals;
    assert_eq!((totals.read, totals.new, totals.repeated), (6, 5, 1));
    assert_eq!((report.import.closing, report.complaints()), (Closing::Closed(0), Vec::new()));
    let expected = ["auth/getToken", "kyujin", "kyujin/M100/1", "kyujin/M100/2", "kyujin/M200/1", "auth/delToken"];
    assert_eq!(stand_in.paths(), expected);
    let seen = stand_in.seen();
    assert_eq!(seen[0].form, "id=%E8%A6%8B%E6%9C%AC&pass=p%26ss%3Dword");
    assert_eq!(seen[2].form, "token=T1");
    assert!(seen.windows(2).all(|two| two[1].at - two[0].at >= 1_000), "{seen:?}");
    assert_eq!(bench.kept_pages(), 0, "pages are gone once they are imported");
    assert_eq!(bench.open().await, 5);
}

#[tokio::test]
async fn errors_cut_connections_and_cut_pages_are_asked_for_again() {
    let (bench, stand_in) = (
        Bench::new().await,
        StandIn::new(|request, count| match (request.path.as_str(), count) {
            ("kyujin/M100/1", 0) => Reply::Text(500, "<html>".to_owned()),
            ("kyujin/M100/1", 1) => Reply::Cut(page(0..3, 2), 40),
            ("kyujin/M100/1", 2) => ok(&page(0..3, 2)[..200]),
            ("kyujin", 0) => ok("<root><kyujin_list><data>"),
            ("auth/getToken", 0) => Reply::Text(503, String::new()),
            _ => well_behaved(request, count),
        }),
    );
    let report = bench.sync(&stand_in).await.expect("it runs in the end");
    assert_eq!(report.import.totals.new, 5);
    assert_eq!(stand_in.paths().iter().filter(|path| *path == "kyujin/M100/1").count(), 4);
    assert!(stand_in.paused.load(Ordering::SeqCst) >= 2_000 + 4_000 + 8_000, "pauses grow");
}

#[tokio::test]
async fn a_token_that_is_not_accepted_any_more_is_replaced() {
    let (bench, stand_in) = (
        Bench::new().await,
        StandIn::new(|request, count| match (request.path.as_str(), request.form.as_str()) {
            ("auth/getToken", _) => token(&format!("T{count}")),
            ("kyujin/M100/2", "token=T0") => ok("<root><errorDetail>トークンが無効です</errorDetail></root>"),
            ("kyujin/M200/1", "token=T1") => Reply::Text(401, String::new()),
            _ => well_behaved(request, count),
        }),
    );
    assert_eq!(bench.sync(&stand_in).await.expect("it runs").import.totals.new, 5);
    assert_eq!(stand_in.seen().last().map(|request| request.form.clone()), Some("token=T2".to_owned()));
}

#[tokio::test]
async fn a_wrong_password_is_told_once_and_not_tried_again() {
    for refusal in [|| ok("<root><errorDetail>認証エラー</errorDetail></root>"), || Reply::Text(401, String::new())] {
        let (bench, stand_in) = (Bench::new().await, StandIn::new(move |_, _| refusal()));
        let error = bench.sync(&stand_in).await.expect_err("nothing can be loaded");
        assert!(matches!(error, SyncError::Client(ClientError::SignIn(_))), "{error}");
        assert!(!error.to_string().contains("ss=word"));
        assert_eq!(stand_in.paths(), ["auth/getToken"]);
    }
}

#[tokio::test]
async fn a_run_that_was_stopped_goes_on_with_the_pages_that_are_missing() {
    let bench = Bench::new().await;
    let broken = StandIn::new(|request, count| match request.path.as_str() {
        "kyujin/M100/2" => Reply::Text(500, String::new()),
        _ => well_behaved(request, count),
    });
    let error = bench.sync(&broken).await.expect_err("page 2 cannot be had");
    assert!(matches!(error, SyncError::Client(ClientError::GivenUp(_))), "{error}");
    assert_eq!(bench.open().await, 0, "nothing is applied before the delivery is complete");
    assert_eq!(bench.kept_pages(), 1);
    let stand_in = StandIn::new(well_behaved);
    assert_eq!(bench.sync(&stand_in).await.expect("it runs").import.totals.new, 5);
    assert!(!stand_in.paths().contains(&"kyujin/M100/1".to_owned()), "{:?}", stand_in.paths());
}

#[tokio::test]
async fn pages_of_another_day_are_loaded_again() {
    let bench = Bench::new().await;
    let broken = StandIn::new(|request, count| match request.path.as_str() {
        "kyujin/M100/2" => Reply::Text(400, String::new()),
        _ => well_behaved(request, count),
    });
    let error = bench.sync(&broken).await.expect_err("page 2 cannot be had");
    assert!(matches!(error, SyncError::Client(ClientError::Status(400))), "{error}");
    let stand_in = StandIn::new(well_behaved);
    stand_in.clock.set(MORNING + 24 * HOUR);
    bench.sync(&stand_in).await.expect("it runs");
    assert!(stand_in.paths().contains(&"kyujin/M100/1".to_owned()));
}

#[tokio::test]
async fn while_the_service_is_closed_nothing_is_asked_and_the_message_says_when_it_opens() {
    let (bench, stand_in) = (Bench::new().await, StandIn::new(well_behaved));
    stand_in.clock.set(MORNING - 5 * HOUR);
    let error = bench.sync(&stand_in).await.expect_err("it is five in the morning");
    assert!(error.to_string().contains("2026-11-24 06:00"), "{error}");
    assert!(stand_in.paths().is_empty());
    let job = SyncJob { wait: true, ..bench.job() };
    bench.sync_with(&stand_in, &job).await.expect("it waits and runs");
    assert!(stand_in.seen()[0].at >= MORNING - 4 * HOUR);
}

#[tokio::test]
async fn a_run_across_midnight_starts_again_in_the_morning_with_a_new_token() {
    let bench = Bench::new().await;
    let stand_in = StandIn::new(|request, count| match request.path.as_str() {
        "auth/getToken" => token(&format!("T{count}")),
        _ => well_behaved(request, count),
    });
    // 23:59:58: there is time for the sign-in and the list.
    stand_in.clock.set(MORNING + 14 * HOUR - 2_000);
    let job = SyncJob { wait: true, ..bench.job() };
    let report = bench.sync_with(&stand_in, &job).await.expect("it waits and runs");
    assert_eq!(report.import.totals.new, 5);
    let pages: Vec<_> = stand_in.seen().into_iter().filter(|request| request.path.contains("/M100/")).collect();
    assert!(pages.iter().all(|request| request.form == "token=T1" && request.at >= MORNING + 20 * HOUR), "{pages:?}");
}

#[tokio::test]
async fn a_page_that_should_be_there_and_is_not_ends_the_run() {
    let (bench, stand_in) = (
        Bench::new().await,
        StandIn::new(|request, count| match request.path.as_str() {
            "kyujin" => list(&[("M100", 5, 3)]),
            "kyujin/M100/1" => ok(page(0..3, 3)),
            "kyujin/M100/2" => Reply::Text(404, String::new()),
            _ => well_behaved(request, count),
        }),
    );
    let error = bench.sync(&stand_in).await.expect_err("a page is missing");
    assert_eq!(error.to_string(), "M100 は 3 ページのはずですが、2 ページ目がありません");
    assert_eq!(bench.open().await, 0);
}

#[tokio::test]
async fn without_page_totals_pages_are_loaded_until_there_are_no_more() {
    let (bench, stand_in) = (
        Bench::new().await,
        StandIn::new(|request, count| match request.path.as_str() {
            "kyujin" => ok("<root><kyujin_list><data><data_id>M100</data_id></data></kyujin_list></root>"),
            "kyujin/M100/1" => ok(page(0..3, 0).replace("<page>0</page>", "")),
            "kyujin/M100/2" => ok(page(3..5, 0).replace("<page>0</page>", "")),
            _ => well_behaved(request, count),
        }),
    );
    assert_eq!(bench.sync(&stand_in).await.expect("it runs").import.totals.new, 5);
    assert!(stand_in.paths().contains(&"kyujin/M100/3".to_owned()));
}

#[tokio::test]
async fn fewer_postings_than_announced_are_imported_but_nothing_is_closed() {
    let bench = Bench::new().await;
    bench.sync(&StandIn::new(well_behaved)).await.expect("it runs");
    let short = StandIn::new(|request, count| match request.path.as_str() {
        "kyujin/M100/2" => ok(page(3..4, 2)),
        "kyujin/M200/1" => ok(page(3..4, 1)),
        _ => well_behaved(request, count),
    });
    let report = bench.sync(&short).await.expect("it runs");
    assert_eq!(report.short, [Shortfall { id: "M100".to_owned(), announced: 5, came: 4 }]);
    assert_eq!((report.import.closing, report.complaints().len()), (Closing::NotAsked, 1));
    assert_eq!(bench.open().await, 5);
}

#[tokio::test]
async fn what_is_gone_is_closed_but_only_when_everything_was_asked_for() {
    let bench = Bench::new().await;
    bench.sync(&StandIn::new(well_behaved)).await.expect("it runs");
    let smaller = |request: &Request, count: usize| match request.path.as_str() {
        "kyujin" => list(&[("M100", 4, 1)]),
        "kyujin/M100/1" => ok(page(0..4, 1)),
        _ => well_behaved(request, count),
    };
    let job = SyncJob { data_ids: vec!["M100".to_owned()], ..bench.job() };
    let report = bench.sync_with(&StandIn::new(smaller), &job).await.expect("it runs");
    assert_eq!(report.import.closing, Closing::NotAsked);
    let report = bench.sync(&StandIn::new(smaller)).await.expect("it runs");
    assert_eq!(report.import.closing, Closing::Closed(1));
    assert_eq!(bench.open().await, 4);
    let unknown = SyncJob { data_ids: vec!["M999".to_owned()], ..bench.job() };
    let error = bench.sync_with(&StandIn::new(smaller), &unknown).await.expect_err("there is no such data");
    assert!(matches!(error, SyncError::NotOffered(id) if id == "M999"));
}

#[tokio::test]
async fn a_second_run_at_the_same_time_is_refused() {
    let (bench, stand_in) = (Bench::new().await, StandIn::new(well_behaved));
    let folder = bench.folder.path().join("feed");
    std::fs::create_dir_all(&folder).expect("the folder");
    let held = lock(&folder).expect("nobody else runs");
    assert!(matches!(bench.sync(&stand_in).await, Err(SyncError::Running)));
    drop(held);
    bench.sync(&stand_in).await.expect("it runs");
}

#[test]
fn a_kept_page_is_found_again_by_its_name_and_a_half_written_one_is_not() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let came = Page { xml: page(0..3, 7).into_bytes(), postings: 3, pages: Some(7) };
    let kept = keep(folder.path(), "M100", 2, &came).expect("it is kept");
    std::fs::write(folder.path().join("M100-00003-00007-3.xml.part"), "<root>").expect("a file");
    let found = kept_pages(folder.path()).expect("the folder is read");
    assert_eq!(found, BTreeMap::from([(("M100".to_owned(), 2), kept)]));
}
