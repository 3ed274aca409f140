//! What the families of privileges have in common on Graph: the rows of schedules and requests, their collections, the bodies
//! of requests, and approvals.
//!
//! What differs between them is said by [`Held`], once for each family, in the folder of its routes.

pub(super) mod approval_row;
pub(super) mod approvals;
pub(super) mod ask;
pub(super) mod complex;
pub(super) mod demand;
pub(super) mod reading;
pub(super) mod request_row;
pub(super) mod requests;
pub(super) mod schedule_row;
pub(super) mod schedules;
#[cfg(test)]
mod tests;

use self::ask::ScheduleRequestBody;
use self::demand::Demand;
use self::schedule_row::ScheduleRow;
use self::schedules::Collection;
use super::call::Call;
use super::error::GraphError;
use super::expand::Navigation;
use super::json::{Json, Resource};
use pim_core::model::{self, Privilege};
use pim_core::{PrincipalId, ScheduleId, View};
use pim_odata::Entity;
use std::fmt::Debug;
use uuid::Uuid;

/// What is held, as the routes of one family have it.
pub(crate) trait Held: Copy + Debug + 'static {
    /// The words of the family.
    const WORDS: Words;
    /// Whether `action` is a text in beta, so that PIM itself refuses what is none; otherwise it is an enumeration.
    const ACTION_IS_TEXT_IN_BETA: bool;
    /// Whether the service answers an activation before it has carried it out (REQ-12).
    const IS_PROVISIONED_LATER: bool;
    /// The properties of which a filter may demand one principal.
    const PRINCIPAL: &'static [&'static str];
    /// The properties of which a filter may demand one role or group.
    const RESOURCE: &'static [&'static str];

    /// The type of an eligibility.
    type EligibilitySchedule: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r, Self>>;
    /// The type of its instance.
    type EligibilityInstance: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r, Self>>;
    /// The type of an active assignment.
    type AssignmentSchedule: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r, Self>>;

    /// What a privilege is, if it is of this family.
    fn of(privilege: Privilege) -> Option<Self>;

    /// The role or group of an id.
    fn resource(id: Uuid) -> model::Resource;

    /// What the body of a request asks for.
    ///
    /// # Errors
    /// When that makes no sense (REQ-41).
    fn asked(body: &ScheduleRequestBody) -> Result<Privilege, GraphError>;

    /// The schedule that a text names.
    fn schedule_id(text: &str) -> Option<ScheduleId>;

    /// The row with an id.
    fn find<'v>(collection: Collection<Self>, view: View<'v>, id: &str) -> Option<ScheduleRow<'v, Self>>;

    /// Refuses whoever may not see what a filter demands. Without a licence nobody sees anything (LIC-9).
    ///
    /// # Errors
    /// That, and what the family wants of every filter.
    fn may_list(call: &Call<'_>, view: View<'_>, demand: Demand) -> Result<(), GraphError>;

    /// Refuses whoever may not see this of somebody.
    ///
    /// # Errors
    /// When the caller may not.
    fn may_see(self, call: &Call<'_>, view: View<'_>, holder: PrincipalId) -> Result<(), GraphError>;

    /// Whether a list that the caller may have shows this.
    fn is_listed(self, call: &Call<'_>, view: View<'_>, demand: Demand) -> bool;

    /// Writes the object behind a navigation from what is held, or null.
    fn write_related(self, view: View<'_>, navigation: &Navigation, json: &mut Json);
}

/// The words that the families spell differently.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// `assignmentType` of what an administrator gave.
    pub(crate) assigned: &'static str,
    /// `assignmentType` of an activation.
    pub(crate) activated: &'static str,
    /// `memberType` of one's own.
    pub(crate) direct: &'static str,
    /// `memberType` of what is had through a group.
    pub(crate) group: &'static str,
}
