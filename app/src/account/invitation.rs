//! Invitations: staff by the operator (`mypage staff add`), employers by staff. A link by mail, good once, for a week.

use super::access::Action;
use super::answer::{Answer, Failure, redirect};
use super::db::{self, Claim, Invitation, NewAccount};
use super::home_page::said_notice;
use super::new_password::{PasswordStep, new_password_page};
use super::sign_up::read_email;
use super::visit::{Asked, Fields, Visit};
use super::{AccountId, Role, check_password, wording};
use crate::audit;
use crate::database::Database;
use crate::form::{Code, FieldErrors};
use crate::mail::{self, Letter};
use crate::registration::Email;
use crate::secret::{self, Key};
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_field};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use sqlx::{Any, Transaction};

/// How long an invitation is good for [own].
const VALID_MS: i64 = 7 * 24 * 3_600_000;

/// Invites somebody to be staff, from the operator's terminal. Gives the link, which also leaves by mail.
///
/// # Errors
/// If the database fails.
pub async fn invite(database: &Database, key: &Key, origin: &str, email: &Email, now: i64) -> Result<String, sqlx::Error> {
    let token = secret::random();
    let mut transaction = database.begin().await?;
    let link = write(&mut transaction, (key, origin), (email, Role::Staff), None, &token, now).await?;
    transaction.commit().await?;
    Ok(link)
}

async fn write(
    transaction: &mut Transaction<'_, Any>,
    (key, origin): (&Key, &str),
    (email, role): (&Email, Role),
    by: Option<&AccountId>,
    token: &str,
    now: i64,
) -> Result<String, sqlx::Error> {
    let link = format!("{origin}/account/invitation?t={token}");
    db::invite(transaction, &key.mac("token", &[token]), (email.as_str(), role), by, now).await?;
    let (subject, body) = Letter::Invitation(role, link.clone()).written(origin);
    mail::db::write(transaction, email.as_str(), (subject, &body), now, Some(VALID_MS)).await?;
    Ok(link)
}

/// GET `/staff/invitations`.
pub async fn show_invite(visit: Visit, asked: Asked) -> Answer {
    visit.allow(Action::Invite(Role::Employer))?;
    Ok(invite_page(&visit, "", StatusCode::OK, &FieldErrors::default(), said_notice(&asked)))
}

/// POST `/staff/invitations`: invites an employer.
pub async fn submit_invite(visit: Visit, fields: Fields) -> Answer {
    let staff = visit.allow(Action::Invite(Role::Employer))?;
    let form = visit.form_hash(&fields)?;
    let mut errors = FieldErrors::default();
    let Some(email) = read_email("email", fields.get("email"), &mut errors) else {
        return Ok(invite_page(&visit, fields.get("email"), StatusCode::UNPROCESSABLE_ENTITY, &errors, None));
    };
    let answer = "/staff/invitations?said=invited";
    let mut transaction = visit.accounts.state.database.begin().await?;
    if db::claim(&mut transaction, &form, visit.now).await? == Claim::New {
        let from = (visit.accounts.key(), visit.accounts.settings.origin.as_str());
        write(&mut transaction, from, (&email, Role::Employer), Some(&staff.account), &secret::random(), visit.now).await?;
        audit::add(&mut transaction, staff, audit::What::Invite, "", visit.now).await?;
        db::answer(&mut transaction, &form, answer).await?;
        transaction.commit().await?;
        visit.accounts.ring();
    }
    Ok(redirect(answer))
}

fn invite_page(visit: &Visit, email: &str, status: StatusCode, errors: &FieldErrors, notice: Option<AnyView>) -> Response {
    let said = Said { errors, word: wording::message };
    let email = TextField {
        name: "email",
        label: text::account_label_email(),
        kind: Some("email"),
        value: email,
        autocomplete: "off",
        is_required: true,
        ..TextField::default()
    };
    let content = view! {
        <h1>{text::account_invite_title()}</h1>
        {notice}
        {error_summary(said)}
        <p>{text::account_invite_about()}</p>
        {post_form(
            "/staff/invitations",
            view! {
                {hidden("key", &secret::random())}
                {text_field(email, said)}
                <button type="submit" class="button">{text::account_invite_button()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    visit.page(status, &said.title(text::account_invite_title()), content)
}

/// GET `/account/invitation`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let token = asked.get("t");
    let invitation = open(&visit, token).await?;
    if invitation.accepted_at.is_some() {
        return if visit.user.is_some() { Ok(redirect("/account")) } else { Err(Failure::Over) };
    }
    Ok(new_password_page(&visit, &PasswordStep::invitation(token, &invitation.email), StatusCode::OK, &FieldErrors::default()))
}

async fn open(visit: &Visit, token: &str) -> Result<Invitation, Failure> {
    let found = db::find_invitation(&visit.accounts.state.database, &visit.accounts.token_hash(token)).await?;
    found.filter(|invitation| visit.now - invitation.created_at < VALID_MS).ok_or(Failure::Over)
}

/// POST `/account/invitation`: makes the account and signs in.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    visit.require_cookies()?;
    let token = fields.get("t").to_owned();
    let invitation = open(&visit, &token).await?;
    let password = fields.get("new_password");
    let mut errors = FieldErrors::default();
    if let Err(code) = check_password(password, &invitation.email) {
        errors.add("new_password", code);
    }
    if fields.get("agree") != "yes" {
        errors.add("agree", Code::Required);
    }
    if !errors.is_empty() {
        let step = PasswordStep::invitation(&token, &invitation.email);
        return Ok(new_password_page(&visit, &step, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let password_hash = visit.accounts.hasher.hash(password).await?;
    let token_hash = visit.accounts.token_hash(&token);
    let mut transaction = visit.accounts.state.database.begin().await?;
    if !db::accept_invitation(&mut transaction, &token_hash, visit.now).await? {
        return visit.signed_in_before(transaction, &token_hash, invitation.role, "/account").await;
    }
    let new =
        NewAccount { email: &invitation.email, role: invitation.role, password_hash: &password_hash, pupil: "no", agreed_at: visit.now };
    let Some(account) = db::create(&mut transaction, new, visit.now).await? else { return Ok(address_in_use(&visit)) };
    let session = visit.begin_session(&mut transaction, &token_hash, (&account, invitation.role)).await?;
    transaction.commit().await?;
    let mut response = redirect("/account");
    visit.sign_in(&mut response, &session, invitation.role);
    Ok(response)
}

/// The invited address belongs to an account already: a role is never changed by a link.
fn address_in_use(visit: &Visit) -> Response {
    let content = view! {
        <h1>{text::account_invited_twice_title()}</h1>
        <p>{text::account_invited_twice_body()}</p>
        <p><a class="button" href="/account/sign-in">{text::account_to_sign_in()}</a></p>
    };
    visit.page(StatusCode::CONFLICT, text::account_invited_twice_title(), content)
}
