//! Sentences with choices and gaps, filled by chance: `[朝|夕]の送迎（{n}件）`.

use super::dice::{Dice, len};
use super::texts::{push_time, push_wide};

/// What the gaps of a template are filled with.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// `{p}`: the municipality.
    pub place: &'a str,
    /// `{g}`: one of the things at work.
    pub tools: &'a [&'a str],
}

/// First, middle and last parts of invented facilities: none of the words taken together is a real name.
const FACILITY: (&[&str], &[&str], &[&str]) = (
    &["見本", "架空", "例示", "仮名", "試作", "テスト", "サンプル", "ためし", "みほん", "ひな形"],
    &[
        "ひなた",
        "こもれび",
        "あさぎり",
        "みずうみ",
        "かざぐるま",
        "つばめ",
        "れんげ",
        "くじら",
        "やまびこ",
        "そよかぜ",
        "まつぼっくり",
        "ほたる",
        "たんぽぽ",
        "ゆりかご",
        "かたつむり",
        "しおさい",
        "つくし",
        "りんどう",
        "もみじ",
        "こだま",
        "あかね",
        "いちょう",
        "うぐいす",
        "えんどう",
        "おりづる",
        "かえで",
        "きらめき",
        "くるみ",
        "けやき",
        "さざなみ",
        "しらかば",
        "すずらん",
        "せせらぎ",
        "ちどり",
        "つむぎ",
        "てまり",
    ],
    &[
        "の里",
        "苑",
        "館",
        "センター",
        "の森",
        "ホーム",
        "工場",
        "事業所",
        "プラザ",
        "の丘",
        "営業所",
        "学園",
        "倉庫",
        "支店",
        "ステーション",
        "の杜",
    ],
);

/// Adds the template to `out`, its choices made and its gaps filled.
pub(super) fn fill(template: &str, scene: Scene, dice: &mut Dice, out: &mut String) {
    let mut rest = template;
    // Brackets are ASCII: their bytes stand in no other character.
    while let Some(at) = memchr::memchr2(b'[', b'{', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let is_choice = rest.as_bytes()[at] == b'[';
        let Some(length) = memchr::memchr(if is_choice { b']' } else { b'}' }, &rest.as_bytes()[at..]) else { break };
        let inside = &rest[at + 1..at + length];
        if is_choice {
            let choices = u32::try_from(memchr::memchr_iter(b'|', inside.as_bytes()).count()).unwrap_or_default() + 1;
            let chosen = inside.split('|').nth(dice.below(choices) as usize).unwrap_or_default();
            fill(chosen, scene, dice, out);
        } else {
            gap(inside, scene, dice, out);
        }
        rest = &rest[at + length + 1..];
    }
    out.push_str(rest);
}

fn gap(name: &str, scene: Scene, dice: &mut Dice, out: &mut String) {
    match name {
        "n" => push_wide(out, dice.between(2, 9)),
        "N" => push_wide(out, if dice.permille(600) { 5 * dice.between(2, 12) } else { dice.between(11, 79) }),
        "C" => push_wide(out, 100 * dice.between(1, 9)),
        "t" => push_time(out, 60 * dice.between(5, 21) + 30 * dice.below(2)),
        "p" => out.push_str(scene.place),
        "g" => out.push_str(if scene.tools.is_empty() { "設備" } else { scene.tools[dice.below(len(scene.tools)) as usize] }),
        _ => facility(dice, out),
    }
}

/// Adds the name of an invented facility: 「見本こもれびの里」.
pub(super) fn facility(dice: &mut Dice, out: &mut String) {
    let (firsts, middles, lasts) = FACILITY;
    for part in [firsts, middles, lasts] {
        out.push_str(dice.pick(part));
    }
}

/// Whether every bracket of the template is closed and every gap is known.
#[cfg(test)]
pub(super) fn is_sound(template: &str) -> bool {
    let mut open = None;
    let mut gap = None;
    for c in template.chars() {
        match c {
            '[' if open.is_none() && gap.is_none() => open = Some(()),
            ']' if open.is_some() && gap.is_none() => open = None,
            '{' if gap.is_none() => gap = Some(String::new()),
            '}' => match gap.take() {
                Some(name) if ["n", "N", "C", "t", "p", "g", "f"].contains(&name.as_str()) => {}
                _ => return false,
            },
            '|' if open.is_none() => return false,
            '[' | ']' => return false,
            _ => {
                if let Some(name) = &mut gap {
                    name.push(c);
                }
            }
        }
    }
    open.is_none() && gap.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_made_and_gaps_filled() {
        let scene = Scene { place: "見本市", tools: &["台車"] };
        let mut seen = std::collections::BTreeSet::new();
        for number in 0..50 {
            let mut out = String::new();
            fill("[朝|夕{p}]の{g}", scene, &mut Dice::new(1, 1, number), &mut out);
            seen.insert(out);
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["夕見本市の台車", "朝の台車"]);
    }
}
