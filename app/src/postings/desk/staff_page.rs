//! `/staff/postings`: what waits to be checked before it is published; publishing it, or sending it back with the reason.

use super::employer_page::history;
use super::form::{WORDS_MOST, validate, word};
use super::{DeskPosting, State, db};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{Accounts, Role, db as accounts};
use crate::applications::tell_employer;
use crate::audit;
use crate::establishments::{self, Establishment};
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::postings::db::{self as postings, Incoming, Packer, flatten};
use crate::postings::feed::{Derived, FeedSettings, reading};
use crate::postings::number::DESK_OFFICE;
use crate::postings::record::Record;
use crate::postings::sheet::{Item, Sheet, build};
use crate::postings::{PostingNumber, Viewer};
use crate::registration::page as framed;
use crate::registration::plain_text::required_lines;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_area_field};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/staff/postings";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show_all)).route("/staff/postings/{id}", get(show).post(submit))
}

/// A number of the desk that a posting without one is looked at under.
///
/// # Errors
/// Never: the office is five digits.
pub fn some_number() -> Result<PostingNumber, Failure> {
    format!("{DESK_OFFICE}-1").parse().map_err(|_| Failure::Internal)
}

async fn show_all(visit: Visit, asked: Asked) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let waiting = db::submitted(&visit.accounts.state.database).await?;
    let said = match asked.get("said") {
        "published" => Some(text::desk_said_published()),
        "returned" => Some(text::desk_said_returned()),
        _ => None,
    };
    let items = waiting.iter().map(|posting| {
        view! { <li><a href=format!("{PAGE}/{}", posting.id)>{posting.form.one("title").to_owned()}</a></li> }
    });
    let none = waiting.is_empty().then(|| view! { <p>{text::desk_none_waits()}</p> });
    let content = view! {
        <h1>{text::desk_staff_title()}</h1>
        {said.map(|said| view! { <p class="notice notice-success" role="status">{said}</p> })}
        {none}
        <ul class="account-links">{items.collect_view()}</ul>
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::desk_staff_title(), content))
}

async fn opened(visit: &Visit, id: &str) -> Result<(DeskPosting, Establishment), Failure> {
    visit.allow(Action::StaffDesk)?;
    let database = &visit.accounts.state.database;
    let posting = db::find(database, id).await?.ok_or(Failure::NotFound)?;
    let establishment = establishments::db::find(database, &posting.establishment).await?.ok_or(Failure::NotFound)?;
    Ok((posting, establishment))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let (posting, establishment) = opened(&visit, &id).await?;
    page(&visit, &posting, &establishment, (StatusCode::OK, ""), &FieldErrors::default()).await
}

async fn page(
    visit: &Visit,
    posting: &DeskPosting,
    establishment: &Establishment,
    (status, typed): (StatusCode, &str),
    errors: &FieldErrors,
) -> Answer {
    let said = Said { errors, word };
    let number = posting.number.clone().map_or_else(some_number, Ok)?;
    let checked = validate(&posting.form, establishment, &number, visit.today());
    let wrong = checked.errors.iter().map(word).map(|words| view! { <p class="field-error">{words}</p> }).collect_view();
    let sheet = checked.valid.and_then(|(record, derived)| build(derived.listing, &record, false, Viewer::RegisteredSeeker, visit.today()));
    let edits = db::edits(&visit.accounts.state.database, &posting.id).await?;
    let words =
        TextField { name: "words", label: text::desk_words(), hint: Some(text::desk_words_hint()), value: typed, ..TextField::default() };
    let publish = sheet.is_some().then(|| {
        view! { <button type="submit" name="do" value="publish" class="button">{text::desk_publish()}</button> }
    });
    let form = (posting.state == State::Submitted).then(|| {
        post_form(
            &format!("{PAGE}/{}", posting.id),
            view! {
                {hidden("key", &secret::random())}
                {hidden("base", &posting.revision.to_string())}
                {text_area_field(words, WORDS_MOST, said)}
                <div class="form-actions">
                    {publish}
                    <button type="submit" name="do" value="return" class="button button-secondary">{text::desk_return()}</button>
                </div>
            },
        )
    });
    let content = view! {
        <h1>{text::desk_check_title()}</h1>
        {error_summary(said)}
        <p>{establishment.name.clone()}" "<span class="tag">{posting.state.label()}</span></p>
        {wrong}
        {sheet.as_ref().map(shown)}
        {form}
        <h2>{text::desk_history()}</h2>
        {history(&edits)}
        <ul class="account-links"><li><a href=PAGE>{text::desk_staff_title()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::desk_check_title()), content))
}

/// The sheet as it would be published.
fn shown(sheet: &Sheet) -> AnyView {
    let rows =
        |items: &[Item]| items.iter().map(|item| view! { <dt>{item.label.clone()}</dt><dd>{item.lines.join("\n")}</dd> }).collect_view();
    let sections = sheet.sections.iter().map(|section| {
        view! { <h3>{section.heading.clone()}</h3><dl class="registration-words">{rows(&section.items)}</dl> }
    });
    view! { <section class="registration-section"><h2>{sheet.title.clone()}</h2>{sections.collect_view()}</section> }.into_any()
}

async fn submit(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let (posting, establishment) = opened(&visit, &id).await?;
    let staff = visit.allow(Action::StaffDesk)?;
    let form_hash = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form_hash).await? {
        return Ok(redirect(&answer));
    }
    let typed = fields.get("words");
    let (state, said) = match fields.get("do") {
        "publish" => (State::Published, "published"),
        "return" => (State::Returned, "returned"),
        _ => return Err(Failure::BadForm),
    };
    let mut errors = FieldErrors::default();
    let words = match required_lines(typed, WORDS_MOST) {
        Err(Code::Required) if state == State::Published => String::new(),
        Ok(words) => words,
        Err(code) => {
            errors.add("words", code);
            String::new()
        }
    };
    if !errors.is_empty() {
        return page(&visit, &posting, &establishment, (StatusCode::UNPROCESSABLE_ENTITY, typed), &errors).await;
    }
    let answer = format!("{PAGE}?said={said}");
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form_hash, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let base = fields.get("base").parse().unwrap_or_default();
    if posting.state != State::Submitted || !db::change(&mut transaction, (&id, base), (state, &posting.form), visit.now).await? {
        transaction.rollback().await?;
        return Ok(redirect(&format!("{PAGE}/{id}")));
    }
    if state == State::Published {
        let number = db::number(&mut transaction, &posting).await?;
        let Some((record, derived)) = validate(&posting.form, &establishment, &number, visit.today()).valid else {
            transaction.rollback().await?;
            return page(&visit, &posting, &establishment, (StatusCode::UNPROCESSABLE_ENTITY, typed), &FieldErrors::default()).await;
        };
        postings::publish(&mut transaction, &incoming(&record, &derived)?, visit.now).await?;
    }
    db::add_edit(&mut transaction, &id, (Role::Staff, state, &words), &posting.form, visit.now).await?;
    audit::add(&mut transaction, staff, state.audited(), &id, visit.now).await?;
    tell_employer(&visit, &mut transaction, &establishment.id, &Letter::PostingMoved).await?;
    accounts::answer(&mut transaction, &form_hash, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}

/// The posting as it is kept.
fn incoming(record: &Record, derived: &Derived) -> Result<Incoming, Failure> {
    let flat = flatten(record);
    let Derived { posting, listing } = derived;
    Ok(Incoming {
        number: posting.number.clone(),
        content_hash: Incoming::content_hash(&flat, reading(&FeedSettings::default())),
        scope: posting.scope,
        received_on: posting.received_on,
        deadline: posting.deadline,
        summary: serde_json::to_string(listing).map_err(|_| Failure::Internal)?,
        packed: Packer::new()?.pack(&flat)?,
    })
}
