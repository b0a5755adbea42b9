//! Every test runs on SQLite and on PostgreSQL.

use super::*;
use crate::database::testing::on_each;
use crate::date::Date;
use crate::postings::search::ResultRow;
use crate::postings::{Flags, Kind, PublishingScope, Wage};
use std::collections::BTreeSet;

fn number(serial: u32) -> PostingNumber {
    format!("13010-{serial:08}").parse().expect("a posting number")
}

fn record_of(number: &PostingNumber, title: &str) -> Record {
    [("kjno", number.as_str()), ("sksu", title), ("unknown_item", "　なし　")].into_iter().collect()
}

fn listing_of(number: &PostingNumber, title: &str) -> Listing {
    let row = ResultRow {
        number: number.clone(),
        title: title.to_owned(),
        name: Some("株式会社　見本".to_owned()),
        kind: Kind::General,
        work_time: None,
        form: None,
        place: None,
        station: None,
        wage: Wage::default(),
        hours: Vec::new(),
        days_off: None,
        days_off_year: None,
        description: String::new(),
        flags: Flags::default(),
        received_on: Date::from_epoch_days(20_500),
        deadline: Date::from_epoch_days(20_590),
        closed: false,
    };
    Listing { scope: PublishingScope::RegisteredSeekers, row }
}

fn incoming(serial: u32, title: &str) -> Incoming {
    incoming_for(number(serial), title)
}

fn incoming_for(number: PostingNumber, title: &str) -> Incoming {
    let flat = flatten(&record_of(&number, title));
    let listing = listing_of(&number, title);
    Incoming {
        content_hash: Incoming::content_hash(&flat, 1),
        scope: listing.scope,
        received_on: listing.row.received_on,
        deadline: listing.row.deadline,
        summary: serde_json::to_string(&listing).expect("a listing is JSON"),
        packed: Packer::new().and_then(|mut packer| packer.pack(&flat)).expect("a record packs"),
        number,
    }
}

async fn applied(database: &Database, chunk: &[Incoming], now: i64) -> (u64, u64, u64) {
    let applied = apply(database, chunk, Origin::Feed, now).await.expect("the chunk applies");
    assert_eq!(applied.clashes, []);
    (applied.new, applied.changed, applied.unchanged)
}

async fn record_in(database: &Database, change: &Change) -> Record {
    let records = records(database, &[change.record_id]).await.expect("records are read");
    Unpacker::new().expect("an unpacker").unpack(&records[&change.record_id]).expect("the record reads back")
}

async fn changes(database: &Database, after: i64) -> Vec<Change> {
    changes_after(database, after, 1_000_000).await.expect("changes are read")
}

#[tokio::test]
async fn a_posting_reads_back_with_every_item_and_its_row() {
    on_each(async |database| {
        assert_eq!(applied(&database, &[incoming(1, "事務員")], 5).await, (1, 0, 0));
        let stored = find(&database, &number(1)).await.expect("it is read").expect("it is kept");
        let expected = Stored {
            number: number(1),
            origin: Origin::Feed,
            closed_at: None,
            changed_at: 5,
            listing: listing_of(&number(1), "事務員"),
            record: record_of(&number(1), "事務員"),
        };
        assert_eq!(stored, expected);
        assert_eq!(find(&database, &number(2)).await.expect("the database answers"), None);
    })
    .await;
}

#[tokio::test]
async fn the_same_chunk_again_changes_nothing_and_takes_no_revision() {
    on_each(async |database| {
        let chunk: Vec<_> = (0..100).map(|serial| incoming(serial, "事務員")).collect();
        assert_eq!(applied(&database, &chunk, 1).await, (100, 0, 0));
        let latest = latest_revision(&database).await.expect("a revision");
        assert_eq!(applied(&database, &chunk, 2).await, (0, 0, 100));
        assert_eq!(latest_revision(&database).await.expect("a revision"), latest);
        assert!(changes(&database, latest).await.is_empty());
        let stored = find(&database, &number(7)).await.expect("it is read").expect("it is kept");
        assert_eq!(stored.changed_at, 1);
    })
    .await;
}

#[tokio::test]
async fn only_what_changed_gets_a_new_revision() {
    on_each(async |database| {
        let mut chunk: Vec<_> = (0..90).map(|serial| incoming(serial, "事務員")).collect();
        applied(&database, &chunk, 1).await;
        chunk[40] = incoming(40, "経理事務員");
        chunk.push(incoming(90, "看護師"));
        assert_eq!(applied(&database, &chunk, 2).await, (1, 1, 89));
        let changes = changes(&database, 90).await;
        let seen: Vec<_> = changes.iter().map(|change| (change.revision, change.number.clone())).collect();
        assert_eq!(seen, [(91, number(40)), (92, number(90))]);
        assert_eq!(record_in(&database, &changes[0]).await.get("sksu"), Some("経理事務員"));
    })
    .await;
}

#[tokio::test]
async fn a_feed_never_touches_a_posting_of_a_desk_nor_a_desk_one_of_the_feed() {
    on_each(async |database| {
        let desk: PostingNumber = "99999-1".parse().expect("a number");
        let written = apply(&database, &[incoming_for(desk.clone(), "窓口")], Origin::Desk, 1).await.expect("a desk writes");
        assert_eq!(written.new, 1);
        applied(&database, &[incoming(1, "事務員")], 1).await;
        let intruding = [incoming_for(desk.clone(), "偽"), incoming(2, "看護師")];
        let outcome = apply(&database, &intruding, Origin::Feed, 2).await.expect("the chunk applies");
        assert_eq!((outcome.new, outcome.changed, outcome.clashes), (1, 0, vec![desk.clone()]));
        let outcome = apply(&database, &[incoming(1, "偽")], Origin::Desk, 2).await.expect("the chunk applies");
        assert_eq!(outcome.clashes, [number(1)]);
        let stored = find(&database, &desk).await.expect("it is read").expect("it is kept");
        assert_eq!((stored.origin, stored.record.get("sksu")), (Origin::Desk, Some("窓口")));
        let open = open_of_feed(&database, None, 10).await.expect("numbers");
        assert_eq!(open, [number(1), number(2)]);
        assert_eq!(close(&database, &[desk], i64::MAX, 3).await.expect("closing runs"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_closed_posting_stays_is_told_to_followers_and_opens_again_when_it_comes_back() {
    on_each(async |database| {
        let chunk: Vec<_> = (0..30).map(|serial| incoming(serial, "事務員")).collect();
        applied(&database, &chunk, 1).await;
        let gone: Vec<_> = (0..25).map(number).collect();
        assert_eq!(close(&database, &gone, 30, 2).await.expect("closing runs"), 25);
        assert_eq!(close(&database, &gone, 30, 3).await.expect("closing runs"), 0, "closed once");
        let told = changes(&database, 30).await;
        assert_eq!(told.len(), 25);
        for change in &told {
            assert!(change.closed && record_in(&database, change).await.get("sksu") == Some("事務員"));
        }
        let stored = find(&database, &number(3)).await.expect("it is read").expect("it is kept");
        assert_eq!((stored.closed_at, stored.changed_at), (Some(2), 2));
        assert_eq!(open_of_feed(&database, None, 100).await.expect("numbers").len(), 5);
        assert_eq!(applied(&database, &chunk, 4).await, (0, 25, 5));
        let stored = find(&database, &number(3)).await.expect("it is read").expect("it is kept");
        assert_eq!((stored.closed_at, stored.changed_at), (None, 4));
    })
    .await;
}

#[tokio::test]
async fn a_posting_that_changed_since_the_delivery_began_is_not_closed() {
    on_each(async |database| {
        applied(&database, &[incoming(1, "事務員")], 1).await;
        let began = latest_revision(&database).await.expect("a revision");
        applied(&database, &[incoming(1, "経理事務員")], 2).await;
        assert_eq!(close(&database, &[number(1)], began, 3).await.expect("closing runs"), 0);
    })
    .await;
}

#[tokio::test]
async fn rows_come_in_the_order_asked_for() {
    on_each(async |database| {
        let chunk: Vec<_> = (0..300).map(|serial| incoming(serial, &format!("職種{serial}"))).collect();
        applied(&database, &chunk, 1).await;
        close(&database, &[number(7)], i64::MAX, 9).await.expect("closing runs");
        let wanted: Vec<_> = [299, 7, 1_000, 0, 7].into_iter().map(number).collect();
        let rows = listings(&database, &wanted).await.expect("rows");
        let seen: Vec<_> = rows.iter().map(|(number, listing, closed)| (number.clone(), listing.row.title.clone(), *closed)).collect();
        let expected = [(299, None), (7, Some(9)), (0, None)].map(|(serial, closed)| (number(serial), format!("職種{serial}"), closed));
        assert_eq!(seen, expected);
        let all: Vec<_> = (0..300).map(number).collect();
        assert_eq!(known(&database, &all).await.expect("they are known").len(), 300);
        assert_eq!(listings(&database, &all).await.expect("rows").len(), 300);
    })
    .await;
}

#[tokio::test]
async fn a_chunk_that_is_cut_off_leaves_nothing_behind() {
    on_each(async |database| {
        let chunk: Vec<_> = (10..20).map(|serial| incoming(serial, "事務員")).collect();
        // Dropped in the middle of its work, as a crash would.
        let cut = tokio::time::timeout(std::time::Duration::ZERO, apply(&database, &chunk, Origin::Feed, 1)).await;
        assert!(cut.is_err() || cut.is_ok_and(|applied| applied.is_ok()));
        let (new, changed, unchanged) = applied(&database, &chunk, 2).await;
        assert_eq!((new + unchanged, changed), (10, 0), "all of the chunk or nothing");
        assert!(new == 0 || unchanged == 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_importers_of_the_same_delivery_keep_each_posting_once() {
    on_each(async |database| {
        let chunks: Vec<Vec<_>> = (0..8).map(|n| (n * 40..(n + 1) * 40).map(|serial| incoming(serial, "事務員")).collect()).collect();
        let importers: Vec<_> = (0..16)
            .map(|importer: usize| {
                let (database, chunks) = (database.clone(), chunks.clone());
                tokio::spawn(async move {
                    let mut new = 0;
                    for n in 0..chunks.len() {
                        new += applied(&database, &chunks[(n + importer) % chunks.len()], 1).await.0;
                    }
                    new
                })
            })
            .collect();
        let mut new = 0;
        for importer in importers {
            new += importer.await.expect("the importer ends");
        }
        assert_eq!(new, 320, "each posting is new to exactly one importer");
        let revisions: Vec<_> = changes(&database, 0).await.iter().map(|change| change.revision).collect();
        assert_eq!(revisions, (1..=320).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_skips_nothing_while_two_writers_write() {
    on_each(async |database| {
        let writers: Vec<_> = (0..2_u32)
            .map(|writer| {
                let database = database.clone();
                tokio::spawn(async move {
                    for n in 0..60 {
                        let chunk: Vec<_> = (0..5).map(|k| incoming(writer * 1_000 + n * 5 + k, "事務員")).collect();
                        applied(&database, &chunk, 1).await;
                    }
                })
            })
            .collect();
        let mut seen = BTreeSet::new();
        let mut after = 0;
        while seen.len() < 600 {
            let running = writers.iter().any(|writer| !writer.is_finished());
            let some = changes_after(&database, after, 7).await.expect("changes are read");
            assert!(running || !some.is_empty(), "{} of 600 postings were told", seen.len());
            for change in some {
                assert!(change.revision > after);
                after = change.revision;
                seen.insert(change.number);
            }
        }
        for writer in writers {
            writer.await.expect("the writer ends");
        }
    })
    .await;
}
