//! The tree of scopes.

use super::super::dsl::{Lab, check};
use super::TREE;
use crate::model::AzureScopeKind;
use crate::{AzureScopeId, Pim, TenantId};
use uuid::Uuid;

/// AZR-1. AZR-2.
#[test]
fn scopes_are_management_groups_subscriptions_resource_groups_and_resources() {
    let mut lab = Lab::after(TREE);
    lab.tell(r#"setup adminAssign eligible alice "Reader at kv" 30d -> Provisioned"#);
    let view = lab.pim.view(lab.pim.now());
    let prod = view.azure_scope(lab.azure_scope("prod")).unwrap();
    let path = format!("{}/resourceGroups/WEB/providers/microsoft.keyvault/VAULTS/kv", prod.path);
    let vault = view.azure_scope_at(&path).unwrap();
    assert_eq!(vault.kind, AzureScopeKind::Resource { resource_type: "Microsoft.KeyVault/vaults".to_owned() });
    let above: Vec<_> = view.azure_upwards(vault.id).map(|it| it.kind.name()).collect();
    let kinds =
        ["Microsoft.KeyVault/vaults", "resourcegroup", "subscription", "managementgroup", "managementgroup", "tenant"];
    assert_eq!(above, kinds);
    lab.finish();
}

/// AZR-1.
#[test]
fn each_sort_of_scope_has_its_place_and_no_two_have_one_path() {
    check(&format!(
        r#"{TREE}
        setup make web resource-group of prod -> NameTaken
        setup make WEB resource-group of prod -> NameTaken
        setup make db resource-group of web -> InvalidProperty
        setup make db resource of platform -> InvalidProperty
        setup make other subscription of prod -> InvalidProperty
        setup make other management-group of prod -> InvalidProperty
        setup make other resource-group of nowhere -> ScopeNotFound
        setup make corp management-group of platform -> NameTaken
        setup make other management-group of platform -> ok
        alice make db resource-group of prod -> NotPermitted
        setup adminAssign active alice "Contributor at prod" 30d "duty" -> Provisioned
        alice make db resource-group of prod -> ok
        alice rename db store -> ok
        alice rename platform ours -> NotPermitted
        setup rename root ours -> InvalidProperty
        "#
    ));
}

/// AZR-1. A copy of a tenant has a tenant's own management group like any other.
#[test]
fn a_copy_under_another_id_calls_its_own_management_group_by_that() {
    let mut lab = Lab::after(TREE);
    lab.tell(r#"setup adminAssign eligible alice "Reader at platform" 30d -> Provisioned"#);
    let id = TenantId(Uuid::from_u64_pair(8, 8));
    let mut copy = Pim::restore(lab.pim.snapshot().with_tenant_id(id));
    let group = copy.view(lab.pim.now()).azure_children(AzureScopeId::ROOT).next().unwrap();
    assert_eq!(group.name, id.to_string());
    assert_eq!(copy.view(lab.pim.now()).azure_scope_at(&group.path).map(|it| it.id), Some(group.id));
    copy.advance_to(lab.pim.now());
    assert!(copy.invariants().iter().all(|it| it.violations.is_empty() || it.severity == crate::Severity::Warning));
}
