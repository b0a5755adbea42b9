//! A browser without scripts: keeps cookies, fills in forms.

use super::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A browser on a phone of its own.
pub struct Browser<'s> {
    site: &'s Site,
    /// Its cookies.
    pub cookies: BTreeMap<String, String>,
    /// The address of its network.
    pub client: &'static str,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// Where it leads on.
    pub location: Option<String>,
    /// The text.
    pub html: String,
}

impl<'s> Browser<'s> {
    /// A new browser.
    pub fn of(site: &'s Site) -> Self {
        Self { site, cookies: BTreeMap::new(), client: "192.0.2.1" }
    }

    /// The same browser at this moment, for what happens twice.
    pub fn twin(&self) -> Self {
        Self { site: self.site, cookies: self.cookies.clone(), client: self.client }
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Page {
        let request = Request::get(path);
        self.send(request, Body::empty()).await
    }

    /// Posts fields.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Page {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        self.send(request, Body::from(encoded(fields))).await
    }

    /// Fills in the form of a page that posts to `action` and sends it.
    pub async fn submit(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let fields = filled(page, action, fields);
        self.post(action, &fields).await
    }

    /// Fills in the form of a page that posts to `action` and sends it with files: name and bytes.
    pub async fn upload(&mut self, page: &Page, action: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        const BOUNDARY: &str = "----a-boundary-of-this-test";
        let mut body = Vec::new();
        for (name, value) in filled(page, action, fields) {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"documents\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = Request::post(action)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin");
        // In pieces, as it comes over a network.
        let pieces: Vec<Result<Vec<u8>, std::convert::Infallible>> = body.chunks(16 << 10).map(|piece| Ok(piece.to_vec())).collect();
        self.send(request, Body::from_stream(futures_util::stream::iter(pieces))).await
    }

    /// Goes where a page leads, until one stays.
    pub async fn follow(&mut self, page: Page) -> Page {
        let mut page = page;
        while let Some(location) = page.location.clone() {
            page = self.get(&location).await;
        }
        page
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::USER_AGENT, "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36")
            .header("x-test-client", self.client);
        let (response, html) = self.site.send(request.body(body).expect("a request")).await;
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie is text");
            assert!(cookie.contains("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a name and a value");
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = response.headers().get(header::LOCATION).map(|location| location.to_str().expect("an address is text").to_owned());
        Page { status: response.status(), location, html }
    }
}

/// What a form of a page sends with these fields filled in.
pub fn filled(page: &Page, action: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let start =
        page.html.find(&format!("method=\"post\" action=\"{action}\"")).unwrap_or_else(|| panic!("no form to {action} in {}", page.html));
    let form = page.html[start..].split("</form>").next().expect("a form ends");
    let hidden = form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
    let mut all: Vec<(String, String)> = hidden.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect();
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

fn attribute(tag: &str, name: &str) -> String {
    tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().replace("&amp;", "&")
}

fn encoded(fields: &[(String, String)]) -> String {
    let value = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            if byte.is_ascii_alphanumeric() {
                out.push(char::from(byte));
            } else {
                write!(out, "%{byte:02X}").expect("a String takes every write");
            }
            out
        })
    };
    fields.iter().map(|(name, text)| format!("{}={}", value(name), value(text))).collect::<Vec<_>>().join("&")
}
