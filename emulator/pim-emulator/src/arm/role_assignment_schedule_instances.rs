//! `roleAssignmentScheduleInstances`: the active assignments of now.

super::pim::held_collection!(ROLE_ASSIGNMENT_SCHEDULE_INSTANCES, Assignment, is_instance: true);
