//! `/employer/establishments/{establishment}`: what an employer's applicants see of an establishment, and what its employer changes of it. Name and address are the
//! staff's: they are what postings and letters stand on.

use super::contact::{ABOUT_MOST, Contact, PERSON_MOST, check};
use super::{Establishment, db};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::audit;
use crate::form::{FieldError, FieldErrors};
use crate::registration::page as framed;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_area_field, text_field};
use axum::extract::Path;
use axum::http::StatusCode;
use leptos::prelude::*;

async fn own(visit: &Visit, id: &str) -> Result<Establishment, Failure> {
    visit.allow(Action::EmployerDesk)?;
    let found = db::find(&visit.accounts.state.database, id).await?.ok_or(Failure::NotFound)?;
    visit.allow(Action::Establishment(&found.members))?;
    Ok(found)
}

fn path(id: &str) -> String {
    format!("/employer/establishments/{id}")
}

/// What its applicants see of an establishment; nothing where its employer says nothing.
#[must_use]
pub fn seen(establishment: &Establishment) -> AnyView {
    let Contact { person, phone, about } = establishment.contact.clone();
    let call = (!phone.is_empty()).then(|| {
        let number = phone.replace('-', "");
        view! { <p><a href=format!("tel:{number}")>{text::establishments_call(&phone)}</a></p> }
    });
    view! {
        <p>{establishment.name.clone()}<br/>{establishment.address.clone()}</p>
        {(!person.is_empty()).then(|| view! { <p>{text::establishments_ask_for(&person)}</p> })}
        {call}
        {(!about.is_empty()).then(|| view! { <p class="lines">{about}</p> })}
    }
    .into_any()
}

/// GET.
pub async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let establishment = own(&visit, &id).await?;
    let said = (asked.get("said") == "changed")
        .then(|| view! { <p class="notice notice-success" role="status">{text::establishments_said_changed()}</p> }.into_any());
    page(&visit, &establishment, &establishment.contact, (StatusCode::OK, said), &FieldErrors::default())
}

fn page(
    visit: &Visit,
    establishment: &Establishment,
    typed: &Contact,
    (status, notice): (StatusCode, Option<AnyView>),
    errors: &FieldErrors,
) -> Answer {
    let said = Said { errors, word };
    let person = TextField {
        name: "person",
        label: text::establishments_person(),
        hint: Some(text::establishments_person_hint()),
        value: &typed.person,
        autocomplete: "off",
        ..TextField::default()
    };
    let phone = TextField {
        name: "phone",
        label: text::establishments_phone(),
        kind: Some("tel"),
        value: &typed.phone,
        autocomplete: "off",
        is_short: true,
        ..TextField::default()
    };
    let about = TextField {
        name: "about",
        label: text::establishments_contact_about(),
        hint: Some(text::establishments_contact_about_hint()),
        value: &typed.about,
        ..TextField::default()
    };
    let content = view! {
        <h1>{text::establishments_data_title()}</h1>
        {notice}
        {error_summary(said)}
        <p>{establishment.name.clone()}<br/>{establishment.address.clone()}</p>
        <p class="hint">{text::establishments_ask_staff()}" "<a href="/support">{text::support_title()}</a></p>
        <h2>{text::establishments_contact_title()}</h2>
        <p>{text::establishments_contact_seen_by()}</p>
        {post_form(
            &path(&establishment.id),
            view! {
                {hidden("key", &secret::random())}
                {hidden("revision", &establishment.revision.to_string())}
                {text_field(person, said)}
                {text_field(phone, said)}
                {text_area_field(about, ABOUT_MOST, said)}
                <button type="submit" class="button">{text::establishments_save()}</button>
            },
        )}
        <ul class="account-links"><li><a href="/employer">{text::applicants_desk_title()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::establishments_data_title()), content))
}

fn word(error: &FieldError) -> String {
    match error.field.as_str() {
        "person" => text::establishments_error_person(PERSON_MOST),
        "phone" => text::establishments_error_phone().to_owned(),
        _ => text::establishments_error_about(ABOUT_MOST),
    }
}

/// POST. What somebody else changed meanwhile is shown before it is overwritten.
pub async fn submit(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let establishment = own(&visit, &id).await?;
    let employer = visit.allow(Action::EmployerDesk)?;
    let form = visit.form_hash(&fields)?;
    let typed = Contact { person: fields.get("person").into(), phone: fields.get("phone").into(), about: fields.get("about").into() };
    let contact = match check(&typed) {
        Ok(contact) => contact,
        Err(errors) => return page(&visit, &establishment, &typed, (StatusCode::UNPROCESSABLE_ENTITY, None), &errors),
    };
    let revision = fields.get("revision").parse().map_err(|_| Failure::BadForm)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    if !db::set_contact(&mut transaction, &id, &contact, revision).await? {
        transaction.rollback().await?;
        let now = own(&visit, &id).await?;
        let theirs = view! {
            <div class="notice notice-warning" role="alert">
                <p>{text::establishments_changed_meanwhile()}</p>
                {seen(&now)}
            </div>
        };
        return page(&visit, &now, &typed, (StatusCode::CONFLICT, Some(theirs.into_any())), &FieldErrors::default());
    }
    audit::add(&mut transaction, employer, audit::What::ChangeContact, &id, visit.now).await?;
    let answer = format!("{}?said=changed", path(&id));
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}
