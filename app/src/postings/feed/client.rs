//! Speaks the feed's protocol (FEED.md "Protocol"): a token for the day, one request a second, never while the service is closed.

use super::reader::{ReadErrorKind, read_records};
use crate::clock::Clock;
use crate::date::Date;
use crate::http_client::agent;
use crate::text;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;
use std::time::Duration;
use ureq::Agent;

/// What the service asks for between two requests.
const BETWEEN_REQUESTS: i64 = 1_000;
/// How often a request is made before it is given up [own].
const ATTEMPTS: u32 = 6;
/// The pause before the second attempt; each later one is twice as long [own].
const FIRST_BACKOFF: Duration = Duration::from_secs(2);
/// How long a connection may take, and how long a whole request [own].
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(300);
/// The longest answer that is taken: a page of 1,000 postings has about 8 MB [own].
const LONGEST_ANSWER: u64 = 64 << 20;

/// Minutes of the day in Japan: the service opens, and closes on the last day of a month.
const OPENS: i64 = 6 * 60;
const CLOSES_AT_MONTHS_END: i64 = 21 * 60 + 30;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Japan is nine hours ahead of UTC, all year.
const JAPAN: i64 = 9 * 60 * MINUTE;

/// Who asks, and where. Its password is in no message.
#[derive(Clone)]
pub struct Account {
    /// The address under which `auth/getToken` and `kyujin` are.
    pub url: String,
    /// The identifier that the Ministry gave.
    pub id: String,
    /// Its password.
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("url", &self.url).finish_non_exhaustive()
    }
}

/// What time it is, and how to wait. Tests wait without waiting.
pub struct Pace {
    /// What time it is.
    pub clock: Clock,
    /// Waits this long.
    pub pause: Box<dyn FnMut(Duration) + Send>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { clock: Clock::default(), pause: Box::new(std::thread::sleep) }
    }
}

/// Something that the service offers to load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// `M100` and so on.
    pub id: String,
    /// How many postings it has, where stated.
    pub count: Option<u64>,
    /// How many pages it has, where stated.
    pub pages: Option<u32>,
}

/// A page of postings, read to its end once and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The document as it came.
    pub xml: Vec<u8>,
    /// How many postings it holds.
    pub postings: u64,
    /// How many pages there are, where stated.
    pub pages: Option<u32>,
}

/// Why the service did not give what was asked for. None of the texts holds the password or a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The service is closed until this instant, in milliseconds since 1970.
    Closed {
        /// When it opens.
        opens_at: i64,
    },
    /// Identifier and password were not accepted: the service's words.
    SignIn(String),
    /// An answer that asking again does not change.
    Status(u16),
    /// It went wrong as often as it was tried: what went wrong last.
    GivenUp(String),
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed { opens_at } => f.write_str(&text::sync_closed(Moment(*opens_at))),
            Self::SignIn(why) => f.write_str(&text::sync_sign_in(why)),
            Self::Status(status) => f.write_str(&text::sync_status(status)),
            Self::GivenUp(why) => f.write_str(&text::sync_given_up(ATTEMPTS, why)),
        }
    }
}

impl std::error::Error for ClientError {}

/// An instant as Japan's clocks show it: `2026-11-24 06:00`.
pub(super) struct Moment(pub(super) i64);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = minute_of_day(self.0);
        write!(f, "{} {:02}:{:02}", Date::in_japan(self.0), minute / 60, minute % 60)
    }
}

/// When the service opens, if it is closed at this instant (both in milliseconds since 1970): daily from 0:00 to 6:00 and on the last
/// day of a month from 21:30, in Japan.
#[must_use]
pub fn closed_until(now: i64) -> Option<i64> {
    let midnight = now - (now + JAPAN).rem_euclid(DAY);
    let (_, month, _) = Date::in_japan(now).parts();
    let (_, next_month, _) = Date::in_japan(now).plus_days(1).parts();
    match minute_of_day(now) {
        minute if minute < OPENS => Some(midnight + OPENS * MINUTE),
        minute if minute >= CLOSES_AT_MONTHS_END && month != next_month => Some(midnight + DAY + OPENS * MINUTE),
        _ => None,
    }
}

fn minute_of_day(now: i64) -> i64 {
    (now + JAPAN).rem_euclid(DAY) / MINUTE
}

/// What stands between an attempt and its answer.
enum Trouble {
    /// It may go better next time.
    Passing(String),
    /// The token is not accepted (any more).
    Token(String),
    /// Asking again does not help.
    Lasting(ClientError),
}

/// A session with the service. Blocking: for a thread of its own.
pub struct Client {
    agent: Agent,
    account: Account,
    pace: Pace,
    /// The token and the day it is for.
    token: Option<(String, Date)>,
    /// When the last request ended.
    asked_at: Option<i64>,
}

impl Client {
    /// A client that has not asked anything yet.
    #[must_use]
    pub fn new(account: Account, pace: Pace) -> Self {
        Self { agent: agent(CONNECT_TIMEOUT, REQUEST_TIMEOUT), account, pace, token: None, asked_at: None }
    }

    /// What time it is for this client.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.pace.clock
    }

    /// Waits until an instant in milliseconds since 1970.
    pub fn wait_until(&mut self, instant: i64) {
        let left = instant.saturating_sub(self.pace.clock.now());
        (self.pace.pause)(Duration::from_millis(left.try_into().unwrap_or_default()));
    }

    /// What the service offers.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn offers(&mut self) -> Result<Vec<Offer>, ClientError> {
        let answer = self.ask("kyujin", |body| offers_in(&leaves(body)?))?;
        answer.ok_or(ClientError::Status(404))
    }

    /// A page, from 1; `None` past the last one.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn page(&mut self, id: &str, page: u32) -> Result<Option<Page>, ClientError> {
        self.ask(&format!("kyujin/{id}/{page}"), |xml| match read_records(xml, |_| ControlFlow::Continue(())) {
            Ok(totals) => Ok(Page { xml: xml.to_vec(), postings: totals.postings, pages: totals.page }),
            Err(error) if matches!(error.kind, ReadErrorKind::Refused(_)) => Err(Trouble::Token(error.to_string())),
            Err(error) => Err(Trouble::Passing(error.to_string())),
        })
    }

    /// Gives the token back, if there is one. That this fails harms nobody: it ends with the day.
    pub fn sign_out(&mut self) {
        let Some((token, _)) = self.token.take() else { return };
        let gone = self.take_turn().and_then(|()| self.post("auth/delToken", &[("token", &token)]));
        if let Err(Trouble::Passing(why) | Trouble::Token(why)) = gone {
            tracing::debug!(why, "the token was not given back");
        }
    }

    /// Asks for `path` until `read` can read the answer; `None` for 404.
    fn ask<T>(&mut self, path: &str, read: impl Fn(&[u8]) -> Result<T, Trouble>) -> Result<Option<T>, ClientError> {
        let mut why = String::new();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                tracing::warn!(path, attempt, why, "asking the feed again");
                (self.pace.pause)(FIRST_BACKOFF * 2_u32.pow(attempt - 1));
            }
            match self.try_once(path, &read) {
                Ok(answer) => return Ok(answer),
                Err(Trouble::Lasting(error)) => return Err(error),
                Err(Trouble::Passing(reason)) => why = reason,
                Err(Trouble::Token(reason)) => {
                    self.token = None;
                    why = reason;
                }
            }
        }
        Err(ClientError::GivenUp(why))
    }

    fn try_once<T>(&mut self, path: &str, read: impl Fn(&[u8]) -> Result<T, Trouble>) -> Result<Option<T>, Trouble> {
        let token = self.token_for_today()?;
        self.take_turn()?;
        match self.post(path, &[("token", &token)])? {
            (200, body) => read(&body).map(Some),
            (404, _) => Ok(None),
            (status @ (401 | 403), _) => Err(Trouble::Token(format!("HTTP {status}"))),
            (status, _) => Err(trouble_of(status)),
        }
    }

    /// The token of the day; signs in if there is none.
    fn token_for_today(&mut self) -> Result<String, Trouble> {
        self.check_open()?;
        if let Some((token, day)) = &self.token
            && *day == self.pace.clock.today()
        {
            return Ok(token.clone());
        }
        self.take_turn()?;
        let day = self.pace.clock.today();
        let (id, password) = (self.account.id.clone(), self.account.password.clone());
        let token = match self.post("auth/getToken", &[("id", &id), ("pass", &password)])? {
            (200, body) => token_in(&leaves(&body)?)?,
            (status @ (401 | 403), _) => return Err(Trouble::Lasting(ClientError::SignIn(format!("HTTP {status}")))),
            (status, _) => return Err(trouble_of(status)),
        };
        self.token = Some((token.clone(), day));
        Ok(token)
    }

    fn check_open(&self) -> Result<(), Trouble> {
        closed_until(self.pace.clock.now()).map_or(Ok(()), |opens_at| Err(Trouble::Lasting(ClientError::Closed { opens_at })))
    }

    /// Waits until a second has passed since the last request; the service may have closed meanwhile.
    fn take_turn(&mut self) -> Result<(), Trouble> {
        if let Some(asked_at) = self.asked_at {
            let left = (BETWEEN_REQUESTS - (self.pace.clock.now() - asked_at)).clamp(0, BETWEEN_REQUESTS);
            if left > 0 {
                (self.pace.pause)(Duration::from_millis(left.unsigned_abs()));
            }
        }
        self.check_open()
    }

    /// One request; gives status and body.
    fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<(u16, Vec<u8>), Trouble> {
        let url = format!("{}/{path}", self.account.url.trim_end_matches('/'));
        let answered = self.agent.post(&url).send_form(form.iter().copied()).map_err(passing).and_then(|mut response| {
            let mut body = Vec::new();
            let mut limited = response.body_mut().with_config().limit(LONGEST_ANSWER).reader();
            limited.read_to_end(&mut body).map_err(passing)?;
            Ok((response.status().as_u16(), body))
        });
        self.asked_at = Some(self.pace.clock.now());
        answered
    }
}

fn passing(error: impl fmt::Display) -> Trouble {
    Trouble::Passing(error.to_string())
}

/// What a status other than success means.
fn trouble_of(status: u16) -> Trouble {
    match status {
        408 | 429 | 500..=599 => Trouble::Passing(format!("HTTP {status}")),
        _ => Trouble::Lasting(ClientError::Status(status)),
    }
}

/// The elements of a small answer that hold text, in their order.
fn leaves(xml: &[u8]) -> Result<Vec<(String, String)>, Trouble> {
    let xml = std::str::from_utf8(xml).map_err(passing)?;
    let mut reader = Reader::from_str(xml);
    let (mut leaves, mut open, mut text, mut depth) = (Vec::new(), String::new(), String::new(), 0_usize);
    loop {
        match reader.read_event().map_err(passing)? {
            Event::Start(tag) => {
                tag.name().as_ref().clone_into(&mut open);
                text.clear();
                depth += 1;
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::End(tag) => {
                if tag.name().as_ref() == open {
                    leaves.push((std::mem::take(&mut open), text.trim().to_owned()));
                }
                depth -= 1;
            }
            Event::DocType(_) => return Err(passing("DOCTYPE")),
            Event::Eof if depth > 0 || leaves.is_empty() => return Err(Trouble::Passing(text::sync_cut_off().to_owned())),
            Event::Eof => return Ok(leaves),
            _ => {}
        }
    }
}

fn first<'a>(leaves: &'a [(String, String)], tag: &str) -> Option<&'a str> {
    leaves.iter().find(|(name, text)| name == tag && !text.is_empty()).map(|(_, text)| text.as_str())
}

/// The token in the answer to a sign-in.
fn token_in(leaves: &[(String, String)]) -> Result<String, Trouble> {
    match (first(leaves, "errorDetail"), first(leaves, "token")) {
        (None, Some(token)) => Ok(token.to_owned()),
        (Some(why), _) => Err(Trouble::Lasting(ClientError::SignIn(why.to_owned()))),
        (None, None) => Err(Trouble::Passing(text::sync_no_token().to_owned())),
    }
}

/// The offers in the answer to `kyujin`.
fn offers_in(leaves: &[(String, String)]) -> Result<Vec<Offer>, Trouble> {
    if let Some(why) = first(leaves, "errorDetail") {
        return Err(Trouble::Token(why.to_owned()));
    }
    let mut offers: Vec<Offer> = Vec::new();
    for (tag, text) in leaves {
        match (tag.as_str(), offers.last_mut()) {
            ("data_id", _) => offers.push(Offer { id: text.clone(), ..Offer::default() }),
            ("count", Some(offer)) => offer.count = text.parse().ok(),
            ("page", Some(offer)) => offer.pages = text.parse().ok(),
            _ => {}
        }
    }
    Ok(offers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str, hour: i64, minute: i64) -> i64 {
        let day: Date = day.parse().expect("a day");
        i64::from(day.epoch_days()) * DAY - JAPAN + (hour * 60 + minute) * MINUTE
    }

    #[test]
    fn the_service_is_closed_at_night_and_on_the_evening_of_a_months_last_day() {
        assert_eq!(closed_until(at("2026-11-24", 0, 0)), Some(at("2026-11-24", 6, 0)));
        assert_eq!(closed_until(at("2026-11-24", 5, 59)), Some(at("2026-11-24", 6, 0)));
        assert_eq!(closed_until(at("2026-11-24", 6, 0)), None);
        assert_eq!(closed_until(at("2026-11-24", 23, 59)), None);
        assert_eq!(closed_until(at("2026-11-30", 21, 29)), None);
        assert_eq!(closed_until(at("2026-11-30", 21, 30)), Some(at("2026-12-01", 6, 0)));
        assert_eq!(closed_until(at("2028-02-28", 22, 0)), None, "a leap year's February has another day");
        assert_eq!(closed_until(at("2026-12-31", 23, 0)), Some(at("2027-01-01", 6, 0)));
    }

    #[test]
    fn the_message_says_when_the_service_opens() {
        let error = ClientError::Closed { opens_at: at("2026-12-01", 6, 0) };
        assert!(error.to_string().contains("2026-12-01 06:00"), "{error}");
    }

    #[test]
    fn offers_are_read_with_what_is_stated_of_them() {
        let xml = "<root><kyujin_list><data><data_id>M100</data_id><data_name>全国</data_name><count>1200</count><page>2</page></data>\
                   <data><data_id>M200</data_id><data_name>障害者</data_name><count/><page></page></data></kyujin_list></root>";
        let offers = leaves(xml.as_bytes()).and_then(|leaves| offers_in(&leaves)).ok().expect("the list can be read");
        let nation = Offer { id: "M100".to_owned(), count: Some(1200), pages: Some(2) };
        assert_eq!(offers, [nation, Offer { id: "M200".to_owned(), ..Offer::default() }]);
    }

    #[test]
    fn the_password_is_not_in_what_is_printed() {
        let account = Account { url: "http://127.0.0.1:1".to_owned(), id: "the-id".to_owned(), password: "the-secret".to_owned() };
        assert!(!format!("{account:?}").contains("the-"));
    }
}
