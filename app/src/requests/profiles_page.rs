//! `/employer/profiles`: the profiles that seekers publish – no name, no contact, of a disability only what they chose – and asking somebody to apply.

use super::db::{self, NewRequest, Sent};
use super::published::{self, Card, Wanted};
use super::{MOST_OF_POSTING, WORDS_MOST};
use crate::account::access::Action;
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{AccountId, Accounts, db as accounts};
use crate::audit;
use crate::establishments::{self, Establishment};
use crate::form::{Code, FieldError, FieldErrors};
use crate::mail::Letter;
use crate::notices::{self, NewNotice};
use crate::occupations::picker_options;
use crate::places::prefecture_options;
use crate::postings::{PostingNumber, PublishingScope, db as postings};
use crate::registration::plain_text::required_lines;
use crate::registration::profile::profile;
use crate::registration::{Own, Section, page as framed, profile_view};
use crate::registration::{db as registrations, keys};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, Select, TextField, error_summary, hidden, post_form, select_field, text_area_field};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use leptos::prelude::*;

const PAGE: &str = "/employer/profiles";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new().route(PAGE, get(search)).route("/employer/profiles/{account}", get(show).post(ask))
}

/// The establishments of who is signed in; without one there is nothing to ask for.
async fn own(visit: &Visit) -> Result<Vec<Establishment>, Failure> {
    let account = &visit.allow(Action::EmployerDesk)?.account;
    let own = establishments::db::of_account(&visit.accounts.state.database, account).await?;
    if own.is_empty() { Err(Failure::NotFound) } else { Ok(own) }
}

async fn search(visit: Visit, asked: Asked) -> Answer {
    own(&visit).await?;
    let wanted = Wanted { occupation: asked.get("occupation"), prefecture: asked.get("pref"), before: asked.get("before").parse().ok() };
    let found = published::search(&visit.accounts.state.database, wanted, visit.today()).await?;
    let older = found.last().filter(|_| i64::try_from(found.len()) == Ok(published::MOST)).map(|last| {
        let path = format!("{PAGE}?occupation={}&pref={}&before={}", wanted.occupation, wanted.prefecture, last.saved_at);
        view! { <p><a href=path>{text::requests_older()}</a></p> }
    });
    // The list shows less than a profile: looking at one is told to its owner.
    let found: Vec<_> = found.into_iter().map(card).collect();
    let errors = FieldErrors::default();
    let said = Said { errors: &errors, word };
    let select = |name: &'static str, label: &'static str, groups: &[(&str, Vec<(String, String)>)], chosen: &str| {
        select_field(Select { name, label, hint: None, autocomplete: None, groups, chosen, is_required: false }, said)
    };
    let none = found.is_empty().then(|| view! { <p>{text::requests_no_profile()}</p> });
    let content = view! {
        <h1>{text::requests_profiles_title()}</h1>
        <p>{text::requests_profiles_about()}</p>
        <form method="get" action=PAGE>
            {select("occupation", text::requests_occupation(), &picker_options(), wanted.occupation)}
            {select("pref", text::requests_prefecture(), &prefecture_options(), wanted.prefecture)}
            <button type="submit" class="button button-secondary">{text::establishments_search_button()}</button>
        </form>
        {none}
        <ul class="notice-list">{found}</ul>
        {older}
        <ul class="account-links"><li><a href="/employer">{text::applicants_desk_title()}</a></li></ul>
    };
    Ok(framed(&visit, StatusCode::OK, text::requests_profiles_title(), content))
}

/// The headline and the wishes.
fn card(card: Card) -> AnyView {
    view! {
        <li>
            <h2><a href=format!("{PAGE}/{}", card.account.as_str())>{card.headline}</a></h2>
            <p>{card.occupations}</p>
            <p>{card.places}</p>
        </li>
    }
    .into_any()
}

/// A published profile, for an employer.
async fn published_by(visit: &Visit, account: &str) -> Result<Own, Failure> {
    let account = AccountId::new(account);
    if registrations::find(&visit.accounts.state.database, &account).await?.is_none() {
        return Err(Failure::NotFound);
    }
    let seeker = Own::load(visit, &account).await?;
    let is_shown = !seeker.is_closed(visit.today()) && seeker.current.asks(Section::Introduction);
    if is_shown { Ok(seeker) } else { Err(Failure::NotFound) }
}

async fn show(visit: Visit, Path(account): Path<String>, asked: Asked) -> Answer {
    let establishments = own(&visit).await?;
    let seeker = published_by(&visit, &account).await?;
    let notice = (asked.get("said") == "asked").then(text::requests_said_asked);
    page(&visit, &seeker, &establishments, (StatusCode::OK, notice), &Fields::default(), &FieldErrors::default()).await
}

fn word(error: &FieldError) -> String {
    match (error.field.as_str(), error.code) {
        ("posting", Code::Twice) => text::requests_error_before().to_owned(),
        ("posting", Code::TooMany) => text::requests_error_too_many(MOST_OF_POSTING),
        ("posting", Code::TooLate) => text::requests_error_stopped().to_owned(),
        ("posting", _) => text::requests_error_posting().to_owned(),
        (_, Code::TooLong) => text::applications_error_too_long(text::requests_words(), WORDS_MOST),
        _ => text::requests_error_words().to_owned(),
    }
}

/// The open postings of these establishments.
async fn open_postings(visit: &Visit, establishments: &[Establishment]) -> Result<Vec<(String, String, PostingNumber)>, Failure> {
    let database = &visit.accounts.state.database;
    let mut open = Vec::new();
    for establishment in establishments {
        let numbers = establishments::db::postings(database, &establishment.id).await?;
        for (number, listing, closed) in postings::listings(database, &numbers).await? {
            // Answering is a self-application: those need a name to apply to (DOMAIN.md "Employer side" [O]: scope 1 or 2).
            let may_answer = matches!(listing.scope, PublishingScope::Everyone | PublishingScope::RegisteredSeekers);
            if closed.is_none() && may_answer && listing.row.deadline >= visit.today() {
                open.push((establishment.id.clone(), listing.row.title, number));
            }
        }
    }
    Ok(open)
}

async fn page(
    visit: &Visit,
    seeker: &Own,
    establishments: &[Establishment],
    (status, notice): (StatusCode, Option<&'static str>),
    fields: &Fields,
    errors: &FieldErrors,
) -> Answer {
    // Written down before it is shown, for all for whom they may be looking.
    let mut transaction = visit.accounts.state.database.begin().await?;
    for establishment in establishments {
        db::add_view(&mut transaction, &seeker.account, &establishment.id, visit.now).await?;
    }
    transaction.commit().await?;
    let said = Said { errors, word };
    let open = open_postings(visit, establishments).await?;
    let options: Vec<(String, String)> =
        open.into_iter().map(|(_, title, number)| (number.to_string(), format!("{title}（{number}）"))).collect();
    let groups = [("", options)];
    let posting = Select {
        name: "posting",
        label: text::requests_posting(),
        hint: Some(text::requests_posting_hint()),
        autocomplete: None,
        groups: &groups,
        chosen: fields.get("posting"),
        is_required: true,
    };
    let words = TextField {
        name: "words",
        label: text::requests_words(),
        hint: Some(text::requests_words_hint()),
        value: fields.get("words"),
        is_required: true,
        ..TextField::default()
    };
    let content = view! {
        <h1>{text::requests_profile_title()}</h1>
        {notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> })}
        {error_summary(said)}
        <p>{text::requests_profile_about()}</p>
        {profile_view(&profile(&seeker.current))}
        <h2>{text::requests_ask_heading()}</h2>
        {post_form(
            &format!("{PAGE}/{}", seeker.account.as_str()),
            view! {
                {hidden("key", &secret::random())}
                {select_field(posting, said)}
                {text_area_field(words, WORDS_MOST, said)}
                <button type="submit" class="button">{text::requests_ask()}</button>
            },
        )}
        <ul class="account-links"><li><a href=PAGE>{text::requests_profiles_title()}</a></li></ul>
    };
    Ok(framed(visit, status, &said.title(text::requests_profile_title()), content))
}

/// POST: asks somebody to apply for a posting of one's own.
async fn ask(visit: Visit, Path(account): Path<String>, fields: Fields) -> Answer {
    let establishments = own(&visit).await?;
    let employer = visit.allow(Action::EmployerDesk)?;
    let seeker = published_by(&visit, &account).await?;
    let form = visit.form_hash(&fields)?;
    if let Some(answer) = visit.answered_before(&form).await? {
        return Ok(redirect(&answer));
    }
    let mut errors = FieldErrors::default();
    let open = open_postings(&visit, &establishments).await?;
    let chosen = open.into_iter().find(|(.., number)| number.as_str() == fields.get("posting"));
    if chosen.is_none() {
        errors.add("posting", Code::Required);
    }
    let typed = fields.get("words");
    let words = required_lines(typed, WORDS_MOST);
    let words = words.map_err(|code| errors.add("words", code)).unwrap_or_default();
    let Some((establishment, title, number)) = chosen.filter(|_| errors.is_empty()) else {
        return page(&visit, &seeker, &establishments, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await;
    };
    let company = establishments.iter().find(|own| own.id == establishment).map_or("", |own| &own.name);
    let mut transaction = visit.accounts.state.database.begin().await?;
    if let accounts::Claim::Answered(answer) = accounts::claim(&mut transaction, &form, visit.now).await? {
        return Ok(redirect(&answer));
    }
    let new =
        NewRequest { account: &seeker.account, establishment: &establishment, posting: &number, title: &title, company, words: &words };
    let id = match db::send(&mut transaction, keys(&visit)?, new, visit.now).await? {
        Sent::Done(id) => id,
        refused => {
            transaction.rollback().await?;
            let code = match refused {
                Sent::Before => Code::Twice,
                Sent::TooMany => Code::TooMany,
                _ => Code::TooLate,
            };
            errors.add("posting", code);
            return page(&visit, &seeker, &establishments, (StatusCode::UNPROCESSABLE_ENTITY, None), &fields, &errors).await;
        }
    };
    let path = format!("/requests/{id}");
    let (kind, subject) = (notices::Kind::Application, text::requests_notice());
    let notice = NewNotice { account: &seeker.account, kind, subject, body: &title, path: &path };
    notices::tell(&visit.accounts, &mut transaction, notice, &Letter::RequestCame, visit.now).await?;
    audit::add(&mut transaction, employer, audit::What::DirectRequest, &id, visit.now).await?;
    let answer = format!("{PAGE}/{account}?said=asked");
    accounts::answer(&mut transaction, &form, &answer).await?;
    transaction.commit().await?;
    visit.accounts.ring();
    Ok(redirect(&answer))
}
