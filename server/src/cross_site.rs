//! The guard against requests that another site makes a browser send: it stands before routing, so that no handler can forget it.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets reads pass, and changes only if the browser says that they come from our own pages.
pub async fn guard(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_own(request.headers()) { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

/// Whether the request comes from a page of this site. Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; a request with
/// neither comes from no browser form of ours and is refused.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin");
    }
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    origin.split_once("://").is_some_and(|(_, origin_host)| origin_host == host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_change_passes_only_from_our_own_pages() {
        let host = ("host", "mypage.example");
        let table = [
            (vec![host, ("sec-fetch-site", "same-origin")], true),
            (vec![host, ("sec-fetch-site", "same-site")], false),
            (vec![host, ("sec-fetch-site", "cross-site"), ("origin", "https://mypage.example")], false),
            (vec![host, ("sec-fetch-site", "none")], false),
            (vec![host, ("origin", "https://mypage.example")], true),
            (vec![host, ("origin", "https://mypage.example.evil.example")], false),
            (vec![host, ("origin", "null")], false),
            (vec![host], false),
            (vec![("origin", "https://mypage.example")], false),
        ];
        for (given, passes) in table {
            assert_eq!(is_own(&headers(&given)), passes, "{given:?}");
        }
    }
}
