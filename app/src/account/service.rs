//! What the handlers of forms work with.

use super::access::CurrentUser;
use super::db;
use super::hashing::Hasher;
use super::limits::Limit;
use super::proof::{CODE_VALID_MS, Detail, Proof, Purpose};
use super::{AccountId, email_key, limits};
use crate::documents::Store;
use crate::mail::{self, Bell, Letter};
use crate::offices::Offices;
use crate::push::Push;
use crate::sealing::FieldKeys;
use crate::secret::{self, Key};
use crate::sessions::{self, cookies::CookieRules};
use crate::state::AppState;
use crate::ui::PlainShell;
use axum::http::HeaderName;
use sqlx::{Any, Transaction};
use std::path::PathBuf;
use std::sync::Arc;

/// How this service is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key of all hashes (`MYPAGE_SESSION_KEY`).
    pub key: Key,
    /// The keys of sealed fields (`MYPAGE_FIELD_KEY`); without them registrations are closed.
    pub field_keys: Option<FieldKeys>,
    /// Where the bytes of documents are.
    pub documents: Store,
    /// The offices that people are invited to.
    pub offices: Offices,
    /// The address of the site, without a slash at its end: `https://mypage.example`.
    pub origin: String,
    /// Whether it only shows itself: mails can be read at `/dev/mail`.
    pub is_demo: bool,
    /// Where mails become files.
    pub mail_folder: PathBuf,
    /// The header in which a proxy in front tells whose request it is; its last entry counts.
    pub client_address_header: Option<HeaderName>,
    /// Rings when a mail was written.
    pub bell: Bell,
    /// How web push is set up; without it notices come by mail alone.
    pub push: Option<Push>,
}

impl Settings {
    /// How cookies are written.
    #[must_use]
    pub fn cookies(&self) -> CookieRules {
        CookieRules { is_secure: self.origin.starts_with("https://") }
    }

    /// Tells the senders of mails and pushes that something was queued.
    pub fn ring(&self) {
        self.bell.notify_one();
        if let Some(push) = &self.push {
            push.bell.notify_one();
        }
    }
}

/// Handles to everything that accounts need; cheap to clone.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// The running service.
    pub state: AppState,
    /// How it is set up.
    pub settings: Arc<Settings>,
    /// The shell around pages.
    pub shell: PlainShell,
    /// Hashes passwords.
    pub hasher: Hasher,
}

/// A proof that was begun.
pub struct Begun {
    /// Names it in addresses.
    pub token: String,
}

/// What is asked for when a proof is begun.
pub struct Ask<'a> {
    /// What for.
    pub purpose: Purpose,
    /// Whose mailbox.
    pub email: &'a str,
    /// The account that it opens. `None`: no code will be right, unless it is for signing up.
    pub account: Option<&'a AccountId>,
    /// Whether the code can be right at all.
    pub is_real: bool,
    /// What counts at the end.
    pub detail: Detail,
    /// The hash of the browser's secret.
    pub browser_hash: &'a str,
    /// What the browser is called.
    pub device: &'a str,
    /// The form's own key: the same form gives the same token.
    pub form: &'a str,
}

impl Accounts {
    /// Who is signed in with the secret of a cookie. Writes down that the session was used, now and then.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn user(&self, session_token: &str) -> Result<Option<CurrentUser>, sqlx::Error> {
        let (now, database) = (self.state.clock.now(), &self.state.database);
        let Some((user, session)) = sessions::db::find(database, &self.session_hash(session_token), now).await? else { return Ok(None) };
        if session.is_to_be_touched(now) {
            sessions::db::touch(database, &session.id, now).await?;
        }
        Ok(Some(user))
    }

    /// The hash that a session is kept under.
    #[must_use]
    pub fn session_hash(&self, token: &str) -> String {
        self.key().mac("session", &[token])
    }

    /// The hash that a trusted browser is kept under.
    #[must_use]
    pub fn device_hash(&self, token: &str) -> String {
        self.key().mac("device", &[token])
    }

    /// The hash that a proof, an invitation … is kept under.
    #[must_use]
    pub fn token_hash(&self, token: &str) -> String {
        self.key().mac("token", &[token])
    }

    /// The hash of a code from the mailbox.
    #[must_use]
    pub fn code_hash(&self, token_hash: &str, code: &str) -> String {
        self.key().mac("code", &[token_hash, code])
    }

    /// The hash of a recovery code.
    #[must_use]
    pub fn recovery_hash(&self, account: &AccountId, code: &str) -> String {
        self.key().mac("recovery", &[account.as_str(), code])
    }

    /// The key of all hashes.
    #[must_use]
    pub fn key(&self) -> &Key {
        &self.settings.key
    }

    /// Counts one more try.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn passes(&self, limit: &Limit) -> Result<bool, sqlx::Error> {
        db::take(&self.state.database, limit, self.state.clock.now()).await
    }

    /// Whether one more mail with a code may go to this address. Both counters count every time, known address or not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn may_mail(&self, email: &str, network: &str) -> Result<bool, sqlx::Error> {
        let email = email_key(email);
        let own = self.passes(&limits::mails_from_network(self.key(), &email, network)).await?;
        // What one network was refused does not count against the others.
        Ok(own && self.passes(&limits::mails_to_address(self.key(), &email)).await?)
    }

    /// Writes a mail into the queue, in the transaction of what it tells; [`Accounts::ring`] after the commit.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn write_mail(&self, transaction: &mut Transaction<'_, Any>, to: &str, letter: &Letter) -> Result<String, sqlx::Error> {
        let (subject, body) = letter.written(&self.settings.origin);
        let useful = letter.has_code().then_some(CODE_VALID_MS);
        mail::db::write(transaction, to, (subject, &body), self.state.clock.now(), useful).await
    }

    /// [`Settings::ring`].
    pub fn ring(&self) {
        self.settings.ring();
    }

    /// Begins a proof and sends its first mail.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_proof(&self, transaction: &mut Transaction<'_, Any>, ask: Ask<'_>) -> Result<Begun, sqlx::Error> {
        let token = self.key().mac("proof", &[ask.form, ask.browser_hash, ask.purpose.code()]);
        let token_hash = self.token_hash(&token);
        let (code, code_hash) = self.new_code(&token_hash, ask.is_real);
        let letter = letter(ask.purpose, ask.is_real, code, ask.device);
        let mail_id = self.write_mail(transaction, ask.email, &letter).await?;
        let now = self.state.clock.now();
        let proof = Proof {
            token_hash,
            purpose: ask.purpose,
            email: ask.email.to_owned(),
            account: ask.account.cloned(),
            browser_hash: ask.browser_hash.to_owned(),
            code_hash,
            detail: ask.detail,
            mail_id,
            created_at: now,
            sent_at: now,
            sends: 1,
            tries: 0,
            proved_at: None,
            done_at: None,
        };
        db::begin_proof(transaction, &proof).await?;
        Ok(Begun { token })
    }

    /// Sends a new code in place of the last one; `false` if a twin was faster.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn resend(&self, transaction: &mut Transaction<'_, Any>, proof: &Proof, device: &str) -> Result<bool, sqlx::Error> {
        let is_real = self.can_be_right(proof);
        let (code, code_hash) = self.new_code(&proof.token_hash, is_real);
        let mail_id = self.write_mail(transaction, &proof.email, &letter(proof.purpose, is_real, code, device)).await?;
        db::resend_code(transaction, proof, &code_hash, &mail_id, self.state.clock.now()).await
    }

    /// Whether a code of this proof can be right: not where a mail told that the address has an account already, or has none.
    #[must_use]
    pub fn can_be_right(&self, proof: &Proof) -> bool {
        proof.code_hash != self.no_code_hash(&proof.token_hash)
    }

    fn no_code_hash(&self, token_hash: &str) -> String {
        // No code reads as this.
        self.code_hash(token_hash, "none")
    }

    fn new_code(&self, token_hash: &str, is_real: bool) -> (String, String) {
        let code = secret::random_digits(super::CODE_DIGITS);
        let hash = if is_real { self.code_hash(token_hash, &code) } else { self.no_code_hash(token_hash) };
        (code, hash)
    }
}

/// What the mail of a proof says. Where no code can be right it says why, to the owner of the mailbox alone.
fn letter(purpose: Purpose, is_real: bool, code: String, device: &str) -> Letter {
    match (purpose, is_real) {
        (Purpose::SignUp, true) => Letter::SignUpCode(code),
        (Purpose::SignUp, false) => Letter::AlreadyHere,
        (Purpose::SignIn | Purpose::CodeFirst, true) => Letter::SignInCode(code, device.to_owned()),
        (Purpose::Reset, true) => Letter::ResetCode(code),
        (Purpose::SignIn | Purpose::CodeFirst | Purpose::Reset, false) => Letter::NobodyHere,
        (Purpose::NewAddress, true) => Letter::NewAddressCode(code),
        (Purpose::NewAddress, false) => Letter::AddressInUse,
    }
}
