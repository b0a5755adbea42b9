//! Favorites as a list: their order, the filter, and whose copy goes first when the phone's storage is full.

use super::{Favorite, hourly_pay};
use crate::date::Date;
use std::cmp::Reverse;

/// In which order favorites are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Last starred first.
    #[default]
    Added,
    /// The deadline that is next first; those that have passed last.
    Deadline,
    /// The most for an hour first; those that do not tell last.
    Wage,
}

impl Order {
    /// All, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::Added, Self::Deadline, Self::Wage];

    /// The code in the form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Deadline => "deadline",
            Self::Wage => "wage",
        }
    }

    /// The order with this code; [`Order::Added`] for any other.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// Puts favorites in order; equal ones by when they were starred, the last one first.
pub fn sort(favorites: &mut [&Favorite], order: Order, today: Date) {
    let hourly = |favorite: &Favorite| hourly_pay(&favorite.facts().wage).map_or(0, |pay| pay.from);
    let deadline = |favorite: &Favorite| {
        let deadline = favorite.facts().deadline;
        (deadline < today, deadline.epoch_days())
    };
    sort_by_rank(favorites, &|favorite| match order {
        Order::Added => (false, 0),
        Order::Deadline => deadline(favorite),
        Order::Wage => (false, -i32::try_from(hourly(favorite)).unwrap_or(i32::MAX)),
    });
}

/// The last starred first.
pub fn newest_first(favorites: &mut [&Favorite]) {
    sort_by_rank(favorites, &|_| (false, 0));
}

/// A place in the list: less comes first.
type Rank = (bool, i32, Reverse<i64>);

/// Equal ranks by when they were starred, the last one first. By insertion: there are a few hundred at most, and every sort of the
/// standard library costs phones four kilobytes.
fn sort_by_rank(favorites: &mut [&Favorite], rank: &dyn Fn(&Favorite) -> (bool, i32)) {
    let mut ranked: Vec<(Rank, &Favorite)> = Vec::with_capacity(favorites.len());
    for favorite in favorites.iter() {
        let (is_late, rank) = rank(favorite);
        let key = (is_late, rank, Reverse(favorite.added_at));
        let place = ranked.partition_point(|(other, _)| *other <= key);
        ranked.insert(place, (key, favorite));
    }
    for (place, (_, favorite)) in favorites.iter_mut().zip(ranked) {
        *place = favorite;
    }
}

/// Whether all the words of `search` stand in title, name, place, number or note; without regard to case, width of letters and kind of kana.
#[must_use]
pub fn fits(favorite: &Favorite, search: &str) -> bool {
    let facts = favorite.facts();
    let texts = [&facts.title, favorite.number.as_str(), &favorite.note].map(fold);
    let named = [facts.name, facts.place].map(|text| fold(text.unwrap_or_default()));
    fold(search).split_whitespace().all(|word| texts.iter().chain(&named).any(|text| text.contains(word)))
}

/// Letters as they are compared: half width, small, hiragana.
fn fold(text: impl AsRef<str>) -> String {
    let folded = text.as_ref().chars().map(|c| match c {
        '！'..='～' => shifted(c, -0xFEE0),
        'ァ'..='ヶ' => shifted(c, -0x60),
        _ => c,
    });
    folded.collect::<String>().to_lowercase()
}

fn shifted(c: char, by: i32) -> char {
    u32::try_from(c as i32 + by).ok().and_then(char::from_u32).unwrap_or(c)
}

/// The favorites whose copies may go to make room for the copy of one starred at `added_at`, in the order in which they go: the oldest
/// first, and none that is newer.
#[must_use]
pub fn droppable(favorites: &[Favorite], added_at: i64) -> Vec<&Favorite> {
    let mut older: Vec<_> = favorites.iter().filter(|other| other.copy.is_some() && other.added_at < added_at).collect();
    newest_first(&mut older);
    older.reverse();
    older
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, favorite};
    use super::*;
    use crate::postings::{WageForm, Yen};

    fn starred(number: &str, added_at: i64, deadline: &str, hourly: Option<u32>) -> Favorite {
        let mut favorite = Favorite { added_at, ..favorite(number) };
        let sheet = favorite.copy.as_mut().expect("the sheet is kept");
        sheet.deadline = day(deadline);
        sheet.wage.form = hourly.map(|_| WageForm::Hourly);
        sheet.wage.total = hourly.map(|yen| Yen { from: yen, to: yen });
        sheet.wage.hourly_equivalent = None;
        favorite
    }

    fn order(order: Order) -> Vec<String> {
        let favorites = [
            starred("13010-1", 1, "2026-11-20", Some(1_100)),
            starred("13010-2", 2, "2026-12-10", None),
            starred("13010-3", 3, "2026-11-25", Some(1_300)),
        ];
        let mut favorites: Vec<_> = favorites.iter().collect();
        sort(&mut favorites, order, day("2026-11-24"));
        favorites.iter().map(|favorite| favorite.number.as_str()[6..].to_owned()).collect()
    }

    #[test]
    fn favorites_are_sorted_by_when_they_were_starred_deadline_or_wage() {
        assert_eq!(order(Order::Added), ["3", "2", "1"]);
        assert_eq!(order(Order::Deadline), ["3", "2", "1"], "a deadline that has passed comes last");
        assert_eq!(order(Order::Wage), ["3", "1", "2"], "what is not stated comes last");
    }

    #[test]
    fn an_order_reads_back_and_an_unknown_one_is_the_usual_one() {
        for order in Order::ALL {
            assert_eq!(Order::from_code(order.code()), order);
        }
        assert_eq!(Order::from_code("nonsense"), Order::Added);
    }

    #[test]
    fn the_filter_finds_all_words_in_any_width_case_and_kana() {
        let mut favorite = favorite("13010-1");
        favorite.note = "ＰＣの経験をきかれるカモ".to_owned();
        for search in ["", "事務", "みほん　千代田", "ミホン", "pc", "かも 13010-1", "１３０１０－１"] {
            assert!(fits(&favorite, search), "{search}");
        }
        assert!(!fits(&favorite, "事務 横浜"));
    }

    #[test]
    fn the_oldest_copies_make_room_and_never_those_of_newer_favorites() {
        let without_copy = Favorite { copy: None, ..starred("13010-4", 0, "2026-11-30", None) };
        let favorites = [starred("13010-1", 5, "2026-11-30", None), starred("13010-2", 3, "2026-11-30", None), without_copy];
        let numbers = |at| droppable(&favorites, at).iter().map(|favorite| favorite.added_at).collect::<Vec<_>>();
        assert_eq!(numbers(6), [3, 5]);
        assert_eq!(numbers(4), [3]);
        assert!(numbers(3).is_empty());
    }
}
