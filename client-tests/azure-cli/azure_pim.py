"""PIM for Azure roles as one writes it with `az rest`; Azure CLI has no commands for it."""

import uuid

PIM = "api-version=2020-10-01"
APPROVALS = "api-version=2021-01-01-preview"
CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"


def path(scope: str, collection: str, query: str = PIM) -> str:
    return f"{scope}/providers/Microsoft.Authorization/{collection}?{query}"


def request(tenant, scope: str, user: str, kind: str, of: str = "Assignment", **properties) -> tuple:
    """A request for Contributor there: its address and its body."""
    properties |= {
        "principalId": tenant.user(user).id,
        "requestType": kind,
        "roleDefinitionId": f"{scope}/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}",
    }
    return "put", path(scope, f"role{of}ScheduleRequests/{uuid.uuid4()}"), {"properties": properties}


def activation(tenant, scope: str, user: str, duration: str = "PT2H", **more) -> tuple:
    lasting = {"expiration": {"type": "AfterDuration", "duration": duration}}
    given = {"justification": "Ticket 4711", "scheduleInfo": lasting} | more
    return request(tenant, scope, user, "SelfActivate", **given)


def own(scope: str = "", of: str = "Assignment") -> str:
    """What the caller holds: there, or anywhere."""
    return path(scope, f"role{of}ScheduleInstances", f"{PIM}&$filter=asTarget()")


def activated(az, scope: str = "") -> list[dict]:
    rows = [row["properties"] for row in az.rest("get", own(scope))["value"]]
    return [row for row in rows if row["assignmentType"] == "Activated"]


def policy_of(az, scope: str) -> str:
    """The address of the policy for Contributor there."""
    role = f"{scope}/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}"
    listed = az.rest("get", path(scope, "roleManagementPolicyAssignments", f"{PIM}&$filter=roleDefinitionId eq '{role}'"))
    [assignment] = listed["value"]
    return f"{assignment['properties']['policyId']}?{PIM}"
