//! Membership or ownership of a group, as the routes of PIM for Groups have it.

use super::assignment_schedules::GroupAssignmentSchedule;
use super::eligibility_schedule_instances::GroupEligibilityScheduleInstance;
use super::eligibility_schedules::GroupEligibilitySchedule;
use super::schedule_id;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Target};
use crate::graph::json::{Json, Word};
use crate::graph::objects::write_principal;
use crate::graph::pim::ask::{ScheduleRequestBody, guid, required};
use crate::graph::pim::demand::Demand;
use crate::graph::pim::request_row::RequestRow;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::Collection;
use crate::graph::pim::{Held, Words};
use pim_core::model::{GroupAccess, Privilege, Resource};
use pim_core::{PrincipalId, Rejection, ScheduleId, View};
use uuid::Uuid;

/// Membership or ownership of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Relation {
    pub(in crate::graph) group: PrincipalId,
    pub(in crate::graph) access: GroupAccess,
}

impl Held for Relation {
    const WORDS: Words = Words { assigned: "assigned", activated: "activated", direct: "direct", group: "group" };
    const ACTION_IS_TEXT_IN_BETA: bool = false;
    const IS_PROVISIONED_LATER: bool = true;
    const PRINCIPAL: &'static [&'static str] = &["principalId"];
    const RESOURCE: &'static [&'static str] = &["groupId"];

    type EligibilitySchedule = GroupEligibilitySchedule;
    type EligibilityInstance = GroupEligibilityScheduleInstance;
    type AssignmentSchedule = GroupAssignmentSchedule;

    fn of(privilege: Privilege) -> Option<Self> {
        match privilege {
            Privilege::Group { group, access } => Some(Self { group, access }),
            Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => None,
        }
    }

    fn resource(id: Uuid) -> Resource {
        Resource::Group(PrincipalId(id))
    }

    fn asked(body: &ScheduleRequestBody) -> Result<Privilege, GraphError> {
        let group = PrincipalId(guid("groupId", required("groupId", body.group_id.as_ref())?)?);
        let word = required("accessId", body.access_id.as_ref())?;
        let access = GroupAccess::parse(word);
        let access = access
            .ok_or_else(|| GraphError::UnreadableBody(format!("accessId: '{word}' is neither owner nor member")))?;
        Ok(Privilege::Group { group, access })
    }

    fn schedule_id(text: &str) -> Option<ScheduleId> {
        schedule_id::parse(text).map(|(_, id)| id)
    }

    fn find<'v>(collection: Collection<Self>, view: View<'v>, id: &str) -> Option<ScheduleRow<'v, Self>> {
        let ((group, access), id) = schedule_id::parse(id)?;
        collection.with_id(view, id).filter(|row| row.held == Self { group, access })
    }

    /// One group or one principal must be asked for. A user may see what is its own, and everything of a group that it may
    /// read (AUT-4).
    fn may_list(call: &Call<'_>, view: View<'_>, demand: Demand) -> Result<(), GraphError> {
        view.licensed().map_err(GraphError::Pim)?;
        let group = match demand {
            Demand { principal: None, resource: None } => {
                return Err(GraphError::MissingParameters("GroupId or PrincipalId"));
            }
            Demand { resource: Some(Resource::Group(group)), .. } => Some(group),
            Demand { .. } => None,
        };
        if let Some(user) = call.user().filter(|user| demand.principal != Some(*user)) {
            let may = match group {
                Some(group) => view.may_read_group(user, group),
                None => view.may_read_some_groups(user),
            };
            if !may {
                return Err(GraphError::Unauthorized);
            }
        }
        group.map_or(Ok(()), |group| known(view, group).map_err(GraphError::Pim))
    }

    fn may_see(self, call: &Call<'_>, view: View<'_>, holder: PrincipalId) -> Result<(), GraphError> {
        match call.user() {
            Some(user) if user != holder && !view.may_read_group(user, self.group) => Err(GraphError::Unauthorized),
            Some(_) | None => Ok(()),
        }
    }

    /// Where no group is asked for, those that the caller may read.
    fn is_listed(self, call: &Call<'_>, view: View<'_>, demand: Demand) -> bool {
        let may_read = |user| demand.principal == Some(user) || view.may_read_group(user, self.group);
        demand.resource.is_some() || call.user().is_none_or(may_read)
    }

    fn write_related(self, view: View<'_>, navigation: &Navigation, json: &mut Json) {
        match &navigation.target {
            Target::Object(shown) => write_principal(view, self.group, shown, json),
            Target::RoleDefinition(_)
            | Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Alert(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Nothing => json.raw("null"),
        }
    }
}

/// A group that PIM knows by now (GRP-34) and can manage.
pub(super) fn known(view: View<'_>, id: PrincipalId) -> Result<(), Rejection> {
    let group = view.group(id).filter(|group| view.has_replicated(group.id.0, group.created));
    group.ok_or(Rejection::GroupNotFound(id))?;
    view.manageable(id)
}

impl ScheduleRow<'_, Relation> {
    /// The id of the schedule, and of its instance.
    pub(super) fn id(&self) -> String {
        schedule_id::schedule_id((self.held.group, self.held.access), self.schedule.id)
    }

    pub(super) fn access(&self) -> Word {
        Word(self.held.access.name())
    }

    pub(super) fn group_name(&self) -> Option<&str> {
        self.view.name_of(self.held.group)
    }
}

impl RequestRow<'_, Relation> {
    pub(super) fn access(&self) -> Word {
        Word(self.held.access.name())
    }

    pub(super) fn target(&self) -> Option<String> {
        let id = self.target_schedule()?;
        Some(schedule_id::schedule_id((self.held.group, self.held.access), id))
    }

    pub(super) fn group_name(&self) -> Option<&str> {
        self.view.name_of(self.held.group)
    }
}
