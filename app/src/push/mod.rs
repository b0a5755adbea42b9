//! Web push: that there is a notice, on the phone of somebody who wants that, by way of the push service of its browser (RFC 8030). Encrypted for that
//! browser alone (RFC 8291), signed as ours (RFC 8292), and without content, as mails are: a locked screen is read by others. Never the only way: the
//! notice stands on its page.

pub mod api;
pub mod db;
mod encryption;
mod post;
mod sending;
mod service;
mod subscription;
mod vapid;

pub use post::{Outcome, Post};
pub use sending::{Sent, keep_sending, send_due};
pub use service::Services;
pub use subscription::{NotASubscription, Subscription};
pub use vapid::{NotAVapidKey, VapidKey};

use crate::queue::Bell;

/// How long a push may be late: what it tells is still true then.
pub const USEFUL_MS: i64 = crate::mail::USEFUL_MS;
/// The most browsers of an account that are told [own]; one more takes the place of the oldest.
pub const MOST_BROWSERS: i64 = 10;

/// How web push is set up.
#[derive(Clone, Debug)]
pub struct Push {
    /// The key that we are known by to push services (`MYPAGE_VAPID_KEY`).
    pub key: VapidKey,
    /// The push services that are called.
    pub services: Services,
    /// Rings when something was queued.
    pub bell: Bell,
}

/// Something to be told to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Names it.
    pub id: String,
    /// The browser.
    pub to: Subscription,
    /// What the screen shows below the name of the site.
    pub words: String,
    /// The page of ours that it leads to.
    pub path: String,
    /// From when on it is of no use, in milliseconds since 1970.
    pub expires_at: i64,
    /// How often it was tried.
    pub tries: i64,
}

impl Message {
    /// What the service worker reads (frontend/sw.js).
    fn json(&self) -> String {
        serde_json::json!({ "title": crate::text::ui_service_name(), "body": self.words, "path": self.path }).to_string()
    }
}

#[cfg(test)]
mod tests;
