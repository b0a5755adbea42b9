//! The conditions of a search in words, and the links that remove one.

use super::query::{Param, SearchQuery};
use crate::places::{City, prefecture};
use crate::postings::facts::{EmploymentForm, Flag, Kind, WorkTime};
use crate::postings::wording::{self, grouped};
use crate::{industries, occupations, text};
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

/// One condition in words: 「東京都」, 「月200,000円以上」. What the tables do not know is told by its code.
#[must_use]
pub fn condition_in_words(param: Param, value: &str, cities: &[City]) -> String {
    let whole = || value.parse().map_or_else(|_| value.to_owned(), grouped);
    match param {
        Param::Words => text::search_chip_words(value),
        Param::WordsIn => text::search_chip_in(words_in(value)),
        Param::Exclude => text::search_chip_exclude(value),
        Param::Number => text::search_chip_number(value),
        Param::Establishment => text::search_chip_establishment(value),
        Param::WageMonth => text::search_chip_wage_month(whole()),
        Param::WageHour => text::search_chip_wage_hour(whole()),
        Param::StartsFrom => text::search_chip_starts_from(value.strip_prefix('0').unwrap_or(value)),
        Param::EndsBy => text::search_chip_ends_by(value.strip_prefix('0').unwrap_or(value)),
        Param::Overtime if value == "0" => text::search_chip_overtime_none().to_owned(),
        Param::Overtime => text::search_chip_overtime(whole()),
        Param::DaysOff => text::search_chip_days_off(whole()),
        Param::Age => text::search_chip_age(value),
        Param::Staff => text::search_chip_staff(whole()),
        Param::Line => text::search_chip_line(value),
        Param::Licence => text::search_chip_licence(value),
        Param::Name => text::search_chip_name(value),
        Param::NameNot => text::search_chip_name_not(value),
        Param::New => text::search_chip_new(value),
        Param::Since => text::search_chip_since(value.parse::<crate::date::Date>().map_or_else(|_| value.to_owned(), |day| day.plain())),
        Param::City => city_in_words(value, cities),
        Param::Not => name(param, value).map_or_else(|| text::search_chip_unknown(value), text::search_chip_not),
        Param::Industry => name(param, value).map_or_else(|| text::search_chip_unknown(value), text::search_chip_industry),
        _ => name(param, value).map_or_else(|| text::search_chip_unknown(value), str::to_owned),
    }
}

/// The name of a choice, where the parameter is one of choices.
fn name(param: Param, value: &str) -> Option<&'static str> {
    match param {
        Param::Kind => Kind::from_code(value).map(wording::kind),
        Param::Time => WorkTime::from_code(value).map(wording::work_time),
        Param::Form => EmploymentForm::from_code(value).map(wording::form),
        Param::Prefecture => value.parse().ok().and_then(prefecture).map(|prefecture| prefecture.name),
        Param::Occupation => occupations::picker_name(value),
        Param::Industry => industries::name(value),
        Param::WageFixed => Some(text::search_wage_fixed()),
        Param::Must | Param::Not => Flag::from_code(value).map(wording::flag),
        _ => None,
    }
}

/// Where the free word looks, in words.
pub(super) fn words_in(code: &str) -> &'static str {
    match code {
        "title" => text::search_in_title(),
        "work" => text::search_in_work(),
        _ => text::search_in_name(),
    }
}

fn city_in_words(code: &str, cities: &[City]) -> String {
    if let Some(city) = cities.iter().find(|city| city.code == code) {
        return city.name.clone();
    }
    let prefecture = code.get(..2).and_then(|code| code.parse().ok()).and_then(prefecture).map_or("", |prefecture| prefecture.name);
    text::search_city_unknown(prefecture, code)
}

/// The search without one condition and what hangs on it: without a prefecture its municipalities go, without words the places where
/// they are looked for, without wages the question what they include. It begins at the first page.
#[must_use]
pub fn without(query: &SearchQuery, param: Param, value: &str) -> SearchQuery {
    let mut rest = query.clone().without(param, value).without_all(Param::Page);
    match param {
        Param::Prefecture => {
            for city in query.all(Param::City).filter(|city| city.starts_with(value)) {
                rest = rest.without(Param::City, city);
            }
        }
        Param::Words => rest = rest.without_all(Param::WordsIn),
        Param::WageMonth | Param::WageHour if rest.first(Param::WageMonth).or(rest.first(Param::WageHour)).is_none() => {
            rest = rest.without_all(Param::WageFixed);
        }
        _ => {}
    }
    rest
}

/// Everything that could be dropped from a search, with the search that is left: each condition, and each of several words.
#[must_use]
pub fn droppable(query: &SearchQuery) -> Vec<(Param, String, SearchQuery)> {
    let conditions = query.conditions().map(|(param, value)| (param, value.to_owned(), without(query, param, value)));
    conditions.chain(words(query).into_iter().map(|(word, rest)| (Param::Words, word, rest))).collect()
}

/// Each of the words that must all be found, with the search for the others. Words that `OR` joins are left together.
fn words(query: &SearchQuery) -> Vec<(String, SearchQuery)> {
    let words: Vec<&str> = query.first(Param::Words).unwrap_or_default().split_whitespace().collect();
    if words.len() < 2 || words.iter().any(|word| matches!(*word, "OR" | "ＯＲ")) {
        return Vec::new();
    }
    let without = |dropped: usize| {
        let rest: Vec<&str> = words.iter().enumerate().filter(|(at, _)| *at != dropped).map(|(_, word)| *word).collect();
        query.clone().without_all(Param::Page).with(Param::Words, &rest.join(" "))
    };
    words.iter().enumerate().map(|(at, word)| ((*word).to_owned(), without(at))).collect()
}

/// The search without any condition, shown as before.
#[must_use]
pub fn without_conditions(query: &SearchQuery) -> SearchQuery {
    let display = [Param::Sort, Param::Per, Param::View];
    display.into_iter().filter_map(|param| Some((param, query.first(param)?))).fold(SearchQuery::default(), |rest, (p, v)| rest.with(p, v))
}

/// A link for each condition that removes it, and one that removes all.
pub(super) fn chips(query: &SearchQuery, cities: &[City]) -> impl IntoView + use<> {
    let chips: Vec<(String, String)> =
        query.conditions().map(|(param, value)| (condition_in_words(param, value, cities), without(query, param, value).href())).collect();
    let clear = (chips.len() > 1).then(|| without_conditions(query).href());
    (!chips.is_empty()).then(|| {
        view! {
            <nav class="search-chips" aria-label=text::search_chips()>
                <ul class="tags">
                    // Keyed: a removed chip goes as a whole, also when a translator has changed its text.
                    {keyed(chips, Clone::clone, |_, (words, href)| (|_| (), view! {
                        <li><a class="chip" data-noscroll href=href>{words}<span class="visually-hidden">{text::search_chip_remove()}</span><span aria-hidden="true">"×"</span></a></li>
                    }))}
                    {clear.map(|href| view! { <li><a class="chip" data-noscroll href=href>{text::search_chips_clear()}</a></li> })}
                </ul>
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> SearchQuery {
        SearchQuery::from_url(url).0
    }

    #[test]
    fn conditions_are_told_in_words() {
        let tokyo = [City { code: "13101".to_owned(), name: "千代田区".to_owned() }];
        let table = [
            (Param::Words, "看護", "「看護」"),
            (Param::Kind, "1", "一般"),
            (Param::Prefecture, "13", "東京都"),
            (Param::City, "13101", "千代田区"),
            (Param::City, "14101", "神奈川県の市区町村 14101"),
            (Param::Occupation, "05-01", "施設介護員"),
            (Param::Occupation, "99", "わからない条件「99」"),
            (Param::Industry, "P", "産業「医療、福祉」"),
            (Param::WageMonth, "200000", "月200,000円以上"),
            (Param::StartsFrom, "09:00", "9:00以降に始業"),
            (Param::Overtime, "0", "時間外なし"),
            (Param::Since, "2026-11-01", "2026年11月1日以降の受付"),
            (Param::Must, "wheelchair", "建物内を車いすで移動できる"),
            (Param::Not, "dispatch", "派遣を除く"),
        ];
        for (param, value, words) in table {
            assert_eq!(condition_in_words(param, value, &tokyo), words);
        }
    }

    #[test]
    fn removing_a_condition_removes_what_hangs_on_it_and_goes_to_the_first_page() {
        let search = read("q=a&in=title&pref=13&pref=14&city=13101&city=14101&wage_month=200000&wage_fixed=1&page=3&per=10");
        assert_eq!(
            without(&search, Param::Prefecture, "13").to_url(),
            "q=a&in=title&pref=14&city=14101&wage_month=200000&wage_fixed=1&per=10"
        );
        assert_eq!(without(&search, Param::City, "13101").all(Param::Prefecture).count(), 2);
        assert_eq!(without(&search, Param::Words, "a").first(Param::WordsIn), None);
        assert_eq!(without(&search, Param::WageMonth, "200000").first(Param::WageFixed), None);
        assert_eq!(without_conditions(&search).to_url(), "per=10");
    }

    #[test]
    fn a_chip_is_a_link_named_after_what_it_removes() {
        let html = chips(&read("pref=13&must=remote"), &[]).into_view().to_html();
        assert!(
            html.contains("href=\"/postings?must=remote\" class=\"chip\">東京都<span class=\"visually-hidden\">の条件を外す</span>"),
            "{html}"
        );
        assert!(html.contains("href=\"/postings\" class=\"chip\">すべての条件を外す"), "{html}");
        assert!(!chips(&read("sort=deadline"), &[]).into_view().to_html().contains("nav"));
    }
}
