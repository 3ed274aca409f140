"""The fixtures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .emulator import Emulator
from .tenant import Tenant

WORLD: dict[str, Any] = {
    "tenant": {"displayName": "Contoso", "now": "2026-01-05T08:00:00Z"},
    "users": [
        {"name": "alice", "displayName": "Alice Archer", "mfa": True},
        {"name": "bob", "displayName": "Bob Baker", "mfa": True},
    ],
    "applications": [
        {"name": "ci-app", "secret": "local-only", "appRoles": ["RoleManagement.ReadWrite.Directory", "User.Read.All"]}
    ],
    "eligible": [{"principal": "alice", "role": "Groups Administrator", "duration": "P90D"}],
}


@pytest.fixture(scope="session")
def pim_emulator() -> Iterator[Emulator]:
    """A running emulator, which the programs that this process starts, and the libraries in it, trust.

    It is the one that `PIM_EMULATOR_READY_FILE` describes, else one that is started for this session.
    """
    ready_file = os.environ.get("PIM_EMULATOR_READY_FILE")
    emulator = Emulator.connect(ready_file) if ready_file else Emulator.start()
    with emulator, pytest.MonkeyPatch.context() as patch:
        for name, value in emulator.trust.items():
            patch.setenv(name, value)
        # A proxy of this machine's is not on the way to this machine.
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_DIR"):
            patch.delenv(name, raising=False)
        yield emulator


@pytest.fixture
def pim_world() -> dict[str, Any]:
    """What the tenant of a test consists of. A fixture of the same name in a test module or a `conftest.py` replaces it."""
    return WORLD


@pytest.fixture
def make_pim_tenant(pim_emulator: Emulator) -> Iterator[Callable[..., Tenant]]:
    """Makes tenants, and takes them away after the test."""
    made: list[Tenant] = []

    def make(world: dict[str, Any] | None = None, **more: Any) -> Tenant:
        made.append(pim_emulator.create_tenant(world, **more))
        return made[-1]

    yield make
    for tenant in made:
        tenant.delete()


@pytest.fixture
def pim_tenant(make_pim_tenant: Callable[..., Tenant], pim_world: dict[str, Any]) -> Tenant:
    """A tenant for this test alone."""
    return make_pim_tenant(pim_world)
