import os

import pytest

from emulator import Emulator, Tenant

# One trust anchor for both stacks: sign-in goes through requests, Graph through httpx.
EMULATOR = Emulator.from_environment()
os.environ["REQUESTS_CA_BUNDLE"] = EMULATOR.ca_file
os.environ["SSL_CERT_FILE"] = EMULATOR.ca_file
for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_DIR"):
    os.environ.pop(name, None)

NOW = "2026-01-05T08:00:00Z"


def contoso(**more):
    """A small company; `more` adds to its users or sets further keys of the world."""
    world = {
        "tenant": {"displayName": "Contoso", "now": NOW},
        "users": [
            {"name": "alice", "displayName": "Alice Archer", "mfa": True},
            {"name": "bob", "displayName": "Bob Baker", "mfa": True},
        ],
        "applications": [
            {
                "name": "ci-app",
                "secret": "local-only",
                "appRoles": ["RoleManagement.ReadWrite.Directory", "User.Read.All"],
            },
            {"name": "powerless", "secret": "also-local"},
        ],
    }
    world["users"] += more.pop("users", [])
    return world | more


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def emulator() -> Emulator:
    return EMULATOR


@pytest.fixture
def make_tenant(emulator):
    """Makes tenants of a given world, and takes them away after the test."""
    made = []

    def make(world) -> Tenant:
        made.append(emulator.create_tenant(world))
        return made[-1]

    yield make
    for tenant in made:
        tenant.delete()


@pytest.fixture
def tenant(make_tenant) -> Tenant:
    return make_tenant(contoso())


@pytest.fixture
def eligible_tenant(make_tenant) -> Tenant:
    """Alice is already eligible for Groups Administrator."""
    return make_tenant(
        contoso(eligible=[{"principal": "alice", "role": "Groups Administrator", "duration": "P90D"}])
    )
