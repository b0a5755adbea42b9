//! The push services that this server calls. A browser names the address, so without a list anybody could make the server call anything.

use axum::http::Uri;
use axum::http::uri::Scheme;
use std::str::FromStr;

/// The hosts of the push services of browsers, and what the hosts of those end with that have many.
const HOSTS: [&str; 2] = ["fcm.googleapis.com", "updates.push.services.mozilla.com"];
const ENDINGS: [&str; 2] = [".push.apple.com", ".notify.windows.com"];

/// The longest address that is taken, in bytes [own].
const LONGEST: usize = 1_000;

/// Which push services are called: those of the browsers, and what the one who runs this adds (`MYPAGE_PUSH_SERVICES`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Services(Vec<String>);

impl Services {
    /// The origin of an address (`https://host`), if this service is called: what a signature is made out to.
    #[must_use]
    pub fn origin_of(&self, endpoint: &str) -> Option<String> {
        let uri: Uri = endpoint.parse().ok().filter(|_| endpoint.len() <= LONGEST)?;
        let (scheme, authority) = (uri.scheme()?, uri.authority()?);
        let origin = format!("{scheme}://{authority}");
        let is_known = *scheme == Scheme::HTTPS
            && (HOSTS.contains(&authority.as_str()) || ENDINGS.iter().any(|ending| is_below(authority.as_str(), ending)));
        (is_known || self.0.contains(&origin)).then_some(origin)
    }
}

/// Whether a host is one label of letters, digits and hyphens, and this ending: nothing that could hide another host.
fn is_below(host: &str, ending: &str) -> bool {
    host.strip_suffix(ending).is_some_and(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

impl FromStr for Services {
    type Err = String;

    /// Origins with commas between; none in an empty text.
    fn from_str(text: &str) -> Result<Self, String> {
        let origins = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
        origins
            .map(|origin| {
                let uri: Uri = origin.parse().map_err(|error| format!("{origin}: {error}"))?;
                match (uri.scheme(), uri.authority()) {
                    (Some(scheme), Some(authority)) if origin == format!("{scheme}://{authority}") => Ok(origin.to_owned()),
                    _ => Err(format!("{origin}: an origin is http(s)://host, without a path")),
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_push_services_of_browsers_are_called() {
        let services = Services::default();
        for (endpoint, origin) in [
            ("https://fcm.googleapis.com/fcm/send/abc:def", "https://fcm.googleapis.com"),
            ("https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://updates.push.services.mozilla.com"),
            ("https://web.push.apple.com/QGzU", "https://web.push.apple.com"),
            ("https://wns2-par02p.notify.windows.com/w/?token=BQYA%2bY", "https://wns2-par02p.notify.windows.com"),
        ] {
            assert_eq!(services.origin_of(endpoint).as_deref(), Some(origin));
        }
        for endpoint in [
            "",
            "/fcm/send",
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://fcm.googleapis.com:8443/fcm/send/abc",
            "https://someone@fcm.googleapis.com/fcm/send/abc",
            "https://fcm.googleapis.com@127.0.0.1/abc",
            "https://fcm.googleapis.com.evil.example/abc",
            "https://evil.example/fcm.googleapis.com",
            "https://push.apple.com/abc",
            "https://evil.example#.push.apple.com/",
            "https://a.b.push.apple.com/abc",
            "http://127.0.0.1:3000/account/close",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
            &format!("https://fcm.googleapis.com/{}", "a".repeat(1_000)),
        ] {
            assert_eq!(services.origin_of(endpoint), None, "{endpoint}");
        }
    }

    #[test]
    fn a_service_that_was_added_is_called_at_its_origin_alone() {
        let services: Services = "http://127.0.0.1:4000, https://push.example".parse().expect("two origins");
        assert_eq!(services.origin_of("http://127.0.0.1:4000/push/1").as_deref(), Some("http://127.0.0.1:4000"));
        assert_eq!(services.origin_of("http://127.0.0.1:4001/push/1"), None);
        assert_eq!("".parse(), Ok(Services::default()));
        for text in ["push.example", "https://push.example/", "https://push.example/path", "//push.example"] {
            assert!(text.parse::<Services>().is_err(), "{text}");
        }
    }
}
