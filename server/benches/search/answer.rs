//! What every engine must say alike.

use app::occupations::PICKER;
use app::postings::facts::{EmploymentForm, Kind};
use app::postings::search::index::{counted_flags, number_key};
use app::postings::search::results::{Facets, Results};

/// Total, facets and the page of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// How many postings fit.
    pub total: u32,
    /// Counts by choice.
    pub facets: Facets,
    /// The page's posting numbers as keys.
    pub page: Vec<u64>,
}

impl Answer {
    /// Ours.
    pub fn of(results: &Results) -> Self {
        let page = results.postings.iter().map(|row| number_key(&row.number)).collect();
        Self { total: results.total, facets: results.facets.clone(), page }
    }
}

/// Counts while they are gathered, in the order of the codes; groups and flags are bits.
pub struct Tally {
    kinds: Vec<u32>,
    prefectures: Vec<u32>,
    groups: Vec<u32>,
    forms: Vec<u32>,
    flags: Vec<u32>,
    flag_bits: Vec<u8>,
}

/// A facet's name in the peers' answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// By the column's value.
    Kind,
    /// By the column's value.
    Prefecture,
    /// By the bits of the postings' groups.
    Groups,
    /// By the column's value.
    Form,
    /// By the bits of the postings' flags.
    Flags,
}

impl Tally {
    /// Nothing yet.
    pub fn new() -> Self {
        let flag_bits: Vec<u8> = counted_flags().map(|flag| flag as u8).collect();
        Self {
            kinds: vec![0; Kind::ALL.len()],
            prefectures: vec![0; 47],
            groups: vec![0; PICKER.len()],
            forms: vec![0; EmploymentForm::ALL.len()],
            flags: vec![0; flag_bits.len()],
            flag_bits,
        }
    }

    /// Adds that `count` postings have this value of a column, or these bits.
    pub fn add(&mut self, of: Of, value: u64, count: u32) {
        match of {
            Of::Kind => by_value(&mut self.kinds, value, count),
            Of::Prefecture => by_value(&mut self.prefectures, value, count),
            Of::Form => by_value(&mut self.forms, value, count),
            Of::Groups => self.groups.iter_mut().enumerate().for_each(|(bit, sum)| *sum += if value >> bit & 1 == 1 { count } else { 0 }),
            Of::Flags => {
                self.flags.iter_mut().zip(&self.flag_bits).for_each(|(sum, bit)| *sum += if value >> bit & 1 == 1 { count } else { 0 })
            }
        }
    }

    /// The facets as the site names them.
    pub fn facets(&self) -> Facets {
        Facets {
            kind: named(&self.kinds, Kind::ALL.iter().map(|kind| kind.code().to_owned())),
            pref: named(&self.prefectures, (1..=47).map(|code| format!("{code:02}"))),
            occ: named(&self.groups, PICKER.iter().map(|group| format!("{:02}", group.code))),
            form: named(&self.forms, EmploymentForm::ALL.iter().map(|form| form.code().to_owned())),
            must: named(&self.flags, counted_flags().map(|flag| flag.code().to_owned())),
        }
    }
}

/// Values count from 1; 0 is not stated.
fn by_value(counts: &mut [u32], value: u64, count: u32) {
    let at = value.checked_sub(1).and_then(|at| usize::try_from(at).ok());
    if let Some(sum) = at.and_then(|at| counts.get_mut(at)) {
        *sum += count;
    }
}

fn named(counts: &[u32], codes: impl Iterator<Item = String>) -> Vec<(String, u32)> {
    codes.zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
}
