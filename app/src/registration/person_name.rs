//! 氏名: a family or given name as it is written.

use super::{plain_text, text_form::text_form};
use crate::form::Code;
use std::{fmt, str::FromStr};

/// A name in full-width characters: kanji with their forms, kana, letters of any script; digits and signs are no part of names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonName {
    type Err = Code;

    /// Half-width letters and kana are converted; emoji, digits, stray combining marks and signs are refused: [`Code::NotAllowedHere`].
    fn from_str(text: &str) -> Result<Self, Code> {
        let text = plain_text::full_width(text, usize::MAX)?;
        let allowed = |c: char| c.is_alphabetic() || is_joint(c) || matches!(c, '\u{fe00}'..='\u{fe0e}' | '\u{e0100}'..='\u{e01ef}');
        let letters = text.chars().any(char::is_alphabetic);
        if letters && text.chars().all(allowed) { Ok(Self(text)) } else { Err(Code::NotAllowedHere) }
    }
}

/// Signs inside names: `Ｏ’Ｂｒｉｅｎ`, `アン＝マリー`, `佐々木`.
const fn is_joint(c: char) -> bool {
    matches!(c, '\u{3000}' | '・' | '＝' | '－' | '‐' | 'ー' | '＇' | '’' | '．' | '，' | '々' | '〻' | '゠')
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(PersonName);

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Code> {
        text.parse::<PersonName>().map(|name| name.to_string())
    }

    #[test]
    fn names_of_every_script_are_kept_in_full_width() {
        for (text, name) in [
            ("佐々木", "佐々木"),
            ("𠮷野", "𠮷野"),
            ("葛\u{e0100}城", "葛\u{e0100}城"),
            ("ﾏﾘｱ", "マリア"),
            ("か\u{3099}く", "がく"),
            ("O'Brien-Smith", "Ｏ＇Ｂｒｉｅｎ－Ｓｍｉｔｈ"),
            ("Nguyễn", "Ｎｇｕｙễｎ"),
            ("김", "김"),
            ("ジャン ポール", "ジャン　ポール"),
        ] {
            assert_eq!(read(text), Ok(name.to_owned()), "{text}");
        }
    }

    #[test]
    fn emoji_digits_signs_and_stray_marks_are_no_part_of_a_name() {
        for text in ["山田😀", "👩‍🏭", "山田2", "<script>", "山田;", "Jose\u{301}", "\u{3099}", "・", ""] {
            assert_eq!(read(text), Err(Code::NotAllowedHere), "{text:?}");
        }
        assert_eq!(read("山\u{fffd}田"), Err(Code::BrokenCharacter));
    }

    #[test]
    fn what_cannot_be_seen_in_a_name_is_dropped() {
        assert_eq!(read("山\u{200b}田\u{202e}\u{feff}\u{0}"), Ok("山田".to_owned()));
    }
}
