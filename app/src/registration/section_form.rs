//! The fields of a section as a form, drawn from the table of fields. It works without any script: groups grow, shrink and change their order by
//! buttons that send the form (`do`), which `edits.rs` carries out.

use super::checked_form::meaning;
use super::confirmed::StaffConfirmed;
use super::disability::{DisabilityItem, Impairment};
use super::field_help::{Help, help};
use super::fields::{self, Field, Format, Required};
use super::form_data::FormData;
use super::{Section, history, shown, wording};
use crate::occupations::picker_options;
use crate::places::{self, PREFECTURES, Region, prefecture_options};
use crate::text;
use crate::ui::form_fields::{
    Choice, Choices, Said, Select, TextField, check_boxes, choice, field_id, hidden, select_field, text_area_field, text_field, tick_box,
};
use leptos::prelude::*;

/// The most towns of a postal code that are named: one has 66.
const MOST_TOWNS: usize = 20;

type Options = Vec<(&'static str, Vec<(String, String)>)>;

/// A section's form, being drawn.
#[derive(Clone, Copy)]
pub struct SectionForm<'a> {
    /// Which section.
    pub section: Section,
    /// What stands in it.
    pub form: &'a FormData,
    /// What is said of it.
    pub said: Said<'a>,
    /// What staff confirmed: shown, not to be changed.
    pub confirmed: &'a StaffConfirmed,
}

impl SectionForm<'_> {
    /// All fields in the order of the table.
    #[must_use]
    pub fn fields(self) -> AnyView {
        let top = fields::fields(self.section).filter(|field| !field.name.contains('.') && field.name != "occupation_experience");
        top.map(|field| self.top_field(field)).collect_view().into_any()
    }

    fn top_field(self, field: &'static Field) -> AnyView {
        if self.is_confirmed(field) {
            return self.confirmed_field(field);
        }
        let drawn = match field.format {
            Format::Entries(..) => self.group(field),
            Format::Occupations(..) => self.occupations(field),
            Format::Places(..) => self.places(field),
            Format::Municipality => self.municipality(field),
            _ if field.name == "handbook" => self.handbook(field),
            _ if field.name == "postal_code" => self.postal_code(field),
            _ => self.field(field, field.name, (field.label)()),
        };
        match field.required {
            // What another section decides is not shown at all while it does not hold.
            Required::If(name, codes) if !name.contains('.') => {
                view! { <div data-if=name data-is=codes.join(" ")>{drawn}</div> }.into_any()
            }
            Required::Unless(name, codes) => view! { <div data-if=name data-is-not=codes.join(" ")>{drawn}</div> }.into_any(),
            _ => drawn,
        }
    }

    fn is_confirmed(self, field: &Field) -> bool {
        let items = &self.confirmed.items;
        match self.section {
            Section::Basic => field.name == "disability" && !items.is_empty(),
            Section::Disability => {
                items.iter().any(|item| item.code() == field.name || (*item == DisabilityItem::Evaluation && field.name == "evaluation_on"))
            }
            _ => false,
        }
    }

    /// What it says, carried along as it is.
    fn confirmed_field(self, field: &'static Field) -> AnyView {
        let mut draft = super::Draft::default();
        draft.read(self.section, self.form);
        let belongs = |name: &str| name == field.name || name.starts_with(&format!("{}.", field.name));
        let rows = shown::rows(&draft, self.section).into_iter().filter(|row| belongs(&row.name));
        let carried = self.form.0.iter().filter(|(name, _)| belongs(name));
        view! {
            <dl class="account-facts" id=field_id(field.name) tabindex="-1">
                {rows.map(|row| view! { <dt>{row.label}</dt><dd>{row.words}</dd> }).collect_view()}
            </dl>
            <p class="hint">{text::registration_confirmed_note()}</p>
            {carried.map(|(name, value)| hidden(name, value)).collect_view()}
        }
        .into_any()
    }

    /// A field named `name` in the form, by its format.
    fn field(self, field: &'static Field, name: &str, label: &str) -> AnyView {
        let value = self.form.one(name);
        let help = help(self.section, field.name);
        let hint = self.hint(field, help);
        let is_required = field.required == Required::Yes;
        match field.format {
            Format::Choice => {
                let answers: Vec<(&str, &str)> = field.choices.iter().map(|choice| (choice.code, (choice.label)())).collect();
                let answers: Vec<(&str, &str)> = answers.into_iter().chain([("", text::ui_unselected())]).collect();
                choice(Choice { name, legend: label, hint: hint.as_deref(), answers: &answers, chosen: value, is_required }, self.said)
            }
            Format::Choices => {
                let answers: Vec<(&str, &str)> = field.choices.iter().map(|choice| (choice.code, (choice.label)())).collect();
                let chosen = self.form.all(name);
                check_boxes(
                    Choices { name, legend: label, hint: hint.as_deref(), answers: &answers, chosen: &chosen, is_required },
                    self.said,
                )
            }
            Format::Tick => {
                let words = hint.unwrap_or_default();
                let label = view! { <strong>{label.to_owned()}</strong> " " {words} }.into_any();
                tick_box(name, label, value == "yes", false, self.said)
            }
            Format::Prefecture => {
                let options = prefecture_options();
                self.select(name, label, hint.as_deref(), &options, (is_required, Some("address-level1")))
            }
            Format::Occupation => self.select(name, label, hint.as_deref(), &picker_options(), (is_required, None)),
            Format::Lines => {
                let text = TextField { name, label, hint: hint.as_deref(), value, is_required, ..TextField::default() };
                text_area_field(text, field.max_chars.unwrap_or_default(), self.said)
            }
            _ => {
                let beside = matches!(field.format, Format::Date | Format::YearMonth).then(|| meaning(value));
                text_field(
                    TextField {
                        name,
                        label,
                        hint: hint.as_deref(),
                        kind: None,
                        value,
                        autocomplete: help.autocomplete,
                        inputmode: help.inputmode,
                        is_required,
                        is_short: help.is_short,
                        beside,
                    },
                    self.said,
                )
            }
        }
    }

    fn select(self, name: &str, label: &str, hint: Option<&str>, groups: &Options, how: (bool, Option<&'static str>)) -> AnyView {
        let select = Select { name, label, hint, autocomplete: how.1, groups, chosen: self.form.one(name), is_required: how.0 };
        select_field(select, self.said)
    }

    /// The field's own hint, after whom it is asked of.
    fn hint(self, field: &Field, help: Help) -> Option<String> {
        let condition = match field.required {
            Required::If(name, codes) if !name.contains('.') => Some(condition(field.section, name, codes, true)),
            Required::Unless(name, codes) => Some(condition(field.section, name, codes, false)),
            _ => None,
        };
        match (condition, help.hint) {
            (Some(condition), Some(hint)) => Some(format!("{condition}。{hint}")),
            (Some(condition), None) => Some(condition),
            (None, hint) => hint.map(str::to_owned),
        }
    }

    fn postal_code(self, field: &'static Field) -> AnyView {
        let code = self.form.one("postal_code").parse().ok();
        let named = code.into_iter().flat_map(places::postal::towns).map(|town| town.town).filter(|town| !town.is_empty());
        let towns: Vec<&str> = named.take(MOST_TOWNS).collect();
        let several = (towns.len() > 1).then(|| text::registration_which_town(towns.join("、")));
        view! {
            {self.field(field, field.name, (field.label)())}
            <p class="field-action">{button("address", text::registration_fill_address(), "")}</p>
            <p class="hint" id="towns" role="status">{several}</p>
        }
        .into_any()
    }

    fn municipality(self, field: &'static Field) -> AnyView {
        let prefecture: u8 = self.form.one("prefecture").parse().unwrap_or_default();
        let mut cities: Vec<(String, String)> = places::cities(prefecture).into_iter().map(|city| (city.code, city.name)).collect();
        // One that was merged away stays what was chosen, until something else is.
        let chosen = self.form.one(field.name).to_owned();
        if !chosen.is_empty() && cities.iter().all(|(code, _)| *code != chosen) {
            cities.push((chosen.clone(), chosen));
        }
        view! {
            {self.select(field.name, (field.label)(), None, &vec![("", cities)], (true, Some("address-level2")))}
            <p class="field-action">{button("cities", text::registration_show_cities(), "")}</p>
        }
        .into_any()
    }

    fn places(self, field: &'static Field) -> AnyView {
        let chosen = self.form.all(field.name);
        let help = help(self.section, field.name);
        let regions = Region::ALL.into_iter().map(|region| {
            let codes: Vec<(String, &str)> = region.prefectures().map(|p| (format!("{:02}", p.code), p.name)).collect();
            self.boxes(region.name(), &codes, &chosen)
        });
        let prefectures: Vec<u8> =
            PREFECTURES.iter().map(|p| p.code).filter(|code| chosen.iter().any(|c| *c == format!("{code:02}"))).collect();
        let within = prefectures.into_iter().map(|code| {
            let cities = places::cities(code);
            let codes: Vec<(String, &str)> = cities.iter().map(|city| (city.code.clone(), city.name.as_str())).collect();
            let name = places::prefecture(code).map_or("", |prefecture| prefecture.name);
            let is_open = chosen.iter().any(|c| c.len() == 5 && c.starts_with(&format!("{code:02}")));
            view! {
                <details open=is_open>
                    <summary>{text::registration_cities_of(name)}</summary>
                    {self.boxes(name, &codes, &chosen)}
                </details>
            }
        });
        // The messages of a single place stand with those of the whole.
        view! {
            {check_boxes(Choices { name: field.name, legend: (field.label)(), hint: help.hint, answers: &[], chosen: &[], is_required: true }, self.said)}
            <div class="places" id=field_id("places") tabindex="-1">
                {regions.collect_view()}
                <p class="field-action">{button("places", text::registration_show_places(), "")}</p>
                {within.collect_view()}
            </div>
        }
        .into_any()
    }

    fn boxes(self, legend: &str, codes: &[(String, &str)], chosen: &[String]) -> AnyView {
        let boxes = codes.iter().map(|(code, name)| {
            view! {
                <li>
                    <label class="choice">
                        <input type="checkbox" name="places" value=code.clone() checked=chosen.contains(code)/>
                        <span>{(*name).to_owned()}</span>
                    </label>
                </li>
            }
        });
        view! {
            <fieldset class="places-group">
                <legend>{legend.to_owned()}</legend>
                <ul class="choices choices-wide">{boxes.collect_view()}</ul>
            </fieldset>
        }
        .into_any()
    }

    fn handbook(self, field: &'static Field) -> AnyView {
        let asked = Impairment::CHOICES.iter().map(|kind| {
            let name = format!("handbook.{}", kind.code);
            let label = wording::label(Section::Disability, &name);
            view! { <div data-if="kinds" data-is=kind.code>{self.field(field, &name, &label)}</div> }
        });
        asked.collect_view().into_any()
    }

    fn occupations(self, field: &'static Field) -> AnyView {
        let years = fields::find(self.section, "occupation_experience");
        let count = self.form.list(field.name).len().max(1);
        let rows = (0..count).map(|place| {
            let (name, years_name) = (format!("{}.{place}", field.name), format!("occupation_experience.{place}"));
            let legend = wording::label(self.section, &name);
            let is_required = place == 0;
            let hint = help(self.section, field.name).hint.filter(|_| is_required);
            view! {
                <fieldset class="entry" data-entry=field.name>
                    <legend>{legend}</legend>
                    {self.select(&name, (field.label)(), hint, &picker_options(), (is_required, None))}
                    {years.map(|years| self.field(years, &years_name, (years.label)()))}
                    {entry_buttons(field.name, place, count)}
                </fieldset>
            }
        });
        view! {
            {self.of_the_whole(field)}
            {rows.collect_view()}
            <p class="field-action">{button("occupations.add", text::registration_add_occupation(), "")}</p>
        }
        .into_any()
    }

    fn group(self, field: &'static Field) -> AnyView {
        let count = self.form.entries(field.name).len();
        // Who has something to say in it finds the first entry open.
        let shown = if matches!(field.required, Required::If(..)) { count.max(1) } else { count };
        let entries = (0..shown).map(|place| {
            let heading = text::registration_entry_heading((field.label)(), place + 1);
            view! {
                <fieldset class="entry" data-entry=field.name>
                    <legend>{heading}</legend>
                    {shown::of_group(field).map(|(inner, of_entry)| self.entry_field(field.name, place, inner, of_entry)).collect_view()}
                    {entry_buttons(field.name, place, shown)}
                </fieldset>
            }
        });
        let (action, label) = match field.name {
            "jobs" => ("jobs.add", text::registration_add_job()),
            "licenses" => ("licenses.add", text::registration_add_license()),
            _ => ("supporters.add", text::registration_add_supporter()),
        };
        view! {
            {self.of_the_whole(field)}
            {entries.collect_view()}
            <p class="field-action">{button(action, label, "")}</p>
        }
        .into_any()
    }

    fn entry_field(self, group: &str, place: usize, inner: &str, field: &'static Field) -> AnyView {
        let name = format!("{group}.{place}.{inner}");
        let label = (field.label)().to_owned();
        if field.name != "jobs.to" {
            return self.field(field, &name, &label);
        }
        // The box stands first: it counts before what is written.
        let is_current = self.form.one(&name) == history::STILL_THERE;
        let without = FormData(self.form.0.iter().filter(|(own, value)| *own != name || value != history::STILL_THERE).cloned().collect());
        view! {
            <label class="choice">
                <input type="checkbox" name=name.clone() value=history::STILL_THERE checked=is_current/>
                <span>{text::registration_still_there()}</span>
            </label>
            {SectionForm { form: &without, ..self }.field(field, &name, &label)}
        }
        .into_any()
    }

    /// What is said of a group as a whole, at a place where links lead.
    fn of_the_whole(self, field: &'static Field) -> AnyView {
        let is_required = !matches!(field.required, Required::No);
        let hint = help(self.section, field.name).hint.filter(|_| matches!(field.format, Format::Entries(..)));
        let choices = Choices { name: field.name, legend: (field.label)(), hint, answers: &[], chosen: &[], is_required };
        view! { <div id=field_id(field.name) tabindex="-1">{check_boxes(choices, self.said)}</div> }.into_any()
    }
}

/// Whom a field is asked of.
fn condition(section: Section, name: &str, codes: &[&str], is: bool) -> String {
    let Some(other) = fields::find(section, name) else { return String::new() };
    let chosen =
        other.choices.iter().filter(|choice| codes.contains(&choice.code)).map(|choice| text::registration_quoted((choice.label)()));
    let (label, chosen) = ((other.label)(), chosen.collect::<Vec<_>>().join("か"));
    if is { text::registration_only_if(label, chosen) } else { text::registration_only_unless(label, chosen) }
}

/// A button that sends the form to have something done with it. `of` says to screen readers which of several it is.
fn button(action: &str, label: &str, of: &str) -> AnyView {
    let of = (!of.is_empty()).then(|| view! { <span class="visually-hidden">{of.to_owned()}</span> });
    view! { <button type="submit" name="do" value=action.to_owned() class="button button-text">{label.to_owned()}{of}</button> }.into_any()
}

fn entry_buttons(group: &str, place: usize, count: usize) -> AnyView {
    let of = text::registration_of_entry(place + 1);
    view! {
        <p class="field-action">
            {(place > 0).then(|| button(&format!("{group}.up.{place}"), text::registration_move_up(), &of))}
            {(place + 1 < count).then(|| button(&format!("{group}.down.{place}"), text::registration_move_down(), &of))}
            {button(&format!("{group}.remove.{place}"), text::registration_remove(), &of)}
        </p>
    }
    .into_any()
}
