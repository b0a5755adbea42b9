//! Items of the sheet that are put together from several items of the record, or from its typed facts.

use super::build::Draft;
use crate::date::Date;
use crate::places::find_prefecture;
use crate::postings::facts::{Flag, PublishingScope};
use crate::postings::mask::municipality_of;
use crate::postings::wording;
use crate::text;
use unicode_normalization::UnicodeNormalization as _;

/// What makes an item.
pub(super) type Made = fn(&Draft<'_>) -> Vec<String>;
/// What adds a unit to a bare number.
pub(super) type Unit = fn(&str) -> String;

pub(super) fn people(number: &str) -> String {
    text::sheet_people(number)
}

pub(super) fn days(number: &str) -> String {
    text::sheet_days(number)
}

pub(super) fn hours(number: &str) -> String {
    text::sheet_hours(number)
}

pub(super) fn minutes(number: &str) -> String {
    text::sheet_minutes(number)
}

pub(super) fn year(number: &str) -> String {
    text::sheet_year(number)
}

pub(super) fn years_old(number: &str) -> String {
    text::sheet_years_old(number)
}

pub(super) fn yen(number: &str) -> String {
    text::postings_yen(number)
}

pub(super) fn number(draft: &Draft<'_>) -> Vec<String> {
    one(draft.row.number.to_string())
}

pub(super) fn received(draft: &Draft<'_>) -> Vec<String> {
    one(day(draft.row.received_on))
}

pub(super) fn deadline(draft: &Draft<'_>) -> Vec<String> {
    one(day(draft.row.deadline))
}

/// 「2026年11月24日（令和8年11月24日）」: forms ask for either.
fn day(date: Date) -> String {
    text::sheet_day(date.plain(), date.era())
}

pub(super) fn kind(draft: &Draft<'_>) -> Vec<String> {
    let kind = wording::kind(draft.row.kind);
    let line = draft.row.work_time.map_or(kind.to_owned(), |time| text::sheet_kind_and_time(kind, wording::work_time(time)));
    let reserved = draft.has(Flag::Reserved).then(|| wording::flag(Flag::Reserved).to_owned());
    std::iter::once(line).chain(reserved).collect()
}

pub(super) fn self_application(draft: &Draft<'_>) -> Vec<String> {
    let stated = draft.first(&["onlinejishuobo_uktkkahi_n"]);
    if stated.is_empty() && draft.has(Flag::SelfApplication) { one(text::sheet_self_application_yes()) } else { stated }
}

/// The name, or why there is none.
pub(super) fn name(draft: &Draft<'_>) -> Vec<String> {
    if draft.named {
        return draft.first(&["jgshmei"]);
    }
    one(match draft.scope {
        PublishingScope::RegisteredSeekers => text::sheet_name_for_registered(),
        _ => text::sheet_name_hidden(),
    })
}

pub(super) fn title(draft: &Draft<'_>) -> Vec<String> {
    one(draft.title())
}

pub(super) fn form(draft: &Draft<'_>) -> Vec<String> {
    let stated = draft.first(&["koyokeitai_n"]);
    if stated.is_empty() { draft.row.form.map(wording::form).map(str::to_owned).into_iter().collect() } else { stated }
}

pub(super) fn establishment_address(draft: &Draft<'_>) -> Vec<String> {
    address(draft, "jgshjusho_n", "jgshszci")
}

pub(super) fn place_address(draft: &Draft<'_>) -> Vec<String> {
    address(draft, "shgbsjusho1_n", "shgbsjusho")
}

/// The whole address (its beginning and the rest can be items of their own); without name its municipality only.
fn address(draft: &Draft<'_>, area: &str, whole: &str) -> Vec<String> {
    let area = draft.joined(area).unwrap_or_default();
    let whole = draft.joined(whole).unwrap_or_default();
    let address = if find_prefecture(&whole).is_some() || whole.starts_with(&area) { whole } else { area + &whole };
    let shown = if draft.named { Some(address) } else { municipality_of(&address) };
    shown.filter(|address| !address.is_empty()).into_iter().collect()
}

/// The address of the homepage, in half width so that it can be followed.
pub(super) fn homepage(draft: &Draft<'_>) -> Vec<String> {
    let address: String = draft.joined("jgshhp").unwrap_or_default().nfkc().filter(|letter| !letter.is_whitespace()).collect();
    one(address)
}

pub(super) fn age_range(draft: &Draft<'_>) -> Vec<String> {
    let end = |tag| draft.joined(tag).map(|age| counted(&age, years_old));
    match (end("nenreisegnari_kagen"), end("nenreisegnari_jgn")) {
        (Some(from), Some(to)) => one(text::sheet_from_to(from, to)),
        (Some(from), None) => one(text::sheet_from(from)),
        (None, Some(to)) => one(text::sheet_up_to(to)),
        (None, None) => draft.first(&["nenreisegnhanni"]),
    }
}

/// Up to three licences, each with whether it is a must, then others in the employer's words.
pub(super) fn licences(draft: &Draft<'_>) -> Vec<String> {
    let listed = (1..=3).filter_map(|n| {
        let name = draft.joined(&format!("menkyo_skku{n}_n"))?;
        let need = draft.joined(&format!("menkyo_skkuyohi{n}_n"));
        Some(need.map_or(name.clone(), |need| text::sheet_with_note(name, need)))
    });
    let lines: Vec<_> = listed.chain(draft.first(&["hynamenkyo_snta"])).collect();
    if lines.is_empty() && draft.has(Flag::NoLicence) { one(text::sheet_not_asked()) } else { lines }
}

/// The working times as a whole, where they are not given one by one.
pub(super) fn hours_whole(draft: &Draft<'_>) -> Vec<String> {
    if !draft.first(&["shgjn1_open_close", "shgjn2_open_close", "shgjn3_open_close"]).is_empty() {
        return Vec::new();
    }
    let stated = draft.first(&["shgjn"]);
    if stated.is_empty() { draft.row.hours.iter().map(|line| draft.clean(line)).collect() } else { stated }
}

pub(super) fn days_off(draft: &Draft<'_>) -> Vec<String> {
    let stated = draft.first(&["kyjs"]);
    if stated.is_empty() { draft.row.days_off.iter().map(|line| draft.clean(line)).collect() } else { stated }
}

/// The insurances as stated, else those that are ticked.
pub(super) fn insurance(draft: &Draft<'_>) -> Vec<String> {
    const INSURANCES: [Flag; 6] = [
        Flag::EmploymentInsurance,
        Flag::AccidentInsurance,
        Flag::PublicAccident,
        Flag::HealthInsurance,
        Flag::PensionInsurance,
        Flag::PropertyFormation,
    ];
    let stated = draft.first(&["knyhkn"]);
    if !stated.is_empty() {
        return stated;
    }
    let set: Vec<_> = INSURANCES.into_iter().filter(|flag| draft.has(*flag)).map(wording::flag).collect();
    one(set.join(text::sheet_between()))
}

pub(super) fn retirement_age(draft: &Draft<'_>) -> Vec<String> {
    let age = draft.joined("tnnenrei").map(|age| counted(&age, years_old));
    draft.first(&["tnsei_n", "tnsei"]).into_iter().chain(age).collect()
}

pub(super) fn reemployment(draft: &Draft<'_>) -> Vec<String> {
    with_upper_age(draft, "saikoyo", "saikoyo_jgnnenrei")
}

pub(super) fn extension(draft: &Draft<'_>) -> Vec<String> {
    with_upper_age(draft, "knmencho", "knmencho_jgnnenrei")
}

fn with_upper_age(draft: &Draft<'_>, system: &str, age: &str) -> Vec<String> {
    let upper = draft.joined(age).map(|age| text::sheet_upper_age(counted(&age, years_old)));
    draft.first(&[system]).into_iter().chain(upper).collect()
}

pub(super) fn selection_method(draft: &Draft<'_>) -> Vec<String> {
    let steps = [
        ("snkhoho_shrisnko_c", text::sheet_selection_documents()),
        ("snkhoho_mensetsu_c", text::sheet_selection_interview()),
        ("snkhoho_hkkskn_c", text::sheet_selection_test()),
    ];
    let stated = draft.first(&["snkhoho"]);
    if stated.is_empty() { ticked(draft, &steps).into_iter().collect() } else { stated }
}

pub(super) fn documents(draft: &Draft<'_>) -> Vec<String> {
    let papers = [
        ("obshri_hwshkijo", text::sheet_document_referral()),
        ("obshri_rrksh", text::sheet_document_resume()),
        ("obshri_shkmkeireki", text::sheet_document_career()),
        ("obshri_jobcard", text::sheet_document_job_card()),
    ];
    ticked(draft, &papers).into_iter().chain(draft.first(&["oboshri_snta", "obshri_snta"])).collect()
}

/// The names of the items that are ticked, in one line.
fn ticked(draft: &Draft<'_>, boxes: &[(&str, &str)]) -> Option<String> {
    let set: Vec<_> = boxes.iter().filter(|(tag, _)| draft.joined(tag).is_some_and(|mark| is_tick(&mark))).map(|(_, name)| *name).collect();
    Some(set.join(text::sheet_between())).filter(|line| !line.is_empty())
}

/// Codes and words for "yes": everything but a zero and words for "no" [3].
fn is_tick(mark: &str) -> bool {
    let mark: String = mark.nfkc().collect();
    !matches!(mark.trim(), "0" | "無") && !["なし", "不要", "不可"].iter().any(|no| mark.contains(no))
}

/// The barrier-free facts: the words of our own postings' items, else the typed fact, which knows the items an operator configured. A
/// fact that is not stated is said to be not stated, never to be absent.
macro_rules! barrier_free {
    ($($name:ident $flag:ident $tags:expr;)+) => { $(
        pub(super) fn $name(draft: &Draft<'_>) -> Vec<String> {
            barrier_free(draft, Flag::$flag, $tags)
        }
    )+ };
}

barrier_free! {
    elevator Elevator &["bf_elevator", "elevator"];
    braille Braille &["bf_braille", "tenjisetsubi"];
    handrails Handrails &["bf_handrails", "tesurisechi", "kaidantesuri"];
    wheelchair Wheelchair &["bf_wheelchair", "tatemonokrmisuido"];
    accessible_toilet AccessibleToilet &["bf_toilet", "barrierfree"];
    rest_room RestRoom &["bf_restroom", "kyukeishitsu"];
    job_coach JobCoach &["bf_jobcoach", "kigyoziskkatajobumu"];
    other_barrier_free OtherBarrierFree &["bf_other"];
}

fn barrier_free(draft: &Draft<'_>, flag: Flag, tags: &[&str]) -> Vec<String> {
    let stated = draft.first(tags);
    let is_code = stated.len() == 1 && stated[0].chars().all(|c| c.is_ascii_digit());
    match (stated.is_empty() || is_code, draft.has(flag)) {
        (false, _) => stated,
        (true, true) => one(text::sheet_stated_yes()),
        (true, false) => one(text::sheet_not_stated()),
    }
}

/// A bare number (of either width) with its unit; anything else as it is.
pub(super) fn counted(stated: &str, unit: Unit) -> String {
    let is_bare = stated.chars().all(|c| matches!(c, '0'..='9' | '０'..='９' | ',' | '，' | '.' | '．'));
    if is_bare && !stated.is_empty() { unit(stated) } else { stated.to_owned() }
}

/// One line, or none where it would be empty.
pub(super) fn one(line: impl Into<String>) -> Vec<String> {
    Some(line.into()).filter(|line| !line.is_empty()).into_iter().collect()
}
