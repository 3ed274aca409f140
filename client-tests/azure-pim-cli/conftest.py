import os
import secrets
from pathlib import Path

import pytest

from azure_cli import PROGRAM as AZ
from azure_cli import AzureCli
from command_line import CommandLine

PROGRAM = Path(__file__).parent / ".cargo-root" / "bin" / "az-pim"


def contoso(**more):
    """A company with a subscription; `more` adds to its users and assignments, or sets further keys of the world."""
    # Whoever signs in and names no tenant is known by the domain.
    domain = f"contoso-{secrets.token_hex(4)}.onmicrosoft.com"
    world = {
        "tenant": {"displayName": "Contoso", "domain": domain, "now": "2026-01-05T08:00:00Z"},
        "users": [
            {"name": "alice", "displayName": "Alice Archer", "mfa": True},
            {"name": "bob", "displayName": "Bob Baker", "mfa": True},
        ],
        "groups": [{"name": "operators", "displayName": "Operators", "members": ["alice"]}],
        "azure": {
            "subscriptions": [
                {
                    "name": "prod",
                    "displayName": "Contoso Production",
                    "resourceGroups": [
                        {"name": "web", "resources": [{"name": "kv", "type": "Microsoft.KeyVault/vaults"}]},
                        {"name": "data"},
                    ],
                }
            ]
        },
        "active": [{"principal": "bob", "azureRole": "Owner", "scope": "prod", "outsidePim": True}],
        "eligible": [
            {"principal": "alice", "azureRole": "Contributor", "scope": "prod/web", "duration": "P90D"},
            {"principal": "alice", "azureRole": "Reader", "scope": "prod", "duration": "P90D"},
            {"principal": "operators", "azureRole": "Contributor", "scope": "prod/data", "duration": "P90D"},
        ],
    }
    for key in ("users", "active", "eligible"):
        world[key] = world[key] + more.pop(key, [])
    return world | more


class AzPim(CommandLine):
    """`az-pim` beside an `az` that somebody has signed in to."""

    def __init__(self, az: AzureCli) -> None:
        path = os.pathsep.join((str(AZ.parent), os.environ["PATH"]))
        super().__init__(PROGRAM, az.home, az.environment | {"PATH": path})
        self.az, self.tenant = az, az.tenant

    def path(self, place: str) -> str:
        """The path of a place of the world: `prod`, `prod/web`."""
        kind = "resourceGroups" if "/" in place else "subscriptions"
        return self.tenant.made[kind][place]["path"]

    def active(self) -> set[tuple[str, str]]:
        """What is active for whoever is signed in: roles and places."""
        return {(row["role"], row["scope"]) for row in self("list", "--active")}


@pytest.fixture
def pim_world():
    return contoso()


@pytest.fixture
def sign_in(tmp_path):
    """Makes an `az-pim` with somebody signed in."""
    made = []

    def make(tenant, user: str) -> AzPim:
        az = AzureCli.through_the_proxy(tenant, tmp_path / str(len(made)))
        made.append(AzPim(az))
        az.sign_in(user)
        return made[-1]

    yield make
    for program in made:
        program.stop()
        program.az.stop()


@pytest.fixture
def alice(sign_in, pim_tenant) -> AzPim:
    """She is eligible, and nothing more."""
    return sign_in(pim_tenant, "alice")


@pytest.fixture
def bob(sign_in, pim_tenant) -> AzPim:
    """He owns the subscription."""
    return sign_in(pim_tenant, "bob")
