//! What stands in place of content that could not be had.

use crate::error::AppError;
use crate::text;
use leptos::prelude::*;

/// Says that the content could not be had, why as far as the reader can do something about it, and offers to try again.
/// `retry` is the address of the page itself; it is loaded anew, not navigated to, because the program at hand may be the reason.
/// [`AppError::NotFound`] has a page of its own: here it reads as a fault of ours.
#[component]
pub fn ErrorNotice(
    /// What went wrong.
    error: AppError,
    /// Where trying again leads.
    retry: String,
) -> impl IntoView {
    let (title, body) = match error {
        AppError::Unreachable => (text::ui_unreachable_title(), text::ui_unreachable_body()),
        AppError::NotFound | AppError::Internal => (text::ui_internal_title(), text::ui_internal_body()),
    };
    view! {
        <div class="notice notice-warning" role="alert">
            <h2>{title}</h2>
            <p>{body}</p>
            {(error == AppError::Unreachable)
                .then(|| {
                    view! {
                        <p>{text::ui_offline_there()}</p>
                        <p>{text::ui_offline_not_there()}</p>
                    }
                })}
            <p>
                <a class="button button-secondary" href=retry rel="external">
                    {text::ui_retry()}
                </a>
            </p>
        </div>
    }
}
