//! 公共職業安定所: the offices that people are invited to. Which there are is an operator's file; the demonstration has a dozen.

use crate::places::{municipality, prefecture};
use std::fmt;
use std::sync::Arc;

/// The dozen of the demonstration.
const DEMO: &str = include_str!("../../data/offices_demo.tsv");
/// The most that are named to somebody.
const MOST_NEAR: usize = 3;

/// An office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its name: `ハローワーク新宿`.
    pub name: String,
    /// JIS code of its municipality.
    pub municipality: u32,
    /// Its address after the municipality.
    pub address: String,
}

impl Office {
    /// The whole address, from the prefecture on.
    #[must_use]
    pub fn whole_address(&self) -> String {
        let found = municipality(self.municipality);
        let of = found.and_then(|found| prefecture(found.prefecture)).map_or("", |prefecture| prefecture.name);
        format!("{of}{}{}", found.map_or("", |found| found.name), self.address)
    }
}

/// A line that is no office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1.
    pub line: usize,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: an office is name, municipality (JIS code of five digits) and address, with tabs between", self.line)
    }
}

/// The offices that are known; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Offices(Arc<Vec<Office>>);

impl Offices {
    /// Reads a table: a line each, name, JIS code of the municipality and address with tabs between; lines with `#` are comments. What cannot be read is
    /// told and left out.
    #[must_use]
    pub fn read(table: &str) -> (Self, Vec<BadLine>) {
        let (mut offices, mut bad) = (Vec::new(), Vec::new());
        for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
            match office(line) {
                Some(office) => offices.push(office),
                None => bad.push(BadLine { line: at + 1 }),
            }
        }
        (Self(Arc::new(offices)), bad)
    }

    /// Those of the demonstration.
    #[must_use]
    pub fn demo() -> Self {
        Self::read(DEMO).0
    }

    /// The offices nearest to a municipality: its own first, then those of its prefecture, the nearer code first: codes of neighbours are often near,
    /// and the table has no coordinates.
    #[must_use]
    pub fn near(&self, home: u32) -> Vec<&Office> {
        let mut near: Vec<&Office> = self.0.iter().filter(|office| office.municipality / 1000 == home / 1000).collect();
        near.sort_by_key(|office| office.municipality.abs_diff(home));
        near.truncate(MOST_NEAR);
        near
    }

    /// The offices of a prefecture, in the order of the table.
    #[must_use]
    pub fn of_prefecture(&self, code: u8) -> Vec<&Office> {
        self.0.iter().filter(|office| office.municipality / 1000 == u32::from(code)).collect()
    }
}

fn office(line: &str) -> Option<Office> {
    let mut columns = line.split('\t').map(str::trim);
    let (name, code, address) = (columns.next()?, columns.next()?, columns.next()?);
    let code = code.parse().ok().filter(|code| municipality(*code).is_some())?;
    let is_whole = !name.is_empty() && !address.is_empty() && columns.next().is_none();
    is_whole.then(|| Office { name: name.to_owned(), municipality: code, address: address.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_has_a_dozen_whole_ones() {
        let (offices, bad) = Offices::read(DEMO);
        assert_eq!((offices.0.len(), bad), (12, vec![]));
        assert!(offices.0.iter().any(|office| office.whole_address() == "東京都新宿区歌舞伎町２丁目４２－１０"));
    }

    #[test]
    fn a_line_that_is_no_office_is_told_and_the_others_are_read() {
        let (offices, bad) = Offices::read("# x\nハローワーク甲\t13101\t千代田１\n甲\t99999\t乙\n甲\t13101\nx\t13101\ty\tz\n\n");
        assert_eq!((offices.0.len(), bad), (1, vec![BadLine { line: 3 }, BadLine { line: 4 }, BadLine { line: 5 }]));
    }

    #[test]
    fn the_own_municipality_comes_first_and_another_prefecture_never() {
        let offices = Offices::demo();
        let names = |home| offices.near(home).into_iter().map(|office| office.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(13106), ["ハローワーク上野", "ハローワーク新宿", "ハローワーク池袋"]);
        assert_eq!(names(27127), ["ハローワーク梅田"]);
        assert!(names(26101).is_empty());
    }
}
