//! What may be asked in a property: moves of users, groups and applications over a tenant small enough for everything to
//! collide.

use super::super::dsl::{BEGINNING, custom_role, user};
use super::alerts;
use super::azure;
use super::directory_moves::{Taking, directory, taking};
use super::reviews::reviewing;
use crate::model::conditional_access::{
    AuthenticationContextId, ConditionalAccessApplications, ConditionalAccessPolicy, ConditionalAccessState,
    ConditionalAccessUser, ConditionalAccessUsers,
};
use crate::model::{
    Action, ApprovalChange, Approver, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, GroupAccess,
    Happening, License, MailClass, NotificationLevel, PolicyChange, PolicySubject, Privilege, Requirement,
    ReviewResult, RoleDefinition, RuleChange, TicketInfo, UserDetailsChange, roles,
};
use crate::time::{Instant, Length};
use crate::{
    Actor, AdministrativeUnitId, Ask, AuthenticationContextChange, Behaviour, Command, ConditionalAccessChange,
    ConditionalAccessPolicyId, GroupChange, PrincipalId, RoleDefinitionChange, RoleDefinitionId, TimeOutStatus,
    UserChange,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use uuid::Uuid;

/// Three users, of whom the first two run the tenant; three groups; a service principal, and another that may come; one of
/// whom nobody has heard.
pub(super) const PRINCIPALS: u64 = 9;
pub(super) const USERS: u64 = 3;
pub(super) const GROUPS: [u64; 3] = [3, 4, 6];
pub(super) const ROBOT: u64 = 5;
pub(super) const PORTAL: u64 = 8;

pub(super) const fn principal(number: u64) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(0x2000, number))
}

pub(super) const GUARD: ConditionalAccessPolicyId = ConditionalAccessPolicyId(Uuid::from_u64_pair(0x5000, 1));
pub(super) const UNIT: AdministrativeUnitId = AdministrativeUnitId(Uuid::from_u64_pair(0x3000, 1));
pub(super) const WATCHER: RoleDefinitionId = RoleDefinitionId(Uuid::from_u64_pair(0x4000, 1));
pub(super) const USER_ADMINISTRATOR: RoleDefinitionId =
    RoleDefinitionId(Uuid::from_u128(0xfe93_0be7_5e62_47db_91af_98c3_a49a_38b1));

/// The one authentication context.
pub(super) fn context() -> AuthenticationContextId {
    AuthenticationContextId::parse("c1").unwrap()
}

/// What is asked for, with requests and schedules by where they stand in the log: their ids are not known beforehand.
#[derive(Clone, Debug)]
pub(super) enum Move {
    /// With times that count from the beginning.
    Do(Who, Box<Command>),
    /// With times that count from now, where a start at the last instant means: when something next happens by itself.
    Ask(Who, Ask),
    Cancel(Who, Index),
    /// An approver decides on one of what waits, or of what waited.
    Review(Who, Index, ReviewResult),
    /// A manager decides on an extension or renewal.
    Decide(Who, Index, ReviewResult, Option<AskedSchedule>),
    RemoveOutside(Who, Index),
    /// Puts right one of the things that alerts have found.
    Remediate(Who, Index),
    Take(Who, Index, Taking),
    Wait(Length),
    /// To the next thing that happens by itself, or so much earlier or later.
    WaitForNext(Length),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    /// With multifactor authentication, and with the authentication context, or without.
    User(u64, bool, bool),
    Robot,
    SetUp,
}

impl Who {
    pub(super) fn actor(self) -> Actor {
        match self {
            Self::User(number, mfa, context) => {
                Actor::User { id: principal(number), mfa, contexts: context.then(self::context).into_iter().collect() }
            }
            Self::Robot => Actor::Application { id: principal(ROBOT) },
            Self::SetUp => Actor::SetUp,
        }
    }
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![
        6 => (0..USERS, proptest::bool::weighted(0.8), any::<bool>())
            .prop_map(|(number, mfa, context)| Who::User(number, mfa, context)),
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
        12 => belonging(),
        14 => azure::privilege(),
    ]
}

/// Membership and ownership of the groups: of the role-assignable one, mostly as a member, and of the other.
fn belonging() -> impl Strategy<Value = Privilege> {
    let group = prop_oneof![3 => Just(GROUPS[0]), 2 => Just(GROUPS[1]), 2 => Just(GROUPS[2])];
    (group, prop_oneof![3 => Just(GroupAccess::Member), 1 => Just(GroupAccess::Owner)])
        .prop_map(|(group, access)| Privilege::Group { group: principal(group), access })
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

pub(super) fn somebody() -> impl Strategy<Value = PrincipalId> {
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
        4 => select(vec![Action::AdminExtend, Action::AdminRenew, Action::SelfExtend, Action::SelfRenew]),
    ];
    let parts = (who(), action, side, somebody(), privilege(), schedule(), (reason, azure::details()), likely);
    parts.prop_map(|(who, action, side, somebody, privilege, schedule, (justification, details), likely)| {
        // Mostly what could work; the rest is refused soon.
        let who = match who {
            Who::Robot | Who::SetUp if likely && action.is_self_service() => Who::User(2, true, true),
            _ if likely && !action.is_self_service() => Who::SetUp,
            Who::User(..) | Who::Robot | Who::SetUp => who,
        };
        let is_of_assignments = matches!(action, Action::SelfActivate | Action::SelfDeactivate);
        let side = if is_of_assignments && likely { AssignmentKind::Assignment } else { side };
        let principal = match who {
            Who::User(number, ..) if action.is_self_service() && likely => principal(number),
            Who::User(..) | Who::Robot | Who::SetUp => somebody,
        };
        let (target_schedule, ticket) = (None, TicketInfo::default());
        let ask = Ask {
            side,
            action,
            principal,
            privilege,
            schedule,
            target_schedule,
            justification,
            ticket,
            id: None,
            details,
        };
        if likely { Move::Ask(who, ask) } else { Move::Do(who, Box::new(Command::Request(ask))) }
    })
}

fn behaviour() -> impl Strategy<Value = Behaviour> {
    let delay = || prop_oneof![3 => Just(Length::ZERO), 1 => length()];
    let delays = (delay(), delay(), delay(), delay());
    let time_out = select(vec![TimeOutStatus::TimedOut, TimeOutStatus::Failed, TimeOutStatus::Denied]);
    let of_azure = (any::<bool>(), delay(), delay(), delay());
    let of_reviews = (any::<bool>(), any::<bool>(), delay(), delay());
    let parts = (any::<[bool; 13]>(), (1..60_u16, 1..60_u16), time_out, delays, of_azure, of_reviews);
    parts.prop_map(|(switch, (finished, cancelled), time_out, delays, azure, reviews)| {
        let (provisioning, list, mail, replication) = delays;
        Behaviour {
            stopped_access_reviews_are_applied: reviews.0,
            access_review_denial_takes_both: reviews.1,
            access_review_delay: reviews.2,
            access_review_apply_delay: reviews.3,
            narrowed_activation_follows_eligibility_policy: azure.0,
            azure_access_delay: azure.1,
            azure_deactivation_delay: azure.2,
            azure_reactivation_delay: azure.3,
            activation_survives_eligibility_removal: switch[0],
            activation_capped_by_eligibility: switch[1],
            last_administrator_outlives_end: switch[2],
            last_administrator_cannot_deactivate: switch[3],
            accept_and_never_provision: switch[4],
            activation_without_eligibility_does_not_exist: switch[5],
            granted_becomes_provisioned: switch[6],
            permission_enforcement: switch[7],
            approval_after_eligibility_vanished_denies: switch[8],
            default_approvers_are_privileged_role_administrators: switch[9],
            policy_edits_reach_pending_requests: switch[10],
            last_administrator_keeps_membership: switch[11],
            waiting_requests_outlive_assignment: switch[12],
            approval_time_out_status: time_out,
            provisioning_delay: provisioning,
            list_delay: list,
            approval_mail_delay: mail,
            replication_delay: replication,
            request_retention_days: finished,
            cancelled_request_retention_days: cancelled,
            ..Behaviour::default()
        }
    })
}

pub(super) fn watcher() -> RoleDefinition {
    custom_role("Watcher", WATCHER)
}

fn result() -> impl Strategy<Value = ReviewResult> {
    prop_oneof![3 => Just(ReviewResult::Approve), 1 => Just(ReviewResult::Deny)]
}

/// Mostly that an activation of Global Reader needs somebody's approval.
fn policy_change() -> impl Strategy<Value = PolicyChange> {
    let role = prop_oneof![4 => Just(roles::GLOBAL_READER), 1 => select(vec![roles::GLOBAL_ADMINISTRATOR, WATCHER])];
    let subject = prop_oneof![
        4 => role.prop_map(PolicySubject::DirectoryRole),
        2 => belonging().prop_map(Privilege::policy_subject),
        2 => azure::privilege().prop_map(Privilege::policy_subject),
    ];
    let rules = proptest::collection::vec(prop_oneof![3 => approval(), 2 => rule()], 1..3);
    (subject, rules).prop_map(|(subject, rules)| PolicyChange { subject, rules })
}

fn approval() -> impl Strategy<Value = RuleChange> {
    let approvers = prop_oneof![
        2 => Just(Vec::new()),
        4 => proptest::collection::vec(0..USERS, 1..3),
        3 => Just(vec![GROUPS[1]]),
        1 => proptest::collection::vec(0..PRINCIPALS, 1..3),
    ];
    let parts = (proptest::bool::weighted(0.8), proptest::option::weighted(0.8, approvers), any::<bool>());
    parts.prop_map(|(required, approvers, reasons)| {
        let named = |number| Approver { id: principal(number), description: None };
        RuleChange::Approval(ApprovalChange {
            is_approval_required: Some(required),
            is_approver_justification_required: Some(reasons),
            primary_approvers: approvers.map(|approvers| approvers.into_iter().map(named).collect()),
            ..ApprovalChange::default()
        })
    })
}

fn rule() -> impl Strategy<Value = RuleChange> {
    let of = || select(Happening::ALL.to_vec());
    let claim = prop_oneof![4 => Just(Some(Some(context()))), 1 => Just(Some(None)), 1 => Just(None)];
    prop_oneof![
        (of(), proptest::option::of(any::<bool>()), proptest::option::of(proptest::option::weighted(0.9, length())))
            .prop_map(|(of, required, maximum)| {
                RuleChange::Expiration { of, is_expiration_required: required, maximum_duration: maximum }
            }),
        (of(), proptest::sample::subsequence(Requirement::ALL.to_vec(), 0..=3))
            .prop_map(|(of, rules)| RuleChange::Enablement { of, enabled_rules: Some(rules) }),
        (any::<bool>(), claim).prop_map(|(is_enabled, claim_value)| {
            RuleChange::AuthenticationContext { is_enabled: Some(is_enabled), claim_value }
        }),
        (select(MailClass::ALL.to_vec()), of(), select(NotificationLevel::ALL.to_vec())).prop_map(
            |(class, of, level)| RuleChange::Notification {
                class,
                of,
                level: Some(level),
                is_default_recipients_enabled: None,
                recipients: Some(vec!["watch@example.com".to_owned()]),
            }
        ),
    ]
}

/// One policy for one context.
fn conditional_access() -> impl Strategy<Value = Command> {
    let state = select(ConditionalAccessState::ALL.to_vec());
    let change = || ConditionalAccessChange::default();
    prop_oneof![
        (state.clone(), users())
            .prop_map(|(state, users)| Command::CreateConditionalAccessPolicy(Box::new(guard(state, users)))),
        state.prop_map(move |state| Command::UpdateConditionalAccessPolicy {
            policy: GUARD,
            change: Box::new(ConditionalAccessChange { state: Some(state), ..change() }),
        }),
        users().prop_map(move |users| Command::UpdateConditionalAccessPolicy {
            policy: GUARD,
            change: Box::new(ConditionalAccessChange { users: Some(users), ..change() }),
        }),
        Just(Command::DeleteConditionalAccessPolicy(GUARD)),
        Just(Command::SetAuthenticationContext { context: context(), change: AuthenticationContextChange::default() }),
        Just(Command::DeleteAuthenticationContext(context())),
    ]
}

fn users() -> impl Strategy<Value = ConditionalAccessUsers> {
    let user = || {
        prop_oneof![
            Just(ConditionalAccessUser::All),
            Just(ConditionalAccessUser::GuestsOrExternalUsers),
            (0..PRINCIPALS).prop_map(|number| ConditionalAccessUser::User(principal(number))),
        ]
    };
    let some = || proptest::collection::vec(user(), 0..2);
    let groups = || proptest::collection::vec(select(GROUPS.to_vec()).prop_map(principal), 0..2);
    let roles = || proptest::collection::vec(select(vec![roles::GLOBAL_ADMINISTRATOR, WATCHER]), 0..2);
    (some(), some(), groups(), groups(), roles(), roles()).prop_map(|parts| ConditionalAccessUsers {
        include_users: parts.0,
        exclude_users: parts.1,
        include_groups: parts.2,
        exclude_groups: parts.3,
        include_roles: parts.4,
        exclude_roles: parts.5,
    })
}

fn guard(state: ConditionalAccessState, users: ConditionalAccessUsers) -> ConditionalAccessPolicy {
    ConditionalAccessPolicy {
        id: GUARD,
        display_name: "guard".to_owned(),
        state,
        users,
        applications: ConditionalAccessApplications {
            include_authentication_contexts: vec![context()],
            ..ConditionalAccessApplications::default()
        },
        client_app_types: Vec::new(),
        grant_controls: None,
        kept: vec![("sessionControls".to_owned(), r#"{"signInFrequency":{}}"#.to_owned())],
        created: BEGINNING,
        modified: None,
    }
}

fn license() -> impl Strategy<Value = License> {
    select(vec![License::P2, License::Governance, License::P1])
}

fn user_change((user, enabled, manager): (PrincipalId, bool, Option<PrincipalId>)) -> Command {
    let details = UserDetailsChange {
        city: Some(enabled.then(|| "Berlin".to_owned())),
        sessions_valid_from: Some(enabled.then_some(BEGINNING)),
        ..UserDetailsChange::default()
    };
    let change =
        UserChange { account_enabled: Some(enabled), manager: Some(manager), details, ..UserChange::default() };
    Command::UpdateUser { user, change: Box::new(change) }
}

/// Members one after the other, of whom the second may not be let in.
fn group_change((group, members): (PrincipalId, Vec<PrincipalId>)) -> Command {
    let owners = members.iter().take(1).copied().collect();
    let change =
        GroupChange { description: Some(Some("a group".to_owned())), members, owners, ..GroupChange::default() };
    Command::UpdateGroup { group, change: Box::new(change) }
}

fn other() -> impl Strategy<Value = Move> {
    let group = || select(GROUPS.to_vec()).prop_map(principal);
    let command = prop_oneof![
        3 => conditional_access(),
        1 => license().prop_map(Command::SetLicense),
        1 => (behaviour(), license())
            .prop_map(|(behaviour, license)| Command::Configure { behaviour: Box::new(behaviour), license }),
        4 => (somebody(), privilege()).prop_map(|(principal, privilege)| Command::CreateRoleAssignment { principal, privilege, id: None, details: None }),
        3 => (group(), somebody()).prop_map(|(group, member)| Command::AddMember { group, member }),
        2 => (group(), somebody()).prop_map(|(group, member)| Command::RemoveMember { group, member }),
        2 => (group(), somebody()).prop_map(|(group, owner)| Command::AddOwner { group, owner }),
        1 => (group(), somebody()).prop_map(|(group, owner)| Command::RemoveOwner { group, owner }),
        1 => group().prop_map(Command::OnboardGroup),
        2 => (0..PRINCIPALS).prop_map(principal).prop_map(Command::DeletePrincipal),
        3 => (0..PRINCIPALS).prop_map(principal).prop_map(Command::RestorePrincipal),
        1 => (0..PRINCIPALS).prop_map(principal).prop_map(Command::PurgePrincipal),
        2 => (somebody(), any::<bool>(), proptest::option::of(somebody())).prop_map(user_change),
        2 => (group(), proptest::collection::vec(somebody(), 0..3)).prop_map(group_change),
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
        8 => (who(), command).prop_map(|(who, command)| Move::Do(who, Box::new(command))),
        3 => azure::command().prop_map(|command| Move::Do(Who::SetUp, Box::new(command))),
        2 => (who(), azure::command()).prop_map(|(who, command)| Move::Do(who, Box::new(command))),
        4 => policy_change().prop_map(|change| Move::Do(Who::SetUp, Box::new(Command::UpdatePolicy(change)))),
        1 => (who(), policy_change()).prop_map(|(who, change)| Move::Do(who, Box::new(Command::UpdatePolicy(change)))),
        3 => (who(), any::<Index>()).prop_map(|(who, which)| Move::Cancel(who, which)),
        2 => (who(), any::<Index>()).prop_map(|(who, which)| Move::RemoveOutside(who, which)),
        4 => (who(), alerts::command()).prop_map(|(who, command)| Move::Do(who, Box::new(Command::Alert(command)))),
        2 => (who(), any::<Index>()).prop_map(|(who, which)| Move::Remediate(who, which)),
        8 => (who(), directory()).prop_map(|(who, command)| Move::Do(who, Box::new(command))),
        1 => (who(), any::<Index>(), taking()).prop_map(|(who, which, what)| Move::Take(who, which, what)),
    ]
}

fn wait() -> impl Strategy<Value = Move> {
    prop_oneof![
        2 => length().prop_map(Move::Wait),
        5 => select(vec![-1, 0, 0, 0, 1]).prop_map(|off| Move::WaitForNext(Length::from_milliseconds(off))),
    ]
}

/// Whoever is eligible asks for what they can have.
fn likely() -> impl Strategy<Value = Move> {
    let ask = |(number, action, side, length): (u64, Action, AssignmentKind, Length)| {
        Move::Ask(
            Who::User(number, true, true),
            Ask {
                side,
                action,
                principal: principal(number),
                privilege: Privilege::DirectoryRole { role: roles::GLOBAL_READER, scope: DirectoryScope::Tenant },
                schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(length) }),
                target_schedule: None,
                justification: Some("reason".to_owned()),
                ticket: TicketInfo::default(),
                id: None,
                details: None,
            },
        )
    };
    let activation = (select(vec![0, 2]), Just(Action::SelfActivate), Just(AssignmentKind::Assignment));
    let side = select(vec![AssignmentKind::Eligibility, AssignmentKind::Eligibility, AssignmentKind::Assignment]);
    let more = (select(vec![0, 2, 2]), select(vec![Action::SelfExtend, Action::SelfRenew]), side);
    let minutes = select(vec![5, 60, 120, 480]).prop_map(Length::minutes);
    let days = select(vec![2, 15, 30]).prop_map(Length::days);
    prop_oneof![
        2 => (activation, minutes).prop_map(move |((number, action, side), length)| ask((number, action, side, length))),
        1 => (more, days).prop_map(move |((number, action, side), length)| ask((number, action, side, length))),
    ]
}

/// Whoever may decides, more or less: on activations one of the users, on other things whoever sets up the tenant.
fn decision() -> impl Strategy<Value = Move> {
    prop_oneof![
        3 => (0..USERS, any::<Index>(), result())
            .prop_map(|(number, which, result)| Move::Review(Who::User(number, true, true), which, result)),
        1 => (who(), any::<Index>(), result()).prop_map(|(who, which, result)| Move::Review(who, which, result)),
        2 => (any::<Index>(), result(), proptest::option::weighted(0.3, schedule()))
            .prop_map(|(which, result, schedule)| Move::Decide(Who::SetUp, which, result, schedule.flatten())),
        1 => (who(), any::<Index>(), result()).prop_map(|(who, which, result)| Move::Decide(who, which, result, None)),
    ]
}

/// How a tenant may be set up before anything is asked: switches, approval, a context.
fn beginning() -> impl Strategy<Value = Vec<Move>> {
    let policy = |rules| {
        Move::Do(
            Who::SetUp,
            Box::new(Command::UpdatePolicy(PolicyChange {
                subject: PolicySubject::DirectoryRole(roles::GLOBAL_READER),
                rules,
            })),
        )
    };
    let switches = proptest::option::weighted(0.4, behaviour())
        .prop_map(|it| it.map(|behaviour| Move::Do(Who::SetUp, Box::new(Command::SetBehaviour(behaviour)))));
    let approval = proptest::option::weighted(0.7, approval()).prop_map(move |it| it.map(|rule| policy(vec![rule])));
    let demanded = RuleChange::AuthenticationContext { is_enabled: Some(true), claim_value: Some(Some(context())) };
    let context = proptest::option::weighted(0.3, users()).prop_map(move |users| {
        let made =
            |users| Command::CreateConditionalAccessPolicy(Box::new(guard(ConditionalAccessState::Enabled, users)));
        users.map(|users| vec![policy(vec![demanded.clone()]), Move::Do(Who::SetUp, Box::new(made(users)))])
    });
    (switches, approval, context).prop_map(|(switches, approval, context)| {
        switches.into_iter().chain(approval).chain(context.into_iter().flatten()).collect()
    })
}

pub(super) fn moves() -> impl Strategy<Value = Vec<Move>> {
    let more = proptest::collection::vec(
        prop_oneof![
            10 => request(),
            5 => likely(),
            6 => azure::likely(),
            4 => decision(),
            5 => other(),
            5 => reviewing(),
            5 => wait(),
        ],
        1..20,
    );
    (beginning(), more).prop_map(|(beginning, more)| beginning.into_iter().chain(more).collect())
}

/// What may come after that.
pub(super) fn more() -> impl Strategy<Value = Vec<Move>> {
    proptest::collection::vec(
        prop_oneof![
            4 => request(),
            2 => likely(),
            2 => azure::likely(),
            2 => decision(),
            2 => other(),
            2 => reviewing(),
            2 => wait(),
        ],
        1..8,
    )
}
