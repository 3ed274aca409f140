//! `roleEligibilitySchedules`: the eligible assignments, present and future.

super::pim::held_collection!(ROLE_ELIGIBILITY_SCHEDULES, Eligibility, is_instance: false);
