"""Pages, filters, order and counts, as the SDK asks for them."""

import pytest
from msgraph_core import PageIterator

from conftest import contoso
from pim import GLOBAL_READER, GROUPS_ADMINISTRATOR, make_eligible, query

pytestmark = pytest.mark.anyio

CROWD = [{"name": f"user{n:03}", "displayName": f"User {n:03}"} for n in range(250)]
EVENTUAL = {"ConsistencyLevel": "eventual"}


async def everything(page, client) -> list:
    """Follows the next links to their end."""
    items = []

    def take(item) -> bool:
        items.append(item)
        return True

    await PageIterator(page, client.request_adapter).iterate(take)
    return items


@pytest.fixture
def crowded(make_tenant):
    return make_tenant(
        contoso(
            users=CROWD,
            eligible=[
                {"principal": user["name"], "role": "Global Reader", "duration": "P90D"} for user in CROWD[:120]
            ],
        )
    )


async def test_users_come_in_pages(crowded):
    client = crowded.as_application()
    first = await client.users.get()
    assert len(first.value) == 100
    assert first.odata_next_link.startswith(f"{crowded.emulator.url}/v1.0/users?")

    users = await everything(first, client)
    assert len(users) == len({user.id for user in users}) == 252


async def test_a_page_is_as_long_as_asked_for(crowded):
    client = crowded.as_application()
    parameters = client.users.UsersRequestBuilderGetQueryParameters(top=30, select=["id", "displayName"])
    first = await client.users.get(query(parameters))
    assert len(first.value) == 30
    users = await everything(first, client)
    assert len({user.id for user in users}) == 252
    assert all(user.display_name and user.user_principal_name is None for user in users)


async def test_eligibilities_come_in_pages(crowded):
    client = crowded.as_application()
    instances = client.role_management.directory.role_eligibility_schedule_instances
    parameters = instances.RoleEligibilityScheduleInstancesRequestBuilderGetQueryParameters(
        filter=f"roleDefinitionId eq '{GLOBAL_READER}'", expand=["principal"], top=50
    )
    rows = await everything(await instances.get(query(parameters)), client)
    assert len(rows) == len({row.principal_id for row in rows}) == 120
    assert {row.principal.display_name for row in rows} == {user["displayName"] for user in CROWD[:120]}


async def test_an_eligibility_is_found_by_its_principal(crowded):
    client = crowded.as_application()
    instances = client.role_management.directory.role_eligibility_schedule_instances
    someone = crowded.user("user007").id
    parameters = instances.RoleEligibilityScheduleInstancesRequestBuilderGetQueryParameters(
        filter=f"principalId eq '{someone}' and roleDefinitionId eq '{GLOBAL_READER}'"
    )
    [row] = (await instances.get(query(parameters))).value
    assert row.principal_id == someone

    parameters.filter = f"principalId eq '{someone}' and roleDefinitionId eq '{GROUPS_ADMINISTRATOR}'"
    assert (await instances.get(query(parameters))).value == []


async def test_users_are_filtered_ordered_and_counted(crowded):
    client = crowded.as_application()
    parameters = client.users.UsersRequestBuilderGetQueryParameters(
        filter="startswith(displayName,'User 01')", orderby=["displayName desc"], count=True, top=4
    )
    page = await client.users.get(query(parameters, EVENTUAL))
    assert page.odata_count == 10
    assert [user.display_name for user in page.value] == ["User 019", "User 018", "User 017", "User 016"]

    assert await client.users.count.get(query(None, EVENTUAL)) == 252


async def test_requests_are_ordered_by_their_age(tenant):
    client = tenant.as_application()
    requests = client.role_management.directory.role_eligibility_schedule_requests
    for user in ("alice", "bob"):
        await requests.post(make_eligible(tenant.user(user).id))
        tenant.clock.advance("PT1M")

    parameters = requests.RoleEligibilityScheduleRequestsRequestBuilderGetQueryParameters(
        filter=f"roleDefinitionId eq '{GROUPS_ADMINISTRATOR}'", orderby=["createdDateTime desc"]
    )
    page = await requests.get(query(parameters))
    assert [row.principal_id for row in page.value] == [tenant.user("bob").id, tenant.user("alice").id]


async def test_a_role_is_found_by_its_name(tenant):
    client = tenant.as_application()
    roles = client.role_management.directory.role_definitions
    parameters = roles.RoleDefinitionsRequestBuilderGetQueryParameters(
        filter="displayName eq 'Groups Administrator'", select=["id", "displayName", "isBuiltIn"]
    )
    [role] = (await roles.get(query(parameters))).value
    assert role.id == GROUPS_ADMINISTRATOR
    assert role.is_built_in is True
    assert role.description is None
