//! The typed facts of a posting in words, as search, result list and sheet say them.

use super::facts::{EmploymentForm, Flag, Kind, WageForm, WorkTime};
use super::wage::{Wage, Yen};
use crate::text;

/// A whole number with thousands separators: `1,234,567`.
#[must_use]
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// 求人区分 in words.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::General => text::facts_kind_general(),
        Kind::Graduates => text::facts_kind_graduates(),
        Kind::Seasonal => text::facts_kind_seasonal(),
        Kind::Migrant => text::facts_kind_migrant(),
        Kind::Disabled => text::facts_kind_disabled(),
    }
}

/// フルタイム or パート.
#[must_use]
pub const fn work_time(time: WorkTime) -> &'static str {
    match time {
        WorkTime::Full => text::facts_time_full(),
        WorkTime::Part => text::facts_time_part(),
    }
}

/// 雇用形態 in words.
#[must_use]
pub const fn form(form: EmploymentForm) -> &'static str {
    match form {
        EmploymentForm::Regular => text::facts_form_regular(),
        EmploymentForm::NonRegular => text::facts_form_other(),
        EmploymentForm::PermanentDispatch => text::facts_form_dispatch_permanent(),
        EmploymentForm::FixedTermDispatch => text::facts_form_dispatch_fixed(),
        EmploymentForm::PartTimer => text::facts_form_part(),
    }
}

/// 賃金形態 in words.
#[must_use]
pub const fn wage_form(form: WageForm) -> &'static str {
    match form {
        WageForm::Monthly => text::facts_wage_monthly(),
        WageForm::Daily => text::facts_wage_daily(),
        WageForm::Hourly => text::facts_wage_hourly(),
        WageForm::Annual => text::facts_wage_annual(),
        WageForm::Other => text::facts_wage_other(),
    }
}

/// A flag in words that stand alone: 「エレベーター」, 「経験不問」.
#[must_use]
pub const fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Reserved => text::facts_flag_reserved(),
        Flag::SelfApplication => text::facts_flag_self(),
        Flag::Elevator => text::facts_flag_elevator(),
        Flag::Braille => text::facts_flag_braille(),
        Flag::Handrails => text::facts_flag_handrails(),
        Flag::Wheelchair => text::facts_flag_wheelchair(),
        Flag::AccessibleToilet => text::facts_flag_toilet(),
        Flag::RestRoom => text::facts_flag_rest_room(),
        Flag::JobCoach => text::facts_flag_job_coach(),
        Flag::OtherBarrierFree => text::facts_flag_other_barrier_free(),
        Flag::NoEducation => text::facts_flag_no_education(),
        Flag::NoExperience => text::facts_flag_no_experience(),
        Flag::NoLicence => text::facts_flag_no_licence(),
        Flag::AnyAge => text::facts_flag_any_age(),
        Flag::DrivingLicence => text::facts_flag_driving_licence(),
        Flag::Remote => text::facts_flag_remote(),
        Flag::Car => text::facts_flag_car(),
        Flag::NoTransfer => text::facts_flag_no_transfer(),
        Flag::NearStation => text::facts_flag_near_station(),
        Flag::NonSmoking => text::facts_flag_non_smoking(),
        Flag::Dispatch => text::facts_flag_dispatch(),
        Flag::Contract => text::facts_flag_contract(),
        Flag::Bonus => text::facts_flag_bonus(),
        Flag::Raise => text::facts_flag_raise(),
        Flag::Shift => text::facts_flag_shift(),
        Flag::FlexibleHours => text::facts_flag_flexible_hours(),
        Flag::NoOvertime => text::facts_flag_no_overtime(),
        Flag::OffMonday => text::facts_flag_off_mon(),
        Flag::OffTuesday => text::facts_flag_off_tue(),
        Flag::OffWednesday => text::facts_flag_off_wed(),
        Flag::OffThursday => text::facts_flag_off_thu(),
        Flag::OffFriday => text::facts_flag_off_fri(),
        Flag::OffSaturday => text::facts_flag_off_sat(),
        Flag::OffSunday => text::facts_flag_off_sun(),
        Flag::OffHolidays => text::facts_flag_off_holiday(),
        Flag::TwoDaysEveryWeek => text::facts_flag_two_days(),
        Flag::EmploymentInsurance => text::facts_flag_ins_employment(),
        Flag::AccidentInsurance => text::facts_flag_ins_accident(),
        Flag::PublicAccident => text::facts_flag_ins_public_accident(),
        Flag::HealthInsurance => text::facts_flag_ins_health(),
        Flag::PensionInsurance => text::facts_flag_ins_pension(),
        Flag::PropertyFormation => text::facts_flag_ins_savings(),
        Flag::RetirementMutualAid => text::facts_flag_retirement_aid(),
        Flag::RetirementPay => text::facts_flag_retirement_pay(),
        Flag::Permanent => text::facts_flag_permanent(),
        Flag::Renewal => text::facts_flag_renewal(),
        Flag::NoRetirementAge => text::facts_flag_no_retirement_age(),
        Flag::Reemployment => text::facts_flag_reemployment(),
        Flag::Housing => text::facts_flag_housing(),
        Flag::Childcare => text::facts_flag_childcare(),
        Flag::NoDocumentScreening => text::facts_flag_no_document_screening(),
        Flag::Promotion => text::facts_flag_promotion(),
        Flag::Trial => text::facts_flag_trial(),
        Flag::FixedOvertime => text::facts_flag_fixed_overtime(),
        Flag::UTurn => text::facts_flag_u_turn(),
    }
}

/// 「200,000円～250,000円」; one amount where both ends are equal.
#[must_use]
pub fn yen(range: Yen) -> String {
    if range.from == range.to {
        text::postings_yen(grouped(range.from))
    } else {
        text::postings_yen_range(grouped(range.from), grouped(range.to))
    }
}

/// The lines that a result says about wages: first what everyone gets (a + b) with its form, then of what parts it is made, then
/// fixed overtime pay (c), which is never added in. Without any amount one line that says so.
#[must_use]
pub fn wage_lines(wage: &Wage) -> Vec<String> {
    let mut lines = Vec::with_capacity(3);
    match wage.total.or(wage.base) {
        Some(amount) => lines.push(match wage.form {
            Some(form) => text::postings_wage_of_form(wage_form(form), yen(amount)),
            None => yen(amount),
        }),
        None => lines.push(text::postings_wage_unknown().to_owned()),
    }
    if let (Some(base), Some(allowances), Some(_)) = (wage.base, wage.fixed_allowances, wage.total) {
        lines.push(text::postings_wage_parts(yen(base), yen(allowances)));
    }
    if let Some(overtime) = wage.fixed_overtime {
        lines.push(match wage.fixed_overtime_hours {
            Some(hours) => text::postings_wage_fixed_overtime_hours(yen(overtime), hours),
            None => text::postings_wage_fixed_overtime(yen(overtime)),
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let table = [(0, "0"), (999, "999"), (1_000, "1,000"), (65_536, "65,536"), (1_100_000, "1,100,000"), (u32::MAX, "4,294,967,295")];
        for (number, words) in table {
            assert_eq!(grouped(number), words);
        }
    }

    #[test]
    fn every_flag_has_words_of_its_own() {
        let mut words: Vec<_> = Flag::ALL.iter().map(|f| flag(*f)).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Flag::ALL.len());
    }

    #[test]
    fn fixed_overtime_pay_stands_apart_from_what_everyone_gets() {
        let range = |from, to| Some(Yen { from, to });
        let wage = Wage {
            form: Some(WageForm::Monthly),
            base: range(200_000, 250_000),
            fixed_allowances: range(10_000, 10_000),
            fixed_overtime: range(30_000, 40_000),
            fixed_overtime_hours: Some(20),
            total: range(210_000, 260_000),
            hourly_equivalent: None,
        };
        assert_eq!(
            wage_lines(&wage),
            [
                "月給 210,000円～260,000円",
                "基本給 200,000円～250,000円、決まった手当 10,000円",
                "別に固定残業代 30,000円～40,000円（20時間分）"
            ]
        );
        let hourly = Wage { form: Some(WageForm::Hourly), base: range(1_200, 1_200), ..Wage::default() };
        assert_eq!(wage_lines(&hourly), ["時給 1,200円"]);
        assert_eq!(wage_lines(&Wage::default()), ["金額の記載がありません"]);
    }
}
