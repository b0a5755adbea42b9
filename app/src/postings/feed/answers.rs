//! What the short texts of choice items say: あり, なし, 可, 不可 and their kin.

use super::numbers::narrow;

/// What a choice item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// あり, 有, 可.
    Yes,
    /// なし, 無, 不可, しない.
    No,
    /// Something else: 「65歳まで」, 「年2回」.
    Other,
    /// Nothing, or 「未選択」.
    Unstated,
}

const YES_AT_START: [&str; 6] = ["あり", "有", "可", "○", "◯", "はい"];
const NO_ANYWHERE: [&str; 7] = ["なし", "無し", "ない", "無い", "不可", "ありません", "未加入"];
const YES_ANYWHERE: [&str; 4] = ["あり", "有り", "可", "有"];
const NO_WHOLE: [&str; 7] = ["無", "否", "×", "✕", "0", "０", "いいえ"];
/// What stands where nothing was chosen.
const NOTHING: [&str; 6] = ["未選択", "未入力", "－", "-", "ー", "―"];

/// Reads a choice item.
pub(super) fn answer(text: &str) -> Answer {
    let text = text.trim();
    if text.is_empty() || NOTHING.contains(&text) {
        Answer::Unstated
    } else if YES_AT_START.iter().any(|yes| text.starts_with(yes)) {
        Answer::Yes
    } else if NO_WHOLE.contains(&text) || NO_ANYWHERE.iter().any(|no| text.contains(no)) {
        Answer::No
    } else if YES_ANYWHERE.iter().any(|yes| text.contains(yes)) {
        Answer::Yes
    } else {
        Answer::Other
    }
}

/// Whether a check box is ticked: it holds anything that does not say no.
pub(super) fn is_ticked(text: &str) -> bool {
    !matches!(answer(text), Answer::Unstated | Answer::No)
}

/// Whether an item states anything: not empty, 「未選択」 or 「なし」.
pub(super) fn is_stated(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && !NOTHING.contains(&text) && !matches!(text, "なし" | "無し" | "無")
}

/// What a code item `_c` says that stands without its name: 1 is yes, 2 and 0 are no [3].
pub(super) fn code_answer(code: &str) -> Answer {
    match code.trim().chars().map(narrow).collect::<String>().trim_start_matches('0') {
        "1" => Answer::Yes,
        "2" => Answer::No,
        "" if !code.trim().is_empty() => Answer::No,
        _ => Answer::Unstated,
    }
}

/// What an item says by its name, else by its code.
pub(super) fn answer_or_code(name: &str, code: &str) -> Answer {
    match answer(name) {
        Answer::Unstated => code_answer(code),
        stated => stated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_by_their_first_word() {
        let table = [
            ("あり", Answer::Yes),
            ("あり（屋内禁煙）", Answer::Yes),
            ("　有　", Answer::Yes),
            ("可（駐車場なし）", Answer::Yes),
            ("定年制　あり", Answer::Yes),
            ("なし", Answer::No),
            ("転勤の可能性なし", Answer::No),
            ("なし（近くの公園にあり）", Answer::No),
            ("不可", Answer::No),
            ("希望しない", Answer::No),
            ("無", Answer::No),
            ("未加入", Answer::No),
            ("加入", Answer::Other),
            ("0", Answer::No),
            ("65歳まで", Answer::Other),
            ("希望", Answer::Other),
            ("未選択", Answer::Unstated),
            ("", Answer::Unstated),
            ("　", Answer::Unstated),
            ("－", Answer::Unstated),
        ];
        for (text, expected) in table {
            assert_eq!(answer(text), expected, "{text}");
        }
    }

    #[test]
    fn a_code_counts_only_where_the_name_is_not_stated() {
        assert_eq!(answer_or_code("不可", "1"), Answer::No);
        assert_eq!(answer_or_code("", "1"), Answer::Yes);
        assert_eq!(answer_or_code("未選択", "０１"), Answer::Yes);
        assert_eq!(answer_or_code("", "2"), Answer::No);
        assert_eq!(answer_or_code("", "0"), Answer::No);
        assert_eq!(answer_or_code("", "9"), Answer::Unstated);
        assert_eq!(answer_or_code("", ""), Answer::Unstated);
    }
}
