//! A line of an access review on its way to the wire.

use super::identity_row::IdentityRow;
use super::instances::{AccessReviewInstanceResource, InstanceRow, resource_id};
use super::spelled::written;
use crate::graph::expand::{Navigation, Related, write_all_as, write_as};
use crate::graph::json::{Json, Property};
use pim_core::model::PrincipalKind;
use pim_core::model::access_review::{AccessReviewDecision, AccessReviewInstance, AccessReviewResource};
use pim_core::time::Instant;
use pim_core::{AzureScopeId, View};
use pim_odata::Value;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// A line with the instance that it is in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DecisionRow<'v> {
    pub(super) view: View<'v>,
    pub(super) instance: &'v AccessReviewInstance,
    pub(super) decision: &'v AccessReviewDecision,
}

/// Where the links of lines lead, whatever name the emulator was reached by.
const GRAPH: &str = "https://graph.microsoft.com/v1.0";

impl<'v> DecisionRow<'v> {
    pub(super) fn principal(&self) -> IdentityRow<'v> {
        IdentityRow::reviewed(self.view, self.decision.principal)
    }

    pub(super) fn reviewed_by(&self) -> IdentityRow<'v> {
        IdentityRow::actor(self.view, self.decision.reviewed.as_ref().map(|it| it.by))
    }

    pub(super) fn applied_by(&self) -> IdentityRow<'v> {
        IdentityRow::actor(self.view, self.decision.applied.as_ref().map(|it| it.by))
    }

    pub(super) fn justification(&self) -> &'v str {
        let reviewed = self.decision.reviewed.as_ref();
        reviewed.and_then(|it| it.justification.as_deref()).unwrap_or_default()
    }

    pub(super) fn reviewed(&self) -> Option<Instant> {
        self.decision.reviewed.as_ref().map(|it| it.at)
    }

    pub(super) fn applied(&self) -> Option<Instant> {
        self.decision.applied.as_ref().map(|it| it.at)
    }

    pub(super) fn principal_link(&self) -> Option<String> {
        let id = self.decision.principal;
        let collection = match self.view.kind_of(id)? {
            PrincipalKind::User => "users",
            PrincipalKind::Group => "groups",
            PrincipalKind::ServicePrincipal => "servicePrincipals",
        };
        Some(format!("{GRAPH}/{collection}/{id}"))
    }

    /// A role of Azure has no address on Graph.
    pub(super) fn resource_link(&self) -> Option<String> {
        match self.instance.resource {
            AccessReviewResource::DirectoryRole(role) => {
                Some(format!("{GRAPH}/roleManagement/directory/roleDefinitions/{role}"))
            }
            AccessReviewResource::Group(group) => Some(format!("{GRAPH}/groups/{group}")),
            AccessReviewResource::AzureRole { .. } => None,
        }
    }

    pub(super) const fn resource(&self) -> ResourceRow<'v> {
        ResourceRow { view: self.view, resource: self.instance.resource }
    }

    pub(super) const fn target(&self) -> TargetRow<'v> {
        TargetRow(*self)
    }
}

impl Related for DecisionRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match (navigation.name, navigation.target.of_review()) {
            ("insights", Some(wanted)) => {
                let insight = self.decision.last_sign_in.map(|last_sign_in| InsightRow {
                    id: self.decision.id.0,
                    made: self.instance.start,
                    last_sign_in,
                });
                write_all_as::<SignInInsight>(insight, wanted, json);
            }
            ("instance", Some(wanted)) => {
                let row = InstanceRow { view: self.view, instance: self.instance };
                write_as::<AccessReviewInstanceResource>(Some(&row), wanted, json);
            }
            (_, _) => json.raw("null"),
        }
    }
}

crate::entity! {
    /// What is known of somebody's sign-ins. Other insights are not emulated.
    SignInInsight(InsightRow) = "userSignInInsight" by |_it| "#microsoft.graph.userSignInInsight"; {
        "id": string = |it| it.id;
        "insightCreatedDateTime": instant = |it| it.made;
        "lastSignInDateTime": instant = |it| it.last_sign_in;
    }
    navigations []
}

/// A sign-in that recommendations rest on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InsightRow {
    id: Uuid,
    made: Instant,
    last_sign_in: Instant,
}

impl Related for InsightRow {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What is reviewed: `accessReviewInstanceDecisionItemResource`.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResourceRow<'v> {
    view: View<'v>,
    resource: AccessReviewResource,
}

impl<'v> ResourceRow<'v> {
    pub(super) const fn id(&self) -> Uuid {
        resource_id(self.resource)
    }

    pub(super) fn name(&self) -> Option<&'v str> {
        match self.resource {
            AccessReviewResource::DirectoryRole(role) => self.view.role(role).map(|it| it.display_name.as_str()),
            AccessReviewResource::Group(group) => self.view.name_of(group),
            AccessReviewResource::AzureRole { role, .. } => self.view.azure_role(role).map(|it| it.role_name.as_str()),
        }
    }

    pub(super) const fn kind(&self) -> &'static str {
        match self.resource {
            AccessReviewResource::DirectoryRole(_) => "DirectoryRole",
            AccessReviewResource::Group(_) => "Group",
            AccessReviewResource::AzureRole { .. } => "AzureRole",
        }
    }

    /// The place where a role of Azure is held.
    fn write_scope(&self, scope: AzureScopeId, json: &mut Json) {
        let found = self.view.azure_scope(scope);
        json.key("scope");
        json.open();
        json.key("id");
        json.text(found.map_or("", |it| it.path.as_str()));
        json.key("displayName");
        json.value(&found.map(|it| it.display_name.as_str()));
        json.key("type");
        json.plain(found.map_or("", |it| it.kind.name()));
        json.close();
    }
}

impl<'v> Property<'v> for ResourceRow<'v> {
    fn write(&self, json: &mut Json) {
        json.open();
        if let AccessReviewResource::AzureRole { .. } = self.resource {
            json.kind("#microsoft.graph.accessReviewInstanceDecisionItemAzureRoleResource");
        }
        json.key("id");
        json.uuid(self.id());
        json.key("displayName");
        json.value(&self.name());
        json.key("type");
        json.plain(self.kind());
        if let AccessReviewResource::AzureRole { scope, .. } = self.resource {
            self.write_scope(scope, json);
        }
        json.close();
    }

    fn value(self) -> Value<'v> {
        Value::Null
    }
}

impl Serialize for ResourceRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        written(self, serializer)
    }
}

/// Whom a line is about, as beta says it beside `principal`.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetRow<'v>(DecisionRow<'v>);

impl<'v> Property<'v> for TargetRow<'v> {
    fn write(&self, json: &mut Json) {
        let (view, id) = (self.0.view, self.0.decision.principal);
        json.open();
        json.kind("#microsoft.graph.accessReviewInstanceDecisionItemUserTarget");
        json.key("userId");
        json.uuid(id.0);
        json.key("userDisplayName");
        json.value(&view.name_of(id));
        json.key("userPrincipalName");
        json.value(&view.user_principal_name_of(id));
        json.close();
    }

    fn value(self) -> Value<'v> {
        Value::Null
    }
}

impl Serialize for TargetRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        written(self, serializer)
    }
}
