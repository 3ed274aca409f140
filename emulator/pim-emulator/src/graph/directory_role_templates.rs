//! `/directoryRoleTemplates`: the built-in roles, whether anybody holds them or not.

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::Json;
use super::permission::READ_ROLE_DEFINITIONS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{RoleDefinition, built_in_roles};
use pim_core::time::Instant;

/// A role as the directory's own template.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TemplateRow<'r>(&'r RoleDefinition);

crate::entity! {
    /// The template of a role.
    DirectoryRoleTemplateResource(TemplateRow<'r>) = "directoryRoleTemplate" {
        "id": string = |it| it.0.id.0;
        "deletedDateTime": instant = |_it| None::<Instant>;
        "description": string = |it| it.0.description.as_str();
        "displayName": string = |it| it.0.display_name.as_str();
    }
    navigations []
}

impl Related for TemplateRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] =
    &[operation("/directoryRoleTemplates", list), operation("/directoryRoleTemplates/{id}", get)];

const fn operation(path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_ROLE_DEFINITIONS, handler }
}

const PATH: &str = "directoryRoleTemplates";

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<DirectoryRoleTemplateResource>::whole(call)?;
    Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(built_in_roles().iter().map(TemplateRow))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let role = built_in_roles().iter().find(|role| role.id.0 == id);
    let role = role.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))?;
    single::<DirectoryRoleTemplateResource>(call, &Context::at(PATH), &TemplateRow(role)).map(Reply::Ok)
}
