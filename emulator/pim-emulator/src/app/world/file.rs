//! What may stand in a world file, key by key. YAML files, JSON files and request bodies are read into the same structs.
//!
//! Unknown keys are refused.

use super::about::about_something;
use super::alerts::AlertEntry;
use super::application_entry::{ApplicationEntry, ManagedIdentityEntry};
use super::azure_entry::AzureEntry;
use super::conditional_access::{AuthenticationContextEntry, ConditionalAccessEntry};
use super::policy_entry::PolicyEntry;
use super::review_entry::AccessReviewEntry;
use super::text::{Past, instant, length, past, required_past};
use crate::app::traffic::Profile;
use pim_core::model::{GroupType, License, UserType, Visibility};
use pim_core::time::{Instant, Length};
use serde::Deserialize;
use serde::de::IgnoredAny;
use utoipa::ToSchema;
use uuid::Uuid;

/// A document that makes a tenant: a world of its own, or the name of a built-in scenario.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WorldFile {
    /// What the file is called when it is shown to people.
    pub title: Option<String>,
    /// What it is for, in a sentence.
    pub teaches: Option<String>,
    /// The name of a built-in scenario, such as `contoso`, instead of a world.
    pub scenario: Option<String>,
    /// The same seed gives the same ids every time, the tenant's own among them. Without one, ids are random.
    pub seed: Option<u64>,
    /// The world.
    pub world: Option<World>,
    /// Who looks at what a scenario checks. It makes no difference to the tenant.
    #[schema(ignore)]
    #[expect(dead_code, reason = "it is read with the scenario")]
    pub(crate) observer: Option<IgnoredAny>,
    /// What happens in a scenario. It makes no difference to the tenant.
    #[schema(ignore)]
    #[expect(dead_code, reason = "it is read with the scenario")]
    pub(crate) steps: Option<IgnoredAny>,
}

/// Everything that is in a tenant when it is made. Whatever is left out is empty or has its default.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct World {
    /// The tenant itself.
    #[serde(default)]
    pub tenant: TenantEntry,
    /// People.
    #[serde(default)]
    pub users: Vec<UserEntry>,
    /// Applications, each with its service principal.
    #[serde(default)]
    pub applications: Vec<ApplicationEntry>,
    /// Groups.
    #[serde(default)]
    pub groups: Vec<GroupEntry>,
    /// Administrative units.
    #[serde(default)]
    pub administrative_units: Vec<AdministrativeUnitEntry>,
    /// Roles of the tenant's own.
    #[serde(default)]
    pub custom_roles: Vec<CustomRoleEntry>,
    /// Authentication contexts.
    #[serde(default)]
    pub authentication_contexts: Vec<AuthenticationContextEntry>,
    /// Conditional Access policies.
    #[serde(default)]
    pub conditional_access: Vec<ConditionalAccessEntry>,
    /// Managed identities: what runs in Azure, under a service principal whose secrets nobody sees.
    #[serde(default)]
    pub managed_identities: Vec<ManagedIdentityEntry>,
    /// Azure: management groups, subscriptions and what is in them.
    pub azure: Option<AzureEntry>,
    /// What is demanded before roles, and places in groups, are given or activated. What is not named keeps the service's policy.
    #[serde(default)]
    pub policies: Vec<PolicyEntry>,
    /// Who signed in before now, or tried to.
    #[serde(default)]
    pub sign_ins: Vec<SignInRow>,
    /// Active assignments.
    #[serde(default)]
    pub active: Vec<AssignmentEntry>,
    /// Eligible assignments.
    #[serde(default)]
    pub eligible: Vec<AssignmentEntry>,
    /// Access reviews. They are made after everything else, as whoever sets up the tenant.
    #[serde(default)]
    pub access_reviews: Vec<AccessReviewEntry>,
    /// How alerts are set.
    #[serde(default)]
    pub alerts: Vec<AlertEntry>,
}

/// The tenant itself.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TenantEntry {
    /// Its id; follows from the seed when left out.
    pub id: Option<Uuid>,
    /// Its initial domain; `contoso.onmicrosoft.com` when left out.
    pub domain: Option<String>,
    /// The name of the organization; `Contoso` when left out.
    pub display_name: Option<String>,
    /// What it has paid for: `none`, `p1`, `p2` or `governance`; `p2` when left out.
    #[schema(value_type = Option<String>, example = "p2")]
    pub license: Option<License>,
    /// What the tenant's clock shows at first, as RFC 3339. A clock that was set moves only when told; without this the clock
    /// shows real time.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub now: Option<Instant>,
    /// How hostile the tenant is to its clients; `{}` is the profile with its defaults. Not at all when left out.
    pub hostile: Option<Profile>,
}

/// A person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct UserEntry {
    /// The name that the rest of the file uses, and the part of the user principal name before the at sign.
    pub name: String,
    /// The name people see; the name with a capital when left out.
    pub display_name: Option<String>,
    /// The object id.
    pub id: Option<Uuid>,
    /// Mail address; none when left out.
    pub mail: Option<String>,
    /// The name of the user's manager.
    pub manager: Option<String>,
    /// `member` (when left out) or `guest`.
    #[schema(value_type = Option<String>, example = "member")]
    pub user_type: Option<UserType>,
    /// Whether the account may sign in; it may when left out.
    pub account_enabled: Option<bool>,
    /// The password of the emulated sign-in; `Pim-emulator-1` when left out.
    pub password: Option<String>,
    /// Whether an interactive sign-in satisfies multifactor authentication; it does not when left out.
    #[serde(default)]
    pub mfa: bool,
    /// Job title.
    pub job_title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// First name.
    pub given_name: Option<String>,
    /// Family name.
    pub surname: Option<String>,
    /// When the account was made, as RFC 3339 or, as an ISO 8601 duration such as `P90D`, so long before now; with the tenant's
    /// history, or at the last sign-in where that is earlier, when left out.
    #[serde(default, deserialize_with = "past")]
    #[schema(value_type = Option<String>, example = "P90D")]
    pub created: Option<Past>,
    /// When the person last signed in, written the same way; never, as far as is known, when left out.
    #[serde(default, deserialize_with = "past")]
    #[schema(value_type = Option<String>, example = "P40D")]
    pub last_sign_in: Option<Past>,
}

/// A sign-in of the past. It stands in the sign-in log, which Graph shows for 30 days, and counts as activity of the account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SignInRow {
    /// The name of the user.
    pub user: String,
    /// When it was, as RFC 3339 or, as an ISO 8601 duration such as `PT3H`, so long before now.
    #[serde(deserialize_with = "required_past")]
    #[schema(value_type = String, example = "PT3H")]
    pub at: Past,
    /// The name of the application; the Azure portal when left out.
    pub application: Option<String>,
    /// Whether an application did it in the user's name, without asking.
    #[serde(default)]
    pub silent: bool,
    /// Whether multifactor authentication was satisfied.
    #[serde(default)]
    pub mfa: bool,
    /// The number of the error that it ended in, such as 50126 for a wrong password; a success when left out.
    pub error: Option<u32>,
}

/// A group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GroupEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The object id.
    pub id: Option<Uuid>,
    /// What the group is for.
    pub description: Option<String>,
    /// `security` (when left out) or `microsoft365`.
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>, example = "security")]
    pub group_type: Option<GroupType>,
    /// `public`, `private` or `hiddenMembership`; what its sort has when left out.
    pub visibility: Option<VisibilityWord>,
    /// Whether directory roles may be given to it.
    #[serde(default)]
    pub role_assignable: bool,
    /// The membership rule of a dynamic group. The rule is shown and not evaluated.
    pub dynamic: Option<String>,
    /// Whether it is synchronised from on-premises.
    #[serde(default)]
    pub on_premises_synced: bool,
    /// Whether PIM manages it from the beginning. It does in any case once the world has a policy or an assignment of it.
    #[serde(default)]
    pub managed: bool,
    /// The names of its members: users, groups and applications.
    #[serde(default)]
    pub members: Vec<String>,
    /// The names of its owners.
    #[serde(default)]
    pub owners: Vec<String>,
}

/// Who sees a group and its members.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum VisibilityWord {
    /// Everybody.
    Public,
    /// Members see its content.
    Private,
    /// Nobody but members sees who is a member.
    HiddenMembership,
}

impl From<VisibilityWord> for Visibility {
    fn from(word: VisibilityWord) -> Self {
        match word {
            VisibilityWord::Public => Self::Public,
            VisibilityWord::Private => Self::Private,
            VisibilityWord::HiddenMembership => Self::HiddenMembership,
        }
    }
}

/// An administrative unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AdministrativeUnitEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The object id.
    pub id: Option<Uuid>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether only administrators of the unit change what is in it. PIM manages no group in such a unit.
    #[serde(default)]
    pub restricted: bool,
    /// The names of the users and groups in it.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A role of the tenant's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CustomRoleEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The id of the role definition.
    pub id: Option<Uuid>,
    /// What the role is for.
    pub description: Option<String>,
    /// The actions it allows, such as `microsoft.directory/applications/create`.
    #[serde(default)]
    pub actions: Vec<String>,
}

about_something! {
    /// An active or eligible assignment of a role, of a place in a group, or of a role of Azure. It begins now and is permanent unless
    /// it says otherwise. From the first assignment of a group on PIM manages it.
    pub struct AssignmentEntry {
        /// The name of the user, group or application that holds it.
        pub principal: String,
        /// When it begins, as RFC 3339; one in the past is assigned at that time.
        #[serde(default, deserialize_with = "instant")]
        #[schema(value_type = Option<String>, format = DateTime)]
        pub start: Option<Instant>,
        /// When it ends, as RFC 3339.
        #[serde(default, deserialize_with = "instant")]
        #[schema(value_type = Option<String>, format = DateTime)]
        pub end: Option<Instant>,
        /// How long it lasts, as an ISO 8601 duration such as `P90D`, instead of an end.
        #[serde(default, deserialize_with = "length")]
        #[schema(value_type = Option<String>, example = "P90D")]
        pub duration: Option<Length>,
        /// Whether it is made outside PIM, as a plain role assignment. For active ones of roles only; such a one is permanent.
        #[serde(default, rename = "outsidePim")]
        pub outside_pim: bool,
        /// What must hold for a role of Azure to count. It is kept and shown, and not evaluated.
        pub condition: Option<String>,
    }
}
