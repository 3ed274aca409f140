"""Whose token it is: `az-pim` reads it itself where it can, and asks the directory where not."""

from conftest import contoso


def test_both_ways_to_know_oneself(sign_in, make_pim_tenant):
    """It takes the payload of a token for ordinary base64, in which there is no `_`."""
    eve = {"name": "eve", "displayName": "Eve ???", "mfa": True}
    eligible = {"principal": "eve", "azureRole": "Contributor", "scope": "prod/web", "duration": "P90D"}
    tenant = make_pim_tenant(contoso(users=[eve], eligible=[eligible]))
    for user in ("alice", "eve"):
        program = sign_in(tenant, user)
        payload = program.az("account", "get-access-token")["accessToken"].split(".")[1]
        assert ("_" in payload) == (user == "eve")
        web = program.path("prod/web")
        program("activate", "role", "Contributor", "because", "--scope", web, "--duration", "1h", "--wait", "20s")
        assert program.active() == {("Contributor", web)}
