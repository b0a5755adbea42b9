//! 厚生労働省編職業分類: the major and middle classes of the Ministry's occupational classification (2022).

use std::sync::LazyLock;

/// A middle class (中分類).
#[derive(Debug, PartialEq, Eq)]
pub struct MiddleClass {
    /// Its code, 1–99; written with three digits: `050`.
    pub code: u8,
    /// Its name.
    pub name: &'static str,
    /// The code of its major class (大分類), 1–15.
    pub major: u8,
    /// The name of its major class.
    pub major_name: &'static str,
}

const TABLE: &str = include_str!("../../data/occupations.tsv");

static MIDDLES: LazyLock<Vec<MiddleClass>> =
    LazyLock::new(|| parse(TABLE).expect("the table of occupations is part of the program and read whole by its tests"));

/// Reads the table: a line for each major class, followed by those of its middle classes. `None` if a line is neither.
fn parse(table: &'static str) -> Option<Vec<MiddleClass>> {
    let mut middles = Vec::with_capacity(99);
    let mut major = None;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (code, name) = line.split_once('\t')?;
        let number = code.parse().ok()?;
        match code.len() {
            2 => major = Some((number, name)),
            3 => {
                let (major, major_name) = major?;
                middles.push(MiddleClass { code: number, name, major, major_name });
            }
            _ => return None,
        }
    }
    Some(middles)
}

/// The middle class with this code, 1–99.
#[must_use]
pub fn middle_class(code: u8) -> Option<&'static MiddleClass> {
    MIDDLES.get(usize::from(code.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_99_middle_classes_in_15_major_classes() {
        assert!(MIDDLES.iter().map(|middle| middle.code).eq(1..=99));
        let mut majors: Vec<u8> = MIDDLES.iter().map(|middle| middle.major).collect();
        majors.dedup();
        assert!(majors.into_iter().eq(1..=15));
    }

    #[test]
    fn a_middle_class_is_found_by_its_code() {
        let found = |code| middle_class(code).map(|middle| (middle.name, middle.major_name));
        assert_eq!(found(1), Some(("法人・団体役員", "管理的職業")));
        assert_eq!(found(50), Some(("施設介護の職業", "福祉・介護の職業")));
        assert_eq!(found(99), Some(("その他の運搬・清掃・包装・選別等の職業", "運搬・清掃・包装・選別等の職業")));
        assert_eq!(found(0), None);
        assert_eq!(found(100), None);
    }

    #[test]
    fn a_table_with_a_middle_class_before_any_major_class_or_a_line_of_another_form_is_refused() {
        for table in ["001\t法人・団体役員\n", "01\t管理的職業\n0001\t役員\n", "01 管理的職業\n", "xx\t管理的職業\n"]
        {
            assert_eq!(parse(table), None, "{table}");
        }
    }
}
