"""Roles of one's own."""

import pytest

ACTION = "microsoft.directory/applications/basic/update"


@pytest.fixture
def administrator(make_m365, pim_tenant):
    m365 = make_m365(pim_tenant)
    m365.sign_in_as("ci-app")
    return m365


def test_a_role_is_made_changed_and_removed(administrator):
    m365 = administrator
    made = m365.entra(
        "roledefinition add", "--displayName", "Registrar", "--allowedResourceActions", ACTION, "--description", "Registers"
    )
    assert (made["displayName"], made["isBuiltIn"]) == ("Registrar", False)
    assert made["rolePermissions"][0]["allowedResourceActions"] == [ACTION]
    m365.entra("roledefinition set", "--displayName", "Registrar", "--newDisplayName", "Clerk", "--description", "Keeps books")
    changed = m365.entra("roledefinition get", "--id", made["id"], "--properties", "id,displayName,description")
    assert changed == {"id": made["id"], "displayName": "Clerk", "description": "Keeps books"}
    m365.entra("roledefinition remove", "--id", made["id"], "--force")
    assert m365.entra("roledefinition list", "--filter", "displayName eq 'Clerk'") == []


def test_built_in_roles_are_listed_and_found(administrator):
    listed = administrator.entra("roledefinition list", "--properties", "displayName,isBuiltIn")
    assert {"displayName": "Global Reader", "isBuiltIn": True} in listed
    assert len(listed) > 80
    found = administrator.entra("roledefinition get", "--displayName", "Global Reader")
    assert found["id"] == "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
