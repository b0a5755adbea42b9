//! Numbers in Japanese texts: amounts of yen, counts, hours of the day; in either width.

/// Full-width ASCII as half-width, the wave dash as a tilde, the ideographic space as a space.
pub(super) const fn narrow(c: char) -> char {
    match c {
        '！'..='～' => match char::from_u32(c as u32 - '！' as u32 + '!' as u32) {
            Some(narrow) => narrow,
            None => c,
        },
        '　' => ' ',
        '〜' => '~',
        '−' | '‐' | '–' | '—' | '―' => '-',
        _ => c,
    }
}

/// An amount or a range of yen as it stands in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// The lower end.
    pub(super) from: u64,
    /// The upper end; equal to the lower one for a single amount.
    pub(super) to: u64,
    /// Whether a minus sign or a triangle stands before it.
    pub(super) negative: bool,
}

/// The first amount of a text: 「5,000円～10,000円」, 「２５万円」, 「1,200〜1,360円」. Unless `bare`, only numbers with 円 or 万 count.
pub(super) fn amount(text: &str, bare: bool) -> Option<Amount> {
    let mut scanner = Scanner { rest: text };
    let mut before = None;
    while let Some(c) = scanner.peek() {
        if !c.is_ascii_digit() {
            before = Some(c).filter(|c| *c != ' ').or(before);
            scanner.bump();
            continue;
        }
        let (from, from_marked) = scanner.yen();
        let (to, to_marked) = if scanner.range_sign() { scanner.upper_end().unwrap_or((from, false)) } else { (from, false) };
        if bare || from_marked || to_marked {
            let starts = text.trim_start().chars().next().map(narrow);
            let negative = matches!(before, Some('△' | '▲')) || (before == Some('-') && starts == Some('-'));
            return Some(Amount { from, to, negative });
        }
        before = None;
    }
    None
}

/// The first number of a text, its fraction left out: 「120人」, 「１，２３４名」.
pub(super) fn first_number(text: &str) -> Option<u32> {
    let mut scanner = Scanner { rest: text };
    scanner.skip_to_digit().then(|| clamp(scanner.number().0))
}

/// As [`first_number`], in tenths: 「21.5日」 gives 215.
pub(super) fn first_tenths(text: &str) -> Option<u32> {
    let mut scanner = Scanner { rest: text };
    scanner.skip_to_digit().then(|| {
        let (whole, tenths) = scanner.number();
        clamp(whole.saturating_mul(10).saturating_add(tenths))
    })
}

/// The first number that `unit` directly follows: 「月45時間分」 with 「時間」 gives 45.
pub(super) fn number_before(text: &str, unit: &str) -> Option<u32> {
    let mut scanner = Scanner { rest: text };
    while scanner.skip_to_digit() {
        let (whole, _) = scanner.number();
        if scanner.rest.trim_start().starts_with(unit) {
            return Some(clamp(whole));
        }
    }
    None
}

/// The working times of a text, start and end in minutes since midnight; an end past midnight is above 1440:
/// 「(1)8時30分～17時30分(2)16時00分～翌9時00分」, 「8:30-17:15」.
pub(super) fn working_times(text: &str) -> Vec<(u16, u16)> {
    let mut scanner = Scanner { rest: text };
    let mut times = Vec::new();
    let mut start = None;
    let mut next_day = false;
    while let Some(c) = scanner.peek() {
        if c.is_ascii_digit() {
            match (scanner.time(), start.take()) {
                (Some(end), Some(begin)) => times.extend(span(begin, end, next_day)),
                (Some(begin), None) if scanner.range_sign() => start = Some(begin),
                _ => {}
            }
            next_day = false;
            continue;
        }
        match c {
            '翌' => next_day = true,
            ' ' | '日' => {}
            _ => start = None,
        }
        scanner.bump();
    }
    times
}

/// Start and end as minutes since the midnight before the start. Nothing where both stand at 0:00: an empty field of the form.
fn span(begin: u16, end: u16, next_day: bool) -> Option<(u16, u16)> {
    const DAY: u16 = 24 * 60;
    if begin >= DAY || (begin == 0 && end == 0 && !next_day) {
        return None;
    }
    let end = if (next_day || end <= begin) && end <= DAY { end + DAY } else { end };
    (end - begin <= DAY).then_some((begin, end))
}

fn clamp(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Reads a text from left to right, every character narrowed.
struct Scanner<'a> {
    rest: &'a str,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next().map(narrow)
    }

    fn bump(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.bump();
        }
        found
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    fn skip_to_digit(&mut self) -> bool {
        while let Some(c) = self.peek() {
            if c.is_ascii_digit() {
                return true;
            }
            self.bump();
        }
        false
    }

    fn digits(&mut self) -> u64 {
        let mut number: u64 = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(u64::from(digit));
            self.bump();
            // A comma between digits groups them.
            if self.peek() == Some(',') && self.second().is_some_and(|c| c.is_ascii_digit()) {
                self.bump();
            }
        }
        number
    }

    fn second(&self) -> Option<char> {
        self.rest.chars().nth(1).map(narrow)
    }

    /// A number that begins here, whole part and tenths.
    fn number(&mut self) -> (u64, u64) {
        let whole = self.digits();
        let mut tenths = 0;
        if self.peek() == Some('.') && self.second().is_some_and(|c| c.is_ascii_digit()) {
            self.bump();
            tenths = self.peek().and_then(|c| c.to_digit(10)).map_or(0, u64::from);
            self.digits();
        }
        (whole, tenths)
    }

    /// An amount that begins here, and whether it is marked as one by 万 or 円.
    fn yen(&mut self) -> (u64, bool) {
        let (whole, tenths) = self.number();
        let mut yen = whole;
        let mut marked = false;
        if self.take('万') {
            marked = true;
            yen = whole.saturating_mul(10_000).saturating_add(tenths * 1_000);
            if self.peek().is_some_and(|c| c.is_ascii_digit()) {
                let (rest, _) = self.number();
                yen = yen.saturating_add(if self.take('千') { rest.saturating_mul(1_000) } else { rest });
            }
        }
        self.skip_spaces();
        (yen, self.take('円') || marked)
    }

    /// Passes 「～」, 「-」 or 「から」.
    fn range_sign(&mut self) -> bool {
        self.skip_spaces();
        if let Some(rest) = self.rest.strip_prefix("から") {
            self.rest = rest;
            return true;
        }
        self.take('~') || self.take('-')
    }

    fn upper_end(&mut self) -> Option<(u64, bool)> {
        self.skip_spaces();
        self.peek().is_some_and(|c| c.is_ascii_digit()).then(|| self.yen())
    }

    /// A time of day that begins here, 「8時30分」 or 「8:30」, up to 48:00; the number is passed in any case.
    fn time(&mut self) -> Option<u16> {
        let hour = self.digits();
        let minute = if self.take('時') {
            self.skip_spaces();
            let half = self.take('半');
            let minute = if half { 30 } else { self.minutes_before('分') };
            Some(minute)
        } else if self.take(':') {
            self.peek().is_some_and(|c| c.is_ascii_digit()).then(|| self.digits())
        } else {
            None
        }?;
        let time = hour.checked_mul(60)?.checked_add(minute)?;
        (minute < 60 && time <= 48 * 60).then(|| u16::try_from(time).ok())?
    }

    /// Minutes that begin here and end with `unit`; 0 where none do.
    fn minutes_before(&mut self, unit: char) -> u64 {
        let before = self.rest;
        let minutes = self.digits();
        if self.take(unit) {
            return minutes;
        }
        self.rest = before;
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_in_either_width_with_and_without_their_unit() {
        let table = [
            ("1,200円～1,360円", Some((1_200, 1_360))),
            ("１，２００円〜１，３６０円", Some((1_200, 1_360))),
            ("資格手当　5,000円～10,000円", Some((5_000, 10_000))),
            ("職務手当（３年以上）　１０，０００円", Some((10_000, 10_000))),
            ("2５万円", Some((250_000, 250_000))),
            ("22.5万～30万", Some((225_000, 300_000))),
            ("2万5千円", Some((25_000, 25_000))),
            ("180,000 ～ 250,000円", Some((180_000, 250_000))),
            ("１８万円から２０万円", Some((180_000, 200_000))),
            ("なし", None),
            ("勤続３年以上の者", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(amount(text, false).map(|a| (a.from, a.to)), expected, "{text}");
            assert!(amount(text, false).is_none_or(|a| !a.negative), "{text}");
        }
        assert_eq!(amount("２００，０００", true).map(|a| a.from), Some(200_000));
        assert_eq!(amount("200000", false), None);
    }

    #[test]
    fn a_minus_sign_at_the_beginning_or_a_triangle_makes_an_amount_negative() {
        for text in ["-5000円", "－５，０００円", "△5,000円", "調整手当　▲3,000円", " −1円"] {
            assert!(amount(text, false).is_some_and(|a| a.negative), "{text}");
        }
        for text in ["調整手当－5,000円", "5,000円-6,000円"] {
            assert!(amount(text, false).is_some_and(|a| !a.negative), "{text}");
        }
    }

    #[test]
    fn working_times_are_minutes_since_midnight_and_may_end_on_the_next_day() {
        let table: [(&str, &[(u16, u16)]); 13] = [
            ("(1)8時30分～17時30分", &[(510, 1050)]),
            ("８時３０分〜１７時３０分", &[(510, 1050)]),
            ("（1） 9時00分 ～ 18時00分 （2） 16時30分 ～ 9時30分", &[(540, 1080), (990, 2010)]),
            ("16時～翌9時", &[(960, 1980)]),
            ("8:30〜17:15", &[(510, 1035)]),
            ("９：００－１５：００", &[(540, 900)]),
            ("9時半から18時", &[(570, 1080)]),
            ("又は 9時00分～20時00分の時間の間の6時間以上", &[(540, 1200)]),
            ("22時00分～26時00分", &[(1320, 1560)]),
            ("9時00分～9時00分", &[(540, 1980)]),
            ("0時00分～0時00分", &[]),
            ("週３日、１日６時間", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(working_times(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_are_the_first_number_of_their_text() {
        assert_eq!(first_number("従業員　１，２３４人"), Some(1_234));
        assert_eq!(first_number("99999999999999999999999"), Some(u32::MAX));
        assert_eq!(first_number("なし"), None);
        assert_eq!(first_tenths("２１．５日"), Some(215));
        assert_eq!(first_tenths("20日"), Some(200));
        assert_eq!(number_before("残業の有無によらず月４５時間分を支給", "時間"), Some(45));
        assert_eq!(number_before("30,000円（２０時間分）", "時間"), Some(20));
        assert_eq!(number_before("30,000円", "時間"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9０-９,，.．:：時分半翌日万千円~〜～−△ 　\\-a-z年]{0,30}") {
            amount(&text, true);
            amount(&text, false);
            first_tenths(&text);
            number_before(&text, "時間");
            for (start, end) in working_times(&text) {
                prop_assert!(start < 1440 && start < end && end <= start + 1440);
            }
        }
    }
}
