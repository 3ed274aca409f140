//! What a long jump of the clock costs a tenant: the machine, the log, and the mails in it.

use divan::{Bencher, black_box};
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, License, Privilege, Tenant as Organization,
    TicketInfo, User, UserType, built_in_roles, roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{Actor, Ask, By, Command, Pim, PrincipalId, RoleDefinitionId, TenantId};
use pim_emulator::app::ids::TenantIds;
use pim_emulator::app::{ClockMode, Tenant};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use uuid::Uuid;

fn main() {
    divan::main();
}

const NOW: Instant = Instant::from_milliseconds(1_767_600_000_000);
/// How many assignments each user holds.
const EACH: usize = 10;
/// Whoever is told of every end.
const MANAGERS: [usize; 6] = [1, 2, 3, 4, 5, 6];

fn person(number: usize) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(7, number as u64))
}

const PROTECTED: [RoleDefinitionId; 2] = [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// A tenant of so many assignments that all end in 170 days, with three managers of either kind, a hundred days later.
fn tenant(records: usize) -> Tenant {
    let mut pim = Pim::new(NOW);
    let mut ids = TenantIds::seeded(1);
    let mut run = |command: Command| {
        let done = pim.handle(NOW, &mut ids, Actor::SetUp, &command);
        assert!(done.is_ok(), "{done:?}");
        pim.take_events();
    };
    run(Command::CreateTenant(Organization {
        id: TenantId(Uuid::from_u128(0xc0)),
        domain: "load.example".to_owned(),
        display_name: "Load".to_owned(),
        license: License::P2,
        created: NOW,
    }));
    let people = records.div_ceil(EACH);
    for number in 0..people + MANAGERS.len() {
        run(Command::CreateUser(user(number)));
    }
    let others: Vec<_> = built_in_roles().iter().map(|it| it.id).filter(|it| !PROTECTED.contains(it)).collect();
    let bulk = (0..records).map(|number| {
        let role = others[(number / EACH + number % EACH * 7) % others.len()];
        (person(number / EACH), role, AskedExpiration::AfterDuration(Length::days(170)))
    });
    let managers = MANAGERS.map(|it| (person(people - 1 + it), PROTECTED[it % 2], AskedExpiration::NoExpiration));
    for (principal, role, expiration) in managers.into_iter().chain(bulk) {
        run(Command::Request(Ask {
            side: AssignmentKind::Assignment,
            action: Action::AdminAssign,
            principal,
            privilege: Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
            schedule: Some(AskedSchedule { start: None, expiration }),
            target_schedule: None,
            justification: None,
            ticket: TicketInfo::default(),
            id: None,
            details: None,
        }));
    }
    let tenant = Tenant::new(pim, ids, ClockMode::Manual);
    // The requests are purged before the ends come.
    tenant.jump_to(NOW.plus(Length::days(100))).expect("forward");
    tenant
}

fn user(number: usize) -> User {
    User {
        id: person(number),
        user_principal_name: format!("u{number}@load.example"),
        display_name: format!("u{number}"),
        given_name: None,
        surname: None,
        mail: None,
        mail_nickname: format!("u{number}"),
        job_title: None,
        department: None,
        account_enabled: true,
        user_type: UserType::Member,
        manager: None,
        created: NOW,
        password: String::new(),
        mfa: false,
        details: None,
    }
}

/// The jump over two reminders and the end of each, with nobody beside it.
#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 3, sample_size = 1)]
fn jump(bencher: Bencher<'_, '_>, records: usize) {
    bencher.with_inputs(|| tenant(records)).bench_local_values(|tenant| {
        tenant.jump_to(NOW.plus(Length::days(171))).expect("forward");
        tenant
    });
}

/// The same with somebody who reads all the while, and how long that has to wait.
#[expect(clippy::disallowed_methods, reason = "somebody waits in real time")]
#[divan::bench(args = [100_000], sample_count = 3, sample_size = 1)]
fn jump_beside_a_reader(bencher: Bencher<'_, '_>, records: usize) {
    bencher.with_inputs(|| tenant(records)).bench_local_values(|tenant| {
        let is_over = AtomicBool::new(false);
        let mut waits: Vec<Duration> = std::thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let mut waits = Vec::new();
                while !is_over.load(Ordering::Acquire) {
                    let began = std::time::Instant::now();
                    tenant.read(|view| {
                        let by = By::Principal(person(1));
                        black_box(view.schedules(AssignmentKind::Assignment, by, None).count())
                    });
                    waits.push(began.elapsed());
                    std::thread::sleep(Duration::from_micros(50));
                }
                waits
            });
            tenant.jump_to(NOW.plus(Length::days(171))).expect("forward");
            is_over.store(true, Ordering::Release);
            reader.join().expect("it reads")
        });
        waits.sort_unstable();
        let at = |share: usize| waits[(waits.len() - 1) * share / 1000];
        println!(
            "{} reads: p50 {:?}, p99 {:?}, p99.9 {:?}, longest {:?}",
            waits.len(),
            at(500),
            at(990),
            at(999),
            at(1000)
        );
        tenant
    });
}
