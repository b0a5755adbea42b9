//! What forms of the server are made of: fields with label, hint and message, and the summary of what is wrong. They work without any
//! script: a form that could not be taken comes back with status 422, with what was written (never a password or a code), the focus on
//! the summary, whose links lead to the fields.

use crate::form::{FieldError, FieldErrors, Severity};
use crate::text;
use crate::ui::plain_text_area;
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
    fn of(&self, name: &str) -> Messages {
        let of_field = || self.errors.iter().filter(|error| error.field == name);
        let words = |severity| of_field().filter(|error| error.code.severity() == severity).map(self.word).collect::<Vec<_>>().join(" ");
        Messages { red: words(Severity::Error), orange: words(Severity::Warning) }
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

/// What is said of one field.
struct Messages {
    red: String,
    orange: String,
}

impl Messages {
    const fn is_empty(&self) -> bool {
        self.red.is_empty() && self.orange.is_empty()
    }

    fn invalid(&self) -> Option<&'static str> {
        (!self.red.is_empty()).then_some("true")
    }

    /// Always there, so that a script has a place to speak in; empty if nothing is said.
    fn view(self, name: &str) -> AnyView {
        let id = error_id(name);
        let red = (!self.red.is_empty()).then(|| view! { <span class="field-error">{self.red}</span> });
        let orange = (!self.orange.is_empty()).then(|| view! { <span class="field-warning">{self.orange}</span> });
        view! { <div class="field-messages" id=id>{red}{orange}</div> }.into_any()
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
    let (class, heading) = if said.errors.has_errors() {
        ("error-summary", text::ui_error_summary())
    } else {
        ("error-summary warning-summary", text::ui_warning_summary())
    };
    view! {
        <div class=class role="alert" tabindex="-1" autofocus aria-labelledby="error-summary">
            <h2 id="error-summary">{heading}</h2>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The element that has the focus when a link of the summary is followed.
#[must_use]
pub fn field_id(name: &str) -> String {
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
    /// What the value means, beside the field: a date's year of the era.
    pub beside: Option<String>,
}

/// A field with its label, hint and messages.
#[must_use]
pub fn text_field(field: TextField<'_>, said: Said<'_>) -> AnyView {
    let messages = said.of(field.name);
    let described = described_by(field.name, field.hint.is_some(), !messages.is_empty());
    let invalid = messages.invalid();
    let beside = field.beside.map(|words| view! { <p class="beside" id=format!("beside-{}", field_id(field.name))>{words}</p> });
    let class = if field.is_short { "field field-short" } else { "field" };
    // Nothing secret is ever sent back.
    let value = if field.kind == Some("password") { "" } else { field.value };
    view! {
        <div class=class>
            <label for=field_id(field.name)>{field.label.to_owned()} {required(field.is_required)}</label>
            {hint(field.name, field.hint)}
            {messages.view(field.name)}
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
            {beside}
        </div>
    }
    .into_any()
}

/// A field of several lines, with the most characters that it takes.
#[must_use]
pub fn text_area_field(field: TextField<'_>, most: usize, said: Said<'_>) -> AnyView {
    let messages = said.of(field.name);
    let described = described_by(field.name, field.hint.is_some(), !messages.is_empty());
    let invalid = messages.invalid();
    view! {
        <div class="field" data-most=most.to_string()>
            <label for=field_id(field.name)>{field.label.to_owned()} {required(field.is_required)}</label>
            {hint(field.name, field.hint)}
            {messages.view(field.name)}
            {plain_text_area(&field_id(field.name), field.name, field.value, None, (described, invalid))}
        </div>
    }
    .into_any()
}

/// A list of which one is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Select<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// What helps to choose.
    pub hint: Option<&'a str>,
    /// What browsers fill in.
    pub autocomplete: Option<&'static str>,
    /// The options by groups; a group without a name stands by itself. Value and text.
    pub groups: &'a [(&'a str, Vec<(String, String)>)],
    /// The value that is chosen.
    pub chosen: &'a str,
    /// Whether it must be chosen.
    pub is_required: bool,
}

/// A list with 「未選択」 first.
#[must_use]
pub fn select_field(select: Select<'_>, said: Said<'_>) -> AnyView {
    let messages = said.of(select.name);
    let described = described_by(select.name, select.hint.is_some(), !messages.is_empty());
    let invalid = messages.invalid();
    let option = |(value, label): &(String, String)| {
        view! { <option value=value.clone() selected=value == select.chosen>{label.clone()}</option> }
    };
    let groups = select.groups.iter().map(|(name, options)| {
        let options = options.iter().map(option).collect_view();
        if name.is_empty() { options.into_any() } else { view! { <optgroup label=(*name).to_owned()>{options}</optgroup> }.into_any() }
    });
    view! {
        <div class="field">
            <label for=field_id(select.name)>{select.label.to_owned()} {required(select.is_required)}</label>
            {hint(select.name, select.hint)}
            {messages.view(select.name)}
            <select
                id=field_id(select.name)
                name=select.name.to_owned()
                autocomplete=select.autocomplete
                aria-describedby=described
                aria-invalid=invalid
            >
                <option value="">{text::ui_unselected()}</option>
                {groups.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// A question with any of several answers.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// The question.
    pub legend: &'a str,
    /// What helps to answer it.
    pub hint: Option<&'a str>,
    /// The answers: value and text.
    pub answers: &'a [(&'a str, &'a str)],
    /// The values that are chosen.
    pub chosen: &'a [String],
    /// Whether it must be answered.
    pub is_required: bool,
}

/// Boxes to tick in a fieldset.
#[must_use]
pub fn check_boxes(choices: Choices<'_>, said: Said<'_>) -> AnyView {
    let messages = said.of(choices.name);
    let described = described_by(choices.name, choices.hint.is_some(), !messages.is_empty());
    let answers = choices.answers.iter().enumerate().map(|(at, (value, label))| {
        let id = if at == 0 { field_id(choices.name) } else { format!("{}-{at}", field_id(choices.name)) };
        let checked = choices.chosen.iter().any(|chosen| chosen == value);
        view! {
            <li>
                <label class="choice">
                    <input id=id type="checkbox" name=choices.name.to_owned() value=(*value).to_owned() checked=checked/>
                    <span>{(*label).to_owned()}</span>
                </label>
            </li>
        }
    });
    view! {
        <fieldset aria-describedby=described>
            <legend>{choices.legend.to_owned()} {required(choices.is_required)}</legend>
            {hint(choices.name, choices.hint)}
            {messages.view(choices.name)}
            <ul class="choices choices-wide">{answers.collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

/// A box to tick. `label` may hold links.
#[must_use]
pub fn tick_box(name: &str, label: AnyView, is_ticked: bool, is_required: bool, said: Said<'_>) -> AnyView {
    let messages = said.of(name);
    let described = described_by(name, false, !messages.is_empty());
    let invalid = messages.invalid();
    view! {
        <div class="field">
            {messages.view(name)}
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
            {messages.view(choice.name)}
            <ul class="choices">{answers.collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

/// A value that the form carries along.
#[must_use]
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }.into_any()
}

/// A form that posts. Browsers do not check it: the server says what is wrong, in the page's own words.
#[must_use]
pub fn post_form(action: &str, content: impl IntoView + 'static) -> AnyView {
    view! { <form method="post" action=action.to_owned() novalidate>{content}</form> }.into_any()
}

fn required(is_required: bool) -> Option<AnyView> {
    is_required.then(|| view! { <span class="required">{text::ui_required()}</span> }.into_any())
}

fn hint(name: &str, hint: Option<&str>) -> Option<AnyView> {
    hint.map(|hint| view! { <p class="hint" id=hint_id(name)>{hint.to_owned()}</p> }.into_any())
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
