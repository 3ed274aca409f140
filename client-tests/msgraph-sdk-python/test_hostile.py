"""A tenant that throttles, fails and lags: what the SDK's own retries come through, and what a caller has to do beside them."""

import pytest
from msgraph.generated.models.o_data_errors.o_data_error import ODataError

from pim import GROUPS_ADMINISTRATOR, activate, active_instances, make_eligible

pytestmark = pytest.mark.anyio


async def until(look, patience: int = 10):
    """What `look` finds: what was just made is seen everywhere a few requests later."""
    for _ in range(patience):
        if found := await look():
            return found
    raise AssertionError("it was never seen")


@pytest.mark.parametrize("seed", [1, 7, 23])
async def test_a_role_is_made_eligible_and_activated_all_the_same(tenant, seed):
    tenant.be_hostile(seed, retryAfter=1)
    alice = tenant.user("alice").id

    directory = tenant.as_application().role_management.directory
    made = await directory.role_eligibility_schedule_requests.post(make_eligible(alice))
    assert made.status in ("Provisioned", "PendingProvisioning")

    her = tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests

    async def activated():
        try:
            return await requests.post(activate(alice))
        except ODataError as error:
            # The eligibility is not there yet for whoever asks too early. Whoever has no answer does not know if it was done.
            if error.error.code in ("RoleAssignmentDoesNotExist", "RoleAssignmentRequestPolicyValidationFailed"):
                return None
            assert error.error.code in ("RoleAssignmentExists", "PendingRoleAssignmentRequest"), error.error.code
            return True

    await until(activated)
    [active] = await until(lambda: active_instances(her))
    assert active.role_definition_id == GROUPS_ADMINISTRATOR
    assert active.assignment_type == "Activated"

    assert any(request["hardships"] for request in tenant.requests()), "the client was never bothered"
    assert tenant.broken_invariants() == []
