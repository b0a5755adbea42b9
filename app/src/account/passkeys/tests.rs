use super::db::{self, Ceremony};
use crate::database::testing::on_each;

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
