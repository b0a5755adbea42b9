//! A search, read once into what the columns and texts are asked.

use super::columns::{establishment_key, hours_of, is_named_to_everyone, is_named_to_seekers, item_key, major_key, number_key};
use super::doc::Field;
use crate::date::Date;
use crate::occupations::PickerItemId;
use crate::postings::facts::{EmploymentForm, Kind, WorkTime};
use crate::postings::search::analysis::{Words, fold};
use crate::postings::search::query::{Param, SearchQuery, Sort};
use crate::postings::{EstablishmentNumber, PostingNumber, Viewer};

/// A phrase and the fields it may stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Folded, not empty.
    pub text: String,
    /// Any of them.
    pub fields: Vec<Field>,
}

/// A search as the index runs it. Empty lists and `None` ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Of each list one phrase must stand somewhere.
    pub all: Vec<Vec<Phrase>>,
    /// None of them may.
    pub none: Vec<Phrase>,
    /// Keys of posting numbers, any of.
    pub numbers: Vec<u64>,
    /// Keys of establishment numbers, any of; found only where the viewer may see the name.
    pub establishments: Vec<u64>,
    /// Whether the viewer sees names of scope 2.
    pub sees_seekers_names: bool,
    /// Column values, any of.
    pub kinds: Vec<u8>,
    /// Column values, any of.
    pub times: Vec<u8>,
    /// Column values, any of.
    pub forms: Vec<u8>,
    /// Prefectures wanted whole.
    pub prefectures: Vec<u8>,
    /// Municipalities wanted.
    pub cities: Vec<u32>,
    /// Groups of the picker, any of.
    pub groups: Vec<u8>,
    /// Keys of items of the picker, any of.
    pub items: Vec<u8>,
    /// Column values, any of these or of `industry_middles`.
    pub industry_majors: Vec<u8>,
    /// Column values.
    pub industry_middles: Vec<u8>,
    /// Flags that must be set.
    pub must: u64,
    /// Flags that may not be set.
    pub must_not: u64,
    /// Monthly wage from, yen.
    pub wage_month: Option<u32>,
    /// Hourly wage from, yen.
    pub wage_hour: Option<u32>,
    /// Whether fixed overtime pay counts.
    pub with_fixed_overtime: bool,
    /// A working time starts at this minute or later.
    pub starts_from: Option<u32>,
    /// A working time ends at this minute or earlier.
    pub ends_by: Option<u32>,
    /// Overtime at most, hours.
    pub overtime: Option<u16>,
    /// Days off at least.
    pub days_off: Option<u16>,
    /// An age that is accepted.
    pub age: Option<u8>,
    /// Staff at least.
    pub staff: Option<u32>,
    /// Received on this day or later, days since 1970.
    pub received_from: Option<i32>,
    /// Order of results.
    pub sort: Sort,
}

impl Plan {
    /// Reads a search. `today` decides what "new" means.
    #[must_use]
    pub fn of(query: &SearchQuery, viewer: Viewer, today: Date) -> Self {
        let number = |param| query.number(param);
        let small = |param| query.number(param).and_then(|n| u16::try_from(n).ok());
        let mut plan = Self {
            sees_seekers_names: viewer == Viewer::RegisteredSeeker,
            numbers: query.all(Param::Number).filter_map(|n| n.parse::<PostingNumber>().ok()).map(|n| number_key(&n)).collect(),
            establishments: establishments(query),
            kinds: query.all(Param::Kind).filter_map(Kind::from_code).map(|kind| kind as u8 + 1).collect(),
            times: query.all(Param::Time).filter_map(WorkTime::from_code).map(|time| time as u8 + 1).collect(),
            forms: query.all(Param::Form).filter_map(EmploymentForm::from_code).map(|form| form as u8 + 1).collect(),
            groups: query.all(Param::Occupation).filter(|code| code.len() == 2).filter_map(|code| code.parse().ok()).collect(),
            items: query.all(Param::Occupation).filter_map(PickerItemId::from_code).map(item_key).collect(),
            industry_majors: query.all(Param::Industry).filter_map(|code| major_key(code.chars().next()?)).collect(),
            industry_middles: query.all(Param::Industry).filter_map(|code| code.parse().ok()).collect(),
            must: query.must().fold(0, |bits, flag| bits | 1 << flag as u8),
            must_not: query.must_not().fold(0, |bits, flag| bits | 1 << flag as u8),
            wage_month: number(Param::WageMonth),
            wage_hour: number(Param::WageHour),
            with_fixed_overtime: query.has(Param::WageFixed, "1"),
            starts_from: query.first(Param::StartsFrom).and_then(minutes),
            ends_by: query.first(Param::EndsBy).and_then(minutes),
            overtime: small(Param::Overtime),
            days_off: small(Param::DaysOff),
            age: number(Param::Age).and_then(|n| u8::try_from(n).ok()),
            staff: number(Param::Staff),
            received_from: query.received_from(today).map(Date::epoch_days),
            sort: query.sort(),
            ..Self::default()
        };
        plan.read_places(query);
        plan.read_words(query);
        plan
    }

    /// A municipality narrows its prefecture; other chosen prefectures stay whole.
    fn read_places(&mut self, query: &SearchQuery) {
        self.cities = query.all(Param::City).filter_map(|code| code.parse().ok()).collect();
        let narrowed = |prefecture: &u8| self.cities.iter().any(|city| city / 1000 == u32::from(*prefecture));
        self.prefectures = query.all(Param::Prefecture).filter_map(|code| code.parse().ok()).filter(|code| !narrowed(code)).collect();
    }

    fn read_words(&mut self, query: &SearchQuery) {
        let (names, everywhere) = (self.name_fields(), self.everywhere());
        let chosen = self.chosen_fields(query);
        let phrase = |fields: &[Field]| {
            let fields = fields.to_vec();
            move |text: String| Phrase { text, fields: fields.clone() }
        };
        let words = Words::parse(query.first(Param::Words).unwrap_or_default());
        self.all = words.all.into_iter().map(|either| either.into_iter().map(phrase(&chosen)).collect()).collect();
        self.none = words.none.into_iter().map(phrase(&chosen)).collect();
        self.none.extend(query.all(Param::Exclude).flat_map(Words::parse_excluded).map(phrase(&everywhere)));
        for (param, field) in [(Param::Licence, Field::Licence), (Param::Line, Field::Station)] {
            let any: Vec<Phrase> = query.all(param).map(fold).filter(|text| !text.is_empty()).map(phrase(&[field])).collect();
            if !any.is_empty() {
                self.all.push(any);
            }
        }
        let folded = |param| query.all(param).map(fold).filter(|text| !text.is_empty());
        self.all.extend(folded(Param::Name).map(phrase(&names)).map(|name| vec![name]));
        self.none.extend(folded(Param::NameNot).map(phrase(&names)));
    }

    /// Names that this viewer may see: what is hidden is not found either (DOMAIN.md "Employer side" [O]).
    fn name_fields(&self) -> Vec<Field> {
        if self.sees_seekers_names { vec![Field::Name, Field::NameToSeekers] } else { vec![Field::Name] }
    }

    fn everywhere(&self) -> Vec<Field> {
        [vec![Field::Title, Field::Work, Field::Station, Field::Licence, Field::Other], self.name_fields()].concat()
    }

    fn chosen_fields(&self, query: &SearchQuery) -> Vec<Field> {
        let fields = query.all(Param::WordsIn).flat_map(|place| match place {
            "title" => vec![Field::Title],
            "work" => vec![Field::Work],
            _ => self.name_fields(),
        });
        let fields: Vec<Field> = fields.collect();
        if fields.is_empty() { self.everywhere() } else { fields }
    }
}

fn establishments(query: &SearchQuery) -> Vec<u64> {
    query.all(Param::Establishment).filter_map(|n| n.parse::<EstablishmentNumber>().ok()).map(|n| establishment_key(&n)).collect()
}

/// Minutes since midnight of `HH:MM`.
fn minutes(time: &str) -> Option<u32> {
    let (hour, minute) = time.split_once(':')?;
    Some(hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?)
}

impl Plan {
    /// Whether the viewer sees the name of a posting with this scope column.
    #[must_use]
    pub const fn sees_name(&self, scope: u8) -> bool {
        if self.sees_seekers_names { is_named_to_seekers(scope) } else { is_named_to_everyone(scope) }
    }

    /// Whether one of a posting's items (a byte each) is wanted.
    #[must_use]
    pub fn has_item(&self, items: u64) -> bool {
        items.to_le_bytes().iter().any(|item| *item != 0 && self.items.contains(item))
    }

    /// Whether a posting's industry is wanted.
    #[must_use]
    pub fn has_industry(&self, major: u8, middle: u8) -> bool {
        self.industry_majors.contains(&major) || self.industry_middles.contains(&middle)
    }

    /// Whether one of a posting's working times lies within the wanted hours.
    #[must_use]
    pub fn has_hours(&self, hours: [u32; 3]) -> bool {
        let mut stated = hours.into_iter().filter(|key| *key != 0).map(hours_of);
        stated.any(|(start, end)| self.starts_from.is_none_or(|from| start >= from) && self.ends_by.is_none_or(|by| end <= by))
    }
}
