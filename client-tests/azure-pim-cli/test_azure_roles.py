"""Activating and giving back."""

import json


def test_a_role_is_activated_waited_for_and_ends(alice):
    web = alice.path("prod/web")
    alice("activate", "role", "Contributor", "because", "--scope", web, "--duration", "2h", "--wait", "20s")
    assert alice.active() == {("Contributor", web)}
    alice.tenant.clock.advance("PT2H")
    assert alice.active() == set()


def test_a_role_is_given_back(alice):
    web = alice.path("prod/web")
    alice("activate", "role", "Contributor", "because", "--scope", web)
    alice.tenant.clock.advance("PT5M")
    alice("deactivate", "role", "Contributor", "--scope", web)
    assert alice.active() == set()


def test_a_set_is_activated_and_given_back(alice, tmp_path):
    prod, web, data = alice.path("prod"), alice.path("prod/web"), alice.path("prod/data")
    config = tmp_path / "roles.json"
    config.write_text(json.dumps([{"role": "Contributor", "scope": data}]), encoding="utf-8")
    given, filed = ("--role", f"Contributor={web}", "--role", f"Reader={prod}"), ("--config", str(config))
    alice("activate", "set", "because", *given, "--duration", "1h", "--wait", "20s")
    alice("activate", "set", "because", *filed)
    assert alice.active() == {("Contributor", web), ("Contributor", data), ("Reader", prod)}
    alice.tenant.clock.advance("PT10M")
    alice("deactivate", "set", *given)
    alice("deactivate", "set", *filed)
    assert alice.active() == set()


def test_activating_again_counts_as_done(alice):
    """The service says `RoleAssignmentExists`, and the client that this is what was wanted."""
    web = alice.path("prod/web")
    for _ in range(2):
        alice("activate", "role", "Contributor", "because", "--scope", web, "--duration", "1h")
    assert alice.active() == {("Contributor", web)}


def test_an_approver_is_waited_for(sign_in, make_pim_tenant, pim_world):
    """What is active says that nobody has approved yet."""
    approval = {"azureRole": "Contributor", "scope": "prod/web", "activation": {"approvers": ["bob"]}}
    alice = sign_in(make_pim_tenant(pim_world | {"policies": [approval]}), "alice")
    ask = ("activate", "role", "Contributor", "because", "--scope", alice.path("prod/web"))
    assert "timed out waiting" in alice.refused(*ask, "--wait", "1s")
    assert "PendingRoleAssignmentRequest" in alice.refused(*ask)
    assert alice.active() == set()
