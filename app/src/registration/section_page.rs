//! `/registration/{section}`: a section's form, before the first completion and for changes afterwards.

use super::checked_form::SEPARATOR;
use super::confirmed::StaffConfirmed;
use super::db::Saved;
use super::edits::{Edit, belongs, edit};
use super::form_data::FormData;
use super::own::Own;
use super::page::page as framed;
use super::parking;
use super::section_form::SectionForm;
use super::steps::{FORM, asked_step, next, step_navigation};
use super::{Draft, Section, basic, completion, standing_page, wishes_place, wording};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::form::{Code, Confirmed, FieldError, FieldErrors};
use crate::text;
use crate::ui::form_fields::{Said, error_summary, field_id, hidden};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// GET: the section as typed; with `check=1`, what is missing in it.
pub async fn show(visit: Visit, Path(slug): Path<String>, asked: Asked) -> Answer {
    let section = named(&slug)?;
    let own = Own::of(&visit, section.path()).await?;
    if own.is_closed(visit.today()) {
        return Ok(standing_page::closed(&visit, &own));
    }
    if let Some(parked) = parking::parked(&visit, section.code()).await? {
        let page = Page { notice: Some(text::registration_restored()), ..Page::of(&own, section, &parked) };
        return Ok(page.answer(&visit, StatusCode::OK, &FieldErrors::default()));
    }
    let errors = if asked.get("check").is_empty() { FieldErrors::default() } else { check(&own.draft, section, &visit) };
    let form = own.draft.written(section);
    Ok(Page::of(&own, section, &form).answer(&visit, StatusCode::OK, &errors))
}

/// POST: saves what was typed, complete or not, right or not, and goes on if nothing stands in the way.
pub async fn submit(visit: Visit, Path(slug): Path<String>, fields: Fields) -> Answer {
    let section = named(&slug)?;
    let form = FormData(fields.all().to_vec());
    parking::own_form(&visit, (section.code(), section.path()), &fields, &form).await?;
    let own = Own::of(&visit, section.path()).await?;
    if own.is_closed(visit.today()) {
        return Ok(standing_page::closed(&visit, &own));
    }
    let mut draft = own.draft.clone();
    draft.read(section, &form);
    let button = fields.get("do");
    let edited = Edit::from_button(button).filter(|edit| belongs(*edit, section));
    draft.canonicalise(section);
    let edit_errors = edited.map(|asked| edit(&mut draft, asked)).unwrap_or_default();
    let written = draft.written(section);
    let mut page = Page { draft: &draft, ..Page::of(&own, section, &written) };
    let refused = own.refused(&draft);
    if !refused.is_empty() {
        return Ok(page.answer(&visit, StatusCode::UNPROCESSABLE_ENTITY, &refused));
    }
    match own.save(&visit, &draft, section, fields.get("base").parse().unwrap_or_default()).await? {
        Saved::Done(revision) => page.base = revision,
        Saved::Conflict => {
            page.is_conflict = true;
            return Ok(page.answer(&visit, StatusCode::CONFLICT, &FieldErrors::default()));
        }
    }
    if let Some(path) = asked_step(button) {
        return Ok(redirect(path));
    }
    if let Some(edit) = edited.filter(|_| edit_errors.is_empty()) {
        let target = edit.target(&draft);
        return Ok(redirect(&if target.is_empty() {
            section.path().to_owned()
        } else {
            format!("{}#{}", section.path(), field_id(&target))
        }));
    }
    let errors = if edited.is_some() { edit_errors } else { standing_in_the_way(&visit, &draft, section, &fields) };
    if !errors.is_empty() {
        return Ok(page.answer(&visit, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    Ok(redirect(match (button, own.is_registered()) {
        ("later", _) => "/registration?said=saved",
        (_, true) => "/registration/changes",
        (_, false) => next(&draft, section),
    }))
}

/// What stands in the way of going on: nothing for who goes on later; what is missing only for who does not want to fill it in later.
fn standing_in_the_way(visit: &Visit, draft: &Draft, section: Section, fields: &Fields) -> FieldErrors {
    let confirmed = Confirmed::new(fields.all().iter().filter(|(name, _)| name == "confirmed").map(|(_, key)| key.clone()).collect());
    let errors = check(draft, section, visit).after(&confirmed);
    match fields.get("do") {
        "later" => FieldErrors::default(),
        "skip" => errors.without(Code::Required),
        _ => errors,
    }
}

/// What there is to say of a section: by the rules, and by what only the server knows.
fn check(draft: &Draft, section: Section, visit: &Visit) -> FieldErrors {
    let today = visit.today();
    let mut errors = draft.check(section, today);
    match section {
        Section::Basic => {
            errors.merge(basic::validate(&draft.basic, today).valid.map(|valid| basic::unknown_municipality(&valid)).unwrap_or_default())
        }
        Section::WishesPlace => {
            let valid = wishes_place::validate(&draft.wishes_place, today).valid;
            errors.merge(valid.map(|valid| wishes_place::unknown_municipalities(&valid)).unwrap_or_default());
        }
        _ => {}
    }
    errors
}

fn named(slug: &str) -> Result<Section, Failure> {
    Section::ALL.into_iter().find(|section| section.path().ends_with(&format!("/{slug}"))).ok_or(Failure::NotFound)
}

/// The sentence of a code in a section: what [`Said`] takes.
#[must_use]
pub fn words_of(section: Section) -> fn(&FieldError) -> String {
    match section {
        Section::Basic => |error| wording::message(Section::Basic, error),
        Section::Publication => |error| wording::message(Section::Publication, error),
        Section::WishesWork => |error| wording::message(Section::WishesWork, error),
        Section::WishesPlace => |error| wording::message(Section::WishesPlace, error),
        Section::Education => |error| wording::message(Section::Education, error),
        Section::History => |error| wording::message(Section::History, error),
        Section::Disability => |error| wording::message(Section::Disability, error),
        Section::Introduction => |error| wording::message(Section::Introduction, error),
    }
}

/// The page of a section.
#[derive(Clone)]
struct Page<'a> {
    section: Section,
    draft: &'a Draft,
    form: &'a FormData,
    confirmed: StaffConfirmed,
    is_registered: bool,
    base: i64,
    notice: Option<&'static str>,
    is_conflict: bool,
}

impl<'a> Page<'a> {
    fn of(own: &'a Own, section: Section, form: &'a FormData) -> Self {
        Self {
            section,
            draft: &own.draft,
            form,
            confirmed: own.record.as_ref().map(|record| record.confirmed.clone()).unwrap_or_default(),
            is_registered: own.is_registered(),
            base: own.typed.revision(section),
            notice: None,
            is_conflict: false,
        }
    }

    fn answer(&self, visit: &Visit, status: StatusCode, errors: &FieldErrors) -> Response {
        let section = self.section;
        let said = Said { errors, word: words_of(section) };
        let fields = SectionForm { section, form: self.form, said, confirmed: &self.confirmed }.fields();
        let is_asked = self.draft.asks(section);
        let steps = (!self.is_registered && is_asked).then(|| step_navigation(self.draft, section, visit.today()));
        let is_secret = section == Section::Disability;
        let content = view! {
            // Who presses the return key in a field goes on: the form's first button counts.
            <button type="submit" form=FORM name="do" value="next" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            {steps}
            <h1>{section.label()}</h1>
            {error_summary(said)}
            {self.notice.map(|notice| view! { <p class="notice notice-info" role="status">{notice}</p> })}
            {self.is_conflict.then(|| conflict(section))}
            {(!is_asked).then(|| view! { <p class="notice notice-info">{text::registration_not_asked()}</p> })}
            {is_secret.then(|| view! { <p class="hint">{text::registration_server_only()}</p> })}
            <div
                id="registration"
                data-section=section.code()
                data-today=visit.today().to_string()
                data-secret=is_secret.then_some("")
                data-names=(section == Section::Introduction).then(|| names(self.draft))
                data-saved=text::registration_state_saved("{time}")
                data-here=text::registration_state_here()
                data-unsaved=text::registration_state_unsaved()
                data-signed-out=text::registration_state_signed_out()
                data-conflict=text::registration_state_conflict()
                data-refused=text::registration_state_refused()
                data-restored-conflict=text::registration_state_restored_conflict()
                data-towns=text::registration_which_town("{towns}")
                data-count=text::registration_count("{count}", "{most}")
            >
                <form id=FORM method="post" action=section.path() novalidate>
                    {hidden("account", &visit.account_tag())}
                    {hidden("ticket", &parking::ticket(visit))}
                    {hidden("base", &self.base.to_string())}
                    {errors.to_confirm().keys().map(|key| hidden("confirmed", key)).collect_view()}
                    {fields}
                    <p class="saved-state" id="saved-state" role="status"></p>
                    {self.buttons(errors)}
                </form>
            </div>
            <script type="module" src="/registration.js"></script>
        };
        framed(visit, status, &said.title(section.label()), content)
    }

    fn buttons(&self, errors: &FieldErrors) -> AnyView {
        let next = if self.is_registered { text::registration_save_change() } else { text::registration_next() };
        let may_skip = !self.is_registered && errors.missing().next().is_some();
        view! {
            <p class="form-actions">
                <button type="submit" name="do" value="next" class="button">{next}</button>
                {may_skip.then(|| view! {
                    <button type="submit" name="do" value="skip" class="button button-secondary">{text::registration_skip()}</button>
                })}
                <button type="submit" name="do" value="later" class="button button-text">{text::registration_later()}</button>
            </p>
        }
        .into_any()
    }
}

fn conflict(section: Section) -> AnyView {
    view! {
        <div class="notice notice-info" role="alert">
            <p>{text::registration_conflict()}</p>
            <p><a href=section.path()>{text::registration_conflict_other()}</a></p>
        </div>
    }
    .into_any()
}

/// The person's names, as the browser's check of the introduction takes them.
fn names(draft: &Draft) -> String {
    let basic = &draft.basic;
    [&basic.family_name, &basic.given_name, &basic.family_kana, &basic.given_kana].map(String::as_str).join(&SEPARATOR.to_string())
}

/// Links to a section's page where something is missing.
#[must_use]
pub fn link_to(lack: &completion::Lack) -> AnyView {
    let error = FieldError { field: lack.field.clone(), code: lack.code };
    view! { <li><a href=lack.href()>{wording::message(lack.section, &error)}</a></li> }.into_any()
}
