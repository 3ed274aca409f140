//! What the types of policies have in common: which policy is meant, how it is written, and what a change of it says.
//!
//! A role has one policy at each scope (POL-14), and no scope hands any down (SCO-11), so that `effectiveRules` reads like `rules`.
//! Whatever nobody has changed is there all the same, as the default. None is made or deleted (POL-18).

mod approval_body;
mod approval_row;
mod body;
mod pim_only_mode;
mod policy_id;
mod policy_row;
mod reading;
mod rule_row;

pub(super) use body::rules;
pub(super) use policy_id::PolicyId;
pub(super) use policy_row::{PolicyRow, Summary};
pub(super) use reading::{changeable, listed, named, of_id};
pub(super) use rule_row::RuleRow;
