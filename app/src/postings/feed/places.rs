//! Where one works: prefecture and municipality from the addresses of a posting, and the station.

use super::items::{Items, first_of};
use super::numbers::{first_number, narrow, number_before};
use crate::places::{Municipality, find_municipality, find_prefecture, prefecture};

/// Minutes on foot that count as near a station (the official condition) [O].
const NEAR: u32 = 10;

/// The place of work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// JIS code of the prefecture.
    pub(super) prefecture: Option<u8>,
    /// JIS code of the municipality.
    pub(super) municipality: Option<u32>,
    /// 「東京都千代田区」: never more than the municipality.
    pub(super) name: Option<String>,
}

/// The place of work: the first of these that names a prefecture, a later one of the workplace only to add the municipality.
///
/// | item | what it is |
/// |---|---|
/// | `shgbsjusho1_n` | workplace, prefecture and municipality |
/// | `shgbsjusho` | workplace, full address |
/// | `jgshjusho_n`, `jgshszci` | the establishment's address, where the workplace is not stated |
pub(super) fn place(items: &Items<'_>) -> Place {
    let workplace = find([items.shgbsjusho1_n, items.shgbsjusho]);
    workplace.or_else(|| find([items.jgshjusho_n, items.jgshszci])).unwrap_or_default()
}

fn find(addresses: [&str; 2]) -> Option<Place> {
    let [first, second] = addresses.map(without_postal_code);
    let code = find_prefecture(first).or_else(|| find_prefecture(second))?.code;
    let municipality =
        find_municipality(first).or_else(|| find_municipality(second)).filter(|municipality| municipality.prefecture == code);
    let name = match municipality {
        Some(municipality) => full_name(code, municipality.name),
        None => full_name(code, city(if find_prefecture(first).is_some() { first } else { second })),
    };
    Some(Place { prefecture: Some(code), municipality: municipality.map(|m: &Municipality| m.code), name: Some(name) })
}

fn full_name(code: u8, municipality: &str) -> String {
    format!("{}{municipality}", prefecture(code).map_or("", |prefecture| prefecture.name))
}

/// The designated city of an address that does not name the ward: 「神奈川県横浜市」 gives 「横浜市」.
fn city(address: &str) -> &str {
    /// Characters of the longest name of a designated city, さいたま市.
    const LONGEST: usize = 5;
    let Some(prefecture) = find_prefecture(address) else { return "" };
    let rest = address.trim_start().strip_prefix(prefecture.name).unwrap_or("").trim_start();
    match rest.char_indices().take(LONGEST).find(|(_, c)| *c == '市') {
        Some((at, c)) => &rest[..at + c.len_utf8()],
        None => "",
    }
}

/// The address after 「〒100-0001」.
fn without_postal_code(address: &str) -> &str {
    match address.strip_prefix('〒') {
        Some(rest) => rest.trim_start_matches(|c| matches!(narrow(c), '0'..='9' | '-' | ' ' | 'ー')),
        None => address,
    }
}

/// 最寄り駅 with the way from it where stated: 「架空線　見本駅（徒歩8分）」.
pub(super) fn station(items: &Items<'_>) -> Option<String> {
    let name = station_name(items);
    if name.is_empty() {
        return None;
    }
    let (means, minutes) = (items.shgbs_jgshmade_kotsushudan_n, items.shgbs_jgshmade_shoyojn);
    let way = match first_number(minutes) {
        Some(minutes) if !name.contains('分') => format!("（{means}{minutes}分）"),
        _ => String::new(),
    };
    Some(format!("{}{way}", name.replace(['\n', '\r'], " ")))
}

/// `shgbs_myre`, unless it is a mere code; else `shgbs_myremjr`.
fn station_name<'a>(items: &Items<'a>) -> &'a str {
    let is_code = items.shgbs_myre.chars().all(|c| narrow(c).is_ascii_digit());
    if is_code { items.shgbs_myremjr } else { first_of(items.shgbs_myre, items.shgbs_myremjr) }
}

/// Whether the posting says that a station is at most ten minutes away on foot.
pub(super) fn is_near_station(items: &Items<'_>) -> bool {
    if station_name(items).is_empty() {
        return false;
    }
    let on_foot = |text: &str| text.split_once("徒歩").and_then(|(_, rest)| number_before(rest, "分")).is_some_and(|m| m <= NEAR);
    let by_items = items.shgbs_jgshmade_kotsushudan_n.contains("徒歩") && !items.shgbs_jgshmade_kotsushudan_n.contains(['車', 'バ']);
    (by_items && first_number(items.shgbs_jgshmade_shoyojn).is_some_and(|minutes| minutes <= NEAR))
        || on_foot(items.shgbs_myre)
        || on_foot(items.shgbs_myremjr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_the_workplace_else_the_establishment() {
        let table = [
            (["東京都千代田区", "東京都千代田区丸の内１－１", "大阪府大阪市北区"], (Some(13), Some(13101)), Some("東京都千代田区")),
            (["", "〒１００－０００５　東京都千代田区丸の内１－１", "大阪府大阪市北区"], (Some(13), Some(13101)), Some("東京都千代田区")),
            (["神奈川県横浜市", "神奈川県横浜市中区見本町１", ""], (Some(14), Some(14104)), Some("神奈川県横浜市中区")),
            (["神奈川県横浜市", "", ""], (Some(14), None), Some("神奈川県横浜市")),
            (["東京都", "神奈川県横浜市中区", ""], (Some(13), None), Some("東京都")),
            (["在宅", "", "北海道虻田郡倶知安町北１条"], (Some(1), Some(1400)), Some("北海道虻田郡倶知安町")),
            (["", "", ""], (None, None), None),
            (["横浜市中区", "", ""], (None, None), None),
        ];
        for ([short, full, establishment], codes, name) in table {
            let items = Items { shgbsjusho1_n: short, shgbsjusho: full, jgshjusho_n: establishment, ..Items::default() };
            let place = place(&items);
            assert_eq!((place.prefecture, place.municipality), codes, "{short} {full} {establishment}");
            assert_eq!(place.name.as_deref(), name);
        }
    }

    #[test]
    fn a_station_is_near_if_the_posting_says_at_most_ten_minutes_on_foot() {
        let items = |name, means, minutes| Items {
            shgbs_myre: name,
            shgbs_jgshmade_kotsushudan_n: means,
            shgbs_jgshmade_shoyojn: minutes,
            ..Items::default()
        };
        let table = [
            ("架空線　見本駅", "徒歩", "１０分", true),
            ("架空線　見本駅", "徒歩", "11", false),
            ("架空線　見本駅", "車", "5", false),
            ("架空線　見本駅", "徒歩・バス", "5", false),
            ("架空線　見本駅", "", "", false),
            ("架空線　見本駅から徒歩８分", "", "", true),
            ("架空線　見本駅　徒歩約１５分", "", "", false),
            ("", "徒歩", "5", false),
        ];
        for (name, means, minutes, near) in table {
            assert_eq!(is_near_station(&items(name, means, minutes)), near, "{name} {means} {minutes}");
        }
        assert_eq!(station(&items("架空線　見本駅", "徒歩", "８")).as_deref(), Some("架空線　見本駅（徒歩8分）"));
        assert_eq!(station(&items("架空線　見本駅　徒歩８分", "徒歩", "８")).as_deref(), Some("架空線　見本駅　徒歩８分"));
        assert_eq!(station(&items("", "徒歩", "８")), None);
        let coded = Items { shgbs_myre: "0123", shgbs_myremjr: "架空線　見本駅", ..Items::default() };
        assert_eq!(station(&coded).as_deref(), Some("架空線　見本駅"));
    }
}
