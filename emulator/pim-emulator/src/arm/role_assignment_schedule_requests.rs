//! `roleAssignmentScheduleRequests`: requests about active assignments and activations.

super::pim::request_collection!(ROLE_ASSIGNMENT_SCHEDULE_REQUESTS, Assignment);
