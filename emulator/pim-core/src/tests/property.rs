//! Properties of every sequence of commands: ten thousand of them, over a tenant small enough for everything to collide.

use super::dsl::{BEGINNING, Counting, custom_role, group, render, service_principal, user};
use crate::model::{
    Action, AdministrativeUnit, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, License, Privilege,
    RoleDefinition, Tenant, TicketInfo, roles,
};
use crate::time::{Instant, Length};
use crate::{
    Actor, AdministrativeUnitId, Ask, Behaviour, By, Command, Event, Outcome, Pim, PrincipalId, Recorded, Rejection,
    RequestId, RoleDefinitionChange, RoleDefinitionId, ScheduleId, TenantId,
};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseError;
use std::fmt::Write as _;
use uuid::Uuid;

/// Three users, of whom the first two run the tenant; two groups; a service principal; one of whom nobody has heard.
const PRINCIPALS: u64 = 7;
const USERS: u64 = 3;
const GROUPS: [u64; 2] = [3, 4];
const ROBOT: u64 = 5;

const fn principal(number: u64) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(0x2000, number))
}

const UNIT: AdministrativeUnitId = AdministrativeUnitId(Uuid::from_u64_pair(0x3000, 1));
const WATCHER: RoleDefinitionId = RoleDefinitionId(Uuid::from_u64_pair(0x4000, 1));
const USER_ADMINISTRATOR: RoleDefinitionId =
    RoleDefinitionId(Uuid::from_u128(0xfe93_0be7_5e62_47db_91af_98c3_a49a_38b1));

/// What is asked for, with requests and schedules by where they stand in the log: their ids are not known beforehand.
#[derive(Clone, Debug)]
enum Move {
    Do(Who, Command),
    Cancel(Who, Index),
    RemoveOutside(Who, Index),
    Wait(Length),
    /// To the next thing that happens by itself, or so much earlier or later.
    WaitForNext(Length),
}

#[derive(Clone, Copy, Debug)]
enum Who {
    User(u64, bool),
    Robot,
    SetUp,
}

impl Who {
    fn actor(self) -> Actor {
        match self {
            Self::User(number, mfa) => Actor::User { id: principal(number), mfa },
            Self::Robot => Actor::Application { id: principal(ROBOT) },
            Self::SetUp => Actor::SetUp,
        }
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        6 => (0..USERS, any::<bool>()).prop_map(|(number, mfa)| Who::User(number, mfa)),
        1 => Just(Who::Robot),
        2 => Just(Who::SetUp),
    ]
}

fn privilege() -> impl Strategy<Value = Privilege> {
    let role = select(vec![
        roles::GLOBAL_ADMINISTRATOR,
        roles::PRIVILEGED_ROLE_ADMINISTRATOR,
        roles::GLOBAL_READER,
        USER_ADMINISTRATOR,
        WATCHER,
    ]);
    let scope = prop_oneof![
        6 => Just(DirectoryScope::Tenant),
        2 => Just(DirectoryScope::AdministrativeUnit(UNIT)),
        1 => Just(DirectoryScope::Object(principal(ROBOT))),
    ];
    (role, scope).prop_map(|(role, scope)| Privilege::DirectoryRole { role, scope })
}

/// Few lengths, so that ends and starts meet.
fn length() -> impl Strategy<Value = Length> {
    let minutes = vec![0, 1, 4, 5, 6, 30, 60, 119, 120, 121, 480, 481, 1440, 14 * 1440, 30 * 1440];
    prop_oneof![
        20 => select(minutes).prop_map(Length::minutes),
        1 => Just(Length::from_milliseconds(i64::MAX)),
        1 => Just(Length::from_milliseconds(-1)),
        1 => Just(Length::from_milliseconds(299_999)),
    ]
}

/// Instants that stand in some relation to the beginning; the story may be past them.
fn instant() -> impl Strategy<Value = Instant> {
    prop_oneof![
        20 => length().prop_map(|length| BEGINNING.plus(length)),
        4 => (length(), length()).prop_map(|(one, other)| BEGINNING.plus(one).plus(other)),
        1 => Just(Instant::LAST),
        1 => Just(Instant::FIRST),
    ]
}

fn schedule() -> impl Strategy<Value = Option<AskedSchedule>> {
    let expiration = prop_oneof![
        1 => Just(AskedExpiration::NotSpecified),
        2 => Just(AskedExpiration::NoExpiration),
        4 => instant().prop_map(AskedExpiration::AfterDateTime),
        8 => length().prop_map(AskedExpiration::AfterDuration),
    ];
    let start = prop_oneof![3 => Just(None), 2 => instant().prop_map(Some)];
    let schedule = (start, expiration).prop_map(|(start, expiration)| Some(AskedSchedule { start, expiration }));
    prop_oneof![12 => schedule, 1 => Just(None)]
}

fn somebody() -> impl Strategy<Value = PrincipalId> {
    (0..PRINCIPALS).prop_map(principal)
}

fn request() -> impl Strategy<Value = Move> {
    let side = prop_oneof![Just(AssignmentKind::Eligibility), Just(AssignmentKind::Assignment)];
    let reason = prop_oneof![1 => Just(None), 5 => Just(Some("reason".to_owned()))];
    let parts = (who(), select(Action::ALL.to_vec()), side, somebody(), privilege(), schedule(), reason, any::<bool>());
    parts.prop_map(|(who, action, side, somebody, privilege, schedule, justification, likely)| {
        // Mostly what could work; the rest is refused soon.
        let side = match action {
            Action::SelfActivate | Action::SelfDeactivate if likely => AssignmentKind::Assignment,
            _ => side,
        };
        let principal = match who {
            Who::User(number, _) if action.is_self_service() => PrincipalId(Uuid::from_u64_pair(0x2000, number)),
            _ => somebody,
        };
        let who = if likely && !action.is_self_service() { Who::SetUp } else { who };
        let ticket = TicketInfo::default();
        Move::Do(who, Command::Request(Ask { side, action, principal, privilege, schedule, target_schedule: None, justification, ticket }))
    })
}

fn behaviour() -> impl Strategy<Value = Behaviour> {
    (any::<[bool; 8]>(), 1..60_u16, 1..60_u16).prop_map(|(switch, finished, cancelled)| Behaviour {
        activation_survives_eligibility_removal: switch[0],
        activation_capped_by_eligibility: switch[1],
        last_administrator_outlives_end: switch[2],
        last_administrator_cannot_deactivate: switch[3],
        accept_and_never_provision: switch[4],
        activation_without_eligibility_does_not_exist: switch[5],
        granted_becomes_provisioned: switch[6],
        permission_enforcement: switch[7],
        request_retention_days: finished,
        cancelled_request_retention_days: cancelled,
        ..Behaviour::default()
    })
}

fn watcher() -> RoleDefinition {
    custom_role("Watcher", WATCHER)
}

fn other() -> impl Strategy<Value = Move> {
    let group = || select(GROUPS.to_vec()).prop_map(principal);
    let command = prop_oneof![
        4 => (somebody(), privilege()).prop_map(|(principal, privilege)| Command::CreateRoleAssignment { principal, privilege }),
        3 => (group(), somebody()).prop_map(|(group, member)| Command::AddMember { group, member }),
        2 => (group(), somebody()).prop_map(|(group, member)| Command::RemoveMember { group, member }),
        1 => (group(), somebody()).prop_map(|(group, owner)| Command::AddOwner { group, owner }),
        1 => somebody().prop_map(Command::DeletePrincipal),
        1 => somebody().prop_map(|id| Command::CreateUser(user("zoe", id))),
        2 => behaviour().prop_map(Command::SetBehaviour),
        1 => Just(Command::CreateRoleDefinition(watcher())),
        1 => Just(Command::DeleteRoleDefinition(WATCHER)),
        1 => any::<bool>().prop_map(|is_enabled| Command::UpdateRoleDefinition {
            role: WATCHER,
            change: RoleDefinitionChange { is_enabled: Some(is_enabled), ..RoleDefinitionChange::default() },
        }),
    ];
    prop_oneof![
        8 => (who(), command).prop_map(|(who, command)| Move::Do(who, command)),
        3 => (who(), any::<Index>()).prop_map(|(who, which)| Move::Cancel(who, which)),
        2 => (who(), any::<Index>()).prop_map(|(who, which)| Move::RemoveOutside(who, which)),
    ]
}

fn wait() -> impl Strategy<Value = Move> {
    prop_oneof![
        2 => length().prop_map(Move::Wait),
        3 => select(vec![-1, 0, 0, 0, 1]).prop_map(|off| Move::WaitForNext(Length::from_milliseconds(off))),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    proptest::collection::vec(prop_oneof![10 => request(), 4 => other(), 4 => wait()], 1..14)
}

static STATS: std::sync::Mutex<std::collections::BTreeMap<(String, String), usize>> = std::sync::Mutex::new(std::collections::BTreeMap::new());
#[test]
fn zz_stats() { std::thread::sleep(std::time::Duration::from_secs(100)); for (k, n) in STATS.lock().unwrap().iter() { println!("{n:8} {} {}", k.0, k.1); } }

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
        for (number, name) in GROUPS.into_iter().zip(["ops", "crowd"]) {
            let mut group = group(name, principal(number));
            group.is_assignable_to_role = name == "ops";
            world.push(Command::CreateGroup(group));
            world.push(Command::AddMember { group: principal(number), member: principal(2) });
            world.push(Command::AddMember { group: principal(number), member: principal(ROBOT) });
        }
        world.push(Command::CreateRoleDefinition(watcher()));
        world.push(Command::CreateAdministrativeUnit(AdministrativeUnit {
            id: UNIT,
            display_name: "berlin".to_owned(),
            description: None,
            members: vec![principal(0)],
            created: BEGINNING,
        }));
        for (number, role) in [(0, roles::GLOBAL_ADMINISTRATOR), (1, roles::PRIVILEGED_ROLE_ADMINISTRATOR)] {
            let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
            world.push(Command::CreateRoleAssignment { principal: principal(number), privilege });
        }
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
            Move::Do(who, command) => Some((who.actor(), command.clone())),
            Move::Cancel(who, which) => {
                let requests: Vec<_> = (self.log.iter())
                    .filter_map(|it| if let Event::RequestCreated(request) = &it.event { Some(request.id) } else { None })
                    .collect();
                let unheard = RequestId(Uuid::from_u64_pair(9, 9));
                let request = if requests.is_empty() { unheard } else { *which.get(&requests) };
                Some((who.actor(), Command::CancelRequest(request)))
            }
            Move::RemoveOutside(who, which) => {
                let schedules: Vec<ScheduleId> = (self.log.iter())
                    .filter_map(|it| if let Event::ScheduleCreated(it) = &it.event { Some(it.id) } else { None })
                    .collect();
                Some((who.actor(), Command::DeleteRoleAssignment { schedule: *which.get(&schedules) }))
            }
        }
    }

    /// When a move takes the clock to, if it moves the clock.
    fn target(&self, step: &Move) -> Instant {
        let now = self.pim.now();
        let target = match step {
            Move::Wait(length) => now.plus(*length),
            Move::WaitForNext(off) => self.pim.next_deadline().unwrap_or(now).plus(*off),
            Move::Do(..) | Move::Cancel(..) | Move::RemoveOutside(..) => now,
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
        let before = (self.pim.snapshot(), self.ids.clone());
        let (mut twin, mut twin_ids) = (self.pim.clone(), self.ids.clone());
        let dry = self.pim.dry_run(target, actor, &command);
        self.same("the dry run changes nothing", &self.pim.snapshot(), &before.0)?;
        let answer = self.pim.handle(target, &mut self.ids, actor, &command);
        let _ = writeln!(self.told, "  {actor:?} {command:?}\n    -> {}", say(&answer));
        let key = match &command { Command::Request(ask) => format!("{:?} {:?}", ask.action, ask.side), other => format!("{other:?}").split([' ', '(', '{']).next().unwrap().to_owned() };
        *STATS.lock().unwrap().entry((key, say(&answer))).or_insert(0) += 1;
        self.same("the dry run agrees", &outline(&dry), &outline(&answer))?;
        let twin_answer = twin.handle(target, &mut twin_ids, actor, &command);
        self.same("decisions are deterministic", &twin_answer, &answer)?;
        let events = self.pim.take_events();
        self.same("events are deterministic", &twin.take_events(), &events)?;
        self.log.extend(events.iter().cloned());
        if answer.is_err() {
            self.same("a refusal changes nothing", &self.pim.snapshot(), &before.0)?;
            self.same("a refusal uses no id up", &self.ids, &before.1)?;
            self.same("a refusal is no event", &events, &Vec::new())?;
        }
        self.holds()
    }

    /// Lets time pass, and compares the jump with steps.
    fn jump(&mut self, target: Instant) -> Result<(), TestCaseError> {
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
        for it in &events { *STATS.lock().unwrap().entry(("event".to_owned(), match &it.event { Event::ScheduleEnded { cause, .. } => format!("ended {cause:?}"), other => other.name().to_owned() })).or_insert(0) += 1; }
        self.log.extend(events);
        Ok(())
    }

    /// What holds after every move.
    fn holds(&self) -> Result<(), TestCaseError> {
        for invariant in self.pim.invariants() {
            self.claim(invariant.violations.is_empty(), || format!("{}: {:?}", invariant.name, invariant.violations))?;
        }
        self.claim(self.log.iter().map(|it| it.at).is_sorted(), || "the log goes back in time".to_owned())?;
        self.claim(self.pim.next_deadline().is_none_or(|due| due > self.pim.now()), || "something is overdue".to_owned())
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
        for number in 0..PRINCIPALS {
            let own = By::Principal(principal(number));
            let open = view.instances(AssignmentKind::Assignment, own, None);
            let tenant_wide = open.filter(|(_, it)| it.privilege.scope() == DirectoryScope::Tenant);
            let active = view.active_roles(principal(number));
            for (_, instance) in tenant_wide {
                self.claim(active.contains(&instance.privilege.role()), || format!("{instance:?} gives no role"))?;
            }
        }
        Ok(())
    }

    fn claim(&self, holds: bool, complaint: impl FnOnce() -> String) -> Result<(), TestCaseError> {
        if holds {
            return Ok(());
        }
        let mut log = String::new();
        for Recorded { at, event } in &self.log {
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
    #![proptest_config(ProptestConfig { cases: 30_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// MOD-20. REQ-57. REQ-60. Every property at once: what is expensive is the sequence, not the looking at it.
    #[test]
    fn whatever_anybody_asks_the_machine_stays_whole(moves in moves(), more in moves()) {
        let mut run = Run::new();
        for step in &moves {
            run.step(step)?;
        }
        run.ends_well(&more)?;
    }
}
