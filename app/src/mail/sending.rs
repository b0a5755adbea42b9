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

/// Sends everything that is due, some mails at once. The clock is asked each time: what is written meanwhile has its turn.
///
/// # Errors
/// If the database fails; what was on its way is settled before. What the mail server refuses is written down with the mail.
pub async fn send_due(database: &Database, transport: &Transport, clock: &Clock) -> Result<Sent, sqlx::Error> {
    let (mut round, mut running, mut failure) = (Sent::default(), JoinSet::new(), None);
    loop {
        while failure.is_none() && running.len() < AT_ONCE {
            match db::take_due(database, clock.now()).await {
                Ok(Some(mail)) => {
                    let (transport, now) = (transport.clone(), clock.now());
                    running.spawn(async move {
                        let is_of_use = now < mail.expires_at;
                        let outcome = if is_of_use { transport.send(&mail).await } else { Err("of no use any more".to_owned()) };
                        (mail, outcome)
                    });
                }
                Ok(None) => break,
                Err(error) => failure = Some(error),
            }
        }
        match running.join_next().await {
            None => return failure.map_or(Ok(round), Err),
            Some(Ok((mail, outcome))) => {
                if let Err(error) = settle(database, &mail, outcome, clock.now(), &mut round).await {
                    failure.get_or_insert(error);
                }
            }
            // It is tried again when its turn is over.
            Some(Err(error)) => tracing::error!(%error, "a mail ended in a panic"),
        }
    }
}

async fn settle(database: &Database, mail: &Mail, outcome: Result<(), String>, now: i64, round: &mut Sent) -> Result<(), sqlx::Error> {
    match outcome {
        Ok(()) => {
            round.sent += 1;
            db::sent(database, &mail.id, now).await
        }
        Err(cause) => {
            tracing::error!(mail = mail.id, tries = mail.tries, cause, "a mail could not be sent");
            round.failed += 1;
            db::failed(database, mail, &cause, now).await
        }
    }
}

/// Sends until the task is ended: at once when the bell rings.
pub async fn keep_sending(database: Database, transport: Transport, clock: Clock, bell: Bell) {
    loop {
        let pause = match send_due(&database, &transport, &clock).await {
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
