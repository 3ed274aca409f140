//! How fast the machine is, at a thousand and at a million records.

use divan::{Bencher, black_box};
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewDefault, AccessReviewPrincipals, AccessReviewProperties, AccessReviewResource,
    AccessReviewReviewers, AccessReviewScope, AccessReviewSettings, AccessReviewTarget, ReviewerScope,
};
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, CreatedBy, DirectoryScope, License, Privilege,
    RequestStatus, Schedule, ScheduleKind, SchedulePhase, Tenant, TicketInfo, User, UserType, Window, built_in_roles,
    roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{
    AccessReviewCommand, Actor, Ask, By, Command, DirectoryEvent, Event, IdKind, IdSource, Pim, PrincipalId, Recorded,
    RoleDefinitionId, ScheduleId, TenantId,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use uuid::Uuid;

fn main() {
    divan::main();
}

/// The instant that every bench begins at.
const BEGINNING: Instant = Instant::from_milliseconds(1_772_442_000_000);
/// How many schedules each user holds.
const EACH: usize = 10;

struct Counting(u64);

impl IdSource for Counting {
    fn mint(&mut self, kind: IdKind) -> Uuid {
        self.0 += 1;
        Uuid::from_u64_pair(0x1000 + kind as u64, self.0)
    }
}

fn user(number: usize) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(0x2000, number as u64))
}

/// Some role. The two that are protected are left out: where nobody holds them, their ends are held back.
fn privilege(number: usize) -> Privilege {
    static ROLES: LazyLock<Vec<RoleDefinitionId>> = LazyLock::new(|| {
        let is_protected =
            |id: RoleDefinitionId| [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR].contains(&id);
        built_in_roles().iter().map(|role| role.id).filter(|id| !is_protected(*id)).collect()
    });
    Privilege::DirectoryRole { role: ROLES[number % ROLES.len()], scope: DirectoryScope::Tenant }
}

/// A tenant of this many eligibilities, ten a user, that end one after the other from a year on. Told in events, which is
/// also how a tenant is loaded.
fn tenant(records: usize) -> Pim {
    Pim::replay(&told(records))
}

/// The events of it.
fn told(records: usize) -> Vec<Recorded> {
    let at = BEGINNING;
    let tenant = Event::TenantCreated(Box::new(Tenant {
        id: TenantId(Uuid::from_u64_pair(1, 1)),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
        license: License::P2,
        created: at,
    }));
    let users = (0..records / EACH).map(person);
    let schedules = (0..records).map(|number| {
        let end = at.plus(Length::days(365)).plus(Length::from_milliseconds(number as i64));
        held(number, (user(number / EACH), privilege(number / EACH + number % EACH)), Some(end))
    });
    std::iter::once(tenant)
        .chain(users)
        .chain(schedules)
        .map(|event| Recorded { at, by: CreatedBy::SetUp, session: None, event })
        .collect()
}

/// The same with three Global Administrators and three Privileged Role Administrators, who are told of every end.
fn watched_tenant(records: usize) -> Pim {
    let managers = (0..6).flat_map(|number| {
        let role = [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR][number % 2];
        let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
        let manager = records / EACH + number;
        [person(manager), held(records + number, (user(manager), privilege), None)]
    });
    let managers = managers.map(|event| Recorded { at: BEGINNING, by: CreatedBy::SetUp, session: None, event });
    Pim::replay(&told(records).into_iter().chain(managers).collect::<Vec<_>>())
}

fn person(number: usize) -> Event {
    Event::Directory(DirectoryEvent::UserCreated(Box::new(User {
        id: user(number),
        user_principal_name: format!("user{number}@contoso.onmicrosoft.com"),
        display_name: String::new(),
        given_name: None,
        surname: None,
        mail: None,
        mail_nickname: String::new(),
        job_title: None,
        department: None,
        account_enabled: true,
        user_type: UserType::Member,
        manager: None,
        created: BEGINNING,
        password: String::new(),
        mfa: true,
        details: None,
    })))
}

/// An eligibility that ends, or an assignment for good.
fn held(number: usize, (principal, privilege): (PrincipalId, Privilege), end: Option<Instant>) -> Event {
    Event::ScheduleCreated(Box::new(Schedule {
        id: ScheduleId(Uuid::from_u64_pair(0x5000, number as u64)),
        principal,
        privilege,
        kind: if end.is_some() { ScheduleKind::Eligibility } else { ScheduleKind::Assigned },
        phase: SchedulePhase::Open,
        window: Window { start: BEGINNING, end },
        created: BEGINNING,
        modified: None,
        activated_using: None,
        details: None,
    }))
}

fn activation(number: usize) -> (Actor, Command) {
    let ask = Ask {
        side: AssignmentKind::Assignment,
        action: Action::SelfActivate,
        principal: user(number),
        privilege: privilege(number + 3),
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::hours(8)) }),
        target_schedule: None,
        justification: Some("incident".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    (Actor::User { id: user(number), mfa: true, contexts: AuthenticationContexts::NONE }, Command::Request(ask))
}

/// Deciding an activation and applying it. Each time another user's, so that none is refused.
#[divan::bench(args = [1_000, 1_000_000], sample_count = 50, sample_size = 1)]
fn activate(bencher: Bencher<'_, '_>, records: usize) {
    let mut pim = tenant(records);
    let mut ids = Counting(0);
    let mut number = 0;
    bencher.bench_local(|| {
        let (actor, command) = activation(number % (records / EACH));
        number += 1;
        let outcome = pim.handle(BEGINNING, &mut ids, actor, &command).expect("there is an eligibility");
        outcome.request.map(|request| request.status == RequestStatus::Provisioned)
    });
}

/// Only deciding it.
#[divan::bench(args = [1_000, 1_000_000])]
fn decide_an_activation(bencher: Bencher<'_, '_>, records: usize) {
    let pim = tenant(records);
    let (actor, command) = activation(records / EACH / 2);
    bencher.bench_local(|| pim.dry_run(BEGINNING, actor, black_box(&command)));
}

/// The ten schedules of one user.
#[divan::bench(args = [1_000, 1_000_000])]
fn list_by_principal(bencher: Bencher<'_, '_>, records: usize) {
    let pim = tenant(records);
    let by = By::Principal(user(records / EACH / 2));
    bencher.bench_local(|| {
        let found = pim.view(BEGINNING).schedules(AssignmentKind::Eligibility, black_box(by), None).count();
        assert_eq!(found, EACH);
    });
}

/// A hundred schedules from the middle of all.
#[divan::bench(args = [1_000, 1_000_000])]
fn page_of_everything(bencher: Bencher<'_, '_>, records: usize) {
    page(bencher, records, By::Anything);
}

/// A hundred schedules from the middle of those of one role.
#[divan::bench(args = [20_000, 1_000_000])]
fn page_of_a_role(bencher: Bencher<'_, '_>, records: usize) {
    page(bencher, records, By::Resource(privilege(7).resource()));
}

fn page(bencher: Bencher<'_, '_>, records: usize, by: By) {
    let pim = tenant(records);
    let after = Some(records as u64 / 2 - 1);
    bencher.bench_local(|| {
        let rows = pim.view(BEGINNING).schedules(AssignmentKind::Eligibility, black_box(by), after).take(100);
        rows.map(|(key, _)| key).fold(0, u64::wrapping_add)
    });
}

/// A jump of the clock over so many ends.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn jump_over_ends(bencher: Bencher<'_, '_>, records: usize) {
    let pim = tenant(records);
    let year = BEGINNING.plus(Length::days(366));
    bencher.with_inputs(|| pim.clone()).bench_local_values(|mut pim| {
        pim.advance_to(year);
        pim
    });
}

/// The same with everybody told of two reminders and the end, in the steps in which a server jumps.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn jump_over_ends_with_mails(bencher: Bencher<'_, '_>, records: usize) {
    let pim = watched_tenant(records);
    let year = BEGINNING.plus(Length::days(366));
    bencher.with_inputs(|| pim.clone()).bench_local_values(|mut pim| {
        while pim.advance_some(year, 512) {
            black_box(pim.take_events());
        }
        pim
    });
}

/// A review of so many holders of a role, all of whom are denied and lose it.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn apply_a_review(bencher: Bencher<'_, '_>, lines: usize) {
    let (pim, due) = reviewed_tenant(lines);
    bencher.with_inputs(|| pim.clone()).bench_local_values(|mut pim| {
        while pim.advance_some(due, 512) {
            black_box(pim.take_events());
        }
        pim
    });
}

/// A tenant in which so many people hold one role for good, reviewed by one of them; and when that is over.
fn reviewed_tenant(lines: usize) -> (Pim, Instant) {
    let held = (0..lines).flat_map(|number| [person(number), held(number, (user(number), privilege(0)), None)]);
    let told = told(0).into_iter().map(|it| it.event).chain(held);
    let told = told.map(|event| Recorded { at: BEGINNING, by: CreatedBy::SetUp, session: None, event });
    let mut pim = Pim::replay(&told.collect::<Vec<_>>());
    let role = privilege(0).role().expect("a role");
    let properties = AccessReviewProperties {
        display_name: "all".to_owned(),
        description_for_admins: String::new(),
        description_for_reviewers: String::new(),
        scope: AccessReviewScope {
            target: AccessReviewTarget::One(AccessReviewResource::DirectoryRole(role)),
            principals: vec![AccessReviewPrincipals::Users],
            assignments: AccessReviewAssignments::All,
            is_transitive: false,
            inactive_for: None,
        },
        reviewers: vec![ReviewerScope { who: AccessReviewReviewers::User(user(0)), kept: None }],
        fallback_reviewers: Vec::new(),
        settings: AccessReviewSettings {
            default_decision_enabled: true,
            default_decision: AccessReviewDefault::Deny,
            auto_apply_decisions_enabled: true,
            ..AccessReviewSettings::default()
        },
        stages: Vec::new(),
        additional_recipients: Vec::new(),
        kept: Vec::new(),
    };
    let command = AccessReviewCommand::Create { id: None, properties: Box::new(properties) };
    pim.handle(BEGINNING, &mut Counting(0), Actor::SetUp, &command.into()).expect("a review");
    pim.take_events();
    (pim, BEGINNING.plus(Length::days(31)))
}

/// What the jump is measured against: so many pairs taken from an ordered set, one by one.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn drain_a_bare_set(bencher: Bencher<'_, '_>, records: usize) {
    let set: BTreeSet<_> = (0..records as u64).map(|number| (number, number)).collect();
    bencher.with_inputs(|| set.clone()).bench_local_values(|mut set| {
        while let Some(pair) = set.pop_first() {
            black_box(pair);
        }
    });
}
