//! What PIM for groups leaves in the log.

use super::kit::{ACTIVE, ELIGIBLE, alice, ask, ask_for, asks, detail, does, gina, names, target, told};
use crate::graph::lab::{ALICE, GINA, Lab, OPS, RITA};
use pim_core::model::{
    Action, ApprovalChange, Approver, GroupAccess, Happening, PolicyChange, PolicySubject, Privilege, ReviewResult,
    RuleChange,
};
use pim_core::time::Length;
use pim_core::{Actor, Ask, Command, PrincipalId};
use serde_json::{Value, json};

const GROUP: PrincipalId = PrincipalId(OPS);

/// The same about a place in Operations. Alice is a member before PIM hears of it, so it is ownership that she is given.
fn owning(ask: Ask) -> Ask {
    Ask { privilege: Privilege::Group { group: GROUP, access: GroupAccess::Owner }, ..ask }
}

fn lasting(length: Length, access: GroupAccess) -> Command {
    Command::UpdatePolicy(PolicyChange {
        subject: PolicySubject::Group(GROUP, access),
        rules: vec![RuleChange::Expiration {
            of: Happening::EndUserAssignment,
            is_expiration_required: None,
            maximum_duration: Some(Some(length)),
        }],
    })
}

fn kinds(record: &Value) -> Vec<&str> {
    record["targetResources"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect()
}

/// AUD-1, AUD-18, AUD-29, GRP-9: the first request lets PIM manage the group, which is told; whom it finds there is not.
#[tokio::test]
async fn a_group_is_onboarded_with_the_first_request_and_whom_pim_finds_is_no_news() {
    let lab = Lab::new();
    let request = asks(&lab, gina(), owning(ask_for(ELIGIBLE, Action::AdminAssign, Length::days(30))));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Onboarded resource to PIM",
            "Add eligible member to role in PIM requested (timebound)",
            "Add eligible member to role in PIM completed (timebound)",
        ]
    );
    for record in &records {
        assert_eq!((&record["category"], &record["loggedByService"]), (&json!("GroupManagement"), &json!("PIM")));
        assert_eq!(record["initiatedBy"]["user"]["id"], json!(GINA));
        assert_eq!(target(record, "Group")["id"], json!(OPS));
        assert_eq!(target(record, "Group")["displayName"], "Operations");
        assert!(!kinds(record).contains(&"Role"), "{record}");
    }
    assert_eq!(kinds(&records[0]), ["Group", "Directory"]);
    assert_eq!(records[0]["operationType"], "Add");
    assert_eq!(kinds(&records[1]), ["Group", "Request", "User", "Directory", "Other"]);
    assert_eq!(target(&records[1], "Request")["id"], json!(request.0));
    assert_eq!(
        (detail(&records[1], "GroupId"), detail(&records[1], "AccessId")),
        (Some(&*OPS.to_string()), Some("owner"))
    );
    assert_eq!(detail(&records[1], "RoleDefinitionOriginId"), None);
}

/// AUD-7, AUD-8, AUD-9, AUD-24, AUD-29: the words are those of roles.
#[tokio::test]
async fn an_activation_of_a_place_in_a_group_is_told_in_the_words_of_roles() {
    let lab = Lab::new();
    // The last owner could not leave.
    does(&lab, Actor::SetUp, &Command::AddOwner { group: GROUP, owner: PrincipalId(RITA) });
    does(&lab, Actor::SetUp, &Command::Request(owning(ask_for(ELIGIBLE, Action::AdminAssign, Length::days(30)))));
    let approval = ApprovalChange {
        is_approval_required: Some(true),
        primary_approvers: Some(vec![Approver { id: PrincipalId(RITA), description: None }]),
        ..ApprovalChange::default()
    };
    let rules = vec![RuleChange::Approval(approval)];
    let subject = PolicySubject::Group(GROUP, GroupAccess::Owner);
    does(&lab, Actor::SetUp, &Command::UpdatePolicy(PolicyChange { subject, rules }));
    let request = asks(&lab, alice(), owning(ask_for(ACTIVE, Action::SelfActivate, Length::hours(2))));
    let justification = Some("ok".to_owned());
    let yes = Command::ReviewApproval { request, result: ReviewResult::Approve, justification };
    does(&lab, super::kit::user(RITA), &yes);
    lab.advance(Length::minutes(10));
    asks(&lab, alice(), owning(ask(ACTIVE, Action::SelfDeactivate)));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add member to role requested (PIM activation)",
            "Add member to role approval requested (PIM activation)",
            "Add member to role request approved (PIM activation)",
            "Request Approved",
            "Add member to role completed (PIM activation)",
            "Remove member from role requested (PIM deactivate)",
            "Remove member from role completed (PIM deactivate)",
        ]
    );
    for record in records.iter().filter(|it| it["loggedByService"] == "PIM") {
        assert_eq!(record["category"], "GroupManagement");
        assert_eq!(target(record, "Group")["id"], json!(OPS));
        assert_eq!(detail(record, "AccessId"), Some("owner"));
    }
    assert_eq!(records[2]["initiatedBy"]["user"]["id"], json!(RITA));
}

/// AUD-15, AUD-18, AUD-29, POL-45: a changed policy says whose it is; the first change lets PIM manage the group.
#[tokio::test]
async fn a_changed_policy_of_a_group_names_group_and_relation() {
    let lab = Lab::new();
    does(&lab, gina(), &lasting(Length::hours(2), GroupAccess::Member));
    does(&lab, gina(), &lasting(Length::hours(3), GroupAccess::Owner));
    let records = told(&lab).await;
    let setting = "Update role setting in PIM";
    assert_eq!(names(&records), ["Onboarded resource to PIM", setting, setting]);
    for (record, access) in records[1..].iter().zip(["member", "owner"]) {
        assert_eq!(record["category"], "GroupManagement");
        assert_eq!(kinds(record), ["Group", "Directory"]);
        assert_eq!(target(record, "Group")["id"], json!(OPS));
        assert_eq!(detail(record, "AccessId"), Some(access));
        assert_eq!(detail(record, "oid"), Some(&*GINA.to_string()));
    }
}

/// AUD-13, GRP-30: what is changed directly in a group that PIM manages is told as an assignment outside PIM, beside what the
/// directory tells; in one that it does not manage it is none of its business.
#[tokio::test]
async fn a_member_added_directly_is_told_of_a_managed_group_alone() {
    let lab = Lab::new();
    does(&lab, gina(), &Command::AddMember { group: GROUP, member: PrincipalId(RITA) });
    does(&lab, Actor::SetUp, &lasting(Length::hours(2), GroupAccess::Member));
    does(&lab, gina(), &Command::AddMember { group: GROUP, member: PrincipalId(GINA) });
    does(&lab, gina(), &Command::RemoveMember { group: GROUP, member: PrincipalId(ALICE) });
    let (records, of_the_directory): (Vec<_>, Vec<_>) =
        told(&lab).await.into_iter().partition(|it| it["loggedByService"] == "PIM");
    assert_eq!(names(&of_the_directory), ["Add member to group", "Add member to group", "Remove member from group"]);
    assert!(of_the_directory.iter().all(|it| it["initiatedBy"]["user"]["id"] == json!(GINA)));
    assert_eq!(
        names(&records),
        ["Add member to role outside of PIM (permanent)", "Remove permanent direct role assignment"]
    );
    assert_eq!(target(&records[0], "User")["id"], json!(GINA));
    assert_eq!(target(&records[1], "User")["id"], json!(ALICE));
    for record in &records {
        assert_eq!(record["category"], "GroupManagement");
        assert_eq!((kinds(record)[0], detail(record, "AccessId")), ("Group", Some("member")));
    }
}
