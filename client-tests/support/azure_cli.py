"""Azure CLI in a home of its own, signed in to a tenant of the emulator: for its own tests, and for programs that need its tokens."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

from command_line import CommandLine, Running
from pytest_pim_emulator import Emulator, Tenant

HERE = Path(__file__).parent
PROGRAM = HERE.parent / "azure-cli" / ".venv" / "bin" / "az"

CLOUD = "PimEmulator"

# What would ask somebody, or tell somebody.
QUIET = {
    "AZURE_CORE_COLLECT_TELEMETRY": "0",
    "AZURE_CORE_NO_COLOR": "1",
    "AZURE_CORE_OUTPUT": "json",
    "AZURE_CORE_SURVEY_MESSAGE": "0",
}


class AzureCli(CommandLine):
    """`az`, in one tenant."""

    def __init__(self, tenant: Tenant, home: Path, environment: dict[str, str]) -> None:
        super().__init__(PROGRAM, home, QUIET | environment)
        self.tenant = tenant

    @classmethod
    def through_the_proxy(cls, tenant: Tenant, home: Path) -> AzureCli:
        """Knows nothing but the cloud's own addresses."""
        return cls(tenant, home, tenant.emulator.proxied)

    @classmethod
    def direct(cls, tenant: Tenant, home: Path, registered: Path) -> AzureCli:
        """Knows the emulator as a cloud, as it was registered in another home."""
        shutil.copytree(registered, home, ignore=shutil.ignore_patterns(".commands"))
        return cls(tenant, home, direct_environment(tenant.emulator))

    def sign_in(self, user: str, *more: str) -> list[dict[str, Any]]:
        """Signs in with user name and password, which works on port 443 alone: through the proxy."""
        found = self.tenant.user(user)
        return self("login", "-u", found.user_principal_name, "-p", found.password, "--allow-no-subscriptions", *more)

    def sign_in_at_a_device(self, user: str, *more: str, mfa: bool = True) -> list[dict[str, Any]]:
        """Signs in by device code; the code is approved as a person at a browser would."""
        waiting = self.start("login", "--use-device-code", "--tenant", self.tenant.id, "--allow-no-subscriptions", *more)
        code = waiting.says(r"enter the code (\S+) to authenticate")[1]
        self.tenant.emulator.approve_device_code(code, user, mfa)
        return waiting.json()

    def sign_in_as(self, application: str, secret: str | None = None) -> list[dict[str, Any]]:
        """Signs in as a service principal with its secret."""
        found = self.tenant.application(application)
        secret = secret or found.secret
        assert secret is not None
        return self(*self.as_service_principal(found.client_id), "--password", secret)

    def as_service_principal(self, client: str) -> tuple[str, ...]:
        """The beginning of the command that signs in a service principal."""
        common = ("--tenant", self.tenant.id, "--allow-no-subscriptions")
        return ("login", "--service-principal", "--username", client, *common)

    def at_a_browser(self, user: str, *more: str) -> Running:
        """Starts a sign-in without arguments: it opens a browser, in which somebody signs in."""
        browser = f"{shlex.quote(sys.executable)} {shlex.quote(str(HERE / 'browser.py'))} %s &"
        person = self.tenant.user(user).user_principal_name
        return self.start("login", "--allow-no-subscriptions", *more, BROWSER=browser, BROWSER_USER=person)

    def rest(self, method: str, url: str, body: Any = None, *more: str) -> Any:
        """`az rest`: one request as it is written."""
        return self(*rest(method, url, body), *more)


def rest(method: str, url: str, body: Any = None) -> tuple[str, ...]:
    """The arguments of `az rest`."""
    given = () if body is None else ("--body", json.dumps(body))
    return ("rest", "--method", method, "--url", url, *given)


def direct_environment(emulator: Emulator) -> dict[str, str]:
    """What leads `az` to the emulator as a cloud of its own."""
    return {"REQUESTS_CA_BUNDLE": emulator.ca_file, "AZURE_CORE_INSTANCE_DISCOVERY": "false"}


def register(emulator: Emulator, home: Path) -> Path:
    """Registers the emulator as a cloud, in that home."""
    az = CommandLine(PROGRAM, home, QUIET | direct_environment(emulator))
    az("cloud", "register", "--name", CLOUD, "--endpoint-resource-manager", emulator.url)
    az("cloud", "set", "--name", CLOUD)
    return home
