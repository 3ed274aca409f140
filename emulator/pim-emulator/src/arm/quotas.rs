//! How many calls a caller has left in this hour, as the headers tell.
//!
//! They are counted and told, and nobody is refused for them. The hours are those of real time, since calls are made in it.

use axum::http::HeaderName;
use parking_lot::Mutex;
use pim_core::time::{Instant, Length};
use pim_core::{PrincipalId, TenantId};
use std::collections::HashMap;

/// What calls are counted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Quota {
    /// Reading below a subscription.
    SubscriptionReads,
    /// Writing below a subscription.
    SubscriptionWrites,
    /// Deleting below a subscription.
    SubscriptionDeletes,
    /// Reading above subscriptions.
    TenantReads,
    /// Writing and deleting above subscriptions.
    TenantWrites,
}

impl Quota {
    const COUNT: usize = 5;

    /// The one that a call counts in.
    pub(crate) fn of(method: &axum::http::Method, is_below_subscription: bool) -> Self {
        use axum::http::Method;
        let is_read = *method == Method::GET || *method == Method::HEAD;
        match (is_below_subscription, is_read) {
            (true, true) => Self::SubscriptionReads,
            (true, false) if *method == Method::DELETE => Self::SubscriptionDeletes,
            (true, false) => Self::SubscriptionWrites,
            (false, true) => Self::TenantReads,
            (false, false) => Self::TenantWrites,
        }
    }

    /// The header that tells what is left.
    pub(crate) const fn header(self) -> HeaderName {
        HeaderName::from_static(match self {
            Self::SubscriptionReads => "x-ms-ratelimit-remaining-subscription-reads",
            Self::SubscriptionWrites => "x-ms-ratelimit-remaining-subscription-writes",
            Self::SubscriptionDeletes => "x-ms-ratelimit-remaining-subscription-deletes",
            Self::TenantReads => "x-ms-ratelimit-remaining-tenant-reads",
            Self::TenantWrites => "x-ms-ratelimit-remaining-tenant-writes",
        })
    }

    const fn size(self) -> u32 {
        match self {
            Self::SubscriptionReads | Self::TenantReads => 12_000,
            Self::SubscriptionWrites | Self::TenantWrites => 1_200,
            Self::SubscriptionDeletes => 15_000,
        }
    }
}

/// Who counts on its own.
type Who = (TenantId, PrincipalId);

/// The counts of everybody who called in this hour.
#[derive(Debug, Default)]
pub(crate) struct Quotas {
    counts: Mutex<HashMap<Who, Count>>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    since: Instant,
    spent: [u32; Quota::COUNT],
}

/// More callers than this are not kept beyond their hour.
const MANY: usize = 4096;

impl Quotas {
    /// Counts a call; answers how many are left.
    pub(crate) fn count(&self, who: Who, quota: Quota, now: Instant) -> u32 {
        let is_over = |count: &Count| now >= count.since.plus(Length::hours(1));
        let mut counts = self.counts.lock();
        if counts.len() >= MANY {
            counts.retain(|_, count| !is_over(count));
        }
        let fresh = Count { since: now, spent: [0; Quota::COUNT] };
        let count = counts.entry(who).or_insert(fresh);
        if is_over(count) {
            *count = fresh;
        }
        let spent = &mut count.spent[quota as usize];
        *spent = spent.saturating_add(1);
        quota.size().saturating_sub(*spent)
    }
}

#[cfg(test)]
mod tests;
