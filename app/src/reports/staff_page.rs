//! `/staff/reports`: what seekers reported, and answering it.

use super::{Kind, Report, WORDS_MOST, db};
use crate::account::Accounts;
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::applications::db as applications;
use crate::audit;
use crate::date::Date;
use crate::form::{Code, FieldErrors};
use crate::mail::Letter;
use crate::notices::{self, NewNotice};
use crate::registration::plain_text::required_lines;
use crate::registration::{keys, page as framed};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, hidden, post_form, text_area_field};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/staff/reports";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(show).post(submit))
}

async fn show(visit: Visit, asked: Asked) -> Answer {
    visit.allow(Action::StaffDesk)?;
    let notice = (asked.get("said") == "answered").then(text::reports_said_answered);
    page(&visit, (StatusCode::OK, notice), ("", ""), &FieldErrors::default()).await
}

async fn page(
    visit: &Visit,
    (status, notice): (StatusCode, Option<&'static str>),
    (id, typed): (&str, &str),
    errors: &FieldErrors,
) -> Answer {
    let all = db::all(&visit.accounts.state.database, keys(visit)?).await?;
    let said = Said {
        errors,
        word: |error| match error.code {
            Code::TooLong => text::applications_error_too_long(text::reports_answer_label(), WORDS_MOST),
            _ => text::reports_error_answer().to_owned(),
        },
    };
    let quiet = FieldErrors::default();
    let mut items = Vec::new();
    for report in &all {
        let own = if report.id == id { (typed, said) } else { ("", Said { errors: &quiet, ..said }) };
        items.push(one(report, about(visit, report).await?, own));
    }
    let none = all.is_empty().then(|| view! { <p>{text::reports_none()}</p> });
    let content = view! {
        <h1>{text::reports_staff_title()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        {none}
        <ul class="notice-list">{items}</ul>
        <ul class="account-links"><li><a href="/account">{text::account_back()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::reports_staff_title()), content))
}

/// What a report is about: the posting; of messages, the application's posting and employer.
async fn about(visit: &Visit, report: &Report) -> Result<AnyView, Failure> {
    let posting = |number: String, words: String| view! { <a href=format!("/postings/{number}")>{words}</a> }.into_any();
    if report.kind == Kind::Posting {
        return Ok(posting(report.about.clone(), report.about.clone()));
    }
    let application = applications::find(&visit.accounts.state.database, &report.about).await?;
    Ok(application.map_or_else(
        || ().into_any(),
        |application| {
            let words = format!("{} {} {}", application.company, application.title, application.posting);
            posting(application.posting.to_string(), words.trim().to_owned())
        },
    ))
}

fn one(report: &Report, about: AnyView, (typed, said): (&str, Said<'_>)) -> AnyView {
    let name = format!("answer-{}", report.id);
    let field = TextField { name: &name, label: text::reports_answer_label(), value: typed, is_required: true, ..TextField::default() };
    let end = if report.is_done {
        view! { <p class="lines">{text::reports_answer(&report.answer)}</p> }.into_any()
    } else {
        post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                {hidden("id", &report.id)}
                {text_area_field(field, WORDS_MOST, said)}
                <button type="submit" class="button button-secondary">{text::reports_answer_button()}</button>
            },
        )
    };
    view! {
        <li>
            <h2>{report.kind.label()}" "{about}</h2>
            <p class="hint">{Date::in_japan(report.reported_at).plain()}</p>
            <p class="lines">{if report.words.is_empty() { text::reports_without_words().to_owned() } else { report.words.clone() }}</p>
            {end}
        </li>
    }
    .into_any()
}

async fn submit(visit: Visit, fields: Fields) -> Answer {
    let staff = visit.allow(Action::StaffDesk)?;
    let form = visit.form_hash(&fields)?;
    let id = fields.get("id");
    let name = format!("answer-{id}");
    let typed = fields.get(&name);
    let words = match required_lines(typed, WORDS_MOST) {
        Ok(words) => words,
        Err(code) => {
            let mut errors = FieldErrors::default();
            errors.add(name.clone(), code);
            return page(&visit, (StatusCode::UNPROCESSABLE_ENTITY, None), (id, typed), &errors).await;
        }
    };
    let answer = format!("{PAGE}?said=answered");
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    if let Some(owner) = db::answer(&mut transaction, keys(&visit)?, id, &words, visit.now).await? {
        if let Some(account) = &owner {
            let notice = NewNotice {
                account,
                kind: notices::Kind::General,
                subject: text::reports_notice(),
                body: text::reports_notice_body(),
                path: "/reports",
            };
            notices::tell(&visit.accounts, &mut transaction, notice, &Letter::Noticed, visit.now).await?;
        }
        audit::add(&mut transaction, staff, audit::What::AnswerReport, id, visit.now).await?;
    }
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}
