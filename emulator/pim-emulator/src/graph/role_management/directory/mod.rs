//! `/roleManagement/directory`: role definitions, role assignments, and the six collections of PIM.

mod approval_row;
mod ask;
mod assignment_id;
mod complex;
pub(in crate::graph) mod reading;
mod request_row;
pub(super) mod requests;
pub(crate) mod role_assignment_approvals;
pub(crate) mod role_assignment_schedule_instances;
pub(crate) mod role_assignment_schedule_requests;
pub(crate) mod role_assignment_schedules;
pub(crate) mod role_assignments;
pub(crate) mod role_definitions;
pub(crate) mod role_eligibility_schedule_instances;
pub(crate) mod role_eligibility_schedule_requests;
pub(crate) mod role_eligibility_schedules;
mod schedule_row;
pub(super) mod schedules;
#[cfg(test)]
mod tests;

pub(crate) use role_assignment_schedules::RoleAssignmentSchedule;
pub(crate) use role_definitions::RoleDefinitionResource;
pub(crate) use role_eligibility_schedule_instances::RoleEligibilityScheduleInstance;
pub(crate) use role_eligibility_schedules::RoleEligibilitySchedule;
