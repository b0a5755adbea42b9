//! Why a record cannot become a posting: told to the operator by number, item and reason. Only what would mislead a seeker makes a
//! record faulty (number, publishing scope, dates, title, wages); any other item that cannot be read counts as not stated.

use crate::text;
use std::fmt;

/// One thing wrong with a record. Displays in Japanese for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What stands in `kjno`, where anything does.
    pub number: Option<String>,
    /// The item's tag.
    pub item: &'static str,
    /// What is wrong with it.
    pub reason: FaultReason,
}

/// What is wrong with an item; values are cut to [`LONGEST_VALUE`] characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultReason {
    /// It is absent or empty.
    Missing,
    /// Not a posting number.
    NotANumber(String),
    /// Not a date, or none of the calendar.
    NotADate(String),
    /// A date that no posting of today can have.
    DateOutOfRange(String),
    /// The deadline lies before the day of receipt.
    DeadlineBeforeReceipt(String),
    /// A code that the feed does not define where a wrong guess would show too much.
    UnknownCode(String),
    /// An amount below zero.
    Negative(String),
    /// A range whose lower end is the higher one.
    Reversed(String),
    /// An amount of yen that cannot be meant.
    OutOfBounds {
        /// What was read.
        value: String,
        /// The least that is believed, yen.
        least: u32,
        /// The most that is believed, yen.
        most: u32,
    },
}

/// Characters of a value that a fault repeats.
pub const LONGEST_VALUE: usize = 40;

impl fmt::Display for FaultReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(text::feed_fault_missing()),
            Self::NotANumber(value) => f.write_str(&text::feed_fault_not_a_number(value)),
            Self::NotADate(value) => f.write_str(&text::feed_fault_not_a_date(value)),
            Self::DateOutOfRange(value) => f.write_str(&text::feed_fault_date_out_of_range(value)),
            Self::DeadlineBeforeReceipt(value) => f.write_str(&text::feed_fault_deadline_before_receipt(value)),
            Self::UnknownCode(value) => f.write_str(&text::feed_fault_unknown_code(value)),
            Self::Negative(value) => f.write_str(&text::feed_fault_negative(value)),
            Self::Reversed(value) => f.write_str(&text::feed_fault_reversed(value)),
            Self::OutOfBounds { value, least, most } => f.write_str(&text::feed_fault_out_of_bounds(value, least, most)),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.as_deref().unwrap_or(text::feed_fault_no_number());
        f.write_str(&text::feed_fault(number, self.item, &self.reason))
    }
}

impl std::error::Error for Fault {}

/// Collects the faults of one record.
#[derive(Debug)]
pub(super) struct Faults {
    number: Option<String>,
    found: Vec<Fault>,
}

impl Faults {
    /// Of the record whose `kjno` is this; empty if it has none.
    pub(super) fn of(number: &str) -> Self {
        Self { number: (!number.is_empty()).then(|| shorten(number)), found: Vec::new() }
    }

    pub(super) fn add(&mut self, item: &'static str, reason: FaultReason) {
        self.found.push(Fault { number: self.number.clone(), item, reason });
    }

    /// The faults, if there are any.
    pub(super) fn into_found(self) -> Vec<Fault> {
        self.found
    }
}

/// The beginning of a value, on one line.
pub(super) fn shorten(value: &str) -> String {
    let mut short: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_VALUE).collect();
    if value.chars().count() > LONGEST_VALUE {
        short.push('…');
    }
    short
}
