//! Sends what is in the queue: by SMTP, or as files into a folder where no mail server is told.

use super::{Bell, Mail, db};
use crate::clock::Clock;
use crate::database::Database;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::task::JoinSet;

/// How long to wait for the bell before looking by oneself: other processes write mails too.
const PAUSE: Duration = Duration::from_secs(2);
/// How long to wait after the database failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(15);
/// How many are on their way at once [own].
const AT_ONCE: usize = 4;
/// How long one mail may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How mails leave.
#[derive(Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp {
        /// The server.
        server: Box<AsyncSmtpTransport<Tokio1Executor>>,
        /// Whom they come from.
        from: Mailbox,
    },
    /// As files: `/dev/mail` shows them in demo mode.
    Folder(PathBuf),
}

/// The address of the mail server or of the sender cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATransport(String);

impl Transport {
    /// To the mail server at `url` (`smtp://` or `smtps://`, with name and password if it wants them), from the address `from`.
    ///
    /// # Errors
    /// If either cannot be read.
    pub fn smtp(url: &str, from: &str) -> Result<Self, NotATransport> {
        let from = from.parse().map_err(|error| NotATransport(format!("{from}: {error}")))?;
        // The URL holds a password: it is not in the message.
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| NotATransport(error.to_string()))?;
        Ok(Self::Smtp { server: Box::new(server.timeout(Some(PATIENCE)).build()), from })
    }

    async fn send(&self, mail: &Mail) -> Result<(), String> {
        match self {
            Self::Smtp { server, from } => {
                let message = message(mail, from.clone())?;
                server.send(message).await.map(|_| ()).map_err(|error| error.to_string())
            }
            Self::Folder(folder) => {
                let (folder, mail) = (folder.clone(), mail.clone());
                tokio::task::spawn_blocking(move || put(&folder, &mail))
                    .await
                    .map_err(|error| error.to_string())?
                    .map_err(|e| e.to_string())
            }
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp { from, .. } => write!(f, "Smtp(from {from})"),
            Self::Folder(folder) => write!(f, "Folder({})", folder.display()),
        }
    }
}

fn message(mail: &Mail, from: Mailbox) -> Result<Message, String> {
    let to: Mailbox = mail.recipient.parse().map_err(|_| "the recipient's address cannot be used".to_owned())?;
    Message::builder()
        .from(from)
        .to(to)
        .subject(mail.subject.as_str())
        // The same name at every try: a mailbox that got it already can tell.
        .message_id(Some(format!("<{}@mypage>", mail.id)))
        .header(lettre::message::header::ContentType::TEXT_PLAIN)
        .body(mail.body.clone())
        .map_err(|error| error.to_string())
}

/// Writes `{instant}-{id}.txt`: recipient, subject, an empty line, the text. It is there whole or not at all.
fn put(folder: &Path, mail: &Mail) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let partial = folder.join(format!("{}.partial", mail.id));
    std::fs::write(&partial, format!("{}\n{}\n\n{}", mail.recipient, mail.subject, mail.body))?;
    std::fs::rename(partial, folder.join(format!("{:015}-{}.txt", mail.created_at, mail.id)))
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Mails that left.
    pub sent: u32,
    /// Mails that could not, and are tried again.
    pub failed: u32,
}

/// Sends everything that is due at `now`, some mails at once.
///
/// # Errors
/// If the database fails. What the mail server refuses is written down with the mail.
pub async fn send_due(database: &Database, transport: &Transport, now: i64) -> Result<Sent, sqlx::Error> {
    let (mut round, mut running) = (Sent::default(), JoinSet::new());
    loop {
        while running.len() < AT_ONCE
            && let Some(mail) = db::take_due(database, now).await?
        {
            let transport = transport.clone();
            running.spawn(async move {
                let outcome = if mail.expires_at <= now { Err("of no use any more".to_owned()) } else { transport.send(&mail).await };
                (mail, outcome)
            });
        }
        let Some(done) = running.join_next().await else { return Ok(round) };
        // What ended in a panic is tried again when its turn is over.
        let (mail, outcome) = match done {
            Ok(done) => done,
            Err(error) => {
                tracing::error!(%error, "a mail ended in a panic");
                continue;
            }
        };
        match outcome {
            Ok(()) => {
                db::sent(database, &mail.id, now).await?;
                round.sent += 1;
            }
            Err(cause) => {
                tracing::error!(mail = mail.id, tries = mail.tries, cause, "a mail could not be sent");
                db::failed(database, &mail, &cause, now).await?;
                round.failed += 1;
            }
        }
    }
}

/// Sends until the task is ended: at once when the bell rings.
pub async fn keep_sending(database: Database, transport: Transport, clock: Clock, bell: Bell) {
    loop {
        let pause = match send_due(&database, &transport, clock.now()).await {
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "mails could not be taken from the queue");
                PAUSE_AFTER_FAILURE
            }
        };
        // Either reason to go on is as good.
        let _either = tokio::time::timeout(pause, bell.notified()).await;
    }
}

impl fmt::Display for NotATransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mails cannot be sent so: {}", self.0)
    }
}

impl std::error::Error for NotATransport {}
