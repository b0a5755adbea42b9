//! Who may read an application: its seeker and those who act for its establishment; what an employer reads of a reserved one is written down first.

use super::Application;
use super::db;
use crate::account::access::Action;
use crate::account::answer::Failure;
use crate::account::visit::Visit;
use crate::establishments::{self, Establishment};
use crate::kept::plain::owner;

/// An application of who is signed in as a seeker.
///
/// # Errors
/// [`Failure`]; they come back to the list after signing in.
pub async fn own(visit: &Visit, id: &str) -> Result<Application, Failure> {
    owner(visit, "/applications")?;
    let found = db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    let account = found.account.as_ref().ok_or(Failure::NotFound)?;
    visit.allow(Action::OwnSeekerPages(account))?;
    Ok(found)
}

/// An application that came to an establishment of who is signed in as an employer.
///
/// # Errors
/// [`Failure`].
pub async fn of_establishment(visit: &Visit, id: &str) -> Result<(Application, Establishment), Failure> {
    visit.allow(Action::EmployerDesk)?;
    let found = db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    let establishment = receiver(visit, &found).await?.ok_or(Failure::NotFound)?;
    visit.allow(Action::Establishment(&establishment.members))?;
    Ok((found, establishment))
}

async fn receiver(visit: &Visit, application: &Application) -> Result<Option<Establishment>, Failure> {
    let Some(id) = &application.establishment else { return Ok(None) };
    Ok(establishments::db::find(&visit.accounts.state.database, id).await?)
}

/// Lets either party read what belongs to an application.
///
/// # Errors
/// [`Failure::NotFound`] for anybody else.
pub async fn read_by_party(visit: &Visit, application: &Application) -> Result<(), Failure> {
    if let Some(account) = &application.account
        && visit.allow(Action::OwnSeekerPages(account)).is_ok()
    {
        return Ok(());
    }
    of_establishment(visit, &application.id).await?;
    if application.opened_at.is_none() {
        return Err(Failure::NotFound);
    }
    write_down_read(visit, application).await
}

/// Writes down that an employer or staff reads an application to a reserved posting; nothing for another.
///
/// # Errors
/// [`Failure`].
pub async fn write_down_read(visit: &Visit, application: &Application) -> Result<(), Failure> {
    if !application.is_reserved {
        return Ok(());
    }
    let reader = visit.owner()?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    db::add_read(&mut transaction, &application.id, reader, visit.now).await?;
    transaction.commit().await?;
    Ok(())
}
