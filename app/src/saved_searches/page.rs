//! `/saved-searches`: the searches that this phone keeps, and with conditions in the address the form that keeps them. The server writes
//! the page, `frontend/kept/pages.js` fills it from the phone; the service worker keeps the empty page for reading without a network. Without
//! scripts the same form goes to the account.

use super::{MOST, NAME_MOST, SavedSearch, api};
use crate::account::answer::{Answer, Failure};
use crate::account::visit::{Asked, Visit};
use crate::postings::search::SearchQuery;
use crate::text;
use crate::ui::PlainShell;
use crate::ui::form_fields::{hidden, post_form};
use axum::extract::RawQuery;
use leptos::prelude::*;

/// GET `/saved-searches`.
pub async fn show(visit: Visit, asked: Asked, RawQuery(search): RawQuery) -> Answer {
    let query = SearchQuery::from_url(search.as_deref().unwrap_or_default()).0;
    let form = match query.conditions().next() {
        Some(_) => Some(save_form(&visit, &query).await?),
        None => None,
    };
    Ok(visit.phone_page(&asked, text::searches_heading(), content(form)))
}

/// The page as the service worker keeps it.
#[must_use]
pub fn kept_document(shell: &PlainShell) -> String {
    shell.kept_document(text::searches_heading(), content(None))
}

fn content(form: Option<AnyView>) -> AnyView {
    view! {
        <h1>{text::searches_heading()}</h1>
        <p>{text::searches_about()}</p>
        {form}
        <p role="status" id="kept-status"></p>
        <p data-without-scripts=""><a href="/account/saved-searches">{text::searches_plain()}</a></p>
        {templates()}
        <ul class="account-links">
            <li><a href="/postings">{text::ui_nav_postings()}</a></li>
            <li><a href="/favorites">{text::favorites_heading()}</a></li>
        </ul>
        <script type="module" src="/pages.js"></script>
    }
    .into_any()
}

/// The form for these conditions, with what is to be seen of them now.
async fn save_form(visit: &Visit, query: &SearchQuery) -> Result<AnyView, Failure> {
    let today = visit.accounts.state.clock.today();
    let new = api::new_ones(&visit.accounts.state, query, today).await.map_err(|_| Failure::Internal)?;
    let search = SavedSearch::new(&query.to_url(), "", new.seen(), visit.now);
    let record = serde_json::to_string(&search).map_err(|_| Failure::Internal)?;
    let words: Vec<_> = search.words.iter().map(|words| view! { <li class="tag">{words.clone()}</li> }).collect();
    let form = post_form(
        "/account/saved-searches/add",
        view! {
            <h2>{text::searches_save_heading()}</h2>
            <ul class="tags">{words}</ul>
            {hidden("query", &search.query)}
            <div class="field">
                <label for="search-name">{text::searches_name()}</label>
                <input
                    id="search-name"
                    name="name"
                    type="text"
                    value=search.name.clone()
                    maxlength=NAME_MOST.to_string()
                    autocomplete="off"
                />
            </div>
            <div class="field" hidden="">
                <label for="search-instead">{text::searches_instead()}</label>
                <select id="search-instead"><option value="">{text::searches_instead_new()}</option></select>
            </div>
            <button type="submit" class="button">{text::searches_save()}</button>
        },
    );
    Ok(view! { <section id="save-search" data-record=record>{form}</section> }.into_any())
}

/// What the script fills in. Its texts stand here, with `{n}` and `{name}` for what it puts into them.
fn templates() -> AnyView {
    view! {
        <div
            id="saved-searches"
            data-most=MOST.to_string()
            data-new=text::searches_new("{n}")
            data-none=text::searches_new_none()
            data-seen=text::searches_seen_on("{date}")
            data-saved=text::searches_saved("{name}")
            data-renamed=text::searches_renamed()
            data-removed=text::searches_removed("{name}")
            data-many=text::searches_too_many(MOST)
            data-full=text::favorites_full()
            data-instead=text::searches_instead_of("{name}")
            data-of=text::searches_of("{name}")
        ></div>
        <template id="no-saved-search">
            <h2>{text::searches_empty()}</h2>
            <p>{text::searches_empty_how()}</p>
        </template>
        <template id="saved-search">
            <li class="posting-card">
                <article>
                    <h2 class="posting-title"><a></a></h2>
                    <ul class="tags"></ul>
                    <p><span class="line" data-seen-on=""></span><strong class="line"></strong></p>
                    <div class="field">
                        <label>{text::searches_name()}<span class="visually-hidden" data-name=""></span></label>
                        <input type="text" maxlength=NAME_MOST.to_string() autocomplete="off"/>
                    </div>
                    <button type="button" class="button button-secondary">
                        {text::searches_remove()}
                        <span class="visually-hidden" data-name=""></span>
                    </button>
                </article>
            </li>
        </template>
        <template id="undo">
            <button type="button" class="button">{text::favorites_undo()}</button>
        </template>
    }
    .into_any()
}
