//! Owners of applications and service principals.

use crate::command::OwnerChange;
use crate::id::PrincipalId;
use crate::model::{GroupAccess, Principal};
use crate::rejection::Rejection;
use crate::state::State;

/// One owner more or less. A group owns nothing of the sort.
pub(super) fn change(state: &State, owners: &mut Vec<PrincipalId>, change: OwnerChange) -> Result<(), Rejection> {
    match change {
        OwnerChange::Add(owner) => match state.directory.get(owner) {
            None => Err(Rejection::PrincipalNotFound(owner)),
            Some(Principal::Group(_)) => Err(Rejection::InvalidProperty { property: "owners" }),
            Some(Principal::User(_) | Principal::ServicePrincipal(_)) if owners.contains(&owner) => {
                Err(Rejection::ReferenceExists { access: GroupAccess::Owner })
            }
            Some(Principal::User(_) | Principal::ServicePrincipal(_)) => {
                owners.push(owner);
                Ok(())
            }
        },
        OwnerChange::Remove(owner) => {
            let before = owners.len();
            owners.retain(|it| *it != owner);
            if owners.len() < before { Ok(()) } else { Err(Rejection::ObjectNotFound(owner.0)) }
        }
    }
}
