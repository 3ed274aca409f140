//! The way out: every mail of every tenant, handed to a mail server.
//!
//! A carrier for each tenant follows its log. What always holds:
//! - The mails of a tenant arrive in the order in which they were sent.
//! - A server that is away or says "not now" is tried again, for as long as the tenant is there; what it refuses for good is
//!   told and left out.
//! - No tenant waits for the server. A reset takes back what has not arrived yet.
//!
//! Deliberately absent: a memory of what arrived. After a restart every tenant begins anew, and so do its mails.

use super::outbox::{Letter, Outbox};
use super::{SENDER, SENDER_NAME};
use crate::app::App;
use crate::app::following::{Follower, Following, Pauses};
use lettre::address::{Address, AddressError};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// How many addresses one message carries at most: what every server must take.
const MOST: usize = 100;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// The URL does not name a mail server. The text is meant for the person who wrote it.
#[derive(Debug)]
pub struct SmtpUrlError(String);

impl From<smtp::Error> for SmtpUrlError {
    fn from(error: smtp::Error) -> Self {
        Self(std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string))
    }
}

impl fmt::Display for SmtpUrlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(cause) = self;
        write!(out, "write smtp://host:port, or smtps://user:password@host:port for a server behind TLS ({cause})")
    }
}

impl std::error::Error for SmtpUrlError {}

type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// A mail server, and whom to tell when it makes trouble.
#[derive(Clone)]
pub struct SmtpRelay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    tell: Tell,
}

impl fmt::Debug for SmtpRelay {
    /// Without the password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SmtpRelay").finish_non_exhaustive()
    }
}

impl SmtpRelay {
    /// The server that a URL names, such as `smtp://localhost:1025` or `smtps://user:password@mail.example`. Nothing is
    /// connected yet.
    ///
    /// # Errors
    /// [`SmtpUrlError`] when it does not name one.
    pub fn to(url: &str) -> Result<Self, SmtpUrlError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?;
        // Such a URL is one all the same, and a connection to nowhere would be tried for ever.
        if url.split_once("://").is_none_or(|(_, rest)| rest.is_empty() || rest.starts_with(['/', ':', '?'])) {
            return Err(SmtpUrlError("it names no host".to_owned()));
        }
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), tell: Arc::new(|_| {}) })
    }

    /// The same, with somebody who is told in words when a mail cannot be delivered.
    #[must_use]
    pub fn telling(self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), ..self }
    }

    /// Carries the mails of all tenants, those of now and those to come, until it is dropped. Needs a runtime.
    #[must_use]
    pub fn send_for(self, app: Arc<App>) -> Following {
        Following::all(app, move |follower| Carrier { relay: self.clone(), follower }.run())
    }
}

/// How a mail is handed over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Attempt {
    /// To all at once; who is refused is found out after.
    Together,
    /// To one, who may be tried again once the others have theirs.
    Alone,
    /// To one, for the last time.
    Last,
}

/// Whoever carries the mails of one tenant.
struct Carrier {
    relay: SmtpRelay,
    follower: Follower,
}

impl Carrier {
    async fn run(mut self) {
        while let Some((letters, until_due)) = self.fetch() {
            match letters {
                Some(letters) => {
                    for letter in letters {
                        self.deliver(&letter).await;
                    }
                }
                None => self.follower.wait(until_due).await,
            }
        }
    }

    /// The mails among the next records, if there are records, and how long it is until something happens by itself; none
    /// when the tenant is gone.
    fn fetch(&mut self) -> Option<(Option<Vec<Letter>>, Duration)> {
        let tenant = self.follower.look()?;
        let mut outbox = Outbox::after_event(&tenant, self.follower.after);
        let letters = outbox.step();
        self.follower.after = outbox.read_up_to_event();
        Some((letters, tenant.until_due()))
    }

    async fn deliver(&self, letter: &Letter) {
        let (to, wrong): (Vec<_>, Vec<_>) = letter.to.iter().map(|it| it.parse::<Address>()).partition(Result::is_ok);
        for error in wrong.into_iter().filter_map(Result::err) {
            self.tell(letter, &error);
        }
        let to: Vec<Address> = to.into_iter().flatten().collect();
        let (mut pauses, mut postponed) = (Pauses::new(), Vec::new());
        for some in to.chunks(MOST) {
            if some.len() > 1 && self.send(letter, some, Attempt::Together, &mut pauses).await {
                continue;
            }
            // One address that is refused must not keep the mail from the others.
            for one in some.chunks(1) {
                if !self.send(letter, one, Attempt::Alone, &mut pauses).await {
                    postponed.push(one);
                }
            }
        }
        for one in postponed {
            self.send(letter, one, Attempt::Last, &mut pauses).await;
        }
    }

    /// Hands a mail over, however long the server takes; answers false when there is something else to try.
    async fn send(&self, letter: &Letter, to: &[Address], attempt: Attempt, pauses: &mut Pauses) -> bool {
        while self.follower.is_wanted() {
            let message = match message(letter, to) {
                Ok(message) => message,
                Err(error) => {
                    self.tell(letter, &error);
                    return true;
                }
            };
            match self.relay.transport.send(message).await {
                Ok(_) => return true,
                Err(error) if error.is_permanent() || error.is_client() => match attempt {
                    Attempt::Together => return false,
                    Attempt::Alone | Attempt::Last => {
                        self.tell(letter, &error);
                        return true;
                    }
                },
                // One mailbox that is full must not keep the mail from the others, nor later mails for ever.
                Err(error) if is_of_a_mailbox(&error) && (attempt != Attempt::Last || pauses.are_long()) => {
                    match attempt {
                        Attempt::Together | Attempt::Alone => return false,
                        Attempt::Last => {
                            self.tell(letter, &error);
                            return true;
                        }
                    }
                }
                Err(error) => {
                    // Once for each mail that has to wait.
                    if pauses.is_first() {
                        (self.relay.tell)(&format!("the mail server does not take mails, trying on: {error}"));
                    }
                    pauses.pause().await;
                }
            }
        }
        true
    }

    fn tell(&self, letter: &Letter, error: &dyn fmt::Display) {
        (self.relay.tell)(&format!("the mail '{}' was not delivered: {error}", letter.subject));
    }
}

/// Whether an error is one mailbox's and may pass: the server itself is well.
fn is_of_a_mailbox(error: &smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 450..=452))
}

/// The mail as it goes over the wire, dated in the tenant's time. The same mail always has the same id.
fn message(letter: &Letter, to: &[Address]) -> Result<Message, MessageError> {
    let since = u64::try_from(letter.at.milliseconds()).unwrap_or_default();
    let sender = Mailbox::new(Some(SENDER_NAME.to_owned()), SENDER.parse()?);
    let message = Message::builder()
        .from(sender)
        .subject(&letter.subject)
        .date(UNIX_EPOCH + Duration::from_millis(since))
        .message_id(Some(format!("<{}.{}@pim-emulator>", letter.id, letter.tenant)));
    let message = to.iter().fold(message, |message, address| message.to(Mailbox::new(None, address.clone())));
    let content = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    Ok(message.multipart(content)?)
}

/// A mail that cannot be put together.
#[derive(Debug)]
enum MessageError {
    Address(AddressError),
    Message(lettre::error::Error),
}

impl fmt::Display for MessageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(error) => error.fmt(out),
            Self::Message(error) => error.fmt(out),
        }
    }
}

impl From<AddressError> for MessageError {
    fn from(error: AddressError) -> Self {
        Self::Address(error)
    }
}

impl From<lettre::error::Error> for MessageError {
    fn from(error: lettre::error::Error) -> Self {
        Self::Message(error)
    }
}
