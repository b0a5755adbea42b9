//! Favorites in the phone's local storage, one key a record. Called in the browser only, from effects and events: the first view of a
//! page is the server's, which knows nothing of them.

use super::list::droppable;
use super::{Favorite, MOST, VERSION};
use crate::date::Date;
use crate::error::AppError;
use crate::kept::FAVORITE as PREFIX;
use crate::postings::PostingNumber;
use crate::postings::sheet::Sheet;
use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

/// Why a favorite could not be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The browser keeps nothing for this site (its settings forbid it).
    Unavailable,
    /// There are [`MOST`] already.
    TooMany,
    /// The browser's storage is full.
    Full,
}

/// What had to give way so that a favorite could be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Whole,
    /// The copies of older favorites, or its own: some sheets cannot be read without a network now.
    WithoutCopies,
}

/// Everything that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// In no particular order.
    pub favorites: Vec<Favorite>,
    /// How many records could not be read and were discarded.
    pub corrupt: u32,
    /// How many records a later version of this program wrote; they are left alone.
    pub later: u32,
}

/// Whether the browser lets this site keep anything. Asked first: [`LocalStorage`] panics where it does not.
#[must_use]
pub fn is_available() -> bool {
    window().local_storage().is_ok_and(|storage| storage.is_some())
}

fn key(number: &PostingNumber) -> String {
    format!("{PREFIX}{number}")
}

fn keys() -> Vec<String> {
    let storage = LocalStorage::raw();
    let all = (0..LocalStorage::length()).filter_map(|index| storage.key(index).ok().flatten());
    all.filter(|key| key.starts_with(PREFIX)).collect()
}

/// The numbers of all favorites; `None` where the browser keeps nothing.
#[must_use]
pub fn numbers() -> Option<Vec<PostingNumber>> {
    is_available().then(|| keys().iter().filter_map(|key| key[PREFIX.len()..].parse().ok()).collect())
}

/// The favorite with this number.
#[must_use]
pub fn get(number: &PostingNumber) -> Option<Favorite> {
    is_available().then(|| read(&key(number)).ok())?
}

/// Reads all favorites and discards what is damaged; `None` where the browser keeps nothing.
#[must_use]
pub fn all() -> Option<Stored> {
    if !is_available() {
        return None;
    }
    let mut stored = Stored::default();
    for key in keys() {
        match read(&key) {
            Ok(favorite) => stored.favorites.push(favorite),
            Err(Unreadable::Later) => stored.later += 1,
            Err(Unreadable::Corrupt) => {
                LocalStorage::delete(&key);
                stored.corrupt += 1;
            }
        }
    }
    Some(stored)
}

/// Why a record is no favorite.
enum Unreadable {
    Corrupt,
    Later,
}

fn read(key: &str) -> Result<Favorite, Unreadable> {
    // The version first: a later one may look damaged.
    let text = LocalStorage::raw().get_item(key).ok().flatten().unwrap_or_default();
    if written_version(&text).is_some_and(|version| version > VERSION) {
        return Err(Unreadable::Later);
    }
    let favorite: Favorite = LocalStorage::get(key).map_err(|_| Unreadable::Corrupt)?;
    if key.ends_with(favorite.number.as_str()) { Ok(favorite) } else { Err(Unreadable::Corrupt) }
}

/// The version that a record begins with: every version writes it first.
pub fn written_version(record: &str) -> Option<u8> {
    let rest = record.strip_prefix("{\"version\":")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn write(favorite: &Favorite) -> Result<(), StorageError> {
    LocalStorage::set(key(&favorite.number), favorite)
}

/// Whether one more favorite can be kept, or this one again.
///
/// # Errors
/// Why not.
pub fn has_room_for(number: &PostingNumber) -> Result<(), NotKept> {
    let numbers = numbers().ok_or(NotKept::Unavailable)?;
    if numbers.len() >= MOST && !numbers.contains(number) { Err(NotKept::TooMany) } else { Ok(()) }
}

/// Writes a favorite, the newest of them with their copies if not all fit.
///
/// # Errors
/// If it cannot be kept even without its copy; nothing is changed then except that copies of older favorites may be gone.
pub fn put(favorite: &Favorite) -> Result<Kept, NotKept> {
    if write(favorite).is_ok() {
        return Ok(Kept::Whole);
    }
    let stored = all().unwrap_or_default();
    for older in droppable(&stored.favorites, favorite.added_at) {
        // A record that gets shorter always fits; if not, the next one is tried.
        let shortened = write(&Favorite { copy: None, ..older.clone() });
        if shortened.is_ok() && write(favorite).is_ok() {
            return Ok(Kept::WithoutCopies);
        }
    }
    write(&Favorite { copy: None, ..favorite.clone() }).map(|()| Kept::WithoutCopies).map_err(|_| NotKept::Full)
}

/// Takes in what the server answered about a posting on `today`, if it still is a favorite; gives it as it is now.
pub fn learn(number: &PostingNumber, answer: &Result<Sheet, AppError>, today: Date) -> Option<(Favorite, Result<Kept, NotKept>)> {
    let mut favorite = get(number)?;
    favorite.learn(answer, today);
    let kept = put(&favorite);
    Some((favorite, kept))
}

/// The text of a record.
#[must_use]
pub fn text(number: &PostingNumber) -> Option<String> {
    is_available().then(|| LocalStorage::raw().get_item(&key(number)).ok().flatten())?
}

/// Deletes a record.
pub fn delete(number: &PostingNumber) {
    if is_available() {
        LocalStorage::delete(key(number));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::favorite;
    use super::*;

    #[test]
    fn a_record_begins_with_its_version() {
        let record = serde_json::to_string(&favorite("13010-1")).expect("a record can be written");
        assert_eq!(written_version(&record), Some(VERSION));
        assert_eq!(written_version("{\"version\":99}"), Some(99));
        assert_eq!(written_version("{\"number\":1}"), None);
    }
}
