use super::{assignment_id, parse};
use pim_core::model::{DirectoryScope, ScheduleKind};
use pim_core::{AdministrativeUnitId, PrincipalId, RoleDefinitionId};
use uuid::{Uuid, uuid};

fn id(role: Uuid, principal: Uuid, scope: DirectoryScope, kind: ScheduleKind) -> String {
    assignment_id((RoleDefinitionId(role), scope), PrincipalId(principal), kind)
}

const ROLE: Uuid = uuid!("62e90394-69f5-4237-9190-012177145e10");
const PRINCIPAL: Uuid = uuid!("4ab0b690-479b-47ff-af8f-2576cf521872");

/// Ids out of published samples.
#[test]
fn the_id_of_an_assignment_is_that_of_the_published_samples() {
    let assigned = id(ROLE, PRINCIPAL, DirectoryScope::Tenant, ScheduleKind::Assigned);
    assert_eq!(assigned, "lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9SGHI-1");
    let eligible = id(
        uuid!("f2ef992c-3afb-46b9-b7cf-a126ee74c451"),
        uuid!("f136d1e7-95d9-42b5-915b-7f2aa9df38ad"),
        DirectoryScope::Tenant,
        ScheduleKind::Eligibility,
    );
    assert_eq!(eligible, "LJnv8vs6uUa3z6Em7nTEUefRNvHZlbVCkVt_KqnfOK0-1-e");
}

#[test]
fn an_id_tells_role_and_principal() {
    let id = id(ROLE, PRINCIPAL, DirectoryScope::Tenant, ScheduleKind::Assigned);
    assert_eq!(parse(&id), Some((RoleDefinitionId(ROLE), PrincipalId(PRINCIPAL))));
    assert_eq!(parse("nonsense"), None);
    assert_eq!(parse("ä".repeat(43).as_str()), None);
}

#[test]
fn another_scope_is_another_id() {
    let unit = DirectoryScope::AdministrativeUnit(AdministrativeUnitId(PRINCIPAL));
    let there = id(ROLE, PRINCIPAL, unit, ScheduleKind::Assigned);
    let here = id(ROLE, PRINCIPAL, DirectoryScope::Tenant, ScheduleKind::Assigned);
    assert_ne!(there, here);
}
