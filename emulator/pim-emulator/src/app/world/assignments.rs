//! The assignments of a world, made in the order of time.

use super::error::{Fault, Step, fault, steps};
use super::file::AssignmentEntry;
use super::handles::at;
use super::load::{HISTORY, Loader};
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentCondition, AssignmentKind, PolicySubject, Privilege,
    RequestDetails, ScheduleDetails, TicketInfo,
};
use pim_core::time::Instant;
use pim_core::{Ask, Command, PrincipalId};

/// An assignment that is ready to be made.
#[derive(Clone, Debug)]
struct Planned {
    /// When the command is given.
    at: Instant,
    /// On which side, and its place in that section of the file.
    side: AssignmentKind,
    place: usize,
    principal: PrincipalId,
    privilege: Privilege,
    /// Its window; none when it is made outside PIM.
    schedule: Option<AskedSchedule>,
    condition: Option<AssignmentCondition>,
}

/// The version of the language that conditions are written in.
const CONDITION_VERSION: &str = "2.0";

/// Makes them: the earliest first, those of one time in the order of the file, active ones before eligible ones.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let world = loader.world;
    let mut planned = Vec::with_capacity(world.active.len() + world.eligible.len());
    for (side, entries) in [(AssignmentKind::Assignment, &world.active), (AssignmentKind::Eligibility, &world.eligible)]
    {
        for (place, entry) in entries.iter().enumerate() {
            let plan = plan(loader, side, place, entry)?;
            loader.note_role(plan.privilege);
            planned.push(plan);
        }
    }
    planned.sort_by_key(|plan| plan.at);
    for plan in planned {
        loader.issue(plan.at, &command(&plan), || steps![section(plan.side), plan.place])?;
    }
    Ok(())
}

/// The section of the file that holds a side.
const fn section(side: AssignmentKind) -> &'static str {
    match side {
        AssignmentKind::Assignment => "active",
        AssignmentKind::Eligibility => "eligible",
    }
}

fn plan(loader: &Loader<'_>, side: AssignmentKind, place: usize, entry: &AssignmentEntry) -> Result<Planned, Fault> {
    let section = section(side);
    let key = |key: &'static str| -> Vec<Step> { steps![section, place, key] };
    let privilege = privilege(loader, section, place, entry)?;
    let principal = at(loader.handles.principal(&entry.principal), || key("principal"))?.id;
    let at = entry.start.filter(|start| *start < loader.now).unwrap_or(loader.now.minus(HISTORY));
    let schedule = if entry.outside_pim {
        outside(side, place, entry, loader.now)?;
        None
    } else {
        let expiration = expiration(section, place, entry)?;
        Some(AskedSchedule { start: Some(entry.start.unwrap_or(loader.now)), expiration })
    };
    let condition = match (&entry.condition, privilege) {
        (None, _) => None,
        (Some(expression), Privilege::AzureRole { .. }) => {
            Some(AssignmentCondition { expression: expression.clone(), version: CONDITION_VERSION.to_owned() })
        }
        (Some(_), Privilege::DirectoryRole { .. } | Privilege::Group { .. }) => {
            return Err(fault!([section, place, "condition"], "a 'condition' belongs to an 'azureRole'"));
        }
    };
    Ok(Planned { at, side, place, principal, privilege, schedule, condition })
}

/// What is held.
fn privilege(
    loader: &Loader<'_>,
    section: &'static str,
    place: usize,
    entry: &AssignmentEntry,
) -> Result<Privilege, Fault> {
    let about = entry.about().map_err(|it| it.at(steps![section, place]))?;
    match about.subject(loader, || steps![section, place])? {
        PolicySubject::DirectoryRole(role) => {
            let scope = at(loader.handles.scope(entry.scope.as_deref()), || steps![section, place, "scope"])?;
            Ok(Privilege::DirectoryRole { role, scope })
        }
        PolicySubject::Group(group, access) => Ok(Privilege::Group { group, access }),
        PolicySubject::AzureRole(role, scope) => Ok(Privilege::AzureRole { role, scope }),
    }
}

/// When it ends.
fn expiration(section: &'static str, place: usize, entry: &AssignmentEntry) -> Result<AskedExpiration, Fault> {
    match (entry.end, entry.duration) {
        (Some(_), Some(_)) => Err(fault!([section, place, "duration"], "say either 'end' or 'duration', not both")),
        (Some(end), None) => Ok(AskedExpiration::AfterDateTime(end)),
        (None, Some(duration)) => Ok(AskedExpiration::AfterDuration(duration)),
        (None, None) => Ok(AskedExpiration::NoExpiration),
    }
}

/// What is made outside PIM is active, permanent, and begins when it is made.
fn outside(side: AssignmentKind, place: usize, entry: &AssignmentEntry, now: Instant) -> Result<(), Fault> {
    let (section, key) = (section(side), "outsidePim");
    match side {
        AssignmentKind::Eligibility => {
            Err(fault!([section, place, key], "only an active assignment can be made outside PIM"))
        }
        AssignmentKind::Assignment if entry.group.is_some() => {
            Err(fault!([section, place, key], "who is in a group outside PIM stands among its 'members' or 'owners'"))
        }
        AssignmentKind::Assignment if entry.end.is_some() || entry.duration.is_some() => {
            Err(fault!([section, place, key], "an assignment made outside PIM is permanent: it has no end"))
        }
        AssignmentKind::Assignment if entry.start.is_some_and(|start| start > now) => {
            Err(fault!([section, place, key], "an assignment made outside PIM begins at once: it cannot start later"))
        }
        AssignmentKind::Assignment => Ok(()),
    }
}

fn command(plan: &Planned) -> Command {
    let Planned { side, principal, privilege, schedule, .. } = *plan;
    let condition = plan.condition.clone();
    match schedule {
        None => {
            let details =
                condition.map(|it| Box::new(ScheduleDetails { condition: Some(it), ..ScheduleDetails::default() }));
            Command::CreateRoleAssignment { principal, privilege, id: None, details }
        }
        Some(_) => Command::Request(Ask {
            side,
            action: Action::AdminAssign,
            principal,
            privilege,
            schedule,
            target_schedule: None,
            justification: None,
            ticket: TicketInfo::default(),
            id: None,
            details: condition.map(|it| Box::new(RequestDetails { condition: Some(it), ..RequestDetails::default() })),
        }),
    }
}
