//! The body of a group: a new one, or what is to be changed of one.

use crate::graph::body::members::Members;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::properties::Given;
use crate::graph::references::{MOST_AT_ONCE, bound};
use pim_core::model::{Group, GroupType, Visibility};
use pim_core::time::Instant;
use pim_core::{AdministrativeUnitId, Command, GroupChange, PrincipalId};
use uuid::Uuid;

/// How refusals name the type.
pub(super) const RESOURCE: &str = "Group";

/// What the service writes itself.
const READ_ONLY: [&str; 17] = [
    "assignedLicenses",
    "createdDateTime",
    "deletedDateTime",
    "expirationDateTime",
    "hasMembersWithLicenseErrors",
    "licenseProcessingState",
    "mail",
    "onPremisesDomainName",
    "onPremisesLastSyncDateTime",
    "onPremisesNetBiosName",
    "onPremisesProvisioningErrors",
    "onPremisesSamAccountName",
    "onPremisesSecurityIdentifier",
    "onPremisesSyncEnabled",
    "proxyAddresses",
    "renewedDateTime",
    "securityIdentifier",
];

/// A body with what the machine has no change for: the sort of the group, which is fixed.
#[derive(Debug, Default)]
pub(super) struct GroupBody {
    pub(super) change: GroupChange,
    mail_enabled: Option<bool>,
    security_enabled: Option<bool>,
    group_types: Option<Vec<String>>,
}

/// Reads a body.
///
/// # Errors
/// When something is of the wrong type or written by the service itself, or an object is referred to that is not there.
pub(super) fn read(call: &Call<'_>) -> Result<GroupBody, GraphError> {
    let (mut body, mut members, mut owners) = (GroupBody::default(), None, None);
    for (name, value) in call.body::<Members>()? {
        let given = |property| Given { resource: RESOURCE, property, value: &value };
        let change = &mut body.change;
        match name.to_ascii_lowercase().as_str() {
            "displayname" => change.display_name = Some(given("displayName").required()?),
            "description" => change.description = Some(given("description").text()?),
            "mailnickname" => change.mail_nickname = Some(given("mailNickname").required()?),
            "membershiprule" => change.membership_rule = given("membershipRule").text()?,
            "isassignabletorole" => {
                change.is_assignable_to_role = Some(given("isAssignableToRole").optional()?.unwrap_or(false));
            }
            "mailenabled" => body.mail_enabled = given("mailEnabled").optional()?,
            "securityenabled" => body.security_enabled = given("securityEnabled").optional()?,
            "grouptypes" => body.group_types = Some(given("groupTypes").texts()?),
            "members@odata.bind" => members = Some(given("members@odata.bind").texts()?),
            "owners@odata.bind" => owners = Some(given("owners@odata.bind").texts()?),
            lower => match READ_ONLY.iter().find(|known| known.eq_ignore_ascii_case(lower)) {
                Some(property) => given(property).read_only()?,
                None => detail(lower, given, change)?,
            },
        }
    }
    (body.change.members, body.change.owners) = (bound(call, members)?, bound(call, owners)?);
    if body.change.members.len() + body.change.owners.len() > MOST_AT_ONCE {
        return Err(GraphError::TooManyReferences);
    }
    Ok(body)
}

/// What is known of few groups. What no group has is passed over, as annotations are.
fn detail<'b>(
    lower: &str,
    given: impl Fn(&'static str) -> Given<'b>,
    change: &mut GroupChange,
) -> Result<(), GraphError> {
    let details = &mut change.details;
    match lower {
        "classification" => details.classification = Some(given("classification").text()?),
        "visibility" => {
            let words = Visibility::ALL.map(|visibility| (visibility.name(), visibility));
            details.visibility = Some(given("visibility").word(words)?);
        }
        "membershipruleprocessingstate" => {
            let paused = given("membershipRuleProcessingState").word([("On", false), ("Paused", true)])?;
            details.is_rule_paused = paused;
        }
        "theme" => details.theme = Some(given("theme").text()?),
        "preferredlanguage" => details.preferred_language = Some(given("preferredLanguage").text()?),
        "preferreddatalocation" => details.preferred_data_location = Some(given("preferredDataLocation").text()?),
        "uniquename" => details.unique_name = Some(given("uniqueName").text()?),
        "creationoptions" => details.creation_options = Some(given("creationOptions").texts()?),
        "resourcebehavioroptions" => {
            details.resource_behavior_options = Some(given("resourceBehaviorOptions").texts()?);
        }
        "resourceprovisioningoptions" => {
            details.resource_provisioning_options = Some(given("resourceProvisioningOptions").texts()?);
        }
        _ => {}
    }
    Ok(())
}

impl GroupBody {
    /// The command that makes the group, in an administrative unit or not.
    ///
    /// # Errors
    /// When something is missing, or does not go with the sort of the group.
    pub(super) fn creation(self, unit: Option<AdministrativeUnitId>) -> Result<Command, GraphError> {
        let Self { change, mail_enabled, security_enabled, group_types } = self;
        let missing = |property| move || GraphError::RequiredValue { property, resource: RESOURCE };
        let fault = |property| GraphError::InvalidValue { property, resource: RESOURCE };
        let display_name = change.display_name.ok_or_else(missing("displayName"))?;
        let mail_enabled = mail_enabled.ok_or_else(missing("mailEnabled"))?;
        let mail_nickname = change.mail_nickname.ok_or_else(missing("mailNickname"))?;
        let security_enabled = security_enabled.ok_or_else(missing("securityEnabled"))?;
        let types = group_types.unwrap_or_default();
        let has = |wanted: &str| types.iter().any(|it| it.eq_ignore_ascii_case(wanted));
        let (is_unified, is_dynamic) = (has("Unified"), has("DynamicMembership"));
        if types.len() != usize::from(is_unified) + usize::from(is_dynamic) {
            return Err(fault("groupTypes"));
        }
        if is_dynamic != change.membership_rule.is_some() {
            return Err(fault("membershipRule"));
        }
        let is_assignable_to_role = change.is_assignable_to_role.unwrap_or(false);
        match (is_unified, mail_enabled, security_enabled) {
            // Security groups of mail are made elsewhere, and a group for neither is none.
            (false, true, _) | (false, false, false) => return Err(GraphError::MailEnabledGroup),
            (true, false, _) => return Err(fault("mailEnabled")),
            (true, true, false) if is_assignable_to_role => return Err(fault("securityEnabled")),
            (true, true, _) | (false, false, true) => {}
        }
        let mut details = change.details;
        details.security_enabled = (is_unified && security_enabled).then_some(true);
        let group = Group {
            id: PrincipalId(Uuid::nil()),
            display_name,
            description: change.description.flatten(),
            mail_nickname,
            group_type: if is_unified { GroupType::Microsoft365 } else { GroupType::Security },
            is_assignable_to_role,
            membership_rule: change.membership_rule,
            on_premises_synced: false,
            created: Instant::FIRST,
            details: details.of(None),
        };
        let GroupChange { members, owners, .. } = change;
        Ok(Command::CreateGroupWith { group: Box::new(group), members, owners, unit })
    }

    /// The change of a group, whose sort can only be repeated.
    ///
    /// # Errors
    /// When it asks for another sort.
    pub(super) fn change_of(self, group: &Group) -> Result<GroupChange, GraphError> {
        let Self { mut change, mail_enabled, security_enabled, group_types } = self;
        let is_unified = group.group_type == GroupType::Microsoft365;
        if mail_enabled.is_some_and(|wanted| wanted != is_unified) {
            return Err(GraphError::ReadOnlyValue { property: "mailEnabled" });
        }
        let is = |wanted: &str| match wanted.to_ascii_lowercase().as_str() {
            "unified" => is_unified,
            "dynamicmembership" => group.membership_rule.is_some(),
            _ => false,
        };
        let count = usize::from(is_unified) + usize::from(group.membership_rule.is_some());
        if group_types.is_some_and(|types| types.len() != count || !types.iter().all(|it| is(it))) {
            return Err(GraphError::ReadOnlyValue { property: "groupTypes" });
        }
        match security_enabled {
            Some(wanted) if wanted == group.is_security_enabled() => {}
            Some(wanted) if is_unified && !group.is_assignable_to_role => {
                change.details.security_enabled = Some(wanted);
            }
            Some(_) => return Err(GraphError::ReadOnlyValue { property: "securityEnabled" }),
            None => {}
        }
        Ok(change)
    }
}
