//! `memory COUNT`: how much memory so many active assignments take, ten to a user, with their requests, indices and timers, and
//! how many bytes an event takes as the log packs it. Prints `resident-bytes event-bytes events`. Part of `benches/load/run`.

use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, License, Privilege, Tenant, TicketInfo,
    User, UserType, built_in_roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{Actor, Ask, Command, IdKind, IdSource, Pim, PrincipalId, TenantId};
use uuid::Uuid;

/// Ids that look random, as a hash table would have them.
struct Ids(u64);

impl IdSource for Ids {
    fn mint(&mut self, _: IdKind) -> Uuid {
        self.0 += 1;
        let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Uuid::from_u64_pair(mixed ^ (mixed >> 29), self.0.wrapping_mul(0xBF58_476D_1CE4_E5B9))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).ok_or("usage: memory COUNT")?.parse()?;
    let now = Instant::from_milliseconds(1_767_600_000_000);
    let (mut pim, mut ids) = (Pim::new(now), Ids(0));
    let (mut bytes, mut events) = (0, 0);
    let mut run = |command: Command| {
        pim.handle(now, &mut ids, Actor::SetUp, &command).map_err(|rejection| format!("{rejection:?}"))?;
        for recorded in pim.take_events() {
            bytes += postcard::to_allocvec(&recorded).map_or(0, |packed| packed.len() + 4);
            events += 1;
        }
        Ok::<(), String>(())
    };
    run(Command::CreateTenant(Tenant {
        id: TenantId(Uuid::from_u128(1)),
        domain: "load.example".to_owned(),
        display_name: "Load".to_owned(),
        license: License::P2,
        created: now,
    }))?;
    let roles = built_in_roles();
    let person = |number: usize| PrincipalId(Uuid::from_u64_pair(7, (number / 10) as u64));
    for number in (0..count).step_by(10) {
        run(Command::CreateUser(user(person(number), number / 10, now)))?;
    }
    let before = resident()?;
    for number in 0..count {
        run(Command::Request(Ask {
            side: AssignmentKind::Assignment,
            action: Action::AdminAssign,
            principal: person(number),
            privilege: Privilege::DirectoryRole {
                role: roles[(number / 10 + number % 10 * 7) % roles.len()].id,
                scope: DirectoryScope::Tenant,
            },
            schedule: Some(AskedSchedule {
                start: None,
                expiration: AskedExpiration::AfterDuration(Length::days(170)),
            }),
            target_schedule: None,
            justification: None,
            ticket: TicketInfo::default(),
            id: None,
            details: None,
        }))?;
    }
    let (schedules, _) = pim.view(now).sizes();
    assert_eq!(schedules, count);
    println!("{} {bytes} {events}", resident()? - before);
    Ok(())
}

/// The resident set of this process, in bytes.
fn resident() -> Result<u64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}

fn user(id: PrincipalId, number: usize, created: Instant) -> User {
    User {
        id,
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
        created,
        password: String::new(),
        mfa: false,
        details: None,
    }
}
