//! `/privilegedAccess/{provider}/roleDefinitions`: the two relations that one may have to a group that PIM manages; the roles of
//! the directory.

use super::provider::{Provider, resource_id, role_definition_id};
use super::related::Relations;
use super::{BOTH, SERVICE, azure, lists, of_groups, of_others, resources};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, Target};
use crate::graph::json::{Json, Word};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{AssignmentKind, DirectoryScope, GroupAccess, Privilege, Resource, RoleDefinition, Schedule};
use pim_core::{AzureScopeId, By, PrincipalId, View};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A role of a resource, on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Definition<'v> {
    pub(super) view: View<'v>,
    /// That role of all of the resource.
    pub(super) privilege: Privilege,
}

crate::entity! {
    /// Membership or ownership of a group, or a role of the directory.
    GovernanceRoleDefinition(Definition<'r>) = "governanceRoleDefinition" {
        "id": string = |it| role_definition_id(it.privilege);
        "resourceId": string = |it| resource_id(it.view, it.privilege);
        "externalId": string = |it| it.external_id();
        "templateId": string = |it| it.template();
        "displayName": string = |it| it.display_name();
        "type": string [service] = |it| Word(if it.is_built_in() { "BuiltInRole" } else { "CustomRole" });
        "isbuiltIn": boolean [service] = |it| it.is_built_in();
        "subjectCount": integer = |it| it.subjects();
        "eligibleAssignmentCount": integer = |it| it.count(AssignmentKind::Eligibility);
        "activeAssignmentCount": integer = |it| it.count(AssignmentKind::Assignment);
        paths {
            "resource/id": string = |it| resource_id(it.view, it.privilege);
        }
    }
    navigations ["resource"]
}

impl<'v> Definition<'v> {
    fn role(&self) -> Option<&'v RoleDefinition> {
        match self.privilege {
            Privilege::DirectoryRole { role, .. } => self.view.role(role),
            Privilege::Group { .. } | Privilege::AzureRole { .. } => None,
        }
    }

    fn template(&self) -> String {
        match self.privilege {
            Privilege::DirectoryRole { role, .. } => self.role().map_or(role, |role| role.template_id).to_string(),
            Privilege::Group { access, .. } => access.name().to_owned(),
            Privilege::AzureRole { role, .. } => role.to_string(),
        }
    }

    fn display_name(&self) -> Option<&'v str> {
        match self.privilege {
            Privilege::DirectoryRole { .. } => self.role().map(|role| role.display_name.as_str()),
            Privilege::Group { access: GroupAccess::Member, .. } => Some("Member"),
            Privilege::Group { access: GroupAccess::Owner, .. } => Some("Owner"),
            Privilege::AzureRole { role, .. } => self.view.azure_role(role).map(|role| role.role_name.as_str()),
        }
    }

    fn is_built_in(&self) -> bool {
        match self.privilege {
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => {
                self.role().is_none_or(|role| role.is_built_in)
            }
            Privilege::AzureRole { role, .. } => self.view.azure_role(role).is_none_or(|role| role.is_built_in),
        }
    }

    /// What it is called where it comes from.
    fn external_id(&self) -> String {
        match self.privilege {
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => role_definition_id(self.privilege).to_string(),
            Privilege::AzureRole { role, scope } => azure::external_id(self.view, role, scope),
        }
    }

    /// What is held of it now, on one side.
    fn held(&self, side: AssignmentKind) -> impl Iterator<Item = Schedule> + use<'v> {
        let (privilege, by) = (self.privilege, By::Resource(self.privilege.resource()));
        self.view.instances(side, by, None).map(|(_, it)| it).filter(move |it| is_same_role(it.privilege, privilege))
    }

    fn count(&self, side: AssignmentKind) -> u32 {
        u32::try_from(self.held(side).count()).unwrap_or(u32::MAX)
    }

    fn subjects(&self) -> u32 {
        let sides = [AssignmentKind::Eligibility, AssignmentKind::Assignment];
        let all: BTreeSet<_> = sides.into_iter().flat_map(|side| self.held(side)).map(|it| it.principal).collect();
        u32::try_from(all.len()).unwrap_or(u32::MAX)
    }
}

/// Whether two are the same but for what of the resource they are for.
fn is_same_role(one: Privilege, other: Privilege) -> bool {
    role_definition_id(one) == role_definition_id(other)
}

impl Related for Definition<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let Self { view, privilege } = *self;
        match &navigation.target {
            Target::Governance(wanted) => {
                Relations { view, privilege, principal: None, eligibility: None }.write(wanted, json);
            }
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Review(_)
            | Target::Alert(_)
            | Target::Nothing => json.raw("null"),
        }
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = lists!("roleDefinitions");

/// The id of a relation to a group, which follows from the group: nothing of it is stored.
pub(super) fn relation_id(group: PrincipalId, access: GroupAccess) -> Uuid {
    let which = match access {
        GroupAccess::Member => 0x726f_6c65_6d65_8000_a000_0000_0000_0001,
        GroupAccess::Owner => 0x726f_6c65_6f77_8000_a000_0000_0000_0002,
    };
    let mixed = group.0.as_u128().rotate_left(23) ^ which;
    uuid::Builder::from_u128(mixed).with_version(uuid::Version::Custom).with_variant(uuid::Variant::RFC4122).into_uuid()
}

fn list(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleDefinition>::of(call, PAGE_SIZE)?;
    let demand = provider.demand(query.pager());
    let path = provider.path("roleDefinitions");
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let of = match (provider, demand.resource) {
            (Provider::AadGroups, Some(Resource::Group(group))) => {
                provider.may_list(call, view, demand)?;
                Some(group.0)
            }
            (Provider::AzureResources, Some(Resource::AzureScope(scope))) => {
                provider.may_list(call, view, demand)?;
                Some(scope.0)
            }
            (Provider::AadGroups | Provider::AzureResources, _) => {
                return Err(GraphError::MissingParameters("ResourceId"));
            }
            (Provider::AadRoles, _) => None,
        };
        Ok(query.answer(call, &Context::at(&path), |_| (0..).zip(definitions(view, provider, of))))
    })
}

fn of_resource(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleDefinition>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        resources::find(call, view, provider)?;
        let id = call.id(0).unwrap_or_default();
        let path = provider.path(&format!("resources/{id}/roleDefinitions"));
        let all = definitions(view, provider, Some(id));
        Ok(query.answer(call, &Context::at(&path), |_| (0..).zip(all)))
    })
}

/// Every role of a provider: of a group both relations, if PIM manages it; of a scope of Azure those that can be given there.
pub(super) fn definitions(view: View<'_>, provider: Provider, of: Option<Uuid>) -> Vec<Definition<'_>> {
    let one = |privilege| Definition { view, privilege };
    match provider {
        Provider::AadRoles => (view.roles())
            .map(|role| one(Privilege::DirectoryRole { role: role.id, scope: DirectoryScope::Tenant }))
            .collect(),
        Provider::AadGroups => (of.into_iter().map(PrincipalId).filter(|group| view.is_onboarded(*group)))
            .flat_map(|group| GroupAccess::ALL.map(|access| one(Privilege::Group { group, access })))
            .collect(),
        Provider::AzureResources => (of.into_iter().map(AzureScopeId))
            .flat_map(|scope| view.azure_roles().map(move |role| (role.id, scope)))
            .filter(|(role, scope)| view.azure_role_fits(*role, *scope))
            .map(|(role, scope)| one(Privilege::AzureRole { role, scope }))
            .collect(),
    }
}
