//! Exactly what the employer sees of an application: one view for the preview, the seeker's own page and the employer's.

use super::db::Texts;
use crate::date::Date;
use crate::documents::db::Document;
use crate::registration::{Draft, Section, parse_day, shown};
use crate::text;
use leptos::prelude::*;

/// Label and words of the seeker, in the order of the screen. Name, age, place and how to reach them: what an employer needs to answer.
#[must_use]
pub fn person(draft: &Draft, email: &str, today: Date) -> Vec<(String, String)> {
    let basic = &draft.basic;
    let rows = shown::rows(draft, Section::Basic);
    let words = |name: &str| rows.iter().find(|row| row.name == name).map(|row| row.words.clone()).unwrap_or_default();
    let age = parse_day(&basic.birth_date).ok().map(|born| text::applications_age(age(born, today)));
    let place = if words("municipality").is_empty() { words("prefecture") } else { words("municipality") };
    let all = [
        (text::applications_person_name(), format!("{} {}", basic.family_name.trim(), basic.given_name.trim())),
        (text::applications_person_kana(), format!("{} {}", basic.family_kana.trim(), basic.given_kana.trim())),
        (text::applications_person_age(), age.unwrap_or_default()),
        (text::applications_person_place(), place),
        (text::applications_person_phone(), words("phone")),
        (text::applications_person_email(), email.to_owned()),
    ];
    all.into_iter().filter(|(_, words)| !words.trim().is_empty()).map(|(label, words)| (label.to_owned(), words)).collect()
}

fn age(born: Date, today: Date) -> i32 {
    let ((born_year, born_month, born_day), (year, month, day)) = (born.parts(), today.parts());
    year - born_year - i32::from((month, day) < (born_month, born_day))
}

/// The rows as one text, a line each, as they are sealed.
#[must_use]
pub fn written(person: &[(String, String)]) -> String {
    let lines = person.iter().map(|(label, words)| format!("{label}\t{}", words.replace(['\t', '\n'], " ")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The inverse of [`written`].
fn read(person: &str) -> impl Iterator<Item = (String, String)> {
    person.lines().filter_map(|line| line.split_once('\t')).map(|(label, words)| (label.to_owned(), words.to_owned()))
}

/// What the employer sees.
#[must_use]
pub fn seen(texts: &Texts, documents: &[Document]) -> AnyView {
    let rows = read(&texts.person).map(|(label, words)| view! { <dt>{label}</dt><dd>{words}</dd> }).collect_view();
    let remarks = (!texts.remarks.is_empty()).then(|| {
        view! {
            <h3>{text::applications_remarks()}</h3>
            <p class="lines">{texts.remarks.clone()}</p>
        }
    });
    let files = documents.iter().filter(|document| document.message.is_none()).map(file).collect_view();
    let has_files = documents.iter().any(|document| document.message.is_none());
    let files = has_files.then(|| view! { <h3>{text::applications_documents()}</h3><ul class="account-links">{files}</ul> });
    view! {
        <dl class="registration-words">{rows}</dl>
        <h3>{text::applications_motivation()}</h3>
        <p class="lines">{texts.motivation.clone()}</p>
        {remarks}
        {files}
    }
    .into_any()
}

/// A link to a document.
pub fn file(document: &Document) -> AnyView {
    let size = text::documents_kilobytes(document.size.max(1024) / 1024);
    view! {
        <li><a href=format!("/documents/{}", document.id) download="">{document.name.clone()}</a>" "<span class="hint">{size}</span></li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn somebody_is_a_year_older_from_their_birthday_on() {
        assert_eq!(age(day("1988-04-01"), day("2026-03-31")), 37);
        assert_eq!(age(day("1988-04-01"), day("2026-04-01")), 38);
    }

    #[test]
    fn the_person_is_read_as_it_was_written_whatever_stands_in_it() {
        let rows = vec![("氏名".to_owned(), "春和\t花子\nx".to_owned()), ("年齢".to_owned(), "38歳".to_owned())];
        let read: Vec<_> = read(&written(&rows)).collect();
        assert_eq!(read, [("氏名".to_owned(), "春和 花子 x".to_owned()), ("年齢".to_owned(), "38歳".to_owned())]);
    }

    #[test]
    fn an_employer_sees_no_birth_date_no_street_and_nothing_of_a_disability() {
        let mut draft = Draft::default();
        for (name, value) in [("family_name", "春和"), ("birth_date", "1988-04-01"), ("address_line", "千代田1-2-3"), ("disability", "yes")]
        {
            let mut form = draft.written(Section::Basic);
            form.push(name, value);
            draft.read(Section::Basic, &form);
        }
        draft.disability.grade = "2級".to_owned();
        let words = written(&person(&draft, "hanako@example.jp", day("2026-11-27")));
        assert!(words.contains("春和") && words.contains("hanako@example.jp"));
        for hidden in ["1988", "千代田", "2級"] {
            assert!(!words.contains(hidden), "{words}");
        }
    }
}
