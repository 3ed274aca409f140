//! Conditional Access as far as PIM meets it: authentication contexts, and the policies that say what they take (MFA-5).

use crate::id::{ConditionalAccessPolicyId, PrincipalId, RoleDefinitionId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of an authentication context: `c1` to `c99` (POL-9).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuthenticationContextId(u8);

impl AuthenticationContextId {
    /// The context of that id, in any case; `None` outside `c1` to `c99`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['c', 'C'])?;
        let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|number| plain && (1..=99).contains(number)).map(Self)
    }
}

impl fmt::Display for AuthenticationContextId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "c{}", self.0)
    }
}

/// The authentication contexts that a session satisfied: the `acrs` of its token (MFA-14).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AuthenticationContexts(u128);

impl AuthenticationContexts {
    /// None at all.
    pub const NONE: Self = Self(0);

    /// Whether this one is among them.
    #[must_use]
    pub const fn contains(self, context: AuthenticationContextId) -> bool {
        self.0 >> context.0 & 1 == 1
    }
}

impl FromIterator<AuthenticationContextId> for AuthenticationContexts {
    fn from_iter<I: IntoIterator<Item = AuthenticationContextId>>(contexts: I) -> Self {
        Self(contexts.into_iter().fold(0, |bits, context| bits | 1 << context.0))
    }
}

/// An authentication context as an administrator published it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationContext {
    /// The id that tokens carry.
    pub id: AuthenticationContextId,
    /// The name people see.
    pub display_name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether applications may use it.
    pub is_available: bool,
}

/// Whether a policy counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConditionalAccessState {
    /// It does.
    Enabled,
    /// It does not.
    Disabled,
    /// It is only evaluated for reports.
    EnabledForReportingButNotEnforced,
}

impl ConditionalAccessState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Enabled, Self::Disabled, Self::EnabledForReportingButNotEnforced];

    /// Graph's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::EnabledForReportingButNotEnforced => "enabledForReportingButNotEnforced",
        }
    }
}

/// Users as a policy names them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum ConditionalAccessUser {
    /// `All`.
    All,
    /// `None`: a place that must not be empty and names nobody.
    Nobody,
    /// `GuestsOrExternalUsers`.
    GuestsOrExternalUsers,
    /// One user.
    User(PrincipalId),
}

/// For whom a policy counts: who is included and not excluded.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConditionalAccessUsers {
    /// `includeUsers`.
    pub include_users: Vec<ConditionalAccessUser>,
    /// `excludeUsers`.
    pub exclude_users: Vec<ConditionalAccessUser>,
    /// `includeGroups`.
    pub include_groups: Vec<PrincipalId>,
    /// `excludeGroups`.
    pub exclude_groups: Vec<PrincipalId>,
    /// `includeRoles`: whoever holds one actively.
    pub include_roles: Vec<RoleDefinitionId>,
    /// `excludeRoles`.
    pub exclude_roles: Vec<RoleDefinitionId>,
}

/// For what a policy counts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConditionalAccessApplications {
    /// `includeApplications`: `All`, `None`, `Office365`, … or client ids.
    pub include_applications: Vec<String>,
    /// `excludeApplications`.
    pub exclude_applications: Vec<String>,
    /// `includeUserActions`.
    pub include_user_actions: Vec<String>,
    /// `includeAuthenticationContextClassReferences`.
    pub include_authentication_contexts: Vec<AuthenticationContextId>,
}

/// Whether all controls must be met, or one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum GrantOperator {
    /// All.
    And,
    /// One.
    Or,
}

/// What it takes to be let in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantControls {
    /// All or one.
    pub operator: GrantOperator,
    /// `builtInControls`: `mfa`, `block`, `compliantDevice`, …
    pub built_in_controls: Vec<String>,
    /// `customAuthenticationFactors`.
    pub custom_authentication_factors: Vec<String>,
    /// `termsOfUse`.
    pub terms_of_use: Vec<String>,
    /// The id of the `authenticationStrength`.
    pub authentication_strength: Option<String>,
}

/// A Conditional Access policy.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionalAccessPolicy {
    /// The id.
    pub id: ConditionalAccessPolicyId,
    /// The name people see.
    pub display_name: String,
    /// Whether it counts.
    pub state: ConditionalAccessState,
    /// For whom.
    pub users: ConditionalAccessUsers,
    /// For what.
    pub applications: ConditionalAccessApplications,
    /// `clientAppTypes`.
    pub client_app_types: Vec<String>,
    /// What it takes; `None` where only the session is controlled.
    pub grant_controls: Option<GrantControls>,
    /// What is kept as it was written and not evaluated, as JSON text by the way to the property: `sessionControls`,
    /// `conditions.locations`. Empty ones are not kept.
    pub kept: Vec<(String, String)>,
    /// When it was made.
    pub created: Instant,
    /// When it was last changed.
    pub modified: Option<Instant>,
}

/// What stands before the name of a condition in [`ConditionalAccessPolicy::kept`].
pub const CONDITION: &str = "conditions.";

impl ConditionalAccessPolicy {
    /// What is kept of a property.
    #[must_use]
    pub fn kept(&self, property: &str) -> Option<&str> {
        self.kept.iter().find(|(name, _)| name == property).map(|(_, text)| text.as_str())
    }

    /// Whether a condition that is not evaluated, such as a place or a risk, may leave sign-ins out of the policy.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.kept.iter().filter_map(|(name, _)| name.strip_prefix(CONDITION)).any(|name| !name.contains('.'))
    }

    /// Whether signing in to administer the tenant falls under the policy: in a browser, to everything or to the portals for
    /// administrators. A policy for authentication contexts, for single applications or for old protocols lets one in.
    #[must_use]
    pub fn guards_administration(&self) -> bool {
        const PORTALS: &str = "MicrosoftAdminPortals";
        let names = |list: &[String], wanted: &[&str]| {
            list.iter().any(|it| wanted.iter().any(|wanted| it.eq_ignore_ascii_case(wanted)))
        };
        let applications = &self.applications;
        let is_for_browsers = self.client_app_types.is_empty() || names(&self.client_app_types, &["all", "browser"]);
        is_for_browsers
            && names(&applications.include_applications, &["All", PORTALS])
            && !names(&applications.exclude_applications, &[PORTALS])
    }
}

/// What an activation needs of a session for an authentication context.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContextDemand {
    /// The context in the token: an enabled policy asks for it of this user.
    Context,
    /// Multifactor authentication: no policy targets the context (MFA-6).
    MultiFactorAuthentication,
    /// Nothing: the policies that target it are off, report only, or leave this user out (MFA-7).
    Nothing,
}
