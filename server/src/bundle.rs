//! What Trunk built in `dist/`: the shell and the hashed names in it. The only shell is `dist/index.html`; the server adds to its head
//! what starts the program, and streams the rendered page into its body.

use app::text;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The built front end.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The folder that is served.
    pub folder: PathBuf,
    /// The inside of `<head>`, with the styles and the loader's tag.
    pub head: String,
    /// What a content security policy calls the styles in [`Bundle::head`]: their hash.
    pub style_source: String,
    /// The same for the loader.
    pub loader_source: String,
    /// The service worker's script, without its version.
    service_worker: String,
    /// What tells this bundle from others.
    version: String,
}

impl Bundle {
    /// Reads the bundle.
    ///
    /// # Errors
    /// If `make build` has not made it, or files of it are missing.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let index = read(folder, "index.html")?;
        let inside = between(&index, "<head>", "</head>").ok_or_else(|| broken(folder, "index.html has no head"))?;
        // Trunk leaves its own directive in place when it does not inject the loader.
        let inside: String = inside.lines().filter(|line| !line.is_empty() && !line.contains("data-trunk")).collect();
        let app = named(folder, "frontend-", ".js")?;
        let wasm = named(folder, "frontend-", "_bg.wasm")?;
        let style_file = named(folder, "main-", ".css")?;
        let style = read(folder, style_file.trim_start_matches('/'))?;
        // Styles and loader stand in the page, not beside it: files of their own would come a round trip later, half a second on a bad
        // connection, for 5 kB.
        let inside = without_link(&inside, &style_file);
        let boot = read(folder, "boot.js")?;
        let versioned = |name: &str| Ok::<_, io::Error>(format!("/{name}?v={}", hash(&[&read(folder, name)?])));
        let (phone, offers) = (versioned("phone.js")?, versioned("offers.js")?);
        let head = format!(
            "{inside}<style>{style}</style><script data-app=\"{app}\" data-wasm=\"{wasm}\" data-phone=\"{phone}\" data-offers=\"{offers}\" data-update=\"{}\" data-reload=\"{}\">{boot}</script>",
            text::ui_update_offer(),
            text::ui_update_reload()
        );
        let assets = [
            app,
            wasm,
            phone,
            offers,
            "/pages.js".to_owned(),
            "/applications.js".to_owned(),
            "/registration.css".to_owned(),
            "/manifest.webmanifest".to_owned(),
            "/icons/icon.svg".to_owned(),
        ];
        let version = fingerprint(
            folder,
            &[
                "index.html",
                "boot.js",
                "phone.js",
                "offers.js",
                "pages.js",
                "applications.js",
                "registration.css",
                "sw.js",
                "manifest.webmanifest",
                "icons/icon.svg",
            ],
        )?;
        let list = serde_json::to_string(&assets)?;
        let service_worker = read(folder, "sw.js")?.replace("__ASSETS__", &list);
        Ok(Self { folder: folder.to_owned(), head, style_source: source(&style), loader_source: source(&boot), service_worker, version })
    }

    /// The service worker's script. Its version is another one whenever the bundle is, or one of the `pages` that it keeps.
    #[must_use]
    pub fn service_worker(&self, pages: &[String]) -> String {
        let texts: Vec<&str> = pages.iter().chain([&self.version]).map(String::as_str).collect();
        self.service_worker.replace("__VERSION__", &hash(&texts))
    }

    /// The empty shell that the service worker keeps.
    #[must_use]
    pub fn shell(&self) -> String {
        format!("<!DOCTYPE html><html lang=\"ja\"><head>{}<!--HEAD--></head><body></body></html>", self.head)
    }
}

/// The head without the link to the style sheet.
fn without_link(head: &str, file: &str) -> String {
    let Some(at) = head.find(file) else { return head.to_owned() };
    let (before, after) = (&head[..at], &head[at..]);
    let start = before.rfind("<link").unwrap_or(at);
    let end = after.find('>').map_or(0, |end| end + 1);
    format!("{}{}", &before[..start], &after[end..])
}

/// `'sha256-…'`, by which a policy knows what stands in the page.
fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

fn read(folder: &Path, name: &str) -> io::Result<String> {
    fs::read_to_string(folder.join(name)).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.join(name).display())))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// The address of the one file with this beginning and end; Trunk puts a hash between them.
fn named(folder: &Path, start: &str, end: &str) -> io::Result<String> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(end) {
            return Ok(format!("/{name}"));
        }
    }
    Err(broken(folder, &format!("no file {start}…{end}")))
}

fn broken(folder: &Path, what: &str) -> io::Error {
    io::Error::other(format!("{}: {what}; `make build` makes the bundle", folder.display()))
}

/// A short text that changes when one of the files does. `index.html` names the hashed ones.
/// What tells texts from others.
fn hash(texts: &[&str]) -> String {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        hasher.write(text.as_bytes());
    }
    format!("{:016x}", hasher.finish())
}

fn fingerprint(folder: &Path, names: &[&str]) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    for name in names {
        hasher.write(read(folder, name)?.as_bytes());
    }
    for (start, end) in [("frontend-", ".js"), ("main-", ".css")] {
        hasher.write(named(folder, start, end)?.as_bytes());
    }
    Ok(format!("{:016x}", hasher.finish()))
}
