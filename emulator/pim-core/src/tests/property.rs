//! Properties of every sequence of commands: ten thousand of them, each of up to nineteen commands and then seven more, over a tenant small enough for everything to collide.

use super::dsl::{BEGINNING, Counting, custom_role, group, render, service_principal, user};
use crate::model::conditional_access::AuthenticationContexts;
use crate::model::{
    Action, AdministrativeUnit, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, License, Privilege,
    RoleDefinition, Tenant, TicketInfo, roles,
};
use crate::time::{Instant, Length};
use crate::{
    Actor, AdministrativeUnitId, Ask, Behaviour, By, Command, Event, IdKind, Outcome, Pim, PrincipalId, Recorded,
    Rejection, RequestId, RoleDefinitionChange, RoleDefinitionId, ScheduleId, Severity, TenantId,
};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseError;
use std::fmt::Write as _;
use std::sync::LazyLock;
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
    /// With times that count from the beginning.
    Do(Who, Command),
    /// With times that count from now, where a start at the last instant means: when something next happens by itself.
    Ask(Who, Ask),
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
            Self::User(number, mfa) => {
                Actor::User { id: principal(number), mfa, contexts: AuthenticationContexts::default() }
            }
            Self::Robot => Actor::Application { id: principal(ROBOT) },
            Self::SetUp => Actor::SetUp,
        }
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        6 => (0..USERS, proptest::bool::weighted(0.8)).prop_map(|(number, mfa)| Who::User(number, mfa)),
        1 => Just(Who::Robot),
        2 => Just(Who::SetUp),
    ]
}

/// Mostly one of two roles for the whole tenant: what collides is what is worth looking at.
fn privilege() -> impl Strategy<Value = Privilege> {
    let role = |role, scope| Privilege::DirectoryRole { role, scope };
    let unit = DirectoryScope::AdministrativeUnit(UNIT);
    prop_oneof![
        16 => Just(role(roles::GLOBAL_READER, DirectoryScope::Tenant)),
        12 => Just(role(roles::GLOBAL_ADMINISTRATOR, DirectoryScope::Tenant)),
        2 => Just(role(roles::PRIVILEGED_ROLE_ADMINISTRATOR, DirectoryScope::Tenant)),
        3 => Just(role(USER_ADMINISTRATOR, DirectoryScope::Tenant)),
        3 => Just(role(USER_ADMINISTRATOR, unit)),
        2 => Just(role(WATCHER, unit)),
        1 => Just(role(WATCHER, DirectoryScope::Object(principal(ROBOT)))),
        1 => Just(role(roles::GLOBAL_READER, unit)),
    ]
}

/// Few lengths, so that ends and starts meet.
fn length() -> impl Strategy<Value = Length> {
    prop_oneof![
        30 => select(vec![5, 30, 60, 120, 480, 1440]).prop_map(Length::minutes),
        10 => select(vec![14, 15, 30]).prop_map(Length::days),
        4 => select(vec![0, 1, 4, 6, 61, 481]).prop_map(Length::minutes),
        1 => select(vec![i64::MAX, -1, 299_999]).prop_map(Length::from_milliseconds),
    ]
}

fn instant() -> impl Strategy<Value = Instant> {
    prop_oneof![
        10 => length().prop_map(|length| BEGINNING.plus(length)),
        3 => (length(), length()).prop_map(|(one, other)| BEGINNING.plus(one).plus(other)),
    ]
}

fn schedule() -> impl Strategy<Value = Option<AskedSchedule>> {
    let expiration = prop_oneof![
        1 => Just(AskedExpiration::NotSpecified),
        2 => Just(AskedExpiration::NoExpiration),
        3 => instant().prop_map(AskedExpiration::AfterDateTime),
        12 => length().prop_map(AskedExpiration::AfterDuration),
    ];
    let start = prop_oneof![
        12 => Just(None),
        6 => instant().prop_map(Some),
        3 => Just(Some(Instant::LAST)),
        1 => Just(Some(Instant::FIRST)),
    ];
    let schedule = (start, expiration).prop_map(|(start, expiration)| Some(AskedSchedule { start, expiration }));
    prop_oneof![30 => schedule, 1 => Just(None)]
}

fn somebody() -> impl Strategy<Value = PrincipalId> {
    prop_oneof![9 => 0..USERS, 3 => Just(GROUPS[0]), 2 => 0..PRINCIPALS].prop_map(principal)
}

fn request() -> impl Strategy<Value = Move> {
    let side = prop_oneof![Just(AssignmentKind::Eligibility), Just(AssignmentKind::Assignment)];
    let reason = prop_oneof![1 => Just(None), 9 => Just(Some("reason".to_owned()))];
    let likely = proptest::bool::weighted(0.8);
    let action = prop_oneof![
        6 => Just(Action::AdminAssign),
        9 => Just(Action::SelfActivate),
        3 => Just(Action::SelfDeactivate),
        3 => Just(Action::AdminRemove),
        4 => Just(Action::AdminUpdate),
        2 => select(Action::ALL.to_vec()),
        2 => select(vec![Action::AdminExtend, Action::AdminRenew, Action::SelfExtend, Action::SelfRenew]),
    ];
    let parts = (who(), action, side, somebody(), privilege(), schedule(), reason, likely);
    parts.prop_map(|(who, action, side, somebody, privilege, schedule, justification, likely)| {
        // Mostly what could work; the rest is refused soon.
        let who = match who {
            Who::Robot | Who::SetUp if likely && action.is_self_service() => Who::User(2, true),
            _ if likely && !action.is_self_service() => Who::SetUp,
            Who::User(..) | Who::Robot | Who::SetUp => who,
        };
        let is_of_assignments = matches!(action, Action::SelfActivate | Action::SelfDeactivate);
        let side = if is_of_assignments && likely { AssignmentKind::Assignment } else { side };
        let principal = match who {
            Who::User(number, _) if action.is_self_service() && likely => principal(number),
            Who::User(..) | Who::Robot | Who::SetUp => somebody,
        };
        let (target_schedule, ticket) = (None, TicketInfo::default());
        let ask = Ask { side, action, principal, privilege, schedule, target_schedule, justification, ticket };
        if likely { Move::Ask(who, ask) } else { Move::Do(who, Command::Request(ask)) }
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
        2 => (0..PRINCIPALS).prop_map(principal).prop_map(Command::DeletePrincipal),
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
        5 => select(vec![-1, 0, 0, 0, 1]).prop_map(|off| Move::WaitForNext(Length::from_milliseconds(off))),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    proptest::collection::vec(prop_oneof![12 => request(), 3 => other(), 4 => wait()], 1..20)
}

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
            }));
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
            Move::Ask(who, ask) => {
                let now = self.pim.now();
                let shift = |instant: Instant| instant.plus(now.since(BEGINNING));
                let schedule = ask.schedule.map(|asked| AskedSchedule {
                    start: match asked.start {
                        Some(Instant::LAST) => self.pim.next_deadline(),
                        start => start.map(shift),
                    },
                    expiration: match asked.expiration {
                        AskedExpiration::AfterDateTime(end) => AskedExpiration::AfterDateTime(shift(end)),
                        AskedExpiration::NotSpecified
                        | AskedExpiration::NoExpiration
                        | AskedExpiration::AfterDuration(_) => asked.expiration,
                    },
                });
                Some((who.actor(), Command::Request(Ask { schedule, ..ask.clone() })))
            }
            Move::Cancel(who, which) => {
                // What waits, and the first one, which never does.
                let view = self.pim.view(self.pim.now());
                let mut requests: Vec<_> = (self.log.iter())
                    .filter_map(
                        |it| if let Event::RequestCreated(request) = &it.event { Some(request.id) } else { None },
                    )
                    .filter(|id| view.request(*id).is_some_and(|request| request.status.is_waiting()))
                    .collect();
                requests.push(RequestId(Uuid::from_u64_pair(0x1000 + IdKind::Request as u64, 1)));
                Some((who.actor(), Command::CancelRequest(*which.get(&requests))))
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
            Move::Do(..) | Move::Ask(..) | Move::Cancel(..) | Move::RemoveOutside(..) => now,
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
        self.log.extend(events);
        Ok(())
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
    fn whatever_anybody_asks_the_machine_stays_whole(moves in moves(), more in proptest::collection::vec(prop_oneof![4 => request(), 1 => other(), 2 => wait()], 1..8)) {
        let mut run = Run::new();
        for step in &moves {
            run.step(step)?;
        }
        run.ends_well(&more)?;
    }
}
