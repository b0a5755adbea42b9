//! 産業: the Japan Standard Industrial Classification.

mod majors;

pub use majors::MAJORS;

/// A major class (大分類) with its middle classes.
#[derive(Debug, PartialEq, Eq)]
pub struct Major {
    /// Its code, `A`–`T`.
    pub code: char,
    /// Its name.
    pub name: &'static str,
    /// The code of its first middle class; codes go on without gaps.
    first: u8,
    /// The names of its middle classes.
    middles: &'static [&'static str],
}

/// A middle class (中分類).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Middle {
    /// Its code, 1–99; written with two digits: `85`.
    pub code: u8,
    /// Its name.
    pub name: &'static str,
}

impl Major {
    /// Its middle classes by code.
    pub fn middles(&self) -> impl Iterator<Item = Middle> {
        (self.first..).zip(self.middles).map(|(code, name)| Middle { code, name })
    }
}

/// The major class with this code, `A`–`T`.
#[must_use]
pub fn major(code: char) -> Option<&'static Major> {
    MAJORS.iter().find(|major| major.code == code)
}

/// The major class of the middle class with this code, 1–99.
#[must_use]
pub fn major_of(middle: u8) -> Option<&'static Major> {
    MAJORS.iter().find(|major| major.middles().any(|m| m.code == middle))
}

/// The middle class with this code, 1–99.
#[must_use]
pub fn middle(code: u8) -> Option<Middle> {
    major_of(code)?.middles().find(|middle| middle.code == code)
}

/// The name of a major class (`P`) or of a middle class (`85`).
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    match code.as_bytes() {
        [letter] => major(char::from(*letter)).map(|major| major.name),
        [b'0'..=b'9', b'0'..=b'9'] => middle(code.parse().ok()?).map(|middle| middle.name),
        _ => None,
    }
}

/// The codes of all classes, each major class (`P`) before its middle classes (`83`).
pub fn codes() -> impl Iterator<Item = String> {
    MAJORS.iter().flat_map(|major| {
        let middles = major.middles().map(|middle| format!("{:02}", middle.code));
        std::iter::once(major.code.to_string()).chain(middles)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_20_major_and_99_middle_classes_without_gaps() {
        assert!(MAJORS.iter().map(|major| major.code).eq('A'..='T'));
        assert!(MAJORS.iter().flat_map(Major::middles).map(|middle| middle.code).eq(1..=99));
    }

    #[test]
    fn every_code_has_a_name() {
        assert_eq!(codes().count(), 20 + 99);
        for code in codes() {
            assert!(name(&code).is_some_and(|name| !name.is_empty()), "{code}");
        }
    }

    #[test]
    fn a_class_is_found_by_its_code() {
        let table = [
            ("A", Some("農業、林業")),
            ("P", Some("医療、福祉")),
            ("T", Some("分類不能の産業")),
            ("01", Some("農業")),
            ("32", Some("その他の製造業")),
            ("85", Some("社会保険・社会福祉・介護事業")),
            ("99", Some("分類不能の産業")),
            ("U", None),
            ("a", None),
            ("00", None),
            ("1", None),
            ("085", None),
            ("+1", None),
            ("", None),
            ("農", None),
        ];
        for (code, expected) in table {
            assert_eq!(name(code), expected, "{code}");
        }
    }

    #[test]
    fn a_middle_class_stands_in_the_major_class_of_the_standard() {
        let table = [(1, 'A'), (8, 'D'), (9, 'E'), (32, 'E'), (41, 'G'), (60, 'I'), (76, 'M'), (83, 'P'), (91, 'R'), (98, 'S'), (99, 'T')];
        for (middle, letter) in table {
            assert_eq!(major_of(middle).map(|major| major.code), Some(letter), "{middle}");
        }
        assert_eq!(major_of(0), None);
        assert_eq!(major_of(100), None);
    }
}
