//! The only code that changes the state. Every event can be applied: what would not fit was refused before.

mod access_reviews;
pub(crate) mod alerts;
mod azure;
pub(crate) mod directory;
pub(crate) mod requests;
pub(crate) mod schedules;

use crate::behaviour::Behaviour;
use crate::event::Event;
use crate::model::{AzureScope, CreatedBy, License, Policy, PolicySubject, SchedulePhase, Tenant};
use crate::state::{ChangedPolicy, State, Timer};
use crate::time::{Instant, Length};

crate::implements!["MOD-15", "MOD-16", "ASG-15", "ASG-18", "ASG-22", "REQ-58", "UNC-16", "NOT-20"];

/// How long an expired assignment can be renewed (ASG-18).
pub(crate) const RENEWABLE_FOR: Length = Length::days(30);

/// How long a week is (NOT-15).
pub(crate) const WEEK: Length = Length::days(7);

/// Makes `state` what it is after `by` brought about `event` at `at`: a line per event.
pub(crate) fn apply(state: &mut State, at: Instant, by: CreatedBy, event: &Event) {
    match event {
        Event::TenantCreated(tenant) => create_tenant(state, at, tenant),
        Event::BehaviourChanged(behaviour) => set_behaviour(state, at, behaviour),
        Event::LicenseChanged(license) => set_license(state, *license),
        Event::PolicyChanged { subject, policy, .. } => set_policy(state, (at, by), *subject, policy),
        Event::ConditionalAccessPolicySet(policy) => state.conditional_access.set_policy(policy),
        Event::ConditionalAccessPolicyDeleted(id) => state.conditional_access.delete_policy(*id),
        Event::AuthenticationContextSet(context) => state.conditional_access.set_context(context),
        Event::AuthenticationContextDeleted(id) => state.conditional_access.delete_context(*id),
        Event::GroupOnboarded(group) => directory::onboard(state, at, *group),
        Event::Directory(event) => directory::apply(state, at, event),
        Event::Azure(event) => azure::apply(state, event),
        Event::AccessReview(event) => access_reviews::apply(state, at, by, event),
        Event::Alert(event) => alerts::apply(state, at, event),
        Event::RoleDefinitionCreated(role) | Event::RoleDefinitionUpdated(role) => directory::set_role(state, role),
        Event::RoleDefinitionDeleted(id) => directory::delete_role(state, *id),
        Event::RequestCreated(request) => requests::create(state, at, request),
        Event::RequestStatusChanged { request, status, .. } => requests::change_status(state, at, *request, *status),
        Event::RequestGranted { request, status, start, schedule } => {
            requests::grant(state, at, *request, (*status, *start, *schedule));
        }
        Event::RequestPurged(request) => requests::purge(state, *request),
        Event::ApprovalOpened(approval) => requests::open_approval(state, approval),
        Event::ApprovalReviewed { request, review } => requests::review_approval(state, *request, review),
        Event::ApproversTold(request) => requests::told(state, *request),
        Event::ScheduleCreated(schedule) => schedules::create(state, at, schedule),
        Event::ScheduleDetailsSet { schedule, details } => schedules::set_details(state, *schedule, details),
        Event::ScheduleChanged { schedule, window } => schedules::change_window(state, at, *schedule, *window),
        Event::ScheduleIdChanged { schedule, id } => schedules::change_id(state, *schedule, *id),
        Event::ScheduleStarted { schedule, .. } => schedules::start(state, at, *schedule),
        Event::EndHeldBack { schedule, again, .. } => schedules::hold_back(state, *schedule, *again),
        Event::EndNears { schedule, .. } => schedules::reminded(state, at, *schedule),
        Event::ScheduleEnded { schedule, cause, .. } => schedules::end(state, at, *schedule, *cause),
        Event::ScheduleForgotten(schedule) => schedules::forget(state, *schedule),
        Event::SignedIn(entry) => state.sign_ins.note(entry),
        Event::WeekEnded { next } => end_week(state, at, *next),
        // Facts about what somebody was told or denied; nothing in the tenant is different for them.
        Event::MailSent(_) | Event::RequestRefused(_) => {}
    }
    if !alerts::leaves_alone(event) {
        alerts::look_again(state, at);
    }
}

fn create_tenant(state: &mut State, at: Instant, tenant: &Tenant) {
    state.azure.set_scope(AzureScope::root_group(tenant, at));
    state.tenant = Some(tenant.clone());
    set_week(state, at.plus(WEEK));
    alerts::begin(state, at);
}

fn set_behaviour(state: &mut State, at: Instant, behaviour: &Behaviour) {
    if state.behaviour.alert_scan_interval() != behaviour.alert_scan_interval() {
        alerts::change_interval(state, at);
    }
    state.behaviour = behaviour.clone();
}

fn set_license(state: &mut State, license: License) {
    if let Some(tenant) = &mut state.tenant {
        tenant.license = license;
    }
}

fn set_policy(
    state: &mut State,
    (modified, modified_by): (Instant, CreatedBy),
    subject: PolicySubject,
    policy: &Policy,
) {
    let revision = state.policies.revision(subject).saturating_add(1);
    state.policies.set(ChangedPolicy { subject, policy: policy.clone(), modified, modified_by, revision });
}

/// The week that ends is looked at yet, those before it never again.
fn end_week(state: &mut State, at: Instant, next: Instant) {
    let beginning = at.minus(WEEK);
    state.schedules.look_back_to(beginning);
    state.requests.look_back_to(beginning);
    set_week(state, next);
}

/// Sets the instant at which the week ends.
pub(crate) fn set_week(state: &mut State, at: Instant) {
    state.timers.clear(state.week_ends, Timer::Week);
    if at != Instant::LAST {
        state.timers.set(at, Timer::Week);
    }
    state.week_ends = at;
}

/// The timer that is due for a schedule in a phase, at its `due`, which lies before its end only for a reminder.
pub(crate) fn due_timer(phase: SchedulePhase, due: Instant, end: Instant, slot: crate::state::Slot) -> Timer {
    match phase {
        SchedulePhase::Expired => Timer::Forget(slot),
        SchedulePhase::Scheduled | SchedulePhase::Open if due < end => Timer::Remind(slot),
        SchedulePhase::Scheduled | SchedulePhase::Open | SchedulePhase::Held => Timer::End(slot),
    }
}
