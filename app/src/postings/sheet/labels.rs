//! The typed facts in words. On the server only: the browser is given words.

use crate::postings::facts::{EmploymentForm, Flag, Kind, WorkTime};
use crate::text;

/// 求人区分.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::General => text::sheet_kind_general(),
        Kind::Graduates => text::sheet_kind_graduates(),
        Kind::Seasonal => text::sheet_kind_seasonal(),
        Kind::Migrant => text::sheet_kind_migrant(),
        Kind::Disabled => text::sheet_kind_disabled(),
    }
}

/// フルタイム / パート.
pub(super) const fn work_time(time: WorkTime) -> &'static str {
    match time {
        WorkTime::Full => text::sheet_time_full(),
        WorkTime::Part => text::sheet_time_part(),
    }
}

/// 雇用形態.
pub(super) const fn employment_form(form: EmploymentForm) -> &'static str {
    match form {
        EmploymentForm::Regular => text::sheet_form_regular(),
        EmploymentForm::NonRegular => text::sheet_form_other(),
        EmploymentForm::PermanentDispatch => text::sheet_form_dispatch_permanent(),
        EmploymentForm::FixedTermDispatch => text::sheet_form_dispatch_fixed(),
        EmploymentForm::PartTimer => text::sheet_form_part(),
    }
}

/// The flags that are shown as tags under the title, the most asked for first [own].
pub(super) const TAGS: &[(Flag, &str)] = &[
    (Flag::Reserved, text::sheet_tag_reserved()),
    (Flag::SelfApplication, text::sheet_tag_self()),
    (Flag::Wheelchair, text::sheet_tag_wheelchair()),
    (Flag::Elevator, text::sheet_tag_elevator()),
    (Flag::AccessibleToilet, text::sheet_tag_toilet()),
    (Flag::JobCoach, text::sheet_tag_job_coach()),
    (Flag::Remote, text::sheet_tag_remote()),
    (Flag::NoExperience, text::sheet_tag_no_experience()),
    (Flag::NoEducation, text::sheet_tag_no_education()),
    (Flag::NoOvertime, text::sheet_tag_no_overtime()),
    (Flag::TwoDaysEveryWeek, text::sheet_tag_two_days()),
    (Flag::NearStation, text::sheet_tag_near_station()),
    (Flag::Car, text::sheet_tag_car()),
    (Flag::NoTransfer, text::sheet_tag_no_transfer()),
    (Flag::Housing, text::sheet_tag_housing()),
    (Flag::Childcare, text::sheet_tag_childcare()),
    (Flag::Trial, text::sheet_tag_trial()),
];

/// The days of the week that can be days off, and holidays.
pub(super) const DAYS: &[(Flag, &str)] = &[
    (Flag::OffMonday, text::sheet_day_mon()),
    (Flag::OffTuesday, text::sheet_day_tue()),
    (Flag::OffWednesday, text::sheet_day_wed()),
    (Flag::OffThursday, text::sheet_day_thu()),
    (Flag::OffFriday, text::sheet_day_fri()),
    (Flag::OffSaturday, text::sheet_day_sat()),
    (Flag::OffSunday, text::sheet_day_sun()),
    (Flag::OffHolidays, text::sheet_day_holiday()),
];

/// The insurances.
pub(super) const INSURANCES: &[(Flag, &str)] = &[
    (Flag::EmploymentInsurance, text::sheet_ins_employment()),
    (Flag::AccidentInsurance, text::sheet_ins_accident()),
    (Flag::PublicAccident, text::sheet_ins_public_accident()),
    (Flag::HealthInsurance, text::sheet_ins_health()),
    (Flag::PensionInsurance, text::sheet_ins_pension()),
    (Flag::PropertyFormation, text::sheet_ins_savings()),
];
