"""Roles of one's own."""

import json


def test_a_role_is_made_changed_held_and_removed(direct, pim_tenant):
    az = direct(pim_tenant)
    az.sign_in_as("ci-app")
    prod = pim_tenant.made["subscriptions"]["prod"]["path"]
    role = {
        "Name": "Restarter",
        "Description": "Restarts machines",
        "Actions": ["Microsoft.Compute/virtualMachines/restart/action"],
        "AssignableScopes": [prod],
    }
    made = az("role", "definition", "create", "--role-definition", json.dumps(role))
    assert (made["roleName"], made["roleType"]) == ("Restarter", "CustomRole")

    actions = [*role["Actions"], "Microsoft.Compute/virtualMachines/read"]
    made["permissions"][0]["actions"] = actions
    changed = az("role", "definition", "update", "--role-definition", json.dumps(made))
    assert changed["permissions"][0]["actions"] == actions
    assert [own["name"] for own in az("role", "definition", "list", "--custom-role-only")] == [made["name"]]

    bob = pim_tenant.user("bob").id
    az("role", "assignment", "create", "--assignee", bob, "--role", "Restarter", "--scope", prod)
    assert "RoleDefinitionHasAssignments" in az.refused("role", "definition", "delete", "--name", "Restarter")
    az("role", "assignment", "delete", "--assignee", bob, "--role", "Restarter", "--scope", prod)
    az("role", "definition", "delete", "--name", "Restarter")
    assert az("role", "definition", "list", "--custom-role-only") == []
