"""From "make her eligible" to "it ended by itself", with the clients as they come from the registry."""

from datetime import datetime, timedelta, timezone

import pytest
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.unified_role_assignment import UnifiedRoleAssignment
from msgraph.generated.models.user import User

from pim import (
    GROUPS_ADMINISTRATOR,
    activate,
    active_instances,
    deactivate,
    lasting,
    make_eligible,
    query,
    role_assignments,
)

pytestmark = pytest.mark.anyio


async def test_a_role_is_made_eligible_activated_and_ends_by_itself(tenant):
    alice = tenant.user("alice").id

    # A pipeline makes Alice eligible.
    pipeline = tenant.as_application()
    directory = pipeline.role_management.directory
    request = await directory.role_eligibility_schedule_requests.post(make_eligible(alice))
    assert request.status == "Provisioned"
    assert request.principal_id == alice
    assert request.created_by.application.id == tenant.application("ci-app").service_principal_id
    assert request.created_by.user is None
    assert request.schedule_info.expiration.duration == timedelta(days=90)

    # Alice signs in by device code and looks at what she may activate.
    her = tenant.as_user("alice")
    me = await her.me.get()
    assert me.id == alice
    directory = her.role_management.directory
    eligible = directory.role_eligibility_schedule_instances.filter_by_current_user_with_on("principal")
    page = await eligible.get(
        query(
            eligible.FilterByCurrentUserWithOnRequestBuilderGetQueryParameters(expand=["principal", "roleDefinition"])
        )
    )
    [row] = page.value
    assert row.role_eligibility_schedule_id == request.target_schedule_id
    assert row.role_definition_id == GROUPS_ADMINISTRATOR
    assert row.role_definition.display_name == "Groups Administrator"
    assert isinstance(row.principal, User)
    assert row.principal.display_name == "Alice Archer"
    assert row.member_type == "Direct"
    assert row.end_date_time - row.start_date_time == timedelta(days=90)

    # She tries it out: everything is checked, nothing happens.
    requests = directory.role_assignment_schedule_requests
    tried = await requests.post(activate(alice, is_validation_only=True))
    assert tried.is_validation_only is True
    assert await active_instances(her) == []

    # Without saying why, she is refused.
    with pytest.raises(ODataError) as refusal:
        await requests.post(activate(alice, justification=None))
    assert refusal.value.response_status_code == 400
    assert refusal.value.error.code == "RoleAssignmentRequestPolicyValidationFailed"
    assert refusal.value.error.message == 'The following policy rules failed: ["JustificationRule"]'

    # With a reason, she is let in.
    activation = await requests.post(activate(alice))
    assert activation.status == "Provisioned"
    assert activation.created_by.user.id == alice
    assert activation.schedule_info.expiration.duration == timedelta(hours=2)

    [active] = await active_instances(her)
    assert active.assignment_type == "Activated"
    assert active.role_assignment_schedule_id == activation.target_schedule_id
    assert active.end_date_time - active.start_date_time == timedelta(hours=2)
    [assignment] = await role_assignments(pipeline, alice)
    assert assignment.role_definition_id == GROUPS_ADMINISTRATOR
    assert assignment.directory_scope_id == "/"

    # Once is enough, and she must stay for five minutes.
    with pytest.raises(ODataError) as refusal:
        await requests.post(activate(alice))
    assert refusal.value.error.code == "RoleAssignmentExists"
    assert refusal.value.error.message == "The Role assignment already exists."
    with pytest.raises(ODataError) as refusal:
        await requests.post(deactivate(alice))
    assert refusal.value.error.code == "ActiveDurationTooShort"
    assert refusal.value.error.message == "The Active duration is too short. Miniumum Required is 5 minutes."

    # Three hours later it is over. The request remains, as a record.
    tenant.clock.advance("PT3H")
    assert await active_instances(her) == []
    assert await role_assignments(pipeline, alice) == []
    record = await requests.by_unified_role_assignment_schedule_request_id(activation.id).get()
    assert record.status == "Provisioned"
    assert record.justification == "Ticket 4711: rename a group"


async def test_an_activation_is_ended_by_hand_and_can_be_begun_again(eligible_tenant):
    alice = eligible_tenant.user("alice").id
    her = eligible_tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests

    await requests.post(activate(alice))
    eligible_tenant.clock.advance("PT10M")
    ended = await requests.post(deactivate(alice))
    assert ended.status == "Revoked"
    assert ended.schedule_info is None
    assert await active_instances(her) == []

    again = await requests.post(activate(alice))
    assert again.status == "Provisioned"
    assert len(await active_instances(her)) == 1


async def test_a_later_start_waits_for_its_time(eligible_tenant):
    alice = eligible_tenant.user("alice").id
    her = eligible_tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests

    start = datetime(2026, 1, 5, 9, 0, tzinfo=timezone.utc)
    booked = await requests.post(activate(alice, schedule=lasting("PT2H", start)))
    assert booked.status in ("ScheduleCreated", "Granted")
    assert booked.schedule_info.start_date_time == start
    assert await active_instances(her) == []

    eligible_tenant.clock.advance("PT90M")
    [active] = await active_instances(her)
    assert active.start_date_time == start
    record = await requests.by_unified_role_assignment_schedule_request_id(booked.id).get()
    assert record.status == "Provisioned"

    eligible_tenant.clock.advance("PT2H")
    assert await active_instances(her) == []


async def test_a_booked_activation_is_cancelled(eligible_tenant):
    alice = eligible_tenant.user("alice").id
    her = eligible_tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests

    start = datetime(2026, 1, 5, 9, 0, tzinfo=timezone.utc)
    booked = await requests.post(activate(alice, schedule=lasting("PT2H", start)))
    request = requests.by_unified_role_assignment_schedule_request_id(booked.id)
    await request.cancel.post()
    assert (await request.get()).status == "Canceled"

    eligible_tenant.clock.advance("PT90M")
    assert await active_instances(her) == []

    with pytest.raises(ODataError) as refusal:
        await request.cancel.post()
    assert refusal.value.response_status_code == 400
    assert refusal.value.error.code == "RequestCannotBeCancelled"


async def test_an_assignment_made_outside_pim_is_seen_and_taken_away(tenant):
    client = tenant.as_application()
    directory = client.role_management.directory
    bob = tenant.user("bob").id
    made = await directory.role_assignments.post(
        UnifiedRoleAssignment(principal_id=bob, role_definition_id=GROUPS_ADMINISTRATOR, directory_scope_id="/")
    )
    assert [row.id for row in await role_assignments(client, bob)] == [made.id]

    [instance] = await active_instances(tenant.as_user("bob"))
    assert instance.assignment_type == "Assigned"
    assert instance.role_assignment_origin_id == made.id
    assert instance.end_date_time is None

    await directory.role_assignments.by_unified_role_assignment_id(made.id).delete()
    assert await role_assignments(client, bob) == []
    assert await active_instances(tenant.as_user("bob")) == []
