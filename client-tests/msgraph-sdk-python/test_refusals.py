"""What a client is told when the answer is no."""

import datetime

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from msgraph.generated.models.expiration_pattern import ExpirationPattern
from msgraph.generated.models.expiration_pattern_type import ExpirationPatternType
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.request_schedule import RequestSchedule

from conftest import contoso
from graph import GraphTenant
from pim import GLOBAL_READER, NOBODY, activate, active_instances, lasting, make_eligible

pytestmark = pytest.mark.anyio


async def refused(awaitable) -> ODataError:
    with pytest.raises(ODataError) as caught:
        await awaitable
    return caught.value


async def test_an_error_carries_everything_that_support_would_ask_for(tenant):
    requests = tenant.as_application().role_management.directory.role_eligibility_schedule_requests
    answer = await refused(requests.post(make_eligible(NOBODY)))
    assert answer.response_status_code == 404
    assert answer.error.code == "SubjectNotFound"
    assert answer.error.message == "The subject is not found."
    assert answer.error.inner_error.request_id
    assert answer.error.inner_error.client_request_id
    assert isinstance(answer.error.inner_error.date, datetime.datetime)


async def test_an_unknown_role_is_not_found(tenant):
    requests = tenant.as_application().role_management.directory.role_eligibility_schedule_requests
    answer = await refused(requests.post(make_eligible(tenant.user("alice").id, role=NOBODY)))
    assert (answer.response_status_code, answer.error.code) == (404, "RoleNotFound")


async def test_an_unknown_request_is_not_found(tenant):
    requests = tenant.as_application().role_management.directory.role_assignment_schedule_requests
    answer = await refused(requests.by_unified_role_assignment_schedule_request_id(NOBODY).get())
    assert answer.response_status_code == 404


async def test_without_eligibility_there_is_nothing_to_activate(eligible_tenant):
    bob = eligible_tenant.as_user("bob")
    requests = bob.role_management.directory.role_assignment_schedule_requests
    answer = await refused(requests.post(activate(eligible_tenant.user("bob").id)))
    assert (answer.response_status_code, answer.error.code) == (400, "RoleAssignmentDoesNotExist")


async def test_nobody_activates_for_somebody_else(eligible_tenant):
    bob = eligible_tenant.as_user("bob")
    requests = bob.role_management.directory.role_assignment_schedule_requests
    answer = await refused(requests.post(activate(eligible_tenant.user("alice").id)))
    assert answer.response_status_code in (400, 403)
    assert await active_instances(eligible_tenant.as_user("alice")) == []


async def test_a_user_without_a_role_makes_nobody_eligible(tenant):
    bob = tenant.as_user("bob")
    requests = bob.role_management.directory.role_eligibility_schedule_requests
    answer = await refused(requests.post(make_eligible(tenant.user("bob").id)))
    assert answer.response_status_code == 403


async def test_several_rules_fail_together(eligible_tenant):
    alice = eligible_tenant.as_user("alice")
    requests = alice.role_management.directory.role_assignment_schedule_requests
    too_long = activate(eligible_tenant.user("alice").id, schedule=lasting("PT23H"), justification=None)
    answer = await refused(requests.post(too_long))
    assert answer.error.code == "RoleAssignmentRequestPolicyValidationFailed"
    assert answer.error.message == 'The following policy rules failed: ["ExpirationRule","JustificationRule"]'


async def test_a_typed_duration_is_refused_as_the_service_refuses_it(eligible_tenant):
    """The SDK writes `timedelta(hours=2)` as `2:00:00`, which is not ISO 8601."""
    schedule = RequestSchedule(
        expiration=ExpirationPattern(
            type=ExpirationPatternType.AfterDuration, duration=datetime.timedelta(hours=2)
        )
    )
    alice = eligible_tenant.as_user("alice")
    requests = alice.role_management.directory.role_assignment_schedule_requests
    answer = await refused(requests.post(activate(eligible_tenant.user("alice").id, schedule=schedule)))
    assert (answer.response_status_code, answer.error.code) == (400, "InvalidRoleAssignmentRequest")


async def test_an_application_without_permissions_is_told_which_it_lacks(tenant):
    requests = tenant.as_application("powerless").role_management.directory.role_eligibility_schedule_requests
    answer = await refused(requests.get())
    assert answer.response_status_code == 403
    assert answer.error.code == "UnknownError"
    assert '"errorCode":"PermissionScopeNotGranted"' in answer.error.message
    assert "RoleManagement.ReadWrite.Directory" in answer.error.message


async def test_a_wrong_secret_does_not_sign_in(tenant):
    client = tenant.as_application(secret="wrong")
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        await client.users.get()


async def test_tenants_know_nothing_of_each_other(make_tenant):
    ours, theirs = make_tenant(contoso()), make_tenant(contoso())
    stranger = GraphTenant(ours.emulator, theirs.made | {"tenantId": ours.id})
    with pytest.raises(ClientAuthenticationError, match="AADSTS700016"):
        await stranger.as_application().users.get()

    answer = await refused(ours.as_application().users.by_user_id(theirs.user("alice").id).get())
    assert (answer.response_status_code, answer.error.code) == (404, "Request_ResourceNotFound")


class Token:
    """A credential that hands out one given token."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_token(self, *_scopes, **_options) -> AccessToken:
        return AccessToken(self.text, 32503680000)


async def test_an_expired_token_is_refused(tenant):
    expired = tenant.token(user="alice", lifetime="-PT5M")
    answer = await refused(tenant.client(Token(expired)).me.get())
    assert (answer.response_status_code, answer.error.code) == (401, "InvalidAuthenticationToken")
    assert "expired" in answer.error.message


async def test_a_token_with_a_broken_signature_is_refused(tenant):
    head, payload, signature = tenant.token(user="alice").split(".")
    broken = ".".join((head, payload, signature[::-1]))
    answer = await refused(tenant.client(Token(broken)).me.get())
    assert (answer.response_status_code, answer.error.code) == (401, "InvalidAuthenticationToken")


async def test_what_is_not_emulated_says_so(tenant):
    """An empty list would be a lie."""
    answer = await refused(tenant.as_application().security.alerts_v2.get())
    assert (answer.response_status_code, answer.error.code) == (501, "NotEmulated")


async def test_global_reader_reads_but_does_not_grant(make_tenant):
    tenant = make_tenant(contoso(active=[{"principal": "bob", "role": "Global Reader"}]))
    bob = tenant.as_user("bob")
    requests = bob.role_management.directory.role_eligibility_schedule_requests
    assert (await requests.get()).value == []
    answer = await refused(requests.post(make_eligible(tenant.user("alice").id, role=GLOBAL_READER)))
    assert answer.response_status_code == 403
