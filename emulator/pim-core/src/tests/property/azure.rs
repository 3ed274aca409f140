//! Azure in a property: a small tree, a custom role, and what may be asked of them.

use super::super::dsl::BEGINNING;
use super::moves::{GROUPS, Move, Who, principal};
use crate::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentCondition, AssignmentKind, AzurePermissions, AzureRoleDefinition,
    AzureScopeKind, Family, LockLevel, Privilege, RequestDetails, RequestStatus, ScheduleDetails, ScheduleKind,
    SchedulePhase, TicketInfo, azure_roles,
};
use crate::time::{Instant, Length};
use crate::{
    Ask, AzureEvent, AzureRoleDefinitionId, AzureScopeChange, AzureScopeId, Command, EndCause, Event, NewAzureScope,
    Recorded, StatusCause, View,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Two management groups, a subscription with a resource group and a resource in it, and a place where nothing is yet.
const SCOPES: std::ops::Range<u64> = 1..7;
/// Those of them at which most things happen.
const USUAL: [u64; 3] = [3, 4, 5];
pub(super) const READER: AzureRoleDefinitionId =
    AzureRoleDefinitionId(Uuid::from_u128(0xacdd_72a7_3385_48ef_bd42_f606_fba8_1ae7));
const KEEPER: AzureRoleDefinitionId = AzureRoleDefinitionId(Uuid::from_u64_pair(0x6100, 1));

/// The one subscription.
pub(super) const SUBSCRIPTION: AzureScopeId = scope(3);

pub(super) const fn scope(number: u64) -> AzureScopeId {
    AzureScopeId(Uuid::from_u64_pair(0x6000, number))
}

fn made(number: u64, parent: AzureScopeId) -> Command {
    let kind = match number {
        1 | 2 => AzureScopeKind::ManagementGroup,
        3 => AzureScopeKind::Subscription,
        4 | 6 => AzureScopeKind::ResourceGroup,
        _ => AzureScopeKind::Resource { resource_type: "Microsoft.KeyVault/vaults".to_owned() },
    };
    Command::CreateAzureScope(Box::new(NewAzureScope {
        id: Some(scope(number)),
        kind,
        parent,
        name: scope(number).to_string(),
        display_name: None,
        location: None,
        tags: BTreeMap::new(),
    }))
}

/// Where each of them stands at first.
const fn parent(number: u64) -> AzureScopeId {
    match number {
        1 | 2 => AzureScopeId::ROOT,
        3 => scope(1),
        4 | 6 => scope(3),
        _ => scope(4),
    }
}

fn keeper(assignable_scopes: Vec<AzureScopeId>) -> Command {
    Command::SetAzureRoleDefinition(Box::new(AzureRoleDefinition {
        id: KEEPER,
        role_name: "Keeper".to_owned(),
        description: String::new(),
        is_built_in: false,
        permissions: vec![AzurePermissions { actions: vec!["*".to_owned()], ..AzurePermissions::default() }],
        assignable_scopes,
        created: Instant::FIRST,
        updated: Instant::FIRST,
        updated_by: None,
    }))
}

/// The tree, its custom role, an Owner, and what somebody and a group in a group are eligible for.
pub(super) fn world() -> Vec<Command> {
    let mut world: Vec<_> = (1..6).map(|number| made(number, parent(number))).collect();
    world.push(keeper(vec![scope(1)]));
    let owner = Privilege::AzureRole { role: azure_roles::OWNER, scope: scope(3) };
    world.push(Command::CreateRoleAssignment { principal: principal(0), privilege: owner, id: None, details: None });
    for (holder, role, at, days) in [(2, READER, 1, 30), (GROUPS[2], READER, 3, 14), (1, azure_roles::OWNER, 1, 15)] {
        let schedule =
            Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(days)) });
        let privilege = Privilege::AzureRole { role, scope: scope(at) };
        let of = (principal(holder), privilege);
        world.push(Command::Request(ask((AssignmentKind::Eligibility, Action::AdminAssign), of, schedule)));
    }
    world
}

fn ask(
    (side, action): (AssignmentKind, Action),
    (principal, privilege): (crate::PrincipalId, Privilege),
    schedule: Option<AskedSchedule>,
) -> Ask {
    Ask {
        side,
        action,
        principal,
        privilege,
        schedule,
        target_schedule: None,
        justification: Some("reason".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    }
}

fn anywhere() -> impl Strategy<Value = AzureScopeId> {
    prop_oneof![12 => select(USUAL.to_vec()).prop_map(scope), 4 => SCOPES.prop_map(scope), 1 => Just(AzureScopeId::ROOT)]
}

pub(super) fn privilege() -> impl Strategy<Value = Privilege> {
    let role = prop_oneof![4 => Just(READER), 2 => Just(azure_roles::OWNER), 2 => Just(KEEPER)];
    (role, anywhere()).prop_map(|(role, scope)| Privilege::AzureRole { role, scope })
}

fn condition() -> impl Strategy<Value = Option<AssignmentCondition>> {
    let expression = select(vec!["one", "other"]);
    let some = expression.prop_map(|it| AssignmentCondition { expression: it.to_owned(), version: "2.0".to_owned() });
    proptest::option::weighted(0.3, some)
}

/// What few requests have.
pub(super) fn details() -> impl Strategy<Value = Option<Box<RequestDetails>>> {
    condition().prop_map(|condition| {
        condition.map(|it| Box::new(RequestDetails { condition: Some(it), ..RequestDetails::default() }))
    })
}

/// What may be done to the tree, to its role and to assignments that are there.
pub(super) fn command() -> impl Strategy<Value = Command> {
    let change = |scope, change| Command::ChangeAzureScope { scope, change: Box::new(change) };
    let level = proptest::option::weighted(0.5, select(vec![LockLevel::CanNotDelete, LockLevel::ReadOnly]));
    prop_oneof![
        3 => (SCOPES, anywhere(), any::<bool>())
            .prop_map(|(number, other, usual)| made(number, if usual { parent(number) } else { other })),
        4 => (select(vec![1, 2, 3, 3, 3, 4]), select(vec![0, 1, 1, 2, 2, 3])).prop_map(move |(number, below)| {
            let parent = if below == 0 { AzureScopeId::ROOT } else { scope(below) };
            change(scope(number), AzureScopeChange { parent: Some(parent), ..AzureScopeChange::default() })
        }),
        4 => (anywhere(), level).prop_map(move |(at, level)| {
            change(at, AzureScopeChange { locks: vec![("lock".to_owned(), level)], ..AzureScopeChange::default() })
        }),
        1 => anywhere().prop_map(move |at| {
            change(at, AzureScopeChange { display_name: Some("other".to_owned()), ..AzureScopeChange::default() })
        }),
        2 => anywhere().prop_map(Command::DeleteAzureScope),
        2 => proptest::collection::vec(SCOPES.prop_map(scope), 0..3).prop_map(keeper),
        1 => Just(Command::DeleteAzureRoleDefinition(KEEPER)),
        1 => Just(Command::ElevateAccess),
        1 => (1..4_u64, condition()).prop_map(|(number, condition)| Command::DescribeRoleAssignment {
            schedule: crate::ScheduleId(Uuid::from_u64_pair(0x1000 + crate::IdKind::OutsideAssignment as u64, number)),
            details: Box::new(ScheduleDetails { condition, ..ScheduleDetails::default() }),
        }),
    ]
}

/// Whoever is eligible activates, at once or in an hour, somewhere below the scope of the eligibility; or that goes, or what it
/// covers moves away or is locked.
pub(super) fn likely() -> impl Strategy<Value = Move> {
    let whose = select(vec![(2, READER), (2, READER), (1, azure_roles::OWNER)]);
    let action = prop_oneof![5 => Just(Action::SelfActivate), 1 => Just(Action::SelfDeactivate)];
    let minutes = select(vec![5, 60, 120, 480]).prop_map(Length::minutes);
    let start = proptest::option::weighted(0.3, Just(BEGINNING.plus(Length::hours(1))));
    let asks = (whose.clone(), action, select(USUAL.to_vec()), start, minutes);
    let asks = asks.prop_map(|((number, role), action, at, start, length)| {
        let schedule = Some(AskedSchedule { start, expiration: AskedExpiration::AfterDuration(length) });
        let of = (principal(number), Privilege::AzureRole { role, scope: scope(at) });
        Move::Ask(Who::User(number, true, true), ask((AssignmentKind::Assignment, action), of, schedule))
    });
    let goes = whose.prop_map(|(number, role)| {
        let of = (principal(number), Privilege::AzureRole { role, scope: scope(1) });
        Move::Ask(Who::SetUp, ask((AssignmentKind::Eligibility, Action::AdminRemove), of, None))
    });
    let changed =
        |scope, change| Move::Do(Who::SetUp, Box::new(Command::ChangeAzureScope { scope, change: Box::new(change) }));
    let moves = select(vec![1, 2]).prop_map(move |below| {
        changed(scope(3), AzureScopeChange { parent: Some(scope(below)), ..AzureScopeChange::default() })
    });
    let is_locked = select(USUAL.to_vec()).prop_map(move |at| {
        let locks = vec![("lock".to_owned(), Some(LockLevel::ReadOnly))];
        changed(scope(at), AzureScopeChange { locks, ..AzureScopeChange::default() })
    });
    prop_oneof![8 => asks, 1 => goes, 1 => moves, 1 => is_locked]
}

/// What happened although a lock forbids it, as the tree is now.
pub(super) fn breaks_a_lock(view: View<'_>, event: &Recorded) -> bool {
    let lock = |privilege| match privilege {
        Privilege::AzureRole { scope, .. } => view.azure_lock(scope),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    };
    if let Event::ScheduleCreated(it) = &event.event {
        let begins = it.kind != ScheduleKind::Eligibility && it.phase == SchedulePhase::Open;
        begins && lock(it.privilege) == Some(LockLevel::ReadOnly)
    } else if let Event::ScheduleStarted { schedule, .. } = &event.event {
        let started = view.schedule(*schedule).filter(|it| it.kind != ScheduleKind::Eligibility);
        started.is_some_and(|it| lock(it.privilege) == Some(LockLevel::ReadOnly))
    } else if let Event::ScheduleEnded { cause, privilege, kind, .. } = &event.event {
        let was_asked_for = matches!(cause, EndCause::Removed | EndCause::Deactivated | EndCause::RemovedOutside);
        *kind != ScheduleKind::Eligibility && was_asked_for && lock(*privilege).is_some()
    } else {
        false
    }
}

/// What the moves are to come to.
pub(super) const WORTH_LOOKING_AT: [&str; 10] = [
    "activated",
    "assigned outside",
    "deactivated",
    "described",
    "ended with the eligibility",
    "ended with the scope",
    "failed at a lock",
    "lost a custom role",
    "lost a scope",
    "waits for an approver",
];

/// Which of it an event is, if it is one of Azure.
pub(super) fn worth_looking_at(event: &Event) -> Option<&'static str> {
    let is_of_azure = |privilege: Privilege| privilege.family() == Family::AzureRoles;
    if let Event::ScheduleCreated(it) = event {
        return match it.kind {
            ScheduleKind::Activated if is_of_azure(it.privilege) => Some("activated"),
            ScheduleKind::AssignedOutside if is_of_azure(it.privilege) => Some("assigned outside"),
            ScheduleKind::Activated
            | ScheduleKind::AssignedOutside
            | ScheduleKind::Assigned
            | ScheduleKind::Eligibility => None,
        };
    }
    if let Event::ScheduleEnded { cause, privilege, kind: ScheduleKind::Activated, .. } = event {
        let causes = [
            (EndCause::Deactivated, "deactivated"),
            (EndCause::EligibilityEnded, "ended with the eligibility"),
            (EndCause::ScopeDeleted, "ended with the scope"),
        ];
        return causes.into_iter().find(|(it, _)| it == cause && is_of_azure(*privilege)).map(|(_, name)| name);
    }
    if let Event::RequestCreated(it) = event {
        let waits = it.status == RequestStatus::PendingApproval && is_of_azure(it.privilege);
        return waits.then_some("waits for an approver");
    }
    if let Event::RequestStatusChanged { cause: StatusCause::ResourceLocked, .. } = event {
        return Some("failed at a lock");
    }
    if let Event::ScheduleDetailsSet { .. } = event {
        return Some("described");
    }
    if let Event::Azure(AzureEvent::RoleDefinitionDeleted(_)) = event {
        return Some("lost a custom role");
    }
    matches!(event, Event::Azure(AzureEvent::ScopeDeleted(_))).then_some("lost a scope")
}
