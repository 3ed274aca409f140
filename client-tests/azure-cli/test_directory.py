"""`az ad`: the directory."""

import pytest

from conftest import contoso


@pytest.fixture
def az(direct, pim_tenant):
    az = direct(pim_tenant)
    az.sign_in_as("ci-app")
    return az


def test_who_is_signed_in(proxied, pim_tenant):
    az = proxied(pim_tenant)
    az.sign_in("alice")
    alice = pim_tenant.user("alice")
    me, by_name = az.each(("ad", "signed-in-user", "show"), ("ad", "user", "show", "--id", alice.user_principal_name))
    assert me["id"] == by_name["id"] == alice.id
    assert me["displayName"] == "Alice Archer"


def test_users_are_found_made_changed_and_removed(az, pim_tenant):
    alice = pim_tenant.user("alice")
    by_id, by_name, by_filter, groups = az.each(
        ("ad", "user", "list", "--upn", alice.user_principal_name),
        ("ad", "user", "list", "--display-name", "Alice"),
        ("ad", "user", "list", "--filter", "startswith(displayName,'Bob')"),
        ("ad", "user", "get-member-groups", "--id", alice.id),
    )
    assert [user["id"] for user in by_id] == [user["id"] for user in by_name] == [alice.id]
    assert [user["displayName"] for user in by_filter] == ["Bob Baker"]
    assert groups == [{"displayName": "Operators", "id": pim_tenant.group("operators")}]

    upn = f"erin@{pim_tenant.domain}"
    name = ("--display-name", "Erin O'Ek", "--user-principal-name", upn)
    erin = az("ad", "user", "create", *name, "--password", "Correct-horse-7")
    assert (erin["userPrincipalName"], erin["displayName"]) == (upn, "Erin O'Ek")
    az("ad", "user", "update", "--id", upn, "--display-name", "Erin Ek")
    assert az("ad", "user", "show", "--id", erin["id"])["displayName"] == "Erin Ek"
    az("ad", "user", "delete", "--id", upn)
    assert "Request_ResourceNotFound" in az.refused("ad", "user", "show", "--id", upn, "--debug")


def test_groups_are_found_and_their_members_changed(az, pim_tenant):
    operators, bob = pim_tenant.group("operators"), pim_tenant.user("bob").id
    listed, shown, begins, members = az.each(
        ("ad", "group", "list", "--filter", "displayName eq 'Auditors'"),
        ("ad", "group", "show", "--group", "Operators"),
        # Nothing is called so; what begins with it is looked for next.
        ("ad", "group", "show", "--group", "Operat"),
        ("ad", "group", "member", "list", "--group", operators),
    )
    assert [(group["displayName"], group["description"]) for group in listed] == [("Auditors", "Those who look")]
    assert shown["id"] == begins["id"] == operators
    assert [member["userPrincipalName"] for member in members] == [pim_tenant.user("alice").user_principal_name]

    az("ad", "group", "member", "add", "--group", operators, "--member-id", bob)
    check = ("ad", "group", "member", "check", "--group", operators, "--member-id", bob)
    assert az(*check) == {"value": True}
    az("ad", "group", "member", "remove", "--group", operators, "--member-id", bob)
    assert az(*check) == {"value": False}


def test_a_group_is_made_owned_and_removed(az, pim_tenant):
    bob = pim_tenant.user("bob")
    group = az("ad", "group", "create", "--display-name", "On call", "--mail-nickname", "on-call")
    assert (group["displayName"], group["securityEnabled"]) == ("On call", True)
    az("ad", "group", "owner", "add", "--group", group["id"], "--owner-object-id", bob.id)
    [owner] = az("ad", "group", "owner", "list", "--group", group["id"])
    assert owner["userPrincipalName"] == bob.user_principal_name
    az("ad", "group", "delete", "--group", group["id"])
    assert az("ad", "group", "list", "--display-name", "On call") == []


@pytest.fixture
def present(make_pim_tenant):
    """A tenant whose clock is the machine's, by which `az` dates the secrets that it makes."""
    world = contoso()
    del world["tenant"]["now"]
    return make_pim_tenant(world)


def test_an_application_is_made_and_signs_in(direct, present):
    az, other = direct(present), direct(present)
    az.sign_in_as("ci-app")
    application = az("ad", "app", "create", "--display-name", "Backup")
    principal = az("ad", "sp", "create", "--id", application["appId"])
    assert principal["appId"] == application["appId"]
    secret = az("ad", "app", "credential", "reset", "--id", application["appId"])
    assert secret["tenant"] == present.id

    [account] = other(*other.as_service_principal(secret["appId"]), "--password", secret["password"])
    assert account["id"] == present.id, "it may nothing yet, and sees no subscription"

    [found], [kept] = az.each(
        ("ad", "sp", "list", "--display-name", "Backup"),
        ("ad", "app", "credential", "list", "--id", application["appId"]),
    )
    assert found["id"] == principal["id"]
    assert "secretText" not in kept or kept["secretText"] is None
    az("ad", "app", "delete", "--id", application["appId"])
    assert az("ad", "app", "list", "--display-name", "Backup") == []


def test_a_service_principal_with_a_role_in_one_command(direct, present):
    """What every tutorial begins with."""
    az, other = direct(present), direct(present)
    az.sign_in_as("ci-app")
    prod = present.made["subscriptions"]["prod"]["path"]
    made = az("ad", "sp", "create-for-rbac", "--name", "pipeline", "--role", "Reader", "--scopes", prod)
    [account] = other(*other.as_service_principal(made["appId"]), "--password", made["password"])
    assert account["name"] == "Contoso Production", "it is Reader of it"
