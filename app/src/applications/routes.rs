//! The addresses of applications.

use super::{activity_page, api, applicants_page, apply_page, history_page, letter_page, preview_page, write_page};
use crate::account::Accounts;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The most bytes of a form with files: files that are too long are read to their end and dropped, so that what was typed beside them stays.
const MOST_UPLOAD_BYTES: usize = 64 << 20;
/// The most bytes of a form without: ten times its longest texts.
const MOST_FORM_BYTES: usize = 128 << 10;

/// The pages and forms.
pub fn routes() -> Router<Accounts> {
    let uploads = Router::new()
        .route("/postings/{number}/apply", get(apply_page::show_self).post(apply_page::submit_self))
        .route("/recommendations/{id}/apply", get(apply_page::show_referral).post(apply_page::submit_referral))
        .route("/requests/{id}/apply", get(apply_page::show_request).post(apply_page::submit_request))
        .layer(DefaultBodyLimit::max(MOST_UPLOAD_BYTES));
    Router::new()
        .route("/postings/{number}/apply/preview", get(preview_page::preview_self).post(preview_page::send_self))
        .route("/recommendations/{id}/apply/preview", get(preview_page::preview_referral).post(preview_page::send_referral))
        .route("/requests/{id}/apply/preview", get(preview_page::preview_request).post(preview_page::send_request))
        .route("/applications", get(history_page::show_all))
        .route("/applications/activity", get(activity_page::show))
        .route("/applications/export", get(history_page::export))
        .route("/applications/drafts/discard", post(history_page::discard_draft))
        .route("/applications/write", get(write_page::show))
        .route("/applications/{id}", get(history_page::show))
        .route("/applications/{id}/withdraw", post(history_page::withdraw))
        .route("/applications/{id}/letter", get(letter_page::show))
        .route("/employer", get(applicants_page::show_desk))
        .route("/employer/applicants", get(applicants_page::show_all))
        .route("/employer/applicants/{id}", get(applicants_page::show))
        .route("/employer/applicants/{id}/open", post(applicants_page::open))
        .route("/employer/applicants/{id}/interview", post(applicants_page::interview))
        .route("/employer/applicants/{id}/outcome", post(applicants_page::decide))
        .route("/api/applications/draft", post(api::save))
        .route("/api/applications/send", post(api::send))
        .layer(DefaultBodyLimit::max(MOST_FORM_BYTES))
        .merge(uploads)
}
