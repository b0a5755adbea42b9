use super::*;
use crate::account::Role;
use crate::account::db::testing::some_account;
use crate::account::{AccountId, CurrentUser};
use crate::applications::content::{Content, Input};
use crate::applications::{EventKind, Route, State};
use crate::database::Database;
use crate::database::testing::on_each;
use crate::date::Date;
use crate::postings::PostingNumber;
use crate::sealing::FieldKeys;
use std::collections::BTreeSet;

const NOW: i64 = 1_795_651_200_000;

fn keys() -> FieldKeys {
    "1a".repeat(32).parse().expect("a key")
}

fn number(text: &str) -> PostingNumber {
    text.parse().expect("a number")
}

fn day() -> Date {
    "2026-11-27".parse().expect("a day")
}

async fn applied(database: &Database, account: &AccountId, posting: &PostingNumber, route: Route) -> Option<String> {
    let id = crate::secret::random_id();
    let new = NewApplication {
        id: &id,
        route,
        account,
        posting,
        establishment: None,
        title: "事務",
        company: "架空商店",
        is_reserved: true,
        promise: "7日以内",
        reply_by: Some(day().plus_days(7)),
        letter_number: None,
        caution_version: "2026-11",
    };
    let mut transaction = database.begin().await.expect("a transaction");
    let is_new = add(&mut transaction, new, NOW).await.expect("an answer");
    transaction.commit().await.expect("a commit");
    is_new.then_some(id)
}

#[tokio::test]
async fn of_sixteen_at_once_one_application_of_a_seeker_for_a_posting_is_open_and_after_its_end_another_may_be() {
    on_each(async |database| {
        let seeker = some_account(&database, "a@example.jp").await;
        let posting = number("13010-1");
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let (database, seeker, posting) = (database.clone(), seeker.clone(), posting.clone());
                tokio::spawn(async move { applied(&database, &seeker, &posting, Route::SelfApplication).await })
            })
            .collect();
        let mut made = Vec::new();
        for task in tasks {
            made.extend(task.await.expect("a caller ends"));
        }
        assert_eq!(made.len(), 1);
        assert_eq!(has_open(&database, &seeker, &posting).await.expect("an answer").as_ref(), made.first());
        let mut transaction = database.begin().await.expect("a transaction");
        assert_eq!(set_ended(&mut transaction, &made[0], State::Withdrawn, NOW).await.expect("an answer"), Ended::Done);
        assert_eq!(set_ended(&mut transaction, &made[0], State::Hired, NOW).await.expect("an answer"), Ended::Before);
        transaction.commit().await.expect("a commit");
        assert!(applied(&database, &seeker, &posting, Route::Referral).await.is_some());
        assert_eq!(of_account(&database, &seeker).await.expect("an answer").len(), 2);
        assert_eq!(referrals_of(&database, &posting).await.expect("an answer"), 1, "a self-application is no referral");
    })
    .await;
}

#[tokio::test]
async fn sixteen_letters_at_once_get_sixteen_numbers_of_their_office_and_year() {
    on_each(async |database| {
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move {
                    let mut transaction = database.begin().await.expect("a transaction");
                    let number = draw_letter_number(&mut transaction, "13010", day()).await.expect("a number");
                    transaction.commit().await.expect("a commit");
                    number.to_string()
                })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        for task in tasks {
            numbers.insert(task.await.expect("a caller ends"));
        }
        assert_eq!(numbers.len(), 16);
        assert_eq!(numbers.last().map(String::as_str), Some("13010-2026-000016"));
    })
    .await;
}

#[tokio::test]
async fn what_is_written_stands_sealed_and_is_read_back_with_its_steps_in_order() {
    on_each(async |database| {
        let (seeker, keys) = (some_account(&database, "a@example.jp").await, keys());
        let id = applied(&database, &seeker, &number("13010-1"), Route::SelfApplication).await.expect("new");
        let content = Content { motivation: "近いので".into(), remarks: "手帳2級です".into(), is_stated: true };
        let texts = Texts::of(content, "氏名\t春和 花子".into());
        let mut transaction = database.begin().await.expect("a transaction");
        add_texts(&mut transaction, &keys, &id, &texts).await.expect("added");
        add_event(&mut transaction, &keys, &id, (EventKind::Sent, Role::Seeker, ""), NOW).await.expect("added");
        // At the same moment: the place decides, not the time.
        add_event(&mut transaction, &keys, &id, (EventKind::Interview, Role::Employer, "10時"), NOW).await.expect("added");
        assert!(set_opened(&mut transaction, &id, NOW).await.expect("an answer"));
        assert!(!set_opened(&mut transaction, &id, NOW + 1).await.expect("an answer"), "it is opened once");
        transaction.commit().await.expect("a commit");
        assert_eq!(super::texts(&database, &keys, &id).await.expect("an answer"), texts);
        let steps: Vec<_> = events(&database, &keys, &id).await.expect("an answer").into_iter().map(|e| (e.kind, e.words)).collect();
        assert_eq!(steps, [(EventKind::Sent, String::new()), (EventKind::Interview, "10時".to_owned())]);
        let raw: Vec<(String,)> = sqlx::query_as("SELECT sealed FROM application_texts").fetch_all(database.read()).await.expect("rows");
        assert!(raw.iter().all(|(sealed,)| !sealed.contains("手帳") && !sealed.contains("春和")), "{raw:?}");
        let found = find(&database, &id).await.expect("an answer").expect("there");
        assert_eq!((found.opened_at, found.reply_by, found.is_reserved), (Some(NOW), Some(day().plus_days(7)), true));
        assert!(found.is_overdue(day().plus_days(8)) && !found.is_overdue(day().plus_days(7)));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_one_for_a_posting_and_is_gone_when_it_is_discarded() {
    on_each(async |database| {
        let (seeker, keys, posting) = (some_account(&database, "a@example.jp").await, keys(), number("13010-1"));
        let save = async |motivation: &str| {
            let input = Input { motivation: motivation.into(), stated: true, ..Input::default() };
            let mut transaction = database.begin().await.expect("a transaction");
            assert!(save_draft(&mut transaction, &keys, (&seeker, &posting), (&input, None), NOW).await.expect("an answer").is_some());
            transaction.commit().await.expect("a commit");
        };
        save("一").await;
        save("二").await;
        let Stored { input, .. } = draft(&database, &keys, &seeker, &posting).await.expect("an answer").expect("there");
        assert_eq!((input.motivation.as_str(), input.stated, input.understood), ("二", true, false));
        assert_eq!(drafts(&database, &seeker).await.expect("an answer"), [(posting.clone(), NOW)]);
        // Of two devices that wrote on the second one, the first is taken; the other hears of it.
        for (base, saved) in [(Some(2), Some(3)), (Some(2), None), (Some(0), None), (Some(3), Some(4))] {
            let mut transaction = database.begin().await.expect("a transaction");
            let own = save_draft(&mut transaction, &keys, (&seeker, &posting), (&Input::default(), base), NOW).await.expect("an answer");
            transaction.commit().await.expect("a commit");
            assert_eq!(own, saved, "{base:?}");
        }
        let mut transaction = database.begin().await.expect("a transaction");
        discard_draft(&mut transaction, &seeker, &posting).await.expect("discarded");
        transaction.commit().await.expect("a commit");
        assert!(draft(&database, &keys, &seeker, &posting).await.expect("an answer").is_none());
        // A page that was left open makes nothing new of it.
        let mut transaction = database.begin().await.expect("a transaction");
        let stale = save_draft(&mut transaction, &keys, (&seeker, &posting), (&Input::default(), Some(4)), NOW).await.expect("an answer");
        transaction.commit().await.expect("a commit");
        assert_eq!((stale, draft(&database, &keys, &seeker, &posting).await.expect("an answer")), (None, None));
    })
    .await;
}

#[tokio::test]
async fn when_its_seeker_goes_an_application_stays_with_the_employer_as_nobodys() {
    on_each(async |database| {
        let (seeker, keys) = (some_account(&database, "a@example.jp").await, keys());
        let id = applied(&database, &seeker, &number("13010-1"), Route::SelfApplication).await.expect("new");
        let employer = CurrentUser { account: AccountId::new("e"), role: Role::Employer, session: String::new() };
        let mut transaction = database.begin().await.expect("a transaction");
        save_draft(&mut transaction, &keys, (&seeker, &number("13010-2")), (&Input::default(), Some(0)), NOW).await.expect("saved");
        add_read(&mut transaction, &id, &employer, NOW).await.expect("added");
        crate::account::db::close(&mut transaction, &seeker).await.expect("closed");
        transaction.commit().await.expect("a commit");
        let found = find(&database, &id).await.expect("an answer").expect("still there");
        assert_eq!(found.account, None);
        assert_eq!(reads(&database, &id).await.expect("an answer"), [(NOW, Role::Employer)]);
        assert!(drafts(&database, &seeker).await.expect("an answer").is_empty());
    })
    .await;
}
