//! Registrations in the database, on both.

use super::*;
use crate::account::db::testing::some_account;
use crate::account::{AccountId, CurrentUser, Role};
use crate::database::Database;
use crate::database::testing::on_each;
use crate::date::Date;
use crate::registration::changes::Change;
use crate::registration::confirmed::StaffConfirmed;
use crate::registration::form_data::FormData;
use crate::registration::record::RegistrantKind;
use crate::registration::tests::{draft, full};
use crate::registration::validity::{InactiveReason, Standing};
use crate::registration::{Draft, Section, completion};
use crate::sealed_columns::reseal;
use crate::sealing::FieldKeys;

fn keys(byte: &str) -> FieldKeys {
    byte.split(',').map(|byte| byte.repeat(32)).collect::<Vec<_>>().join(",").parse().expect("the test writes keys")
}

fn day(text: &str) -> Date {
    text.parse().expect("the test names a day of the calendar")
}

async fn save_one(database: &Database, account: &AccountId, draft: &Draft, section: Section, base: i64) -> Saved {
    let mut transaction = database.begin().await.expect("a transaction");
    let saved = save(&mut transaction, &keys("0a"), (account, SectionState::Draft), (draft, section), base, 1).await.expect("an answer");
    transaction.commit().await.expect("a commit");
    saved
}

/// A registration that was completed on a day.
async fn registered(database: &Database, account: &AccountId, today: &str) {
    let whole = draft(full());
    let registration = completion::complete(&whole, day("2026-11-25")).expect("nothing is missing");
    let mut transaction = database.begin().await.expect("a transaction");
    begin(&mut transaction, account, &registration, day(today)).await.expect("an answer");
    promote(&mut transaction, &keys("0a"), account, &whole, 1).await.expect("an answer");
    transaction.commit().await.expect("a commit");
}

async fn stored(database: &Database, account: &AccountId, state: SectionState) -> Stored {
    load(database, &keys("0a"), account, state).await.expect("the database answers")
}

async fn sealed_texts(database: &Database) -> Vec<String> {
    let rows: Vec<(String,)> = sqlx::query_as("SELECT sealed FROM registration_sealed").fetch_all(database.read()).await.expect("rows");
    rows.into_iter().map(|(text,)| text).collect()
}

#[tokio::test]
async fn what_was_typed_is_there_again_on_another_device() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let whole = draft(full());
        for section in Section::ALL {
            assert_eq!(save_one(&database, &account, &whole, section, 0).await, Saved::Done(1));
        }
        assert_eq!(stored(&database, &account, SectionState::Draft).await.draft, whole);
        assert_eq!(stored(&database, &account, SectionState::Current).await, Stored::default());
        let other = some_account(&database, "taro@example.jp").await;
        assert_eq!(stored(&database, &other, SectionState::Draft).await, Stored::default());
    })
    .await;
}

#[tokio::test]
async fn who_wrote_on_an_older_state_is_told_and_changes_nothing() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let whole = draft(full());
        assert_eq!(save_one(&database, &account, &whole, Section::Introduction, 0).await, Saved::Done(1));
        let mut newer = whole.clone();
        newer.introduction.headline = "別の端末から".to_owned();
        assert_eq!(save_one(&database, &account, &newer, Section::Introduction, 0).await, Saved::Conflict);
        assert_eq!(save_one(&database, &account, &newer, Section::Introduction, 7).await, Saved::Conflict);
        assert_eq!(save_one(&database, &account, &newer, Section::Introduction, 1).await, Saved::Done(2));
        assert_eq!(stored(&database, &account, SectionState::Draft).await.draft.introduction.headline, "別の端末から");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_devices_that_save_at_once_one_wins_and_the_others_are_told() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        let whole = draft(full());
        assert_eq!(save_one(&database, &account, &whole, Section::Disability, 0).await, Saved::Done(1));
        let mut devices = tokio::task::JoinSet::new();
        for n in 0..16 {
            let (database, account, mut own) = (database.clone(), account.clone(), whole.clone());
            own.disability.grade = format!("{n}級");
            devices.spawn(async move { save_one(&database, &account, &own, Section::Disability, 1).await });
        }
        let outcomes = devices.join_all().await;
        assert_eq!(outcomes.iter().filter(|saved| **saved == Saved::Done(2)).count(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|saved| **saved == Saved::Conflict).count(), 15);
    })
    .await;
}

#[tokio::test]
async fn of_a_disability_nothing_stands_in_the_database_that_could_be_read_without_the_key() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        registered(&database, &account, "2026-11-25").await;
        let contents: Vec<(String,)> =
            sqlx::query_as("SELECT content FROM registration_sections").fetch_all(database.read()).await.expect("rows");
        for (content,) in contents {
            for secret in ["座っての作業", "physical", "2級", "\"disability\"", "見本支援センター"] {
                assert!(!content.contains(secret), "{content}");
            }
        }
        assert!(sealed_texts(&database).await.len() > 8);
        let other = load(&database, &keys("0b"), &account, SectionState::Current).await;
        assert!(other.is_err(), "another key opens nothing");
    })
    .await;
}

#[tokio::test]
async fn a_changed_key_seals_everything_anew_and_the_old_one_can_go() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        registered(&database, &account, "2026-11-25").await;
        let all = u64::try_from(sealed_texts(&database).await.len()).expect("a few");
        assert_eq!(reseal(&database, &keys("0b,0a")).await.expect("all open"), all);
        assert_eq!(reseal(&database, &keys("0b,0a")).await.expect("all open"), 0, "once");
        let read = load(&database, &keys("0b"), &account, SectionState::Current).await.expect("the new key opens");
        assert_eq!(read.draft, draft(full()));
        assert!(reseal(&database, &keys("0c")).await.is_err(), "nothing is lost with a wrong key");
        assert!(load(&database, &keys("0b"), &account, SectionState::Current).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_completed_registration_is_valid_to_the_end_of_the_second_following_month_and_begins_once() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        assert!(find(&database, &account).await.expect("an answer").is_none());
        registered(&database, &account, "2026-11-25").await;
        registered(&database, &account, "2026-12-25").await;
        let record = find(&database, &account).await.expect("an answer").expect("a registration");
        assert_eq!(
            (record.kind, record.applied_on, record.standing),
            (RegistrantKind::Online, day("2026-11-25"), Standing::Active { until: day("2027-01-31") })
        );
        assert!(stored(&database, &account, SectionState::Draft).await.revisions.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_standing_reads_back_as_it_was_written() {
    on_each(async |database| {
        let account = some_account(&database, "hanako@example.jp").await;
        registered(&database, &account, "2026-11-25").await;
        for standing in [
            Standing::Inactive { since: day("2026-12-01"), reason: Some(InactiveReason::NoMoreUse) },
            Standing::Inactive { since: day("2026-12-01"), reason: None },
            Standing::Active { until: day("2027-02-28") },
        ] {
            let mut transaction = database.begin().await.expect("a transaction");
            set_standing(&mut transaction, &account, standing, day("2026-12-01")).await.expect("an answer");
            assert_eq!(find_locked(&mut transaction, &account).await.expect("an answer").expect("a registration").standing, standing);
            transaction.commit().await.expect("a commit");
        }
    })
    .await;
}

#[tokio::test]
async fn staff_find_people_by_what_they_know_of_them_and_a_number_belongs_to_one() {
    on_each(async |database| {
        let (one, other) = (some_account(&database, "Hanako@example.jp").await, some_account(&database, "taro@example.jp").await);
        registered(&database, &one, "2026-11-25").await;
        registered(&database, &other, "2026-11-25").await;
        let all = find_people(&database, "ハロワ タロウ", "1988-04-01", "", "").await.expect("an answer");
        assert_eq!(all.len(), 2);
        let found = find_people(&database, "ハロワ タロウ", "", "hanako@example.jp", "").await.expect("an answer");
        assert_eq!(found.iter().map(|person| &person.account).collect::<Vec<_>>(), [&one]);
        assert!(find_people(&database, "ハロワ タロウ", "1988-04-02", "", "").await.expect("an answer").is_empty());
        let number = "13010-7".parse().expect("a number");
        let confirmed = StaffConfirmed::from_handbook();
        for (account, is_done) in [(&one, true), (&other, false)] {
            let mut transaction = database.begin().await.expect("a transaction");
            let new = Upgrade { number: &number, confirmed: &confirmed, today: day("2026-11-26") };
            assert_eq!(upgrade(&mut transaction, account, new).await.expect("an answer"), is_done);
            transaction.commit().await.expect("a commit");
        }
        let record = find(&database, &one).await.expect("an answer").expect("a registration");
        assert_eq!(
            (record.kind, record.seeker_number.as_deref(), record.consulted_on),
            (RegistrantKind::Office, Some("13010-7"), Some(day("2026-11-26")))
        );
        assert_eq!(record.confirmed, confirmed);
        assert_eq!(find_people(&database, "", "", "", "13010-7").await.expect("an answer").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_erased_is_gone_from_every_table_and_others_stay() {
    on_each(async |database| {
        let (one, other) = (some_account(&database, "hanako@example.jp").await, some_account(&database, "taro@example.jp").await);
        registered(&database, &one, "2026-11-25").await;
        registered(&database, &other, "2026-11-25").await;
        save_one(&database, &one, &draft(full()), Section::Disability, 0).await;
        let mut transaction = database.begin().await.expect("a transaction");
        let change = Change { section: Section::Basic, label: "電話番号".to_owned(), before: "1".to_owned(), after: "2".to_owned() };
        add_changes(&mut transaction, &one, Role::Seeker, &[change.clone(), change], 5).await.expect("an answer");
        let reader = CurrentUser { account: other.clone(), role: Role::Staff, session: "s".to_owned() };
        add_read(&mut transaction, &one, &reader, "upgrade", 6).await.expect("an answer");
        transaction.commit().await.expect("a commit");
        assert_eq!(changes(&database, &one).await.expect("an answer").len(), 2);
        assert_eq!(reads(&database, &one).await.expect("an answer").len(), 1);
        let mut transaction = database.begin().await.expect("a transaction");
        erase(&mut transaction, &one).await.expect("an answer");
        transaction.commit().await.expect("a commit");
        for table in ["registrations", "registration_sections", "registration_sealed", "registration_changes", "registration_reads", "kept"]
        {
            let count = sqlx::AssertSqlSafe(format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table} WHERE account_id = $1"));
            let (left,): (i64,) = sqlx::query_as(count).bind(one.as_str()).fetch_one(database.read()).await.expect("a number");
            assert_eq!(left, 0, "{table}");
        }
        assert!(find(&database, &other).await.expect("an answer").is_some());
        assert_eq!(stored(&database, &other, SectionState::Current).await.draft, draft(full()));
    })
    .await;
}

#[tokio::test]
async fn what_is_parked_comes_back_to_its_browser_and_account_alone_and_not_after_a_day() {
    on_each(async |database| {
        let keys = keys("0a");
        let mut form = FormData::default();
        form.push("details", "見せない");
        park(&database, &keys, ("browser", "tag"), "disability", &form, 1).await.expect("an answer");
        let found = async |owner, section, now| parked(&database, &keys, owner, section, now).await.expect("an answer");
        assert_eq!(found(("browser", "tag"), "disability", 2).await, Some(form));
        for (owner, section) in [(("other", "tag"), "disability"), (("browser", "other"), "disability"), (("browser", "tag"), "basic")] {
            assert_eq!(found(owner, section, 2).await, None);
        }
        assert_eq!(found(("browser", "tag"), "disability", 25 * 3_600_000).await, None);
        let mut transaction = database.begin().await.expect("a transaction");
        unpark(&mut transaction, ("browser", "tag"), "disability").await.expect("an answer");
        transaction.commit().await.expect("a commit");
        assert_eq!(found(("browser", "tag"), "disability", 2).await, None);
    })
    .await;
}
