"""Roles of one's own."""

import pytest
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.unified_role_definition import UnifiedRoleDefinition
from msgraph.generated.models.unified_role_permission import UnifiedRolePermission

from pim import activate, active_instances, make_eligible

pytestmark = pytest.mark.anyio


async def test_a_role_of_ones_own_is_made_activated_renamed_and_removed(tenant):
    client = tenant.as_application()
    roles = client.role_management.directory.role_definitions
    role = await roles.post(
        UnifiedRoleDefinition(
            display_name="Application Registration Support",
            description="Updates basic properties of applications",
            is_enabled=True,
            role_permissions=[
                UnifiedRolePermission(allowed_resource_actions=["microsoft.directory/applications/basic/update"])
            ],
        )
    )
    assert role.is_built_in is False
    assert role.role_permissions[0].allowed_resource_actions == ["microsoft.directory/applications/basic/update"]

    alice = tenant.user("alice").id
    directory = client.role_management.directory
    made = await directory.role_eligibility_schedule_requests.post(make_eligible(alice, role=role.id))
    assert made.status == "Provisioned"
    her = tenant.as_user("alice")
    await her.role_management.directory.role_assignment_schedule_requests.post(activate(alice, role=role.id))
    [active] = await active_instances(her)
    assert active.role_definition_id == role.id

    by_id = roles.by_unified_role_definition_id
    await by_id(role.id).patch(UnifiedRoleDefinition(display_name="Application Support"))
    assert (await by_id(role.id).get()).display_name == "Application Support"

    spare = await roles.post(
        UnifiedRoleDefinition(
            display_name="Spare",
            is_enabled=True,
            role_permissions=[
                UnifiedRolePermission(allowed_resource_actions=["microsoft.directory/applications/basic/update"])
            ],
        )
    )
    await by_id(spare.id).delete()
    with pytest.raises(ODataError) as refusal:
        await by_id(spare.id).get()
    assert refusal.value.response_status_code == 404
