//! Invented employers: chains with many postings in many places, and local ones with a few.

use super::dice::Dice;
use super::places;
use super::tables::{TRADES, Trade};
use super::template::{Scene, fill};
use crate::places::Municipality;

/// An employer; the same number and seed give the same one.
pub(super) struct Employer {
    pub number: u64,
    pub trade: &'static Trade,
    /// Middle class of the industry classification.
    pub industry: u8,
    pub name: String,
    pub kana: String,
    /// Where its head office is.
    pub seat: &'static Municipality,
    pub is_chain: bool,
    /// People in the whole enterprise.
    pub staff: u32,
    /// Its own stream of chance: what is said about the employer is the same in all its postings.
    pub dice: Dice,
}

/// How many employers are chains.
const CHAINS: u32 = 400;
/// How many employers take seasonal workers and migrants.
const SEASONAL: u32 = 120;
/// The trades that do.
const SEASONAL_TRADES: [&str; 5] = ["farm", "construction", "hotel", "food", "machine"];
/// Local employers are numbered from here; each has this many places in the order of postings, a part of which chains take.
const FIRST_LOCAL: u64 = 1000;
const POSTINGS_EACH: u64 = 4;
/// Share of postings that chains offer, in thousandths.
const CHAIN_SHARE: u32 = 260;

const PURPOSE: u64 = 2;

/// First parts of names with their readings: words that say "this is a sample".
const FIRSTS: [(&str, &str); 12] = [
    ("見本", "ミホン"),
    ("架空", "カクウ"),
    ("例示", "レイジ"),
    ("仮名", "カメイ"),
    ("試作", "シサク"),
    ("テスト", "テスト"),
    ("サンプル", "サンプル"),
    ("ひな形", "ヒナガタ"),
    ("みほん", "ミホン"),
    ("ダミー", "ダミー"),
    ("お試し", "オタメシ"),
    ("新見本", "シンミホン"),
];

/// Second parts of names.
const SECONDS: [(&str, &str); 40] = [
    ("みどり", "ミドリ"),
    ("ひかり", "ヒカリ"),
    ("あおぞら", "アオゾラ"),
    ("さくら", "サクラ"),
    ("こもれび", "コモレビ"),
    ("つばさ", "ツバサ"),
    ("やまなみ", "ヤマナミ"),
    ("しらなみ", "シラナミ"),
    ("大空", "オオゾラ"),
    ("若葉", "ワカバ"),
    ("朝日", "アサヒ"),
    ("夕凪", "ユウナギ"),
    ("銀河", "ギンガ"),
    ("北斗", "ホクト"),
    ("南風", "ミナミカゼ"),
    ("青葉", "アオバ"),
    ("千歳", "チトセ"),
    ("八雲", "ヤクモ"),
    ("双葉", "フタバ"),
    ("三日月", "ミカヅキ"),
    ("ほほえみ", "ホホエミ"),
    ("なごみ", "ナゴミ"),
    ("まごころ", "マゴコロ"),
    ("かがやき", "カガヤキ"),
    ("ときわ", "トキワ"),
    ("いずみ", "イズミ"),
    ("すばる", "スバル"),
    ("ふるさと", "フルサト"),
    ("やすらぎ", "ヤスラギ"),
    ("たいよう", "タイヨウ"),
    ("東", "ヒガシ"),
    ("西", "ニシ"),
    ("中央", "チュウオウ"),
    ("第一", "ダイイチ"),
    ("第二", "ダイニ"),
    ("ネクスト", "ネクスト"),
    ("フロンティア", "フロンティア"),
    ("ユニオン", "ユニオン"),
    ("ブリッジ", "ブリッジ"),
    ("ハーモニー", "ハーモニー"),
];

/// The employer of a posting.
pub(super) fn of(index: u64, seed: u64, is_seasonal: bool, dice: &mut Dice) -> Employer {
    if is_seasonal {
        return employer(u64::from(CHAINS + dice.below(SEASONAL)), seed);
    }
    if dice.permille(CHAIN_SHARE) {
        // The smaller of two: some chains are much larger than others.
        let number = dice.below(CHAINS).min(dice.below(CHAINS));
        return employer(u64::from(number), seed);
    }
    employer(FIRST_LOCAL + index / POSTINGS_EACH, seed)
}

fn employer(number: u64, seed: u64) -> Employer {
    let mut dice = Dice::new(seed, PURPOSE, number);
    let is_seasonal = number >= u64::from(CHAINS) && number < FIRST_LOCAL;
    let trade = if is_seasonal {
        let key = dice.pick(&SEASONAL_TRADES);
        TRADES.iter().find(|trade| trade.key == key).unwrap_or(&TRADES[0])
    } else {
        &TRADES[dice.weighted(TRADES.iter().map(|trade| trade.weight))]
    };
    let industry = trade.industries[dice.below(super::dice::len(&trade.industries)) as usize];
    let is_chain = number < u64::from(CHAINS);
    let (name, kana) = names(trade, &mut dice);
    let (least, most) = trade.staff;
    // Most employers are small: the least of three.
    let size = (0..3).map(|_| dice.between(least, most)).min().unwrap_or(least);
    let staff = if is_chain { most + dice.below(most * 3) } else { size };
    Employer { number, trade, industry, name, kana, seat: places::anywhere(&mut dice), is_chain, staff, dice }
}

/// Name and reading, with the full-width space that stands between legal form and name.
fn names(trade: &'static Trade, dice: &mut Dice) -> (String, String) {
    let legal = trade.legal[dice.below(super::dice::len(&trade.legal)) as usize];
    let (first, second) = (FIRSTS[dice.below(12) as usize], SECONDS[dice.below(40) as usize]);
    let ending = trade.endings[dice.below(super::dice::len(&trade.endings)) as usize];
    let name = format!("{}{}{}", first.0, second.0, ending.0);
    let kana = format!("{}{}{}", first.1, second.1, ending.1);
    let (stands_apart, reading) = legal_form(legal);
    if !stands_apart {
        return (name, kana);
    }
    // A company's form may stand behind its name; that of a foundation or school stands before it.
    if legal.ends_with("会社") && dice.permille(250) {
        return (format!("{name}　{legal}"), format!("{kana}{reading}"));
    }
    (format!("{legal}　{name}"), format!("{reading}{kana}"))
}

/// Whether a legal form is part of the name, and its reading.
fn legal_form(legal: &str) -> (bool, &'static str) {
    match legal {
        "株式会社" => (true, "カブシキガイシャ"),
        "有限会社" => (true, "ユウゲンガイシャ"),
        "合同会社" => (true, "ゴウドウガイシャ"),
        "社会福祉法人" => (true, "シャカイフクシホウジン"),
        "医療法人" => (true, "イリョウホウジン"),
        "医療法人社団" => (true, "イリョウホウジンシャダン"),
        "医療法人財団" => (true, "イリョウホウジンザイダン"),
        "一般財団法人" => (true, "イッパンザイダンホウジン"),
        "一般社団法人" => (true, "イッパンシャダンホウジン"),
        "公益財団法人" => (true, "コウエキザイダンホウジン"),
        "学校法人" => (true, "ガッコウホウジン"),
        "税理士法人" => (true, "ゼイリシホウジン"),
        "社会保険労務士法人" => (true, "シャカイホケンロウムシホウジン"),
        "農事組合法人" => (true, "ノウジクミアイホウジン"),
        "協同組合" => (true, "キョウドウクミアイ"),
        "ＮＰＯ法人" => (true, "エヌピーオーホウジン"),
        _ => (false, ""),
    }
}

impl Employer {
    /// 事業内容 and 会社の特長.
    pub(super) fn texts(&self) -> (String, String) {
        let mut dice = self.dice.clone();
        let scene = Scene { place: self.seat.name, tools: &[] };
        let (mut business, mut strengths) = (String::with_capacity(200), String::with_capacity(300));
        fill(dice.pick(&self.trade.business), scene, &mut dice, &mut business);
        fill(dice.pick(&self.trade.strengths), scene, &mut dice, &mut strengths);
        (business, strengths)
    }

    /// 事業所番号: `1301-123456-1`, the employer's own.
    pub(super) fn establishment_number(&self) -> String {
        let office = u64::from(self.seat.prefecture) * 100 + self.number % 9 + 1;
        format!("{office:04}-{:06}-{}", self.number % 1_000_000, self.number / 1_000_000 % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::number::EstablishmentNumber;

    #[test]
    fn an_employer_is_the_same_in_all_its_postings() {
        for number in [0, 399, 450, 1000, 123_456] {
            let (one, other) = (employer(number, 7), employer(number, 7));
            assert_eq!((&one.name, &one.kana, one.texts()), (&other.name, &other.kana, other.texts()));
            assert!(one.establishment_number().parse::<EstablishmentNumber>().is_ok());
        }
    }

    #[test]
    fn every_legal_form_of_the_table_is_known() {
        let outside = ["個人事業", "地方公共団体"];
        for trade in TRADES.iter() {
            assert!(trade.legal.iter().all(|legal| legal_form(legal).0 || outside.contains(legal)), "{}", trade.key);
        }
    }

    #[test]
    fn every_name_begins_with_a_word_that_says_it_is_a_sample() {
        for number in 0..500 {
            let name = employer(number, 1).name;
            assert!(FIRSTS.iter().any(|(word, _)| name.contains(word)), "{name}");
        }
    }
}
