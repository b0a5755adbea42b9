//! How texts are compared: full and half width, hiragana and katakana, upper and lower case are one; spaces do not count, so that
//! neither a hard wrap nor a space between two words hides a posting. Posting and query pass through the same function.

use unicode_normalization::UnicodeNormalization;

/// The text as it is compared: NFKC, lower case, hiragana as katakana, every dash as `-`, without spaces and control characters.
/// Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let (mut out, mut has_odd) = fold_once(text);
    // Where a space or a mark went, others may combine now, or change places.
    while has_odd {
        let (again, _) = fold_once(&out);
        has_odd = again != out;
        out = again;
    }
    out
}

/// Folds in one pass; tells whether something was there that had to be normalised.
fn fold_once(text: &str) -> (String, bool) {
    let (mut out, mut has_odd) = (String::with_capacity(text.len()), false);
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, odd) = split_plain(rest);
        plain.chars().for_each(|c| push_folded(c, &mut out));
        has_odd |= !odd.is_empty();
        let (odd, next) = split_odd(odd);
        odd.nfkc().for_each(|c| push_folded(c, &mut out));
        rest = next;
    }
    (out, has_odd)
}

/// The beginning that needs no normalisation. A character before one that may combine with it belongs to the rest.
fn split_plain(text: &str) -> (&str, &str) {
    let mut previous = 0;
    for (at, c) in text.char_indices() {
        if !is_plain(c) {
            return text.split_at(previous);
        }
        previous = at;
    }
    (text, "")
}

/// The beginning up to the second plain character in a row: what stands before it cannot combine with it.
fn split_odd(text: &str) -> (&str, &str) {
    let mut was_plain = false;
    for (at, c) in text.char_indices().skip(1) {
        if is_plain(c) && was_plain {
            return text.split_at(at);
        }
        was_plain = is_plain(c);
    }
    (text, "")
}

/// Characters that NFKC leaves alone or maps one to one, and that never combine with the one before them: nearly all of a posting.
const fn is_plain(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | ' '..='~' | '\u{3000}'..='\u{3029}' | 'ぁ'..='ゖ' | 'ァ'..='ヾ' | '\u{4e00}'..='\u{9fff}' | '！'..='～')
}

fn push_folded(c: char, out: &mut String) {
    match c {
        'ぁ'..='ゖ' => out.push(char::from_u32(c as u32 + 0x60).unwrap_or(c)),
        '\u{4e00}'..='\u{9fff}' | 'ァ'..='ヾ' | '\u{3001}'..='\u{301b}' => out.push(c),
        '！'..='～' => push_folded(char::from_u32(c as u32 - 0xfee0).unwrap_or(c), out),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
        '〜' => out.push('~'),
        c if c.is_whitespace() || c.is_control() => {}
        // A mark that combined with nothing: it stood after a space, which is gone.
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => {}
        c if c.is_ascii() => out.push(c),
        // Lower case can be several characters.
        c => out.extend(c.to_lowercase()),
    }
}

/// A free word query, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Each holds if one of its words is found; all must hold.
    pub all: Vec<Vec<String>>,
    /// None of these may be found.
    pub none: Vec<String>,
}

impl Words {
    /// Reads what was typed: words apart by spaces of any width must all be found; `OR` between two words asks for either;
    /// `-word` excludes. Half and full width mean the same. A lone `-` or an `OR` without neighbours says nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut words = Self::default();
        let mut either = false;
        for token in text.split_whitespace() {
            let folded = fold(token);
            let excluded = folded.strip_prefix('-').map(str::to_owned);
            match (excluded, folded) {
                (_, folded) if folded == "or" && token.chars().all(char::is_uppercase) => either = !words.all.is_empty(),
                (Some(word), _) if !word.is_empty() => words.none.push(word),
                (Some(_), _) => {}
                (None, word) if word.is_empty() => {}
                (None, word) => match words.all.last_mut().filter(|_| std::mem::take(&mut either)) {
                    Some(group) => group.push(word),
                    None => words.all.push(vec![word]),
                },
            }
        }
        words
    }

    /// Reads words of which none may be found.
    #[must_use]
    pub fn parse_excluded(text: &str) -> Vec<String> {
        text.split_whitespace().map(|word| fold(word.trim_start_matches(['-', '－']))).filter(|word| !word.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_kana_case_and_spaces_do_not_matter() {
        for (a, b) in [
            ("小規模多機　能型居宅介護", "小規模多機能型居宅介護"),
            ("ホームヘルパー", "ﾎｰﾑﾍﾙﾊﾟｰ"),
            ("みどり", "ミドリ"),
            ("ＷＥＢデザイナー", "webデザイナー"),
            ("ＣＡＤ／ＤＴＰ", "CAD/DTP"),
            ("株式会社\u{3000}丸高", "株式会社丸高"),
            ("が", "か\u{3099}"),
            ("①", "1"),
            ("㎡", "m2"),
            ("8時30分〜17時", "８時３０分～１７時"),
            ("Ｂ－１", "b−1"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("はは"), fold("ばば"));
        assert_ne!(fold("ビル"), fold("ヒール"));
    }

    #[test]
    fn words_are_all_wanted_or_either_or_not() {
        let words = Words::parse("看護師　OR 准看護師 夜勤 -派遣 －請負 -");
        assert_eq!(words.all, [vec!["看護師".to_owned(), "准看護師".into()], vec!["夜勤".into()]]);
        assert_eq!(words.none, ["派遣", "請負"]);
        assert_eq!(Words::parse("ＯＲ 看護").all, [["看護"]]);
        assert_eq!(Words::parse("看護 OR").all, [["看護"]]);
        assert_eq!(Words::parse("or").all, [["or"]], "small letters are a word");
        assert_eq!(Words::parse("  　"), Words::default());
    }

    #[test]
    fn what_combines_only_after_a_space_is_gone_is_folded_too() {
        for text in ["\u{1e01b} \u{f7a}", "İstanbul", "か \u{3099}", "e \u{301}"] {
            let once = fold(text);
            assert_eq!(fold(&once), once, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_a_folded_text_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_short_cut_for_plain_characters_gives_what_full_normalisation_gives(text in "[a-zA-Zぁ-んァ-ヶ一-龥ｱ-ﾟ０-９　 ①-⑳\u{3099}゛〇々ー～-]{0,30}") {
            let slow: String = { let mut out = String::new(); text.nfkc().for_each(|c| push_folded(c, &mut out)); out };
            prop_assert_eq!(fold(&text), slow);
        }
    }
}
