//! What was sent after the session had ended, or for another account than the one that is signed in: sealed, until its owner signs in with the same browser. The
//! form carries a ticket for that, so that nobody else can put something there.

use super::db;
use super::form_data::FormData;
use super::own::keys;
use crate::account::answer::Failure;
use crate::account::visit::{Fields, Visit};
use sqlx::{Any, Transaction};

/// How long a form that was opened may still be parked [own].
const TICKET_MS: i64 = 48 * 3_600_000;

/// What a form carries, as `ticket` beside `account`: signed, for this browser and account alone, and for a while.
#[must_use]
pub fn ticket(visit: &Visit) -> String {
    signed(visit, &visit.account_tag(), visit.now)
}

fn signed(visit: &Visit, tag: &str, issued: i64) -> String {
    let issued = issued.to_string();
    format!("{issued}.{}", visit.accounts.key().mac("registration-parking", &[&visit.browser_hash(), tag, &issued]))
}

fn is_ticket(visit: &Visit, tag: &str, shown: &str) -> bool {
    let issued = shown.split('.').next().and_then(|issued| issued.parse::<i64>().ok());
    issued.is_some_and(|issued| (issued..issued.saturating_add(TICKET_MS)).contains(&visit.now) && signed(visit, tag, issued) == shown)
}

/// Lets a form pass that is of who is signed in. Another is kept under `place`, and its owner is sent to sign in and on to `page`.
///
/// # Errors
/// [`Failure::SignInFirst`] where nobody is signed in, [`Failure::Over`] where somebody else is.
pub async fn own_form(visit: &Visit, (place, page): (&str, &str), fields: &Fields, form: &FormData) -> Result<(), Failure> {
    let tag = fields.get("account");
    if visit.user.is_some() && tag == visit.account_tag() {
        return Ok(());
    }
    if is_ticket(visit, tag, fields.get("ticket")) {
        db::park(&visit.accounts.state.database, keys(visit)?, (&visit.browser_hash(), tag), place, form, visit.now).await?;
    }
    if visit.user.is_none() { Err(Failure::SignInFirst(page.to_owned())) } else { Err(Failure::Over) }
}

/// What is kept under `place` for this browser and account.
///
/// # Errors
/// [`Failure`].
pub async fn parked(visit: &Visit, place: &str) -> Result<Option<FormData>, Failure> {
    let (browser, tag) = (visit.browser_hash(), visit.account_tag());
    Ok(db::parked(&visit.accounts.state.database, keys(visit)?, (&browser, &tag), place, visit.now).await?)
}

/// Takes it away: it was saved.
///
/// # Errors
/// If the database fails.
pub async fn unpark(visit: &Visit, transaction: &mut Transaction<'_, Any>, place: &str) -> Result<(), sqlx::Error> {
    db::unpark(transaction, (&visit.browser_hash(), &visit.account_tag()), place).await
}
