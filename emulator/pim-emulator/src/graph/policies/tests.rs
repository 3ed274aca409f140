//! The writers of policies and rules, held against `serde_json`.

use super::policy_id::{PolicyAssignmentId, PolicyId, ScopeType};
use super::policy_row::PolicyRow;
use super::role_management_policy_assignments::PolicyAssignmentResource;
use super::{PolicyResource, RuleResource};
use crate::graph::Version;
use crate::graph::json::{Json, Resource, Shown, Whole};
use pim_core::model::{Approver, CreatedBy, Policy, PolicySubject, built_in_roles};
use pim_core::time::Instant;
use pim_core::{Pim, PolicyView, PrincipalId, RoleDefinitionId, TenantId, default_policy};
use proptest::prelude::{any, proptest};
use uuid::Uuid;

fn same<E: Resource>(row: &E::Row<'_>) {
    let shown = Shown::of::<E>(None, Version::Beta).unwrap();
    let mut json = Json::default();
    json.open();
    E::write(row, &shown, &mut json);
    json.close();
    let written = String::from_utf8(json.into_bytes()).unwrap();
    assert_eq!(written, serde_json::to_string(&Whole::<E>(row)).unwrap(), "{}", E::TYPE);
}

/// A default policy with something in every list.
fn filled(text: &str) -> Policy {
    let mut policy = default_policy(true);
    let approver = Approver { id: PrincipalId(Uuid::nil()), description: Some(text.to_owned()) };
    policy.approval_end_user_assignment.stage.primary_approvers = vec![approver.clone(), approver];
    for class in pim_core::model::MailClass::ALL {
        let cell = policy.notifications.cell_mut(class, pim_core::model::Happening::EndUserAssignment);
        cell.recipients = vec![text.to_owned(), text.to_owned()];
    }
    policy.authentication_context_end_user_assignment.claim_value =
        pim_core::model::conditional_access::AuthenticationContextId::parse("c7");
    policy
}

proptest! {
    #[test]
    fn policies_and_rules_are_written_as_serde_json_writes_them(text: String, tenant in any::<u128>(), changed: bool) {
        let pim = Pim::new(Instant::from_milliseconds(0));
        let policy = filled(&text);
        let (tenant, role) = (TenantId(Uuid::from_u128(tenant)), built_in_roles()[3].id);
        let modified = changed.then_some((Instant::from_milliseconds(7), CreatedBy::SetUp));
        for (version, scope_type) in [(Version::V1, ScopeType::DirectoryRole), (Version::Beta, ScopeType::Directory)] {
            let row = PolicyRow {
                view: pim.view(pim.now()),
                version,
                id: PolicyId { scope_type, tenant, role },
                policy: PolicyView { subject: PolicySubject::DirectoryRole(role), policy: &policy, modified, revision: 0 },
            };
            same::<PolicyResource>(&row);
            same::<PolicyAssignmentResource>(&row);
            for rule in row.rules() {
                same::<RuleResource>(&rule);
            }
        }
    }

    /// POL-15.
    #[test]
    fn an_id_can_be_turned_back_in_any_case_and_only_in_its_tenant(tenant in any::<u128>(), role in any::<u128>()) {
        let (tenant, role) = (TenantId(Uuid::from_u128(tenant)), RoleDefinitionId(Uuid::from_u128(role)));
        for scope_type in ScopeType::ALL {
            let id = PolicyId { scope_type, tenant, role };
            let assignment = PolicyAssignmentId(id);
            assert_eq!(PolicyId::parse(&id.to_string().to_uppercase(), tenant), Some(id));
            assert_eq!(PolicyAssignmentId::parse(&assignment.to_string().to_uppercase(), tenant), Some(assignment));
            let other = TenantId(Uuid::from_u128(!tenant.0.as_u128()));
            assert_eq!(PolicyId::parse(&id.to_string(), other), None);
            assert_eq!(PolicyId::parse(&assignment.to_string(), tenant), None);
            assert_eq!(PolicyAssignmentId::parse(&id.to_string(), tenant), None);
        }
    }
}
