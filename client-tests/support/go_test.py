"""Reads how Go's tests ended: `TestSignIn` is about the feature `sign-in`, and what it runs are its tests.

    go_test.py EVENTS RESULTS
"""

import json
import re
import sys
from pathlib import Path

OUTCOMES = {"pass": "passed", "fail": "failed", "skip": "skipped"}

events, results = map(Path, sys.argv[1:])
with results.open("a", encoding="utf-8") as file:
    for line in events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["Action"] == "output" and "Test" not in event or event["Action"] == "build-output":
            print(event["Output"], end="")
        test, _, name = event.get("Test", "").partition("/")
        if name and event["Action"] in OUTCOMES:
            feature = re.sub(r"(?<!^)(?=[A-Z])", "-", test.removeprefix("Test")).lower()
            file.write(f"{OUTCOMES[event['Action']]}\t{feature}\t{name.replace('_', ' ')}\n")
        elif event["Action"] == "output" and name:
            print(event["Output"], end="")
