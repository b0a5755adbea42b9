//! `…/apply/preview`: exactly what the employer will see, and sending it. Only what was looked at is sent.

use super::apply_page::{Applying, closed_page, confirmed, form_page, posting_head, referral, request, self_application};
use super::content::{self, Input};
use super::db::{Stored, Texts};
use super::seen::{person, seen, written};
use super::sending::{Seen, Sent, ToSend};
use crate::account::answer::{Answer, redirect};
use crate::account::visit::{Fields, Visit};
use crate::documents::db::Document;
use crate::registration::page as framed;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::extract::Path;
use axum::http::StatusCode;
use leptos::prelude::*;

/// GET `/postings/{number}/apply/preview`.
pub async fn preview_self(visit: Visit, Path(number): Path<String>) -> Answer {
    preview(&visit, &self_application(&visit, &number).await?).await
}

/// POST `/postings/{number}/apply/preview`: sends.
pub async fn send_self(visit: Visit, Path(number): Path<String>, fields: Fields) -> Answer {
    finish(&visit, &self_application(&visit, &number).await?, &fields).await
}

/// GET `/recommendations/{id}/apply/preview`.
pub async fn preview_referral(visit: Visit, Path(id): Path<String>) -> Answer {
    preview(&visit, &referral(&visit, &id).await?).await
}

/// POST `/recommendations/{id}/apply/preview`: sends.
pub async fn send_referral(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    finish(&visit, &referral(&visit, &id).await?, &fields).await
}

/// GET `/requests/{id}/apply/preview`.
pub async fn preview_request(visit: Visit, Path(id): Path<String>) -> Answer {
    preview(&visit, &request(&visit, &id).await?).await
}

/// POST `/requests/{id}/apply/preview`: sends.
pub async fn send_request(visit: Visit, Path(id): Path<String>, fields: Fields) -> Answer {
    finish(&visit, &request(&visit, &id).await?, &fields).await
}

async fn preview(visit: &Visit, applying: &Applying) -> Answer {
    let closed = applying.closed(visit);
    if !closed.is_empty() {
        return Ok(closed_page(visit, applying, &closed));
    }
    let stored = applying.draft(visit).await?;
    // Who comes here with something missing goes back to it; what was orange has been seen.
    if content::validate(&stored.input, applying.target.asked()).valid.is_none() {
        return Ok(redirect(&applying.target.path()));
    }
    preview_page(visit, applying, &stored, StatusCode::OK, None).await
}

async fn preview_page(visit: &Visit, applying: &Applying, stored: &Stored, status: StatusCode, notice: Option<&'static str>) -> Answer {
    let checked = content::validate(&stored.input, applying.target.asked());
    let confirmed = checked.errors.to_confirm();
    let person = written(&person(&applying.own.current, &visit.own_account().await?.email, visit.today()));
    let texts = checked.valid.map(|content| Texts::of(content, person)).unwrap_or_default();
    let documents = applying.documents(visit).await?;
    let path = applying.target.path();
    let receiver = match &applying.target.establishment {
        Some(establishment) if establishment.has_page() => text::applications_goes_to(&establishment.name),
        _ => text::applications_goes_by_letter().to_owned(),
    };
    let content = view! {
        <h1>{text::applications_preview_title()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-warning" role="alert" tabindex="-1" autofocus>{notice}</p> })}
        {posting_head(applying)}
        <p>{receiver}</p>
        <section class="registration-section" aria-labelledby="seen">
            <h2 id="seen">{text::applications_seen_heading()}</h2>
            {seen(&texts, &documents)}
        </section>
        {post_form(
            &format!("{path}/preview"),
            view! {
                {hidden("key", &secret::random())}
                {hidden("seen_at", &applying.target.stored.changed_at.to_string())}
                {hidden("seen", &looked_at(visit, applying, stored, &documents))}
                {confirmed.keys().map(|key| hidden("confirmed", key)).collect_view()}
                <div class="form-actions">
                    <button type="submit" class="button">{text::applications_send()}</button>
                    <a href=path>{text::applications_back_to_form()}</a>
                </div>
            },
        )}
    };
    Ok(framed(visit, status, text::applications_preview_title(), content))
}

/// What a preview showed: only that is sent.
fn looked_at(visit: &Visit, applying: &Applying, stored: &Stored, documents: &[Document]) -> String {
    let Input { motivation, remarks, stated, understood } = &stored.input;
    let ticks = format!("{stated} {understood}");
    let names: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    let (account, path) = (applying.own.account.as_str(), applying.target.path());
    visit.accounts.key().mac("previewed", &[account, &path, motivation, remarks, &ticks, &names.join(" ")])
}

async fn finish(visit: &Visit, applying: &Applying, fields: &Fields) -> Answer {
    let form = visit.form_hash(fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let stored = applying.draft(visit).await?;
    if applying.closed(visit).is_empty() && fields.get("seen") != looked_at(visit, applying, &stored, &applying.documents(visit).await?) {
        if let Err(errors) = content::validate(&stored.input, applying.target.asked()).accept(&confirmed(fields)) {
            return form_page(visit, applying, &stored, (StatusCode::UNPROCESSABLE_ENTITY, None), &errors).await;
        }
        let notice = Some(text::applications_draft_changed());
        return preview_page(visit, applying, &stored, StatusCode::CONFLICT, notice).await;
    }
    let to_send = ToSend {
        form: &form,
        input: &stored.input,
        confirmed: &confirmed(fields),
        seen: Seen::Change(fields.get("seen_at").parse().unwrap_or_default()),
    };
    match applying.send(visit, to_send).await? {
        Sent::Done(path) => Ok(redirect(&path)),
        Sent::Closed(closed) => Ok(closed_page(visit, applying, &closed)),
        Sent::Changed => {
            let notice = Some(text::applications_posting_changed());
            preview_page(visit, applying, &stored, StatusCode::CONFLICT, notice).await
        }
        Sent::Wrong(errors) => form_page(visit, applying, &stored, (StatusCode::UNPROCESSABLE_ENTITY, None), &errors).await,
    }
}
