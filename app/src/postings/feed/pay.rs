//! What a posting pays: base pay, fixed allowances and fixed overtime apart, and the hourly equivalent.

use super::answers::is_stated;
use super::faults::{FaultReason, Faults, shorten};
use super::items::{Items, first_of};
use super::numbers::{Amount, amount, first_number, first_tenths, number_before};
use crate::postings::facts::WageForm;
use crate::postings::wage::{Wage, Yen};

/// The least and the most that is believed for each form, yen; what lies outside is a slip that would mislead [own].
const BOUNDS: [(Option<WageForm>, u32, u32); 6] = [
    (Some(WageForm::Monthly), 10_000, 9_999_999),
    (Some(WageForm::Daily), 1_000, 999_999),
    (Some(WageForm::Hourly), 100, 99_999),
    (Some(WageForm::Annual), 100_000, 99_999_999),
    (Some(WageForm::Other), 1, 99_999_999),
    (None, 1, 99_999_999),
];
/// The most that is believed for allowances and fixed overtime, yen.
const MOST_EXTRA: u32 = 9_999_999;
/// The most hours a month that fixed overtime can cover.
const MOST_OVERTIME: u32 = 300;
/// Full-time sheets state base pay as the average month's whatever the form (「基本給（月額平均）又は時間額」 [O]): a "daily" wage
/// within these bounds is a monthly one, yen [own].
const MONTHLY_NOT_DAILY: std::ops::RangeInclusive<u64> = 60_000..=2_000_000;
/// As above, for an "annual" wage.
const MONTHLY_NOT_ANNUAL: std::ops::RangeInclusive<u64> = 100_000..=999_999;

/// The wage. Faults are told; what cannot be read is then left out.
pub(super) fn wage(items: &Items<'_>, hours: &[(u16, u16)], days_off: Option<u16>, faults: &mut Faults) -> Wage {
    let stated_form = form(first_of(items.chgnkeitai_n, items.chgnkeitai));
    let base = range(("khkykagen", items.khkykagen), ("khkyjgn", items.khkyjgn), ("khky", items.khky), faults);
    let total = range(
        ("chgnkeitai_kagen", items.chgnkeitai_kagen),
        ("chgnkeitai_jgn", items.chgnkeitai_jgn),
        ("chgnkeitai", items.chgnkeitai),
        faults,
    )
    .or_else(|| range(("sikg_aplusbkagen", items.sikg_aplusbkagen), ("sikg_aplusbjgn", items.sikg_aplusbjgn), ("", ""), faults));
    let form = base.as_ref().or(total.as_ref()).map_or(stated_form, |stated| unit(stated_form, stated.from));
    // Of a total in another unit than base pay nothing can be said beside it.
    let total = total.filter(|total| unit(stated_form, total.from) == form);
    let (base, total) = (base.and_then(|b| believed(b, form, faults)), total.and_then(|t| believed(t, form, faults)));
    let fixed_allowances = allowances(items, faults);
    let (fixed_overtime, fixed_overtime_hours) = overtime(items, faults);
    let total = total.or_else(|| base.map(|base| fixed_allowances.map_or(base, |more| base.plus(more))));
    let hourly_equivalent = total.and_then(|total| hourly(total, form?, hours, days_off, items));
    Wage { form, base, fixed_allowances, fixed_overtime, fixed_overtime_hours, total, hourly_equivalent }
}

/// 賃金形態 by its name.
fn form(name: &str) -> Option<WageForm> {
    let known = [("年", WageForm::Annual), ("月", WageForm::Monthly), ("日", WageForm::Daily), ("時", WageForm::Hourly)];
    let found = known.into_iter().find(|(sign, _)| name.contains(sign)).map(|(_, form)| form);
    found.or_else(|| is_stated(name).then_some(WageForm::Other))
}

/// The unit that an amount is stated in.
fn unit(form: Option<WageForm>, from: u64) -> Option<WageForm> {
    match form {
        Some(WageForm::Daily) if MONTHLY_NOT_DAILY.contains(&from) => Some(WageForm::Monthly),
        Some(WageForm::Annual) if MONTHLY_NOT_ANNUAL.contains(&from) => Some(WageForm::Monthly),
        form => form,
    }
}

/// A range that an item states.
struct Stated<'a> {
    item: &'static str,
    text: &'a str,
    from: u64,
    to: u64,
}

type Item<'a> = (&'static str, &'a str);

/// A range from its two items (`…kagen`, `…jgn`), else from the text that states both. A zero is an empty field.
fn range<'a>(least: Item<'a>, most: Item<'a>, both: Item<'a>, faults: &mut Faults) -> Option<Stated<'a>> {
    let mut read = |(item, text): Item<'a>, bare| match amount(text, bare) {
        Some(Amount { negative: true, .. }) => {
            faults.add(item, FaultReason::Negative(shorten(text)));
            None
        }
        found => found.filter(|found| found.to > 0).map(|found| (item, text, found)),
    };
    let (item, text, from, to) = match (read(least, true), read(most, true)) {
        (Some((item, text, from)), Some((_, _, to))) => (item, text, from.from, to.to),
        (Some((item, text, one)), None) | (None, Some((item, text, one))) => (item, text, one.from, one.to),
        (None, None) => read(both, false).map(|(item, text, both)| (item, text, both.from, both.to))?,
    };
    if from > to {
        faults.add(item, FaultReason::Reversed(format!("{from}～{to}")));
        return None;
    }
    Some(Stated { item, text, from, to })
}

/// The range in yen, if it lies within the bounds of its form.
fn believed(stated: Stated<'_>, form: Option<WageForm>, faults: &mut Faults) -> Option<Yen> {
    let (_, least, most) = BOUNDS.into_iter().find(|(of, ..)| *of == form)?;
    within(&stated, least, most, faults)
}

fn within(stated: &Stated<'_>, least: u32, most: u32, faults: &mut Faults) -> Option<Yen> {
    let fits = |yen: u64| u32::try_from(yen).ok().filter(|yen| (least..=most).contains(yen));
    let yen = fits(stated.from).zip(fits(stated.to)).map(|(from, to)| Yen { from, to });
    if yen.is_none() {
        faults.add(stated.item, FaultReason::OutOfBounds { value: shorten(stated.text), least, most });
    }
    yen
}

/// (b): the sum of the fixed allowances, each the first range of its text.
fn allowances(items: &Items<'_>, faults: &mut Faults) -> Option<Yen> {
    let each = [
        (("tgktat1_kagen", items.tgktat1_kagen), ("tgktat1_jgn", items.tgktat1_jgn), ("tgktat1", items.tgktat1)),
        (("tgktat2_kagen", items.tgktat2_kagen), ("tgktat2_jgn", items.tgktat2_jgn), ("tgktat2", items.tgktat2)),
        (("tgktat3_kagen", items.tgktat3_kagen), ("tgktat3_jgn", items.tgktat3_jgn), ("tgktat3", items.tgktat3)),
        (("tgktat4_kagen", items.tgktat4_kagen), ("tgktat4_jgn", items.tgktat4_jgn), ("tgktat4", items.tgktat4)),
    ];
    let mut sum: Option<Yen> = None;
    for (least, most, both) in each {
        let Some(stated) = range(least, most, both, faults) else { continue };
        if let Some(yen) = within(&stated, 0, MOST_EXTRA, faults) {
            sum = Some(sum.map_or(yen, |sum| sum.plus(yen)));
        }
    }
    sum
}

/// (c): fixed overtime pay, and the hours a month that it covers (「２０時間分」 in its own text or its remark).
fn overtime(items: &Items<'_>, faults: &mut Faults) -> (Option<Yen>, Option<u16>) {
    let least = ("ktizangydi_kagen", items.ktizangydi_kagen);
    let stated = range(least, ("ktizangydi_jgn", items.ktizangydi_jgn), ("ktizangydi", items.ktizangydi), faults);
    let Some(yen) = stated.and_then(|stated| within(&stated, 0, MOST_EXTRA, faults)) else { return (None, None) };
    let hours = number_before(items.ktizangydi, "時間").or_else(|| number_before(items.ktizangydaitkjk, "時間"));
    (Some(yen), hours.filter(|hours| (1..=MOST_OVERTIME).contains(hours)).and_then(|hours| u16::try_from(hours).ok()))
}

/// (a + b) for one hour of work, yen rounded down; `None` where what it needs is not stated [own]:
///
/// | form | formula |
/// |---|---|
/// | hourly | as it is |
/// | daily | total ÷ hours a day |
/// | monthly | total ÷ (working days a month × hours a day); days not stated: (365 − days off a year) ÷ 12 |
/// | annual | total ÷ ((365 − days off a year) × hours a day) |
///
/// Fixed overtime (c) is not in it: it pays for hours beyond these. See [`minutes_a_day`] for the hours.
fn hourly(total: Yen, form: WageForm, hours: &[(u16, u16)], days_off: Option<u16>, items: &Items<'_>) -> Option<Yen> {
    if form == WageForm::Hourly {
        return Some(total);
    }
    let minutes = minutes_a_day(hours, items.kyukeijn_n)?;
    let days_a_year = days_off.filter(|off| *off < 330).map(|off| 365 - u64::from(off));
    // What divides the total: minutes of work in its unit, times 10 where days are in tenths or 12 where a month is a twelfth.
    let (minutes, scale) = match form {
        WageForm::Daily => (minutes, 1),
        WageForm::Monthly => match first_tenths(first_of(items.thkinrodonissu_n, items.thkinrodonissu)) {
            Some(tenths @ 10..=310) => (minutes * u64::from(tenths), 10),
            _ => (minutes * days_a_year?, 12),
        },
        WageForm::Annual => (minutes * days_a_year?, 1),
        WageForm::Hourly | WageForm::Other => return None,
    };
    let an_hour = |yen: u32| u32::try_from(u64::from(yen) * 60 * scale / minutes).ok();
    an_hour(total.from).zip(an_hour(total.to)).map(|(from, to)| Yen { from, to })
}

/// Minutes of work a day: the first stated working time of at most ten hours (longer ones are night shifts that count for two days),
/// less the break `kyukeijn_n`; where no break is stated, the least that the Labour Standards Act (article 34) demands: 45 minutes
/// over six hours, 60 over eight.
fn minutes_a_day(hours: &[(u16, u16)], rest: &str) -> Option<u64> {
    const LONGEST: u64 = 10 * 60;
    let stated_rest = first_number(rest).map(u64::from);
    hours.iter().find_map(|(start, end)| {
        let present = u64::from(end - start);
        let rest = stated_rest.unwrap_or(match present {
            0..=360 => 0,
            361..=525 => 45,
            _ => 60,
        });
        present.checked_sub(rest).filter(|minutes| (60..=LONGEST).contains(minutes))
    })
}

#[cfg(test)]
#[path = "pay_tests.rs"]
mod tests;
