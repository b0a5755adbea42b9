//! 選考結果通知: until when a sheet promises an answer.

use crate::date::Date;
use crate::postings::record::Record;

/// The items of the sheet that tell it, the one of an interview last: it is the later one.
const ITEMS: [&str; 3] = ["selectkekkatsuch", "shoruiselectkekka", "mensetsuselectkekka"];
/// More days than this are not believed [own].
const MOST_DAYS: u16 = 90;

/// What the sheet promises: its words, and the day that follows from them for an application of `sent_on`. Where a day is promised after the
/// documents and another after the interview, the earlier one counts: until then one hears of something.
#[must_use]
pub fn promised(record: &Record, sent_on: Date) -> (String, Option<Date>) {
    let words: Vec<String> = ITEMS.iter().filter_map(|item| record.get(item)).map(|words| words.trim().to_owned()).collect();
    let days = words.iter().filter_map(|words| days(words)).min();
    (words.join("　"), days.map(|days| sent_on.plus_days(i32::from(days))))
}

/// 「書類選考結果通知　書類到着後　７日以内」: seven.
fn days(words: &str) -> Option<u16> {
    let words: String = words.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let before = words.split("日").next().filter(|before| before.len() < words.len())?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let digits: String = digits.chars().rev().collect();
    digits.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days))
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + u8::try_from(c as u32 - '０' as u32).unwrap_or_default()),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_follows_from_the_words_of_the_sheet() {
        let sent: Date = "2026-11-27".parse().expect("a day");
        let table = [
            (vec![("shoruiselectkekka", "書類到着後　７日以内")], Some("2026-12-04")),
            (vec![("mensetsuselectkekka", "面接選考後14日以内")], Some("2026-12-11")),
            (vec![("mensetsuselectkekka", "面接選考後10日以内"), ("shoruiselectkekka", "書類到着後5日以内")], Some("2026-12-02")),
            (vec![("selectkekkatsuch", "即決")], None),
            (vec![("selectkekkatsuch", "面接選考後　９９９日以内")], None),
            (vec![("selectkekkatsuch", "後日")], None),
            (vec![], None),
        ];
        for (items, day) in table {
            let (_, found) = promised(&items.iter().copied().collect(), sent);
            assert_eq!(found.map(|day| day.to_string()).as_deref(), day, "{items:?}");
        }
    }
}
