//! `/sign-out`: takes what is one person's off the phone, then ends the session. `frontend/kept/pages.js` asks before anything unsent is
//! lost, and clears the phone also without a network; without scripts there is nothing on the phone.

use super::answer::Answer;
use super::visit::{Asked, Visit};
use crate::text;
use crate::ui::PlainShell;
use crate::ui::form_fields::post_form;
use leptos::prelude::*;

/// GET `/sign-out`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    Ok(visit.phone_page(&asked, text::ui_sign_out_title(), content()))
}

/// The page as the service worker keeps it.
#[must_use]
pub fn kept_document(shell: &PlainShell) -> String {
    shell.kept_document(text::ui_sign_out_title(), content())
}

fn content() -> AnyView {
    view! {
        <h1>{text::ui_sign_out_title()}</h1>
        <p>{text::ui_sign_out_about()}</p>
        <div id="unsent" class="notice notice-warning" hidden="">
            <h2>{text::ui_sign_out_unsent()}</h2>
            <p>{text::ui_sign_out_unsent_about()}</p>
            <ul></ul>
            <p><button type="button" class="button">{text::ui_sign_out_send()}</button></p>
        </div>
        <p
            role="status"
            id="kept-status"
            data-sending=text::ui_sign_out_sending()
            data-not-sent=text::ui_sign_out_not_sent()
            data-done-offline=text::ui_sign_out_done_offline()
        ></p>
        <div id="sign-out" data-discard=text::ui_sign_out_discard()>
            {post_form(
                "/account/sign-out",
                view! { <button type="submit" class="button">{text::ui_sign_out_button()}</button> },
            )}
        </div>
        <ul class="account-links"><li><a href="/account">{text::ui_sign_out_cancel()}</a></li></ul>
        <script type="module" src="/pages.js"></script>
    }
    .into_any()
}
