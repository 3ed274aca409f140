"""Requests to PIM, as somebody would write them with the SDK's own classes."""

from __future__ import annotations

from datetime import datetime

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.expiration_pattern import ExpirationPattern
from msgraph.generated.models.expiration_pattern_type import ExpirationPatternType
from msgraph.generated.models.request_schedule import RequestSchedule
from msgraph.generated.models.unified_role_assignment_schedule_request import UnifiedRoleAssignmentScheduleRequest
from msgraph.generated.models.unified_role_eligibility_schedule_request import UnifiedRoleEligibilityScheduleRequest
from msgraph.generated.models.unified_role_schedule_request_actions import UnifiedRoleScheduleRequestActions as Action

GROUPS_ADMINISTRATOR = "fdd7a751-b60b-444a-984c-02652fe8fa1c"
GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
NOBODY = "00000000-1111-2222-3333-444444444444"


def query(parameters, headers: dict[str, str] | None = None) -> RequestConfiguration:
    configuration = RequestConfiguration(query_parameters=parameters)
    for name, value in (headers or {}).items():
        configuration.headers.add(name, value)
    return configuration


def lasting(duration: str, start: datetime | None = None) -> RequestSchedule:
    """A schedule of that ISO 8601 duration.

    It goes into `additional_data`: the SDK writes a typed duration as `2:00:00`, which is no ISO 8601.
    """
    expiration = ExpirationPattern(type=ExpirationPatternType.AfterDuration)
    expiration.additional_data = {"duration": duration}
    return RequestSchedule(start_date_time=start, expiration=expiration)


def make_eligible(principal: str, role: str = GROUPS_ADMINISTRATOR, schedule: RequestSchedule | None = None, **more):
    return UnifiedRoleEligibilityScheduleRequest(
        action=Action.AdminAssign,
        principal_id=principal,
        role_definition_id=role,
        directory_scope_id="/",
        justification="Second line support",
        schedule_info=schedule or lasting("P90D"),
        **more,
    )


def activate(principal: str, role: str = GROUPS_ADMINISTRATOR, schedule: RequestSchedule | None = None, **more):
    return UnifiedRoleAssignmentScheduleRequest(
        **{"justification": "Ticket 4711: rename a group"} | more,
        action=Action.SelfActivate,
        principal_id=principal,
        role_definition_id=role,
        directory_scope_id="/",
        schedule_info=schedule or lasting("PT2H"),
    )


def deactivate(principal: str, role: str = GROUPS_ADMINISTRATOR):
    return UnifiedRoleAssignmentScheduleRequest(
        action=Action.SelfDeactivate, principal_id=principal, role_definition_id=role, directory_scope_id="/"
    )


async def active_instances(client) -> list:
    """Where the caller is active now."""
    instances = client.role_management.directory.role_assignment_schedule_instances
    page = await instances.filter_by_current_user_with_on("principal").get()
    return page.value


async def role_assignments(client, principal: str) -> list:
    """What the directory itself says that the principal holds."""
    assignments = client.role_management.directory.role_assignments
    page = await assignments.get(
        query(assignments.RoleAssignmentsRequestBuilderGetQueryParameters(filter=f"principalId eq '{principal}'"))
    )
    return page.value
