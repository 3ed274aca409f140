"""A tenant, and the ways to sign in to it with azure-identity and the SDK."""

from __future__ import annotations

from typing import Any

from azure.identity import ClientSecretCredential, DeviceCodeCredential
from msgraph import GraphServiceClient
from pytest_pim_emulator import Tenant

GRAPH_SCOPE = "https://graph.microsoft.com/.default"

# "Microsoft Graph Command Line Tools": a public client that every tenant knows.
COMMAND_LINE_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e"


class GraphTenant(Tenant):
    """A tenant as the SDK shows it."""

    def as_application(self, name: str = "ci-app", secret: str | None = None) -> GraphServiceClient:
        application = self.application(name)
        return self.client(
            ClientSecretCredential(
                self.id,
                application.client_id,
                secret or application.secret,
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
                prompt_callback=lambda _uri, user_code, _expires: self.emulator.approve_device_code(user_code, name),
            )
        )

    def client(self, credential: Any) -> GraphServiceClient:
        client = GraphServiceClient(credential, scopes=[GRAPH_SCOPE])
        client.request_adapter.base_url = f"{self.emulator.url}/v1.0"
        return client
