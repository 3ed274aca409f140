"""An access review, from its creation to what it took away."""

from datetime import date

import pytest
from msgraph.generated.identity_governance.access_reviews.definitions.item.instances.item.batch_record_decisions.batch_record_decisions_post_request_body import (  # noqa: E501
    BatchRecordDecisionsPostRequestBody,
)
from msgraph.generated.models.access_review_instance_decision_item import AccessReviewInstanceDecisionItem
from msgraph.generated.models.access_review_query_scope import AccessReviewQueryScope
from msgraph.generated.models.access_review_reviewer_scope import AccessReviewReviewerScope
from msgraph.generated.models.access_review_schedule_definition import AccessReviewScheduleDefinition
from msgraph.generated.models.access_review_schedule_settings import AccessReviewScheduleSettings
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.patterned_recurrence import PatternedRecurrence
from msgraph.generated.models.recurrence_pattern import RecurrencePattern
from msgraph.generated.models.recurrence_pattern_type import RecurrencePatternType
from msgraph.generated.models.recurrence_range import RecurrenceRange
from msgraph.generated.models.recurrence_range_type import RecurrenceRangeType

from conftest import contoso
from pim import GROUPS_ADMINISTRATOR, query

pytestmark = pytest.mark.anyio

INSTANCES = "/roleManagement/directory/roleEligibilityScheduleInstances"


@pytest.fixture
def reviewed_tenant(make_tenant):
    """Alice and Bob are eligible for Groups Administrator; Rita is asked about them."""
    world = contoso(
        users=[
            {"name": "rita", "displayName": "Rita Reviewer", "mfa": True},
            {"name": "gina", "displayName": "Gina Global", "mfa": True},
        ],
        active=[{"principal": "gina", "role": "Global Administrator"}],
        eligible=[
            {"principal": name, "role": "Groups Administrator", "duration": "P300D"} for name in ("alice", "bob")
        ],
    )
    world["applications"][0]["appRoles"] += ["AccessReview.ReadWrite.All"]
    return make_tenant(world)


def review_by(reviewer: str, **settings) -> AccessReviewScheduleDefinition:
    """A quarterly review of who is eligible."""
    return AccessReviewScheduleDefinition(
        display_name="Groups Administrators",
        description_for_admins="Every quarter",
        description_for_reviewers="Does this person still look after groups?",
        scope=AccessReviewQueryScope(
            odata_type="#microsoft.graph.accessReviewQueryScope",
            query=f"{INSTANCES}?$expand=principal&$filter=(isof(principal,'microsoft.graph.user') "
            f"and roleDefinitionId eq '{GROUPS_ADMINISTRATOR}')",
            query_type="MicrosoftGraph",
        ),
        reviewers=[AccessReviewReviewerScope(query=f"/users/{reviewer}", query_type="MicrosoftGraph")],
        settings=AccessReviewScheduleSettings(
            **{
                "instance_duration_in_days": 14,
                "justification_required_on_approval": True,
                "auto_apply_decisions_enabled": True,
                "default_decision_enabled": False,
                "default_decision": "None",
                "recurrence": PatternedRecurrence(
                    pattern=RecurrencePattern(type=RecurrencePatternType.AbsoluteMonthly, interval=3),
                    range=RecurrenceRange(type=RecurrenceRangeType.NoEnd, start_date=date(2026, 1, 5)),
                ),
            }
            | settings
        ),
    )


def definitions(client):
    return client.identity_governance.access_reviews.definitions


async def only_instance(client, definition: str):
    of_it = definitions(client).by_access_review_schedule_definition_id(definition).instances
    [instance] = (await of_it.get()).value
    return instance, of_it.by_access_review_instance_id(instance.id)


async def eligible(client) -> set[str]:
    instances = client.role_management.directory.role_eligibility_schedule_instances
    page = await instances.get(
        query(
            instances.RoleEligibilityScheduleInstancesRequestBuilderGetQueryParameters(
                filter=f"roleDefinitionId eq '{GROUPS_ADMINISTRATOR}'"
            )
        )
    )
    return {instance.principal_id for instance in page.value}


async def test_a_review_from_its_creation_to_its_result(reviewed_tenant):
    tenant = reviewed_tenant
    alice, bob, rita = (tenant.user(name).id for name in ("alice", "bob", "rita"))
    ci, hers = tenant.as_application(), tenant.as_user("rita")

    made = await definitions(ci).post(review_by(rita))
    assert made.status == "InProgress"
    assert made.settings.recurrence.pattern.type == RecurrencePatternType.AbsoluteMonthly
    assert isinstance(made.scope, AccessReviewQueryScope)

    # What Rita is asked, as she finds it.
    mine = definitions(hers).filter_by_current_user_with_on("reviewer")
    assert [it.id for it in (await mine.get()).value] == [made.id]
    _, of_it = await only_instance(ci, made.id)
    instance, _ = await only_instance(ci, made.id)
    assert instance.status == "InProgress"
    [asked] = (await of_it.contacted_reviewers.get()).value
    assert asked.id == rita
    her_instance = (
        definitions(hers).by_access_review_schedule_definition_id(made.id).instances.by_access_review_instance_id(instance.id)
    )
    lines = (await her_instance.decisions.filter_by_current_user_with_on("reviewer").get()).value
    assert {line.principal.id for line in lines} == {alice, bob}
    assert {line.decision for line in lines} == {"NotReviewed"}
    about = {line.principal.id: her_instance.decisions.by_access_review_instance_decision_item_id(line.id) for line in lines}

    # An approval takes a reason, and nobody else decides.
    with pytest.raises(ODataError) as refusal:
        await about[alice].patch(AccessReviewInstanceDecisionItem(decision="Approve"))
    assert refusal.value.response_status_code == 400
    await about[alice].patch(AccessReviewInstanceDecisionItem(decision="Approve", justification="On the team"))
    await about[bob].patch(AccessReviewInstanceDecisionItem(decision="Deny", justification="He has left"))
    assert await eligible(ci) == {alice, bob}, "nothing is taken away before the end"

    tenant.clock.advance("P14D")
    assert await eligible(ci) == {alice}
    decided = {line.principal.id: line for line in (await of_it.decisions.get()).value}
    assert decided[alice].reviewed_by.id == rita
    assert decided[bob].decision == "Deny"
    assert decided[bob].apply_result == "AppliedSuccessfully"
    with pytest.raises(ODataError) as refusal:
        await about[alice].patch(AccessReviewInstanceDecisionItem(decision="Deny"))
    assert refusal.value.response_status_code == 400


async def test_a_review_is_stopped_and_applied_by_hand(reviewed_tenant):
    tenant = reviewed_tenant
    rita = tenant.user("rita").id
    ci, hers = tenant.as_application(), tenant.as_user("rita")
    made = await definitions(ci).post(
        review_by(rita, auto_apply_decisions_enabled=False, justification_required_on_approval=False)
    )
    instance, of_it = await only_instance(ci, made.id)
    her_instance = (
        definitions(hers).by_access_review_schedule_definition_id(made.id).instances.by_access_review_instance_id(instance.id)
    )
    with pytest.raises(ODataError) as refusal:
        await of_it.apply_decisions.post()
    assert refusal.value.response_status_code == 400, "it is still in progress"
    await her_instance.batch_record_decisions.post(
        BatchRecordDecisionsPostRequestBody(decision="Deny", justification="Nobody needs it")
    )
    await of_it.reset_decisions.post()
    assert {line.decision for line in (await of_it.decisions.get()).value} == {"NotReviewed"}
    await her_instance.batch_record_decisions.post(
        BatchRecordDecisionsPostRequestBody(decision="Deny", justification="Nobody needs it")
    )
    await of_it.stop.post()
    assert (await of_it.get()).status == "Completed"
    assert len(await eligible(ci)) == 2
    await of_it.apply_decisions.post()
    assert await eligible(ci) == set()
    assert {line.apply_result for line in (await of_it.decisions.get()).value} == {"AppliedSuccessfully"}

    await definitions(ci).by_access_review_schedule_definition_id(made.id).delete()
    assert (await definitions(ci).get()).value == []


async def test_what_makes_no_sense_is_refused(reviewed_tenant):
    tenant = reviewed_tenant
    rita = tenant.user("rita").id
    ci = tenant.as_application()
    with pytest.raises(ODataError) as refusal:
        await definitions(ci).post(review_by(rita, instance_duration_in_days=120))
    assert refusal.value.response_status_code == 400
    odd = review_by(rita)
    odd.scope.query = "/roleManagement/directory/roleGuesses"
    with pytest.raises(ODataError) as refusal:
        await definitions(ci).post(odd)
    assert refusal.value.response_status_code == 400
    assert "roleGuesses" in refusal.value.error.message
    with pytest.raises(ODataError) as refusal:
        await definitions(tenant.as_user("alice")).post(review_by(rita))
    assert refusal.value.response_status_code == 403
