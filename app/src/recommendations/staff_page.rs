//! `/staff/recommend/{account}`: a seeker's consulted wishes beside a posting, staff's judgement, and the recommendation; and what was referred at the
//! counter, entered by staff.

use super::db::{self, NewRecommendation};
use super::fit::{Condition, Fit, conditions};
use super::referrals;
use super::{Judgement, Recommendation};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{AccountId, Accounts, db as accounts};
use crate::applications::db as applications;
use crate::applications::{EventKind, Route};
use crate::audit;
use crate::date::Date;
use crate::form::{Code, FieldError, FieldErrors};
use crate::mail::Letter;
use crate::notices::{self, NewNotice};
use crate::postings::db::{self as postings, Stored};
use crate::postings::feed::{FeedSettings, derive};
use crate::postings::posting::Posting;
use crate::postings::{Flag, PostingNumber, PublishingScope};
use crate::registration::plain_text::required_lines;
use crate::registration::record::{Record, RegistrantKind};
use crate::registration::{Own, db as registrations, keys, page as framed, parse_day};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Choice, Said, TextField, choice, error_summary, hidden, post_form, text_area_field, text_field};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use leptos::prelude::*;

/// The longest comment, in characters [own].
const COMMENT_MOST: usize = 1000;
/// The days for an answer where staff do not say otherwise [own].
const REPLY_DAYS: i32 = 7;

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route("/staff/recommend/{account}", get(show).post(submit))
        .route("/staff/recommend/{account}/counter", post(enter))
        .route("/staff/recommend/{account}/outcome", post(referrals::record))
}

/// A seeker at staff's desk; that they were looked at is written down.
pub(super) struct Desk {
    pub(super) own: Own,
    pub(super) record: Record,
}

pub(super) async fn opened(visit: &Visit, account: &str) -> Result<Desk, Failure> {
    let staff = visit.allow(Action::StaffDesk)?.clone();
    let account = AccountId::new(account);
    let database = &visit.accounts.state.database;
    if registrations::find(database, &account).await?.is_none() {
        return Err(Failure::NotFound);
    }
    let mut transaction = database.begin().await?;
    registrations::add_read(&mut transaction, &account, &staff, "consultation", visit.now).await?;
    transaction.commit().await?;
    let own = Own::load(visit, &account).await?;
    let record = own.record.clone().ok_or(Failure::NotFound)?;
    Ok(Desk { own, record })
}

/// Why nothing can be recommended to somebody (DOMAIN.md rule 2 [L]).
fn against(record: &Record, today: Date) -> Option<Code> {
    match record {
        record if !record.is_active(today) => Some(Code::TooLate),
        record if record.kind == RegistrantKind::Online => Some(Code::NotAnOffice),
        record if record.consulted_on.is_none() => Some(Code::Required),
        _ => None,
    }
}

/// A posting that can be recommended: open and published.
async fn posting(visit: &Visit, typed: &str, errors: &mut FieldErrors) -> Result<Option<(Stored, Posting)>, Failure> {
    let Ok(number) = typed.parse::<PostingNumber>() else {
        errors.add("posting", Code::NotANumber);
        return Ok(None);
    };
    let found = postings::find(&visit.accounts.state.database, &number).await?;
    let derived = found.as_ref().and_then(|stored| derive(&stored.record, &FeedSettings::default()).ok()).map(|derived| derived.posting);
    let found = found.zip(derived).filter(|(_, posting)| posting.scope != PublishingScope::Unpublished);
    match &found {
        None => errors.add("posting", Code::NotAChoice),
        Some((stored, posting)) if stored.closed_at.is_some() || posting.deadline < visit.today() => errors.add("posting", Code::TooLate),
        Some(_) => {}
    }
    Ok(found)
}

async fn show(visit: Visit, Path(account): Path<String>, asked: Asked) -> Answer {
    let desk = opened(&visit, &account).await?;
    let mut errors = FieldErrors::default();
    let chosen = if asked.get("posting").trim().is_empty() { None } else { posting(&visit, asked.get("posting"), &mut errors).await? };
    let notice = match asked.get("said") {
        "recommended" => Some(text::recommendations_said_recommended()),
        "entered" => Some(text::recommendations_said_entered()),
        "outcome" => Some(text::recommendations_said_outcome()),
        "already" => Some(text::recommendations_said_already()),
        _ => None,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(&visit, &desk, chosen, (status, notice), &asked.0, &errors).await
}

fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("registrant", Code::TooLate) => text::recommendations_error_inactive(),
        ("registrant", Code::NotAnOffice) => text::recommendations_error_online(),
        ("registrant", _) => text::recommendations_error_not_consulted(),
        ("posting", Code::TooLate) => text::recommendations_error_closed(),
        ("posting", Code::NotAChoice) => text::recommendations_error_unknown(),
        ("posting", Code::Twice) => text::recommendations_error_twice(),
        ("counter_posting", _) => text::recommendations_error_unknown(),
        ("posting", _) => text::recommendations_error_number(),
        ("judgement", _) => text::recommendations_error_judgement(),
        ("comment", Code::TooLong) => text::recommendations_error_long(),
        ("comment", _) => text::recommendations_error_comment(),
        ("on", _) => text::recommendations_error_on(),
        _ => text::recommendations_error_reply_by(),
    }
    .to_owned()
}

async fn page(
    visit: &Visit,
    desk: &Desk,
    chosen: Option<(Stored, Posting)>,
    (status, notice): (StatusCode, Option<&'static str>),
    fields: &Fields,
    errors: &FieldErrors,
) -> Answer {
    let said = Said { errors, word };
    let database = &visit.accounts.state.database;
    let basic = &desk.own.current.basic;
    let name = format!("{} {}", basic.family_name.trim(), basic.given_name.trim());
    let path = format!("/staff/recommend/{}", desk.own.account.as_str());
    let before = db::of_account(database, keys(visit)?, &desk.own.account).await?;
    let refused = against(&desk.record, visit.today()).map(|code| {
        let mut errors = FieldErrors::default();
        errors.add("registrant", code);
        let why: Vec<String> = errors.iter().map(word).collect();
        view! { <p class="notice notice-warning" id="field-registrant" tabindex="-1">{why}</p> }
    });
    let may = refused.is_none();
    let number = TextField {
        name: "posting",
        label: text::recommendations_posting(),
        value: fields.get("posting"),
        autocomplete: "off",
        is_required: true,
        is_short: true,
        ..TextField::default()
    };
    let referrals = match &chosen {
        Some((stored, _)) => applications::referrals_of(database, &stored.number).await?,
        None => 0,
    };
    let recommend = chosen.filter(|_| may).map(|(stored, posting)| {
        let table = conditions_table(&conditions(&desk.own.current, &posting));
        let form = recommend_form(&path, (visit, fields), &stored, said);
        view! { <h2>{posting.title.clone()}</h2><p>{posting.name.clone()}" "{text::recommendations_referrals(referrals)}</p> {table} {form} }
    });
    let referred = referrals::list(visit, desk).await?;
    let content = view! {
        <h1>{text::recommendations_staff_title()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        <p><strong>{name}</strong>" "{desk.record.seeker_number.clone()}</p>
        {refused}
        <form method="get" action=path.clone()>
            {text_field(number, said)}
            <button type="submit" class="button button-secondary">{text::recommendations_compare()}</button>
        </form>
        {recommend}
        <h2>{text::recommendations_before()}</h2>
        {before.is_empty().then(|| view! { <p>{text::recommendations_none_yet()}</p> })}
        <ul class="notice-list">{before.iter().map(|own| one(own, visit.today())).collect_view()}</ul>
        {referred}
        {counter_form(&path, fields, said)}
        <ul class="account-links">
            <li><a href=format!("/staff/registrations/{}", desk.own.account.as_str())>{text::registration_staff_person_title()}</a></li>
        </ul>
    };
    Ok(framed(visit, status, &said.title(text::recommendations_staff_title()), content))
}

fn one(recommendation: &Recommendation, today: Date) -> AnyView {
    let answer = match recommendation.answer.as_str() {
        "accepted" => text::recommendations_accepted(),
        "declined" => text::recommendations_declined(),
        _ if !recommendation.is_open(today) => text::recommendations_over(),
        _ => text::recommendations_waits(),
    };
    let reason = (!recommendation.reason.is_empty()).then(|| view! { <p class="lines">{recommendation.reason.clone()}</p> });
    view! {
        <li>
            <strong>{recommendation.title.clone()}</strong>
            " "
            {recommendation.posting.to_string()}
            " "
            {Date::in_japan(recommendation.recommended_at).plain()}
            " "
            <span class="tag">{answer}</span>
            {reason}
        </li>
    }
    .into_any()
}

/// The checklist.
fn conditions_table(conditions: &[Condition]) -> AnyView {
    let rows = conditions.iter().map(|condition| {
        let class = match condition.fit {
            Fit::Met => "fit fit-met",
            Fit::NotMet => "fit fit-not-met",
            Fit::NotStated => "fit",
        };
        view! {
            <tr>
                <th scope="row">{condition.label.clone()}</th>
                <td data-label=text::recommendations_wish()>{condition.wish.clone()}</td>
                <td data-label=text::recommendations_posting_says()>{condition.posting.clone()}</td>
                <td data-label=text::recommendations_fit() class=class>{condition.fit.label()}</td>
            </tr>
        }
    });
    view! {
        <table class="changes plain">
            <caption>{text::recommendations_table()}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::recommendations_condition()}</th>
                    <th scope="col">{text::recommendations_wish()}</th>
                    <th scope="col">{text::recommendations_posting_says()}</th>
                    <th scope="col">{text::recommendations_fit()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn recommend_form(path: &str, (visit, fields): (&Visit, &Fields), stored: &Stored, said: Said<'_>) -> AnyView {
    let answers: Vec<(&str, &str)> = Judgement::CHOICES.iter().map(|choice| (choice.code, (choice.label)())).collect();
    let judgement = Choice {
        name: "judgement",
        legend: text::recommendations_judgement(),
        hint: None,
        answers: &answers,
        chosen: fields.get("judgement"),
        is_required: true,
    };
    let comment = TextField {
        name: "comment",
        label: text::recommendations_comment(),
        hint: Some(text::recommendations_comment_hint()),
        value: fields.get("comment"),
        is_required: true,
        ..TextField::default()
    };
    let usual = visit.today().plus_days(REPLY_DAYS).to_string();
    let reply_by = TextField {
        name: "reply_by",
        label: text::recommendations_reply_by(),
        kind: Some("date"),
        value: if fields.get("reply_by").is_empty() { &usual } else { fields.get("reply_by") },
        autocomplete: "off",
        is_required: true,
        is_short: true,
        ..TextField::default()
    };
    post_form(
        path,
        view! {
            {hidden("key", &secret::random())}
            {hidden("posting", stored.number.as_str())}
            {choice(judgement, said)}
            {text_area_field(comment, COMMENT_MOST, said)}
            {text_field(reply_by, said)}
            <button type="submit" class="button">{text::recommendations_recommend()}</button>
        },
    )
}

/// What was referred at the counter, entered afterwards.
fn counter_form(path: &str, fields: &Fields, said: Said<'_>) -> AnyView {
    let counter = |name: &'static str, label: &'static str, kind: &'static str| {
        let value = if fields.get("do") == "counter" { fields.get(name) } else { "" };
        text_field(
            TextField {
                name,
                label,
                kind: Some(kind),
                value,
                autocomplete: "off",
                is_short: true,
                is_required: true,
                ..TextField::default()
            },
            said,
        )
    };
    view! {
        <h2>{text::recommendations_counter_heading()}</h2>
        <p>{text::recommendations_counter_about()}</p>
        {post_form(
            &format!("{path}/counter"),
            view! {
                {hidden("key", &secret::random())}
                {hidden("do", "counter")}
                {counter("counter_posting", text::recommendations_posting(), "text")}
                {counter("on", text::recommendations_on(), "date")}
                <button type="submit" class="button button-secondary">{text::recommendations_enter()}</button>
            },
        )}
    }
    .into_any()
}

async fn submit(visit: Visit, Path(account): Path<String>, fields: Fields) -> Answer {
    let desk = opened(&visit, &account).await?;
    let staff = visit.allow(Action::StaffDesk)?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let mut errors = FieldErrors::default();
    if let Some(code) = against(&desk.record, visit.today()) {
        errors.add("registrant", code);
    }
    let chosen = posting(&visit, fields.get("posting"), &mut errors).await?;
    let judgement = fields.get("judgement").parse::<Judgement>().map_err(|_| errors.add("judgement", Code::Required)).ok();
    let comment = fields.get("comment");
    let comment = required_lines(comment, COMMENT_MOST);
    let comment = comment.map_err(|code| errors.add("comment", code)).unwrap_or_default();
    let reply_by = parse_day(fields.get("reply_by")).ok().filter(|day| *day >= visit.today());
    if reply_by.is_none() {
        errors.add("reply_by", Code::InThePast);
    }
    let (account, database) = (&desk.own.account, &visit.accounts.state.database);
    if let Some((stored, _)) = &chosen {
        let waits = db::open_for(database, account, &stored.number, visit.today()).await?.is_some();
        if waits || applications::has_open(database, account, &stored.number).await?.is_some() {
            errors.add("posting", Code::Twice);
        }
    }
    let (Some((_, posting)), Some(judgement), Some(reply_by), true) = (&chosen, judgement, reply_by, errors.is_empty()) else {
        return page(&visit, &desk, chosen, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await;
    };
    let mut transaction = database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let office = desk.record.seeker_number.as_deref().and_then(|number| number.split('-').next()).unwrap_or_default().to_owned();
    let new = NewRecommendation {
        account,
        posting: &posting.number,
        title: &posting.title,
        judgement,
        comment: &comment,
        reply_by,
        office: &office,
        by: staff,
    };
    let id = db::add(&mut transaction, keys(&visit)?, new, visit.now).await?;
    let body = text::recommendations_notice(&posting.title, reply_by.plain());
    let path = format!("/recommendations/{id}");
    let (kind, subject) = (notices::Kind::Recommended, text::recommendations_notice_subject());
    let notice = NewNotice { account, kind, subject, body: &body, path: &path };
    notices::tell(&visit.accounts, &mut transaction, notice, &Letter::Recommended, visit.now).await?;
    audit::add(&mut transaction, staff, audit::What::Recommend, &id, visit.now).await?;
    let answer = format!("/staff/recommend/{}?said=recommended", account.as_str());
    accounts::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}

/// POST `/staff/recommend/{account}/counter`.
async fn enter(visit: Visit, Path(account): Path<String>, fields: Fields) -> Answer {
    let desk = opened(&visit, &account).await?;
    let staff = visit.allow(Action::StaffDesk)?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let mut errors = FieldErrors::default();
    if desk.record.kind == RegistrantKind::Online {
        errors.add("registrant", Code::NotAnOffice);
    }
    let chosen = match fields.get("counter_posting").parse::<PostingNumber>() {
        Ok(number) => postings::find(&visit.accounts.state.database, &number).await?,
        Err(_) => None,
    };
    if chosen.is_none() {
        errors.add("counter_posting", Code::NotAChoice);
    }
    let on = parse_day(fields.get("on")).ok().filter(|day| *day <= visit.today());
    if on.is_none() {
        errors.add("on", Code::InTheFuture);
    }
    let (Some(stored), Some(on), true) = (&chosen, on, errors.is_empty()) else {
        return page(&visit, &desk, None, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await;
    };
    let (account, row) = (&desk.own.account, &stored.listing.row);
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let id = secret::random_id();
    let new = applications::NewApplication {
        id: &id,
        route: Route::Counter,
        account,
        posting: &stored.number,
        establishment: None,
        title: &row.title,
        company: row.name.as_deref().unwrap_or_default(),
        is_reserved: row.flags.has(Flag::Reserved),
        promise: "",
        reply_by: None,
        letter_number: None,
        caution_version: "",
    };
    // The day as it was, at noon in Japan.
    let at = i64::from(on.epoch_days()) * 86_400_000 + 3 * 3_600_000;
    let answer = match applications::add(&mut transaction, new, at).await? {
        true => {
            applications::add_event(&mut transaction, keys(&visit)?, &id, (EventKind::Sent, crate::account::Role::Staff, ""), at).await?;
            audit::add(&mut transaction, staff, audit::What::CounterReferral, &id, visit.now).await?;
            // As it stands in this transaction: it may have been ended meanwhile.
            let record = registrations::find_locked(&mut transaction, account).await?.ok_or(Failure::NotFound)?;
            registrations::set_standing(&mut transaction, account, record.standing.used(on), visit.today()).await?;
            format!("/staff/recommend/{}?said=entered", account.as_str())
        }
        false => format!("/staff/recommend/{}?said=already", account.as_str()),
    };
    accounts::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    Ok(redirect(&answer))
}
