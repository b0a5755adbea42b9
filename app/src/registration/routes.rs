//! The addresses of registrations.

use super::{api, overview_page, own_pages, review_page, section_page, staff_page, standing_page};
use crate::account::Accounts;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The most bytes of a section: twenty jobs with the longest texts, and what somebody pasted by mistake, so that it comes back to them.
const MOST_BYTES: usize = 2 << 20;

/// The pages and forms.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route("/registration", get(overview_page::show))
        .route("/registration/review", get(review_page::show).post(review_page::submit))
        .route("/registration/complete", get(review_page::show_complete))
        .route("/registration/changes", get(review_page::show_changes).post(review_page::submit_changes))
        .route("/registration/standing", get(standing_page::show).post(standing_page::submit))
        .route("/registration/preview", get(own_pages::show_preview).post(own_pages::withdraw))
        .route("/registration/summary", get(own_pages::show_summary))
        .route("/registration/past-changes", get(own_pages::show_history))
        .route("/registration/reads", get(own_pages::show_reads))
        .route("/registration/export", get(own_pages::show_export))
        .route("/staff/registrations", get(staff_page::show_search).post(staff_page::search))
        .route("/staff/registrations/{account}", get(staff_page::show).post(staff_page::submit))
        .route("/api/registration/{section}", post(api::save))
        .route("/registration/{section}", get(section_page::show).post(section_page::submit))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}
