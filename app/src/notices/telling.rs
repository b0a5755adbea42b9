//! Telling one seeker: a notice, and a mail and a push where they want them.

use super::group::wants_mail;
use super::{NewNotice, db};
use crate::account::{Accounts, db as accounts};
use crate::mail::Letter;
use crate::push;
use sqlx::{Any, Transaction};

/// Writes a notice and, unless its reader switched that off for its kind, a mail and a push without its content.
///
/// # Errors
/// If the database fails.
pub async fn tell(
    site: &Accounts,
    transaction: &mut Transaction<'_, Any>,
    notice: NewNotice<'_>,
    letter: &Letter,
    now: i64,
) -> Result<(), sqlx::Error> {
    db::add(transaction, notice, now).await?;
    push::db::queue(transaction, notice, now).await?;
    if wants_mail(transaction, notice.account, notice.kind).await?
        && let Some(account) = accounts::find(&site.state.database, notice.account).await?
    {
        site.write_mail(transaction, &account.email, letter).await?;
    }
    Ok(())
}
