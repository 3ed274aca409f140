//! The body of a Conditional Access policy: everything that can be wrong with one is said here.
//!
//! The service answers all of it with one sentence; the detail says which member. `null` takes away what was there. Conditions
//! change one by one, and each is replaced as a whole.

use crate::graph::body::members::Members;
use crate::graph::error::GraphError;
use pim_core::model::conditional_access::{
    AuthenticationContextId, CONDITION, ConditionalAccessApplications, ConditionalAccessPolicy, ConditionalAccessState,
    ConditionalAccessUser, ConditionalAccessUsers, GrantControls, GrantOperator,
};
use pim_core::time::Instant;
use pim_core::{ConditionalAccessChange, ConditionalAccessPolicyId, PrincipalId, RoleDefinitionId};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use uuid::Uuid;

/// The sorts of clients that a policy may be for.
const CLIENT_APP_TYPES: [&str; 6] =
    ["all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "easSupported", "other"];

/// The controls that are built in.
const BUILT_IN_CONTROLS: [&str; 8] = [
    "block",
    "mfa",
    "compliantDevice",
    "domainJoinedDevice",
    "approvedApplication",
    "compliantApplication",
    "passwordChange",
    "riskRemediation",
];

/// What a member that is kept must look like.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// An object, in which what is included and excluded are lists.
    Object,
    /// A list of texts.
    Texts,
    /// A text.
    Text,
}

/// The conditions that are kept and not evaluated.
const KEPT_CONDITIONS: [(&str, Shape); 9] = [
    ("locations", Shape::Object),
    ("platforms", Shape::Object),
    ("devices", Shape::Object),
    ("clientApplications", Shape::Object),
    ("authenticationFlows", Shape::Object),
    ("userRiskLevels", Shape::Texts),
    ("signInRiskLevels", Shape::Texts),
    ("servicePrincipalRiskLevels", Shape::Texts),
    ("insiderRiskLevels", Shape::Text),
];

/// A fault of the body, by the member that has it.
fn fault(member: &str, what: impl std::fmt::Display) -> GraphError {
    GraphError::PolicySchema(format!("{member}: {what}"))
}

/// A new policy.
///
/// # Errors
/// When something is missing, unknown or of the wrong type.
pub(super) fn policy(body: Members) -> Result<ConditionalAccessPolicy, GraphError> {
    let change = change(body)?;
    let missing = |member| move || fault(member, "it is missing");
    Ok(ConditionalAccessPolicy {
        id: ConditionalAccessPolicyId(Uuid::nil()),
        display_name: change.display_name.ok_or_else(missing("displayName"))?,
        state: change.state.ok_or_else(missing("state"))?,
        users: change.users.ok_or_else(missing("conditions.users"))?,
        applications: change.applications.ok_or_else(missing("conditions.applications"))?,
        client_app_types: change.client_app_types.unwrap_or_else(|| vec!["all".to_owned()]),
        grant_controls: change.grant_controls.flatten(),
        kept: change.kept.into_iter().filter_map(|(name, text)| Some((name, text?))).collect(),
        created: Instant::FIRST,
        modified: None,
    })
}

/// What a body changes of a policy.
///
/// # Errors
/// When something is unknown or of the wrong type.
pub(super) fn change(body: Members) -> Result<ConditionalAccessChange, GraphError> {
    let mut change = ConditionalAccessChange::default();
    for (name, value) in body {
        match name.to_ascii_lowercase().as_str() {
            "displayname" => change.display_name = read(&name, &value)?,
            "state" => change.state = read::<String>(&name, &value)?.map(|text| state(&text)).transpose()?,
            "conditions" => conditions(members(&name, &value)?, &mut change)?,
            "grantcontrols" => grant_controls(&value, &mut change)?,
            "sessioncontrols" => keep("sessionControls", Shape::Object, &value, &mut change)?,
            // The service writes these itself and passes over what a client says of them.
            "id" | "templateid" | "createddatetime" | "modifieddatetime" | "deleteddatetime" => {}
            _ => annotation(&name)?,
        }
    }
    Ok(change)
}

/// Annotations are passed over; no other member is left when everything known has been asked for.
fn annotation(name: &str) -> Result<(), GraphError> {
    if name.contains('@') { Ok(()) } else { Err(fault(name, "it is unknown")) }
}

fn state(text: &str) -> Result<ConditionalAccessState, GraphError> {
    let found = ConditionalAccessState::ALL.into_iter().find(|state| state.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| fault("state", format_args!("'{text}' is none")))
}

fn conditions(conditions: Members, change: &mut ConditionalAccessChange) -> Result<(), GraphError> {
    for (name, value) in conditions {
        let known = KEPT_CONDITIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name));
        match (name.to_ascii_lowercase().as_str(), known) {
            ("clientapptypes", _) => {
                change.client_app_types =
                    read(&name, &value)?.map(|texts| words(&name, texts, &CLIENT_APP_TYPES)).transpose()?;
            }
            ("applications", _) => applications(members(&name, &value)?, change)?,
            ("users", _) => users(members(&name, &value)?, change)?,
            (_, Some((known, shape))) => keep(&format!("{CONDITION}{known}"), *shape, &value, change)?,
            (_, None) => annotation(&name)?,
        }
    }
    Ok(())
}

fn applications(body: Members, change: &mut ConditionalAccessChange) -> Result<(), GraphError> {
    const FILTER: &str = "conditions.applications.applicationFilter";
    let mut applications = ConditionalAccessApplications::default();
    change.kept.push((FILTER.to_owned(), None));
    for (name, value) in body {
        match name.to_ascii_lowercase().as_str() {
            "includeapplications" => applications.include_applications = list(&name, &value)?,
            "excludeapplications" => applications.exclude_applications = list(&name, &value)?,
            "includeuseractions" => applications.include_user_actions = list(&name, &value)?,
            "includeauthenticationcontextclassreferences" => {
                applications.include_authentication_contexts =
                    parsed(&name, &value, AuthenticationContextId::parse, "is no authentication context")?;
            }
            "applicationfilter" => keep(FILTER, Shape::Object, &value, change)?,
            _ => annotation(&name)?,
        }
    }
    let targets = [
        applications.include_applications.is_empty(),
        applications.include_user_actions.is_empty(),
        applications.include_authentication_contexts.is_empty(),
    ];
    match targets.into_iter().filter(|is_empty| !is_empty).count() {
        0 => Err(fault("applications", "nothing is included")),
        1 => {
            change.applications = Some(applications);
            Ok(())
        }
        _ => Err(GraphError::PolicyTargets),
    }
}

fn users(body: Members, change: &mut ConditionalAccessChange) -> Result<(), GraphError> {
    const GUESTS: [&str; 2] =
        ["conditions.users.includeGuestsOrExternalUsers", "conditions.users.excludeGuestsOrExternalUsers"];
    let mut users = ConditionalAccessUsers::default();
    change.kept.extend(GUESTS.map(|name| (name.to_owned(), None)));
    let principal = |text: &str| Uuid::try_parse(text).ok().map(PrincipalId);
    let role = |text: &str| Uuid::try_parse(text).ok().map(RoleDefinitionId);
    let no_id = "is no id";
    for (name, value) in body {
        match name.to_ascii_lowercase().as_str() {
            "includeusers" => users.include_users = parsed(&name, &value, user, no_id)?,
            "excludeusers" => users.exclude_users = parsed(&name, &value, user, no_id)?,
            "includegroups" => users.include_groups = parsed(&name, &value, principal, no_id)?,
            "excludegroups" => users.exclude_groups = parsed(&name, &value, principal, no_id)?,
            "includeroles" => users.include_roles = parsed(&name, &value, role, no_id)?,
            "excluderoles" => users.exclude_roles = parsed(&name, &value, role, no_id)?,
            "includeguestsorexternalusers" => keep(GUESTS[0], Shape::Object, &value, change)?,
            "excludeguestsorexternalusers" => keep(GUESTS[1], Shape::Object, &value, change)?,
            _ => annotation(&name)?,
        }
    }
    let includes_guests = change.kept.iter().any(|(name, text)| name == GUESTS[0] && text.is_some());
    if users.include_users.is_empty()
        && users.include_groups.is_empty()
        && users.include_roles.is_empty()
        && !includes_guests
    {
        return Err(fault("users", "nobody is included"));
    }
    change.users = Some(users);
    Ok(())
}

fn user(text: &str) -> Option<ConditionalAccessUser> {
    let words = [
        ("All", ConditionalAccessUser::All),
        ("None", ConditionalAccessUser::Nobody),
        ("GuestsOrExternalUsers", ConditionalAccessUser::GuestsOrExternalUsers),
    ];
    let word = words.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, user)| user);
    word.or_else(|| Some(ConditionalAccessUser::User(PrincipalId(Uuid::try_parse(text).ok()?))))
}

fn grant_controls(value: &RawValue, change: &mut ConditionalAccessChange) -> Result<(), GraphError> {
    const STRENGTH: &str = "grantControls.authenticationStrength";
    change.kept.push((STRENGTH.to_owned(), None));
    let Some(body) = read::<Members>("grantControls", value)? else {
        change.grant_controls = Some(None);
        return Ok(());
    };
    let mut controls = GrantControls {
        operator: GrantOperator::Or,
        built_in_controls: Vec::new(),
        custom_authentication_factors: Vec::new(),
        terms_of_use: Vec::new(),
        authentication_strength: None,
    };
    for (name, value) in body {
        match name.to_ascii_lowercase().as_str() {
            "operator" => controls.operator = operator(&name, &value)?,
            "builtincontrols" => {
                controls.built_in_controls = words(&name, list(&name, &value)?, &BUILT_IN_CONTROLS)?;
            }
            "customauthenticationfactors" => controls.custom_authentication_factors = list(&name, &value)?,
            "termsofuse" => controls.terms_of_use = list(&name, &value)?,
            "authenticationstrength" => {
                controls.authentication_strength = strength(&name, &value)?;
                keep(STRENGTH, Shape::Object, &value, change)?;
            }
            _ => annotation(&name)?,
        }
    }
    change.grant_controls = Some(Some(controls));
    Ok(())
}

fn operator(name: &str, value: &RawValue) -> Result<GrantOperator, GraphError> {
    let text: String = read(name, value)?.unwrap_or_default();
    let words = [("AND", GrantOperator::And), ("OR", GrantOperator::Or)];
    let found = words.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(&text)).map(|(_, operator)| operator);
    found.ok_or_else(|| fault(name, format_args!("'{text}' is neither AND nor OR")))
}

/// The id of an authentication strength, which is named as an object.
fn strength(name: &str, value: &RawValue) -> Result<Option<String>, GraphError> {
    let Some(body) = read::<Members>(name, value)? else { return Ok(None) };
    let id = body.into_iter().find(|(member, _)| member.eq_ignore_ascii_case("id"));
    match id {
        Some((member, id)) => read(&member, &id),
        None => Err(fault(name, "it has no id")),
    }
}

/// Keeps a member as it was written; an empty one is not kept.
fn keep(
    property: &str,
    shape: Shape,
    value: &RawValue,
    change: &mut ConditionalAccessChange,
) -> Result<(), GraphError> {
    let is_empty = match shape {
        Shape::Texts => list(property, value)?.is_empty(),
        Shape::Text => read::<String>(property, value)?.is_none(),
        Shape::Object => {
            let mut is_empty = true;
            for (name, value) in members(property, value)? {
                is_empty = false;
                let lower = name.to_ascii_lowercase();
                if lower.starts_with("include") || lower.starts_with("exclude") {
                    list(&name, &value)?;
                }
            }
            is_empty
        }
    };
    change.kept.push((property.to_owned(), (!is_empty).then(|| value.get().to_owned())));
    Ok(())
}

/// A value; `None` for null.
fn read<T: DeserializeOwned>(name: &str, value: &RawValue) -> Result<Option<T>, GraphError> {
    serde_json::from_str(value.get()).map_err(|error| fault(name, error))
}

fn members(name: &str, value: &RawValue) -> Result<Members, GraphError> {
    Ok(read(name, value)?.unwrap_or_default())
}

fn list(name: &str, value: &RawValue) -> Result<Vec<String>, GraphError> {
    Ok(read(name, value)?.unwrap_or_default())
}

/// A list of texts that each stand for something.
fn parsed<T>(
    name: &str,
    value: &RawValue,
    parse: impl Fn(&str) -> Option<T>,
    otherwise: &str,
) -> Result<Vec<T>, GraphError> {
    let texts = list(name, value)?;
    let read = |text: &String| parse(text).ok_or_else(|| fault(name, format_args!("'{text}' {otherwise}")));
    texts.iter().map(read).collect()
}

/// Words out of a list, in the spelling of the list.
fn words(name: &str, texts: Vec<String>, known: &[&'static str]) -> Result<Vec<String>, GraphError> {
    let word = |text: String| {
        let found = known.iter().find(|word| word.eq_ignore_ascii_case(&text));
        found.map(|word| (*word).to_owned()).ok_or_else(|| fault(name, format_args!("'{text}' is unknown")))
    };
    texts.into_iter().map(word).collect()
}
