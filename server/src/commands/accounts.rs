//! Flags about accounts and mails, for every command that needs them.

use crate::keys::{field_keys, session_key, vapid_key};
use app::account::Settings;
use app::documents::Store;
use app::mail::Transport;
use app::offices::Offices;
use app::push::{Push, Services};
use app::sealing::FieldKeys;
use axum::http::{HeaderName, Uri};
use clap::Args;
use std::error::Error;
use std::path::{Path, PathBuf};

/// Flags about accounts and mails.
#[derive(Args)]
pub struct AccountOptions {
    /// The address of the site as people type it. `https://` makes cookies secure.
    #[arg(long, env = "MYPAGE_ORIGIN", default_value = "http://localhost:3000", value_parser = origin)]
    origin: String,
    /// Only show the service: missing keys are made, mails can be read at /dev/mail by anyone.
    #[arg(long, env = "MYPAGE_DEMO", value_parser = clap::builder::FalseyValueParser::new(), num_args = 0..=1, default_value = "false", default_missing_value = "true")]
    pub demo: bool,
    /// The key of sessions and codes, 64 hexadecimal digits. Without it nobody can sign in.
    #[arg(long, env = "MYPAGE_SESSION_KEY", hide_env_values = true)]
    session_key: Option<String>,
    /// The keys of disability data, 64 hexadecimal digits each, with commas between: the first seals, all open. Without them nobody can register.
    #[arg(long, env = "MYPAGE_FIELD_KEY", hide_env_values = true)]
    field_key: Option<String>,
    /// The offices that people are invited to: a line each, name, JIS code of the municipality, address, with tabs between.
    #[arg(long, env = "MYPAGE_OFFICES")]
    offices: Option<PathBuf>,
    /// The mail server: `smtps://name:password@host`. Without it mails become files under the data folder.
    #[arg(long, env = "MYPAGE_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// Whom mails come from; `no-reply@` the site unless told.
    #[arg(long, env = "MYPAGE_MAIL_FROM")]
    mail_from: Option<String>,
    /// The key that push services know this site by, 64 hexadecimal digits. Without it there are no pushes.
    #[arg(long, env = "MYPAGE_VAPID_KEY", hide_env_values = true)]
    vapid_key: Option<String>,
    /// Push services beside those of the browsers: origins with commas between.
    #[arg(long, env = "MYPAGE_PUSH_SERVICES", default_value = "", hide_default_value = true)]
    push_services: Services,
    /// The header in which a proxy in front tells the address of the client, such as `x-forwarded-for`. Only behind such a proxy.
    #[arg(long, env = "MYPAGE_CLIENT_ADDRESS_HEADER")]
    client_address_header: Option<HeaderName>,
}

impl AccountOptions {
    /// How accounts are set up; `None` without a key.
    ///
    /// # Errors
    /// If a key is no key, or the file of demo mode is not to be had.
    pub fn settings(&self, data: &Path) -> std::io::Result<Option<Settings>> {
        let Some(key) = session_key(self.session_key.as_deref(), self.demo, data)? else { return Ok(None) };
        Ok(Some(Settings {
            key,
            field_keys: self.field_keys(data)?,
            documents: Store::new(data.join("documents")),
            offices: self.offices()?,
            origin: self.origin.clone(),
            is_demo: self.demo,
            mail_folder: data.join("mail"),
            client_address_header: self.client_address_header.clone(),
            bell: app::mail::Bell::default(),
            push: vapid_key(self.vapid_key.as_deref(), self.demo, data)?.map(|key| Push {
                key,
                services: self.push_services.clone(),
                bell: app::mail::Bell::default(),
            }),
        }))
    }

    /// The offices of the file; without one those of the demonstration in demo mode, otherwise none.
    fn offices(&self) -> std::io::Result<Offices> {
        let Some(path) = &self.offices else { return Ok(if self.demo { Offices::demo() } else { Offices::default() }) };
        let table =
            std::fs::read_to_string(path).map_err(|error| std::io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        let (offices, bad) = Offices::read(&table);
        for line in bad {
            tracing::warn!("{}: {line}", path.display());
        }
        Ok(offices)
    }

    /// The keys of sealed fields; `None` if there are none.
    ///
    /// # Errors
    /// If a key is no key, or the file of demo mode is not to be had.
    pub fn field_keys(&self, data: &Path) -> std::io::Result<Option<FieldKeys>> {
        field_keys(self.field_key.as_deref(), self.demo, data)
    }

    /// How mails leave.
    ///
    /// # Errors
    /// If the mail server's or the sender's address cannot be read.
    pub fn transport(&self, data: &Path) -> Result<Transport, Box<dyn Error + Send + Sync>> {
        let Some(url) = &self.smtp_url else { return Ok(Transport::Folder(data.join("mail"))) };
        let from = match &self.mail_from {
            Some(from) => from.clone(),
            None => format!("no-reply@{}", self.origin.parse::<Uri>()?.host().unwrap_or("localhost")),
        };
        Ok(Transport::smtp(url, &from)?)
    }
}

/// A scheme and a host, without a path.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let uri: Uri = text.parse().map_err(|error| format!("{error}"))?;
    let is_origin = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some() && matches!(uri.path(), "" | "/");
    if is_origin && uri.query().is_none() { Ok(text.to_owned()) } else { Err("an origin is http(s)://host, without a path".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_a_scheme_and_a_host_alone() {
        assert_eq!(origin("https://mypage.example/").as_deref(), Ok("https://mypage.example"));
        assert_eq!(origin("http://localhost:3000").as_deref(), Ok("http://localhost:3000"));
        for text in ["mypage.example", "ftp://mypage.example", "https://mypage.example/path", "https://mypage.example?q", ""] {
            assert!(origin(text).is_err(), "{text}");
        }
    }
}
