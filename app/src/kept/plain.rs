//! What the plain pages of what is kept share.

use super::{Entry, Refusal, db};
use crate::account::AccountId;
use crate::account::access::Action;
use crate::account::answer::Failure;
use crate::account::visit::Visit;

/// Whose things these are, for who is signed in as a seeker; otherwise they sign in and come to `page`.
///
/// # Errors
/// `SignInFirst`, or `NotFound` for other roles.
pub fn owner<'v>(visit: &'v Visit, page: &str) -> Result<&'v AccountId, Failure> {
    let Some(user) = &visit.user else { return Err(Failure::SignInFirst(page.to_owned())) };
    Ok(&visit.allow(Action::OwnSeekerPages(&user.account))?.account)
}

/// Takes one change of a form.
///
/// # Errors
/// If it is refused or the database fails.
pub async fn take(visit: &Visit, account: &AccountId, change: Entry) -> Result<(), Failure> {
    let mut transaction = visit.accounts.state.database.begin().await?;
    let answer = db::take(&mut transaction, account, &[change], visit.now).await?;
    transaction.commit().await?;
    match answer.refused.first() {
        None => Ok(()),
        Some((_, Refusal::TooMany)) => Err(Failure::TooManyKept),
        Some(_) => Err(Failure::BadForm),
    }
}
