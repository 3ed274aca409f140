//! Records of changed policies (AUD-15, POL-45).

use super::activity::SETTING_UPDATED;
use super::record::{AuditResult, Category, Draft, OperationType, Service};
use super::teller::{Doer, Teller};
use pim_core::model::{PolicySubject, RuleId};

/// A policy was changed: one record, however many rules were written.
pub(super) fn changed(
    teller: &Teller<'_>,
    number: u64,
    by: Option<Doer>,
    PolicySubject::DirectoryRole(role): PolicySubject,
    rules: &[RuleId],
) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    let names: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
    vec![Draft {
        service: Service::Pim,
        category: Category::RoleManagement,
        activity: SETTING_UPDATED.to_owned(),
        operation: OperationType::Update,
        result: AuditResult::Success,
        reason: Some(format!("Setting changes in this session: {}.", names.join(", "))),
        by: by.who.clone(),
        targets: vec![teller.role_target(role), teller.directory()],
        details: teller.caller(&by).collect(),
        correlation: teller.correlation_of(number),
    }]
}
