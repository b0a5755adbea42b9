//! What real deliveries get wrong (FEED.md): items nobody knows, items that are missing, and a few records that cannot be right.

use super::dice::Dice;
use crate::postings::record::Record;

/// What is wrong with a bad record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// A day that the calendar lacks.
    ImpossibleDate,
    /// A wage of nearly ten thousand million yen a month.
    AbsurdWage,
    /// A posting number that is none.
    BrokenNumber,
    /// No posting number.
    MissingNumber,
}

/// One record in so many is bad.
const BAD_EVERY: u64 = 1000;
const FIRST_BAD: u64 = 617;
/// So often does a delivery bring a posting twice.
const TWICE_EVERY: u64 = 500;
const FIRST_TWICE: u64 = 250;

/// What is wrong with the posting of this index: with one in a thousand, by turns.
#[must_use]
pub const fn planted(index: u64) -> Option<Planted> {
    if index % BAD_EVERY != FIRST_BAD {
        return None;
    }
    Some(match index / BAD_EVERY % 4 {
        0 => Planted::ImpossibleDate,
        1 => Planted::BrokenNumber,
        2 => Planted::AbsurdWage,
        _ => Planted::MissingNumber,
    })
}

/// Whether a delivery brings the posting of this index twice.
#[must_use]
pub const fn comes_twice(index: u64) -> bool {
    index % TWICE_EVERY == FIRST_TWICE
}

/// Groups of items that a record may lack, whole.
const LACKED: [&[&str]; 5] = [
    &["shigoto_ny"],
    &["koyokeitai_c", "koyokeitai_n"],
    &["khky", "khkykagen", "khkyjgn", "chgnkeitai_kagen", "chgnkeitai_jgn"],
    &["shgjn", "shgjn1_open_close", "shgjn2_open_close", "shgjn3_open_close", "shgjnor"],
    &["jgshmeikana", "jigyony", "kaishatokucho", "kaishatocho"],
];

/// The record with its share of dirt.
pub(super) fn soiled(mut record: Record, index: u64, dice: &mut Dice) -> Record {
    if dice.permille(20) {
        record.push("demo_unknown", "この項目は仕様書にありません");
    }
    if dice.permille(8) {
        let lacked = LACKED[dice.below(5) as usize];
        record = changed(&record, |tag, text| (!lacked.contains(&tag)).then_some(text));
    }
    match planted(index) {
        None => record,
        Some(Planted::ImpossibleDate) => changed(&record, |tag, text| Some(if tag == "uktkymd_seireki" { "2026/02/31" } else { text })),
        Some(Planted::AbsurdWage) => with_absurd_wage(&record),
        Some(Planted::BrokenNumber) => changed(&record, |tag, text| Some(if tag == "kjno" { "13010-ＡＢＣ" } else { text })),
        Some(Planted::MissingNumber) => changed(&record, |tag, text| (tag != "kjno").then_some(text)),
    }
}

/// Every item as `each` leaves it; without those for which it gives nothing.
fn changed<'a>(record: &'a Record, each: impl Fn(&str, &'a str) -> Option<&'a str>) -> Record {
    record.items().filter_map(|(tag, text)| Some((tag, each(tag, text)?))).collect()
}

/// A month's pay of nearly ten thousand million yen, even where the record lacked its wage.
fn with_absurd_wage(record: &Record) -> Record {
    const WAGE: [&str; 4] = ["khky", "khkykagen", "khkyjgn", "chgnkeitai_n"];
    let mut record = changed(record, |tag, text| (!WAGE.contains(&tag)).then_some(text));
    for (tag, text) in
        [("chgnkeitai_n", "月給"), ("khkykagen", "9999999999"), ("khkyjgn", "9999999999"), ("khky", "９，９９９，９９９，９９９円")]
    {
        record.push(tag, text);
    }
    record
}
