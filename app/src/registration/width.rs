//! Full and half width by hand-written tables: small enough for the phone, where a normalisation crate is not.

/// The katakana that U+FF66 … U+FF9D stand for, in their order.
const HALF_WIDTH_KANA: &str =
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
/// The dakuten and handakuten that join the kana before them.
const VOICED: char = '\u{3099}';
const SEMI_VOICED: char = '\u{309a}';

/// The half-width form of a full-width letter, digit, sign or space; everything else as it is.
#[must_use]
pub const fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => shifted(c, '\u{ff01}', '!'),
        _ => c,
    }
}

/// The full-width form of a half-width letter, digit, sign, space or kana; everything else as it is. Half-width dakuten become the
/// combining ones: [`composed`] joins them to their kana.
#[must_use]
pub fn full_width(c: char) -> char {
    match c {
        ' ' => '\u{3000}',
        '!'..='~' => shifted(c, '!', '\u{ff01}'),
        '｡' => '。',
        '｢' => '「',
        '｣' => '」',
        '､' => '、',
        '･' => '・',
        '\u{ff66}'..='\u{ff9d}' => HALF_WIDTH_KANA.chars().nth(c as usize - 0xff66).unwrap_or(c),
        '\u{ff9e}' => VOICED,
        '\u{ff9f}' => SEMI_VOICED,
        _ => c,
    }
}

const fn shifted(c: char, from: char, to: char) -> char {
    match char::from_u32(c as u32 - from as u32 + to as u32) {
        Some(shifted) => shifted,
        None => c,
    }
}

/// Kana and the dakuten after it as one letter, half-width kana in full width: `カ` + `゛` is `ガ`, `ﾊﾟ` is `パ`. Marks that no kana takes stay.
#[must_use]
pub fn composed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    for c in text.chars() {
        let c = if ('\u{ff61}'..='\u{ff9f}').contains(&c) { full_width(c) } else { c };
        match last.and_then(|base| with_mark(base, c)) {
            Some(joined) => {
                out.pop();
                out.push(joined);
                last = None;
            }
            None => {
                out.push(c);
                last = Some(c);
            }
        }
    }
    out
}

/// The kana that a kana and a sound mark make together, the mark combining or standing free (`゛`).
fn with_mark(base: char, mark: char) -> Option<char> {
    let semi = match mark {
        VOICED | '\u{309b}' => false,
        SEMI_VOICED | '\u{309c}' => true,
        _ => return None,
    };
    // Hiragana stand 0x60 before their katakana.
    let hiragana = ('\u{3041}'..='\u{309e}').contains(&base);
    let offset = if hiragana { 0x60 } else { 0 };
    let katakana = char::from_u32(base as u32 + offset)?;
    let step = match (katakana, semi) {
        ('ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ', true) => 2,
        ('ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ', false) | ('ヽ', false) => 1,
        ('カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ' | 'ト', false) => 1,
        ('ウ', false) => 0x4e,
        ('ワ' | 'ヰ' | 'ヱ' | 'ヲ', false) if !hiragana => 8,
        _ => return None,
    };
    char::from_u32(base as u32 + step)
}

/// Whether it is one of the dashes that phone keyboards offer, or the long-vowel mark that people take for one.
#[must_use]
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' | '─')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_width_kana_and_their_sound_marks_become_one_full_width_letter() {
        assert_eq!(composed("ﾔﾏﾀﾞ ﾊﾟｰﾌﾟﾙ"), "ヤマダ パープル");
        assert_eq!(composed("ｳﾞｧｲｵﾘﾝ･ｦﾝ｡"), "ヴァイオリン・ヲン。");
        assert_eq!(composed("ｶﾞｷﾞｸﾞｹﾞｺﾞ ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞ"), "ガギグゲゴ バビブベボ");
    }

    #[test]
    fn combining_sound_marks_join_the_kana_before_them_in_either_script() {
        assert_eq!(composed("か\u{3099}は\u{309a}う\u{3099}"), "がぱゔ");
        assert_eq!(composed("カ\u{3099}ハ\u{309b}ワ\u{3099}ヽ\u{3099}"), "ガバヷヾ");
        assert_eq!(composed("あ\u{3099}\u{3099}"), "あ\u{3099}\u{3099}", "no kana takes the mark");
        assert_eq!(composed("か\u{3099}\u{3099}"), "が\u{3099}", "it joins once");
    }

    #[test]
    fn the_widths_of_ascii_are_each_others_inverse() {
        assert!((' '..='~').all(|c| half_width(full_width(c)) == c));
    }

    proptest! {
        #[test]
        fn nothing_of_half_width_kana_is_left(text in any::<String>(), kana in "[ｦ-ﾟか-んカ-ン]{0,20}") {
            let out = composed(&(text.clone() + &kana));
            prop_assert!(out.chars().count() <= text.chars().count() + kana.chars().count());
            let left = out.chars().any(|c| matches!(c, 'ｦ'..='ﾟ'));
            prop_assert!(!left);
        }
    }
}
