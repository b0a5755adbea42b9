//! The picker items that a posting belongs to [own]; the table says how and why.

use super::PickerItemId;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/occupation_picker.tsv");

/// The rules of every middle class.
static RULES: LazyLock<BTreeMap<u8, Rules>> =
    LazyLock::new(|| parse(TABLE).expect("the table of picker items is part of the program and read whole by its tests"));

/// How the postings of a middle class find their items.
#[derive(Debug, Default)]
struct Rules {
    /// Items of all of them.
    always: Vec<PickerItemId>,
    /// Items of those whose title holds none of the words.
    otherwise: Vec<PickerItemId>,
    /// Words with the items of those whose title holds them; longer words first.
    words: Vec<(&'static str, Vec<PickerItemId>)>,
}

impl Rules {
    fn add(&mut self, item: PickerItemId, word: &'static str) {
        match word {
            "*" => self.always.push(item),
            "-" => self.otherwise.push(item),
            _ => match self.words.iter_mut().find(|(known, _)| *known == word) {
                Some((_, items)) => items.push(item),
                None => {
                    let at = self.words.partition_point(|(other, _)| other.len() >= word.len());
                    self.words.insert(at, (word, vec![item]));
                }
            },
        }
    }

    fn items(&self, title: &str) -> Vec<PickerItemId> {
        let mut items: Vec<PickerItemId> = Words { words: &self.words, rest: title }.flatten().copied().collect();
        if items.is_empty() {
            items.extend(&self.otherwise);
        }
        items.extend(&self.always);
        items.sort_unstable();
        items.dedup();
        items
    }
}

/// The words in a title from left to right, none inside another: at each place the longest.
struct Words<'a> {
    words: &'a [(&'static str, Vec<PickerItemId>)],
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a [PickerItemId];

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            for (word, items) in self.words {
                if let Some(rest) = self.rest.strip_prefix(word) {
                    self.rest = rest;
                    return Some(items);
                }
            }
            let mut chars = self.rest.chars();
            chars.next()?;
            self.rest = chars.as_str();
        }
    }
}

/// Reads the table; `None` if a line is not a middle class, an item and words.
fn parse(table: &'static str) -> Option<BTreeMap<u8, Rules>> {
    let mut rules: BTreeMap<u8, Rules> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (middle, item, words) = (columns.next()?, columns.next()?, columns.next()?);
        let item = PickerItemId::from_code(item)?;
        let of_middle = rules.entry(middle.parse().ok()?).or_default();
        words.split(' ').for_each(|word| of_middle.add(item, word));
    }
    Some(rules)
}

/// The picker items of a posting, sorted: by the middle class of its occupation (1–99) and its job title in the form that searches use
/// (NFKC, lower case). A known middle class gives at least one item, another one none.
#[must_use]
pub fn picker_items(middle: u8, title: &str) -> Vec<PickerItemId> {
    RULES.get(&middle).map_or_else(Vec::new, |rules| rules.items(title))
}

#[cfg(test)]
mod tests {
    use super::super::picker_codes;
    use super::*;
    use std::collections::BTreeSet;
    use unicode_normalization::UnicodeNormalization;

    fn codes(middle: u8, title: &str) -> String {
        let title: String = title.nfkc().collect::<String>().to_lowercase();
        picker_items(middle, &title).into_iter().map(PickerItemId::code).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_middle_class_has_an_item_for_postings_whose_titles_say_nothing() {
        assert!(RULES.keys().copied().eq(1..=99));
        for middle in 1..=99 {
            assert!(!picker_items(middle, "").is_empty(), "{middle:03}");
        }
    }

    #[test]
    fn every_item_of_the_picker_has_postings() {
        let rules = RULES.values();
        let used = rules.flat_map(|r| r.always.iter().chain(&r.otherwise).chain(r.words.iter().flat_map(|(_, items)| items)));
        let used: BTreeSet<String> = used.map(|item| item.code()).collect();
        let all: BTreeSet<String> = picker_codes().filter(|code| code.len() > 2).collect();
        assert_eq!(used, all);
    }

    #[test]
    fn words_are_written_as_titles_are_searched() {
        for (word, _) in RULES.values().flat_map(|rules| &rules.words) {
            assert!(!word.is_empty());
            assert_eq!(*word, word.nfkc().collect::<String>().to_lowercase());
        }
    }

    #[test]
    fn no_row_and_no_word_of_a_row_stands_twice() {
        let mut rows = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (row, words) = line.rsplit_once('\t').expect("three columns");
            assert!(rows.insert(row), "{row}");
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{row}");
        }
    }

    #[test]
    fn the_first_and_longest_word_of_a_title_counts() {
        assert_eq!(codes(23, "看護師"), "07-03");
        assert_eq!(codes(23, "准看護師"), "07-04");
        assert_eq!(codes(23, "看護師／准看護師"), "07-03 07-04");
        assert_eq!(codes(23, "正・准看護師（外来）"), "07-03 07-04");
        assert_eq!(codes(30, "学童保育指導員"), "06-03");
    }

    #[test]
    fn titles_find_the_items_that_a_seeker_would_look_in() {
        let table = [
            (50, "介護職員（特別養護老人ホーム）", "05-01"),
            (50, "介護助手", "04-15 05-01"),
            (34, "一般事務", "01-01"),
            (34, "受付事務", "01-03"),
            (37, "医療事務", "01-04 07-15"),
            (37, "介護事務", "01-04"),
            (43, "ＣＡＤオペレーター", "01-12 08-11"),
            (45, "レジ係（スーパー）", "03-01 03-02"),
            (45, "販売スタッフ", "03-10"),
            (45, "品出し", "03-11 13-11"),
            (49, "放課後等デイサービスの児童指導員", "05-06"),
            (49, "デイサービスの生活相談員", "05-04 05-07"),
            (55, "調理補助（病院給食）", "04-10 04-12"),
            (59, "交通誘導警備員", "11-02"),
            (83, "４ｔトラック運転手", "12-01"),
            (83, "大型ダンプ運転手", "10-06 12-03"),
            (83, "ごみ収集車の運転手", "12-04 13-02"),
            (88, "フォークリフトオペレーター", "12-09 13-03"),
            (90, "型枠大工", "10-04"),
            (91, "大工", "10-01"),
            (8, "土木施工管理技士", "09-02 10-13"),
            (8, "施工管理", "09-01 09-02 10-12 10-13"),
            (0, "介護職員", ""),
            (100, "介護職員", ""),
        ];
        for (middle, title, expected) in table {
            assert_eq!(codes(middle, title), expected, "{middle:03} {title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_posting_with_a_known_middle_class_has_items_sorted_and_each_once(middle in 1_u8..=99, title in ".{0,40}") {
            let items = picker_items(middle, &title);
            proptest::prop_assert!(!items.is_empty());
            proptest::prop_assert!(items.is_sorted_by(|a, b| a < b));
        }
    }
}
