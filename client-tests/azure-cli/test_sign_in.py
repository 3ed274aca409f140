"""Every way in that `az login` has."""

import base64
import json

import pytest

from azure_cli import AzureCli
from certificate import make_certificate
from conftest import contoso


def claims(token: str) -> dict:
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_a_service_principal_with_its_secret(direct, pim_tenant):
    az = direct(pim_tenant)
    [account] = az.sign_in_as("ci-app")
    application = pim_tenant.application("ci-app")
    assert account["id"] == pim_tenant.made["subscriptions"]["prod"]["id"]
    assert (account["name"], account["state"], account["tenantId"]) == ("Contoso Production", "Enabled", pim_tenant.id)
    assert account["user"] == {"name": application.client_id, "type": "servicePrincipal"}

    azure, graph = az.each(
        ("account", "get-access-token"),
        ("account", "get-access-token", "--resource-type", "ms-graph"),
    )
    azure, graph = claims(azure["accessToken"]), claims(graph["accessToken"])
    assert azure["aud"].rstrip("/") == "https://management.core.windows.net"
    assert azure["oid"] == graph["oid"] == application.service_principal_id
    assert azure["idtyp"] == graph["idtyp"] == "app"
    assert "RoleManagement.ReadWrite.Directory" in graph["roles"]


def test_a_wrong_secret(direct, pim_tenant):
    az = direct(pim_tenant)
    client = pim_tenant.application("ci-app").client_id
    assert "AADSTS7000215" in az.refused(*az.as_service_principal(client), "--password", "wrong")


def test_a_tenant_that_knows_no_such_application(direct, make_pim_tenant):
    ours, theirs = make_pim_tenant(contoso()), make_pim_tenant(contoso())
    az = direct(ours)
    stranger = theirs.application("ci-app").client_id
    assert "AADSTS700016" in az.refused(*az.as_service_principal(stranger), "--password", "local-only")


def test_a_person_at_a_device(direct, pim_tenant):
    az = direct(pim_tenant)
    [account] = az.sign_in_at_a_device("alice")
    alice = pim_tenant.user("alice")
    assert account["user"] == {"name": alice.user_principal_name, "type": "user"}
    # The refresh token of the sign-in is redeemed for whatever resource is asked for.
    azure, graph = az.each(
        ("account", "get-access-token"),
        ("account", "get-access-token", "--resource-type", "ms-graph"),
    )
    azure, graph = claims(azure["accessToken"]), claims(graph["accessToken"])
    assert azure["oid"] == graph["oid"] == alice.id
    assert "mfa" in azure["amr"]
    assert graph["upn"] == alice.user_principal_name


def test_a_person_at_a_browser(direct, pim_tenant):
    """The answer comes as a form that the page posts to the program's own port."""
    az = direct(pim_tenant)
    [account] = az.at_a_browser("alice", "--tenant", pim_tenant.id).json()
    assert account["user"]["name"] == pim_tenant.user("alice").user_principal_name


def test_a_person_who_names_no_tenant(proxied, pim_tenant):
    """Signs in anywhere, lists the tenants, and redeems the refresh token in each."""
    az = proxied(pim_tenant)
    [account] = az.at_a_browser("alice").json()
    assert (account["tenantId"], account["name"]) == (pim_tenant.id, "Contoso Production")
    assert account["tenantDefaultDomain"] == pim_tenant.domain
    assert account["tenantDisplayName"] == "Contoso"


def test_a_person_without_a_subscription(proxied, pim_tenant):
    """Who is eligible alone sees none until something is active."""
    az = proxied(pim_tenant)
    bob = pim_tenant.user("bob")
    refusal = az.refused("login", "-u", bob.user_principal_name, "-p", bob.password)
    assert f"No subscriptions found for {bob.user_principal_name}" in refusal
    [account] = az.sign_in("bob")
    assert account["id"] == pim_tenant.id
    assert account["name"] == "N/A(tenant level account)"


def test_a_wrong_password(proxied, pim_tenant):
    az = proxied(pim_tenant)
    upn = pim_tenant.user("alice").user_principal_name
    assert "AADSTS50126" in az.refused("login", "-u", upn, "-p", "wrong")


def test_who_has_signed_out_is_asked_again(direct, pim_tenant):
    az = direct(pim_tenant)
    az.sign_in_as("ci-app")
    az("logout")
    assert "az login" in az.refused("account", "get-access-token")


@pytest.mark.parametrize("way", ["direct", "proxied"])
def test_a_token_for_pim_itself(way, request, pim_tenant):
    """PIM's own service has a resource of its own, of which the cloud's metadata say nothing."""
    az = request.getfixturevalue(way)(pim_tenant)
    az.sign_in_as("ci-app")
    token = az("account", "get-access-token", "--resource", "https://api.azrbac.mspim.azure.com")
    assert claims(token["accessToken"])["oid"] == pim_tenant.application("ci-app").service_principal_id


def test_a_service_principal_with_a_certificate(direct, make_pim_tenant, tmp_path):
    ours, theirs = make_certificate(tmp_path), make_certificate(tmp_path, "stranger")
    world = contoso()
    world["applications"][0]["certificates"] = [ours.public]
    tenant = make_pim_tenant(world)
    az = direct(tenant)
    start = az.as_service_principal(tenant.application("ci-app").client_id)
    assert "AADSTS700027" in az.refused(*start, "--certificate", str(theirs.file))
    [account] = az(*start, "--certificate", str(ours.file))
    assert account["name"] == "Contoso Production"
    assert claims(az("account", "get-access-token")["accessToken"])["appidacr"] == "2"


def test_a_pipeline_with_a_token_of_its_own_issuer(proxied, make_pim_tenant):
    """As a workflow at GitHub signs in: without a secret."""
    issuer, subject = "https://token.actions.githubusercontent.com", "repo:contoso/infra:ref:refs/heads/main"
    world = contoso()
    world["applications"][0]["federatedCredentials"] = [{"name": "main", "issuer": issuer, "subject": subject}]
    tenant = make_pim_tenant(world)

    def minted(subject: str) -> str:
        return tenant.call("POST", "/federated-tokens", {"issuer": issuer, "subject": subject})["token"]

    az = proxied(tenant)
    start = az.as_service_principal(tenant.application("ci-app").client_id)
    assert "AADSTS700213" in az.refused(*start, "--federated-token", minted(subject + "-2"))
    [account] = az(*start, "--federated-token", minted(subject))
    assert account["user"]["type"] == "servicePrincipal"


def test_a_managed_identity(make_pim_tenant, tmp_path, started):
    """As in a container of Azure: the program finds the endpoint in its environment."""
    identity = {"name": "runner", "type": "user", "scope": "prod/web"}
    reader = {"principal": "runner", "azureRole": "Reader", "scope": "prod", "outsidePim": True}
    tenant = make_pim_tenant(contoso(active=[reader], managedIdentities=[identity]))
    place = f"{tenant.emulator.http_url}/_emulator/tenants/{tenant.id}/identities/runner"
    found = tenant.made["managedIdentities"]["runner"]
    environment = {"IDENTITY_ENDPOINT": f"{place}/msi/token", "IDENTITY_HEADER": found["id"]}
    az = AzureCli(tenant, tmp_path / "home", tenant.emulator.proxied | environment)
    started.append(az)
    [account] = az("login", "--identity", "--client-id", found["clientId"])
    assert account["name"] == "Contoso Production"
    assert claims(az("account", "get-access-token")["accessToken"])["oid"] == found["id"]
