//! Which postings of a segment a search wants, and how many each choice would give.

use super::bitmap::Bitmap;
use super::plan::{Phrase, Plan};
use super::segment::Segment;
use crate::occupations::PICKER;
use crate::postings::facts::Flag;
use std::io;

/// What the facets count, each without its own condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// 求人区分.
    Kind,
    /// Prefectures, municipalities with them.
    Place,
    /// Groups of the picker, items with them.
    Occupation,
    /// 雇用形態.
    Form,
}

impl Facet {
    const ALL: [Self; 4] = [Self::Kind, Self::Place, Self::Occupation, Self::Form];
}

/// The flags that are counted: self-application, reserved, and the barrier-free facts.
pub fn counted_flags() -> impl Iterator<Item = Flag> {
    [Flag::SelfApplication, Flag::Reserved].into_iter().chain(Flag::BARRIER_FREE.iter().copied())
}

/// Counts by choice: kinds, prefectures, picker groups and forms in the order of their codes, flags in that of [`counted_flags`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// By kind.
    pub kinds: Vec<u32>,
    /// By prefecture.
    pub prefectures: Vec<u32>,
    /// By group of the picker.
    pub groups: Vec<u32>,
    /// By form.
    pub forms: Vec<u32>,
    /// By flag.
    pub flags: Vec<u32>,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            kinds: vec![0; 5],
            prefectures: vec![0; 47],
            groups: vec![0; PICKER.len()],
            forms: vec![0; 5],
            flags: vec![0; counted_flags().count()],
        }
    }
}

impl Counts {
    /// Adds the counts of another segment.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.kinds, &other.kinds),
            (&mut self.prefectures, &other.prefectures),
            (&mut self.groups, &other.groups),
            (&mut self.forms, &other.forms),
            (&mut self.flags, &other.flags),
        ];
        pairs.into_iter().for_each(|(mine, theirs)| mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b));
    }
}

/// The postings that fulfil everything but the facets' own conditions, and those conditions.
pub struct Matching<'a> {
    segment: &'a Segment,
    rest: Bitmap,
    own: [Option<Bitmap>; 4],
}

impl<'a> Matching<'a> {
    /// Runs a search over the `live` postings of a segment.
    ///
    /// # Errors
    /// If a file of the index cannot be read.
    pub fn of(segment: &'a Segment, plan: &Plan, live: &Bitmap) -> io::Result<Self> {
        let mut rest = live.clone();
        numbers(segment, plan, &mut rest);
        flags(segment, plan, &mut rest);
        amounts(segment, plan, &mut rest);
        words(segment, plan, &mut rest)?;
        Ok(Self { segment, rest, own: Facet::ALL.map(|facet| own_condition(segment, plan, facet)) })
    }

    /// The postings that fulfil everything.
    #[must_use]
    pub fn all(&self) -> Bitmap {
        self.without(None)
    }

    fn without(&self, facet: Option<Facet>) -> Bitmap {
        let mut set = self.rest.clone();
        for (other, own) in Facet::ALL.into_iter().zip(&self.own) {
            if let (true, Some(own)) = (Some(other) != facet, own) {
                set.and(own);
            }
        }
        set
    }

    /// Counts the choices; `all` is what [`Matching::all`] gave.
    #[must_use]
    pub fn counts(&self, all: &Bitmap) -> Counts {
        let (sets, columns) = (&self.segment.sets, &self.segment.columns);
        let base = |facet: Facet| self.own[facet as usize].is_some().then(|| self.without(Some(facet)));
        let count = |facet, column: &[u8], choices: &[Bitmap]| by_column(base(facet).as_ref().unwrap_or(all), column, choices);
        Counts {
            kinds: count(Facet::Kind, &columns.kind, &sets.kinds),
            prefectures: count(Facet::Place, &columns.prefecture, &sets.prefectures),
            groups: by_bits(
                base(Facet::Occupation).as_ref().unwrap_or(all),
                |at| u64::from(sets.group_bits[at]),
                &sets.groups.iter().collect::<Vec<_>>(),
            ),
            forms: count(Facet::Form, &columns.form, &sets.forms),
            flags: counts_of_flags(self.segment, all),
        }
    }
}

fn counts_of_flags(segment: &Segment, all: &Bitmap) -> Vec<u32> {
    let counted: Vec<u8> = counted_flags().map(|flag| flag as u8).collect();
    let sets: Vec<&Bitmap> = counted.iter().map(|flag| &segment.sets.flags[usize::from(*flag)]).collect();
    let bits = |at: usize| (0..).zip(&counted).fold(0, |bits, (place, flag)| bits | (segment.columns.flags[at] >> flag & 1) << place);
    by_bits(all, bits, &sets)
}

/// Above one in so many postings, counting with sets beats going through the postings (measured).
const DENSE: u32 = 24;

fn is_dense(set: &Bitmap) -> bool {
    set.count() > set.len() / DENSE
}

/// How many postings of `base` have each value from 1 of a column.
fn by_column(base: &Bitmap, column: &[u8], choices: &[Bitmap]) -> Vec<u32> {
    if is_dense(base) {
        return choices.iter().map(|choice| base.count_with(choice)).collect();
    }
    let mut counts = [0u32; 256];
    base.iter().for_each(|at| counts[usize::from(column[at as usize])] += 1);
    counts[1..=choices.len()].to_vec()
}

/// How many postings of `base` have each bit.
fn by_bits(base: &Bitmap, bits: impl Fn(usize) -> u64, choices: &[&Bitmap]) -> Vec<u32> {
    if is_dense(base) {
        return choices.iter().map(|choice| base.count_with(choice)).collect();
    }
    let mut counts = vec![0; choices.len()];
    for at in base.iter() {
        let mut bits = bits(at as usize);
        while bits != 0 {
            counts[bits.trailing_zeros() as usize] += 1;
            bits &= bits - 1;
        }
    }
    counts
}

fn either<'a>(len: u32, sets: impl Iterator<Item = &'a Bitmap>) -> Bitmap {
    sets.fold(Bitmap::none(len), |mut all, set| {
        all.or(set);
        all
    })
}

/// The sets of a column's values, which count from 1.
fn of_values<'a>(sets: &'a [Bitmap], values: &'a [u8]) -> impl Iterator<Item = &'a Bitmap> {
    values.iter().filter_map(|value| sets.get(usize::from(value.checked_sub(1)?)))
}

/// A facet's own condition; `None` where the search has none.
fn own_condition(segment: &Segment, plan: &Plan, facet: Facet) -> Option<Bitmap> {
    let (sets, columns, len) = (&segment.sets, &segment.columns, segment.count());
    match facet {
        Facet::Kind => (!plan.kinds.is_empty()).then(|| either(len, of_values(&sets.kinds, &plan.kinds))),
        Facet::Form => (!plan.forms.is_empty()).then(|| either(len, of_values(&sets.forms, &plan.forms))),
        Facet::Place => (!plan.prefectures.is_empty() || !plan.cities.is_empty()).then(|| {
            let mut places = either(len, of_values(&sets.prefectures, &plan.prefectures));
            if !plan.cities.is_empty() {
                places.or(&Bitmap::of_column(&columns.municipality, |city| plan.cities.contains(&city)));
            }
            places
        }),
        Facet::Occupation => (!plan.groups.is_empty() || !plan.items.is_empty()).then(|| {
            let mut occupations = either(len, of_values(&sets.groups, &plan.groups));
            of_values(&sets.items, &plan.items).for_each(|set| occupations.or(set));
            occupations
        }),
    }
}

fn numbers(segment: &Segment, plan: &Plan, rest: &mut Bitmap) {
    if !plan.numbers.is_empty() {
        let mut wanted = Bitmap::none(segment.count());
        plan.numbers.iter().filter_map(|number| segment.find(*number)).for_each(|at| wanted.insert(at));
        rest.and(&wanted);
    }
    if !plan.establishments.is_empty() {
        let columns = &segment.columns;
        rest.and(&Bitmap::of(segment.count(), |at| {
            plan.establishments.contains(&columns.establishment[at]) && plan.sees_name(columns.scope[at])
        }));
    }
}

fn flags(segment: &Segment, plan: &Plan, rest: &mut Bitmap) {
    for (bit, set) in segment.sets.flags.iter().enumerate() {
        if plan.must >> bit & 1 == 1 {
            rest.and(set);
        }
        if plan.must_not >> bit & 1 == 1 {
            rest.and_not(set);
        }
    }
}

fn amounts(segment: &Segment, plan: &Plan, rest: &mut Bitmap) {
    let columns = &segment.columns;
    if !plan.times.is_empty() {
        rest.and(&either(segment.count(), of_values(&segment.sets.times, &plan.times)));
    }
    if !plan.industry_majors.is_empty() || !plan.industry_middles.is_empty() {
        rest.and(&Bitmap::of(segment.count(), |at| plan.has_industry(columns.industry_major[at], columns.industry_middle[at])));
    }
    let wages = if plan.with_fixed_overtime {
        (&columns.wage_month_fixed, &columns.wage_hour_fixed)
    } else {
        (&columns.wage_month, &columns.wage_hour)
    };
    at_least(wages.0, plan.wage_month, rest);
    at_least(wages.1, plan.wage_hour, rest);
    at_least(&columns.days_off, plan.days_off, rest);
    at_least(&columns.staff, plan.staff, rest);
    at_least(&columns.received, plan.received_from, rest);
    if let Some(most) = plan.overtime {
        rest.and(&Bitmap::of_column(&columns.overtime, |hours| hours != 0 && hours - 1 <= most));
    }
    if let Some(age) = plan.age {
        rest.and(&Bitmap::of_column(&columns.age_from, |from| from <= age));
        rest.and(&Bitmap::of_column(&columns.age_to, |to| age <= to));
    }
    if plan.starts_from.is_some() || plan.ends_by.is_some() {
        rest.and(&Bitmap::of(segment.count(), |at| plan.has_hours([columns.hours_1[at], columns.hours_2[at], columns.hours_3[at]])));
    }
}

fn at_least<T: Copy + PartialOrd>(column: &[T], least: Option<T>, rest: &mut Bitmap) {
    if let Some(least) = least {
        rest.and(&Bitmap::of_column(column, |value| value >= least));
    }
}

fn words(segment: &Segment, plan: &Plan, rest: &mut Bitmap) -> io::Result<()> {
    for phrases in &plan.all {
        let mut found = Bitmap::none(segment.count());
        phrases.iter().try_for_each(|phrase| find(segment, phrase, rest, &mut found))?;
        rest.and(&found);
    }
    if !plan.none.is_empty() {
        let mut found = Bitmap::none(segment.count());
        plan.none.iter().try_for_each(|phrase| find(segment, phrase, rest, &mut found))?;
        rest.and_not(&found);
    }
    Ok(())
}

fn find(segment: &Segment, phrase: &Phrase, within: &Bitmap, found: &mut Bitmap) -> io::Result<()> {
    phrase.fields.iter().try_for_each(|field| segment.fields[*field as usize].find(&phrase.text, within, found))
}
