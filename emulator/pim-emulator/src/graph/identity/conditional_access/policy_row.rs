//! What a Conditional Access policy has inside, as it is written.

use crate::graph::json::{Json, Property, Word};
use pim_core::model::conditional_access::{
    CONDITION, ConditionalAccessPolicy, ConditionalAccessUser, GrantControls, GrantOperator,
};
use pim_odata::Value;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use uuid::Uuid;

/// JSON that is given back as it came.
#[derive(Clone, Debug)]
pub(super) struct Kept<'a>(Cow<'a, str>);

impl<'a> Kept<'a> {
    /// What is kept of an object; null when there is nothing.
    pub(super) fn of(policy: &'a ConditionalAccessPolicy, property: &str) -> Self {
        Self(Cow::Borrowed(policy.kept(property).unwrap_or("null")))
    }

    /// What is kept of a condition that is an object.
    fn condition(policy: &'a ConditionalAccessPolicy, name: &str) -> Self {
        Self::of(policy, &format!("{CONDITION}{name}"))
    }

    /// What is kept of a condition that is a list.
    fn list(policy: &'a ConditionalAccessPolicy, name: &str) -> Self {
        Self(Cow::Borrowed(policy.kept(&format!("{CONDITION}{name}")).unwrap_or("[]")))
    }
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&RawValue>(&self.0).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'a> Property<'a> for Kept<'a> {
    fn write(&self, json: &mut Json) {
        json.raw(&self.0);
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

/// `conditionalAccessConditionSet`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Conditions<'a> {
    client_app_types: Vec<&'a str>,
    applications: Applications<'a>,
    users: Users<'a>,
    locations: Kept<'a>,
    platforms: Kept<'a>,
    devices: Kept<'a>,
    client_applications: Kept<'a>,
    authentication_flows: Kept<'a>,
    user_risk_levels: Kept<'a>,
    sign_in_risk_levels: Kept<'a>,
    service_principal_risk_levels: Kept<'a>,
    insider_risk_levels: Kept<'a>,
}

impl<'a> Conditions<'a> {
    pub(super) fn of(policy: &'a ConditionalAccessPolicy) -> Self {
        Self {
            client_app_types: texts(&policy.client_app_types),
            applications: Applications::of(policy),
            users: Users::of(policy),
            locations: Kept::condition(policy, "locations"),
            platforms: Kept::condition(policy, "platforms"),
            devices: Kept::condition(policy, "devices"),
            client_applications: Kept::condition(policy, "clientApplications"),
            authentication_flows: Kept::condition(policy, "authenticationFlows"),
            user_risk_levels: Kept::list(policy, "userRiskLevels"),
            sign_in_risk_levels: Kept::list(policy, "signInRiskLevels"),
            service_principal_risk_levels: Kept::list(policy, "servicePrincipalRiskLevels"),
            insider_risk_levels: Kept::condition(policy, "insiderRiskLevels"),
        }
    }
}

/// `conditionalAccessApplications`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Applications<'a> {
    include_applications: Vec<&'a str>,
    exclude_applications: Vec<&'a str>,
    include_user_actions: Vec<&'a str>,
    include_authentication_context_class_references: Vec<String>,
    application_filter: Kept<'a>,
}

impl<'a> Applications<'a> {
    fn of(policy: &'a ConditionalAccessPolicy) -> Self {
        let applications = &policy.applications;
        Self {
            include_applications: texts(&applications.include_applications),
            exclude_applications: texts(&applications.exclude_applications),
            include_user_actions: texts(&applications.include_user_actions),
            include_authentication_context_class_references: (applications.include_authentication_contexts.iter())
                .map(ToString::to_string)
                .collect(),
            application_filter: Kept::condition(policy, "applications.applicationFilter"),
        }
    }
}

/// `conditionalAccessUsers`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Users<'a> {
    include_users: Vec<Cow<'a, str>>,
    exclude_users: Vec<Cow<'a, str>>,
    include_groups: Vec<Uuid>,
    exclude_groups: Vec<Uuid>,
    include_roles: Vec<Uuid>,
    exclude_roles: Vec<Uuid>,
    include_guests_or_external_users: Kept<'a>,
    exclude_guests_or_external_users: Kept<'a>,
}

impl<'a> Users<'a> {
    fn of(policy: &'a ConditionalAccessPolicy) -> Self {
        let users = &policy.users;
        Self {
            include_users: users.include_users.iter().map(user).collect(),
            exclude_users: users.exclude_users.iter().map(user).collect(),
            include_groups: users.include_groups.iter().map(|id| id.0).collect(),
            exclude_groups: users.exclude_groups.iter().map(|id| id.0).collect(),
            include_roles: users.include_roles.iter().map(|id| id.0).collect(),
            exclude_roles: users.exclude_roles.iter().map(|id| id.0).collect(),
            include_guests_or_external_users: Kept::condition(policy, "users.includeGuestsOrExternalUsers"),
            exclude_guests_or_external_users: Kept::condition(policy, "users.excludeGuestsOrExternalUsers"),
        }
    }
}

fn user<'a>(user: &ConditionalAccessUser) -> Cow<'a, str> {
    match user {
        ConditionalAccessUser::All => Cow::Borrowed("All"),
        ConditionalAccessUser::Nobody => Cow::Borrowed("None"),
        ConditionalAccessUser::GuestsOrExternalUsers => Cow::Borrowed("GuestsOrExternalUsers"),
        ConditionalAccessUser::User(id) => Cow::Owned(id.to_string()),
    }
}

/// `conditionalAccessGrantControls`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GrantControlsRow<'a> {
    operator: Word,
    built_in_controls: Vec<&'a str>,
    custom_authentication_factors: Vec<&'a str>,
    terms_of_use: Vec<&'a str>,
    authentication_strength: Kept<'a>,
}

impl<'a> GrantControlsRow<'a> {
    pub(super) fn of(policy: &'a ConditionalAccessPolicy) -> Option<Self> {
        let GrantControls { operator, built_in_controls, custom_authentication_factors, terms_of_use, .. } =
            policy.grant_controls.as_ref()?;
        Some(Self {
            operator: Word(match operator {
                GrantOperator::And => "AND",
                GrantOperator::Or => "OR",
            }),
            built_in_controls: texts(built_in_controls),
            custom_authentication_factors: texts(custom_authentication_factors),
            terms_of_use: texts(terms_of_use),
            authentication_strength: Kept::of(policy, "grantControls.authenticationStrength"),
        })
    }
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

crate::complex! {
    Conditions {
        client_app_types / "clientAppTypes", applications / "applications", users / "users", locations / "locations",
        platforms / "platforms", devices / "devices", client_applications / "clientApplications",
        authentication_flows / "authenticationFlows", user_risk_levels / "userRiskLevels",
        sign_in_risk_levels / "signInRiskLevels", service_principal_risk_levels / "servicePrincipalRiskLevels",
        insider_risk_levels / "insiderRiskLevels",
    }
    Applications {
        include_applications / "includeApplications", exclude_applications / "excludeApplications",
        include_user_actions / "includeUserActions",
        include_authentication_context_class_references / "includeAuthenticationContextClassReferences",
        application_filter / "applicationFilter",
    }
    Users {
        include_users / "includeUsers", exclude_users / "excludeUsers", include_groups / "includeGroups",
        exclude_groups / "excludeGroups", include_roles / "includeRoles", exclude_roles / "excludeRoles",
        include_guests_or_external_users / "includeGuestsOrExternalUsers",
        exclude_guests_or_external_users / "excludeGuestsOrExternalUsers",
    }
    GrantControlsRow {
        operator / "operator", built_in_controls / "builtInControls",
        custom_authentication_factors / "customAuthenticationFactors", terms_of_use / "termsOfUse",
        authentication_strength / "authenticationStrength",
    }
}
