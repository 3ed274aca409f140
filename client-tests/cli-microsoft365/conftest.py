import secrets
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine, Running
from pytest_pim_emulator import Emulator, Tenant

PROGRAM = Path(__file__).parent / "node_modules" / ".bin" / "m365"


def contoso(**more):
    """A company that has registered the program; `more` adds to its users and assignments, or sets further keys of the world."""
    # Not every sign-in names a tenant; whoever does not is known by the domain.
    domain = f"contoso-{secrets.token_hex(4)}.onmicrosoft.com"
    world = {
        "tenant": {"displayName": "Contoso", "domain": domain, "now": "2026-01-05T08:00:00Z"},
        "users": [
            {"name": "alice", "displayName": "Alice Archer", "mfa": True},
            {"name": "bob", "displayName": "Bob Baker", "mfa": True},
        ],
        "groups": [
            {"name": "operators", "displayName": "Operators", "roleAssignable": True, "members": ["bob"]},
        ],
        "administrativeUnits": [{"name": "berlin", "displayName": "Berlin", "members": ["bob"]}],
        "applications": [
            {"name": "m365", "displayName": "CLI for Microsoft 365", "redirectUris": ["http://localhost"]},
            {
                "name": "ci-app",
                "displayName": "CI pipeline",
                "secret": "local-only",
                "appRoles": ["RoleManagement.ReadWrite.Directory", "Directory.Read.All"],
            },
        ],
        "active": [
            {"principal": "bob", "role": "Privileged Role Administrator", "duration": "P90D"},
            {"principal": "bob", "role": "Global Reader", "duration": "P90D"},
        ],
        "eligible": [
            {"principal": "alice", "role": "Groups Administrator", "duration": "P90D"},
            {"principal": "operators", "role": "Reports Reader", "duration": "P90D"},
        ],
    }
    for key in ("users", "applications", "active", "eligible"):
        world[key] = world[key] + more.pop(key, [])
    return world | more


class M365(CommandLine):
    """`m365` in one tenant."""

    def __init__(self, tenant: Tenant, home: Path) -> None:
        super().__init__(PROGRAM, home, tenant.emulator.proxied)
        self.tenant = tenant

    def login(self, application: str, *more: str) -> Running:
        """Starts signing in to that application of the tenant."""
        client = self.tenant.application(application).client_id
        return self.start("login", "--appId", client, "--tenant", self.tenant.id, *more)

    def sign_in(self, user: str) -> dict[str, Any]:
        """Signs in with user name and password."""
        found = self.tenant.user(user)
        person = ("--userName", found.user_principal_name, "--password", found.password)
        self.login("m365", "--authType", "password", *person).json()
        return self("status")

    def sign_in_as(self, application: str) -> dict[str, Any]:
        """Signs in as an application with its secret."""
        secret = self.tenant.application(application).secret
        assert secret is not None
        self.login(application, "--authType", "secret", "--secret", secret).json()
        return self("status")

    def entra(self, command: str, *more: str) -> Any:
        """A command of `m365 entra`."""
        return self("entra", *command.split(), *more)


@pytest.fixture(scope="session")
def configured(pim_emulator: Emulator, tmp_path_factory) -> Path:
    """A home in which the program asks nobody and reports nothing."""
    home = tmp_path_factory.mktemp("configured") / "home"
    program = CommandLine(PROGRAM, home, pim_emulator.proxied)
    program.run("cli", "config", "set", "--key", "prompt", "--value", "false")
    program.run("cli", "config", "set", "--key", "disableTelemetry", "--value", "true")
    return home


@pytest.fixture
def make_m365(tmp_path, configured):
    """Makes an `m365` that is signed in to nothing yet."""
    made = []

    def make(tenant) -> M365:
        home = tmp_path / str(len(made))
        shutil.copytree(configured, home, ignore=shutil.ignore_patterns(".commands"))
        made.append(M365(tenant, home))
        return made[-1]

    yield make
    for program in made:
        program.stop()


@pytest.fixture
def pim_world():
    return contoso()


@pytest.fixture
def alice(make_m365, pim_tenant) -> M365:
    """She is eligible for Groups Administrator."""
    program = make_m365(pim_tenant)
    program.sign_in("alice")
    return program


@pytest.fixture
def bob(make_m365, pim_tenant) -> M365:
    """He gives roles."""
    program = make_m365(pim_tenant)
    program.sign_in("bob")
    return program
