//! The two days of a posting: when it was received, and the last day on which one can apply.

use super::faults::{FaultReason, Faults, shorten};
use super::items::Items;
use super::numbers::narrow;
use crate::date::Date;

/// Years that a day of receipt can lie in [own]; what lies outside is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;
/// The most days between receipt and deadline: postings for graduates run longest, under two years [own].
const LONGEST: i32 = 3 * 366;

/// 受付年月日 and 紹介期限日 (else 有効期限). Nothing if either is faulty.
///
/// | day | items, in order |
/// |---|---|
/// | received | `uktkymd_seireki`, `uktkymd_wareki` |
/// | deadline | `shokaikigenymd` (era), `kjyukoymd` |
pub(super) fn dates(items: &Items<'_>, faults: &mut Faults) -> Option<(Date, Date)> {
    let received = day([("uktkymd_seireki", items.uktkymd_seireki), ("uktkymd_wareki", items.uktkymd_wareki)], faults);
    let deadline = day([("shokaikigenymd", items.shokaikigenymd), ("kjyukoymd", items.kjyukoymd)], faults);
    let ((_, received), (item, deadline)) = (received?, deadline?);
    let days = deadline.epoch_days() - received.epoch_days();
    if days < 0 {
        faults.add(item, FaultReason::DeadlineBeforeReceipt(deadline.to_string()));
    } else if days > LONGEST {
        faults.add(item, FaultReason::DateOutOfRange(deadline.to_string()));
    }
    (0..=LONGEST).contains(&days).then_some((received, deadline))
}

/// The day that the first stated item names. An item that is stated but unreadable is a fault: the next one may mean another day.
fn day(items: [(&'static str, &str); 2], faults: &mut Faults) -> Option<(&'static str, Date)> {
    let Some((item, text)) = items.into_iter().find(|(_, text)| !text.is_empty()) else {
        faults.add(items[0].0, FaultReason::Missing);
        return None;
    };
    let Some(date) = read(text) else {
        faults.add(item, FaultReason::NotADate(shorten(text)));
        return None;
    };
    if YEARS.contains(&date.parts().0) {
        return Some((item, date));
    }
    faults.add(item, FaultReason::DateOutOfRange(shorten(text)));
    None
}

/// `2026/11/24`, `2026-11-24`, `20261124`, 「2026年11月24日」 or an era date, in either width.
fn read(text: &str) -> Option<Date> {
    if let Some(date) = Date::from_era(text) {
        return Some(date);
    }
    let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_suffix('日').unwrap_or(&text);
    let mut parts = text.split(['/', '-', '.', '年', '月']);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) => from_parts(year, month, day),
        (Some(digits), None, ..) if digits.len() == 8 && digits.is_ascii() => from_parts(&digits[..4], &digits[4..6], &digits[6..]),
        _ => None,
    }
}

fn from_parts(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |part: &str, most: usize| {
        let fits = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u16>().ok())?
    };
    Date::new(i32::from(number(year, 4)?), u8::try_from(number(month, 2)?).ok()?, u8::try_from(number(day, 2)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_of_the_feed_in_either_width() {
        let day = Date::new(2026, 11, 4);
        for text in [
            "2026/11/04",
            "２０２６／１１／０４",
            "2026/11/4",
            "2026-11-04",
            "20261104",
            "2026年11月4日",
            "令和8年11月4日",
            "令和８年１１月　４日",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        for text in ["2026/11/31", "2026/13/01", "2026/11", "11/04/2026", "令和8年11月31日", "未定", "2026/11/04/1", "+2026/1/1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    fn faults_of(items: &Items<'_>) -> Vec<(&'static str, FaultReason)> {
        let mut faults = Faults::of("");
        let found = dates(items, &mut faults);
        let faults = faults.into_found();
        assert_eq!(found.is_none(), !faults.is_empty());
        faults.into_iter().map(|fault| (fault.item, fault.reason)).collect()
    }

    #[test]
    fn the_deadline_is_that_of_referral_else_of_validity_and_never_before_receipt() {
        let items = |received, era, valid| Items { uktkymd_seireki: received, shokaikigenymd: era, kjyukoymd: valid, ..Items::default() };
        let good = items("2026/11/04", "令和9年1月31日", "2027/02/28");
        assert_eq!(dates(&good, &mut Faults::of("")).map(|d| d.1), Date::new(2027, 1, 31));
        let good = items("2026/11/04", "", "2027/02/28");
        assert_eq!(dates(&good, &mut Faults::of("")).map(|d| d.1), Date::new(2027, 2, 28));
        assert_eq!(dates(&items("2026/11/04", "", "2026/11/04"), &mut Faults::of("")).map(|d| d.1), Date::new(2026, 11, 4));

        assert_eq!(faults_of(&items("2026/11/04", "", "")), [("shokaikigenymd", FaultReason::Missing)]);
        assert_eq!(faults_of(&items("", "", "2026/11/04")), [("uktkymd_seireki", FaultReason::Missing)]);
        assert!(matches!(faults_of(&items("2026/11/31", "", "2026/12/04"))[..], [("uktkymd_seireki", FaultReason::NotADate(_))]));
        assert!(matches!(
            faults_of(&items("2026/11/04", "令和8年11月31日", "2026/12/31"))[..],
            [("shokaikigenymd", FaultReason::NotADate(_))]
        ));
        assert!(matches!(faults_of(&items("2026/11/04", "", "2024/11/30"))[..], [("kjyukoymd", FaultReason::DeadlineBeforeReceipt(_))]));
        assert!(matches!(faults_of(&items("2026/11/04", "", "2066/11/30"))[..], [("kjyukoymd", FaultReason::DateOutOfRange(_))]));
        assert!(matches!(faults_of(&items("1026/11/04", "", "2026/11/30"))[..], [("uktkymd_seireki", FaultReason::DateOutOfRange(_))]));
    }
}
