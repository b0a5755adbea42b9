//! Queries drawn from a seed: words from the postings' own texts, filters from their own facts, so that most of them find something.

use super::{Failure, VIEWER};
use app::date::Date;
use app::occupations::{PICKER, picker_codes};
use app::postings::facts::{EmploymentForm, Flag, Kind};
use app::postings::search::index::{Doc, Plan, SearchIndex, group_bits_of};
use app::postings::search::query::{Param, SearchQuery};
use fastrand::Rng;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// What kind of query it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Four to eight characters in a row, nationwide, no filter.
    Phrase,
    /// A word with more than 500,000 hits.
    Common,
    /// Five filters, half of them with a word too.
    FiveFilters,
    /// One to three filters, most with words, some either-or, some excluded.
    Mixed,
}

impl Class {
    /// All classes.
    pub const ALL: &'static [Self] = &[Self::Phrase, Self::Common, Self::FiveFilters, Self::Mixed];

    /// For the operator.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phrase => "phrase",
            Self::Common => "common word",
            Self::FiveFilters => "five filters",
            Self::Mixed => "mixed",
        }
    }

    /// How many in a hundred queries.
    const fn share(self) -> usize {
        match self {
            Self::Phrase | Self::Common | Self::FiveFilters => 12,
            Self::Mixed => 64,
        }
    }
}

/// A query to be answered.
pub struct Question {
    /// What kind it is.
    pub class: Class,
    /// The query.
    pub query: SearchQuery,
    /// The same, as the index reads it.
    pub plan: Plan,
    /// How many postings it finds.
    pub total: u32,
}

/// Pages are drawn up to this one.
const LAST_PAGE: u32 = 200;
/// A common word has more hits; among fewer postings, it stands in more than half of them.
const COMMON: u32 = 500_000;
/// Words that are tried before a common one is given up.
const TRIES: usize = 20_000;

/// Draws the queries, the classes mixed so that any beginning of them has all classes in their shares.
///
/// # Errors
/// If the index does not answer, or the postings have no words common enough.
pub fn draw(index: &SearchIndex, docs: &[&Doc], today: Date, seed: u64, count: usize) -> Result<Vec<Question>, Failure> {
    let mut drawing = Drawing {
        index,
        docs,
        today,
        rng: Rng::with_seed(seed),
        counts: HashMap::new(),
        items: picker_codes().filter(|code| code.contains('-')).collect(),
    };
    let mut classes: Vec<(usize, Class)> = Class::ALL
        .iter()
        .flat_map(|class| {
            let share = (class.share() * count).div_ceil(100);
            (0..share).map(move |at| ((2 * at + 1) * 10_000 / (2 * share), *class))
        })
        .collect();
    classes.sort_by_key(|(place, _)| *place);
    classes.into_iter().take(count).map(|(_, class)| drawing.question(class)).collect()
}

/// Says what was drawn.
pub fn tell(questions: &[Question]) {
    for class in Class::ALL {
        let own: Vec<u32> = questions.iter().filter(|question| question.class == *class).map(|question| question.total).collect();
        let (least, most) = (own.iter().min().copied().unwrap_or_default(), own.iter().max().copied().unwrap_or_default());
        println!("  {:<14} {:>4} queries, {least} to {most} hits", class.name(), own.len());
    }
}

struct Drawing<'a> {
    index: &'a SearchIndex,
    docs: &'a [&'a Doc],
    today: Date,
    rng: Rng,
    /// Hits of words tried so far.
    counts: HashMap<String, u32>,
    /// Codes of the picker's items in the order of their keys.
    items: Vec<String>,
}

impl Drawing<'_> {
    fn question(&mut self, class: Class) -> Result<Question, Failure> {
        let query = match class {
            Class::Phrase => self.phrase(),
            Class::Common => self.common()?,
            Class::FiveFilters => self.filtered(5..=5, 50),
            Class::Mixed => self.filtered(1..=3, 75),
        };
        let total = self.index.count(&query, VIEWER, self.today)?;
        let pages = total.div_ceil(30).clamp(1, LAST_PAGE);
        let page = if self.rng.bool() { 1 } else { self.rng.u32(1..=pages) };
        let query = if page == 1 { query } else { query.with(Param::Page, &page.to_string()) };
        let plan = Plan::of(&query, VIEWER, self.today);
        Ok(Question { class, query, plan, total })
    }

    fn phrase(&mut self) -> SearchQuery {
        let doc = self.any_doc();
        SearchQuery::default().with(Param::Words, &self.word(doc, 2, 4..=8))
    }

    fn common(&mut self) -> Result<SearchQuery, Failure> {
        let half = u32::try_from(self.docs.len() / 2)?;
        let least = half.min(COMMON);
        for _ in 0..TRIES {
            let doc = self.any_doc();
            let word = self.word(doc, 4, 2..=3);
            let query = SearchQuery::default().with(Param::Words, &word);
            let count = match self.counts.get(&word) {
                Some(count) => *count,
                None => self.index.count(&query, VIEWER, self.today)?,
            };
            self.counts.insert(word, count);
            if count > least {
                return Ok(query);
            }
        }
        Err(format!("no word with more than {least} hits among {TRIES}").into())
    }

    fn filtered(&mut self, filters: RangeInclusive<usize>, with_words: u8) -> SearchQuery {
        let doc = self.any_doc();
        let mut query = SearchQuery::default();
        if self.rng.u8(..100) < with_words {
            query = query.with(Param::Words, &self.words(doc));
        }
        let wanted = self.rng.usize(filters);
        let mut kinds = FILTERS;
        self.rng.shuffle(&mut kinds);
        let mut had = 0;
        for filter in kinds {
            if had < wanted
                && let Some((param, value)) = self.filter(filter, doc)
            {
                query = query.with(param, &value);
                had += 1;
            }
        }
        query
    }

    /// One word; of five queries one has two words and one has either of two.
    fn words(&mut self, at: usize) -> String {
        let word = self.word(at, 2, 2..=8);
        let other = self.any_doc();
        match self.rng.u8(..5) {
            0 => format!("{word} {}", self.word(at, 2, 2..=4)),
            1 => format!("{word} OR {}", self.word(other, 2, 2..=6)),
            _ => word,
        }
    }

    fn any_doc(&mut self) -> usize {
        self.rng.usize(..self.docs.len())
    }

    /// Some characters in a row of one of the posting's first `texts` texts, which read back as one word.
    fn word(&mut self, mut at: usize, texts: usize, lengths: RangeInclusive<usize>) -> String {
        loop {
            let length = self.rng.usize(lengths.clone());
            let text = &self.docs[at].texts[self.rng.usize(..texts)];
            let characters: Vec<char> = text.chars().collect();
            if characters.len() >= length {
                let start = self.rng.usize(..=characters.len() - length);
                let word: String = characters[start..start + length].iter().collect();
                if self.is_one_word(&word) {
                    return word;
                }
            }
            if self.rng.u8(..8) == 0 {
                at = self.any_doc();
            }
        }
    }

    fn is_one_word(&self, word: &str) -> bool {
        let query = SearchQuery::default().with(Param::Words, word);
        let plan = Plan::of(&query, VIEWER, self.today);
        plan.none.is_empty() && matches!(&plan.all[..], [either] if matches!(&either[..], [phrase] if phrase.text == word))
    }

    /// A condition that the posting fulfils, or nearly always does (excluded words); `None` where it states nothing to ask for.
    fn filter(&mut self, filter: Filter, at: usize) -> Option<(Param, String)> {
        let facts = self.docs[at].facts;
        let rng = &mut self.rng;
        match filter {
            Filter::Prefecture => (facts.prefecture > 0).then(|| (Param::Prefecture, format!("{:02}", facts.prefecture))),
            Filter::City => (facts.municipality > 0).then(|| (Param::City, format!("{:05}", facts.municipality))),
            Filter::Kind => Some((Param::Kind, Kind::ALL.get(usize::from(facts.kind.checked_sub(1)?))?.code().to_owned())),
            Filter::Form => Some((Param::Form, EmploymentForm::ALL.get(usize::from(facts.form.checked_sub(1)?))?.code().to_owned())),
            Filter::Group => {
                let groups = group_bits_of(facts.items);
                let group = PICKER.iter().find(|group| groups >> (group.code - 1) & 1 == 1)?;
                Some((Param::Occupation, format!("{:02}", group.code)))
            }
            Filter::Item => {
                let key = facts.items.to_le_bytes().into_iter().find(|key| *key != 0)?;
                Some((Param::Occupation, self.items.get(usize::from(key) - 1)?.clone()))
            }
            Filter::Must => {
                let set: Vec<&Flag> = Flag::ALL.iter().filter(|flag| facts.flags >> **flag as u8 & 1 == 1).collect();
                rng.choice(set).map(|flag| (Param::Must, flag.code().to_owned()))
            }
            Filter::Not => {
                let unset: Vec<&Flag> = Flag::ALL.iter().filter(|flag| facts.flags >> **flag as u8 & 1 == 0).collect();
                rng.choice(unset).map(|flag| (Param::Not, flag.code().to_owned()))
            }
            Filter::WageMonth => (facts.wage_month > 0).then(|| (Param::WageMonth, (facts.wage_month / 10_000 * 10_000).to_string())),
            Filter::WageHour => (facts.wage_hour > 0).then(|| (Param::WageHour, (facts.wage_hour / 50 * 50).to_string())),
            Filter::DaysOff => (facts.days_off > 0).then(|| (Param::DaysOff, (facts.days_off / 5 * 5).to_string())),
            Filter::Exclude => {
                let other = self.any_doc();
                Some((Param::Exclude, self.word(other, 2, 2..=4)))
            }
        }
    }
}

/// What can be asked for beside words.
#[derive(Clone, Copy)]
enum Filter {
    Prefecture,
    City,
    Kind,
    Form,
    Group,
    Item,
    Must,
    Not,
    WageMonth,
    WageHour,
    DaysOff,
    Exclude,
}

const FILTERS: [Filter; 12] = [
    Filter::Prefecture,
    Filter::City,
    Filter::Kind,
    Filter::Form,
    Filter::Group,
    Filter::Item,
    Filter::Must,
    Filter::Not,
    Filter::WageMonth,
    Filter::WageHour,
    Filter::DaysOff,
    Filter::Exclude,
];
