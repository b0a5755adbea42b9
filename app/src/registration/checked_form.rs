//! A section's form as the browser's script has it, checked by the rules: texts in, texts out.

use super::fields::find;
use super::form_data::FormData;
use super::{Draft, Section, YearMonth, basic, canonical::canonical, parse_day, wording};
use crate::date::Date;
use crate::form::{FieldError, FieldErrors, Severity};
use crate::text;
use std::fmt::Write;

/// What stands between the names and values of a form: no field holds it.
pub const SEPARATOR: char = '\u{1e}';

/// What is said of a form as of `today` (`YYYY-MM-DD`), a line each: field, `error` or `warning`, and the sentence, with tabs between. Nothing for
/// a section that does not exist, or without a day.
#[must_use]
pub fn check_form(section: &str, form: &str, names: &str, today: &str) -> String {
    let Some((section, today)) = Section::from_code(section).zip(today.parse::<Date>().ok()) else { return String::new() };
    lines(&errors(section, &form_data(form), names, today), |error| wording::message(section, error))
}

/// What is said of a form.
#[must_use]
pub fn errors(section: Section, form: &FormData, names: &str, today: Date) -> FieldErrors {
    let mut draft = Draft { basic: with_names(names), ..Draft::default() };
    draft.read(section, form);
    draft.check_asked(section, today)
}

/// Names and values by turns.
#[must_use]
pub fn form_data(form: &str) -> FormData {
    let mut parts = form.split(SEPARATOR);
    let mut data = FormData::default();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        data.push(name, value);
    }
    data
}

/// The names that an introduction should not hold.
fn with_names(names: &str) -> basic::Input {
    let mut names = names.split(SEPARATOR).map(str::to_owned);
    let mut next = || names.next().unwrap_or_default();
    basic::Input { family_name: next(), given_name: next(), family_kana: next(), given_kana: next(), ..basic::Input::default() }
}

/// What is said, a line each, with the sentences that `word` gives.
#[must_use]
pub fn lines(errors: &FieldErrors, word: impl Fn(&FieldError) -> String) -> String {
    errors.iter().fold(String::new(), |mut out, error| {
        let severity = if error.code.severity() == Severity::Error { "error" } else { "warning" };
        let sentence = word(error);
        writeln!(out, "{}\t{severity}\t{}\t{sentence}", error.field, error.code.code()).expect("a String takes every write");
        out
    })
}

/// A value in the way it is kept; empty if it is so already or cannot be read.
#[must_use]
pub fn kept_value(section: &str, name: &str, value: &str) -> String {
    let field = Section::from_code(section).and_then(|section| find(section, name));
    field.and_then(|field| canonical(field, value)).unwrap_or_default()
}

/// A day or a month in the calendar and its era; empty for what is neither.
#[must_use]
pub fn meaning(value: &str) -> String {
    let month = |value: &str| value.parse::<YearMonth>().map(|month| text::registration_day_with_era(month.plain(), month.era()));
    parse_day(value).map(|day| text::registration_day_with_era(day.plain(), day.era())).or_else(|_| month(value)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_form_stands_a_line_each() {
        let said = check_form("history", "has_history\u{1e}yes\u{1e}jobs.0.from\u{1e}2030-01", "", "2026-11-25");
        assert!(said.lines().any(|line| line.starts_with("jobs.0.from\terror\tin-the-future\t職歴（1番目）の入社年月")), "{said}");
        assert!(check_form("x", "", "", "2026-11-25").is_empty() && check_form("history", "", "", "x").is_empty());
    }

    #[test]
    fn the_name_of_the_person_is_looked_for_in_the_introduction() {
        let said =
            check_form("introduction", "headline\u{1e}春和です\u{1e}appeal\u{1e}x", "春和\u{1e}花子\u{1e}ハロワ\u{1e}ハナコ", "2026-11-25");
        assert!(said.contains("headline\twarning\tholds-name"), "{said}");
    }

    #[test]
    fn a_value_is_kept_as_the_server_keeps_it() {
        assert_eq!(kept_value("basic", "family_kana", "ﾊﾛﾜ"), "ハロワ");
        assert_eq!(kept_value("basic", "family_kana", "ハロワ"), "");
        assert_eq!(meaning("S63.4.1"), "1988年4月1日（昭和63年4月1日）");
        assert_eq!(meaning("2011-03"), "2011年3月（平成23年3月）");
        assert_eq!(meaning("R1.5"), "2019年5月（令和元年5月）");
        assert_eq!(meaning("明日"), "");
        assert_eq!(meaning("current"), "");
    }
}
