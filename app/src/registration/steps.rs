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

/// All sections that are asked for, each with how far it is, linked.
#[must_use]
pub fn step_list(draft: &Draft, here: Option<Section>, today: Date) -> AnyView {
    let steps = states(draft, today).into_iter().filter(|(_, state)| *state != State::NotAsked).map(|(section, state)| {
        let current = (here == Some(section)).then_some("step");
        let class = match state {
            State::Complete => "step step-complete",
            State::Wrong => "step step-wrong",
            _ => "step",
        };
        view! {
            <li class=class>
                <a href=section.path() aria-current=current>{section.label()}</a>
                <span class="step-state">{state_label(state)}</span>
            </li>
        }
    });
    view! {
        <ol class="steps">
            {steps.collect_view()}
            <li class="step"><a href=REVIEW>{text::registration_review_title()}</a></li>
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
                {step_list(draft, Some(here), today)}
            </details>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

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
