//! The way through the registration: which screen comes next, and the list of all of them.

use super::completion::{State, states};
use super::{Draft, Section};
use crate::date::Date;
use crate::text;
use leptos::prelude::*;

/// The page after the last section.
pub const REVIEW: &str = "/registration/review";

/// The page that follows a section.
#[must_use]
pub fn next(draft: &Draft, section: Section) -> &'static str {
    let later = Section::ALL.into_iter().filter(|other| *other > section);
    later.into_iter().find(|other| draft.asks(*other)).map_or(REVIEW, Section::path)
}

/// What the screen calls a state.
#[must_use]
pub const fn state_label(state: State) -> &'static str {
    match state {
        State::NotAsked => text::registration_state_not_asked(),
        State::Untouched => text::registration_state_untouched(),
        State::Incomplete => text::registration_state_incomplete(),
        State::Wrong => text::registration_state_wrong(),
        State::Complete => text::registration_state_complete(),
    }
}

/// The form of a section's page, by which buttons outside of it belong to it.
pub const FORM: &str = "registration-form";

/// All sections that are asked for, each with how far it is, linked.
#[must_use]
pub fn step_list(draft: &Draft, today: Date) -> AnyView {
    list(
        draft,
        today,
        |section| view! { <a href=section.path()>{section.label()}</a> }.into_any(),
        || view! { <a href=REVIEW>{text::registration_review_title()}</a> }.into_any(),
    )
}

/// The same as buttons of the section's form: what was typed is saved before another screen opens, without any script.
fn step_buttons(draft: &Draft, here: Section, today: Date) -> AnyView {
    let button = |to: &str, label: &'static str, current: Option<&'static str>| {
        view! {
            <button type="submit" form=FORM name="do" value=format!("{GO}{to}") class="button button-text" aria-current=current>{label}</button>
        }
        .into_any()
    };
    let of_section = |section: Section| button(section.code(), section.label(), (section == here).then_some("step"));
    list(draft, today, of_section, || button(REVIEW_STEP, text::registration_review_title(), None))
}

/// What the value of a button that leads to another screen begins with.
const GO: &str = "go.";
/// The review, in such a value.
const REVIEW_STEP: &str = "review";

/// The page that a button of the list leads to; `None` for another button.
#[must_use]
pub fn asked_step(button: &str) -> Option<&'static str> {
    match button.strip_prefix(GO)? {
        REVIEW_STEP => Some(REVIEW),
        code => Section::from_code(code).map(Section::path),
    }
}

fn list(draft: &Draft, today: Date, step: impl Fn(Section) -> AnyView, review: impl FnOnce() -> AnyView) -> AnyView {
    let steps = states(draft, today).into_iter().filter(|(_, state)| *state != State::NotAsked).map(|(section, state)| {
        let class = match state {
            State::Complete => "step step-complete",
            State::Wrong => "step step-wrong",
            _ => "step",
        };
        view! { <li class=class>{step(section)}" "<span class="step-state">{state_label(state)}</span></li> }
    });
    view! {
        <ol class="steps">
            {steps.collect_view()}
            <li class="step">{review()}</li>
        </ol>
    }
    .into_any()
}

/// Where one is on the way, with the list folded up.
#[must_use]
pub fn step_navigation(draft: &Draft, here: Section, today: Date) -> AnyView {
    let asked: Vec<Section> = Section::ALL.into_iter().filter(|section| draft.asks(*section)).collect();
    let place = asked.iter().position(|section| *section == here).map_or(0, |place| place + 1);
    view! {
        <nav class="step-navigation" aria-label=text::registration_steps()>
            <p>{text::registration_step_of(asked.len(), place)}</p>
            <progress max=asked.len().to_string() value=place.to_string() aria-hidden="true"></progress>
            <details>
                <summary>{text::registration_all_steps()}</summary>
                {step_buttons(draft, here, today)}
            </details>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_of_the_list_leads_to_its_screen() {
        assert_eq!(asked_step("go.history"), Some("/registration/history"));
        assert_eq!(asked_step("go.review"), Some(REVIEW));
        for other in ["next", "go.", "go.x", "history"] {
            assert_eq!(asked_step(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_not_asked_for_is_passed_over() {
        let mut draft = Draft::default();
        assert_eq!(next(&draft, Section::Basic), "/registration/publication");
        assert_eq!(next(&draft, Section::History), REVIEW);
        draft.basic.disability = "yes".to_owned();
        assert_eq!(next(&draft, Section::History), "/registration/disability");
        draft.publication.publish_to_employers = "yes".to_owned();
        assert_eq!(next(&draft, Section::Disability), "/registration/introduction");
        assert_eq!(next(&draft, Section::Introduction), REVIEW);
    }
}
