//! Where the invented employers are: real municipalities, weighted by how many people live there, with invented streets and stations.

use super::dice::{Dice, len};
use super::texts::wide;
use crate::places::{Municipality, PREFECTURES, municipalities};

/// People in each prefecture in JIS order, tens of thousands, rounded [own]: so that the demo is spread as the country is.
const PEOPLE: [u32; 47] = [
    522, 124, 121, 230, 96, 107, 183, 287, 193, 194, 734, 628, 1405, 924, 220, 103, 113, 77, 81, 205, 198, 363, 754, 177, 141, 258, 884,
    547, 132, 92, 55, 67, 189, 280, 134, 72, 95, 133, 69, 514, 81, 131, 174, 112, 107, 159, 147,
];

/// Wages of each prefecture in JIS order, per cent of the country's middle [own].
const WAGES: [u32; 47] = [
    98, 91, 91, 97, 91, 92, 92, 99, 98, 97, 106, 106, 114, 113, 96, 98, 97, 97, 97, 98, 99, 101, 106, 99, 100, 103, 109, 103, 97, 95, 92,
    91, 96, 99, 95, 92, 96, 93, 91, 97, 91, 91, 91, 92, 91, 91, 91,
];

const LINES: [&str; 7] = ["架空線", "見本本線", "例示電鉄", "テスト市営地下鉄", "サンプル鉄道", "仮名高速線", "架空環状線"];
const STATION_FIRSTS: [&str; 8] = ["見本", "架空", "例示", "仮名", "北見本", "新架空", "南例示", "東仮名"];
const STATION_LASTS: [&str; 12] = ["台", "中央", "", "ケ丘", "公園前", "市役所前", "大橋", "温泉", "港", "学園前", "本町", "口"];
const STREETS: [&str; 8] = ["架空町", "見本町", "例示台", "仮名ケ丘", "字架空", "大字見本", "サンプル通り", "試作"];

/// A municipality of the country, likelier where more people live.
pub(super) fn anywhere(dice: &mut Dice) -> &'static Municipality {
    let prefecture = PREFECTURES[dice.weighted(PEOPLE.iter().copied())].code;
    in_prefecture(prefecture, dice)
}

/// A municipality of a prefecture, likelier a city than a town or village.
pub(super) fn in_prefecture(prefecture: u8, dice: &mut Dice) -> &'static Municipality {
    let all = municipalities(prefecture);
    let mut pick = || &all[dice.below(len(all)) as usize];
    let first = pick();
    if first.name.ends_with(['町', '村']) { pick() } else { first }
}

/// Wages there, per cent of the country's middle.
pub(super) fn wage_level(prefecture: u8) -> u32 {
    WAGES[usize::from(prefecture) - 1]
}

/// The prefecture's and the municipality's name.
pub(super) fn name_of(place: &Municipality) -> String {
    let mut name = String::with_capacity(40);
    name.push_str(PREFECTURES[usize::from(place.prefecture) - 1].name);
    name.push_str(place.name);
    name
}

/// An invented street in full width: 「架空町１－２－３」.
pub(super) fn street(dice: &mut Dice) -> String {
    let street = dice.pick(&STREETS);
    format!("{street}{}－{}－{}", wide(dice.between(1, 9)), wide(dice.between(1, 30)), wide(dice.between(1, 20)))
}

/// An invented postal code: none begins with 000.
pub(super) fn postal_code(dice: &mut Dice) -> String {
    format!("000-{:04}", dice.below(10_000))
}

/// An invented station with its line: 「架空線　見本台駅」.
pub(super) fn station(dice: &mut Dice) -> String {
    format!("{}　{}{}駅", dice.pick(&LINES), dice.pick(&STATION_FIRSTS), dice.pick(&STATION_LASTS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_prefecture_occurs_among_three_thousand_and_tokyo_most() {
        let mut dice = Dice::new(1, 9, 9);
        let mut hits: HashMap<u8, u32> = HashMap::new();
        for _ in 0..3000 {
            *hits.entry(anywhere(&mut dice).prefecture).or_default() += 1;
        }
        assert_eq!(hits.len(), 47);
        assert_eq!(hits.iter().max_by_key(|(_, count)| **count).map(|(code, _)| *code), Some(13));
    }
}
