//! How every section reads its fields: what the table requires, what may be empty, what has which limit.

use super::{
    Section,
    fields::{Field, Required, find},
    parse_day, plain_text,
};
use crate::{
    date::Date,
    form::{Checked, Code, FieldErrors},
};
use std::str::FromStr;

/// A check of one section, or of one entry of a repeating group, under way.
pub(super) struct Check {
    section: Section,
    group: Option<&'static str>,
    needed: Vec<&'static str>,
    errors: FieldErrors,
}

impl Check {
    /// Begins the check of a section.
    pub fn new(section: Section) -> Self {
        Self { section, group: None, needed: Vec::new(), errors: FieldErrors::default() }
    }

    /// Begins the check of an entry of a group: names are those within the entry.
    pub fn entry(section: Section, group: &'static str) -> Self {
        Self { group: Some(group), ..Self::new(section) }
    }

    /// Says whether the condition of a field that the table requires only sometimes is met.
    pub fn ask(&mut self, name: &'static str, condition: bool) {
        if condition {
            self.needed.push(name);
        }
    }

    /// Says `code` of a field.
    pub fn add(&mut self, name: impl Into<String>, code: Code) {
        self.errors.add(name, code);
    }

    /// Adds what the check of an entry found.
    pub fn merge_entry(&mut self, group: &str, place: usize, errors: FieldErrors) {
        self.errors.merge_entry(group, place, errors);
    }

    /// What there is to say, with the values where nothing is red.
    pub fn finish<T>(self, valid: Option<T>) -> Checked<T> {
        let valid = valid.filter(|_| !self.errors.has_errors());
        Checked { valid, errors: self.errors }
    }

    fn field(&self, name: &str) -> &'static Field {
        let found = match self.group {
            Some(group) => find(self.section, &format!("{group}.{name}")),
            None => find(self.section, name),
        };
        found.expect("every name that a section checks stands in the table, as its tests prove by checking them all")
    }

    /// The most characters that the table gives the field.
    fn most(&self, name: &str) -> usize {
        self.field(name).max_chars.unwrap_or(usize::MAX)
    }

    /// Whether the field is asked for, and whether it has to be filled in.
    fn asked_required(&self, name: &str) -> (bool, bool) {
        match self.field(name).required {
            Required::Yes => (true, true),
            Required::No => (true, false),
            Required::If(..) | Required::Unless(..) => {
                let needed = self.needed.contains(&name);
                (needed, needed)
            }
        }
    }

    /// Reads a field; `None` where it is empty (said, if it is required), wrong (said) or not asked for.
    pub fn value<T>(&mut self, name: &str, raw: &str, read: impl FnOnce(&str) -> Result<T, Code>) -> Option<T> {
        let (asked, required) = self.asked_required(name);
        if !asked {
            return None;
        }
        if plain_text::is_blank(raw) {
            if required {
                self.add(name, Code::Required);
            }
            return None;
        }
        read(raw).map_err(|code| self.add(name, code)).ok()
    }

    /// A choice, or another value that has one text form.
    pub fn parsed<T: FromStr<Err = Code>>(&mut self, name: &str, raw: &str) -> Option<T> {
        self.value(name, raw, |raw| raw.trim().parse())
    }

    /// A value with a text form that the table limits.
    pub fn limited<T: FromStr<Err = Code> + ToString>(&mut self, name: &str, raw: &str) -> Option<T> {
        let most = self.most(name);
        self.value(name, raw, |raw| {
            let value: T = raw.parse()?;
            if plain_text::length(&value.to_string()) > most { Err(Code::TooLong) } else { Ok(value) }
        })
    }

    /// A text of one line.
    pub fn line(&mut self, name: &str, raw: &str) -> Option<String> {
        let most = self.most(name);
        self.value(name, raw, |raw| plain_text::line(raw, most))
    }

    /// A text of several lines.
    pub fn lines(&mut self, name: &str, raw: &str) -> Option<String> {
        let most = self.most(name);
        self.value(name, raw, |raw| plain_text::lines(raw, most))
    }

    /// A text of one line in full width.
    pub fn full_width(&mut self, name: &str, raw: &str) -> Option<String> {
        let most = self.most(name);
        self.value(name, raw, |raw| plain_text::full_width(raw, most))
    }

    /// A day.
    pub fn day(&mut self, name: &str, raw: &str) -> Option<Date> {
        self.value(name, raw, parse_day)
    }

    /// A whole number within the range of the table.
    pub fn number(&mut self, name: &str, raw: &str) -> Option<u16> {
        let range = self.field(name).format.range();
        self.value(name, raw, |raw| whole_number(raw, range))
    }

    /// A box: ticked or not.
    pub fn tick(&mut self, name: &str, raw: &str) -> bool {
        self.value(name, raw, |raw| if raw.trim() == "yes" { Ok(()) } else { Err(Code::NotAChoice) }).is_some()
    }

    /// Choices, each once and in the order of the screen. An empty one (未選択) is none.
    pub fn choices<T: FromStr<Err = Code> + Ord>(&mut self, name: &str, raw: &[String]) -> Vec<T> {
        let (asked, required) = self.asked_required(name);
        let mut chosen = Vec::new();
        if !asked {
            return chosen;
        }
        for code in raw.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
            match code.parse() {
                Ok(choice) => chosen.push(choice),
                Err(code) => self.add(name, code),
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.is_empty() && required && self.errors.of(name).next().is_none() {
            self.add(name, Code::Required);
        }
        chosen
    }

    /// Whether a group may have so many entries; says so if not. A group that is not asked for has none.
    pub fn counted(&mut self, name: &str, entries: usize) -> bool {
        let (asked, required) = self.asked_required(name);
        let most = self.field(name).format.range().map_or(usize::MAX, |(_, most)| usize::from(most));
        if asked && required && entries == 0 {
            self.add(name, Code::Required);
        }
        if asked && entries > most {
            self.add(name, Code::TooMany);
        }
        asked && (1..=most).contains(&entries)
    }
}

/// A whole number of either width within a range.
fn whole_number(raw: &str, range: Option<(u16, u16)>) -> Result<u16, Code> {
    let text = plain_text::compact(raw);
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Code::NotANumber);
    }
    let number = text.parse().map_err(|_| Code::OutOfRange)?;
    let (least, most) = range.unwrap_or((0, u16::MAX));
    if (least..=most).contains(&number) { Ok(number) } else { Err(Code::OutOfRange) }
}
