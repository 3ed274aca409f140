//! Worlds: what is in a tenant when it is made, read from a file or a request.
//!
//! A world is loaded by giving commands to the machine, as whoever sets up the tenant, and never by writing state: a world
//! cannot describe what the machine would refuse. The tenant's history begins an hour before its `now`, so that the
//! service's five-minute floors are past when the first test begins; assignments begin at `now`, and ends are counted from
//! there. An assignment with a start in the past is made at that time.
//!
//! What always holds:
//! - A world that cannot be loaded makes nothing, and the error names the file, the line and the entry.
//! - The same text with the same seed makes the same tenant, id for id.
//! - A tenant keeps the text it was made from, so that it can be made again.

mod about;
mod alerts;
mod answer;
mod application_entry;
mod applications;
mod assignments;
mod azure;
mod azure_entry;
mod conditional_access;
mod directory;
mod error;
mod file;
mod handles;
mod load;
mod locate;
mod nearest;
mod origin;
mod policies;
mod policy_entry;
pub mod refusal;
mod review_entry;
mod reviews;
mod scenarios;
mod sign_ins;
mod source;
mod text;

pub(crate) use about::{About, NotOneThing, Said, about_something};
pub use alerts::AlertEntry;
pub use answer::{AccessReviewAnswer, ApplicationNames, ManagedIdentityNames, Names, TenantAnswer};
pub use application_entry::{ApplicationEntry, FederatedCredentialEntry, IdentityWord, KeyEntry, ManagedIdentityEntry};
pub use azure_entry::{
    AzureCustomRoleEntry, AzureEntry, LockWord, ManagementGroupEntry, ResourceEntry, ResourceGroupEntry,
    SubscriptionEntry,
};
pub use conditional_access::{
    AuthenticationContextEntry, ConditionalAccessEntry, Grant, Operator, PolicyState, PolicyUsers,
};
pub use directory::{DEFAULT_PASSWORD, MICROSOFT};
pub use error::{Position, WorldError};
pub(crate) use error::{Step, written};
pub use file::{
    AdministrativeUnitEntry, AssignmentEntry, CustomRoleEntry, GroupEntry, SignInRow, TenantEntry, UserEntry,
    VisibilityWord, World, WorldFile,
};
pub use load::tenant;
pub(crate) use load::tenant_of;
pub(crate) use locate::locate;
pub use nearest::{did_you_mean, nearest};
pub use origin::{AgainError, Origin, SnapshotError, restore};
pub use policy_entry::{
    ActivationEntry, GivingEntry, LevelWord, NotificationEntry, NotificationsEntry, PolicyEntry, RecipientsEntry,
    RequirementWord,
};
pub use review_entry::{AccessReviewEntry, AssignmentsWord, FrequencyWord, ReviewedByWord, SilenceWord, WhoseWord};
pub(crate) use scenarios::no_such_scenario;
pub use scenarios::{built_in, built_in_names};
pub(crate) use source::json_message;
pub use source::{Format, Source};
pub(crate) use text::{instant, length};
