//! A role assignment as it is written: what has no value is null.

use crate::arm::front_door::types;
use crate::arm::json::{Called, OrNull, Row, SevenDigits};
use crate::arm::pim::{Held, HeldAt, kind_of, prefix, role_assignment_id, role_definition_id};
use pim_core::model::CreatedBy;
use pim_core::{PrincipalId, RequestId, View};

#[derive(Debug)]
pub(super) struct Properties<'v> {
    role_definition_id: String,
    principal_id: PrincipalId,
    principal_type: Option<&'static str>,
    scope: &'v str,
    condition: OrNull<String>,
    condition_version: OrNull<String>,
    created_on: SevenDigits,
    updated_on: SevenDigits,
    created_by: OrNull<PrincipalId>,
    updated_by: OrNull<PrincipalId>,
    delegated_managed_identity_resource_id: OrNull<String>,
    description: OrNull<String>,
}

crate::arm_object! {
    Properties<'_> {
        role_definition_id / "roleDefinitionId",
        principal_id / "principalId",
        principal_type / "principalType",
        scope / "scope",
        condition / "condition",
        condition_version / "conditionVersion",
        created_on / "createdOn",
        updated_on / "updatedOn",
        created_by / "createdBy",
        updated_by / "updatedBy",
        delegated_managed_identity_resource_id / "delegatedManagedIdentityResourceId",
        description / "description",
    }
}

/// A role assignment.
pub(super) struct Written<'v> {
    prefix: &'v str,
    name: String,
    properties: Properties<'v>,
}

impl<'v> Written<'v> {
    pub(super) fn of(view: View<'v>, held: &Held<'v>) -> Self {
        let Held { schedule, place: HeldAt { role, scope, .. } } = held;
        let details = schedule.details.as_deref().cloned().unwrap_or_default();
        let (condition, condition_version) = details.condition.map(|it| (it.expression, it.version)).unzip();
        let made_by = details.made_by.or_else(|| view.request(RequestId(schedule.id.0)).map(|it| it.created_by));
        let by = OrNull(made_by.and_then(|by| match by {
            CreatedBy::User(id) | CreatedBy::Application(id) => Some(id),
            CreatedBy::SetUp | CreatedBy::Service => None,
        }));
        Self {
            prefix: prefix(scope),
            name: role_assignment_id(schedule).to_string(),
            properties: Properties {
                role_definition_id: role_definition_id(scope, *role),
                principal_id: schedule.principal,
                principal_type: kind_of(view, schedule.principal),
                scope: &scope.path,
                condition: OrNull(condition),
                condition_version: OrNull(condition_version),
                created_on: SevenDigits(schedule.created),
                updated_on: SevenDigits(schedule.modified.unwrap_or(schedule.created)),
                created_by: by,
                updated_by: by,
                delegated_managed_identity_resource_id: OrNull(None),
                description: OrNull(details.description),
            },
        }
    }

    pub(super) fn row(&self) -> Row<'_, &Properties<'v>> {
        let Self { prefix, name, properties } = self;
        Row { called: Called { prefix, kind: &types::ROLE_ASSIGNMENTS, name }, properties }
    }
}
