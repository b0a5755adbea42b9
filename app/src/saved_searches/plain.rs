//! `/account/saved-searches`: the account's searches as plain forms, for who has no scripts.

use super::{SavedSearch, api, in_words};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Fields, Visit};
use crate::account::{AccountId, Accounts};
use crate::kept::plain::{owner, take};
use crate::kept::{Entry, Thing, db, search_id};
use crate::postings::search::SearchQuery;
use crate::secret;
use crate::text;
use crate::ui::form_fields::{hidden, post_form};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use leptos::prelude::*;

/// The page.
const PAGE: &str = "/account/saved-searches";

/// The addresses.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route(PAGE, get(show))
        .route("/account/saved-searches/add", post(add))
        .route("/account/saved-searches/remove", post(remove))
        .route("/account/saved-searches/run", post(run))
}

/// POST `/account/saved-searches/add`: the same conditions again are the same search.
async fn add(visit: Visit, fields: Fields) -> Answer {
    // After signing in, the form is there again with its conditions.
    let account = owner(&visit, &form_of(fields.get("query")))?;
    let (query, _) = SearchQuery::from_url(fields.get("query"));
    if query.conditions().next().is_none() {
        return Err(Failure::BadForm);
    }
    let today = visit.accounts.state.clock.today();
    let new = api::new_ones(&visit.accounts.state, &query, today).await.map_err(|_| Failure::Internal)?;
    let search = SavedSearch::new(&query.to_url(), fields.get("name"), new.seen(), visit.now);
    let base = held(&visit, account, &search.id).await?.map_or_else(String::new, |(_, stamp)| stamp);
    let change = Entry { id: search_id(&search.id), stamp: secret::random_id(), base, thing: Some(Thing::Search(search)) };
    take(&visit, account, change).await?;
    Ok(redirect(PAGE))
}

fn form_of(query: &str) -> String {
    format!("/saved-searches?{}", super::kept_query(query))
}

async fn held(visit: &Visit, account: &AccountId, id: &str) -> Result<Option<(SavedSearch, String)>, Failure> {
    let entry = db::find(&visit.accounts.state.database, account, &search_id(id)).await?;
    Ok(entry.and_then(|entry| match entry.thing? {
        Thing::Search(search) => Some((search, entry.stamp)),
        Thing::Favorite(_) => None,
    }))
}

/// POST `/account/saved-searches/remove`.
async fn remove(visit: Visit, fields: Fields) -> Answer {
    let (account, stamp) = (owner(&visit, PAGE)?.clone(), visit.form_hash(&fields)?);
    let change = Entry { id: search_id(fields.get("id")), stamp, base: fields.get("base").to_owned(), thing: None };
    take(&visit, &account, change).await?;
    Ok(redirect(PAGE))
}

/// POST `/account/saved-searches/run`: writes down what is seen now, and leads to the postings.
async fn run(visit: Visit, fields: Fields) -> Answer {
    let (account, stamp) = (owner(&visit, PAGE)?.clone(), visit.form_hash(&fields)?);
    let Some((search, base)) = held(&visit, &account, fields.get("id")).await? else { return Err(Failure::NotFound) };
    let query = SearchQuery::from_url(&search.query).0;
    let new = api::new_ones(&visit.accounts.state, &query, search.seen.on).await.map_err(|_| Failure::Internal)?;
    let id = search_id(&search.id);
    take(&visit, &account, Entry { id, stamp, base, thing: Some(Thing::Search(SavedSearch { seen: new.seen(), ..search })) }).await?;
    Ok(redirect(&query.href()))
}

/// GET `/account/saved-searches`.
async fn show(visit: Visit) -> Answer {
    let account = owner(&visit, PAGE)?;
    let mut searches: Vec<(SavedSearch, String)> = Vec::new();
    for entry in db::all(&visit.accounts.state.database, account).await? {
        if let Some(Thing::Search(search)) = entry.thing {
            searches.push((search, entry.stamp));
        }
    }
    searches.sort_by_key(|(search, _)| std::cmp::Reverse(search.added_at));
    searches.truncate(super::MOST);
    let mut cards = Vec::with_capacity(searches.len());
    for (search, stamp) in searches {
        let query = SearchQuery::from_url(&search.query).0;
        let new = api::new_ones(&visit.accounts.state, &query, search.seen.on).await.map_err(|_| Failure::Internal)?;
        cards.push(card(&search, &stamp, search.new_ones(new.count)));
    }
    let empty = cards.is_empty().then(|| view! { <p>{text::searches_empty_how()}</p> });
    let content = view! {
        <h1>{text::searches_heading()}</h1>
        <p>{text::searches_about()}</p>
        {empty}
        <ul class="posting-list">{cards}</ul>
        <ul class="account-links">
            <li><a href="/postings">{text::ui_nav_postings()}</a></li>
            <li><a href="/account">{text::account_back()}</a></li>
        </ul>
    };
    Ok(visit.page(StatusCode::OK, text::searches_heading(), content))
}

fn card(search: &SavedSearch, stamp: &str, new: u32) -> AnyView {
    let words: Vec<_> = in_words(&search.query).into_iter().map(|words| view! { <li class="tag">{words}</li> }).collect();
    let new = if new == 0 { text::searches_new_none().to_owned() } else { text::searches_new(new) };
    let fields = || {
        view! {
            {hidden("key", &secret::random())}
            {hidden("id", &search.id)}
            {hidden("base", stamp)}
        }
    };
    view! {
        <li class="posting-card">
            <article>
                <h2 class="posting-title">{search.name.clone()}</h2>
                <ul class="tags">{words}</ul>
                <p>{text::searches_seen_on(search.seen.on.plain())}" "<strong>{new}</strong></p>
                {post_form(
                    "/account/saved-searches/run",
                    view! {
                        {fields()}
                        <button type="submit" class="button button-secondary">
                            {text::searches_run()}
                            <span class="visually-hidden">{text::searches_of(&search.name)}</span>
                        </button>
                    },
                )}
                {post_form(
                    "/account/saved-searches/remove",
                    view! {
                        {fields()}
                        <button type="submit" class="button button-text">
                            {text::searches_remove()}
                            <span class="visually-hidden">{text::searches_of(&search.name)}</span>
                        </button>
                    },
                )}
            </article>
        </li>
    }
    .into_any()
}
