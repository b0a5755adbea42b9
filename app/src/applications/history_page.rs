//! `/applications`: what one has applied for, by which route, and where it stands; one application with its timeline; taking it back.

use super::db;
use super::reading::own;
use super::seen::seen;
use super::sending::tell_employer;
use super::{Application, Event, EventKind, Route, State};
use crate::account::Role;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::date::{Date, date_and_time};
use crate::documents;
use crate::establishments;
use crate::kept::plain::owner;
use crate::mail::Letter;
use crate::messages;
use crate::postings::{Flag, PostingNumber, db as postings};
use crate::registration::{keys, page as framed, parking};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

/// The address of the list.
pub const PAGE: &str = "/applications";

/// GET `/applications`.
pub async fn show_all(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, PAGE)?;
    let database = &visit.accounts.state.database;
    let all = db::of_account(database, account).await?;
    let drafts = db::drafts(database, account).await?;
    let unread = messages::db::unread_of_seeker(database, account).await?;
    let numbers: Vec<PostingNumber> = drafts.iter().map(|(number, _)| number.clone()).collect();
    let listings = postings::listings(database, &numbers).await?;
    let is_reserved_draft = listings.iter().any(|(_, listing, _)| listing.row.flags.has(Flag::Reserved));
    let drafts = listings.into_iter().map(|(number, listing, _)| draft(&number, &listing.row.title));
    let said = (asked.get("said") == "discarded").then(|| {
        view! { <p class="notice notice-success" role="status">{text::applications_said_discarded()}</p> }
    });
    let (open, ended): (Vec<_>, Vec<_>) = all.iter().partition(|application| application.is_open());
    let today = visit.today();
    let list = |some: &[&Application]| {
        let unread = |id: &str| unread.iter().filter(|of| *of == id).count();
        some.iter().map(|application| one(application, unread(&application.id), today)).collect_view()
    };
    let content = view! {
        <h1>{text::applications_title()}</h1>
        {said}
        {as_of()}
        <div
            id="unsent-applications"
            data-text=text::applications_waiting_text()
            data-rewrite=text::applications_rewrite()
            data-sure=text::applications_discard_sure()
            data-heading=text::applications_unsent_heading()
            data-unsent=text::applications_unsent()
            data-refused=text::applications_refused("{why}")
            data-discard=text::applications_discard()
        ></div>
        {(!numbers.is_empty()).then(|| view! {
            <h2>{text::applications_drafts_heading()}</h2>
            <ul class="account-links">{drafts.collect_view()}</ul>
        })}
        <h2>{text::applications_open_heading()}</h2>
        {open.is_empty().then(|| view! { <p>{text::applications_none_open()}</p> })}
        <ul class="notice-list">{list(&open)}</ul>
        <h2>{text::applications_ended_heading()}</h2>
        {ended.is_empty().then(|| view! { <p>{text::applications_none_ended()}</p> })}
        <ul class="notice-list">{list(&ended)}</ul>
        <ul class="account-links">
            <li><a href="/applications/activity">{text::activity_title()}</a></li>
            <li><a href="/applications/export" download="applications.csv">{text::applications_export()}</a></li>
            <li><a href="/messages">{text::messages_title()}</a></li>
            <li><a href="/recommendations">{text::recommendations_title()}</a></li>
            <li><a href="/account">{text::account_back()}</a></li>
        </ul>
        <script type="module" src="/applications.js"></script>
    };
    let is_reserved = is_reserved_draft || all.iter().any(|application| application.is_reserved);
    Ok(kept(framed(&visit, StatusCode::OK, text::applications_title(), content), is_reserved))
}

/// A line that a script fills in where the page comes from the phone.
#[must_use]
pub fn as_of() -> AnyView {
    view! { <p id="as-of" class="notice notice-warning" hidden="" data-words=text::applications_as_of("{date}")></p> }.into_any()
}

/// Lets the service worker keep a page for reading without a network. Never one that tells of an application to a reserved posting: special-care
/// personal information does not stand on a phone (DESIGN.md).
#[must_use]
pub fn kept(mut response: Response, is_reserved: bool) -> Response {
    if !is_reserved {
        response.headers_mut().insert("x-keep", HeaderValue::from_static("personal"));
    }
    response
}

fn draft(number: &PostingNumber, title: &str) -> AnyView {
    let discard = post_form(
        "/applications/drafts/discard",
        view! {
            {hidden("number", number.as_str())}
            <button type="submit" class="button button-text">
                {text::applications_discard_draft()}
                <span class="visually-hidden">{text::notices_of(title)}</span>
            </button>
        },
    );
    view! {
        <li>
            <a href=format!("/postings/{number}/apply")>{title.to_owned()}</a>
            " "
            <span class="hint">{text::applications_not_sent()}</span>
            {discard}
        </li>
    }
    .into_any()
}

/// POST `/applications/drafts/discard`: takes what was being written away, with its files. Sent again, nothing more happens.
pub async fn discard_draft(visit: Visit, fields: Fields) -> Answer {
    let account = owner(&visit, PAGE)?;
    let number: PostingNumber = fields.get("number").parse().map_err(|_| Failure::BadForm)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    db::discard_draft(&mut transaction, account, &number).await?;
    documents::db::discard_draft(&mut transaction, account, &number).await?;
    parking::unpark(&visit, &mut transaction, &format!("/postings/{number}/apply")).await?;
    transaction.commit().await?;
    Ok(redirect(&format!("{PAGE}?said=discarded")))
}

fn one(application: &Application, unread: usize, today: Date) -> AnyView {
    let overdue = application.is_overdue(today).then(|| view! { <p class="field-warning">{text::applications_overdue()}</p> });
    let unread = (unread > 0).then(|| {
        view! { <p><a href=format!("/messages/{}", application.id)><strong>{text::applications_unread(unread)}</strong></a></p> }
    });
    view! {
        <li>
            <h3><a href=format!("{PAGE}/{}", application.id)>{application.title.clone()}</a></h3>
            <p>{application.company.clone()}</p>
            <p>
                <span class="tag">{application.route.label()}</span>
                " "
                <strong>{application.standing()}</strong>
                " "
                {text::applications_sent_on(Date::in_japan(application.sent_at).plain())}
            </p>
            {overdue}
            {unread}
        </li>
    }
    .into_any()
}

/// GET `/applications/{id}`.
pub async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let application = own(&visit, &id).await?;
    let (database, keys) = (&visit.accounts.state.database, keys(&visit)?);
    let texts = db::texts(database, keys, &id).await?;
    let files = documents::db::of_application(database, keys, &id).await?;
    let events = db::events(database, keys, &id).await?;
    let reads = db::reads(database, &id).await?;
    let notice = match asked.get("said") {
        "sent" if application.establishment.is_none() => Some(text::applications_said_letter()),
        "sent" => Some(text::applications_said_sent()),
        "withdrawn" => Some(text::applications_said_withdrawn()),
        _ => None,
    };
    let read = application.is_reserved.then(|| {
        let days: Vec<(Date, Role)> = reads.iter().map(|(at, by)| (Date::in_japan(*at), *by)).collect();
        let lines = days.chunk_by(|a, b| a == b).filter_map(|same| Some((same.first()?, same.len()))).map(|((day, by), times)| {
            view! { <li>{text::applications_read_by(day.plain(), by.label(), times)}</li> }
        });
        view! { <h2>{text::applications_reads_heading()}</h2><ul>{lines.collect_view()}</ul> }
    });
    let establishment = match &application.establishment {
        Some(id) => establishments::db::find(database, id).await?,
        None => None,
    };
    let contact = establishment.filter(|found| !found.contact.is_empty()).map(|found| {
        view! {
            <section class="registration-section" aria-labelledby="contact">
                <h2 id="contact">{text::establishments_contact_title()}</h2>
                {establishments::seen(&found)}
            </section>
        }
    });
    let content = view! {
        <h1>{application.title.clone()}</h1>
        {as_of()}
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        <p>{application.company.clone()}</p>
        <p><span class="tag">{application.route.label()}</span>" "<strong>{application.standing()}</strong></p>
        {promise(&application, visit.today())}
        <h2>{text::applications_timeline_heading()}</h2>
        {timeline(&events)}
        {actions(&application)}
        {contact}
        <section class="registration-section" aria-labelledby="seen">
            <h2 id="seen">{text::applications_seen_heading()}</h2>
            {seen(&texts, &files)}
        </section>
        {read}
        <ul class="account-links">
            <li><a href=format!("/postings/{}", application.posting)>{text::applications_to_sheet()}</a></li>
            <li><a href=PAGE>{text::applications_title()}</a></li>
        </ul>
        <script type="module" src="/applications.js"></script>
    };
    Ok(kept(framed(&visit, StatusCode::OK, &application.title, content), application.is_reserved))
}

/// When an answer was promised; when that is over, what one can do.
fn promise(application: &Application, today: Date) -> AnyView {
    let words = (!application.promise.is_empty()).then(|| view! { <p>{text::applications_promise(&application.promise)}</p> });
    let day = application.reply_by.filter(|_| application.is_open()).map(|day| view! { <p>{text::applications_reply_by(day.plain())}</p> });
    let overdue = application.is_overdue(today).then(|| {
        let link = application.establishment.is_some().then(|| {
            view! { <p><a class="button" href=format!("/messages/{}?ask=1", application.id)>{text::applications_ask()}</a></p> }
        });
        let by_phone = application.establishment.is_none().then(|| view! { <p>{text::applications_ask_office()}</p> });
        view! { <div class="notice notice-info"><p>{text::applications_overdue_about()}</p>{link}{by_phone}</div> }
    });
    view! { {words} {day} {overdue} }.into_any()
}

/// The steps, in their order.
#[must_use]
pub fn timeline(events: &[Event]) -> AnyView {
    let steps = events.iter().map(|event| {
        let words = (!event.words.is_empty()).then(|| view! { <p class="lines">{event.words.clone()}</p> });
        view! { <li><strong>{event.kind.label()}</strong>" "<span class="hint">{date_and_time(event.at)}</span>{words}</li> }
    });
    view! { <ol class="timeline">{steps.collect_view()}</ol> }.into_any()
}

fn actions(application: &Application) -> AnyView {
    let message = application.establishment.is_some().then(|| {
        view! { <p><a class="button" href=format!("/messages/{}", application.id)>{text::applications_to_messages()}</a></p> }
    });
    let letter = application.letter_number.is_some().then(|| {
        // Without a page of the employer the letter is what is to be done next.
        let class = if application.establishment.is_none() && application.is_open() { "button" } else { "button button-secondary" };
        view! { <p><a class=class href=format!("{PAGE}/{}/letter", application.id)>{text::letter_title()}</a></p> }
    });
    let withdraw = (application.is_open() && application.route != Route::Counter).then(|| {
        view! {
            <details>
                <summary>{text::applications_withdraw_heading()}</summary>
                <p>{text::applications_withdraw_about()}</p>
                {post_form(
                    &format!("{PAGE}/{}/withdraw", application.id),
                    view! {
                        {hidden("key", &secret::random())}
                        <button type="submit" class="button button-secondary">{text::applications_withdraw()}</button>
                    },
                )}
            </details>
        }
    });
    view! { {message} {letter} {withdraw} }.into_any()
}

/// POST `/applications/{id}/withdraw`.
pub async fn withdraw(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let application = own(&visit, &id).await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    if application.route == Route::Counter {
        return Err(Failure::NotFound);
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let mut answer = format!("{PAGE}/{id}");
    // One that the employer has decided meanwhile stays as they decided; its page says so.
    if db::set_ended(&mut transaction, &id, State::Withdrawn, visit.now).await? == db::Ended::Done {
        db::add_event(&mut transaction, keys(&visit)?, &id, (EventKind::Withdrawn, Role::Seeker, ""), visit.now).await?;
        if let Some(establishment) = &application.establishment {
            tell_employer(&visit, &mut transaction, establishment, &Letter::ApplicationMoved("/employer/applicants")).await?;
        }
        answer.push_str("?said=withdrawn");
    }
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}

/// GET `/applications/export`: everything as CSV, in UTF-8 with a mark that spreadsheets look for.
pub async fn export(visit: Visit) -> Answer {
    let account = owner(&visit, PAGE)?;
    let all = db::of_account(&visit.accounts.state.database, account).await?;
    let head = [
        text::csv_sent_on(),
        text::csv_route(),
        text::csv_number(),
        text::csv_title(),
        text::csv_company(),
        text::csv_state(),
        text::csv_letter(),
    ];
    let mut csv = format!("\u{feff}{}\r\n", head.map(cell).join(","));
    for application in &all {
        let row = [
            Date::in_japan(application.sent_at).to_string(),
            application.route.label().to_owned(),
            application.posting.to_string(),
            application.title.clone(),
            application.company.clone(),
            application.standing().to_owned(),
            application.letter_number.clone().unwrap_or_default(),
        ];
        csv.push_str(&row.map(|text| cell(&text)).join(","));
        csv.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"applications.csv\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, csv).into_response())
}

/// A cell: in quotes, and no formula for a spreadsheet.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_holds_quotes_and_line_breaks_and_starts_no_formula() {
        assert_eq!(cell("事務"), "\"事務\"");
        assert_eq!(cell("\"A\",B\nC"), "\"\"\"A\"\",B\nC\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
