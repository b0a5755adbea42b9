//! The page on which a password is chosen: the last step of signing up, after a forgotten one, and of an invitation.

use super::visit::Visit;
use super::wording;
use crate::form::FieldErrors;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field, tick_box};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// A page on which a password is chosen.
pub struct PasswordStep<'a> {
    title: &'static str,
    about: &'static str,
    action: &'static str,
    button: &'static str,
    token: &'a str,
    email: &'a str,
    /// Whether terms and privacy notice have to be agreed to here.
    asks_agreement: bool,
}

impl<'a> PasswordStep<'a> {
    /// The last step of signing up.
    pub const fn sign_up(token: &'a str, email: &'a str) -> Self {
        Self {
            title: text::account_choose_password_title(),
            about: text::account_choose_password_about(),
            action: "/account/sign-up/password",
            button: text::account_choose_password_button(),
            token,
            email,
            asks_agreement: false,
        }
    }

    /// The last step after a forgotten password.
    pub const fn reset(token: &'a str, email: &'a str) -> Self {
        Self {
            title: text::account_reset_title(),
            about: text::account_reset_about(),
            action: "/account/forgotten/password",
            button: text::account_reset_button(),
            token,
            email,
            asks_agreement: false,
        }
    }

    /// The one step of whoever was invited.
    pub const fn invitation(token: &'a str, email: &'a str) -> Self {
        Self {
            title: text::account_invitation_title(),
            about: text::account_invitation_about(),
            action: "/account/invitation",
            button: text::account_choose_password_button(),
            token,
            email,
            asks_agreement: true,
        }
    }
}

/// The page of a step.
pub fn new_password_page(visit: &Visit, step: &PasswordStep<'_>, status: StatusCode, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let agree = step.asks_agreement.then(|| tick_box("agree", agreement(), false, true, said));
    let content = view! {
        <h1>{step.title}</h1>
        {error_summary(said)}
        <p>{step.about}</p>
        {post_form(
            step.action,
            view! {
                {hidden("t", step.token)}
                // So that a password manager knows whose password it keeps.
                <input type="hidden" name="username" autocomplete="username" value=step.email.to_owned()/>
                <p>{text::account_for_address(step.email)}</p>
                {new_password_field(said)}
                {agree}
                <button type="submit" class="button">{step.button}</button>
            },
        )}
    };
    visit.page(status, &said.title(step.title), content)
}

/// The field for a new password.
pub fn new_password_field(said: Said<'_>) -> AnyView {
    let field = TextField {
        name: "new_password",
        label: text::account_label_new_password(),
        hint: Some(text::account_new_password_hint()),
        kind: Some("password"),
        autocomplete: "new-password",
        is_required: true,
        ..TextField::default()
    };
    text_field(field, said)
}

/// What is agreed to, with links.
pub fn agreement() -> AnyView {
    view! {
        <a href="/account/terms">{text::ui_footer_terms()}</a>
        {text::account_agree_and()}
        <a href="/account/privacy">{text::ui_footer_notice()}</a>
        {text::account_agree_end()}
    }
    .into_any()
}
