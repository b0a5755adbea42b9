//! The wanted page of results, over all segments, in the wanted order.

use super::bitmap::Bitmap;
use super::columns::Facts;
use super::segment::Segment;
use crate::postings::search::query::Sort;
use std::cmp::Reverse;

/// A posting's place in an order: less comes first. Equal only for the same posting.
pub type Key = (u64, Reverse<i32>, u64);

/// Where a posting stands in an order.
#[must_use]
pub fn key(facts: &Facts, sort: Sort) -> Key {
    let first = match sort {
        Sort::Newest => 0,
        Sort::Deadline => u64::try_from(i64::from(facts.deadline) - i64::from(i32::MIN)).unwrap_or_default(),
        Sort::WageHigh => u64::from(u32::MAX - facts.hourly),
        Sort::WageLow => u64::from(facts.hourly.wrapping_sub(1)),
    };
    (first, Reverse(facts.received), facts.number)
}

/// The postings from `skip` on, at most `take`: index of the segment and place in it. `found` has a set for each segment.
#[must_use]
pub fn page(segments: &[&Segment], found: &[Bitmap], sort: Sort, skip: usize, take: usize) -> Vec<(usize, u32)> {
    if let ([segment], [found]) = (segments, found) {
        return first(segment, found, sort, skip, take).into_iter().map(|at| (0, at)).collect();
    }
    let mut merged = Vec::new();
    for (index, (segment, found)) in segments.iter().zip(found).enumerate() {
        let best = first(segment, found, sort, 0, skip.saturating_add(take));
        merged.extend(best.into_iter().map(|at| (key(&segment.columns.get(at as usize), sort), index, at)));
    }
    merged.sort_unstable();
    merged.into_iter().skip(skip).take(take).map(|(_, index, at)| (index, at)).collect()
}

/// The same within one segment, whose postings stand newest first.
fn first(segment: &Segment, found: &Bitmap, sort: Sort, skip: usize, take: usize) -> Vec<u32> {
    let order = match sort {
        Sort::Newest => return found.iter_after(skip).take(take).collect(),
        Sort::Deadline => &segment.sets.by_deadline,
        Sort::WageHigh => &segment.sets.by_wage_high,
        Sort::WageLow => &segment.sets.by_wage_low,
    };
    let total = found.count() as usize;
    // Walking the order meets a posting that fits every `count / total` steps; sorting touches each that fits several times.
    let steps = skip.saturating_add(take).saturating_mul(segment.count() as usize) / total.max(1);
    if steps < total.saturating_mul(8) {
        return order.iter().copied().filter(|at| found.has(*at)).skip(skip).take(take).collect();
    }
    let mut all: Vec<(Key, u32)> = found.iter().map(|at| (key(&segment.columns.get(at as usize), sort), at)).collect();
    all.sort_unstable();
    all.into_iter().skip(skip).take(take).map(|(_, at)| at).collect()
}
