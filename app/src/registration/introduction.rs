//! 自己紹介: asked only where the wishes are published; employers read it.

use super::{Section, check::Check, width};
use crate::{
    date::Date,
    form::{Checked, Code, FieldErrors},
};
use serde::{Deserialize, Serialize};

/// So many digits in a row, hyphens and spaces between them not counted, look like a telephone number [own].
pub const PHONE_DIGITS: usize = 10;

/// What the form sends, each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Input {
    pub headline: String,
    pub appeal: String,
    pub skills: String,
}

/// The section's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table in fields.rs")]
pub struct Valid {
    pub headline: String,
    pub appeal: String,
    pub skills: Option<String>,
}

/// Checks the section, which is only asked for where the wishes are published; the day does not matter to it.
#[must_use]
pub fn validate(input: &Input, _today: Date) -> Checked<Valid> {
    let mut check = Check::new(Section::Introduction);
    check.ask("headline", true);
    check.ask("appeal", true);
    let headline = check.line("headline", &input.headline);
    let appeal = check.lines("appeal", &input.appeal);
    let skills = check.lines("skills", &input.skills);
    for (name, text) in [("headline", &headline), ("appeal", &appeal), ("skills", &skills)] {
        if text.as_ref().is_some_and(|text| holds_contact(text)) {
            check.add(name, Code::HoldsContact);
        }
    }
    let valid = headline.zip(appeal).map(|(headline, appeal)| Valid { headline, appeal, skills });
    check.finish(valid)
}

/// Warns of the person's own name in what employers read. `names` are the family and given name and their readings, as the basic section has
/// them; a single letter is no name to look for.
#[must_use]
pub fn warn_of_names(input: &Input, names: &[&str]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let names: Vec<String> = names.iter().map(|name| folded(name)).filter(|name| name.chars().count() > 1).collect();
    for (field, text) in [("headline", &input.headline), ("appeal", &input.appeal), ("skills", &input.skills)] {
        let text = folded(text);
        if names.iter().any(|name| text.contains(name.as_str())) {
            errors.add(field, Code::HoldsName);
        }
    }
    errors
}

/// Width, spaces and case taken away.
fn folded(text: &str) -> String {
    width::composed(text).chars().filter(|c| !c.is_whitespace()).map(width::full_width).flat_map(char::to_lowercase).collect()
}

/// Whether a text holds what looks like a telephone number or a mail address.
fn holds_contact(text: &str) -> bool {
    let mut digits = 0;
    let mut before = ' ';
    let mut at_sign = false;
    for c in text.chars().map(width::half_width) {
        if at_sign && before == '@' && c.is_ascii_alphanumeric() {
            return true;
        }
        at_sign = c == '@' && before.is_ascii_alphanumeric();
        digits = match c {
            '0'..='9' => digits + 1,
            ' ' | '(' | ')' => digits,
            c if width::is_dash(c) => digits,
            _ => 0,
        };
        if digits >= PHONE_DIGITS {
            return true;
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_telephone_number_or_a_mail_address_is_found() {
        for text in ["電話は０９０－００００－００００です", "03(0000)0000", "hanako@example.jpまで", "ＨＡＮＡＫＯ＠ＥＸＡＭＰＬＥ．ＪＰ"]
        {
            assert!(holds_contact(text), "{text}");
        }
        for text in ["2010年4月から2026年11月まで", "接客10年、月給250,000円", "＠の付いた仕事", "週5日・1日8時間"]
        {
            assert!(!holds_contact(text), "{text}");
        }
    }

    #[test]
    fn ones_own_name_in_any_width_is_pointed_out() {
        let input = Input {
            appeal: "ﾊﾛﾜ 太郎ともうします".to_owned(), headline: "明るい人です".to_owned(), ..Input::default()
        };
        let names = ["春和", "太郎", "ハロワ", "タロウ"];
        assert_eq!(warn_of_names(&input, &names).iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["appeal"]);
        assert!(warn_of_names(&input, &["明"]).is_empty(), "a single letter is no name to look for");
    }
}
