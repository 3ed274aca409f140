//! Records of groups.

use super::properties::{Property, changed, flag, maybe, set, text};
use super::{Done, Told};
use crate::app::audit::record::{Category, Draft, ModifiedProperty, OperationType, TargetResource};
use pim_core::Updated;
use pim_core::model::{Group, GroupType, Principal, Visibility};
use pim_core::{PrincipalId, View};

const fn done(activity: &'static str, operation: OperationType) -> Done {
    Done::new(Category::GroupManagement, activity, operation)
}

const ADDED: Done = done("Add group", OperationType::Add);
const UPDATED: Done = done("Update group", OperationType::Update);
/// A group was deleted.
pub(super) const DELETED: Done = done("Delete group", OperationType::Delete);
/// A group was restored.
pub(super) const RESTORED: Done = done("Restore group", OperationType::Add);
/// A group is gone for good.
pub(super) const PURGED: Done = done("Hard Delete group", OperationType::Delete);

const PROPERTIES: &[Property<Group>] = &[
    Property { name: "DisplayName", value: |it| text(&it.display_name) },
    Property { name: "Description", value: |it| maybe(it.description.as_ref()) },
    Property { name: "MailNickname", value: |it| text(&it.mail_nickname) },
    Property { name: "MailEnabled", value: |it| flag(it.group_type == GroupType::Microsoft365) },
    Property { name: "SecurityEnabled", value: |it| flag(it.is_security_enabled()) },
    Property { name: "IsAssignableToRole", value: |it| flag(it.is_assignable_to_role) },
    Property { name: "MembershipRule", value: |it| maybe(it.membership_rule.as_ref()) },
    Property { name: "Visibility", value: |it| text(it.visibility().map(Visibility::name)?) },
    Property { name: "Classification", value: |it| maybe(it.details.as_ref()?.classification.as_ref()) },
];

/// The word of a target for what sort of group it is.
const fn group_type(group_type: GroupType) -> &'static str {
    match group_type {
        GroupType::Security => "azureAD",
        GroupType::Microsoft365 => "unifiedGroups",
    }
}

/// A group as a target, with the name that it had then.
fn target(group: &Group, modified_properties: Vec<ModifiedProperty>) -> TargetResource {
    TargetResource {
        display_name: Some(group.display_name.clone()),
        group_type: Some(group_type(group.group_type)),
        modified_properties,
        ..TargetResource::of("Group", Some(group.id.0))
    }
}

/// The word for what sort of group one is that is there.
pub(super) fn type_of(view: View<'_>, id: PrincipalId) -> Option<&'static str> {
    match view.principal(id)? {
        Principal::Group(group) => Some(group_type(group.group_type)),
        Principal::User(_) | Principal::ServicePrincipal(_) => None,
    }
}

/// A group was made.
pub(super) fn made(told: &Told<'_>, group: &Group) -> Draft {
    told.record(ADDED, vec![target(group, set(PROPERTIES, group))])
}

/// A group was changed.
pub(super) fn updated(told: &Told<'_>, updated: &Updated<Group>) -> Draft {
    told.record(UPDATED, vec![target(&updated.now, changed(PROPERTIES, updated))])
}
