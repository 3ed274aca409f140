"""A pytest plugin: writes how each test ended, under the feature that its file is named after."""

from pathlib import Path

import pytest


def pytest_addoption(parser):
    parser.addoption("--results", metavar="FILE", help="write OUTCOME <tab> FEATURE <tab> TEST for each test")


def pytest_configure(config):
    # Where tests are spread over processes, the one that hears of all of them writes.
    if config.getoption("results") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Results(Path(config.getoption("results"))))


class Results:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: list[str] = []

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        # A test is its call; of what is around it only what goes wrong counts.
        if report.when == "call" or report.failed or (report.when == "setup" and report.skipped):
            feature = Path(report.location[0]).stem.removeprefix("test_").replace("_", "-")
            self.lines.append("\t".join((report.outcome, feature, report.nodeid.split("::", 1)[-1])))

    def pytest_sessionfinish(self):
        self.file.write_text("".join(line + "\n" for line in self.lines), encoding="utf-8")
