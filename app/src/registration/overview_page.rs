//! `/registration`: the way in, how far one is, and afterwards what is registered and until when.

use super::completion::{State, states};
use super::own::Own;
use super::page::page as framed;
use super::record::Record;
use super::standing_page::lifeline;
use super::steps::{REVIEW, step_list};
use super::{Draft, Section, shown};
use crate::account::answer::Answer;
use crate::account::visit::{Asked, Visit};
use crate::text;
use axum::http::StatusCode;
use leptos::prelude::*;

/// The address.
pub const PAGE: &str = "/registration";

/// What has just been done: the word in the address, and the sentence.
const SAID: [(&str, &str); 6] = [
    ("saved", text::registration_saved_later()),
    ("changed", text::registration_changed()),
    ("discarded", text::registration_discarded()),
    ("inactive", text::registration_said_inactive()),
    ("active", text::registration_said_active()),
    ("withdrawn", text::registration_preview_withdrawn()),
];

/// GET.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let own = Own::of(&visit, PAGE).await?;
    let said = SAID.into_iter().find(|(word, _)| *word == asked.get("said"));
    let said = said.map(|(_, sentence)| view! { <p class="notice notice-success" role="status">{sentence}</p> });
    let (title, content) = match &own.record {
        None => (text::registration_title(), on_the_way(&visit, &own)),
        Some(record) => (text::registration_my_title(), registered(&visit, &own, record)),
    };
    let content = view! {
        <h1>{title}</h1>
        {said}
        {content}
    };
    Ok(framed(&visit, StatusCode::OK, title, content))
}

fn on_the_way(visit: &Visit, own: &Own) -> AnyView {
    let today = visit.today();
    let open = states(&own.draft, today).into_iter().find(|(_, state)| !matches!(state, State::Complete | State::NotAsked));
    let (path, button) = match open {
        _ if !own.has_typed() => (Section::Basic.path(), text::registration_begin()),
        Some((section, _)) => (section.path(), text::registration_go_on()),
        None => (REVIEW, text::registration_to_review()),
    };
    view! {
        <p>{text::registration_about()}</p>
        <p>{text::registration_about_time()}</p>
        <p><a class="button" href=path>{button}</a></p>
        <h2>{text::registration_states_heading()}</h2>
        {step_list(&own.draft, today)}
    }
    .into_any()
}

fn registered(visit: &Visit, own: &Own, record: &Record) -> AnyView {
    let today = visit.today();
    let is_active = record.is_active(today);
    let waiting = (own.has_typed() && is_active).then(|| {
        view! {
            <div class="notice notice-info">
                <p>{text::registration_changes_waiting()}</p>
                <p><a class="button" href="/registration/changes">{text::registration_changes_title()}</a></p>
            </div>
        }
    });
    let sections = Section::ALL.into_iter().filter(|section| own.current.asks(*section));
    view! {
        {waiting}
        {lifeline(record, today)}
        {facts(record)}
        <h2>{text::registration_links_heading()}</h2>
        <ul class="account-links">
            <li><a href="/registration/preview">{text::registration_preview_title()}</a></li>
            <li><a href="/registration/summary">{text::registration_summary_title()}</a></li>
            <li><a href="/registration/standing">{text::registration_standing_title()}</a></li>
            <li><a href="/registration/past-changes">{text::registration_history_title()}</a></li>
            <li><a href="/registration/reads">{text::registration_reads_title()}</a></li>
            <li><a href="/registration/export">{text::registration_export_title()}</a></li>
        </ul>
        <h2>{text::registration_change_heading()}</h2>
        {sections.map(|section| section_words(&own.current, section, is_active.then(text::registration_change_section))).collect_view()}
    }
    .into_any()
}

fn facts(record: &Record) -> AnyView {
    let number = record.seeker_number.clone().map(|number| view! { <dt>{text::registration_number_label()}</dt><dd>{number}</dd> });
    view! {
        <dl class="account-facts">
            <dt>{text::registration_record_kind()}</dt>
            <dd>{record.kind.label()}</dd>
            {number}
            <dt>{text::registration_applied_label()}</dt>
            <dd>{record.applied_on.plain().to_string()}</dd>
        </dl>
    }
    .into_any()
}

/// What a section says, with a link to change it.
#[must_use]
pub fn section_words(draft: &Draft, section: Section, link: Option<&'static str>) -> AnyView {
    let rows = shown::rows(draft, section).into_iter().map(|row| {
        let words = if row.words.is_empty() { text::registration_words_none().to_owned() } else { row.words };
        view! { <dt>{row.label}</dt><dd>{words}</dd> }
    });
    let link = link.map(|link| {
        view! {
            <p>
                <a href=section.path()>{link}<span class="visually-hidden">{text::registration_edit_section_of(section.label())}</span></a>
            </p>
        }
    });
    view! {
        <section class="registration-section" aria-labelledby=format!("words-{}", section.code())>
            <h3 id=format!("words-{}", section.code())>{section.label()}</h3>
            <dl class="registration-words">{rows.collect_view()}</dl>
            {link}
        </section>
    }
    .into_any()
}
