//! People of demo mode: one of each role, with a password that everybody may know. Nowhere else.

use super::Role;
use super::db::{self, NewAccount};
use super::hashing::{HashError, Hasher};
use crate::database::Database;

/// The address of the employer, whom the establishments of the demonstration are linked to.
pub const EMPLOYER: &str = "employer@demo.example";
/// Role and address of everybody.
pub const PEOPLE: [(Role, &str); 3] =
    [(Role::Seeker, "seeker@demo.example"), (Role::Employer, EMPLOYER), (Role::Staff, "staff@demo.example")];
/// Everybody's password.
pub const PASSWORD: &str = "tameshi-ni-tsukau";

/// Why they could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database failed.
    #[error("demo accounts: {0}")]
    Sql(#[from] sqlx::Error),
    /// The password could not be hashed.
    #[error("demo accounts: {0}")]
    Hash(#[from] HashError),
}

/// Makes those who are missing.
///
/// # Errors
/// [`DemoError`].
pub async fn make_people(database: &Database, now: i64) -> Result<(), DemoError> {
    for (role, email) in PEOPLE {
        if db::find_by_email(database, email).await?.is_some() {
            continue;
        }
        let password_hash = Hasher::default().hash(PASSWORD).await?;
        let mut transaction = database.begin().await?;
        let new = NewAccount { email, role, password_hash: &password_hash, pupil: "no", agreed_at: now };
        // One that another process has made meanwhile is as good.
        let _made_or_there = db::create(&mut transaction, new, now).await?;
        transaction.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::check_password;
    use crate::database::testing::on_each;

    #[tokio::test]
    async fn demo_mode_has_one_of_each_role_made_once_with_a_password_that_would_be_taken() {
        on_each(async |database| {
            for _ in 0..2 {
                make_people(&database, 0).await.expect("people");
            }
            for (role, email) in PEOPLE {
                let account = db::find_by_email(&database, email).await.expect("an answer").expect("an account");
                assert_eq!(account.role, role);
                assert_eq!(check_password(PASSWORD, email), Ok(()));
            }
        })
        .await;
    }
}
