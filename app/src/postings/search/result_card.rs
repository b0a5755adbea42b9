//! One posting in the list: what the official list row shows, in full or compact.

use super::results::ResultRow;
use crate::date::Date;
use crate::favorites::star::star;
use crate::postings::facts::{Flag, Kind};
use crate::postings::wording::{self, wage_lines};
use crate::text;
use crate::ui::{IntoWhole, Served, served};
use leptos::either::Either;
use leptos::prelude::*;

/// The flags that a card shows as tags beside the barrier-free facts, and their short words; the first two stand out.
const TAGS: [(Flag, &str); 5] = [
    (Flag::Reserved, text::postings_tag_reserved()),
    (Flag::SelfApplication, text::postings_tag_self()),
    (Flag::Remote, text::facts_flag_remote()),
    (Flag::Dispatch, text::facts_flag_dispatch()),
    (Flag::NoExperience, text::facts_flag_no_experience()),
];

/// How many of [`TAGS`] stand out, and are shown in a compact row too.
const STRONG: usize = 2;

/// A posting in the list. `today` decides how many days are left.
pub(super) fn card(row: ResultRow, compact: bool, today: Date) -> Served {
    served(move || drawn(&row, compact, today))
}

fn drawn(row: &ResultRow, compact: bool, today: Date) -> impl IntoView + use<> {
    let link = format!("/postings/{}", row.number.as_str());
    let title = row.title.clone();
    let name = match &row.name {
        Some(name) => Either::Left(view! { <p class="posting-name">{name.clone()}</p> }),
        None => Either::Right(view! { <p class="posting-name posting-name-hidden">{text::postings_name_hidden()}</p> }),
    };
    let tags = tags(row, compact);
    let wage = wage_lines(&row.wage).into_iter().take(if compact { 1 } else { 3 });
    let wage: Vec<_> = wage.map(|line| view! { <span class="line">{line}</span> }).collect();
    let facts = if compact { Either::Left(compact_facts(row)) } else { Either::Right(facts(row)) };
    let description = (!compact).then(|| view! { <p class="posting-description">{row.description.clone()}</p> });
    view! {
        <li class="posting-card" class:posting-card-compact=compact>
            <article>
                <div class="with-star">
                    <h3 class="posting-title"><a href=link>{title}</a></h3>
                    {star(&row.number, &row.title)}
                </div>
                {name}
                {tags}
                <dl class="facts">
                    <dt>{text::postings_wage()}</dt><dd>{wage}</dd>
                    {facts}
                </dl>
                {description}
                {dates(row, today)}
            </article>
        </li>
    }
}

/// Kind, working time and form, then what stands out, then (not in a compact row) what else is so.
fn tags(row: &ResultRow, compact: bool) -> impl IntoView + use<> {
    let kind = (row.kind != Kind::General).then(|| wording::kind(row.kind));
    let plain = [kind, row.work_time.map(wording::work_time), row.form.map(wording::form)];
    let (strong, other) = TAGS.split_at(STRONG);
    let strong = strong.iter().filter(|(flag, _)| row.flags.has(*flag)).map(|(_, words)| tag("tag tag-strong", words));
    let other = other.iter().filter(|(flag, _)| row.flags.has(*flag)).map(|(_, words)| *words);
    let barrier_free = Flag::BARRIER_FREE.iter().filter(|flag| row.flags.has(**flag)).map(|flag| wording::flag(*flag));
    let more = barrier_free.chain(other).filter(|_| !compact).map(|words| tag("tag", words));
    let closed = row.closed.then(|| tag("tag tag-closed", text::postings_closed()));
    let tags: Vec<_> =
        closed.into_iter().chain(plain.into_iter().flatten().map(|words| tag("tag", words))).chain(strong).chain(more).collect();
    (!tags.is_empty()).then(|| view! { <ul class="tags">{tags}</ul> })
}

fn tag(class: &'static str, words: &'static str) -> impl IntoView {
    view! { <li class=class>{words}</li> }
}

fn fact(label: &'static str, value: Option<String>) -> AnyView {
    value.map(|value| view! { <dt>{label}</dt><dd>{value}</dd> }).into_fixed()
}

fn facts(row: &ResultRow) -> impl IntoView + use<> {
    let hours: Vec<_> = row.hours.iter().map(|line| view! { <span class="line">{line.clone()}</span> }).collect();
    let hours = (!hours.is_empty()).then(|| view! { <dt>{text::postings_hours()}</dt><dd>{hours}</dd> });
    let year = row.days_off_year.map(text::postings_days_off_year);
    let days_off = match (&row.days_off, year) {
        (Some(days), Some(year)) => Some(format!("{days}（{year}）")),
        (Some(days), None) => Some(days.clone()),
        (None, year) => year,
    };
    view! {
        {fact(text::postings_place(), row.place.clone())}
        {fact(text::postings_station(), row.station.clone())}
        {hours}
        {fact(text::postings_days_off(), days_off)}
    }
}

fn compact_facts(row: &ResultRow) -> impl IntoView + use<> {
    fact(text::postings_place(), row.place.clone())
}

/// When it was received, until when one can apply with the days left, and its number.
fn dates(row: &ResultRow, today: Date) -> impl IntoView + use<> {
    let left = (!row.closed).then(|| days_left(row.deadline, today)).flatten();
    let left = left.map(|words| view! { <strong class="days-left">{words}</strong> });
    view! {
        <dl class="posting-dates">
            <div><dt>{text::postings_received_on()}</dt><dd>{row.received_on.plain()}</dd></div>
            <div><dt>{text::postings_deadline()}</dt><dd>{row.deadline.plain()}{left}</dd></div>
            <div><dt>{text::postings_number()}</dt><dd translate="no">{row.number.as_str().to_owned()}</dd></div>
        </dl>
    }
}

/// 「あと3日」, 「今日まで」; nothing once the day has passed.
#[must_use]
pub fn days_left(deadline: Date, today: Date) -> Option<String> {
    match deadline.epoch_days() - today.epoch_days() {
        0 => Some(text::postings_last_day().to_owned()),
        days if days > 0 => Some(text::postings_days_left(days)),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::postings::facts::{EmploymentForm, Flags, WageForm, WorkTime};
    use crate::postings::wage::{Wage, Yen};

    pub fn day(text: &str) -> Date {
        text.parse().expect("the test names a day of the calendar")
    }

    /// An invented posting with everything in it.
    pub fn row() -> ResultRow {
        ResultRow {
            number: "13010-12345678".parse().expect("a posting number"),
            title: "介護職員<夜勤なし>".to_owned(),
            name: Some("社会福祉法人　みほん会".to_owned()),
            kind: Kind::Disabled,
            work_time: Some(WorkTime::Full),
            form: Some(EmploymentForm::Regular),
            place: Some("東京都千代田区".to_owned()),
            station: Some("みほん駅".to_owned()),
            wage: Wage {
                form: Some(WageForm::Monthly),
                base: Some(Yen { from: 200_000, to: 250_000 }),
                fixed_overtime: Some(Yen { from: 30_000, to: 30_000 }),
                ..Wage::default()
            },
            hours: vec!["(1)8時30分～17時30分".to_owned()],
            days_off: Some("土日祝".to_owned()),
            days_off_year: Some(120),
            description: "入浴や食事の介助".to_owned(),
            flags: [Flag::Reserved, Flag::SelfApplication, Flag::Wheelchair, Flag::Remote].into_iter().collect::<Flags>(),
            received_on: day("2026-11-01"),
            deadline: day("2027-01-31"),
            closed: false,
        }
    }

    fn html(row: ResultRow, compact: bool) -> String {
        card(row, compact, day("2026-11-24")).to_html()
    }

    #[test]
    fn days_left_are_counted_to_the_last_day() {
        let left = |deadline| days_left(day(deadline), day("2026-11-24"));
        assert_eq!(left("2026-11-27").as_deref(), Some("あと3日"));
        assert_eq!(left("2026-11-24").as_deref(), Some("今日まで"));
        assert_eq!(left("2026-11-23"), None);
    }

    #[test]
    fn a_card_shows_what_the_official_row_shows_and_links_to_the_sheet() {
        let html = html(row(), false);
        for part in [
            "<a href=\"/postings/13010-12345678\">介護職員&lt;夜勤なし&gt;</a>",
            "社会福祉法人　みほん会",
            "障害者専用",
            "自主応募可",
            "建物内を車いすで移動できる",
            "在宅勤務あり",
            "フルタイム",
            "正社員",
            "月給 200,000円～250,000円",
            "別に固定残業代 30,000円",
            "東京都千代田区",
            "みほん駅",
            "(1)8時30分～17時30分",
            "土日祝（年間休日120日）",
            "入浴や食事の介助",
            "2026年11月1日",
            "2027年1月31日",
            "あと68日",
            "13010-12345678</dd>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_compact_row_leaves_out_the_long_texts() {
        let html = html(row(), true);
        assert!(html.contains("月給 200,000円～250,000円") && html.contains("障害者専用"));
        for part in ["入浴や食事", "固定残業代", "みほん駅", "車いす"] {
            assert!(!html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_hidden_name_is_said_to_be_hidden_and_a_closed_posting_to_be_closed() {
        let html = html(ResultRow { name: None, closed: true, ..row() }, false);
        assert!(html.contains("事業所名は公開されていません"));
        assert!(html.contains("募集を終了しました") && !html.contains("あと68日"));
    }
}
