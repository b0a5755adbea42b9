//! Whole imports, from XML to the database.

use super::*;
use crate::database::testing::on_each;
use crate::postings::Viewer;
use crate::postings::db::{self, Origin};
use crate::postings::number::PostingNumber;
use crate::postings::search::index::SearchIndex;
use crate::postings::search::{Results, SearchQuery};
use std::fmt::Write as _;
use std::ops::Add as _;
use std::path::Path;
use tempfile::TempDir;

/// A posting of the feed as XML.
fn data(number: &str, title: &str) -> String {
    format!(
        "<data><kjno>{number}</kjno><uktkymd_seireki>2026/04/01</uktkymd_seireki><kjyukoymd>2026/06/30</kjyukoymd><sksu>{title}</sksu>\
         <unknown_item>　そのまま　</unknown_item></data>"
    )
}

fn document(postings: &[String]) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root><kyujin>{}</kyujin></root>", postings.concat())
}

fn many(serials: std::ops::Range<u32>, title: &str) -> Vec<String> {
    serials.map(|serial| data(&format!("13010-{serial:08}"), title)).collect()
}

fn number(serial: u32) -> PostingNumber {
    format!("13010-{serial:08}").parse().expect("a number")
}

/// A folder of files to import, in their order.
struct Files(TempDir);

impl Files {
    fn new(documents: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        for (n, document) in documents.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{n}.xml")), document).expect("a file");
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

/// What an import told while it ran.
#[derive(Default)]
struct Told {
    rejected: Vec<String>,
    failed: Vec<String>,
}

fn job(files: &Files) -> ImportJob {
    ImportJob {
        sources: sources(&[files.path().to_owned()]).expect("there are files"),
        complete: false,
        force_close: false,
        prepares: false,
        settings: FeedSettings::default(),
        spool_folder: files.path().to_owned(),
        clock: Clock::standing_at(1_000),
    }
}

async fn run(database: &Database, files: &Files, change: impl FnOnce(&mut ImportJob)) -> (Report, Told) {
    let mut job = job(files);
    change(&mut job);
    let mut told = Told::default();
    let mut watch = |event: Event<'_>| match event {
        Event::Rejected(rejection) => {
            let number = rejection.number.clone().unwrap_or_default();
            told.rejected.push(format!("{number} {} {}", rejection.item, rejection.reason));
        }
        Event::Failed(failed) => told.failed.push(failed.reason.clone()),
        _ => {}
    };
    let report = import(database, &job, &mut watch).await.expect("the import runs");
    (report, told)
}

fn totals(read: u64, new: u64, changed: u64, unchanged: u64, rejected: u64) -> Totals {
    Totals { read, new, changed, unchanged, rejected, repeated: 0 }
}

async fn is_open(database: &Database, number: &PostingNumber) -> Option<bool> {
    db::find(database, number).await.expect("the database answers").map(|stored| stored.closed_at.is_none())
}

#[tokio::test]
async fn a_delivery_is_kept_with_every_item_and_again_changes_nothing() {
    on_each(async |database| {
        let files = Files::new(&[&document(&many(0..700, "事務員"))]);
        let (report, _) = run(&database, &files, |_| {}).await;
        assert_eq!(report.totals, totals(700, 700, 0, 0, 0));
        let stored = db::find(&database, &number(699)).await.expect("it is read").expect("it is kept");
        assert_eq!(stored.record.get("unknown_item"), Some("　そのまま　"));
        assert_eq!((stored.listing.row.title.as_str(), stored.origin), ("事務員", Origin::Feed));
        let revision = db::latest_revision(&database).await.expect("a revision");
        let (again, _) = run(&database, &files, |_| {}).await;
        assert_eq!(again.totals, totals(700, 0, 0, 700, 0));
        assert_eq!(db::latest_revision(&database).await.expect("a revision"), revision);
    })
    .await;
}

#[tokio::test]
async fn only_what_changed_is_written_again() {
    on_each(async |database| {
        run(&database, &Files::new(&[&document(&many(0..300, "事務員"))]), |_| {}).await;
        let mut later = many(0..300, "事務員");
        later[17] = data("13010-00000017", "経理事務員");
        later.push(data("13010-00000300", "看護師"));
        let (report, _) = run(&database, &Files::new(&[&document(&later)]), |_| {}).await;
        assert_eq!(report.totals, totals(301, 1, 1, 299, 0));
    })
    .await;
}

#[tokio::test]
async fn reading_records_in_another_way_derives_them_again() {
    on_each(async |database| {
        let files = Files::new(&[&document(&many(0..3, "事務員"))]);
        run(&database, &files, |_| {}).await;
        let (report, _) = run(&database, &files, |job| job.settings.barrier_free = "elevator=kj_ev".parse().expect("a tag")).await;
        assert_eq!(report.totals, totals(3, 0, 3, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn faulty_postings_are_told_with_number_item_and_reason_and_stop_nothing() {
    on_each(async |database| {
        let no_title = "<data><kjno>13010-2</kjno><uktkymd_seireki>2026/04/01</uktkymd_seireki><kjyukoymd>2026/06/30</kjyukoymd></data>";
        let long = data("13010-5", "調理員")
            .replace("<unknown_item>", &format!("<x>{}</x>", "長".repeat(20_000)).repeat(20).add("<unknown_item>"));
        let faulty = [no_title.to_owned(), data("番号なし", "事務員"), data("99999-7", "偽の窓口"), long];
        let postings: Vec<_> = [data("13010-1", "事務員")].into_iter().chain(faulty).chain([data("13010-4", "看護師")]).collect();
        let (report, told) = run(&database, &Files::new(&[&document(&postings)]), |_| {}).await;
        assert_eq!(report.totals, totals(6, 2, 0, 0, 4));
        assert_eq!(told.rejected.len(), 4);
        for (start, item) in [("13010-5 ", "data"), ("13010-2 ", "sksu"), ("番号なし ", "kjno"), ("99999-7 ", "kjno")] {
            assert!(told.rejected.iter().any(|line| line.starts_with(start) && line.contains(item)), "{start}: {:?}", told.rejected);
        }
        assert_eq!(is_open(&database, &"99999-7".parse().expect("a number")).await, None);
    })
    .await;
}

#[tokio::test]
async fn of_two_postings_with_one_number_the_first_counts_and_an_equal_one_is_only_counted() {
    on_each(async |database| {
        let postings = [data("13010-1", "事務員"), data("13010-1", "看護師"), data("１３０１０－１", "調理員"), data("13010-1", "事務員")];
        let second_file = document(&[data("13010-1", "事務員"), data("13010-1", "営業")]);
        let (report, told) = run(&database, &Files::new(&[&document(&postings), &second_file]), |_| {}).await;
        assert_eq!(report.totals, Totals { read: 6, new: 1, rejected: 3, repeated: 2, ..Totals::default() });
        assert!(told.rejected.iter().all(|line| line.contains(text::import_duplicate())), "{:?}", told.rejected);
        let stored = db::find(&database, &"13010-1".parse().expect("a number")).await.expect("it is read").expect("it is kept");
        assert_eq!(stored.record.get("sksu"), Some("事務員"));
    })
    .await;
}

#[tokio::test]
async fn a_broken_file_changes_nothing_and_the_later_ones_get_their_turn() {
    on_each(async |database| {
        let whole = document(&many(0..600, "事務員"));
        let cut = &whole[..whole.len() * 9 / 10];
        let cut = &cut[..cut.rfind('<').expect("a tag") + 3];
        let bomb =
            "<!DOCTYPE root [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><root><kyujin><data><kjno>&b;</kjno></data></kyujin></root>";
        let good = document(&many(0..2, "看護師"));
        let (report, told) = run(&database, &Files::new(&[cut, bomb, "", &good]), |job| job.complete = true).await;
        assert_eq!(report.totals, totals(2, 2, 0, 0, 0), "numbers of a broken file are not taken as seen");
        assert_eq!((report.failed.len(), told.failed.len()), (3, 3));
        assert_eq!(report.closing, Closing::SourceFailed);
        assert_eq!(report.complaints().len(), 2);
        assert_eq!(is_open(&database, &number(5)).await, None);
        let stored = db::find(&database, &number(1)).await.expect("it is read").expect("it is kept");
        assert_eq!(stored.record.get("sksu"), Some("看護師"));
    })
    .await;
}

#[tokio::test]
async fn a_complete_delivery_closes_what_it_lacks_and_one_that_comes_back_is_open_again() {
    on_each(async |database| {
        run(&database, &Files::new(&[&document(&many(0..10, "事務員"))]), |_| {}).await;
        let lacking = Files::new(&[&document(&many(0..8, "事務員"))]);
        let (report, _) = run(&database, &lacking, |_| {}).await;
        assert_eq!(report.closing, Closing::NotAsked);
        let (report, _) = run(&database, &lacking, |job| job.complete = true).await;
        assert_eq!(report.closing, Closing::Closed(2));
        assert_eq!((is_open(&database, &number(7)).await, is_open(&database, &number(8)).await), (Some(true), Some(false)));
        let (report, _) = run(&database, &Files::new(&[&document(&many(8..9, "事務員"))]), |_| {}).await;
        assert_eq!(report.totals, totals(1, 0, 1, 0, 0));
        assert_eq!(is_open(&database, &number(8)).await, Some(true));
    })
    .await;
}

#[tokio::test]
async fn more_than_one_in_five_is_closed_only_when_told() {
    on_each(async |database| {
        run(&database, &Files::new(&[&document(&many(0..10, "事務員"))]), |_| {}).await;
        let lacking = Files::new(&[&document(&many(0..7, "事務員"))]);
        let (report, _) = run(&database, &lacking, |job| job.complete = true).await;
        assert_eq!(report.closing, Closing::TooMany { missing: 3, open: 10 });
        assert_eq!(is_open(&database, &number(9)).await, Some(true));
        let (report, _) = run(&database, &lacking, |job| (job.complete, job.force_close) = (true, true)).await;
        assert_eq!(report.closing, Closing::Closed(3));
        assert_eq!(is_open(&database, &number(9)).await, Some(false));
    })
    .await;
}

#[tokio::test]
async fn a_posting_that_came_faulty_is_not_closed_for_that() {
    on_each(async |database| {
        run(&database, &Files::new(&[&document(&many(0..10, "事務員"))]), |_| {}).await;
        let mut postings = many(0..9, "事務員");
        postings.push(data("13010-00000009", ""));
        let (report, _) = run(&database, &Files::new(&[&document(&postings)]), |job| job.complete = true).await;
        assert_eq!((report.totals.rejected, report.closing), (1, Closing::Closed(0)));
    })
    .await;
}

#[tokio::test]
async fn an_import_that_died_half_way_is_finished_by_the_next() {
    on_each(async |database| {
        let mut xml = String::from("<root><kyujin>");
        for posting in many(0..1_000, "事務員") {
            write!(xml, "{posting}").expect("a String takes every write");
        }
        xml.push_str("</kyujin></root>");
        let files = Files::new(&[&xml]);
        let job = job(&files);
        // Dropped when the second chunk is about to be applied: the first one is in the database, the others are lost with the spool.
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let mut stop = Some(stop);
        let mut watch = |event: Event<'_>| {
            if matches!(event, Event::Applying { done: 1.., .. })
                && let Some(stop) = stop.take()
            {
                stop.send(()).expect("somebody waits for it");
            }
        };
        tokio::select! {
            biased;
            _ = stopped => {}
            report = import(&database, &job, &mut watch) => { report.expect("the import runs"); }
        }
        let before = db::latest_revision(&database).await.expect("a revision");
        assert!(before > 0);
        let (report, _) = run(&database, &files, |_| {}).await;
        assert_eq!(report.totals.new + report.totals.unchanged, 1_000);
        assert!(report.totals.unchanged >= before.unsigned_abs());
        let (report, _) = run(&database, &files, |_| {}).await;
        assert_eq!(report.totals, totals(1_000, 0, 0, 1_000, 0));
    })
    .await;
}

/// What an index answers to a few searches.
fn answers(index: &SearchIndex) -> Vec<Results> {
    let today = "2026-05-01".parse().expect("a day");
    let search = |url| index.search(&SearchQuery::from_url(url).0, Viewer::Anyone, today).expect("the index answers");
    ["", "q=事務", "q=経理", "q=看護", "sort=deadline&page=2"].map(search).into()
}

#[tokio::test]
async fn what_an_import_prepares_for_the_index_is_what_the_index_would_derive() {
    on_each(async |database| {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let open = |name| SearchIndex::open(folder.path().join(name)).expect("an index begins");
        let (following, given) = (open("following"), open("given"));
        let mut later = many(0..290, "事務員");
        later[17] = data("13010-00000017", "経理事務員");
        let broken = document(&many(400..450, "看護師")).replace("</root>", "");
        let deliveries = [
            Files::new(&[&document(&many(0..300, "事務員"))]),
            Files::new(&[&document(&later)]),
            Files::new(&[&broken, &document(&many(300..310, "看護師"))]),
        ];
        for files in &deliveries {
            let job = ImportJob { prepares: true, complete: true, ..job(files) };
            let mut growing = given.begin().expect("a segment begins");
            let mut prepared = 0;
            let mut watch = |event: Event<'_>| {
                if let Event::Prepared { number, content_hash, doc } = event {
                    growing.prepare(number, content_hash, doc).expect("the segment takes it");
                    prepared += 1;
                }
            };
            import(&database, &job, &mut watch).await.expect("the import runs");
            assert!(prepared > 0);
            given.follow_with(growing, &database, &job.settings, |_| {}).await.expect("the index follows");
            following.follow(&database, &job.settings, |_| {}).await.expect("the index follows");
            assert_eq!(answers(&given), answers(&following));
            assert_eq!(given.revision(), following.revision());
        }
        let totals: Vec<u32> = answers(&given).iter().map(|results| results.total).collect();
        assert_eq!(totals, [300, 290, 1, 10, 300], "290 open ones, and 10 of the file that was not broken");
    })
    .await;
}

#[tokio::test]
async fn a_compressed_file_is_read_like_any_other() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let database = Database::open(&format!("sqlite://{}/test.db", folder.path().display())).await.expect("SQLite opens");
    let files = Files::new(&[]);
    let packed = zstd::encode_all(document(&many(0..5, "事務員")).as_bytes(), 1).expect("it packs");
    std::fs::write(files.path().join("page.xml.zst"), &packed).expect("a file");
    let (report, _) = run(&database, &files, |_| {}).await;
    assert_eq!(report.totals, totals(5, 5, 0, 0, 0));
    std::fs::write(files.path().join("page.xml.zst"), &packed[..packed.len() - 5]).expect("a file");
    let (report, _) = run(&database, &files, |_| {}).await;
    assert_eq!((report.totals, report.failed.len()), (Totals::default(), 1));
}

#[test]
fn a_line_of_the_list_of_rejections_has_four_columns_whatever_stands_in_them() {
    let rejection = Rejection {
        source: "a\tb.xml".to_owned(),
        number: Some("1\n2".to_owned()),
        item: "sksu".to_owned(),
        reason: "\u{1b}[31m".to_owned(),
    };
    assert_eq!(rejection.to_string(), "a b.xml\t1 2\tsksu\t [31m");
}

#[test]
fn the_summary_names_every_count() {
    let totals = Totals { read: 15, new: 1, changed: 2, unchanged: 3, rejected: 4, repeated: 5 };
    let report = Report { totals, failed: Vec::new(), closing: Closing::Closed(6) };
    assert_eq!(report.summary(), "読み込み 15 件: 新規 1、変更 2、変更なし 3、取り込めず 4、重複（同じ内容） 5、掲載終了 6");
    assert!(report.complaints().is_empty());
}
