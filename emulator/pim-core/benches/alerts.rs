//! How fast a tenant is scanned for alerts, and what scans cost a jump of the clock.

use divan::Bencher;
use pim_core::model::{
    AlertScope, CreatedBy, DirectoryScope, License, Privilege, Schedule, ScheduleKind, SchedulePhase, Tenant, User,
    UserType, Window, built_in_roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{
    Actor, AlertCommand, Command, DirectoryEvent, Event, IdKind, IdSource, Pim, PrincipalId, Recorded, ScheduleId,
    TenantId,
};
use uuid::Uuid;

fn main() {
    divan::main();
}

const BEGINNING: Instant = Instant::from_milliseconds(1_772_442_000_000);
/// How many assignments each user holds.
const EACH: usize = 10;

struct Counting(u64);

impl IdSource for Counting {
    fn mint(&mut self, kind: IdKind) -> Uuid {
        self.0 += 1;
        Uuid::from_u64_pair(0x1000 + kind as u64, self.0)
    }
}

fn principal(number: usize) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(0x2000, number as u64))
}

/// A tenant of so many assignments: of every ten one was made outside PIM, two are active, and seven eligible.
fn tenant(records: usize) -> Pim {
    let tenant = Event::TenantCreated(Box::new(Tenant {
        id: TenantId(Uuid::from_u64_pair(1, 1)),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
        license: License::P2,
        created: BEGINNING,
    }));
    let people = (0..records.div_ceil(EACH)).map(person);
    let events = std::iter::once(tenant).chain(people).chain((0..records).map(held));
    let recorded = events.map(|event| Recorded { at: BEGINNING, by: CreatedBy::SetUp, session: None, event });
    Pim::replay(&recorded.collect::<Vec<_>>())
}

fn person(number: usize) -> Event {
    Event::Directory(DirectoryEvent::UserCreated(Box::new(User {
        id: principal(number),
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

fn held(number: usize) -> Event {
    let roles = built_in_roles();
    let role = roles[(number / EACH + number % EACH * 7) % roles.len()].id;
    Event::ScheduleCreated(Box::new(Schedule {
        id: ScheduleId(Uuid::from_u64_pair(0x5000, number as u64)),
        principal: principal(number / EACH),
        privilege: Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
        kind: match number % EACH {
            0 => ScheduleKind::AssignedOutside,
            1 | 2 => ScheduleKind::Assigned,
            _ => ScheduleKind::Eligibility,
        },
        phase: SchedulePhase::Open,
        window: Window { start: BEGINNING, end: None },
        created: BEGINNING,
        modified: None,
        activated_using: None,
        details: None,
    }))
}

/// A scan for every alert: on the first day, when little is found, and on the thirtieth, when nearly all assignments are.
#[divan::bench(args = [(1_000, 1), (1_000, 31), (100_000, 1), (100_000, 31)], sample_count = 10, sample_size = 1)]
fn scan(bencher: Bencher<'_, '_>, (records, day): (usize, i64)) {
    let pim = tenant(records);
    let at = BEGINNING.plus(Length::days(day)).minus(Length::days(1)).plus(Length::hours(1));
    let refresh = Command::Alert(AlertCommand::Refresh { scope: AlertScope::DirectoryRoles, alert: None });
    bencher.with_inputs(|| pim.clone()).bench_local_values(|mut pim| {
        let done = pim.handle(at, &mut Counting(0), Actor::SetUp, &refresh);
        assert!(done.is_ok(), "{done:?}");
        pim
    });
}

/// A year in which nothing happens but scans.
#[divan::bench(args = [1_000, 100_000], sample_count = 5, sample_size = 1)]
fn year(bencher: Bencher<'_, '_>, records: usize) {
    let pim = tenant(records);
    bencher.with_inputs(|| pim.clone()).bench_local_values(|mut pim| {
        pim.advance_to(BEGINNING.plus(Length::days(366)));
        pim
    });
}
