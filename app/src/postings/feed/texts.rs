//! The texts of a posting that are searched and shown: joined where they are long, left alone where they are short.

use super::answers::{is_stated, is_ticked};
use super::conditions::licence_items;
use super::items::{Items, first_of};
use super::numbers::{narrow, working_times};
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
pub(super) fn other_texts(items: &Items<'_>, scope: PublishingScope, place: Option<&str>) -> String {
    let address = match scope {
        PublishingScope::Everyone => first_of(items.shgbsjusho, items.shgbsjusho1_n),
        _ => "",
    };
    let support_a = "就労継続支援Ａ型事業の利用者募集";
    let is_support_a = is_ticked(items.srkzksien_agtjigyo_n) || is_ticked(items.srkzksien_agtjigyo_c);
    let short = [
        place.unwrap_or(""),
        address,
        items.koyokeitai_n,
        items.koyokeitaissinigainomeisho,
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
        items.sntatatfukijk,
        items.shgjnkeitai_n,
        items.shgjn_tkjk,
        items.kyjs,
        items.kyjstosnta,
        items.snkhoho,
        items.jigyony,
        first_of(items.kaishatokucho, items.kaishatocho),
        items.kjjknktkjk,
        items.shgbstkjk,
        items.fukurikoseinony,
        items.knssdny,
        items.tkjshsttkjk,
        items.jgshkaranomsg,
        items.uijturnkange_n,
    ];
    let mut lines = Lines::default();
    short.into_iter().filter(|text| is_stated(text)).for_each(|text| lines.push(text));
    long.into_iter().filter(|text| is_stated(text)).for_each(|text| lines.push(&join_wraps(text)));
    items.barrier_free.iter().filter(|(_, text)| is_stated(text)).for_each(|(_, text)| lines.push(text));
    lines.0
}

/// 就業時間 as lines of the sheet: how hours are arranged, each working time (with its number where there are several), and 又は. Where
/// working times are not items of their own, the lines of `shgjn`, which states everything in one text.
pub(super) fn hours(items: &Items<'_>) -> Vec<String> {
    let times = working_time_items(items);
    let mut lines: Vec<String> = Vec::with_capacity(times.len() + 2);
    if times.is_empty() {
        lines.extend(numbered_parts(items.shgjn));
    } else if is_stated(items.shgjnkeitai_n) {
        lines.push(one_line(items.shgjnkeitai_n));
    } else if is_stated(items.shgjn) && working_times(items.shgjn).is_empty() {
        lines.push(one_line(items.shgjn));
    }
    let several = times.len() > 1;
    let is_numbered = |line: &str| line.starts_with(['(', '（', '①', '②', '③']);
    for (number, line) in (1..).zip(times) {
        lines.push(if several && !is_numbered(&line) { format!("({number}) {line}") } else { line });
    }
    if is_stated(items.shgjnor) && !lines.iter().any(|line| line.contains(items.shgjnor)) {
        lines.push(one_line(items.shgjnor));
    }
    lines
}

/// The working times that are items of their own.
fn working_time_items(items: &Items<'_>) -> Vec<String> {
    let open_close = [
        (items.shgjn1_open_close, items.shgjn1_open, items.shgjn1_close),
        (items.shgjn2_open_close, items.shgjn2_open, items.shgjn2_close),
        (items.shgjn3_open_close, items.shgjn3_open, items.shgjn3_close),
    ];
    let texts = open_close.into_iter().map(|(both, open, close)| match (both, open, close) {
        ("", "", _) | ("", _, "") => String::new(),
        ("", open, close) => format!("{open}～{close}"),
        (both, ..) => one_line(both),
    });
    texts.filter(|text| is_stated(text)).collect()
}

/// A text broken before each 「(1)」 and at its line breaks.
fn numbered_parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let mut rest = text[at..].chars().map(narrow);
        let is_number = rest.next() == Some('(') && rest.next().is_some_and(|c| c.is_ascii_digit()) && rest.next() == Some(')');
        if is_number || c == '\n' {
            parts.push(&text[from..at]);
            from = at;
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(|part| one_line(part.trim())).filter(|part| is_stated(part)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_times_stand_on_lines_of_their_own() {
        let items = Items { shgjn1_open_close: "8時30分～17時30分", ..Items::default() };
        assert_eq!(hours(&items), ["8時30分～17時30分"]);
        let items = Items {
            shgjn: "交替制（１）8時～17時　（２）13時～22時",
            shgjn1_open_close: "8時～17時",
            shgjn2_open_close: "13時～22時",
            ..items
        };
        assert_eq!(hours(&items), ["(1) 8時～17時", "(2) 13時～22時"]);
        let items =
            Items { shgjnkeitai_n: "交替制（シフト制）", shgjnor: "又は　8時～19時の間の４時間以上", ..items };
        assert_eq!(hours(&items), ["交替制（シフト制）", "(1) 8時～17時", "(2) 13時～22時", "又は　8時～19時の間の４時間以上"]);
        let items = Items { shgjn1_open: "９：００", shgjn1_close: "１５：００", ..Items::default() };
        assert_eq!(hours(&items), ["９：００～１５：００"]);
        let items =
            Items { shgjn: "交替制（シフト制）　（１）8時～17時　(2)13時～22時\n又は応相談", ..Items::default() };
        assert_eq!(hours(&items), ["交替制（シフト制）", "（１）8時～17時", "(2)13時～22時", "又は応相談"]);
        assert_eq!(hours(&Items { shgjn: "なし", ..Items::default() }), [""; 0]);
    }

    #[test]
    fn days_off_are_the_text_else_the_ticked_days() {
        let items = Items { kyjs_sat: "1", kyjs_sun: "1", kyjs_holiday: "0", ..Items::default() };
        assert_eq!(days_off(&items).as_deref(), Some("土　日"));
        assert_eq!(days_off(&Items { kyjs: "日　祝日　その他", ..items }).as_deref(), Some("日　祝日　その他"));
        assert_eq!(days_off(&Items::default()), None);
    }

    #[test]
    fn the_beginning_of_a_description_is_one_line_of_120_characters() {
        assert_eq!(beginning("一行目\n二行目"), "一行目 二行目");
        assert_eq!(beginning(&"字".repeat(200)).chars().count(), 120);
    }
}
