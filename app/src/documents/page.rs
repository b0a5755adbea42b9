//! `GET /documents/{id}`: a document, for the two parties of its application alone, as a download.

use super::db::{self, Document};
use crate::account::Accounts;
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, percent_encode};
use crate::account::limits;
use crate::account::visit::Visit;
use crate::applications;
use crate::registration::keys;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route("/documents/{id}", get(show))
}

/// Whether the account that is signed in may add so many files more. Counts them.
///
/// # Errors
/// [`Failure`].
pub(crate) async fn may_add(visit: &Visit, files: usize) -> Result<bool, Failure> {
    let limit = limits::files_of_account(visit.accounts.key(), &visit.owner()?.account);
    for _ in 0..files {
        if !visit.accounts.passes(&limit).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    visit.owner()?;
    let keys = keys(&visit)?;
    let document = db::find(&visit.accounts.state.database, keys, &id).await?.ok_or(Failure::NotFound)?;
    may_read(&visit, &document).await?;
    let bytes = visit.accounts.settings.documents.open(keys, &document.address).await?;
    let name = format!("attachment; filename*=UTF-8''{}", percent_encode(&document.name));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(document.kind.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| Failure::Internal)?),
        // Should a browser show it all the same, it runs nothing and belongs to nobody.
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// A draft's document is its owner's; an application's is both parties', and what the employer reads is written down where it is to be.
async fn may_read(visit: &Visit, document: &Document) -> Result<(), Failure> {
    let Some(id) = &document.application else {
        let owner = document.account.as_ref().ok_or(Failure::NotFound)?;
        visit.allow(Action::OwnSeekerPages(owner))?;
        return Ok(());
    };
    let application = applications::db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    applications::read_by_party(visit, &application).await
}
