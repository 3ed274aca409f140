//! What the types of PIM have in common: who holds what where, who may see it, and how that is written.

mod ask;
mod expanded;
mod held;
mod ids;
mod people;
mod requests;

pub(super) use expanded::{Expanded, Named, kind as kind_of};
pub(super) use held::{Face, get, list};
pub(super) use ids::{
    prefix, role_assignment_id, role_at, role_definition_id, schedule_of_role_assignment, subscription,
};
pub(super) use people::People;
pub(super) use requests::{cancel, get as get_request, list as list_requests, put, validate};
