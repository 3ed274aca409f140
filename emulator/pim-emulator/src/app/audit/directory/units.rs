//! Records of administrative units.

use super::properties::{Property, changed, fact, flag, maybe, set, text};
use super::{Done, Told};
use crate::app::audit::record::{Category, Draft, ModifiedProperty, OperationType, TargetResource};
use pim_core::model::AdministrativeUnit;
use pim_core::{AdministrativeUnitId, DirectoryEvent, Event, PrincipalId, Updated};

const fn done(activity: &'static str, operation: OperationType) -> Done {
    Done::new(Category::AdministrativeUnit, activity, operation)
}

const ADDED: Done = done("Add administrative unit", OperationType::Add);
const UPDATED: Done = done("Update administrative unit", OperationType::Update);
const DELETED: Done = done("Delete administrative unit", OperationType::Delete);
const MEMBER_ADDED: Done = done("Add member to administrative unit", OperationType::Assign);
const MEMBER_REMOVED: Done = done("Remove member from administrative unit", OperationType::Delete);
const RESTRICTED_MEMBER_ADDED: Done =
    done("Add member to restricted management administrative unit", OperationType::Assign);
const RESTRICTED_MEMBER_REMOVED: Done =
    done("Remove member from restricted management administrative unit", OperationType::Delete);

const PROPERTIES: &[Property<AdministrativeUnit>] = &[
    Property { name: "DisplayName", value: |it| text(&it.display_name) },
    Property { name: "Description", value: |it| maybe(it.description.as_ref()) },
    Property { name: "HiddenMembershipEnabled", value: |it| flag(it.is_membership_hidden) },
    Property { name: "IsMemberManagementRestricted", value: |it| flag(it.is_member_management_restricted) },
    Property { name: "MembershipRule", value: |it| text(&it.membership_rule.as_ref()?.text) },
    Property {
        name: "MembershipRuleProcessingState",
        value: |it| text(if it.membership_rule.as_ref()?.is_on { "On" } else { "Paused" }),
    },
];

/// A unit as a target.
fn target(id: AdministrativeUnitId, name: Option<String>, properties: Vec<ModifiedProperty>) -> TargetResource {
    TargetResource {
        display_name: name,
        modified_properties: properties,
        ..TargetResource::of("AdministrativeUnit", Some(id.0))
    }
}

/// A unit was made.
pub(super) fn made(told: &Told<'_>, unit: &AdministrativeUnit) -> Draft {
    told.record(ADDED, vec![target(unit.id, Some(unit.display_name.clone()), set(PROPERTIES, unit))])
}

/// A unit was changed.
pub(super) fn updated(told: &Told<'_>, updated: &Updated<AdministrativeUnit>) -> Draft {
    let now = &updated.now;
    told.record(UPDATED, vec![target(now.id, Some(now.display_name.clone()), changed(PROPERTIES, updated))])
}

/// A unit was deleted.
pub(super) fn deleted(told: &Told<'_>, id: AdministrativeUnitId) -> Draft {
    told.record(DELETED, vec![target(id, name(told, id), Vec::new())])
}

/// Somebody belongs to a unit from now on, or no longer.
pub(super) fn edge(told: &Told<'_>, id: AdministrativeUnitId, member: PrincipalId, is_in: bool) -> Draft {
    let restricted = told.teller.view.administrative_unit(id).is_some_and(|it| it.is_member_management_restricted);
    let done = match (is_in, restricted) {
        (true, false) => MEMBER_ADDED,
        (true, true) => RESTRICTED_MEMBER_ADDED,
        (false, false) => MEMBER_REMOVED,
        (false, true) => RESTRICTED_MEMBER_REMOVED,
    };
    let modified_properties = vec![
        fact("AdministrativeUnit.ObjectID", Some(&id.to_string()), is_in),
        fact("AdministrativeUnit.DisplayName", name(told, id).as_deref(), is_in),
    ];
    let member = TargetResource { modified_properties, ..told.teller.principal(member) };
    told.record(done, vec![member, target(id, None, Vec::new())])
}

/// What a unit is called, or was last.
fn name(told: &Told<'_>, id: AdministrativeUnitId) -> Option<String> {
    let logged = || {
        let event = told.teller.log.made(id.0)?.event;
        if let Event::Directory(DirectoryEvent::AdministrativeUnitCreated(unit)) = event {
            Some(unit.display_name)
        } else if let Event::Directory(DirectoryEvent::AdministrativeUnitUpdated(it)) = event {
            Some(it.now.display_name)
        } else {
            None
        }
    };
    told.teller.view.administrative_unit(id).map(|it| it.display_name.clone()).or_else(logged)
}
