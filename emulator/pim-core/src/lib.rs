//! The machine: Privileged Identity Management of one tenant as a value.
//!
//! [`Pim`] is told what somebody wants ([`Command`]) and what time it is, and answers with what is so ([`Outcome`]) or why
//! not ([`Rejection`]). Inside, a decision reads the state and never changes it; the events it ends in are applied by one
//! function that cannot fail.
//!
//! What always holds:
//! - No clock, no randomness, no I/O, no HTTP, no async: time is a parameter, ids come from an [`IdSource`].
//! - A refused command has changed nothing and used up no id; at most there is a note of it among the events.
//! - Events are absolute: replaying them over nothing gives the same state.
//! - One jump over a year is, event for event, many small steps.
//! - What is not in the state does not exist: audit, mails and journals are made from events by others.
//!
//! What is deliberately not here: names of HTTP, JSON of any surface, texts of errors, anything of one family of privileges
//! that the others could not share.

mod alert;
mod apply;
pub mod behaviour;
mod command;
mod decide;
mod event;
mod family;
mod fire;
mod follow;
mod id;
mod invariant;
pub mod model;
mod notify;
mod pim;
mod rejection;
mod replica;
mod rule;
pub mod rules;
mod state;
pub mod time;
mod view;
mod walk;

#[cfg(test)]
mod tests;

pub use behaviour::Behaviour;
pub use behaviour::{BatchTextBody, TimeOutStatus};
pub use command::{
    AccessReviewCommand, AccessReviewInstanceChange, AccessReviewLines, Actor, AdministrativeUnitChange,
    AdministrativeUnitProperties, AlertCommand, ApplicationChange, ApplicationProperties, Ask,
    AuthenticationContextChange, AzureScopeChange, Caller, Command, ConditionalAccessChange, GrantChange, GroupChange,
    NewAccessReviewHistory, NewAzureScope, Outcome, OwnerChange, RoleDefinitionChange, SecretChange,
    ServicePrincipalChange, ServicePrincipalProperties, UserChange,
};
pub use event::{
    AccessReviewEvent, AlertEvent, AlertFinding, AlertScan, AlertTurn, AzureEvent, DecidedLine, DirectoryEvent,
    EndCause, Event, Recorded, Session, StatusCause, Updated,
};
pub use family::azure_roles::OF_A_SUBSCRIPTION as MOST_ASSIGNMENTS_OF_A_SUBSCRIPTION;
pub use family::directory_roles::default_policy;
pub use id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewHistoryId, AccessReviewInstanceId,
    AccessReviewStageId, AdministrativeUnitId, AppRoleAssignmentId, ApplicationId, AzureRoleDefinitionId, AzureScopeId,
    ClientId, ConditionalAccessPolicyId, IdKind, IdSource, PermissionGrantId, PrincipalId, RequestId, RoleDefinitionId,
    ScheduleId, TenantId,
};
pub use invariant::{Invariant, Severity};
pub use model::PolicyRule;
pub use pim::Pim;
pub use rejection::{AccessReviewFault, AccessReviewFlaw, AzureFault, Holder, PolicyFault, Rejection, ScheduleFault};
pub use replica::Replica;
pub use state::{Edge, Snapshot};
pub use view::{AlertView, By, PolicyView, Things, View};

implements!["MOD-20", "MOD-23", "REQ-9", "REQ-16", "AUD-23", "AUD-26"];
