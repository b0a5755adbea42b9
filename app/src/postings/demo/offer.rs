//! What a posting offers, decided before anything is worded.

use super::dice::Dice;
use super::employers::{self, Employer};
use super::places;
use super::tables::Job;
use crate::date::Date;
use crate::places::Municipality;
use crate::postings::facts::{EmploymentForm, Kind, PublishingScope, WorkTime};

/// A posting's facts.
pub(super) struct Offer {
    pub index: u64,
    pub number: String,
    pub employer: Employer,
    pub job: &'static Job,
    /// Which of the job's titles.
    pub title: u32,
    pub kind: Kind,
    pub time: WorkTime,
    pub form: EmploymentForm,
    pub scope: PublishingScope,
    /// Reserved for people with disabilities.
    pub is_reserved: bool,
    pub accepts_self_application: bool,
    pub is_remote: bool,
    /// Where one works.
    pub place: &'static Municipality,
    pub received_on: Date,
    pub deadline: Date,
}

const PURPOSE: u64 = 1;

/// Shares of the kinds in thousandths, in the order of `Kind::ALL` [own]: far from even, as in the country.
const KINDS: [u32; 5] = [930, 25, 15, 8, 22];
/// Shares of the publishing scopes in thousandths, in the order of `PublishingScope::ALL` [own].
const SCOPES: [u32; 4] = [740, 60, 180, 20];

/// The offer of a posting with its stream of chance for the wording.
pub(super) fn offer(index: u64, seed: u64, today: Date) -> (Offer, Dice) {
    let mut dice = Dice::new(seed, PURPOSE, index);
    let kind = Kind::ALL[dice.weighted(KINDS.iter().copied())];
    let employer = employers::of(index, seed, matches!(kind, Kind::Seasonal | Kind::Migrant), &mut dice);
    let job = employer.trade.jobs[dice.weighted(employer.trade.jobs.iter().map(|(_, weight)| *weight))].0;
    let form = form(&employer, job, kind, &mut dice);
    let scope = PublishingScope::ALL[dice.weighted(SCOPES.iter().copied())];
    let (received_on, deadline) = days(today, &mut dice);
    let place = workplace(&employer, &mut dice);
    let remote_share =
        if ["developer", "infra", "web-designer", "call-center", "data-entry", "legal"].contains(&job.key) { 350 } else { 12 };
    let offer = Offer {
        index,
        number: number(index, seed, place.prefecture),
        job,
        title: dice.below(super::dice::len(&job.titles)),
        kind,
        time: if form == EmploymentForm::PartTimer { WorkTime::Part } else { WorkTime::Full },
        form,
        scope,
        is_reserved: kind == Kind::Disabled || dice.permille(9),
        // Only a posting with a name can be applied to directly (DOMAIN.md "Employer side" [O]).
        accepts_self_application: matches!(scope, PublishingScope::Everyone | PublishingScope::RegisteredSeekers) && dice.permille(520),
        is_remote: dice.permille(remote_share),
        place,
        received_on,
        deadline,
        employer,
    };
    (offer, dice)
}

fn form(employer: &Employer, job: &Job, kind: Kind, dice: &mut Dice) -> EmploymentForm {
    match kind {
        Kind::Graduates => EmploymentForm::Regular,
        Kind::Seasonal | Kind::Migrant => EmploymentForm::NonRegular,
        Kind::General | Kind::Disabled if employer.trade.key == "dispatch" => {
            EmploymentForm::ALL[dice.weighted([8, 6, 18, 62, 6].into_iter())]
        }
        Kind::General | Kind::Disabled => {
            // Others than agencies send nobody elsewhere.
            let weights = job.forms;
            EmploymentForm::ALL[dice.weighted([weights[0] + 1, weights[1], 0, 0, weights[4]].into_iter())]
        }
    }
}

/// Received within the last 60 days; valid to the end of the second month after that of receipt, as offices do, seldom less; a few
/// have just passed.
fn days(today: Date, dice: &mut Dice) -> (Date, Date) {
    let received = today.plus_days(-i32::try_from(dice.below(60)).unwrap_or_default());
    let deadline = match dice.below(100) {
        0..=1 => received.max(today.plus_days(-3)),
        2..=11 => received.plus_days(i32::try_from(dice.between(25, 55)).unwrap_or_default()).max(received),
        _ => end_of_second_month_after(received),
    };
    (received, deadline)
}

fn end_of_second_month_after(day: Date) -> Date {
    let (year, month, _) = day.parts();
    let months = year * 12 + i32::from(month) - 1 + 3;
    let first_of_third = Date::new(months.div_euclid(12), u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1), 1);
    first_of_third.map_or(day, |first| first.plus_days(-1))
}

/// Chains work anywhere; others at their seat or near it.
fn workplace(employer: &Employer, dice: &mut Dice) -> &'static Municipality {
    if employer.is_chain {
        places::anywhere(dice)
    } else if dice.permille(800) {
        employer.seat
    } else {
        places::in_prefecture(employer.seat.prefecture, dice)
    }
}

/// 求人番号: an office of the prefecture and a serial number. Multiplying by a number that shares no divisor with 10⁸ gives every
/// index its own serial number.
fn number(index: u64, seed: u64, prefecture: u8) -> String {
    const SERIALS: u64 = 100_000_000;
    let serial = (index % SERIALS * 38_196_601 + seed % SERIALS * 7) % SERIALS;
    format!("{prefecture:02}{}0-{serial:08}", office_digits(index))
}

/// The two digits of the receiving office.
pub(super) fn office_digits(index: u64) -> String {
    format!("{:02}", index % 9 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_posting_numbers_and_all_different() {
        let numbers: HashSet<String> = (0..20_000).map(|index| number(index, 5, 13)).collect();
        assert_eq!(numbers.len(), 20_000);
        assert!(numbers.iter().all(|number| number.parse::<crate::postings::PostingNumber>().is_ok()));
    }

    #[test]
    fn a_posting_is_valid_to_the_end_of_the_second_month_after_receipt() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        assert_eq!(end_of_second_month_after(day("2026-11-24")), day("2027-01-31"));
        assert_eq!(end_of_second_month_after(day("2026-12-30")), day("2027-02-28"));
        assert_eq!(end_of_second_month_after(day("2026-01-01")), day("2026-03-31"));
    }
}
