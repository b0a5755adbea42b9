use super::*;
use crate::account::limits::Limit;
use crate::account::proof::{CODE_VALID_MS, Detail, Proof, Purpose};
use crate::account::{AccountId, Role};
use crate::database::testing::on_each;
use crate::sessions;
use std::collections::HashMap;
use std::hash::Hash;

const NOW: i64 = 1_795_651_200_000;

/// Runs the same thing sixteen times at once and counts what comes of it.
async fn sixteen<T: Eq + Hash + Send + 'static, F: Future<Output = T> + Send + 'static>(run: impl Fn(usize) -> F) -> HashMap<T, usize> {
    let tasks: Vec<_> = (0..16).map(|at| tokio::spawn(run(at))).collect();
    let mut counts = HashMap::new();
    for task in tasks {
        *counts.entry(task.await.expect("a caller ends")).or_default() += 1;
    }
    counts
}

async fn account(database: &Database, email: &str) -> Option<AccountId> {
    let mut transaction = database.begin().await.expect("a transaction");
    let new = NewAccount { email, role: Role::Seeker, password_hash: "hash", pupil: "no", agreed_at: NOW };
    let made = create(&mut transaction, new, NOW).await.expect("an answer");
    transaction.commit().await.expect("a commit");
    made
}

fn proof(name: &str, account: Option<&AccountId>) -> Proof {
    Proof {
        token_hash: name.into(),
        purpose: Purpose::SignIn,
        email: "hanako@example.jp".into(),
        account: account.cloned(),
        browser_hash: "browser".into(),
        code_hash: "right".into(),
        detail: Detail { next: "/favorites".into(), ..Detail::default() },
        mail_id: "mail".into(),
        created_at: NOW,
        sent_at: NOW,
        sends: 1,
        tries: 0,
        proved_at: None,
        done_at: None,
    }
}

async fn begun(database: &Database, proof: &Proof) {
    let mut transaction = database.begin().await.expect("a transaction");
    begin_proof(&mut transaction, proof).await.expect("a proof");
    transaction.commit().await.expect("a commit");
}

#[tokio::test]
async fn of_sixteen_callers_at_once_one_gets_the_account_of_an_address() {
    on_each(async |database| {
        let counts = sixteen(|at| {
            let database = database.clone();
            // However it is written: one mailbox, one account.
            async move { account(&database, if at % 2 == 0 { "hanako@example.jp" } else { "Hanako@example.jp" }).await.is_some() }
        })
        .await;
        assert_eq!(counts[&true], 1);
        let found = find_by_email(&database, "HANAKO@EXAMPLE.JP").await.expect("an answer").expect("the account");
        assert_eq!(found.role, Role::Seeker);
        let (consents,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM consents").fetch_one(database.read()).await.expect("a count");
        assert_eq!(consents, 2, "terms and privacy notice, with version and time");
    })
    .await;
}

#[tokio::test]
async fn of_sixteen_tries_at_once_no_more_than_the_limit_pass() {
    on_each(async |database| {
        let limit = Limit { bucket: "b".into(), most: 5, window_ms: 1000 };
        let counts = sixteen(|_| {
            let (database, limit) = (database.clone(), limit.clone());
            async move { take(&database, &limit, NOW).await.expect("an answer") }
        })
        .await;
        assert_eq!(counts[&true], 5);
        assert!(!take(&database, &limit, NOW + 999).await.expect("an answer"));
        assert!(take(&database, &limit, NOW + 1000).await.expect("an answer"), "a new window");
        forget(&database, &limit).await.expect("forgotten");
        assert!(take(&database, &limit, NOW + 1001).await.expect("an answer"));
    })
    .await;
}

#[tokio::test]
async fn sixteen_guesses_at_once_spend_the_five_of_a_code_and_then_the_right_one_comes_too_late() {
    on_each(async |database| {
        begun(&database, &proof("p", None)).await;
        let counts = sixteen(|at| {
            let database = database.clone();
            async move { format!("{:?}", try_code(&database, "p", &format!("wrong{at}"), NOW).await.expect("an answer")) }
        })
        .await;
        assert_eq!((counts["Wrong"], counts["Over"]), (5, 11));
        assert_eq!(try_code(&database, "p", "right", NOW).await.expect("an answer"), CodeTry::Over);
    })
    .await;
}

#[tokio::test]
async fn the_same_wrong_code_twice_is_one_try_and_a_right_one_proves_the_mailbox_until_its_time_is_over() {
    on_each(async |database| {
        begun(&database, &proof("p", None)).await;
        for _ in 0..10 {
            assert_eq!(try_code(&database, "p", "wrong", NOW).await.expect("an answer"), CodeTry::Wrong);
        }
        let last = NOW + CODE_VALID_MS - 1;
        assert_eq!(try_code(&database, "p", "right", last).await.expect("an answer"), CodeTry::Right);
        assert_eq!(try_code(&database, "p", "right", last).await.expect("an answer"), CodeTry::Right, "a double tap");
        let found = find_proof(&database, "p").await.expect("an answer").expect("the proof");
        assert_eq!((found.proved_at, found.tries, found.detail.next.as_str()), (Some(last), 1, "/favorites"));
        assert_eq!(try_code(&database, "p", "right", NOW + CODE_VALID_MS).await.expect("an answer"), CodeTry::Over);
        assert_eq!(try_code(&database, "other", "right", NOW).await.expect("an answer"), CodeTry::Over);
    })
    .await;
}

#[tokio::test]
async fn a_new_code_makes_the_old_one_wrong_and_two_resends_at_once_send_one() {
    on_each(async |database| {
        let first = proof("p", None);
        begun(&database, &first).await;
        let counts = sixteen(|_| {
            let (database, first) = (database.clone(), first.clone());
            async move {
                let mut transaction = database.begin().await.expect("a transaction");
                let resent = resend_code(&mut transaction, &first, "newer", "mail2", NOW + 60_000).await.expect("an answer");
                transaction.commit().await.expect("a commit");
                resent
            }
        })
        .await;
        assert_eq!(counts[&true], 1);
        assert_eq!(try_code(&database, "p", "right", NOW + 60_000).await.expect("an answer"), CodeTry::Wrong);
        assert_eq!(try_code(&database, "p", "newer", NOW + 60_000).await.expect("an answer"), CodeTry::Right);
    })
    .await;
}

#[tokio::test]
async fn a_procedure_is_done_once() {
    on_each(async |database| {
        begun(&database, &proof("p", None)).await;
        let counts = sixteen(|_| {
            let database = database.clone();
            async move {
                let mut transaction = database.begin().await.expect("a transaction");
                let done = proof_done(&mut transaction, "p", NOW).await.expect("an answer");
                transaction.commit().await.expect("a commit");
                done
            }
        })
        .await;
        assert_eq!(counts[&true], 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_sixteen_times_at_once_is_done_once_and_answered_alike() {
    on_each(async |database| {
        let counts = sixteen(|at| {
            let database = database.clone();
            async move {
                let mut transaction = database.begin().await.expect("a transaction");
                let claimed = claim(&mut transaction, "form", NOW).await.expect("a claim");
                if claimed == Claim::New {
                    answer(&mut transaction, "form", &format!("/done/{at}")).await.expect("an answer");
                }
                transaction.commit().await.expect("a commit");
                match claimed {
                    Claim::New => "new".to_owned(),
                    Claim::Answered(answer) => answer,
                }
            }
        })
        .await;
        assert_eq!(counts["new"], 1);
        assert_eq!(counts.len(), 2, "all others get one and the same answer: {counts:?}");
        assert!(answered(&database, "form").await.expect("an answer").is_some_and(|answer| answer.starts_with("/done/")));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_failed_can_be_sent_again() {
    on_each(async |database| {
        let mut transaction = database.begin().await.expect("a transaction");
        claim(&mut transaction, "form", NOW).await.expect("a claim");
        drop(transaction);
        let mut transaction = database.begin().await.expect("a transaction");
        assert_eq!(claim(&mut transaction, "form", NOW).await.expect("a claim"), Claim::New);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_is_good_once_and_new_ones_replace_the_old() {
    on_each(async |database| {
        let id = account(&database, "hanako@example.jp").await.expect("an account");
        let mut transaction = database.begin().await.expect("a transaction");
        replace_recovery_codes(&mut transaction, &id, &["one".into(), "two".into()]).await.expect("codes");
        transaction.commit().await.expect("a commit");
        let counts = sixteen(|_| {
            let (database, id) = (database.clone(), id.clone());
            async move {
                let mut transaction = database.begin().await.expect("a transaction");
                let spent = spend_recovery_code(&mut transaction, &id, "one", NOW).await.expect("an answer");
                transaction.commit().await.expect("a commit");
                spent
            }
        })
        .await;
        assert_eq!(counts[&true], 1);
        let mut transaction = database.begin().await.expect("a transaction");
        assert_eq!(recovery_codes_left(&mut *transaction, &id).await.expect("a count"), 1);
        replace_recovery_codes(&mut transaction, &id, &["three".into()]).await.expect("codes");
        assert!(!spend_recovery_code(&mut transaction, &id, "two", NOW).await.expect("an answer"));
        assert!(!spend_recovery_code(&mut transaction, &AccountId::new("other"), "three", NOW).await.expect("an answer"));
        assert!(spend_recovery_code(&mut transaction, &id, "three", NOW).await.expect("an answer"));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    on_each(async |database| {
        let mut transaction = database.begin().await.expect("a transaction");
        invite(&mut transaction, "t", ("jinji@example.jp", Role::Employer), None, NOW).await.expect("an invitation");
        transaction.commit().await.expect("a commit");
        let counts = sixteen(|_| {
            let database = database.clone();
            async move {
                let mut transaction = database.begin().await.expect("a transaction");
                let accepted = accept_invitation(&mut transaction, "t", NOW).await.expect("an answer");
                transaction.commit().await.expect("a commit");
                accepted
            }
        })
        .await;
        assert_eq!(counts[&true], 1);
        let found = find_invitation(&database, "t").await.expect("an answer").expect("the invitation");
        assert_eq!((found.role, found.accepted_at), (Role::Employer, Some(NOW)));
    })
    .await;
}

#[tokio::test]
async fn an_address_moves_only_where_no_other_account_is() {
    on_each(async |database| {
        let hanako = account(&database, "hanako@example.jp").await.expect("an account");
        account(&database, "taro@example.jp").await.expect("an account");
        let mut transaction = database.begin().await.expect("a transaction");
        assert!(email_is_taken(&mut transaction, &hanako, "Taro@example.jp").await.expect("an answer"));
        assert!(!change_email(&mut transaction, &hanako, "Taro@example.jp").await.expect("an answer"));
        assert!(change_email(&mut transaction, &hanako, "Hanako@example.jp").await.expect("an answer"), "only its letters");
        assert!(change_email(&mut transaction, &hanako, "new@example.jp").await.expect("an answer"));
        transaction.commit().await.expect("a commit");
        assert_eq!(find(&database, &hanako).await.expect("an answer").expect("the account").email, "new@example.jp");
    })
    .await;
}

#[tokio::test]
async fn closing_an_account_takes_everything_of_it_and_nothing_of_others() {
    on_each(async |database| {
        let hanako = account(&database, "hanako@example.jp").await.expect("an account");
        let taro = account(&database, "taro@example.jp").await.expect("an account");
        let mut transaction = database.begin().await.expect("a transaction");
        for (id, name) in [(&hanako, "h"), (&taro, "t")] {
            sessions::db::begin(&mut transaction, name, (id, Role::Seeker), "PC", NOW).await.expect("a session");
            sessions::db::trust(&mut transaction, name, id, NOW).await.expect("a trusted browser");
            replace_recovery_codes(&mut transaction, id, &["one".into()]).await.expect("codes");
            begin_proof(&mut transaction, &proof(name, Some(id))).await.expect("a proof");
        }
        close(&mut transaction, &hanako).await.expect("closed");
        transaction.commit().await.expect("a commit");
        for table in ["accounts", "sessions", "trusted_devices", "recovery_codes", "mailbox_proofs"] {
            let (left,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")))
                .fetch_one(database.read())
                .await
                .expect("a count");
            assert_eq!(left, 1, "{table}");
        }
        assert_eq!(find(&database, &hanako).await.expect("an answer"), None);
    })
    .await;
}

#[tokio::test]
async fn a_session_lets_its_owner_in_until_it_ends_and_another_cannot_end_it() {
    on_each(async |database| {
        let hanako = account(&database, "hanako@example.jp").await.expect("an account");
        let taro = account(&database, "taro@example.jp").await.expect("an account");
        let mut transaction = database.begin().await.expect("a transaction");
        for (token, id) in [("h1", &hanako), ("h2", &hanako), ("t1", &taro)] {
            sessions::db::begin(&mut transaction, token, (id, Role::Seeker), "AndroidのChrome", NOW).await.expect("a session");
        }
        transaction.commit().await.expect("a commit");
        let (user, session) = sessions::db::find(&database, "h1", NOW).await.expect("an answer").expect("signed in");
        assert_eq!((&user.account, session.device.as_str()), (&hanako, "AndroidのChrome"));
        assert_eq!(sessions::db::of_account(&database, &hanako, NOW).await.expect("a list").len(), 2);

        let mut transaction = database.begin().await.expect("a transaction");
        sessions::db::end(&mut transaction, &taro, &session.id).await.expect("an answer");
        transaction.commit().await.expect("a commit");
        assert!(sessions::db::find(&database, "h1", NOW).await.expect("an answer").is_some(), "it is not taro's");

        let mut transaction = database.begin().await.expect("a transaction");
        sessions::db::end_all(&mut transaction, &hanako, Some(&session.id)).await.expect("an answer");
        transaction.commit().await.expect("a commit");
        assert!(sessions::db::find(&database, "h2", NOW).await.expect("an answer").is_none());
        let late = NOW + sessions::lifetime(Role::Seeker).idle_ms;
        assert!(sessions::db::find(&database, "h1", late).await.expect("an answer").is_none(), "not used for too long");
        sessions::db::touch(&database, &session.id, NOW + 1000).await.expect("touched");
        assert!(sessions::db::find(&database, "h1", late).await.expect("an answer").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_browser_is_trusted_with_one_account_for_thirty_days() {
    on_each(async |database| {
        let hanako = account(&database, "hanako@example.jp").await.expect("an account");
        let taro = account(&database, "taro@example.jp").await.expect("an account");
        let mut transaction = database.begin().await.expect("a transaction");
        sessions::db::trust(&mut transaction, "d", &hanako, NOW).await.expect("trusted");
        transaction.commit().await.expect("a commit");
        let trusted = async |id, now| sessions::db::is_trusted(&database, "d", id, now).await.expect("an answer");
        assert!(trusted(&hanako, NOW + sessions::TRUST_MS - 1).await);
        assert!(!trusted(&hanako, NOW + sessions::TRUST_MS).await);
        assert!(!trusted(&taro, NOW).await);
        sessions::db::tidy(&database, NOW + sessions::TRUST_MS).await.expect("tidied");
        assert!(!trusted(&hanako, NOW).await);
    })
    .await;
}
