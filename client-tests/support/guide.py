"""Runs the blocks of a page as they are written.

A fenced block after the comment `<!-- tested -->` is a piece of a shell session: all of them run in order in one shell, in an
empty directory. A block after `<!-- tested: FILE -->` is put there as that file first. A block after `<!-- prints -->` is what
the piece before it must print, line by line, `…` standing for anything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "clients"

MARK = re.compile(r"^<!-- (tested|prints)(?:: (\S+))? -->$")


class Unreadable(Exception):
    """A page with a mark and nothing that it marks."""


class Failed(AssertionError):
    """A piece ended badly, or printed something else than the page says."""


@dataclass
class Piece:
    """A piece of the session, or a file, and where it begins in the page."""

    page: str
    line: int
    text: str
    file: str | None = None
    prints: str | None = None
    output: str = field(default="", repr=False)


def pieces(page: Path) -> list[Piece]:
    """The marked blocks of a page."""
    found: list[Piece] = []
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        mark = MARK.match(line.strip())
        if mark is None:
            continue
        opening = next(((at, text) for at, text in lines if text.strip()), (number, ""))
        if not opening[1].startswith("```"):
            raise Unreadable(f"{page.name}, line {number}: marked, and not followed by a block")
        block = []
        for _, text in lines:
            if text.startswith("```"):
                break
            block.append(text + "\n")
        if mark[1] == "prints":
            found[-1].prints = "".join(block)
        else:
            found.append(Piece(page.name, opening[0] + 1, "".join(block), mark[2]))
    if not found:
        raise Unreadable(f"{page.name} has no block that is marked <!-- tested -->")
    return found


def run_guide(
    page: Path, directory: Path, environment: dict[str, str], seconds: float = 300, more: tuple[Path, ...] = ()
) -> None:
    """Runs a page, and more of them in the same session, in that directory, with nothing in the environment but what is given and a PATH.

    Raises `Failed` with the place in the page.
    """
    session = []
    for piece in (piece for it in (page, *more) for piece in pieces(it)):
        if piece.file is not None:
            (directory / piece.file).write_text(piece.text, encoding="utf-8")
        else:
            session.append(piece)
    outputs = directory / ".outputs"
    outputs.mkdir()
    script = ["set -euo pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
    for number, piece in enumerate(session):
        script += [f"exec >{outputs}/{number}.out 2>{outputs}/{number}.err", piece.text, f"touch {outputs}/{number}.ended"]
    try:
        subprocess.run(
            ["bash", "-c", "\n".join(script)],
            cwd=directory,
            env={"PATH": os.environ["PATH"], "HOME": str(directory)} | environment,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pass  # The piece that did not end is named below.
    for number, piece in enumerate(session):
        said = _read(outputs / f"{number}.out")
        where = f"{piece.page}, line {piece.line}"
        if not (outputs / f"{number}.ended").exists():
            raise Failed(f"{where}: did not end well\n{piece.text}\n{said}\n{_read(outputs / f'{number}.err')}")
        if piece.prints is not None and not _matches(piece.prints, said):
            raise Failed(f"{where}: prints something else than the page says\n--- the page\n{piece.prints}\n--- printed\n{said}")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


def _matches(wanted: str, got: str) -> bool:
    patterns = (".*".join(map(re.escape, line.split("…"))) for line in wanted.splitlines())
    return re.fullmatch("\n".join(patterns), "\n".join(got.splitlines())) is not None


if __name__ == "__main__":
    # guide.py PAGE… DIRECTORY: with everything of this environment, for whoever is not Python.
    page, *more, directory = map(Path, sys.argv[1:])
    try:
        run_guide(page, directory, dict(os.environ), more=tuple(more))
    except (Unreadable, Failed) as problem:
        sys.exit(str(problem))
