//! The Conditional Access of a world: authentication contexts, and policies that say what they take.

use super::error::{Fault, fault, steps};
use super::handles::{Subject, at};
use super::load::Loader;
use super::nearest::did_you_mean;
use pim_core::model::built_in_roles;
use pim_core::model::conditional_access::{
    AuthenticationContextId, ConditionalAccessApplications, ConditionalAccessPolicy, ConditionalAccessState,
    ConditionalAccessUser, ConditionalAccessUsers, GrantControls, GrantOperator,
};
use pim_core::{AuthenticationContextChange, Command, ConditionalAccessPolicyId, PrincipalId, RoleDefinitionId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An authentication context: a name that a role's policy can ask for, and that Conditional Access gives a meaning.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AuthenticationContextEntry {
    /// Its id: `c1` to `c99`.
    pub name: String,
    /// The name people see.
    pub display_name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether applications may use it; they may when left out.
    pub available: Option<bool>,
}

/// A Conditional Access policy. What it guards is either applications or authentication contexts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConditionalAccessEntry {
    /// The name people see.
    pub name: String,
    /// Its id.
    pub id: Option<Uuid>,
    /// `on` (when left out), `off` or `reportOnly`.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "on")]
    pub state: PolicyState,
    /// For whom it counts.
    pub users: PolicyUsers,
    /// The authentication contexts that it gives a meaning.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// The applications to which it guards sign-in: `all`, `office365`, `adminPortals`, names of the file, or client ids.
    #[serde(default)]
    pub applications: Vec<String>,
    /// What it takes: `mfa`, `block`, `compliantDevice`, `domainJoinedDevice`, `approvedApplication`, `compliantApplication` or
    /// `passwordChange`.
    #[schema(value_type = Vec<String>, example = json!(["mfa"]))]
    pub grant: Vec<Grant>,
    /// Whether one of them will do (`or`, when left out) or all must be met (`and`).
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "or")]
    pub operator: Operator,
}

/// For whom a policy counts: names of users, groups and roles, `all` for everybody and `guests` for guests.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PolicyUsers {
    /// For these.
    pub include: Vec<String>,
    /// But not for these: emergency accounts, above all.
    #[serde(default)]
    pub exclude: Vec<String>,
}

/// Whether a policy counts.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PolicyState {
    /// It does.
    #[default]
    On,
    /// It does not.
    Off,
    /// It is only reported on.
    ReportOnly,
}

/// A control that is built in.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Grant {
    /// Multifactor authentication.
    Mfa,
    /// Nothing lets one in.
    Block,
    /// A device that complies.
    CompliantDevice,
    /// A device of the domain.
    DomainJoinedDevice,
    /// An application that was approved.
    ApprovedApplication,
    /// An application with a protection policy.
    CompliantApplication,
    /// A new password.
    PasswordChange,
}

impl Grant {
    const fn word(self) -> &'static str {
        match self {
            Self::Mfa => "mfa",
            Self::Block => "block",
            Self::CompliantDevice => "compliantDevice",
            Self::DomainJoinedDevice => "domainJoinedDevice",
            Self::ApprovedApplication => "approvedApplication",
            Self::CompliantApplication => "compliantApplication",
            Self::PasswordChange => "passwordChange",
        }
    }
}

/// Whether one control will do.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// One will.
    #[default]
    Or,
    /// All must be met.
    And,
}

const CONTEXTS: &str = "authenticationContexts";
const POLICIES: &str = "conditionalAccess";

/// Makes both, contexts first.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let world = loader.world;
    for (place, entry) in world.authentication_contexts.iter().enumerate() {
        make_context(loader, place, entry)?;
    }
    for (place, entry) in world.conditional_access.iter().enumerate() {
        make_policy(loader, place, entry)?;
    }
    Ok(())
}

fn make_context(loader: &mut Loader<'_>, place: usize, entry: &AuthenticationContextEntry) -> Result<(), Fault> {
    let name = &entry.name;
    let Some(context) = AuthenticationContextId::parse(name) else {
        return Err(fault!([CONTEXTS, place, "name"], "'{name}' is not one of c1 to c99"));
    };
    if loader.world.authentication_contexts[..place].iter().any(|it| it.name.eq_ignore_ascii_case(name)) {
        return Err(fault!([CONTEXTS, place, "name"], "'{name}' is the name of an authentication context already"));
    }
    let change = AuthenticationContextChange {
        display_name: entry.display_name.clone(),
        description: entry.description.clone(),
        is_available: Some(entry.available.unwrap_or(true)),
    };
    let command = Command::SetAuthenticationContext { context, change };
    loader.issue(loader.begin, &command, || steps![CONTEXTS, place]).map(drop)
}

fn make_policy(loader: &mut Loader<'_>, place: usize, entry: &ConditionalAccessEntry) -> Result<(), Fault> {
    if entry.applications.is_empty() == entry.contexts.is_empty() {
        return Err(fault!([POLICIES, place], "a policy guards either 'applications' or 'contexts', and one of them"));
    }
    if entry.users.include.is_empty() {
        return Err(fault!([POLICIES, place, "users"], "a policy must include somebody; 'all' is everybody"));
    }
    if entry.grant.is_empty() {
        return Err(fault!([POLICIES, place, "grant"], "a policy must take something, such as 'mfa' or 'block'"));
    }
    let policy = ConditionalAccessPolicy {
        id: ConditionalAccessPolicyId(entry.id.unwrap_or_default()),
        display_name: entry.name.clone(),
        state: match entry.state {
            PolicyState::On => ConditionalAccessState::Enabled,
            PolicyState::Off => ConditionalAccessState::Disabled,
            PolicyState::ReportOnly => ConditionalAccessState::EnabledForReportingButNotEnforced,
        },
        users: users(loader, place, &entry.users)?,
        applications: ConditionalAccessApplications {
            include_applications: applications(loader, place, &entry.applications)?,
            include_authentication_contexts: contexts(loader, place, &entry.contexts)?,
            ..ConditionalAccessApplications::default()
        },
        client_app_types: vec!["all".to_owned()],
        grant_controls: Some(GrantControls {
            operator: match entry.operator {
                Operator::Or => GrantOperator::Or,
                Operator::And => GrantOperator::And,
            },
            built_in_controls: entry.grant.iter().map(|grant| grant.word().to_owned()).collect(),
            custom_authentication_factors: Vec::new(),
            terms_of_use: Vec::new(),
            authentication_strength: None,
        }),
        kept: Vec::new(),
        created: loader.begin,
        modified: None,
    };
    let command = Command::CreateConditionalAccessPolicy(Box::new(policy));
    loader.issue(loader.begin, &command, || steps![POLICIES, place]).map(drop)
}

fn users(loader: &Loader<'_>, place: usize, entry: &PolicyUsers) -> Result<ConditionalAccessUsers, Fault> {
    let include = sorted(loader, place, "include", &entry.include)?;
    let exclude = sorted(loader, place, "exclude", &entry.exclude)?;
    Ok(ConditionalAccessUsers {
        include_users: include.users,
        exclude_users: exclude.users,
        include_groups: include.groups,
        exclude_groups: exclude.groups,
        include_roles: include.roles,
        exclude_roles: exclude.roles,
    })
}

/// Whom a list names, by what they are.
#[derive(Debug, Default)]
struct Sorted {
    users: Vec<ConditionalAccessUser>,
    groups: Vec<PrincipalId>,
    roles: Vec<RoleDefinitionId>,
}

fn sorted(loader: &Loader<'_>, place: usize, key: &'static str, names: &[String]) -> Result<Sorted, Fault> {
    let mut sorted = Sorted::default();
    for (nth, name) in names.iter().enumerate() {
        let here = || steps![POLICIES, place, "users", key, nth];
        match name.as_str() {
            "all" => sorted.users.push(ConditionalAccessUser::All),
            "guests" => sorted.users.push(ConditionalAccessUser::GuestsOrExternalUsers),
            _ => match at(loader.handles.subject(name), here)? {
                Subject::User(id) => sorted.users.push(ConditionalAccessUser::User(id)),
                Subject::Group(id) => sorted.groups.push(id),
                Subject::Role(id) if built_in_roles().iter().any(|role| role.id == id) => sorted.roles.push(id),
                Subject::Role(_) => {
                    let message = format!("'{name}' is a custom role, and a policy can name built-in ones only");
                    return Err(Fault { path: here(), message });
                }
            },
        }
    }
    Ok(sorted)
}

fn applications(loader: &Loader<'_>, place: usize, names: &[String]) -> Result<Vec<String>, Fault> {
    const WORDS: [(&str, &str); 3] =
        [("all", "All"), ("office365", "Office365"), ("adminPortals", "MicrosoftAdminPortals")];
    let known = &loader.names.applications;
    let one = |(nth, name): (usize, &String)| {
        let word = WORDS.iter().find(|(word, _)| word == name).map(|(_, graph)| (*graph).to_owned());
        let named = || known.get(name).map(|it| it.client.to_string());
        let by_id = || Uuid::try_parse(name).ok().map(|id| id.to_string());
        word.or_else(named).or_else(by_id).ok_or_else(|| {
            let candidates = WORDS.iter().map(|(word, _)| *word).chain(known.keys().map(String::as_str));
            let near = did_you_mean(name, candidates);
            fault!([POLICIES, place, "applications", nth], "there is no application named '{name}'{near}")
        })
    };
    names.iter().enumerate().map(one).collect()
}

fn contexts(loader: &Loader<'_>, place: usize, names: &[String]) -> Result<Vec<AuthenticationContextId>, Fault> {
    let known = &loader.world.authentication_contexts;
    let one = |(nth, name): (usize, &String)| {
        let is_there = known.iter().any(|it| it.name.eq_ignore_ascii_case(name));
        AuthenticationContextId::parse(name).filter(|_| is_there).ok_or_else(|| {
            let near = did_you_mean(name, known.iter().map(|it| it.name.as_str()));
            fault!([POLICIES, place, "contexts", nth], "there is no authentication context named '{name}'{near}")
        })
    };
    names.iter().enumerate().map(one).collect()
}
