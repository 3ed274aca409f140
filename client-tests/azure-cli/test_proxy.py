"""`az` as it is anywhere, with nothing but its environment changed: `HTTPS_PROXY` and where to find the certificate."""

import time


def test_a_service_principal_needs_nothing_else(proxied, pim_tenant):
    az = proxied(pim_tenant)
    [account] = az.sign_in_as("ci-app")
    assert account["cloudName"] == "AzureCloud"
    listed, me = az.each(("ad", "sp", "show", "--id", pim_tenant.application("ci-app").client_id), ("account", "show"))
    assert listed["displayName"] == "CI pipeline"
    assert me["id"] == account["id"]


def test_a_password_is_taken_on_port_443_alone(proxied, direct, pim_tenant):
    """`az` asks for the user's realm at the authority's host without its port."""
    [account] = proxied(pim_tenant).sign_in("alice")
    assert account["user"]["name"] == pim_tenant.user("alice").user_principal_name
    alice = pim_tenant.user("alice")
    refusal = direct(pim_tenant).refused(
        "login", "-u", alice.user_principal_name, "-p", alice.password, "--tenant", pim_tenant.id
    )
    assert "/common/userrealm/" in refusal


def test_no_other_host_is_waited_for(proxied, pim_tenant):
    az = proxied(pim_tenant)
    az.sign_in_as("ci-app")
    began = time.monotonic()
    assert "Tunnel connection failed: 403" in az.refused("rest", "--url", "https://example.com/", "--skip-authorization-header")
    assert time.monotonic() - began < 30
