//! The mails of a tenant, read out of its log.

use super::facts::{Facts, address_of, addresses};
use super::words;
use crate::app::Tenant;
use pim_core::model::{Mail, MailClass, RuleId};
use pim_core::time::Instant;
use pim_core::{Event, PrincipalId, RequestId, TenantId};
use uuid::Uuid;

/// How many records of the log are looked at at once.
const CHUNK: usize = 256;

/// A mail as its recipients get it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The tenant that it comes from.
    pub tenant: TenantId,
    /// Its number in the log.
    pub number: u64,
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

/// The mails of a tenant after a number, in order.
#[derive(Debug)]
pub struct Outbox<'a> {
    tenant: &'a Tenant,
    after: u64,
}

impl<'a> Outbox<'a> {
    /// Those after a number. Whatever is due happens first.
    #[must_use]
    pub fn after(tenant: &'a Tenant, number: u64) -> Self {
        tenant.read(|_| ());
        Self { tenant, after: number.clamp(tenant.log().first() - 1, tenant.log().last()) }
    }

    /// The number up to which the log has been read.
    #[must_use]
    pub const fn read_up_to(&self) -> u64 {
        self.after
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
                    self.after = letter.number - 1;
                    break;
                }
                letters.extend(is_wanted.then_some(letter));
            }
        }
        letters
    }

    /// The mails among the next records; none when there are no more records.
    pub(super) fn step(&mut self) -> Option<Vec<Letter>> {
        let records = self.tenant.log().after(self.after, CHUNK);
        self.after = records.last()?.0;
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
        let looked_up: Vec<_> = self
            .tenant
            .read(|view| mails.iter().map(|(_, _, mail)| (addresses(view, mail), Facts::of(view, mail))).collect());
        let tenant = self.tenant.id();
        let sent = mails.into_iter().zip(looked_up);
        Some(sent.map(|((number, at, mail), (to, facts))| letter((tenant, number, at), &mail, to, &facts)).collect())
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

fn letter((tenant, number, at): (TenantId, u64, Instant), mail: &Mail, to: Vec<String>, facts: &Facts) -> Letter {
    let page = words::page(mail.notice, mail.class, facts);
    Letter {
        tenant,
        number,
        at,
        to,
        subject: page.subject(),
        text: page.text(),
        html: page.html(),
        event: mail.notice.name(),
        class: mail.class,
        rule: mail.rule,
        request: mail.request,
    }
}
