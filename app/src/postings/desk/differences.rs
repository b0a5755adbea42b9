//! What differs between two states of a posting's form: for staff who check a change, and for who finds that another screen was faster.

use super::form::{Field, Format, fields};
use crate::places::prefecture;
use crate::registration::form_data::FormData;
use crate::text;
use leptos::prelude::*;

/// A field that differs: what it is called, what it said, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its label.
    pub label: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// The fields that differ, in the order of the form.
#[must_use]
pub fn differences(before: &FormData, after: &FormData) -> Vec<Difference> {
    let differing = fields().filter(|field| before.one(field.name).trim() != after.one(field.name).trim());
    differing.map(|field| Difference { label: (field.label)(), before: words(field, before), after: words(field, after) }).collect()
}

fn words(field: &Field, form: &FormData) -> String {
    let value = form.one(field.name).trim();
    match field.format {
        Format::Choice(choices) => choices.iter().find(|(code, _)| *code == value).map_or(String::new(), |(_, label)| label().to_owned()),
        Format::Prefecture => value.parse().ok().and_then(prefecture).map_or(String::new(), |found| found.name.to_owned()),
        Format::Tick if value == "yes" => text::desk_ticked().to_owned(),
        _ => value.to_owned(),
    }
}

/// A list of them; nothing where nothing differs.
#[must_use]
pub fn listed(differences: &[Difference]) -> AnyView {
    if differences.is_empty() {
        return ().into_any();
    }
    let words = |words: &str| if words.is_empty() { text::desk_blank().to_owned() } else { words.to_owned() };
    let rows = differences.iter().map(|own| {
        view! {
            <tr>
                <th scope="row">{own.label}</th>
                <td data-label=text::desk_before() class="lines">{words(&own.before)}</td>
                <td data-label=text::desk_after() class="lines">{words(&own.after)}</td>
            </tr>
        }
    });
    view! {
        <table class="changes plain">
            <thead>
                <tr>
                    <th scope="col">{text::desk_field()}</th>
                    <th scope="col">{text::desk_before()}</th>
                    <th scope="col">{text::desk_after()}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> FormData {
        FormData(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_differs_is_told_in_the_words_of_the_screen() {
        let before = form(&[("title", "事務"), ("scope", "1"), ("overtime", "5")]);
        let after = form(&[("title", "事務 "), ("scope", "3"), ("reserved", "yes")]);
        let told: Vec<_> = differences(&before, &after).into_iter().map(|own| (own.before, own.after)).collect();
        let words = |text: &str| text.to_owned();
        assert_eq!(
            told,
            [
                (words(text::desk_scope_1()), words(text::desk_scope_3())),
                (String::new(), words(text::desk_ticked())),
                (words("5"), String::new())
            ]
        );
        assert!(differences(&after, &after).is_empty());
    }
}
