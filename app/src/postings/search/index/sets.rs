//! A segment's facts as sets of postings: what conditions are made of and choices are counted with.

use super::bitmap::Bitmap;
use super::columns::Columns;
use crate::occupations::PICKER;
use crate::postings::facts::{EmploymentForm, Flag, Kind, WorkTime};

/// Sets by the values of a column; `orders` are the postings by what results are sorted by.
#[derive(Debug)]
pub struct Sets {
    /// By kind.
    pub kinds: Vec<Bitmap>,
    /// By working time.
    pub times: Vec<Bitmap>,
    /// By employment form.
    pub forms: Vec<Bitmap>,
    /// By prefecture; the first is that of Hokkaido.
    pub prefectures: Vec<Bitmap>,
    /// By group of the picker.
    pub groups: Vec<Bitmap>,
    /// By item of the picker, in the order of their keys.
    pub items: Vec<Bitmap>,
    /// By flag.
    pub flags: Vec<Bitmap>,
    /// The groups of each posting, a bit each.
    pub group_bits: Vec<u16>,
    /// Nearest deadline first, then newest.
    pub by_deadline: Vec<u32>,
    /// Highest hourly wage first, those without last, then newest.
    pub by_wage_high: Vec<u32>,
    /// Lowest hourly wage first, those without last, then newest.
    pub by_wage_low: Vec<u32>,
}

impl Sets {
    /// The sets of these columns.
    #[must_use]
    pub fn of(columns: &Columns) -> Self {
        let group_of_item = groups_of_items();
        let group_bits: Vec<u16> = columns.items.iter().map(|items| group_bits(*items, &group_of_item)).collect();
        Self {
            kinds: by_value(&columns.kind, Kind::ALL.len()),
            times: by_value(&columns.time, WorkTime::ALL.len()),
            forms: by_value(&columns.form, EmploymentForm::ALL.len()),
            prefectures: by_value(&columns.prefecture, 47),
            groups: (0..PICKER.len()).map(|group| Bitmap::of_column(&group_bits, |bits| bits >> group & 1 == 1)).collect(),
            items: by_item(&columns.items, group_of_item.len() - 1),
            flags: Flag::ALL.iter().map(|flag| Bitmap::of_column(&columns.flags, |bits| bits >> *flag as u8 & 1 == 1)).collect(),
            group_bits,
            by_deadline: sorted(columns.deadline.len(), |at| columns.deadline[at]),
            by_wage_high: sorted(columns.hourly.len(), |at| u32::MAX - columns.hourly[at]),
            by_wage_low: sorted(columns.hourly.len(), |at| columns.hourly[at].wrapping_sub(1)),
        }
    }
}

/// A set for each value from 1.
fn by_value(column: &[u8], values: usize) -> Vec<Bitmap> {
    (1..=u8::try_from(values).unwrap_or(u8::MAX)).map(|value| Bitmap::of_column(column, |v| v == value)).collect()
}

/// A set for each item; a posting's items are bytes of one word.
fn by_item(column: &[u64], items: usize) -> Vec<Bitmap> {
    let len = u32::try_from(column.len()).unwrap_or(u32::MAX);
    let mut sets = vec![Bitmap::none(len); items];
    for (at, word) in (0..len).zip(column) {
        for item in word.to_le_bytes() {
            if let Some(set) = usize::from(item).checked_sub(1).and_then(|item| sets.get_mut(item)) {
                set.insert(at);
            }
        }
    }
    sets
}

/// For each key of an item, the group it is in, from 0.
fn groups_of_items() -> Vec<u8> {
    let groups = (0u8..).zip(&PICKER).flat_map(|(at, group)| group.items.iter().map(move |_| at));
    std::iter::once(u8::MAX).chain(groups).collect()
}

fn group_bits(items: u64, group_of_item: &[u8]) -> u16 {
    let groups = items.to_le_bytes().into_iter().filter(|item| *item != 0).filter_map(|item| group_of_item.get(usize::from(item)));
    groups.fold(0, |bits, group| bits | 1 << group)
}

/// The groups of a posting's items, a bit each.
#[must_use]
pub fn group_bits_of(items: u64) -> u16 {
    group_bits(items, &groups_of_items())
}

/// The postings by a key; among equal keys their order stays: newest first.
fn sorted<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    order.sort_by_key(|at| key(*at as usize));
    order
}
