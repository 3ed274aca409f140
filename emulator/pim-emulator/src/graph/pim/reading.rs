//! What is asked for as the current user.

use crate::app::token::Caller;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use pim_core::model::AssignmentKind;
use pim_core::{PrincipalId, View};

/// The user for whom `filterByCurrentUser` is asked, and what the parameter says, in the spelling of `known`.
pub(super) fn current_user(call: &Call<'_>, known: &[&'static str]) -> Result<(PrincipalId, &'static str), GraphError> {
    let asked = call.key(0);
    let on = known.iter().find(|word| word.eq_ignore_ascii_case(asked));
    let on = on.ok_or_else(|| GraphError::InvalidFunctionParameter(asked.to_owned()))?;
    match &call.token.caller {
        Caller::User { id, .. } => Ok((*id, on)),
        Caller::Application { .. } => Err(GraphError::NoCurrentUser),
    }
}

/// Whose schedules a user is shown as its own: its own, and for active assignments those of its groups (PRI-9); for
/// eligibilities only where the switch says so (REQ-27).
pub(super) fn holders(view: View<'_>, user: PrincipalId, side: AssignmentKind) -> Vec<PrincipalId> {
    let groups_too = match side {
        AssignmentKind::Assignment => true,
        AssignmentKind::Eligibility => view.behaviour().current_user_sees_group_eligibility,
    };
    let groups = if groups_too { view.groups_of(user) } else { Vec::new() };
    std::iter::once(user).chain(groups.into_iter().map(pim_core::model::Principal::id)).collect()
}
