//! 職種, 仕事内容 and 求人特記事項: composed of the job's and everybody's sentences, so that texts differ and words are as frequent
//! as in real postings.

use super::dice::{Dice, len};
use super::offer::Offer;
use super::tables::PHRASES;
use super::template::{Scene, fill};
use super::texts::wrap;
use crate::postings::facts::{EmploymentForm, Kind, WorkTime};
use crate::postings::record::Record;

/// Longest description without its line breaks and its last line about changes, characters: with them it stays within the feed's 360
/// (FEED.md).
const LONGEST_BODY: usize = 318;
/// Characters a line, of most postings and of some (FEED.md: about 18).
const WIDTHS: [usize; 12] = [18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 20, 17];

/// How a posting's long texts are cut into lines.
#[derive(Clone, Copy)]
pub(super) struct Lines {
    width: usize,
    separator: char,
}

impl Lines {
    /// Mostly full-width spaces, sometimes line breaks (FEED.md).
    pub(super) fn any(dice: &mut Dice) -> Self {
        Self { width: WIDTHS[dice.below(len(&WIDTHS)) as usize], separator: if dice.permille(820) { '　' } else { '\n' } }
    }

    fn cut(self, text: &str) -> String {
        wrap(text, self.width, self.separator)
    }
}

/// 職種.
pub(super) fn title(offer: &Offer, dice: &mut Dice) -> String {
    let mut title = String::with_capacity(96);
    match offer.kind {
        Kind::Graduates => title.push_str("【新卒】"),
        Kind::Seasonal => title.push_str("【季節】"),
        Kind::Migrant => title.push_str("【出稼ぎ】"),
        Kind::General | Kind::Disabled if dice.permille(40) => title.push_str("【急募】"),
        Kind::General | Kind::Disabled => {}
    }
    fill(offer.job.titles[offer.title as usize], scene(offer), dice, &mut title);
    if offer.is_reserved && dice.permille(600) {
        title.push_str("【障害者専用】");
    } else if offer.time == WorkTime::Part && dice.permille(200) && !title.contains("パート") {
        title.push_str("（パート）");
    } else if offer.form == EmploymentForm::FixedTermDispatch && dice.permille(300) {
        title.push_str("／派遣");
    } else if dice.permille(100) {
        title.push_str(dice.pick(&["／未経験可", "／経験者優遇", "＊土日休み", "（日勤）", "／正社員登用あり"]));
    }
    title
}

fn scene(offer: &Offer) -> Scene<'_> {
    Scene { place: offer.place.name, tools: &offer.job.tools }
}

/// 仕事内容 as it stands in the feed.
pub(super) fn description(offer: &Offer, lines: Lines, dice: &mut Dice) -> String {
    lines.cut(&composed(offer, dice))
}

/// How sentences are joined.
#[derive(Clone, Copy)]
struct Style {
    before: &'static str,
    after: &'static str,
}

const STYLES: [Style; 5] = [
    Style { before: "", after: "。" },
    Style { before: "", after: "。" },
    Style { before: "・", after: "\n" },
    Style { before: "◆", after: "。\n" },
    Style { before: "＊", after: "\n" },
];

fn composed(offer: &Offer, dice: &mut Dice) -> String {
    let style = STYLES[dice.below(5) as usize];
    let wanted = (36 + dice.below(60) + dice.below(190) * dice.below(190) / 190) as usize;
    let mut body = Body { text: String::with_capacity(1100), length: 0 };
    if dice.permille(350) {
        body.add(Style { before: "", after: if style.after == "。" { "" } else { "\n" } }, dice.pick(&PHRASES.open), scene(offer), dice);
    }
    let own = if wanted > 130 { 3 } else { 1 + usize::from(wanted > 75) };
    for sentence in own_sentences(offer, dice).take(own) {
        body.add(style, sentence, scene(offer), dice);
    }
    let general = dice.below(len(&PHRASES.team));
    for n in 0..8 {
        if body.length >= wanted {
            break;
        }
        body.add(style, PHRASES.team[((general + n * 5) % len(&PHRASES.team)) as usize], scene(offer), dice);
    }
    if dice.permille(420) {
        body.add(Style { before: "", after: "\n" }, dice.pick(&PHRASES.note), scene(offer), dice);
    }
    if dice.permille(800) {
        if !body.text.ends_with('\n') {
            body.text.push('\n');
        }
        fill(dice.pick(&PHRASES.change), scene(offer), dice, &mut body.text);
    }
    body.text.truncate(body.text.trim_end_matches('\n').len());
    body.text
}

/// The job's sentences that go with the title, in the order of the table from any one on.
fn own_sentences<'a>(offer: &'a Offer, dice: &mut Dice) -> impl Iterator<Item = &'static str> + 'a + use<'a> {
    let sentences = &offer.job.sentences;
    let first = dice.below(len(sentences)) as usize;
    let from_there = sentences.iter().cycle().skip(first).take(sentences.len());
    from_there.filter(|(titles, _)| titles & 1 << offer.title != 0).map(|(_, sentence)| *sentence)
}

/// A text that grows by sentences and stays within the longest description.
struct Body {
    text: String,
    length: usize,
}

impl Body {
    fn add(&mut self, style: Style, template: &str, scene: Scene, dice: &mut Dice) {
        let before = self.text.len();
        self.text.push_str(style.before);
        fill(template, scene, dice, &mut self.text);
        self.text.push_str(style.after);
        let length = self.text[before..].chars().count();
        if self.length + length > LONGEST_BODY {
            self.text.truncate(before);
        } else {
            self.length += length;
        }
    }
}

/// 求人特記事項.
pub(super) fn push_remarks(record: &mut Record, offer: &Offer, lines: Lines, dice: &mut Dice) {
    let mut text = String::with_capacity(900);
    let first = dice.below(len(&PHRASES.remark));
    for n in 0..dice.below(4) {
        fill(PHRASES.remark[((first + n * 3) % len(&PHRASES.remark)) as usize], scene(offer), dice, &mut text);
        text.push('\n');
    }
    if offer.is_reserved {
        let first = dice.below(len(&PHRASES.disability));
        for n in 0..2 {
            fill(PHRASES.disability[((first + n) % len(&PHRASES.disability)) as usize], scene(offer), dice, &mut text);
            text.push('\n');
        }
    }
    let text = text.trim_end();
    if !text.is_empty() {
        record.push("kjjknktkjk", lines.cut(text));
    }
    if dice.permille(60) {
        record.push("fukushokusd_umu_n", "あり");
    }
}
