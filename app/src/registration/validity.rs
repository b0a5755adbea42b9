//! 有効・無効: how long a registration is valid, what extends it, when reminders are due, how it becomes inactive and active again.

use super::text_form::choices;
use crate::date::Date;
use serde::{Deserialize, Serialize};

/// Reminders go out so many days before the last valid day; 0 days left is the last day itself [own].
pub const REMINDER_DAYS: [u8; 3] = [30, 7, 1];
/// So many days after the choice of reason ③ the data is deleted [own]; the leaflet says "after a period" [L].
pub const DELETION_DAYS: i32 = 90;

choices! {
    /// Why a registration is made inactive [L].
    InactiveReason {
        /// 就職したため就職活動を終了する
        FoundWork = "found-work" registration_choice_inactive_reason_found_work,
        /// 就職以外の理由で当分の間就職活動を行わない
        Pause = "pause" registration_choice_inactive_reason_pause,
        /// 今後ハローワークを使う予定がない
        NoMoreUse = "no-more-use" registration_choice_inactive_reason_no_more_use,
    }
}

/// Whether a registration is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "standing")]
pub enum Standing {
    /// 有効.
    Active {
        /// The last valid day.
        until: Date,
    },
    /// 無効.
    Inactive {
        /// The first inactive day; the year within which one can return runs from it.
        since: Date,
        /// Why; none where it simply expired.
        reason: Option<InactiveReason>,
    },
}

/// The way back is closed: contact the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLate;

/// The last valid day of a registration applied for on this day: the end of the second following month [O].
#[must_use]
pub fn valid_until(applied: Date) -> Date {
    first_of_month(applied, 3).plus_days(-1)
}

/// The last valid day after a consultation, a referral or a self-application on `day`: in the final month it adds a month [O]. Once
/// extended, the final month is another one, so a second event in the same month adds nothing.
#[must_use]
pub fn extended(until: Date, day: Date) -> Date {
    let ((until_year, until_month, _), (year, month, _)) = (until.parts(), day.parts());
    if (until_year, until_month) == (year, month) && day <= until { first_of_month(until, 2).plus_days(-1) } else { until }
}

/// The first day of the month that lies so many months after the day's; the calendar's last day where it ends.
fn first_of_month(day: Date, months_later: i32) -> Date {
    let (year, month, _) = day.parts();
    let index = year * 12 + i32::from(month) - 1 + months_later;
    let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(12);
    Date::new(index.div_euclid(12), month, 1).unwrap_or_else(|| Date::from_epoch_days(i32::MAX))
}

/// The same day of the next year; 28 February after a 29th.
fn one_year_after(day: Date) -> Date {
    let (year, month, of_month) = day.parts();
    let same = Date::new(year + 1, month, of_month).or_else(|| Date::new(year + 1, 2, 28));
    same.unwrap_or_else(|| Date::from_epoch_days(i32::MAX))
}

/// The reminder that is due on `today`, in days before the last valid day, when everything up to the end of `looked` has been dealt with.
/// Days on which nobody looked are made up for by the most urgent reminder alone; after the last valid day it is too late.
#[must_use]
pub fn reminder_due(until: Date, looked: Date, today: Date) -> Option<u8> {
    let due = |days: &u8| {
        let day = until.plus_days(-i32::from(*days));
        looked < day && day <= today
    };
    REMINDER_DAYS.into_iter().filter(due).min().filter(|_| today <= until)
}

/// The day on which the data of a registration ended with this reason on this day is deleted; none for other reasons.
#[must_use]
pub fn deletion_day(reason: Option<InactiveReason>, since: Date) -> Option<Date> {
    (reason == Some(InactiveReason::NoMoreUse)).then(|| since.plus_days(DELETION_DAYS))
}

impl Standing {
    /// A registration that becomes valid on this day, be it new or again.
    #[must_use]
    pub fn begun(today: Date) -> Self {
        Self::Active { until: valid_until(today) }
    }

    /// What it is on `today`: after its last valid day it is inactive without a reason [own].
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        match self {
            Self::Active { until } if today > until => Self::Inactive { since: until.plus_days(1), reason: None },
            other => other,
        }
    }

    /// Whether it is valid on `today`.
    #[must_use]
    pub fn is_active(self, today: Date) -> bool {
        matches!(self.on(today), Self::Active { .. })
    }

    /// Days left on `today`, 0 on the last day; `None` where it is inactive.
    #[must_use]
    pub fn days_left(self, today: Date) -> Option<i32> {
        match self.on(today) {
            Self::Active { until } => Some(until.epoch_days() - today.epoch_days()),
            Self::Inactive { .. } => None,
        }
    }

    /// After a consultation, a referral or a self-application on `today`. What is inactive stays so.
    #[must_use]
    pub fn used(self, today: Date) -> Self {
        match self.on(today) {
            Self::Active { until } => Self::Active { until: extended(until, today) },
            inactive => inactive,
        }
    }

    /// Made inactive by its owner on `today`. One that is inactive already stays as it is, so that nobody prolongs their year.
    #[must_use]
    pub fn ended(self, reason: InactiveReason, today: Date) -> Self {
        match self.on(today) {
            Self::Active { .. } => Self::Inactive { since: today, reason: Some(reason) },
            inactive => inactive,
        }
    }

    /// The day on which the data is deleted; `None` unless it was ended with reason ③.
    #[must_use]
    pub fn deletion_day(self) -> Option<Date> {
        match self {
            Self::Active { .. } => None,
            Self::Inactive { since, reason } => deletion_day(reason, since),
        }
    }

    /// Whether the data is due for deletion on `today`.
    #[must_use]
    pub fn is_to_be_deleted(self, today: Date) -> bool {
        self.deletion_day().is_some_and(|day| day <= today)
    }

    /// The last day on which an inactive registration can become active again: one year to the day [L], and before the deletion. `None` where it
    /// is active.
    #[must_use]
    pub fn last_day_to_return(self) -> Option<Date> {
        match self {
            Self::Active { .. } => None,
            Self::Inactive { since, .. } => {
                let year = one_year_after(since);
                Some(self.deletion_day().map_or(year, |deleted| year.min(deleted.plus_days(-1))))
            }
        }
    }

    /// Made active again on `today`; what is active stays as it is.
    ///
    /// # Errors
    /// [`TooLate`] after [`Standing::last_day_to_return`].
    pub fn returned(self, today: Date) -> Result<Self, TooLate> {
        let now = self.on(today);
        match now.last_day_to_return() {
            None => Ok(now),
            Some(last) if today <= last => Ok(Self::begun(today)),
            Some(_) => Err(TooLate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().expect("the test names a day of the calendar")
    }

    #[test]
    fn a_registration_is_valid_to_the_end_of_the_second_following_month() {
        for (applied, until) in [
            ("2026-11-01", "2027-01-31"),
            ("2026-11-30", "2027-01-31"),
            ("2026-12-30", "2027-02-28"),
            ("2027-12-31", "2028-02-29"),
            ("2026-01-31", "2026-03-31"),
            ("2026-02-28", "2026-04-30"),
        ] {
            assert_eq!(valid_until(date(applied)), date(until), "{applied}");
        }
    }

    #[test]
    fn what_happens_in_the_final_month_adds_one_month_once() {
        let until = date("2027-01-31");
        assert_eq!(extended(until, date("2026-12-31")), until, "not the final month yet");
        assert_eq!(extended(until, date("2027-01-01")), date("2027-02-28"));
        assert_eq!(extended(until, date("2027-01-31")), date("2027-02-28"));
        assert_eq!(extended(until, date("2027-02-01")), until, "too late");
        let once = Standing::Active { until }.used(date("2027-01-05"));
        assert_eq!(once.used(date("2027-01-06")), once);
        assert_eq!(once.used(date("2027-02-06")), Standing::Active { until: date("2027-03-31") });
    }

    #[test]
    fn reminders_are_due_30_7_and_1_days_before_and_a_missed_day_is_made_up_for() {
        let until = date("2027-01-31");
        let due = |looked: &str, today: &str| reminder_due(until, date(looked), date(today));
        assert_eq!(due("2026-12-31", "2027-01-01"), Some(30));
        assert_eq!(due("2027-01-01", "2027-01-02"), None);
        assert_eq!(due("2027-01-23", "2027-01-24"), Some(7));
        assert_eq!(due("2027-01-29", "2027-01-30"), Some(1));
        assert_eq!(due("2026-12-01", "2027-01-26"), Some(7), "one, the most urgent");
        assert_eq!(due("2027-01-29", "2027-01-31"), Some(1), "on the last day it still helps");
        assert_eq!(due("2027-01-29", "2027-02-01"), None, "it is over");
    }

    #[test]
    fn what_expires_becomes_inactive_without_a_reason_on_the_next_day() {
        let standing = Standing::begun(date("2026-11-10"));
        assert_eq!(standing.days_left(date("2027-01-31")), Some(0));
        assert_eq!(standing.on(date("2027-02-01")), Standing::Inactive { since: date("2027-02-01"), reason: None });
        assert_eq!(standing.days_left(date("2027-02-01")), None);
        assert!(!standing.is_active(date("2027-02-01")));
    }

    #[test]
    fn the_way_back_is_open_for_one_year_to_the_day_leap_days_included() {
        for (since, last) in
            [("2026-11-25", "2027-11-25"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28"), ("2027-03-01", "2028-03-01")]
        {
            let ended = Standing::begun(date(since)).ended(InactiveReason::Pause, date(since));
            assert_eq!(ended.last_day_to_return(), Some(date(last)));
            assert_eq!(ended.returned(date(last)), Ok(Standing::begun(date(last))));
            assert_eq!(ended.returned(date(last).plus_days(1)), Err(TooLate));
        }
    }

    #[test]
    fn with_the_third_reason_the_data_goes_after_90_days_and_until_then_it_can_be_taken_back() {
        let today = date("2026-11-25");
        let ended = Standing::begun(today).ended(InactiveReason::NoMoreUse, today);
        let deletion = date("2027-02-23");
        assert_eq!(ended.deletion_day(), Some(deletion));
        assert!(!ended.is_to_be_deleted(deletion.plus_days(-1)));
        assert_eq!(ended.returned(deletion.plus_days(-1)), Ok(Standing::begun(deletion.plus_days(-1))));
        assert!(ended.is_to_be_deleted(deletion));
        assert_eq!(ended.returned(deletion), Err(TooLate));
        for reason in [InactiveReason::FoundWork, InactiveReason::Pause] {
            assert_eq!(Standing::begun(today).ended(reason, today).deletion_day(), None);
        }
    }

    #[test]
    fn a_standing_survives_json_and_a_second_ending_changes_nothing() {
        let standing = Standing::Inactive { since: date("2026-11-25"), reason: Some(InactiveReason::NoMoreUse) };
        #[cfg(feature = "ssr")]
        assert_eq!(serde_json::to_string(&standing).ok().and_then(|json| serde_json::from_str(&json).ok()), Some(standing));
        assert_eq!(standing.ended(InactiveReason::Pause, date("2026-12-25")), standing, "nobody prolongs their year");
    }

    prop_compose! {
        fn days()(days in -20_000i32..60_000) -> Date { Date::from_epoch_days(days) }
    }

    proptest! {
        #[test]
        fn validity_ends_with_a_month_59_to_92_days_later(applied in days()) {
            let until = valid_until(applied);
            prop_assert_eq!(until.plus_days(1).parts().2, 1);
            prop_assert!((59..=92).contains(&(until.epoch_days() - applied.epoch_days())));
        }

        #[test]
        fn using_it_never_shortens_it_and_adds_at_most_a_month(applied in days(), later in 0i32..120) {
            let (before, day) = (valid_until(applied), applied.plus_days(later));
            let after = extended(before, day);
            prop_assert!((0..=31).contains(&(after.epoch_days() - before.epoch_days())));
            prop_assert_eq!(after == before, day > before || day.parts().1 != before.parts().1);
        }

        #[test]
        fn the_way_back_is_open_exactly_until_its_last_day(since in days(), later in 0i32..500) {
            let inactive = Standing::Inactive { since, reason: Some(InactiveReason::FoundWork) };
            let day = since.plus_days(later);
            let last = inactive.last_day_to_return().ok_or(TestCaseError::fail("an inactive one has a last day"))?;
            prop_assert!((365..=366).contains(&(last.epoch_days() - since.epoch_days())));
            prop_assert_eq!(inactive.returned(day).is_ok(), day <= last);
        }

        #[test]
        fn whoever_looks_every_day_sends_each_reminder_once(applied in days()) {
            let until = valid_until(applied);
            let mut sent = Vec::new();
            for later in 1..=100 {
                sent.extend(reminder_due(until, applied.plus_days(later - 1), applied.plus_days(later)));
            }
            prop_assert_eq!(sent, REMINDER_DAYS.to_vec());
        }
    }
}
