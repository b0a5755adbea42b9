//! One request to a push service (RFC 8030 section 5).

use super::encryption::encrypt;
use super::{Message, Push};
use crate::http_client::agent;
use axum::http::StatusCode;
use std::time::Duration;
use ureq::Agent;

/// How long a connection may take, and how long a whole request [own].
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The service has it.
    Taken,
    /// The browser is not told any more: its owner said so, or it is gone.
    Gone,
    /// Not now; so many milliseconds later at the earliest, where the service says.
    Later(Option<i64>),
    /// Never as it is: what we sent is wrong.
    Refused(StatusCode),
}

/// Calls push services.
#[derive(Clone, Debug)]
pub struct Post {
    agent: Agent,
    push: Push,
    contact: String,
}

impl Post {
    /// Calls them as the site at `origin`.
    #[must_use]
    pub fn new(push: Push, origin: &str) -> Self {
        Self { agent: agent(CONNECT_TIMEOUT, REQUEST_TIMEOUT), push, contact: origin.to_owned() }
    }

    /// Sends a message at `now`, in milliseconds since 1970. Blocks.
    #[must_use]
    pub fn send(&self, message: &Message, now: i64) -> Outcome {
        // What was taken off the list since it was kept is not called any more.
        let Some(service) = self.push.services.origin_of(&message.to.endpoint) else { return Outcome::Gone };
        let Ok(body) = encrypt(&message.json(), &message.to) else { return Outcome::Gone };
        let seconds = (message.expires_at - now).max(0) / 1000;
        let request = self
            .agent
            .post(&message.to.endpoint)
            .header("authorization", self.push.key.authorization(&service, &self.contact, now))
            .header("content-encoding", "aes128gcm")
            .header("content-type", "application/octet-stream")
            .header("ttl", seconds.to_string())
            .header("urgency", "normal");
        match request.send(&body[..]) {
            Ok(response) => outcome(response.status(), response.headers().get("retry-after").and_then(|value| value.to_str().ok())),
            Err(error) => {
                tracing::info!(service, %error, "a push service was out of reach");
                Outcome::Later(None)
            }
        }
    }
}

/// What an answer means. `retry_after` is in seconds; the other form, a date, counts as none.
fn outcome(status: StatusCode, retry_after: Option<&str>) -> Outcome {
    match status {
        _ if status.is_success() => Outcome::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Outcome::Later(pause(retry_after)),
        _ if status.is_server_error() => Outcome::Later(pause(retry_after)),
        _ => Outcome::Refused(status),
    }
}

fn pause(retry_after: Option<&str>) -> Option<i64> {
    retry_after?.trim().parse::<u32>().ok().map(|seconds| i64::from(seconds) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_whether_to_try_again_and_when() {
        for (status, retry_after, expected) in [
            (201, None, Outcome::Taken),
            (202, None, Outcome::Taken),
            (404, None, Outcome::Gone),
            (410, None, Outcome::Gone),
            (429, Some("120"), Outcome::Later(Some(120_000))),
            (429, Some("Fri, 27 Nov 2026 12:00:00 GMT"), Outcome::Later(None)),
            (503, Some("-1"), Outcome::Later(None)),
            (500, None, Outcome::Later(None)),
            (301, None, Outcome::Refused(StatusCode::MOVED_PERMANENTLY)),
            (400, None, Outcome::Refused(StatusCode::BAD_REQUEST)),
            (413, None, Outcome::Refused(StatusCode::PAYLOAD_TOO_LARGE)),
        ] {
            assert_eq!(outcome(StatusCode::from_u16(status).expect("a status"), retry_after), expected, "{status}");
        }
    }
}
