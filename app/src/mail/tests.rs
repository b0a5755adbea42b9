use super::*;
use crate::clock::Clock;
use crate::database::Database;
use crate::database::testing::on_each;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

async fn write(database: &Database, recipient: &str, now: i64, useful_ms: i64) -> String {
    let mut transaction = database.begin().await.expect("a transaction");
    let id = db::write(&mut transaction, recipient, ("件名", "本文\n1234 5678"), now, Some(useful_ms)).await.expect("a mail");
    transaction.commit().await.expect("a commit");
    id
}

fn files(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    entries.into_iter().map(|entry| std::fs::read_to_string(entry.path()).expect("a file")).collect()
}

#[tokio::test]
async fn a_mail_that_is_written_leaves_once_and_its_content_is_forgotten() {
    on_each(async |database| {
        let folder = tempfile::tempdir().expect("a folder");
        let transport = Transport::Folder(folder.path().to_owned());
        let id = write(&database, "hanako@example.jp", 1000, 60_000).await;
        assert_eq!(db::fate(&database, &id).await.expect("a fate"), Fate::Waiting);
        assert_eq!(send_due(&database, &transport, &Clock::standing_at(1000)).await.expect("a round"), Sent { sent: 1, failed: 0 });
        assert_eq!(send_due(&database, &transport, &Clock::standing_at(100_000)).await.expect("a round"), Sent::default());
        assert_eq!(files(folder.path()), ["hanako@example.jp\n件名\n\n本文\n1234 5678"]);
        assert_eq!(db::fate(&database, &id).await.expect("a fate"), Fate::Sent);
        let (kept,): (String,) =
            sqlx::query_as("SELECT recipient || body FROM mails").fetch_one(database.read()).await.expect("the row stays a while");
        assert_eq!(kept, "");
    })
    .await;
}

#[tokio::test]
async fn what_is_rolled_back_is_never_sent() {
    on_each(async |database| {
        let mut transaction = database.begin().await.expect("a transaction");
        db::write(&mut transaction, "hanako@example.jp", ("件名", "本文"), 0, None).await.expect("a mail");
        transaction.rollback().await.expect("a rollback");
        assert_eq!(db::take_due(&database, i64::MAX / 2).await.expect("an answer"), None);
    })
    .await;
}

#[tokio::test]
async fn a_code_leaves_before_what_nobody_waits_for() {
    on_each(async |database| {
        let mut transaction = database.begin().await.expect("a transaction");
        for at in 0..3 {
            db::write(&mut transaction, &format!("a{at}@example.jp"), ("お知らせ", "本文"), at, None).await.expect("a mail");
        }
        transaction.commit().await.expect("a commit");
        let code = write(&database, "hanako@example.jp", 9, 60_000).await;
        let taken = db::take_due(&database, 10).await.expect("an answer").expect("one is due");
        assert_eq!(taken.id, code, "it was written last");
        assert_eq!(db::take_due(&database, 10).await.expect("an answer").expect("another").recipient, "a0@example.jp");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_senders_at_once_one_takes_a_mail() {
    on_each(async |database| {
        write(&database, "hanako@example.jp", 0, 60_000).await;
        let takers: Vec<_> = (0..16)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { db::take_due(&database, 10).await.expect("an answer").is_some() })
            })
            .collect();
        let mut taken = 0;
        for taker in takers {
            taken += u32::from(taker.await.expect("a taker ends"));
        }
        assert_eq!(taken, 1);
    })
    .await;
}

#[tokio::test]
async fn a_sender_that_died_on_the_way_leaves_the_mail_to_the_next() {
    on_each(async |database| {
        write(&database, "hanako@example.jp", 0, 600_000).await;
        let taken = db::take_due(&database, 0).await.expect("an answer").expect("a mail");
        assert_eq!(db::take_due(&database, 60_000).await.expect("an answer"), None);
        let again = db::take_due(&database, 120_000).await.expect("an answer").expect("the same mail");
        assert_eq!((again.id, again.tries), (taken.id, 2));
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_is_tried_again_and_again_until_it_is_of_no_use() {
    on_each(async |database| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "").expect("a file");
        // A file stands where the folder should be: every try fails.
        let broken = Transport::Folder(file);
        let id = write(&database, "hanako@example.jp", 0, 90_000).await;
        let mut tried = Vec::new();
        for now in (0..120_000).step_by(1000) {
            if send_due(&database, &broken, &Clock::standing_at(now)).await.expect("a round").failed == 1 {
                tried.push(now);
            }
            let fate = db::fate(&database, &id).await.expect("a fate");
            assert_eq!(fate, if now < 80_000 { Fate::Delayed } else { fate }, "{now}");
        }
        assert_eq!(tried, [0, 5_000, 20_000, 80_000]);
        assert_eq!(db::fate(&database, &id).await.expect("a fate"), Fate::GivenUp);
    })
    .await;
}

/// A stand-in mail server that refuses the first `refused` mails and keeps what it accepts.
async fn mail_server(refused: u32) -> (String, Arc<std::sync::Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let mails = Arc::new(std::sync::Mutex::new(Vec::new()));
    let (kept, left) = (mails.clone(), Arc::new(AtomicU32::new(refused)));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (kept, left) = (kept.clone(), left.clone());
            tokio::spawn(async move {
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 mail.example\r\n").await.expect("a greeting");
                let mut data: Option<String> = None;
                while let Ok(Some(line)) = lines.next_line().await {
                    let answer = match (&mut data, line.as_str()) {
                        (Some(text), ".") => {
                            kept.lock().expect("the list").push(std::mem::take(text));
                            data = None;
                            "250 taken\r\n"
                        }
                        (Some(text), line) => {
                            text.push_str(line);
                            text.push('\n');
                            continue;
                        }
                        (None, line)
                            if line.starts_with("MAIL")
                                && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() =>
                        {
                            "451 later\r\n"
                        }
                        (None, "DATA") => {
                            data = Some(String::new());
                            "354 go on\r\n"
                        }
                        (None, "QUIT") => "221 bye\r\n",
                        (None, _) => "250 mail.example\r\n",
                    };
                    if write.write_all(answer.as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (url, mails)
}

#[tokio::test]
async fn a_mail_server_that_refuses_for_a_while_gets_the_mail_later_and_once() {
    on_each(async |database| {
        let (url, mails) = mail_server(2).await;
        let transport = Transport::smtp(&url, "no-reply@mypage.example").expect("a transport");
        write(&database, "hanako@example.jp", 0, 600_000).await;
        for now in [0, 5_000, 20_000, 80_000] {
            send_due(&database, &transport, &Clock::standing_at(now)).await.expect("a round");
        }
        let mails = mails.lock().expect("the list");
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("To: hanako@example.jp") && mails[0].contains("From: no-reply@mypage.example"), "{}", mails[0]);
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_asked_for_while_many_mails_leave_does_not_wait_for_them() {
    const MANY: usize = 100;
    on_each(async |database| {
        let (url, mails) = mail_server(0).await;
        let transport = Transport::smtp(&url, "no-reply@mypage.example").expect("a transport");
        let mut transaction = database.begin().await.expect("a transaction");
        for at in 0..MANY {
            db::write(&mut transaction, &format!("a{at}@example.jp"), ("お知らせ", "本文"), 0, None).await.expect("a mail");
        }
        transaction.commit().await.expect("a commit");
        let clock = Clock::standing_at(10);
        let arrived = || mails.lock().expect("the list").len();
        let asked = async {
            while arrived() == 0 {
                tokio::task::yield_now().await;
            }
            clock.set(20);
            write(&database, "hanako@example.jp", 20, 60_000).await;
        };
        let (round, ()) = tokio::join!(send_due(&database, &transport, &clock), asked);
        assert_eq!(round.expect("a round").sent, u32::try_from(MANY + 1).expect("few"));
        let place = mails.lock().expect("the list").iter().position(|mail| mail.contains("To: hanako@example.jp")).expect("it left");
        assert!(place < MANY / 2, "{place}");
    })
    .await;
}

#[test]
fn a_transport_that_cannot_be_read_is_refused_at_the_start() {
    for (url, from) in [("http://mail.example", "no-reply@mypage.example"), ("smtp://mail.example", "nobody"), ("", "")] {
        assert!(Transport::smtp(url, from).is_err(), "{url} {from}");
    }
}

#[test]
fn pauses_grow_from_seconds_to_an_hour() {
    let pauses: Vec<i64> = (1..10).map(pause_after).collect();
    assert!(pauses.is_sorted() && pauses[0] == 5_000 && pauses[8] == 3_600_000);
}

#[test]
fn a_code_stands_in_the_text_of_its_mail_in_two_groups_and_never_in_the_subject() {
    let (subject, body) = Letter::SignInCode("12345678".into(), "AndroidのChrome".into()).written("https://mypage.example");
    assert!(body.contains("\n1234 5678\n") && body.contains("https://mypage.example/account/forgotten"), "{body}");
    assert!(!subject.contains("1234"));
}
