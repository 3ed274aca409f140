//! `/privilegedAccess/{provider}/roleSettings`: policies in the words of the older routes. PIM's own service has them as
//! `roleSettingsv2`, with the four lists in one.

use super::provider::{Provider, resource_id, role_definition_id};
use super::related::Relations;
use super::role_definitions::definitions;
use super::setting_rules::{RuleBody, RuleSetting, changes, rules};
use super::{BOTH, SERVICE, azure, of_groups, of_others, resources};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, Target};
use crate::graph::json::{Json, Resource, Word};
use crate::graph::reply::Reply;
use crate::graph::role_management::directory::reading;
use crate::graph::router::{Method, Operation};
use pim_core::model::{CreatedBy, Happening, PolicyChange, Privilege, RuleChange};
use pim_core::{By, Command, PolicyView, View};
use pim_odata::{Entity, Pager};
use serde::Serialize;
use uuid::Uuid;

/// The policy of a role of a resource, on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'v> {
    view: View<'v>,
    privilege: Privilege,
    policy: PolicyView<'v>,
}

/// One of the lists of `roleSettingsv2`.
#[derive(Clone, Debug, Serialize)]
struct LifeCycle<'a> {
    caller: Word,
    level: Word,
    operation: Word,
    value: Vec<RuleSetting<'a>>,
}

crate::complex! {
    LifeCycle { caller / "caller", level / "level", operation / "operation", value / "value" }
}

crate::entity! {
    /// The settings of a role, in four lists.
    GovernanceRoleSetting(Setting<'r>) = "governanceRoleSetting" {
        "id": string = |it| it.id();
        "resourceId": string = |it| resource_id(it.view, it.privilege);
        "roleDefinitionId": string = |it| role_definition_id(it.privilege);
        "isDefault": boolean = |it| it.policy.modified.is_none();
        "lastUpdatedDateTime": instant = |it| it.policy.modified.map(|(at, _)| at);
        "lastUpdatedBy": string = |it| it.updated_by();
        "adminEligibleSettings": opaque = |it| it.rules(Happening::AdminEligibility);
        "adminMemberSettings": opaque = |it| it.rules(Happening::AdminAssignment);
        "userEligibleSettings": opaque = |_it| Vec::<RuleSetting<'_>>::new();
        "userMemberSettings": opaque = |it| it.rules(Happening::EndUserAssignment);
        paths {
            "resource/id": string = |it| resource_id(it.view, it.privilege);
            "roleDefinition/id": string = |it| role_definition_id(it.privilege);
        }
    }
    navigations ["resource", "roleDefinition"]
}

crate::entity! {
    /// The settings of a role, in one list of lists.
    GovernanceRoleSettingV2(Setting<'r>) = "governanceRoleSettingV2" {
        "id": string = |it| it.id();
        "resourceId": string = |it| resource_id(it.view, it.privilege);
        "roleDefinitionId": string = |it| role_definition_id(it.privilege);
        "isDefault": boolean = |it| it.policy.modified.is_none();
        "lastUpdatedDateTime": instant = |it| it.policy.modified.map(|(at, _)| at);
        "lastUpdatedBy": string = |it| it.updated_by();
        "lifeCycleManagement": opaque = |it| it.life_cycle();
        paths {
            "resource/id": string = |it| resource_id(it.view, it.privilege);
            "roleDefinition/id": string = |it| role_definition_id(it.privilege);
        }
    }
    navigations ["resource", "roleDefinition"]
}

crate::request_body! {
    /// Settings as clients write them, to either version.
    SettingBody {
        /// What binds who makes eligibilities.
        admin_eligible / "adminEligibleSettings": Vec<RuleBody>,
        /// What binds who makes active assignments.
        admin_member / "adminMemberSettings": Vec<RuleBody>,
        /// What binds who activates.
        user_member / "userMemberSettings": Vec<RuleBody>,
        /// All of it.
        life_cycle / "lifeCycleManagement": Vec<LifeCycleBody>,
    }
    /// One of the lists.
    LifeCycleBody {
        /// `Admin` or `EndUser`.
        caller / "caller": String,
        /// `Eligible` or `Member`.
        level / "level": String,
        /// The rules.
        value / "value": Vec<RuleBody>,
    }
}

/// Who calls, on which level, when something happens.
const fn place(of: Happening) -> (&'static str, &'static str) {
    match of {
        Happening::AdminEligibility => ("Admin", "Eligible"),
        Happening::AdminAssignment => ("Admin", "Member"),
        Happening::EndUserAssignment => ("EndUser", "Member"),
    }
}

impl<'v> Setting<'v> {
    fn of(view: View<'v>, privilege: Privilege) -> Option<Self> {
        Some(Self { view, privilege, policy: view.policy(privilege.policy_subject())? })
    }

    /// The id, which follows from that of the role: nothing of it is stored.
    fn id(self) -> Uuid {
        let role = role_definition_id(self.privilege).as_u128().rotate_left(61);
        let scope = match self.privilege {
            // These ids are of one resource each.
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => 0,
            Privilege::AzureRole { scope, .. } => scope.0.as_u128().rotate_left(17),
        };
        let mixed = role ^ scope ^ 0x7365_7474_696e_8000_a000_0000_0000_0003;
        let builder = uuid::Builder::from_u128(mixed).with_version(uuid::Version::Custom);
        builder.with_variant(uuid::Variant::RFC4122).into_uuid()
    }

    fn rules(self, of: Happening) -> Vec<RuleSetting<'v>> {
        rules(self.view, self.policy.policy, of)
    }

    fn life_cycle(self) -> Vec<LifeCycle<'v>> {
        let list = |of| {
            let (caller, level) = place(of);
            LifeCycle { caller: Word(caller), level: Word(level), operation: Word("ALL"), value: self.rules(of) }
        };
        Happening::ALL.into_iter().map(list).collect()
    }

    fn updated_by(self) -> Option<&'v str> {
        let (_, by) = self.policy.modified?;
        match by {
            CreatedBy::User(id) | CreatedBy::Application(id) => self.view.name_of(id),
            CreatedBy::SetUp | CreatedBy::Service => None,
        }
    }
}

impl Related for Setting<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let Self { view, privilege, .. } = *self;
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

/// Declares what can be done with the settings of one provider, in one version of the type.
macro_rules! operations {
    ($of:ident, $path:literal, $name:literal, $versions:expr, $entity:ident, $provider:expr) => {
        &[
            $of(Method::Get, concat!($path, "/", $name), $versions, |call| list::<$entity>(call, $provider, $name)),
            $of(Method::Get, concat!($path, "/resources/{id}/", $name), $versions, |call| {
                of_resource::<$entity>(call, $provider, $name)
            }),
            $of(Method::Get, concat!($path, "/", $name, "/{id}"), $versions, |call| {
                get::<$entity>(call, $provider, $name)
            }),
            $of(Method::Patch, concat!($path, "/", $name, "/{id}"), $versions, |call| change(call, $provider)),
        ]
    };
}

/// What can be done with those of groups.
pub(crate) const OPERATIONS: &[Operation] = operations!(
    of_groups,
    "/privilegedAccess/aadGroups",
    "roleSettings",
    BOTH,
    GovernanceRoleSetting,
    Provider::AadGroups
);

/// The same in PIM's own service.
pub(crate) const V2_OPERATIONS: &[Operation] = operations!(
    of_groups,
    "/privilegedAccess/aadGroups",
    "roleSettingsv2",
    SERVICE,
    GovernanceRoleSettingV2,
    Provider::AadGroups
);

/// What can be done with those of directory roles.
pub(crate) const ROLE_V2_OPERATIONS: &[Operation] = operations!(
    of_others,
    "/privilegedAccess/aadRoles",
    "roleSettingsv2",
    SERVICE,
    GovernanceRoleSettingV2,
    Provider::AadRoles
);

/// What can be done with those of Azure roles.
pub(crate) const AZURE_V2_OPERATIONS: &[Operation] = operations!(
    of_others,
    "/privilegedAccess/azureResources",
    "roleSettingsv2",
    SERVICE,
    GovernanceRoleSettingV2,
    Provider::AzureResources
);

/// The settings of one group's relations, of the roles at one scope, or of all roles of the directory.
fn settings<'v>(view: View<'v>, provider: Provider, of: Option<Uuid>) -> Vec<Setting<'v>> {
    definitions(view, provider, of).into_iter().filter_map(|it| Setting::of(view, it.privilege)).collect()
}

/// Refuses whoever may not read the settings of a provider; of groups and scopes those of one.
fn may_read<E: Entity>(
    call: &Call<'_>,
    view: View<'_>,
    provider: Provider,
    pager: &Pager<E>,
) -> Result<Option<Uuid>, GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    match provider {
        Provider::AadRoles => reading::may_list(call, view, By::Anything).map(|()| None),
        Provider::AadGroups => {
            let demand = provider.demand(pager);
            let Some(pim_core::model::Resource::Group(group)) = demand.resource else {
                return Err(GraphError::MissingParameters("ResourceId"));
            };
            provider.may_list(call, view, demand).map(|()| Some(group.0))
        }
        Provider::AzureResources => {
            let Some(pim_core::model::Resource::AzureScope(scope)) = provider.demand(pager).resource else {
                return Err(GraphError::MissingParameters("ResourceId"));
            };
            azure::may_read_settings(call, view, scope).map(|()| Some(scope.0))
        }
    }
}

fn list<E>(call: &Call<'_>, provider: Provider, name: &str) -> Result<Reply, GraphError>
where
    E: Resource + for<'r> Entity<Row<'r> = Setting<'r>>,
{
    let query = Query::<E>::of(call, PAGE_SIZE)?;
    let path = provider.path(name);
    call.tenant.read(|view| {
        let of = may_read(call, view, provider, query.pager())?;
        Ok(query.answer(call, &Context::at(&path), |_| (0..).zip(settings(view, provider, of))))
    })
}

fn of_resource<E>(call: &Call<'_>, provider: Provider, name: &str) -> Result<Reply, GraphError>
where
    E: Resource + for<'r> Entity<Row<'r> = Setting<'r>>,
{
    let query = Query::<E>::of(call, PAGE_SIZE)?;
    let id = call.id(0).unwrap_or_default();
    let path = provider.path(&format!("resources/{id}/{name}"));
    call.tenant.read(|view| {
        resources::everything_of(call, view, provider)?;
        Ok(query.answer(call, &Context::at(&path), |_| (0..).zip(settings(view, provider, Some(id)))))
    })
}

fn get<E>(call: &Call<'_>, provider: Provider, name: &str) -> Result<Reply, GraphError>
where
    E: Resource + for<'r> Entity<Row<'r> = Setting<'r>>,
{
    let path = provider.path(name);
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let row = find(call, view, provider)?;
        match row.privilege {
            Privilege::DirectoryRole { .. } => reading::may_list(call, view, By::Anything)?,
            Privilege::Group { group, .. } => {
                if call.user().is_some_and(|user| !view.may_read_group(user, group)) {
                    return Err(GraphError::Unauthorized);
                }
            }
            Privilege::AzureRole { scope, .. } => azure::may_read_settings(call, view, scope)?,
        }
        single::<E>(call, &Context::at(&path), &row).map(Reply::Ok)
    })
}

/// The setting of the path.
fn find<'v>(call: &Call<'_>, view: View<'v>, provider: Provider) -> Result<Setting<'v>, GraphError> {
    let of = |resource| settings(view, provider, resource).into_iter().find(|setting| call.id(0) == Some(setting.id()));
    let found = match provider {
        Provider::AadRoles => of(None),
        Provider::AadGroups => view.onboarded_groups().find_map(|group| of(Some(group.id.0))),
        Provider::AzureResources => view.azure_scopes().find_map(|scope| of(Some(scope.id.0))),
    };
    found.ok_or(GraphError::ResourceNotFound)
}

/// Changes the rules that a body names. They are looked at and changed in one go, because what a body leaves out stays.
fn change(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let body: SettingBody = call.body()?;
    let make = |view: View<'_>| -> Result<Command, GraphError> {
        let setting = find(call, view, provider)?;
        let subject = setting.privilege.policy_subject();
        view.may_change_policy(call.actor(), subject).and_then(|()| view.licensed()).map_err(GraphError::Pim)?;
        Ok(Command::UpdatePolicy(PolicyChange { subject, rules: body.changes(&setting)? }))
    };
    call.tenant.handle_made(call.caller(), make, |_, _| Reply::NoContent)?.map_err(GraphError::Pim)
}

impl SettingBody {
    fn changes(&self, setting: &Setting<'_>) -> Result<Vec<RuleChange>, GraphError> {
        let mut all = Vec::new();
        for of in Happening::ALL {
            all.extend(changes(setting.policy.policy, of, &self.rules(of))?);
        }
        if all.is_empty() {
            return Err(GraphError::InvalidPolicy("the body changes nothing".to_owned()));
        }
        Ok(all)
    }

    /// The rules for when something happens, of whichever list.
    fn rules(&self, of: Happening) -> Vec<RuleBody> {
        let list = match of {
            Happening::AdminEligibility => &self.admin_eligible,
            Happening::AdminAssignment => &self.admin_member,
            Happening::EndUserAssignment => &self.user_member,
        };
        let (caller, level) = place(of);
        let is_here = |it: &&LifeCycleBody| {
            let is =
                |text: &Option<String>, word: &str| text.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(word));
            is(&it.caller, caller) && is(&it.level, level)
        };
        let others = self.life_cycle.iter().flatten().filter(is_here).filter_map(|it| it.value.as_ref());
        list.iter().chain(others).flatten().cloned().collect()
    }
}
