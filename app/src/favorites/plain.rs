//! `/account/favorites`: the account's favorites as plain forms, for who has no scripts. A star then needs the account: who is not
//! signed in is asked to, comes back, and it is starred.

use super::{Facts, Favorite, NOTE_MOST, Standing};
use crate::account::answer::{Answer, Failure, percent_encode, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::account::{AccountId, Accounts};
use crate::date::Date;
use crate::error::AppError;
use crate::kept::plain::{owner, take};
use crate::kept::{Entry, Thing, db, favorite_id};
use crate::postings::PostingNumber;
use crate::postings::sheet::api::load;
use crate::postings::wording::wage_lines;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use crate::ui::plain_text_area;
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use leptos::prelude::*;

/// How many are shown on the page, the newest: the others can be found with scripts.
const SHOWN: usize = 100;
/// How long one may take to sign in so that the star that was pressed before is set.
const PRESSED_MS: i64 = 3_600_000;
/// The page.
const PAGE: &str = "/account/favorites";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route(PAGE, get(show))
        .route("/account/favorites/add", get(add_after_sign_in).post(add))
        .route("/account/favorites/note", post(write_note))
        .route("/account/favorites/remove", post(remove))
}

/// POST `/account/favorites/add`: a star without scripts. Goes back to where it was pressed.
async fn add(visit: Visit, headers: HeaderMap, fields: Fields) -> Answer {
    let number: PostingNumber = fields.get("number").parse().map_err(|_| Failure::BadForm)?;
    let back = came_from(&headers);
    if visit.user.is_none() {
        // Signing in is the form that counts: what was pressed before it comes along, signed for this browser and for a while.
        let until = visit.now + PRESSED_MS;
        let path = format!("/account/favorites/add?number={number}&until={until}&back={}", percent_encode(&back));
        let signed = format!("{path}&t={}", visit.derived("star", &path));
        let mut response = redirect(&format!("/account/sign-in?next={}", percent_encode(&signed)));
        visit.keep_browser(&mut response);
        return Ok(response);
    }
    keep(&visit, &number).await?;
    Ok(redirect(&back))
}

/// GET `/account/favorites/add`: where signing in leads after a star was pressed. Changes something, so only with a signature.
async fn add_after_sign_in(visit: Visit, asked: Asked) -> Answer {
    let number: PostingNumber = asked.get("number").parse().map_err(|_| Failure::NotFound)?;
    let until: i64 = asked.get("until").parse().map_err(|_| Failure::NotFound)?;
    let back = asked.get("back");
    let path = format!("/account/favorites/add?number={number}&until={until}&back={}", percent_encode(back));
    if visit.derived("star", &path) != asked.get("t") || until < visit.now {
        return Err(Failure::Over);
    }
    owner(&visit, PAGE)?;
    keep(&visit, &number).await?;
    Ok(redirect(crate::account::safe_next(back)))
}

/// The page of ours that a form was sent from; the search if that is not told.
fn came_from(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let path = text(header::REFERER).zip(text(header::HOST)).and_then(|(from, host)| {
        let (own, path) = from.split_once("://")?.1.split_once('/')?;
        (own == host).then(|| format!("/{path}"))
    });
    crate::account::safe_next(path.as_deref().unwrap_or("/postings")).to_owned()
}

/// Stars a posting that is published. One that is a favorite already stays as it is.
async fn keep(visit: &Visit, number: &PostingNumber) -> Result<(), Failure> {
    let account = owner(visit, PAGE)?;
    let sheet = load(&visit.accounts.state, number.as_str(), visit.viewer).await.map_err(|error| match error {
        AppError::NotFound => Failure::NotFound,
        _ => Failure::Internal,
    })?;
    let favorite = Favorite::new(number.clone(), Facts::from(&sheet), Some(sheet), visit.now);
    let thing = Some(Thing::Favorite(favorite).to_send());
    let change = Entry { id: favorite_id(number.as_str()), stamp: secret::random_id(), base: String::new(), thing };
    take(visit, account, change).await
}

/// POST `/account/favorites/note`.
async fn write_note(visit: Visit, fields: Fields) -> Answer {
    let (account, stamp) = (owner(&visit, PAGE)?.clone(), visit.form_hash(&fields)?);
    let number: PostingNumber = fields.get("number").parse().map_err(|_| Failure::BadForm)?;
    let Some(Thing::Favorite(mut favorite)) = held(&visit, &account, &number).await? else { return Err(Failure::NotFound) };
    favorite.write_note(&fields.get("note").replace("\r\n", "\n"));
    let thing = Some(Thing::Favorite(favorite));
    take(&visit, &account, Entry { id: favorite_id(number.as_str()), stamp, base: fields.get("base").to_owned(), thing }).await?;
    Ok(redirect(&format!("{PAGE}?said=note#favorite-{number}")))
}

/// POST `/account/favorites/remove`: what another phone wrote meanwhile keeps it there.
async fn remove(visit: Visit, fields: Fields) -> Answer {
    let (account, stamp) = (owner(&visit, PAGE)?.clone(), visit.form_hash(&fields)?);
    let number: PostingNumber = fields.get("number").parse().map_err(|_| Failure::BadForm)?;
    take(&visit, &account, Entry { id: favorite_id(number.as_str()), stamp, base: fields.get("base").to_owned(), thing: None }).await?;
    let is_there = held(&visit, &account, &number).await?.is_some();
    Ok(redirect(&format!("{PAGE}?said={}&number={number}", if is_there { "stayed" } else { "removed" })))
}

async fn held(visit: &Visit, account: &AccountId, number: &PostingNumber) -> Result<Option<Thing>, Failure> {
    Ok(db::find(&visit.accounts.state.database, account, &favorite_id(number.as_str())).await?.and_then(|entry| entry.thing))
}

/// GET `/account/favorites`.
async fn show(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, PAGE)?;
    let mut favorites: Vec<(Favorite, String)> = Vec::new();
    for entry in db::all(&visit.accounts.state.database, account).await? {
        if let Some(Thing::Favorite(favorite)) = entry.thing {
            favorites.push((favorite, entry.stamp));
        }
    }
    favorites.sort_by_key(|(favorite, _)| std::cmp::Reverse(favorite.added_at));
    let count = favorites.len();
    favorites.truncate(SHOWN);
    let today = visit.accounts.state.clock.today();
    let mut cards = Vec::with_capacity(favorites.len());
    for (mut favorite, stamp) in favorites {
        let sheet = load(&visit.accounts.state, favorite.number.as_str(), visit.viewer).await;
        favorite.learn(&sheet, today);
        cards.push(card(&favorite, &stamp, today));
    }
    let content = view! {
        <h1>{text::favorites_heading()}</h1>
        {said(&asked)}
        <p>{text::favorites_count(count)}</p>
        {(count > SHOWN).then(|| view! { <p>{text::favorites_plain_shown(SHOWN)}</p> })}
        {(count == 0).then(|| view! { <p>{text::favorites_empty_how()}</p> })}
        <ul class="posting-list">{cards}</ul>
        <ul class="account-links">
            <li><a href="/postings">{text::ui_nav_postings()}</a></li>
            <li><a href="/account">{text::account_back()}</a></li>
        </ul>
    };
    Ok(visit.page(StatusCode::OK, text::favorites_heading(), content))
}

/// What has just been done.
fn said(asked: &Asked) -> Option<AnyView> {
    let words = match asked.get("said") {
        "note" => text::favorites_note_kept(),
        "stayed" => text::favorites_plain_stayed(),
        "removed" => {
            let number: PostingNumber = asked.get("number").parse().ok()?;
            let undo = view! {
                <div class="notice notice-success" role="status">
                    <p>{text::favorites_plain_removed(number.as_str())}</p>
                    {post_form(
                        "/account/favorites/add",
                        view! {
                            {hidden("number", number.as_str())}
                            <button type="submit" class="button button-secondary">{text::favorites_undo()}</button>
                        },
                    )}
                </div>
            };
            return Some(undo.into_any());
        }
        _ => return None,
    };
    Some(view! { <p class="notice notice-success" role="status">{words}</p> }.into_any())
}

fn card(favorite: &Favorite, stamp: &str, today: Date) -> AnyView {
    let facts = favorite.facts();
    let number = favorite.number.as_str().to_owned();
    let name = facts.name.unwrap_or_else(|| text::postings_name_hidden().to_owned());
    let standing = match favorite.standing(today) {
        Standing::Open => None,
        Standing::Expired => Some((text::favorites_tag_expired(), text::favorites_expired())),
        Standing::Closed => Some((text::favorites_tag_closed(), text::favorites_closed())),
    };
    let standing = standing.map(|(tag, words)| view! { <p><span class="tag tag-closed">{tag}</span>" "{words}</p> });
    let changes: Vec<_> = favorite.changes().into_iter().map(|change| view! { <li>{change}</li> }).collect();
    let changes = (!changes.is_empty()).then(|| view! { <p>{text::favorites_changes()}</p><ul>{changes}</ul> });
    let wage: Vec<_> = wage_lines(&facts.wage).into_iter().map(|line| view! { <span class="line">{line}</span> }).collect();
    let fields = || {
        view! {
            {hidden("key", &secret::random())}
            {hidden("number", &number)}
            {hidden("base", stamp)}
        }
    };
    let note_id = format!("note-{number}");
    view! {
        <li class="posting-card" id=format!("favorite-{number}")>
            <article>
                <h2 class="posting-title"><a href=format!("/postings/{number}")>{facts.title.clone()}</a></h2>
                <p class="posting-name">{name}</p>
                {standing}
                {changes}
                <dl class="facts">
                    <dt>{text::postings_wage()}</dt><dd>{wage}</dd>
                    <dt>{text::favorites_deadline()}</dt><dd>{facts.deadline.plain()}</dd>
                </dl>
                {post_form(
                    "/account/favorites/note",
                    view! {
                        {fields()}
                        <div class="field">
                            <label for=note_id.clone()>{text::favorites_note()}</label>
                            {plain_text_area(&note_id, "note", &favorite.note, Some(NOTE_MOST.max(favorite.note.chars().count())), (None, None))}
                        </div>
                        <button type="submit" class="button button-secondary">{text::favorites_plain_write()}</button>
                    },
                )}
                {post_form(
                    "/account/favorites/remove",
                    view! {
                        {fields()}
                        <button type="submit" class="button button-text">
                            {text::favorites_take_out()}
                            <span class="visually-hidden">{text::favorites_of(&facts.title)}</span>
                        </button>
                    },
                )}
            </article>
        </li>
    }
    .into_any()
}
