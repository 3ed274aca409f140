use super::GraphError;
use pim_core::{PolicyRule, Rejection};

#[test]
fn the_messages_that_clients_search_for_are_the_services_own() {
    let message = |rejection| GraphError::Pim(rejection).answer().message.into_owned();
    assert_eq!(
        message(Rejection::PolicyRules(vec![PolicyRule::Eligibility, PolicyRule::Expiration])),
        r#"The following policy rules failed: ["EligibilityRule","ExpirationRule"]"#
    );
    assert_eq!(
        message(Rejection::DurationTooShort),
        "The Active duration is too short. Miniumum Required is 5 minutes."
    );
    assert_eq!(
        message(Rejection::AlreadyExists { schedule: pim_core::ScheduleId(uuid::Uuid::nil()) }),
        "The Role assignment already exists."
    );
}

/// ERR-30: names that circulate in client code and that no service ever answered.
#[test]
fn no_refusal_has_a_code_that_the_service_was_never_seen_to_use() {
    let invented = ["JustificationRuleViolated", "MaximumDurationExceeded", "StartTimeInPast", "EligibilityNotFound"];
    assert!(super::errors().iter().all(|row| !invented.contains(&row.code)));
}
