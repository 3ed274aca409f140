//! Groups as objects; who is in them is in `edges.rs`.

use super::id_is_free;
use crate::decide::{Context, Decision};
use crate::event::DirectoryEvent;
use crate::model::{Group, GroupType};
use crate::rejection::Rejection;

crate::implements!["GRP-10"];

/// What making a group would do. One for directory roles has assigned members only (GRP-10).
pub(in crate::decide) fn create(context: &Context<'_>, group: &Group) -> Result<Decision, Rejection> {
    id_is_free(context.state, group.id.0)?;
    if group.is_assignable_to_role && (group.membership_rule.is_some() || group.on_premises_synced) {
        return Err(Rejection::InvalidProperty { property: "isAssignableToRole" });
    }
    match group.group_type {
        GroupType::Security | GroupType::Microsoft365 => {
            Ok(Decision::event(DirectoryEvent::GroupCreated(Box::new(group.clone()))))
        }
    }
}
