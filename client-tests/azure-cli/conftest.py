import secrets
from pathlib import Path

import pytest

from azure_cli import AzureCli, register

NOW = "2026-01-05T08:00:00Z"


def contoso(**more):
    """A company with a subscription; `more` adds to its users, groups and assignments, or sets further keys of the world."""
    # Whoever signs in and names no tenant is known by the domain.
    domain = f"contoso-{secrets.token_hex(4)}.onmicrosoft.com"
    world = {
        "tenant": {"displayName": "Contoso", "domain": domain, "now": NOW},
        "users": [
            {"name": "alice", "displayName": "Alice Archer", "mfa": True},
            {"name": "bob", "displayName": "Bob Baker", "mfa": True},
        ],
        "groups": [
            {"name": "operators", "displayName": "Operators", "members": ["alice"]},
            {"name": "auditors", "displayName": "Auditors", "description": "Those who look"},
        ],
        "applications": [
            {
                "name": "ci-app",
                "displayName": "CI pipeline",
                "secret": "local-only",
                "appRoles": [
                    "RoleManagement.ReadWrite.Directory",
                    "Directory.ReadWrite.All",
                    "Group.ReadWrite.All",
                    "User.ReadWrite.All",
                    "Application.ReadWrite.All",
                ],
            },
        ],
        "azure": {
            "subscriptions": [
                {"name": "prod", "displayName": "Contoso Production", "resourceGroups": [{"name": "web"}]},
            ]
        },
        "active": [
            {"principal": "ci-app", "azureRole": "Owner", "scope": "prod", "outsidePim": True},
            {"principal": "alice", "azureRole": "Reader", "scope": "prod", "outsidePim": True},
        ],
        "eligible": [
            {"principal": "alice", "azureRole": "Contributor", "scope": "prod/web", "duration": "P90D"},
            {"principal": "alice", "role": "Groups Administrator", "duration": "P90D"},
        ],
    }
    for key in ("users", "groups", "active", "eligible"):
        world[key] = world[key] + more.pop(key, [])
    return world | more


@pytest.fixture
def pim_world():
    return contoso()


@pytest.fixture(scope="session")
def registered(pim_emulator, tmp_path_factory) -> Path:
    """A home in which the emulator is a cloud that `az` knows, and the current one."""
    return register(pim_emulator, tmp_path_factory.mktemp("registered") / "home")


@pytest.fixture
def started():
    """Whatever was started in a test ends with it."""
    programs = []
    yield programs
    for program in programs:
        program.stop()


@pytest.fixture
def direct(tmp_path, registered, started):
    """Makes an `az` that knows the emulator as a cloud of its own, signed in to nothing yet."""

    def make(tenant) -> AzureCli:
        started.append(AzureCli.direct(tenant, tmp_path / str(len(started)), registered))
        return started[-1]

    return make


@pytest.fixture
def proxied(tmp_path, started):
    """Makes an `az` that takes the emulator for the public cloud, signed in to nothing yet."""

    def make(tenant) -> AzureCli:
        started.append(AzureCli.through_the_proxy(tenant, tmp_path / str(len(started))))
        return started[-1]

    return make
