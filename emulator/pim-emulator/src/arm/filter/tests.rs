use super::{
    APPROVALS, Accepted, CHILD_RESOURCES, Condition, DENY_ASSIGNMENTS, Filter, INSTANCES, POLICIES, REQUESTS,
    ROLE_ASSIGNMENTS, ROLE_DEFINITIONS, SCHEDULES,
};
use crate::arm::error::{ArmError, Context};
use crate::arm::front_door::Query;
use pim_core::PrincipalId;
use proptest::prelude::{any, proptest};
use uuid::{Uuid, uuid};

const ADA: Uuid = uuid!("3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40");
const READER: &str = "/subscriptions/3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40/providers/Microsoft.Authorization/roleDefinitions/\
                      acdd72a7-3385-48ef-bd42-f606fba81ae7";

fn parsed(text: &str, accepted: Accepted) -> Filter {
    Filter::parse(text, accepted).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn refused(text: &str, accepted: Accepted) -> String {
    let error = Filter::parse(text, accepted).unwrap_err();
    let answer = error.answer(&Context::default());
    assert_eq!((answer.status.as_u16(), answer.code), (400, "BadRequestFormat"));
    let ArmError::InvalidFilter(detail) = error else { panic!("{error:?}") };
    detail
}

fn is(condition: Condition) -> Filter {
    Filter::Is(condition)
}

#[test]
fn every_function_is_read_in_any_case() {
    let ada = PrincipalId(ADA);
    for (text, accepted, condition) in [
        ("atScope()", SCHEDULES, Condition::AtScope),
        ("AtScopeAndBelow()", ROLE_DEFINITIONS, Condition::AtScopeAndBelow),
        ("asTarget()", INSTANCES, Condition::AsTarget),
        ("ASTARGET( )", REQUESTS, Condition::AsTarget),
        ("asRequestor()", REQUESTS, Condition::AsRequestor),
        ("asApprover()", REQUESTS, Condition::AsApprover),
        ("asApprover()", APPROVALS, Condition::AsApprover),
        ("asCreatedBy()", APPROVALS, Condition::AsCreatedBy),
        ("assignedto('3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40')", INSTANCES, Condition::AssignedTo(ada)),
        ("assignedTo(3C0F7A52-91D4-4C0E-8B1F-5A2E9D7C6B40)", ROLE_ASSIGNMENTS, Condition::AssignedTo(ada)),
    ] {
        assert_eq!(parsed(text, accepted), is(condition), "{text}");
    }
}

#[test]
fn every_property_is_compared_with_a_quoted_or_a_bare_value() {
    let ada = PrincipalId(ADA);
    let text = str::to_owned;
    for (property, value, accepted, condition) in [
        ("principalId", &*ADA.to_string(), REQUESTS, Condition::PrincipalId(ada)),
        ("requestorId", &*ADA.to_string(), REQUESTS, Condition::RequestorId(ada)),
        ("roleDefinitionId", READER, POLICIES, Condition::RoleDefinitionId(text(READER))),
        ("status", "Provisioned", SCHEDULES, Condition::Status(text("Provisioned"))),
        ("roleAssignmentScheduleId", "/x", INSTANCES, Condition::RoleAssignmentScheduleId(text("/x"))),
        ("roleEligibilityScheduleId", "/x", INSTANCES, Condition::RoleEligibilityScheduleId(text("/x"))),
        ("roleName", "Reader", ROLE_DEFINITIONS, Condition::RoleName(text("Reader"))),
        ("type", "CustomRole", ROLE_DEFINITIONS, Condition::RoleType(text("CustomRole"))),
        ("denyAssignmentName", "d", DENY_ASSIGNMENTS, Condition::DenyAssignmentName(text("d"))),
        ("gdprExportPrincipalId", &*ADA.to_string(), DENY_ASSIGNMENTS, Condition::GdprExportPrincipalId(ada)),
        ("resourceType", "Subscription", CHILD_RESOURCES, Condition::ResourceType(text("Subscription"))),
    ] {
        assert_eq!(parsed(&format!("{property} eq '{value}'"), accepted), is(condition.clone()), "{property}");
        assert_eq!(parsed(&format!("{} EQ {value}", property.to_uppercase()), accepted), is(condition), "{property}");
    }
}

#[test]
fn quotes_inside_a_value_are_doubled() {
    assert_eq!(
        parsed("roleName eq 'Ada''s (own) role'", ROLE_DEFINITIONS),
        is(Condition::RoleName("Ada's (own) role".to_owned()))
    );
}

#[test]
fn conditions_are_joined_and_wrapped_as_clients_write_them() {
    let both = |left, right| Filter::And(Box::new(left), Box::new(right));
    let either = |left, right| Filter::Or(Box::new(left), Box::new(right));
    let ada = || is(Condition::PrincipalId(PrincipalId(ADA)));
    let reader = || is(Condition::RoleDefinitionId(READER.to_owned()));
    assert_eq!(parsed(&format!("(principalId eq '{ADA}')"), REQUESTS), ada());
    assert_eq!(
        parsed(&format!("principalId eq '{ADA}' and roleDefinitionId eq '{READER}'"), INSTANCES),
        both(ada(), reader())
    );
    assert_eq!(
        parsed(&format!("asTarget() and roleDefinitionId eq '{READER}'"), INSTANCES),
        both(is(Condition::AsTarget), reader())
    );
    let kind = |name: &str| is(Condition::ResourceType(name.to_owned()));
    assert_eq!(
        parsed("asTarget() and resourceType eq 'Subscription' or resourceType eq 'resourcegroup'", CHILD_RESOURCES),
        either(both(is(Condition::AsTarget), kind("Subscription")), kind("resourcegroup")),
        "and binds more tightly than or"
    );
    assert_eq!(
        parsed("asTarget() and (resourceType eq 'Subscription' or resourceType eq 'resourcegroup')", CHILD_RESOURCES),
        both(is(Condition::AsTarget), either(kind("Subscription"), kind("resourcegroup")))
    );
}

#[test]
fn plus_signs_of_a_query_are_spaces() {
    let query = Query::parse("api-version=2020-10-01&%24filter=resourceType+eq+%27Subscription%27");
    assert_eq!(
        parsed(query.get("$filter").unwrap(), CHILD_RESOURCES),
        is(Condition::ResourceType("Subscription".to_owned()))
    );
}

#[test]
fn what_a_list_does_not_take_is_refused_by_name() {
    for (text, accepted, part) in [
        ("asApprover()", SCHEDULES, "'asApprover'"),
        ("colour eq 'red'", REQUESTS, "'colour'"),
        ("asTarget() or atScope()", REQUESTS, "'or'"),
        ("principalId ne 'x'", REQUESTS, "'eq'"),
        ("principalId eq 'nobody'", REQUESTS, "no GUID"),
        ("assignedTo()", REQUESTS, "no such function"),
        ("asTarget('x')", REQUESTS, "no such function"),
        ("status()", REQUESTS, "no such function"),
        ("asTarget", REQUESTS, "'eq'"),
        ("atScope eq 'x'", REQUESTS, "no property"),
        ("or", CHILD_RESOURCES, "'or'"),
        ("status eq 'Granted", REQUESTS, "quote"),
        ("status eq", REQUESTS, "missing"),
        ("(asTarget()", REQUESTS, "not closed"),
        ("asTarget(", REQUESTS, "missing"),
        ("asTarget() atScope()", REQUESTS, "too much"),
        ("", REQUESTS, "missing"),
    ] {
        let detail = refused(text, accepted);
        assert!(detail.contains(part), "{text}: {detail}");
    }
}

#[test]
fn nesting_and_length_are_bounded() {
    let nested = |depth: usize| format!("{}asTarget(){}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(parsed(&nested(16), REQUESTS), is(Condition::AsTarget));
    assert!(refused(&nested(17), REQUESTS).contains("nested"), "seventeen are too many");
    assert!(refused(&format!("status eq '{}'", "x".repeat(5000)), REQUESTS).contains("at most"));
}

#[test]
fn a_filter_says_what_it_shows_and_what_it_demands() {
    let filter =
        parsed("asTarget() and resourceType eq 'Subscription' or resourceType eq 'resourcegroup'", CHILD_RESOURCES);
    let group = Condition::ResourceType("resourcegroup".to_owned());
    assert!(filter.holds(&|condition| *condition == group));
    assert!(!filter.holds(&|condition| *condition == Condition::AsTarget));
    assert!(!filter.demands(&Condition::AsTarget), "the other half shows what the caller is no target of");
    assert!(parsed("(asTarget()) and status eq 'Granted'", REQUESTS).demands(&Condition::AsTarget));
    assert!(!Filter::All.demands(&Condition::AsTarget));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Filter::parse(&text, CHILD_RESOURCES);
    }

    #[test]
    fn any_value_in_quotes_is_read_as_it_is(name in "[ -~]{1,40}") {
        let text = format!("roleName eq '{}'", name.replace('\'', "''"));
        assert_eq!(parsed(&text, ROLE_DEFINITIONS), is(Condition::RoleName(name)));
    }
}
