//! `roleAssignmentSchedules`: the active assignments, present and future.

super::pim::held_collection!(ROLE_ASSIGNMENT_SCHEDULES, Assignment, is_instance: false);
