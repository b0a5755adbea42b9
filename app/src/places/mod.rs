//! Places of Japan: the 47 prefectures and (on the server) the municipalities, with their JIS codes.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod municipalities;
#[cfg(feature = "ssr")]
pub mod postal;

#[cfg(feature = "ssr")]
pub use municipalities::{Municipality, find_municipality, municipalities, municipality, split_municipality};

use serde::{Deserialize, Serialize};

/// A municipality as the browser gets it: the table of all stays on the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct City {
    /// JIS code of five digits, as in URLs.
    pub code: String,
    /// Name as in an address, after the prefecture.
    pub name: String,
}

/// The municipalities of a prefecture (JIS code 1–47), by code; none for another number.
#[cfg(feature = "ssr")]
#[must_use]
pub fn cities(prefecture: u8) -> Vec<City> {
    municipalities(prefecture).iter().map(|m| City { code: format!("{:05}", m.code), name: m.name.to_owned() }).collect()
}

/// A prefecture.
#[derive(Debug, PartialEq, Eq)]
pub struct Prefecture {
    /// JIS X 0401 code, 1–47; written with two digits in URLs and in the feed.
    pub code: u8,
    /// Full name: `東京都`.
    pub name: &'static str,
    /// Full-width katakana: `トウキョウト`.
    pub kana: &'static str,
    /// Where the search form lists it.
    pub region: Region,
}

/// A region: how the search form groups the prefectures [own].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names of regions explain themselves")]
pub enum Region {
    HokkaidoTohoku,
    Kanto,
    KoshinetsuHokuriku,
    Tokai,
    Kinki,
    Chugoku,
    Shikoku,
    KyushuOkinawa,
}

impl Region {
    /// All regions from north to south.
    pub const ALL: [Self; 8] = [
        Self::HokkaidoTohoku,
        Self::Kanto,
        Self::KoshinetsuHokuriku,
        Self::Tokai,
        Self::Kinki,
        Self::Chugoku,
        Self::Shikoku,
        Self::KyushuOkinawa,
    ];

    /// The Japanese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HokkaidoTohoku => "北海道・東北",
            Self::Kanto => "関東",
            Self::KoshinetsuHokuriku => "甲信越・北陸",
            Self::Tokai => "東海",
            Self::Kinki => "近畿",
            Self::Chugoku => "中国",
            Self::Shikoku => "四国",
            Self::KyushuOkinawa => "九州・沖縄",
        }
    }

    /// Its prefectures in JIS order.
    pub fn prefectures(self) -> impl Iterator<Item = &'static Prefecture> {
        PREFECTURES.iter().filter(move |prefecture| prefecture.region == self)
    }
}

const fn row(code: u8, name: &'static str, kana: &'static str, region: Region) -> Prefecture {
    Prefecture { code, name, kana, region }
}

/// The 47 prefectures in JIS order (JIS X 0401).
pub static PREFECTURES: [Prefecture; 47] = [
    row(1, "北海道", "ホッカイドウ", Region::HokkaidoTohoku),
    row(2, "青森県", "アオモリケン", Region::HokkaidoTohoku),
    row(3, "岩手県", "イワテケン", Region::HokkaidoTohoku),
    row(4, "宮城県", "ミヤギケン", Region::HokkaidoTohoku),
    row(5, "秋田県", "アキタケン", Region::HokkaidoTohoku),
    row(6, "山形県", "ヤマガタケン", Region::HokkaidoTohoku),
    row(7, "福島県", "フクシマケン", Region::HokkaidoTohoku),
    row(8, "茨城県", "イバラキケン", Region::Kanto),
    row(9, "栃木県", "トチギケン", Region::Kanto),
    row(10, "群馬県", "グンマケン", Region::Kanto),
    row(11, "埼玉県", "サイタマケン", Region::Kanto),
    row(12, "千葉県", "チバケン", Region::Kanto),
    row(13, "東京都", "トウキョウト", Region::Kanto),
    row(14, "神奈川県", "カナガワケン", Region::Kanto),
    row(15, "新潟県", "ニイガタケン", Region::KoshinetsuHokuriku),
    row(16, "富山県", "トヤマケン", Region::KoshinetsuHokuriku),
    row(17, "石川県", "イシカワケン", Region::KoshinetsuHokuriku),
    row(18, "福井県", "フクイケン", Region::KoshinetsuHokuriku),
    row(19, "山梨県", "ヤマナシケン", Region::KoshinetsuHokuriku),
    row(20, "長野県", "ナガノケン", Region::KoshinetsuHokuriku),
    row(21, "岐阜県", "ギフケン", Region::Tokai),
    row(22, "静岡県", "シズオカケン", Region::Tokai),
    row(23, "愛知県", "アイチケン", Region::Tokai),
    row(24, "三重県", "ミエケン", Region::Tokai),
    row(25, "滋賀県", "シガケン", Region::Kinki),
    row(26, "京都府", "キョウトフ", Region::Kinki),
    row(27, "大阪府", "オオサカフ", Region::Kinki),
    row(28, "兵庫県", "ヒョウゴケン", Region::Kinki),
    row(29, "奈良県", "ナラケン", Region::Kinki),
    row(30, "和歌山県", "ワカヤマケン", Region::Kinki),
    row(31, "鳥取県", "トットリケン", Region::Chugoku),
    row(32, "島根県", "シマネケン", Region::Chugoku),
    row(33, "岡山県", "オカヤマケン", Region::Chugoku),
    row(34, "広島県", "ヒロシマケン", Region::Chugoku),
    row(35, "山口県", "ヤマグチケン", Region::Chugoku),
    row(36, "徳島県", "トクシマケン", Region::Shikoku),
    row(37, "香川県", "カガワケン", Region::Shikoku),
    row(38, "愛媛県", "エヒメケン", Region::Shikoku),
    row(39, "高知県", "コウチケン", Region::Shikoku),
    row(40, "福岡県", "フクオカケン", Region::KyushuOkinawa),
    row(41, "佐賀県", "サガケン", Region::KyushuOkinawa),
    row(42, "長崎県", "ナガサキケン", Region::KyushuOkinawa),
    row(43, "熊本県", "クマモトケン", Region::KyushuOkinawa),
    row(44, "大分県", "オオイタケン", Region::KyushuOkinawa),
    row(45, "宮崎県", "ミヤザキケン", Region::KyushuOkinawa),
    row(46, "鹿児島県", "カゴシマケン", Region::KyushuOkinawa),
    row(47, "沖縄県", "オキナワケン", Region::KyushuOkinawa),
];

/// The prefectures as options of a list, by region: JIS code of two digits and name.
#[must_use]
pub fn prefecture_options() -> Vec<(&'static str, Vec<(String, String)>)> {
    let of = |region: Region| region.prefectures().map(|p| (format!("{:02}", p.code), p.name.to_owned())).collect();
    Region::ALL.into_iter().map(|region| (region.name(), of(region))).collect()
}

/// The prefecture with this JIS code, 1–47.
#[must_use]
pub fn prefecture(code: u8) -> Option<&'static Prefecture> {
    PREFECTURES.get(usize::from(code.checked_sub(1)?))
}

/// The prefecture that a Japanese address begins with. Spaces before it do not matter.
#[must_use]
pub fn find_prefecture(address: &str) -> Option<&'static Prefecture> {
    split_prefecture(address).map(|(prefecture, _)| prefecture)
}

/// The prefecture that an address begins with, and the rest of the address.
#[must_use]
pub fn split_prefecture(address: &str) -> Option<(&'static Prefecture, &str)> {
    let address = address.trim_start();
    PREFECTURES.iter().find_map(|prefecture| Some((prefecture, address.strip_prefix(prefecture.name)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefectures_stand_in_the_order_of_their_codes() {
        for code in 1..=47 {
            assert_eq!(prefecture(code).map(|p| p.code), Some(code));
        }
        assert_eq!(prefecture(0), None);
        assert_eq!(prefecture(48), None);
    }

    #[test]
    fn a_prefecture_ends_with_its_kind_in_kanji_as_in_kana() {
        for Prefecture { name, kana, .. } in &PREFECTURES {
            let kinds = [("都", "ト"), ("道", "ドウ"), ("府", "フ"), ("県", "ケン")];
            assert!(kinds.iter().any(|(kanji, reading)| name.ends_with(kanji) && kana.ends_with(reading)), "{name} {kana}");
        }
    }

    #[test]
    fn every_prefecture_stands_in_exactly_one_region() {
        let listed: Vec<u8> = Region::ALL.into_iter().flat_map(Region::prefectures).map(|p| p.code).collect();
        assert_eq!(listed, (1..=47).collect::<Vec<u8>>());
    }

    #[test]
    fn the_prefecture_of_an_address_is_what_it_begins_with() {
        let found = |address| find_prefecture(address).map(|p| p.code);
        assert_eq!(found("東京都千代田区丸の内1-1"), Some(13));
        assert_eq!(found("京都府京都市中京区"), Some(26));
        assert_eq!(found("　神奈川県横浜市"), Some(14));
        assert_eq!(found("北海道"), Some(1));
        assert_eq!(found("東京"), None);
        assert_eq!(found("千代田区（東京都）"), None);
        assert_eq!(found(""), None);
    }
}
