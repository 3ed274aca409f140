"""Several requests in one, as the SDK puts them together. Of the answers it reads the statuses: bodies that are JSON it loses."""

import pytest
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

from pim import NOBODY, activate, active_instances

pytestmark = pytest.mark.anyio


async def send(client, items: list[BatchRequestItem]):
    content = BatchRequestContent({item.id: item for item in items})
    return await BatchRequestBuilder(client.request_adapter).post(content)


def step(client, id: str, information, depends_on: list[str] | None = None) -> BatchRequestItem:
    information.path_parameters["baseurl"] = client.request_adapter.base_url
    return BatchRequestItem(request_information=information, id=id, depends_on=depends_on or [])


async def test_reads_and_a_failure_come_back_by_their_ids(tenant):
    client = tenant.as_application()
    alice = tenant.user("alice").id
    responses = await send(
        client,
        [
            step(client, "alice", client.users.by_user_id(alice).to_get_request_information()),
            step(client, "nobody", client.users.by_user_id(NOBODY).to_get_request_information()),
        ],
    )
    assert responses.get_response_status_codes() == {"alice": 200, "nobody": 404}


async def test_an_activation_is_done_before_what_depends_on_it_is_read(eligible_tenant):
    alice = eligible_tenant.user("alice").id
    her = eligible_tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests
    responses = await send(
        her,
        [
            step(her, "1", requests.to_post_request_information(activate(alice))),
            step(her, "2", her.me.to_get_request_information(), depends_on=["1"]),
        ],
    )
    assert responses.get_response_status_codes() == {"1": 201, "2": 200}
    assert len(await active_instances(her)) == 1


async def test_what_depends_on_a_refusal_is_not_tried(tenant):
    alice = tenant.user("alice").id
    her = tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests
    responses = await send(
        her,
        [
            step(her, "1", requests.to_post_request_information(activate(alice))),
            step(her, "2", her.me.to_get_request_information(), depends_on=["1"]),
        ],
    )
    with pytest.raises(ODataError) as refusal:
        await requests.post(activate(alice))
    assert responses.get_response_status_codes() == {"1": refusal.value.response_status_code, "2": 424}
