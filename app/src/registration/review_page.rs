//! `/registration/review`: everything at a glance with what is missing, and the completion; `/registration/complete`: what comes next.

use super::completion::{Lack, complete, unknown_places};
use super::overview_page::section_words;
use super::own::{Own, keys};
use super::page::page as framed;
use super::section_page::link_to;
use super::standing_page::{self, lifeline};
use super::steps::REVIEW;
use super::{Draft, Registration, Section, db, shown};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::db as forms;
use crate::account::visit::{Fields, Visit};
use crate::date::Date;
use crate::offices::Offices;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

const COMPLETE: &str = "/registration/complete";
const CHANGES: &str = "/registration/changes";

/// GET `/registration/review`.
pub async fn show(visit: Visit) -> Answer {
    let own = Own::of(&visit, REVIEW).await?;
    if own.is_registered() {
        return Ok(redirect(CHANGES));
    }
    Ok(page(&visit, &own, StatusCode::OK))
}

/// POST `/registration/review`: completes the registration, if nothing is missing or wrong.
pub async fn submit(visit: Visit, fields: Fields) -> Answer {
    let own = Own::of(&visit, REVIEW).await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    if own.is_registered() {
        return Ok(redirect(CHANGES));
    }
    let Ok(registration) = checked(&own.draft, visit.today()) else { return Ok(page(&visit, &own, StatusCode::UNPROCESSABLE_ENTITY)) };
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    db::begin(&mut transaction, &own.account, &registration, visit.today()).await?;
    db::promote(&mut transaction, keys(&visit)?, &own.account, &own.draft, visit.now).await?;
    forms::answer(&mut transaction, &form, COMPLETE).await?;
    transaction.commit().await?;
    Ok(redirect(COMPLETE))
}

/// The registration, if the rules and what only the server knows have nothing against it.
///
/// # Errors
/// What is missing or wrong.
pub fn checked(draft: &Draft, today: Date) -> Result<Registration, Vec<Lack>> {
    let registration = complete(draft, today)?;
    let unknown = unknown_places(&registration);
    if unknown.is_empty() { Ok(registration) } else { Err(unknown) }
}

fn page(visit: &Visit, own: &Own, status: StatusCode) -> Response {
    let today = visit.today();
    let found = checked(&own.draft, today).err().unwrap_or_default();
    let head = if found.is_empty() { ready() } else { missing(&found) };
    let sections = Section::ALL.into_iter().filter(|section| own.draft.asks(*section));
    let content = view! {
        <h1>{text::registration_review_title()}</h1>
        {head}
        {sections.map(|section| section_words(&own.draft, section, Some(text::registration_edit_section()))).collect_view()}
    };
    framed(visit, status, text::registration_review_title(), content)
}

fn ready() -> AnyView {
    view! {
        <div class="notice notice-success">
            <h2>{text::registration_review_complete_heading()}</h2>
            <p>{text::registration_review_complete_about()}</p>
            {post_form(
                REVIEW,
                view! {
                    {hidden("key", &secret::random())}
                    <button type="submit" class="button">{text::registration_complete_button()}</button>
                },
            )}
        </div>
    }
    .into_any()
}

/// What is missing, linked; the heading takes the focus.
#[must_use]
pub fn missing(found: &[Lack]) -> AnyView {
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="lacks">
            <h2 id="lacks">{text::registration_review_lacks_heading()}</h2>
            <p>{text::registration_review_lacks_about()}</p>
            <ul>{found.iter().map(link_to).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// GET `/registration/complete`: until when it is valid, and the invitation to an office (DOMAIN.md rule 1b [L]).
pub async fn show_complete(visit: Visit) -> Answer {
    let own = Own::of(&visit, COMPLETE).await?;
    let Some(record) = &own.record else { return Ok(redirect(REVIEW)) };
    let content = view! {
        <h1>{text::registration_complete_title()}</h1>
        {lifeline(record, visit.today())}
        <p>{text::registration_complete_online_about()}</p>
        {invitation(&own.current, &visit.accounts.settings.offices)}
        <p><a class="button" href="/postings">{text::ui_nav_postings()}</a></p>
        <ul class="account-links"><li><a href="/registration">{text::registration_my_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::registration_complete_title(), content))
}

/// The invitation to come to an office: what that opens, what to bring, where to ask, the nine kinds of support.
#[must_use]
pub fn invitation(draft: &Draft, offices: &Offices) -> AnyView {
    let home = shown::rows(draft, Section::Basic);
    let home = home.iter().find(|row| row.name == "municipality").map(|row| row.words.clone()).unwrap_or_default();
    let opens = [text::registration_complete_office_1(), text::registration_complete_office_2(), text::registration_complete_office_3()];
    let nine = [
        text::registration_nine_1(),
        text::registration_nine_2(),
        text::registration_nine_3(),
        text::registration_nine_4(),
        text::registration_nine_5(),
        text::registration_nine_6(),
        text::registration_nine_7(),
        text::registration_nine_8(),
        text::registration_nine_9(),
    ];
    let items = |lines: &[&'static str]| lines.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
    view! {
        <section aria-labelledby="office">
            <h2 id="office">{text::registration_complete_office_heading()}</h2>
            <p>{text::registration_complete_office_about()}</p>
            <ul>{items(&opens)}</ul>
            <h3>{text::registration_complete_bring_heading()}</h3>
            <p>{text::registration_complete_bring()}</p>
            <h3>{text::registration_complete_nine_heading()}</h3>
            <ol>{items(&nine)}</ol>
            {near(draft, offices)}
            <p>{text::registration_complete_where(home)}</p>
            {help_desk()}
        </section>
    }
    .into_any()
}

/// The offices near somebody's home, if any are known.
fn near(draft: &Draft, offices: &Offices) -> Option<AnyView> {
    let near = offices.near(draft.basic.municipality.trim().parse().ok()?);
    let lines = near.iter().map(|office| view! { <li><strong>{office.name.clone()}</strong><br/>{office.whole_address()}</li> });
    let list = view! {
        <h3>{text::registration_offices_heading()}</h3>
        <p>{text::registration_offices_about()}</p>
        <ul>{lines.collect_view()}</ul>
    };
    (!near.is_empty()).then(|| list.into_any())
}

/// The help desk of the leaflet, by telephone and, as equal, by mail.
#[must_use]
pub fn help_desk() -> AnyView {
    let (number, mail) = (text::registration_help_desk_number(), text::registration_help_desk_mail());
    view! {
        <h3>{text::registration_help_desk_heading()}</h3>
        <ul>
            <li><a href=format!("tel:{}", number.replace('-', ""))>{number}</a>" "{text::registration_help_desk_hours()}</li>
            <li><a href=format!("mailto:{mail}")>{mail}</a></li>
        </ul>
    }
    .into_any()
}

/// GET `/registration/changes`: what would change, before it is saved.
pub async fn show_changes(visit: Visit) -> Answer {
    let own = Own::of(&visit, CHANGES).await?;
    if !own.is_registered() {
        return Ok(redirect(REVIEW));
    }
    if own.is_closed(visit.today()) {
        return Ok(standing_page::closed(&visit, &own));
    }
    Ok(changes_page(&visit, &own, StatusCode::OK))
}

/// POST `/registration/changes`: saves or discards what was typed.
pub async fn submit_changes(visit: Visit, fields: Fields) -> Answer {
    let own = Own::of(&visit, CHANGES).await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    if !own.is_registered() || own.is_closed(visit.today()) {
        return Err(Failure::NotFound);
    }
    let is_discarded = fields.get("do") == "discard";
    // What the person saw is what is saved: if another device typed on, they look again.
    if !is_discarded && fields.get("seen") != seen(&visit, &own) {
        return Ok(changes_page(&visit, &own, StatusCode::CONFLICT));
    }
    let registration = checked(&own.draft, visit.today());
    if !is_discarded && (registration.is_err() || !own.refused(&own.draft).is_empty()) {
        return Ok(changes_page(&visit, &own, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let forms::Claim::Answered(answer) = forms::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let answer = match registration {
        Ok(registration) if !is_discarded => {
            apply(&mut transaction, &visit, &own, &registration).await?;
            "/registration?said=changed"
        }
        _ => {
            db::discard_draft(&mut transaction, &own.account).await?;
            "/registration?said=discarded"
        }
    };
    forms::answer(&mut transaction, &form, answer).await?;
    transaction.commit().await?;
    Ok(redirect(answer))
}

/// Makes what was typed what is registered, with its history.
async fn apply(
    transaction: &mut sqlx::Transaction<'_, sqlx::Any>,
    visit: &Visit,
    own: &Own,
    registration: &Registration,
) -> Result<(), Failure> {
    let changes: Vec<_> = super::changes::changes(&own.current, &own.draft).into_iter().map(super::changes::Change::for_history).collect();
    db::set_person(transaction, &own.account, registration).await?;
    db::promote(transaction, keys(visit)?, &own.account, &own.draft, visit.now).await?;
    db::add_changes(transaction, &own.account, crate::account::Role::Seeker, &changes, visit.now).await?;
    Ok(())
}

/// A mark of what was typed, so that a form can tell whether it is still the same.
fn seen(visit: &Visit, own: &Own) -> String {
    let revisions: Vec<String> = own.typed.revisions.iter().map(|(section, revision)| format!("{}={revision}", section.code())).collect();
    let mut revisions = revisions;
    revisions.sort();
    visit.accounts.key().mac("registration-seen", &[&revisions.join(",")])
}

fn changes_page(visit: &Visit, own: &Own, status: StatusCode) -> Response {
    let found = checked(&own.draft, visit.today()).err().unwrap_or_default();
    let changes = super::changes::changes(&own.current, &own.draft);
    let lacks = (!found.is_empty()).then(|| missing(&found));
    let table = if changes.is_empty() { view! { <p>{text::registration_changes_none()}</p> }.into_any() } else { changes_table(&changes) };
    let save = (found.is_empty() && !changes.is_empty()).then(|| {
        view! { <button type="submit" name="do" value="save" class="button">{text::registration_changes_button()}</button> }
    });
    let content = view! {
        <h1>{text::registration_changes_title()}</h1>
        {lacks}
        {(!changes.is_empty() && found.is_empty()).then(|| view! { <p>{text::registration_changes_about()}</p> })}
        {table}
        {post_form(
            CHANGES,
            view! {
                {hidden("key", &secret::random())}
                {hidden("seen", &seen(visit, own))}
                <p class="form-actions">
                    {save}
                    <button type="submit" name="do" value="discard" class="button button-text">{text::registration_changes_discard()}</button>
                </p>
            },
        )}
        <ul class="account-links"><li><a href="/registration">{text::registration_my_title()}</a></li></ul>
    };
    framed(visit, status, text::registration_changes_title(), content)
}

/// Field, before and after, as a list that also reads well on a narrow screen.
#[must_use]
pub fn changes_table(changes: &[super::changes::Change]) -> AnyView {
    let none = |words: &str| if words.is_empty() { text::registration_words_none().to_owned() } else { words.to_owned() };
    let rows = changes.iter().map(|change| {
        view! {
            <tr>
                <th scope="row">{change.label.clone()}</th>
                <td>{none(&change.before)}</td>
                <td>{none(&change.after)}</td>
            </tr>
        }
    });
    view! {
        <table class="changes">
            <thead>
                <tr>
                    <th scope="col">{text::registration_changes_field()}</th>
                    <th scope="col">{text::registration_changes_before()}</th>
                    <th scope="col">{text::registration_changes_after()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
