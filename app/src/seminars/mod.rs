//! セミナー: what offices invite seekers to; a seat can be taken and given back, and the day goes into a calendar.

mod calendar;
pub mod db;
mod page;
mod staff_page;

use crate::account::Accounts;
use crate::date::{Date, time_in_japan};
use crate::text;
use axum::Router;

/// A seminar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seminar {
    /// Names it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where.
    pub place: String,
    /// When it begins, in milliseconds since 1970.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// How many seats it has.
    pub capacity: i64,
    /// How many are taken.
    pub taken: i64,
}

/// A seminar to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewSeminar<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What it is about.
    pub about: &'a str,
    /// Where.
    pub place: &'a str,
    /// When it begins, in milliseconds since 1970.
    pub starts_at: i64,
    /// When it ends.
    pub ends_at: i64,
    /// How many seats it has.
    pub capacity: i64,
}

/// 「2026年12月3日 10:00～12:00」.
#[must_use]
pub fn when(starts_at: i64, ends_at: i64) -> String {
    text::seminars_when(Date::in_japan(starts_at).plain(), time_in_japan(starts_at), time_in_japan(ends_at))
}

/// The addresses.
pub fn routes() -> Router<Accounts> {
    page::routes().merge(staff_page::routes())
}
