//! A search as SQL, for engines that keep the facts in columns: one statement for everything, which PostgreSQL and SQLite both read.

use super::answer::{Answer, Of, Tally};
use super::draw::Question;
use super::row::{counted_bits, item_place};
use app::postings::search::index::Plan;

/// What is asked of the texts, in the engine's own words: where from, and conditions.
pub struct OfTexts {
    /// What stands behind FROM.
    pub from: String,
    /// All must hold.
    pub conditions: Vec<String>,
}

/// One row of the statement's answer: what it is, a value, a number.
pub type Line = (String, i64, i64);

/// The statement. Facets whose own condition does not count for them are the reason for the columns `own_…`: the rows that fail one
/// facet's condition at most are looked up once, and counted by each facet with the others' conditions.
pub fn statement(question: &Question, texts: OfTexts) -> String {
    let plan = &question.plan;
    let own = own(plan);
    let mut conditions = texts.conditions;
    conditions.extend(rest(plan));
    conditions.extend(all_but_one(&own));
    let conditions = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    let columns: String = own.iter().map(|(name, condition)| format!(", {condition} AS own_{name}")).collect();
    let others = |but: &str| {
        let names: Vec<String> = own.iter().filter(|(name, _)| *name != but).map(|(name, _)| format!("own_{name}")).collect();
        if names.is_empty() { String::new() } else { format!(" WHERE {}", names.join(" AND ")) }
    };
    let by = |what: &str, value: &str, others: String| {
        format!(" UNION ALL SELECT '{what}', CAST({value} AS BIGINT), count(*) FROM rest{others} GROUP BY 2")
    };
    let offset = (question.query.page() - 1) * question.query.per_page();
    [
        format!("WITH rest AS MATERIALIZED (SELECT postings.id, number, kind, prefecture, form, groups, flags{columns} FROM {}{conditions})", texts.from),
        format!(" SELECT 't' AS what, CAST(0 AS BIGINT) AS value, count(*) AS n FROM rest{}", others("")),
        by("k", "kind", others("kind")),
        by("p", "prefecture", others("place")),
        by("g", "groups", others("occupation")),
        by("f", "form", others("form")),
        by("m", &format!("flags & {}", counted_bits()), others("")),
        format!(
            " UNION ALL SELECT * FROM (SELECT 'n', CAST(number AS BIGINT), CAST(id AS BIGINT) FROM rest{} ORDER BY id LIMIT {} OFFSET {offset}) page",
            others(""),
            question.query.per_page()
        ),
    ]
    .concat()
}

/// Reads the statement's answer.
pub fn answer(lines: impl IntoIterator<Item = Line>) -> Answer {
    let mut tally = Tally::new();
    let mut page: Vec<(i64, u64)> = Vec::new();
    let mut total = 0;
    for (what, value, n) in lines {
        let (unsigned, count) = (u64::try_from(value).unwrap_or_default(), u32::try_from(n).unwrap_or_default());
        match what.as_str() {
            "k" => tally.add(Of::Kind, unsigned, count),
            "p" => tally.add(Of::Prefecture, unsigned, count),
            "g" => tally.add(Of::Groups, unsigned, count),
            "f" => tally.add(Of::Form, unsigned, count),
            "m" => tally.add(Of::Flags, unsigned, count),
            "n" => page.push((n, unsigned)),
            _ => total = count,
        }
    }
    page.sort_unstable();
    Answer { total, facets: tally.facets(), page: page.into_iter().map(|(_, number)| number).collect() }
}

/// A text as a literal of SQL.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn rest(plan: &Plan) -> Vec<String> {
    let mut conditions = Vec::new();
    if plan.must != 0 {
        conditions.push(format!("(flags & {0}) = {0}", plan.must));
    }
    if plan.must_not != 0 {
        conditions.push(format!("(flags & {}) = 0", plan.must_not));
    }
    let amounts = [("wage_month", plan.wage_month), ("wage_hour", plan.wage_hour), ("days_off", plan.days_off.map(u32::from))];
    conditions.extend(amounts.into_iter().filter_map(|(column, least)| Some(format!("{column} >= {}", least?))));
    conditions
}

/// The facets' own conditions, as far as the search has them.
fn own(plan: &Plan) -> Vec<(&'static str, String)> {
    let mut groups: Vec<String> = Vec::new();
    let wanted = plan.groups.iter().fold(0u32, |bits, group| bits | 1 << (group - 1));
    if wanted != 0 {
        groups.push(format!("(groups & {wanted}) <> 0"));
    }
    for word in 0..3 {
        let bits =
            plan.items.iter().map(|item| item_place(*item)).filter(|(at, _)| *at == word).fold(0u64, |bits, (_, bit)| bits | 1 << bit);
        if bits != 0 {
            groups.push(format!("(items_{word} & {bits}) <> 0"));
        }
    }
    let any = |column: &str, values: String| (!values.is_empty()).then(|| format!("{column} IN ({values})"));
    let places = [any("prefecture", listed(&plan.prefectures)), any("municipality", listed(&plan.cities))];
    [
        ("kind", any("kind", listed(&plan.kinds)).unwrap_or_default()),
        ("place", places.into_iter().flatten().collect::<Vec<_>>().join(" OR ")),
        ("occupation", groups.join(" OR ")),
        ("form", any("form", listed(&plan.forms)).unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, condition)| !condition.is_empty())
    .map(|(name, condition)| (name, format!("({condition})")))
    .collect()
}

fn listed<T: ToString>(values: &[T]) -> String {
    values.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

/// Rows that fail two facets' conditions count for nothing.
fn all_but_one(own: &[(&str, String)]) -> Option<String> {
    if own.len() < 2 {
        return None;
    }
    let but = |left: usize| {
        let kept: Vec<&str> = own.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, (_, condition))| condition.as_str()).collect();
        format!("({})", kept.join(" AND "))
    };
    Some(format!("({})", (0..own.len()).map(but).collect::<Vec<_>>().join(" OR ")))
}
