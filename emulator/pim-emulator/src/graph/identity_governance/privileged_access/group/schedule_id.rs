//! The ids of groups' schedules and instances: group, relation and a GUID in one text (MOD-13).

use pim_core::model::GroupAccess;
use pim_core::{PrincipalId, ScheduleId};
use uuid::Uuid;

/// The id of a schedule, and of its instance.
pub(super) fn schedule_id((group, access): (PrincipalId, GroupAccess), id: ScheduleId) -> String {
    format!("{group}_{}_{id}", access.name())
}

/// What such an id says.
pub(super) fn parse(text: &str) -> Option<((PrincipalId, GroupAccess), ScheduleId)> {
    let (group, rest) = text.split_once('_')?;
    let (access, id) = rest.split_once('_')?;
    let group = PrincipalId(Uuid::try_parse(group).ok()?);
    Some(((group, GroupAccess::parse(access)?), ScheduleId(Uuid::try_parse(id).ok()?)))
}
