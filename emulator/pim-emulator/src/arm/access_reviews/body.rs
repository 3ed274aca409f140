//! Bodies of access reviews, bare or as the properties of a resource.

use super::settings::SettingsBody;
use crate::arm::body::Truth;
use crate::arm::error::ArmError;
use crate::arm::front_door::ResourceId;
use pim_core::model::AzureScope;
use pim_core::model::PrincipalKind;
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewPrincipals, AccessReviewProperties, AccessReviewResource, AccessReviewResult,
    AccessReviewReviewers, AccessReviewScope, AccessReviewTarget, ReviewerScope,
};
use pim_core::time::Length;
use pim_core::{AzureRoleDefinitionId, PrincipalId, View};
use uuid::Uuid;

crate::request_body! {
    /// An access review: as a resource, or its properties alone.
    WrappedBody {
        /// What it is like.
        properties / "properties": DefinitionBody,
    }
    /// An access review.
    DefinitionBody {
        /// The name people see.
        display_name / "displayName": String,
        /// What it is for, to whoever manages reviews.
        description_for_admins / "descriptionForAdmins": String,
        /// What it is for, to whoever decides.
        description_for_reviewers / "descriptionForReviewers": String,
        /// Whose access to what.
        scope / "scope": ScopeBody,
        /// Who reviews.
        reviewers / "reviewers": Vec<ReviewerBody>,
        /// Who reviews where nobody else is found.
        backup_reviewers / "backupReviewers": Vec<ReviewerBody>,
        /// By which way reviewers are found.
        reviewers_type / "reviewersType": String,
        /// How it is held.
        settings / "settings": SettingsBody,
    }
    /// Whose access to what is reviewed.
    ScopeBody {
        /// Where.
        resource_id / "resourceId": String,
        /// Which role.
        role_definition_id / "roleDefinitionId": String,
        /// Whose.
        principal_type / "principalType": String,
        /// As what it is held.
        assignment_state / "assignmentState": String,
        /// For how long they must not have signed in.
        inactive_duration / "inactiveDuration": String,
        /// Whether members of groups in groups are reviewed.
        expand_nested_memberships / "expandNestedMemberships": Truth,
    }
    /// Somebody who reviews.
    ReviewerBody {
        /// Who.
        principal_id / "principalId": String,
    }
    /// A decision: as a resource, or its properties alone.
    WrappedDecision {
        /// What it is like.
        properties / "properties": DecisionBody,
    }
    /// A decision on one line, or on all.
    DecisionBody {
        /// What.
        decision / "decision": String,
        /// Why.
        justification / "justification": String,
        /// About whom.
        principal_id / "principalId": String,
    }
}

/// A body that makes no sense, and why.
pub(super) fn invalid(what: impl Into<String>) -> ArmError {
    ArmError::InvalidProperty(what.into())
}

impl DefinitionBody {
    /// What the machine is told of a review at a scope.
    ///
    /// # Errors
    /// What is missing, or is not understood.
    pub(super) fn read(self, view: View<'_>, here: &AzureScope) -> Result<AccessReviewProperties, ArmError> {
        let scope = self.scope.unwrap_or_default().read(view, here)?;
        let defaults = view.access_review_defaults(here.id);
        let settings = self.settings.unwrap_or_default().read(&defaults, view.now())?;
        let kind = self.reviewers_type.as_deref();
        let is = |word: &str| kind.is_some_and(|kind| kind.eq_ignore_ascii_case(word));
        let asked = people(view, self.reviewers.as_deref())?;
        let reviewers = if is("Managers") {
            vec![ReviewerScope { who: AccessReviewReviewers::Managers, kept: None }]
        } else if is("Self") {
            Vec::new()
        } else if is("Assigned") && asked.is_empty() {
            return Err(invalid("reviewers are missing"));
        } else if kind.is_none() || is("Assigned") {
            asked
        } else {
            return Err(invalid(format!("reviewersType: '{}' is not one", kind.unwrap_or_default())));
        };
        Ok(AccessReviewProperties {
            display_name: self.display_name.unwrap_or_default(),
            description_for_admins: self.description_for_admins.unwrap_or_default(),
            description_for_reviewers: self.description_for_reviewers.unwrap_or_default(),
            scope,
            reviewers,
            fallback_reviewers: people(view, self.backup_reviewers.as_deref())?,
            settings,
            stages: Vec::new(),
            additional_recipients: Vec::new(),
            kept: Vec::new(),
        })
    }
}

impl ScopeBody {
    fn read(&self, view: View<'_>, here: &AzureScope) -> Result<AccessReviewScope, ArmError> {
        let at = match self.resource_id.as_deref() {
            None => here,
            Some(path) => view
                .azure_scope_at(path.trim_end_matches('/'))
                .filter(|at| view.azure_covers(here.id, at.id))
                .ok_or_else(|| invalid(format!("scope.resourceId: '{path}' is not at this scope")))?,
        };
        let role = self.role_definition_id.as_deref().ok_or_else(|| invalid("scope.roleDefinitionId is missing"))?;
        let resource = AccessReviewResource::AzureRole { role: role_named(role)?, scope: at.id };
        let inactive_for = self.inactive_duration.as_deref().map(|text| {
            Length::parse(text).map_err(|error| invalid(format!("scope.inactiveDuration: '{text}': {error}")))
        });
        Ok(AccessReviewScope {
            target: AccessReviewTarget::One(resource),
            principals: principals(self.principal_type.as_deref())?,
            assignments: assignments(self.assignment_state.as_deref())?,
            is_transitive: self.expand_nested_memberships.is_some_and(|it| it.0),
            inactive_for: inactive_for.transpose()?,
        })
    }
}

/// A role by its full id, or by its GUID alone.
fn role_named(text: &str) -> Result<AzureRoleDefinitionId, ArmError> {
    let name = ResourceId::parse(text).map_or_else(|| text.to_owned(), |id| id.name);
    let role = Uuid::try_parse(&name).map(AzureRoleDefinitionId);
    role.map_err(|_| invalid(format!("scope.roleDefinitionId: '{text}' is not the id of a role")))
}

fn principals(kind: Option<&str>) -> Result<Vec<AccessReviewPrincipals>, ArmError> {
    let both = vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups];
    let Some(kind) = kind else { return Ok(both) };
    match kind.replace(' ', "").to_ascii_lowercase().as_str() {
        "user,group" => Ok(both),
        "user" => Ok(vec![AccessReviewPrincipals::Users]),
        "guestuser" | "redeemedguestuser" => Ok(vec![AccessReviewPrincipals::Guests]),
        "serviceprincipal" => Ok(vec![AccessReviewPrincipals::ServicePrincipals]),
        _ => Err(invalid(format!("scope.principalType: '{kind}' is not one"))),
    }
}

fn assignments(state: Option<&str>) -> Result<AccessReviewAssignments, ArmError> {
    match state {
        None => Ok(AccessReviewAssignments::All),
        Some(state) if state.eq_ignore_ascii_case("eligible") => Ok(AccessReviewAssignments::Eligible),
        Some(state) if state.eq_ignore_ascii_case("active") => Ok(AccessReviewAssignments::Active),
        Some(state) => Err(invalid(format!("scope.assignmentState: '{state}' is neither eligible nor active"))),
    }
}

/// Users each by themselves, groups by their members.
fn people(view: View<'_>, list: Option<&[ReviewerBody]>) -> Result<Vec<ReviewerScope>, ArmError> {
    let one = |body: &ReviewerBody| {
        let text = body.principal_id.as_deref().unwrap_or_default();
        let id = Uuid::try_parse(text).map(PrincipalId);
        let id = id.map_err(|_| invalid(format!("principalId: '{text}' is no id")))?;
        let who = match view.kind_of(id) {
            Some(PrincipalKind::Group) => AccessReviewReviewers::GroupMembers(id),
            Some(PrincipalKind::User | PrincipalKind::ServicePrincipal) | None => AccessReviewReviewers::User(id),
        };
        Ok(ReviewerScope { who, kept: None })
    };
    list.unwrap_or_default().iter().map(one).collect()
}

impl DecisionBody {
    /// The decision that the body must name.
    ///
    /// # Errors
    /// When it names none.
    pub(super) fn result(&self) -> Result<AccessReviewResult, ArmError> {
        let word = self.decision.as_deref().unwrap_or_default();
        AccessReviewResult::parse(word).ok_or_else(|| invalid(format!("decision: '{word}' is not one")))
    }
}
