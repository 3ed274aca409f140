"""The ways in that need no person at this machine."""

from certificate import make_certificate
from conftest import contoso


def test_a_person_with_a_password(make_m365, pim_tenant):
    status = make_m365(pim_tenant).sign_in("alice")
    assert status["connectedAs"] == pim_tenant.user("alice").user_principal_name
    assert (status["authType"], status["appTenant"]) == ("password", pim_tenant.id)


def test_a_person_at_a_device(make_m365, pim_tenant):
    m365 = make_m365(pim_tenant)
    waiting = m365.login("m365", "--authType", "deviceCode")
    code = waiting.says(r"enter the code (\w+) to authenticate")[1]
    pim_tenant.emulator.approve_device_code(code, "alice")
    ended = waiting.end()
    assert ended.code == 0, ended
    assert m365("status")["connectedAs"] == pim_tenant.user("alice").user_principal_name


def test_an_application_with_its_secret(make_m365, pim_tenant):
    """It reads the name of the application in the token."""
    status = make_m365(pim_tenant).sign_in_as("ci-app")
    assert (status["connectedAs"], status["authType"]) == ("CI pipeline", "secret")


def test_an_application_with_its_certificate(make_m365, make_pim_tenant, tmp_path):
    certificate = make_certificate(tmp_path)
    world = contoso(applications=[{"name": "nightly", "displayName": "Nightly", "certificates": [certificate.public]}])
    m365 = make_m365(make_pim_tenant(world))
    given = ("--certificateFile", str(certificate.file), "--thumbprint", certificate.thumbprint)
    m365.login("nightly", "--authType", "certificate", *given).json()
    assert m365("status")["connectedAs"] == "Nightly"


def test_a_wrong_password_and_a_wrong_secret(make_m365, pim_tenant):
    m365 = make_m365(pim_tenant)
    upn = pim_tenant.user("alice").user_principal_name
    ended = m365.login("m365", "--authType", "password", "--userName", upn, "--password", "wrong").end()
    assert (ended.code, "AADSTS50126" in ended.errors) == (1, True)
    ended = m365.login("ci-app", "--authType", "secret", "--secret", "wrong").end()
    assert (ended.code, "AADSTS7000215" in ended.errors) == (1, True)


def test_who_has_signed_out(alice):
    alice.run("logout")
    assert alice("status") == "Logged out"
    assert "Log in to Microsoft 365 first" in alice.refused("entra", "pim", "role", "assignment", "list")
