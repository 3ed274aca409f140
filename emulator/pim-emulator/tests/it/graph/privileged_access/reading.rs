//! Who may read and write: permissions of tokens, roles, and belonging to the group.

use super::super::lab::{ALICE, GINA, RITA};
use super::{ASSIGN, BOB, DESK, ENTITLE, GROUP, OLGA, ask, client, entitled, lab, make_group};
use pim_core::model::{DirectoryScope, Privilege, roles};
use pim_core::{Command, PrincipalId};
use serde_json::json;
use uuid::Uuid;

const PRIVILEGED: Uuid = Uuid::from_u128(3);

/// AUT-21: the gateway names what would do, in the service's order.
#[tokio::test]
async fn a_missing_permission_is_named() {
    let lab = lab();
    let nobody = lab.with_scopes(GINA, "User.Read");
    let text = |scopes: &str| {
        format!(
            "{{\"errorCode\":\"PermissionScopeNotGranted\",\"message\":\"Authorization failed due to missing permission \
             scope {scopes}.\",\"instanceAnnotations\":[]}}"
        )
    };
    let read = nobody.get(&format!("{GROUP}/eligibilitySchedules")).await.expect(403);
    assert_eq!(read.code(), "UnknownError");
    assert_eq!(
        read.message(),
        text(
            "PrivilegedEligibilitySchedule.Read.AzureADGroup,PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup,\
             PrivilegedAccess.Read.AzureADGroup,PrivilegedAccess.ReadWrite.AzureADGroup"
        )
    );
    let write = nobody.post(ENTITLE, ask("adminAssign", &json!({}))).await.expect(403);
    assert_eq!(
        write.message(),
        text(
            "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup,PrivilegedAccess.ReadWrite.AzureADGroup,\
             PrivilegedEligibilitySchedule.Remove.AzureADGroup"
        )
    );
}

/// AUT-19: the older permission will do, one to remove only removes, one to read only reads.
#[tokio::test]
async fn permissions_do_what_they_are_for() {
    let lab = lab();
    let body = |action| ask(action, &json!({}));
    let older = lab.with_scopes(OLGA, "PrivilegedAccess.ReadWrite.AzureADGroup");
    older.post(ENTITLE, body("adminAssign")).await.expect(201);
    let remover = lab.with_scopes(OLGA, "PrivilegedEligibilitySchedule.Remove.AzureADGroup");
    assert_eq!(remover.post(ENTITLE, body("adminUpdate")).await.expect(403).code(), "UnknownError");
    remover.post(ASSIGN, body("adminRemove")).await.expect(403);
    remover.post(ENTITLE, body("adminRemove")).await.expect(201);
    let reader = lab.with_scopes(OLGA, "PrivilegedAssignmentSchedule.Read.AzureADGroup");
    reader.get(&format!("{ASSIGN}?$filter=groupId eq '{DESK}'")).await.expect(200);
    reader.post(ASSIGN, body("adminAssign")).await.expect(403);
}

/// AUT-4: readers by role, owners and members read the group; everybody reads what is its own.
#[tokio::test]
async fn a_group_is_read_by_those_who_belong_to_it_and_by_readers() {
    let lab = lab();
    let id = format!("{DESK}_member_{}", entitled(&lab).await);
    let of_desk = format!("{GROUP}/eligibilitySchedules?$filter=groupId eq '{DESK}'");
    let one = format!("{GROUP}/eligibilitySchedules/{id}");
    for reader in [GINA, RITA, OLGA, BOB] {
        client(&lab, reader).get(&of_desk).await.expect(200);
        client(&lab, reader).get(&one).await.expect(200);
    }
    let alice = client(&lab, ALICE);
    assert_eq!(alice.get(&of_desk).await.expect(403).code(), "UnauthorizedAccessException");
    alice.get(&one).await.expect(200);
    alice.get(&format!("{of_desk} and principalId eq '{ALICE}'")).await.expect(200);
    let of_alice = format!("{GROUP}/eligibilitySchedules?$filter=principalId eq '{ALICE}'");
    assert_eq!(alice.get(&of_alice).await.expect(200).items().len(), 1);
    client(&lab, BOB).get(&of_alice).await.expect(403);
    let bobs = format!("{GROUP}/assignmentSchedules?$filter=principalId eq '{BOB}'");
    alice.get(&bobs).await.expect(403);
}

/// AUT-10, AUT-11: whoever administers ordinary groups does not see role-assignable ones.
#[tokio::test]
async fn what_a_reader_of_some_groups_may_not_read_is_left_out() {
    let lab = lab();
    make_group(&lab, PRIVILEGED, |group| group.is_assignable_to_role = true);
    entitled(&lab).await;
    let gina = client(&lab, GINA);
    let more = json!({ "groupId": PRIVILEGED });
    gina.post(ENTITLE, ask("adminAssign", &more)).await.expect(201);
    lab.set_up(&Command::CreateRoleAssignment {
        principal: PrincipalId(BOB),
        privilege: Privilege::DirectoryRole { role: roles::GROUPS_ADMINISTRATOR, scope: DirectoryScope::Tenant },
        id: None,
        details: None,
    });
    let of_alice = format!("{GROUP}/eligibilitySchedules?$filter=principalId eq '{ALICE}'");
    assert_eq!(gina.get(&of_alice).await.expect(200).items().len(), 2);
    let bob = client(&lab, BOB);
    let seen = bob.get(&of_alice).await.expect(200);
    assert_eq!(seen.items().len(), 1);
    assert_eq!(seen.items()[0]["groupId"], DESK.to_string());
    bob.get(&format!("{GROUP}/eligibilitySchedules?$filter=groupId eq '{PRIVILEGED}'")).await.expect(403);
    bob.post(ENTITLE, ask("adminRemove", &more)).await.expect(403);
    bob.post(ENTITLE, ask("adminRemove", &json!({}))).await.expect(201);
}

/// LIC-9: without a licence there is no PIM for Groups either.
#[tokio::test]
async fn without_a_licence_there_is_no_pim_for_groups() {
    let lab = lab();
    lab.set_up(&Command::SetLicense(pim_core::model::License::P1));
    let gina = client(&lab, GINA);
    for path in ["eligibilitySchedules", "assignmentScheduleRequests"] {
        assert_eq!(gina.get(&format!("{GROUP}/{path}")).await.expect(400).code(), "AadPremiumLicenseRequired");
    }
    let beta = client(&lab, GINA).beta();
    assert_eq!(beta.get(&format!("{GROUP}/resources")).await.expect(400).code(), "AadPremiumLicenseRequired");
}
