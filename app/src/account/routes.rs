//! The addresses of accounts. They are a contract: links to them stand in mails.

use super::answer::{Answer, Failure, dress, html};
use super::service::Accounts;
use super::visit::Visit;
use super::{
    changing, closing, code_page, devices, documents, forgotten, home_page, invitation, needs_connection_page, passkeys, recovery, sign_in,
    sign_out_page, sign_up,
};
use crate::mail;
use crate::postings::recently_viewed_page;
use crate::text;
use crate::ui::PlainShell;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::middleware::map_response_with_state;
use axum::response::Response;
use axum::routing::{any, get, post};
use leptos::prelude::*;

/// The most bytes of a form: a hundred times what one needs.
const MOST_FORM_BYTES: usize = 64 * 1024;

/// Pages and forms of accounts.
pub fn routes(accounts: Accounts) -> Router {
    let mut routes = Router::new()
        .route("/account", get(home_page::show))
        .route("/account/sign-up", get(sign_up::show).post(sign_up::submit))
        .route("/account/sign-up/password", get(sign_up::show_password).post(sign_up::submit_password))
        .route("/account/sign-in", get(sign_in::show).post(sign_in::submit))
        .route("/account/sign-in/password", get(sign_in::show_password).post(sign_in::submit_password))
        .route("/account/sign-out", post(sign_in::sign_out))
        .route("/account/code", get(code_page::show).post(code_page::submit))
        .route("/account/code/resend", post(code_page::resend))
        .route("/account/recovery", get(recovery::show).post(recovery::submit))
        .route("/account/forgotten", get(forgotten::show).post(forgotten::submit))
        .route("/account/forgotten/password", get(forgotten::show_password).post(forgotten::submit_password))
        .route("/account/password", get(changing::show_password).post(changing::submit_password))
        .route("/account/email", get(changing::show_address).post(changing::submit_address))
        .route("/account/recovery-codes", get(recovery::show_codes).post(recovery::make_codes))
        .route("/account/passkeys", get(passkeys::show).post(passkeys::ask_to_add))
        .route("/account/passkeys/new", get(passkeys::show_add).post(passkeys::add))
        .route("/account/passkeys/remove", post(passkeys::remove))
        .route("/account/sign-in/passkey", get(passkeys::show_sign_in).post(passkeys::ask_to_sign_in))
        .route("/account/sign-in/passkey/finish", post(passkeys::finish_sign_in))
        .route("/account/passkey.js", get(passkeys::script))
        .route("/account/devices/sign-out", post(devices::sign_out_one))
        .route("/account/devices/sign-out-everywhere", post(devices::sign_out_everywhere))
        .route("/account/close", get(closing::show).post(closing::submit))
        .route("/account/closed", get(closing::show_closed))
        .route("/account/terms", get(documents::terms))
        .route("/account/privacy", get(documents::privacy))
        .route("/account/invitation", get(invitation::show).post(invitation::submit))
        .route("/staff/invitations", get(invitation::show_invite).post(invitation::submit_invite))
        .route("/saved-searches", get(crate::saved_searches::show))
        .route("/sign-out", get(sign_out_page::show))
        .route("/needs-connection", get(needs_connection_page::show))
        .route("/recently-viewed", get(recently_viewed_page::show))
        .merge(crate::notices::routes())
        .merge(crate::push::api::routes())
        .merge(crate::favorites::plain::routes())
        .merge(crate::saved_searches::plain::routes())
        .route("/account/{*rest}", any(nothing));
    if accounts.settings.is_demo {
        routes = routes.route("/dev/mail", get(dev_mails)).route("/dev/mail/{name}", get(dev_mail));
    }
    // The routes of registrations have a limit of their own.
    routes
        .layer(DefaultBodyLimit::max(MOST_FORM_BYTES))
        .merge(crate::registration::routes())
        .merge(crate::applications::routes())
        .merge(crate::messages::routes())
        .merge(crate::recommendations::routes())
        .merge(crate::establishments::routes())
        .merge(crate::documents::routes())
        .merge(crate::reports::routes())
        .merge(crate::requests::routes())
        .merge(crate::postings::desk::routes())
        .merge(crate::seminars::routes())
        .merge(crate::support::routes())
        .merge(crate::audit::routes())
        .layer(map_response_with_state(accounts.clone(), dress))
        .with_state(accounts)
}

/// The pages that the service worker keeps: another text of theirs is another version of it.
#[must_use]
pub fn kept_documents(shell: &PlainShell) -> [String; 5] {
    [
        crate::saved_searches::kept_document(shell),
        sign_out_page::kept_document(shell),
        recently_viewed_page::kept_document(shell),
        needs_connection_page::kept_document(shell),
        crate::applications::kept_document(shell),
    ]
}

/// What stands in place of [`routes`] while the service has no key: sign-in is closed, and says so.
pub fn closed_routes(shell: PlainShell) -> Router {
    let closed = move || {
        let shell = shell.clone();
        async move {
            let content = view! {
                <h1>{text::account_not_open_title()}</h1>
                <p>{text::account_not_open_body()}</p>
                <p><a class="button" href="/postings">{text::ui_nav_postings()}</a></p>
            };
            html(StatusCode::SERVICE_UNAVAILABLE, shell.document(text::account_not_open_title(), content.into_any()))
        }
    };
    Router::new().route("/account", any(closed.clone())).route("/account/{*rest}", any(closed))
}

async fn nothing() -> Failure {
    Failure::NotFound
}

async fn dev_mails(visit: Visit) -> Answer {
    let folder = visit.accounts.settings.mail_folder.clone();
    let mails = read(move || mail::dev_list(&folder)).await?;
    Ok(visit.page(StatusCode::OK, text::mail_dev_heading(), mails))
}

async fn dev_mail(visit: Visit, Path(name): Path<String>) -> Answer {
    let folder = visit.accounts.settings.mail_folder.clone();
    let mail = read(move || mail::dev_one(&folder, &name)).await?.ok_or(Failure::NotFound)?;
    Ok::<Response, _>(visit.page(StatusCode::OK, text::mail_dev_heading(), mail))
}

/// Files are read on a thread where other requests do not wait for them.
async fn read<T: Send + 'static>(read: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(read).await.map_err(std::io::Error::other)?.map_err(Failure::from)
}
