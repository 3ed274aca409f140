//! `/privilegedAccess/{provider}/roleAssignments`: who is eligible for what, and who has it.

use super::provider::{Provider, resource_id, role_definition_id, scoped_resource_id};
use super::related::Relations;
use super::{BOTH, SERVICE, assignment_state, lists, of_groups, of_others, resources};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, Target};
use crate::graph::json::{Json, Word};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{AssignmentKind, PrincipalKind, Schedule, ScheduleKind};
use pim_core::time::Instant;
use pim_core::{By, View};

/// An eligible or active assignment whose window is open, on its way to the wire.
#[derive(Clone, Debug)]
pub(crate) struct Assignment<'v> {
    pub(super) view: View<'v>,
    pub(super) schedule: Schedule,
}

crate::entity! {
    /// An eligible or active assignment whose window is open.
    GovernanceRoleAssignment(Assignment<'r>) = "governanceRoleAssignment" {
        "id": string = |it| it.schedule.id.0;
        "resourceId": string = |it| resource_id(it.view, it.schedule.privilege);
        "roleDefinitionId": string = |it| role_definition_id(it.schedule.privilege);
        "subjectId": string = |it| it.schedule.principal.0;
        "scopedResourceId": string [service] = |it| scoped_resource_id(it.schedule.privilege);
        "linkedEligibleRoleAssignmentId": string = |it| it.schedule.activated_using.map(|id| id.0);
        "externalId": string = |it| it.schedule.id.0;
        "isPermanent": boolean [service] = |it| it.schedule.window.end.is_none();
        "startDateTime": instant = |it| it.start();
        "endDateTime": instant = |it| it.schedule.window.end;
        "assignmentState": string = |it| Word(assignment_state(it.schedule.kind.side()));
        "memberType": string = |it| it.member_type();
        "status": string = |_it| Word("Provisioned");
        "condition": string [service] = |_it| None::<Word>;
        "conditionVersion": string [service] = |_it| None::<Word>;
        "conditionDescription": string [service] = |_it| None::<Word>;
        paths {
            "subject/id": string = |it| it.schedule.principal.0;
            "resource/id": string = |it| resource_id(it.view, it.schedule.privilege);
            "roleDefinition/id": string = |it| role_definition_id(it.schedule.privilege);
            "roleDefinition/resource/id": string = |it| resource_id(it.view, it.schedule.privilege);
        }
    }
    navigations ["linkedEligibleRoleAssignment", "subject", "scopedResource", "roleDefinition", "resource"]
}

impl Assignment<'_> {
    /// One made outside PIM has no start.
    fn start(&self) -> Option<Instant> {
        (self.schedule.kind != ScheduleKind::AssignedOutside).then_some(self.schedule.window.start)
    }

    fn member_type(&self) -> Word {
        let holder = self.view.principal(self.schedule.principal).map(pim_core::model::Principal::kind);
        Word(if holder == Some(PrincipalKind::Group) { "Group" } else { "User" })
    }
}

impl Related for Assignment<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let Self { view, schedule } = self;
        match &navigation.target {
            Target::Governance(wanted) => Relations {
                view: *view,
                privilege: schedule.privilege,
                principal: Some(schedule.principal),
                eligibility: schedule.activated_using,
            }
            .write(wanted, json),
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
pub(crate) const OPERATIONS: &[Operation] = lists!("roleAssignments");

fn list(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignment>::of(call, PAGE_SIZE)?;
    let demand = provider.demand(query.pager());
    let path = provider.path("roleAssignments");
    call.tenant.read(|view| {
        provider.may_list(call, view, demand)?;
        let is_shown =
            |(_, row): &(u64, Assignment<'_>)| provider.is_listed(call, view, demand, row.schedule.privilege);
        let shown = rows(view, provider, demand.by()).into_iter().filter(is_shown);
        Ok(query.answer(call, &Context::at(&path), |_| shown))
    })
}

fn of_resource(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignment>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let by = resources::everything_of(call, view, provider)?;
        let path = provider.path(&format!("resources/{}/roleAssignments", call.id(0).unwrap_or_default()));
        Ok(query.answer(call, &Context::at(&path), |_| rows(view, provider, by)))
    })
}

/// Both sides, in the order of keys.
fn rows(view: View<'_>, provider: Provider, by: By) -> Vec<(u64, Assignment<'_>)> {
    let mut rows: Vec<_> = [AssignmentKind::Eligibility, AssignmentKind::Assignment]
        .into_iter()
        .flat_map(|side| view.instances(side, by, None))
        .filter(|(_, schedule)| Provider::of(schedule.privilege) == provider)
        .map(|(key, schedule)| (key, Assignment { view, schedule }))
        .collect();
    rows.sort_by_key(|(key, _)| *key);
    rows
}
