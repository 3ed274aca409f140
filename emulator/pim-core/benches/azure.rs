//! How fast Azure is read and written, in a tenant of one subscription and in one of a thousand.

use divan::{Bencher, black_box};
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, AzureScope, AzureScopeKind, CreatedBy, Group, GroupType,
    License, Privilege, Schedule, ScheduleKind, SchedulePhase, Tenant, TicketInfo, User, UserType, Window,
    built_in_azure_roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{
    Actor, Ask, AzureEvent, AzureScopeId, By, Command, DirectoryEvent, Event, IdKind, IdSource, Pim, PrincipalId,
    Recorded, ScheduleId, TenantId,
};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;

fn main() {
    divan::main();
}

/// The instant that every bench begins at.
const BEGINNING: Instant = Instant::from_milliseconds(1_772_442_000_000);
/// How many assignments each user holds: half of them eligible, one of them by a group in a group.
const EACH: usize = 50;
/// How many resource groups a subscription has.
const GROUPS: usize = 20;

struct Counting(u64);

impl IdSource for Counting {
    fn mint(&mut self, kind: IdKind) -> Uuid {
        self.0 += 1;
        Uuid::from_u64_pair(0x1000 + kind as u64, self.0)
    }
}

const fn principal(number: usize) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(0x2000, number as u64))
}

/// The two groups, one in the other, that the first user is in.
const INNER: PrincipalId = PrincipalId(Uuid::from_u64_pair(0x2100, 1));
const OUTER: PrincipalId = PrincipalId(Uuid::from_u64_pair(0x2100, 2));

const fn subscription(number: usize) -> AzureScopeId {
    AzureScopeId(Uuid::from_u64_pair(0x3000, number as u64))
}

const fn resource_group(number: usize) -> AzureScopeId {
    AzureScopeId(Uuid::from_u64_pair(0x4000, number as u64))
}

/// A tenant of so many subscriptions of twenty resource groups each, with ten assignments for each resource group.
fn tenant(subscriptions: usize) -> Pim {
    let at = BEGINNING;
    let groups = subscriptions * GROUPS;
    let users = (groups * 10 / EACH).max(1);
    let begun = [
        Event::TenantCreated(Box::new(Tenant {
            id: TenantId(Uuid::from_u64_pair(1, 1)),
            domain: "contoso.onmicrosoft.com".to_owned(),
            display_name: "Contoso".to_owned(),
            license: License::P2,
            created: at,
        })),
        group(INNER),
        group(OUTER),
    ];
    let scopes = (0..subscriptions).flat_map(|number| {
        let path = format!("/subscriptions/{}", subscription(number));
        let below = (0..GROUPS).map(|place| {
            let number = number * GROUPS + place;
            let path = format!("/subscriptions/{}/resourceGroups/rg{number}", subscription(number / GROUPS));
            scope(resource_group(number), AzureScopeKind::ResourceGroup, subscription(number / GROUPS), path)
        });
        let own = scope(subscription(number), AzureScopeKind::Subscription, AzureScopeId::ROOT_GROUP, path);
        std::iter::once(own).chain(below).collect::<Vec<_>>()
    });
    let held = (0..users * EACH).map(|number| {
        let holder = if number == 0 { OUTER } else { principal(number / EACH) };
        // A user's assignments lie side by side: each role at a few resource groups.
        let place = (number / 10) % groups;
        held(number, holder, privilege(number, resource_group(place)))
    });
    let edges = [(INNER, principal(0)), (OUTER, INNER)]
        .map(|(group, member)| Event::Directory(DirectoryEvent::MemberAdded { group, member }));
    let events = (begun.into_iter())
        .chain((0..users).map(person))
        .chain(edges)
        .chain(scopes)
        .chain(held)
        .map(|event| Recorded { at, by: CreatedBy::SetUp, session: None, event });
    Pim::replay(&events.collect::<Vec<_>>())
}

/// Some role there.
fn privilege(number: usize, scope: AzureScopeId) -> Privilege {
    let roles = built_in_azure_roles();
    Privilege::AzureRole { role: roles[number % roles.len()].id, scope }
}

fn scope(id: AzureScopeId, kind: AzureScopeKind, parent: AzureScopeId, path: String) -> Event {
    Event::Azure(AzureEvent::ScopeSet(Box::new(AzureScope {
        id,
        kind,
        parent: Some(parent),
        name: path.rsplit('/').next().unwrap_or_default().to_owned(),
        path,
        display_name: String::new(),
        location: None,
        tags: BTreeMap::new(),
        locks: BTreeMap::new(),
        created: BEGINNING,
    })))
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

fn group(id: PrincipalId) -> Event {
    Event::Directory(DirectoryEvent::GroupCreated(Box::new(Group {
        id,
        display_name: String::new(),
        description: None,
        mail_nickname: String::new(),
        group_type: GroupType::Security,
        is_assignable_to_role: false,
        membership_rule: None,
        on_premises_synced: false,
        created: BEGINNING,
        details: None,
    })))
}

/// Every second one is eligible, the others are active for good.
fn held(number: usize, principal: PrincipalId, privilege: Privilege) -> Event {
    let is_eligible = number.is_multiple_of(2);
    let end = is_eligible.then(|| BEGINNING.plus(Length::days(365)));
    Event::ScheduleCreated(Box::new(Schedule {
        id: ScheduleId(Uuid::from_u64_pair(0x5000, number as u64)),
        principal,
        privilege,
        kind: if is_eligible { ScheduleKind::Eligibility } else { ScheduleKind::AssignedOutside },
        phase: SchedulePhase::Open,
        window: Window { start: BEGINNING, end },
        created: BEGINNING,
        modified: None,
        activated_using: None,
        details: None,
    }))
}

fn at_size(subscriptions: usize) -> &'static Pim {
    static SMALL: LazyLock<Pim> = LazyLock::new(|| tenant(1));
    static LARGE: LazyLock<Pim> = LazyLock::new(|| tenant(1_000));
    if subscriptions == 1 { &SMALL } else { &LARGE }
}

/// What a user is eligible for, its own and by groups: what every client of PIM asks first.
#[divan::bench(args = [1, 1_000])]
fn eligible_as_target(bencher: Bencher<'_, '_>, subscriptions: usize) {
    let pim = at_size(subscriptions);
    bencher.bench_local(|| {
        let by = black_box(By::Target(principal(0)));
        let found = pim.view(BEGINNING).instances(AssignmentKind::Eligibility, by, None).count();
        assert_eq!(found, EACH / 2);
    });
}

/// Whether a user may do something at a resource group.
#[divan::bench(args = [1, 1_000])]
fn effective_permissions(bencher: Bencher<'_, '_>, subscriptions: usize) {
    let pim = at_size(subscriptions);
    bencher.bench_local(|| {
        let scope = black_box(resource_group(3));
        pim.view(BEGINNING)
            .azure_permissions(principal(0), scope)
            .filter(|it| it.allow("Microsoft.Web/sites/read"))
            .count()
    });
}

/// Everything that is held at one resource group.
#[divan::bench(args = [1, 1_000])]
fn held_at_a_scope(bencher: Bencher<'_, '_>, subscriptions: usize) {
    let pim = at_size(subscriptions);
    bencher.bench_local(|| {
        let here = black_box(By::Resource(privilege(0, resource_group(3)).resource()));
        pim.view(BEGINNING).schedules(AssignmentKind::Assignment, here, None).count()
    });
}

/// Deciding one more assignment in a subscription, which has a limit of them.
#[divan::bench(args = [1, 1_000])]
fn decide_an_assignment(bencher: Bencher<'_, '_>, subscriptions: usize) {
    let pim = at_size(subscriptions);
    let command = Command::CreateRoleAssignment {
        principal: principal(0),
        privilege: privilege(0, subscription(0)),
        id: None,
        details: None,
    };
    bencher.bench_local(|| pim.dry_run(BEGINNING, Actor::SetUp, black_box(&command)).expect("it is not held yet"));
}

/// Deciding an activation at the scope of its eligibility.
#[divan::bench(args = [1, 1_000])]
fn decide_an_activation(bencher: Bencher<'_, '_>, subscriptions: usize) {
    let pim = at_size(subscriptions);
    let ask = Ask {
        side: AssignmentKind::Assignment,
        action: Action::SelfActivate,
        principal: principal(0),
        privilege: privilege(2, resource_group(0)),
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::hours(8)) }),
        target_schedule: None,
        justification: Some("incident".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    let actor = Actor::User { id: principal(0), mfa: true, contexts: AuthenticationContexts::NONE };
    let command = Command::Request(ask);
    bencher.bench_local(|| pim.dry_run(BEGINNING, actor, black_box(&command)).expect("it is eligible"));
}

/// Deleting a subscription with its twenty resource groups and two hundred assignments.
#[divan::bench(args = [1, 1_000], sample_count = 20, sample_size = 1)]
fn delete_a_subscription(bencher: Bencher<'_, '_>, subscriptions: usize) {
    let pim = at_size(subscriptions);
    bencher.with_inputs(|| pim.clone()).bench_local_values(|mut pim| {
        let command = Command::DeleteAzureScope(subscription(0));
        pim.handle(BEGINNING, &mut Counting(0), Actor::SetUp, &command).expect("nothing is locked");
        pim
    });
}
