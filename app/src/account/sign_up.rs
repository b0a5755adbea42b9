//! Opening a My Page: address, code from the mailbox, password.

use super::answer::{Answer, Failure, redirect};
use super::db::{self, Claim, NewAccount};
use super::new_password::{PasswordStep, agreement, new_password_page};
use super::proof::{Detail, Proof, Purpose};
use super::service::Ask;
use super::visit::{Asked, Fields, Visit};
use super::{Role, check_password, code_page, safe_next, wording};
use crate::form::{Code, FieldErrors};
use crate::registration::Email;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Choice, Said, TextField, choice, error_summary, hidden, post_form, text_field, tick_box};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// Answers to "are you a pupil?": value, and whether one may open a page (DOMAIN.md [O]).
const PUPIL: [(&str, bool); 3] = [("no", true), ("yes", false), ("excepted", true)];

/// The page on which the password is chosen.
#[must_use]
pub fn password_path(token: &str) -> String {
    format!("/account/sign-up/password?t={token}")
}

/// What the form sends.
#[derive(Debug, Default)]
struct Input<'a> {
    email: &'a str,
    pupil: &'a str,
    agree: bool,
    next: &'a str,
}

/// What it means.
#[derive(Debug)]
struct Valid {
    email: Email,
    pupil: &'static str,
}

fn validate(input: &Input<'_>) -> Result<Valid, FieldErrors> {
    let mut errors = FieldErrors::default();
    let email = read_email("email", input.email, &mut errors);
    let pupil = PUPIL.iter().find(|(value, _)| *value == input.pupil);
    match pupil {
        None => errors.add("pupil", Code::Required),
        Some((_, false)) => errors.add("pupil", Code::Pupil),
        Some(_) => {}
    }
    if !input.agree {
        errors.add("agree", Code::Required);
    }
    match (email, pupil) {
        (Some(email), Some((pupil, true))) if errors.is_empty() => Ok(Valid { email, pupil }),
        _ => Err(errors),
    }
}

/// Reads an address from a field and says what is wrong with it.
pub fn read_email(field: &str, typed: &str, errors: &mut FieldErrors) -> Option<Email> {
    if typed.trim().is_empty() {
        errors.add(field, Code::Required);
        return None;
    }
    typed.parse::<Email>().map_err(|code| errors.add(field, code)).ok()
}

/// GET `/account/sign-up`.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    if visit.user.is_some() {
        return Ok(redirect(safe_next(asked.get("next"))));
    }
    let input = Input { next: safe_next(asked.get("next")), ..Input::default() };
    Ok(page(&visit, StatusCode::OK, &input, &FieldErrors::default()))
}

/// POST `/account/sign-up`: sends the code. An address that has an account already gets a mail that says so, and the page looks the same.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    visit.require_cookies()?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let input = Input {
        email: fields.get("email"),
        pupil: fields.get("pupil"),
        agree: fields.get("agree") == "yes",
        next: safe_next(fields.get("next")),
    };
    let valid = match validate(&input) {
        Ok(valid) => valid,
        Err(errors) => return Ok(page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &input, &errors)),
    };
    visit.count_procedure().await?;
    if !visit.accounts.may_mail(valid.email.as_str(), &visit.network).await? {
        let mut errors = FieldErrors::default();
        errors.add("email", Code::TooManyTries);
        return Ok(page(&visit, StatusCode::TOO_MANY_REQUESTS, &input, &errors));
    }
    begin(&visit, &form, &valid, input.next).await
}

async fn begin(visit: &Visit, form: &str, valid: &Valid, next: &str) -> Answer {
    let database = &visit.accounts.state.database;
    let is_new = db::find_by_email(database, valid.email.as_str()).await?.is_none();
    let mut transaction = database.begin().await?;
    if let Claim::Answered(answer) = db::claim(&mut transaction, form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let ask = Ask {
        purpose: Purpose::SignUp,
        email: valid.email.as_str(),
        account: None,
        is_real: is_new,
        detail: Detail { next: next.to_owned(), pupil: valid.pupil.to_owned(), agreed_at: visit.now },
        browser_hash: &visit.browser_hash(),
        device: &visit.device,
        form,
    };
    code_page::begin(visit, transaction, ask).await
}

fn page(visit: &Visit, status: StatusCode, input: &Input<'_>, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: wording::message };
    let email = TextField {
        name: "email",
        label: text::account_label_email(),
        hint: Some(text::account_email_hint()),
        kind: Some("email"),
        value: input.email,
        autocomplete: "email",
        is_required: true,
        ..TextField::default()
    };
    let pupil = Choice {
        name: "pupil",
        legend: text::account_label_pupil(),
        hint: Some(text::account_pupil_hint()),
        answers: &[("no", text::account_pupil_no()), ("yes", text::account_pupil_yes()), ("excepted", text::account_pupil_excepted())],
        chosen: input.pupil,
        is_required: true,
    };
    let content = view! {
        <h1>{text::account_sign_up_title()}</h1>
        {error_summary(said)}
        <p>{text::account_sign_up_about()}</p>
        {post_form(
            "/account/sign-up",
            view! {
                {hidden("key", &secret::random())}
                {hidden("next", input.next)}
                {text_field(email, said)}
                {choice(pupil, said)}
                {tick_box("agree", agreement(), input.agree, true, said)}
                <button type="submit" class="button">{text::account_sign_up_button()}</button>
            },
        )}
        <ul class="account-links">
            <li><a href="/account/sign-in">{text::account_have_one()}</a></li>
        </ul>
    };
    visit.page(status, &said.title(text::account_sign_up_title()), content)
}

/// GET `/account/sign-up/password`.
pub async fn show_password(visit: Visit, asked: Asked) -> Answer {
    let token = asked.get("t");
    let proof = proved(&visit, token).await?;
    if proof.done_at.is_some() {
        return if visit.user.is_some() { Ok(redirect("/account")) } else { Err(Failure::Over) };
    }
    Ok(new_password_page(&visit, &PasswordStep::sign_up(token, &proof.email), StatusCode::OK, &FieldErrors::default()))
}

async fn proved(visit: &Visit, token: &str) -> Result<Proof, Failure> {
    let proof = visit.proof(token, &[Purpose::SignUp]).await?;
    if proof.is_proved() { Ok(proof) } else { Err(Failure::Over) }
}

/// POST `/account/sign-up/password`: makes the account and signs in. Sent again, it signs in to the same session.
pub async fn submit_password(visit: Visit, fields: Fields) -> Answer {
    let token = fields.get("t").to_owned();
    let proof = proved(&visit, &token).await?;
    let password = fields.get("new_password");
    if let Err(code) = check_password(password, &proof.email) {
        let mut errors = FieldErrors::default();
        errors.add("new_password", code);
        return Ok(new_password_page(&visit, &PasswordStep::sign_up(&token, &proof.email), StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let password_hash = visit.accounts.hasher.hash(password).await?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    if !db::proof_done(&mut transaction, &proof.token_hash, visit.now).await? {
        return visit.signed_in_before(transaction, &proof.token_hash, Role::Seeker, safe_next(&proof.detail.next)).await;
    }
    let new = NewAccount {
        email: &proof.email,
        role: Role::Seeker,
        password_hash: &password_hash,
        pupil: &proof.detail.pupil,
        agreed_at: proof.detail.agreed_at,
    };
    let Some(account) = db::create(&mut transaction, new, visit.now).await? else {
        // Another tab or device was faster. The mailbox is proved, so this tells nothing that its owner does not know.
        transaction.commit().await?;
        return Ok(already_here(&visit));
    };
    let session = visit.begin_session(&mut transaction, &proof.token_hash, (&account, Role::Seeker)).await?;
    transaction.commit().await?;
    let mut response = redirect(safe_next(&proof.detail.next));
    visit.sign_in(&mut response, &session, Role::Seeker);
    Ok(response)
}

fn already_here(visit: &Visit) -> Response {
    let content = view! {
        <h1>{text::account_already_title()}</h1>
        <p>{text::account_already_body()}</p>
        <p><a class="button" href="/account/sign-in">{text::account_to_sign_in()}</a></p>
    };
    visit.page(StatusCode::CONFLICT, text::account_already_title(), content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(input: &Input<'_>) -> Vec<(String, Code)> {
        validate(input).err().iter().flat_map(FieldErrors::iter).map(|error| (error.field.clone(), error.code)).collect()
    }

    #[test]
    fn pupils_of_junior_and_senior_high_schools_are_refused_and_evening_courses_are_not() {
        let of = |pupil| Input { email: "hanako@example.jp", pupil, agree: true, next: "" };
        assert_eq!(codes(&of("no")), []);
        assert_eq!(codes(&of("excepted")), []);
        assert_eq!(codes(&of("yes")), [("pupil".to_owned(), Code::Pupil)]);
        assert_eq!(codes(&of("")), [("pupil".to_owned(), Code::Required)]);
        assert_eq!(codes(&of("<script>")), [("pupil".to_owned(), Code::Required)]);
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once_in_the_order_of_the_page() {
        let fields: Vec<String> = codes(&Input::default()).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["email", "pupil", "agree"]);
    }
}
