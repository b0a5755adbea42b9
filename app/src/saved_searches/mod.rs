//! お気に入り条件: searches that are kept under a name, and how many new postings they have.

pub mod api;
mod page;
pub mod plain;

pub use page::{kept_document, show};

use crate::date::Date;
use crate::kept::Mark;
use crate::places::cities;
use crate::postings::search::chips::condition_in_words;
use crate::postings::search::found::prefectures_with_cities;
use crate::postings::search::{Param, SearchQuery};
use serde::{Deserialize, Serialize};

/// How records are written; a record of a later version is left alone.
pub const VERSION: u8 = 1;

/// How many a phone keeps [own].
pub const MOST: usize = 50;

/// The longest name, in characters [own].
pub const NAME_MOST: usize = 60;

/// A search that is kept. One record of the phone's storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// [`VERSION`] of the program that wrote it.
    pub version: u8,
    /// Unlike all others.
    pub id: String,
    /// What the seeker calls it.
    pub name: String,
    /// The conditions as they stand in the address, `pref=13&q=%E7%9C%8B%E8%AD%B7`. Names of parameters keep their meaning forever.
    pub query: String,
    /// The conditions in words, for reading them without a network.
    #[serde(default)]
    pub words: Vec<String>,
    /// When it was kept, milliseconds since 1970.
    pub added_at: i64,
    /// What was there when it was looked at last.
    pub seen: Seen,
    /// Where it stands between phone and account.
    #[serde(default, skip_serializing_if = "Mark::is_default")]
    pub mark: Mark,
}

/// What a seeker has seen of a search. Postings tell the day of their receipt, not the hour, so those of the last day are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The day of the last look.
    pub on: Date,
    /// How many postings of that day or later were there then.
    pub count: u32,
}

/// What the server says of a saved search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOnes {
    /// How many postings of the day of the last look or later there are now.
    pub count: u32,
    /// The day.
    pub today: Date,
    /// How many of them are of that day: what is seen by who looks now.
    pub of_today: u32,
}

impl NewOnes {
    /// Who looks now has seen this.
    #[must_use]
    pub const fn seen(&self) -> Seen {
        Seen { on: self.today, count: self.of_today }
    }
}

/// The conditions of a search as they are kept: without the page that was shown.
#[must_use]
pub fn kept_query(search: &str) -> String {
    SearchQuery::from_url(search).0.without_all(Param::Page).without_all(Param::Per).without_all(Param::View).to_url()
}

/// The conditions in words.
#[must_use]
pub fn in_words(query: &str) -> Vec<String> {
    let query = SearchQuery::from_url(query).0;
    let cities: Vec<_> = prefectures_with_cities(&query).iter().filter_map(|code| code.parse().ok()).flat_map(cities).collect();
    query.conditions().map(|(param, value)| condition_in_words(param, value, &cities)).collect()
}

/// The name of a search of its own: the same for the same conditions, so that saving them on two phones is saving them once. (FNV-1a)
#[must_use]
pub fn id_of(query: &str) -> String {
    let hash = query.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

impl SavedSearch {
    /// A search that is kept at `now` (milliseconds since 1970); what is new counts from `seen`.
    #[must_use]
    pub fn new(search: &str, name: &str, seen: Seen, now: i64) -> Self {
        let query = kept_query(search);
        let (id, words) = (id_of(&query), in_words(&query));
        let otherwise = words.join("、");
        let mut saved = Self { version: VERSION, id, name: String::new(), added_at: now, seen, mark: Mark::default(), query, words };
        saved.rename(name, &otherwise);
        saved
    }

    /// How many postings are new since the last look, when `count` of the day of that look or later are there now.
    #[must_use]
    pub const fn new_ones(&self, count: u32) -> u32 {
        count.saturating_sub(self.seen.count)
    }

    /// Gives it a name: what is longer than [`NAME_MOST`] characters is cut off; without any it is called after its conditions.
    pub fn rename(&mut self, name: &str, otherwise: &str) {
        let name = name.trim();
        self.name = if name.is_empty() { otherwise } else { name }.chars().take(NAME_MOST).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_of_the_day_of_the_last_look_that_were_there_are_not_new() {
        let seen = Seen { on: "2026-11-26".parse().expect("a day"), count: 3 };
        let search = SavedSearch {
            version: VERSION,
            id: "a".to_owned(),
            name: "看護".to_owned(),
            query: "q=a".to_owned(),
            words: Vec::new(),
            added_at: 0,
            seen,
            mark: Mark::default(),
        };
        assert_eq!(search.new_ones(5), 2);
        assert_eq!(search.new_ones(2), 0, "some were closed meanwhile");
    }

    #[test]
    fn addresses_that_were_ever_given_out_are_understood() {
        // Never to be shortened: links like these stand in mails, on phones and in accounts.
        let given_out = [
            "q=%E7%9C%8B%E8%AD%B7&in=title&exclude=a&kind=1&time=part&pref=13&city=13101&line=a&occ=05&occ=05-01&ind=P&form=regular",
            "office=1301-1-1&wage_month=200000&wage_fixed=1&starts_from=09:00&ends_by=17:00&overtime=0&days_off=120&age=30&staff=5",
            "wage_hour=1100&licence=a&name=a&name_not=a&new=7&since=2026-11-01&must=remote&not=dispatch&sort=deadline&per=10&page=2",
            "must=wheelchair&must=elevator&must=reserved&must=self&must=near-station&must=no-experience&must=off-sat&view=compact",
            "number=13010-1",
        ];
        for url in given_out {
            let (_, bad) = SearchQuery::from_url(url);
            assert!(bad.is_empty(), "{url}: {bad:?}");
            assert_eq!(kept_query(&kept_query(url)), kept_query(url));
        }
    }

    #[test]
    fn a_name_is_cut_by_characters_and_never_empty() {
        let mut search: SavedSearch =
            serde_json::from_str(r#"{"version":1,"id":"a","name":"x","query":"","added_at":0,"seen":{"on":"2026-11-26","count":0}}"#)
                .expect("a record without a mark is read");
        search.rename(&"夜".repeat(NAME_MOST + 1), "");
        assert_eq!(search.name, "夜".repeat(NAME_MOST));
        search.rename("  ", "東京都");
        assert_eq!(search.name, "東京都");
    }
}
