//! From a postal code to the place that it stands for.

use crate::places::municipality;
use crate::registration::PostalCode;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use serde::Serialize;
use std::sync::LazyLock;

/// Japan Post's data, sorted by code; see `scripts/municipalities.py`.
const TABLE: &str = include_str!("../../data/postal_codes.tsv");

/// How long a browser may keep a place: a day. A code without one is asked for again: it may be new.
const KEPT: &str = "public, max-age=86400";

/// Where each line of the table begins, with its code: the texts stay where they are.
static LINES: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let mut at = 0;
    let mut lines = Vec::with_capacity(TABLE.len() / 24);
    for line in TABLE.split_inclusive('\n') {
        let code = line.get(..7).and_then(|code| code.parse().ok());
        lines.extend(code.zip(u32::try_from(at).ok()));
        at += line.len();
    }
    lines
});

/// A place that a postal code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    /// JIS code of the prefecture, 1–47.
    pub prefecture: u8,
    /// JIS code of the municipality.
    pub municipality: u32,
    /// 町域; empty where the code stands for a whole municipality.
    pub town: &'static str,
}

/// The places of a postal code; none for a code that nothing has.
pub fn towns(code: PostalCode) -> impl Iterator<Item = Town> {
    let first = LINES.partition_point(|(other, _)| *other < code.number());
    LINES.iter().skip(first).take_while(move |(other, _)| *other == code.number()).filter_map(|(_, at)| town(*at))
}

fn town(at: u32) -> Option<Town> {
    let line = TABLE.get(usize::try_from(at).ok()?..)?.lines().next()?;
    let mut columns = line.split('\t').skip(1);
    let (municipality, town) = (columns.next()?, columns.next()?);
    Some(Town { prefecture: municipality.get(..2)?.parse().ok()?, municipality: municipality.parse().ok()?, town })
}

#[derive(Debug, Default, Serialize)]
struct Answer {
    towns: Vec<TownAnswer>,
}

#[derive(Debug, Serialize)]
struct TownAnswer {
    prefecture: String,
    municipality: String,
    municipality_name: &'static str,
    town: &'static str,
}

/// `GET /api/postal-codes/{code}`: `{"towns":[{"prefecture":"13","municipality":"13101","municipality_name":"千代田区",
/// "town":"千代田"}]}`; 404 without towns for a code that nothing has, 422 for what is no postal code.
pub fn routes() -> Router {
    Router::new().route("/api/postal-codes/{code}", get(|Path(code): Path<String>| async move { answer(&code) }))
}

fn answer(code: &str) -> Response {
    let Ok(code) = code.parse::<PostalCode>() else { return (StatusCode::UNPROCESSABLE_ENTITY, Json(Answer::default())).into_response() };
    let of = |town: Town| TownAnswer {
        prefecture: format!("{:02}", town.prefecture),
        municipality: format!("{:05}", town.municipality),
        municipality_name: municipality(town.municipality).map_or("", |m| m.name),
        town: town.town,
    };
    let towns: Vec<TownAnswer> = towns(code).map(of).collect();
    if towns.is_empty() {
        return (StatusCode::NOT_FOUND, Json(Answer { towns })).into_response();
    }
    ([(header::CACHE_CONTROL, KEPT)], Json(Answer { towns })).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Vec<(u32, &'static str)> {
        towns(code.parse().expect("the test writes postal codes")).map(|town| (town.municipality, town.town)).collect()
    }

    #[test]
    fn a_code_stands_for_its_town_or_for_a_whole_municipality() {
        assert_eq!(of("100-0001"), [(13_101, "千代田")]);
        assert_eq!(of("060-0000"), [(1_101, "")]);
    }

    #[test]
    fn a_code_of_several_towns_or_municipalities_gives_all() {
        assert_eq!(of("441-1324"), [(23_221, "井道"), (23_221, "内井道"), (23_221, "奥井道")]);
        assert_eq!(of("498-0000"), [(23_235, ""), (24_303, "")]);
    }

    #[test]
    fn an_unknown_code_gives_none() {
        assert!(of("999-9999").is_empty() && of("000-0000").is_empty());
    }

    #[test]
    fn the_first_and_the_last_line_are_found() {
        assert_eq!(of("001-0000"), [(1_102, "")]);
        assert_eq!(of("999-8531"), [(6_461, "菅里")]);
    }

    #[test]
    fn a_name_is_whole_and_without_numbers_of_blocks() {
        assert_eq!(of("522-0317"), [(25_443, "一円")]);
        assert_eq!(of("029-5501"), [(3_366, "下左草"), (3_366, "左草")]);
    }

    #[test]
    fn the_table_is_sorted_and_whole_and_all_its_municipalities_are_known() {
        assert!(LINES.is_sorted());
        assert_eq!(LINES.len(), TABLE.lines().filter(|line| !line.starts_with('#')).count());
        let mut codes: Vec<u32> = LINES.iter().map(|(code, _)| *code).collect();
        codes.dedup();
        assert_eq!(codes.len(), 120_720);
        for (_, at) in LINES.iter() {
            let town = town(*at).expect("every line is whole");
            assert!(municipality(town.municipality).is_some(), "{town:?}");
            assert!(!town.town.contains(['（', '(', '、', '〜', '\t']), "{town:?}");
        }
    }

    #[test]
    fn what_is_no_postal_code_and_what_nothing_has_are_told_apart_and_only_places_are_kept() {
        let table = [
            ("１００－０００１", StatusCode::OK, true),
            ("9999999", StatusCode::NOT_FOUND, false),
            ("x", StatusCode::UNPROCESSABLE_ENTITY, false),
        ];
        for (code, status, kept) in table {
            let answer = answer(code);
            assert_eq!((answer.status(), answer.headers().contains_key(header::CACHE_CONTROL)), (status, kept), "{code}");
        }
    }
}
