//! `directory USERS GROUPS MEMBERSHIPS`: a large directory, one group in ten inside another one. Prints, in this order, the seconds
//! that reading its snapshot takes; the bytes that a user and a membership take; and, for a user in few groups and for one in
//! many, in how many groups it is, with those they are in, and how many nanoseconds it takes to say in which. Part of
//! `benches/load/run`.

use pim_core::model::{Group, GroupType, License, Tenant, User, UserType};
use pim_core::time::Instant;
use pim_core::{Actor, Command, IdKind, IdSource, Pim, PrincipalId, TenantId};
use std::hint::black_box;
use uuid::Uuid;

/// Nothing here has an id of the machine's making.
struct NoIds;

impl IdSource for NoIds {
    fn mint(&mut self, _: IdKind) -> Uuid {
        Uuid::nil()
    }
}

const NOW: Instant = Instant::from_milliseconds(1_767_600_000_000);

/// Into how many groups the last user is put.
const MANY: usize = 1_000;

#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<usize>());
    let mut next = || arguments.next().ok_or("usage: directory USERS GROUPS MEMBERSHIPS");
    let (users, groups, memberships) = (next()??, next()??, next()??);
    let mut pim = Pim::new(NOW);
    let mut run = |command: Command| {
        pim.handle(NOW, &mut NoIds, Actor::SetUp, &command).map_err(|rejection| format!("{rejection:?}"))?;
        pim.take_events();
        Ok::<(), String>(())
    };
    run(Command::CreateTenant(Tenant {
        id: TenantId(Uuid::from_u128(1)),
        domain: "load.example".to_owned(),
        display_name: "Load".to_owned(),
        license: License::P2,
        created: NOW,
    }))?;
    let nobody = resident()?;
    for number in 0..users {
        run(Command::CreateUser(user(number)))?;
    }
    let each_user = resident()?.saturating_sub(nobody) / users as u64;
    for number in 0..groups {
        run(Command::CreateGroup(group(number)))?;
    }
    let apart = resident()?;
    let mut made = 0;
    for number in (10..groups).step_by(10) {
        run(Command::AddMember { group: id_of_group(number - 10), member: id_of_group(number) })?;
        made += 1;
    }
    for number in 1..=MANY.min(groups / 2) {
        run(Command::AddMember { group: id_of_group(groups - number), member: id_of_user(users - 1) })?;
        made += 1;
    }
    // Everybody else is in a handful, spread over all groups.
    for number in 0..memberships.saturating_sub(made) {
        let (member, round) = (number % (users - 1), number / (users - 1));
        let group = (member * 7 + round * (groups / 5 + 1)) % groups;
        run(Command::AddMember { group: id_of_group(group), member: id_of_user(member) })?;
    }
    let each_membership = resident()?.saturating_sub(apart) / memberships as u64;
    let text = serde_json::to_vec(&pim.snapshot())?;
    drop(pim);
    let begin = std::time::Instant::now();
    let pim = Pim::restore(serde_json::from_slice(&text)?);
    let took = begin.elapsed().as_secs_f64();
    let (few, few_took) = walk(&pim, id_of_user(3));
    let (many, many_took) = walk(&pim, id_of_user(users - 1));
    println!("{took} {each_user} {each_membership} {few} {few_took} {many} {many_took}");
    Ok(())
}

/// In how many groups somebody is, and how many nanoseconds it takes to find that out.
#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn walk(pim: &Pim, member: PrincipalId) -> (usize, u128) {
    const ROUNDS: u32 = 100;
    let view = pim.view(NOW);
    let begin = std::time::Instant::now();
    for _ in 0..ROUNDS {
        black_box(view.transitive_groups_of(black_box(member)));
    }
    (view.transitive_groups_of(member).len(), (begin.elapsed() / ROUNDS).as_nanos())
}

/// The resident set of this process, in bytes.
fn resident() -> Result<u64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}

/// Ids that look random, as a hash table would have them.
fn id(kind: u64, number: usize) -> PrincipalId {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    PrincipalId(Uuid::from_u64_pair(mixed ^ (mixed >> 29), mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ kind))
}

fn id_of_user(number: usize) -> PrincipalId {
    id(1, number)
}

fn id_of_group(number: usize) -> PrincipalId {
    id(2, number)
}

fn user(number: usize) -> User {
    User {
        id: id_of_user(number),
        user_principal_name: format!("user{number}@load.example"),
        display_name: format!("User {number}"),
        given_name: Some("User".to_owned()),
        surname: Some(number.to_string()),
        mail: Some(format!("user{number}@load.example")),
        mail_nickname: format!("user{number}"),
        job_title: Some("Engineer".to_owned()),
        department: Some("Operations".to_owned()),
        account_enabled: true,
        user_type: UserType::Member,
        manager: None,
        created: NOW,
        password: String::new(),
        mfa: true,
        details: None,
    }
}

fn group(number: usize) -> Group {
    Group {
        id: id_of_group(number),
        display_name: format!("Group {number}"),
        description: None,
        mail_nickname: format!("group{number}"),
        group_type: GroupType::Security,
        is_assignable_to_role: false,
        membership_rule: None,
        on_premises_synced: false,
        created: NOW,
        details: None,
    }
}
