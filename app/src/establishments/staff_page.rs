//! `/staff/establishments`: staff link an establishment, with its postings, to an employer's account.

use super::{Establishment, db};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{AccountId, Accounts, Role, db as accounts};
use crate::audit;
use crate::form::{Code, FieldError, FieldErrors};
use crate::postings::{PostingNumber, db as postings};
use crate::registration::page as framed;
use crate::registration::plain_text::line;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_area_field, text_field};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/staff/establishments";
/// The longest name and address, in characters [own].
const LINE_MOST: usize = 120;
/// The most postings of one form, in characters of their list.
const NUMBERS_MOST: usize = 4000;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show_all).post(submit_new)).route("/staff/establishments/{id}", get(show).post(submit))
}

/// GET: those whose name holds `name`, and the form for a new one.
async fn show_all(visit: Visit, asked: Asked) -> Answer {
    visit.allow(Action::StaffDesk)?;
    list_page(&visit, asked.get("name"), (StatusCode::OK, &Fields::default()), &FieldErrors::default()).await
}

async fn list_page(visit: &Visit, name: &str, (status, fields): (StatusCode, &Fields), errors: &FieldErrors) -> Answer {
    let found = db::named(&visit.accounts.state.database, name.trim()).await?;
    let said = Said { errors, word };
    let lines = found.iter().map(|establishment| {
        let closed = (!establishment.has_page()).then(|| view! { <strong class="tag">{text::establishments_no_page()}</strong> });
        view! {
            <li>
                <a href=format!("{PAGE}/{}", establishment.id)>{establishment.name.clone()}</a>
                " "
                {establishment.address.clone()}
                " "
                {closed}
            </li>
        }
    });
    let content = view! {
        <h1>{text::establishments_title()}</h1>
        {error_summary(said)}
        <p>{text::establishments_about()}</p>
        <form method="get" action=PAGE>
            {text_field(TextField { name: "name", label: text::establishments_search(), value: name, autocomplete: "off", ..TextField::default() }, said)}
            <button type="submit" class="button button-secondary">{text::establishments_search_button()}</button>
        </form>
        <ul class="account-links">{lines.collect_view()}</ul>
        <h2>{text::establishments_new()}</h2>
        {post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                {employer_field(fields, said)}
                {name_fields((fields.get("new_name"), fields.get("address")), said)}
                {numbers_field(fields, said)}
                <button type="submit" class="button">{text::establishments_link()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::establishments_title()), content))
}

fn employer_field(fields: &Fields, said: Said<'_>) -> AnyView {
    let email = TextField {
        name: "email",
        label: text::establishments_email(),
        hint: Some(text::establishments_email_hint()),
        kind: Some("email"),
        value: fields.get("email"),
        autocomplete: "off",
        is_required: true,
        ..TextField::default()
    };
    text_field(email, said)
}

fn numbers_field(fields: &Fields, said: Said<'_>) -> AnyView {
    let numbers = TextField {
        name: "numbers",
        label: text::establishments_numbers(),
        hint: Some(text::establishments_numbers_hint()),
        value: fields.get("numbers"),
        ..TextField::default()
    };
    text_area_field(numbers, NUMBERS_MOST, said)
}

fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("email", Code::Required) => text::establishments_error_email().to_owned(),
        ("email", _) => text::establishments_error_no_employer().to_owned(),
        ("new_name", _) => text::establishments_error_name().to_owned(),
        ("address", _) => text::establishments_error_address().to_owned(),
        ("numbers", Code::Twice) => text::establishments_error_taken().to_owned(),
        ("numbers", Code::NotAChoice) => text::establishments_error_unknown().to_owned(),
        _ => text::establishments_error_numbers().to_owned(),
    }
}

/// The posting numbers of a list: one a line, or with spaces or commas between. Each must be kept and nobody else's.
async fn numbers(visit: &Visit, fields: &Fields, own: &str, errors: &mut FieldErrors) -> Result<Vec<PostingNumber>, Failure> {
    let typed = fields.get("numbers");
    let parts = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，')).filter(|part| !part.is_empty());
    let Ok(numbers) = parts.map(str::parse).collect::<Result<Vec<PostingNumber>, _>>() else {
        errors.add("numbers", Code::NotANumber);
        return Ok(Vec::new());
    };
    let database = &visit.accounts.state.database;
    let known = postings::known(database, &numbers).await?;
    if numbers.iter().any(|number| !known.contains_key(number)) {
        errors.add("numbers", Code::NotAChoice);
    }
    if db::taken(database, &numbers).await?.iter().any(|(_, owner)| owner != own) {
        errors.add("numbers", Code::Twice);
    }
    Ok(numbers)
}

/// The employer with this address.
async fn employer(visit: &Visit, fields: &Fields, errors: &mut FieldErrors) -> Result<Option<AccountId>, Failure> {
    let email = fields.get("email").trim();
    if email.is_empty() {
        errors.add("email", Code::Required);
        return Ok(None);
    }
    let found = accounts::find_by_email(&visit.accounts.state.database, email).await?.filter(|account| account.role == Role::Employer);
    if found.is_none() {
        errors.add("email", Code::NotAChoice);
    }
    Ok(found.map(|account| account.id))
}

/// Name and address as typed.
fn named(fields: &Fields, errors: &mut FieldErrors) -> (String, String) {
    let mut read = |name: &str| match line(fields.get(name), LINE_MOST) {
        Ok(text) if !text.is_empty() => text,
        _ => {
            errors.add(name, Code::Required);
            String::new()
        }
    };
    (read("new_name"), read("address"))
}

fn name_fields((name, address): (&str, &str), said: Said<'_>) -> AnyView {
    let field = |name, label, value| {
        text_field(TextField { name, label, value, autocomplete: "off", is_required: true, ..TextField::default() }, said)
    };
    view! {
        {field("new_name", text::establishments_name(), name)}
        {field("address", text::establishments_address(), address)}
    }
    .into_any()
}

/// POST: links a new one.
async fn submit_new(visit: Visit, fields: Fields) -> Answer {
    let staff = visit.allow(Action::StaffDesk)?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let mut errors = FieldErrors::default();
    let member = employer(&visit, &fields, &mut errors).await?;
    let (name, address) = named(&fields, &mut errors);
    let numbers = numbers(&visit, &fields, "", &mut errors).await?;
    let Some(member) = member.filter(|_| errors.is_empty()) else {
        return list_page(&visit, "", (StatusCode::UNPROCESSABLE_ENTITY, &fields), &errors).await;
    };
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let id = db::add(&mut transaction, &name, &address, visit.now).await?;
    db::add_member(&mut transaction, &id, &member).await?;
    for number in &numbers {
        db::add_posting(&mut transaction, &id, number).await?;
    }
    audit::add(&mut transaction, staff, audit::What::LinkEstablishment, &id, visit.now).await?;
    let answer = format!("{PAGE}/{id}?said=linked");
    accounts::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}

async fn opened(visit: &Visit, id: &str) -> Result<Establishment, Failure> {
    visit.allow(Action::StaffDesk)?;
    db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)
}

/// GET: one, with who acts for it and its postings.
async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let establishment = opened(&visit, &id).await?;
    let said = match asked.get("said") {
        "linked" => Some(text::establishments_said_linked()),
        "changed" => Some(text::establishments_said_changed()),
        _ => None,
    };
    one_page(&visit, &establishment, (StatusCode::OK, said), &Fields::default(), &FieldErrors::default()).await
}

async fn one_page(
    visit: &Visit,
    establishment: &Establishment,
    (status, notice): (StatusCode, Option<&'static str>),
    fields: &Fields,
    errors: &FieldErrors,
) -> Result<Response, Failure> {
    let database = &visit.accounts.state.database;
    let said = Said { errors, word };
    let path = format!("{PAGE}/{}", establishment.id);
    let members = db::addresses(database, &establishment.id).await?;
    let numbers = db::postings(database, &establishment.id).await?;
    let members: Vec<_> = members.into_iter().map(|(account, email)| one_member(&path, &account, email)).collect();
    let numbers: Vec<_> = numbers.iter().map(|number| one_posting(&path, number)).collect();
    let typed = if fields.get("do") == "rename" {
        (fields.get("new_name"), fields.get("address"))
    } else {
        (establishment.name.as_str(), establishment.address.as_str())
    };
    let content = view! {
        <h1>{establishment.name.clone()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        <p>{establishment.address.clone()}</p>
        <details open=fields.get("do") == "rename">
            <summary>{text::establishments_rename_heading()}</summary>
            {post_form(
                &path,
                view! {
                    {hidden("key", &secret::random())}
                    {name_fields(typed, said)}
                    <button type="submit" name="do" value="rename" class="button button-secondary">{text::establishments_rename()}</button>
                },
            )}
        </details>
        <h2>{text::establishments_members()}</h2>
        <ul class="device-list">{members}</ul>
        {post_form(
            &path,
            view! {
                {hidden("key", &secret::random())}
                {employer_field(fields, said)}
                <button type="submit" name="do" value="add-member" class="button button-secondary">{text::establishments_add_member()}</button>
            },
        )}
        <h2>{text::establishments_postings()}</h2>
        <ul class="device-list">{numbers}</ul>
        {post_form(
            &path,
            view! {
                {hidden("key", &secret::random())}
                {numbers_field(fields, said)}
                <button type="submit" name="do" value="add-postings" class="button button-secondary">{text::establishments_add_postings()}</button>
            },
        )}
        <ul class="account-links"><li><a href=PAGE>{text::establishments_title()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(&establishment.name), content))
}

fn one_member(path: &str, account: &AccountId, email: String) -> AnyView {
    let fields = view! {
        {hidden("key", &secret::random())}
        {hidden("account", account.as_str())}
        <button type="submit" name="do" value="remove-member" class="button button-text">{text::establishments_remove_member(&email)}</button>
    };
    view! { <li>{email} {post_form(path, fields)}</li> }.into_any()
}

fn one_posting(path: &str, number: &PostingNumber) -> AnyView {
    let fields = view! {
        {hidden("key", &secret::random())}
        {hidden("number", number.as_str())}
        <button type="submit" name="do" value="remove-posting" class="button button-text">{text::establishments_remove_posting(number)}</button>
    };
    view! { <li><a href=format!("/postings/{number}")>{number.to_string()}</a> {post_form(path, fields)}</li> }.into_any()
}

/// POST: another member or posting, or one less; another name.
async fn submit(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let establishment = opened(&visit, &id).await?;
    let staff = visit.allow(Action::StaffDesk)?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let mut errors = FieldErrors::default();
    let (mut member, mut added, mut renamed) = (None, Vec::new(), None);
    let what: audit::What = fields.get("do").parse().map_err(|_| Failure::BadForm)?;
    match fields.get("do") {
        "add-member" => member = employer(&visit, &fields, &mut errors).await?,
        "add-postings" => added = numbers(&visit, &fields, &id, &mut errors).await?,
        "rename" => renamed = Some(named(&fields, &mut errors)),
        "remove-member" | "remove-posting" => {}
        _ => return Err(Failure::BadForm),
    }
    if !errors.is_empty() {
        return one_page(&visit, &establishment, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await;
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    if let Some(member) = member {
        db::add_member(&mut transaction, &id, &member).await?;
    }
    for number in &added {
        db::add_posting(&mut transaction, &id, number).await?;
    }
    if let Some((name, address)) = renamed {
        db::rename(&mut transaction, &id, &name, &address).await?;
    }
    if fields.get("do") == "remove-posting" {
        db::remove_posting(&mut transaction, &id, fields.get("number")).await?;
    }
    if fields.get("do") == "remove-member" {
        db::remove_member(&mut transaction, &id, &AccountId::new(fields.get("account"))).await?;
    }
    audit::add(&mut transaction, staff, what, &id, visit.now).await?;
    let answer = format!("{PAGE}/{id}?said=changed");
    accounts::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}
