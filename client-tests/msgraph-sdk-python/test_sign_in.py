"""Signing in beyond what the other tests do in passing."""

import base64
import json

from azure.identity import DeviceCodeCredential

from graph import COMMAND_LINE_CLIENT, GRAPH_SCOPE


def claims(token: str) -> dict:
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def test_one_sign_in_serves_every_resource(tenant):
    """The refresh token of a device-code sign-in is redeemed for another resource without asking again."""
    prompts = []

    def approve(_uri, user_code, _expires):
        prompts.append(user_code)
        tenant.emulator.approve_device_code(user_code, "alice")

    credential = DeviceCodeCredential(
        COMMAND_LINE_CLIENT,
        tenant_id=tenant.id,
        authority=tenant.emulator.url,
        disable_instance_discovery=True,
        prompt_callback=approve,
    )
    graph = claims(credential.get_token(GRAPH_SCOPE).token)
    azure = claims(credential.get_token("https://management.azure.com/.default").token)
    assert len(prompts) == 1

    assert graph["aud"] in ("https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000")
    assert azure["aud"].rstrip("/") in ("https://management.azure.com", "https://management.core.windows.net")
    for token in (graph, azure):
        assert token["oid"] == tenant.user("alice").id
        assert token["tid"] == tenant.id
        assert "mfa" in token["amr"]
    assert graph["upn"] == tenant.user("alice").user_principal_name
    assert "RoleManagement.ReadWrite.Directory" in graph["scp"].split()


def test_an_application_token_says_what_it_may(tenant):
    token = claims(tenant.token(application="ci-app"))
    assert token["idtyp"] == "app"
    assert sorted(token["roles"]) == ["RoleManagement.ReadWrite.Directory", "User.Read.All"]
    assert "scp" not in token
