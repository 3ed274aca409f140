//! The rules of policy by themselves, with settings that no privilege has by default.

use crate::command::{Actor, Ask};
use crate::model::PolicyRule;
use crate::model::conditional_access::AuthenticationContexts;
use crate::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, Enablement, ExpirationSetting, Policy,
    Privilege, Requirement, TicketInfo, Window, roles,
};
use crate::rule::{self, Demands, Eligible, Facts};
use crate::time::Length;
use crate::{PrincipalId, default_policy};
use uuid::Uuid;

use super::dsl::{BEGINNING, Lab};

const SOMEBODY: PrincipalId = PrincipalId(Uuid::from_u64_pair(7, 7));
const READER: Privilege = Privilege::DirectoryRole { role: roles::GLOBAL_READER, scope: DirectoryScope::Tenant };

/// What fails for an administrator who makes an active assignment of that length under these demands.
fn failures(length: Option<Length>, demands: Demands, actor: Actor, ask: impl FnOnce(&mut Ask)) -> Vec<PolicyRule> {
    let mut asked = Ask {
        side: AssignmentKind::Assignment,
        action: Action::AdminAssign,
        principal: SOMEBODY,
        privilege: READER,
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::NoExpiration }),
        target_schedule: None,
        justification: None,
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    ask(&mut asked);
    rule::failures(&Facts {
        actor,
        ask: &asked,
        window: Window { start: BEGINNING, end: length.map(|length| BEGINNING.plus(length)) },
        demands,
        eligible: Eligible::NotAsked,
        blank_justification_counts: false,
    })
}

const fn user(mfa: bool) -> Actor {
    Actor::User { id: SOMEBODY, mfa, contexts: AuthenticationContexts::NONE }
}

fn at_most(is_expiration_required: bool, days: i64) -> Demands {
    let maximum_duration = Length::days(days);
    Demands {
        expiration: Some(ExpirationSetting { is_expiration_required, maximum_duration }),
        enablement: Enablement::default(),
    }
}

fn requiring(requirement: Requirement) -> Demands {
    Demands { expiration: None, enablement: Enablement(vec![requirement]) }
}

/// ASG-4.
#[test]
fn a_permanent_assignment_fails_where_an_end_is_demanded() {
    assert_eq!(failures(None, at_most(true, 15), user(true), |_| {}), [PolicyRule::Expiration]);
    assert_eq!(failures(None, at_most(false, 15), user(true), |_| {}), []);
    assert_eq!(failures(None, at_most(true, 15), Actor::SetUp, |_| {}), []);
}

/// ASG-5. POL-42.
#[test]
fn a_window_up_to_the_maximum_is_allowed_and_a_longer_one_is_not() {
    let millisecond = Length::from_milliseconds(Length::days(15).milliseconds() + 1);
    assert_eq!(failures(Some(Length::days(15)), at_most(true, 15), user(true), |_| {}), []);
    assert_eq!(failures(Some(Length::minutes(5)), at_most(true, 15), user(true), |_| {}), []);
    assert_eq!(failures(Some(millisecond), at_most(true, 15), user(true), |_| {}), [PolicyRule::Expiration]);
    assert_eq!(failures(Some(Length::days(15)), at_most(false, 15), user(true), |_| {}), []);
}

/// POL-43.
#[test]
fn where_no_end_is_demanded_the_stored_maximum_does_not_limit() {
    assert_eq!(failures(Some(Length::days(400)), at_most(false, 15), user(true), |_| {}), []);
}

/// POL-31.
#[test]
fn a_ticket_has_a_number_and_a_system_and_is_looked_up_nowhere() {
    let with = |number: &str, system: &str| {
        let ticket = TicketInfo { number: Some(number.to_owned()), system: Some(system.to_owned()) };
        failures(None, requiring(Requirement::Ticketing), user(true), |ask| ask.ticket = ticket)
    };
    assert_eq!(failures(None, requiring(Requirement::Ticketing), user(true), |_| {}), [PolicyRule::Ticketing]);
    assert_eq!(with("INC1", " "), [PolicyRule::Ticketing]);
    assert_eq!(with("", "ServiceNow"), [PolicyRule::Ticketing]);
    assert_eq!(with("there is no such ticket", "nor such a system"), []);
}

/// POL-37. POL-32. MFA-1.
#[test]
fn mfa_is_asked_of_the_session_of_whoever_assigns() {
    let demands = || requiring(Requirement::MultiFactorAuthentication);
    assert_eq!(failures(None, demands(), user(false), |_| {}), [PolicyRule::Mfa]);
    assert_eq!(failures(None, demands(), user(true), |_| {}), []);
    assert_eq!(failures(None, demands(), Actor::Application { id: SOMEBODY }, |_| {}), [PolicyRule::Mfa]);
}

/// POL-30. REQ-6.
#[test]
fn whether_a_reason_is_needed_is_for_the_policy_to_say() {
    let none = Demands { expiration: None, enablement: Enablement::default() };
    assert_eq!(failures(None, none, user(true), |_| {}), []);
    assert_eq!(failures(None, requiring(Requirement::Justification), user(true), |_| {}), [PolicyRule::Justification]);
    let reason = |ask: &mut Ask| ask.justification = Some("duty".to_owned());
    assert_eq!(failures(None, requiring(Requirement::Justification), user(true), reason), []);
}

/// POL-33. REQ-45.
#[test]
fn rules_fail_under_the_names_of_the_service_in_the_order_of_names() {
    let all = [
        PolicyRule::Eligibility,
        PolicyRule::Expiration,
        PolicyRule::Justification,
        PolicyRule::Mfa,
        PolicyRule::Ticketing,
    ];
    let names = all.map(PolicyRule::name);
    assert_eq!(names, ["EligibilityRule", "ExpirationRule", "JustificationRule", "MfaRule", "TicketingRule"]);
    assert!(names.is_sorted());
}

/// POL-35. POL-36. DEA-6.
#[test]
fn each_action_is_bound_by_the_settings_meant_for_it() {
    let setting = |days| ExpirationSetting { is_expiration_required: true, maximum_duration: Length::days(days) };
    let policy = Policy {
        expiration_admin_eligibility: setting(1),
        expiration_admin_assignment: setting(2),
        expiration_end_user_assignment: setting(3),
        enablement_admin_eligibility: Enablement(vec![Requirement::Ticketing]),
        enablement_admin_assignment: Enablement(vec![Requirement::MultiFactorAuthentication]),
        enablement_end_user_assignment: Enablement(vec![Requirement::Justification]),
        ..default_policy(false)
    };
    let (eligibility, assignment) = (AssignmentKind::Eligibility, AssignmentKind::Assignment);
    let limit = |action, side| {
        let demands = rule::demands(&policy, action, side);
        (demands.expiration.map(|it| it.maximum_duration), demands.enablement.0)
    };
    for action in [Action::AdminAssign, Action::AdminUpdate, Action::AdminExtend, Action::AdminRenew] {
        assert_eq!(limit(action, eligibility), (Some(Length::days(1)), vec![Requirement::Ticketing]));
        assert_eq!(limit(action, assignment), (Some(Length::days(2)), vec![Requirement::MultiFactorAuthentication]));
    }
    assert_eq!(limit(Action::SelfActivate, assignment), (Some(Length::days(3)), vec![Requirement::Justification]));
    for action in [Action::AdminRemove, Action::SelfDeactivate] {
        assert_eq!(limit(action, assignment), (None, Vec::new()));
    }
    for action in [Action::SelfExtend, Action::SelfRenew] {
        assert_eq!(limit(action, eligibility), (None, vec![Requirement::Justification]));
    }
}

/// POL-50. POL-51. POL-52. POL-53. POL-54. UNC-9. POL-12.
#[test]
fn the_default_policy_is_that_of_a_new_tenant() {
    let setting =
        |is_expiration_required, maximum_duration| ExpirationSetting { is_expiration_required, maximum_duration };
    let lab = Lab::new();
    let view = lab.pim.view(BEGINNING);
    let of = |privilege: Privilege| view.policy(privilege.policy_subject()).unwrap().policy;
    let policy = of(READER);
    assert_eq!(policy.expiration_end_user_assignment, setting(true, Length::hours(8)));
    assert_eq!(policy.expiration_admin_eligibility, setting(false, Length::days(365)));
    assert_eq!(policy.expiration_admin_assignment, setting(false, Length::days(180)));
    assert_eq!(policy.enablement_end_user_assignment, Enablement(vec![Requirement::Justification]));
    assert_eq!(policy.enablement_admin_eligibility, Enablement::default());
    assert_eq!(policy.enablement_admin_assignment, Enablement(vec![Requirement::Justification]));
    let unit = DirectoryScope::AdministrativeUnit(crate::AdministrativeUnitId(Uuid::from_u64_pair(7, 8)));
    let narrower = Privilege::DirectoryRole { role: roles::GLOBAL_READER, scope: unit };
    assert_eq!(of(narrower), policy, "one policy a role, whatever the scope");
    for role in [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR] {
        let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
        let policy = of(privilege);
        assert!(policy.enablement_end_user_assignment.demands(Requirement::MultiFactorAuthentication));
        assert!(!policy.enablement_admin_assignment.demands(Requirement::MultiFactorAuthentication));
    }
}
