//! Writes feed XML of plausible, obviously invented postings; they enter through the same importer as real ones.
//!
//! A posting is fixed by its index and a seed; its days lie around `today`. Words come from the tables in `app/data/demo/`, places are
//! real municipalities with invented streets, and every name, number and address is one that cannot reach anybody: names begin with
//! 見本, 架空 and the like, postal codes and telephones with 000, homepages are on example.jp.
//!
//! Items are named as in FEED.md; those it does not name, as the public page of a posting does [own]; the barrier-free facts are
//! `bf_elevator`, `bf_braille`, `bf_handrails`, `bf_wheelchair`, `bf_toilet`, `bf_restroom`, `bf_jobcoach`, `bf_other` [own].

mod barriers;
mod conditions;
mod describe;
mod dice;
mod dirt;
mod employers;
mod head;
mod hours;
mod offer;
mod places;
mod tables;
mod template;
mod texts;
mod wages;
mod xml;

#[cfg(test)]
mod tests;

pub use dirt::{Planted, comes_twice, planted};
pub use xml::{POSTINGS_A_FILE, files, write_feed, write_page};

use super::record::Record;
use crate::date::Date;
use describe::Lines;

/// The posting with this index: the same for the same seed and day. One in a thousand is bad (see [`planted`]).
#[must_use]
pub fn posting(index: u64, seed: u64, today: Date) -> Record {
    let (offer, mut dice) = offer::offer(index, seed, today);
    let dice = &mut dice;
    let lines = Lines::any(dice);
    let mut record = Record::default();
    head::push_head(&mut record, &offer, dice);
    head::push_employer(&mut record, &offer);
    record.push("sksu", describe::title(&offer, dice));
    let description = describe::description(&offer, lines, dice);
    record.push("shigoto_ny", description);
    head::push_form(&mut record, &offer, dice);
    conditions::push_place(&mut record, &offer, dice);
    conditions::push_demands(&mut record, &offer, dice);
    conditions::push_trial(&mut record, &offer, dice);
    wages::push(&mut record, &offer, dice);
    hours::push(&mut record, &offer, dice);
    conditions::push_insurance(&mut record, &offer, dice);
    conditions::push_selection(&mut record, &offer, dice);
    describe::push_remarks(&mut record, &offer, lines, dice);
    barriers::push(&mut record, &offer, dice);
    dirt::soiled(record, index, dice)
}
