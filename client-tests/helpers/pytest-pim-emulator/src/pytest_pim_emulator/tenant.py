"""One tenant: who is in it, its clock, and what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .emulator import Emulator


@dataclass(frozen=True)
class User:
    """Somebody who can sign in."""

    id: str
    user_principal_name: str
    password: str


@dataclass(frozen=True)
class Application:
    """A registered application, and its service principal."""

    id: str
    client_id: str
    service_principal_id: str | None
    secret: str | None


class Clock:
    """The time that everything of PIM goes by. Tokens do not: nobody is signed out by a jump."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def now(self) -> str:
        """The tenant's time, as `2026-01-05T08:00:00Z`."""
        return self._shown(self._tenant.call("GET", "/clock"))

    def advance(self, by: str) -> str:
        """Moves on by an ISO 8601 duration such as `PT8H`; everything due on the way happens. The new time."""
        return self._shown(self._tenant.call("POST", "/clock/advance", {"by": by}))

    def advance_to(self, to: str) -> str:
        """Moves on to an instant such as `2026-03-01T00:00:00Z`; everything due on the way happens. The new time."""
        return self._shown(self._tenant.call("POST", "/clock/advance", {"to": to}))

    @staticmethod
    def _shown(answer: dict[str, str]) -> str:
        return answer["now"]


class Tenant:
    """A tenant. `made` is the answer that named everything in it."""

    def __init__(self, emulator: Emulator, made: dict[str, Any]) -> None:
        self.emulator = emulator
        self.made = made
        self.id: str = made["tenantId"]
        self.domain: str = made["domain"]
        self.clock = Clock(self)

    def user(self, name: str) -> User:
        """The user of that name in the world."""
        user = self._named("users", name)
        return User(user["id"], user["userPrincipalName"], user["password"])

    def application(self, name: str) -> Application:
        """The application of that name in the world."""
        found = self._named("applications", name)
        return Application(found["id"], found["clientId"], found.get("servicePrincipalId"), found.get("secret"))

    def group(self, name: str) -> str:
        """The id of the group of that name in the world."""
        return str(self._named("groups", name)["id"])

    def role(self, name: str) -> str:
        """The id of the directory role of that name."""
        return str(self._named("roles", name)["id"])

    def _named(self, kind: str, name: str) -> dict[str, Any]:
        there: dict[str, dict[str, Any]] = self.made.get(kind, {})
        if name not in there:
            raise KeyError(f"no {kind} named {name!r} in this tenant; there are: {', '.join(sorted(there)) or 'none'}")
        return there[name]

    def token(self, user: str | None = None, application: str | None = None, **more: Any) -> str:
        """An access token without a sign-in: for Graph, or with `audience="arm"` for Azure."""
        body = {"user": user, "application": application, "audience": "graph"} | more
        body = {name: value for name, value in body.items() if value is not None}
        return str(self.call("POST", "/tokens", body)["accessToken"])

    def headers(self, user: str | None = None, application: str | None = None, **more: Any) -> dict[str, str]:
        """The header that carries such a token."""
        return {"Authorization": f"Bearer {self.token(user, application, **more)}"}

    def events(self, after: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        """What happened, in order, from behind that number on."""
        return self._list("/events", {"after": after, "limit": limit})

    def mail(self, to: str | None = None) -> list[dict[str, Any]]:
        """Who was mailed what."""
        return self._list("/mail", {"to": to})

    def requests(self, **matching: Any) -> list[dict[str, Any]]:
        """The HTTP requests that reached this tenant: `method="POST"`, `path="/**/roleAssignmentScheduleRequests"`, …"""
        return self._list("/requests", matching)

    def set_faults(self, *faults: dict[str, Any]) -> None:
        """What goes wrong from now on: `{"match": {"path": "/v1.0/me"}, "times": 2, "respond": {"status": 503}}`."""
        self.call("PUT", "/faults", list(faults))

    def be_hostile(self, seed: int = 1, **more: Any) -> None:
        """Behaves from now on as badly as the service ever does, the same way for the same seed."""
        self.call("PUT", "/hostile", {"seed": seed} | more)

    def set_behaviour(self, **switches: Any) -> None:
        """Sets switches of behaviour by the names that `pim-emulator behaviour` lists."""
        self.call("PATCH", "/behaviour", switches)

    def broken_invariants(self) -> list[str]:
        """The names of what should always hold and does not; empty unless the emulator has a bug."""
        found = self._list("/invariants")
        # The others warn of a tenant in which somebody may be locked out; that is its author's business.
        return [it["name"] for it in found if it["severity"] == "error" and not it["holds"]]

    def reset(self) -> None:
        """Back to the world that the tenant was made from."""
        self.call("POST", "/reset")

    def delete(self) -> None:
        """The tenant is gone."""
        self.call("DELETE", "")

    def call(self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None) -> Any:
        """One call of the control API below this tenant, for whatever has no method of its own here."""
        return self.emulator.control.call(method, f"/tenants/{self.id}{path}", body, query)

    def _list(self, path: str, query: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        value: list[dict[str, Any]] = self.call("GET", path, query=query)["value"]
        return value

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead azure-identity and programs like it into this tenant."""
        return self.emulator.trust | {"AZURE_AUTHORITY_HOST": self.emulator.url, "AZURE_TENANT_ID": self.id}
