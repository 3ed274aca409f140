//! Records of changed policies (AUD-15, POL-45).

use super::activity::SETTING_UPDATED;
use super::record::{AuditResult, Draft, OperationType, Service};
use super::teller::{Teller, category};
use pim_core::model::{CreatedBy, PolicySubject, RuleId};

/// A policy was changed: one record, however many rules were written.
pub(super) fn changed(
    teller: &Teller<'_>,
    number: u64,
    by: CreatedBy,
    subject: PolicySubject,
    rules: &[RuleId],
) -> Vec<Draft> {
    let Some(by) = teller.initiator(by) else { return Vec::new() };
    let names: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
    vec![Draft {
        service: Service::Pim,
        category: category(subject.privilege()),
        activity: SETTING_UPDATED.to_owned(),
        operation: OperationType::Update,
        result: AuditResult::Success,
        reason: Some(format!("Setting changes in this session: {}.", names.join(", "))),
        by,
        targets: vec![teller.resource(subject.privilege().resource()), teller.directory()],
        details: Vec::new(),
        correlation: teller.correlation_of(number),
    }]
}
