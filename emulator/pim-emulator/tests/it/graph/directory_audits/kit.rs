//! People who do things, and what the log says of them.

use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, Lab, RITA};
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{
    Action, ApprovalChange, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, PolicyChange,
    PolicySubject, Privilege, RequestStatus, ReviewResult, RuleChange, TicketInfo,
};
use pim_core::time::{Instant, Length};
use pim_core::{Actor, Ask, Behaviour, Caller, Command, Outcome, PrincipalId, Rejection, RequestId, RoleDefinitionId};
use serde_json::Value;
use uuid::Uuid;

pub(super) const AUDITS: &str = "auditLogs/directoryAudits";

pub(super) const ELIGIBLE: AssignmentKind = AssignmentKind::Eligibility;
pub(super) const ACTIVE: AssignmentKind = AssignmentKind::Assignment;

/// A signed-in user.
pub(super) fn user(id: Uuid) -> Actor {
    Actor::User { id: PrincipalId(id), mfa: true, contexts: AuthenticationContexts::default() }
}

pub(super) fn privilege(role: Uuid) -> Privilege {
    Privilege::DirectoryRole { role: RoleDefinitionId(role), scope: DirectoryScope::Tenant }
}

/// A request for alice, about Groups Administrator.
pub(super) fn ask(side: AssignmentKind, action: Action) -> Ask {
    Ask {
        side,
        action,
        principal: PrincipalId(ALICE),
        privilege: privilege(GROUPS_ADMINISTRATOR),
        schedule: None,
        target_schedule: None,
        justification: Some("because".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    }
}

/// The same with a window from now on.
pub(super) fn ask_for(side: AssignmentKind, action: Action, length: Length) -> Ask {
    with_window(ask(side, action), None, AskedExpiration::AfterDuration(length))
}

/// The same for good.
pub(super) fn ask_for_good(side: AssignmentKind, action: Action) -> Ask {
    with_window(ask(side, action), None, AskedExpiration::NoExpiration)
}

pub(super) fn with_window(ask: Ask, start: Option<Instant>, expiration: AskedExpiration) -> Ask {
    Ask { schedule: Some(AskedSchedule { start, expiration }), ..ask }
}

/// What somebody does; it must work.
#[track_caller]
pub(super) fn does(lab: &Lab, who: impl Into<Caller>, command: &Command) -> Outcome {
    tries(lab, who, command).unwrap_or_else(|rejection| panic!("{command:?}: {rejection:?}"))
}

/// What somebody asks for; it must work.
#[track_caller]
pub(super) fn asks(lab: &Lab, who: Actor, ask: Ask) -> RequestId {
    does(lab, who, &Command::Request(ask)).request.expect("a request").id
}

pub(super) fn tries(lab: &Lab, who: impl Into<Caller>, command: &Command) -> Result<Outcome, Rejection> {
    lab.tenant().handle(who, command, |_, outcome| outcome)
}

/// A lab whose log has nothing of scans that go by themselves.
pub(super) fn unscanned() -> Lab {
    let lab = Lab::new();
    switch(&lab, without_scans());
    lab
}

pub(super) fn without_scans() -> Behaviour {
    Behaviour { alert_scan_interval: Length::ZERO, ..Behaviour::default() }
}

pub(super) fn switch(lab: &Lab, behaviour: Behaviour) {
    does(lab, Actor::SetUp, &Command::SetBehaviour(behaviour));
}

/// Alice is eligible for good, and her activation waits for gina.
pub(super) fn waiting_for_approval(lab: &Lab) -> RequestId {
    waiting_for_approval_from(lab, alice())
}

/// The same, asked for by alice in some way.
pub(super) fn waiting_for_approval_from(lab: &Lab, who: impl Into<Caller>) -> RequestId {
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let approval = ApprovalChange { is_approval_required: Some(true), ..ApprovalChange::default() };
    does(
        lab,
        Actor::SetUp,
        &Command::UpdatePolicy(PolicyChange {
            subject: PolicySubject::DirectoryRole(RoleDefinitionId(GROUPS_ADMINISTRATOR)),
            rules: vec![RuleChange::Approval(approval)],
        }),
    );
    let outcome = does(lab, who, &Command::Request(ask_for(ACTIVE, Action::SelfActivate, Length::hours(2))));
    let request = outcome.request.expect("a request");
    assert_eq!(request.status, RequestStatus::PendingApproval);
    request.id
}

/// An approver says yes.
pub(super) fn approve(request: RequestId) -> Command {
    Command::ReviewApproval { request, result: ReviewResult::Approve, justification: Some("ok".to_owned()) }
}

/// The log, oldest first.
pub(super) async fn told(lab: &Lab) -> Vec<Value> {
    let rita = lab.with_scopes(RITA, "AuditLog.Read.All");
    let mut records = rita.get(AUDITS).await.expect(200).items().to_vec();
    records.reverse();
    records
}

/// What it says, oldest first.
pub(super) fn names(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["activityDisplayName"].as_str().unwrap()).collect()
}

/// What the log says of what was done after the beginning.
pub(super) async fn told_in_words(lab: &Lab) -> Vec<String> {
    names(&told(lab).await).into_iter().map(str::to_owned).collect()
}

/// The value of a further fact.
pub(super) fn detail<'a>(record: &'a Value, key: &str) -> Option<&'a str> {
    let details = record["additionalDetails"].as_array().unwrap();
    details.iter().find(|it| it["key"] == key).and_then(|it| it["value"].as_str())
}

/// The target of a kind.
pub(super) fn target<'a>(record: &'a Value, kind: &str) -> &'a Value {
    record["targetResources"].as_array().unwrap().iter().find(|it| it["type"] == kind).unwrap()
}

pub(super) fn gina() -> Actor {
    user(GINA)
}

pub(super) fn alice() -> Actor {
    user(ALICE)
}
