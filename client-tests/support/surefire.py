"""Reads Maven's reports of how each test ended, under the feature that its class is named after.

    surefire.py REPORTS RESULTS
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def feature(name: str) -> str:
    """`example.DirectoryRolesTest` is about `directory-roles`."""
    simple = name.rsplit(".", 1)[-1].removesuffix("Test")
    return re.sub(r"(?<!^)(?=[A-Z])", "-", simple).lower()


reports, results = map(Path, sys.argv[1:])
with results.open("a", encoding="utf-8") as file:
    for report in sorted(reports.glob("TEST-*.xml")):
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            file.write(f"{outcome(case)}\t{feature(case.get('classname', ''))}\t{case.get('name')}\n")
