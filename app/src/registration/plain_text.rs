//! What is taken out of every text before it is looked at, and which characters a field holds.
//!
//! Decided once for all fields [own]: what cannot be seen cannot be corrected, so control characters, zero-width characters and direction
//! marks are dropped without a word; tabs and, within one line, line breaks count as spaces. In texts of one's own the joiner and the
//! variation selectors stay, because emoji and the forms of kanji in names need them. What was damaged (U+FFFD) or only one machine can
//! show (private use) is refused by name. Everything else that a person wrote is kept, `<script>` and emoji too: showing it harmlessly is
//! the page's business.

use super::width;
use crate::form::Code;

/// Joins emoji (👩‍🏭) and some scripts; invisible.
const JOINER: char = '\u{200d}';

/// A text of one line: no line breaks, spaces at the ends and repeated ones gone.
///
/// # Errors
/// [`Code::BrokenCharacter`], [`Code::TooLong`] above `max` characters.
pub fn line(text: &str, max: usize) -> Result<String, Code> {
    let text: String = text.chars().map(|c| if c.is_whitespace() { space(c) } else { c }).filter(|c| is_kept(*c)).collect();
    limited(one_space_between_words(&text), max)
}

/// A text of several lines: line breaks are `\n`, spaces at its ends and at the ends of its lines gone, at most one empty line in a row.
///
/// # Errors
/// [`Code::BrokenCharacter`], [`Code::TooLong`] above `max` characters.
pub fn lines(text: &str, max: usize) -> Result<String, Code> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| is_kept(*c)).collect();
        let line = line.trim_end();
        if !(line.is_empty() && (out.is_empty() || out.ends_with("\n\n"))) {
            out.push_str(line);
            out.push('\n');
        }
    }
    limited(out.trim().to_owned(), max)
}

/// A text of several lines that has to be written, as [`lines()`].
///
/// # Errors
/// [`Code::Required`] where nothing is, and those of [`lines()`].
pub fn required_lines(text: &str, max: usize) -> Result<String, Code> {
    if is_blank(text) { Err(Code::Required) } else { lines(text, max) }
}

/// A text of one line in full width, as names and addresses are written: half-width letters, digits and kana are converted.
///
/// # Errors
/// As [`line()`], and [`Code::NotAllowedHere`] for emoji and marks that belong to no letter.
pub fn full_width(text: &str, max: usize) -> Result<String, Code> {
    let text: String = text.chars().filter(|c| *c != JOINER).collect();
    let text = width::composed(&line(&text, usize::MAX)?).chars().map(width::full_width).collect::<String>();
    if text.chars().any(is_pictorial) || has_stray_marks(&text) {
        return Err(Code::NotAllowedHere);
    }
    limited(text, max)
}

/// What stands in a field for a number, a code or a date: invisible characters and spaces gone, in half width, every dash a hyphen.
/// No more than the first 64 characters are looked at: no such value is longer; the `…` in place of the rest makes it wrong.
#[must_use]
pub fn compact(text: &str) -> String {
    let kept = text.chars().filter(|c| is_kept(*c) && *c != JOINER && !is_variation_selector(*c) && !c.is_whitespace());
    let mut out = String::new();
    for (place, c) in kept.enumerate() {
        if place == 64 {
            out.push('…');
            break;
        }
        out.push(if width::is_dash(c) { '-' } else { width::half_width(c) });
    }
    out
}

/// Whether nothing is written: nothing at all, or nothing that can be seen.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == JOINER || !is_kept(c))
}

/// The number of characters as a person counts them in 原稿用紙: variation selectors belong to the character before them.
#[must_use]
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| !is_variation_selector(*c)).count()
}

fn limited(text: String, max: usize) -> Result<String, Code> {
    if text.chars().any(is_broken) {
        return Err(Code::BrokenCharacter);
    }
    if length(&text) > max { Err(Code::TooLong) } else { Ok(text) }
}

const fn space(c: char) -> char {
    if matches!(c, '\u{3000}') { c } else { ' ' }
}

fn one_space_between_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if !(c.is_whitespace() && out.ends_with(char::is_whitespace)) {
            out.push(c);
        }
    }
    out
}

/// Whether the character can be seen or does something to what can: see the module's words on what is dropped.
fn is_kept(c: char) -> bool {
    let invisible = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}' | '\u{e0001}');
    !(c.is_control() || invisible)
}

/// Damaged (U+FFFD), private use, or no character at all.
const fn is_broken(c: char) -> bool {
    let code = c as u32;
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..) || code & 0xfffe == 0xfffe
}

/// Chooses a form of the character before it; names need them (葛󠄀).
const fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Emoji and pictures, their modifiers, keycaps and flags.
const fn is_pictorial(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{20d0}'..='\u{20ff}' | '\u{1f000}'..='\u{1faff}'
        | '\u{2300}'..='\u{23ff}' | '\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

/// Marks that combine with a letter before them, and variation selectors with no character before them.
fn has_stray_marks(text: &str) -> bool {
    let marks = text.chars().any(|c| {
        matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
    });
    marks || text.starts_with(is_variation_selector)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_seen_is_dropped_without_a_word() {
        assert_eq!(line("\u{feff}佐\u{200b}藤\u{0}\u{202e} 花\u{8}子\u{7f}", 20), Ok("佐藤 花子".to_owned()));
        assert_eq!(line("一行\nだけ\t です\r\n", 20), Ok("一行 だけ です".to_owned()));
        assert_eq!(lines("一\r\n二 \u{2028}\n\n\n\n三\u{c}", 20), Ok("一\n二\n\n三".to_owned()));
    }

    #[test]
    fn emoji_scripts_and_forms_of_kanji_are_kept_in_texts_of_ones_own() {
        for text in ["👩‍🏭として5年", "<script>alert(1)</script>", "葛\u{e0100}城", "𠮷野家", "か\u{301}", "</textarea>&amp;'\""]
        {
            assert_eq!(lines(text, 100), Ok(text.to_owned()));
        }
    }

    #[test]
    fn damaged_and_private_characters_are_refused() {
        for text in ["佐\u{fffd}藤", "\u{e000}", "\u{f8ff}", "\u{10ffff}", "\u{fdd0}", "\u{1fffe}"] {
            assert_eq!(line(text, 20), Err(Code::BrokenCharacter), "{text:?}");
            assert_eq!(lines(text, 20), Err(Code::BrokenCharacter), "{text:?}");
        }
    }

    #[test]
    fn a_field_of_100_000_characters_is_too_long() {
        let long = "あ".repeat(100_000);
        assert_eq!(line(&long, 60), Err(Code::TooLong));
        assert_eq!(lines(&long, 1000), Err(Code::TooLong));
        assert_eq!(full_width(&long, 60), Err(Code::TooLong));
        assert_eq!(compact(&long).chars().count(), 65);
    }

    #[test]
    fn a_surrogate_pair_counts_once_and_a_form_of_a_kanji_does_not_count() {
        assert_eq!(length("𠮷"), 1);
        assert_eq!(length("葛\u{e0100}"), 1);
        assert_eq!(line("𠮷葛\u{e0100}", 2), Ok("𠮷葛\u{e0100}".to_owned()));
    }

    #[test]
    fn an_address_comes_out_in_full_width() {
        assert_eq!(full_width(" ﾏﾙﾉｳﾁ 1-2-3 A棟", 40), Ok("マルノウチ　１－２－３　Ａ棟".to_owned()));
        for text in ["丸の内🏠", "☎", "丸の内\u{301}", "\u{e0100}丸", "1\u{20e3}"] {
            assert_eq!(full_width(text, 40), Err(Code::NotAllowedHere), "{text:?}");
        }
    }

    #[test]
    fn a_value_is_read_in_half_width_without_spaces() {
        assert_eq!(compact(" １００ー０００１\u{200b}\u{3000}"), "100-0001");
    }

    #[test]
    fn a_text_of_which_nothing_can_be_seen_is_blank() {
        assert!(is_blank("") && is_blank(" \u{3000}\n\u{200b}\u{200d}\u{feff}\0"));
        assert!(!is_blank("ー") && !is_blank("\u{fffd}"));
    }

    proptest! {
        #[test]
        fn a_cleaned_text_stays_as_it_is(text in any::<String>()) {
            if let Ok(clean) = line(&text, 10_000) {
                prop_assert_eq!(line(&clean, 10_000), Ok(clean));
            }
            if let Ok(clean) = lines(&text, 10_000) {
                prop_assert_eq!(lines(&clean, 10_000), Ok(clean));
            }
            if let Ok(clean) = full_width(&text, 10_000) {
                prop_assert_eq!(full_width(&clean, 10_000), Ok(clean));
            }
        }
    }
}
