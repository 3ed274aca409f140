use super::{Quota, Quotas};
use axum::http::Method;
use pim_core::time::{Instant, Length};
use pim_core::{PrincipalId, TenantId};
use uuid::Uuid;

const fn who(number: u128) -> (TenantId, PrincipalId) {
    (TenantId(Uuid::from_u128(1)), PrincipalId(Uuid::from_u128(number)))
}

#[test]
fn everybody_counts_down_alone_and_begins_anew_after_an_hour() {
    let quotas = Quotas::default();
    let now = Instant::parse("2026-01-05T08:00:00Z").unwrap();
    assert_eq!(quotas.count(who(1), Quota::SubscriptionReads, now), 11_999);
    assert_eq!(quotas.count(who(1), Quota::SubscriptionReads, now), 11_998);
    assert_eq!(quotas.count(who(1), Quota::SubscriptionWrites, now), 1_199);
    assert_eq!(quotas.count(who(2), Quota::SubscriptionDeletes, now), 14_999);
    assert_eq!(quotas.count(who(1), Quota::SubscriptionReads, now.plus(Length::hours(1))), 11_999);
}

#[test]
fn what_is_spent_stays_spent_and_refuses_nobody() {
    let quotas = Quotas::default();
    let now = Instant::parse("2026-01-05T08:00:00Z").unwrap();
    let last = (0..1_300).map(|_| quotas.count(who(1), Quota::TenantWrites, now)).last();
    assert_eq!(last, Some(0));
}

#[test]
fn deleting_above_subscriptions_counts_as_writing() {
    assert_eq!(Quota::of(&Method::DELETE, true), Quota::SubscriptionDeletes);
    assert_eq!(Quota::of(&Method::DELETE, false), Quota::TenantWrites);
    assert_eq!(Quota::of(&Method::HEAD, true), Quota::SubscriptionReads);
    assert_eq!(Quota::of(&Method::PATCH, true), Quota::SubscriptionWrites);
}
