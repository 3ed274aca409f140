"""Users and groups."""


def test_people_and_groups_are_found(alice):
    upn = alice.tenant.user("bob").user_principal_name
    everybody = alice.entra("user list", "--properties", "displayName,userPrincipalName")
    assert {"displayName": "Bob Baker", "userPrincipalName": upn} in everybody
    assert alice.entra("user get", "--userName", upn)["id"] == alice.tenant.user("bob").id
    group = alice.entra("group get", "--displayName", "Operators")
    assert group["id"] == alice.tenant.group("operators")
    members = alice.entra("group member list", "--groupId", group["id"])
    assert [member["userPrincipalName"] for member in members] == [upn]
