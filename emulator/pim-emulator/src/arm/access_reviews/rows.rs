//! Access reviews, their instances and lines as they are written.

use super::settings::SettingsRow;
use crate::arm::json::Member;
use crate::json::Json;
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewDecision, AccessReviewDefinition, AccessReviewInstance,
    AccessReviewPrincipals, AccessReviewResource, AccessReviewReviewers, ReviewerScope,
};
use pim_core::model::{CreatedBy, PrincipalKind};
use pim_core::time::{Instant, Length};
use pim_core::{AzureRoleDefinitionId, AzureScopeId, PrincipalId, View};

/// Somebody, by the ids and names that there are.
#[derive(Debug)]
pub(super) struct PersonRow<'v> {
    principal_id: Option<PrincipalId>,
    principal_type: Option<&'static str>,
    principal_name: Option<&'v str>,
    user_principal_name: Option<&'v str>,
}

/// Whom a line is about.
#[derive(Debug)]
struct PrincipalRow<'v> {
    id: PrincipalId,
    kind: &'static str,
    display_name: Option<&'v str>,
    user_principal_name: Option<&'v str>,
}

/// What a line is about.
#[derive(Debug)]
struct ResourceRow<'v> {
    id: String,
    kind: &'static str,
    display_name: Option<&'v str>,
}

#[derive(Debug)]
struct ScopeRow<'v> {
    resource_id: &'v str,
    role_definition_id: String,
    principal_type: String,
    assignment_state: Option<&'static str>,
    inactive_duration: Option<Length>,
    expand_nested_memberships: bool,
}

/// A review.
#[derive(Debug)]
pub(super) struct DefinitionProperties<'v> {
    display_name: &'v str,
    status: &'static str,
    description_for_admins: &'v str,
    description_for_reviewers: &'v str,
    created_by: PersonRow<'v>,
    scope: ScopeRow<'v>,
    reviewers: Vec<PersonRow<'v>>,
    backup_reviewers: Vec<PersonRow<'v>>,
    reviewers_type: &'static str,
    settings: SettingsRow,
    instances: Vec<InstanceProperties<'v>>,
}

/// An occurrence of one.
#[derive(Debug)]
pub(super) struct InstanceProperties<'v> {
    status: &'static str,
    start_date_time: Instant,
    end_date_time: Instant,
    reviewers: Vec<PersonRow<'v>>,
    backup_reviewers: Vec<PersonRow<'v>>,
    reviewers_type: &'static str,
}

/// A line of an occurrence.
#[derive(Debug)]
pub(super) struct DecisionProperties<'v> {
    recommendation: &'static str,
    decision: &'static str,
    justification: Option<&'v str>,
    reviewed_date_time: Option<Instant>,
    reviewed_by: Option<PersonRow<'v>>,
    apply_result: &'static str,
    applied_date_time: Option<Instant>,
    applied_by: Option<PersonRow<'v>>,
    principal: PrincipalRow<'v>,
    resource: ResourceRow<'v>,
    insights: Vec<InsightRow>,
}

/// What is known of somebody's sign-ins.
#[derive(Debug)]
struct InsightRow {
    kind: &'static str,
    last_sign_in_date_time: Instant,
    insight_created_date_time: Instant,
}

/// Somebody who is asked.
#[derive(Debug)]
pub(super) struct ReviewerProperties<'v> {
    user_display_name: Option<&'v str>,
    user_principal_name: Option<&'v str>,
    created_date_time: Instant,
}

crate::arm_object! {
    PersonRow<'_> {
        principal_id / "principalId",
        principal_type / "principalType",
        principal_name / "principalName",
        user_principal_name / "userPrincipalName",
    }
    PrincipalRow<'_> {
        id / "id",
        kind / "type",
        display_name / "displayName",
        user_principal_name / "userPrincipalName",
    }
    ResourceRow<'_> { id / "id", kind / "type", display_name / "displayName" }
    ScopeRow<'_> {
        resource_id / "resourceId",
        role_definition_id / "roleDefinitionId",
        principal_type / "principalType",
        assignment_state / "assignmentState",
        inactive_duration / "inactiveDuration",
        expand_nested_memberships / "expandNestedMemberships",
    }
    DefinitionProperties<'_> {
        display_name / "displayName",
        status / "status",
        description_for_admins / "descriptionForAdmins",
        description_for_reviewers / "descriptionForReviewers",
        created_by / "createdBy",
        scope / "scope",
        reviewers / "reviewers",
        backup_reviewers / "backupReviewers",
        reviewers_type / "reviewersType",
        settings / "settings",
        instances / "instances",
    }
    InstanceProperties<'_> {
        status / "status",
        start_date_time / "startDateTime",
        end_date_time / "endDateTime",
        reviewers / "reviewers",
        backup_reviewers / "backupReviewers",
        reviewers_type / "reviewersType",
    }
    DecisionProperties<'_> {
        recommendation / "recommendation",
        decision / "decision",
        justification / "justification",
        reviewed_date_time / "reviewedDateTime",
        reviewed_by / "reviewedBy",
        apply_result / "applyResult",
        applied_date_time / "appliedDateTime",
        applied_by / "appliedBy",
        principal / "principal",
        resource / "resource",
        insights / "insights",
    }
    InsightRow {
        kind / "type",
        last_sign_in_date_time / "lastSignInDateTime",
        insight_created_date_time / "insightCreatedDateTime",
    }
    ReviewerProperties<'_> {
        user_display_name / "userDisplayName",
        user_principal_name / "userPrincipalName",
        created_date_time / "createdDateTime",
    }
}

impl<'v> PersonRow<'v> {
    fn of(view: View<'v>, id: PrincipalId) -> Self {
        Self {
            principal_id: Some(id),
            principal_type: Some(kind(view, id)),
            principal_name: view.name_of(id),
            user_principal_name: view.user_principal_name_of(id),
        }
    }

    /// Whoever did something; the service itself is nobody.
    pub(super) fn actor(view: View<'v>, by: CreatedBy) -> Option<Self> {
        match by {
            CreatedBy::User(id) | CreatedBy::Application(id) => Some(Self::of(view, id)),
            CreatedBy::SetUp | CreatedBy::Service => None,
        }
    }

    fn nobody() -> Self {
        Self { principal_id: None, principal_type: None, principal_name: None, user_principal_name: None }
    }
}

fn kind(view: View<'_>, id: PrincipalId) -> &'static str {
    match view.kind_of(id) {
        Some(PrincipalKind::ServicePrincipal) => "servicePrincipal",
        Some(PrincipalKind::User | PrincipalKind::Group) | None => "user",
    }
}

/// Those of a list who are named.
fn people<'v>(view: View<'v>, list: &[ReviewerScope]) -> Vec<PersonRow<'v>> {
    let named = list.iter().filter_map(|scope| match scope.who {
        AccessReviewReviewers::User(id)
        | AccessReviewReviewers::GroupMembers(id)
        | AccessReviewReviewers::GroupOwners(id)
        | AccessReviewReviewers::ServicePrincipalOwners(id) => Some(id),
        AccessReviewReviewers::OwnersOfReviewedGroup | AccessReviewReviewers::Managers => None,
    });
    named.map(|id| PersonRow::of(view, id)).collect()
}

fn reviewers_type(list: &[ReviewerScope]) -> &'static str {
    let is_managers = |scope: &ReviewerScope| scope.who == AccessReviewReviewers::Managers;
    if list.is_empty() {
        "Self"
    } else if list.iter().any(is_managers) {
        "Managers"
    } else {
        "Assigned"
    }
}

impl<'v> DefinitionProperties<'v> {
    pub(super) fn of(
        view: View<'v>,
        review: &'v AccessReviewDefinition,
        (role, scope): (AzureRoleDefinitionId, AzureScopeId),
    ) -> Self {
        let properties = &review.properties;
        let path = view.azure_scope(scope).map_or("", |it| it.path.as_str());
        let words = properties.scope.principals.iter().map(|principals| match principals {
            AccessReviewPrincipals::Users => "user",
            AccessReviewPrincipals::Guests => "guestUser",
            AccessReviewPrincipals::Groups => "group",
            AccessReviewPrincipals::ServicePrincipals => "servicePrincipal",
        });
        Self {
            display_name: &properties.display_name,
            status: view.access_review_status(review).name(),
            description_for_admins: &properties.description_for_admins,
            description_for_reviewers: &properties.description_for_reviewers,
            created_by: PersonRow::actor(view, review.created_by).unwrap_or_else(PersonRow::nobody),
            scope: ScopeRow {
                resource_id: path,
                role_definition_id: format!("{path}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
                principal_type: words.collect::<Vec<_>>().join(","),
                assignment_state: match properties.scope.assignments {
                    AccessReviewAssignments::All => None,
                    AccessReviewAssignments::Eligible => Some("eligible"),
                    AccessReviewAssignments::Active => Some("active"),
                },
                inactive_duration: properties.scope.inactive_for,
                expand_nested_memberships: properties.scope.is_transitive,
            },
            reviewers: people(view, &properties.reviewers),
            backup_reviewers: people(view, &properties.fallback_reviewers),
            reviewers_type: reviewers_type(&properties.reviewers),
            settings: SettingsRow::of(&properties.settings),
            instances: Vec::new(),
        }
    }
}

impl<'v> InstanceProperties<'v> {
    pub(super) fn of(view: View<'v>, instance: &'v AccessReviewInstance) -> Self {
        Self {
            status: view.access_review_instance_status(instance).name(),
            start_date_time: instance.start,
            end_date_time: instance.end,
            reviewers: people(view, &instance.reviewers),
            backup_reviewers: people(view, &instance.fallback_reviewers),
            reviewers_type: reviewers_type(&instance.reviewers),
        }
    }
}

impl<'v> DecisionProperties<'v> {
    pub(super) fn of(view: View<'v>, instance: &'v AccessReviewInstance, decision: &'v AccessReviewDecision) -> Self {
        let (reviewed, applied) = (decision.reviewed.as_ref(), decision.applied.as_ref());
        let insight = decision.last_sign_in.map(|at| InsightRow {
            kind: "userSignInInsight",
            last_sign_in_date_time: at,
            insight_created_date_time: instance.start,
        });
        Self {
            recommendation: decision.recommendation.name(),
            decision: decision.decision.name(),
            justification: reviewed.and_then(|it| it.justification.as_deref()),
            reviewed_date_time: reviewed.map(|it| it.at),
            reviewed_by: reviewed.and_then(|it| PersonRow::actor(view, it.by)),
            apply_result: decision.apply_result.name(),
            applied_date_time: applied.map(|it| it.at),
            applied_by: applied.and_then(|it| PersonRow::actor(view, it.by)),
            principal: PrincipalRow {
                id: decision.principal,
                kind: kind(view, decision.principal),
                display_name: view.name_of(decision.principal),
                user_principal_name: view.user_principal_name_of(decision.principal),
            },
            resource: ResourceRow::of(view, instance.resource),
            insights: insight.into_iter().collect(),
        }
    }
}

impl<'v> ResourceRow<'v> {
    fn of(view: View<'v>, resource: AccessReviewResource) -> Self {
        let (id, display_name) = match resource {
            AccessReviewResource::AzureRole { role, .. } => {
                (role.to_string(), view.azure_role(role).map(|it| it.role_name.as_str()))
            }
            AccessReviewResource::DirectoryRole(role) => {
                (role.to_string(), view.role(role).map(|it| it.display_name.as_str()))
            }
            AccessReviewResource::Group(group) => (group.to_string(), view.name_of(group)),
        };
        Self { id, kind: "azureRole", display_name }
    }
}

impl<'v> ReviewerProperties<'v> {
    pub(super) fn of(view: View<'v>, instance: &AccessReviewInstance, id: PrincipalId) -> Self {
        Self {
            user_display_name: view.name_of(id),
            user_principal_name: view.user_principal_name_of(id),
            created_date_time: instance.start,
        }
    }
}

/// Something below a review: where it is, its name, its type, and what it is like.
#[derive(Debug)]
pub(super) struct BelowRow<P> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) properties: P,
}

impl<P: Member> Member for BelowRow<P> {
    fn write(&self, json: &mut Json) {
        json.open();
        crate::arm::json::member(json, "properties", &self.properties);
        crate::arm::json::member(json, "id", &self.id);
        crate::arm::json::member(json, "type", &self.kind);
        crate::arm::json::member(json, "name", &self.name);
        json.close();
    }
}
