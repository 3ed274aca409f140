//! The nouns of the field: who may hold what, and the three layers request, schedule and instance.

mod directory;
mod policy;
mod privilege;
mod request;
mod role_definition;
mod schedule;

pub use directory::{
    AdministrativeUnit, Application, ClientSecret, Group, GroupType, License, Principal, PrincipalKind,
    ServicePrincipal, ServicePrincipalType, Tenant, User, UserType,
};
pub use policy::{Enablement, ExpirationSetting, Policy, PolicyRule, Requirement};
pub use privilege::{DirectoryScope, Privilege};
pub use request::{Action, AskedExpiration, AskedSchedule, CreatedBy, RequestStatus, ScheduleRequest, TicketInfo};
pub use role_definition::{RoleDefinition, built_in_roles, roles};
pub use schedule::{AssignmentKind, Schedule, ScheduleKind, SchedulePhase, Window};
