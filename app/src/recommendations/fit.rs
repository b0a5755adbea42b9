//! Whether a posting meets what somebody wishes, condition by condition: met, not met, not stated. A list for staff to judge by, never a score, and nothing
//! of it is about a disability (DOMAIN.md "More rules").

use crate::places::{municipality, prefecture};
use crate::postings::posting::Posting;
use crate::postings::sheet::wage::headline;
use crate::postings::wording;
use crate::postings::{EmploymentForm, Flag, WageForm, WorkTime, Yen};
use crate::registration::shown::{Row, rows};
use crate::registration::{Draft, Section};
use crate::text;

/// Whether a condition is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The posting says so.
    Met,
    /// The posting says otherwise.
    NotMet,
    /// The posting does not say, or it depends: to be asked.
    NotStated,
}

impl Fit {
    /// The word on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Met => text::recommendations_fit_met(),
            Self::NotMet => text::recommendations_fit_not_met(),
            Self::NotStated => text::recommendations_fit_not_stated(),
        }
    }

    const fn of(holds: bool) -> Self {
        if holds { Self::Met } else { Self::NotMet }
    }

    const fn stated(holds: bool) -> Self {
        if holds { Self::Met } else { Self::NotStated }
    }
}

/// A wish beside what the posting says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What the wish is about.
    pub label: String,
    /// The wish, in words.
    pub wish: String,
    /// What the posting says, in words; may be empty.
    pub posting: String,
    /// Whether it meets the wish.
    pub fit: Fit,
}

/// The wishes that are stated, each beside the posting.
#[must_use]
pub fn conditions(draft: &Draft, posting: &Posting) -> Vec<Condition> {
    let rows: Vec<Row> = [Section::WishesWork, Section::WishesPlace].into_iter().flat_map(|section| rows(draft, section)).collect();
    let mut conditions = Vec::new();
    for (name, compare) in COMPARISONS {
        let wishes: Vec<&Row> = rows.iter().filter(|row| row.name.split('.').next() == Some(name) && !row.words.is_empty()).collect();
        let Some(first) = wishes.first() else { continue };
        let Some((fit, words)) = compare(draft, posting) else { continue };
        let wish = wishes.iter().map(|row| row.words.as_str()).collect::<Vec<_>>().join("、");
        let label = first.label.split('（').next().unwrap_or(&first.label).to_owned();
        conditions.push(Condition { label, wish, posting: words, fit });
    }
    conditions
}

/// Compares a wish; nothing where there is none that a posting could meet.
type Compare = fn(&Draft, &Posting) -> Option<(Fit, String)>;

/// By the field of the registration.
const COMPARISONS: [(&str, Compare); 12] = [
    ("occupations", occupation),
    ("work_time", work_time),
    ("employment_forms", employment_form),
    ("overtime", overtime),
    ("days_off", days_off),
    ("shift_or_night", shift),
    ("places", place),
    ("transfer", transfer),
    ("remote", remote),
    ("wage_min", wage),
    ("housing", housing),
    ("childcare", childcare),
];

fn occupation(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    let wished = &draft.wishes_work.occupations;
    let words = posting.picker_items.iter().filter_map(|item| item.name()).collect::<Vec<_>>().join("、");
    if posting.picker_items.is_empty() {
        return Some((Fit::NotStated, posting.title.clone()));
    }
    Some((Fit::of(posting.picker_items.iter().any(|item| wished.contains(&item.code()))), words))
}

fn work_time(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    let wished = |code: &str| draft.wishes_work.work_time.iter().any(|own| own == code);
    let Some(time) = posting.work_time else { return Some((Fit::NotStated, String::new())) };
    let code = match time {
        WorkTime::Full => "full",
        WorkTime::Part => "part",
    };
    Some((Fit::of(wished("any") || wished(code)), wording::work_time(time).to_owned()))
}

fn employment_form(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    let wished = |code: &str| draft.wishes_work.employment_forms.iter().any(|own| own == code);
    let Some(form) = posting.form else { return Some((Fit::NotStated, String::new())) };
    let code = match form {
        EmploymentForm::Regular => "regular",
        EmploymentForm::NonRegular => "non-regular",
        EmploymentForm::PermanentDispatch | EmploymentForm::FixedTermDispatch => "dispatch",
        EmploymentForm::PartTimer => "part",
    };
    Some((Fit::of(wished("any") || wished(code)), wording::form(form).to_owned()))
}

fn overtime(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    let most = match draft.wishes_work.overtime.as_str() {
        "no" => 0,
        "up-to-20" => 20,
        _ => return None,
    };
    Some(match posting.overtime {
        Some(hours) => (Fit::of(hours <= most), text::recommendations_overtime(hours)),
        None => (Fit::NotStated, String::new()),
    })
}

fn days_off(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    const DAYS: [(&str, Flag); 9] = [
        ("mon", Flag::OffMonday),
        ("tue", Flag::OffTuesday),
        ("wed", Flag::OffWednesday),
        ("thu", Flag::OffThursday),
        ("fri", Flag::OffFriday),
        ("sat", Flag::OffSaturday),
        ("sun", Flag::OffSunday),
        ("holiday", Flag::OffHolidays),
        ("two-a-week", Flag::TwoDaysEveryWeek),
    ];
    let wished: Vec<Flag> =
        DAYS.iter().filter(|(code, _)| draft.wishes_work.days_off.iter().any(|own| own == code)).map(|(_, flag)| *flag).collect();
    if wished.is_empty() {
        return None;
    }
    let stated: Vec<&str> = DAYS.iter().filter(|(_, flag)| posting.flags.has(*flag)).map(|(_, flag)| wording::flag(*flag)).collect();
    Some((Fit::stated(wished.iter().all(|flag| posting.flags.has(*flag))), stated.join("、")))
}

fn shift(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    if draft.wishes_work.shift_or_night != "no" {
        return None;
    }
    let words = if posting.flags.has(Flag::Shift) { wording::flag(Flag::Shift) } else { "" };
    Some((if posting.flags.has(Flag::Shift) { Fit::NotMet } else { Fit::NotStated }, words.to_owned()))
}

fn place(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    let Some(own) = posting.prefecture else { return Some((Fit::NotStated, String::new())) };
    let mut words = prefecture(own).map_or("", |prefecture| prefecture.name).to_owned();
    words.push_str(posting.municipality.and_then(municipality).map_or("", |city| city.name));
    let codes: Vec<u32> = draft.wishes_place.places.iter().filter_map(|code| code.trim().parse().ok()).collect();
    // A municipality narrows its prefecture.
    let cities: Vec<u32> = codes.iter().copied().filter(|code| *code > 47 && code / 1000 == u32::from(own)).collect();
    let fit = match posting.municipality {
        _ if cities.is_empty() => Fit::of(codes.contains(&u32::from(own))),
        Some(city) => Fit::of(cities.contains(&city)),
        None => Fit::NotStated,
    };
    Some((fit, words))
}

fn transfer(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    if draft.wishes_place.transfer == "no" { flag(posting, Flag::NoTransfer) } else { None }
}

fn remote(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    if matches!(draft.wishes_place.remote.as_str(), "yes" | "partly") { flag(posting, Flag::Remote) } else { None }
}

fn housing(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    if draft.wishes_place.housing == "yes" { flag(posting, Flag::Housing) } else { None }
}

fn childcare(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    if draft.wishes_place.childcare == "yes" { flag(posting, Flag::Childcare) } else { None }
}

fn flag(posting: &Posting, flag: Flag) -> Option<(Fit, String)> {
    let holds = posting.flags.has(flag);
    Some((Fit::stated(holds), if holds { wording::flag(flag).to_owned() } else { String::new() }))
}

/// Met from the lower end on, not met above the upper end; between them it depends on the person.
fn wage(draft: &Draft, posting: &Posting) -> Option<(Fit, String)> {
    let least: u32 = digits(&draft.wishes_place.wage_min)?;
    let words = headline(&posting.wage).unwrap_or_default();
    let form = match draft.wishes_place.wage_unit.as_str() {
        "monthly" => WageForm::Monthly,
        "daily" => WageForm::Daily,
        "hourly" => WageForm::Hourly,
        "annual" => WageForm::Annual,
        _ => return None,
    };
    let of_unit = (posting.wage.form == Some(form)).then(|| posting.wage.total.or(posting.wage.base)).flatten();
    let amount: Option<Yen> = of_unit.or(if form == WageForm::Hourly { posting.wage.hourly_equivalent } else { None });
    Some(match amount {
        Some(amount) if amount.from >= least => (Fit::Met, words),
        Some(amount) if amount.to < least => (Fit::NotMet, words),
        _ => (Fit::NotStated, words),
    })
}

fn digits(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().map(crate::registration::width::half_width).filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::Wage;
    use crate::postings::feed::{FeedSettings, derive};
    use crate::postings::record::Record;

    /// A posting with these items beside what every posting has.
    fn posting(items: &[(&str, &str)]) -> Posting {
        let usual = [
            ("kjno", "13010-00000001"),
            ("uktkymd_seireki", "2026/11/01"),
            ("kjyukoymd", "2027/01/31"),
            ("sksu", "一般事務"),
            ("kjkbn2_n", "フルタイム"),
            ("koyokeitai_n", "正社員"),
            ("shgbsjusho1_n", "東京都千代田区"),
        ];
        let record: Record = usual.iter().chain(items).copied().collect();
        derive(&record, &FeedSettings::default()).expect("a posting").posting
    }

    fn fit(change: impl FnOnce(&mut Draft), posting: &Posting, label: &str) -> Option<Fit> {
        let mut draft = Draft::default();
        change(&mut draft);
        conditions(&draft, posting).into_iter().find(|condition| condition.label.contains(label)).map(|condition| condition.fit)
    }

    #[test]
    fn only_what_is_wished_is_compared() {
        assert!(conditions(&Draft::default(), &posting(&[])).is_empty());
    }

    #[test]
    fn forms_of_work_and_places_are_met_or_not() {
        let own = posting(&[]);
        let time = |code: &str| fit(|draft| draft.wishes_work.work_time = vec![code.into()], &own, "就業形態");
        assert_eq!([time("full"), time("part"), time("any")], [Some(Fit::Met), Some(Fit::NotMet), Some(Fit::Met)]);
        let place =
            |codes: &[&str]| fit(|draft| draft.wishes_place.places = codes.iter().map(|c| (*c).to_owned()).collect(), &own, "勤務地");
        assert_eq!(place(&["13"]), Some(Fit::Met));
        assert_eq!(place(&["13", "13102"]), Some(Fit::NotMet), "another municipality of the prefecture");
        assert_eq!(place(&["13", "13101"]), Some(Fit::Met));
        assert_eq!(place(&["27"]), Some(Fit::NotMet));
    }

    #[test]
    fn a_wage_is_met_from_its_lower_end_not_met_above_its_upper_end_and_asked_between() {
        let mut own = posting(&[]);
        own.wage = Wage { form: Some(WageForm::Monthly), total: Some(Yen { from: 200_000, to: 250_000 }), ..Wage::default() };
        let least = |amount: &str, unit: &str| {
            let change = |draft: &mut Draft| {
                draft.wishes_place.wage_min = amount.into();
                draft.wishes_place.wage_unit = unit.into();
            };
            fit(change, &own, "賃金")
        };
        assert_eq!(least("２０００００", "monthly"), Some(Fit::Met));
        assert_eq!(least("220,000", "monthly"), Some(Fit::NotStated));
        assert_eq!(least("250001", "monthly"), Some(Fit::NotMet));
        assert_eq!(least("1200", "hourly"), Some(Fit::NotStated), "another unit");
    }

    #[test]
    fn what_a_posting_does_not_say_is_never_met() {
        let silent = posting(&[]);
        assert_eq!(fit(|draft| draft.wishes_place.remote = "yes".into(), &silent, "在宅"), Some(Fit::NotStated));
        assert_eq!(fit(|draft| draft.wishes_work.days_off = vec!["sun".into()], &silent, "休日"), Some(Fit::NotStated));
        assert_eq!(fit(|draft| draft.wishes_work.overtime = "no".into(), &silent, "時間外"), Some(Fit::NotStated));
        let says = posting(&[("ztkkimmu_n", "あり"), ("jkgi_umu_n", "あり"), ("jkgi_thkinjn_ji_n", "25時間")]);
        assert_eq!(fit(|draft| draft.wishes_place.remote = "yes".into(), &says, "在宅"), Some(Fit::Met));
        assert_eq!(fit(|draft| draft.wishes_work.overtime = "up-to-20".into(), &says, "時間外"), Some(Fit::NotMet));
    }
}
