//! `/favorites`: what is starred on this phone. The server renders the explanation; the list is read from the phone when the page runs.

use super::compare::compare;
use super::kept::Asked;
use super::list::{Order, fits, newest_first, sort};
use super::page_parts::{card, clear_all, toolbar};
use super::store::{self, Stored};
use super::{Favorite, Favorites};
use crate::clock::Clock;
use crate::date::Date;
use crate::kept;
use crate::offline::Connectivity;
use crate::postings::PostingNumber;
use crate::text;
use crate::ui::{Built, IntoBuilt, IntoWhole, served};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;

/// What was read from the phone.
#[derive(Clone)]
pub(super) struct Shown {
    /// `None` where the browser keeps nothing.
    stored: Option<Stored>,
    /// The day in Japan when it was read.
    today: Date,
}

/// What the page is made of while it lives.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) favorites: Favorites,
    /// Nothing until the program runs.
    shown: RwSignal<Option<Shown>>,
    /// How many damaged records were discarded since the page was opened.
    corrupt: RwSignal<u32>,
    /// The code of an [`Order`].
    pub(super) order: RwSignal<String>,
    pub(super) words: RwSignal<String>,
    /// What is compared, in the order in which it was chosen.
    pub(super) compared: RwSignal<Vec<PostingNumber>>,
    refreshing: StoredValue<bool>,
}

/// The favorites of this phone.
#[component]
pub fn FavoritesPage() -> impl IntoView {
    let list = use_context::<Favorites>().map(|favorites| {
        let page = Page {
            favorites,
            shown: RwSignal::new(None),
            corrupt: RwSignal::new(0),
            order: RwSignal::new(String::new()),
            words: RwSignal::new(String::new()),
            compared: RwSignal::new(Vec::new()),
            refreshing: StoredValue::new(false),
        };
        follow(page);
        content(page)
    });
    view! {
        <Title text=text::favorites_page_title(text::ui_service_name())/>
        <h1>{text::favorites_heading()}</h1>
        <p>{text::favorites_where()}</p>
        {list}
        <ul class="account-links">
            <li><a href="/saved-searches" rel="external">{text::searches_heading()}</a></li>
            <li><a href="/recently-viewed" rel="external">{text::favorites_recent_heading()}</a></li>
        </ul>
    }
    .into_fixed()
}

/// Reads what is kept now and whenever it changes, and asks the server about what may have changed there while it is in reach.
fn follow(page: Page) {
    let connectivity = use_context::<Connectivity>();
    Effect::new(move || {
        page.favorites.track_changes();
        page.read();
        kept::shown();
        if page.favorites.are_known() && connectivity.is_none_or(Connectivity::is_reachable) {
            spawn_local(page.refresh());
        }
    });
}

impl Page {
    fn read(self) {
        let stored = store::all();
        let corrupt = stored.as_ref().map_or(0, |stored| stored.corrupt);
        self.corrupt.update(|all| *all += corrupt);
        if corrupt > 0 && self.favorites.kept.has_account() {
            kept::refetch();
        }
        let kept = |number: &PostingNumber| {
            stored.as_ref().is_some_and(|stored| stored.favorites.iter().any(|favorite| favorite.number == *number))
        };
        if !self.compared.with_untracked(|compared| compared.iter().all(kept)) {
            self.compared.update(|compared| compared.retain(kept));
        }
        self.shown.set(Some(Shown { stored, today: Clock::default().today() }));
    }

    /// Asks the server about every favorite that it was not asked about today, one request at a time, the newest first.
    async fn refresh(self) {
        if self.refreshing.try_update_value(|running| std::mem::replace(running, true)) != Some(false) {
            return;
        }
        let today = Clock::default().today();
        let favorites = store::all().unwrap_or_default().favorites;
        let mut due: Vec<_> = favorites.iter().filter(|favorite| favorite.is_due(today)).collect();
        newest_first(&mut due);
        for favorite in due {
            match self.favorites.ask(&favorite.number).await {
                Asked::Learned(favorite) if self.shown.try_get_untracked().is_some() => self.put(*favorite),
                Asked::TakenOut => {}
                // The server is out of reach, or the page is gone.
                Asked::Unreachable | Asked::Learned(_) => break,
            }
        }
        let _gone = self.refreshing.try_set_value(false);
    }

    /// Shows a favorite as it is now.
    pub(super) fn put(self, favorite: Favorite) {
        self.shown.update(|shown| {
            let stored = shown.as_mut().and_then(|shown| shown.stored.as_mut());
            if let Some(place) = stored.and_then(|stored| stored.favorites.iter_mut().find(|other| other.number == favorite.number)) {
                *place = favorite;
            }
        });
    }

    /// Makes something of a favorite and the day; nothing if it is none any more. Reactive.
    pub(super) fn with<T>(self, number: &PostingNumber, make: impl FnOnce(&Favorite, Date) -> T) -> Option<T> {
        self.shown.with(|shown| {
            let shown = shown.as_ref()?;
            let favorites = &shown.stored.as_ref()?.favorites;
            favorites.iter().find(|favorite| favorite.number == *number).map(|favorite| make(favorite, shown.today))
        })
    }

    /// How many there are; nothing as long as that is not known. Reactive.
    fn count(self) -> Option<usize> {
        self.shown.with(|shown| Some(shown.as_ref()?.stored.as_ref()?.favorites.len()))
    }

    /// How many records a later version wrote. Reactive.
    fn later(self) -> u32 {
        self.shown.with(|shown| shown.as_ref().and_then(|shown| shown.stored.as_ref()).map_or(0, |stored| stored.later))
    }

    /// What fits the filter, in order. Reactive.
    fn numbers(self) -> Vec<PostingNumber> {
        self.shown.with(|shown| {
            let Some(Shown { stored: Some(stored), today }) = shown else { return Vec::new() };
            let mut favorites: Vec<_> = self.words.with(|words| stored.favorites.iter().filter(|favorite| fits(favorite, words)).collect());
            sort(&mut favorites, self.order.with(|code| Order::from_code(code)), *today);
            favorites.iter().map(|favorite| favorite.number.clone()).collect()
        })
    }
}

fn content(page: Page) -> AnyView {
    // Memos, so that what is typed into is not drawn anew when a favorite changes.
    let numbers = Memo::new(move |_| page.numbers());
    // Whether the phone was read, and whether there is anything.
    let state = Memo::new(move |_| page.shown.with(Option::is_some).then(|| page.count().map(|count| count > 0)));
    let notice = move || {
        let (corrupt, later) = (page.corrupt.get(), page.later());
        let corrupt = (corrupt > 0).then(|| text::favorites_corrupt(corrupt));
        let later = (later > 0).then(|| text::favorites_later(later));
        let words: Vec<_> = [corrupt, later].into_iter().flatten().map(|words| view! { <p>{words}</p> }).collect();
        (!words.is_empty()).then(|| view! { <div class="notice notice-warning" role="alert">{words}</div> }.into_built())
    };
    let body = move || {
        Some(match state.get()? {
            None => view! { <p class="notice notice-warning">{text::favorites_unavailable()}</p> }.into_built(),
            Some(false) => empty(),
            Some(true) => list(page, numbers),
        })
    };
    view! {
        <div hidden=move || state.get().is_some()>
            <p>{text::favorites_loading()}</p>
            <p class="hint">{text::favorites_needs_program()}</p>
            <p><a href="/account/favorites" rel="external">{text::favorites_to_plain()}</a></p>
        </div>
        {served(install_hint)}
        {notice}
        {move || account_notice(page)}
        {body}
    }
    .into_fixed()
}

/// A page that the browser makes itself offers nothing: the program need not carry the words.
#[cfg(not(feature = "ssr"))]
fn install_hint() -> impl IntoView {
    view! { <div hidden=""></div> }
}

/// Hidden until `frontend/kept/offers.js` knows that the application can be put on the home screen.
#[cfg(feature = "ssr")]
fn install_hint() -> impl IntoView {
    view! {
        <section class="notice notice-info" id="install-hint" aria-labelledby="install-heading" hidden="">
            <h2 id="install-heading">{text::ui_install_heading()}</h2>
            <p>{text::ui_install_body()}</p>
            <p id="install-ios" hidden="">{text::ui_install_ios()}</p>
            <p class="favorite-actions">
                <button type="button" class="button" id="install-now" hidden="">{text::ui_install_button()}</button>
                <button type="button" class="button button-secondary" id="install-not-now">{text::ui_install_not_now()}</button>
            </p>
        </section>
    }
}

/// What the account does not have yet, and why.
fn account_notice(page: Page) -> Option<Built> {
    let kept = page.favorites.kept;
    let (unsent, is_signed_in) = (kept.unsent(), kept.is_signed_in());
    if unsent.is_empty() {
        return None;
    }
    let refused: Vec<_> = unsent
        .iter()
        .filter_map(|unsent| {
            let why = match unsent.refused.as_deref()? {
                "TooMany" => text::favorites_refused_too_many(),
                "TooLong" => text::favorites_refused_too_long(),
                _ => text::favorites_refused_unreadable(),
            };
            Some(view! { <li>{format!("{}：{why}", unsent.title)}</li> })
        })
        .collect();
    let waiting = unsent.len() - refused.len();
    let words = match (is_signed_in, kept.has_account()) {
        _ if waiting == 0 => String::new(),
        (true, _) => text::favorites_unsent(waiting),
        (false, true) => text::favorites_unsent_signed_out(waiting),
        (false, false) => text::favorites_only_here().to_owned(),
    };
    let sign_in = (!is_signed_in).then(|| {
        view! { <p><a href="/account/sign-in?next=/favorites" rel="external">{text::favorites_sign_in()}</a></p> }
    });
    Some(
        view! {
            <div class="notice notice-info" id="favorites-unsent">
                <p>{words}</p>
                {(!refused.is_empty()).then(|| view! { <ul>{refused}</ul> })}
                {sign_in}
            </div>
        }
        .into_built(),
    )
}

fn empty() -> Built {
    view! {
        <h2>{text::favorites_empty()}</h2>
        <p>{text::favorites_empty_how()}</p>
        <p><a class="button" href="/postings">{text::ui_nav_postings()}</a></p>
    }
    .into_built()
}

fn list(page: Page, numbers: Memo<Vec<PostingNumber>>) -> Built {
    let found = move || numbers.with(Vec::len);
    let words = move || match page.count().unwrap_or_default() {
        all if all == found() => text::favorites_count(all),
        all => text::favorites_count_found(all, found()),
    };
    // What a card reads while it is made must not make all cards anew when it changes: the note in one of them may be being written.
    let cards = move || {
        let numbers = numbers.get();
        untrack(|| numbers.into_iter().map(|number| card(page, number)).collect::<Vec<_>>())
    };
    view! {
        {toolbar(page)}
        <p role="status" translate="no">{words}</p>
        {move || compare(page)}
        <ul class="posting-list">
            {cards}
        </ul>
        {move || (!page.favorites.kept.is_signed_in()).then(|| clear_all(page))}
    }
    .into_built()
}
