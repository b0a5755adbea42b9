//! The parts of the favorites page: toolbar, card, note, and the button that deletes everything.

use super::favorites_page::Page;
use super::list::Order;
use super::status::{UNDO, card_id, focus, has_focus};
use super::{COMPARE_MOST, Favorite, NOTE_MOST, Standing, store};
use crate::date::Date;
use crate::postings::PostingNumber;
use crate::postings::search::result_card::days_left;
use crate::postings::wording::wage_lines;
use crate::text;
use crate::ui::{Built, IntoBuilt, text_area};
use leptos::prelude::*;

const fn order_in_words(order: Order) -> &'static str {
    match order {
        Order::Added => text::favorites_order_added(),
        Order::Deadline => text::favorites_order_deadline(),
        Order::Wage => text::favorites_order_wage(),
    }
}

/// Order and filter. They work as one chooses and types: the count below is what a screen reader is told.
pub(super) fn toolbar(page: Page) -> Built {
    let orders = Order::ALL.map(|order| view! { <option value=order.code()>{order_in_words(order)}</option> });
    view! {
        <div class="favorites-toolbar">
            <div class="field">
                <label for="favorites-order">{text::search_sort()}</label>
                <select id="favorites-order" on:change=move |event| page.order.set(event_target_value(&event))>
                    {orders.into_iter().collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="favorites-filter">{text::favorites_filter()}</label>
                <input
                    id="favorites-filter"
                    type="search"
                    autocomplete="off"
                    maxlength="100"
                    on:input=move |event| page.words.set(event_target_value(&event))
                />
            </div>
        </div>
    }
    .into_built()
}

/// A favorite. What is known of it is drawn anew when that changes; the note is not, since it may be written just then.
pub(super) fn card(page: Page, number: PostingNumber) -> Built {
    let title = page.with(&number, |favorite, _| favorite.facts().title).unwrap_or_default();
    // A memo, so that only what has changed is drawn anew.
    let known = {
        let number = number.clone();
        Memo::new(move |_| page.with(&number, |favorite, today| (favorite.clone(), today)))
    };
    let remove = {
        let number = number.clone();
        move |_| {
            page.favorites.remove(&number);
            // The button that had the focus is gone.
            request_animation_frame(|| focus(UNDO));
        }
    };
    view! {
        <li class="posting-card">
            <article>
                {move || known.get().map(|(favorite, today)| head(&favorite, today))}
                {note(page, &number)}
                <div class="favorite-actions">
                    {compare_choice(page, number)}
                    <button type="button" class="button button-secondary" on:click=remove>
                        {text::favorites_take_out()}
                        <span class="visually-hidden">{text::favorites_of(title)}</span>
                    </button>
                </div>
            </article>
        </li>
    }
    .into_built()
}

fn head(favorite: &Favorite, today: Date) -> Built {
    let facts = favorite.facts();
    let name = facts.name.unwrap_or_else(|| text::postings_name_hidden().to_owned());
    let wage = wage_lines(&facts.wage).into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view();
    let place = facts.place.map(|place| view! { <dt>{text::postings_place()}</dt><dd>{place}</dd> });
    let left = (favorite.standing(today) == Standing::Open).then(|| days_left(facts.deadline, today)).flatten();
    let left = left.map(|left| view! { <strong class="days-left">{left}</strong> });
    let kept = match favorite.kept_on() {
        Some(day) => text::favorites_as_of(day.plain()),
        None => text::favorites_no_copy().to_owned(),
    };
    view! {
        <h2 class="posting-title">
            <a href=format!("/postings/{}", favorite.number) id=card_id(favorite)>{facts.title}</a>
        </h2>
        <p class="posting-name">{name}</p>
        {standing(favorite, today)}
        {changes(favorite)}
        <dl class="facts">
            <dt>{text::postings_wage()}</dt><dd>{wage}</dd>
            {place}
            <dt>{text::favorites_deadline()}</dt><dd>{facts.deadline.plain()}{left}</dd>
        </dl>
        <p class="hint">{text::favorites_added(Date::in_japan(favorite.added_at).plain())}{kept}</p>
    }
    .into_built()
}

fn standing(favorite: &Favorite, today: Date) -> Option<Built> {
    let (tag, words) = match favorite.standing(today) {
        Standing::Open => return None,
        Standing::Expired => (text::favorites_tag_expired(), text::favorites_expired()),
        Standing::Closed => (text::favorites_tag_closed(), text::favorites_closed()),
    };
    Some(view! { <p><span class="tag tag-closed">{tag}</span>" "{words}</p> }.into_built())
}

/// What changed since it was starred.
fn changes(favorite: &Favorite) -> Option<Built> {
    let changes: Vec<_> = favorite.changes().into_iter().map(|change| view! { <li>{change}</li> }).collect();
    (!changes.is_empty()).then(|| {
        view! {
            <div class="notice notice-info favorite-changes">
                <p>{text::favorites_changes()}</p>
                <ul>{changes}</ul>
            </div>
        }
        .into_built()
    })
}

/// Kept with every letter; said to be kept when the field is left.
fn note(page: Page, number: &PostingNumber) -> Built {
    let id = format!("note-{number}");
    let said = RwSignal::new(false);
    let field = Field { shown: RwSignal::new(String::new()), base: StoredValue::new(String::new()) };
    // What another phone wrote is shown unless something is being written here just now: then it is joined to that.
    let known = {
        let number = number.clone();
        Memo::new(move |_| page.with(&number, |favorite, _| (favorite.note.clone(), favorite.mark.stamp.clone())))
    };
    Effect::new({
        let id = id.clone();
        move || {
            if let Some((note, stamp)) = known.get().filter(|_| !has_focus(&id)) {
                field.show(note, stamp);
            }
        }
    });
    let keep = {
        let number = number.clone();
        move |note: String| {
            said.set(false);
            let stamp = page.favorites.write_note(&number, &note, &field.base.get_value());
            field.base.set_value(stamp.unwrap_or_default());
        }
    };
    let kept = {
        let number = number.clone();
        move || {
            if let Some(favorite) = store::get(&number) {
                field.show(favorite.note.clone(), favorite.mark.stamp.clone());
                page.put(favorite);
                said.set(true);
            }
        }
    };
    view! {
        <div class="field favorite-note">
            <label for=id.clone()>{text::favorites_note()}</label>
            {text_area(id, field.shown, NOTE_MOST, keep, kept)}
            <p class="hint" role="status">{move || if said.get() { text::favorites_note_kept() } else { "" }}</p>
        </div>
    }
    .into_built()
}

/// A note's field: what it was last told to show, and the stamp of what the seeker sees in it.
#[derive(Clone, Copy)]
struct Field {
    shown: RwSignal<String>,
    base: StoredValue<String>,
}

impl Field {
    fn show(self, note: String, stamp: String) {
        self.base.set_value(stamp);
        self.shown.set(note);
    }
}

fn compare_choice(page: Page, number: PostingNumber) -> Built {
    let is_chosen = {
        let number = number.clone();
        move || page.compared.with(|compared| compared.contains(&number))
    };
    let is_full = move || page.compared.with(Vec::len) >= COMPARE_MOST;
    let title = page.with(&number, |favorite, _| favorite.facts().title).unwrap_or_default();
    let choose = move |event| {
        let chosen = event_target_checked(&event);
        page.compared.update(|compared| {
            compared.retain(|other| *other != number);
            if chosen {
                compared.push(number.clone());
            }
        });
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=is_chosen.clone()
                disabled=move || is_full() && !is_chosen()
                on:change=choose
            />
            {text::favorites_compare()}
            <span class="visually-hidden">{text::favorites_of(title)}</span>
        </label>
    }
    .into_built()
}

/// Deletes everything on this phone, after asking. There is no undo: the next person at a shared phone is to find nothing.
pub(super) fn clear_all(page: Page) -> Built {
    let is_asking = RwSignal::new(false);
    let ask = move |asking| {
        is_asking.set(asking);
        request_animation_frame(move || focus(if asking { "favorites-clear-no" } else { "favorites-clear" }));
    };
    let clear = move |_| {
        page.favorites.clear();
        request_animation_frame(|| focus("main"));
    };
    let question = move || {
        is_asking.get().then(|| {
            view! {
                <div class="notice notice-warning" role="group" aria-label=text::favorites_clear()>
                    <p>{text::favorites_clear_sure()}</p>
                    <p class="favorite-actions">
                        <button type="button" class="button" on:click=clear>{text::favorites_clear_yes()}</button>
                        <button type="button" class="button button-secondary" id="favorites-clear-no" on:click=move |_| ask(false)>
                            {text::favorites_clear_no()}
                        </button>
                    </p>
                </div>
            }
            .into_built()
        })
    };
    view! {
        <p>
            <button type="button" class="button button-secondary" id="favorites-clear" on:click=move |_| ask(true)>
                {text::favorites_clear()}
            </button>
        </p>
        {question}
    }
    .into_built()
}
