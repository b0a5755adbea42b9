//! The same search without an index: every posting is looked at. What the index must agree with, in tests and benchmarks.

use super::bitmap::Bitmap;
use super::columns::Facts;
use super::doc::Doc;
use super::matching::{Counts, Facet, counted_flags};
use super::order;
use super::plan::{Phrase, Plan};
use super::sets::group_bits_of;
use super::{IndexError, SearchIndex, columns, facets};
use crate::date::Date;
use crate::postings::search::query::SearchQuery;
use crate::postings::search::results::Facets;
use crate::postings::{PostingNumber, Viewer};

/// All open postings of an index, in memory.
pub struct Scan {
    docs: Vec<Doc>,
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
                docs.push(part.segment.doc(at)?);
            }
        }
        Ok(Self { docs, today })
    }

    /// Total, facets and the numbers of the wanted page.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, viewer: Viewer) -> (u32, Facets, Vec<PostingNumber>) {
        let plan = Plan::of(query, viewer, self.today);
        let mut counts = Counts::default();
        let mut found: Vec<&Doc> = Vec::new();
        for doc in self.docs.iter().filter(|doc| rest(doc, &plan)) {
            let own = [Facet::Kind, Facet::Place, Facet::Occupation, Facet::Form].map(|facet| own(&doc.facts, &plan, facet));
            count(&doc.facts, own, &mut counts);
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

/// Whether everything but the facets' own conditions is fulfilled.
fn rest(doc: &Doc, plan: &Plan) -> bool {
    let facts = &doc.facts;
    let (month, hour) =
        if plan.with_fixed_overtime { (facts.wage_month_fixed, facts.wage_hour_fixed) } else { (facts.wage_month, facts.wage_hour) };
    (plan.numbers.is_empty() || plan.numbers.contains(&facts.number))
        && (plan.establishments.is_empty() || plan.establishments.contains(&facts.establishment) && plan.sees_name(facts.scope))
        && facts.flags & plan.must == plan.must
        && facts.flags & plan.must_not == 0
        && (plan.times.is_empty() || plan.times.contains(&facts.time))
        && (plan.industry_majors.is_empty() && plan.industry_middles.is_empty() || plan.has_industry(facts.industry_major, facts.industry_middle))
        && plan.wage_month.is_none_or(|least| month >= least)
        && plan.wage_hour.is_none_or(|least| hour >= least)
        && plan.days_off.is_none_or(|least| facts.days_off >= least)
        && plan.staff.is_none_or(|least| facts.staff >= least)
        && plan.received_from.is_none_or(|day| facts.received >= day)
        && plan.overtime.is_none_or(|most| facts.overtime != 0 && facts.overtime - 1 <= most)
        && plan.age.is_none_or(|age| facts.age_from <= age && age <= facts.age_to)
        && (plan.starts_from.is_none() && plan.ends_by.is_none() || plan.has_hours([facts.hours_1, facts.hours_2, facts.hours_3]))
        && plan.all.iter().all(|either| either.iter().any(|phrase| contains(doc, phrase)))
        && !plan.none.iter().any(|phrase| contains(doc, phrase))
}

fn contains(doc: &Doc, phrase: &Phrase) -> bool {
    phrase.fields.iter().any(|field| doc.texts[*field as usize].contains(&phrase.text))
}

fn own(facts: &Facts, plan: &Plan, facet: Facet) -> bool {
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
            let bits = group_bits_of(facts.items);
            plan.groups.is_empty() && plan.items.is_empty() || plan.groups.iter().any(|group| bits >> (group - 1) & 1 == 1) || plan.has_item(facts.items)
        }
    }
}

fn count(facts: &Facts, own: [bool; 4], counts: &mut Counts) {
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
        let bits = group_bits_of(facts.items);
        counts.groups.iter_mut().enumerate().for_each(|(at, count)| *count += u32::from(bits >> at & 1));
    }
    if own == [true; 4] {
        counts.flags.iter_mut().zip(counted_flags()).for_each(|(count, flag)| *count += u32::from(facts.flags >> flag as u8 & 1 == 1));
    }
}
