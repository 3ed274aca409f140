//! `/roleManagement/directory/roleDefinitions`.

use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, Target};
use crate::graph::json::{Json, Property, Word};
use crate::graph::permission::{READ_ROLE_DEFINITIONS, WRITE_ROLES};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::RoleDefinition;
use pim_core::{Command, RoleDefinitionChange, RoleDefinitionId, View};
use pim_odata::Value;
use serde::Serialize;
use uuid::Uuid;

crate::entity! {
    /// A role definition. Its name compares by case, unlike names elsewhere (MOD-22).
    RoleDefinitionResource(&'r RoleDefinition) = "unifiedRoleDefinition" {
        "id": string = |it| it.id.0;
        "description": string = |it| it.description.as_str();
        "displayName": exact = |it| it.display_name.as_str();
        "isBuiltIn": boolean = |it| it.is_built_in;
        "isEnabled": boolean = |it| it.is_enabled;
        "isPrivileged" : boolean [beta] = |it| it.is_privileged;
        "resourceScopes": texts = |_it| vec![Word("/")];
        "templateId": string = |it| it.template_id.0;
        "version": string = |it| it.version.as_deref();
        "allowedPrincipalTypes": string [beta] = |_it| None::<Word>;
        "rolePermissions": opaque = |it| vec![RolePermission { allowed_resource_actions: &it.allowed_resource_actions }];
    }
    navigations ["inheritsPermissionsFrom"]
}

/// `unifiedRolePermission`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RolePermission<'a> {
    allowed_resource_actions: &'a [String],
}

impl<'a> Property<'a> for RolePermission<'a> {
    fn write(&self, json: &mut Json) {
        json.open();
        json.key("allowedResourceActions");
        json.raw("[");
        for action in self.allowed_resource_actions {
            json.next();
            json.text(action);
        }
        json.raw("]");
        json.close();
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

impl Related for &RoleDefinition {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match navigation.target {
            // No role that is known here inherits from another.
            Target::Nothing => json.raw("[]"),
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Alert(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Policy(_)
            | Target::PolicyRules(_) => json.raw("null"),
        }
    }
}

crate::request_body! {
    /// `unifiedRoleDefinition`, as far as clients may write it.
    RoleDefinitionBody {
        /// The name.
        display_name / "displayName": String,
        /// The description.
        description / "description": String,
        /// Whether it can be assigned.
        is_enabled / "isEnabled": bool,
        /// An id that the author chose.
        template_id / "templateId": String,
        /// The author's version.
        version / "version": String,
        /// What it allows.
        role_permissions / "rolePermissions": Vec<RolePermissionBody>,
    }
    /// `unifiedRolePermission`.
    RolePermissionBody {
        /// The actions.
        allowed_resource_actions / "allowedResourceActions": Vec<String>,
    }
}

const PATH: &str = "roleManagement/directory/roleDefinitions";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleDefinitions",
        versions: BOTH,
        permission: &READ_ROLE_DEFINITIONS,
        handler: list,
    },
    Operation {
        method: Method::Post,
        path: "/roleManagement/directory/roleDefinitions",
        versions: BOTH,
        permission: &WRITE_ROLES,
        handler: create,
    },
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleDefinitions/{id}",
        versions: BOTH,
        permission: &READ_ROLE_DEFINITIONS,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/roleManagement/directory/roleDefinitions/{id}",
        versions: BOTH,
        permission: &WRITE_ROLES,
        handler: update,
    },
    Operation {
        method: Method::Delete,
        path: "/roleManagement/directory/roleDefinitions/{id}",
        versions: BOTH,
        permission: &WRITE_ROLES,
        handler: delete,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<RoleDefinitionResource>::of(call, usize::MAX)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.roles()))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let role = find(call, view)?;
        single::<RoleDefinitionResource>(call, &Context::at(PATH), &role).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RoleDefinitionBody = call.body()?;
    let template = match body.template_id.as_deref() {
        Some(text) => Uuid::try_parse(text).map_err(|_| GraphError::InvalidObjectIdentifier(text.to_owned()))?,
        None => Uuid::nil(),
    };
    let role = RoleDefinition {
        id: RoleDefinitionId(template),
        template_id: RoleDefinitionId(template),
        display_name: body.display_name.unwrap_or_default(),
        description: body.description.unwrap_or_default(),
        is_built_in: false,
        is_enabled: body.is_enabled.unwrap_or(true),
        is_privileged: false,
        administrative_unit_scope: true,
        object_scope: true,
        allowed_resource_actions: actions(body.role_permissions).unwrap_or_default(),
        version: body.version,
    };
    let created = call.tenant.handle(call.caller(), &Command::CreateRoleDefinition(role), |view, outcome| {
        let role = outcome.role.and_then(|id| view.role(id)).ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", role.id));
        let body = single::<RoleDefinitionResource>(call, &Context::at(PATH), &role)?;
        Ok(Reply::Created { body, location })
    });
    created.map_err(GraphError::Directory)?
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RoleDefinitionBody = call.body()?;
    let role = call.tenant.read(|view| find(call, view).map(|role| role.id))?;
    let change = RoleDefinitionChange {
        display_name: body.display_name,
        description: body.description,
        is_enabled: body.is_enabled,
        allowed_resource_actions: actions(body.role_permissions),
        version: body.version,
    };
    let command = Command::UpdateRoleDefinition { role, change };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let role = call.tenant.read(|view| find(call, view).map(|role| role.id))?;
    let deleted = call.tenant.handle(call.caller(), &Command::DeleteRoleDefinition(role), |_, _| Reply::NoContent);
    deleted.map_err(GraphError::Directory)
}

fn actions(permissions: Option<Vec<RolePermissionBody>>) -> Option<Vec<String>> {
    permissions.map(|all| all.into_iter().filter_map(|it| it.allowed_resource_actions).flatten().collect())
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v RoleDefinition, GraphError> {
    let role = call.id(0).and_then(|id| view.role(RoleDefinitionId(id)));
    role.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
