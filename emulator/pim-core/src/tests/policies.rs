//! Policies: changing what is demanded, and what a change does.

use super::dsl::{Lab, check, custom_role};
use crate::model::{
    ApprovalChange, ApprovalMode, Happening, MailClass, NotificationLevel, NotificationSetting, Policy, PolicyChange,
    PolicySubject, RuleChange, RuleId, roles,
};
use crate::time::Length;
use crate::{Actor, Command, Event, PolicyFault, Rejection, default_policy};
use std::collections::BTreeSet;

const READER: PolicySubject = PolicySubject::DirectoryRole(roles::GLOBAL_READER);

/// The policy of Global Reader.
fn policy(lab: &Lab) -> Policy {
    lab.pim.view(lab.pim.now()).policy(READER).unwrap().policy.clone()
}

fn change(rules: Vec<RuleChange>) -> Command {
    Command::UpdatePolicy(PolicyChange { subject: READER, rules })
}

/// POL-1. POL-10.
#[test]
fn a_policy_has_seventeen_rules_whose_ids_say_who_acts_on_which_side() {
    let names: BTreeSet<_> = RuleId::ALL.into_iter().map(RuleId::name).collect();
    assert_eq!(names.len(), 17);
    assert_eq!(names.iter().filter(|name| name.starts_with("Notification_")).count(), 9);
    for rule in RuleId::ALL {
        assert_eq!(RuleId::parse(&rule.name().to_lowercase()), Some(rule));
        let ending = format!("_{}_{}", rule.happening().caller(), rule.happening().level());
        assert!(rule.name().ends_with(&ending), "{} {ending}", rule.name());
    }
    assert_eq!(RuleId::parse("Expiration_Admin"), None);
}

/// POL-2.
#[test]
fn eligibilities_are_bound_by_their_own_maximum() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" eligible max 15d
        admin adminAssign eligible alice "Global Reader" 16d -> ExpirationRule
        admin adminAssign eligible alice "Global Reader" forever -> ExpirationRule
        admin adminAssign eligible alice "Global Reader" 15d -> Provisioned
        admin adminAssign active bob "Global Reader" 16d "duty" -> Provisioned
        policy "Security Reader" eligible max 15d forever
        admin adminAssign eligible alice "Security Reader" 400d -> Provisioned
        "#,
    );
}

/// POL-3. POL-35.
#[test]
fn active_assignments_are_bound_by_their_own_maximum() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" max 1h active max 15d
        admin adminAssign active alice "Global Reader" 16d "duty" -> ExpirationRule
        admin adminAssign active alice "Global Reader" forever "duty" -> ExpirationRule
        admin adminAssign active alice "Global Reader" 15d "duty" -> Provisioned
        admin adminAssign eligible bob "Global Reader" 16d -> Provisioned
        "#,
    );
}

/// POL-4.
#[test]
fn activations_are_bound_by_their_own_maximum() {
    check(
        r#"
        world alice users
        policy "Global Reader" max 4h
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 4h1m "incident" -> ExpirationRule
        alice selfActivate "Global Reader" unspecified "incident" -> Provisioned
        window of alice active "Global Reader" +0h +4h
        "#,
    );
}

/// POL-4. MOD-4. An activation always ends, whatever is written.
#[test]
fn no_policy_lets_an_activation_last_for_ever() {
    check(
        r#"
        world alice users
        policy "Global Reader" forever
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" forever "incident" -> ExpirationRule
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        "#,
    );
}

/// POL-5.
#[test]
fn administrators_may_be_asked_for_something_when_they_make_eligibilities() {
    check(
        r#"
        world alice users
        admin would adminAssign eligible alice "Global Reader" 10d -> Provisioned
        policy "Global Reader" eligible mfa justification
        admin adminAssign eligible alice "Global Reader" 10d -> JustificationRule + MfaRule
        admin adminAssign eligible alice "Global Reader" 10d "duty" with mfa -> Provisioned
        "#,
    );
}

/// POL-6. POL-37. POL-54.
#[test]
fn multifactor_authentication_for_an_active_assignment_is_asked_of_the_administrator() {
    check(
        r#"
        world alice users; robot service principal
        policy "Global Reader" active mfa
        admin adminAssign active alice "Global Reader" 10d -> MfaRule
        robot adminAssign active alice "Global Reader" 10d -> MfaRule
        admin adminAssign active alice "Global Reader" 10d with mfa -> Provisioned
        policy "Security Reader" active nothing
        admin adminAssign active alice "Security Reader" 10d -> Provisioned
        "#,
    );
}

/// POL-7. POL-30. POL-31. POL-32. POL-33.
#[test]
fn activations_are_asked_for_what_the_policy_lists() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        policy "Global Reader" mfa ticket
        alice selfActivate "Global Reader" 9h -> ExpirationRule + MfaRule + TicketingRule
        alice selfActivate "Global Reader" 2h "incident" ticket "INC-1" with mfa -> TicketingRule
        alice selfActivate "Global Reader" 2h "incident" ticket "INC-1" "desk" with mfa -> Provisioned
        tick 2h
        policy "Global Reader" nothing
        alice selfActivate "Global Reader" 2h -> Provisioned
        "#,
    );
}

/// POL-35. POL-36.
#[test]
fn administrators_are_bound_by_admin_rules_also_for_themselves() {
    check(
        r#"
        world bob users
        policy "Global Reader" approval by bob max 1h mfa ticket
        admin adminAssign active admin "Global Reader" 10d "duty" -> Provisioned
        admin adminAssign eligible admin "Security Reader" 10d -> Provisioned
        admin selfActivate "Security Reader" 2h -> JustificationRule
        "#,
    );
}

/// POL-38.
#[test]
fn whoever_asks_for_more_time_has_multifactor_authentication_where_the_role_wants_it() {
    check(
        r#"
        world alice users
        policy "Global Reader" mfa
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> MfaRule
        alice selfExtend eligible "Global Reader" 30d "still on duty" with mfa -> PendingAdminDecision
        "#,
    );
}

/// POL-8.
#[test]
fn approval_is_switched_on_and_off() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 30d
        alice would selfActivate "Global Reader" 2h "incident" -> Provisioned
        policy "Global Reader" approval by bob
        alice would selfActivate "Global Reader" 2h "incident" -> PendingApproval
        policy "Global Reader" no approval
        alice would selfActivate "Global Reader" 2h "incident" -> Provisioned
        "#,
    );
}

/// POL-9.
#[test]
fn a_context_is_switched_on_and_off() {
    check(
        r#"
        world alice users; c1 context
        alice eligible for "Global Reader" for 30d
        policy "Global Reader" context c1
        alice would selfActivate "Global Reader" 2h "incident" -> MfaRule
        policy "Global Reader" no context
        alice would selfActivate "Global Reader" 2h "incident" -> Provisioned
        setup unpublish c1 -> AuthenticationContextInUse
        admin policy "Global Reader" context c2 -> InvalidPolicy ContextUnknown
        "#,
    );
}

/// POL-10. POL-19. POL-58.
#[test]
fn one_rule_is_changed_and_the_others_stay() {
    let mut lab = Lab::new();
    let mut expected = policy(&lab);
    assert_eq!(
        *expected.notifications.cell(MailClass::Approver, Happening::EndUserAssignment),
        NotificationSetting {
            level: NotificationLevel::All,
            is_default_recipients_enabled: true,
            recipients: Vec::new(),
        }
    );
    *expected.notifications.cell_mut(MailClass::Requestor, Happening::AdminAssignment) = NotificationSetting {
        level: NotificationLevel::Critical,
        is_default_recipients_enabled: true,
        recipients: vec!["watch@example.com".to_owned()],
    };
    lab.set_up(&change(vec![RuleChange::Notification {
        class: MailClass::Requestor,
        of: Happening::AdminAssignment,
        level: Some(NotificationLevel::Critical),
        is_default_recipients_enabled: None,
        recipients: Some(vec!["watch@example.com".to_owned()]),
    }]));
    assert_eq!(policy(&lab), expected);
    expected.expiration_admin_eligibility.maximum_duration = Length::days(15);
    lab.set_up(&change(vec![RuleChange::Expiration {
        of: Happening::AdminEligibility,
        is_expiration_required: None,
        maximum_duration: Some(Some(Length::days(15))),
    }]));
    assert_eq!(policy(&lab), expected);
    lab.finish();
}

/// POL-18. POL-60.
#[test]
fn every_role_has_a_policy_that_is_the_default_until_somebody_changes_it() {
    let mut lab = Lab::after("world alice users; Watcher custom role");
    let watcher = PolicySubject::DirectoryRole(lab.role("Watcher").unwrap());
    for subject in [READER, watcher] {
        let view = lab.pim.view(lab.pim.now()).policy(subject).unwrap();
        assert_eq!((view.policy, view.modified), (&default_policy(false), None));
    }
    lab.tell(
        r#"
        admin policy "nothing" max 4h -> PolicyNotFound
        at +1h admin policy "Global Reader" max 4h -> ok
        happened +1h policyChanged
        "#,
    );
    let admin = Actor::User { id: lab.id("admin").unwrap(), mfa: false, contexts: Default::default() };
    let changed = lab.pim.view(lab.pim.now()).policy(READER).unwrap();
    assert_eq!(changed.modified, Some((lab.pim.now(), admin.created_by())));
    // There is no way back but to write the default again.
    lab.tell(r#"admin policy "Global Reader" max 8h -> ok"#);
    assert_eq!(policy(&lab), default_policy(false));
    lab.finish();
}

/// POL-18. A role that is made anew under the same id does not get the policy of the one that is gone.
#[test]
fn a_policy_goes_with_its_role() {
    let mut lab = Lab::after(
        r#"
        world alice bob users; Watcher custom role
        policy "Watcher" max 1h approval by bob
        "#,
    );
    let id = lab.role("Watcher").unwrap();
    lab.tell(r#"admin deleteRole "Watcher" -> ok"#);
    assert!(lab.pim.view(lab.pim.now()).policy(PolicySubject::DirectoryRole(id)).is_none());
    lab.set_up(&Command::CreateRoleDefinition(custom_role("Watcher", id)));
    lab.tell(
        r#"
        alice eligible for "Watcher" for 30d
        alice selfActivate "Watcher" 2h "incident" -> Provisioned
        "#,
    );
    lab.finish();
}

/// POL-20. APR-17. APR-4.
#[test]
fn what_a_policy_cannot_say_is_refused_and_nothing_of_it_is_taken_in() {
    let mut lab = Lab::after(
        r#"
        world alice users; robot service principal; c1 context
        admin policy "Global Reader" max 4h approval by nobody -> InvalidPolicy ApproverNotFound
        admin policy "Global Reader" max 4h approval by robot -> InvalidPolicy ApproverIsServicePrincipal
        admin policy "Global Reader" context c2 -> InvalidPolicy ContextUnknown
        admin policy "Global Reader" active ticket -> InvalidPolicy RequirementNotAllowed
        admin policy "Global Reader" eligible ticket -> InvalidPolicy RequirementNotAllowed
        admin policy "Global Reader" active max -1h -> InvalidPolicy Length
        "#,
    );
    let refused = [
        (RuleChange::AuthenticationContext { is_enabled: Some(true), claim_value: None }, PolicyFault::ContextMissing),
        (
            RuleChange::Approval(ApprovalChange { time_out_in_days: Some(2), ..ApprovalChange::default() }),
            PolicyFault::TimeOut(2),
        ),
    ];
    for (rule, fault) in refused {
        assert_eq!(lab.handle(Actor::SetUp, &change(vec![rule])), Err(Rejection::InvalidPolicy(fault)));
    }
    assert_eq!(policy(&lab), default_policy(false));
    lab.finish();
}

/// POL-43.
#[test]
fn a_length_that_would_not_limit_is_refused_where_the_switch_says_so() {
    let mut lab = Lab::after("world alice users\nswitch idleMaximumDurationsAreRefused true");
    let rule = |is_expiration_required, maximum_duration| RuleChange::Expiration {
        of: Happening::AdminEligibility,
        is_expiration_required,
        maximum_duration,
    };
    let month = Some(Some(Length::days(30)));
    let refused = lab.handle(Actor::SetUp, &change(vec![rule(Some(false), month)]));
    assert_eq!(refused, Err(Rejection::InvalidPolicy(PolicyFault::IdleLength)));
    for taken in [rule(Some(true), month), rule(Some(false), None), rule(Some(false), Some(None)), rule(None, month)] {
        lab.set_up(&change(vec![taken]));
    }
    lab.finish();
}

/// POL-22.
#[test]
fn managers_change_policies() {
    check(
        r#"
        world alice bob carol users; robot service principal
        setup assignOutside bob "Global Administrator" -> ok
        setup assignOutside carol "Security Administrator" -> ok
        alice policy "Global Reader" max 4h -> NotPermitted
        carol policy "Global Reader" max 4h -> NotPermitted
        admin policy "Global Reader" max 4h -> ok
        bob policy "Global Reader" max 4h -> ok
        robot policy "Global Reader" max 4h -> ok
        licence none
        admin policy "Global Reader" max 4h -> LicenseRequired
        "#,
    );
}

/// POL-39. POL-40. POL-44.
#[test]
fn a_change_counts_from_the_next_request_on() {
    check(
        r#"
        world alice bob carol dave users
        alice eligible for "Global Reader" for 60d
        bob eligible for "Global Reader" forever
        carol active in "Global Reader" forever
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        policy "Global Reader" max 1h eligible max 15d active max 15d
        happened +0h policyChanged
        window of alice eligible "Global Reader" +0h +60d
        window of alice active "Global Reader" +0h +8h
        window of bob eligible "Global Reader" +0h forever
        window of carol active "Global Reader" +0h forever
        bob selfActivate "Global Reader" 2h "incident" -> ExpirationRule
        admin adminAssign eligible dave "Global Reader" 60d -> ExpirationRule
        at +30d bob is eligible for "Global Reader"
        carol has "Global Reader"
        "#,
    );
}

/// POL-42. POL-43.
#[test]
fn where_no_end_is_demanded_the_stored_maximum_does_not_limit() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" eligible max 15d forever
        admin adminAssign eligible alice "Global Reader" 15d -> Provisioned
        admin adminAssign eligible bob "Global Reader" 999d -> Provisioned
        "#,
    );
}

/// POL-19. The event names what was written, each once.
#[test]
fn a_change_says_which_rules_were_written() {
    let lab = Lab::after(r#"admin policy "Global Reader" max 4h mfa max 2h active max 15d -> ok"#);
    let rules = lab
        .events
        .iter()
        .rev()
        .find_map(|it| if let Event::PolicyChanged { rules, .. } = &it.event { Some(rules.clone()) } else { None });
    let expected = [
        RuleId::Expiration(Happening::EndUserAssignment),
        RuleId::Enablement(Happening::EndUserAssignment),
        RuleId::Expiration(Happening::AdminAssignment),
    ];
    assert_eq!(rules.unwrap(), expected);
    assert_eq!(policy(&lab).expiration_end_user_assignment.maximum_duration, Length::hours(2));
    lab.finish();
}

/// POL-51. POL-59. APR-19.
#[test]
fn the_default_policy_asks_nobody_and_has_one_stage_of_a_day() {
    let setting = default_policy(false).approval_end_user_assignment;
    assert!(!setting.is_approval_required && setting.is_requestor_justification_required);
    assert_eq!(setting.mode, ApprovalMode::SingleStage);
    assert_eq!(setting.stage.time_out_in_days, 1);
    assert!(setting.stage.is_approver_justification_required && !setting.stage.is_escalation_enabled);
    assert!(setting.stage.primary_approvers.is_empty());
    assert!(!setting.is_approval_required_for_extension);
}

/// APR-18. APR-20.
#[test]
fn escalation_is_stored_and_not_honoured() {
    let mut lab = Lab::after(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        "#,
    );
    lab.set_up(&change(vec![RuleChange::Approval(ApprovalChange {
        escalation_time_in_minutes: Some(30),
        is_escalation_enabled: Some(true),
        is_approval_required_for_extension: Some(true),
        ..ApprovalChange::default()
    })]));
    let stage = policy(&lab).approval_end_user_assignment.stage;
    assert_eq!((stage.escalation_time_in_minutes, stage.is_escalation_enabled), (30, true));
    lab.tell(
        r#"
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        at +23h admin approve asking "nobody else did" -> NotAnApprover
        nothing happened
        at +24h asking is TimedOut
        "#,
    );
    lab.finish();
}

/// ACT-7.
#[test]
fn an_activation_may_be_allowed_to_last_from_half_an_hour_to_a_day() {
    check(
        r#"
        admin policy "Global Reader" max 30m -> ok
        admin policy "Global Reader" max 1h45m -> ok
        admin policy "Global Reader" max 23h30m -> ok
        admin policy "Global Reader" max 24h -> ok
        admin policy "Global Reader" max 29m -> InvalidPolicy ActivationLength
        admin policy "Global Reader" max 24h1m -> InvalidPolicy ActivationLength
        admin policy "Global Reader" eligible max 400d active max 5m -> ok
        "#,
    );
}

/// ACT-7. No time at all can be written, and then nobody activates.
#[test]
fn no_time_at_all_refuses_every_activation() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        policy "Global Reader" max 0h
        alice selfActivate "Global Reader" 5m "incident" -> ExpirationRule
        alice selfActivate "Global Reader" unspecified "incident" -> DurationTooShort
        "#,
    );
}

/// MFA-11. MFA-12. MFA-13.
#[test]
fn multifactor_authentication_is_not_turned_on_while_a_context_is() {
    check(
        r#"
        world alice users; c1 context
        admin policy "Global Reader" context c1 -> ok
        admin policy "Global Reader" mfa justification -> MfaAndContextConflict
        admin policy "Global Reader" mfa no context -> MfaAndContextConflict
        admin policy "Global Reader" no context mfa -> ok
        admin policy "Global Reader" context c1 -> ok
        admin policy "Global Reader" mfa ticket -> ok
        admin policy "Security Reader" active mfa context c1 -> ok
        admin policy "Security Reader" active mfa eligible mfa -> ok
        "#,
    );
}

/// POL-20. POL-43. No length at all is a fault where there must be an end, and where there need not be one leaves the old one.
#[test]
fn an_end_that_is_demanded_needs_a_length() {
    let mut lab = Lab::new();
    let empty = |of, is_expiration_required| {
        change(vec![RuleChange::Expiration { of, is_expiration_required, maximum_duration: Some(None) }])
    };
    let fault = Err(Rejection::InvalidPolicy(PolicyFault::Length));
    for (of, required) in [
        (Happening::AdminEligibility, Some(true)),
        (Happening::AdminAssignment, Some(true)),
        (Happening::EndUserAssignment, Some(true)),
        (Happening::EndUserAssignment, None),
    ] {
        assert_eq!(lab.handle(Actor::SetUp, &empty(of, required)), fault, "{of:?} {required:?}");
    }
    lab.tell(r#"admin policy "Global Reader" active max 90d -> ok"#);
    assert_eq!(lab.handle(Actor::SetUp, &empty(Happening::AdminAssignment, None)), fault);
    lab.tell(r#"admin policy "Global Reader" active forever -> ok"#);
    lab.set_up(&empty(Happening::AdminAssignment, None));
    lab.set_up(&empty(Happening::AdminAssignment, Some(false)));
    assert_eq!(policy(&lab).expiration_admin_assignment.maximum_duration, Length::days(90));
    lab.finish();
}
