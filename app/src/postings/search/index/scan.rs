//! The same search without an index: every posting is looked at. What the index must agree with, in tests and benchmarks.

use super::bitmap::Bitmap;
use super::columns::Facts;
use super::doc::{Doc, Field};
use super::matching::{Counts, Facet, counted_flags};
use super::order;
use super::plan::{Phrase, Plan};
use super::sets::group_bits_of;
use super::{IndexError, SearchIndex, columns, facets};
use crate::date::Date;
use crate::postings::search::query::SearchQuery;
use crate::postings::search::results::Facets;
use crate::postings::{PostingNumber, Viewer};
use memchr::memmem::Finder;

/// All open postings of an index, in memory.
pub struct Scan {
    /// Each with the groups of its items; without its row, which no search looks at.
    docs: Vec<(Doc, u16)>,
    today: Date,
}

impl Scan {
    /// The postings that `index` has and that are open on a day.
    ///
    /// # Errors
    /// If a file of the index cannot be read.
    pub fn of(index: &SearchIndex, today: Date) -> Result<Self, IndexError> {
        let mut docs = Vec::new();
        for part in &index.snapshot().parts {
            let live: &Bitmap = &part.live(today);
            for at in live.iter() {
                let doc = Doc { row: Vec::new(), ..part.segment.doc(at)? };
                let groups = group_bits_of(doc.facts.items);
                docs.push((doc, groups));
            }
        }
        Ok(Self { docs, today })
    }

    /// The postings, newest first; their rows are left out.
    #[must_use]
    pub fn docs(&self) -> Vec<&Doc> {
        let mut docs: Vec<&Doc> = self.docs.iter().map(|(doc, _)| doc).collect();
        docs.sort_unstable_by_key(|doc| super::merge_order(&doc.facts));
        docs
    }

    /// Total, facets and the numbers of the wanted page.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, viewer: Viewer) -> (u32, Facets, Vec<PostingNumber>) {
        let plan = Plan::of(query, viewer, self.today);
        let mut counts = Counts::default();
        let mut found: Vec<&Doc> = Vec::new();
        let wanted = Wanted::of(&plan);
        for (doc, groups) in self.docs.iter().filter(|(doc, _)| rest(&doc.facts, &plan) && wanted.holds(doc)) {
            let own = [Facet::Kind, Facet::Place, Facet::Occupation, Facet::Form].map(|facet| own(&doc.facts, *groups, &plan, facet));
            count(&doc.facts, *groups, own, &mut counts);
            if own == [true; 4] {
                found.push(doc);
            }
        }
        found.sort_unstable_by_key(|doc| order::key(&doc.facts, plan.sort));
        let skip = (query.page() - 1).saturating_mul(query.per_page());
        let page = found.iter().skip(skip).take(query.per_page()).filter_map(|doc| columns::number_of(doc.facts.number)).collect();
        (u32::try_from(found.len()).unwrap_or(u32::MAX), facets(&counts), page)
    }
}

/// Whether the facts fulfil everything but the facets' own conditions.
fn rest(facts: &Facts, plan: &Plan) -> bool {
    let (month, hour) =
        if plan.with_fixed_overtime { (facts.wage_month_fixed, facts.wage_hour_fixed) } else { (facts.wage_month, facts.wage_hour) };
    (plan.numbers.is_empty() || plan.numbers.contains(&facts.number))
        && (plan.establishments.is_empty() || plan.establishments.contains(&facts.establishment) && plan.sees_name(facts.scope))
        && facts.flags & plan.must == plan.must
        && facts.flags & plan.must_not == 0
        && (plan.times.is_empty() || plan.times.contains(&facts.time))
        && (plan.industry_majors.is_empty() && plan.industry_middles.is_empty()
            || plan.has_industry(facts.industry_major, facts.industry_middle))
        && plan.wage_month.is_none_or(|least| month >= least)
        && plan.wage_hour.is_none_or(|least| hour >= least)
        && plan.days_off.is_none_or(|least| facts.days_off >= least)
        && plan.staff.is_none_or(|least| facts.staff >= least)
        && plan.received_from.is_none_or(|day| facts.received >= day)
        && plan.overtime.is_none_or(|most| facts.overtime != 0 && facts.overtime - 1 <= most)
        && plan.age.is_none_or(|age| facts.age_from <= age && age <= facts.age_to)
        && (plan.starts_from.is_none() && plan.ends_by.is_none() || plan.has_hours([facts.hours_1, facts.hours_2, facts.hours_3]))
}

/// What the texts are asked.
struct Wanted<'a> {
    all: Vec<Vec<Wording<'a>>>,
    none: Vec<Wording<'a>>,
}

/// A phrase, ready to be looked for.
struct Wording<'a> {
    finder: Finder<'a>,
    fields: &'a [Field],
}

impl<'a> Wanted<'a> {
    fn of(plan: &'a Plan) -> Self {
        let wording = |phrase: &'a Phrase| Wording { finder: Finder::new(&phrase.text), fields: &phrase.fields };
        Self {
            all: plan.all.iter().map(|either| either.iter().map(wording).collect()).collect(),
            none: plan.none.iter().map(wording).collect(),
        }
    }

    fn holds(&self, doc: &Doc) -> bool {
        self.all.iter().all(|either| either.iter().any(|wording| wording.stands_in(doc)))
            && !self.none.iter().any(|wording| wording.stands_in(doc))
    }
}

impl Wording<'_> {
    fn stands_in(&self, doc: &Doc) -> bool {
        self.fields.iter().any(|field| self.finder.find(doc.texts[*field as usize].as_bytes()).is_some())
    }
}

fn own(facts: &Facts, groups: u16, plan: &Plan, facet: Facet) -> bool {
    let any = |wanted: &[u8], value: u8| wanted.is_empty() || wanted.contains(&value);
    match facet {
        Facet::Kind => any(&plan.kinds, facts.kind),
        Facet::Form => any(&plan.forms, facts.form),
        Facet::Place => {
            plan.prefectures.is_empty() && plan.cities.is_empty()
                || plan.prefectures.contains(&facts.prefecture)
                || plan.cities.contains(&facts.municipality)
        }
        Facet::Occupation => {
            plan.groups.is_empty() && plan.items.is_empty()
                || plan.groups.iter().any(|group| groups >> (group - 1) & 1 == 1)
                || plan.has_item(facts.items)
        }
    }
}

fn count(facts: &Facts, groups: u16, own: [bool; 4], counts: &mut Counts) {
    let without = |facet: Facet| (0..4).all(|other| other == facet as usize || own[other]);
    let add = |choices: &mut [u32], value: u8| {
        if let Some(count) = value.checked_sub(1).and_then(|at| choices.get_mut(usize::from(at))) {
            *count += 1;
        }
    };
    if without(Facet::Kind) {
        add(&mut counts.kinds, facts.kind);
    }
    if without(Facet::Place) {
        add(&mut counts.prefectures, facts.prefecture);
    }
    if without(Facet::Form) {
        add(&mut counts.forms, facts.form);
    }
    if without(Facet::Occupation) {
        counts.groups.iter_mut().enumerate().for_each(|(at, count)| *count += u32::from(groups >> at & 1));
    }
    if own == [true; 4] {
        counts.flags.iter_mut().zip(counted_flags()).for_each(|(count, flag)| *count += u32::from(facts.flags >> flag as u8 & 1 == 1));
    }
}
