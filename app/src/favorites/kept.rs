//! Which postings are favorites, for every page; reactive, and followed across the tabs of the browser.

use super::star::{self, Known};
use super::status::Message;
use super::store::{self, Kept as Outcome, NotKept};
use super::{Facts, Favorite};
use crate::clock::Clock;
use crate::error::AppError;
use crate::kept::Kept;
use crate::postings::PostingNumber;
use crate::postings::sheet::{Sheet, api};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// What became of asking the server for a favorite.
pub(super) enum Asked {
    /// The favorite with what the server said of it.
    Learned(Box<Favorite>),
    /// Meanwhile it was taken out.
    TakenOut,
    /// No answer: there is no use in asking for another one.
    Unreachable,
}

/// A context of the whole application. On the server, and until the page runs, nothing is known.
#[derive(Clone, Copy)]
pub struct Favorites {
    numbers: RwSignal<Option<Vec<PostingNumber>>>,
    /// What brings changes to the account.
    pub(super) kept: Kept,
    /// Counts the changes to what is kept, for a page that shows all of it.
    changes: RwSignal<u32>,
    /// What is known of the postings that the page shows.
    pub(super) known: StoredValue<Option<Known>>,
    pub(super) message: RwSignal<Option<Message>>,
}

impl Favorites {
    /// Makes the context and, in the browser, fills it.
    pub fn provide() {
        let kept = Kept::provide();
        let favorites = Self {
            numbers: RwSignal::new(None),
            kept,
            changes: RwSignal::new(0),
            known: StoredValue::new(None),
            message: RwSignal::new(None),
        };
        provide_context(favorites);
        // Effects run in the browser only, after hydration: the first view is the server's.
        Effect::new(move || {
            // A tap that came meanwhile is answered first.
            set_timeout(move || favorites.read(), Duration::ZERO);
            let other_tabs = window_event_listener(ev::storage, move |_| favorites.read());
            let taps = star::listen(favorites);
            on_cleanup(move || {
                other_tabs.remove();
                taps.remove();
            });
        });
        Effect::new(move |before: Option<()>| {
            kept.track();
            if before.is_some() {
                favorites.read();
            }
        });
        Effect::new(move || {
            if kept.is_full() {
                favorites.tell(Err(NotKept::Full));
            }
        });
    }

    /// Reads again what is kept.
    fn read(self) {
        // Where nothing can be kept, stars are shown too, and say so when they are tapped.
        self.numbers.set(Some(store::numbers().unwrap_or_default()));
        self.changes.update(|changes| *changes += 1);
    }

    /// Whether it is known what the favorites are; reactive.
    #[must_use]
    pub fn are_known(self) -> bool {
        self.numbers.with(Option::is_some)
    }

    /// Whether this posting is a favorite, once that is known.
    pub(super) fn contain(self, number: &PostingNumber) -> Option<bool> {
        self.numbers.try_with_untracked(|numbers| Some(numbers.as_ref()?.contains(number)))?
    }

    /// Runs the reader's effect again whenever other postings are favorites.
    pub(super) fn track_numbers(self) {
        self.numbers.track();
    }

    /// Runs the reader's effect again whenever something of what is kept has changed.
    pub(super) fn track_changes(self) {
        self.changes.track();
    }

    /// Adds a posting whose star was tapped or takes it out. Without a sheet at hand the server is asked for it in the background.
    pub(super) fn tapped(self, number: &PostingNumber) {
        if store::get(number).is_some() {
            self.remove(number);
        } else if let Some((saved, sheet)) = self.known.with_value(|known| known.as_ref()?(number)) {
            self.put_in(number, saved, sheet);
        }
    }

    fn put_in(self, number: &PostingNumber, saved: Facts, sheet: Option<Sheet>) {
        // Tapped again, a star that was just taken out comes back with its note.
        let removed = self.message.with_untracked(|message| match message {
            Some(Message::Removed(favorite)) if favorite.number == *number => Some((**favorite).clone()),
            _ => None,
        });
        let now = Clock::default().now();
        let favorite = removed.unwrap_or_else(|| Favorite::new(number.clone(), saved, sheet, now));
        self.add(&favorite);
    }

    /// Adds a favorite or puts one back, and says so only if something went wrong.
    pub(super) fn add(self, favorite: &Favorite) {
        let outcome = self.keep(favorite);
        self.message.set(None);
        self.tell(outcome);
        self.read();
        if outcome.is_ok() {
            announce();
        }
        if outcome.is_ok() && favorite.copy.is_none() {
            let number = favorite.number.clone();
            spawn_local(async move {
                if matches!(self.ask(&number).await, Asked::Learned(_)) {
                    let _gone = self.changes.try_update(|changes| *changes += 1);
                }
            });
        }
    }

    fn keep(self, favorite: &Favorite) -> Result<Outcome, NotKept> {
        store::has_room_for(&favorite.number)?;
        // What was taken out a moment ago comes back whatever became of it.
        self.kept.put(favorite, "")
    }

    /// Keeps a note, if the posting still is a favorite; `base` is the stamp of what was seen of it. Gives the stamp that it has now.
    pub(super) fn write_note(self, number: &PostingNumber, note: &str, base: &str) -> Option<String> {
        let mut favorite = store::get(number)?;
        favorite.write_note(note);
        let outcome = self.kept.put(&favorite, base);
        self.tell(outcome);
        store::get(number).map(|favorite| favorite.mark.stamp)
    }

    /// Asks the server for a favorite's sheet and keeps it.
    pub(super) async fn ask(self, number: &PostingNumber) -> Asked {
        let answer = api::fetch(number.as_str()).await;
        if answer == Err(AppError::Unreachable) {
            return Asked::Unreachable;
        }
        // Read again after the wait: a note may have been written, the star taken out.
        let Some((favorite, outcome)) = store::learn(number, &answer, Clock::default().today()) else { return Asked::TakenOut };
        self.tell(outcome);
        Asked::Learned(Box::new(favorite))
    }

    /// Takes a favorite out and offers to undo it.
    pub(super) fn remove(self, number: &PostingNumber) {
        if let Some(favorite) = store::get(number) {
            self.kept.take_out(&favorite);
            self.message.set(Some(Message::Removed(Box::new(favorite))));
        }
        self.read();
    }

    /// Deletes everything, and what could bring it back.
    pub(super) fn clear(self) {
        spawn_local(async move {
            self.kept.clear().await;
            self.message.set(Some(Message::Cleared));
            self.read();
        });
    }

    /// Says what could not be kept, or what gave way.
    pub(super) fn tell(self, outcome: Result<Outcome, NotKept>) {
        let message = match outcome {
            Ok(Outcome::Whole) => return,
            Ok(Outcome::WithoutCopies) => Message::WithoutCopies,
            Err(why) => Message::NotKept(why),
        };
        // The application is never taken down; a signal that is gone would mean that nobody reads it.
        let _gone = self.message.try_set(Some(message));
    }
}

/// Lets the loader know that there is something to read without a network: even who asked to save data gets the application kept then.
fn announce() {
    if let Ok(event) = web_sys::Event::new("favorite") {
        // Nobody cancels it.
        let _outcome = window().dispatch_event(&event);
    }
}
