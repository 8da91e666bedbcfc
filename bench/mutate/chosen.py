"""A plugin of pytest: runs the tests that a file of JSON names, and notes the first that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--chosen FILE``: the ids of the tests; ``--failed FILE``: where the one that fails goes."""
    parser.addoption("--chosen", type=Path, help="which tests to run")
    parser.addoption("--failed", type=Path, help="where to note the test that fails")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the others; files stay in the order in which they were named."""
    if config.getoption("--chosen"):
        chosen = set(json.loads(config.getoption("--chosen").read_text("utf-8")))
        items[:] = [each for each in items if each.nodeid in chosen]


class Failed:
    """Writes down the first test that fails."""

    def __init__(self, into: Path) -> None:
        self._into = into

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """In whatever part of it."""
        if report.failed and not self._into.exists():
            self._into.write_text(report.nodeid, "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Watch for failures where somebody wants to know."""
    if config.getoption("--failed"):
        config.pluginmanager.register(Failed(config.getoption("--failed")))
