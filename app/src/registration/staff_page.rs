//! `/staff/registrations`: staff find a registrant, check the data with the person present, confirm disability data from the handbook, record the
//! wishes as consulted and make an `Office` registrant (DOMAIN.md "The upgrade happens at an office").

use super::confirmed::StaffConfirmed;
use super::db::{self, Person};
use super::disability::DisabilityItem;
use super::education;
use super::overview_page::section_words;
use super::own::Own;
use super::page::page as framed;
use super::record::{Record, RegistrantKind};
use super::review_page::{checked, missing};
use super::standing_page::lifeline;
use super::{Draft, Kana, Section, SeekerNumber, parse_day};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{AccountId, email_key};
use crate::audit;
use crate::date::Date;
use crate::form::{Code, FieldError, FieldErrors};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Choices, Said, TextField, check_boxes, error_summary, hidden, post_form, text_field, tick_box};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

const PAGE: &str = "/staff/registrations";
/// The items that a handbook can confirm.
const CONFIRMABLE: [DisabilityItem; 3] = [DisabilityItem::Kinds, DisabilityItem::Handbook, DisabilityItem::Grade];
/// How often a number is drawn until a free one is found.
const DRAWS: usize = 20;

/// GET `/staff/registrations`.
pub async fn show_search(visit: Visit) -> Answer {
    visit.allow(Action::StaffDesk)?;
    Ok(search_page(&visit, StatusCode::OK, &Fields::default(), None, &FieldErrors::default()))
}

/// POST `/staff/registrations`: finds; what staff look for stands in no address and no log.
pub async fn search(visit: Visit, fields: Fields) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let mut errors = FieldErrors::default();
    let kana = kana(fields.get("kana")).unwrap_or_else(|code| {
        errors.add("kana", code);
        String::new()
    });
    let birth_date = day(fields.get("birth_date")).unwrap_or_else(|code| {
        errors.add("birth_date", code);
        String::new()
    });
    let (email, number) = (email_key(fields.get("email").trim()), fields.get("number").trim().to_owned());
    let number = number.parse::<SeekerNumber>().map_or(number, |number| number.to_string());
    if errors.is_empty() && [&kana, &birth_date, &email, &number].into_iter().all(String::is_empty) {
        errors.add("kana", Code::Required);
    }
    if !errors.is_empty() {
        return Ok(search_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &fields, None, &errors));
    }
    let found = db::find_people(&visit.accounts.state.database, &kana, &birth_date, &email, &number).await?;
    Ok(search_page(&visit, StatusCode::OK, &fields, Some(&found), &errors))
}

/// Family and given name in katakana with one space between.
fn kana(text: &str) -> Result<String, Code> {
    let parts = text.split_whitespace().map(|part| part.parse::<Kana>().map(|kana| kana.to_string()));
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join(" "))
}

fn day(text: &str) -> Result<String, Code> {
    if text.trim().is_empty() { Ok(String::new()) } else { parse_day(text).map(|day| day.to_string()) }
}

fn search_word(error: &FieldError) -> String {
    match (error.code, error.field.as_str()) {
        (Code::Required, _) => text::registration_staff_ask_one().to_owned(),
        (Code::NotADay, _) => text::registration_error_not_a_day(text::registration_staff_birth_date()),
        _ => text::registration_error_not_kana(text::registration_staff_kana()),
    }
}

fn search_page(visit: &Visit, status: StatusCode, fields: &Fields, found: Option<&[Person]>, errors: &FieldErrors) -> Response {
    let said = Said { errors, word: search_word };
    let field = |name: &'static str, label: &'static str, hint: Option<&'static str>| {
        text_field(TextField { name, label, hint, value: fields.get(name), autocomplete: "off", ..TextField::default() }, said)
    };
    let content = view! {
        <h1>{text::registration_staff_title()}</h1>
        {error_summary(said)}
        <p>{text::registration_staff_search_about()}</p>
        {post_form(
            PAGE,
            view! {
                {field("kana", text::registration_staff_kana(), None)}
                {field("birth_date", text::registration_staff_birth_date(), Some(text::registration_hint_birth_date()))}
                {field("email", text::registration_staff_email(), None)}
                {field("number", text::registration_staff_number(), None)}
                <button type="submit" class="button">{text::registration_staff_search()}</button>
            },
        )}
        {found.map(people)}
    };
    framed(visit, status, &said.title(text::registration_staff_title()), content)
}

fn people(found: &[Person]) -> AnyView {
    if found.is_empty() {
        return view! { <p role="status">{text::registration_staff_none()}</p> }.into_any();
    }
    let lines = found.iter().map(|person| {
        view! {
            <li>
                <a href=format!("{PAGE}/{}", person.account.as_str())>{text::registration_staff_open(&person.kana)}</a>
                " "
                {person.birth_date.plain().to_string()}
                " "
                {person.kind.label()}
                " "
                {person.seeker_number.clone()}
            </li>
        }
    });
    view! {
        <p role="status">{text::registration_staff_found(found.len())}</p>
        <ul class="account-links">{lines.collect_view()}</ul>
    }
    .into_any()
}

/// The registration that staff look at, after the look was written down.
async fn opened(visit: &Visit, account: &str, purpose: &str) -> Result<(Own, Record), Failure> {
    let staff = visit.allow(Action::StaffDesk)?.clone();
    let account = AccountId::new(account);
    let database = &visit.accounts.state.database;
    if db::find(database, &account).await?.is_none() {
        return Err(Failure::NotFound);
    }
    let mut transaction = database.begin().await?;
    db::add_read(&mut transaction, &account, &staff, purpose, visit.now).await?;
    transaction.commit().await?;
    let own = Own::load(visit, &account).await?;
    let record = own.record.clone().ok_or(Failure::NotFound)?;
    Ok((own, record))
}

/// GET `/staff/registrations/{account}`: everything, with what can be recorded.
pub async fn show(visit: Visit, Path(account): Path<String>, asked: Asked) -> Answer {
    let (own, record) = opened(&visit, &account, "upgrade").await?;
    let said = match asked.get("said") {
        "upgraded" => record.seeker_number.as_ref().map(text::registration_staff_said_upgraded),
        "consulted" => Some(text::registration_staff_said_consulted().to_owned()),
        _ => None,
    };
    Ok(person_page(&visit, &own, &record, (StatusCode::OK, said), &Fields::default(), &FieldErrors::default()))
}

/// POST `/staff/registrations/{account}`: makes an `Office` registrant, or records a consultation with one.
pub async fn submit(visit: Visit, Path(account): Path<String>, fields: Fields) -> Answer {
    let staff = visit.allow(Action::StaffDesk)?.clone();
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let (own, record) = opened(&visit, &account, if fields.get("do") == "consult" { "consultation" } else { "upgrade" }).await?;
    let today = visit.today();
    let errors = refused(&own.current, &record, &fields, today);
    if !errors.is_empty() {
        return Ok(person_page(&visit, &own, &record, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors));
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let Some(record) = db::find_locked(&mut transaction, &own.account).await? else { return Err(Failure::NotFound) };
    let confirmed = confirmed(&fields, &own.current, &record);
    let number = number(&record, &fields, &mut transaction, &own.account, &confirmed, today).await?;
    // A consultation in the final month extends the validity [O].
    db::set_standing(&mut transaction, &own.account, record.standing.used(today), today).await?;
    let is_upgrade = number && record.kind == RegistrantKind::Online;
    let (said, what) = if is_upgrade { ("upgraded", audit::What::Upgrade) } else { ("consulted", audit::What::Consult) };
    audit::add(&mut transaction, &staff, what, own.account.as_str(), visit.now).await?;
    let answer = format!("{PAGE}/{}?said={said}", own.account.as_str());
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}

/// Writes down the upgrade under the number that they have, or a free one of the office.
async fn number(
    record: &Record,
    fields: &Fields,
    transaction: &mut sqlx::Transaction<'_, sqlx::Any>,
    account: &AccountId,
    confirmed: &StaffConfirmed,
    today: Date,
) -> Result<bool, Failure> {
    for _ in 0..DRAWS {
        let number = match record.seeker_number.as_deref().map(str::parse) {
            Some(Ok(number)) => number,
            _ => {
                let serial = secret::random_digits(8).parse().unwrap_or_default();
                match SeekerNumber::new(fields.get("office"), serial) {
                    Ok(number) => number,
                    Err(_) => continue,
                }
            }
        };
        if db::upgrade(transaction, account, db::Upgrade { number: &number, confirmed, today }).await? {
            return Ok(true);
        }
    }
    Err(Failure::Internal)
}

/// What staff confirmed, added to what was confirmed before: only of who says that they have a disability.
fn confirmed(fields: &Fields, draft: &Draft, record: &Record) -> StaffConfirmed {
    let mut confirmed = record.confirmed.clone();
    if draft.asks(Section::Disability) {
        let ticked = |item: &DisabilityItem| fields.all().iter().any(|(name, value)| name == "confirmed" && value == item.code());
        confirmed.items.extend(CONFIRMABLE.into_iter().filter(ticked));
    }
    confirmed
}

/// Why it cannot be recorded: the same rules as the seeker's own form, and what staff have to do first.
fn refused(draft: &Draft, record: &Record, fields: &Fields, today: Date) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if !record.is_active(today) {
        errors.add("standing", Code::TooLate);
    }
    if is_pupil(draft, today) {
        errors.add("standing", Code::Pupil);
    } else if checked(draft, today).is_err() {
        errors.add("standing", Code::Contradiction);
    }
    let needed: &[&str] = if record.kind == RegistrantKind::Office { &["consulted"] } else { &["identity", "checked", "consulted"] };
    for name in needed {
        if fields.get(name) != "yes" {
            errors.add(*name, Code::Required);
        }
    }
    if record.kind == RegistrantKind::Online && SeekerNumber::new(fields.get("office"), 1).is_err() {
        errors.add("office", Code::NotAnOffice);
    }
    errors
}

/// Pupils may not have a page, evening and correspondence courses excepted (DOMAIN.md [O]).
fn is_pupil(draft: &Draft, today: Date) -> bool {
    education::validate(&draft.education, today).errors.of("school_state").any(|code| code == Code::Pupil)
}

fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("standing", Code::Pupil) => text::registration_staff_pupil().to_owned(),
        ("standing", Code::TooLate) => text::registration_staff_inactive().to_owned(),
        ("standing", _) => text::registration_staff_lacks().to_owned(),
        ("office", _) => text::registration_error_not_an_office(text::registration_staff_office()),
        ("identity", _) => text::registration_staff_required(text::registration_staff_identity()),
        ("checked", _) => text::registration_staff_required(text::registration_staff_checked()),
        _ => text::registration_staff_required(text::registration_staff_consulted()),
    }
}

fn person_page(
    visit: &Visit,
    own: &Own,
    record: &Record,
    (status, notice): (StatusCode, Option<String>),
    fields: &Fields,
    errors: &FieldErrors,
) -> Response {
    let today = visit.today();
    let said = Said { errors, word };
    let lacks = checked(&own.current, today).err().unwrap_or_default();
    let sections = Section::ALL.into_iter().filter(|section| own.current.asks(*section));
    let content = view! {
        <h1>{text::registration_staff_person_title()}</h1>
        {error_summary(said)}
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        <p class="hint">{text::registration_staff_logged()}</p>
        {lifeline(record, today)}
        <p>{record.kind.label()}" "{record.seeker_number.clone()}</p>
        {(!lacks.is_empty()).then(|| missing(&lacks))}
        {sections.map(|section| section_words(&own.current, section, None)).collect_view()}
        {record_form(own, record, fields, said)}
        <ul class="account-links">
            <li><a href=format!("/staff/recommend/{}", own.account.as_str())>{text::recommendations_staff_title()}</a></li>
            <li><a href=PAGE>{text::registration_staff_title()}</a></li>
        </ul>
    };
    framed(visit, status, &said.title(text::registration_staff_person_title()), content)
}

fn record_form(own: &Own, record: &Record, fields: &Fields, said: Said<'_>) -> AnyView {
    let action = format!("{PAGE}/{}", own.account.as_str());
    let is_office = record.kind == RegistrantKind::Office;
    let tick = |name: &'static str, label: &'static str| tick_box(name, label.into_any(), fields.get(name) == "yes", true, said);
    let (heading, button, value) = if is_office {
        (text::registration_staff_consult_heading(), text::registration_staff_consult_button(), "consult")
    } else {
        (text::registration_staff_upgrade_heading(), text::registration_staff_upgrade_button(), "upgrade")
    };
    let office = (!is_office).then(|| {
        let office = TextField {
            name: "office",
            label: text::registration_staff_office(),
            value: fields.get("office"),
            autocomplete: "off",
            inputmode: Some("numeric"),
            is_required: true,
            is_short: true,
            ..TextField::default()
        };
        view! {
            {text_field(office, said)}
            {tick("identity", text::registration_staff_identity())}
            {tick("checked", text::registration_staff_checked())}
        }
    });
    let confirmable = own.current.asks(Section::Disability).then(|| confirm_boxes(record, fields, said));
    view! {
        <h2 id="field-standing" tabindex="-1">{heading}</h2>
        {is_office.then(|| view! { <p>{text::registration_staff_consult_about()}</p> })}
        {post_form(
            &action,
            view! {
                {hidden("key", &secret::random())}
                {office}
                {tick("consulted", text::registration_staff_consulted())}
                {confirmable}
                <button type="submit" name="do" value=value class="button">{button}</button>
            },
        )}
    }
    .into_any()
}

fn confirm_boxes(record: &Record, fields: &Fields, said: Said<'_>) -> AnyView {
    let answers: Vec<(&str, &str)> = CONFIRMABLE.iter().map(|item| (item.code(), item.label())).collect();
    let ticked = fields.all().iter().filter(|(name, _)| name == "confirmed").map(|(_, value)| value.clone());
    let chosen: Vec<String> = ticked.chain(record.confirmed.items.iter().map(|item| item.code().to_owned())).collect();
    let (legend, hint) = (text::registration_staff_confirm_legend(), Some(text::registration_staff_confirm_hint()));
    check_boxes(Choices { name: "confirmed", legend, hint, answers: &answers, chosen: &chosen, is_required: false }, said)
}

#[cfg(test)]
mod tests {
    use super::super::confirmed::StaffConfirmed as Confirmed;
    use super::super::tests::{draft, full};
    use super::super::validity::Standing;
    use super::*;

    fn said(draft: &Draft, today: &str) -> Vec<String> {
        let record = Record {
            kind: RegistrantKind::Online,
            seeker_number: None,
            applied_on: "2026-11-25".parse().expect("a day"),
            standing: Standing::begun("2026-11-25".parse().expect("a day")),
            confirmed: Confirmed::default(),
            consulted_on: None,
        };
        let errors = refused(draft, &record, &Fields::default(), today.parse().expect("a day"));
        errors.iter().map(word).collect()
    }

    #[test]
    fn a_pupil_is_refused_at_the_desk_with_the_exceptions_named() {
        let mut pupil = draft(full());
        pupil.education.last_school = "high".to_owned();
        pupil.education.school_state = "attending".to_owned();
        assert_eq!(said(&pupil, "2026-11-25").first().map(String::as_str), Some(text::registration_staff_pupil()));
        pupil.education.evening_or_correspondence = "yes".to_owned();
        assert!(!said(&pupil, "2026-11-25").contains(&text::registration_staff_pupil().to_owned()));
    }

    #[test]
    fn what_has_ended_is_not_upgraded_and_the_checks_of_staff_are_asked_for() {
        let whole = draft(full());
        assert!(said(&whole, "2027-02-01").contains(&text::registration_staff_inactive().to_owned()));
        let asked = said(&whole, "2026-11-25");
        for label in [text::registration_staff_identity(), text::registration_staff_checked(), text::registration_staff_consulted()] {
            assert!(asked.contains(&text::registration_staff_required(label)), "{asked:?}");
        }
        assert!(!asked.contains(&text::registration_staff_lacks().to_owned()));
    }
}
