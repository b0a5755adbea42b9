//! フリガナ: the reading of a name.

use super::{plain_text, text_form::text_form, width};
use crate::form::Code;
use std::{fmt, str::FromStr};

/// A reading in full-width katakana; words apart by one full-width space: `ヤマダ`, `マリア　ルイーザ`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kana(String);

impl Kana {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Kana {
    type Err = Code;

    /// Reads katakana of either width and hiragana, sound marks apart or joined, any dash after a kana as the long-vowel mark.
    /// Emoji, kanji, letters and digits are refused: [`Code::NotKana`].
    fn from_str(text: &str) -> Result<Self, Code> {
        let mut out = String::with_capacity(text.len());
        for c in width::composed(&plain_text::line(text, usize::MAX)?).chars() {
            out.push(match c {
                'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(c as u32 + 0x60).ok_or(Code::NotKana)?,
                'ァ'..='ヺ' | '・' | 'ヽ' | 'ヾ' | 'ㇰ'..='ㇿ' => c,
                ' ' | '\u{3000}' => '\u{3000}',
                c if width::is_dash(c) && out.ends_with(is_kana) => 'ー',
                _ => return Err(Code::NotKana),
            });
        }
        if out.contains(is_kana) { Ok(Self(out)) } else { Err(Code::NotKana) }
    }
}

const fn is_kana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ㇰ'..='ㇿ')
}

impl fmt::Display for Kana {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Kana);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, Code> {
        text.parse::<Kana>().map(|kana| kana.to_string())
    }

    #[test]
    fn half_width_kana_and_hiragana_become_full_width_katakana() {
        for text in ["ﾔﾏﾀﾞ", "やまだ", "ヤマダ", "やまた\u{3099}", "ヤマタ\u{3099}", " ﾔﾏﾀﾞ\u{200b} "] {
            assert_eq!(read(text), Ok("ヤマダ".to_owned()), "{text:?}");
        }
        assert_eq!(read("まりあ ﾙｲｰｻﾞ"), Ok("マリア　ルイーザ".to_owned()));
        assert_eq!(read("さと-"), Ok("サトー".to_owned()), "a dash after a kana is the long-vowel mark");
        assert_eq!(read("ゔぁん・だいく"), Ok("ヴァン・ダイク".to_owned()));
    }

    #[test]
    fn what_is_no_reading_is_refused() {
        for text in ["山田", "Yamada", "ヤマダ2", "ヤマダ😀", "ー", "・", "-ヤマダ", "ヤマダ\u{301}", "あ\u{3099}", "<b>ヤ</b>", ""]
        {
            assert_eq!(read(text), Err(Code::NotKana), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_reading_reads_back_as_itself(text in "[ぁ-ゖァ-ヺｱ-ﾝﾞﾟ ー-]{1,20}") {
            if let Ok(kana) = text.parse::<Kana>() {
                prop_assert_eq!(kana.as_str().parse::<Kana>(), Ok(kana));
            }
        }
    }
}
