//! `/account`: what one has here, where one is signed in, and what one can change.

use super::answer::Answer;
use super::db::{self, Account};
use super::visit::{Asked, Visit};
use super::{Role, passkeys};
use crate::date::Date;
use crate::secret;
use crate::sessions::{self, Session};
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::http::StatusCode;
use leptos::prelude::*;

/// What has just been done: the word in the address, and the sentence.
const SAID: [(&str, &str); 6] = [
    ("password-changed", text::account_said_password_changed()),
    ("address-changed", text::account_said_address_changed()),
    ("device-signed-out", text::account_said_device_signed_out()),
    ("passkey-made", text::passkeys_said_made()),
    ("passkey-removed", text::passkeys_said_removed()),
    ("invited", text::account_said_invited()),
];

/// The sentence of what has just been done.
pub fn said_notice(asked: &Asked) -> Option<AnyView> {
    let (_, sentence) = SAID.into_iter().find(|(word, _)| *word == asked.get("said"))?;
    Some(view! { <p class="notice notice-success" role="status">{sentence}</p> }.into_any())
}

/// GET `/account`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let account = visit.own_account().await?;
    let database = &visit.accounts.state.database;
    let devices = sessions::db::of_account(database, &account.id, visit.now).await?;
    let codes = db::recovery_codes_left(database.read(), &account.id).await?;
    let content = view! {
        <h1>{text::ui_nav_account()}</h1>
        {said_notice(&asked)}
        {(codes == 0).then(no_codes)}
        {facts(&account)}
        {desk(account.role)}
        <h2>{text::account_change_heading()}</h2>
        <ul class="account-links">
            {passkeys::has_name(&visit.accounts.settings).then(|| view! { <li><a href="/account/passkeys">{text::passkeys_title()}</a></li> })}
            <li><a href="/account/password">{text::account_password_title()}</a></li>
            <li><a href="/account/email">{text::account_email_title()}</a></li>
            <li><a href="/account/recovery-codes">{text::account_codes_title()}</a>{text::account_codes_left_short(codes)}</li>
            <li><a href="/account/close">{text::account_close_title()}</a></li>
        </ul>
        <h2>{text::account_devices_heading()}</h2>
        {device_list(&visit, devices)}
        <p><a class="button" href="/sign-out">{text::account_sign_out_button()}</a></p>
        {post_form(
            "/account/devices/sign-out-everywhere",
            view! {
                <p>{text::account_everywhere_about()}</p>
                <button type="submit" class="button button-secondary">{text::account_everywhere_button()}</button>
            },
        )}
    };
    Ok(visit.page(StatusCode::OK, text::ui_nav_account(), content))
}

fn no_codes() -> AnyView {
    view! {
        <div class="notice notice-info">
            <h2>{text::account_no_codes_heading()}</h2>
            <p>{text::account_no_codes_body()}</p>
            <p><a href="/account/recovery-codes">{text::account_codes_title()}</a></p>
        </div>
    }
    .into_any()
}

fn facts(account: &Account) -> AnyView {
    view! {
        <dl class="account-facts">
            <dt>{text::account_label_email()}</dt>
            <dd>{account.email.clone()}</dd>
            <dt>{text::account_label_role()}</dt>
            <dd>{account.role.label()}</dd>
        </dl>
    }
    .into_any()
}

/// What only one role has.
fn desk(role: Role) -> AnyView {
    let links: &[(&str, &str)] = match role {
        Role::Staff => &[
            ("/staff/registrations", text::registration_staff_link()),
            ("/staff/postings", text::desk_staff_title()),
            ("/staff/establishments", text::establishments_title()),
            ("/staff/notices", text::notices_staff_title()),
            ("/staff/reports", text::reports_staff_title()),
            ("/staff/audit", text::audit_title()),
            ("/staff/invitations", text::account_invite_title()),
        ],
        Role::Seeker => &[
            ("/registration", text::registration_title()),
            ("/applications", text::applications_title()),
            ("/messages", text::messages_title()),
            ("/recommendations", text::recommendations_title()),
            ("/requests", text::requests_title()),
            ("/notices", text::notices_title()),
            ("/account/favorites", text::ui_nav_favorites()),
            ("/reports", text::reports_own_title()),
            ("/support", text::support_title()),
        ],
        Role::Employer => &[("/employer", text::applicants_desk_title())],
    };
    let links = links.iter().map(|(path, title)| view! { <li><a href=*path>{*title}</a></li> });
    view! { <ul class="account-links">{links.collect_view()}</ul> }.into_any()
}

fn device_list(visit: &Visit, devices: Vec<Session>) -> AnyView {
    let own = visit.user.as_ref().map(|user| user.session.clone()).unwrap_or_default();
    let items: Vec<_> = devices.into_iter().map(|device| one_device(&device, device.id == own)).collect();
    view! { <ul class="device-list">{items}</ul> }.into_any()
}

fn one_device(device: &Session, is_this: bool) -> AnyView {
    let name = device.device.clone();
    let facts = text::account_device_facts(Date::in_japan(device.created_at).plain(), Date::in_japan(device.seen_at).plain());
    let button = text::account_device_sign_out(&device.device);
    let end = if is_this {
        view! { <p><strong>{text::account_device_this()}</strong></p> }.into_any()
    } else {
        post_form(
            "/account/devices/sign-out",
            view! {
                {hidden("id", &device.id)}
                {hidden("key", &secret::random())}
                <button type="submit" class="button button-text">{button}</button>
            },
        )
    };
    view! { <li><h3>{name}</h3><p>{facts}</p>{end}</li> }.into_any()
}
