//! What seekers keep, on both databases.

use super::db::{all, find, sync};
use super::*;
use crate::account::AccountId;
use crate::account::db::testing::some_account;
use crate::database::Database;
use crate::database::testing::on_each;
use crate::favorites::Favorite;
use crate::favorites::tests::favorite;

fn change(number: &str, stamp: &str, base: &str, note: Option<&str>) -> Entry {
    let thing = note.map(|note| Thing::Favorite(Favorite { note: note.to_owned(), ..favorite(number) }).to_send());
    Entry { id: favorite_id(number), stamp: stamp.to_owned(), base: base.to_owned(), thing }
}

async fn send(database: &Database, account: &AccountId, since: i64, changes: Vec<Entry>) -> Synced {
    let request = Sync { account: "tag".to_owned(), since, changes };
    sync(database, account, "tag", &request, 1).await.expect("the database answers")
}

fn notes(entries: &[Entry]) -> Vec<(String, Option<String>)> {
    let note = |entry: &Entry| match &entry.thing {
        Some(Thing::Favorite(favorite)) => Some(favorite.note.clone()),
        _ => None,
    };
    let mut notes: Vec<_> = entries.iter().map(|entry| (entry.id.clone(), note(entry))).collect();
    notes.sort();
    notes
}

#[tokio::test]
async fn a_second_phone_gets_what_the_first_has_kept_and_then_only_what_is_new() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let first = send(&database, &account, 0, vec![change("13010-1", "a", "", Some("x")), change("13010-2", "b", "", Some(""))]).await;
        assert_eq!((first.done.as_slice(), first.revision, first.is_all), (["a".to_owned(), "b".to_owned()].as_slice(), 2, true));
        let second = send(&database, &account, 0, vec![]).await;
        assert_eq!(notes(&second.entries), notes(&first.entries));
        let third = send(&database, &account, second.revision, vec![]).await;
        assert_eq!((third.entries.len(), third.is_all, third.revision), (0, false, 2));
        send(&database, &account, 2, vec![change("13010-1", "c", "a", None)]).await;
        let told = send(&database, &account, 2, vec![]).await;
        assert_eq!((notes(&told.entries), told.is_all), (vec![("favorite:13010-1".to_owned(), None)], false));
        assert_eq!(all(&database, &account).await.expect("the database answers").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_comes_again_has_no_second_effect_even_after_others() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let request = vec![change("13010-1", "a", "", Some("x"))];
        send(&database, &account, 0, request.clone()).await;
        send(&database, &account, 0, vec![change("13010-1", "b", "a", None)]).await;
        let again = send(&database, &account, 2, request).await;
        assert_eq!(again.done, ["a"]);
        assert_eq!(notes(&again.entries), [("favorite:13010-1".to_owned(), None)], "it is told what has become of it");
        assert_eq!(again.revision, 2);
    })
    .await;
}

#[tokio::test]
async fn sixteen_phones_at_once_lose_no_note() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let phones = (0..16).map(|phone| {
            let (database, account) = (database.clone(), account.clone());
            tokio::spawn(async move {
                send(&database, &account, 0, vec![change("13010-1", &format!("s{phone}"), "", Some(&format!("<{phone}>")))]).await
            })
        });
        for phone in phones.collect::<Vec<_>>() {
            phone.await.expect("no phone fails");
        }
        let entry = find(&database, &account, "favorite:13010-1").await.expect("the database answers").expect("it is there");
        let Some(Thing::Favorite(favorite)) = entry.thing else { panic!("a favorite") };
        for phone in 0..16 {
            assert!(favorite.note.contains(&format!("<{phone}>")), "{}", favorite.note);
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_what_is_anothers_and_a_closed_account_leaves_nothing() {
    on_each(async |database| {
        let (hanako, taro) = (some_account(&database, "hanako@example.jp").await, some_account(&database, "taro@example.jp").await);
        send(&database, &hanako, 0, vec![change("13010-1", "a", "", Some("x"))]).await;
        assert_eq!(send(&database, &taro, 0, vec![]).await.entries, []);
        let same_name = send(&database, &taro, 0, vec![change("13010-1", "a", "", Some("y"))]).await;
        assert_eq!(notes(&same_name.entries), [("favorite:13010-1".to_owned(), Some("y".to_owned()))]);
        let mut transaction = database.begin().await.expect("a transaction");
        crate::account::db::close(&mut transaction, &hanako).await.expect("it is closed");
        transaction.commit().await.expect("a commit");
        assert_eq!(all(&database, &hanako).await.expect("the database answers"), []);
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_comes_after_what_was_taken_out_is_forgotten_gets_everything_anew() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        send(&database, &account, 0, vec![change("13010-9999", "stays", "", Some(""))]).await;
        for some in (0..510).collect::<Vec<_>>().chunks(25) {
            let pairs = some.iter().flat_map(|n| {
                let number = format!("13010-{}", n + 1);
                [change(&number, &format!("in{n}"), "", Some("")), change(&number, &format!("out{n}"), &format!("in{n}"), None)]
            });
            send(&database, &account, 0, pairs.collect()).await;
        }
        let late = send(&database, &account, 1, vec![]).await;
        assert!(late.is_all);
        assert_eq!(notes(&late.entries), [("favorite:13010-9999".to_owned(), Some(String::new()))]);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_cannot_be_kept_is_refused_and_the_others_are_taken() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let long = "長".repeat(merge::JOINED_MOST + 1);
        let answer =
            send(&database, &account, 0, vec![change("13010-1", "a", "", Some(&long)), change("13010-2", "b", "", Some(""))]).await;
        assert_eq!(answer.refused, [("a".to_owned(), Refusal::TooLong)]);
        assert_eq!(answer.done, ["b"]);
    })
    .await;
}
