//! The texts of a posting that are searched and shown: joined where they are long, left alone where they are short.

use super::answers::{is_stated, is_ticked};
use super::conditions::licence_items;
use super::items::{Items, first_of};
use super::wraps::join_wraps;
use crate::postings::facts::PublishingScope;

/// Characters of the description in a list row.
const ROW_DESCRIPTION: usize = 120;

/// A short text on one line; its spaces are its own.
pub(super) fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// The beginning of a description for a list row, on one line.
pub(super) fn beginning(description: &str) -> String {
    description.chars().map(|c| if c == '\n' { ' ' } else { c }).take(ROW_DESCRIPTION).collect()
}

/// Licences and qualifications asked for, one a line, with whether they are required: 「介護福祉士（あれば尚可）」.
pub(super) fn licences(items: &Items<'_>) -> String {
    let mut lines = Lines::default();
    for (name, need) in licence_items(items) {
        match (is_stated(name), is_stated(need)) {
            (true, true) => lines.push(&format!("{}（{}）", one_line(name), one_line(need))),
            (true, false) => lines.push(&join_wraps(name)),
            (false, true) => lines.push(&one_line(need)),
            (false, false) => {}
        }
    }
    lines.0
}

/// The other texts that the free word looks through, one a line. Never the establishment's name, kana, homepage, telephone, contact or
/// representative. The full address only where everyone may see whose it is; otherwise `place`, which ends with the municipality.
pub(super) fn other_texts(items: &Items<'_>, scope: PublishingScope, place: Option<&str>, station: Option<&str>) -> String {
    let address = match scope {
        PublishingScope::Everyone => first_of(items.shgbsjusho, items.shgbsjusho1_n),
        _ => "",
    };
    let support_a = "就労継続支援Ａ型事業の利用者募集";
    let is_support_a = is_ticked(items.srkzksien_agtjigyo_n) || is_ticked(items.srkzksien_agtjigyo_c);
    let short = [
        place.unwrap_or(""),
        address,
        station.unwrap_or(""),
        items.koyokeitai_n,
        items.koyokikan,
        items.sngbrui_n,
        items.grki,
        items.tenkin_hani,
        items.ztkkimmu_n,
        items.tgktat1_mei,
        items.tgktat1,
        items.tgktat2_mei,
        items.tgktat2,
        items.tgktat3_mei,
        items.tgktat3,
        items.tgktat4_mei,
        items.tgktat4,
        items.boshury_n,
        if is_support_a { support_a } else { "" },
    ];
    let long = [
        items.hynakiknt,
        items.hynapcskill,
        items.sykknchu_rodojoken,
        items.ktizangydaitkjk,
        items.shgjn_tkjk,
        items.kyjs,
        items.kyjstosnta,
        items.snkhoho,
        items.jigyony,
        first_of(items.kaishatokucho, items.kaishatocho),
        items.kjjknktkjk,
    ];
    let mut lines = Lines::default();
    short.into_iter().filter(|text| is_stated(text)).for_each(|text| lines.push(text));
    long.into_iter().filter(|text| is_stated(text)).for_each(|text| lines.push(&join_wraps(text)));
    items.barrier_free.iter().filter(|(_, text)| is_stated(text)).for_each(|(_, text)| lines.push(text));
    lines.0
}

/// 就業時間 as lines of the sheet: how hours are arranged, then each working time with its number where there are several.
pub(super) fn hours(items: &Items<'_>) -> Vec<String> {
    let open_close = [
        (items.shgjn1_open_close, items.shgjn1_open, items.shgjn1_close),
        (items.shgjn2_open_close, items.shgjn2_open, items.shgjn2_close),
        (items.shgjn3_open_close, items.shgjn3_open, items.shgjn3_close),
    ];
    let times: Vec<String> = open_close
        .into_iter()
        .map(|(both, open, close)| match (both, open, close) {
            ("", "", _) | ("", _, "") => String::new(),
            ("", open, close) => format!("{open}～{close}"),
            (both, ..) => one_line(both),
        })
        .filter(|line| is_stated(line))
        .collect();
    let is_numbered = |line: &str| line.starts_with(['(', '（', '①', '②', '③']);
    let several = times.len() > 1;
    let mut lines: Vec<String> = items.shgjn.lines().map(str::trim).filter(|line| is_stated(line)).map(str::to_owned).collect();
    lines.extend(times.into_iter().enumerate().map(
        |(i, line)| {
            if several && !is_numbered(&line) { format!("({}) {line}", i + 1) } else { line }
        },
    ));
    lines
}

/// 休日 as on the sheet: `kyjs`, else the ticked days.
pub(super) fn days_off(items: &Items<'_>) -> Option<String> {
    if is_stated(items.kyjs) {
        return Some(one_line(&join_wraps(items.kyjs)));
    }
    let days = [
        (items.kyjs_mon, "月"),
        (items.kyjs_tue, "火"),
        (items.kyjs_wed, "水"),
        (items.kyjs_thu, "木"),
        (items.kyjs_fri, "金"),
        (items.kyjs_sat, "土"),
        (items.kyjs_sun, "日"),
        (items.kyjs_holiday, "祝日"),
    ];
    let ticked: Vec<&str> = days.into_iter().filter(|(text, _)| is_ticked(text)).map(|(_, day)| day).collect();
    (!ticked.is_empty()).then(|| ticked.join("　"))
}

/// Texts, one a line.
#[derive(Debug, Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text.trim());
    }
}
