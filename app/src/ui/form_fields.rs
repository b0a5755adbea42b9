//! What forms of the server are made of: fields with label, hint and message, and the summary of what is wrong. They work without any
//! script: a form that could not be taken comes back with status 422, with what was written (never a password or a code), the focus on
//! the summary, whose links lead to the fields.

use crate::form::{FieldError, FieldErrors};
use crate::text;
use leptos::prelude::*;

/// What is said of a form, in sentences.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// The codes.
    pub errors: &'a FieldErrors,
    /// The sentence of a code.
    pub word: fn(&FieldError) -> String,
}

impl Said<'_> {
    fn of(&self, name: &str) -> Vec<String> {
        self.errors.iter().filter(|error| error.field == name).map(self.word).collect()
    }

    /// Whether something is said at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The page's title with the mark of a form that could not be taken: a screen reader says it first.
    #[must_use]
    pub fn title(&self, title: &str) -> String {
        if self.is_empty() { title.to_owned() } else { text::ui_title_with_errors(title) }
    }
}

/// What is wrong, at the top of the page, linked to the fields. It takes the focus. Empty if nothing is.
#[must_use]
pub fn error_summary(said: Said<'_>) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let lines = said.errors.iter().map(|error| {
        let target = format!("#{}", field_id(&error.field));
        view! { <li><a href=target>{(said.word)(error)}</a></li> }
    });
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary">
            <h2 id="error-summary">{text::ui_error_summary()}</h2>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The element that has the focus when a link of the summary is followed.
fn field_id(name: &str) -> String {
    format!("field-{}", name.replace('.', "-"))
}

fn hint_id(name: &str) -> String {
    format!("hint-{}", name.replace('.', "-"))
}

fn error_id(name: &str) -> String {
    format!("error-{}", name.replace('.', "-"))
}

/// A field of one line.
#[derive(Clone, Debug, Default)]
pub struct TextField<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// What helps to fill it in.
    pub hint: Option<&'a str>,
    /// The kind of input: `text` unless told.
    pub kind: Option<&'a str>,
    /// What stands in it. Left out for passwords and codes.
    pub value: &'a str,
    /// What browsers fill in.
    pub autocomplete: &'a str,
    /// Which keyboard phones show.
    pub inputmode: Option<&'a str>,
    /// Whether it must be filled in.
    pub is_required: bool,
    /// Whether it is short.
    pub is_short: bool,
}

/// A field with its label, hint and messages.
#[must_use]
pub fn text_field(field: TextField<'_>, said: Said<'_>) -> AnyView {
    let messages = said.of(field.name);
    let described = described_by(field.name, field.hint.is_some(), !messages.is_empty());
    let invalid = (!messages.is_empty()).then_some("true");
    let class = if field.is_short { "field field-short" } else { "field" };
    // Nothing secret is ever sent back.
    let value = if field.kind == Some("password") { "" } else { field.value };
    view! {
        <div class=class>
            <label for=field_id(field.name)>{field.label.to_owned()} {required(field.is_required)}</label>
            {hint(field.name, field.hint)}
            {field_messages(field.name, messages)}
            <input
                id=field_id(field.name)
                name=field.name.to_owned()
                type=field.kind.unwrap_or("text").to_owned()
                value=value.to_owned()
                autocomplete=field.autocomplete.to_owned()
                inputmode=field.inputmode.map(str::to_owned)
                required=field.is_required
                aria-describedby=described
                aria-invalid=invalid
                autocapitalize="none"
                spellcheck="false"
            />
        </div>
    }
    .into_any()
}

/// A box to tick. `label` may hold links.
#[must_use]
pub fn tick_box(name: &str, label: AnyView, is_ticked: bool, is_required: bool, said: Said<'_>) -> AnyView {
    let messages = said.of(name);
    let described = described_by(name, false, !messages.is_empty());
    let invalid = (!messages.is_empty()).then_some("true");
    view! {
        <div class="field">
            {field_messages(name, messages)}
            <label class="choice">
                <input
                    id=field_id(name)
                    name=name.to_owned()
                    type="checkbox"
                    value="yes"
                    checked=is_ticked
                    required=is_required
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <span>{label} {required(is_required)}</span>
            </label>
        </div>
    }
    .into_any()
}

/// A question with one answer out of a few.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// The question.
    pub legend: &'a str,
    /// What helps to answer it.
    pub hint: Option<&'a str>,
    /// The answers: value and text.
    pub answers: &'a [(&'a str, &'a str)],
    /// The value that is chosen.
    pub chosen: &'a str,
    /// Whether it must be answered.
    pub is_required: bool,
}

/// Radio buttons in a fieldset.
#[must_use]
pub fn choice(choice: Choice<'_>, said: Said<'_>) -> AnyView {
    let messages = said.of(choice.name);
    let described = described_by(choice.name, choice.hint.is_some(), !messages.is_empty());
    let answers = choice.answers.iter().enumerate().map(|(at, (value, label))| {
        // A link of the summary leads to the first.
        let id = if at == 0 { field_id(choice.name) } else { format!("{}-{at}", field_id(choice.name)) };
        view! {
            <li>
                <label class="choice">
                    <input
                        id=id
                        type="radio"
                        name=choice.name.to_owned()
                        value=(*value).to_owned()
                        checked=*value == choice.chosen
                        required=choice.is_required
                    />
                    <span>{(*label).to_owned()}</span>
                </label>
            </li>
        }
    });
    view! {
        <fieldset aria-describedby=described>
            <legend>{choice.legend.to_owned()} {required(choice.is_required)}</legend>
            {hint(choice.name, choice.hint)}
            {field_messages(choice.name, messages)}
            <ul class="choices">{answers.collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

/// A value that the form carries along.
#[must_use]
pub fn hidden(name: &'static str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name value=value.to_owned()/> }.into_any()
}

/// A form that posts. Browsers do not check it: the server says what is wrong, in the page's own words.
#[must_use]
pub fn post_form(action: &'static str, content: impl IntoView + 'static) -> AnyView {
    view! { <form method="post" action=action novalidate>{content}</form> }.into_any()
}

fn required(is_required: bool) -> Option<AnyView> {
    is_required.then(|| view! { <span class="required">{text::ui_required()}</span> }.into_any())
}

fn hint(name: &str, hint: Option<&str>) -> Option<AnyView> {
    hint.map(|hint| view! { <p class="hint" id=hint_id(name)>{hint.to_owned()}</p> }.into_any())
}

fn field_messages(name: &str, messages: Vec<String>) -> Option<AnyView> {
    let id = error_id(name);
    (!messages.is_empty()).then(|| view! { <p class="field-error" id=id>{messages.join(" ")}</p> }.into_any())
}

fn described_by(name: &str, has_hint: bool, has_messages: bool) -> Option<String> {
    match (has_hint, has_messages) {
        (true, true) => Some(format!("{} {}", hint_id(name), error_id(name))),
        (true, false) => Some(hint_id(name)),
        (false, true) => Some(error_id(name)),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Code;

    fn word(error: &FieldError) -> String {
        format!("{} is {}", error.field, error.code.code())
    }

    #[test]
    fn a_mistake_stands_in_the_summary_and_at_its_field_and_both_are_tied_to_it() {
        let mut errors = FieldErrors::default();
        errors.add("jobs.2.company", Code::TooLong);
        let said = Said { errors: &errors, word };
        let summary = error_summary(said).to_html();
        assert!(summary.contains("href=\"#field-jobs-2-company\"") && summary.contains("autofocus"), "{summary}");
        let field = TextField { name: "jobs.2.company", label: "会社名", hint: Some("例"), value: "\"><b>", ..TextField::default() };
        let field = text_field(field, said).to_html();
        assert!(field.contains("aria-describedby=\"hint-jobs-2-company error-jobs-2-company\""), "{field}");
        assert!(field.contains("aria-invalid=\"true\"") && field.contains("name=\"jobs.2.company\""), "{field}");
        assert!(!field.contains("<b>"), "{field}");
    }

    #[test]
    fn a_password_never_comes_back() {
        let errors = FieldErrors::default();
        let field =
            TextField { name: "password", label: "パスワード", kind: Some("password"), value: "geheim", ..TextField::default() };
        let html = text_field(field, Said { errors: &errors, word }).to_html();
        assert!(!html.contains("geheim") && !html.contains("aria-invalid"), "{html}");
        assert!(error_summary(Said { errors: &errors, word }).to_html().is_empty() || !errors.has_errors());
    }
}
