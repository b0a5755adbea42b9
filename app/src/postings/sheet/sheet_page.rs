//! `/postings/{number}`: the posting sheet.

use super::api::Loaded;
use super::share::Share;
use super::wage::{fixed_overtime, headline, hourly};
use super::{Item, Section, Sheet, Way, api, is_soon};
use crate::clock::Clock;
use crate::date::Date;
use crate::error::AppError;
use crate::favorites::store;
use crate::favorites::{Facts, star};
use crate::handover;
use crate::kept;
use crate::postings::PostingNumber;
use crate::postings::search::result_card::days_left;
use crate::text;
use crate::ui::{IntoBuilt, IntoWhole, Served, served};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;

/// The page of one posting; 404 with a way on where there is none.
#[component]
pub fn SheetPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.read().get("number").unwrap_or_default());
    let shown = RwSignal::new(handover::sheet());
    // The day on which a copy kept on the phone is read; nothing for a sheet from the server.
    let read_on = RwSignal::new(None);
    follow(number, shown, read_on);
    star::follow(move || shown.track(), Arc::new(move |number| shown.try_with_untracked(|shown| known(shown.as_ref()?, number))?));
    Effect::new(move || {
        shown.with(|shown| {
            if let Some(Loaded { answer: Ok(sheet), .. }) = shown {
                kept::looked_at(sheet.number.as_str(), &sheet.title);
            }
        });
    });
    let content = move || match shown.get() {
        None => view! { <p role="status">{text::sheet_loading()}</p> }.into_fixed(),
        Some(Loaded { answer: Ok(sheet), .. }) => view! { <SheetView sheet read_on=read_on.get_untracked()/> }.into_fixed(),
        Some(Loaded { answer: Err(error), number }) => view! { <NoSheet error number/> }.into_fixed(),
    };
    view! {
        <p class="sheet-back no-print">
            <a href="/postings">{text::sheet_back()}</a>
        </p>
        {content}
    }
    .into_fixed()
}

/// What a tap on the star keeps.
fn known(shown: &Loaded, number: &PostingNumber) -> Option<(Facts, Option<Sheet>)> {
    let sheet = shown.answer.as_ref().ok().filter(|sheet| sheet.number == *number)?;
    Some((sheet.into(), Some(sheet.clone())))
}

/// Asks for the sheet that the address names, unless it is shown already. A favorite's copy on the phone stands in for a server out of reach.
fn follow(number: Memo<String>, shown: RwSignal<Option<Loaded>>, read_on: RwSignal<Option<Date>>) {
    Effect::new(move |_| {
        let wanted = number.get();
        if shown.with_untracked(|shown| shown.as_ref().is_some_and(|shown| shown.number == wanted)) {
            return;
        }
        shown.set(None);
        spawn_local(async move {
            let mut answer = api::fetch(&wanted).await;
            let kept = if answer == Err(AppError::Unreachable) { kept(&wanted) } else { None };
            // The page may be gone by now, or show another posting.
            if number.try_get_untracked().as_ref() == Some(&wanted) {
                read_on.set(kept.as_ref().map(|_| Clock::default().today()));
                if let Some(sheet) = kept {
                    answer = Ok(sheet);
                }
                shown.set(Some(Loaded { number: wanted, answer }));
            }
        });
    });
}

/// The sheet of a favorite as the phone keeps it.
fn kept(number: &str) -> Option<Sheet> {
    store::get(&number.parse().ok()?)?.copy
}

/// A sheet in full.
#[component]
pub fn SheetView(
    /// What is shown.
    mut sheet: Sheet,
    /// The day on which a copy kept on the phone is read; nothing for a sheet from the server.
    #[prop(default = None)]
    read_on: Option<Date>,
) -> impl IntoView {
    let today = read_on.unwrap_or(sheet.today);
    sheet.closed |= sheet.deadline < today;
    let kept = read_on.map(|_| {
        view! { <p class="notice notice-warning" role="status">{text::favorites_kept_sheet(sheet.today.plain())}</p> }.into_built()
    });
    #[cfg(feature = "ssr")]
    api::register_structured_data(&sheet);
    let head_of = sheet.clone();
    let path = format!("/postings/{}", sheet.number);
    let number = path.clone();
    let title = page_title(&sheet);
    let (contents, is_long) = (contents(&sheet.sections), is_long(&sheet.sections));
    view! {
        <Title text=title.clone()/>
        <article class="sheet" class:sheet-long=is_long>
            {kept}
            {served(move || head(&head_of, today))}
            {served(move || summary(sheet.summary))}
            {served(move || ways(&number, sheet.ways))}
            <Share path title/>
            {contents}
            {served(move || view! { <div class="sheet-sections">{sheet.sections.into_iter().map(section).collect_view()}</div> })}
            <p class="sheet-origin">{text::sheet_origin(sheet.number.to_string(), sheet.today.plain())}</p>
        </article>
    }
}

/// Whether a sheet needs smaller letters to be printed on one page: by the lines it takes [own].
fn is_long(sections: &[Section]) -> bool {
    /// Lines that fit on the page in the usual letters, and characters in one of them.
    const LINES: usize = 140;
    const LINE: usize = 38;
    let items = sections.iter().flat_map(|section| &section.items);
    let lines = items
        .map(|item| (item.label.chars().count() + item.lines.iter().map(|line| line.chars().count() + 1).sum::<usize>()).div_ceil(LINE));
    lines.sum::<usize>() + sections.len() > LINES
}

/// 「事務補助｜架空商店｜求職者マイページ」; the name only where the viewer may see it.
fn page_title(sheet: &Sheet) -> String {
    match &sheet.name {
        Some(name) => text::sheet_page_title_named(&sheet.title, name, text::ui_service_name()),
        None => text::sheet_page_title(&sheet.title, text::ui_service_name()),
    }
}

/// Title, company, place, wage, deadline, tags.
fn head(sheet: &Sheet, today: Date) -> impl IntoView + use<> {
    let name = sheet.name.clone().unwrap_or_else(|| text::sheet_name_not_shown().to_owned());
    let closed = sheet.closed.then(|| view! { <p class="notice notice-warning sheet-closed">{text::sheet_closed()}</p> });
    let tags = sheet.tags.iter().cloned().map(|tag| view! { <li class="tag tag-strong">{tag}</li> }).collect_view();
    let notes = [hourly(&sheet.wage).map(text::sheet_hourly_note), fixed_overtime(&sheet.wage)];
    let notes = notes.into_iter().flatten().map(|note| view! { <p class="sheet-wage-note">{note}</p> }).collect_view();
    view! {
        <header class="sheet-head">
            {closed}
            <div class="with-star">
                <h1>{sheet.title.clone()}</h1>
                {star::star(&sheet.number, &sheet.title)}
            </div>
            <p class="sheet-name">{name}</p>
            {sheet.place.clone().map(|place| view! { <p class="sheet-place">{place}</p> })}
            {headline(&sheet.wage).map(|wage| view! { <p class="sheet-wage">{wage}</p> })}
            {notes}
            {deadline(sheet, today)}
            {(!sheet.tags.is_empty()).then(|| view! { <ul class="tags" aria-label=text::sheet_tags()>{tags}</ul> })}
        </header>
    }
}

fn deadline(sheet: &Sheet, today: Date) -> impl IntoView + use<> {
    let left = (!sheet.closed).then(|| days_left(sheet.deadline, today)).flatten();
    let class = if is_soon(sheet.deadline, today) { "sheet-days-left sheet-days-left-soon" } else { "sheet-days-left" };
    view! {
        <p class="sheet-deadline">
            {text::sheet_deadline(sheet.deadline.plain())}
            {left.map(|left| view! { <strong class=class>{left}</strong> })}
        </p>
    }
}

fn summary(summary: Vec<Item>) -> impl IntoView {
    view! {
        <section class="sheet-summary" aria-labelledby="summary">
            <h2 id="summary">{text::sheet_summary_heading()}</h2>
            {items(summary)}
        </section>
    }
}

/// What is open to who looks, and why not the rest. A sheet that was kept on the phone does not know: its link leads to where one can apply.
fn ways(path: &str, ways: Vec<Way>) -> impl IntoView + use<> {
    let ways = ways.into_iter().map(|way| {
        let (class, state) = if way.is_open { ("way", text::ways_open()) } else { ("way way-closed", text::ways_closed()) };
        let words = way.words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
        // Pages of the server alone.
        let class_of_link = if way.is_open { "button button-secondary" } else { "" };
        let links =
            way.links.into_iter().map(|(path, label)| view! { <a class=class_of_link href=path rel="external">{label}</a> }).collect_view();
        view! { <li class=class><h3>{way.title}" "<span class="tag">{state}</span></h3>{words}<p>{links}</p></li> }
    });
    let ways = ways.collect_view();
    let [apply, report] = ["apply", "report"].map(|page| format!("{path}/{page}"));
    view! {
        <section class="sheet-ways no-print" aria-labelledby="ways">
            <h2 id="ways">{text::ways_heading()}</h2>
            {(ways.is_empty()).then(|| view! { <p><a href=apply rel="external">{text::ways_see()}</a></p> })}
            <ul>{ways}</ul>
            <p><a href=report rel="external">{text::ways_report()}</a></p>
        </section>
    }
}

/// Links to the sections, left to the browser, which moves the focus too: the router would only scroll.
fn contents(sections: &[Section]) -> Served {
    let headings: Vec<_> = sections.iter().map(|section| (format!("#{}", section.anchor), section.heading.clone())).collect();
    served(move || {
        let links = headings.into_iter().map(|(target, heading)| view! { <li><a href=target rel="external">{heading}</a></li> });
        view! {
            <nav class="sheet-contents no-print" aria-labelledby="contents">
                <h2 id="contents">{text::sheet_contents()}</h2>
                <ul>{links.collect_view()}</ul>
            </nav>
        }
    })
}

fn section(section: Section) -> impl IntoView {
    let heading = section.anchor.clone();
    view! {
        <section class="sheet-section" aria-labelledby=heading>
            <h2 id=section.anchor>{section.heading}</h2>
            {items(section.items)}
        </section>
    }
}

fn items(items: Vec<Item>) -> impl IntoView {
    let rows = items.into_iter().map(|item| {
        let lines = item.lines.into_iter().map(|line| view! { <p>{linked(line)}</p> }).collect_view();
        view! { <div class="sheet-item"><dt>{item.label}</dt><dd>{lines}</dd></div> }
    });
    view! { <dl class="sheet-items">{rows.collect_view()}</dl> }
}

/// An address of the web as a link, anything else as text.
fn linked(line: String) -> impl IntoView {
    if line.starts_with("https://") || line.starts_with("http://") {
        Either::Left(view! { <a href=line.clone() rel="external nofollow noopener noreferrer">{line.clone()}</a> })
    } else {
        Either::Right(line)
    }
}

/// Why there is no sheet, and the ways on. Gives the answer the error's status.
#[component]
fn NoSheet(
    /// What went wrong.
    error: AppError,
    /// The number as it stands in the address.
    number: String,
) -> impl IntoView {
    error.answer();
    let title = match error {
        AppError::NotFound => text::sheet_not_found(),
        AppError::Unreachable => text::sheet_unreachable(),
        AppError::SignedOut | AppError::Internal => text::sheet_failed(),
    };
    let why = match (error, number.parse::<PostingNumber>()) {
        (AppError::NotFound, Ok(number)) => EitherOf3::A(view! { <p>{text::sheet_not_found_why(number.to_string())}</p> }),
        (AppError::NotFound, Err(_)) => EitherOf3::B(view! { <p>{text::sheet_number_form()}</p> }),
        _ => EitherOf3::C(view! { <p>{text::sheet_try_again()}</p> }),
    };
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        {why}
        <p><a href="/postings">{text::sheet_search_others()}</a></p>
    }
}
