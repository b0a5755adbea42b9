//! 希望する職種と時間.

use super::{Section, TimeOfDay, answers::Can, check::Check, text_form::choices};
use crate::{
    date::Date,
    form::{Checked, Code},
    occupations::PickerItemId,
};
use serde::{Deserialize, Serialize};

/// From so many hours a week on employment insurance applies (雇用保険法: 20 hours).
pub const INSURED_FROM_HOURS: u16 = 20;
/// From so many hours a week on part-time work is nearly full time (the fields' table).
pub const NEARLY_FULL_FROM_HOURS: u16 = 30;
/// A start further away than this must be a slip of the year [own].
pub const LATEST_START_DAYS: i32 = 730;

choices! {
    /// 希望する就業形態.
    WorkTimeWish {
        /// フルタイム
        Full = "full" registration_choice_work_time_wish_full,
        /// パート
        Part = "part" registration_choice_work_time_wish_part,
        /// 季節
        Seasonal = "seasonal" registration_choice_work_time_wish_seasonal,
        /// どれでも
        Any = "any" registration_choice_work_time_wish_any,
    }
}

choices! {
    /// 希望する雇用形態.
    EmploymentFormWish {
        /// 正社員
        Regular = "regular" registration_choice_employment_form_wish_regular,
        /// 正社員以外
        NonRegular = "non-regular" registration_choice_employment_form_wish_non_regular,
        /// 派遣
        Dispatch = "dispatch" registration_choice_employment_form_wish_dispatch,
        /// パート労働者
        Part = "part" registration_choice_employment_form_wish_part,
        /// どれでも
        Any = "any" registration_choice_employment_form_wish_any,
    }
}

choices! {
    /// 時間外労働.
    Overtime {
        /// 可
        Yes = "yes" registration_choice_overtime_yes,
        /// 月20時間まで可
        UpTo20 = "up-to-20" registration_choice_overtime_up_to_20,
        /// 不可
        No = "no" registration_choice_overtime_no,
    }
}

choices! {
    /// 希望する休日.
    DayOff {
        /// 月
        Mon = "mon" registration_choice_day_off_mon,
        /// 火
        Tue = "tue" registration_choice_day_off_tue,
        /// 水
        Wed = "wed" registration_choice_day_off_wed,
        /// 木
        Thu = "thu" registration_choice_day_off_thu,
        /// 金
        Fri = "fri" registration_choice_day_off_fri,
        /// 土
        Sat = "sat" registration_choice_day_off_sat,
        /// 日
        Sun = "sun" registration_choice_day_off_sun,
        /// 祝日
        Holiday = "holiday" registration_choice_day_off_holiday,
        /// 週休二日
        TwoAWeek = "two-a-week" registration_choice_day_off_two_a_week,
        /// 交替制でもよい
        Shifts = "shifts" registration_choice_day_off_shifts,
    }
}

choices! {
    /// 就業できる時期.
    Start {
        /// すぐ
        Now = "now" registration_choice_start_now,
        /// 1か月以内
        Month = "month" registration_choice_start_month,
        /// 日付を指定
        Date = "date" registration_choice_start_date,
    }
}

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    /// Codes of picker items in the order of wish.
    pub occupations: Vec<String>,
    /// Years of experience, each of the occupation at the same place.
    pub occupation_experience: Vec<String>,
    pub work_time: Vec<String>,
    pub employment_forms: Vec<String>,
    pub hours_from: String,
    pub hours_to: String,
    pub days_per_week: String,
    pub hours_per_week: String,
    pub overtime: String,
    pub days_off: Vec<String>,
    pub shift_or_night: String,
    pub start_possible: String,
    pub start_date: String,
}

/// An occupation that is wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedOccupation {
    /// The picker's item.
    pub item: PickerItemId,
    /// Years of experience, 0–60.
    pub years: u16,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    /// One to five, the most wished for first.
    pub occupations: Vec<WantedOccupation>,
    /// At least one; 「どれでも」 stands alone.
    pub work_time: Vec<WorkTimeWish>,
    /// At least one; 「どれでも」 stands alone.
    pub employment_forms: Vec<EmploymentFormWish>,
    pub hours_from: Option<TimeOfDay>,
    /// Earlier than `hours_from` means past midnight.
    pub hours_to: Option<TimeOfDay>,
    pub days_per_week: Option<u16>,
    pub hours_per_week: Option<u16>,
    pub overtime: Option<Overtime>,
    pub days_off: Vec<DayOff>,
    pub shift_or_night: Option<Can>,
    pub start_possible: Start,
    pub start_date: Option<Date>,
}

/// Checks the section as of `today`.
#[must_use]
pub fn validate(input: &Input, today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::WishesWork);
    let occupations = occupations(&mut check, input);
    let work_time = any_alone(check.choices("work_time", &input.work_time), WorkTimeWish::Any);
    let employment_forms = any_alone(check.choices("employment_forms", &input.employment_forms), EmploymentFormWish::Any);
    let hours_from = check.parsed("hours_from", &input.hours_from);
    let hours_to: Option<TimeOfDay> = check.parsed("hours_to", &input.hours_to);
    if hours_from.is_some() && hours_from == hours_to {
        check.add("hours_to", Code::SameTime);
    }
    let (days_per_week, hours_per_week) = week(&mut check, input, work_time.contains(&WorkTimeWish::Part));
    let overtime = check.parsed("overtime", &input.overtime);
    let days_off = check.choices("days_off", &input.days_off);
    let shift_or_night = check.parsed("shift_or_night", &input.shift_or_night);
    let start_possible = check.parsed("start_possible", &input.start_possible);
    check.ask("start_date", start_possible == Some(Start::Date));
    let start_date = start_date(&mut check, &input.start_date, today);
    let valid = start_possible.map(|start_possible| Valid {
        occupations,
        work_time,
        employment_forms,
        hours_from,
        hours_to,
        days_per_week,
        hours_per_week,
        overtime,
        days_off,
        shift_or_night,
        start_possible,
        start_date,
    });
    check.finish(valid)
}

/// The occupations with their years. Empty places are passed over, but an error names the place in the form.
fn occupations(check: &mut Check, input: &Input) -> Vec<WantedOccupation> {
    let blank = String::new();
    let filled: Vec<(usize, &String)> = input.occupations.iter().enumerate().filter(|(_, code)| !code.trim().is_empty()).collect();
    let mut wanted: Vec<WantedOccupation> = Vec::new();
    if !check.counted("occupations", filled.len()) {
        return wanted;
    }
    for (place, code) in filled {
        let name = format!("occupations.{place}");
        let item = check.value(&name, code, |code| PickerItemId::from_code(code.trim()).ok_or(Code::UnknownOccupation));
        let years = input.occupation_experience.get(place).unwrap_or(&blank);
        let years = check.number(&format!("occupation_experience.{place}"), years);
        if item.is_some_and(|item| wanted.iter().any(|other| other.item == item)) {
            check.add(name, Code::Twice);
        }
        wanted.extend(item.zip(years).map(|(item, years)| WantedOccupation { item, years }));
    }
    wanted
}

/// 「どれでも」 says all that the others say.
fn any_alone<T: PartialEq>(chosen: Vec<T>, any: T) -> Vec<T> {
    if chosen.contains(&any) { vec![any] } else { chosen }
}

/// Days and hours a week, asked of those who want part-time work.
fn week(check: &mut Check, input: &Input, part_time: bool) -> (Option<u16>, Option<u16>) {
    check.ask("days_per_week", part_time);
    check.ask("hours_per_week", part_time);
    let days = check.number("days_per_week", &input.days_per_week);
    let hours = check.number("hours_per_week", &input.hours_per_week);
    match hours {
        Some(hours) if days.is_some_and(|days| hours > days * 24) => check.add("hours_per_week", Code::MoreThanTheDays),
        Some(NEARLY_FULL_FROM_HOURS..) => check.add("hours_per_week", Code::NearlyFullTime),
        Some(INSURED_FROM_HOURS..) => check.add("hours_per_week", Code::EmploymentInsurance),
        _ => {}
    }
    (days, hours)
}

fn start_date(check: &mut Check, raw: &str, today: Date) -> Option<Date> {
    let start = check.day("start_date", raw)?;
    if start < today {
        check.add("start_date", Code::InThePast);
    } else if start > today.plus_days(LATEST_START_DAYS) {
        check.add("start_date", Code::Implausible);
    }
    Some(start)
}
