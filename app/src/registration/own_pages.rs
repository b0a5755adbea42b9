//! What somebody can look at of their own registration: what employers see, a summary on one page, the history, who looked, everything as a file.

use super::changes::Change;
use super::overview_page::{self, section_words};
use super::own::Own;
use super::page::page as framed;
use super::profile::{Profile, profile};
use super::review_page::changes_table;
use super::shown::{Row, rows};
use super::{Draft, Section, db};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{AccountId, Role};
use crate::applications::db as applications;
use crate::date::Date;
use crate::messages::db as messages;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use crate::{notices, push, recommendations, reports, requests};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use serde_json::{Value, json};

const PREVIEW: &str = "/registration/preview";

fn back() -> AnyView {
    view! { <ul class="account-links"><li><a href="/registration">{text::registration_my_title()}</a></li></ul> }.into_any()
}

fn words(rows: &[Row]) -> AnyView {
    let rows = rows.iter().map(|row| view! { <dt>{row.label.clone()}</dt><dd>{row.words.clone()}</dd> });
    view! { <dl class="registration-words">{rows.collect_view()}</dl> }.into_any()
}

/// GET `/registration/preview`: exactly what employers see.
pub async fn show_preview(visit: Visit) -> Answer {
    let own = Own::of(&visit, PREVIEW).await?;
    if !own.is_registered() {
        return Ok(redirect(overview_page::PAGE));
    }
    let is_published = own.current.asks(Section::Introduction);
    let seen = profile(&own.current);
    let hints = (!seen.telling.is_empty()).then(|| hints(&seen));
    let head = if is_published {
        withdraw_form()
    } else {
        view! { <p class="notice notice-info">{text::registration_preview_not_published()}</p> }.into_any()
    };
    let content = view! {
        <h1>{text::registration_preview_title()}</h1>
        <p>{text::registration_preview_about()}</p>
        {head}
        {hints}
        {profile_view(&seen)}
        {back()}
    };
    Ok(framed(&visit, StatusCode::OK, text::registration_preview_title(), content))
}

/// A profile, as employers see it.
#[must_use]
pub fn profile_view(seen: &Profile) -> AnyView {
    let disability = if seen.disability.is_empty() {
        view! { <p>{text::registration_preview_none_shown()}</p> }.into_any()
    } else {
        view! { <h2>{text::registration_preview_shown()}</h2>{words(&seen.disability)} }.into_any()
    };
    view! {
        <h2>{text::registration_preview_always()}</h2>
        {seen.always.iter().map(|(section, rows)| view! { <h3>{section.label()}</h3>{words(rows)} }).collect_view()}
        {disability}
    }
    .into_any()
}

fn hints(seen: &Profile) -> AnyView {
    view! {
        <div class="notice notice-info">
            <h2>{text::registration_preview_hints_heading()}</h2>
            <p>{text::registration_preview_hint_about()}</p>
            {words(&seen.telling)}
        </div>
    }
    .into_any()
}

fn withdraw_form() -> AnyView {
    post_form(
        PREVIEW,
        view! {
            {hidden("key", &secret::random())}
            <button type="submit" class="button button-secondary">{text::registration_preview_withdraw()}</button>
        },
    )
}

/// POST `/registration/preview`: withdraws the publication at once, whatever else was typed or is inactive.
pub async fn withdraw(visit: Visit, fields: Fields) -> Answer {
    let own = Own::of(&visit, PREVIEW).await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    if !own.is_registered() {
        return Err(Failure::NotFound);
    }
    let mut draft = own.current.clone();
    super::publication::Publish::No.code().clone_into(&mut draft.publication.publish_to_employers);
    let changes: Vec<Change> = super::changes::changes(&own.current, &draft);
    let publication: Vec<Change> = changes.into_iter().filter(|change| change.section == Section::Publication).collect();
    let answer = "/registration?said=withdrawn";
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    db::withdraw_publication(&mut transaction, &own.account, &draft, visit.now).await?;
    db::add_changes(&mut transaction, &own.account, Role::Seeker, &publication, visit.now).await?;
    forms::answer(&mut transaction, &form, answer).await?;
    transaction.commit().await?;
    Ok(redirect(answer))
}

/// GET `/registration/summary`: one page about one's wishes, with accommodations only if chosen.
pub async fn show_summary(visit: Visit, asked: Asked) -> Answer {
    let own = Own::of(&visit, "/registration/summary").await?;
    if !own.is_registered() {
        return Ok(redirect(overview_page::PAGE));
    }
    let with = asked.get("with") == "accommodations";
    let draft = &own.current;
    let name = format!("{} {}", draft.basic.family_name.trim(), draft.basic.given_name.trim());
    let accommodations = (with && draft.asks(Section::Disability)).then(|| {
        view! {
            <h2>{text::registration_summary_accommodations()}</h2>
            <p class="lines">{draft.disability.accommodations.clone()}</p>
        }
    });
    let switch = draft.asks(Section::Disability).then(|| {
        let (href, label) = if with {
            ("/registration/summary", text::registration_summary_without())
        } else {
            ("/registration/summary?with=accommodations", text::registration_summary_with())
        };
        view! { <p class="no-print"><a class="button button-secondary" href=href>{label}</a></p> }
    });
    let content = view! {
        <h1>{text::registration_summary_title()}</h1>
        <p class="no-print">{text::registration_summary_about()}</p>
        {switch}
        <p><strong>{name}</strong>" "{text::registration_summary_made(visit.today().plain())}</p>
        {wishes(draft)}
        {accommodations}
        <div class="no-print">{back()}</div>
    };
    Ok(framed(&visit, StatusCode::OK, text::registration_summary_title(), content))
}

fn wishes(draft: &Draft) -> AnyView {
    let of = |section: Section| {
        let filled: Vec<Row> = rows(draft, section).into_iter().filter(|row| !row.words.is_empty()).collect();
        view! { <h2>{section.label()}</h2>{words(&filled)} }
    };
    [Section::WishesWork, Section::WishesPlace].map(of).into_iter().collect_view().into_any()
}

/// GET `/registration/past-changes`.
pub async fn show_history(visit: Visit) -> Answer {
    let own = Own::of(&visit, "/registration/past-changes").await?;
    let entries = db::changes(&visit.accounts.state.database, &own.account).await?;
    let groups = entries.chunk_by(|a, b| a.changed_at == b.changed_at).map(|group| {
        let when = group.first().map(|entry| text::registration_history_by(Date::in_japan(entry.changed_at).plain(), entry.by.label()));
        let changes: Vec<Change> = group.iter().map(|entry| entry.change.clone()).collect();
        view! { <h2>{when}</h2>{changes_table(&changes)} }
    });
    let empty = entries.is_empty().then(|| view! { <p>{text::registration_history_empty()}</p> });
    let content = view! {
        <h1>{text::registration_history_title()}</h1>
        {empty}
        {groups.collect_view()}
        {back()}
    };
    Ok(framed(&visit, StatusCode::OK, text::registration_history_title(), content))
}

/// What a look was for, in words.
fn purpose(code: &str) -> &'static str {
    match code {
        "upgrade" => text::registration_read_upgrade(),
        _ => text::registration_read_consultation(),
    }
}

/// GET `/registration/reads`: who looked at what is sealed.
pub async fn show_reads(visit: Visit) -> Answer {
    let own = Own::of(&visit, "/registration/reads").await?;
    let reads = db::reads(&visit.accounts.state.database, &own.account).await?;
    let empty = reads.is_empty().then(|| view! { <p>{text::registration_reads_empty()}</p> });
    let lines = reads.iter().map(|read| {
        view! { <li>{text::registration_reads_line(Date::in_japan(read.at).plain(), read.by.label(), purpose(&read.purpose))}</li> }
    });
    let content = view! {
        <h1>{text::registration_reads_title()}</h1>
        {empty}
        <ul>{lines.collect_view()}</ul>
        {back()}
    };
    Ok(framed(&visit, StatusCode::OK, text::registration_reads_title(), content))
}

/// GET `/registration/export`: everything in words; with `as=json` as a file.
pub async fn show_export(visit: Visit, asked: Asked) -> Answer {
    let own = Own::of(&visit, "/registration/export").await?;
    if asked.get("as") == "json" {
        return export(&visit, &own).await;
    }
    let sections = Section::ALL.into_iter().filter(|section| own.draft.asks(*section));
    let content = view! {
        <h1>{text::registration_export_title()}</h1>
        <p>{text::registration_export_about()}</p>
        <p><a class="button" href="/registration/export?as=json" download="mypage.json">{text::registration_export_json()}</a></p>
        <p class="hint">{text::registration_export_json_about()}</p>
        <h2>{text::registration_change_heading()}</h2>
        {sections.map(|section| section_words(&own.draft, section, None)).collect_view()}
        {back()}
    };
    Ok(framed(&visit, StatusCode::OK, text::registration_export_title(), content))
}

/// Everything of one's applications: what was written, what happened, the messages.
async fn applications(visit: &Visit, account: &AccountId) -> Result<Vec<Value>, Failure> {
    let (database, keys) = (&visit.accounts.state.database, super::keys(visit)?);
    let mut all = Vec::new();
    for application in applications::of_account(database, account).await? {
        let texts = applications::texts(database, keys, &application.id).await?;
        let events = applications::events(database, keys, &application.id).await?;
        let messages = messages::of(database, keys, &application.id).await?;
        all.push(json!({
            "route": application.route, "posting": application.posting, "title": application.title, "company": application.company,
            "sent_at": application.sent_at, "state": application.state, "letter_number": application.letter_number,
            "motivation": texts.motivation, "remarks": texts.remarks, "person": texts.person,
            "events": events.iter().map(|event| json!({"at": event.at, "what": event.kind, "by": event.by.code(), "words": event.words})).collect::<Vec<_>>(),
            "messages": messages.iter().map(|message| json!({"at": message.sent_at, "by": message.by.code(), "body": message.body})).collect::<Vec<_>>(),
        }));
    }
    Ok(all)
}

async fn export(visit: &Visit, own: &Own) -> Result<Response, Failure> {
    let (database, keys) = (&visit.accounts.state.database, super::keys(visit)?);
    let account = visit.own_account().await?;
    let changes = db::changes(database, &own.account).await?;
    let reads = db::reads(database, &own.account).await?;
    let kept = crate::kept::db::all(database, &own.account).await?;
    let applications = applications(visit, &own.account).await?;
    let record = own.record.as_ref().map(|record| {
        json!({
            "kind": record.kind, "seeker_number": record.seeker_number, "applied_on": record.applied_on, "standing": record.standing,
            "confirmed_by_staff": record.confirmed, "consulted_on": record.consulted_on,
        })
    });
    let everything = json!({
        "account": {"email": account.email, "role": account.role.code()},
        "registration": record,
        "registered": own.is_registered().then_some(&own.current),
        "typed_and_not_confirmed": own.has_typed().then_some(&own.typed.draft),
        "history": changes.iter().map(|entry| json!({
            "at": entry.changed_at, "by": entry.by.code(), "section": entry.change.section, "field": entry.change.label,
            "before": entry.change.before, "after": entry.change.after,
        })).collect::<Vec<_>>(),
        "looked_at": reads.iter().map(|read| json!({"at": read.at, "by": read.by.code(), "purpose": read.purpose})).collect::<Vec<_>>(),
        "kept": kept,
        "applications": applications,
        "recommendations": recommendations::db::of_account(database, keys, &own.account).await?.iter().map(|own| json!({
            "posting": own.posting, "title": own.title, "judgement": own.judgement, "comment": own.comment, "reply_by": own.reply_by,
            "at": own.recommended_at, "answer": own.answer, "reason": own.reason,
        })).collect::<Vec<_>>(),
        "requests": requests::db::of_account(database, keys, &own.account).await?.iter().map(|own| json!({
            "posting": own.posting, "title": own.title, "company": own.company, "words": own.words, "at": own.sent_at, "answer": own.answer,
        })).collect::<Vec<_>>(),
        "reports": reports::db::of_account(database, keys, &own.account).await?.iter().map(|own| json!({
            "kind": own.kind, "about": own.about, "words": own.words, "at": own.reported_at, "answer": own.answer,
        })).collect::<Vec<_>>(),
        "notices": notices::db::of(database, &own.account).await?.iter().map(|own| json!({
            "kind": own.kind, "subject": own.subject, "body": own.body, "at": own.written_at,
        })).collect::<Vec<_>>(),
        "told_by_push": push::db::of(database, &own.account).await?.iter().map(|own| json!({
            "device": own.device, "since": own.since,
        })).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&everything).map_err(|_| Failure::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"mypage.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}
