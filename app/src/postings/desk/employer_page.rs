//! `/employer/postings`: an employer's postings: written, sent to staff, changed, stopped, reused. Those of the feed are read only.

use super::differences::{differences, listed};
use super::form::{Field, Format, SECTIONS, fields, validate, word};
use super::{DeskPosting, Edit, State, db};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{Accounts, Role, db as accounts};
use crate::audit;
use crate::date::date_and_time;
use crate::establishments::{self, Establishment};
use crate::form::FieldErrors;
use crate::places::prefecture_options;
use crate::postings::{PostingNumber, db as postings};
use crate::registration::form_data::FormData;
use crate::registration::page as framed;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{
    Choice, Said, Select, TextField, choice, error_summary, hidden, post_form, select_field, text_area_field, text_field, tick_box,
};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/employer/postings";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show_all).post(begin)).route("/employer/postings/{id}", get(show).post(submit))
}

async fn show_all(visit: Visit) -> Answer {
    let account = &visit.allow(Action::EmployerDesk)?.account;
    let database = &visit.accounts.state.database;
    let mut parts = Vec::new();
    for establishment in establishments::db::of_account(database, account).await? {
        let own = db::of_establishment(database, &establishment.id).await?;
        let numbers = establishments::db::postings(database, &establishment.id).await?;
        let (desk, feed): (Vec<PostingNumber>, Vec<PostingNumber>) = numbers.into_iter().partition(PostingNumber::is_desk);
        let public = postings::listings(database, &desk).await?.into_iter().filter(|(.., closed)| closed.is_none());
        let public: Vec<PostingNumber> = public.map(|(number, ..)| number).collect();
        let feed = postings::listings(database, &feed).await?;
        parts.push(of_establishment(&establishment, &own, &public, &feed));
    }
    let content = view! {
        <h1>{text::desk_title()}</h1>
        {parts}
        <ul class="account-links"><li><a href="/employer">{text::applicants_desk_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::desk_title(), content))
}

type Listed = (PostingNumber, crate::postings::posting::Listing, Option<i64>);

/// `public`: those that can be applied for now, whatever is being changed.
fn of_establishment(establishment: &Establishment, own: &[DeskPosting], public: &[PostingNumber], feed: &[Listed]) -> AnyView {
    let items = own.iter().map(|posting| {
        let title = posting.form.one("title");
        let title = if title.is_empty() { text::desk_untitled() } else { title }.to_owned();
        let is_public = posting.state != State::Published && posting.number.as_ref().is_some_and(|number| public.contains(number));
        view! {
            <li>
                <a href=format!("{PAGE}/{}", posting.id)>{title}</a>
                " "
                {is_public.then(|| view! { <span class="tag">{State::Published.label()}</span>" " })}
                <span class="tag">{posting.state.label()}</span>
                " "
                {posting.number.as_ref().map(ToString::to_string)}
            </li>
        }
    });
    let feed = feed.iter().map(|(number, listing, _)| {
        view! { <li><a href=format!("/postings/{number}")>{listing.row.title.clone()}</a>" "{number.to_string()}</li> }
    });
    view! {
        <h2>{establishment.name.clone()}</h2>
        <ul class="account-links">{items.collect_view()}</ul>
        {post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                {hidden("establishment", &establishment.id)}
                <button type="submit" class="button button-secondary">{text::desk_new()}</button>
            },
        )}
        <h3>{text::desk_of_feed()}</h3>
        <p class="hint">{text::desk_of_feed_about()}</p>
        <ul class="account-links">{feed.collect_view()}</ul>
    }
    .into_any()
}

/// An establishment of who is signed in.
async fn own_establishment(visit: &Visit, id: &str) -> Result<Establishment, Failure> {
    visit.allow(Action::EmployerDesk)?;
    let found = establishments::db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    visit.allow(Action::Establishment(&found.members))?;
    Ok(found)
}

/// POST `/employer/postings`: begins a posting, blank or as a copy of another of one's own (`from`).
async fn begin(visit: Visit, fields: Fields) -> Answer {
    let establishment = own_establishment(&visit, fields.get("establishment")).await?;
    let form_hash = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form_hash).await? {
        return Ok(redirect(&answer));
    }
    let mut form = FormData::default();
    if !fields.get("from").is_empty() {
        let (from, _) = own(&visit, fields.get("from")).await?;
        form = from.form;
        form.0.retain(|(name, _)| name != "deadline");
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form_hash, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let id = db::add(&mut transaction, &establishment.id, &form, visit.now).await?;
    let answer = format!("{PAGE}/{id}");
    accounts::answer(&mut transaction, &form_hash, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}

async fn own(visit: &Visit, id: &str) -> Result<(DeskPosting, Establishment), Failure> {
    visit.allow(Action::EmployerDesk)?;
    let posting = db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    let establishment = own_establishment(visit, &posting.establishment).await?;
    Ok((posting, establishment))
}

async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let (posting, _) = own(&visit, &id).await?;
    let notice = match asked.get("said") {
        "saved" => Some(text::desk_said_saved()),
        "submitted" => Some(text::desk_said_submitted()),
        "stopped" => Some(text::desk_said_stopped()),
        _ => None,
    };
    let notice = notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> }.into_any());
    page(&visit, &posting, &posting.form, (StatusCode::OK, notice), &FieldErrors::default()).await
}

/// Whether it can be applied for now, whatever is being changed.
async fn is_public(visit: &Visit, posting: &DeskPosting) -> Result<bool, Failure> {
    let Some(number) = &posting.number else { return Ok(false) };
    let found = postings::listings(&visit.accounts.state.database, std::slice::from_ref(number)).await?;
    Ok(found.into_iter().any(|(.., closed)| closed.is_none()))
}

/// Another screen was faster: what was typed stays, and what differs is shown. Sent again, it counts.
async fn conflict_page(visit: &Visit, id: &str, form: &FormData) -> Answer {
    let posting = db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    let notice = view! {
        <div class="notice notice-warning" role="alert" tabindex="-1" autofocus>
            <p>{text::desk_conflict()}</p>
            {listed(&differences(&posting.form, form))}
        </div>
    };
    page(visit, &posting, form, (StatusCode::CONFLICT, Some(notice.into_any())), &FieldErrors::default()).await
}

async fn page(
    visit: &Visit,
    posting: &DeskPosting,
    form: &FormData,
    (status, notice): (StatusCode, Option<AnyView>),
    errors: &FieldErrors,
) -> Answer {
    let said = Said { errors, word };
    let edits = db::edits(&visit.accounts.state.database, &posting.id).await?;
    let waits = posting.state == State::Submitted;
    let path = format!("{PAGE}/{}", posting.id);
    let sections = SECTIONS.iter().map(|(heading, fields)| {
        view! { <h2>{heading()}</h2>{fields.iter().map(|field| one_field(field, form, said)).collect_view()} }
    });
    let is_public = is_public(visit, posting).await?;
    let still =
        (is_public && posting.state != State::Published).then(|| view! { <p class="notice notice-info">{text::desk_public_still()}</p> });
    let stop = is_public.then(|| {
        view! { <button type="submit" name="do" value="stop" class="button button-secondary">{text::desk_stop()}</button> }
    });
    let body = if waits {
        let stop = stop.map(|stop| {
            post_form(&path, view! { {hidden("key", &secret::random())} {hidden("base", &posting.revision.to_string())} {stop} })
        });
        view! { <p class="notice notice-info">{text::desk_waits()}</p> {stop} }.into_any()
    } else {
        post_form(
            &path,
            view! {
                {hidden("key", &secret::random())}
                {hidden("base", &posting.revision.to_string())}
                {sections.collect_view()}
                <div class="form-actions">
                    <button type="submit" name="do" value="submit" class="button">{text::desk_submit()}</button>
                    <button type="submit" name="do" value="save" class="button button-secondary">{text::applications_save()}</button>
                    {stop}
                </div>
            },
        )
    };
    let content = view! {
        <h1>{text::desk_one_title()}</h1>
        {notice}
        {error_summary(said)}
        {still}
        <p><span class="tag">{posting.state.label()}</span>" "{posting.number.as_ref().map(|number| view! { <a href=format!("/postings/{number}")>{number.to_string()}</a> })}</p>
        {body}
        <h2>{text::desk_history()}</h2>
        {history(&edits)}
        {post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                {hidden("establishment", &posting.establishment)}
                {hidden("from", &posting.id)}
                <button type="submit" class="button button-text">{text::desk_reuse()}</button>
            },
        )}
        <ul class="account-links"><li><a href=PAGE>{text::desk_title()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::desk_one_title()), content))
}

/// What was done, with what staff said, and what changed with it.
pub fn history(edits: &[Edit]) -> AnyView {
    let items = edits.iter().enumerate().map(|(at, edit)| {
        let words = (!edit.words.is_empty()).then(|| view! { <p class="lines">{edit.words.clone()}</p> });
        let changed = edits.get(at + 1).map(|before| listed(&differences(&before.form, &edit.form)));
        view! { <li><strong>{edit.action.label()}</strong>" "{date_and_time(edit.at)}" "{edit.by.label()}{words}{changed}</li> }
    });
    view! { <ol class="timeline">{items.collect_view()}</ol> }.into_any()
}

fn one_field(field: &Field, form: &FormData, said: Said<'_>) -> AnyView {
    let (name, label, value, is_required) = (field.name, (field.label)(), form.one(field.name), field.is_required);
    let input = |kind: &'static str, is_short: bool| {
        text_field(
            TextField { name, label, kind: Some(kind), value, autocomplete: "off", is_required, is_short, ..TextField::default() },
            said,
        )
    };
    match field.format {
        Format::Line(_) => input("text", false),
        Format::Lines(most) => text_area_field(TextField { name, label, value, is_required, ..TextField::default() }, most, said),
        Format::Number(_) => input("text", true),
        Format::Time => input("text", true),
        Format::Day => input("date", true),
        Format::Tick => tick_box(name, label.into_any(), value == "yes", is_required, said),
        Format::Choice(choices) => {
            let answers: Vec<(&str, &str)> = choices.iter().map(|(code, label)| (*code, label())).collect();
            choice(Choice { name, legend: label, hint: None, answers: &answers, chosen: value, is_required }, said)
        }
        Format::Prefecture => {
            let groups = &prefecture_options();
            select_field(Select { name, label, hint: None, autocomplete: None, groups, chosen: value, is_required }, said)
        }
    }
}

/// What the form sent, of the fields that there are.
fn typed(sent: &Fields) -> FormData {
    let value = |name: &str| sent.get(name).replace("\r\n", "\n");
    FormData(fields().map(|field| (field.name.to_owned(), value(field.name))).filter(|(_, value)| !value.is_empty()).collect())
}

/// POST: saves, and sends to staff or takes off.
async fn submit(visit: Visit, Path(id): Path<String>, sent: Fields) -> Answer {
    let (posting, establishment) = own(&visit, &id).await?;
    let employer = visit.allow(Action::EmployerDesk)?;
    let form_hash = visit.form_hash(&sent)?;
    if let Some(answer) = visit.answered_before(&form_hash).await? {
        return Ok(redirect(&answer));
    }
    let is_stop = sent.get("do") == "stop";
    if posting.state == State::Submitted && !is_stop {
        return Ok(redirect(&format!("{PAGE}/{id}")));
    }
    let form = typed(&sent);
    let base = sent.get("base").parse().unwrap_or_default();
    let (state, said) = match sent.get("do") {
        "save" => (State::Draft, "saved"),
        "stop" if is_public(&visit, &posting).await? => (State::Stopped, "stopped"),
        "submit" => (State::Submitted, "submitted"),
        _ => return Err(Failure::BadForm),
    };
    if state == State::Submitted {
        let any: PostingNumber = posting.number.clone().map_or_else(super::staff_page::some_number, Ok)?;
        let checked = validate(&form, &establishment, &any, visit.today());
        if checked.valid.is_none() {
            // What was typed stays, on the next device too.
            if !save(&visit, (&id, base), &form).await? {
                return conflict_page(&visit, &id, &form).await;
            }
            let posting = db::find(&visit.accounts.state.database, &id).await?.ok_or(Failure::NotFound)?;
            return page(&visit, &posting, &form, (StatusCode::UNPROCESSABLE_ENTITY, None), &checked.errors).await;
        }
    }
    let form = if state == State::Stopped { &posting.form } else { &form };
    let answer = format!("{PAGE}/{id}?said={said}");
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form_hash, visit.now).await? {
        return Ok(redirect(&answer));
    }
    if !db::change(&mut transaction, (&id, base), (state, form), visit.now).await? {
        transaction.rollback().await?;
        return conflict_page(&visit, &id, form).await;
    }
    if state != State::Draft {
        db::add_edit(&mut transaction, &id, (Role::Employer, state, ""), form, visit.now).await?;
        audit::add(&mut transaction, employer, state.audited(), &id, visit.now).await?;
    }
    if let Some(number) = posting.number.as_ref().filter(|_| state == State::Stopped) {
        postings::stop(&mut transaction, number, visit.now).await?;
    }
    accounts::answer(&mut transaction, &form_hash, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}

/// Keeps what was typed though it cannot be sent; `false` if another screen was faster.
async fn save(visit: &Visit, written_on: (&str, i64), form: &FormData) -> Result<bool, Failure> {
    let mut transaction = visit.accounts.state.database.begin().await?;
    let is_saved = db::change(&mut transaction, written_on, (State::Draft, form), visit.now).await?;
    transaction.commit().await?;
    Ok(is_saved)
}
