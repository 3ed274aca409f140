//! Moves in the directory around PIM: an application with its service principal, two administrative units, and permissions.

use super::super::dsl::{BEGINNING, group, user};
use super::moves::{GROUPS, PORTAL, PRINCIPALS, ROBOT, UNIT, principal, somebody};
use crate::model::{
    AdministrativeUnit, AppRoleAssignment, Application, ClientSecret, MembershipRule, PermissionGrant,
    ServicePrincipal, SignInEntry,
};
use crate::time::Length;
use crate::{
    AdministrativeUnitChange, AdministrativeUnitId, AdministrativeUnitProperties, AppRoleAssignmentId,
    ApplicationChange, ApplicationId, ApplicationProperties, ClientId, Command, DirectoryEvent, Event, GrantChange,
    GroupChange, OwnerChange, PermissionGrantId, PrincipalId, Recorded, SecretChange, ServicePrincipalChange,
    ServicePrincipalProperties,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use uuid::Uuid;

const OTHER_UNIT: AdministrativeUnitId = AdministrativeUnitId(Uuid::from_u64_pair(0x3000, 2));
const REGISTRATIONS: [ApplicationId; 2] =
    [ApplicationId(Uuid::from_u64_pair(0x6000, 1)), ApplicationId(Uuid::from_u64_pair(0x6000, 2))];
const CLIENTS: [ClientId; 2] = [ClientId(Uuid::from_u64_pair(0x7000, 1)), ClientId(Uuid::from_u64_pair(0x7000, 2))];

/// What is taken away, or changed, of what was permitted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Taking {
    AppRole,
    SomeScope,
    Grant,
}

impl Taking {
    /// The command about one of those that stand in the log.
    pub(super) fn command(self, log: &[Recorded], which: Index) -> Command {
        let events = || log.iter().filter_map(|it| if let Event::Directory(it) = &it.event { Some(it) } else { None });
        let given =
            events().filter_map(|it| if let DirectoryEvent::AppRoleAssigned(it) = it { Some(it.id) } else { None });
        let granted =
            events().filter_map(|it| if let DirectoryEvent::PermissionGrantSet(it) = it { Some(it.id) } else { None });
        let (mut given, mut granted): (Vec<_>, Vec<_>) = (given.collect(), granted.collect());
        given.push(AppRoleAssignmentId(Uuid::nil()));
        granted.push(PermissionGrantId(Uuid::nil()));
        let (given, granted) = (*which.get(&given), *which.get(&granted));
        Command::ChangeGrants(Box::new(match self {
            Self::AppRole => GrantChange::RemoveAppRoleAssignment(given),
            Self::SomeScope => GrantChange::SetGrantedScope { grant: granted, scope: "less".to_owned() },
            Self::Grant => GrantChange::RevokeGrant(granted),
        }))
    }
}

/// One of the three.
pub(super) fn taking() -> impl Strategy<Value = Taking> {
    select(vec![Taking::AppRole, Taking::SomeScope, Taking::Grant])
}

/// Anything about applications, units and permissions.
pub(super) fn directory() -> impl Strategy<Value = Command> {
    prop_oneof![6 => registration(), 4 => portal(), 5 => unit(), 3 => grant(), 2 => named_group(), 1 => sign_in()]
}

fn sign_in() -> impl Strategy<Value = Command> {
    let noted = |(principal, hours)| {
        let at = BEGINNING.plus(Length::hours(hours));
        Command::NoteSignIn(Box::new(SignInEntry { at, ..SignInEntry::of(principal) }))
    };
    (somebody(), -100_i64..100).prop_map(noted)
}

fn owner_change() -> impl Strategy<Value = OwnerChange> {
    (somebody(), any::<bool>())
        .prop_map(|(owner, more)| if more { OwnerChange::Add(owner) } else { OwnerChange::Remove(owner) })
}

/// Two registrations that may have the same client id, or the same names.
fn registration() -> impl Strategy<Value = Command> {
    let id = || select(REGISTRATIONS.to_vec());
    let name =
        || proptest::option::weighted(0.6, select(vec!["portal".to_owned(), "Portal".to_owned(), "door".to_owned()]));
    let change = |(application, change)| Command::ChangeApplication { application, change: Box::new(change) };
    let named = |(unique_name, uri): (Option<String>, Option<String>)| {
        let identifier_uris = uri.map(|uri| vec![uri]);
        let properties = ApplicationProperties { unique_name, identifier_uris, ..ApplicationProperties::default() };
        ApplicationChange::Properties(properties)
    };
    let changes = prop_oneof![
        3 => owner_change().prop_map(ApplicationChange::Owner),
        2 => (name(), name()).prop_map(named),
        1 => Just(ApplicationChange::Secret(SecretChange::Add(ClientSecret::new("secret")))),
        1 => Just(ApplicationChange::Secret(SecretChange::Remove(Uuid::nil()))),
    ];
    prop_oneof![
        5 => (id(), select(CLIENTS.to_vec()), name(), proptest::collection::vec(somebody(), 0..2)).prop_map(
            |(id, app_id, unique_name, owners)| Command::CreateApplication(Application {
                unique_name,
                owners,
                ..Application::new(id, app_id, "portal", BEGINNING)
            })
        ),
        5 => (id(), changes).prop_map(change),
        3 => id().prop_map(Command::DeleteApplication),
        3 => id().prop_map(Command::RestoreApplication),
        1 => id().prop_map(Command::PurgeApplication),
    ]
}

/// The service principal of one of them. It is deleted and restored among the other principals.
fn portal() -> impl Strategy<Value = Command> {
    let made = |(app_id, foreign_owner)| {
        let principal = ServicePrincipal::new(principal(PORTAL), app_id, "portal", BEGINNING);
        Command::CreateServicePrincipal(ServicePrincipal { foreign_owner, ..principal })
    };
    let renamed = ServicePrincipalProperties { account_enabled: Some(false), ..ServicePrincipalProperties::default() };
    let changes = prop_oneof![
        3 => owner_change().prop_map(ServicePrincipalChange::Owner),
        1 => Just(ServicePrincipalChange::Secret(SecretChange::Add(ClientSecret::new("secret")))),
        1 => Just(ServicePrincipalChange::Properties(renamed)),
    ];
    let changed =
        |(number, change)| Command::ChangeServicePrincipal { principal: principal(number), change: Box::new(change) };
    prop_oneof![
        3 => (select(CLIENTS.to_vec()), proptest::option::of(Just(Uuid::nil()))).prop_map(made),
        2 => (select(vec![PORTAL, ROBOT]), changes).prop_map(changed),
        1 => Just(Command::DeletePrincipal(principal(PORTAL))),
        1 => Just(Command::RestorePrincipal(principal(PORTAL))),
    ]
}

fn unit() -> impl Strategy<Value = Command> {
    let id = || prop_oneof![2 => Just(UNIT), 1 => Just(OTHER_UNIT)];
    let ruled = |is_ruled: bool| {
        let rule = is_ruled.then(|| MembershipRule { text: "true".to_owned(), is_on: true });
        AdministrativeUnitChange::Properties(AdministrativeUnitProperties {
            membership_rule: Some(rule),
            ..AdministrativeUnitProperties::default()
        })
    };
    let changes = prop_oneof![
        4 => somebody().prop_map(AdministrativeUnitChange::AddMember),
        2 => somebody().prop_map(AdministrativeUnitChange::RemoveMember),
        1 => any::<bool>().prop_map(ruled),
    ];
    let made = |(id, members, is_restricted)| {
        Command::CreateAdministrativeUnit(AdministrativeUnit {
            members,
            is_member_management_restricted: is_restricted,
            ..AdministrativeUnit::new(id, "bonn", BEGINNING)
        })
    };
    let inside = |(unit, owners)| Command::CreateGroupWith {
        group: Box::new(group("inside", PrincipalId(Uuid::nil()))),
        members: Vec::new(),
        owners,
        unit: Some(unit),
    };
    prop_oneof![
        2 => (id(), proptest::collection::vec(somebody(), 0..2), any::<bool>()).prop_map(made),
        4 => (id(), changes)
            .prop_map(|(unit, change)| Command::ChangeAdministrativeUnit { unit, change: Box::new(change) }),
        1 => id().prop_map(Command::DeleteAdministrativeUnit),
        1 => (id(), proptest::collection::vec(somebody(), 0..2)).prop_map(inside),
        1 => id().prop_map(|unit| Command::CreateUserIn { user: Box::new(user("inside", PrincipalId(Uuid::nil()))), unit }),
    ]
}

fn grant() -> impl Strategy<Value = Command> {
    let service = || select(vec![ROBOT, PORTAL]).prop_map(principal);
    let role = |(somebody, resource, is_graph_permission)| GrantChange::AssignAppRole {
        assignment: AppRoleAssignment {
            id: AppRoleAssignmentId(Uuid::nil()),
            principal: somebody,
            resource,
            app_role: Uuid::from_u64_pair(0x8000, 1),
            value: Some("read".to_owned()),
            created: BEGINNING,
        },
        is_graph_permission,
    };
    let scope = |(client, resource, principal)| {
        let id = PermissionGrantId(Uuid::nil());
        GrantChange::Grant(PermissionGrant { id, client, principal, resource, scope: "read".to_owned() })
    };
    prop_oneof![
        ((0..PRINCIPALS).prop_map(principal), service(), any::<bool>()).prop_map(role),
        (service(), service(), proptest::option::of(somebody())).prop_map(scope),
    ]
    .prop_map(|change| Command::ChangeGrants(Box::new(change)))
}

/// Groups that want the same unique name.
fn named_group() -> impl Strategy<Value = Command> {
    (select(GROUPS.to_vec()), select(vec!["crew", "Crew", "staff"])).prop_map(|(number, name)| {
        let mut change = GroupChange::default();
        change.details.unique_name = Some(Some(name.to_owned()));
        Command::UpdateGroup { group: principal(number), change: Box::new(change) }
    })
}
