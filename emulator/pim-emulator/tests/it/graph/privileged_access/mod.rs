//! PIM for Groups: `desk` is an ordinary group that `olga` owns and `bob` is a plain member of; PIM does not know it yet.
//! `alice` is nobody in particular.

mod approvals;
mod managed_groups;
mod older_service;
mod reading;
mod requests;
mod schedules;
mod settings;

use super::lab::{ALICE, Client, Lab, user};
use pim_core::model::{Group, GroupType};
use pim_core::{Command, PrincipalId};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

pub(super) const DESK: Uuid = uuid!("6d3f0b1a-58c4-4e27-9a60-0b7c8d9e1f23");
pub(super) const OLGA: Uuid = uuid!("e2c4a6b8-1357-4924-8f6a-9bdcefa01234");
pub(super) const BOB: Uuid = uuid!("47a1c3e5-9b2d-4f60-8172-35c6d7e8f901");
pub(super) const GROUP: &str = "identityGovernance/privilegedAccess/group";
pub(super) const ASSIGN: &str = "identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
pub(super) const ENTITLE: &str = "identityGovernance/privilegedAccess/group/eligibilityScheduleRequests";

const SCOPES: &str = "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup \
                      PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup PrivilegedAccess.ReadWrite.AzureADGroup \
                      GroupMember.Read.All";

pub(super) fn lab() -> Lab {
    let lab = Lab::new();
    let now = lab.tenant().clock().now();
    for (id, name) in [(OLGA, "olga"), (BOB, "bob")] {
        lab.set_up(&Command::CreateUser(user(id, name, now)));
    }
    make_group(&lab, DESK, |_| {});
    lab.set_up(&Command::AddOwner { group: PrincipalId(DESK), owner: PrincipalId(OLGA) });
    lab.set_up(&Command::AddMember { group: PrincipalId(DESK), member: PrincipalId(BOB) });
    lab
}

/// Makes a security group that is not role-assignable, but for what `change` does to it.
pub(super) fn make_group(lab: &Lab, id: Uuid, change: impl FnOnce(&mut Group)) {
    let mut group = Group {
        id: PrincipalId(id),
        display_name: "Help desk".to_owned(),
        description: None,
        mail_nickname: format!("group-{id}"),
        group_type: GroupType::Security,
        is_assignable_to_role: false,
        membership_rule: None,
        on_premises_synced: false,
        created: lab.tenant().clock().now(),
        details: None,
    };
    change(&mut group);
    lab.set_up(&Command::CreateGroup(group));
}

/// Somebody with the permissions that groups take.
pub(super) fn client(lab: &Lab, id: Uuid) -> Client<'_> {
    lab.with_scopes(id, SCOPES)
}

/// A request about alice and membership of the desk, with some members replaced.
pub(super) fn ask(action: &str, more: &Value) -> Value {
    let mut body = json!({
        "action": action,
        "principalId": ALICE,
        "groupId": DESK,
        "accessId": "member",
        "justification": "second line",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT2H" } },
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// Makes alice an eligible member of the desk; the id of the request.
async fn entitled(lab: &Lab) -> String {
    let month = json!({ "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P30D" } } });
    let made = client(lab, OLGA).post(ENTITLE, ask("adminAssign", &month)).await.expect(201);
    id_of(&made.body)
}

/// Lets alice activate her membership of the desk; the id of the request.
async fn activated(lab: &Lab) -> String {
    let made = client(lab, ALICE).post(ASSIGN, ask("selfActivate", &json!({}))).await.expect(201);
    id_of(&made.body)
}

fn id_of(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

/// The ids of the members that the directory knows.
async fn members(lab: &Lab, group: Uuid) -> Vec<String> {
    let found = client(lab, OLGA).get(&format!("groups/{group}/members")).await.expect(200);
    found.items().iter().map(id_of).collect()
}
