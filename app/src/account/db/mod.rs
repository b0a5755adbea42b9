//! The only SQL about accounts, proofs of mailboxes, counters and answers of forms.

mod accounts;
mod attempts;
mod form_answers;
mod invitations;
mod proofs;
mod recovery_codes;

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;

pub use accounts::{Account, NewAccount, change_email, change_password, close, create, email_is_taken, find, find_by_email};
pub use attempts::{forget, take};
pub use form_answers::{Claim, answer, answered, claim};
pub use invitations::{Invitation, accept as accept_invitation, find as find_invitation, invite};
pub use proofs::{CodeTry, begin as begin_proof, done as proof_done, find as find_proof, prove, resend as resend_code, try_code};
pub use recovery_codes::{left as recovery_codes_left, replace as replace_recovery_codes, spend as spend_recovery_code};

use crate::database::Database;

/// How long procedures, counters and answers of forms are kept after they began: longer than any of them counts.
const KEPT_MS: i64 = 48 * 3_600_000;
/// How long invitations are kept.
const INVITATIONS_KEPT_MS: i64 = 90 * 24 * 3_600_000;

/// Takes away what does not count any more.
///
/// # Errors
/// If the database fails.
pub async fn tidy(database: &Database, now: i64) -> Result<(), sqlx::Error> {
    let mut connection = database.write().await?;
    for (statement, before) in [
        ("DELETE FROM mailbox_proofs WHERE created_at < $1", now - KEPT_MS),
        ("DELETE FROM attempts WHERE since < $1", now - KEPT_MS),
        ("DELETE FROM form_answers WHERE answered_at < $1", now - KEPT_MS),
        ("DELETE FROM invitations WHERE created_at < $1", now - INVITATIONS_KEPT_MS),
    ] {
        sqlx::query(statement).bind(before).execute(&mut *connection).await?;
    }
    Ok(())
}
