//! Search criteria and the URL that carries them: the one place where they meet. Links live in mails, saved searches and offline
//! copies, so a parameter keeps its name and meaning forever; unknown parameters are ignored (DESIGN.md "URLs are a contract").

use crate::date::Date;
use crate::postings::facts::{EmploymentForm, Flag, Kind, WorkTime};
use crate::postings::number::{EstablishmentNumber, PostingNumber};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A search condition, named by its URL parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Param {
    /// Free word: several words AND, `OR`, `-word`.
    Words,
    /// Where the free word looks (`title`, `work`, `name`); none chosen means everywhere.
    WordsIn,
    /// Excluded words.
    Exclude,
    /// 求人番号, any of.
    Number,
    /// 事業所番号.
    Establishment,
    /// 求人区分, any of.
    Kind,
    /// フルタイム/パート.
    Time,
    /// Prefectures by JIS code of two digits, any of.
    Prefecture,
    /// Municipalities by JIS code of five digits, any of; narrows its prefecture.
    City,
    /// 沿線・駅 by name, any of (free text).
    Line,
    /// Occupation picker: group `05` or item `05-01`, any of.
    Occupation,
    /// Industry: major `P` or middle `85`, any of.
    Industry,
    /// 雇用形態, any of.
    Form,
    /// Monthly wage from, yen.
    WageMonth,
    /// Hourly wage from, yen.
    WageHour,
    /// With fixed overtime pay counted in (`1`); otherwise it is left out.
    WageFixed,
    /// Working hours start at this time or later, `HH:MM`.
    StartsFrom,
    /// Working hours end at this time or earlier, `HH:MM`.
    EndsBy,
    /// Average overtime a month, at most hours; `0` is none.
    Overtime,
    /// Days off a year, at least.
    DaysOff,
    /// My age: postings that accept it.
    Age,
    /// Staff of the enterprise, at least.
    Staff,
    /// Licences by name, any of (free text).
    Licence,
    /// Company name contains.
    Name,
    /// Company name does not contain.
    NameNot,
    /// Received within this many days (`2`, `7`).
    New,
    /// Received on this day or later, `YYYY-MM-DD`.
    Since,
    /// What must be so: codes of [`Flag`], all of.
    Must,
    /// What must not be so: codes of [`Flag`], none of (dispatch, contract, shift, flexible hours, fixed overtime …).
    Not,
    /// Order of results.
    Sort,
    /// Results a page: 10, 30, 50.
    Per,
    /// Page from 1.
    Page,
    /// Compact or full rows.
    View,
}

/// How a parameter's value is written.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Free text of at most so many characters.
    Text(usize),
    /// One of a fixed list of codes.
    OneOf(fn(&str) -> bool),
    /// A whole number within the bounds.
    Whole(u32, u32),
    /// `HH:MM`, 00:00 to 23:59.
    Time,
    /// `YYYY-MM-DD`.
    Day,
}

/// A condition's row in the table: URL name, shape, how many values it takes.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// Which one.
    pub param: Param,
    /// Its name in the URL.
    pub name: &'static str,
    /// Its values' shape.
    pub shape: Shape,
    /// The most values it takes (official form: 3 prefectures, 3 occupations, 5 numbers; ours are no smaller).
    pub most: usize,
}

const fn row(param: Param, name: &'static str, shape: Shape, most: usize) -> Condition {
    Condition { param, name, shape, most }
}

/// Longest free text, characters.
pub const LONGEST_TEXT: usize = 200;

/// The table of all conditions, in the order of the URL.
pub const CONDITIONS: &[Condition] = &[
    row(Param::Words, "q", Shape::Text(LONGEST_TEXT), 1),
    row(Param::WordsIn, "in", Shape::OneOf(|v| matches!(v, "title" | "work" | "name")), 3),
    row(Param::Exclude, "exclude", Shape::Text(LONGEST_TEXT), 1),
    row(Param::Number, "number", Shape::OneOf(|v| v.parse::<PostingNumber>().is_ok()), 50),
    row(Param::Establishment, "office", Shape::OneOf(|v| v.parse::<EstablishmentNumber>().is_ok()), 5),
    row(Param::Kind, "kind", Shape::OneOf(|v| Kind::from_code(v).is_some()), 5),
    row(Param::Time, "time", Shape::OneOf(|v| WorkTime::from_code(v).is_some()), 2),
    row(Param::Prefecture, "pref", Shape::OneOf(is_prefecture), 47),
    row(Param::City, "city", Shape::OneOf(|v| v.len() == 5 && v.bytes().all(|b| b.is_ascii_digit()) && is_prefecture(&v[..2])), 100),
    row(Param::Line, "line", Shape::Text(60), 3),
    row(Param::Occupation, "occ", Shape::OneOf(is_occupation), 30),
    row(Param::Industry, "ind", Shape::OneOf(is_industry), 30),
    row(Param::Form, "form", Shape::OneOf(|v| EmploymentForm::from_code(v).is_some()), 5),
    row(Param::WageMonth, "wage_month", Shape::Whole(0, 9_999_999), 1),
    row(Param::WageHour, "wage_hour", Shape::Whole(0, 99_999), 1),
    row(Param::WageFixed, "wage_fixed", Shape::OneOf(|v| v == "1"), 1),
    row(Param::StartsFrom, "starts_from", Shape::Time, 1),
    row(Param::EndsBy, "ends_by", Shape::Time, 1),
    row(Param::Overtime, "overtime", Shape::Whole(0, 200), 1),
    row(Param::DaysOff, "days_off", Shape::Whole(0, 366), 1),
    row(Param::Age, "age", Shape::Whole(15, 99), 1),
    row(Param::Staff, "staff", Shape::Whole(0, 999_999), 1),
    row(Param::Licence, "licence", Shape::Text(60), 5),
    row(Param::Name, "name", Shape::Text(60), 1),
    row(Param::NameNot, "name_not", Shape::Text(60), 10),
    row(Param::New, "new", Shape::Whole(1, 366), 1),
    row(Param::Since, "since", Shape::Day, 1),
    row(Param::Must, "must", Shape::OneOf(|v| Flag::from_code(v).is_some()), 64),
    row(Param::Not, "not", Shape::OneOf(|v| Flag::from_code(v).is_some()), 64),
    row(Param::Sort, "sort", Shape::OneOf(|v| Sort::from_code(v).is_some()), 1),
    row(Param::Per, "per", Shape::OneOf(|v| matches!(v, "10" | "30" | "50")), 1),
    row(Param::Page, "page", Shape::Whole(1, 999_999), 1),
    row(Param::View, "view", Shape::OneOf(|v| matches!(v, "compact" | "full")), 1),
];

fn is_prefecture(code: &str) -> bool {
    code.len() == 2 && code.parse::<u8>().is_ok_and(|n| (1..=47).contains(&n))
}

fn is_occupation(code: &str) -> bool {
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    code.split_once('-').map_or_else(|| two(code), |(group, item)| two(group) && two(item))
}

fn is_industry(code: &str) -> bool {
    matches!(code.as_bytes(), [b'A'..=b'T'] | [b'0'..=b'9', b'0'..=b'9'])
}

/// Order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Latest received first.
    #[default]
    Newest,
    /// Nearest deadline first.
    Deadline,
    /// Highest hourly equivalent first; postings without one last.
    WageHigh,
    /// Lowest hourly equivalent first; postings without one last.
    WageLow,
}

impl Sort {
    /// All orders, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Deadline, Self::WageHigh, Self::WageLow];

    /// The code in the URL.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Deadline => "deadline",
            Self::WageHigh => "wage-high",
            Self::WageLow => "wage-low",
        }
    }

    /// The order with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// A value that does not have its parameter's shape, or one too many; it is left out of the search and said so at its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadCondition {
    /// The parameter's URL name.
    pub name: String,
    /// What was typed.
    pub value: String,
    /// Why it was left out.
    pub reason: BadReason,
}

/// Why a condition was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BadReason {
    /// Text longer than the parameter takes; the search used its beginning.
    TooLong,
    /// More values than the parameter takes; the first ones count.
    TooMany,
    /// Not of the right form or outside its bounds.
    Malformed,
}

/// A search: conditions with their values, each in the table's shape. Equal searches have equal URLs. In JSON it is its query string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    values: Vec<(Param, String)>,
}

impl Param {
    /// The condition's row in the table.
    #[must_use]
    pub fn condition(self) -> &'static Condition {
        &CONDITIONS[self as usize]
    }

    /// The name in the URL.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.condition().name
    }

    /// The parameter with this URL name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        CONDITIONS.iter().find(|condition| condition.name == name).map(|condition| condition.param)
    }

    /// Whether it says how results are shown rather than which ones they are.
    #[must_use]
    pub const fn is_display(self) -> bool {
        matches!(self, Self::Sort | Self::Per | Self::Page | Self::View)
    }
}

impl SearchQuery {
    /// Reads a URL's query string (`q=…&pref=13&pref=14`, with or without `?`). What is not understood is left out and told.
    #[must_use]
    pub fn from_url(query: &str) -> (Self, Vec<BadCondition>) {
        let mut search = Self::default();
        let mut bad = Vec::new();
        for pair in query.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode(value);
            let Some(condition) = CONDITIONS.iter().find(|c| c.name == name) else { continue };
            // An empty field of a submitted form says nothing.
            if value.trim().is_empty() {
                continue;
            }
            for value in split_values(condition.param, &value) {
                if let Err(reason) = search.add(condition.param, &value) {
                    bad.push(BadCondition { name: name.to_owned(), value, reason });
                }
            }
        }
        (search, bad)
    }

    /// Adds one value. A value already there is not added twice.
    ///
    /// # Errors
    /// Why it could not be taken whole; with [`BadReason::TooLong`] the beginning was taken.
    pub fn add(&mut self, param: Param, value: &str) -> Result<(), BadReason> {
        let condition = param.condition();
        let (value, cut) = condition.shape.read(value).ok_or(BadReason::Malformed)?;
        if self.all(param).any(|v| v == value) {
            return Ok(());
        }
        if condition.most == 1 {
            self.remove_all(param);
        } else if self.all(param).count() == condition.most {
            return Err(BadReason::TooMany);
        }
        let at = self.values.partition_point(|(p, v)| (*p, v.as_str()) <= (param, value.as_str()));
        self.values.insert(at, (param, value));
        if cut { Err(BadReason::TooLong) } else { Ok(()) }
    }

    /// The search with one value more; what the table refuses is not added.
    #[must_use]
    pub fn with(mut self, param: Param, value: &str) -> Self {
        // A caller's constant that the table refuses shows up as a missing condition in its own test.
        let _refused = self.add(param, value);
        self
    }

    /// The search without one value.
    #[must_use]
    pub fn without(mut self, param: Param, value: &str) -> Self {
        self.values.retain(|(p, v)| *p != param || v != value);
        self
    }

    /// The search without any value of `param`.
    #[must_use]
    pub fn without_all(mut self, param: Param) -> Self {
        self.remove_all(param);
        self
    }

    fn remove_all(&mut self, param: Param) {
        self.values.retain(|(p, _)| *p != param);
    }

    /// The values of a parameter, sorted.
    pub fn all(&self, param: Param) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(p, _)| *p == param).map(|(_, v)| v.as_str())
    }

    /// The first value of a parameter.
    #[must_use]
    pub fn first(&self, param: Param) -> Option<&str> {
        self.all(param).next()
    }

    /// The value of a parameter that is a whole number.
    #[must_use]
    pub fn number(&self, param: Param) -> Option<u32> {
        self.first(param)?.parse().ok()
    }

    /// Whether `param` has this value.
    #[must_use]
    pub fn has(&self, param: Param, value: &str) -> bool {
        self.all(param).any(|v| v == value)
    }

    /// Every condition that narrows the search, one value each, in the order of the table (chips).
    pub fn conditions(&self) -> impl Iterator<Item = (Param, &str)> {
        self.values.iter().filter(|(p, _)| !p.is_display()).map(|(p, v)| (*p, v.as_str()))
    }

    /// The required flags.
    pub fn must(&self) -> impl Iterator<Item = Flag> {
        self.all(Param::Must).filter_map(Flag::from_code)
    }

    /// The forbidden flags.
    pub fn must_not(&self) -> impl Iterator<Item = Flag> {
        self.all(Param::Not).filter_map(Flag::from_code)
    }

    /// The order of results.
    #[must_use]
    pub fn sort(&self) -> Sort {
        self.first(Param::Sort).and_then(Sort::from_code).unwrap_or_default()
    }

    /// Results a page: 10, 30 or 50; 30 unless told.
    #[must_use]
    pub fn per_page(&self) -> usize {
        self.first(Param::Per).and_then(|v| v.parse().ok()).unwrap_or(30)
    }

    /// The page from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.first(Param::Page).and_then(|v| v.parse().ok()).unwrap_or(1)
    }

    /// The earliest day of receipt that the search wants, given today.
    #[must_use]
    pub fn received_from(&self, today: Date) -> Option<Date> {
        let new = self.number(Param::New).and_then(|days| i32::try_from(days).ok()).map(|days| today.plus_days(1 - days));
        let since = self.first(Param::Since).and_then(|day| day.parse().ok());
        new.max(since)
    }

    /// The canonical query string without `?`: empty for the search without conditions.
    #[must_use]
    pub fn to_url(&self) -> String {
        let mut url = String::new();
        for (param, value) in &self.values {
            if !url.is_empty() {
                url.push('&');
            }
            url.push_str(param.name());
            url.push('=');
            percent_encode(value, &mut url);
        }
        url
    }

    /// The link to the results page.
    #[must_use]
    pub fn href(&self) -> String {
        if self.values.is_empty() { "/postings".to_owned() } else { format!("/postings?{}", self.to_url()) }
    }
}

/// Several posting numbers may be typed into one field.
fn split_values(param: Param, value: &str) -> Vec<String> {
    match param {
        Param::Number | Param::Establishment => {
            value.split([' ', '　', ',', '、', '\n', '\r', '\t']).filter(|v| !v.is_empty()).map(str::to_owned).collect()
        }
        _ => vec![value.to_owned()],
    }
}

impl Shape {
    /// The canonical value and whether it had to be cut; `None` if it has not this shape.
    fn read(self, value: &str) -> Option<(String, bool)> {
        let value = value.trim();
        match self {
            Self::Text(most) => {
                let cut: String = value.chars().filter(|c| !c.is_control()).take(most).collect();
                let is_cut = value.chars().count() > most;
                (!cut.is_empty()).then_some((cut, is_cut))
            }
            Self::OneOf(known) => {
                let value = narrow(value);
                known(&value).then_some((value, false))
            }
            Self::Whole(least, most) => {
                let digits: String = narrow(value).chars().filter(|c| *c != ',').collect();
                let digits_only = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                let n: u32 = digits_only.then(|| digits.parse().ok())??;
                (least..=most).contains(&n).then(|| (n.to_string(), false))
            }
            Self::Time => {
                let value = narrow(value);
                let (hour, minute) = value.split_once(':')?;
                let hour: u8 = hour.parse().ok().filter(|h| *h < 24)?;
                let minute: u8 = (minute.len() == 2).then(|| minute.parse().ok())??;
                (minute < 60).then(|| (format!("{hour:02}:{minute:02}"), false))
            }
            Self::Day => value.parse::<Date>().ok().map(|day| (day.to_string(), false)),
        }
    }
}

/// Full-width ASCII as half-width.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// A query string's value in plain characters.
pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                i += 3;
                continue;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Writes a value in the characters of a query string.
pub(super) fn percent_encode(text: &str, url: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte) {
            url.push(char::from(byte));
        } else if byte == b' ' {
            url.push('+');
        } else {
            url.push('%');
            url.push(char::from(HEX[usize::from(byte >> 4)]));
            url.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

impl Serialize for SearchQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_url())
    }
}

impl<'de> Deserialize<'de> for SearchQuery {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from_url(&String::deserialize(deserializer)?).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(url: &str) -> SearchQuery {
        SearchQuery::from_url(url).0
    }

    #[test]
    fn the_table_stands_in_the_order_of_the_enum_and_names_are_unique() {
        for (i, condition) in CONDITIONS.iter().enumerate() {
            assert_eq!(condition.param as usize, i, "{}", condition.name);
            assert_eq!(CONDITIONS.iter().filter(|c| c.name == condition.name).count(), 1);
        }
    }

    #[test]
    fn equal_searches_have_equal_urls() {
        assert_eq!(read("pref=14&q=%E7%9C%8B%E8%AD%B7&pref=13&pref=14").to_url(), "q=%E7%9C%8B%E8%AD%B7&pref=13&pref=14");
        assert_eq!(read("?must=remote&q=a+b").to_url(), "q=a+b&must=remote");
        assert_eq!(read("q=&pref=&utm_source=x"), SearchQuery::default());
    }

    #[test]
    fn a_value_of_the_wrong_shape_is_left_out_and_told() {
        let (search, bad) =
            SearchQuery::from_url("wage_month=abc&pref=48&age=120&since=2026-02-30&starts_from=25:00&per=7&wage_hour=１，２００");
        assert_eq!(search.to_url(), "wage_hour=1200");
        let names: Vec<_> = bad.iter().map(|b| (b.name.as_str(), b.reason)).collect();
        let malformed = ["wage_month", "pref", "age", "since", "starts_from", "per"].map(|name| (name, BadReason::Malformed));
        assert_eq!(names, malformed);
    }

    #[test]
    fn several_posting_numbers_may_be_typed_into_one_field_in_full_width() {
        let search = read("number=13010-1+%EF%BC%91%EF%BC%93%EF%BC%90%EF%BC%91%EF%BC%90%EF%BC%8D%EF%BC%92");
        assert_eq!(search.all(Param::Number).collect::<Vec<_>>(), ["13010-1", "13010-2"]);
    }

    #[test]
    fn a_text_that_is_too_long_is_searched_by_its_beginning() {
        let (search, bad) = SearchQuery::from_url(&format!("q={}", "a".repeat(LONGEST_TEXT + 1)));
        assert_eq!(search.first(Param::Words).map(str::len), Some(LONGEST_TEXT));
        assert_eq!(bad[0].reason, BadReason::TooLong);
    }

    #[test]
    fn new_within_two_days_means_today_and_yesterday() {
        let today = Date::new(2026, 11, 24).expect("a day of the calendar");
        assert_eq!(read("new=2").received_from(today), Date::new(2026, 11, 23));
        assert_eq!(read("new=2&since=2026-11-24").received_from(today), Some(today));
    }

    proptest! {
        #[test]
        fn any_query_string_is_read_without_panic_and_its_url_reads_back_as_itself(url in ".{0,80}", word in "[^\u{0}-\u{1f}\u{7f}-\u{9f}]{1,30}") {
            let search = read(&url).with(Param::Words, &word);
            prop_assert_eq!(&read(&search.to_url()), &search);
        }
    }
}
