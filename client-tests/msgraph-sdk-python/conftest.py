import pytest

from graph import GraphTenant

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
def make_tenant(make_pim_tenant):
    """Makes tenants of a given world, and takes them away after the test."""

    def make(world) -> GraphTenant:
        tenant = make_pim_tenant(world)
        return GraphTenant(tenant.emulator, tenant.made)

    return make


@pytest.fixture
def tenant(make_tenant) -> GraphTenant:
    return make_tenant(contoso())


@pytest.fixture
def eligible_tenant(make_tenant) -> GraphTenant:
    """Alice is already eligible for Groups Administrator."""
    return make_tenant(
        contoso(eligible=[{"principal": "alice", "role": "Groups Administrator", "duration": "P90D"}])
    )
