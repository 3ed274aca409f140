//! `roleEligibilityScheduleInstances`: the eligible assignments of now.

super::pim::held_collection!(ROLE_ELIGIBILITY_SCHEDULE_INSTANCES, Eligibility, is_instance: true);
