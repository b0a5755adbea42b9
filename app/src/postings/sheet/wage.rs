//! Wages in words, on both sides: amounts with their unit, what an hour comes to, what fixed overtime covers.

use crate::postings::facts::WageForm;
use crate::postings::wage::Wage;
use crate::postings::wording::{wage_form, yen};
use crate::text;

/// The wage in one line: 「月給 200,000円～250,000円」, without fixed overtime pay; `None` where no amount is stated.
#[must_use]
pub fn headline(wage: &Wage) -> Option<String> {
    let amount = yen(wage.total.or(wage.base)?);
    Some(match wage.form {
        Some(form) => text::postings_wage_of_form(wage_form(form), amount),
        None => amount,
    })
}

/// What an hour comes to: 「約1,250円～1,560円」. `None` where the wage is by the hour already or cannot be told.
#[must_use]
pub fn hourly(wage: &Wage) -> Option<String> {
    if wage.form == Some(WageForm::Hourly) {
        return None;
    }
    wage.hourly_equivalent.map(|hour| text::sheet_about(yen(hour)))
}

/// What fixed overtime pay is and covers: 「固定残業代 30,000円（月20時間分）」; `None` where there is none.
#[must_use]
pub fn fixed_overtime(wage: &Wage) -> Option<String> {
    let amount = yen(wage.fixed_overtime?);
    Some(match wage.fixed_overtime_hours {
        Some(hours) => text::sheet_fixed_overtime_hours(amount, hours),
        None => text::sheet_fixed_overtime(amount),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postings::wage::Yen;

    const fn range(from: u32, to: u32) -> Option<Yen> {
        Some(Yen { from, to })
    }

    #[test]
    fn the_headline_is_the_total_with_its_unit_and_base_pay_where_there_is_no_total() {
        let mut wage = Wage { form: Some(WageForm::Monthly), base: range(180_000, 180_000), ..Wage::default() };
        assert_eq!(headline(&wage).as_deref(), Some("月給 180,000円"));
        wage.total = range(200_000, 250_000);
        assert_eq!(headline(&wage).as_deref(), Some("月給 200,000円～250,000円"));
        assert_eq!(headline(&Wage::default()), None);
    }

    #[test]
    fn what_an_hour_comes_to_is_said_only_of_wages_that_are_not_by_the_hour() {
        let mut wage = Wage { form: Some(WageForm::Monthly), hourly_equivalent: range(1250, 1560), ..Wage::default() };
        assert_eq!(hourly(&wage).as_deref(), Some("約1,250円～1,560円"));
        wage.form = Some(WageForm::Hourly);
        assert_eq!(hourly(&wage), None);
    }

    #[test]
    fn fixed_overtime_says_the_hours_it_covers_where_they_are_stated() {
        let mut wage = Wage { fixed_overtime: range(30_000, 30_000), ..Wage::default() };
        assert_eq!(fixed_overtime(&wage).as_deref(), Some("固定残業代 30,000円"));
        wage.fixed_overtime_hours = Some(20);
        assert_eq!(fixed_overtime(&wage).as_deref(), Some("固定残業代 30,000円（月20時間分）"));
    }
}
