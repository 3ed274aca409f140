"""PIM for Groups, by `az rest`, as an application that may."""

from conftest import contoso


def test_membership_is_given_for_a_while(proxied, make_pim_tenant):
    world = contoso()
    world["applications"][0]["appRoles"] += [
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    ]
    world["groups"][1]["roleAssignable"] = True
    tenant = make_pim_tenant(world)
    az = proxied(tenant)
    az.sign_in_as("ci-app")
    auditors, bob = tenant.group("auditors"), tenant.user("bob").id
    pim = "https://graph.microsoft.com/v1.0/identityGovernance/privilegedAccess/group"
    made = az.rest(
        "post",
        f"{pim}/assignmentScheduleRequests",
        {
            "action": "adminAssign",
            "accessId": "member",
            "groupId": auditors,
            "principalId": bob,
            "justification": "Year end",
            "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "P7D"}},
        },
    )
    assert (made["groupId"], made["accessId"]) == (auditors, "member")
    member = ("ad", "group", "member", "check", "--group", auditors, "--member-id", bob)
    assert az(*member) == {"value": True}
    tenant.clock.advance("P7D")
    assert az(*member) == {"value": False}
