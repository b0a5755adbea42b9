//! Takes the name and the contacts of a posting without name out of its free texts: employers write 「株式会社…では」 into the
//! description, too (DOMAIN.md: scope 3 hides name and contact everywhere). What spelling varies in (width, case, spaces, hyphens)
//! does not matter; a text that names them in other words is not recognised.

use crate::places::{find_municipality, find_prefecture, split_municipality, split_prefecture};
use crate::postings::record::Record;
use crate::text;
use std::sync::LazyLock;
use unicode_normalization::char::decompose_compatible;

/// What a viewer must not read; finds and covers it in texts.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    secrets: Vec<Vec<char>>,
}

/// Items whose whole text is looked for.
const WHOLE: &[&str] = &[
    "jgshno",
    "jgshmei",
    "jgshmeikana",
    "jgshyubinno",
    "jgshhp",
    "dhsyamei",
    "honinno",
    "shgbsyubinno",
    "hakenukeoitordsha",
    "selectbsyubinno",
    "selectbsjusho",
    "yusonosofubsyubinno",
    "yusonosofubsjusho",
    "ttsttskana",
    "ttstts",
    "snktts_tel",
    "snktts_fax",
    "snktts_mail",
];

/// Items that are addresses: what follows the municipality is looked for.
const ADDRESSES: &[&str] = &["jgshszci", "jgshjusho_n", "shgbsjusho", "shgbsjusho1_n", "selectbsjusho", "yusonosofubsjusho"];

/// Legal forms: a name is looked for without them, too.
const LEGAL_FORMS: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "社会福祉法人",
    "社会医療法人",
    "医療法人社団",
    "医療法人財団",
    "医療法人",
    "学校法人",
    "宗教法人",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "特定非営利活動法人",
    "npo法人",
    "協同組合",
    "独立行政法人",
    "(株)",
    "(有)",
    "(同)",
    "(福)",
    "(医)",
    "カブシキガイシャ",
    "カブシキカイシャ",
    "ユウゲンガイシャ",
    "ゴウドウガイシャ",
    "シャカイフクシホウジン",
    "イリョウホウジン",
];

/// Parts of names that say only what kind of place it is: covering them would hide the work itself.
const GENERAL_PARTS: &[&str] = &[
    "営業所",
    "事業所",
    "事務所",
    "出張所",
    "特別養護老人ホーム",
    "介護老人保健施設",
    "グループホーム",
    "デイサービス",
    "デイサービスセンター",
];

static FOLDED_LEGAL_FORMS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| LEGAL_FORMS.iter().map(|form| folded(form)).collect());
static FOLDED_GENERAL_PARTS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| GENERAL_PARTS.iter().map(|part| folded(part)).collect());

/// Shorter texts than this many characters are not looked for: they stand in other words.
const SHORTEST: usize = 3;
/// The same for texts of digits only: telephone numbers and postal codes, but not amounts.
const SHORTEST_DIGITS: usize = 7;

impl Mask {
    /// Covers the name, the contacts and the address beyond the municipality of this record.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let mut secrets: Vec<Vec<char>> = Vec::new();
        for text in WHOLE.iter().filter_map(|tag| record.get(tag)) {
            secrets.push(folded(text));
        }
        for name in ["jgshmei", "jgshmeikana"].iter().filter_map(|tag| record.get(tag)) {
            secrets.push(without_legal_form(&folded(name)));
            let parts = name.split_whitespace().map(|part| without_legal_form(&folded(part)));
            secrets.extend(parts.filter(|part| !FOLDED_GENERAL_PARTS.contains(part)));
        }
        secrets.extend(ADDRESSES.iter().filter_map(|tag| record.get(tag)).map(beyond_municipality));
        secrets.retain(|secret| {
            let shortest = if secret.iter().all(char::is_ascii_digit) { SHORTEST_DIGITS } else { SHORTEST };
            secret.len() >= shortest
        });
        // The longest first: a name is covered whole before its part is looked for.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
        Self { secrets }
    }

    /// The text with everything that must not be read replaced by 「［非公開］」.
    #[must_use]
    pub fn cover(&self, text: &str) -> String {
        let (letters, places) = fold(text);
        let mut covered = vec![false; letters.len()];
        for secret in &self.secrets {
            for at in 0..letters.len().saturating_sub(secret.len() - 1) {
                if letters[at..].starts_with(secret) {
                    covered[at..at + secret.len()].fill(true);
                }
            }
        }
        replace(text, &covered, &places)
    }
}

/// Writes `text` with every run of covered letters replaced; what stands between the letters of a run goes with it.
fn replace(text: &str, covered: &[bool], places: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while at < covered.len() {
        if covered[at] {
            out.push_str(&text[from..places[at].0.max(from)]);
            out.push_str(text::sheet_masked());
            while covered.get(at) == Some(&true) {
                from = places[at].1;
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// The letters to compare by (one width, voicing marks apart, lower case, no spaces, no hyphens), and where each comes from in bytes.
fn fold(text: &str) -> (Vec<char>, Vec<(usize, usize)>) {
    let mut letters = Vec::with_capacity(text.len() / 2);
    let mut places = Vec::with_capacity(text.len() / 2);
    for (at, original) in text.char_indices() {
        let mut push = |letter: char| {
            if !is_ignored(letter) {
                letters.push(letter);
                places.push((at, at + original.len_utf8()));
            }
        };
        match original {
            // Nearly all of a text: nothing to take apart, and no case.
            '\u{4e00}'..='\u{9fff}' => push(original),
            _ => decompose_compatible(original, |part| part.to_lowercase().for_each(&mut push)),
        }
    }
    (letters, places)
}

fn folded(text: &str) -> Vec<char> {
    fold(text).0
}

fn is_ignored(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '‐' | '‑' | '–' | '—' | '―' | '−')
}

fn without_legal_form(name: &[char]) -> Vec<char> {
    for form in &*FOLDED_LEGAL_FORMS {
        if let Some(rest) = name.strip_prefix(form.as_slice()).or_else(|| name.strip_suffix(form.as_slice())) {
            return rest.to_vec();
        }
    }
    name.to_vec()
}

/// The prefecture and municipality that an address begins with: all that is shown of the address of a posting without name.
pub(super) fn municipality_of(address: &str) -> Option<String> {
    let prefecture = find_prefecture(address)?;
    Some(format!("{}{}", prefecture.name, find_municipality(address).map_or("", |found| found.name)))
}

/// What follows the municipality in an address, or the prefecture where no municipality is found.
fn beyond_municipality(address: &str) -> Vec<char> {
    let rest = split_municipality(address).map(|(_, rest)| rest).or_else(|| split_prefecture(address).map(|(_, rest)| rest));
    folded(rest.unwrap_or(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        Mask::of(&Record::from_iter([
            ("jgshmei", "株式会社　みかん山サンプル　架空支店"),
            ("jgshmeikana", "カブシキガイシャ　ミカンヤマサンプル"),
            ("snktts_tel", "０３－００００－１２３４"),
            ("jgshszci", "東京都千代田区架空町１－２－３"),
        ]))
    }

    #[test]
    fn a_name_in_a_free_text_is_covered_in_any_width_and_spacing() {
        for text in [
            "株式会社　みかん山サンプル　架空支店で働く",
            "株式会社みかん山サンプル架空支店で働く",
            "みかん山サンプルで働く",
            "ｶﾌﾞｼｷｶﾞｲｼｬミカンヤマサンプルで働く",
        ] {
            let covered = mask().cover(text);
            assert!(!covered.contains("サンプル") && covered.ends_with("で働く"), "{text}: {covered}");
        }
    }

    #[test]
    fn telephone_numbers_and_streets_are_covered_with_and_without_hyphens() {
        assert_eq!(mask().cover("電話は03-0000-1234へ"), "電話は［非公開］へ");
        assert_eq!(mask().cover("電話は０３００００１２３４へ"), "電話は［非公開］へ");
        assert_eq!(mask().cover("千代田区架空町1-2-3の工場"), "千代田区［非公開］の工場");
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        let text = "月給 200,000円　みかんの 箱づめ（東京都千代田区）";
        assert_eq!(mask().cover(text), text);
        assert_eq!(Mask::default().cover("株式会社みかん山サンプル"), "株式会社みかん山サンプル");
    }

    #[test]
    fn a_posting_without_name_shows_of_its_address_the_municipality_only() {
        assert_eq!(municipality_of("東京都千代田区架空町１－２－３").as_deref(), Some("東京都千代田区"));
        assert_eq!(municipality_of("東京都どこか").as_deref(), Some("東京都"));
        assert_eq!(municipality_of("架空町１－２"), None);
    }
}
