//! `/dev/mail`: mails that became files, in demo mode only. Whoever tries the service out reads their codes here.

use crate::text;
use leptos::prelude::*;
use std::io;
use std::path::Path;

/// How many mails the list shows.
const SHOWN: usize = 50;

/// The newest mails in a folder, newest first.
///
/// # Errors
/// If a file cannot be read. A folder that is not there has no mails yet.
pub fn list(folder: &Path) -> io::Result<AnyView> {
    let mut names = names(folder)?;
    names.sort_by(|a, b| b.cmp(a));
    let mut mails = Vec::new();
    for name in names.into_iter().take(SHOWN) {
        let (recipient, subject, _) = read(folder, &name)?;
        mails.push(view! {
            <li>
                <a href=format!("/dev/mail/{}", name.trim_end_matches(".txt"))>{subject}</a>
                {format!(" {recipient}")}
            </li>
        });
    }
    let empty = mails.is_empty().then(|| view! { <p>{text::mail_dev_empty()}</p> });
    Ok(view! {
        <h1>{text::mail_dev_heading()}</h1>
        <p>{text::mail_dev_about()}</p>
        {empty}
        <ul>{mails}</ul>
    }
    .into_any())
}

/// One mail; `None` if there is none of this name.
///
/// # Errors
/// If its file cannot be read.
pub fn one(folder: &Path, name: &str) -> io::Result<Option<AnyView>> {
    // Only names that the sender gives: no way out of the folder.
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Ok(None);
    }
    let (recipient, subject, body) = match read(folder, &format!("{name}.txt")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    Ok(Some(
        view! {
            <h1>{subject}</h1>
            <p>{text::mail_dev_to(recipient)}</p>
            <pre class="mail-text">{body}</pre>
            <p><a href="/dev/mail">{text::mail_dev_heading()}</a></p>
        }
        .into_any(),
    ))
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".txt") {
            names.push(name);
        }
    }
    Ok(names)
}

fn read(folder: &Path, name: &str) -> io::Result<(String, String, String)> {
    let text = std::fs::read_to_string(folder.join(name))?;
    let mut parts = text.splitn(3, '\n');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    Ok((next(), next(), next().trim().to_owned()))
}
