"""What `az-pim` says when the answer is no. It asks again and again where it should not be asked at all, so time counts."""

import time

import pytest


@pytest.fixture(autouse=True)
def at_once():
    """Every answer with a status from 400 on that is met by a GET is asked for for minutes."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 60


def test_a_rule_of_the_policy(alice):
    refusal = alice.refused("activate", "role", "Contributor", "", "--scope", alice.path("prod/web"), "--duration", "23h")
    assert "RoleAssignmentRequestPolicyValidationFailed" in refusal
    assert "ExpirationRule" in refusal and "JustificationRule" in refusal


def test_a_role_that_one_is_not_eligible_for(alice):
    refusal = alice.refused("activate", "role", "Owner", "because", "--scope", alice.path("prod"))
    assert "role not found" in refusal


def test_what_is_active_too_shortly(alice):
    web = alice.path("prod/web")
    alice("activate", "role", "Contributor", "because", "--scope", web)
    assert "ActiveDurationTooShort" in alice.refused("deactivate", "role", "Contributor", "--scope", web)


def test_one_refused_role_of_a_set(alice):
    prod = alice.path("prod")
    alice("activate", "set", "because", "--role", f"Reader={prod}", "--duration", "1h")
    alice.tenant.clock.advance("PT1M")
    refusal = alice.refused("deactivate", "set", "--role", f"Reader={prod}")
    assert "failed to deactivate the following roles" in refusal
    assert alice.active() == {("Reader", prod)}
