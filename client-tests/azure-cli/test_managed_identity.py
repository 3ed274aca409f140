"""A program that runs in Azure, and has an identity there."""

from azure_cli import AzureCli
from conftest import contoso


def test_it_finds_the_endpoint_in_its_environment(make_pim_tenant, tmp_path, started):
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
    [assignment] = az("role", "assignment", "list", "--scope", tenant.made["subscriptions"]["prod"]["path"], "--assignee", found["id"])
    assert (assignment["principalId"], assignment["roleDefinitionName"]) == (found["id"], "Reader")
