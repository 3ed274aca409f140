//! Whoever carries out of the process what happens in tenants: a follower for each tenant reads its log by number, at its own
//! pace. No tenant waits for a follower, and what a follower has not carried yet is in the log and nowhere else.

use super::{App, Tenant};
use std::collections::BTreeSet;
use std::future::Future;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// Followers of all tenants, until it is dropped.
#[derive(Debug)]
pub struct Following(JoinHandle<()>);

impl Drop for Following {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Following {
    /// Starts a follower for each tenant there is, and for each that comes. Needs a runtime.
    pub(super) fn all<F>(app: Arc<App>, follow: impl Fn(Follower) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self(tokio::spawn(follow_all(app, follow)))
    }
}

async fn follow_all<F>(app: Arc<App>, follow: impl Fn(Follower) -> F + Send)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut changes = app.coming_and_going();
    let mut followers = JoinSet::new();
    let mut followed = BTreeSet::new();
    loop {
        changes.mark_unchanged();
        let tenants = app.tenants();
        for tenant in tenants.iter().filter(|it| !followed.contains(&it.number())) {
            followers.spawn(follow(Follower::of(tenant)));
        }
        followed = tenants.iter().map(|tenant| tenant.number()).collect();
        drop(tenants);
        while followers.try_join_next().is_some() {}
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// How far the log of a tenant has been read. Holds no tenant while it waits, so that one that was removed goes away.
#[derive(Debug)]
pub(super) struct Follower {
    tenant: Weak<Tenant>,
    news: watch::Receiver<u64>,
    /// The number of the last event that was dealt with.
    pub(super) after: u64,
}

impl Follower {
    fn of(tenant: &Arc<Tenant>) -> Self {
        Self { tenant: Arc::downgrade(tenant), news: tenant.log().watch(), after: tenant.log().first() - 1 }
    }

    /// The tenant, to be read; what happens from here on is news. None when it is gone.
    pub(super) fn look(&mut self) -> Option<Arc<Tenant>> {
        let tenant = self.tenant.upgrade()?;
        self.news.mark_unchanged();
        Some(tenant)
    }

    /// Whether the tenant is still there.
    pub(super) fn is_wanted(&self) -> bool {
        self.tenant.strong_count() > 0
    }

    /// Waits for news, and no longer than until something happens by itself: time passes only when somebody looks.
    pub(super) async fn wait(&mut self, until_due: Duration) {
        // An error says that the tenant is gone, which is found out next.
        let _ = tokio::time::timeout(until_due, self.news.changed()).await;
    }
}

/// The pauses between attempts: longer and longer, to an end.
#[derive(Debug)]
pub(super) struct Pauses(Duration);

impl Pauses {
    const FIRST: Duration = Duration::from_millis(100);
    const LONGEST: Duration = Duration::from_secs(30);

    pub(super) const fn new() -> Self {
        Self(Self::FIRST)
    }

    /// Whether nothing has failed yet.
    pub(super) fn is_first(&self) -> bool {
        self.0 == Self::FIRST
    }

    /// Whether so much has failed that pauses have become as long as they get.
    pub(super) fn are_long(&self) -> bool {
        self.0 == Self::LONGEST
    }

    pub(super) async fn pause(&mut self) {
        tokio::time::sleep(self.0).await;
        self.0 = (self.0 * 2).min(Self::LONGEST);
    }
}
