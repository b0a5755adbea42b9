//! From a record to a posting: every typed column, by the items of FEED.md.

use super::answers::{Answer, answer};
use super::conditions;
use super::dates::dates;
use super::faults::{Fault, FaultReason, Faults, shorten};
use super::items::Items;
use super::numbers::{first_number, first_tenths, narrow, working_times};
use super::settings::FeedSettings;
use super::wraps::join_wraps;
use super::{pay, places, texts};
use crate::industries;
use crate::occupations::picker_items;
use crate::postings::facts::{EmploymentForm, Flag, Kind, PublishingScope, WorkTime};
use crate::postings::mask::Mask;
use crate::postings::number::PostingNumber;
use crate::postings::posting::{Listing, Posting};
use crate::postings::record::Record;
use crate::postings::search::ResultRow;
use unicode_normalization::UnicodeNormalization;

/// The version of this derivation: it changes when deriving changes, so that unchanged records are derived again.
pub const DERIVATION: u32 = 2;

/// Most hours of overtime a month that are believed [own].
const MOST_OVERTIME: u32 = 200;

/// What a record becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its typed facts.
    pub posting: Posting,
    /// What lists show of it.
    pub listing: Listing,
}

/// Derives a posting from a record.
///
/// # Errors
/// Every [`Fault`] of the record: number, publishing scope, dates, title or wages that are missing, unreadable or impossible. Other
/// items that cannot be read count as not stated.
pub fn derive(record: &Record, settings: &FeedSettings) -> Result<Derived, Vec<Fault>> {
    let items = Items::of(record, &settings.barrier_free);
    let mut faults = Faults::of(items.kjno);
    let number = number(items.kjno, &mut faults);
    let scope = scope(items.kokaikibo, &mut faults);
    let dates = dates(&items, &mut faults);
    if items.sksu.is_empty() {
        faults.add("sksu", FaultReason::Missing);
    }
    let hours = hours(&items);
    let days_off = first_number(items.nenkankjsu_n).filter(|days| (1..=366).contains(days)).and_then(|days| u16::try_from(days).ok());
    let wage = pay::wage(&items, &hours, days_off, &mut faults);
    let faults = faults.into_found();
    let (Some(number), Some(scope), Some((received_on, deadline)), true) = (number, scope, dates, faults.is_empty()) else {
        return Err(faults);
    };

    let kind = kind(&items);
    let form = form(items.koyokeitai_n);
    let place = places::place(&items);
    let title = texts::one_line(items.sksu);
    let occupation = occupation(items.skgybrui1_c);
    let (industry_major, industry_middle) = industry(items.sngbrui_dai_c, items.sngbrui_c);
    let mut flags = conditions::flags(&items, kind, scope, form);
    let overtime = overtime(&items);
    flags.set(Flag::NoOvertime, overtime == Some(0));
    flags.set(Flag::FixedOvertime, wage.fixed_overtime.is_some() || answer(items.ktizangydi) == Answer::Yes);
    let posting = Posting {
        work_time: work_time(&items),
        establishment_number: items.jgshno.parse().ok(),
        prefecture: place.prefecture,
        municipality: place.municipality,
        picker_items: occupation.map_or_else(Vec::new, |middle| picker_items(middle, &normalised(&title))),
        ages: ages(&items),
        staff: first_number(items.jgis_kigyozentai_n),
        name: texts::one_line(items.jgshmei),
        name_kana: texts::one_line(items.jgshmeikana),
        description: join_wraps(items.shigoto_ny),
        licences: texts::licences(&items),
        other_texts: texts::other_texts(&items, scope, place.name.as_deref()),
        station: places::station(&items),
        number,
        kind,
        scope,
        received_on,
        deadline,
        form,
        occupation,
        industry_major,
        industry_middle,
        flags,
        wage,
        days_off,
        overtime,
        hours,
        title,
    };
    let posting = if scope == PublishingScope::Everyone { posting } else { without_names(posting, &Mask::of(record)) };
    let listing = Listing { scope, row: row(&posting, &items, place.name) };
    Ok(Derived { posting, listing })
}

/// The posting with names and contacts covered in its free texts too: lists show these and words are looked for in them.
fn without_names(posting: Posting, mask: &Mask) -> Posting {
    Posting {
        title: mask.cover(&posting.title),
        description: mask.cover(&posting.description),
        licences: mask.cover(&posting.licences),
        other_texts: posting.other_texts.lines().map(|line| mask.cover(line)).collect::<Vec<_>>().join("\n"),
        ..posting
    }
}

/// The row that lists show.
fn row(posting: &Posting, items: &Items<'_>, place: Option<String>) -> ResultRow {
    ResultRow {
        number: posting.number.clone(),
        title: posting.title.clone(),
        name: (!posting.name.is_empty()).then(|| posting.name.clone()),
        kind: posting.kind,
        work_time: posting.work_time,
        form: posting.form,
        place,
        station: posting.station.clone(),
        wage: posting.wage.clone(),
        hours: texts::hours(items),
        days_off: texts::days_off(items),
        days_off_year: posting.days_off,
        description: texts::beginning(&posting.description),
        flags: posting.flags,
        received_on: posting.received_on,
        deadline: posting.deadline,
        closed: false,
    }
}

fn number(text: &str, faults: &mut Faults) -> Option<PostingNumber> {
    if text.is_empty() {
        faults.add("kjno", FaultReason::Missing);
        return None;
    }
    let number = text.parse().ok();
    if number.is_none() {
        faults.add("kjno", FaultReason::NotANumber(shorten(text)));
    }
    number
}

/// 公開範囲. Absent means everyone; a value that is not known is a fault, since a guess could publish what must stay hidden.
fn scope(text: &str, faults: &mut Faults) -> Option<PublishingScope> {
    if text.is_empty() {
        return Some(PublishingScope::Everyone);
    }
    let scope = PublishingScope::from_code(&code(text));
    if scope.is_none() {
        faults.add("kokaikibo", FaultReason::UnknownCode(shorten(text)));
    }
    scope
}

/// 求人区分 by its name, else by its code; not stated means 障害者のための求人 where `sgsyakbn` says so, else 一般 [own].
fn kind(items: &Items<'_>) -> Kind {
    const NAMES: [(&str, Kind); 9] = [
        ("障害者", Kind::Disabled),
        ("新卒", Kind::Graduates),
        ("大卒", Kind::Graduates),
        ("高卒", Kind::Graduates),
        ("中卒", Kind::Graduates),
        ("学卒", Kind::Graduates),
        ("季節", Kind::Seasonal),
        ("出稼", Kind::Migrant),
        ("一般", Kind::General),
    ];
    let named = NAMES.into_iter().find(|(name, _)| items.kjkbn1_n.contains(name)).map(|(_, kind)| kind);
    let coded = || Kind::from_code(&code(items.kjkbn1_c));
    let reserved = items.sgsyakbn_n.contains("障害者") && answer(items.sgsyakbn_n) != Answer::No;
    named.or_else(coded).unwrap_or(if reserved { Kind::Disabled } else { Kind::General })
}

/// フルタイム/パート by its name, else by its code (1, 2) [3].
fn work_time(items: &Items<'_>) -> Option<WorkTime> {
    if items.kjkbn2_n.contains("フル") {
        Some(WorkTime::Full)
    } else if items.kjkbn2_n.contains("パート") {
        Some(WorkTime::Part)
    } else {
        match code(items.kjkbn2_c).as_str() {
            "1" => Some(WorkTime::Full),
            "2" => Some(WorkTime::Part),
            _ => None,
        }
    }
}

/// A code in half width without leading zeros.
fn code(text: &str) -> String {
    text.chars().map(narrow).collect::<String>().trim_start_matches('0').to_owned()
}

/// 雇用形態 by its name; the more special name first.
fn form(name: &str) -> Option<EmploymentForm> {
    const NAMES: [(&str, EmploymentForm); 11] = [
        ("無期雇用派遣", EmploymentForm::PermanentDispatch),
        ("常用型派遣", EmploymentForm::PermanentDispatch),
        ("派遣", EmploymentForm::FixedTermDispatch),
        ("パート", EmploymentForm::PartTimer),
        ("正社員以外", EmploymentForm::NonRegular),
        ("正社員", EmploymentForm::Regular),
        ("契約", EmploymentForm::NonRegular),
        ("嘱託", EmploymentForm::NonRegular),
        ("臨時", EmploymentForm::NonRegular),
        ("準社員", EmploymentForm::NonRegular),
        ("アルバイト", EmploymentForm::PartTimer),
    ];
    NAMES.into_iter().find(|(sign, _)| name.contains(sign)).map(|(_, form)| form)
}

/// Middle class of the occupation: 「050-01」, 「05001」 or 「050」; a leading zero may be lost.
fn occupation(code: &str) -> Option<u8> {
    let code: String = code.chars().map(narrow).collect();
    let (middle, has_small) = match code.split_once('-') {
        Some((middle, _)) => (middle.trim(), true),
        None => (code.trim(), false),
    };
    let digits = match (middle.len(), has_small) {
        (1..=3, _) => middle,
        (5, false) => middle.get(..3)?,
        (4, false) => middle.get(..2)?,
        _ => return None,
    };
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?.filter(|middle| (1..=99).contains(middle))
}

/// Industry: the letter of its major class, and its middle class out of 「850」, 「85」 or 「8511」 where that belongs to the letter.
fn industry(major: &str, code: &str) -> (Option<char>, Option<u8>) {
    let letter = major.chars().next().map(|c| narrow(c).to_ascii_uppercase()).filter(|c| ('A'..='T').contains(c));
    let digits: String = code.chars().map(narrow).filter(char::is_ascii_digit).take(4).collect();
    // A leading zero may be lost: of 「11」 as 「011」 the middle class is 01.
    let read = [digits.get(..2).or(Some(digits.as_str())).and_then(|d| d.parse().ok()), digits.get(..1).and_then(|d| d.parse().ok())];
    let fits = |middle: &u8| match (letter, industries::major_of(*middle)) {
        (Some(letter), Some(major)) => major.code == letter,
        (None, found) => found.is_some(),
        (Some(_), None) => false,
    };
    let middle = read.into_iter().flatten().find(fits);
    (letter.or_else(|| Some(industries::major_of(middle?)?.code)), middle)
}

/// The stated working times, from the three items, else from the text of `shgjn`.
fn hours(items: &Items<'_>) -> Vec<(u16, u16)> {
    let mut hours = Vec::new();
    for (both, open, close) in [
        (items.shgjn1_open_close, items.shgjn1_open, items.shgjn1_close),
        (items.shgjn2_open_close, items.shgjn2_open, items.shgjn2_close),
        (items.shgjn3_open_close, items.shgjn3_open, items.shgjn3_close),
    ] {
        if !both.is_empty() {
            hours.extend(working_times(both));
        } else if !open.is_empty() && !close.is_empty() {
            hours.extend(working_times(&format!("{open}～{close}")));
        }
    }
    if hours.is_empty() && !items.shgjn.is_empty() {
        hours = working_times(items.shgjn);
    }
    hours
}

/// 月平均時間外: the stated hours, begun ones whole; 0 where there is none.
fn overtime(items: &Items<'_>) -> Option<u16> {
    if answer(items.jkgi_umu_n) == Answer::No {
        return Some(0);
    }
    let hours = first_tenths(items.jkgi_thkinjn_ji_n)?.div_ceil(10);
    (hours <= MOST_OVERTIME).then(|| u16::try_from(hours).ok())?
}

/// The ages accepted, where limited; ages outside 15 to 99 are no limits.
fn ages(items: &Items<'_>) -> (Option<u8>, Option<u8>) {
    let age = |text| first_number(text).and_then(|age| u8::try_from(age).ok()).filter(|age| (15..=99).contains(age));
    match (age(items.nenreisegnari_kagen), age(items.nenreisegnari_jgn)) {
        (Some(youngest), Some(oldest)) if youngest > oldest => (Some(oldest), Some(youngest)),
        ages => ages,
    }
}

/// A title as searches use it: NFKC, lower case.
fn normalised(title: &str) -> String {
    title.nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;
