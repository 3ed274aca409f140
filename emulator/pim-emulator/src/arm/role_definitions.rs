//! `roleDefinitions`: the built-in roles and the tenant's own (AZR-3), at the scopes where they can be given (SCO-14).
//!
//! `$select` is passed over, as the service does.

use super::call::Call;
use super::error::ArmError;
use super::filter::{Condition, Filter, ROLE_DEFINITIONS};
use super::front_door::{ScopePath, types};
use super::json::{Called, List, OrNull, Row, SevenDigits, bytes};
use super::permissions::PermissionRow;
use super::pim::subscription;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use axum::http::StatusCode;
use pim_core::model::{AzurePermissions, AzureRoleDefinition, AzureScope};
use pim_core::time::Instant;
use pim_core::{AzureFault, AzureRoleDefinitionId, AzureScopeId, Command, PrincipalId, Rejection, View};
use uuid::Uuid;

/// The version that also writes the conditions of permissions, of which there are none.
const WITH_CONDITIONS: &str = "2022-05-01-preview";

/// When the first built-in roles were made. Of the others nobody wrote it down, so that all say so.
const MADE: Instant = Instant::from_milliseconds(1_422_914_109_880);

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_DEFINITIONS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "{name}", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Delete, path: "{name}", versions: None, handler: Handler::Signed(delete) },
    ],
};

#[derive(Debug)]
struct Properties<'v> {
    role_name: &'v str,
    kind: &'static str,
    description: &'v str,
    assignable_scopes: Vec<&'v str>,
    permissions: Vec<PermissionRow<'v>>,
    created_on: SevenDigits,
    updated_on: SevenDigits,
    created_by: OrNull<PrincipalId>,
    updated_by: OrNull<PrincipalId>,
}

crate::arm_object! {
    Properties<'_> {
        role_name / "roleName",
        kind / "type",
        description / "description",
        assignable_scopes / "assignableScopes",
        permissions / "permissions",
        created_on / "createdOn",
        updated_on / "updatedOn",
        created_by / "createdBy",
        updated_by / "updatedBy",
    }
}

const fn sort(role: &AzureRoleDefinition) -> &'static str {
    if role.is_built_in { "BuiltInRole" } else { "CustomRole" }
}

/// A role as a scope shows it: with the subscription in its id there and below, bare above.
struct Written<'v> {
    prefix: &'v str,
    name: String,
    properties: Properties<'v>,
}

impl<'v> Written<'v> {
    fn of(call: &Call<'_>, view: View<'v>, here: &'v AzureScope, role: &'v AzureRoleDefinition) -> Self {
        let paths = role.assignable_scopes.iter().filter_map(|id| view.azure_scope(*id));
        let by = OrNull(role.updated_by);
        let at = |instant| SevenDigits(if role.is_built_in { MADE } else { instant });
        let with_conditions = call.version == WITH_CONDITIONS;
        Self {
            prefix: subscription(&here.path).unwrap_or_default(),
            name: role.id.to_string(),
            properties: Properties {
                role_name: &role.role_name,
                kind: sort(role),
                description: &role.description,
                assignable_scopes: paths.map(|it| it.path.as_str()).collect(),
                permissions: role.permissions.iter().map(|it| PermissionRow::of(it, with_conditions)).collect(),
                created_on: at(role.created),
                updated_on: at(role.updated),
                created_by: by,
                updated_by: by,
            },
        }
    }

    fn row(&self) -> Row<'_, &Properties<'v>> {
        let Self { prefix, name, properties } = self;
        Row { called: Called { prefix, kind: &types::ROLE_DEFINITIONS, name }, properties }
    }
}

/// Whether a role is in a list: it can be given where the list stands or, where that is asked for, below.
#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn shows(view: View<'_>, here: &AzureScope, filter: &Filter, role: &AzureRoleDefinition) -> bool {
    let at_or_above = |at: &AzureScopeId| view.azure_covers(*at, here.id);
    let fits_here = role.assignable_scopes.iter().any(at_or_above);
    let fits_below = || role.assignable_scopes.iter().any(|at| view.azure_covers(here.id, *at));
    (fits_here || filter.demands(&Condition::AtScopeAndBelow) && fits_below())
        && filter.holds(&|condition| match condition {
            Condition::AtScope => fits_here,
            Condition::AtScopeAndBelow => fits_here || fits_below(),
            Condition::RoleName(name) => role.role_name.eq_ignore_ascii_case(name),
            Condition::RoleType(kind) => sort(role).eq_ignore_ascii_case(kind),
            _ => false,
        })
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let filter = call.filter(ROLE_DEFINITIONS)?;
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let roles = view.azure_roles().filter(|role| shows(view, here, &filter, role));
        let written: Vec<_> = roles.map(|role| Written::of(call, view, here, role)).collect();
        Ok(Reply::Ok(bytes(&List::of(written.iter().map(Written::row).collect()))))
    })
}

/// The role of a name, if it can be given at a scope or below it.
fn named<'v>(view: View<'v>, here: &AzureScope, name: AzureRoleDefinitionId) -> Option<&'v AzureRoleDefinition> {
    let all_below = Filter::Is(Condition::AtScopeAndBelow);
    view.azure_role(name).filter(|role| shows(view, here, &all_below, role))
}

fn name(call: &Call<'_>) -> Result<AzureRoleDefinitionId, ArmError> {
    let name = call.id(0).map(AzureRoleDefinitionId);
    name.ok_or_else(|| {
        ArmError::InvalidProperty(format!("the name of a role is a GUID, which '{}' is not", call.key(0)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let name = name(call)?;
        let role = named(view, here, name);
        let role = role.ok_or(ArmError::Classic(Rejection::Azure(AzureFault::RoleNotFound(name))))?;
        Ok(Reply::Ok(bytes(&Written::of(call, view, here, role).row())))
    })
}

crate::request_body! {
    /// A role of the tenant's own.
    RoleBody {
        /// What it is like.
        properties / "properties": PropertiesBody,
    }
    /// The part of it that clients may write; the rest is read back and ignored.
    PropertiesBody {
        /// The name people see.
        role_name / "roleName": String,
        /// What it is for.
        description / "description": String,
        /// Where it can be given.
        assignable_scopes / "assignableScopes": Vec<String>,
        /// What it allows.
        permissions / "permissions": Vec<PermissionBody>,
    }
    /// Some of what it allows.
    PermissionBody {
        /// Of management, what is allowed.
        actions / "actions": Vec<String>,
        /// What is taken out of it.
        not_actions / "notActions": Vec<String>,
        /// Of data, what is allowed.
        data_actions / "dataActions": Vec<String>,
        /// What is taken out of that.
        not_data_actions / "notDataActions": Vec<String>,
    }
}

impl PermissionBody {
    fn permissions(self) -> AzurePermissions {
        AzurePermissions {
            actions: self.actions.unwrap_or_default(),
            not_actions: self.not_actions.unwrap_or_default(),
            data_actions: self.data_actions.unwrap_or_default(),
            not_data_actions: self.not_data_actions.unwrap_or_default(),
        }
    }
}

impl RoleBody {
    /// The role that it describes. One of the tenant's own is not given at the root.
    fn role(self, view: View<'_>, id: AzureRoleDefinitionId) -> Result<AzureRoleDefinition, ArmError> {
        let invalid = |detail: &str| ArmError::InvalidProperty(detail.to_owned());
        let body = self.properties.ok_or_else(|| invalid("properties is required"))?;
        let mut assignable_scopes = Vec::new();
        for text in body.assignable_scopes.unwrap_or_default() {
            let path = ScopePath::of_text(&text).filter(|it| *it != ScopePath::Tenant);
            let path = path.ok_or_else(|| invalid(&format!("assignableScopes: '{text}'")))?;
            assignable_scopes.push(scopes::find(view, &path)?.id);
        }
        let permissions = body.permissions.unwrap_or_default();
        Ok(AzureRoleDefinition {
            id,
            role_name: body.role_name.unwrap_or_default(),
            description: body.description.unwrap_or_default(),
            is_built_in: false,
            permissions: permissions.into_iter().map(PermissionBody::permissions).collect(),
            assignable_scopes,
            created: view.now(),
            updated: view.now(),
            updated_by: None,
        })
    }
}

/// A change is answered like a new role: clients take any other status for an error.
fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    let name = name(call)?;
    if name.0 == Uuid::nil() {
        return Err(ArmError::InvalidProperty("the name of a role is not all zeros".to_owned()));
    }
    let body: RoleBody = call.body()?;
    let role = call.read(|view| body.role(view, name))?;
    let command = Command::SetAzureRoleDefinition(Box::new(role));
    call.carry_out(&command, |view| {
        let role = view.azure_role(name).ok_or(ArmError::NotFound)?;
        Ok(Reply::Created(bytes(&Written::of(call, view, scopes::find(view, call.scope)?, role).row())))
    })
}

/// What is not there is gone already.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let found = call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let role = named(view, here, name(call)?);
        Ok(role.map(|role| (role.id, bytes(&Written::of(call, view, here, role).row()))))
    })?;
    let Some((role, deleted)) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    call.carry_out(&Command::DeleteAzureRoleDefinition(role), |_| Ok(Reply::Ok(deleted)))
}
