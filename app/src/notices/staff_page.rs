//! `/staff/notices`: a notice, or a seminar with it, to a chosen group, after looking at how many it reaches.

use super::group::{Group, ToGroup, deliver, reaches, send};
use super::{BODY_MOST, Kind, SUBJECT_MOST};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::audit;
use crate::date::Date;
use crate::form::{Code, FieldError, FieldErrors};
use crate::occupations::picker_options;
use crate::places::prefecture_options;
use crate::registration::plain_text::{is_blank, line, lines};
use crate::registration::record::RegistrantKind;
use crate::registration::{TimeOfDay, page as framed, parse_day};
use crate::secret;
use crate::seminars::{self, NewSeminar};
use crate::text;
use crate::ui::form_fields::{
    Choice, Said, Select, TextField, choice, error_summary, hidden, post_form, select_field, text_area_field, text_field,
};
use axum::http::StatusCode;
use leptos::prelude::*;

const PAGE: &str = "/staff/notices";
/// Transactions in which a notice is delivered before its form is answered.
const AT_ONCE: usize = 5;
/// The most seats of a seminar [own].
const MOST_SEATS: i64 = 10_000;

/// GET.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let said = asked.get("reached").parse::<u64>().ok().map(text::notices_staff_sent);
    form_page(&visit, (StatusCode::OK, said), &Fields::default(), &FieldErrors::default()).await
}

fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("kind", _) => text::notices_error_kind().to_owned(),
        ("subject", Code::TooLong) => text::applications_error_too_long(text::notices_subject(), SUBJECT_MOST),
        ("subject", _) => text::notices_error_subject().to_owned(),
        ("body", Code::TooLong) => text::applications_error_too_long(text::notices_body(), BODY_MOST),
        ("body", _) => text::notices_error_body().to_owned(),
        ("place", _) => text::notices_error_place().to_owned(),
        ("on", Code::InThePast) => text::notices_error_past().to_owned(),
        ("on", _) => text::notices_error_on().to_owned(),
        ("to", Code::Reversed) => text::notices_error_reversed().to_owned(),
        ("from" | "to", _) => text::notices_error_time().to_owned(),
        ("capacity", _) => text::notices_error_capacity(MOST_SEATS),
        _ => text::notices_error_group().to_owned(),
    }
}

/// What is to be sent.
struct Written {
    kind: Kind,
    subject: String,
    body: String,
    group: Group,
    seminar: Option<Seminar>,
}

struct Seminar {
    place: String,
    starts_at: i64,
    ends_at: i64,
    capacity: i64,
}

/// Checks what was written.
fn written(fields: &Fields, now: i64) -> Result<Written, FieldErrors> {
    let mut errors = FieldErrors::default();
    let kind = match fields.get("kind") {
        "general" => Some(Kind::General),
        "seminar" => Some(Kind::Seminar),
        _ => {
            errors.add("kind", Code::Required);
            None
        }
    };
    let mut text = |name: &'static str, read: fn(&str, usize) -> Result<String, Code>, most: usize| {
        let typed = fields.get(name);
        let read = if is_blank(typed) { Err(Code::Required) } else { read(typed, most) };
        read.map_err(|code| errors.add(name, code)).unwrap_or_default()
    };
    let (subject, body) = (text("subject", line, SUBJECT_MOST), text("body", lines, BODY_MOST));
    let group = Group::read(fields, &mut errors);
    let seminar = if kind == Some(Kind::Seminar) { seminar(fields, now, &mut errors) } else { None };
    match kind {
        Some(kind) if errors.is_empty() => Ok(Written { kind, subject, body, group, seminar }),
        _ => Err(errors),
    }
}

fn seminar(fields: &Fields, now: i64, errors: &mut FieldErrors) -> Option<Seminar> {
    let place = line(fields.get("place"), SUBJECT_MOST).ok().filter(|place| !place.is_empty());
    if place.is_none() {
        errors.add("place", Code::Required);
    }
    let day = parse_day(fields.get("on")).map_err(|code| errors.add("on", code)).ok();
    let mut time = |name: &'static str| fields.get(name).parse::<TimeOfDay>().map_err(|code| errors.add(name, code)).ok();
    let (from, to) = (time("from"), time("to"));
    let capacity = fields.get("capacity").trim().parse::<i64>().ok().filter(|seats| (1..=MOST_SEATS).contains(seats));
    if capacity.is_none() {
        errors.add("capacity", Code::OutOfRange);
    }
    let (day, from, to) = (day?, from?, to?);
    let (starts_at, ends_at) = (instant(day, from), instant(day, to));
    if ends_at <= starts_at {
        errors.add("to", Code::Reversed);
    }
    if starts_at <= now {
        errors.add("on", Code::InThePast);
    }
    Some(Seminar { place: place?, starts_at, ends_at, capacity: capacity? })
}

/// A time of a day in Japan, in milliseconds since 1970.
fn instant(day: Date, time: TimeOfDay) -> i64 {
    i64::from(day.epoch_days()) * 86_400_000 + i64::from(time.minutes()) * 60_000 - 9 * 3_600_000
}

async fn form_page(visit: &Visit, (status, notice): (StatusCode, Option<String>), fields: &Fields, errors: &FieldErrors) -> Answer {
    let said = Said { errors, word };
    let seminars = seminars::db::coming(&visit.accounts.state.database, visit.now).await?;
    let coming = seminars.iter().map(|seminar| {
        let seats = text::seminars_seats(seminar.taken, seminar.capacity);
        view! { <li><a href=format!("/staff/seminars/{}", seminar.id)>{seminar.title.clone()}</a>" "{seats}</li> }
    });
    let content = view! {
        <h1>{text::notices_staff_title()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        {post_form(
            PAGE,
            view! {
                {fields_of(fields, said)}
                <button type="submit" name="do" value="preview" class="button">{text::notices_staff_preview()}</button>
            },
        )}
        <h2>{text::seminars_title()}</h2>
        <ul class="account-links">{coming.collect_view()}</ul>
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::notices_staff_title()), content))
}

fn fields_of(fields: &Fields, said: Said<'_>) -> AnyView {
    let field = |name: &'static str, label: &'static str, kind: &'static str| {
        let value = fields.get(name);
        text_field(
            TextField { name, label, kind: Some(kind), value, autocomplete: "off", is_short: kind != "text", ..TextField::default() },
            said,
        )
    };
    let kind = Choice {
        name: "kind",
        legend: text::notices_kind(),
        hint: None,
        answers: &[("general", Kind::General.label()), ("seminar", Kind::Seminar.label())],
        chosen: fields.get("kind"),
        is_required: true,
    };
    let subject = TextField {
        name: "subject",
        label: text::notices_subject(),
        value: fields.get("subject"),
        autocomplete: "off",
        is_required: true,
        ..TextField::default()
    };
    let body =
        TextField { name: "body", label: text::notices_body(), value: fields.get("body"), is_required: true, ..TextField::default() };
    view! {
        {choice(kind, said)}
        {text_field(subject, said)}
        {text_area_field(body, BODY_MOST, said)}
        <fieldset>
            <legend>{text::notices_seminar_legend()}</legend>
            {field("place", text::seminars_place(), "text")}
            {field("on", text::seminars_on(), "date")}
            {field("from", text::seminars_from(), "time")}
            {field("to", text::seminars_to(), "time")}
            {field("capacity", text::seminars_capacity(), "number")}
        </fieldset>
        {group_fields(fields, said)}
    }
    .into_any()
}

fn group_fields(fields: &Fields, said: Said<'_>) -> AnyView {
    let kinds = [RegistrantKind::Online, RegistrantKind::Office].map(|kind| (kind.code().to_owned(), kind.label().to_owned())).to_vec();
    let select = |name: &'static str, label: &'static str, groups: &[(&str, Vec<(String, String)>)]| {
        select_field(Select { name, label, hint: None, autocomplete: None, groups, chosen: fields.get(name), is_required: false }, said)
    };
    view! {
        <fieldset>
            <legend>{text::notices_group_legend()}</legend>
            <p class="hint">{text::notices_group_hint()}</p>
            {select("group_kind", text::notices_group_kind(), &[("", kinds)])}
            {select("group_pref", text::notices_group_pref(), &prefecture_options())}
            {select("group_occupation", text::notices_group_occupation(), &picker_options())}
        </fieldset>
    }
    .into_any()
}

/// POST: looks, then sends.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let written = match written(&fields, visit.now) {
        Ok(written) => written,
        Err(errors) => return form_page(&visit, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await,
    };
    match fields.get("do") {
        "preview" => preview(&visit, &written, &fields).await,
        "send" => finish(&visit, &written, &fields).await,
        "change" => form_page(&visit, (StatusCode::OK, None), &fields, &FieldErrors::default()).await,
        _ => Err(Failure::BadForm),
    }
}

async fn preview(visit: &Visit, written: &Written, fields: &Fields) -> Answer {
    let count = reaches(&visit.accounts.state.database, &written.group, visit.today()).await?;
    let carried = fields.all().iter().filter(|(name, _)| name != "do").map(|(name, value)| hidden(name, value)).collect_view();
    let seminar = written.seminar.as_ref().map(|seminar| {
        view! { <p>{seminars::when(seminar.starts_at, seminar.ends_at)}" "{seminar.place.clone()}" "{text::seminars_seats(0, seminar.capacity)}</p> }
    });
    let content = view! {
        <h1>{text::notices_staff_preview_title()}</h1>
        <p class="notice notice-info">{text::notices_reaches(count)}</p>
        <p><span class="tag">{written.kind.label()}</span></p>
        <h2>{written.subject.clone()}</h2>
        {seminar}
        <p class="lines">{written.body.clone()}</p>
        {post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                {carried}
                <div class="form-actions">
                    <button type="submit" name="do" value="send" class="button">{text::notices_staff_send()}</button>
                    <button type="submit" name="do" value="change" class="button button-secondary">{text::applications_back_to_form()}</button>
                </div>
            },
        )}
    };
    Ok(framed(visit, StatusCode::OK, text::notices_staff_preview_title(), content))
}

async fn finish(visit: &Visit, written: &Written, fields: &Fields) -> Answer {
    let staff = visit.allow(Action::StaffDesk)?;
    let form = visit.form_hash(fields)?;
    let reached = reaches(&visit.accounts.state.database, &written.group, visit.today()).await?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let path = match &written.seminar {
        None => "/notices".to_owned(),
        Some(seminar) => {
            let new = NewSeminar {
                title: &written.subject,
                about: &written.body,
                place: &seminar.place,
                starts_at: seminar.starts_at,
                ends_at: seminar.ends_at,
                capacity: seminar.capacity,
            };
            format!("/seminars/{}", seminars::db::add(&mut transaction, new, visit.now).await?)
        }
    };
    let notice = ToGroup { group: &written.group, kind: written.kind, subject: &written.subject, body: &written.body, path: &path };
    send(&mut transaction, notice, visit.today(), visit.now).await?;
    audit::add(&mut transaction, staff, audit::What::NoticeToGroup, &path, visit.now).await?;
    let answer = format!("{PAGE}?reached={reached}");
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    // A small group has it at once; the job of `serve` does the rest of a large one.
    deliver(&visit.accounts.state.database, &visit.accounts.settings.origin, AT_ONCE).await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}
