//! Mails: the outbox, as people read it, and the way out of it.
//!
//! Who is told of what is decided by the machine and stands in the log. Everything here is made from that whenever somebody
//! asks: texts and addresses are kept nowhere (NOT-24).
//!
//! Deliberately absent: a record of what was read or delivered, and a second try elsewhere (NOT-23).

mod facts;
mod outbox;
mod page;
mod relay;
mod words;

pub use outbox::{Filter, Letter, Outbox};
pub use relay::{SmtpRelay, SmtpUrlError};

/// The name that mails come from (NOT-1).
pub const SENDER_NAME: &str = "Microsoft Security";

/// The address that mails come from (NOT-1).
pub const SENDER: &str = "MSSecurity-noreply@microsoft.com";
