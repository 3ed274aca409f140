//! Records as they are read: Graph's `directoryAudit`, typed.

use super::reader::Key;
use pim_core::TenantId;
use pim_core::time::Instant;
use serde::Serialize;
use std::borrow::Cow;
use uuid::Uuid;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// The word for it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    )*};
}

words! {
    /// What part of the directory a record is about (AUD-1).
    Category {
        /// Directory roles.
        RoleManagement = "RoleManagement",
        /// Groups, and PIM for groups (AUD-1).
        GroupManagement = "GroupManagement",
        /// Assignments and settings of Azure roles.
        ResourceManagement = "ResourceManagement",
        /// Access to everything of Azure.
        ElevatedAccess = "AzureRBACRoleManagementElevateAccess",
        /// Users, and where the approval engine files decisions (AUD-25).
        UserManagement = "UserManagement",
        /// Applications and what they may do.
        ApplicationManagement = "ApplicationManagement",
        /// Administrative units.
        AdministrativeUnit = "AdministrativeUnit",
        /// Where the approval engine files what expired (AUD-25).
        Policy = "Policy",
    }
    /// Who wrote a record (AUD-2).
    Service {
        /// Privileged Identity Management.
        Pim = "PIM",
        /// The approval engine (AUD-25).
        AccessReviews = "Access Reviews",
        /// The directory.
        CoreDirectory = "Core Directory",
        /// Access to everything of Azure.
        ElevatedAccess = "Azure RBAC (Elevated Access)",
    }
    /// What sort of change it was (AUD-21).
    OperationType {
        /// Something was added.
        Add = "Add",
        /// A right was given, or asked for.
        Assign = "Assign",
        /// Something was changed or decided.
        Update = "Update",
        /// Something was taken away.
        Delete = "Delete",
    }
    /// How it came out (AUD-21).
    AuditResult {
        /// As asked.
        Success = "success",
        /// Not.
        Failure = "failure",
    }
}

impl Service {
    /// What the ids of its records begin with.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Pim => "PIM",
            Self::AccessReviews => "AADERM",
            Self::CoreDirectory => "Directory",
            Self::ElevatedAccess => "AzureRBAC",
        }
    }
}

/// One line of the audit log.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    /// Where it stands in the log.
    #[serde(skip)]
    pub key: Key,
    /// The id: the service's prefix, a GUID, and where it stands in the log (AUD-21).
    pub id: String,
    /// What part of the directory it is about.
    pub category: Category,
    /// The same for all records of one request.
    pub correlation_id: Uuid,
    /// How it came out.
    pub result: AuditResult,
    /// The reason that was given, or the code of the failure.
    pub result_reason: Option<String>,
    /// What happened, in the service's words.
    pub activity_display_name: String,
    /// When it happened.
    pub activity_date_time: Instant,
    /// Who wrote it.
    pub logged_by_service: Service,
    /// What sort of change it was.
    pub operation_type: OperationType,
    /// Who brought it about.
    pub initiated_by: Initiator,
    /// What it is about: role, request, user, directory or place of Azure, other (AUD-22).
    pub target_resources: Vec<TargetResource>,
    /// What else is known of it (AUD-23).
    pub additional_details: Vec<Detail>,
}

/// Who brought something about: one of the two.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Initiator {
    /// An application.
    pub app: Option<AppIdentity>,
    /// A user, or the service itself.
    pub user: Option<UserIdentity>,
}

/// `microsoft.graph.appIdentity`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppIdentity {
    /// Its client id.
    pub app_id: Option<Uuid>,
    /// Its name.
    pub display_name: Option<String>,
    /// Its service principal.
    pub service_principal_id: Uuid,
    /// Always empty.
    pub service_principal_name: Option<String>,
}

/// `microsoft.graph.auditUserIdentity`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentity {
    /// The object id.
    pub id: Uuid,
    /// The name people see.
    pub display_name: Option<String>,
    /// The name to sign in with; the service itself has none.
    pub user_principal_name: Option<String>,
    /// Where the call came from, in records of the directory; PIM has it among the further facts.
    pub ip_address: Option<String>,
    /// Always empty.
    pub user_type: Option<String>,
    /// Always empty: nobody comes from another tenant.
    pub home_tenant_id: Option<Uuid>,
    /// Always empty.
    pub home_tenant_name: Option<String>,
}

/// Something that a record is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetResource {
    /// The id.
    pub id: Option<Uuid>,
    /// The name people see.
    pub display_name: Option<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name to sign in with.
    pub user_principal_name: Option<String>,
    /// What sort of group it is, in records of the directory.
    pub group_type: Option<&'static str>,
    /// What changed of it.
    pub modified_properties: Vec<ModifiedProperty>,
}

impl TargetResource {
    /// Something of that kind, with an id and nothing more.
    pub(super) const fn of(kind: &'static str, id: Option<Uuid>) -> Self {
        Self {
            id,
            display_name: None,
            kind,
            user_principal_name: None,
            group_type: None,
            modified_properties: Vec::new(),
        }
    }
}

/// A property that changed; both values are JSON texts in quotes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModifiedProperty {
    /// The name of the property.
    pub display_name: Cow<'static, str>,
    /// What it was.
    pub old_value: Option<String>,
    /// What it is.
    pub new_value: Option<String>,
}

/// A further fact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Detail {
    /// Its name.
    pub key: &'static str,
    /// Its value.
    pub value: String,
}

/// A record that has no place and time yet.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) service: Service,
    pub(super) category: Category,
    pub(super) activity: String,
    pub(super) operation: OperationType,
    pub(super) result: AuditResult,
    pub(super) reason: Option<String>,
    pub(super) by: Initiator,
    pub(super) targets: Vec<TargetResource>,
    pub(super) details: Vec<Detail>,
    pub(super) correlation: Uuid,
}

impl Draft {
    /// The same as a failure, for that reason.
    pub(super) fn failed(self, reason: impl Into<String>) -> Self {
        Self { result: AuditResult::Failure, reason: Some(reason.into()), ..self }
    }

    /// The same with that reason.
    pub(super) fn reasoned(self, reason: Option<String>) -> Self {
        Self { reason, ..self }
    }

    /// The record, at its place.
    pub(super) fn record(self, tenant: TenantId, key: Key, at: Instant) -> AuditRecord {
        AuditRecord {
            key,
            id: key.id(tenant, self.service),
            category: self.category,
            correlation_id: self.correlation,
            result: self.result,
            result_reason: self.reason,
            activity_display_name: self.activity,
            activity_date_time: at,
            logged_by_service: self.service,
            operation_type: self.operation,
            initiated_by: self.by,
            target_resources: self.targets,
            additional_details: self.details,
        }
    }
}
