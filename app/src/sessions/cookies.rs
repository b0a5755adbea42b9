//! The cookies of this service: all for the server alone, all secrets of [`crate::secret::random`].

use crate::secret::is_secret;

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in.
    Session,
    /// That this browser may sign in without a code from the mailbox.
    Device,
    /// The browser in which a procedure was begun: a link or a form of it is of no use in another.
    Browser,
}

impl Cookie {
    /// Its name. Behind TLS the prefix `__Host-` makes browsers refuse one that another host or an insecure page has set.
    #[must_use]
    pub fn name(self, is_secure: bool) -> String {
        let own = match self {
            Self::Session => "mypage-session",
            Self::Device => "mypage-device",
            Self::Browser => "mypage-browser",
        };
        format!("{}{own}", if is_secure { "__Host-" } else { "" })
    }
}

/// How cookies are written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieRules {
    /// Whether the site is behind TLS.
    pub is_secure: bool,
}

impl CookieRules {
    /// The secret in a cookie of a request's `Cookie` headers; `None` if there is none or it is none of ours.
    pub fn read<'h>(self, headers: impl Iterator<Item = &'h str>, cookie: Cookie) -> Option<String> {
        let name = cookie.name(self.is_secure);
        headers
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(own, value)| *own == name && is_secret(value))
            .map(|(_, value)| value.to_owned())
    }

    /// The `Set-Cookie` header that keeps a secret for `seconds`.
    #[must_use]
    pub fn keep(self, cookie: Cookie, secret: &str, seconds: i64) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", cookie.name(self.is_secure))
    }

    /// The `Set-Cookie` header that takes it away.
    #[must_use]
    pub fn forget(self, cookie: Cookie) -> String {
        self.keep(cookie, "", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: CookieRules = CookieRules { is_secure: false };
    const SECURE: CookieRules = CookieRules { is_secure: true };

    #[test]
    fn behind_tls_a_cookie_is_bound_to_the_host_and_no_script_reads_it() {
        let secret = "a".repeat(64);
        assert_eq!(
            SECURE.keep(Cookie::Session, &secret, 60),
            format!("__Host-mypage-session={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
        );
        assert_eq!(PLAIN.forget(Cookie::Device), "mypage-device=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn a_cookie_is_found_among_others_and_what_is_no_secret_is_none() {
        let secret = "b".repeat(64);
        let header = format!("x=1; mypage-session={secret}; mypage-device=short");
        let read = |cookie| PLAIN.read([header.as_str()].into_iter(), cookie);
        assert_eq!(read(Cookie::Session), Some(secret.clone()));
        assert_eq!(read(Cookie::Device), None);
        assert_eq!(read(Cookie::Browser), None);
        assert_eq!(SECURE.read([header.as_str()].into_iter(), Cookie::Session), None, "set by who knows whom");
    }
}
