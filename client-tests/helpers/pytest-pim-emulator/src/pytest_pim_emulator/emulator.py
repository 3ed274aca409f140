"""A running emulator: one that is started here, or one that is there already."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from .control import Control
from .tenant import Tenant


class NotStarted(Exception):
    """There is no emulator to be had; the text says why."""


class Emulator:
    """A running emulator, as its ready file describes it. Also a context manager, which stops what it started."""

    def __init__(self, ready: dict[str, Any], process: subprocess.Popen[bytes] | None = None) -> None:
        self.url: str = ready["url"].rstrip("/")
        """The address over TLS, without a slash at the end: base of Graph and Azure, and authority of sign-in."""
        self.http_url: str = ready["httpUrl"].rstrip("/")
        """The same over plain HTTP."""
        self.proxy_url: str = ready["proxyUrl"].rstrip("/")
        """What `HTTPS_PROXY` must be for clients that know nothing but the cloud's own addresses."""
        self.ca_file: str = ready["caFile"]
        """The certificate that clients must trust."""
        self.control = Control(self.http_url, os.environ.get("PIM_EMULATOR_ADMIN_KEY"))
        """The control API, for whatever has no method of its own here."""
        self._process = process
        self._directory: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def connect(cls, ready_file: str | Path) -> Emulator:
        """One that is running already, and wrote that file (`serve --ready-file`)."""
        return cls(json.loads(Path(ready_file).read_text(encoding="utf-8")))

    @classmethod
    def start(cls, binary: str | None = None, arguments: tuple[str, ...] = (), patience: float = 30) -> Emulator:
        """Starts one on a free port, with a state directory of its own; waits for it for that many seconds.

        The binary is the one given, else that of `PIM_EMULATOR_BIN`, else `pim-emulator` on the path.
        """
        found = binary or os.environ.get("PIM_EMULATOR_BIN") or shutil.which("pim-emulator")
        if found is None:
            raise NotStarted("no pim-emulator on the path; PIM_EMULATOR_BIN can say where it is")
        directory = tempfile.TemporaryDirectory(prefix="pim-emulator-", ignore_cleanup_errors=True)
        ready_file, log = Path(directory.name, "ready.json"), Path(directory.name, "log")
        command = [found, "serve", "--listen", "127.0.0.1:0", "--state-dir", str(Path(directory.name, "state"))]
        try:
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [*command, "--ready-file", str(ready_file), *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
        except OSError as error:
            directory.cleanup()
            raise NotStarted(f"{found} cannot be run: {error.strerror}") from error
        end = time.monotonic() + patience
        # It is renamed into its place, so what can be seen is whole.
        while not ready_file.exists():
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                process.wait()
                said = log.read_text(encoding="utf-8", errors="replace").strip()
                directory.cleanup()
                raise NotStarted(f"{found} did not get ready. It said: {said or 'nothing'}")
            time.sleep(0.02)
        emulator = cls(json.loads(ready_file.read_text(encoding="utf-8")), process)
        emulator._directory = directory
        return emulator

    def stop(self) -> None:
        """Stops the process, if it was started here."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._directory is not None:
            self._directory.cleanup()
            self._directory = None

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def create_tenant(self, world: dict[str, Any] | None = None, seed: int | None = None, **more: Any) -> Tenant:
        """A tenant of its own, made of a world (see `scenarios/contoso.yaml`). With a seed its ids are always the same."""
        body: dict[str, Any] = {"world": world or {}} | more
        if seed is not None:
            body["seed"] = seed
        return Tenant(self, self.control.call("POST", "/tenants", body))

    def approve_device_code(self, user_code: str, user: str, mfa: bool = True) -> None:
        """Finishes a device-code sign-in as that user would with a browser."""
        self.control.call("POST", f"/device-codes/{user_code}/approve", {"user": user, "mfa": mfa})

    @property
    def trust(self) -> dict[str, str]:
        """The variables that make programs trust the emulator: requests and azure-core, httpx and Go, Node."""
        return dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"), self.ca_file)

    @property
    def proxied(self) -> dict[str, str]:
        """The variables for programs that know nothing but the cloud's own addresses: trust, and the proxy."""
        return self.trust | {"HTTPS_PROXY": self.proxy_url, "NO_PROXY": "localhost,127.0.0.1"}
