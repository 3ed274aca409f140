"""The two groups of a help-desk portal: one holds the role, the other may be let into it.

The *enabled* group is role-assignable and holds an administration role for good. The *eligibility* group is its eligible
member. Whoever is in the eligibility group lets themselves into the enabled group for a while, and administers meanwhile.
"""

import pytest
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.privileged_access_group_assignment_schedule_request import (
    PrivilegedAccessGroupAssignmentScheduleRequest,
)
from msgraph.generated.models.privileged_access_group_eligibility_schedule_request import (
    PrivilegedAccessGroupEligibilityScheduleRequest,
)
from msgraph.generated.models.privileged_access_group_member_type import PrivilegedAccessGroupMemberType
from msgraph.generated.models.privileged_access_group_relationships import PrivilegedAccessGroupRelationships
from msgraph.generated.models.schedule_request_actions import ScheduleRequestActions as Action

from conftest import contoso
from pim import GLOBAL_READER, GROUPS_ADMINISTRATOR, lasting, make_eligible, query

pytestmark = pytest.mark.anyio

PRIVILEGED_ROLE_ADMINISTRATOR = "e8611ab8-c189-46e8-94e1-60213ab1f814"


@pytest.fixture
def portal(make_tenant):
    """Alice is in the eligibility group, Bob is in none, and a pipeline may do everything that PIM for Groups needs."""
    return make_tenant(
        contoso(
            groups=[
                {"name": "eligibility", "displayName": "Help desk (eligible)", "members": ["alice"]},
                {"name": "enabled", "displayName": "Help desk (enabled)", "roleAssignable": True},
            ],
            active=[{"principal": "enabled", "role": PRIVILEGED_ROLE_ADMINISTRATOR, "outsidePim": True}],
            applications=[
                {
                    "name": "ci-app",
                    "secret": "local-only",
                    "appRoles": [
                        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
                        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
                        "GroupMember.Read.All",
                    ],
                }
            ],
        )
    )


def group(tenant, name: str) -> str:
    return tenant.made["groups"][name]["id"]


def let_in(principal: str, into: str):
    return PrivilegedAccessGroupEligibilityScheduleRequest(
        action=Action.AdminAssign,
        access_id=PrivilegedAccessGroupRelationships.Member,
        principal_id=principal,
        group_id=into,
        justification="The desk may let itself in",
        schedule_info=lasting("P180D"),
    )


def activate_membership(principal: str, of: str):
    return PrivilegedAccessGroupAssignmentScheduleRequest(
        action=Action.SelfActivate,
        access_id=PrivilegedAccessGroupRelationships.Member,
        principal_id=principal,
        group_id=of,
        justification="Ticket 4711: a colleague is locked out",
        schedule_info=lasting("PT2H"),
    )


async def members(client, of: str) -> list[str]:
    page = await client.groups.by_group_id(of).members.get()
    return [member.id for member in page.value]


async def test_whoever_may_be_let_in_administers_for_a_while(portal):
    alice, bob = portal.user("alice").id, portal.user("bob").id
    eligibility, enabled = group(portal, "eligibility"), group(portal, "enabled")
    pipeline, her = portal.as_application(), portal.as_user("alice")
    group_pim = pipeline.identity_governance.privileged_access.group

    # The pipeline makes the one group an eligible member of the other, which lets nobody in yet.
    made = await group_pim.eligibility_schedule_requests.post(let_in(eligibility, enabled))
    assert made.status == "Provisioned"
    assert made.target_schedule_id == f"{enabled}_member_{made.id}"
    schedules = group_pim.eligibility_schedules
    schedule = await schedules.by_privileged_access_group_eligibility_schedule_id(made.target_schedule_id).get()
    assert schedule.principal_id == eligibility
    assert schedule.member_type == PrivilegedAccessGroupMemberType.Direct
    assert await members(pipeline, enabled) == []

    # Alice is no administrator: she cannot give a role to anybody.
    roles = her.role_management.directory.role_eligibility_schedule_requests
    with pytest.raises(ODataError) as refusal:
        await roles.post(make_eligible(bob, GLOBAL_READER))
    assert refusal.value.response_status_code == 403

    # She lets herself in, and is a member at once.
    requests = her.identity_governance.privileged_access.group.assignment_schedule_requests
    activation = await requests.post(activate_membership(alice, enabled))
    assert activation.status == "PendingProvisioning"
    requested = requests.by_privileged_access_group_assignment_schedule_request_id(activation.id)
    assert (await requested.get()).status == "Provisioned"
    assert await members(pipeline, enabled) == [alice]

    # PIM knows her as let in through the group, and until when.
    instances = group_pim.assignment_schedule_instances
    page = await instances.get(
        query(
            instances.AssignmentScheduleInstancesRequestBuilderGetQueryParameters(
                filter=f"groupId eq '{enabled}' and accessId eq 'member'", expand=["principal", "activatedUsing"]
            )
        )
    )
    [instance] = page.value
    assert instance.assignment_schedule_id == f"{enabled}_member_{activation.id}"
    assert instance.member_type == PrivilegedAccessGroupMemberType.Group
    assert instance.principal.display_name == "Alice Archer"
    assert instance.activated_using.principal_id == eligibility

    # What the group may do she may do now.
    given = await roles.post(make_eligible(bob, GROUPS_ADMINISTRATOR))
    assert given.status == "Provisioned"
    assert given.created_by.user.id == alice

    # Two hours later she is out again, and can do nothing more. What she did stays.
    portal.clock.advance("PT2H")
    assert await members(pipeline, enabled) == []
    assert (await instances.get(query(
        instances.AssignmentScheduleInstancesRequestBuilderGetQueryParameters(filter=f"groupId eq '{enabled}'")
    ))).value == []
    with pytest.raises(ODataError) as refusal:
        await roles.post(make_eligible(bob, GLOBAL_READER))
    assert refusal.value.response_status_code == 403
    his = portal.as_user("bob").role_management.directory.role_eligibility_schedule_instances
    assert len((await his.filter_by_current_user_with_on("principal").get()).value) == 1


async def test_whoever_is_in_neither_group_is_not_let_in(portal):
    bob, enabled = portal.user("bob").id, group(portal, "enabled")
    pipeline = portal.as_application()
    requests = pipeline.identity_governance.privileged_access.group.eligibility_schedule_requests
    await requests.post(let_in(group(portal, "eligibility"), enabled))

    his = portal.as_user("bob").identity_governance.privileged_access.group
    with pytest.raises(ODataError) as refusal:
        await his.assignment_schedule_requests.post(activate_membership(bob, enabled))
    assert refusal.value.error.code == "RoleAssignmentDoesNotExist"

    # Lists of PIM for Groups are about a group or a principal.
    with pytest.raises(ODataError) as refusal:
        await his.eligibility_schedules.get()
    assert refusal.value.error.code == "MissingParameters"
