"""The control API, over plain HTTP: it is on this machine, and needs nobody's trust."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class Refused(Exception):
    """The control API said no: `status`, and the problem details that it gave as `problem`."""

    def __init__(self, call: str, status: int, text: str) -> None:
        self.status = status
        try:
            self.problem: dict[str, Any] = json.loads(text)
        except ValueError:
            self.problem = {"detail": text}
        super().__init__(f"{call}: {status} {self.problem.get('detail') or self.problem.get('title') or text}")


class Control:
    """Sends JSON to `/_emulator` and reads JSON back."""

    def __init__(self, http_url: str, admin_key: str | None = None) -> None:
        self._base = f"{http_url.rstrip('/')}/_emulator"
        self._admin_key = admin_key
        # Whatever proxy the environment names is not meant for this.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None) -> Any:
        """The answer to one call.

        Raises `Refused` for every status from 400 on.
        """
        given = {name: value for name, value in (query or {}).items() if value is not None}
        request = urllib.request.Request(
            self._base + path + (f"?{urllib.parse.urlencode(given)}" if given else ""),
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        if self._admin_key is not None:
            request.add_header("X-Emulator-Key", self._admin_key)
        try:
            with self._opener.open(request, timeout=60) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path}", error.code, error.read().decode()) from error
        return json.loads(text) if text else None
