//! The wage items of the sheet: (a), (b), (c) apart, with what an hour comes to.

use super::build::Draft;
use super::made::one;
use super::wage::hourly;
use crate::postings::facts::WageForm;
use crate::postings::wording;
use crate::text;

pub(super) fn wage_form(draft: &Draft<'_>) -> Vec<String> {
    let stated = draft.first(&["chgnkeitai_n", "chgnkeitai"]);
    if stated.is_empty() { draft.row.wage.form.map(wording::wage_form).map(str::to_owned).into_iter().collect() } else { stated }
}

pub(super) fn wage_total(draft: &Draft<'_>) -> Vec<String> {
    draft.row.wage.total.map(wording::yen).into_iter().collect()
}

pub(super) fn wage_hourly(draft: &Draft<'_>) -> Vec<String> {
    let Some(hourly) = hourly(&draft.row.wage) else { return Vec::new() };
    let how = match draft.row.wage.form {
        Some(WageForm::Daily) => text::sheet_hourly_how_daily(),
        Some(WageForm::Annual) => text::sheet_hourly_how_annual(),
        _ => text::sheet_hourly_how(),
    };
    vec![hourly, how.to_owned()]
}

pub(super) fn wage_base(draft: &Draft<'_>) -> Vec<String> {
    draft.row.wage.base.map_or_else(|| draft.first(&["khky"]), |base| one(wording::yen(base)))
}

/// Each allowance with its name, then the sum where there is more than one.
pub(super) fn wage_fixed(draft: &Draft<'_>) -> Vec<String> {
    let mut lines: Vec<_> = (1..=4).filter_map(|n| allowance(draft, n)).collect();
    if lines.len() != 1 {
        let sum = draft.row.wage.fixed_allowances.map(wording::yen);
        lines.extend(if lines.is_empty() { sum } else { sum.map(text::sheet_sum) });
    }
    lines
}

fn allowance(draft: &Draft<'_>, n: u8) -> Option<String> {
    let part = |end: &str| draft.joined(&format!("tgktat{n}{end}"));
    let stated = part("").or_else(|| match (part("_kagen"), part("_jgn")) {
        (Some(from), Some(to)) if from != to => Some(text::postings_yen_range(from, to)),
        (from, to) => from.or(to).map(text::postings_yen),
    });
    match (part("_mei"), stated) {
        (Some(name), Some(stated)) => Some(text::sheet_labelled(name, stated)),
        (name, stated) => stated.or(name),
    }
}

/// The amount, what it covers, and the employer's own words about it.
pub(super) fn wage_overtime(draft: &Draft<'_>) -> Vec<String> {
    let wage = &draft.row.wage;
    let Some(fixed) = wage.fixed_overtime else { return draft.first(&["ktizangydi"]) };
    let covers = wage.fixed_overtime_hours.map(text::sheet_fixed_overtime_covers);
    let words = draft.first(&["ktizangydaitkjk"]);
    std::iter::once(wording::yen(fixed)).chain(covers).chain(words).collect()
}
