//! Accounts and what they agreed to.

use crate::account::{AccountId, PRIVACY_VERSION, Role, TERMS_VERSION, email_key};
use crate::database::{Database, decode};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

/// An account as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// The address that mails go to.
    pub email: String,
    /// What its owner is.
    pub role: Role,
    /// argon2id, as a PHC string.
    pub password_hash: String,
}

/// An account to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// The address, proved.
    pub email: &'a str,
    /// What its owner is.
    pub role: Role,
    /// argon2id, as a PHC string.
    pub password_hash: &'a str,
    /// Whether its owner is a pupil: `no`, or `excepted` for an evening or correspondence course.
    pub pupil: &'a str,
    /// When terms and privacy notice were agreed to; their versions are those of today.
    pub agreed_at: i64,
}

const FIND: &str = "SELECT id, email, role, password_hash FROM accounts WHERE";

/// The account with this name.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, id: &AccountId) -> Result<Option<Account>, sqlx::Error> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{FIND} id = $1"))).bind(id.as_str()).fetch_optional(database.read()).await?;
    row.as_ref().map(read).transpose()
}

/// The account with this address, however it is written.
///
/// # Errors
/// If the database fails.
pub async fn find_by_email(database: &Database, email: &str) -> Result<Option<Account>, sqlx::Error> {
    let row =
        sqlx::query(sqlx::AssertSqlSafe(format!("{FIND} email_key = $1"))).bind(email_key(email)).fetch_optional(database.read()).await?;
    row.as_ref().map(read).transpose()
}

/// Makes an account; `None` if the address has got one meanwhile (two tabs, two devices).
///
/// # Errors
/// If the database fails.
pub async fn create(transaction: &mut Transaction<'_, Any>, new: NewAccount<'_>, now: i64) -> Result<Option<AccountId>, sqlx::Error> {
    let id = crate::secret::random_id();
    let made = sqlx::query(
        "INSERT INTO accounts (id, email, email_key, role, password_hash, pupil, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (email_key) DO NOTHING",
    )
    .bind(id.as_str())
    .bind(new.email)
    .bind(email_key(new.email))
    .bind(new.role.code())
    .bind(new.password_hash)
    .bind(new.pupil)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(None);
    }
    for (document, version) in [("terms", TERMS_VERSION), ("privacy", PRIVACY_VERSION)] {
        sqlx::query("INSERT INTO consents (account_id, document, version, agreed_at) VALUES ($1, $2, $3, $4)")
            .bind(id.as_str())
            .bind(document)
            .bind(version)
            .bind(new.agreed_at)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(Some(AccountId::new(id)))
}

/// Changes the password.
///
/// # Errors
/// If the database fails.
pub async fn change_password(transaction: &mut Transaction<'_, Any>, id: &AccountId, password_hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
        .bind(password_hash)
        .bind(id.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Whether an account other than `id` has this address.
///
/// # Errors
/// If the database fails.
pub async fn email_is_taken(transaction: &mut Transaction<'_, Any>, id: &AccountId, email: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT id FROM accounts WHERE email_key = $1 AND id <> $2")
        .bind(email_key(email))
        .bind(id.as_str())
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(row.is_some())
}

/// Changes the address; `false` if another account has got it meanwhile.
///
/// # Errors
/// If the database fails.
pub async fn change_email(transaction: &mut Transaction<'_, Any>, id: &AccountId, email: &str) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query(
        "UPDATE accounts SET email = $1, email_key = $2 \
         WHERE id = $3 AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.email_key = $2 AND other.id <> $3)",
    )
    .bind(email)
    .bind(email_key(email))
    .bind(id.as_str())
    .execute(&mut **transaction)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Deletes an account and what hangs on it: sessions, trusted browsers, recovery codes, consents, procedures. Employers keep the applications that they
/// received, as nobody's.
///
/// # Errors
/// If the database fails.
pub async fn close(transaction: &mut Transaction<'_, Any>, id: &AccountId) -> Result<(), sqlx::Error> {
    crate::applications::db::anonymise(transaction, id).await?;
    crate::seminars::db::give_all_back(transaction, id).await?;
    sqlx::query("DELETE FROM accounts WHERE id = $1").bind(id.as_str()).execute(&mut **transaction).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Account, sqlx::Error> {
    Ok(Account {
        id: AccountId::new(row.try_get::<String, _>(0)?),
        email: row.try_get(1)?,
        role: row.try_get::<String, _>(2)?.parse().map_err(decode)?,
        password_hash: row.try_get(3)?,
    })
}
