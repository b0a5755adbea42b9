//! Working hours and days off that go with the job.

use super::dice::Dice;
use super::head::yes_no;
use super::offer::Offer;
use super::tables::{PHRASES, Shape};
use super::template::{Scene, fill};
use super::texts::{push_time, push_wide, wide};
use crate::postings::facts::WorkTime;
use crate::postings::record::Record;

/// Start and end in quarters of an hour since midnight; an end that is not later than the start is on the next day.
type Span = (u32, u32);

const OFFICE: [Span; 6] = [(36, 72), (34, 70), (34, 69), (33, 68), (35, 71), (40, 76)];
const DAY: [Span; 6] = [(32, 68), (34, 70), (33, 69), (36, 72), (30, 66), (32, 67)];
const EARLY: [Span; 5] = [(20, 56), (24, 60), (26, 62), (28, 64), (16, 52)];
const EVENING: [Span; 4] = [(52, 88), (56, 92), (40, 76), (48, 84)];
const LATE: [Span; 4] = [(44, 80), (42, 78), (48, 84), (52, 88)];
/// Past midnight.
const NIGHT: [Span; 5] = [(66, 38), (64, 36), (80, 20), (88, 28), (72, 32)];
const PART: [Span; 10] = [(36, 52), (36, 60), (40, 64), (52, 68), (34, 50), (24, 40), (68, 84), (32, 56), (60, 76), (36, 64)];

/// 労働時間.
pub(super) fn push(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let spans = spans(offer, dice);
    let form = hours_form(offer, spans.len(), dice);
    if let Some(form) = form {
        record.push("shgjnkeitai_n", form);
    }
    let mut all = String::with_capacity(200);
    if let Some(form) = form {
        all.push_str(form);
    }
    for (at, span) in (1_u32..).zip(&spans) {
        let mut text = String::with_capacity(48);
        push_span(&mut text, *span, dice);
        if !all.is_empty() {
            all.push('　');
        }
        all.push('（');
        push_wide(&mut all, at);
        all.push('）');
        all.push_str(&text);
        record.push(format!("shgjn{at}_open_close"), text);
    }
    if offer.job.shape == Shape::Free || (offer.time == WorkTime::Part && dice.permille(150)) {
        let or = format!("又は　８時００分～１９時００分の間の{}時間以上", wide(dice.between(2, 6)));
        all.push('　');
        all.push_str(&or);
        record.push("shgjnor", or);
    }
    if spans.is_empty() || dice.permille(650) {
        record.push("shgjn", all);
    }
    push_notes(record, offer, dice);
    push_days_off(record, offer, dice);
}

fn spans(offer: &Offer, dice: &mut Dice) -> Vec<Span> {
    if offer.time == WorkTime::Part && !matches!(offer.job.shape, Shape::Night) {
        return several(&PART, dice.between(1, 3), dice);
    }
    match offer.job.shape {
        Shape::Office => several(&OFFICE, 1, dice),
        Shape::Day | Shape::Free => several(&DAY, 1 + u32::from(dice.permille(250)), dice),
        Shape::Early => several(&EARLY, 1 + u32::from(dice.permille(300)), dice),
        Shape::Evening => several(&EVENING, 1 + u32::from(dice.permille(300)), dice),
        Shape::Shift => {
            let mut spans = several(&DAY, 1, dice);
            spans.push(LATE[dice.below(4) as usize]);
            if dice.permille(600) {
                spans.push(NIGHT[dice.below(5) as usize]);
            }
            spans
        }
        Shape::Night => {
            let mut spans = several(&NIGHT, 1, dice);
            if dice.permille(600) {
                spans.insert(0, DAY[dice.below(6) as usize]);
            }
            spans
        }
    }
}

/// So many different ones, in the order of the table from a first one on.
fn several(from: &[Span], count: u32, dice: &mut Dice) -> Vec<Span> {
    let first = dice.below(super::dice::len(from));
    (0..count).map(|n| from[((first + n) % super::dice::len(from)) as usize]).collect()
}

fn hours_form(offer: &Offer, patterns: usize, dice: &mut Dice) -> Option<&'static str> {
    match offer.job.shape {
        Shape::Shift | Shape::Night if patterns > 1 => {
            Some(dice.pick(&["交替制（シフト制）", "交替制（シフト制）", "変形労働時間制（１ヶ月単位）"]))
        }
        Shape::Office if offer.is_remote => Some("フレックスタイム制"),
        _ => match dice.below(10) {
            0 => Some("変形労働時間制（１年単位）"),
            1 => Some("変形労働時間制（１ヶ月単位）"),
            2 => Some("未選択"),
            _ => None,
        },
    }
}

fn push_span(out: &mut String, (from, to): Span, dice: &mut Dice) {
    push_time(out, from * 15);
    out.push('～');
    if to <= from && dice.permille(300) {
        out.push('翌');
    }
    push_time(out, to * 15);
}

fn push_notes(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let scene = Scene { place: offer.place.name, tools: &[] };
    if dice.permille(500) {
        let mut note = String::with_capacity(160);
        fill(dice.pick(&PHRASES.hours), scene, dice, &mut note);
        record.push("shgjn_tkjk", note);
    }
    record.push(
        "kyukeijn_n",
        if offer.time == WorkTime::Part { dice.pick(&["0", "45", "60"]) } else { dice.pick(&["60", "60", "60", "90", "75"]) },
    );
    if offer.time == WorkTime::Part {
        record.push("shurdnisu", format!("週{}日～週{}日", wide(dice.between(2, 3)), wide(dice.between(4, 5))));
    }
    let overtime = dice.permille(if offer.time == WorkTime::Part { 250 } else { 700 });
    record.push("jkgi_umu_n", yes_no(overtime));
    if overtime {
        record.push("jkgi_thkinjn_ji_n", if offer.time == WorkTime::Part { dice.between(1, 10) } else { dice.between(2, 40) }.to_string());
        record.push("sanrokukyotei", yes_no(dice.permille(300)));
    }
}

/// Days off by weekday, with their tags in the order of the week.
const WEEK: [(&str, &str); 8] = [
    ("kyjs_mon", "月"),
    ("kyjs_tue", "火"),
    ("kyjs_wed", "水"),
    ("kyjs_thu", "木"),
    ("kyjs_fri", "金"),
    ("kyjs_sat", "土"),
    ("kyjs_sun", "日"),
    ("kyjs_holiday", "祝日"),
];

fn push_days_off(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let fixed: &[usize] = match offer.job.shape {
        Shape::Office | Shape::Day | Shape::Free => {
            [&[5_usize, 6, 7][..], &[6, 7], &[5, 6], &[6], &[6, 3]][dice.weighted([50, 18, 15, 12, 5].into_iter())]
        }
        Shape::Evening | Shape::Early => [&[6_usize][..], &[6, 7], &[], &[2]][dice.weighted([40, 20, 25, 15].into_iter())],
        Shape::Shift | Shape::Night => [&[][..], &[6_usize], &[0], &[1]][dice.weighted([80, 8, 7, 5].into_iter())],
    };
    let mut text = String::with_capacity(48);
    for at in fixed {
        let (tag, name) = WEEK[*at];
        record.push(tag, "1");
        text.push_str(name);
        text.push('　');
    }
    let others = fixed.len() < 3;
    if others {
        text.push_str("その他");
    }
    record.push("kyjs", text.trim_end());
    let every_week = fixed.contains(&5) || dice.permille(250);
    record.push("sk2sei_n", if every_week { "毎週" } else { dice.pick(&["その他", "隔週", "なし", "未選択"]) });
    if others {
        let mut note = String::with_capacity(120);
        fill(dice.pick(&PHRASES.holidays), Scene { place: offer.place.name, tools: &[] }, dice, &mut note);
        record.push("kyjstosnta", note);
    }
    if offer.time == WorkTime::Full || dice.permille(400) {
        let days = if fixed.len() == 3 { dice.between(118, 130) } else { dice.between(98, 122) };
        record.push("nenkankjsu_n", days.to_string());
    }
    record.push("sixmonth_yukyukyuka_n", if offer.time == WorkTime::Full { "10" } else { dice.pick(&["5", "7", "10"]) });
}
