//! The barrier-free facts that every official posting carries and that our own search asks for (DOMAIN.md).

use super::dice::Dice;
use super::offer::Offer;
use crate::postings::record::Record;

/// Items with the share of those who have it, in thousandths [own]. The feed's own names are not publicly known (FEED.md).
const FACTS: [(&str, u32); 7] = [
    ("bf_elevator", 420),
    ("bf_braille", 60),
    ("bf_handrails", 400),
    ("bf_wheelchair", 330),
    ("bf_toilet", 380),
    ("bf_restroom", 560),
    ("bf_jobcoach", 40),
];

/// Other things that employers write.
const OTHERS: [&str; 6] = [
    "入口にスロープあり",
    "拡大読書器、音声読み上げソフト",
    "筆談・ＵＤトークに対応",
    "車いす用の駐車場（屋根付き）",
    "静養できる個室、時差出勤",
    "点字ブロックは正面入口のみ",
];

/// States the facts in nearly half of all postings and in nearly all reserved ones.
pub(super) fn push(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    if !dice.permille(if offer.is_reserved { 960 } else { 450 }) {
        return;
    }
    let favour = if offer.is_reserved { 250 } else { 0 };
    for (tag, share) in FACTS {
        match dice.below(20) {
            0 => record.push(tag, "未選択"),
            1..=3 => {}
            _ => record.push(tag, if dice.permille(share + favour) { "あり" } else { "なし" }),
        }
    }
    if dice.permille(100 + favour) {
        record.push("bf_other", dice.pick(&OTHERS));
    }
}
