//! Sends what is in the queue: by SMTP, or as files into a folder where no mail server is told.

use super::{Mail, db};
use crate::clock::Clock;
use crate::database::Database;
use crate::queue::{Bell, Queue, keep_working, work_off};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

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

/// The mails that wait, and how they leave.
#[derive(Clone)]
struct Outgoing {
    database: Database,
    transport: Transport,
}

impl Queue for Outgoing {
    type Item = Mail;
    type Outcome = Result<(), String>;
    type Round = Sent;
    const AT_ONCE: usize = 4;

    async fn take(&self, now: i64) -> Result<Option<Mail>, sqlx::Error> {
        db::take_due(&self.database, now).await
    }

    async fn work(&self, mail: &Mail, now: i64) -> Result<(), String> {
        if mail.expires_at <= now { Err("of no use any more".to_owned()) } else { self.transport.send(mail).await }
    }

    async fn settle(&self, mail: &Mail, outcome: Result<(), String>, now: i64, round: &mut Sent) -> Result<(), sqlx::Error> {
        match outcome {
            Ok(()) => {
                round.sent += 1;
                db::sent(&self.database, &mail.id, now).await
            }
            Err(cause) => {
                tracing::error!(mail = mail.id, tries = mail.tries, cause, "a mail could not be sent");
                round.failed += 1;
                db::failed(&self.database, mail, &cause, now).await
            }
        }
    }
}

/// Sends everything that is due.
///
/// # Errors
/// If the database fails. What the mail server refuses is written down with the mail.
pub async fn send_due(database: &Database, transport: &Transport, clock: &Clock) -> Result<Sent, sqlx::Error> {
    work_off(&Outgoing { database: database.clone(), transport: transport.clone() }, clock).await
}

/// Sends until the task is ended: at once when the bell rings.
pub async fn keep_sending(database: Database, transport: Transport, clock: Clock, bell: Bell) {
    keep_working(Outgoing { database, transport }, clock, bell).await;
}

impl fmt::Display for NotATransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mails cannot be sent so: {}", self.0)
    }
}

impl std::error::Error for NotATransport {}
