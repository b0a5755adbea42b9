//! Wages that go with the job, the place and the form of employment; (a), (b), (c) and (d) kept apart.

use super::dice::Dice;
use super::head::yes_no;
use super::offer::Offer;
use super::places;
use super::tables::Shape;
use super::texts::{push_amount, push_range, push_wide, wide};
use crate::postings::facts::{EmploymentForm, WageForm, WorkTime};
use crate::postings::record::Record;

/// Hours that a month's pay stands for [own].
const HOURS_A_MONTH: u32 = 168;
/// No posting pays less an hour, yen [own].
const LEAST_AN_HOUR: u32 = 1_060;
/// What one more hour of overtime costs, per cent of an hour's pay.
const OVERTIME_RATE: u32 = 125;

/// Names of fixed allowances with their lowest and highest amount a month, yen.
const ALLOWANCES: [(&str, u32, u32); 10] = [
    ("資格手当", 3_000, 20_000),
    ("処遇改善手当", 8_000, 40_000),
    ("職務手当", 5_000, 30_000),
    ("地域手当", 3_000, 15_000),
    ("精勤手当", 3_000, 10_000),
    ("調整手当", 5_000, 25_000),
    ("特殊業務手当", 5_000, 20_000),
    ("営業手当", 10_000, 40_000),
    ("現場手当", 5_000, 20_000),
    ("無事故手当", 5_000, 20_000),
];

/// What a unit of time pays, yen, from and to.
struct Pay {
    form: WageForm,
    from: u32,
    to: u32,
}

/// 賃金・手当.
pub(super) fn push(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let hour = an_hour(offer, dice);
    let pay = pay(offer, hour, dice);
    record.push("chgnkeitai_n", form_name(pay.form));
    record.push("khkykagen", pay.from.to_string());
    record.push("khkyjgn", pay.to.to_string());
    let mut text = String::with_capacity(64);
    push_range(&mut text, pay.from, pay.to);
    record.push("khky", text);
    let allowances = push_allowances(record, offer, &pay, dice);
    push_fixed_overtime(record, offer, &pay, hour, dice);
    // Present in about a fifth (FEED.md).
    if dice.permille(210) {
        record.push("chgnkeitai_kagen", (pay.from + allowances.0).to_string());
        record.push("chgnkeitai_jgn", (pay.to + allowances.1).to_string());
    }
    push_rest(record, offer, dice);
}

/// An hour's pay here for this job, yen.
fn an_hour(offer: &Offer, dice: &mut Dice) -> u32 {
    let (from, to) = offer.job.wage;
    let level = places::wage_level(offer.place.prefecture);
    let dispatched = matches!(offer.form, EmploymentForm::PermanentDispatch | EmploymentForm::FixedTermDispatch);
    // The lower of two: most offers stand in the lower half of their range.
    let hour = dice.between(from, to).min(dice.between(from, to)) * level / 100 + if dispatched { 120 } else { 0 };
    hour.max(LEAST_AN_HOUR * level / 100).max(LEAST_AN_HOUR)
}

fn pay(offer: &Offer, hour: u32, dice: &mut Dice) -> Pay {
    let weights: [u32; 4] = match offer.form {
        EmploymentForm::Regular => [90, 4, 4, 2],
        EmploymentForm::NonRegular | EmploymentForm::PermanentDispatch => [52, 8, 40, 0],
        EmploymentForm::FixedTermDispatch => [10, 2, 88, 0],
        // Nights of part-timers are of very different lengths: paid by the hour.
        EmploymentForm::PartTimer if offer.job.shape == Shape::Night => [0, 0, 1, 0],
        EmploymentForm::PartTimer => [2, 3, 95, 0],
    };
    let form = [WageForm::Monthly, WageForm::Daily, WageForm::Hourly, WageForm::Annual][dice.weighted(weights.into_iter())];
    let spread = if dice.permille(350) { 100 } else { dice.between(103, 140) };
    let (unit, step) = match form {
        WageForm::Monthly if offer.time == WorkTime::Part => (132, 1_000),
        WageForm::Monthly => (HOURS_A_MONTH, 1_000),
        WageForm::Daily => (if offer.time == WorkTime::Part { 6 } else { 8 }, 100),
        WageForm::Annual => (HOURS_A_MONTH * 15, 50_000),
        WageForm::Hourly | WageForm::Other => (1, 10),
    };
    let round = |yen: u32| yen.div_ceil(step) * step;
    Pay { form, from: round(hour * unit), to: round(hour * unit * spread / 100) }
}

const fn form_name(form: WageForm) -> &'static str {
    match form {
        WageForm::Monthly => "月給",
        WageForm::Daily => "日給",
        WageForm::Hourly => "時給",
        WageForm::Annual => "年俸",
        WageForm::Other => "その他",
    }
}

/// (b): up to three, one of which may be 「なし」. Gives their sum, from and to.
fn push_allowances(record: &mut Record, offer: &Offer, pay: &Pay, dice: &mut Dice) -> (u32, u32) {
    let (most, divisor, step) = match pay.form {
        WageForm::Monthly if offer.time == WorkTime::Full => (dice.below(4), 1, 500),
        WageForm::Hourly => (u32::from(dice.permille(120)), HOURS_A_MONTH, 10),
        WageForm::Daily => (u32::from(dice.permille(150)), 20, 100),
        _ => (0, 1, 1),
    };
    let first = dice.below(10);
    let mut sum = (0, 0);
    for n in 0..most {
        let (name, least, most) = ALLOWANCES[((first + n * 3) % 10) as usize];
        let round = |yen: u32| (yen / divisor).div_ceil(step) * step;
        let from = round(dice.between(least, most));
        let to = if dice.permille(400) { from + round(least) } else { from };
        let mut text = format!("{name}　");
        push_range(&mut text, from, to);
        record.push(format!("tgktat{}", n + 1), text);
        sum = (sum.0 + from, sum.1 + to);
    }
    if most == 0 && dice.permille(300) {
        record.push("tgktat1", "なし");
    }
    sum
}

/// (c): in some monthly and annual offers, with the hours it covers.
fn push_fixed_overtime(record: &mut Record, offer: &Offer, pay: &Pay, hour: u32, dice: &mut Dice) {
    let is_salary = matches!(pay.form, WageForm::Monthly | WageForm::Annual) && offer.time == WorkTime::Full;
    if !is_salary || !dice.permille(130) {
        record.push("ktizangydi", "なし");
        return;
    }
    let hours = 5 * dice.between(2, 9);
    let from = (hour * OVERTIME_RATE / 100 * hours).div_ceil(1_000) * 1_000;
    let raised = u64::from(from) * u64::from(pay.to) / u64::from(pay.from.max(1)) / 1_000 * 1_000;
    let to = u32::try_from(raised).unwrap_or(from);
    let mut text = String::with_capacity(160);
    push_range(&mut text, from, to.max(from));
    record.push("ktizangydi", text);
    let hours = wide(hours);
    record.push(
        "ktizangydaitkjk",
        format!("固定残業代は時間外労働の有無にかかわらず、{hours}時間分を支給し、{hours}時間を超える時間外労働は追加で支給する"),
    );
}

/// (d), commuting, days of pay, raise and bonus.
fn push_rest(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    record.push(
        "sntatatfukijk",
        dice.pick(&["夜勤手当　１回５，０００円", "扶養手当　月１０，０００円", "住宅手当　上限２０，０００円", "なし", ""]),
    );
    if offer.time == WorkTime::Full && dice.permille(700) {
        record.push("thkinrodonissu_n", format!("{}.{}", dice.between(19, 20), dice.below(10)));
    }
    push_commuting(record, dice);
    if dice.permille(300) {
        record.push("chgnskbi", dice.pick(&["固定（月末）", "固定（月末以外）　毎月２０日", "固定（月末以外）　毎月１５日"]));
        record.push("chgnsrbi", dice.pick(&["固定（月末以外）　翌月１０日", "固定（月末以外）　当月２５日", "固定（月末）　翌月末日"]));
    }
    let raise = dice.permille(if offer.time == WorkTime::Full { 750 } else { 450 });
    record.push("shkyumu_n", yes_no(raise));
    if raise {
        let mut text = String::from("１月あたり　");
        push_range(&mut text, 100 * dice.between(10, 30), 100 * dice.between(31, 90));
        record.push("shkyrt", text + "（前年度実績）");
    }
    push_bonus(record, offer, dice);
}

fn push_commuting(record: &mut Record, dice: &mut Dice) {
    match dice.below(10) {
        0 => record.push("tskntat", "実費支給（上限なし）"),
        1 => record.push("tskntat", "なし"),
        _ => {
            let mut text = String::from("実費支給（上限あり）　月額　");
            push_amount(&mut text, 1_000 * dice.between(5, 35));
            record.push("tskntat", text + "円");
        }
    }
}

fn push_bonus(record: &mut Record, offer: &Offer, dice: &mut Dice) {
    let share = match offer.form {
        EmploymentForm::Regular => 850,
        EmploymentForm::PartTimer => 350,
        _ => 250,
    };
    let bonus = dice.permille(share);
    record.push("shoyoumu_n", yes_no(bonus));
    if !bonus {
        return;
    }
    let mut text = String::from("年");
    push_wide(&mut text, dice.between(1, 3));
    text.push_str("回（前年度実績）　賞与月数　計　");
    if offer.time == WorkTime::Full {
        push_wide(&mut text, dice.between(1, 4));
        text.push('．');
        push_wide(&mut text, 5 * dice.between(2, 18));
        text.push_str("ヶ月分");
    } else {
        push_amount(&mut text, 5_000 * dice.between(1, 20));
        text.push('円');
    }
    record.push("shoyo", text);
}
