//! `roleEligibilityScheduleRequests`: requests about eligible assignments.

super::pim::request_collection!(ROLE_ELIGIBILITY_SCHEDULE_REQUESTS, Eligibility);
