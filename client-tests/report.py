"""What the clients' tests found: a summary, and the table of docs/CLIENTS.md.

    report.py RESULTS            prints the summary; fails if a test failed, or if the table says otherwise than what ran
    report.py --write RESULTS    writes the table, of exactly what ran

RESULTS holds for each client that ran CLIENT.tsv (OUTCOME <tab> FEATURE <tab> TEST), CLIENT.version and CLIENT.title.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "CLIENTS.md"

HEAD = """# Clients

Unmodified clients, as they come from their registries, against the emulator. `client-tests/run --all --table` wrote this page of
what it ran: a number is how many tests passed for that client; where there is none, there is no test. What each needs in order
to find the emulator is in `docs/clients/`.

"""


@dataclass
class Client:
    """How the tests of a client ended."""

    name: str
    title: str
    version: str
    passed: Counter[str]
    failed: list[str]
    skipped: int

    @classmethod
    def read(cls, file: Path) -> Client:
        def beside(suffix: str) -> str:
            there = file.with_suffix(suffix)
            return there.read_text(encoding="utf-8").strip() if there.exists() else ""

        client = cls(file.stem, beside(".title"), beside(".version"), Counter(), [], 0)
        for line in file.read_text(encoding="utf-8").splitlines():
            outcome, feature, test = line.split("\t", 2)
            if outcome == "passed":
                client.passed[feature] += 1
            elif outcome == "skipped":
                client.skipped += 1
            else:
                client.failed.append(f"{feature}: {test}" if feature else test)
        return client


def features() -> dict[str, str]:
    lines = (HERE / "features.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


def table(clients: list[Client], names: dict[str, str]) -> str:
    """The page: what each client is, and how many tests of which feature it passed."""
    text = HEAD + "| client | version | tests |\n|---|---|---:|\n"
    for client in clients:
        text += f"| {client.name} | {client.title} {client.version} | {client.passed.total()} |\n"
    text += "\n| | " + " | ".join(client.name for client in clients) + " |\n"
    text += "|---|" + "---:|" * len(clients) + "\n"
    for feature, title in names.items():
        cells = [client.passed[feature] for client in clients]
        if any(cells):
            text += f"| {title} | " + " | ".join(str(cell) if cell else "" for cell in cells) + " |\n"
    return text


def stale(client: Client, names: dict[str, str], page: str) -> str | None:
    """What the page says otherwise than the run of this client."""
    header = re.search(r"^\| \| (.*) \|$", page, re.MULTILINE)
    columns = header[1].split(" | ") if header else []
    if client.name not in columns:
        return f"docs/CLIENTS.md does not have {client.name}"
    column = columns.index(client.name)
    for feature, title in names.items():
        row = re.search(rf"^\| {re.escape(title)} \| (.*) \|$", page, re.MULTILINE)
        cell = row[1].split(" | ")[column].strip() if row else ""
        ran = client.passed[feature]
        if cell != (str(ran) if ran else ""):
            return f"docs/CLIENTS.md says '{cell}' of {client.name} and '{title}', and {ran} passed"
    return None


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("results", type=Path)
    given = arguments.parse_args()
    names = features()
    clients = [Client.read(file) for file in sorted(given.results.glob("*.tsv"))]
    wrong = []
    for client in clients:
        print(f"{client.name}: {client.passed.total()} passed, {len(client.failed)} failed")
        wrong += [f"{client.name}: {test}" for test in client.failed]
        wrong += [f"{client.name}: '{it}' is not in features.tsv" for it in client.passed if it not in names]
    if given.write and not wrong:
        PAGE.write_text(table(clients, names), encoding="utf-8")
    elif not wrong:
        page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        wrong = [problem for client in clients if (problem := stale(client, names, page))]
        if wrong:
            wrong.append("client-tests/run --all --table writes it anew")
    for problem in wrong:
        print(f"FAILED  {problem}", file=sys.stderr)
    return 1 if wrong else 0


sys.exit(main())
