//! Loading a world: the order of things and their times.

use super::answer::Names;
use super::azure_entry::LockWord;
use super::error::{Fault, Step, WorldError, fault};
use super::file::{AssignmentEntry, World, WorldFile};
use super::handles::Handles;
use super::origin::Origin;
use super::scenarios;
use super::source::Source;
use super::{
    alerts, applications, assignments, azure, conditional_access, directory, policies, refusal, reviews, sign_ins,
};
use crate::app::event_log::EventLog;
use crate::app::ids::{TenantIds, random_u64};
use crate::app::traffic::Profile;
use crate::app::{ClockMode, Tenant, real_now};
use pim_core::model::Privilege;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::time::{Instant, Length};
use pim_core::{
    Actor, AzureRoleDefinitionId, AzureScopeId, ClientId, Command, Outcome, Pim, PrincipalId, RoleDefinitionId,
    TenantId, View,
};
use std::collections::BTreeSet;

/// How long before its `now` the history of a tenant begins, and whatever is not older is made.
pub(super) const HISTORY: Length = Length::hours(1);

/// How many events are carried out between two notes of them.
const CHUNK: usize = 4096;

/// Makes the tenant that a text describes: with the seed that it names, else with `seed`, else with one that nobody knows.
/// Its events are numbered after `log`.
///
/// # Errors
/// [`WorldError`] for a text that cannot be read, a name that stands for nothing, and whatever the machine refuses.
pub fn tenant(source: Source, seed: Option<u64>, log: EventLog) -> Result<Tenant, WorldError> {
    let file = source.read()?;
    tenant_of(source, &file, seed, log)
}

/// The same of a text that was read already.
pub(crate) fn tenant_of(
    source: Source,
    file: &WorldFile,
    seed: Option<u64>,
    log: EventLog,
) -> Result<Tenant, WorldError> {
    let seed = file.seed.or(seed).unwrap_or_else(random_u64);
    let result = match (&file.scenario, &file.world) {
        (Some(_), Some(_)) => Err(Fault {
            path: vec![Step::Key("scenario")],
            message: "a tenant is made either from a scenario or from a world, not from both".to_owned(),
        }),
        (None, None) => {
            Err(Fault { path: Vec::new(), message: "there is neither a 'world' nor a 'scenario'".to_owned() })
        }
        (Some(name), None) => return scenario(&source, name, seed, log),
        (None, Some(world)) => Loader::load(world, seed, log),
    };
    result.map_err(|fault| source.at(fault)).map(|tenant| tenant.with_origin(Origin::world(source, seed)))
}

fn scenario(source: &Source, name: &str, seed: u64, log: EventLog) -> Result<Tenant, WorldError> {
    match scenarios::built_in(name) {
        Some(scenario) => tenant(scenario, Some(seed), log),
        None => {
            let message = scenarios::no_such_scenario(name);
            Err(source.at(Fault { path: vec![Step::Key("scenario")], message }))
        }
    }
}

/// A tenant being made.
#[derive(Debug)]
pub(super) struct Loader<'a> {
    pub(super) world: &'a World,
    /// What the clock will show.
    pub(super) now: Instant,
    /// When the tenant's objects are made.
    pub(super) begin: Instant,
    pub(super) ids: TenantIds,
    pub(super) handles: Handles,
    pub(super) names: Names,
    pub(super) roles_named: BTreeSet<RoleDefinitionId>,
    pub(super) azure_roles_named: BTreeSet<AzureRoleDefinitionId>,
    /// The locks that come last of all, with the way to each.
    pub(super) locks: Vec<(AzureScopeId, LockWord, Vec<Step>)>,
    pim: Pim,
    log: EventLog,
}

impl Loader<'_> {
    fn load(world: &World, seed: u64, log: EventLog) -> Result<Tenant, Fault> {
        let mode = if world.tenant.now.is_some() { ClockMode::Manual } else { ClockMode::System };
        let now = world.tenant.now.unwrap_or_else(real_now);
        let begin = beginning(world, now);
        let mut loader = Loader {
            world,
            now,
            begin,
            ids: TenantIds::seeded(seed),
            handles: Handles::new(),
            names: Names::default(),
            roles_named: BTreeSet::new(),
            azure_roles_named: BTreeSet::new(),
            locks: Vec::new(),
            pim: Pim::new(begin),
            log,
        };
        loader.make_tenant()?;
        directory::make(&mut loader)?;
        conditional_access::make(&mut loader)?;
        azure::make(&mut loader)?;
        applications::make_managed_identities(&mut loader)?;
        policies::make(&mut loader)?;
        assignments::make(&mut loader)?;
        azure::lock(&mut loader)?;
        sign_ins::note(&mut loader)?;
        reviews::make(&mut loader)?;
        alerts::make(&mut loader)?;
        let hostile = world.tenant.hostile.clone().map(Profile::checked).transpose();
        let hostile = hostile.map_err(|it| fault!(["tenant", "hostile", it.field], "{}", it.message))?;
        let Loader { mut pim, mut names, ids, roles_named, azure_roles_named, log, .. } = loader;
        while pim.advance_some(now, CHUNK) {
            log.append(pim.take_events());
        }
        names.note_roles(pim.view(now), &roles_named, &azure_roles_named);
        let tenant = Tenant::continuing(pim, ids, mode, log).with_names(names);
        tenant.traffic().set_hostile(hostile);
        Ok(tenant)
    }

    fn make_tenant(&mut self) -> Result<(), Fault> {
        let entry = &self.world.tenant;
        let domain = entry.domain.clone().unwrap_or_else(|| "contoso.onmicrosoft.com".to_owned());
        if domain.is_empty() || !domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        {
            return Err(fault!(["tenant", "domain"], "'{domain}' is not a domain"));
        }
        let tenant = pim_core::model::Tenant {
            id: TenantId(entry.id.unwrap_or_else(|| self.ids.tenant_id())),
            domain,
            display_name: entry.display_name.clone().unwrap_or_else(|| "Contoso".to_owned()),
            license: entry.license.unwrap_or(pim_core::model::License::P2),
            created: self.begin,
        };
        self.issue(self.begin, &Command::CreateTenant(tenant), || super::error::steps!["tenant"]).map(drop)
    }

    /// Notes a role that the world speaks of.
    pub(super) fn note_role(&mut self, privilege: Privilege) {
        match privilege {
            Privilege::DirectoryRole { role, .. } => drop(self.roles_named.insert(role)),
            Privilege::AzureRole { role, .. } => drop(self.azure_roles_named.insert(role)),
            Privilege::Group { .. } => {}
        }
    }

    /// The tenant as far as it is made.
    pub(super) fn view(&self) -> View<'_> {
        self.pim.view(self.begin)
    }

    /// The same as the clock will show it.
    pub(super) fn view_now(&self) -> View<'_> {
        self.pim.view(self.now)
    }

    /// The place of Azure of a name, or of a path as Azure writes it.
    pub(super) fn azure_scope(&self, name: &str) -> Result<AzureScopeId, String> {
        match self.view().azure_scope_at(name).filter(|_| name.starts_with('/')) {
            Some(scope) => Ok(scope.id),
            None => self.handles.azure_scope(name),
        }
    }

    /// Whether an authentication context is published already.
    pub(super) fn publishes(&self, context: AuthenticationContextId) -> bool {
        self.view().authentication_contexts().any(|it| it.id == context)
    }

    /// The service principal of Microsoft Graph, once it was made.
    pub(super) fn microsoft_graph(&self) -> Option<PrincipalId> {
        self.view().service_principal_of(ClientId::MICROSOFT_GRAPH).map(|it| it.id)
    }

    /// Gives a command to the machine; a refusal becomes a fault at the entry that wanted it.
    pub(super) fn issue(
        &mut self,
        at: Instant,
        command: &Command,
        path: impl FnOnce() -> Vec<Step>,
    ) -> Result<Outcome, Fault> {
        let result = self.pim.handle(at, &mut self.ids, Actor::SetUp, command);
        self.log.append(self.pim.take_events());
        result.map_err(|rejection| Fault { path: path(), message: refusal::sentence(&rejection) })
    }
}

/// When the tenant's history begins: an hour before now, or with the first assignment where that is earlier.
fn beginning(world: &World, now: Instant) -> Instant {
    let entries: [&[AssignmentEntry]; 2] = [&world.active, &world.eligible];
    let starts = entries.into_iter().flatten().filter_map(|entry| entry.start);
    starts.fold(now.minus(HISTORY), Instant::min)
}
