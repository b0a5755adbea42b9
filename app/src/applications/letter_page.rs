//! 紹介状: the letter of a referral, to be printed and handed to the employer.

use super::db;
use super::reading::{of_establishment, own, write_down_read};
use super::{Application, ways_view};
use crate::account::Role;
use crate::account::answer::{Answer, Failure};
use crate::account::visit::Visit;
use crate::date::Date;
use crate::postings::db as postings;
use crate::registration::{keys, page as framed};
use crate::text;
use axum::extract::Path;
use axum::http::StatusCode;
use leptos::prelude::*;

/// GET `/applications/{id}/letter`, of the seeker and of the employer.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let application = match visit.user.as_ref().map(|user| user.role) {
        Some(Role::Employer) => {
            let (application, _) = of_establishment(&visit, &id).await?;
            // Opening it comes first: that is told to its seeker.
            application.opened_at.ok_or(Failure::NotFound)?;
            write_down_read(&visit, &application).await?;
            application
        }
        _ => own(&visit, &id).await?,
    };
    let number = application.letter_number.clone().ok_or(Failure::NotFound)?;
    let database = &visit.accounts.state.database;
    let texts = db::texts(database, keys(&visit)?, &id).await?;
    let posting = postings::find(database, &application.posting).await?;
    let office = posting.map_or_else(|| text::ways_an_office().to_owned(), |stored| ways_view::office(&stored.record));
    let name = texts.person.lines().next().and_then(|line| line.split_once('\t')).map(|(_, name)| name.to_owned());
    let content = view! {
        <article class="letter">
            <h1>{text::letter_title()}</h1>
            <p>{text::letter_number(&number)}</p>
            <p>{Date::in_japan(application.sent_at).era()}</p>
            <p>{addressee(&application)}</p>
            <p>{text::letter_body(name.unwrap_or_default())}</p>
            <dl class="registration-words">
                <dt>{text::csv_number()}</dt>
                <dd>{application.posting.to_string()}</dd>
                <dt>{text::csv_title()}</dt>
                <dd>{application.title.clone()}</dd>
                <dt>{text::applications_motivation()}</dt>
                <dd>{texts.motivation}</dd>
            </dl>
            <p>{text::letter_result()}</p>
            <p>{office}</p>
        </article>
        <p class="no-print hint">{text::letter_print()}</p>
    };
    Ok(framed(&visit, StatusCode::OK, text::letter_title(), content))
}

fn addressee(application: &Application) -> String {
    if application.company.is_empty() { text::letter_to_somebody().to_owned() } else { text::letter_to(&application.company) }
}
