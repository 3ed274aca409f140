//! Properties of every sequence of commands: ten thousand of them, each of up to nineteen commands and then seven
//! more, over a tenant small enough for everything to collide, with privileges of all families at once.

mod alerts;
mod azure;
mod directory_moves;
mod moves;
mod reviews;

use super::dsl::{BEGINNING, Counting, group, render, service_principal, user};
use crate::model::{
    Action, AdministrativeUnit, Alert, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryAlert, DirectoryScope,
    GroupAccess, License, Privilege, RequestStatus, ScheduleRequest, Tenant, TicketInfo, roles,
};
use crate::time::{Instant, Length};
use crate::{
    Actor, AlertCommand, Ask, By, Command, Event, IdKind, Outcome, Pim, Recorded, Rejection, RequestId, ScheduleId,
    Severity, TenantId, View,
};
use moves::{
    GROUPS, Move, PRINCIPALS, ROBOT, UNIT, USER_ADMINISTRATOR, USERS, context, more, moves, principal, watcher,
};
use proptest::prelude::{ProptestConfig, Strategy, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;
use uuid::Uuid;

/// A machine and what has happened to it.
#[derive(Clone)]
struct Run {
    pim: Pim,
    ids: Counting,
    log: Vec<Recorded>,
    told: String,
}

impl Run {
    fn new() -> Self {
        static BEGUN: LazyLock<Run> = LazyLock::new(Run::begin);
        BEGUN.clone()
    }

    fn begin() -> Self {
        let mut run = Self { pim: Pim::new(BEGINNING), ids: Counting::default(), log: Vec::new(), told: String::new() };
        let mut world = vec![Command::CreateTenant(Tenant {
            id: TenantId(Uuid::from_u64_pair(1, 1)),
            domain: "contoso.onmicrosoft.com".to_owned(),
            display_name: "Contoso".to_owned(),
            license: License::P2,
            created: BEGINNING,
        })];
        // The robot first: kinds mixed in the order of places.
        world.push(Command::CreateServicePrincipal(service_principal("robot", principal(ROBOT))));
        for (number, name) in (0..USERS).zip(["alice", "bob", "carol"]) {
            world.push(Command::CreateUser(user(name, principal(number))));
        }
        for (number, name) in GROUPS.into_iter().zip(["ops", "crowd", "outer"]) {
            let mut group = group(name, principal(number));
            group.is_assignable_to_role = name == "ops";
            world.push(Command::CreateGroup(group));
            world.push(Command::AddMember { group: principal(number), member: principal(2) });
            world.push(Command::AddMember { group: principal(number), member: principal(ROBOT) });
        }
        // A group in a group, and a group that may come into another.
        world.push(Command::AddMember { group: principal(GROUPS[2]), member: principal(GROUPS[0]) });
        world.push(Command::CreateRoleDefinition(watcher()));
        world.push(Command::SetAuthenticationContext { context: context(), change: Default::default() });
        world.push(Command::CreateAdministrativeUnit(AdministrativeUnit {
            members: vec![principal(0)],
            ..AdministrativeUnit::new(UNIT, "berlin", BEGINNING)
        }));
        for (number, role) in [(0, roles::GLOBAL_ADMINISTRATOR), (1, roles::PRIVILEGED_ROLE_ADMINISTRATOR)] {
            let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
            world.push(Command::CreateRoleAssignment {
                principal: principal(number),
                privilege,
                id: None,
                details: None,
            });
        }
        // Something to begin with.
        for (number, role, days) in [
            (0, roles::GLOBAL_READER, 30),
            (2, roles::GLOBAL_READER, 1),
            (2, roles::GLOBAL_ADMINISTRATOR, 15),
            (GROUPS[0], roles::GLOBAL_READER, 14),
            (GROUPS[0], USER_ADMINISTRATOR, 30),
        ] {
            world.push(Command::Request(Ask {
                side: AssignmentKind::Eligibility,
                action: Action::AdminAssign,
                principal: principal(number),
                privilege: Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
                schedule: Some(AskedSchedule {
                    start: None,
                    expiration: AskedExpiration::AfterDuration(Length::days(days)),
                }),
                target_schedule: None,
                justification: None,
                ticket: TicketInfo::default(),
                id: None,
                details: None,
            }));
        }
        for (principal_of, group, access) in [
            (0, GROUPS[0], GroupAccess::Member),
            (1, GROUPS[1], GroupAccess::Owner),
            (GROUPS[1], GROUPS[0], GroupAccess::Member),
        ] {
            world.push(Command::Request(Ask {
                side: AssignmentKind::Eligibility,
                action: Action::AdminAssign,
                principal: principal(principal_of),
                privilege: Privilege::Group { group: principal(group), access },
                schedule: Some(AskedSchedule {
                    start: None,
                    expiration: AskedExpiration::AfterDuration(Length::days(30)),
                }),
                target_schedule: None,
                justification: None,
                ticket: TicketInfo::default(),
                id: None,
                details: None,
            }));
        }
        world.extend(azure::world());
        for command in world {
            run.pim.handle(BEGINNING, &mut run.ids, Actor::SetUp, &command).unwrap();
        }
        run.log = run.pim.take_events();
        run
    }

    /// The command of a move, now that it is known what there is.
    fn command(&self, step: &Move) -> Option<(Actor, Command)> {
        match step {
            Move::Wait(_) | Move::WaitForNext(_) => None,
            Move::Do(who, command) => Some((who.actor(), (**command).clone())),
            Move::Ask(who, ask) => {
                let schedule = ask.schedule.map(|asked| self.counted_from_now(asked));
                Some((who.actor(), Command::Request(Ask { schedule, ..ask.clone() })))
            }
            Move::Cancel(who, which) => {
                let requests = self.requests(|_, request| request.status.is_waiting());
                Some((who.actor(), Command::CancelRequest(*which.get(&requests))))
            }
            Move::Review(who, which, result) => {
                let waits = self.requests(|_, request| request.status == RequestStatus::PendingApproval);
                let requests = match waits.len() {
                    1 => self.requests(|view, request| view.approval(request.id).is_some()),
                    _ => waits,
                };
                let request = *which.get(&requests);
                let justification = Some("reason".to_owned());
                Some((who.actor(), Command::ReviewApproval { request, result: *result, justification }))
            }
            Move::Decide(who, which, result, schedule) => {
                let requests = self.requests(|_, request| request.status == RequestStatus::PendingAdminDecision);
                let (request, schedule) = (*which.get(&requests), schedule.map(|asked| self.counted_from_now(asked)));
                let justification = Some("reason".to_owned());
                Some((who.actor(), Command::DecideRequest { request, result: *result, schedule, justification }))
            }
            Move::RemoveOutside(who, which) => {
                let schedules: Vec<ScheduleId> = (self.log.iter())
                    .filter_map(|it| if let Event::ScheduleCreated(it) = &it.event { Some(it.id) } else { None })
                    .collect();
                Some((who.actor(), Command::DeleteRoleAssignment { schedule: *which.get(&schedules) }))
            }
            Move::Remediate(who, which) => {
                let view = self.pim.view(self.pim.now());
                let alerts = alerts::SCOPES.into_iter().flat_map(|scope| view.alerts(scope));
                let found = alerts.flat_map(|it| it.incidents.iter().map(move |incident| (it.alert, incident.id())));
                let nothing = (Alert::DirectoryRoles(DirectoryAlert::StaleSignIn), Uuid::nil());
                let found: Vec<_> = found.chain([nothing]).collect();
                let (alert, incident) = *which.get(&found);
                Some((who.actor(), Command::Alert(AlertCommand::Remediate { alert, incident })))
            }
            Move::Take(who, which, what) => Some((who.actor(), what.command(&self.log, *which))),
        }
    }

    /// The requests of which something is so, and the first one of all, of which it mostly is not.
    fn requests(&self, are: impl Fn(View<'_>, &ScheduleRequest) -> bool) -> Vec<RequestId> {
        let view = self.pim.view(self.pim.now());
        let mut requests: Vec<_> = (self.log.iter())
            .filter_map(|it| if let Event::RequestCreated(request) = &it.event { Some(request.id) } else { None })
            .filter(|id| view.request(*id).is_some_and(|request| are(view, &request)))
            .collect();
        requests.push(RequestId(Uuid::from_u64_pair(0x1000 + IdKind::Request as u64, 1)));
        requests
    }

    /// A window with times that count from now; a start at the last instant is when something next happens by itself.
    fn counted_from_now(&self, asked: AskedSchedule) -> AskedSchedule {
        let now = self.pim.now();
        let shift = |instant: Instant| instant.plus(now.since(BEGINNING));
        AskedSchedule {
            start: match asked.start {
                Some(Instant::LAST) => self.pim.next_deadline(),
                start => start.map(shift),
            },
            expiration: match asked.expiration {
                AskedExpiration::AfterDateTime(end) => AskedExpiration::AfterDateTime(shift(end)),
                AskedExpiration::NotSpecified | AskedExpiration::NoExpiration | AskedExpiration::AfterDuration(_) => {
                    asked.expiration
                }
            },
        }
    }

    /// When a move takes the clock to, if it moves the clock.
    fn target(&self, step: &Move) -> Instant {
        let now = self.pim.now();
        let target = match step {
            Move::Wait(length) => now.plus(*length),
            Move::WaitForNext(off) => self.pim.next_deadline().unwrap_or(now).plus(*off),
            Move::Do(..)
            | Move::Ask(..)
            | Move::Cancel(..)
            | Move::Review(..)
            | Move::Decide(..)
            | Move::RemoveOutside(..)
            | Move::Remediate(..)
            | Move::Take(..) => now,
        };
        // Ends that are held back come again every day: not a thousand years of them.
        target.min(now.plus(Length::days(400)))
    }

    /// One move, with everything that has to hold of it.
    fn step(&mut self, step: &Move) -> Result<(), TestCaseError> {
        let target = self.target(step);
        self.jump(target)?;
        let Some((actor, command)) = self.command(step) else {
            let _ = writeln!(self.told, "  wait until {target}");
            return self.holds();
        };
        // The dry run borrows the machine to read it: there is nothing that it could change.
        let (mut before, mut ids_before) = (self.pim.clone(), self.ids.clone());
        let dry = self.pim.dry_run(target, actor, &command);
        let answer = self.pim.handle(target, &mut self.ids, actor, &command);
        let _ = writeln!(self.told, "  {actor:?} {command:?}\n    -> {}", say(&answer));
        self.same("the dry run agrees", &outline(&dry), &outline(&answer))?;
        let events = self.pim.take_events();
        self.log.extend(events.iter().cloned());
        self.no_lock_is_broken(&events)?;
        if answer.is_err() {
            let (notes, events): (Vec<_>, Vec<_>) =
                events.into_iter().partition(|it| matches!(it.event, Event::RequestRefused(_)));
            self.same("a refusal is no event but the note of itself", &events, &Vec::new())?;
            self.same("a refusal is noted once at the most", &(notes.len() > 1), &false)?;
            self.same("a refusal uses no id up", &self.ids, &ids_before)?;
            self.same("a refusal changes nothing", &self.pim.snapshot(), &before.snapshot())?;
        } else {
            let again = before.handle(target, &mut ids_before, actor, &command);
            self.same("decisions are deterministic", &again, &answer)?;
            self.same("events are deterministic", &before.take_events(), &events)?;
        }
        self.holds()
    }

    /// Lets time pass, and compares the jump with steps.
    fn jump(&mut self, target: Instant) -> Result<(), TestCaseError> {
        if target <= self.pim.now() {
            self.pim.advance_to(target);
            return Ok(());
        }
        let mut steps = self.pim.clone();
        while let Some(due) = steps.next_deadline().filter(|due| *due <= target) {
            steps.advance_to(due);
        }
        steps.advance_to(target);
        let mut portions = self.pim.clone();
        while portions.advance_some(target, 1) {}
        self.pim.advance_to(target);
        let events = self.pim.take_events();
        self.same("a jump is many steps", &steps.take_events(), &events)?;
        self.same("a jump is many portions", &portions.take_events(), &events)?;
        self.same("a jump leads where steps lead", &steps.snapshot(), &self.pim.snapshot())?;
        self.no_lock_is_broken(&events)?;
        self.log.extend(events);
        Ok(())
    }

    fn no_lock_is_broken(&self, events: &[Recorded]) -> Result<(), TestCaseError> {
        let view = self.pim.view(self.pim.now());
        let broken = events.iter().find(|event| azure::breaks_a_lock(view, event));
        self.claim(broken.is_none(), || format!("a lock is broken: {broken:?}"))
    }

    /// What holds after every move.
    fn holds(&self) -> Result<(), TestCaseError> {
        for invariant in self.pim.invariants().into_iter().filter(|it| it.severity == Severity::Error) {
            self.claim(invariant.violations.is_empty(), || format!("{}: {:?}", invariant.name, invariant.violations))?;
        }
        self.claim(self.log.iter().map(|it| it.at).is_sorted(), || "the log goes back in time".to_owned())?;
        self.claim(self.pim.next_deadline().is_none_or(|due| due > self.pim.now()), || {
            "something is overdue".to_owned()
        })
    }

    /// What holds at the end, with all that has happened.
    fn ends_well(&self, more: &[Move]) -> Result<(), TestCaseError> {
        let snapshot = self.pim.snapshot();
        let mut replayed = Pim::replay(&self.log);
        replayed.advance_to(self.pim.now());
        self.same("replay leads to the state", &replayed.snapshot(), &snapshot)?;
        let text = serde_json::to_string(&snapshot).unwrap();
        let restored = Pim::restore(serde_json::from_str(&text).unwrap());
        self.same("a snapshot survives", &restored.snapshot(), &snapshot)?;
        let mut original = self.clone();
        let mut restored = Self { pim: restored, ..self.clone() };
        for step in more {
            original.step(step)?;
            restored.step(step)?;
        }
        self.same("a restored machine goes on in the same way", &restored.log, &original.log)?;
        self.same("a restored machine goes on to the same", &restored.pim.snapshot(), &original.pim.snapshot())?;
        let view = original.pim.view(original.pim.now());
        for user in (0..USERS).map(principal) {
            // Found by an index, and by looking at every request.
            let listed = view.requests(AssignmentKind::Assignment, By::Approver(user), None).map(|(_, it)| it.id);
            let all = view.requests(AssignmentKind::Assignment, By::Anything, None).map(|(_, it)| it.id);
            let may = all.filter(|request| view.is_approver(user, *request));
            self.same("approvers list what they may decide", &listed.collect::<Vec<_>>(), &may.collect())?;
        }
        for number in 0..PRINCIPALS {
            let own = By::Principal(principal(number));
            let open = view.instances(AssignmentKind::Assignment, own, None);
            let tenant_wide = open.filter_map(|(_, it)| it.privilege.tenant_wide_role());
            let active = view.active_roles(principal(number));
            for role in tenant_wide {
                self.claim(active.contains(&role), || format!("{role} is held and does not count"))?;
            }
        }
        Ok(())
    }

    fn claim(&self, holds: bool, complaint: impl FnOnce() -> String) -> Result<(), TestCaseError> {
        if holds {
            return Ok(());
        }
        let mut log = String::new();
        for Recorded { at, event, .. } in &self.log {
            let _ = writeln!(log, "  {at} {event:?}");
        }
        Err(TestCaseError::fail(format!("{}\ntold:\n{}happened:\n{log}", complaint(), self.told)))
    }

    fn same<T: PartialEq + std::fmt::Debug>(&self, what: &str, found: &T, expected: &T) -> Result<(), TestCaseError> {
        self.claim(found == expected, || format!("{what}\n  found: {found:?}\n  expected: {expected:?}"))
    }
}

/// An answer without ids: the dry run has none to give.
fn outline(answer: &Result<Outcome, Rejection>) -> Result<Option<&'static str>, Rejection> {
    let outcome = answer.as_ref().map_err(Clone::clone)?;
    Ok(outcome.request.as_ref().map(|request| request.status.name()))
}

fn say(answer: &Result<Outcome, Rejection>) -> String {
    match outline(answer) {
        Ok(status) => status.unwrap_or("ok").to_owned(),
        Err(rejection) => render(&rejection),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// MOD-20. REQ-57. REQ-60. Every property at once: what is expensive is the sequence, not the looking at it.
    #[test]
    fn whatever_anybody_asks_the_machine_stays_whole(moves in moves(), more in more()) {
        let mut run = Run::new();
        for step in &moves {
            run.step(step)?;
        }
        run.ends_well(&more)?;
    }
}

/// A property of what never comes to pass always holds. Some of it is rare: as many moves are made as it takes.
#[test]
fn the_moves_come_to_what_is_worth_looking_at() {
    let expected: BTreeSet<_> = azure::WORTH_LOOKING_AT.into_iter().chain(reviews::WORTH_LOOKING_AT).collect();
    let mut runner = TestRunner::deterministic();
    let mut reached = BTreeSet::new();
    for _ in 0..30_000 {
        let mut run = Run::new();
        let begun = run.log.len();
        for step in &moves().new_tree(&mut runner).unwrap().current() {
            run.step(step).unwrap();
        }
        let of_azure = |it: &Recorded| azure::worth_looking_at(&it.event);
        let of_reviews = |it: &Recorded| reviews::worth_looking_at(&it.event);
        reached.extend(run.log[begun..].iter().filter_map(|it| of_azure(it).or_else(|| of_reviews(it))));
        if reached == expected {
            break;
        }
    }
    assert_eq!(reached, expected);
}
