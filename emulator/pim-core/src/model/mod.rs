//! The nouns of the field: who may hold what, and the three layers request, schedule and instance.

pub mod access_review;
mod alert;
mod application;
mod approval;
mod azure;
pub mod conditional_access;
mod details;
mod directory;
mod mail;
mod policy;
mod privilege;
mod refusal;
mod request;
mod role_definition;
mod schedule;
mod sign_in;

pub use alert::{
    Alert, AlertConfiguration, AlertConfigurationChange, AlertDefinition, AlertOperation, AlertScope, AlertSettings,
    AlertSeverity, AzureAlert, DirectoryAlert, Incident,
};
pub use application::{
    AppRole, AppRoleAssignment, Application, ClientSecret, DeletedApplication, FederatedIdentityCredential, IssuerKey,
    KeyCredential, ManagedIdentity, PermissionGrant, PermissionScope, ServicePrincipal, ServicePrincipalType,
};
pub use approval::{Approval, ApprovalStatus, Review, ReviewResult};
pub use azure::{
    AssignmentCondition, AzurePermissions, AzureRoleDefinition, AzureScope, AzureScopeKind, LockLevel, azure_roles,
    built_in_azure_roles,
};
pub use details::{GroupDetails, GroupDetailsChange, UserDetails, UserDetailsChange, Visibility};
pub use directory::{
    AdministrativeUnit, Group, GroupType, License, MembershipRule, Principal, PrincipalKind, Tenant, User, UserType,
};
pub use mail::{Addressees, Digest, Mail, MailedReview, Notice, Recipient, Recipients};
pub use policy::{
    ApprovalChange, ApprovalMode, ApprovalSetting, ApprovalStage, Approver, AuthenticationContextSetting, Enablement,
    ExpirationSetting, Happening, MailClass, NotificationLevel, NotificationSetting, Notifications, Policy,
    PolicyChange, PolicyRule, PolicySubject, Requirement, RuleChange, RuleId,
};
pub use privilege::{DirectoryScope, Family, GroupAccess, Privilege, Resource};
pub use refusal::{Refusal, RefusedRequest};
pub use request::{
    Action, AskedExpiration, AskedSchedule, CreatedBy, RequestDetails, RequestStatus, ScheduleRequest, TicketInfo,
};
pub use role_definition::{RoleDefinition, built_in_roles, roles};
pub use schedule::{AssignmentKind, Schedule, ScheduleDetails, ScheduleKind, SchedulePhase, Window};
pub use sign_in::{SignInActivity, SignInEntry, SignInFailure, SignInKind, SignInMoment, SignInProtocol};
