"""Runs programs of the command line: with a home of their own, nothing of this machine's but its path, and not for ever."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    command: str
    code: int
    output: str
    errors: str

    @property
    def json(self) -> Any:
        """What it printed; None where it printed nothing."""
        return json.loads(self.output) if self.output.strip() else None

    def __str__(self) -> str:
        return f"{self.command}\nended with {self.code}\n{self.output}\n{self.errors}"


class Running:
    """A command that has been started, and says something on the way."""

    def __init__(self, command: list[str], environment: dict[str, str], directory: Path, seconds: float) -> None:
        self._command, self._directory = shlex.join(command), directory
        self._end = time.monotonic() + seconds
        directory.mkdir(parents=True)
        # Files and not pipes: nobody waits for anybody, and what was said can be read at any time.
        with (directory / "output").open("wb") as output, (directory / "errors").open("wb") as errors:
            self._process = subprocess.Popen(
                command, env=environment, cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
            )

    def says(self, pattern: str) -> re.Match[str]:
        """Waits until it has said that, on either of its two ways."""
        while True:
            ended = self._process.poll() is not None
            if found := re.search(pattern, self._read("errors") + self._read("output")):
                return found
            assert not ended, f"did not say {pattern!r}: {self._ended()}"
            self._expect_time(f"did not say {pattern!r}")
            time.sleep(0.05)

    def end(self) -> Ended:
        """Waits for its end, whatever that is."""
        try:
            self._process.wait(max(0.0, self._end - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._expect_time("did not end")
        return self._ended()

    def json(self) -> Any:
        """Waits for its end, which must be a good one: what it printed."""
        ended = self.end()
        assert ended.code == 0, str(ended)
        return ended.json

    def stop(self) -> None:
        """Ends it where it still runs."""
        self._process.kill()
        self._process.wait()

    def _expect_time(self, otherwise: str) -> None:
        if time.monotonic() >= self._end:
            self.stop()
            raise AssertionError(f"{otherwise} in time: {self._ended()}")

    def _ended(self) -> Ended:
        code = self._process.returncode
        return Ended(self._command, -1 if code is None else code, self._read("output"), self._read("errors"))

    def _read(self, name: str) -> str:
        return (self._directory / name).read_text(encoding="utf-8", errors="replace")


class CommandLine:
    """A program, and the environment that all of its commands run in."""

    def __init__(self, program: Path, home: Path, environment: dict[str, str], seconds: float = 120) -> None:
        self.program, self.home, self.seconds = program, home, seconds
        home.mkdir(parents=True, exist_ok=True)
        path = os.pathsep.join((str(program.parent), os.environ["PATH"]))
        self.environment = {"PATH": path, "LANG": "C.UTF-8", "HOME": str(home)} | environment
        self._started: list[Running] = []

    def start(self, *arguments: str, **environment: str) -> Running:
        """Starts a command; what it says is waited for later."""
        directory = self.home / ".commands" / f"{self.program.name}-{len(self._started)}"
        command = [str(self.program), *arguments]
        self._started.append(Running(command, self.environment | environment, directory, self.seconds))
        return self._started[-1]

    def run(self, *arguments: str) -> Ended:
        """Runs a command, whatever its end."""
        return self.start(*arguments).end()

    def __call__(self, *arguments: str) -> Any:
        """Runs a command that ends well: what it printed, read as JSON."""
        return self.start(*arguments).json()

    def each(self, *commands: tuple[str, ...]) -> list[Any]:
        """Runs commands that must end well, one after the other: two at a time get into each other's way in one home."""
        return [self(*arguments) for arguments in commands]

    def refused(self, *arguments: str) -> str:
        """Runs a command that must not end well: what it says."""
        ended = self.run(*arguments)
        assert ended.code != 0, f"ended well: {ended}"
        return ended.errors + ended.output

    def stop(self) -> None:
        """Ends whatever still runs."""
        for running in self._started:
            running.stop()
