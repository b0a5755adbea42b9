//! Accounts for tests of SQL.

use super::{NewAccount, create};
use crate::account::{AccountId, Role};
use crate::database::Database;

/// A seeker's account with this address, new in the database.
pub async fn some_account(database: &Database, email: &str) -> AccountId {
    some_account_of(database, email, Role::Seeker).await
}

/// An account of this role with this address, new in the database.
pub async fn some_account_of(database: &Database, email: &str, role: Role) -> AccountId {
    let mut transaction = database.begin().await.expect("a transaction");
    let new = NewAccount { email, role, password_hash: "hash", pupil: "no", agreed_at: 0 };
    let made = create(&mut transaction, new, 0).await.expect("an answer");
    transaction.commit().await.expect("a commit");
    made.expect("a new address")
}
