//! `/messages` of the seeker and `/employer/messages` of the employer: threads, one thread, writing, searching, blocking, reporting.

use super::db::{self, Sealed};
use super::{Message, rule};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::limits;
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{Accounts, Role};
use crate::applications::db as applications;
use crate::applications::{Application, EventKind, as_of, kept, of_establishment, own, tell_employer, tell_seeker, write_down_read};
use crate::date::{Date, date_and_time};
use crate::documents::db::{self as documents, Belongs, Document, NewDocument};
use crate::documents::{File, MOST, MOST_MEGABYTES, Upload, may_add};
use crate::establishments;
use crate::form::{Code, FieldError, FieldErrors};
use crate::kept::plain::owner;
use crate::mail::Letter;
use crate::registration::form_data::FormData;
use crate::registration::plain_text::lines;
use crate::registration::{keys, page as framed, parking};
use crate::reports;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, field_id, hidden, post_form, text_area_field, text_field};
use axum::Json;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use leptos::prelude::*;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// The most bytes of a message with its files; longer files are read to their end and dropped.
const MOST_UPLOAD_BYTES: usize = 64 << 20;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    let uploads = Router::new()
        .route("/messages/{id}", get(show_to_seeker).post(send_by_seeker))
        .route("/employer/messages/{id}", get(show_to_employer).post(send_by_employer))
        .layer(DefaultBodyLimit::max(MOST_UPLOAD_BYTES));
    Router::new()
        .route("/api/messages/send", post(send_waiting))
        .route("/messages", get(list_of_seeker))
        .route("/messages/{id}/block", post(block))
        .route("/messages/{id}/report", post(report))
        .route("/employer/messages", get(list_of_employer))
        .merge(uploads)
}

/// One side of a thread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Seeker,
    Employer,
}

impl Side {
    const fn role(self) -> Role {
        match self {
            Self::Seeker => Role::Seeker,
            Self::Employer => Role::Employer,
        }
    }

    const fn list(self) -> &'static str {
        match self {
            Self::Seeker => "/messages",
            Self::Employer => "/employer/messages",
        }
    }

    fn path(self, id: &str) -> String {
        format!("{}/{id}", self.list())
    }

    /// The application, for who is on this side; that an employer reads a reserved one is written down.
    async fn open(self, visit: &Visit, id: &str) -> Result<Application, Failure> {
        match self {
            Self::Seeker => {
                let application = own(visit, id).await?;
                if application.establishment.is_some() { Ok(application) } else { Err(Failure::NotFound) }
            }
            Self::Employer => {
                let (application, _) = of_establishment(visit, id).await?;
                if application.opened_at.is_none() {
                    return Err(Failure::NotFound);
                }
                write_down_read(visit, &application).await?;
                Ok(application)
            }
        }
    }
}

async fn list_of_seeker(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, "/messages")?;
    let database = &visit.accounts.state.database;
    let all = applications::of_account(database, account).await?;
    let messages = db::latest_of_account(database, account).await?;
    list(&visit, Side::Seeker, (all, messages), &asked).await
}

async fn list_of_employer(visit: Visit, asked: Asked) -> Answer {
    let account = &visit.allow(Action::EmployerDesk)?.account;
    let database = &visit.accounts.state.database;
    let (mut all, mut messages) = (Vec::new(), Vec::new());
    for establishment in establishments::db::of_account(database, account).await? {
        all.extend(applications::of_establishment(database, &establishment.id).await?);
        messages.extend(db::latest_of_establishment(database, &establishment.id).await?);
    }
    all.retain(|application| application.opened_at.is_some());
    list(&visit, Side::Employer, (all, messages), &asked).await
}

/// What a list says of a thread.
struct Thread {
    at: i64,
    /// The last message, or the last that holds what is searched for; none where reading it is to be written down first.
    words: Option<String>,
    unread: usize,
}

/// The threads by application. An employer's list shows and searches nothing of reserved postings: what they read of those is written down, thread by thread.
fn threads(
    visit: &Visit,
    side: Side,
    (all, messages): (&[Application], &[Sealed]),
    wanted: &str,
) -> Result<HashMap<String, Thread>, Failure> {
    let keys = keys(visit)?;
    let hidden: HashSet<&str> = all.iter().filter(|own| side == Side::Employer && own.is_reserved).map(|own| own.id.as_str()).collect();
    let mut threads: HashMap<String, Thread> = HashMap::new();
    for message in messages {
        let is_unread = usize::from(message.by != side.role() && !message.is_read);
        if let Some(thread) = threads.get_mut(&message.application) {
            thread.unread += is_unread;
            continue;
        }
        let is_hidden = hidden.contains(message.application.as_str());
        let words = if is_hidden { None } else { Some(message.open(keys)?) };
        let fits = wanted.is_empty() || words.as_ref().is_some_and(|words| words.contains(wanted));
        if fits {
            threads.insert(message.application.clone(), Thread { at: message.sent_at, words, unread: is_unread });
        }
    }
    Ok(threads)
}

/// The threads; with `q` those that hold it.
async fn list(visit: &Visit, side: Side, (all, messages): (Vec<Application>, Vec<Sealed>), asked: &Asked) -> Answer {
    let wanted = asked.get("q").trim();
    let is_reserved = all.iter().any(|application| application.is_reserved);
    let mut found = threads(visit, side, (&all, &messages), wanted)?;
    let mut threads: Vec<(i64, AnyView)> = all
        .iter()
        .filter(|application| application.establishment.is_some())
        .filter_map(|application| found.remove(&application.id).map(|thread| (thread.at, one_thread(side, application, thread))))
        .collect();
    threads.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let none =
        threads.is_empty().then(|| view! { <p>{if wanted.is_empty() { text::messages_none() } else { text::messages_none_found() }}</p> });
    let errors = FieldErrors::default();
    let said = Said { errors: &errors, word: rule::word };
    let back =
        if side == Side::Seeker { ("/applications", text::applications_title()) } else { ("/employer", text::applicants_desk_title()) };
    let content = view! {
        <h1>{text::messages_title()}</h1>
        {as_of()}
        <form method="get" action=side.list()>
            {text_field(TextField { name: "q", label: text::messages_search(), value: wanted, autocomplete: "off", ..TextField::default() }, said)}
            <button type="submit" class="button button-secondary">{text::messages_search_button()}</button>
        </form>
        {none}
        <ul class="notice-list">{threads.into_iter().map(|(_, view)| view).collect_view()}</ul>
        <ul class="account-links"><li><a href=back.0>{back.1}</a></li></ul>
        <script type="module" src="/applications.js"></script>
    };
    Ok(kept(framed(visit, StatusCode::OK, text::messages_title(), content), is_reserved || side == Side::Employer))
}

fn one_thread(side: Side, application: &Application, thread: Thread) -> AnyView {
    /// Characters of a message in the list.
    const SHOWN: usize = 60;
    let start = thread.words.map(|words| words.chars().take(SHOWN).collect::<String>());
    let start = start.unwrap_or_else(|| text::messages_reserved_closed().to_owned());
    let unread = (thread.unread > 0).then(|| view! { <strong class="tag">{text::applications_unread(thread.unread)}</strong> });
    view! {
        <li>
            <h2><a href=side.path(&application.id)>{application.title.clone()}</a>" "{unread}</h2>
            <p>{application.company.clone()}" "<span class="hint">{Date::in_japan(thread.at).plain()}</span></p>
            <p>{start}</p>
        </li>
    }
    .into_any()
}

async fn show_to_seeker(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    show(&visit, Side::Seeker, &id, &asked).await
}

async fn show_to_employer(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    show(&visit, Side::Employer, &id, &asked).await
}

/// A thread. That it was read is written down.
async fn show(visit: &Visit, side: Side, id: &str, asked: &Asked) -> Answer {
    let application = side.open(visit, id).await?;
    db::set_read(&visit.accounts.state.database, id, side.role(), visit.now).await?;
    let parked = parking::parked(visit, &side.path(id)).await?;
    let typed = match &parked {
        Some(parked) => parked.one("body").to_owned(),
        None if asked.get("ask").is_empty() || side == Side::Employer => String::new(),
        None => polite(&application),
    };
    let notice = match asked.get("said") {
        _ if parked.is_some() => Some(text::applications_restored()),
        "sent" => Some(text::messages_said_sent()),
        "blocked" => Some(text::messages_said_blocked()),
        "unblocked" => Some(text::messages_said_unblocked()),
        "reported" => Some(text::messages_said_reported()),
        _ => None,
    };
    page(visit, side, &application, (StatusCode::OK, notice), &typed, &FieldErrors::default()).await
}

/// A polite question for an answer that is overdue, to be changed at will.
fn polite(application: &Application) -> String {
    text::messages_polite(Date::in_japan(application.sent_at).plain(), &application.title)
}

async fn page(
    visit: &Visit,
    side: Side,
    application: &Application,
    (status, notice): (StatusCode, Option<&'static str>),
    typed: &str,
    errors: &FieldErrors,
) -> Answer {
    let (database, keys) = (&visit.accounts.state.database, keys(visit)?);
    let messages = db::of(database, keys, &application.id).await?;
    let files = documents::of_application(database, keys, &application.id).await?;
    let is_blocked = db::is_blocked(database, &application.id).await?;
    let said = Said { errors, word: rule::word };
    // What came back is the report, or a message.
    let is_report = errors.of("words").next().is_some();
    let none = messages.is_empty().then(|| view! { <p>{text::messages_none_yet()}</p> });
    let back = match side {
        Side::Seeker => (format!("/applications/{}", application.id), text::messages_to_application()),
        Side::Employer => (format!("/employer/applicants/{}", application.id), text::messages_to_applicant()),
    };
    let content = view! {
        <h1>{text::messages_thread_title(&application.title)}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        {as_of()}
        <p>{application.company.clone()}</p>
        {none}
        <ol class="messages">{messages.iter().map(|message| one(side, message, &files)).collect_view()}</ol>
        {write_form(visit, side, application, is_blocked, if is_report { "" } else { typed }, said)}
        {(side == Side::Seeker).then(|| trouble(application, is_blocked, is_report.then_some(typed), said))}
        <ul class="account-links">
            <li><a href=back.0>{back.1}</a></li>
            <li><a href=side.list()>{text::messages_title()}</a></li>
        </ul>
        {(side == Side::Seeker).then(|| view! { <script type="module" src="/applications.js"></script> })}
    };
    let page = framed(visit, status, &said.title(&text::messages_thread_title(&application.title)), content);
    Ok(kept(page, application.is_reserved || side == Side::Employer || status != StatusCode::OK))
}

fn one(side: Side, message: &Message, files: &[Document]) -> AnyView {
    let (class, by) = match (message.by == side.role(), side) {
        (true, _) => ("message message-own", text::messages_own()),
        (false, Side::Seeker) => ("message", text::messages_by_employer()),
        (false, Side::Employer) => ("message", text::messages_by_seeker()),
    };
    let read = (message.by == side.role() && message.is_read).then(|| view! { <span class="hint">{text::messages_read()}</span> });
    let files: Vec<_> = files.iter().filter(|file| file.message.as_ref() == Some(&message.id)).map(crate::applications::file).collect();
    view! {
        <li class=class>
            <p class="hint">{by}" "{date_and_time(message.sent_at)}" "{read}</p>
            <p class="lines">{message.body.clone()}</p>
            <ul class="account-links">{files}</ul>
        </li>
    }
    .into_any()
}

fn write_form(visit: &Visit, side: Side, application: &Application, is_blocked: bool, typed: &str, said: Said<'_>) -> AnyView {
    if is_blocked {
        return view! { <p class="notice notice-info">{text::messages_blocked()}</p> }.into_any();
    }
    if application.account.is_none() {
        return view! { <p class="notice notice-info">{text::messages_gone()}</p> }.into_any();
    }
    let body = TextField { name: "body", label: text::messages_body(), value: typed, is_required: true, ..TextField::default() };
    let wrong: Vec<_> = said.errors.iter().filter(|error| error.field == "documents").map(|error| (said.word)(error)).collect();
    let wrong = wrong.into_iter().map(|words| view! { <span class="field-error">{words}</span> }).collect_view();
    view! {
        <h2>{text::messages_write_heading()}</h2>
        <p role="status" id="message-state"></p>
        <div
            id=(side == Side::Seeker).then_some("message")
            data-reserved=application.is_reserved.then_some("")
            data-stays=text::messages_stays()
            data-twice=text::messages_sending()
            data-thread=application.id.clone()
            data-title=text::messages_thread_title(&application.title)
            data-waits=text::messages_waits()
            data-files=text::messages_files_need_connection()
        >
            <form method="post" action=side.path(&application.id) enctype="multipart/form-data" novalidate>
                {hidden("key", &secret::random())}
                {hidden("account", &visit.account_tag())}
                {hidden("ticket", &parking::ticket(visit))}
                {text_area_field(body, rule::BODY_MOST, said)}
                <div class="field">
                    <label for=field_id("documents")>{text::messages_files()}</label>
                    <p class="hint" id="hint-documents">{text::documents_hint(MOST, MOST_MEGABYTES)}</p>
                    <div class="field-messages" id="error-documents">{wrong}</div>
                    <input
                        id=field_id("documents")
                        type="file"
                        name="documents"
                        accept="application/pdf,image/jpeg,image/png"
                        aria-describedby="hint-documents error-documents"
                        multiple
                    />
                </div>
                <button type="submit" class="button">{text::messages_send()}</button>
            </form>
        </div>
    }
    .into_any()
}

/// What a seeker can do against a thread; `reported`: what they wrote in a report that came back.
fn trouble(application: &Application, is_blocked: bool, reported: Option<&str>, said: Said<'_>) -> AnyView {
    let path = Side::Seeker.path(&application.id);
    let (to, button) = if is_blocked { ("no", text::messages_unblock()) } else { ("yes", text::messages_block()) };
    let words =
        TextField { name: "words", label: text::messages_report_words(), value: reported.unwrap_or_default(), ..TextField::default() };
    view! {
        <details open=reported.is_some()>
            <summary>{text::messages_trouble_heading()}</summary>
            <p>{text::messages_trouble_about()}</p>
            {post_form(
                &format!("{path}/block"),
                view! {
                    {hidden("key", &secret::random())}
                    {hidden("blocked", to)}
                    <button type="submit" class="button button-secondary">{button}</button>
                },
            )}
            {post_form(
                &format!("{path}/report"),
                view! {
                    {hidden("key", &secret::random())}
                    {text_area_field(words, rule::BODY_MOST, said)}
                    <button type="submit" class="button button-secondary">{text::messages_report()}</button>
                },
            )}
        </details>
    }
    .into_any()
}

async fn send_by_seeker(visit: Visit, Path(id): Path<String>, upload: Upload) -> Answer {
    own_form(&visit, Side::Seeker, &id, &upload.fields).await?;
    send(&visit, Side::Seeker, &id, &upload).await
}

async fn send_by_employer(visit: Visit, Path(id): Path<String>, upload: Upload) -> Answer {
    own_form(&visit, Side::Employer, &id, &upload.fields).await?;
    send(&visit, Side::Employer, &id, &upload).await
}

/// A message that came after the session had ended, or of somebody else, is kept for its owner under its thread.
async fn own_form(visit: &Visit, side: Side, id: &str, fields: &Fields) -> Result<(), Failure> {
    // What does not say whose it is, is no form of ours: it gets the answer of one.
    if visit.user.is_some() && fields.get("account").is_empty() {
        return Ok(());
    }
    let page = side.path(id);
    parking::own_form(visit, (&page, &page), fields, &FormData(fields.all().to_vec())).await
}

/// POST `/api/messages/send`: what a seeker wrote without a network, with the fields `thread`, `body`, `key` and `account`. 204, or 409 and 422 with
/// `{"why": [sentences]}`.
async fn send_waiting(visit: Visit, fields: Fields) -> Response {
    let sent = async {
        if visit.user.is_none() || visit.account_tag() != fields.get("account") {
            return Ok(StatusCode::UNAUTHORIZED.into_response());
        }
        let refused = |status: StatusCode, why: String| Ok::<_, Failure>((status, Json(json!({ "why": [why] }))).into_response());
        let application = Side::Seeker.open(&visit, fields.get("thread")).await?;
        let form = visit.waiting_hash(&fields)?;
        if visit.answered_before(&form).await?.is_some() {
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        if db::is_blocked(&visit.accounts.state.database, &application.id).await? {
            return refused(StatusCode::CONFLICT, text::messages_blocked().to_owned());
        }
        match rule::read(fields.get("body"), false) {
            // It waits on, and is sent later.
            Ok(_) if too_often(&visit, 0).await?.is_some() => {
                refused(StatusCode::TOO_MANY_REQUESTS, text::messages_error_too_often().to_owned())
            }
            Ok(body) => {
                write(&visit, Side::Seeker, &application, &form, (&body, &[])).await?;
                Ok(StatusCode::NO_CONTENT.into_response())
            }
            Err(code) => refused(StatusCode::UNPROCESSABLE_ENTITY, rule::word(&FieldError { field: "body".to_owned(), code })),
        }
    };
    sent.await.unwrap_or_else(|failure| failure.status().into_response())
}

/// The field of which this account has sent too much lately. Counts this message and its files.
async fn too_often(visit: &Visit, files: usize) -> Result<Option<&'static str>, Failure> {
    let (key, account) = (visit.accounts.key(), &visit.owner()?.account);
    if !visit.accounts.passes(&limits::messages_of_account(key, account)).await? {
        return Ok(Some("body"));
    }
    Ok(if may_add(visit, files).await? { None } else { Some("documents") })
}

/// Sends a message; the same form again sends nothing.
async fn send(visit: &Visit, side: Side, id: &str, upload: &Upload) -> Answer {
    let application = side.open(visit, id).await?;
    let form = visit.form_hash(&upload.fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let database = &visit.accounts.state.database;
    if application.account.is_none() || db::is_blocked(database, id).await? {
        return page(visit, side, &application, (StatusCode::CONFLICT, None), upload.fields.get("body"), &FieldErrors::default()).await;
    }
    let read = rule::read(upload.fields.get("body"), !upload.files.is_empty());
    let mut errors = rule::errors(&read);
    errors.merge(upload.errors.clone());
    let body = match read {
        Ok(body) if errors.is_empty() => body,
        _ => return page(visit, side, &application, (StatusCode::UNPROCESSABLE_ENTITY, None), upload.fields.get("body"), &errors).await,
    };
    if let Some(field) = too_often(visit, upload.files.len()).await? {
        errors.add(field, Code::TooManyTries);
        return page(visit, side, &application, (StatusCode::TOO_MANY_REQUESTS, None), upload.fields.get("body"), &errors).await;
    }
    let mut kept = Vec::new();
    for file in &upload.files {
        kept.push((file, visit.accounts.settings.documents.keep(visit.accounts.key(), keys(visit)?, file.bytes.clone()).await?));
    }
    write(visit, side, &application, &form, (&body, &kept)).await
}

async fn write(visit: &Visit, side: Side, application: &Application, form: &str, (body, files): (&str, &[(&File, String)])) -> Answer {
    let (id, keys) = (application.id.as_str(), keys(visit)?);
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    // The same form has the same name, however late it comes again from a phone.
    let message = visit.accounts.key().mac("message", &[form])[..24].to_owned();
    let answer = format!("{}?said=sent", side.path(id));
    if !db::add(&mut transaction, keys, id, (&message, side.role(), body), visit.now).await? {
        return Ok(redirect(&answer));
    }
    for (file, address) in files {
        let account = &visit.owner()?.account;
        let (kind, size) = (file.kind, file.bytes.len());
        let new = NewDocument { id: &secret::random_id(), account, name: &file.name, kind, size, address };
        documents::add(&mut transaction, keys, new, Belongs::Message { application: id, message: &message }, visit.now).await?;
    }
    parking::unpark(visit, &mut transaction, &side.path(id)).await?;
    // The steps of an application follow each other: its row is locked.
    applications::find_locked(&mut transaction, id).await?;
    applications::add_event(&mut transaction, keys, id, (EventKind::Message, side.role(), ""), visit.now).await?;
    match side {
        Side::Seeker => {
            let establishment = application.establishment.as_deref().unwrap_or_default();
            tell_employer(visit, &mut transaction, establishment, &Letter::MessageCame("/employer/messages")).await?;
        }
        Side::Employer => {
            applications::set_answered(&mut transaction, id).await?;
            let words = (text::messages_notice(), application.title.as_str());
            tell_seeker(visit, &mut transaction, application, words, &Letter::MessageCame("/messages")).await?;
        }
    }
    forms::answer(&mut transaction, form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}

/// POST `/messages/{id}/block`.
async fn block(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let application = Side::Seeker.open(&visit, &id).await?;
    let is_blocked = fields.get("blocked") == "yes";
    let mut transaction = visit.accounts.state.database.begin().await?;
    db::set_blocked(&mut transaction, &application.id, is_blocked, visit.now).await?;
    transaction.commit().await?;
    Ok(redirect(&format!("{}?said={}", Side::Seeker.path(&id), if is_blocked { "blocked" } else { "unblocked" })))
}

/// POST `/messages/{id}/report`: to staff.
async fn report(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let application = Side::Seeker.open(&visit, &id).await?;
    // Words are as one likes; what is too long is told, not cut.
    let refused = match lines(fields.get("words"), rule::BODY_MOST) {
        Err(code) => Some((StatusCode::UNPROCESSABLE_ENTITY, code)),
        Ok(_) if !reports::may_report(&visit).await? => Some((StatusCode::TOO_MANY_REQUESTS, Code::TooManyTries)),
        Ok(_) => None,
    };
    if let Some((status, code)) = refused {
        let mut errors = FieldErrors::default();
        errors.add("words", code);
        return page(&visit, Side::Seeker, &application, (status, None), fields.get("words"), &errors).await;
    }
    let answer = format!("{}?said=reported", Side::Seeker.path(&id));
    reports::take(&visit, &fields, (reports::Kind::Message, &application.id), &answer).await
}
