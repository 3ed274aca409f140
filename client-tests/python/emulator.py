"""What a test says to the emulator itself: make a tenant, move its clock, approve a sign-in.

Everything else goes through the real clients. Only the standard library is used here.
"""

from __future__ import annotations

import json
import os
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from azure.identity import ClientSecretCredential, DeviceCodeCredential
from msgraph import GraphServiceClient

GRAPH_SCOPE = "https://graph.microsoft.com/.default"

# "Microsoft Graph Command Line Tools": a public client that every tenant knows.
COMMAND_LINE_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e"


class Refused(AssertionError):
    """The control API said no."""


@dataclass(frozen=True)
class Emulator:
    """A running emulator, as its ready file describes it."""

    url: str
    proxy_url: str
    ca_file: str

    @classmethod
    def from_environment(cls) -> "Emulator":
        with open(os.environ["PIM_EMULATOR_READY_FILE"], encoding="utf-8") as file:
            ready = json.load(file)
        return cls(ready["url"].rstrip("/"), ready["proxyUrl"].rstrip("/"), ready["caFile"])

    def control(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self.url}/_emulator{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self.ca_file)),
        )
        try:
            with opener.open(request, timeout=60) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path}: {error.code} {error.read().decode()}") from error
        return json.loads(text) if text else None

    def create_tenant(self, world: dict[str, Any]) -> "Tenant":
        return Tenant(self, self.control("POST", "/tenants", {"world": world}))

    def approve(self, user_code: str, user: str) -> None:
        self.control("POST", f"/device-codes/{user_code}/approve", {"user": user, "mfa": True})


@dataclass(frozen=True)
class Tenant:
    """One tenant, made for one test."""

    emulator: Emulator
    made: dict[str, Any]

    @property
    def id(self) -> str:
        return self.made["tenantId"]

    def user(self, name: str) -> str:
        return self.made["users"][name]["id"]

    def application(self, name: str) -> dict[str, str]:
        return self.made["applications"][name]

    def delete(self) -> None:
        self.emulator.control("DELETE", f"/tenants/{self.id}")

    def now(self) -> str:
        return self.emulator.control("GET", f"/tenants/{self.id}/clock")["now"]

    def advance(self, by: str) -> None:
        self.emulator.control("POST", f"/tenants/{self.id}/clock/advance", {"by": by})

    def as_application(self, name: str = "ci-app", secret: str | None = None) -> GraphServiceClient:
        application = self.application(name)
        return self.client(
            ClientSecretCredential(
                self.id,
                application["clientId"],
                secret or application["secret"],
                authority=self.emulator.url,
                disable_instance_discovery=True,
            )
        )

    def as_user(self, name: str) -> GraphServiceClient:
        """Signs in by device code; the code is approved as a person at a browser would."""
        return self.client(
            DeviceCodeCredential(
                COMMAND_LINE_CLIENT,
                tenant_id=self.id,
                authority=self.emulator.url,
                disable_instance_discovery=True,
                prompt_callback=lambda _uri, user_code, _expires: self.emulator.approve(user_code, name),
            )
        )

    def client(self, credential: Any) -> GraphServiceClient:
        client = GraphServiceClient(credential, scopes=[GRAPH_SCOPE])
        client.request_adapter.base_url = f"{self.emulator.url}/v1.0"
        return client
