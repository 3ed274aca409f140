//! Records of changed policies (AUD-15, POL-45).

use super::activity::SETTING_UPDATED;
use super::record::{AuditResult, Detail, Draft, OperationType, Service};
use super::teller::{Doer, Teller, category};
use pim_core::model::{PolicySubject, RuleId};

/// A policy was changed: one record, however many rules were written.
pub(super) fn changed(
    teller: &Teller<'_>,
    number: u64,
    by: Option<Doer>,
    subject: PolicySubject,
    rules: &[RuleId],
) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    let names: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
    vec![Draft {
        service: Service::Pim,
        category: category(subject.privilege()),
        activity: SETTING_UPDATED.to_owned(),
        operation: OperationType::Update,
        result: AuditResult::Success,
        reason: Some(format!("Setting changes in this session: {}.", names.join(", "))),
        by: by.who.clone(),
        targets: vec![teller.held(subject.privilege()), teller.place(subject.privilege())],
        details: whose(teller, subject).into_iter().chain(teller.caller(&by)).collect(),
        correlation: teller.correlation_of(number),
    }]
}

/// Of a group, whose policy it is: that of its members or of its owners (AUD-29). Of a role of Azure, at which place.
fn whose(teller: &Teller<'_>, subject: PolicySubject) -> Option<Detail> {
    match subject {
        PolicySubject::Group(_, access) => Some(Detail { key: "AccessId", value: access.name().to_owned() }),
        PolicySubject::AzureRole(_, scope) => Some(Detail { key: "Scope", value: teller.path(scope) }),
        PolicySubject::DirectoryRole(_) => None,
    }
}
