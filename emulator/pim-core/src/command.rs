//! What may be asked of the machine, by whom, and what it answers.

mod access_review;
mod alert;
mod azure;
mod directory;

pub use access_review::{AccessReviewCommand, AccessReviewInstanceChange, AccessReviewLines, NewAccessReviewHistory};
pub use alert::AlertCommand;
pub use azure::{AzureScopeChange, NewAzureScope};
pub use directory::{
    AdministrativeUnitChange, AdministrativeUnitProperties, ApplicationChange, ApplicationProperties, GrantChange,
    OwnerChange, SecretChange, ServicePrincipalChange, ServicePrincipalProperties,
};

use crate::behaviour::Behaviour;
use crate::id::{
    AdministrativeUnitId, ApplicationId, AzureRoleDefinitionId, AzureScopeId, ConditionalAccessPolicyId, PrincipalId,
    RequestId, RoleDefinitionId, ScheduleId,
};
use crate::model::conditional_access::{
    AuthenticationContextId, AuthenticationContexts, ConditionalAccessApplications, ConditionalAccessPolicy,
    ConditionalAccessState, ConditionalAccessUsers, GrantControls,
};
use crate::model::{
    Action, AdministrativeUnit, Application, AskedSchedule, AssignmentKind, AzureRoleDefinition, CreatedBy, Group,
    GroupDetailsChange, License, PolicyChange, Privilege, RequestDetails, ReviewResult, RoleDefinition,
    ScheduleDetails, ScheduleRequest, ServicePrincipal, SignInEntry, Tenant, TicketInfo, User, UserDetailsChange,
    UserType,
};
use std::net::IpAddr;
use uuid::Uuid;

/// Who asks. A fact of the domain: what a token says has been settled before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    /// A signed-in user, whose own roles count.
    User {
        /// The user.
        id: PrincipalId,
        /// Whether the session satisfied multifactor authentication (MFA-1, MFA-2).
        mfa: bool,
        /// The authentication contexts that the session satisfied (MFA-14).
        contexts: AuthenticationContexts,
    },
    /// An application on its own; what it may do was settled by its permissions.
    Application {
        /// Its service principal.
        id: PrincipalId,
    },
    /// Whoever sets up the tenant: bound by what is possible, not by policies.
    SetUp,
}

impl Actor {
    /// The actor as requests record it.
    #[must_use]
    pub const fn created_by(self) -> CreatedBy {
        match self {
            Self::User { id, .. } => CreatedBy::User(id),
            Self::Application { id } => CreatedBy::Application(id),
            Self::SetUp => CreatedBy::SetUp,
        }
    }

    /// Whether the session satisfied multifactor authentication; an application never does.
    #[must_use]
    pub const fn has_mfa(self) -> bool {
        match self {
            Self::User { mfa, .. } => mfa,
            Self::Application { .. } => false,
            Self::SetUp => true,
        }
    }

    /// The authentication contexts that the session satisfied; an application has none.
    #[must_use]
    pub fn contexts(self) -> AuthenticationContexts {
        match self {
            Self::User { contexts, .. } => contexts,
            Self::Application { .. } | Self::SetUp => AuthenticationContexts::default(),
        }
    }
}

/// Who asks, and from where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// The address that the call comes from, where it comes over a network.
    pub address: Option<IpAddr>,
}

impl From<Actor> for Caller {
    /// Somebody inside this process.
    fn from(actor: Actor) -> Self {
        Self { actor, address: None }
    }
}

/// A schedule request as it is asked (REQ-5).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// Which side of PIM it was sent to.
    pub side: AssignmentKind,
    /// What is wanted.
    pub action: Action,
    /// For whom.
    pub principal: PrincipalId,
    /// For what.
    pub privilege: Privilege,
    /// In which window; may be absent for removals and deactivations (REQ-6).
    pub schedule: Option<AskedSchedule>,
    /// Which schedule to change, where there are several.
    pub target_schedule: Option<ScheduleId>,
    /// The reason.
    pub justification: Option<String>,
    /// The ticket.
    pub ticket: TicketInfo,
    /// The id that the request shall have, where the caller chooses it (REQ-3).
    pub id: Option<RequestId>,
    /// What few ask for.
    pub details: Option<Box<RequestDetails>>,
}

/// What a caller may change of a custom role.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RoleDefinitionChange {
    /// A new name.
    pub display_name: Option<String>,
    /// A new description.
    pub description: Option<String>,
    /// Whether it can be assigned.
    pub is_enabled: Option<bool>,
    /// New actions.
    pub allowed_resource_actions: Option<Vec<String>>,
    /// A new version.
    pub version: Option<String>,
}

/// What a caller may change of a Conditional Access policy. Each member that is given replaces what was there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConditionalAccessChange {
    /// A new name.
    pub display_name: Option<String>,
    /// Whether it counts.
    pub state: Option<ConditionalAccessState>,
    /// For whom.
    pub users: Option<ConditionalAccessUsers>,
    /// For what.
    pub applications: Option<ConditionalAccessApplications>,
    /// `clientAppTypes`.
    pub client_app_types: Option<Vec<String>>,
    /// What it takes; `Some(None)` takes it away.
    pub grant_controls: Option<Option<GrantControls>>,
    /// What is kept and not evaluated, by property; `None` takes it away.
    pub kept: Vec<(String, Option<String>)>,
}

/// What a caller may change of an authentication context.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuthenticationContextChange {
    /// A new name.
    pub display_name: Option<String>,
    /// A new description.
    pub description: Option<String>,
    /// Whether applications may use it.
    pub is_available: Option<bool>,
}

/// What a caller may change of a user. Each member that is given replaces what was there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UserChange {
    /// Another name to sign in with.
    pub user_principal_name: Option<String>,
    /// A new name.
    pub display_name: Option<String>,
    /// A new first name.
    pub given_name: Option<Option<String>>,
    /// A new family name.
    pub surname: Option<Option<String>>,
    /// Another mail address.
    pub mail: Option<Option<String>>,
    /// Another part before the at sign.
    pub mail_nickname: Option<String>,
    /// Another job title.
    pub job_title: Option<Option<String>>,
    /// Another department.
    pub department: Option<Option<String>>,
    /// Whether the account may sign in.
    pub account_enabled: Option<bool>,
    /// Member or guest.
    pub user_type: Option<UserType>,
    /// Another manager.
    pub manager: Option<Option<PrincipalId>>,
    /// Another password.
    pub password: Option<String>,
    /// What is known of few users.
    pub details: UserDetailsChange,
}

/// What a caller may change of a group. Each member that is given replaces what was there; members and owners are added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GroupChange {
    /// A new name.
    pub display_name: Option<String>,
    /// A new description.
    pub description: Option<Option<String>>,
    /// Another part of the mail address before the at sign.
    pub mail_nickname: Option<String>,
    /// Another rule of a dynamic group.
    pub membership_rule: Option<String>,
    /// Whether directory roles may be given to it: it cannot be changed, only repeated (GRP-10).
    pub is_assignable_to_role: Option<bool>,
    /// What is known of few groups.
    pub details: GroupDetailsChange,
    /// Who is put into it.
    pub members: Vec<PrincipalId>,
    /// Who is made its owner.
    pub owners: Vec<PrincipalId>,
}

/// What may be asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// One of the nine actions of PIM.
    Request(Ask),
    /// Withdraw a request that waits (REQ-20).
    CancelRequest(RequestId),
    /// Decide on an activation as an approver (APR-23).
    ReviewApproval {
        /// The request; its approval and stage have the same id.
        request: RequestId,
        /// Yes or no.
        result: ReviewResult,
        /// The reason.
        justification: Option<String>,
    },
    /// Decide as a manager on an extension or renewal that its holder asked for (EXT-4).
    DecideRequest {
        /// The request.
        request: RequestId,
        /// Yes or no.
        result: ReviewResult,
        /// Another window than the one that was asked for; a renewal needs one (EXT-7).
        schedule: Option<AskedSchedule>,
        /// The reason.
        justification: Option<String>,
    },
    /// Change a policy (POL-19).
    UpdatePolicy(PolicyChange),
    /// Something of access reviews.
    AccessReview(AccessReviewCommand),
    /// Do something with alerts.
    Alert(AlertCommand),
    /// Pay for something else, or for nothing (LIC-5).
    SetLicense(License),
    /// Make a Conditional Access policy.
    CreateConditionalAccessPolicy(Box<ConditionalAccessPolicy>),
    /// Change a Conditional Access policy.
    UpdateConditionalAccessPolicy {
        /// Which.
        policy: ConditionalAccessPolicyId,
        /// How.
        change: Box<ConditionalAccessChange>,
    },
    /// Delete a Conditional Access policy.
    DeleteConditionalAccessPolicy(ConditionalAccessPolicyId),
    /// Publish an authentication context, or change it.
    SetAuthenticationContext {
        /// Which.
        context: AuthenticationContextId,
        /// How.
        change: AuthenticationContextChange,
    },
    /// Delete an authentication context.
    DeleteAuthenticationContext(AuthenticationContextId),
    /// Give a privilege for good, outside PIM (MOD-11).
    CreateRoleAssignment {
        /// To whom.
        principal: PrincipalId,
        /// Which.
        privilege: Privilege,
        /// The id that it shall have, where the caller chooses it.
        id: Option<ScheduleId>,
        /// What few have.
        details: Option<Box<ScheduleDetails>>,
    },
    /// Say something else about an assignment that was made outside PIM: its condition or its description.
    DescribeRoleAssignment {
        /// The schedule behind it.
        schedule: ScheduleId,
        /// Everything that is to be said.
        details: Box<ScheduleDetails>,
    },
    /// Make a scope of Azure.
    CreateAzureScope(Box<NewAzureScope>),
    /// Change a scope of Azure.
    ChangeAzureScope {
        /// Which.
        scope: AzureScopeId,
        /// How.
        change: Box<AzureScopeChange>,
    },
    /// Delete a scope of Azure, with everything below it and what is held there.
    DeleteAzureScope(AzureScopeId),
    /// Make or change a custom role of Azure. One without an id is given one.
    SetAzureRoleDefinition(Box<AzureRoleDefinition>),
    /// Delete a custom role of Azure.
    DeleteAzureRoleDefinition(AzureRoleDefinitionId),
    /// Take access to everything of Azure, as a Global Administrator (AUT-7).
    ElevateAccess,
    /// Take an active assignment away, outside PIM.
    DeleteRoleAssignment {
        /// The schedule behind it (MOD-8).
        schedule: ScheduleId,
    },
    /// Make a custom role.
    CreateRoleDefinition(RoleDefinition),
    /// Change a custom role.
    UpdateRoleDefinition {
        /// Which.
        role: RoleDefinitionId,
        /// How.
        change: RoleDefinitionChange,
    },
    /// Delete a custom role.
    DeleteRoleDefinition(RoleDefinitionId),
    /// Make the tenant: the first command of all.
    CreateTenant(Tenant),
    /// Make a user. One without an id is given one, and is made now.
    CreateUser(User),
    /// Make a user in an administrative unit.
    CreateUserIn {
        /// The user.
        user: Box<User>,
        /// The administrative unit.
        unit: AdministrativeUnitId,
    },
    /// Change a user.
    UpdateUser {
        /// Which.
        user: PrincipalId,
        /// How.
        change: Box<UserChange>,
    },
    /// Make a group.
    CreateGroup(Group),
    /// Make a group with people in it. One without an id is given one, and is made now.
    CreateGroupWith {
        /// The group.
        group: Box<Group>,
        /// Who is in it.
        members: Vec<PrincipalId>,
        /// Whose it is; nobody named means whoever asks.
        owners: Vec<PrincipalId>,
        /// The administrative unit that it is made in, if in one.
        unit: Option<AdministrativeUnitId>,
    },
    /// Change a group.
    UpdateGroup {
        /// Which.
        group: PrincipalId,
        /// How.
        change: Box<GroupChange>,
    },
    /// Make a service principal.
    CreateServicePrincipal(ServicePrincipal),
    /// Register an application.
    CreateApplication(Application),
    /// Make an administrative unit.
    CreateAdministrativeUnit(AdministrativeUnit),
    /// Put a principal into a group.
    AddMember {
        /// The group.
        group: PrincipalId,
        /// The new member.
        member: PrincipalId,
    },
    /// Take a principal out of a group.
    RemoveMember {
        /// The group.
        group: PrincipalId,
        /// The member.
        member: PrincipalId,
    },
    /// Make a principal the owner of a group.
    AddOwner {
        /// The group.
        group: PrincipalId,
        /// The new owner.
        owner: PrincipalId,
    },
    /// Make a principal no longer an owner of a group.
    RemoveOwner {
        /// The group.
        group: PrincipalId,
        /// The owner.
        owner: PrincipalId,
    },
    /// Let PIM manage a group from now on (GRP-9, AUT-14).
    OnboardGroup(PrincipalId),
    /// Delete a principal, and with it what it holds (ASG-27).
    DeletePrincipal(PrincipalId),
    /// Bring a deleted principal back (ASG-28).
    RestorePrincipal(PrincipalId),
    /// Delete a principal for good that was deleted before.
    PurgePrincipal(PrincipalId),
    /// Change an application registration.
    ChangeApplication {
        /// Which.
        application: ApplicationId,
        /// How.
        change: Box<ApplicationChange>,
    },
    /// Delete an application registration and its service principal; both can be brought back for 30 days.
    DeleteApplication(ApplicationId),
    /// Bring back an application registration that was deleted, with its service principal.
    RestoreApplication(ApplicationId),
    /// Delete for good an application registration that was deleted before.
    PurgeApplication(ApplicationId),
    /// Change a service principal.
    ChangeServicePrincipal {
        /// Which.
        principal: PrincipalId,
        /// How.
        change: Box<ServicePrincipalChange>,
    },
    /// Change an administrative unit.
    ChangeAdministrativeUnit {
        /// Which.
        unit: AdministrativeUnitId,
        /// How.
        change: Box<AdministrativeUnitChange>,
    },
    /// Delete an administrative unit, and with it the assignments at its scope.
    DeleteAdministrativeUnit(AdministrativeUnitId),
    /// Give a permission to an application or a client, or take it away.
    ChangeGrants(Box<GrantChange>),
    /// Let a built-in role be listed among those in use, before anybody holds it.
    ActivateDirectoryRole(RoleDefinitionId),
    /// Note that somebody signed in, or tried to.
    NoteSignIn(Box<SignInEntry>),
    /// Set the switches.
    SetBehaviour(Behaviour),
    /// Set the switches and pay for something else, in one go.
    Configure {
        /// The switches.
        behaviour: Box<Behaviour>,
        /// What is paid for.
        license: License,
    },
}

/// What the machine answers to a command that it carried out, or would carry out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    /// The request that was made.
    pub request: Option<ScheduleRequest>,
    /// The schedule of an assignment made outside PIM.
    pub schedule: Option<ScheduleId>,
    /// The id of the principal that was made.
    pub principal: Option<PrincipalId>,
    /// The id of the object that was made.
    pub role: Option<RoleDefinitionId>,
    /// The id of the Conditional Access policy that was made.
    pub conditional_access_policy: Option<ConditionalAccessPolicyId>,
    /// The id of the application, service principal, administrative unit, credential, grant, access review or report that was
    /// made.
    pub made: Option<Uuid>,
}
