//! What was typed, in the way it is kept: kana in full-width katakana, addresses in full width, numbers in half width. What cannot be read stays as
//! it is, so that its owner finds it again.

use super::fields::{Field, Format, find};
use super::form_data::FormData;
use super::{Draft, Kana, Phone, PostalCode, Section, TimeOfDay, plain_text};
use crate::form::Code;

/// A value of a field as it is kept; `None` if it is so already, or cannot be read.
#[must_use]
pub fn canonical(field: &Field, typed: &str) -> Option<String> {
    if plain_text::is_blank(typed) {
        return None;
    }
    let most = field.max_chars.unwrap_or(usize::MAX);
    let kept = match field.format {
        Format::FullWidth => plain_text::full_width(typed, most),
        Format::Katakana => typed.parse::<Kana>().map(|kana| kana.to_string()),
        Format::PostalCode => typed.parse::<PostalCode>().map(|code| code.to_string()),
        Format::Phone => typed.parse::<Phone>().map(|phone| phone.grouped()),
        Format::Time => typed.parse::<TimeOfDay>().map(|time| time.to_string()),
        Format::Number(..) => digits(typed),
        _ => Err(Code::NotAChoice),
    };
    kept.ok().filter(|kept| kept != typed)
}

/// A number in half width.
fn digits(typed: &str) -> Result<String, Code> {
    let text = plain_text::compact(typed);
    if text.bytes().all(|b| b.is_ascii_digit()) { Ok(text) } else { Err(Code::NotANumber) }
}

impl Draft {
    /// Puts a section in the way it is kept. Done twice, it changes nothing more.
    pub fn canonicalise(&mut self, section: Section) {
        let of_field = |name: &str, typed: &str| find(section, name).and_then(|field| canonical(field, typed));
        let form = self.written(section).0.into_iter().map(|(name, typed)| {
            let kept = of_field(&name, &typed).unwrap_or(typed);
            (name, kept)
        });
        let form = FormData(form.collect());
        self.read(section, &form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(section: Section, name: &str, typed: &str) -> Option<String> {
        canonical(find(section, name).expect("the test names fields"), typed)
    }

    #[test]
    fn half_width_is_converted_and_what_cannot_be_read_stays() {
        for (section, name, typed, expected) in [
            (Section::Basic, "family_kana", "ﾊﾛﾜ", Some("ハロワ")),
            (Section::Basic, "given_kana", "はなこ", Some("ハナコ")),
            (Section::Basic, "given_kana", "花子", None),
            (Section::Basic, "address_line", "千代田1-2", Some("千代田１－２")),
            (Section::Basic, "postal_code", "１００ー０００１", Some("100-0001")),
            (Section::Basic, "phone", "０９０００００００００", Some("090-0000-0000")),
            (Section::Basic, "phone", "12", None),
            (Section::WishesWork, "hours_from", "９時", Some("09:00")),
            (Section::WishesWork, "days_per_week", "５", Some("5")),
            (Section::History, "jobs.3.company", "ｶﾌﾞ見本", None),
            (Section::Basic, "birth_date", "昭和63年4月1日", None),
            (Section::Basic, "gender", "man", None),
        ] {
            assert_eq!(kept(section, name, typed).as_deref(), expected, "{name} {typed}");
        }
    }
}
