//! `/registration/standing`: until when a registration is valid, making it inactive and active again.

use super::own::Own;
use super::page::page as framed;
use super::record::Record;
use super::validity::{InactiveReason, Standing};
use super::wording::consequence;
use super::{db, overview_page};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Fields, Visit};
use crate::date::Date;
use crate::form::{Code, FieldError, FieldErrors};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Choice, Said, choice, error_summary, hidden, post_form};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

const PAGE: &str = "/registration/standing";

/// Until when it is valid, how many days are left, what extends it; or since when it is not, and until when it can come back.
#[must_use]
pub fn lifeline(record: &Record, today: Date) -> AnyView {
    let words = match record.standing.on(today) {
        Standing::Active { until } => active(until, today),
        inactive @ Standing::Inactive { since, .. } => ended(inactive, since, today),
    };
    view! {
        <section class="lifeline" aria-labelledby="lifeline">
            <h2 id="lifeline">{text::registration_lifeline_heading()}</h2>
            {words}
        </section>
    }
    .into_any()
}

fn active(until: Date, today: Date) -> AnyView {
    let left = until.epoch_days() - today.epoch_days();
    let left = if left == 0 { text::registration_lifeline_last().to_owned() } else { text::registration_lifeline_left(left) };
    view! {
        <p class="lifeline-until"><strong>{text::registration_lifeline_until(until.plain())}</strong>" "{left}</p>
        <p class="hint">{text::registration_lifeline_extends()}</p>
    }
    .into_any()
}

fn ended(standing: Standing, since: Date, today: Date) -> AnyView {
    let back = standing.last_day_to_return().filter(|last| today <= *last);
    let back =
        back.map_or_else(|| text::registration_lifeline_too_late().to_owned(), |last| text::registration_lifeline_return(last.plain()));
    let deletion = standing.deletion_day().map(|day| view! { <p>{text::registration_lifeline_deletion(day.plain())}</p> });
    view! {
        <p class="lifeline-until"><strong>{text::registration_lifeline_inactive(since.plain())}</strong></p>
        <p>{text::registration_inactive_closed()}</p>
        {deletion}
        <p>{back}</p>
    }
    .into_any()
}

/// What stands in place of a page that changes something, while the registration is inactive.
#[must_use]
pub fn closed(visit: &Visit, own: &Own) -> Response {
    let content = view! {
        <h1>{text::registration_my_title()}</h1>
        {own.record.as_ref().map(|record| lifeline(record, visit.today()))}
        <p><a class="button" href=PAGE>{text::registration_standing_title()}</a></p>
    };
    framed(visit, StatusCode::CONFLICT, text::registration_my_title(), content)
}

/// GET.
pub async fn show(visit: Visit) -> Answer {
    let own = Own::of(&visit, PAGE).await?;
    let Some(record) = &own.record else { return Ok(redirect(overview_page::PAGE)) };
    Ok(page(&visit, record, StatusCode::OK, "", &FieldErrors::default()))
}

/// POST: made inactive with a reason, or active again.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let own = Own::of(&visit, PAGE).await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let today = visit.today();
    let mut transaction = visit.accounts.state.database.begin().await?;
    let Some(record) = db::find_locked(&mut transaction, &own.account).await? else { return Err(Failure::NotFound) };
    let (standing, answer) = match asked_for(&record, &fields, today) {
        Ok(asked) => asked,
        Err(code) => {
            let mut errors = FieldErrors::default();
            errors.add("reason", code);
            drop(transaction);
            return Ok(page(&visit, &record, StatusCode::UNPROCESSABLE_ENTITY, fields.get("reason"), &errors));
        }
    };
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    db::set_standing(&mut transaction, &own.account, standing, today).await?;
    forms::answer(&mut transaction, &form, answer).await?;
    transaction.commit().await?;
    Ok(redirect(answer))
}

/// The standing that a form asks for, and the page that follows.
fn asked_for(record: &Record, fields: &Fields, today: Date) -> Result<(Standing, &'static str), Code> {
    if fields.get("do") == "active" {
        let back = record.standing.returned(today).map_err(|_| Code::TooLate)?;
        return Ok((back, "/registration?said=active"));
    }
    let reason = fields.get("reason");
    if reason.is_empty() {
        return Err(Code::Required);
    }
    Ok((record.standing.ended(reason.parse::<InactiveReason>()?, today), "/registration?said=inactive"))
}

fn word(error: &FieldError) -> String {
    match error.code {
        Code::TooLate => text::registration_lifeline_too_late().to_owned(),
        Code::Required => text::registration_error_required_choice(text::registration_reason_label()),
        _ => text::registration_error_not_a_choice(text::registration_reason_label()),
    }
}

fn page(visit: &Visit, record: &Record, status: StatusCode, chosen: &str, errors: &FieldErrors) -> Response {
    let today = visit.today();
    let said = Said { errors, word };
    let form = match record.standing.on(today) {
        Standing::Active { .. } => end_form(today, chosen, said),
        inactive @ Standing::Inactive { .. } => return_form(inactive, today).into_any(),
    };
    let content = view! {
        <h1>{text::registration_standing_title()}</h1>
        {error_summary(said)}
        {lifeline(record, today)}
        {form}
        <ul class="account-links"><li><a href="/registration">{text::registration_my_title()}</a></li></ul>
    };
    framed(visit, status, &said.title(text::registration_standing_title()), content)
}

/// Each reason with what follows from it, ③ with the day of the deletion (DOMAIN.md rule 5 [L]).
fn end_form(today: Date, chosen: &str, said: Said<'_>) -> AnyView {
    let reasons = [InactiveReason::FoundWork, InactiveReason::Pause, InactiveReason::NoMoreUse];
    let words: Vec<String> =
        reasons.iter().map(|reason| text::registration_reason_with_consequence(reason.label(), consequence(*reason, today))).collect();
    let answers: Vec<(&str, &str)> = reasons.iter().zip(&words).map(|(reason, words)| (reason.code(), words.as_str())).collect();
    let legend = text::registration_reason_label();
    view! {
        <h2>{text::registration_make_inactive_heading()}</h2>
        <p>{text::registration_make_inactive_about()}</p>
        {post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                {choice(Choice { name: "reason", legend, hint: None, answers: &answers, chosen, is_required: true }, said)}
                <button type="submit" name="do" value="inactive" class="button">{text::registration_make_inactive_button()}</button>
            },
        )}
    }
    .into_any()
}

fn return_form(standing: Standing, today: Date) -> Option<AnyView> {
    let Ok(Standing::Active { until }) = standing.returned(today) else { return None };
    let button =
        if standing.deletion_day().is_some() { text::registration_take_back_button() } else { text::registration_make_active_button() };
    let form = view! {
        <h2>{text::registration_make_active_heading()}</h2>
        <p>{text::registration_make_active_about(until.plain())}</p>
        {post_form(
            PAGE,
            view! {
                {hidden("key", &secret::random())}
                <button type="submit" name="do" value="active" class="button">{button}</button>
            },
        )}
    };
    Some(form.into_any())
}
