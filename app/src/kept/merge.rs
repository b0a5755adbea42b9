//! What becomes of a change that arrives at the account.

use super::{Entry, Thing};
use crate::favorites::{Favorite, NOTE_MOST};
use crate::saved_searches::SavedSearch;
use serde::{Deserialize, Serialize};

/// The longest note after joining, in characters [own]: what several phones wrote unknown to each other.
pub const JOINED_MOST: usize = 8 * NOTE_MOST;

/// What stands between two notes that were joined.
const BETWEEN: &str = "\n――\n";

/// Why a change was not taken. It stays on its phone, which says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The account has [`super::MOST`] things.
    TooMany,
    /// A text in it is too long.
    TooLong,
    /// It is not what it says it is.
    Unreadable,
}

/// What the account has after `change`, where it had `held` (nothing if it never had it; a taken out one if it had). `None`: nothing
/// changes.
///
/// # Errors
/// [`Refusal`] for what cannot be kept.
pub fn merge(held: Option<&Entry>, change: &Entry) -> Result<Option<Entry>, Refusal> {
    let taken = |thing: Option<Thing>, stamp: String| Some(Entry { id: change.id.clone(), stamp, base: String::new(), thing });
    if let Some(thing) = &change.thing {
        check(&change.id, thing)?;
    }
    if held.is_some_and(|held| held.stamp == change.stamp) {
        return Ok(None);
    }
    let live = held.and_then(|held| Some((held, held.thing.as_ref()?)));
    let Some((held, mine)) = live else {
        // A removal of what is not there leaves nothing behind.
        return Ok(change.thing.as_ref().and_then(|thing| taken(Some(thing.to_send()), change.stamp.clone())));
    };
    let is_newest = held.stamp == change.base;
    Ok(match &change.thing {
        None if is_newest => taken(None, change.stamp.clone()),
        None => None,
        Some(thing) if is_newest => taken(Some(kept_since(mine, thing.to_send())), change.stamp.clone()),
        Some(thing) => {
            let joined = join(mine, thing.to_send())?;
            // A name that no phone has seen: what is based on the change alone has not seen the other.
            (joined != *mine).then(|| taken(Some(joined), format!("{}+", change.stamp))).flatten()
        }
    })
}

fn check(id: &str, thing: &Thing) -> Result<(), Refusal> {
    if thing.id() != id {
        return Err(Refusal::Unreadable);
    }
    let (texts, most) = match thing {
        Thing::Favorite(Favorite { note, saved, .. }) => {
            if note.chars().count() > JOINED_MOST {
                return Err(Refusal::TooLong);
            }
            (vec![Some(&saved.title), saved.name.as_ref(), saved.place.as_ref()], LONGEST)
        }
        Thing::Search(SavedSearch { id, name, query, .. }) => (vec![Some(id), Some(name), Some(query)], LONGEST_QUERY),
    };
    if texts.into_iter().flatten().any(|text| text.len() > most) { Err(Refusal::TooLong) } else { Ok(()) }
}

/// Bytes of a text of a posting: ten times the feed's longest title.
const LONGEST: usize = 4_000;
/// Bytes of the conditions of a search: more than an address takes.
const LONGEST_QUERY: usize = 8_000;

/// What replaces `held`: it was kept since then, and looked so then.
fn kept_since(held: &Thing, new: Thing) -> Thing {
    match (held, new) {
        (Thing::Favorite(held), Thing::Favorite(new)) => {
            Thing::Favorite(Favorite { added_at: held.added_at, saved: held.saved.clone(), from_sheet: held.from_sheet, ..new })
        }
        (Thing::Search(held), Thing::Search(new)) => Thing::Search(SavedSearch { added_at: held.added_at, ..new }),
        (_, new) => new,
    }
}

/// What comes of two that did not know of each other.
fn join(held: &Thing, new: Thing) -> Result<Thing, Refusal> {
    match (held, new) {
        (Thing::Favorite(held), Thing::Favorite(new)) => {
            let note = join_notes(&held.note, &new.note);
            if note.chars().count() > JOINED_MOST { Err(Refusal::TooLong) } else { Ok(Thing::Favorite(Favorite { note, ..held.clone() })) }
        }
        // Named or looked at on two phones: the later one counts.
        (Thing::Search(held), Thing::Search(new)) => Ok(Thing::Search(SavedSearch {
            added_at: held.added_at,
            seen: if held.seen.on > new.seen.on { held.seen } else { new.seen },
            ..new
        })),
        (held, _) => Ok(held.clone()),
    }
}

fn join_notes(held: &str, new: &str) -> String {
    if held.contains(new) {
        held.to_owned()
    } else if new.contains(held) {
        new.to_owned()
    } else {
        format!("{held}{BETWEEN}{new}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::favorites::tests::favorite;

    fn thing(note: &str) -> Thing {
        Thing::Favorite(Favorite { note: note.to_owned(), ..favorite("13010-1") })
    }

    fn entry(stamp: &str, base: &str, thing: Option<Thing>) -> Entry {
        Entry { id: "favorite:13010-1".to_owned(), stamp: stamp.to_owned(), base: base.to_owned(), thing }
    }

    fn held(stamp: &str, note: &str) -> Entry {
        entry(stamp, "", Some(thing(note).to_send()))
    }

    fn note(entry: &Entry) -> Option<&str> {
        match entry.thing.as_ref()? {
            Thing::Favorite(favorite) => Some(&favorite.note),
            Thing::Search(_) => None,
        }
    }

    fn merged(held: Option<&Entry>, change: &Entry) -> Option<Entry> {
        merge(held, change).expect("it can be kept")
    }

    #[test]
    fn what_is_kept_for_the_first_time_is_taken_without_what_the_phone_keeps_for_itself() {
        let taken = merged(None, &entry("a", "", Some(thing("x")))).expect("it is taken");
        assert_eq!((taken.stamp.as_str(), note(&taken)), ("a", Some("x")));
        let Some(Thing::Favorite(favorite)) = taken.thing else { panic!("a favorite") };
        assert_eq!(favorite.copy, None);
    }

    #[test]
    fn a_note_based_on_the_newest_replaces_it_and_keeps_since_when_it_was_there() {
        let mut later = favorite("13010-1");
        later.added_at = 99;
        later.note = "new".to_owned();
        let taken = merged(Some(&held("a", "old")), &entry("b", "a", Some(Thing::Favorite(later)))).expect("it is taken");
        assert_eq!((taken.stamp.as_str(), note(&taken)), ("b", Some("new")));
        assert!(matches!(taken.thing, Some(Thing::Favorite(Favorite { added_at: 1_000, .. }))));
    }

    #[test]
    fn notes_of_two_phones_that_did_not_know_of_each_other_both_stay() {
        for (mine, new, joined) in [("駅から近い", "面接は午後", "駅から近い\n――\n面接は午後"), ("abc", "b", "abc"), ("b", "abc", "abc")]
        {
            let taken = merged(Some(&held("a", mine)), &entry("b", "", Some(thing(new))));
            assert_eq!(taken.as_ref().map_or(Some(mine), note), Some(joined));
            assert!(taken.is_none_or(|taken| taken.stamp == "b+"), "whoever wrote it has not seen the other");
        }
    }

    #[test]
    fn the_same_posting_starred_on_two_phones_is_one_favorite_and_the_first_ones_note_stays() {
        assert_eq!(merged(Some(&held("a", "mine")), &entry("b", "", Some(thing("")))), None);
    }

    #[test]
    fn a_removal_counts_only_for_what_it_knew() {
        let removed = merged(Some(&held("a", "x")), &entry("b", "a", None)).expect("it is taken out");
        assert_eq!((removed.stamp.as_str(), &removed.thing), ("b", &None));
        assert_eq!(merged(Some(&held("c", "another note")), &entry("b", "a", None)), None);
        assert_eq!(merged(None, &entry("b", "a", None)), None);
    }

    #[test]
    fn a_note_of_a_phone_that_did_not_know_of_the_removal_brings_it_back() {
        let back = merged(Some(&entry("r", "", None)), &entry("b", "a", Some(thing("important")))).expect("it comes back");
        assert_eq!(note(&back), Some("important"));
    }

    #[test]
    fn a_change_that_comes_again_changes_nothing() {
        let change = entry("b", "a", Some(thing("new")));
        let taken = merged(Some(&held("a", "old")), &change).expect("it is taken");
        assert_eq!(merged(Some(&taken), &change), None);
    }

    #[test]
    fn what_is_too_long_or_not_what_it_says_is_refused() {
        let long = "長".repeat(JOINED_MOST);
        assert_eq!(merge(None, &entry("b", "", Some(thing(&format!("{long}い"))))), Err(Refusal::TooLong));
        assert_eq!(merge(Some(&held("a", &long)), &entry("b", "", Some(thing("x")))), Err(Refusal::TooLong));
        let mut other = entry("b", "", Some(thing("x")));
        other.id = "favorite:13010-2".to_owned();
        assert_eq!(merge(None, &other), Err(Refusal::Unreadable));
        let mut titled = favorite("13010-1");
        titled.saved.title = "x".repeat(LONGEST + 1);
        assert_eq!(merge(None, &entry("b", "", Some(Thing::Favorite(titled)))), Err(Refusal::TooLong));
    }
}
