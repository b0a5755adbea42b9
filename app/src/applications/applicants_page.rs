//! The employer's desk: `/employer`, who has applied, what they wrote, an interview, the outcome.

use super::db;
use super::history_page::timeline;
use super::outcome::{self, DIFFERENCE_MOST, Input};
use super::reading::{of_establishment, write_down_read};
use super::seen::seen;
use super::sending::tell_seeker;
use super::{Application, EventKind, State};
use crate::account::Role;
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::audit;
use crate::date::Date;
use crate::documents;
use crate::establishments::{self, Establishment};
use crate::form::FieldErrors;
use crate::mail::Letter;
use crate::messages;
use crate::registration::plain_text::required_lines;
use crate::registration::{keys, page as framed};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Choice, Said, TextField, choice, error_summary, hidden, post_form, text_area_field};
use axum::extract::Path;
use axum::http::StatusCode;
use leptos::prelude::*;

/// The address of the list.
const PAGE: &str = "/employer/applicants";

/// GET `/employer`: the establishments, and what waits.
pub async fn show_desk(visit: Visit) -> Answer {
    let account = &visit.allow(Action::EmployerDesk)?.account;
    let database = &visit.accounts.state.database;
    let own = establishments::db::of_account(database, account).await?;
    let mut cards = Vec::new();
    for establishment in &own {
        let came = db::of_establishment(database, &establishment.id).await?;
        let postings = establishments::db::postings(database, &establishment.id).await?;
        cards.push(card(establishment, &came, postings.len()));
    }
    let none = own.is_empty().then(|| view! { <p class="notice notice-info">{text::applicants_no_establishment()}</p> });
    let content = view! {
        <h1>{text::applicants_desk_title()}</h1>
        {none}
        <ul class="account-links">
            <li><a href=PAGE>{text::applicants_title()}</a></li>
            <li><a href="/employer/messages">{text::messages_title()}</a></li>
            <li><a href="/employer/postings">{text::desk_title()}</a></li>
            <li><a href="/employer/profiles">{text::requests_profiles_title()}</a></li>
            <li><a href="/account">{text::account_back()}</a></li>
        </ul>
        <ul class="notice-list">{cards}</ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::applicants_desk_title(), content))
}

fn card(establishment: &Establishment, came: &[Application], postings: usize) -> AnyView {
    let new = came.iter().filter(|application| application.opened_at.is_none() && application.is_open()).count();
    let open = came.iter().filter(|application| application.is_open()).count();
    view! {
        <li>
            <h2>{establishment.name.clone()}</h2>
            <p>{establishment.address.clone()}</p>
            <p>{text::applicants_counts(new, open, postings)}</p>
            <p>
                <a href=format!("/employer/establishments/{}", establishment.id)>
                    {text::establishments_data_title()}
                    <span class="visually-hidden">{text::notices_of(&establishment.name)}</span>
                </a>
            </p>
        </li>
    }
    .into_any()
}

/// GET `/employer/applicants`.
pub async fn show_all(visit: Visit) -> Answer {
    let account = &visit.allow(Action::EmployerDesk)?.account;
    let database = &visit.accounts.state.database;
    let mut all = Vec::new();
    for establishment in establishments::db::of_account(database, account).await? {
        all.extend(db::of_establishment(database, &establishment.id).await?);
    }
    all.sort_by_key(|application| (!application.is_open(), std::cmp::Reverse(application.sent_at)));
    let items: Vec<_> = all.iter().map(one).collect();
    let none = all.is_empty().then(|| view! { <p>{text::applicants_none()}</p> });
    let content = view! {
        <h1>{text::applicants_title()}</h1>
        {none}
        <ul class="notice-list">{items}</ul>
        <ul class="account-links"><li><a href="/employer">{text::applicants_desk_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::applicants_title(), content))
}

/// One that is not open yet shows nothing of its seeker: opening it is told to them.
fn one(application: &Application) -> AnyView {
    let open = if application.opened_at.is_some() {
        view! { <p><a href=format!("{PAGE}/{}", application.id)>{text::applicants_read()}</a></p> }.into_any()
    } else if !application.is_open() {
        // Taken back before anybody read it: it stays unread.
        ().into_any()
    } else {
        post_form(
            &format!("{PAGE}/{}/open", application.id),
            view! {
                {hidden("key", &secret::random())}
                <button type="submit" class="button">{text::applicants_open()}</button>
            },
        )
    };
    view! {
        <li>
            <h2>{application.title.clone()}</h2>
            <p>
                <span class="tag">{application.route.label()}</span>
                " "
                <strong>{application.standing()}</strong>
                " "
                {text::applications_sent_on(Date::in_japan(application.sent_at).plain())}
                " "
                {application.posting.to_string()}
            </p>
            {open}
        </li>
    }
    .into_any()
}

/// POST `/employer/applicants/{id}/open`.
pub async fn open(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let (application, _) = of_establishment(&visit, &id).await?;
    let form = visit.form_hash(&fields)?;
    if application.opened_at.is_none() && !application.is_open() {
        return Err(Failure::NotFound);
    }
    let answer = format!("{PAGE}/{id}");
    let mut transaction = visit.accounts.state.database.begin().await?;
    if forms::claim(&mut transaction, &form, visit.now).await? == forms::Claim::New {
        if db::set_opened(&mut transaction, &application.id, visit.now).await? {
            db::add_event(&mut transaction, keys(&visit)?, &id, (EventKind::Opened, Role::Employer, ""), visit.now).await?;
        }
        forms::answer(&mut transaction, &form, &answer).await?;
        transaction.commit().await?;
    }
    Ok(redirect(&answer))
}

/// An application that was opened, for its employer; the read is written down where it is to be.
async fn opened(visit: &Visit, id: &str) -> Result<Application, Failure> {
    let (application, _) = of_establishment(visit, id).await?;
    if application.opened_at.is_none() {
        return Err(Failure::NotFound);
    }
    write_down_read(visit, &application).await?;
    Ok(application)
}

/// GET `/employer/applicants/{id}`.
pub async fn show(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    let application = opened(&visit, &id).await?;
    let notice = match asked.get("said") {
        "interview" => Some(text::applicants_said_interview()),
        "outcome" => Some(text::applicants_said_outcome()),
        _ => None,
    };
    page(&visit, &application, (StatusCode::OK, notice), &Fields::default(), &FieldErrors::default()).await
}

async fn page(
    visit: &Visit,
    application: &Application,
    (status, notice): (StatusCode, Option<&'static str>),
    fields: &Fields,
    errors: &FieldErrors,
) -> Answer {
    let (database, keys) = (&visit.accounts.state.database, keys(visit)?);
    let texts = db::texts(database, keys, &application.id).await?;
    let files = documents::db::of_application(database, keys, &application.id).await?;
    let events = db::events(database, keys, &application.id).await?;
    let unread = messages::db::unread(database, &application.id, Role::Employer).await?;
    let said = Said { errors, word: outcome::word };
    let letter = application.letter_number.is_some().then(|| {
        view! { <p><a href=format!("/applications/{}/letter", application.id)>{text::letter_title()}</a></p> }
    });
    let difference = (!texts.difference.is_empty()).then(|| {
        view! { <h2>{text::applicants_difference()}</h2><p class="lines">{texts.difference.clone()}</p> }
    });
    let forms =
        application.is_open().then(|| view! { {interview_form(application, fields, said)} {outcome_form(application, fields, said)} });
    let content = view! {
        <h1>{application.title.clone()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        <p><span class="tag">{application.route.label()}</span>" "<strong>{application.standing()}</strong></p>
        <section class="registration-section" aria-labelledby="seen">
            <h2 id="seen">{text::applicants_seen_heading()}</h2>
            {seen(&texts, &files)}
        </section>
        {letter}
        <p><a class="button" href=format!("/employer/messages/{}", application.id)>{text::applicants_to_messages(unread)}</a></p>
        <h2>{text::applications_timeline_heading()}</h2>
        {timeline(&events)}
        {difference}
        {forms}
        <ul class="account-links"><li><a href=PAGE>{text::applicants_title()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(&application.title), content))
}

fn interview_form(application: &Application, fields: &Fields, said: Said<'_>) -> AnyView {
    let words = TextField {
        name: "interview",
        label: text::applicants_interview_words(),
        hint: Some(text::applicants_interview_hint()),
        value: fields.get("interview"),
        is_required: true,
        ..TextField::default()
    };
    view! {
        <h2>{text::applicants_interview_heading()}</h2>
        {post_form(
            &format!("{PAGE}/{}/interview", application.id),
            view! {
                {hidden("key", &secret::random())}
                {text_area_field(words, DIFFERENCE_MOST, said)}
                <button type="submit" class="button button-secondary">{text::applicants_interview_button()}</button>
            },
        )}
    }
    .into_any()
}

fn outcome_form(application: &Application, fields: &Fields, said: Said<'_>) -> AnyView {
    let outcome = Choice {
        name: "outcome",
        legend: text::applicants_outcome(),
        hint: None,
        answers: &[(State::Hired.code(), text::applications_state_hired()), (State::NotHired.code(), text::applications_state_not_hired())],
        chosen: fields.get("outcome"),
        is_required: true,
    };
    let differs = Choice {
        name: "differs",
        legend: text::applicants_differs(),
        hint: Some(text::applicants_differs_hint()),
        answers: &[("no", text::applicants_differs_no()), ("yes", text::applicants_differs_yes())],
        chosen: fields.get("differs"),
        is_required: true,
    };
    let difference = TextField {
        name: "difference",
        label: text::applicants_difference(),
        hint: Some(text::applicants_difference_hint()),
        value: fields.get("difference"),
        ..TextField::default()
    };
    view! {
        <h2>{text::applicants_outcome_heading()}</h2>
        {post_form(
            &format!("{PAGE}/{}/outcome", application.id),
            view! {
                {hidden("key", &secret::random())}
                {choice(outcome, said)}
                {choice(differs, said)}
                {text_area_field(difference, DIFFERENCE_MOST, said)}
                <p>{text::applicants_outcome_final()}</p>
                <button type="submit" class="button">{text::applicants_outcome_button()}</button>
            },
        )}
    }
    .into_any()
}

/// POST `/employer/applicants/{id}/interview`.
pub async fn interview(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let application = opened(&visit, &id).await?;
    let mut errors = FieldErrors::default();
    let typed = fields.get("interview");
    let words = required_lines(typed, DIFFERENCE_MOST);
    let words = words.unwrap_or_else(|code| {
        errors.add("interview", code);
        String::new()
    });
    if !errors.is_empty() {
        return page(&visit, &application, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await;
    }
    let step = Step {
        kind: EventKind::Interview,
        what: audit::What::Interview,
        words: &words,
        subject: text::applications_notice_interview(),
        said: "interview",
        ends: None,
    };
    step.take(&visit, &application, &fields).await
}

/// POST `/employer/applicants/{id}/outcome`.
pub async fn decide(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    let application = opened(&visit, &id).await?;
    let input = Input {
        outcome: fields.get("outcome").to_owned(),
        differs: fields.get("differs").to_owned(),
        difference: fields.get("difference").to_owned(),
    };
    let checked = outcome::validate(&input);
    let Some(outcome) = checked.valid else {
        return page(&visit, &application, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &checked.errors).await;
    };
    let (kind, what) =
        if outcome.state == State::Hired { (EventKind::Hired, audit::What::Hired) } else { (EventKind::NotHired, audit::What::NotHired) };
    let subject = text::applications_notice_outcome();
    let step = Step { kind, what, words: "", subject, said: "outcome", ends: Some((outcome.state, &outcome.difference)) };
    step.take(&visit, &application, &fields).await
}

/// Something that an employer does with an application.
struct Step<'a> {
    kind: EventKind,
    what: audit::What,
    words: &'a str,
    subject: &'a str,
    said: &'a str,
    /// What it ends as, and how the conditions differ.
    ends: Option<(State, &'a str)>,
}

impl Step<'_> {
    /// Takes it once, and tells the seeker. What has ended meanwhile stays as it ended.
    async fn take(self, visit: &Visit, application: &Application, fields: &Fields) -> Answer {
        let employer = visit.allow(Action::EmployerDesk)?;
        let form = visit.form_hash(fields)?;
        let id = &application.id;
        let mut transaction = visit.accounts.state.database.begin().await?;
        if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
            return Ok(redirect(&answer));
        }
        let is_open = db::find_locked(&mut transaction, id).await?.is_some_and(|application| application.is_open());
        let mut answer = format!("{PAGE}/{id}");
        if is_open {
            db::set_answered(&mut transaction, id).await?;
            if let Some((state, difference)) = self.ends {
                db::set_ended(&mut transaction, id, state, visit.now).await?;
                let texts = db::Texts { difference: difference.to_owned(), ..db::Texts::default() };
                db::add_texts(&mut transaction, keys(visit)?, id, &texts).await?;
            }
            db::add_event(&mut transaction, keys(visit)?, id, (self.kind, Role::Employer, self.words), visit.now).await?;
            let letter = Letter::ApplicationMoved("/applications");
            tell_seeker(visit, &mut transaction, application, (self.subject, &application.title), &letter).await?;
            audit::add(&mut transaction, employer, self.what, id, visit.now).await?;
            answer = format!("{answer}?said={}", self.said);
        }
        forms::answer(&mut transaction, &form, &answer).await?;
        transaction.commit().await?;
        visit.accounts.ring();
        Ok(redirect(&answer))
    }
}
