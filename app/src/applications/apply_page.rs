//! `/postings/{number}/apply` (a self-application), `/recommendations/{id}/apply` (an online referral), `/requests/{id}/apply` (an employer asked): writing.
//! Everything that is pressed saves first; what follows is the preview (`preview_page.rs`).

use super::content::{self, Input, with_ready_sentence};
use super::db::{self, Stored};
use super::sending::{Sent, ToSend, send};
use super::target::{Target, Via};
use super::ways::Closed;
use super::ways_view::{Words, office};
use crate::account::answer::{Answer, Failure, redirect};
use crate::account::visit::{Asked, Fields, Visit};
use crate::documents::db::{Belongs, Document, NewDocument};
use crate::documents::{self, MOST, MOST_MEGABYTES, Upload};
use crate::form::{Code, Confirmed, FieldErrors};
use crate::kept::plain::owner;
use crate::postings::sheet::wage::headline;
use crate::registration::form_data::FormData;
use crate::registration::{Own, keys, page as framed, parking};
use crate::secret;
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, field_id, hidden, text_area_field, tick_box};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// What a page of an application works with.
pub struct Applying {
    pub(super) own: Own,
    pub(super) target: Target,
}

/// GET `/postings/{number}/apply`.
pub async fn show_self(visit: Visit, Path(number): Path<String>, asked: Asked) -> Answer {
    show(&visit, &self_application(&visit, &number).await?, &asked).await
}

/// POST `/postings/{number}/apply`.
pub async fn submit_self(visit: Visit, Path(number): Path<String>, upload: Upload) -> Answer {
    own_form(&visit, &format!("/postings/{number}/apply"), &upload.fields).await?;
    submit(&visit, &self_application(&visit, &number).await?, upload).await
}

/// GET `/recommendations/{id}/apply`.
pub async fn show_referral(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    show(&visit, &referral(&visit, &id).await?, &asked).await
}

/// POST `/recommendations/{id}/apply`.
pub async fn submit_referral(visit: Visit, Path(id): Path<String>, upload: Upload) -> Answer {
    own_form(&visit, &format!("/recommendations/{id}/apply"), &upload.fields).await?;
    submit(&visit, &referral(&visit, &id).await?, upload).await
}

/// GET `/requests/{id}/apply`.
pub async fn show_request(visit: Visit, Path(id): Path<String>, asked: Asked) -> Answer {
    show(&visit, &request(&visit, &id).await?, &asked).await
}

/// POST `/requests/{id}/apply`.
pub async fn submit_request(visit: Visit, Path(id): Path<String>, upload: Upload) -> Answer {
    own_form(&visit, &format!("/requests/{id}/apply"), &upload.fields).await?;
    submit(&visit, &request(&visit, &id).await?, upload).await
}

/// A form that came after the session had ended, or of somebody else, is kept for its owner under its page.
async fn own_form(visit: &Visit, page: &str, fields: &Fields) -> Result<(), Failure> {
    // What does not say whose it is, is no form of ours: it gets the answer of one.
    if visit.user.is_some() && fields.get("account").is_empty() {
        return Ok(());
    }
    parking::own_form(visit, (page, page), fields, &FormData(fields.all().to_vec())).await
}

/// What is needed to apply by oneself.
///
/// # Errors
/// [`Failure`].
pub async fn self_application(visit: &Visit, number: &str) -> Result<Applying, Failure> {
    let account = owner(visit, &format!("/postings/{number}/apply"))?.clone();
    let target = Target::of_posting(visit, number, &account).await?;
    Ok(Applying { own: Own::load(visit, &account).await?, target })
}

pub(super) async fn request(visit: &Visit, id: &str) -> Result<Applying, Failure> {
    let account = owner(visit, &format!("/requests/{id}/apply"))?.clone();
    let target = Target::of_request(visit, id, &account).await?;
    Ok(Applying { own: Own::load(visit, &account).await?, target })
}

pub(super) async fn referral(visit: &Visit, id: &str) -> Result<Applying, Failure> {
    let account = owner(visit, &format!("/recommendations/{id}/apply"))?.clone();
    let target = Target::of_recommendation(visit, id, &account).await?;
    Ok(Applying { own: Own::load(visit, &account).await?, target })
}

impl Applying {
    pub(super) fn closed(&self, visit: &Visit) -> Vec<Closed> {
        self.target.against(self.own.record.as_ref(), visit)
    }

    /// What is saved of it; empty where nothing is.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn draft(&self, visit: &Visit) -> Result<Stored, Failure> {
        let found = db::draft(&visit.accounts.state.database, keys(visit)?, &self.own.account, self.target.number()).await?;
        Ok(found.unwrap_or_default())
    }

    pub(super) async fn documents(&self, visit: &Visit) -> Result<Vec<Document>, Failure> {
        let database = &visit.accounts.state.database;
        Ok(documents::db::of_draft(database, keys(visit)?, &self.own.account, self.target.number()).await?)
    }

    /// Saves what was typed on the revision `base`; gives its own, nothing if another device has saved something else meanwhile.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn save(&self, visit: &Visit, input: &Input, base: Option<i64>) -> Result<Option<i64>, Failure> {
        let stored = self.draft(visit).await?;
        let mut transaction = visit.accounts.state.database.begin().await?;
        let whose = (&self.own.account, self.target.number());
        // The same again is saved already.
        let saved = if stored.revision > 0 && stored.input == *input {
            Some(stored.revision)
        } else {
            db::save_draft(&mut transaction, keys(visit)?, whose, (input, base), visit.now).await?
        };
        if saved.is_some() {
            parking::unpark(visit, &mut transaction, &self.target.path()).await?;
            transaction.commit().await?;
        }
        Ok(saved)
    }

    /// Sends, unless something is in the way.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn send(&self, visit: &Visit, to_send: ToSend<'_>) -> Result<Sent, Failure> {
        send(visit, &self.own, &self.target, to_send).await
    }

    /// What is applied for.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }
}

/// What a form sends.
#[must_use]
pub fn typed(fields: &Fields) -> Input {
    Input {
        motivation: fields.get("motivation").replace("\r\n", "\n"),
        remarks: fields.get("remarks").replace("\r\n", "\n"),
        stated: fields.get("stated") == "yes",
        understood: fields.get("understood") == "yes",
    }
}

async fn show(visit: &Visit, applying: &Applying, asked: &Asked) -> Answer {
    let closed = applying.closed(visit);
    if !closed.is_empty() {
        return Ok(closed_page(visit, applying, &closed));
    }
    let stored = applying.draft(visit).await?;
    if let Some(parked) = parking::parked(visit, &applying.target.path()).await? {
        // As it was written on: if another device has written since, saving it tells.
        let revision = parked.one("base").parse().unwrap_or(stored.revision);
        let typed = Stored { input: typed(&Fields::of(parked.0)), revision };
        return form_page(visit, applying, &typed, (StatusCode::OK, Some(text::applications_restored())), &FieldErrors::default()).await;
    }
    let notice = match asked.get("said") {
        "saved" => Some(text::applications_said_saved()),
        "added" => Some(text::documents_said_added()),
        "removed" => Some(text::documents_said_removed()),
        "ready" => Some(text::applications_said_ready()),
        _ => None,
    };
    form_page(visit, applying, &stored, (StatusCode::OK, notice), &FieldErrors::default()).await
}

/// Why one cannot apply, and what one can do.
pub(super) fn closed_page(visit: &Visit, applying: &Applying, closed: &[Closed]) -> Response {
    let words = Words {
        sheet: &applying.target.sheet,
        office: office(&applying.target.stored.record),
        applied: applying.target.applied.as_deref(),
    };
    let reasons = closed.iter().map(|reason| {
        let link = words.what_to_do(*reason).map(|(path, label)| view! { <p><a class="button" href=path>{label}</a></p> });
        view! { <p>{words.why(*reason)}</p> {link} }
    });
    let content = view! {
        <h1>{title(applying)}</h1>
        {posting_head(applying)}
        <div class="notice notice-warning">{reasons.collect_view()}</div>
        {to_sheet(applying)}
    };
    framed(visit, StatusCode::OK, title(applying), content)
}

const fn title(applying: &Applying) -> &'static str {
    match applying.target.via {
        Via::SelfApplication => text::applications_apply_title(),
        Via::Referral(_) => text::applications_accept_title(),
        Via::Request(_) => text::applications_request_title(),
    }
}

pub(super) fn posting_head(applying: &Applying) -> AnyView {
    let sheet = &applying.target.sheet;
    view! {
        <div class="apply-posting">
            <p><strong>{sheet.title.clone()}</strong></p>
            <p>{sheet.name.clone()}" "{sheet.place.clone()}</p>
            <p>{headline(&sheet.wage)}</p>
            <p>{text::sheet_deadline(sheet.deadline.plain())}</p>
        </div>
    }
    .into_any()
}

fn to_sheet(applying: &Applying) -> AnyView {
    let path = format!("/postings/{}", applying.target.number());
    view! { <ul class="account-links"><li><a href=path>{text::applications_to_sheet()}</a></li></ul> }.into_any()
}

/// What a self-application is: read before it is sent, and ticked (DOMAIN.md rule 3 [L]).
pub fn cautions() -> AnyView {
    let points = [
        text::applications_caution_no_referral(),
        text::applications_caution_seeker(),
        text::applications_caution_employer(),
        text::applications_caution_trouble(),
    ];
    view! {
        <section class="notice notice-info" aria-labelledby="cautions">
            <h2 id="cautions">{text::applications_caution_heading()}</h2>
            <ul>{points.map(|point| view! { <li>{point}</li> }).into_iter().collect_view()}</ul>
            <p><a href="/support">{text::applications_caution_ask()}</a></p>
        </section>
    }
    .into_any()
}

pub(super) async fn form_page(
    visit: &Visit,
    applying: &Applying,
    stored: &Stored,
    (status, notice): (StatusCode, Option<&'static str>),
    errors: &FieldErrors,
) -> Answer {
    let notice = notice.map(|notice| view! { <p class="notice notice-success" role="status">{notice}</p> }.into_any());
    form_page_with(visit, applying, stored, (status, notice), errors).await
}

async fn form_page_with(
    visit: &Visit,
    applying: &Applying,
    Stored { input, revision }: &Stored,
    (status, notice): (StatusCode, Option<AnyView>),
    errors: &FieldErrors,
) -> Answer {
    let said = Said { errors, word: content::word };
    let asked = applying.target.asked();
    let documents = applying.documents(visit).await?;
    let path = applying.target.path();
    let action = path.clone();
    let understood = asked.is_self.then(|| {
        let label = text::applications_understood().into_any();
        view! { {cautions()} {tick_box("understood", label, input.understood, true, said)} }
    });
    let confirmed = errors.to_confirm();
    let fields = view! {
        {hidden("key", &secret::random())}
        {hidden("account", &visit.account_tag())}
        {hidden("ticket", &parking::ticket(visit))}
        {hidden("base", &revision.to_string())}
        {confirmed.keys().map(|key| hidden("confirmed", key)).collect_view()}
        {understood}
        {motivation_field(input, said)}
        {remarks_fields(asked.is_reserved, input, said)}
        {documents_field(&documents, said)}
        <p class="saved-state" role="status" id="saved-state"></p>
        <div class="form-actions">
            <button type="submit" name="do" value="preview" class="button">{text::applications_to_preview()}</button>
            <button type="submit" name="do" value="save" class="button button-secondary">{text::applications_save()}</button>
        </div>
    };
    let content = view! {
        <h1>{title(applying)}</h1>
        {notice}
        {error_summary(said)}
        {posting_head(applying)}
        <div
            id="application"
            data-path=path
            data-number=applying.target.number().to_string()
            data-title=applying.target.sheet.title.clone()
            data-seen-at=applying.target.stored.changed_at.to_string()
            data-reserved=asked.is_reserved.then_some("")
            data-saved=text::applications_script_saved("{time}")
            data-here=text::applications_script_here()
            data-unsaved=text::applications_script_unsaved()
            data-signed-out=text::applications_script_signed_out()
            data-conflict=text::applications_script_conflict()
            data-left=text::applications_script_left()
            data-take=text::applications_script_take()
            data-count=text::registration_count("{count}", "{most}")
        >
            <form method="post" action=action enctype="multipart/form-data" novalidate>
                {fields}
            </form>
        </div>
        {offline_notice(asked, applying.target.via == Via::SelfApplication)}
        {to_sheet(applying)}
        <script type="module" src="/application-form.js"></script>
    };
    Ok(framed(visit, status, &said.title(title(applying)), content))
}

/// Shown by the script when there is no network: a self-application can wait, unless it holds special-care personal information.
fn offline_notice(asked: content::Asked, is_own_idea: bool) -> AnyView {
    let may_wait = is_own_idea && asked.is_self && !asked.is_reserved;
    let words = if may_wait { text::applications_offline() } else { text::applications_offline_cannot_wait() };
    let button = may_wait.then(|| view! { <button type="button" class="button">{text::applications_wait()}</button> });
    view! {
        <div id="offline" class="notice notice-warning" hidden="" role="alert" tabindex="-1" data-waits=text::applications_waits()>
            <p>{words}</p>
            {button}
        </div>
    }
    .into_any()
}

fn motivation_field(input: &Input, said: Said<'_>) -> AnyView {
    let field = TextField {
        name: "motivation",
        label: text::applications_motivation(),
        hint: Some(text::applications_motivation_hint()),
        value: &input.motivation,
        is_required: true,
        ..TextField::default()
    };
    text_area_field(field, content::MOTIVATION_MOST, said)
}

fn remarks_fields(is_reserved: bool, input: &Input, said: Said<'_>) -> AnyView {
    let field = TextField {
        name: "remarks",
        label: text::applications_remarks(),
        hint: Some(if is_reserved { text::applications_remarks_reserved_hint() } else { text::applications_remarks_hint() }),
        value: &input.remarks,
        is_required: is_reserved,
        ..TextField::default()
    };
    let reserved = is_reserved.then(|| {
        view! {
            <p class="field-action">
                <button type="submit" name="do" value="ready" class="button button-text">{text::applications_add_ready()}</button>
            </p>
            {tick_box("stated", text::applications_stated().into_any(), input.stated, true, said)}
        }
    });
    view! { {text_area_field(field, content::REMARKS_MOST, said)} {reserved} }.into_any()
}

/// The documents that were added, and a field for another.
fn documents_field(documents: &[Document], said: Said<'_>) -> AnyView {
    let listed = documents.iter().map(|document| {
        view! {
            <li>
                <a href=format!("/documents/{}", document.id) download="">{document.name.clone()}</a>
                " "
                <button type="submit" name="do" value=format!("remove.{}", document.id) class="button button-text">
                    {text::documents_remove(&document.name)}
                </button>
            </li>
        }
    });
    let messages = said.errors.iter().filter(|error| error.field == "documents").map(|error| (said.word)(error)).collect::<Vec<_>>();
    let invalid = (!messages.is_empty()).then_some("true");
    let messages = messages.into_iter().map(|message| view! { <span class="field-error">{message}</span> }).collect_view();
    let add = (documents.len() < MOST).then(|| {
        view! {
            <input
                id=field_id("documents")
                type="file"
                name="documents"
                accept="application/pdf,image/jpeg,image/png"
                aria-describedby="hint-documents error-documents"
                aria-invalid=invalid
                multiple
            />
            <p class="field-action">
                <button type="submit" name="do" value="attach" class="button button-secondary">{text::documents_add()}</button>
            </p>
        }
    });
    view! {
        <div class="field">
            <label for=field_id("documents")>{text::applications_documents()}</label>
            <p class="hint" id="hint-documents">{text::documents_hint(MOST, MOST_MEGABYTES)}</p>
            <div class="field-messages" id="error-documents">{messages}</div>
            <ul class="account-links">{listed.collect_view()}</ul>
            {add}
        </div>
    }
    .into_any()
}

async fn submit(visit: &Visit, applying: &Applying, upload: Upload) -> Answer {
    let mut input = typed(&upload.fields);
    let base = upload.fields.get("base").parse().ok();
    let closed = applying.closed(visit);
    if !closed.is_empty() {
        // What was typed stays for when the way opens again.
        applying.save(visit, &input, base).await?;
        return Ok(closed_page(visit, applying, &closed));
    }
    let path = applying.target.path();
    let pressed = upload.fields.get("do").to_owned();
    if pressed == "ready" {
        input.remarks = with_ready_sentence(&input.remarks);
    }
    let Some(revision) = applying.save(visit, &input, base).await? else {
        return conflict_page(visit, applying, input).await;
    };
    let errors = attach(visit, applying, &upload).await?;
    if !errors.is_empty() {
        let typed = Stored { input, revision };
        return form_page(visit, applying, &typed, (StatusCode::UNPROCESSABLE_ENTITY, None), &errors).await;
    }
    match pressed.as_str() {
        "ready" => Ok(redirect(&format!("{path}?said=ready#field-remarks"))),
        "attach" => Ok(redirect(&format!("{path}?said=added#field-documents"))),
        "preview" => to_preview(visit, applying, Stored { input, revision }, &upload.fields).await,
        "save" => Ok(redirect(&format!("{path}?said=saved"))),
        other => {
            let id = other.strip_prefix("remove.").ok_or(Failure::BadForm)?;
            let mut transaction = visit.accounts.state.database.begin().await?;
            documents::db::remove(&mut transaction, &applying.own.account, id).await?;
            transaction.commit().await?;
            Ok(redirect(&format!("{path}?said=removed#field-documents")))
        }
    }
}

/// Another device has saved something else: what was typed stays, and takes its place if it is sent again.
async fn conflict_page(visit: &Visit, applying: &Applying, input: Input) -> Answer {
    let theirs = applying.draft(visit).await?;
    let written = [&theirs.input.motivation, &theirs.input.remarks].map(|words| words.trim()).into_iter().filter(|words| !words.is_empty());
    let notice = text::applications_conflict(written.collect::<Vec<_>>().join("\n\n"));
    let typed = Stored { input, revision: theirs.revision };
    form_page_with(visit, applying, &typed, (StatusCode::CONFLICT, warning(notice)), &FieldErrors::default()).await
}

fn warning(words: String) -> Option<AnyView> {
    Some(view! { <p class="notice notice-warning lines" role="alert" tabindex="-1" autofocus>{words}</p> }.into_any())
}

async fn to_preview(visit: &Visit, applying: &Applying, stored: Stored, fields: &Fields) -> Answer {
    let confirmed = confirmed(fields);
    match content::validate(&stored.input, applying.target.asked()).accept(&confirmed) {
        Ok(_) => Ok(redirect(&format!("{}/preview", applying.target.path()))),
        Err(errors) => form_page(visit, applying, &stored, (StatusCode::UNPROCESSABLE_ENTITY, None), &errors).await,
    }
}

/// The warnings that a form carries as accepted.
#[must_use]
pub fn confirmed(fields: &Fields) -> Confirmed {
    Confirmed::new(fields.all().iter().filter(|(name, _)| name == "confirmed").map(|(_, value)| value.clone()).collect())
}

/// Keeps the files that came, as long as there is room. The same form sent again adds them once.
async fn attach(visit: &Visit, applying: &Applying, upload: &Upload) -> Result<FieldErrors, Failure> {
    let mut errors = upload.errors.clone();
    if upload.files.is_empty() {
        return Ok(errors);
    }
    let form = visit.form_hash(&upload.fields)?;
    let there = applying.documents(visit).await?;
    for (place, file) in upload.files.iter().enumerate() {
        let id = visit.derived("document", &format!("{form}-{place}"));
        if there.iter().any(|document| document.id == id) {
            continue;
        }
        if there.len() + place >= MOST {
            errors.add("documents", Code::TooMany);
            break;
        }
        if !documents::may_add(visit, 1).await? {
            errors.add("documents", Code::TooManyTries);
            break;
        }
        let key = visit.accounts.key();
        let address = visit.accounts.settings.documents.keep(key, keys(visit)?, file.bytes.clone()).await?;
        let new = NewDocument {
            id: &id,
            account: &applying.own.account,
            name: &file.name,
            kind: file.kind,
            size: file.bytes.len(),
            address: &address,
        };
        let mut transaction = visit.accounts.state.database.begin().await?;
        documents::db::add(&mut transaction, keys(visit)?, new, Belongs::Draft(applying.target.number()), visit.now).await?;
        transaction.commit().await?;
    }
    Ok(errors)
}
