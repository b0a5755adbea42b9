//! Proofs of mailboxes.

use crate::account::AccountId;
use crate::account::proof::{CODE_VALID_MS, MOST_TRIES, Proof, Purpose};
use crate::database::{Database, decode};
use sqlx::{Any, Row, Transaction};

/// Writes down a new proof.
///
/// # Errors
/// If the database fails.
pub async fn begin(transaction: &mut Transaction<'_, Any>, proof: &Proof) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO mailbox_proofs (token_hash, purpose, email, account_id, browser_hash, code_hash, detail, mail_id, created_at, sent_at, \
         sends, tries, last_wrong) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1, 0, '')",
    )
    .bind(proof.token_hash.as_str())
    .bind(proof.purpose.code())
    .bind(proof.email.as_str())
    .bind(proof.account.as_ref().map(AccountId::as_str))
    .bind(proof.browser_hash.as_str())
    .bind(proof.code_hash.as_str())
    .bind(serde_json::to_string(&proof.detail).map_err(decode)?)
    .bind(proof.mail_id.as_str())
    .bind(proof.created_at)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The proof with this token.
///
/// # Errors
/// If the database fails.
pub async fn find(database: &Database, token_hash: &str) -> Result<Option<Proof>, sqlx::Error> {
    let row = sqlx::query(
        "SELECT token_hash, purpose, email, account_id, browser_hash, code_hash, detail, mail_id, created_at, sent_at, sends, tries, \
         proved_at, done_at FROM mailbox_proofs WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(database.read())
    .await?;
    row.map(|row| {
        Ok(Proof {
            token_hash: row.try_get(0)?,
            purpose: Purpose::from_code(&row.try_get::<String, _>(1)?).ok_or_else(|| decode("no purpose has the code"))?,
            email: row.try_get(2)?,
            account: row.try_get::<Option<String>, _>(3)?.map(AccountId::new),
            browser_hash: row.try_get(4)?,
            code_hash: row.try_get(5)?,
            detail: serde_json::from_str(&row.try_get::<String, _>(6)?).map_err(decode)?,
            mail_id: row.try_get(7)?,
            created_at: row.try_get(8)?,
            sent_at: row.try_get(9)?,
            sends: row.try_get(10)?,
            tries: row.try_get(11)?,
            proved_at: row.try_get(12)?,
            done_at: row.try_get(13)?,
        })
    })
    .transpose()
}

/// Puts a new code in place of the last one, which was sent at `proof.sent_at`; `false` if a twin was faster.
///
/// # Errors
/// If the database fails.
pub async fn resend(
    transaction: &mut Transaction<'_, Any>,
    proof: &Proof,
    code_hash: &str,
    mail_id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let resent = sqlx::query(
        "UPDATE mailbox_proofs SET code_hash = $1, mail_id = $2, sent_at = $3, sends = sends + 1, tries = 0, last_wrong = '' \
         WHERE token_hash = $4 AND sends = $5 AND done_at IS NULL",
    )
    .bind(code_hash)
    .bind(mail_id)
    .bind(now)
    .bind(proof.token_hash.as_str())
    .bind(proof.sends)
    .execute(&mut **transaction)
    .await?;
    Ok(resent.rows_affected() == 1)
}

/// What came of trying a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTry {
    /// It is the one: the mailbox is proved.
    Right,
    /// It is not.
    Wrong,
    /// No code can be right any more: too old, tried too often, or used.
    Over,
}

/// Tries a code, given as its hash. One statement counts and compares, so that a crowd of callers at once has no more than
/// [`MOST_TRIES`]; the same wrong code again (a double tap) is no further try.
///
/// # Errors
/// If the database fails.
pub async fn try_code(database: &Database, token_hash: &str, code_hash: &str, now: i64) -> Result<CodeTry, sqlx::Error> {
    let mut connection = database.write().await?;
    let row = sqlx::query(
        "UPDATE mailbox_proofs SET \
         proved_at = CASE WHEN code_hash = $2 THEN COALESCE(proved_at, $3) ELSE proved_at END, \
         tries = CASE WHEN code_hash = $2 OR last_wrong = $2 THEN tries ELSE tries + 1 END, \
         last_wrong = CASE WHEN code_hash = $2 THEN last_wrong ELSE $2 END \
         WHERE token_hash = $1 AND tries < $4 AND sent_at > $5 AND done_at IS NULL \
         RETURNING CASE WHEN code_hash = $2 THEN 1 ELSE 0 END",
    )
    .bind(token_hash)
    .bind(code_hash)
    .bind(now)
    .bind(MOST_TRIES)
    .bind(now - CODE_VALID_MS)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(CodeTry::Over) };
    Ok(if row.try_get::<i64, _>(0)? == 1 { CodeTry::Right } else { CodeTry::Wrong })
}

/// Marks the procedure done, and the mailbox proved where another way did it; `false` if it was done before.
///
/// # Errors
/// If the database fails.
pub async fn done(transaction: &mut Transaction<'_, Any>, token_hash: &str, now: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE mailbox_proofs SET done_at = $1, proved_at = COALESCE(proved_at, $1) WHERE token_hash = $2 AND done_at IS NULL",
    )
    .bind(now)
    .bind(token_hash)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks the mailbox proved by another way: a recovery code.
///
/// # Errors
/// If the database fails.
pub async fn prove(transaction: &mut Transaction<'_, Any>, token_hash: &str, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE mailbox_proofs SET proved_at = COALESCE(proved_at, $1) WHERE token_hash = $2")
        .bind(now)
        .bind(token_hash)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
