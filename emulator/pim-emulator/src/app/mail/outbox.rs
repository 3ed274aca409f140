//! The mails of a tenant, read out of its log.

use super::facts::{Facts, address_of, addresses};
use super::words;
use crate::app::Tenant;
use pim_core::model::{Addressees, Mail, MailClass, RuleId};
use pim_core::time::Instant;
use pim_core::{Event, PrincipalId, RequestId, TenantId};
use uuid::Uuid;

/// How many records of the log are looked at at once.
const CHUNK: usize = 256;

/// How many mails an event has at most: one for each class of people. The ids of mails leave room for so many; that of the
/// last one of an event is so many times the number of the event.
const EACH: u64 = MailClass::ALL.len() as u64;

/// A mail as its recipients get it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The tenant that it comes from.
    pub tenant: TenantId,
    /// Its id. Later mails have higher ones.
    pub id: u64,
    /// When it was sent, in the tenant's time.
    pub at: Instant,
    /// The addresses that it goes to, each once.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The content as plain text.
    pub text: String,
    /// The content as HTML.
    pub html: String,
    /// What it tells of, in one word.
    pub event: &'static str,
    /// The class of people that it tells.
    pub class: MailClass,
    /// The rule of policy that let it through.
    pub rule: Option<RuleId>,
    /// The request behind it.
    pub request: Option<RequestId>,
}

/// Which mails are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those to somebody: an address in any case, or a user by id, name to sign in with or name in the world.
    pub to: Option<String>,
    /// Those to a class of people.
    pub class: Option<MailClass>,
}

/// The mails of a tenant after one of them, in order.
#[derive(Debug)]
pub struct Outbox<'a> {
    tenant: &'a Tenant,
    /// The id after which the next ones come.
    after: u64,
}

impl<'a> Outbox<'a> {
    /// Those with a higher id than this. Whatever is due happens first.
    #[must_use]
    pub fn after(tenant: &'a Tenant, id: u64) -> Self {
        tenant.read(|_| ());
        let log = tenant.log();
        Self { tenant, after: id.clamp((log.first() - 1) * EACH, log.last() * EACH) }
    }

    /// Those of the events after a number.
    pub(super) fn after_event(tenant: &'a Tenant, number: u64) -> Self {
        Self::after(tenant, number.saturating_mul(EACH))
    }

    /// The id up to which mails have been read.
    #[must_use]
    pub const fn read_up_to(&self) -> u64 {
        self.after
    }

    /// The number of the last event whose mails have all been read.
    pub(super) const fn read_up_to_event(&self) -> u64 {
        self.after / EACH
    }

    /// The next mails that are wanted, at most `limit`; fewer only where there are no more.
    pub fn take(&mut self, filter: &Filter, limit: usize) -> Vec<Letter> {
        let mut letters = Vec::new();
        let to = filter.to.as_deref().map(|to| self.address(to));
        while letters.len() < limit {
            let Some(read) = self.step() else { break };
            for letter in read {
                let is_wanted = filter.class.is_none_or(|class| class == letter.class)
                    && to.as_deref().is_none_or(|to| letter.to.iter().any(|it| it.eq_ignore_ascii_case(to)));
                if is_wanted && letters.len() == limit {
                    self.after = letter.id - 1;
                    break;
                }
                letters.extend(is_wanted.then_some(letter));
            }
        }
        letters
    }

    /// The mails among the next records; none when there are no more records.
    pub(super) fn step(&mut self) -> Option<Vec<Letter>> {
        let records = self.tenant.log().after(self.read_up_to_event(), CHUNK);
        let after = std::mem::replace(&mut self.after, records.last()?.0 * EACH);
        let mails: Vec<_> = records
            .into_iter()
            .filter_map(|(number, recorded)| {
                let at = recorded.at;
                if let Event::MailSent(mail) = recorded.event { Some((number, at, mail)) } else { None }
            })
            .collect();
        if mails.is_empty() {
            return Some(Vec::new());
        }
        let looked_up: Vec<_> = self.tenant.read(|view| {
            let addresses = |mail: &Mail| mail.to.iter().map(|it| addresses(view, &it.people)).collect::<Vec<_>>();
            mails.iter().map(|(_, _, mail)| (addresses(mail), Facts::of(view, mail))).collect()
        });
        let letters = mails
            .iter()
            .zip(looked_up)
            .flat_map(|((number, at, mail), (to, facts))| letters((self.tenant.id(), *number, *at), mail, to, &facts));
        Some(letters.filter(|letter| letter.id > after).collect())
    }

    /// The address that is meant.
    fn address(&self, to: &str) -> String {
        let found = self.tenant.read(|view| {
            let by_name = self.tenant.names().users.get(to).copied();
            let by_id = || Uuid::try_parse(to).ok().map(PrincipalId);
            let by_sign_in = || view.user_named(to).map(|user| user.id);
            by_name.or_else(by_id).or_else(by_sign_in).and_then(|user| address_of(view, user))
        });
        found.unwrap_or_else(|| to.to_owned())
    }
}

/// The mails of an event, to the addresses of each class of people.
fn letters(
    (tenant, number, at): (TenantId, u64, Instant),
    mail: &Mail,
    to: Vec<Vec<String>>,
    facts: &Facts,
) -> Vec<Letter> {
    let first = number * EACH + 1 - mail.to.len() as u64;
    (first..)
        .zip(mail.to.iter().zip(to))
        .map(|(id, (addressees, to))| letter((tenant, id, at), (mail, addressees), to, facts))
        .collect()
}

fn letter(
    (tenant, id, at): (TenantId, u64, Instant),
    (mail, addressees): (&Mail, &Addressees),
    to: Vec<String>,
    facts: &Facts,
) -> Letter {
    let page = words::page(mail.notice, addressees.class, facts);
    Letter {
        tenant,
        id,
        at,
        to,
        subject: page.subject(),
        text: page.text(),
        html: page.html(),
        event: mail.notice.name(),
        class: addressees.class,
        rule: addressees.rule,
        request: mail.request,
    }
}
