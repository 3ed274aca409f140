//! The whole state as one document, and back.

use super::{Alerts, ChangedPolicy, DeletedPrincipal, Directory, GoneName, NOWHERE, Slot, State};
use crate::apply;
use crate::behaviour::Behaviour;
use crate::id::{AzureScopeId, PrincipalId, RoleDefinitionId};
use crate::model::access_review::{
    AccessReviewDefinition, AccessReviewHistory, AccessReviewInstance, AccessReviewSettings,
};
use crate::model::conditional_access::{AuthenticationContext, ConditionalAccessPolicy};
use crate::model::{
    AdministrativeUnit, AppRoleAssignment, Application, Approval, AzureRoleDefinition, AzureScope, DeletedApplication,
    Group, PermissionGrant, Principal, RoleDefinition, Schedule, ScheduleRequest, ServicePrincipal, SignInActivity,
    Tenant, User,
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A membership or an ownership.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Edge {
    /// The group.
    pub group: PrincipalId,
    /// The member or owner.
    pub principal: PrincipalId,
}

/// A schedule with the instant at which something is due for it: a reminder, its end, or its forgetting.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct DueSchedule {
    schedule: Schedule,
    due: Instant,
    /// When it was last activated.
    #[serde(default)]
    last_activation: Option<Instant>,
}

/// A request with the instant at which it times out or is to be purged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct DueRequest {
    request: ScheduleRequest,
    due: Instant,
}

/// A principal that is gone and still named.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct Gone {
    id: PrincipalId,
    #[serde(flatten)]
    name: GoneName,
}

/// Everything that a tenant is at one instant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The instant.
    pub now: Instant,
    tenant: Option<Tenant>,
    behaviour: Behaviour,
    users: Vec<User>,
    groups: Vec<Group>,
    service_principals: Vec<ServicePrincipal>,
    /// Principals that are gone and still named by requests.
    gone: Vec<Gone>,
    /// All of them in the order of places, which is the order of lists: who was deleted and comes back has its old place.
    #[serde(default)]
    places: Vec<PrincipalId>,
    /// Those among them that can be restored.
    #[serde(default)]
    deleted: Vec<DeletedPrincipal>,
    members: Vec<Edge>,
    owners: Vec<Edge>,
    /// The groups that PIM manages.
    #[serde(default)]
    onboarded: Vec<PrincipalId>,
    /// Since when, of those of which it is known.
    #[serde(default)]
    onboarded_since: Vec<(PrincipalId, Instant)>,
    applications: Vec<Application>,
    #[serde(default)]
    deleted_applications: Vec<DeletedApplication>,
    #[serde(default)]
    app_role_assignments: Vec<AppRoleAssignment>,
    #[serde(default)]
    permission_grants: Vec<PermissionGrant>,
    /// Built-in roles that are listed among those in use although nobody may hold them.
    #[serde(default)]
    activated_roles: Vec<RoleDefinitionId>,
    administrative_units: Vec<AdministrativeUnit>,
    custom_roles: Vec<RoleDefinition>,
    /// The tree of Azure without its root.
    #[serde(default)]
    azure_scopes: Vec<AzureScope>,
    #[serde(default)]
    azure_roles: Vec<AzureRoleDefinition>,
    schedules: Vec<DueSchedule>,
    requests: Vec<DueRequest>,
    approvals: Vec<Approval>,
    policies: Vec<ChangedPolicy>,
    conditional_access_policies: Vec<ConditionalAccessPolicy>,
    authentication_contexts: Vec<AuthenticationContext>,
    #[serde(default)]
    access_reviews: Vec<AccessReviewDefinition>,
    #[serde(default)]
    access_review_instances: Vec<AccessReviewInstance>,
    #[serde(default)]
    access_review_histories: Vec<AccessReviewHistory>,
    #[serde(default)]
    access_review_defaults: Vec<(AzureScopeId, AccessReviewSettings)>,
    /// When accounts were last used.
    #[serde(default)]
    sign_ins: Vec<(PrincipalId, SignInActivity)>,
    /// When the week ends.
    week_ends: Instant,
    #[serde(default)]
    alerts: Alerts,
    /// The free places among them: what is due at one instant happens in the order of places.
    #[serde(default)]
    free_schedules: Vec<Slot>,
    #[serde(default)]
    free_requests: Vec<Slot>,
}

impl Snapshot {
    /// The tenant it was taken of.
    #[must_use]
    pub const fn tenant(&self) -> Option<&Tenant> {
        self.tenant.as_ref()
    }

    /// The same state under another tenant id, which is also the name of the tenant's root management group.
    #[must_use]
    pub fn with_tenant_id(mut self, id: crate::id::TenantId) -> Self {
        let Some(tenant) = &mut self.tenant else { return self };
        tenant.id = id;
        for scope in self.azure_scopes.iter_mut().filter(|it| it.id == AzureScopeId::ROOT_GROUP) {
            let AzureScope { name, path, .. } = AzureScope::root_group(tenant, scope.created);
            (scope.name, scope.path) = (name, path);
        }
        self
    }
}

impl State {
    /// The state as one document.
    pub(crate) fn export(&self, now: Instant) -> Snapshot {
        let directory = &self.directory;
        let edge = |(group, principal)| Edge { group: directory.id(group), principal: directory.id(principal) };
        let mut snapshot = Snapshot {
            now,
            tenant: self.tenant.clone(),
            behaviour: self.behaviour.clone(),
            users: Vec::new(),
            groups: Vec::new(),
            service_principals: Vec::new(),
            gone: Vec::new(),
            places: directory.principals.from(0).map(|(_, record)| record.id).collect(),
            deleted: directory.deleted.all().cloned().collect(),
            members: directory.memberships().map(edge).collect(),
            owners: directory.ownerships().map(edge).collect(),
            onboarded: directory.onboarded.keys().map(|slot| directory.id(*slot)).collect(),
            onboarded_since: (directory.onboarded.iter())
                .filter(|(_, since)| **since != Instant::FIRST)
                .map(|(slot, since)| (directory.id(*slot), *since))
                .collect(),
            applications: directory.applications().cloned().collect(),
            deleted_applications: directory.deleted_applications.values().cloned().collect(),
            app_role_assignments: directory.app_role_assignments.values().cloned().collect(),
            permission_grants: directory.permission_grants.values().cloned().collect(),
            activated_roles: directory.activated_roles.iter().copied().collect(),
            administrative_units: directory.administrative_units.all().cloned().collect(),
            custom_roles: directory.custom_roles.values().cloned().collect(),
            azure_scopes: self.azure.scopes().filter(|it| it.parent.is_some()).cloned().collect(),
            azure_roles: self.azure.custom_roles().cloned().collect(),
            schedules: (self.schedules.records.from(0))
                .map(|(_, record)| DueSchedule {
                    schedule: self.schedule(record),
                    due: record.due,
                    last_activation: (record.last_activation != Instant::FIRST).then_some(record.last_activation),
                })
                .collect(),
            requests: (self.requests.records.from(0))
                .map(|(_, record)| DueRequest { request: self.request(record), due: record.due })
                .collect(),
            approvals: self.approvals.all().filter_map(|(slot, record)| self.approval(slot, record)).collect(),
            policies: self.policies.all_changed().cloned().collect(),
            conditional_access_policies: self.conditional_access.policies.values().cloned().collect(),
            authentication_contexts: self.conditional_access.contexts.values().cloned().collect(),
            access_reviews: self.access_reviews.definitions().cloned().collect(),
            access_review_instances: self.access_reviews.instances().cloned().collect(),
            access_review_histories: self.access_reviews.histories().cloned().collect(),
            access_review_defaults: (self.access_reviews.defaults.iter())
                .map(|(scope, settings)| (*scope, settings.clone()))
                .collect(),
            sign_ins: self.sign_ins.all().collect(),
            week_ends: self.week_ends,
            alerts: self.alerts.clone(),
            free_schedules: self.schedules.records.free().to_vec(),
            free_requests: self.requests.records.free().to_vec(),
        };
        // Edges are in the order of ids, whatever was made in which order.
        snapshot.members.sort_unstable();
        snapshot.owners.sort_unstable();
        snapshot.onboarded.sort_unstable();
        snapshot.onboarded_since.sort_unstable();
        for (_, record) in directory.principals.from(0) {
            match &record.object {
                Some(Principal::User(user)) => snapshot.users.push(user.clone()),
                Some(Principal::Group(group)) => snapshot.groups.push(group.clone()),
                Some(Principal::ServicePrincipal(principal)) => snapshot.service_principals.push(principal.clone()),
                None => snapshot.gone.push(Gone {
                    id: record.id,
                    name: record.name.as_deref().cloned().unwrap_or_else(|| GoneName {
                        display_name: String::new(),
                        user_principal_name: None,
                        kind: None,
                    }),
                }),
            }
        }
        snapshot.gone.sort_unstable();
        snapshot.approvals.sort_unstable_by_key(|it| it.request);
        snapshot
    }

    /// The state that a document describes. Where the document contradicts itself (a schedule of nobody, an edge to
    /// nowhere), that entry is left out; [`crate::invariant`] then tells what is missing.
    pub(crate) fn import(snapshot: Snapshot) -> Self {
        let mut state = Self { tenant: snapshot.tenant, behaviour: snapshot.behaviour, ..Self::default() };
        let directory = &mut state.directory;
        let present = (snapshot.users.into_iter().map(Principal::User))
            .chain(snapshot.groups.into_iter().map(Principal::Group))
            .chain(snapshot.service_principals.into_iter().map(Principal::ServicePrincipal));
        import_principals(directory, present, snapshot.gone, &snapshot.places);
        for deleted in snapshot.deleted {
            directory.deleted.insert(deleted);
        }
        for Edge { group, principal } in snapshot.members {
            if let (Some(group), Some(member)) = (directory.slot(group), directory.slot(principal)) {
                directory.set_member(group, member, true);
            }
        }
        for Edge { group, principal } in snapshot.owners {
            if let (Some(group), Some(owner)) = (directory.slot(group), directory.slot(principal)) {
                directory.set_owner(group, owner, true);
            }
        }
        let known = snapshot.onboarded_since.iter().map(|(id, since)| (*id, *since));
        let all = snapshot.onboarded.iter().map(|id| (*id, Instant::FIRST)).chain(known);
        directory.onboarded = all.filter_map(|(id, since)| Some((directory.slot(id)?, since))).collect();
        snapshot.applications.into_iter().for_each(|it| directory.set_application(it));
        directory.app_role_assignments = snapshot.app_role_assignments.into_iter().map(|it| (it.id, it)).collect();
        directory.permission_grants = snapshot.permission_grants.into_iter().map(|it| (it.id, it)).collect();
        directory.activated_roles = snapshot.activated_roles.into_iter().collect();
        snapshot.administrative_units.into_iter().for_each(|it| directory.administrative_units.insert(it));
        directory.custom_roles = snapshot.custom_roles.into_iter().map(|it| (it.id, it)).collect();
        // A document that knows nothing of Azure yet has no root group.
        if let Some(tenant) = &state.tenant {
            state.azure.set_scope(AzureScope::root_group(tenant, tenant.created));
        }
        snapshot.azure_scopes.into_iter().for_each(|it| state.azure.set_scope(it));
        snapshot.azure_roles.into_iter().for_each(|it| state.azure.set_role(it));
        for deleted in snapshot.deleted_applications {
            apply::directory::insert_deleted_application(&mut state, deleted);
        }
        state.schedules.records.lay_out(snapshot.schedules.len(), &snapshot.free_schedules);
        state.requests.records.lay_out(snapshot.requests.len(), &snapshot.free_requests);
        let activations = state.import_schedules(snapshot.schedules);
        state.link_activations(activations);
        for DueRequest { request, due } in snapshot.requests {
            apply::requests::insert(&mut state, &request, due);
        }
        for approval in snapshot.approvals {
            apply::requests::open_approval(&mut state, &approval);
        }
        snapshot.policies.into_iter().for_each(|it| state.policies.set(it));
        snapshot.conditional_access_policies.iter().for_each(|it| state.conditional_access.set_policy(it));
        snapshot.authentication_contexts.iter().for_each(|it| state.conditional_access.set_context(it));
        snapshot.access_reviews.into_iter().for_each(|it| state.access_reviews.set_definition(it));
        snapshot.access_review_instances.into_iter().for_each(|it| state.access_reviews.insert_instance(it));
        snapshot.access_review_histories.into_iter().for_each(|it| state.access_reviews.set_history(it));
        state.access_reviews.defaults = snapshot.access_review_defaults.into_iter().collect();
        state.time_access_reviews();
        state.sign_ins = snapshot.sign_ins.into_iter().collect();
        apply::directory::set_purge(&mut state, Instant::LAST);
        if snapshot.week_ends != Instant::FIRST {
            apply::set_week(&mut state, snapshot.week_ends);
        }
        state.import_alerts(snapshot.alerts, snapshot.now);
        state.schedules.records.settle(snapshot.free_schedules);
        state.requests.records.settle(snapshot.free_requests);
        state
    }

    /// Adds the alerts. A document that knows nothing of alerts begins with them now.
    fn import_alerts(&mut self, alerts: Alerts, now: Instant) {
        let due = alerts.due;
        self.alerts = alerts;
        self.alerts.due = Instant::LAST;
        if self.alerts.anchor == Instant::FIRST && self.tenant.is_some() {
            apply::alerts::begin(self, now);
            apply::alerts::look_again(self, now);
        } else {
            apply::alerts::set_due(self, due);
        }
    }

    /// Adds the schedules; answers which of them were activated from which eligibility.
    fn import_schedules(&mut self, schedules: Vec<DueSchedule>) -> Vec<Schedule> {
        let mut activations = Vec::new();
        for DueSchedule { mut schedule, due, last_activation } in schedules {
            if schedule.activated_using.is_some() {
                activations.push(schedule.clone());
            }
            // The eligibility may come later in the document.
            schedule.activated_using = None;
            apply::schedules::insert(self, &schedule, due);
            let slot = self.schedule_slot(schedule.id);
            if let Some(record) = slot.and_then(|slot| self.schedules.records.get_mut(slot)) {
                record.last_activation = last_activation.unwrap_or(Instant::FIRST);
            }
        }
        activations
    }

    fn link_activations(&mut self, activations: Vec<Schedule>) {
        for schedule in activations {
            let eligibility = schedule.activated_using.and_then(|id| self.schedule_slot(id)).unwrap_or(NOWHERE);
            if let (true, Some(slot)) = (eligibility != NOWHERE, self.schedule_slot(schedule.id)) {
                self.schedules.link_activation(eligibility, slot);
            }
        }
    }
}

/// Adds the principals, each in its place; those without one come last.
fn import_principals(
    directory: &mut Directory,
    present: impl Iterator<Item = Principal>,
    gone: Vec<Gone>,
    places: &[PrincipalId],
) {
    let places: HashMap<PrincipalId, usize> = places.iter().copied().zip(0..).collect();
    let mut principals: Vec<(PrincipalId, Result<Principal, GoneName>)> = present.map(|it| (it.id(), Ok(it))).collect();
    principals.extend(gone.into_iter().map(|Gone { id, name }| (id, Err(name))));
    principals.sort_by_key(|(id, _)| places.get(id).copied().unwrap_or(usize::MAX));
    for (id, principal) in principals {
        match principal {
            Ok(principal) => directory.insert(principal),
            Err(name) => directory.remember(id, name),
        }
    }
}
