//! What access reviews leave in the log.

use super::kit::{alice, does, gina, names, privilege, target, told, tries};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, Lab};
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewDefault, AccessReviewPrincipals, AccessReviewProperties, AccessReviewResource,
    AccessReviewResult, AccessReviewReviewers, AccessReviewScope, AccessReviewSettings, AccessReviewTarget,
    ReviewerScope,
};
use pim_core::time::Length;
use pim_core::{
    AccessReviewCommand, AccessReviewInstanceChange, AccessReviewInstanceId, AccessReviewLines, Actor, Command,
    PrincipalId, RoleDefinitionId,
};
use serde_json::json;
use uuid::{Uuid, uuid};

const GLOBAL_ADMINISTRATOR: Uuid = uuid!("62e90394-69f5-4237-9190-012177145e10");

/// Gina reviews who holds a role, for a week.
fn properties(role: Uuid, settings: AccessReviewSettings) -> Box<AccessReviewProperties> {
    let gina = ReviewerScope { who: AccessReviewReviewers::User(PrincipalId(GINA)), kept: None };
    Box::new(AccessReviewProperties {
        display_name: "Quarterly".to_owned(),
        description_for_admins: String::new(),
        description_for_reviewers: String::new(),
        scope: AccessReviewScope {
            target: AccessReviewTarget::One(AccessReviewResource::DirectoryRole(RoleDefinitionId(role))),
            principals: vec![AccessReviewPrincipals::Users],
            assignments: AccessReviewAssignments::All,
            is_transitive: false,
            inactive_for: None,
        },
        reviewers: vec![gina],
        fallback_reviewers: Vec::new(),
        settings: AccessReviewSettings { instance_duration_in_days: 7, ..settings },
        stages: Vec::new(),
        additional_recipients: Vec::new(),
        kept: Vec::new(),
    })
}

/// Makes a review; answers its instance, which runs.
fn review(lab: &Lab, role: Uuid, settings: AccessReviewSettings) -> AccessReviewInstanceId {
    let create = AccessReviewCommand::Create { id: None, properties: properties(role, settings) };
    let made = does(lab, gina(), &create.into()).made.expect("an id");
    lab.tenant().read(|view| view.access_review_instances(pim_core::AccessReviewDefinitionId(made))[0].id)
}

fn change(instance: AccessReviewInstanceId, change: AccessReviewInstanceChange) -> Command {
    AccessReviewCommand::Change { instance, change }.into()
}

fn decide(instance: AccessReviewInstanceId, decision: AccessReviewResult, reason: &str) -> Command {
    let lines = AccessReviewLines::About { principal: None, resource: None };
    let justification = Some(reason.to_owned());
    change(instance, AccessReviewInstanceChange::RecordDecisions { lines, decision, justification })
}

/// AUD-28, REV-44: a service of its own, with the reviewer and whoever manages reviews as those who did it.
#[tokio::test]
async fn a_review_is_told_by_a_service_of_its_own() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let instance = review(&lab, GROUPS_ADMINISTRATOR, AccessReviewSettings::default());
    does(&lab, gina(), &decide(instance, AccessReviewResult::Approve, "needed"));
    does(&lab, gina(), &decide(instance, AccessReviewResult::DontKnow, "hm"));
    does(&lab, gina(), &change(instance, AccessReviewInstanceChange::ResetDecisions));
    does(&lab, gina(), &decide(instance, AccessReviewResult::Deny, "left the team"));
    does(&lab, gina(), &change(instance, AccessReviewInstanceChange::Stop));
    does(&lab, gina(), &change(instance, AccessReviewInstanceChange::ApplyDecisions));
    assert!(tries(&lab, alice(), &decide(instance, AccessReviewResult::Approve, "mine")).is_err());
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Create access review",
            "Approve decision",
            "Don't know decision",
            "Reset decision",
            "Deny decision",
            "Access review ended",
            "Apply review",
            "Apply decision",
            "Remove permanent eligible role assignment",
        ]
    );
    let denied = &records[4];
    assert_eq!(
        (&denied["loggedByService"], &denied["category"], &denied["resultReason"]),
        (&json!("Access Reviews"), &json!("UserManagement"), &json!("left the team"))
    );
    assert_eq!(denied["initiatedBy"]["user"]["id"], json!(GINA));
    assert_eq!(target(denied, "User")["id"], json!(ALICE));
    assert_eq!(target(denied, "Role")["id"], json!(GROUPS_ADMINISTRATOR));
    assert_eq!(target(denied, "Other")["displayName"], "Quarterly");
    let service = &records[7]["initiatedBy"]["user"]["displayName"];
    assert_eq!(service, "Azure AD PIM", "what happens by itself is the service's doing");
}

/// AUD-28: what goes by the clock, and a line that could not be applied.
#[tokio::test]
async fn what_a_review_does_by_itself_is_told_and_so_is_what_it_could_not() {
    let lab = Lab::new();
    let role = privilege(GLOBAL_ADMINISTRATOR);
    let holders = lab.tenant().read(|view| {
        let open =
            view.instances(pim_core::model::AssignmentKind::Assignment, pim_core::By::Resource(role.resource()), None);
        open.count()
    });
    assert_eq!(holders, 1, "gina alone");
    let settings = AccessReviewSettings {
        default_decision_enabled: true,
        default_decision: AccessReviewDefault::Deny,
        auto_apply_decisions_enabled: true,
        ..AccessReviewSettings::default()
    };
    review(&lab, GLOBAL_ADMINISTRATOR, settings);
    lab.advance(Length::days(8));
    // A scan for alerts has its lines between.
    let mut records = told(&lab).await;
    records.retain(|record| record["loggedByService"] == "Access Reviews");
    assert_eq!(
        names(&records),
        ["Create access review", "Access review ended", "Auto review", "Auto apply review", "Apply decision"]
    );
    let applied = &records[4];
    assert_eq!(
        (&applied["result"], &applied["resultReason"]),
        (&json!("failure"), &json!("AppliedWithUnknownFailure"))
    );
}

/// AUD-28: changing a review and deleting it.
#[tokio::test]
async fn changing_and_deleting_a_review_is_told() {
    let lab = Lab::new();
    let settings = AccessReviewSettings::default;
    let properties = || properties(GROUPS_ADMINISTRATOR, settings());
    let create = AccessReviewCommand::Create { id: None, properties: properties() };
    let made = does(&lab, gina(), &create.into()).made.expect("an id");
    let review = pim_core::AccessReviewDefinitionId(made);
    does(&lab, gina(), &AccessReviewCommand::Replace { review, properties: properties() }.into());
    does(&lab, gina(), &AccessReviewCommand::Delete(review).into());
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Create access review", "Update access review", "Delete access review"]);
    assert_eq!(target(&records[2], "Other")["displayName"], "Quarterly");
    // What the set-up of a tenant does is told by nobody.
    let create = AccessReviewCommand::Create { id: None, properties: properties() };
    does(&lab, Actor::SetUp, &create.into());
    assert_eq!(told(&lab).await.len(), 3);
}
