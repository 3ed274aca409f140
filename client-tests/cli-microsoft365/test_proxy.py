"""The program has the cloud's addresses built in; nothing leads it here but its environment."""

import time


def test_nothing_else_is_reached_or_waited_for(alice):
    """What it reports to Application Insights is refused at once, and it goes on."""
    alice.run("cli", "config", "set", "--key", "disableTelemetry", "--value", "false")
    began = time.monotonic()
    assert alice.entra("user get", "--userName", alice.tenant.user("alice").user_principal_name)["displayName"] == "Alice Archer"
    assert time.monotonic() - began < 60


def test_without_the_certificate_nothing_is_believed(make_m365, pim_tenant):
    m365 = make_m365(pim_tenant)
    del m365.environment["NODE_EXTRA_CA_CERTS"]
    alice = pim_tenant.user("alice")
    person = ("--userName", alice.user_principal_name, "--password", alice.password)
    # It ends well all the same, and is connected as nobody.
    assert m365.login("m365", "--authType", "password", *person).json()["connectedAs"] == ""
    assert "certificate" in m365.refused("entra", "user", "list")
