//! `/privilegedAccess/{provider}/resources`: what a provider governs. The groups that PIM manages, and taking one in (GRP-9);
//! for directory roles the tenant.

use super::provider::Provider;
use super::related::Governance;
use super::{BOTH, SERVICE, azure, of_groups, of_others};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, Target, write_as};
use crate::graph::identity_governance::privileged_access::group::resources as groups;
use crate::graph::json::{Json, Word};
use crate::graph::pim::ask::{guid, required};
use crate::graph::reply::Reply;
use crate::graph::role_management::directory::reading;
use crate::graph::router::{Method, Operation};
use pim_core::model::{AdministrativeUnit, AzureScope, AzureScopeKind, Group, GroupType, Privilege, Tenant};
use pim_core::time::Instant;
use pim_core::{AzureScopeId, By, Command, PrincipalId, View};
use uuid::Uuid;

/// What is governed, on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Governed<'v> {
    /// The tenant, of which directory roles are.
    Tenant(&'v Tenant),
    /// Part of the tenant.
    Unit(&'v AdministrativeUnit),
    /// A group that PIM manages, and since when.
    Group(&'v Group, Option<Instant>),
    /// A scope of Azure.
    Scope(View<'v>, &'v AzureScope),
}

crate::entity! {
    /// Something that is governed.
    GovernanceResource(Governed<'r>) = "governanceResource" {
        "id": string = |it| it.id();
        "externalId": string = |it| it.external_id();
        "type": string = |it| it.type_name();
        "displayName": string = |it| it.display_name();
        "status": string = |_it| Word("Active");
        "registeredDateTime": instant = |it| it.since();
        "registeredRoot": string = |_it| None::<Word>;
        "onboardDateTime": instant [service] = |it| it.since();
        "managedAt": string [service] = |_it| None::<Word>;
        "originTenantId": string [service] = |_it| None::<Word>;
    }
    navigations ["parent"]
}

impl<'v> Governed<'v> {
    /// What a privilege is of.
    pub(super) fn of(view: View<'v>, privilege: Privilege) -> Option<Self> {
        match privilege {
            Privilege::DirectoryRole { .. } => view.tenant().map(Self::Tenant),
            Privilege::Group { group, .. } => view.group(group).map(|it| Self::Group(it, view.onboarded_since(group))),
            Privilege::AzureRole { scope, .. } => view.azure_scope(scope).map(|scope| Self::Scope(view, scope)),
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Tenant(tenant) => tenant.id.0,
            Self::Unit(unit) => unit.id.0,
            Self::Group(group, _) => group.id.0,
            Self::Scope(_, scope) => scope.id.0,
        }
    }

    /// What it is called where it comes from.
    fn external_id(self) -> String {
        match self {
            Self::Tenant(_) | Self::Unit(_) | Self::Group(..) => self.id().to_string(),
            Self::Scope(_, scope) => scope.path.clone(),
        }
    }

    fn type_name(self) -> &'v str {
        match self {
            Self::Tenant(_) => "Directory",
            Self::Unit(_) => "AdministrativeUnit",
            Self::Group(group, _) => match group.group_type {
                GroupType::Security => "Security",
                GroupType::Microsoft365 => "Microsoft365",
            },
            Self::Scope(_, scope) => scope.kind.name(),
        }
    }

    fn display_name(self) -> &'v str {
        match self {
            Self::Tenant(tenant) => &tenant.display_name,
            Self::Unit(unit) => &unit.display_name,
            Self::Group(group, _) => &group.display_name,
            Self::Scope(_, scope) => &scope.display_name,
        }
    }

    const fn since(self) -> Option<Instant> {
        match self {
            Self::Tenant(tenant) => Some(tenant.created),
            Self::Unit(_) => None,
            Self::Group(_, since) => since,
            Self::Scope(_, scope) => Some(scope.created),
        }
    }

    /// What it is inside of: only scopes of Azure are inside something.
    pub(super) fn parent(self) -> Option<Self> {
        match self {
            Self::Tenant(_) | Self::Unit(_) | Self::Group(..) => None,
            Self::Scope(view, scope) => {
                let above = view.azure_scope(scope.parent?)?;
                (above.kind != AzureScopeKind::TenantRoot).then_some(Self::Scope(view, above))
            }
        }
    }
}

impl Related for Governed<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match &navigation.target {
            Target::Governance(wanted) => match &**wanted {
                Governance::Parent(shown) => write_as::<GovernanceResource>(self.parent().as_ref(), shown, json),
                Governance::Subject(_)
                | Governance::Resource(_)
                | Governance::ScopedResource(_)
                | Governance::RoleDefinition(_)
                | Governance::Eligibility(_) => json.raw("null"),
            },
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

crate::request_body! {
    /// What is to be managed.
    RegisterBody {
        /// The id of the group, the path of the scope.
        external_id / "externalId": String,
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    of_groups(Method::Get, "/privilegedAccess/aadGroups/resources", BOTH, |call| list(call, Provider::AadGroups)),
    of_groups(Method::Post, "/privilegedAccess/aadGroups/resources/register", BOTH, register),
    of_groups(Method::Get, "/privilegedAccess/aadGroups/resources/{id}", BOTH, |call| get(call, Provider::AadGroups)),
    of_others(Method::Get, "/privilegedAccess/aadRoles/resources", SERVICE, |call| list(call, Provider::AadRoles)),
    of_others(Method::Get, "/privilegedAccess/aadRoles/resources/{id}", SERVICE, |call| get(call, Provider::AadRoles)),
    of_others(Method::Get, "/privilegedAccess/azureResources/resources", SERVICE, |call| {
        list(call, Provider::AzureResources)
    }),
    of_others(Method::Post, "/privilegedAccess/azureResources/resources/register", SERVICE, register_scope),
    of_others(Method::Get, "/privilegedAccess/azureResources/resources/{id}", SERVICE, |call| {
        get(call, Provider::AzureResources)
    }),
];

/// Those that the caller may read.
fn list(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceResource>::of(call, PAGE_SIZE)?;
    let path = provider.path("resources");
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let all: Vec<_> = match provider {
            Provider::AadRoles => view.tenant().map(Governed::Tenant).into_iter().collect(),
            Provider::AadGroups => (view.onboarded_groups())
                .filter(|group| groups::may_read(call, view, group.id))
                .map(|group| Governed::Group(group, view.onboarded_since(group.id)))
                .collect(),
            Provider::AzureResources => {
                azure::seen(call, view).into_iter().map(|scope| Governed::Scope(view, scope)).collect()
            }
        };
        Ok(query.answer(call, &Context::at(&path), |_| (0..).zip(all)))
    })
}

fn get(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let path = provider.path("resources");
    call.tenant.read(|view| {
        let row = find(call, view, provider)?;
        single::<GovernanceResource>(call, &Context::at(&path), &row).map(Reply::Ok)
    })
}

/// The resource of the path, if the caller may read it.
pub(super) fn find<'v>(call: &Call<'_>, view: View<'v>, provider: Provider) -> Result<Governed<'v>, GraphError> {
    match provider {
        Provider::AadRoles => {
            view.licensed().map_err(GraphError::Pim)?;
            let tenant = view.tenant().filter(|tenant| call.id(0) == Some(tenant.id.0));
            tenant.map(Governed::Tenant).ok_or(GraphError::ResourceNotFound)
        }
        Provider::AadGroups => {
            let group = groups::find(call, view)?;
            Ok(Governed::Group(group, view.onboarded_since(group.id)))
        }
        Provider::AzureResources => {
            view.licensed().map_err(GraphError::Pim)?;
            azure::find(call, view).map(|scope| Governed::Scope(view, scope))
        }
    }
}

/// The index for all that is of the resource of the path, if the caller may read all of it.
pub(super) fn everything_of(call: &Call<'_>, view: View<'_>, provider: Provider) -> Result<By, GraphError> {
    find(call, view, provider)?;
    match provider {
        Provider::AadRoles => reading::may_list(call, view, By::Anything).map(|()| By::Anything),
        Provider::AadGroups => {
            let group = PrincipalId(call.id(0).unwrap_or_default());
            Ok(By::Resource(pim_core::model::Resource::Group(group)))
        }
        Provider::AzureResources => {
            let scope = AzureScopeId(call.id(0).unwrap_or_default());
            azure::may_read_settings(call, view, scope)
                .map(|()| By::Resource(pim_core::model::Resource::AzureScope(scope)))
        }
    }
}

fn register(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RegisterBody = call.body()?;
    let group = PrincipalId(guid("externalId", required("externalId", body.external_id.as_ref())?)?);
    let taken_in = call.tenant.handle(call.caller(), &Command::OnboardGroup(group), |_, _| Reply::Ok(Vec::new()));
    taken_in.map_err(GraphError::Pim)
}

/// A scope of Azure needs no taking in (AZR-2).
fn register_scope(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RegisterBody = call.body()?;
    let path = required("externalId", body.external_id.as_ref())?;
    call.tenant.read(|view| azure::registered(call, view, path)).map(|()| Reply::Ok(Vec::new()))
}
