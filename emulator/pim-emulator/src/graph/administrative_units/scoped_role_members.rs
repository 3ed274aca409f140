//! `/directory/administrativeUnits/{id}/scopedRoleMembers`: who holds a role for a unit. Making one is an assignment outside PIM.

use super::{PATH, find};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::directory_roles;
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Composed, Json};
use crate::graph::reply::Reply;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{AssignmentKind, DirectoryScope, Privilege, Schedule};
use pim_core::{AdministrativeUnitId, By, Command, PrincipalId, RoleDefinitionId, View};
use serde::Serialize;
use uuid::Uuid;

/// An assignment at the scope of a unit.
#[derive(Clone, Debug)]
pub(crate) struct ScopedRoleMembershipRow<'v> {
    schedule: Schedule,
    role: RoleDefinitionId,
    unit: AdministrativeUnitId,
    view: View<'v>,
}

impl<'v> ScopedRoleMembershipRow<'v> {
    /// That of a schedule, where it is for a unit.
    pub(crate) fn of(view: View<'v>, schedule: Schedule) -> Option<Self> {
        match schedule.privilege {
            Privilege::DirectoryRole { role, scope: DirectoryScope::AdministrativeUnit(unit) } => {
                Some(Self { schedule, role, unit, view })
            }
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } | Privilege::AzureRole { .. } => None,
        }
    }

    /// The id: a word that names the schedule.
    fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.schedule.id.0.as_bytes())
    }

    fn role(&self) -> Uuid {
        directory_roles::object_id(self.view, self.role)
    }

    fn member(&self) -> Identity<'v> {
        let id = self.schedule.principal;
        Identity { display_name: self.view.name_of(id), id, user_principal_name: self.view.user_principal_name_of(id) }
    }
}

crate::entity! {
    /// A role that somebody holds for a unit.
    ScopedRoleMembership(ScopedRoleMembershipRow<'r>) = "scopedRoleMembership" {
        "administrativeUnitId": string = |it| it.unit.0;
        "id": exact = |it| it.id();
        "roleId": string = |it| it.role();
        "roleMemberInfo": opaque = |it| Composed(it.member());
    }
    navigations []
}

/// `identity`, with the name to sign in with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    display_name: Option<&'a str>,
    id: PrincipalId,
    user_principal_name: Option<&'a str>,
}

impl Related for ScopedRoleMembershipRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

crate::request_body! {
    /// `scopedRoleMembership`, as far as clients may write it.
    ScopedRoleMembershipBody {
        /// The directory role.
        role_id / "roleId": String,
        /// Who is to hold it.
        role_member_info / "roleMemberInfo": IdentityBody,
    }
    /// `identity`.
    IdentityBody {
        /// The principal.
        id / "id": String,
    }
}

const RESOURCE: &str = "ScopedRoleMembership";

fn path(unit: AdministrativeUnitId) -> String {
    format!("{PATH}('{unit}')/scopedRoleMembers")
}

fn rows(view: View<'_>, unit: AdministrativeUnitId) -> impl Iterator<Item = ScopedRoleMembershipRow<'_>> {
    let open = view.instances(AssignmentKind::Assignment, By::Anything, None);
    open.filter_map(move |(_, schedule)| ScopedRoleMembershipRow::of(view, schedule)).filter(move |it| it.unit == unit)
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ScopedRoleMembership>::whole(call)?;
    call.tenant.read(|view| {
        let unit = find(call, view)?.id;
        Ok(query.answer(call, &Context::at(&path(unit)), |_| (0..).zip(rows(view, unit))))
    })
}

pub(super) fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = membership(call, view)?;
        single::<ScopedRoleMembership>(call, &Context::at(&path(row.unit)), &row).map(Reply::Ok)
    })
}

pub(super) fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: ScopedRoleMembershipBody = call.body()?;
    let missing = |property| move || GraphError::RequiredValue { property, resource: RESOURCE };
    let role = body.role_id.ok_or_else(missing("roleId"))?;
    let member = body.role_member_info.and_then(|it| it.id).ok_or_else(missing("roleMemberInfo"))?;
    let guid = |text: &str| Uuid::try_parse(text).map_err(|_| GraphError::InvalidObjectIdentifier(text.to_owned()));
    let (role_id, member) = (guid(&role)?, PrincipalId(guid(&member)?));
    let (unit, role) = call.tenant.read(|view| {
        let role = directory_roles::role_of(view, role_id).ok_or(GraphError::ObjectNotFound(role))?;
        Ok::<_, GraphError>((find(call, view)?.id, role))
    })?;
    let scope = DirectoryScope::AdministrativeUnit(unit);
    let command = Command::CreateRoleAssignment {
        principal: member,
        privilege: Privilege::DirectoryRole { role, scope },
        id: None,
        details: None,
    };
    let created = call.tenant.handle(call.caller(), &command, |view, outcome| {
        let schedule = outcome.schedule.and_then(|id| view.schedule(id));
        let row = schedule.and_then(|it| ScopedRoleMembershipRow::of(view, it)).ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{unit}/scopedRoleMembers/{}", row.id()));
        Ok(Reply::Created { body: single::<ScopedRoleMembership>(call, &Context::at(&path(unit)), &row)?, location })
    });
    created.map_err(GraphError::Directory)?
}

pub(super) fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let schedule = call.tenant.read(|view| membership(call, view).map(|row| row.schedule.id))?;
    let command = Command::DeleteRoleAssignment { schedule };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn membership<'v>(call: &Call<'_>, view: View<'v>) -> Result<ScopedRoleMembershipRow<'v>, GraphError> {
    let key = call.key(1);
    let mut rows = rows(view, find(call, view)?.id);
    rows.find(|row| row.id() == key).ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
