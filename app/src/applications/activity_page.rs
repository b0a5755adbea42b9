//! `/applications/activity`: the record of one's search for work, to be printed for the certification of unemployment benefits.

use super::db;
use crate::account::answer::Answer;
use crate::account::visit::{Asked, Visit};
use crate::date::Date;
use crate::form::{Code, FieldErrors};
use crate::kept::plain::owner;
use crate::registration::{page as framed, parse_day};
use crate::text;
use crate::ui::form_fields::{Said, TextField, error_summary, text_field};
use axum::http::StatusCode;
use leptos::prelude::*;

const PAGE: &str = "/applications/activity";
/// The days of a period where none is asked for: that between two certifications [own].
const PERIOD_DAYS: i32 = 28;

/// GET: the applications of a period, as a table.
pub async fn show(visit: Visit, asked: Asked) -> Answer {
    let account = owner(&visit, PAGE)?;
    let (mut errors, today) = (FieldErrors::default(), visit.today());
    let mut day = |name: &str, otherwise: Date| {
        let typed = asked.get(name);
        if typed.trim().is_empty() {
            return otherwise;
        }
        parse_day(typed).unwrap_or_else(|code| {
            errors.add(name, code);
            otherwise
        })
    };
    let (from, to) = (day("from", today.plus_days(-PERIOD_DAYS)), day("to", today));
    if from > to {
        errors.add("to", Code::Reversed);
    }
    let all = db::of_account(&visit.accounts.state.database, account).await?;
    let rows = all.iter().rev().filter(|application| (from..=to).contains(&Date::in_japan(application.sent_at))).map(|application| {
        view! {
            <tr>
                <td>{Date::in_japan(application.sent_at).plain()}</td>
                <td>{application.route.label()}</td>
                <td>{application.company.clone()}" "{application.title.clone()}" "{application.posting.to_string()}</td>
                <td>{application.standing()}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let said = Said {
        errors: &errors,
        word: |error| match error.code {
            Code::Reversed => text::activity_error_reversed().to_owned(),
            _ => text::activity_error_day().to_owned(),
        },
    };
    let field = |name: &'static str, label: &'static str, value: Date| {
        let value = value.to_string();
        text_field(
            TextField { name, label, kind: Some("date"), value: &value, autocomplete: "off", is_short: true, ..TextField::default() },
            said,
        )
    };
    let none = rows.is_empty().then(|| view! { <p>{text::activity_none()}</p> });
    let content = view! {
        <h1>{text::activity_title()}</h1>
        {error_summary(said)}
        <p class="no-print">{text::activity_about()}</p>
        <form method="get" action=PAGE class="no-print">
            {field("from", text::activity_from(), from)}
            {field("to", text::activity_to(), to)}
            <button type="submit" class="button button-secondary">{text::activity_show()}</button>
        </form>
        <p>{text::activity_period(from.plain(), to.plain(), today.plain())}</p>
        {none}
        <table class="changes plain">
            <thead>
                <tr>
                    <th scope="col">{text::csv_sent_on()}</th>
                    <th scope="col">{text::csv_route()}</th>
                    <th scope="col">{text::activity_what()}</th>
                    <th scope="col">{text::csv_state()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <ul class="account-links no-print"><li><a href="/applications">{text::applications_title()}</a></li></ul>
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(framed(&visit, status, &said.title(text::activity_title()), content))
}
