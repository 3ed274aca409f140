//! Records of who belongs to a group. The member comes first, and says in its properties what it belongs to.

use super::groups::type_of;
use super::properties::fact;
use super::{Done, Told};
use crate::app::audit::record::{Category, Draft, OperationType, TargetResource};
use pim_core::PrincipalId;

/// A way of belonging: what is done when it begins, and when it ends.
pub(super) type Relation = (Done, Done);

/// Membership.
pub(super) const MEMBER: Relation = (
    Done::new(Category::GroupManagement, "Add member to group", OperationType::Assign),
    Done::new(Category::GroupManagement, "Remove member from group", OperationType::Delete),
);

/// Ownership.
pub(super) const OWNER: Relation = (
    Done::new(Category::GroupManagement, "Add owner to group", OperationType::Assign),
    Done::new(Category::GroupManagement, "Remove owner from group", OperationType::Delete),
);

/// Somebody belongs to a group from now on.
pub(super) fn added(told: &Told<'_>, (done, _): Relation, group: PrincipalId, who: PrincipalId) -> Draft {
    told.record(done, targets(told, group, who, true))
}

/// Somebody belongs to a group no longer.
pub(super) fn removed(told: &Told<'_>, (_, done): Relation, group: PrincipalId, who: PrincipalId) -> Draft {
    told.record(done, targets(told, group, who, false))
}

fn targets(told: &Told<'_>, group: PrincipalId, who: PrincipalId, is_in: bool) -> Vec<TargetResource> {
    let view = told.teller.view;
    let modified_properties = vec![
        fact("Group.ObjectID", Some(&group.to_string()), is_in),
        fact("Group.DisplayName", view.name_of(group), is_in),
        fact("Group.WellKnownObjectName", None, is_in),
    ];
    let member = TargetResource { modified_properties, ..told.teller.principal(who) };
    // What it is called stands in the properties.
    let group_type = type_of(view, group);
    vec![member, TargetResource { group_type, ..TargetResource::of("Group", Some(group.0)) }]
}
