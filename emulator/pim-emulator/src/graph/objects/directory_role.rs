//! A built-in role as an object of the directory, which everybody who holds it for the whole tenant is a member of.

use crate::app::ids;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::Json;
use pim_core::TenantId;
use pim_core::model::RoleDefinition;
use uuid::Uuid;

/// A role with the id that its object has in a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DirectoryRole<'r> {
    /// The id of the object.
    pub(crate) id: Uuid,
    /// The role.
    pub(crate) role: &'r RoleDefinition,
}

impl<'r> DirectoryRole<'r> {
    /// The object of a role: its id is another one in every tenant, and not that of the role.
    pub(crate) fn of(tenant: TenantId, role: &'r RoleDefinition) -> Self {
        const STREAM: u64 = 0x1d;
        let (high, low) = role.template_id.0.as_u64_pair();
        Self { id: ids::derived(tenant.0, STREAM, high ^ low.rotate_left(17)), role }
    }
}

crate::entity! {
    /// A built-in role as an object of the directory.
    DirectoryRoleResource(DirectoryRole<'r>) = "directoryRole" {
        "id": string = |it| it.id;
        "deletedDateTime": instant = |_it| None::<pim_core::time::Instant>;
        "description": string = |it| it.role.description.as_str();
        "displayName": string = |it| it.role.display_name.as_str();
        "roleTemplateId": string = |it| it.role.template_id.0;
    }
    navigations []
}

impl Related for DirectoryRole<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}
