//! お気に入り求人 on this phone: a posting that was starred, a note on it, and its sheet for reading without a network. No account is
//! needed and nothing of it leaves the phone.

mod compare;
pub mod favorites_page;
mod kept;
pub mod list;
pub mod next_thing;
mod page_parts;
#[cfg(feature = "ssr")]
pub mod plain;
#[cfg(feature = "ssr")]
pub mod reminder;
pub mod star;
pub mod status;
pub mod store;

pub use favorites_page::FavoritesPage;
pub use kept::Favorites;
pub use status::FavoritesStatus;

use crate::date::Date;
use crate::error::AppError;
use crate::kept::Mark;
use crate::postings::search::ResultRow;
use crate::postings::sheet::Sheet;
use crate::postings::wording::wage_lines;
use crate::postings::{PostingNumber, Wage, WageForm, Yen};
use crate::text;
use serde::{Deserialize, Serialize};

/// How records are written; a record of a later version is left alone.
pub const VERSION: u8 = 1;

/// How many favorites a phone keeps [own]: their sheets take about half of what browsers allow.
pub const MOST: usize = 300;

/// The longest note, in characters [own].
pub const NOTE_MOST: usize = 500;

/// How many postings stand side by side [own]: more cannot be taken in.
pub const COMPARE_MOST: usize = 4;

/// What may change about a posting and is told: as it was when it was starred, and as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// 職種.
    pub title: String,
    /// 事業所名, if the viewer could see it.
    pub name: Option<String>,
    /// 就業場所, prefecture and municipality.
    pub place: Option<String>,
    /// 賃金.
    pub wage: Wage,
    /// The last day on which one can apply.
    pub deadline: Date,
    /// Whether the posting is closed (stopped, or past its deadline).
    pub closed: bool,
}

impl From<&Sheet> for Facts {
    fn from(sheet: &Sheet) -> Self {
        let Sheet { title, name, place, wage, deadline, closed, .. } = sheet.clone();
        Self { title, name, place, wage, deadline, closed }
    }
}

impl From<&ResultRow> for Facts {
    fn from(row: &ResultRow) -> Self {
        let ResultRow { title, name, place, wage, deadline, closed, .. } = row.clone();
        Self { title, name, place, wage, deadline, closed }
    }
}

/// A starred posting. One record of the phone's storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Favorite {
    /// [`VERSION`] of the program that wrote it.
    pub version: u8,
    /// 求人番号.
    pub number: PostingNumber,
    /// When it was starred, milliseconds since 1970.
    pub added_at: i64,
    /// What the seeker wrote about it, at most [`NOTE_MOST`] characters.
    #[serde(default)]
    pub note: String,
    /// The posting as it was when it was starred.
    pub saved: Facts,
    /// Whether `saved` comes from a sheet. A row of results may word a posting without name otherwise than its sheet.
    #[serde(default)]
    pub from_sheet: bool,
    /// The sheet for reading without a network; absent until it has come, and where the phone's storage is full.
    #[serde(default)]
    pub copy: Option<Sheet>,
    /// The day on which the server said that there is no such posting any more.
    #[serde(default)]
    pub gone_on: Option<Date>,
    /// Where it stands between phone and account.
    #[serde(default, skip_serializing_if = "Mark::is_default")]
    pub mark: Mark,
}

/// Whether one can still apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// One can.
    Open,
    /// The deadline has passed; it may be extended.
    Expired,
    /// The employer has stopped it, or it is published no more.
    Closed,
}

/// A sheet as a phone keeps it: the ways of applying are true for a moment and a person.
fn without_ways(sheet: Sheet) -> Sheet {
    Sheet { ways: Vec::new(), ..sheet }
}

impl Favorite {
    /// A posting starred at `now` (milliseconds since 1970), with its sheet where it is at hand.
    #[must_use]
    pub fn new(number: PostingNumber, saved: Facts, copy: Option<Sheet>, now: i64) -> Self {
        let from_sheet = copy.is_some();
        let copy = copy.map(without_ways);
        Self { version: VERSION, number, added_at: now, note: String::new(), saved, from_sheet, copy, gone_on: None, mark: Mark::default() }
    }

    /// The posting as far as the phone knows it.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.copy.as_ref().map_or_else(|| self.saved.clone(), Facts::from)
    }

    /// The day that the kept sheet is true for.
    #[must_use]
    pub fn kept_on(&self) -> Option<Date> {
        self.copy.as_ref().map(|sheet| sheet.today)
    }

    /// Whether one can still apply on `today`.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        let facts = self.facts();
        match (facts.deadline < today, facts.closed || self.gone_on.is_some()) {
            (true, _) => Standing::Expired,
            (false, true) => Standing::Closed,
            (false, false) => Standing::Open,
        }
    }

    /// Whether the server is to be asked about it again: it was not asked yet, or not since `today` began.
    #[must_use]
    pub fn is_due(&self, today: Date) -> bool {
        self.kept_on().max(self.gone_on).is_none_or(|asked| asked < today)
    }

    /// Takes in what the server answered on `today`. Failures that say nothing about the posting change nothing.
    pub fn learn(&mut self, answer: &Result<Sheet, AppError>, today: Date) {
        match answer {
            Ok(sheet) => {
                if !self.from_sheet {
                    self.saved = Facts::from(sheet);
                    self.from_sheet = true;
                }
                self.copy = Some(without_ways(sheet.clone()));
                self.gone_on = None;
            }
            Err(AppError::NotFound) => self.gone_on = Some(today),
            Err(AppError::Unreachable | AppError::SignedOut | AppError::Internal) => {}
        }
    }

    /// What is different now from when it was starred, a sentence each. A deadline that has only passed is no change.
    #[must_use]
    pub fn changes(&self) -> Vec<String> {
        let (was, is) = (&self.saved, self.facts());
        let words = |wage: &Wage| wage_lines(wage).join("、");
        let place = |place: &Option<String>| place.clone().unwrap_or_else(|| text::favorites_nothing().to_owned());
        let mut changes = Vec::new();
        let mut tell = |differs: bool, what: &str, was: String, is: String| {
            if differs {
                changes.push(text::favorites_changed(what, was, is));
            }
        };
        tell(was.title != is.title, text::favorites_title(), was.title.clone(), is.title.clone());
        tell(was.wage != is.wage, text::postings_wage(), words(&was.wage), words(&is.wage));
        tell(was.place != is.place, text::postings_place(), place(&was.place), place(&is.place));
        tell(was.deadline != is.deadline, text::favorites_deadline(), was.deadline.plain(), is.deadline.plain());
        let asked_on = self.kept_on().max(self.gone_on);
        let stopped = self.gone_on.is_some() || is.closed && asked_on.is_some_and(|day| day <= is.deadline);
        if stopped && !was.closed {
            changes.push(text::favorites_changed_closed().to_owned());
        }
        changes
    }

    /// Replaces the note; what is longer than [`NOTE_MOST`] characters, or than one joined from several phones was, is cut off.
    pub fn write_note(&mut self, note: &str) {
        let most = NOTE_MOST.max(self.note.chars().count());
        self.note = note.chars().take(most).collect();
    }
}

/// What everyone gets for an hour: base pay with fixed allowances, stated by the hour or worked out.
#[must_use]
pub fn hourly_pay(wage: &Wage) -> Option<Yen> {
    if wage.form == Some(WageForm::Hourly) { wage.total.or(wage.base) } else { wage.hourly_equivalent }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::postings::{Flags, Kind};

    pub fn day(text: &str) -> Date {
        text.parse().expect("the test names a day of the calendar")
    }

    pub fn sheet(number: &str, today: &str) -> Sheet {
        let wage = Wage {
            form: Some(WageForm::Monthly),
            total: Some(Yen { from: 200_000, to: 250_000 }),
            hourly_equivalent: Some(Yen { from: 1_250, to: 1_560 }),
            ..Wage::default()
        };
        Sheet {
            changed_at: 0,
            number: number.parse().expect("a posting number"),
            title: "事務補助".to_owned(),
            name: Some("みほん商店".to_owned()),
            kind: Kind::General,
            work_time: None,
            place: Some("東京都千代田区".to_owned()),
            flags: Flags::default(),
            tags: Vec::new(),
            wage,
            received_on: day("2026-11-01"),
            deadline: day("2026-11-30"),
            closed: false,
            today: day(today),
            summary: Vec::new(),
            sections: Vec::new(),
            ways: Vec::new(),
        }
    }

    /// Starred from its sheet on 24 November 2026.
    pub fn favorite(number: &str) -> Favorite {
        let sheet = sheet(number, "2026-11-24");
        Favorite::new(sheet.number.clone(), Facts::from(&sheet), Some(sheet), 1_000)
    }

    #[test]
    fn a_favorite_whose_deadline_has_passed_stays_and_says_so_from_the_next_day() {
        let favorite = favorite("13010-1");
        assert_eq!(favorite.standing(day("2026-11-30")), Standing::Open);
        assert_eq!(favorite.standing(day("2026-12-01")), Standing::Expired);
        assert!(favorite.changes().is_empty(), "passing is no change");
    }

    #[test]
    fn a_posting_that_is_stopped_or_gone_is_closed_and_that_is_a_change() {
        let mut stopped = favorite("13010-1");
        stopped.learn(&Ok(Sheet { closed: true, ..sheet("13010-1", "2026-11-25") }), day("2026-11-25"));
        let mut gone = favorite("13010-1");
        gone.learn(&Err(AppError::NotFound), day("2026-11-25"));
        for favorite in [stopped, gone] {
            assert_eq!(favorite.standing(day("2026-11-25")), Standing::Closed);
            assert_eq!(favorite.changes(), [text::favorites_changed_closed()]);
            assert!(favorite.copy.is_some(), "what was kept stays readable");
        }
    }

    #[test]
    fn what_changed_since_it_was_starred_is_told_with_both_values() {
        let mut favorite = favorite("13010-1");
        let wage = Wage { total: Some(Yen { from: 210_000, to: 250_000 }), ..favorite.saved.wage.clone() };
        let changed = Sheet { wage, deadline: day("2026-12-31"), title: "一般事務".to_owned(), ..sheet("13010-1", "2026-11-26") };
        favorite.learn(&Ok(changed), day("2026-11-26"));
        assert_eq!(
            favorite.changes(),
            [
                "職種が変わりました：事務補助 → 一般事務",
                "賃金が変わりました：月給 200,000円～250,000円 → 月給 210,000円～250,000円",
                "応募の期限が変わりました：2026年11月30日 → 2026年12月31日",
            ]
        );
        favorite.learn(&Ok(sheet("13010-1", "2026-11-27")), day("2026-11-27"));
        assert!(favorite.changes().is_empty(), "it is as it was when it was starred");
    }

    #[test]
    fn the_first_sheet_of_a_posting_starred_in_the_results_is_what_later_ones_are_compared_with() {
        let first = sheet("13010-1", "2026-11-24");
        let row = Facts { title: "事務補助（本社）".to_owned(), ..Facts::from(&first) };
        let mut favorite = Favorite::new(first.number.clone(), row, None, 1);
        assert!(favorite.is_due(day("2026-11-24")));
        favorite.learn(&Ok(first), day("2026-11-24"));
        assert!(favorite.changes().is_empty());
        favorite.copy = None;
        favorite.learn(&Ok(Sheet { place: None, ..sheet("13010-1", "2026-11-25") }), day("2026-11-25"));
        assert_eq!(favorite.changes().len(), 1, "a copy that was dropped meanwhile hides no change");
    }

    #[test]
    fn the_server_is_asked_once_a_day_and_a_failure_says_nothing_about_the_posting() {
        let mut favorite = favorite("13010-1");
        assert!(!favorite.is_due(day("2026-11-24")));
        assert!(favorite.is_due(day("2026-11-25")));
        let before = favorite.clone();
        favorite.learn(&Err(AppError::Unreachable), day("2026-11-25"));
        favorite.learn(&Err(AppError::Internal), day("2026-11-25"));
        assert_eq!(favorite, before);
        favorite.learn(&Err(AppError::NotFound), day("2026-11-25"));
        assert!(!favorite.is_due(day("2026-11-25")));
        favorite.learn(&Ok(sheet("13010-1", "2026-11-26")), day("2026-11-26"));
        assert_eq!(favorite.gone_on, None, "a posting can come back");
    }

    #[test]
    fn a_note_is_cut_by_characters_not_by_bytes() {
        let mut favorite = favorite("13010-1");
        favorite.write_note(&"駅".repeat(NOTE_MOST + 1));
        assert_eq!(favorite.note, "駅".repeat(NOTE_MOST));
    }

    #[test]
    fn a_record_reads_back_and_one_without_later_fields_is_understood() {
        let favorite = favorite("13010-1");
        let json = serde_json::to_value(&favorite).expect("a record can be written");
        assert_eq!(serde_json::from_value::<Favorite>(json.clone()).expect("it reads back"), favorite);
        let mut least = json;
        let fields = least.as_object_mut().expect("an object");
        for later in ["note", "from_sheet", "copy", "gone_on"] {
            fields.remove(later);
        }
        assert!(serde_json::from_value::<Favorite>(least).is_ok_and(|favorite| favorite.copy.is_none()));
    }
}
