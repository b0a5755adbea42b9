//! 求人票: the posting sheet. The server makes it from the record and applies the publishing scope; the browser shows what it is given.

pub mod api;
pub mod share;
pub mod sheet_page;
pub mod wage;

#[cfg(feature = "ssr")]
mod build;
#[cfg(feature = "ssr")]
mod items;
#[cfg(feature = "ssr")]
mod job_ld;
#[cfg(feature = "ssr")]
mod made;
#[cfg(feature = "ssr")]
mod made_wage;

pub use sheet_page::SheetPage;

#[cfg(feature = "ssr")]
pub use build::build;
#[cfg(feature = "ssr")]
pub use job_ld::job_posting;

use super::facts::{Flags, Kind, WorkTime};
use super::number::PostingNumber;
use super::wage::Wage;
use crate::date::Date;
use serde::{Deserialize, Serialize};

/// A posting sheet as one viewer may see it on one day. JSON of `GET /api/postings/{number}`, and what a phone keeps for later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// 求人番号.
    pub number: PostingNumber,
    /// 職種.
    pub title: String,
    /// 事業所名, if the viewer may see it.
    pub name: Option<String>,
    /// 求人区分.
    pub kind: Kind,
    /// フルタイム / パート.
    pub work_time: Option<WorkTime>,
    /// 就業場所, prefecture and municipality.
    pub place: Option<String>,
    /// Everything that is simply so.
    pub flags: Flags,
    /// The notable ones of `flags`, in words.
    pub tags: Vec<String>,
    /// 賃金.
    pub wage: Wage,
    /// 受付年月日.
    pub received_on: Date,
    /// The last day on which one can apply.
    pub deadline: Date,
    /// Whether the posting is closed (gone from the feed, stopped, or past its deadline).
    pub closed: bool,
    /// The day this sheet is true for.
    pub today: Date,
    /// When the posting was changed last, in milliseconds since 1970; 0 where that is not known: whoever applies without a network says what they saw.
    #[serde(default)]
    pub changed_at: i64,
    /// What matters most, before everything else.
    pub summary: Vec<Item>,
    /// The sheet itself, in the official order; sections in which nothing is stated are left out.
    pub sections: Vec<Section>,
    /// The ways of applying that are open to who looks, and why not the others; none where that is not known: in what a phone keeps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
}

/// A way of applying, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// What it is called.
    pub title: String,
    /// Whether it is open.
    pub is_open: bool,
    /// What it is, or why it is closed.
    pub words: Vec<String>,
    /// Where to go on: path and label.
    pub links: Vec<(String, String)>,
}

/// A section of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What links within the page point to; lower-case letters and hyphens.
    pub anchor: String,
    /// The heading.
    pub heading: String,
    /// What is stated, in the official order.
    pub items: Vec<Item>,
}

/// An item of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// 「基本給（ａ）」.
    pub label: String,
    /// What is stated, a paragraph a line; at least one.
    pub lines: Vec<String>,
}

/// Whether the deadline is so near that it is pointed out: within a week [own].
#[must_use]
pub fn is_soon(deadline: Date, today: Date) -> bool {
    deadline <= today.plus_days(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("the test names a day of the calendar")
    }

    #[test]
    fn a_deadline_within_a_week_is_soon() {
        assert!(is_soon(day("2026-11-30"), day("2026-11-23")));
        assert!(!is_soon(day("2026-11-30"), day("2026-11-22")));
    }
}
