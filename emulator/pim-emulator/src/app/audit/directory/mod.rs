//! Records of what is done in the directory around PIM: to users, groups, applications, administrative units, and to who
//! belongs to what. The directory writes them, and not PIM.
//!
//! A file for each sort of object. A membership that comes and goes with an assignment of PIM is told by PIM alone.

mod applications;
mod edges;
mod groups;
mod permissions;
mod properties;
mod units;
mod users;

use super::record::{AuditResult, Category, Draft, Initiator, OperationType, Service, TargetResource};
use super::teller::{Doer, Teller};
use pim_core::model::{CreatedBy, PrincipalKind, ScheduleKind};
use pim_core::{DirectoryEvent, EndCause, Event, PrincipalId, Recorded};

/// What was done, in the service's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done {
    category: Category,
    activity: &'static str,
    operation: OperationType,
}

impl Done {
    /// What was done.
    pub(super) const fn new(category: Category, activity: &'static str, operation: OperationType) -> Self {
        Self { category, activity, operation }
    }
}

/// An event of the directory that somebody brought about, and where it stands in the log.
#[derive(Clone, Debug)]
pub(super) struct Told<'a> {
    pub(super) teller: &'a Teller<'a>,
    pub(super) number: u64,
    by: Initiator,
}

impl<'a> Told<'a> {
    /// One by somebody. The directory says where a call came from in the place that is made for it.
    pub(super) fn new(teller: &'a Teller<'a>, number: u64, by: Doer) -> Self {
        let Doer { mut who, session } = by;
        if let Some(user) = &mut who.user {
            user.ip_address = session.and_then(|it| it.address).map(|address| address.to_string());
        }
        Self { teller, number, by: who }
    }

    /// A record of it.
    pub(super) fn record(&self, done: Done, targets: Vec<TargetResource>) -> Draft {
        Draft {
            service: Service::CoreDirectory,
            category: done.category,
            activity: done.activity.to_owned(),
            operation: done.operation,
            result: AuditResult::Success,
            reason: None,
            by: self.by.clone(),
            targets,
            details: Vec::new(),
            correlation: self.teller.correlation_of(self.number),
        }
    }
}

/// The records of an event of the directory.
pub(super) fn told(teller: &Teller<'_>, number: u64, recorded: &Recorded, event: &DirectoryEvent) -> Vec<Draft> {
    let Some(by) = doer(teller, number, recorded) else { return Vec::new() };
    let told = Told::new(teller, number, by);
    match event {
        DirectoryEvent::UserCreated(user) => vec![users::made(&told, user)],
        DirectoryEvent::UserUpdated(updated) => users::updated(&told, updated),
        DirectoryEvent::GroupCreated(group) => vec![groups::made(&told, group)],
        DirectoryEvent::GroupUpdated(updated) => vec![groups::updated(&told, updated)],
        DirectoryEvent::ServicePrincipalCreated(it) => vec![applications::principal_made(&told, it)],
        DirectoryEvent::ServicePrincipalUpdated(it) => applications::principal_updated(&told, it),
        DirectoryEvent::ApplicationCreated(it) => applications::made(&told, it),
        DirectoryEvent::ApplicationUpdated(it) => applications::updated(&told, it),
        DirectoryEvent::ApplicationDeleted(id) => vec![applications::named(&told, *id, applications::DELETED)],
        DirectoryEvent::ApplicationRestored(id) => vec![applications::named(&told, *id, applications::RESTORED)],
        DirectoryEvent::ApplicationPurged(id) => vec![applications::named(&told, *id, applications::PURGED)],
        DirectoryEvent::AdministrativeUnitCreated(unit) => vec![units::made(&told, unit)],
        DirectoryEvent::AdministrativeUnitUpdated(updated) => vec![units::updated(&told, updated)],
        DirectoryEvent::AdministrativeUnitDeleted(id) => vec![units::deleted(&told, *id)],
        DirectoryEvent::UnitMemberAdded { unit, member } => vec![units::edge(&told, *unit, *member, true)],
        DirectoryEvent::UnitMemberRemoved { unit, member } => vec![units::edge(&told, *unit, *member, false)],
        DirectoryEvent::MemberAdded { group, member } => vec![edges::added(&told, edges::MEMBER, *group, *member)],
        DirectoryEvent::MemberRemoved { group, member } => vec![edges::removed(&told, edges::MEMBER, *group, *member)],
        DirectoryEvent::OwnerAdded { group, owner } => vec![edges::added(&told, edges::OWNER, *group, *owner)],
        DirectoryEvent::OwnerRemoved { group, owner } => vec![edges::removed(&told, edges::OWNER, *group, *owner)],
        DirectoryEvent::PrincipalDeleted(id) => {
            principal(&told, *id, [users::DELETED, groups::DELETED, applications::REMOVED])
        }
        DirectoryEvent::PrincipalRestored(id) => {
            principal(&told, *id, [users::RESTORED, groups::RESTORED, applications::PRINCIPAL_RESTORED])
        }
        DirectoryEvent::PrincipalPurged(id) => {
            principal(&told, *id, [users::PURGED, groups::PURGED, applications::PRINCIPAL_PURGED])
        }
        DirectoryEvent::AppRoleAssigned(it) => vec![permissions::assigned(&told, it)],
        DirectoryEvent::AppRoleAssignmentRemoved(id) => permissions::taken_away(&told, *id),
        DirectoryEvent::PermissionGrantSet(it) => vec![permissions::granted(&told, it)],
        DirectoryEvent::PermissionGrantRevoked(id) => permissions::revoked(&told, *id),
        DirectoryEvent::DirectoryRoleActivated(role) => {
            let done = Done::new(Category::RoleManagement, "Add role from template", OperationType::Add);
            vec![told.record(done, vec![teller.role_target(*role)])]
        }
    }
}

/// Who did it. What followed from a change of an assignment is told there, unless that change was itself made outside PIM: by
/// a write to the group, which the directory tells of, too. What goes for good when its time has come nobody did.
fn doer(teller: &Teller<'_>, number: u64, recorded: &Recorded) -> Option<Doer> {
    match recorded.by {
        CreatedBy::SetUp => None,
        CreatedBy::Service if follows(&recorded.event) => None,
        CreatedBy::Service => Some(Doer { who: Initiator::default(), session: None }),
        CreatedBy::User(_) | CreatedBy::Application(_) if recorded.session.is_some() => teller.doer(recorded),
        CreatedBy::User(_) | CreatedBy::Application(_) => {
            let before = teller.log.get(number.checked_sub(1)?)?;
            is_made_outside(&before.event).then(|| teller.doer(&before)).flatten()
        }
    }
}

/// Whether it can be what a change of an assignment brought about.
const fn follows(event: &Event) -> bool {
    matches!(
        event,
        Event::Directory(
            DirectoryEvent::MemberAdded { .. }
                | DirectoryEvent::MemberRemoved { .. }
                | DirectoryEvent::OwnerAdded { .. }
                | DirectoryEvent::OwnerRemoved { .. }
        )
    )
}

/// Whether a change of an assignment was made outside PIM.
fn is_made_outside(event: &Event) -> bool {
    if let Event::ScheduleCreated(made) = event {
        made.kind == ScheduleKind::AssignedOutside && !made.was_found_at_onboarding()
    } else if let Event::ScheduleEnded { cause, .. } = event {
        *cause == EndCause::RemovedOutside
    } else {
        false
    }
}

/// Something was done to a principal, whichever of the three it is.
fn principal(told: &Told<'_>, id: PrincipalId, [user, group, service_principal]: [Done; 3]) -> Vec<Draft> {
    let done = match told.teller.view.kind_of(id) {
        Some(PrincipalKind::User) => user,
        Some(PrincipalKind::Group) => group,
        Some(PrincipalKind::ServicePrincipal) => service_principal,
        None => return Vec::new(),
    };
    vec![told.record(done, vec![told.teller.principal(id)])]
}
