//! `/roleManagement/directory`: role definitions, role assignments, and the six collections of PIM.

mod assignment_id;
pub(in crate::graph) mod reading;
mod role;
pub(crate) mod role_assignment_approvals;
pub(crate) mod role_assignment_schedule_instances;
pub(crate) mod role_assignment_schedule_requests;
pub(crate) mod role_assignment_schedules;
pub(crate) mod role_assignments;
pub(crate) mod role_definitions;
pub(crate) mod role_eligibility_schedule_instances;
pub(crate) mod role_eligibility_schedule_requests;
pub(crate) mod role_eligibility_schedules;

pub(crate) use role::Role;
pub(crate) use role_assignment_schedules::RoleAssignmentSchedule;
pub(crate) use role_definitions::RoleDefinitionResource;
pub(crate) use role_eligibility_schedule_instances::RoleEligibilityScheduleInstance;
pub(crate) use role_eligibility_schedules::RoleEligibilitySchedule;
