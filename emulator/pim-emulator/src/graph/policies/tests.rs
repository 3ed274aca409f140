//! The writers of policies and rules, held against `serde_json`.

use super::policy_id::{Edition, PolicyAssignmentId, PolicyId};
use super::policy_row::PolicyRow;
use super::role_management_policy_assignments::PolicyAssignmentResource;
use super::scope::RoleScope;
use super::{PolicyResource, RuleResource};
use crate::graph::Version;
use crate::graph::json::{Json, Resource, Shown, Whole};
use pim_core::model::{Approver, CreatedBy, GroupAccess, Policy, built_in_roles};
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
        let group = PrincipalId(Uuid::from_u128(0x5eed));
        let modified = changed.then_some((Instant::from_milliseconds(7), CreatedBy::SetUp));
        let role = |scope| PolicyId::DirectoryRole { scope, tenant, role };
        let relation = |access| PolicyId::Group { group, access, edition: Edition::numbered(3) };
        for (version, id) in [
            (Version::V1, role(RoleScope::DirectoryRole)),
            (Version::Beta, role(RoleScope::Directory)),
            (Version::V1, relation(GroupAccess::Member)),
            (Version::Beta, relation(GroupAccess::Owner)),
        ] {
            let subject = id.subject();
            let policy = PolicyView { subject, policy: &policy, modified, revision: 2 };
            let row = PolicyRow { view: pim.view(pim.now()), version, id, policy };
            same::<PolicyResource>(&row);
            same::<PolicyAssignmentResource>(&row);
            for rule in row.rules() {
                same::<RuleResource>(&rule);
            }
        }
    }

    /// POL-15.
    #[test]
    fn an_id_of_a_role_can_be_turned_back_in_any_case_and_only_in_its_tenant(tenant in any::<u128>(), role in any::<u128>()) {
        let (tenant, role) = (TenantId(Uuid::from_u128(tenant)), RoleDefinitionId(Uuid::from_u128(role)));
        for scope in RoleScope::ALL {
            let id = PolicyId::DirectoryRole { scope, tenant, role };
            assert_turned_back(id, tenant);
            let other = TenantId(Uuid::from_u128(!tenant.0.as_u128()));
            assert_eq!(PolicyId::parse(&id.to_string(), other), None);
        }
    }

    /// POL-15, POL-17: every edition has an id of its own, and so has each relation.
    #[test]
    fn an_id_of_a_group_can_be_turned_back_in_any_case_and_says_which_edition_it_is(
        group in any::<u128>(), edition: u32, made_up in any::<u128>(),
    ) {
        let group = PrincipalId(Uuid::from_u128(group));
        let tenant = TenantId(Uuid::nil());
        let id = |access, edition| PolicyId::Group { group, access, edition: Edition::numbered(edition) };
        for access in GroupAccess::ALL {
            assert_turned_back(id(access, edition), tenant);
            assert_ne!(id(access, edition).to_string(), id(access, edition ^ 1).to_string());
            assert!(id(access, edition & !1).is_older_than(id(access, edition | 1)));
        }
        let [member, owner] = GroupAccess::ALL.map(|access| PolicyAssignmentId(id(access, edition)).to_string());
        assert_eq!(PolicyAssignmentId::parse(&member.replace("_member", "_owner"), tenant), None);
        assert_eq!(PolicyAssignmentId::parse(&owner.replace("_owner", "_member"), tenant), None);
        assert_eq!(PolicyId::parse(&format!("Group_{group}_{}", Uuid::from_u128(made_up)), tenant), None);
    }
}

fn assert_turned_back(id: PolicyId, tenant: TenantId) {
    let assignment = PolicyAssignmentId(id);
    assert_eq!(PolicyId::parse(&id.to_string().to_uppercase(), tenant), Some(id));
    assert_eq!(PolicyAssignmentId::parse(&assignment.to_string().to_uppercase(), tenant), Some(assignment));
    assert_eq!(PolicyId::parse(&assignment.to_string(), tenant), None);
    assert_eq!(PolicyAssignmentId::parse(&id.to_string(), tenant), None);
}
