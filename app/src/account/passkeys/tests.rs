use super::db::{self, Ceremony, Kept};
use crate::account::db::{NewAccount, create};
use crate::account::{AccountId, Role};
use crate::database::Database;
use crate::database::testing::on_each;

/// As Chromium's virtual authenticator made it.
const PASSKEY: &str = r#"{"cred":{"cred_id":"avI02GRFIJ6G5IeALHFGz3Y5N6wyl5Yuqa0zUSCGkZM","cred":{"type_":"ES256","key":{"EC_EC2":{
    "curve":"SECP256R1","x":"TkVKhMJUEBH5bzuBkXp3BddoFJORAd8Z-KSwxIun-h8","y":"19-f6SLxI5_3Xj4kOL6om2TkR4nEx6MuzIiNyoUQztI"}}},
    "counter":1,"transports":null,"user_verified":true,"backup_eligible":false,"backup_state":false,"registration_policy":"required",
    "extensions":{"cred_protect":"Ignored","hmac_create_secret":"NotRequested","appid":"NotRequested","cred_props":"Ignored"},
    "attestation":{"data":"None","metadata":"None"},"attestation_format":"none"}}"#;

async fn account(database: &Database, email: &str) -> AccountId {
    let mut transaction = database.begin().await.expect("a transaction");
    let new = NewAccount { email, role: Role::Seeker, password_hash: "hash", pupil: "no", agreed_at: 0 };
    let made = create(&mut transaction, new, 0).await.expect("an answer").expect("an account");
    transaction.commit().await.expect("a commit");
    made
}

#[tokio::test]
async fn a_passkey_belongs_to_one_account_and_only_that_one_takes_it_away() {
    on_each(async |database| {
        let hanako = account(&database, "hanako@example.jp").await;
        let taro = account(&database, "taro@example.jp").await;
        let passkey = serde_json::from_str(PASSKEY).expect("a passkey");
        let kept = Kept { credential_id: "c".into(), account: hanako.clone(), device: "PC".into(), passkey, created_at: 1 };
        let mut transaction = database.begin().await.expect("a transaction");
        assert!(db::keep(&mut transaction, &kept).await.expect("an answer"));
        let stolen = Kept { account: taro.clone(), ..kept.clone() };
        assert!(!db::keep(&mut transaction, &stolen).await.expect("an answer"), "the credential is known");
        db::used(&mut transaction, &kept, 2).await.expect("used");
        assert!(!db::remove(&mut transaction, &taro, "c").await.expect("an answer"));
        transaction.commit().await.expect("a commit");
        let found = db::find(database.read(), "c").await.expect("an answer").expect("the passkey");
        assert_eq!((&found.account, &found.passkey), (&hanako, &kept.passkey));
        assert_eq!(db::of_account(&database, &hanako).await.expect("a list").len(), 1);
        assert!(db::of_account(&database, &taro).await.expect("a list").is_empty());
        let mut transaction = database.begin().await.expect("a transaction");
        assert!(db::remove(&mut transaction, &hanako, "c").await.expect("an answer"));
        transaction.commit().await.expect("a commit");
        assert!(db::find(database.read(), "c").await.expect("an answer").is_none());
    })
    .await;
}

fn begun(name: &str) -> Ceremony {
    Ceremony {
        token_hash: name.into(),
        account: None,
        browser_hash: "browser".into(),
        options: "{}".into(),
        state: "{}".into(),
        next: "/favorites".into(),
        created_at: 1000,
        done_at: None,
    }
}

#[tokio::test]
async fn what_came_back_in_a_ceremony_is_good_once_for_sixteen_callers_at_once() {
    on_each(async |database| {
        let mut transaction = database.begin().await.expect("a transaction");
        db::begin(&mut transaction, &begun("c")).await.expect("a ceremony");
        transaction.commit().await.expect("a commit");
        let callers: Vec<_> = (0..16)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move {
                    let mut transaction = database.begin().await.expect("a transaction");
                    let done = db::done(&mut transaction, "c", 2000).await.expect("an answer");
                    transaction.commit().await.expect("a commit");
                    done
                })
            })
            .collect();
        let mut done = 0;
        for caller in callers {
            done += u32::from(caller.await.expect("a caller ends"));
        }
        assert_eq!(done, 1);
        let found = db::find_ceremony(&database, "c").await.expect("an answer").expect("the ceremony");
        assert_eq!((found.done_at, found.next.as_str()), (Some(2000), "/favorites"));
    })
    .await;
}

#[tokio::test]
async fn ceremonies_that_are_long_over_are_taken_away() {
    on_each(async |database| {
        for (name, created_at) in [("old", 0), ("new", 49 * super::CEREMONY_MS)] {
            let mut transaction = database.begin().await.expect("a transaction");
            db::begin(&mut transaction, &Ceremony { created_at, ..begun(name) }).await.expect("a ceremony");
            transaction.commit().await.expect("a commit");
        }
        assert!(db::find_ceremony(&database, "old").await.expect("an answer").is_none());
        assert!(db::find_ceremony(&database, "new").await.expect("an answer").is_some());
    })
    .await;
}
