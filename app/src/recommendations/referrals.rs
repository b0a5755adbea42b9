//! At staff's desk: what somebody was referred for, with what became of it; and recording that where the employer has no page to do it on.

use super::staff_page::{Desk, opened};
use crate::account::Role;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Fields, Visit};
use crate::applications::{Application, EventKind, Route, State, db, tell_seeker};
use crate::audit;
use crate::date::Date;
use crate::form::Code;
use crate::mail::Letter;
use crate::registration::keys;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::extract::Path;
use leptos::prelude::*;

/// The referrals of somebody, online and at the counter; what was sent by themselves is between them and the employer.
async fn referrals(visit: &Visit, desk: &Desk) -> Result<Vec<Application>, Failure> {
    let all = db::of_account(&visit.accounts.state.database, &desk.own.account).await?;
    Ok(all.into_iter().filter(|own| matches!(own.route, Route::Referral | Route::Counter)).collect())
}

/// The list.
///
/// # Errors
/// [`Failure`].
pub async fn list(visit: &Visit, desk: &Desk) -> Result<AnyView, Failure> {
    let mut items = Vec::new();
    for referral in referrals(visit, desk).await? {
        let texts = db::texts(&visit.accounts.state.database, keys(visit)?, &referral.id).await?;
        items.push(one(desk, &referral, &texts.difference));
    }
    let none = items.is_empty().then(|| view! { <p>{text::recommendations_no_referral()}</p> });
    Ok(view! { <h2>{text::recommendations_referrals_heading()}</h2> {none} <ul class="notice-list">{items}</ul> }.into_any())
}

fn one(desk: &Desk, referral: &Application, difference: &str) -> AnyView {
    let difference = (!difference.is_empty()).then(|| view! { <p class="lines">{text::recommendations_difference(difference)}</p> });
    let form = (referral.is_open() && referral.establishment.is_none()).then(|| {
        let button = |value: &'static str, label: &'static str| {
            view! { <button type="submit" name="outcome" value=value class="button button-secondary">{label}</button> }
        };
        post_form(
            &format!("/staff/recommend/{}/outcome", desk.own.account.as_str()),
            view! {
                {hidden("key", &secret::random())}
                {hidden("application", &referral.id)}
                <div class="form-actions">
                    {button(State::Hired.code(), text::recommendations_record_hired())}
                    {button(State::NotHired.code(), text::recommendations_record_not_hired())}
                </div>
            },
        )
    });
    view! {
        <li>
            <strong>{referral.title.clone()}</strong>
            " "
            {referral.posting.to_string()}
            " "
            {Date::in_japan(referral.sent_at).plain()}
            " "
            <span class="tag">{referral.route.label()}</span>
            " "
            <span class="tag">{referral.standing()}</span>
            {referral.letter_number.clone().map(|number| view! { <p>{text::letter_number(number)}</p> })}
            {difference}
            {form}
        </li>
    }
    .into_any()
}

/// POST `/staff/recommend/{account}/outcome`: what the employer told the office. Sent again, it is recorded once.
pub async fn record(visit: Visit, Path(account): Path<String>, fields: Fields) -> Answer {
    let desk = opened(&visit, &account).await?;
    let staff = visit.allow(crate::account::access::Action::StaffDesk)?.clone();
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let state: State = fields.get("outcome").parse().map_err(|_: Code| Failure::BadForm)?;
    let (kind, what) = match state {
        State::Hired => (EventKind::Hired, audit::What::Hired),
        State::NotHired => (EventKind::NotHired, audit::What::NotHired),
        _ => return Err(Failure::BadForm),
    };
    let found = referrals(&visit, &desk).await?.into_iter().find(|own| own.id == fields.get("application") && own.establishment.is_none());
    let referral = found.ok_or(Failure::NotFound)?;
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    if db::set_ended(&mut transaction, &referral.id, state, visit.now).await? == db::Ended::Done {
        db::add_event(&mut transaction, keys(&visit)?, &referral.id, (kind, Role::Staff, ""), visit.now).await?;
        let words = (text::applications_notice_outcome(), referral.title.as_str());
        tell_seeker(&visit, &mut transaction, &referral, words, &Letter::ApplicationMoved("/applications")).await?;
        audit::add(&mut transaction, &staff, what, &referral.id, visit.now).await?;
    }
    let answer = format!("/staff/recommend/{account}?said=outcome");
    forms::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}
