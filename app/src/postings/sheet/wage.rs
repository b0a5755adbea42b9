//! Wages in words, on both sides: amounts with their unit, what an hour comes to, what fixed overtime covers.

use crate::postings::facts::WageForm;
use crate::postings::wage::{Wage, Yen};
use crate::text;

/// `1234567` as 「1,234,567」.
#[must_use]
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// 「200,000円」, or 「200,000円～250,000円」 for a range.
#[must_use]
pub fn amount(yen: Yen) -> String {
    if yen.from == yen.to { text::sheet_yen(grouped(yen.from)) } else { text::sheet_yen_range(grouped(yen.from), grouped(yen.to)) }
}

/// The name of a wage form: 「月給」.
#[must_use]
pub const fn form(form: WageForm) -> &'static str {
    match form {
        WageForm::Monthly => text::sheet_wage_monthly(),
        WageForm::Daily => text::sheet_wage_daily(),
        WageForm::Hourly => text::sheet_wage_hourly(),
        WageForm::Annual => text::sheet_wage_annual(),
        WageForm::Other => text::sheet_wage_other(),
    }
}

/// The wage in one line: 「月給 200,000円～250,000円」, without fixed overtime pay; `None` where no amount is stated.
#[must_use]
pub fn headline(wage: &Wage) -> Option<String> {
    let amount = amount(wage.total.or(wage.base)?);
    Some(wage.form.map_or(amount.clone(), |unit| text::sheet_wage_headline(form(unit), amount)))
}

/// What an hour comes to: 「約1,250円～1,560円」. `None` where the wage is by the hour already or cannot be told.
#[must_use]
pub fn hourly(wage: &Wage) -> Option<String> {
    if wage.form == Some(WageForm::Hourly) {
        return None;
    }
    wage.hourly_equivalent.map(|yen| text::sheet_about(amount(yen)))
}

/// What fixed overtime pay is and covers: 「固定残業代 30,000円（月20時間分）」; `None` where there is none.
#[must_use]
pub fn fixed_overtime(wage: &Wage) -> Option<String> {
    let amount = amount(wage.fixed_overtime?);
    Some(match wage.fixed_overtime_hours {
        Some(hours) => text::sheet_fixed_overtime_hours(amount, hours),
        None => text::sheet_fixed_overtime(amount),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn yen(from: u32, to: u32) -> Option<Yen> {
        Some(Yen { from, to })
    }

    #[test]
    fn digits_are_grouped_by_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (123_456, "123,456"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_headline_is_the_total_with_its_unit_and_base_pay_where_there_is_no_total() {
        let mut wage = Wage { form: Some(WageForm::Monthly), base: yen(180_000, 180_000), ..Wage::default() };
        assert_eq!(headline(&wage).as_deref(), Some("月給 180,000円"));
        wage.total = yen(200_000, 250_000);
        assert_eq!(headline(&wage).as_deref(), Some("月給 200,000円～250,000円"));
        assert_eq!(headline(&Wage::default()), None);
    }

    #[test]
    fn what_an_hour_comes_to_is_said_only_of_wages_that_are_not_by_the_hour() {
        let mut wage = Wage { form: Some(WageForm::Monthly), hourly_equivalent: yen(1250, 1560), ..Wage::default() };
        assert_eq!(hourly(&wage).as_deref(), Some("約1,250円～1,560円"));
        wage.form = Some(WageForm::Hourly);
        assert_eq!(hourly(&wage), None);
    }

    #[test]
    fn fixed_overtime_says_the_hours_it_covers_where_they_are_stated() {
        let mut wage = Wage { fixed_overtime: yen(30_000, 30_000), ..Wage::default() };
        assert_eq!(fixed_overtime(&wage).as_deref(), Some("固定残業代 30,000円"));
        wage.fixed_overtime_hours = Some(20);
        assert_eq!(fixed_overtime(&wage).as_deref(), Some("固定残業代 30,000円（月20時間分）"));
    }
}
