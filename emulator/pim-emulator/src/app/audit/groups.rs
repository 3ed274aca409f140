//! Records of groups that PIM came to manage (AUD-18).

use super::activity::ONBOARDED;
use super::record::{AuditResult, Category, Draft, OperationType, Service};
use super::teller::{Doer, Teller};
use pim_core::PrincipalId;

/// PIM manages a group from now on. Whatever it found there is no news.
pub(super) fn onboarded(teller: &Teller<'_>, number: u64, by: Option<Doer>, group: PrincipalId) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    vec![Draft {
        service: Service::Pim,
        category: Category::GroupManagement,
        activity: ONBOARDED.to_owned(),
        operation: OperationType::Add,
        result: AuditResult::Success,
        reason: None,
        by: by.who.clone(),
        targets: vec![teller.named("Group", group), teller.directory()],
        details: teller.caller(&by).collect(),
        correlation: teller.correlation_of(number),
    }]
}
