//! 市区町村: the municipalities with their JIS codes, and the one that an address begins with.

use super::{PREFECTURES, split_prefecture};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A municipality, or a ward of a designated city (such a city itself has no row, its wards stand for it).
#[derive(Debug, PartialEq, Eq)]
pub struct Municipality {
    /// JIS X 0402 code without check digit, five digits as a number: 13101.
    pub code: u32,
    /// JIS code of its prefecture, 1–47.
    pub prefecture: u8,
    /// Name as in an address, after the prefecture: `千代田区`, `札幌市中央区`, `虻田郡倶知安町`.
    pub name: &'static str,
    /// The name in full-width katakana.
    pub kana: &'static str,
}

/// Japan Post's data; see `scripts/municipalities.py`.
const TABLE: &str = include_str!("../../data/municipalities.tsv");

/// All municipalities, sorted by code.
static ALL: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| parse(line).expect("the table of municipalities is part of the program and read whole by its tests")).collect()
});

/// For each prefecture the names under which its municipalities are found, spelled by [`canonical`].
static BY_NAME: LazyLock<Vec<HashMap<String, &'static Municipality>>> =
    LazyLock::new(|| PREFECTURES.iter().map(|prefecture| index(municipalities(prefecture.code))).collect());

/// Characters of the longest name of an index; no longer beginning of an address can be one.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| BY_NAME.iter().flat_map(HashMap::keys).map(|name| name.chars().count()).max().unwrap_or(0));

fn parse(line: &'static str) -> Option<Municipality> {
    let mut columns = line.split('\t');
    let (code, name, kana) = (columns.next()?, columns.next()?, columns.next()?);
    let prefecture = code.get(..2)?.parse().ok()?;
    Some(Municipality { code: code.parse().ok()?, prefecture, name, kana })
}

fn index(municipalities: &'static [Municipality]) -> HashMap<String, &'static Municipality> {
    let full = municipalities.iter().map(|m| (spell(m.name), m));
    let short = municipalities.iter().map(|m| (spell(short_name(m)), m));
    full.chain(short).collect()
}

/// The name without its 郡 or island, which addresses may leave out: `倶知安町`. Other names stay whole.
fn short_name(municipality: &Municipality) -> &'static str {
    let name = municipality.name;
    if !name.ends_with(['町', '村']) {
        return name;
    }
    // The data writes these two with their islands, which are no part of the official names.
    let island = ["三宅島", "八丈島"].into_iter().find_map(|island| name.strip_prefix(island));
    island.or_else(|| name.split_once('郡').map(|(_, short)| short)).unwrap_or(name)
}

/// The municipalities of a prefecture (JIS code 1–47), by code; none for another number.
#[must_use]
pub fn municipalities(prefecture: u8) -> &'static [Municipality] {
    let from = ALL.partition_point(|m| m.prefecture < prefecture);
    let to = ALL.partition_point(|m| m.prefecture <= prefecture);
    &ALL[from..to]
}

/// The municipality with this JIS code (five digits as a number).
#[must_use]
pub fn municipality(code: u32) -> Option<&'static Municipality> {
    ALL.binary_search_by_key(&code, |m| m.code).ok().map(|at| &ALL[at])
}

/// The municipality of an address that begins with its prefecture: `東京都千代田区丸の内1-1`. 郡 may stand or be missing, spaces do not
/// matter, nor do spellings in use beside the official one (`鎌ヶ谷市`, `塩釜市`). An address that names a designated city
/// without the ward has none; its prefecture is what [`super::find_prefecture`] says.
#[must_use]
pub fn find_municipality(address: &str) -> Option<&'static Municipality> {
    split_municipality(address).map(|(municipality, _)| municipality)
}

/// The municipality that [`find_municipality`] finds, and the rest of the address.
#[must_use]
pub fn split_municipality(address: &str) -> Option<(&'static Municipality, &str)> {
    let (prefecture, rest) = split_prefecture(address)?;
    let names = &BY_NAME[usize::from(prefecture.code) - 1];
    let mut beginning = String::with_capacity(64);
    let mut found = None;
    for (at, char) in rest.char_indices().filter(|(_, char)| !is_ignored(*char)).take(*LONGEST) {
        beginning.push(canonical(char));
        if matches!(char, '市' | '区' | '町' | '村') {
            // The longest name wins: 「町」 and 「市」 also stand inside names.
            found = names.get(&beginning).map(|municipality| (*municipality, &rest[at + char.len_utf8()..])).or(found);
        }
    }
    found
}

fn spell(name: &str) -> String {
    name.chars().map(canonical).collect()
}

/// Spaces, and the selectors that choose a glyph for the kanji before them.
const fn is_ignored(char: char) -> bool {
    matches!(char, ' ' | '　' | '\n' | '\r' | '\t' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// One character for those that addresses use in place of each other in names of municipalities.
const fn canonical(char: char) -> char {
    match char {
        'ケ' | 'ヵ' | 'が' | 'ガ' => 'ヶ',
        'の' | '之' => 'ノ',
        '鯵' => '鰺',
        '龍' => '竜',
        '桧' => '檜',
        '竈' | '竃' => '釜',
        '梼' => '檮',
        '舘' => '館',
        '禰' => '祢',
        '條' => '条',
        '澤' => '沢',
        '瀧' => '滝',
        '濱' => '浜',
        '嶋' => '島',
        '﨑' => '崎',
        '\u{fa10}' => '塚',
        '\u{fa19}' => '神',
        '瀨' => '瀬',
        '廣' => '広',
        '冨' => '富',
        '俱' => '倶',
        '曾' => '曽',
        '會' => '会',
        '彌' => '弥',
        '惠' => '恵',
        '礪' => '砺',
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn found(address: &str) -> Option<u32> {
        find_municipality(address).map(|m| m.code)
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.iter().all(|line| parse(line).is_some_and(|m| format!("{:05}\t{}\t{}", m.code, m.name, m.kana) == **line)));
        assert_eq!(lines.len(), ALL.len());
        assert!(ALL.is_sorted_by(|a, b| a.code < b.code), "codes are sorted and different");
    }

    #[test]
    fn the_country_has_1718_municipalities_23_special_wards_and_171_wards_in_20_designated_cities() {
        let wards: Vec<&str> =
            ALL.iter().filter_map(|m| m.name.ends_with('区').then(|| m.name.split_once('市'))?).map(|(city, _)| city).collect();
        assert_eq!(wards.len(), 171);
        assert_eq!(wards.iter().collect::<HashSet<_>>().len(), 20);
        assert_eq!(ALL.iter().filter(|m| m.name.ends_with('区') && !m.name.contains('市')).count(), 23);
        // The six villages of the Northern Territories have no postal codes; the designated cities stand as their wards.
        assert_eq!(ALL.len(), 1718 + 23 + 171 - 20);
    }

    #[test]
    fn every_prefecture_has_its_municipalities_and_every_code_its_municipality() {
        for prefecture in &PREFECTURES {
            assert!(municipalities(prefecture.code).len() >= 15, "{}", prefecture.name);
            assert!(municipalities(prefecture.code).iter().all(|m| m.code / 1000 == u32::from(prefecture.code)));
        }
        assert_eq!(PREFECTURES.iter().map(|p| municipalities(p.code).len()).sum::<usize>(), ALL.len());
        assert!(municipalities(0).is_empty() && municipalities(48).is_empty());
        assert!(ALL.iter().all(|m| municipality(m.code) == Some(m)));
        assert_eq!(municipality(13_100), None);
    }

    #[test]
    fn names_are_kanji_and_kana_and_readings_are_full_width_katakana() {
        for Municipality { name, kana, .. } in ALL.iter() {
            assert!(name.ends_with(['市', '区', '町', '村']), "{name}");
            assert!(kana.chars().all(|c| matches!(c, 'ァ'..='ヴ' | 'ー')) && kana.chars().count() >= name.chars().count(), "{kana}");
        }
    }

    #[test]
    fn every_municipality_is_found_in_an_address_of_its_own_with_and_without_its_district() {
        for m in ALL.iter() {
            let prefecture = PREFECTURES[usize::from(m.prefecture) - 1].name;
            for name in [m.name, short_name(m)] {
                for rest in ["", "1-2-3", "１丁目２番", "中央区町村市", "本町1-1", "市場町", "大字村中"] {
                    let address = format!("{prefecture}{name}{rest}");
                    assert_eq!(find_municipality(&address), Some(m), "{address}");
                }
            }
        }
    }

    #[test]
    fn no_two_names_of_a_prefecture_are_spelled_the_same() {
        for (names, prefecture) in BY_NAME.iter().zip(&PREFECTURES) {
            let all: Vec<&str> = municipalities(prefecture.code).iter().flat_map(|m| [m.name, short_name(m)]).collect();
            assert_eq!(names.len(), all.iter().collect::<HashSet<_>>().len(), "{}", prefecture.name);
        }
    }

    #[test]
    fn addresses_as_people_write_them_are_found() {
        let table = [
            ("東京都千代田区丸の内1-1", Some(13_101)),
            ("北海道虻田郡倶知安町北1条", Some(1_400)),
            ("北海道倶知安町", Some(1_400)),
            ("北海道札幌市中央区北四条西５丁目", Some(1_101)),
            ("北海道　札幌市　中央区", Some(1_101)),
            ("千葉県鎌ヶ谷市新鎌ケ谷", Some(12_224)),
            ("千葉県袖ヶ浦市", Some(12_229)),
            ("神奈川県横浜市保土ヶ谷区", Some(14_106)),
            ("神奈川県茅ケ崎市", Some(14_207)),
            ("茨城県竜ヶ崎市", Some(8_208)),
            ("宮城県塩釜市", Some(4_203)),
            ("東京都八丈町大賀郷", Some(13_401)),
            ("東京都三宅島三宅村", Some(13_381)),
            ("奈良県葛\u{e0100}城市", Some(29_211)),
            ("三重県四日市市諏訪町", Some(24_202)),
            ("広島県廿日市市", Some(34_213)),
            ("福島県郡山市", Some(7_203)),
            ("兵庫県赤穂郡上郡町", Some(28_481)),
            ("奈良県大和郡山市", Some(29_203)),
            ("東京都町田市", Some(13_209)),
            ("東京都村山市", None),
            ("神奈川県横浜市", None),
            ("東京都", None),
            ("千代田区丸の内", None),
            ("", None),
        ];
        for (address, code) in table {
            assert_eq!(found(address), code, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,40}", m in 0..ALL.len()) {
            let prefecture = PREFECTURES[usize::from(ALL[m].prefecture) - 1].name;
            let found = find_municipality(&format!("{prefecture}{text}"));
            proptest::prop_assert!(found.is_none_or(|found| found.prefecture == ALL[m].prefecture));
        }
    }
}
